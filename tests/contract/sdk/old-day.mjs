// SPDX-License-Identifier: GPL-3.0-or-later
// A day of the client that Node.js had before the SDK, uipath-orchestrator: it signs in with a user's name and password, as
// at a standalone Orchestrator. Started by run: TOOLS BATON-SANDBOX
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { startSandbox } from '../servers.mjs';
import { runDay } from './run-day.mjs';

const JOB_MS = 30000;
const SVC = 'UiPathODataSvc';
const US = 'UiPath.Server.Configuration.OData';
const [tools, program] = process.argv.slice(2);
const { child, ready } = await startSandbox(program);
const Orchestrator = createRequire(join(tools, 'package.json'))('uipath-orchestrator');
const { hostname, port } = new URL(ready.origin);

function connect (password) {
  const client = new Orchestrator({
    tenancyName: ready.tenant, usernameOrEmailAddress: ready.username, password, hostname, port: Number(port), isSecure: false,
  });
  for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
    client[method] = promisify(client[method]);
  }
  return client;
}

const client = connect(ready.password);

const day = {
  async 'finds a folder and goes there' () {
    const { value: [shared] } = await client.get('/odata/Folders', { $filter: "FullyQualifiedName eq 'Shared'" });
    client.switchOrganizationUnitId(shared.Id);
    assert.ok((await client.get('/odata/Releases', { $top: 5 })).value.length > 0);
  },

  async 'reads through its own helpers' () {
    const { value: users } = await promisify(client.v2.odata.getUsers)({ $top: 3 });
    assert.equal(users.length, 3);
    const { value: [queue] } = await promisify(client.v2.odata.getQueueDefinitions)({ $filter: "Name eq 'Orders_Web'" });
    assert.equal(queue.Name, 'Orders_Web');
  },

  async 'starts a job and waits for it' () {
    const { value: [release] } = await client.get('/odata/Releases', { $filter: "Name eq 'Stock_Sync'" });
    const { value: [started] } = await client.post(`/odata/Jobs/${US}.StartJobs`, {
      startInfo: {
        ReleaseKey: release.Key,
        Strategy: 'JobsCount',
        JobsCount: 1,
        InputArguments: JSON.stringify({ sandboxSeconds: 1, sandboxOutcome: 'Successful' }),
      },
    });
    let job;
    for (const end = Date.now() + JOB_MS; Date.now() < end; await pause(200)) {
      job = await client.get(`/odata/Jobs(${started.Id})`, {});
      if (!['Pending', 'Running'].includes(job.State)) {
        break;
      }
    }
    assert.equal(job.State, 'Successful');
  },

  async 'adds an item to a queue' () {
    const item = await client.post(`/odata/Queues/${SVC}.AddQueueItem`, {
      itemData: { Name: 'Bank_Statements', Priority: 'High', SpecificContent: { Order: 'Köln 4711', Amount: 12.5 } },
    });
    assert.equal(item.Status, 'New');
    const read = await client.get(`/odata/QueueItems(${item.Id})`, {});
    assert.deepEqual(read.SpecificContent, { Order: 'Köln 4711', Amount: 12.5 });
  },

  async 'makes, changes and deletes an asset' () {
    const asset = { Name: 'OldClient', ValueScope: 'Global', ValueType: 'Text', StringValue: 'one' };
    const { Id } = await client.post('/odata/Assets', asset);
    await client.put(`/odata/Assets(${Id})`, { ...asset, Id, StringValue: 'two' });
    assert.equal((await client.get(`/odata/Assets(${Id})`, {})).StringValue, 'two');
    await client.delete(`/odata/Assets(${Id})`);
    await assert.rejects(client.get(`/odata/Assets(${Id})`, {}), error => error.statusCode === 404);
  },

  async 'is refused with a wrong password' () {
    await assert.rejects(connect('no').get('/odata/Folders', {}), error => error.statusCode === 400);
  },
};

await runDay(day);
child.stdin.end();
