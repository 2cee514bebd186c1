// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody does in a day with @uipath/uipath-typescript, whose baseUrl is the sandbox. Started by run: TOOLS BATON-SANDBOX
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { startSandbox } from '../servers.mjs';
import { runDay } from './run-day.mjs';

const JOB_MS = 30000;
const [tools, program] = process.argv.slice(2);
const { ready } = await startSandbox(program);

// The SDK also wants to tell its maker that it is used, and says where it cannot. No test talks to the world.
console.debug = () => {};
const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const url = new URL(input?.url ?? input);
  return url.origin === ready.origin ? fetch(input, init) : Promise.reject(new Error(`${url.origin} is out of reach`));
};

const resolve = createRequire(join(tools, 'package.json')).resolve;
const bring = async name => import(pathToFileURL(resolve(`@uipath/uipath-typescript/${name}`)));
const { UiPath } = await bring('core');
const { Assets } = await bring('assets');
const { Buckets } = await bring('buckets');
const { Jobs } = await bring('jobs');
const { Processes } = await bring('processes');
const { Queues } = await bring('queues');
const { Tasks } = await bring('tasks');

const sdk = new UiPath({
  baseUrl: ready.origin,
  orgName: ready.organization,
  tenantName: ready.tenant,
  secret: ready.personalAccessToken,
});

// The SDK has no service for folders.
const ask = async (path, init = {}) => {
  const answer = await fetch(`${ready.orchestrator}/${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${ready.personalAccessToken}`, 'Content-Type': 'application/json', ...init.headers },
  });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
};
const { value: [shared] } = await ask(`odata/Folders?${new URLSearchParams({ $filter: "FullyQualifiedName eq 'Shared'" })}`);
const folderId = shared.Id;

const day = {
  async 'lists the processes of a folder' () {
    const { items } = await new Processes(sdk).getAll({ folderId });
    assert.ok(items.length > 5);
    assert.ok(items.every(({ key, name }) => key && name));
  },

  async 'filters and sorts jobs' () {
    const { items } = await new Jobs(sdk).getAll({ folderId, filter: "state eq 'Faulted'", orderby: 'id desc' });
    assert.ok(items.length > 1);
    assert.ok(items.every(({ state }) => state === 'Faulted'));
    assert.deepEqual(items.map(({ id }) => id), items.map(({ id }) => id).sort((a, b) => b - a));
  },

  async 'pages through jobs to the end' () {
    const jobs = new Jobs(sdk);
    const seen = new Set();
    let page = await jobs.getAll({ folderId, pageSize: 100 });
    const { totalCount } = page;
    for (;;) {
      page.items.forEach(({ id }) => seen.add(id));
      if (!page.hasNextPage) {
        break;
      }
      page = await jobs.getAll({ folderId, cursor: page.nextCursor });
    }
    assert.ok(seen.size > 100);
    assert.equal(seen.size, totalCount);
  },

  async 'starts a process and waits for its job' () {
    const processes = new Processes(sdk);
    const jobs = new Jobs(sdk);
    const process = await processes.getByName('Invoice_Posting', { folderId });
    const [started] = await processes.start({
      processKey: process.key,
      inputArguments: JSON.stringify({ in_MaxItems: 3, sandboxSeconds: 1, sandboxOutcome: 'Successful' }),
    }, folderId);
    assert.equal(started.state, 'Pending');
    let job;
    for (const end = Date.now() + JOB_MS; Date.now() < end; await pause(200)) {
      job = await jobs.getById(started.key, folderId);
      if (!['Pending', 'Running'].includes(job.state)) {
        break;
      }
    }
    assert.equal(job.state, 'Successful');
    assert.ok(new Date(job.endTime ?? job.endedTime) >= new Date(job.startTime ?? job.startedTime));
    assert.deepEqual(await jobs.getOutput(started.key, folderId), { out_Posted: 12, out_Rejected: 12 });
  },

  async 'stops a job, and starts it again' () {
    const processes = new Processes(sdk);
    const jobs = new Jobs(sdk);
    const [started] = await processes.start({
      processName: 'Stock_Sync', inputArguments: JSON.stringify({ sandboxSeconds: 600 }),
    }, folderId);
    await jobs.stop([started.key], folderId, { strategy: 'Kill' });
    const stopped = await jobs.getById(started.key, folderId);
    assert.ok(['Stopped', 'Terminating'].includes(stopped.state));
    for (const end = Date.now() + JOB_MS; Date.now() < end; await pause(200)) {
      if ((await jobs.getById(started.key, folderId)).state === 'Stopped') {
        break;
      }
    }
    const again = await jobs.restart(started.key, folderId);
    assert.equal(again.state, 'Pending');
    assert.notEqual(again.key, started.key);
  },

  async 'resumes a job that suspended itself' () {
    const jobs = new Jobs(sdk);
    const [started] = await new Processes(sdk).start({
      processName: 'Stock_Sync',
      inputArguments: JSON.stringify({ sandboxSeconds: 1, sandboxWaitsFor: 'Inbox', sandboxOutcome: 'Successful' }),
    }, folderId);
    const waitFor = async state => {
      for (const end = Date.now() + JOB_MS; Date.now() < end; await pause(200)) {
        if ((await jobs.getById(started.key, folderId)).state === state) {
          return;
        }
      }
      assert.fail(`never ${state}`);
    };
    await waitFor('Suspended');
    await jobs.resume(started.key, folderId);
    await waitFor('Successful');
  },

  async 'reads queues by name' () {
    const queues = new Queues(sdk);
    const { items: [queue] } = await queues.getAll({ folderId, filter: "name eq 'Orders_Web'" });
    assert.equal(queue.name, 'Orders_Web');
    assert.equal((await queues.getById(queue.id, folderId)).name, 'Orders_Web');
  },

  async 'reads assets by name' () {
    const assets = new Assets(sdk);
    const { items } = await assets.getAll({ folderId });
    const text = items.find(({ valueType }) => valueType === 'Text');
    const asset = await assets.getByName(text.name, { folderId });
    assert.equal(asset.value, text.value);
    assert.equal((await assets.getByName(text.name, { folderPath: 'Shared' })).id, asset.id);
    await assert.rejects(assets.getByName('There is no such asset', { folderId }));
  },

  async 'makes a task, assigns and completes it' () {
    const tasks = new Tasks(sdk);
    const made = await tasks.create({ title: 'Check the invoice', priority: 'High', data: { amount: 12.5 } }, folderId);
    assert.equal(made.status, 'Unassigned');
    const { items: users } = await tasks.getUsers(folderId);
    const assigned = await tasks.assign({ taskId: made.id, userId: users[0].id });
    assert.equal(assigned.success, true);
    const pending = await tasks.getById(made.id, {}, folderId);
    assert.equal(pending.status, 'Pending');
    assert.equal(pending.title, 'Check the invoice');
    const completed = await tasks.complete({ type: 'ExternalTask', taskId: made.id, data: { approved: true }, action: 'submit' },
                                           folderId);
    assert.equal(completed.success, true);
    assert.equal((await tasks.getById(made.id, {}, folderId)).status, 'Completed');
    const { items } = await tasks.getAll({ folderId });
    assert.ok(items.some(({ id }) => id === made.id));
  },

  async 'uploads a file to a bucket and downloads it' () {
    const buckets = new Buckets(sdk);
    const { items: [bucket] } = await buckets.getAll({ folderId });
    const content = new TextEncoder().encode(`Grüße aus Köln\n${'x'.repeat(100000)}`);
    const uploaded = await buckets.uploadFile({ bucketId: bucket.id, folderId, path: '/day/greeting.txt', content });
    assert.equal(uploaded.success, true);
    const { items: files } = await buckets.getFileMetaData(bucket.id, folderId, { prefix: '/day' });
    assert.ok(files.some(({ path, size }) => path.endsWith('greeting.txt') && size === content.length));
    const access = await buckets.getReadUri({ bucketId: bucket.id, folderId, path: '/day/greeting.txt' });
    const answer = await fetch(access.uri, { method: access.httpMethod });
    assert.equal(answer.status, 200);
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), content);
  },

  async 'hears what went wrong' () {
    await assert.rejects(new Processes(sdk).start({ processKey: '00000000-0000-0000-0000-000000000000' }, folderId),
                         error => error.statusCode === 404);
    const stranger = new UiPath({ baseUrl: ready.origin, orgName: ready.organization, tenantName: ready.tenant, secret: 'no' });
    await assert.rejects(new Processes(stranger).getAll({ folderId }), error => error.statusCode === 401);
  },
};

await runDay(day);
// Its telemetry would keep it waiting.
process.exit();
