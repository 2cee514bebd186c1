// SPDX-License-Identifier: GPL-3.0-or-later
// Sends each operation of the definition through the proxy that checks request and answer. Started by run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Definition } from './definition.mjs';
import { Requests } from './requests.mjs';
import { ask, Relay, startMail, startProxy, startSandbox } from './servers.mjs';

const NOT_THERE = 501;
const SHOWN = 5;

function unique (list) {
  return [...new Set(list)];
}

// What the proxy or the sandbox has to say to a request that was not answered well.
function explain (answer) {
  const violations = answer.body?.validation ?? [];
  if (violations.length > 0) {
    return unique(violations.map(({ location, message }) =>
      `${(location ?? []).map(part => /^\d+$/.test(part) ? '#' : part).join('.')} ${message}`));
  }
  const text = answer.body?.message ?? answer.body?.detail ?? answer.body?.title ?? '';
  return [`answered ${answer.status} ${text}`.trim()];
}

class Judge {
  constructor (definition, proxy, relay, { orchestrator, personalAccessToken }, fixed) {
    this.definition = definition;
    this.relay = relay;
    this.askProxy = request => ask(proxy.origin, personalAccessToken, request, orchestrator);
    this.askSandbox = request => ask(orchestrator, personalAccessToken, request);
    this.requests = new Requests(definition, this.askSandbox, fixed);
  }

  // Returns: null where the sandbox does not have the operation, else what is wrong with it.
  async judge (operation) {
    const { requests: [plain, ...variants], lacking } = await this.requests.of(operation);
    this.relay.status = null;
    const answer = await this.askProxy(plain);

    // Where the proxy kept a wrong request to itself, the sandbox may still not have the operation.
    if ((this.relay.status ?? (await this.askSandbox(plain)).status) === NOT_THERE) {
      return null;
    }

    const wrong = [...lacking, ...this.#check(operation, answer)];
    for (const variant of wrong.length === 0 ? variants : []) {
      const problems = this.#check(operation, await this.askProxy(variant));
      wrong.push(...problems.map(problem => `${variant.title}: ${problem}`));
    }
    return wrong;
  }

  #check (operation, answer) {
    if (answer.status < 200 || answer.status > 299) {
      return explain(answer);
    }
    return unique(this.definition.unknownIn(this.definition.answerOf(operation), answer.body));
  }
}

async function judgeAll (judge, operations, options) {
  const absent = [];
  let n = 0, conform = 0;
  for (const operation of operations) {
    const wrong = await judge.judge(operation);
    if (wrong === null) {
      absent.push(operation.id);
      continue;
    }
    conform += wrong.length === 0 ? 1 : 0;
    console.log(`${wrong.length === 0 ? 'ok' : 'not ok'} ${++n} - ${operation.id}`);
    const shown = options.all ? wrong : wrong.slice(0, SHOWN);
    shown.forEach(problem => console.log(`#   ${problem}`));
    if (wrong.length > shown.length) {
      console.log(`#   and ${wrong.length - shown.length} more`);
    }
  }
  if (options.list) {
    absent.forEach(id => console.log(`# not there: ${id}`));
  }
  console.log(`1..${n}`);
  return { n, conform };
}

async function run (options, path) {
  const definition = new Definition(createRequire(join(options.tools, 'package.json'))('js-yaml'), options.spec);
  const only = options.only?.split(',');
  const operations = definition.operations.filter(({ id }) => !only || only.includes(id));
  const folder = mkdtempSync(join(tmpdir(), 'baton-contract-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const copy = join(folder, 'orchestrator.json');
  writeFileSync(copy, JSON.stringify(definition.document));

  // The sandbox ends by itself when its standard input closes.
  const { ready } = await startSandbox(path ?? options.sandbox);
  const relay = new Relay(ready.orchestrator);
  const proxy = await startProxy(options.tools, copy, await relay.listen());
  process.once('exit', () => proxy.child.kill());

  const judge = new Judge(definition, proxy, relay, ready, { Mail: { Port: await startMail() } });

  const { n, conform } = await judgeAll(judge, operations, options);
  console.log(`# ${conform} of ${operations.length} conform`);
  return conform === n ? 0 : 1;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    spec: { type: 'string' },
    tools: { type: 'string' },
    sandbox: { type: 'string' },
    only: { type: 'string' },
    list: { type: 'boolean' },
    all: { type: 'boolean' },
  },
});
// So that what it started ends with it.
process.once('SIGTERM', () => process.exit(1));
process.once('SIGINT', () => process.exit(1));
let status = 1;
try {
  status = await run(values, positionals[0]);
} catch (error) {
  console.log(`Bail out! ${error.message}`);
}
process.exit(status);
