// SPDX-License-Identifier: GPL-3.0-or-later
// The ready commands of the start page, as the page makes them. Started by run: TOOLS BATON-SANDBOX
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import vm from 'node:vm';

import { startSandbox } from '../servers.mjs';
import { runDay } from './run-day.mjs';

// What uipathcli reads, by its documentation.
const UIPATHCLI_VARIABLES = ['UIPATH_IDENTITY_URI', 'UIPATH_ORGANIZATION', 'UIPATH_PAT', 'UIPATH_TENANT', 'UIPATH_URI'];
const [tools, program] = process.argv.slice(2);
const { child, ready } = await startSandbox(program);

// The page's own script, in a page that has nothing in it.
const nothing = new Proxy(() => nothing, { get: (target, name) => name === Symbol.toPrimitive ? () => '' : nothing });
const context = vm.createContext({
  document: { getElementById: () => nothing, createElement: () => nothing, hidden: true },
  fetch: () => new Promise(() => {}),
  navigator: {},
  ready,
  setTimeout: () => {},
});
const script = await (await fetch(`${ready.origin}/_sandbox/start-page.js`)).text();
vm.runInContext(`${script}\n;globalThis.commands = makeCommands(ready);`, context);
const { commands } = context;

// Whatever the SDK tells its maker stays here: no test talks to the world.
const guard = `data:text/javascript,${encodeURIComponent(`
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => new URL(input?.url ?? input).origin === ${JSON.stringify(ready.origin)}
    ? fetch(input, init) : Promise.reject(new Error('out of reach'));`)}`;

/** What the program prints up to @text; it is ended then. */
const printed = (args, text) => new Promise((resolve, reject) => {
  const run = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';

  run.stdout.setEncoding('utf8');
  run.stdout.on('data', data => {
    out += data;
    if (out.includes(text)) {
      run.kill();
      resolve(out);
    }
  });
  run.on('close', () => reject(new Error(`never said "${text}" but: ${out}`)));
});

const day = {
  async 'runs the commands of the TypeScript SDK as they stand' () {
    const folder = await mkdtemp(join(tools, 'commands-'));
    try {
      const file = join(folder, 'commands.mjs');
      await writeFile(file, commands['TypeScript SDK']);
      const out = await printed(['--import', guard, file], 'totalCount');
      assert.match(out, /name: '/);
    } finally {
      await rm(folder, { recursive: true });
    }
  },

  // By its source: the path is that of the definition below UIPATH_URI, and GET has a length of 0.
  async 'answers what uipathcli sends' () {
    const lines = commands.uipathcli.split('\n');
    const environment = Object.fromEntries(lines.slice(0, -1).map(line => /^export (\w+)=(.*)$/.exec(line).slice(1)));
    assert.deepEqual(Object.keys(environment).sort(), UIPATHCLI_VARIABLES);
    assert.match(lines.at(-1), /^uipath orchestrator folders get --query "value\[\]\.FullyQualifiedName"$/);
    const answer = await fetch(
      `${environment.UIPATH_URI}/${environment.UIPATH_ORGANIZATION}/${environment.UIPATH_TENANT}/orchestrator_/odata/Folders`,
      { headers: { Authorization: `Bearer ${environment.UIPATH_PAT}`, 'x-request-id': '0123456789abcdef0123456789abcdef' } });
    assert.equal(answer.status, 200);
    const { value } = await answer.json();
    assert.ok(value.some(({ FullyQualifiedName }) => FullyQualifiedName === 'Shared'));
  },

  // Invoke-RestMethod sends its headers as they are, and PowerShell takes a text in single quotes as it stands.
  async 'answers what PowerShell sends' () {
    const [, token] = /^\$headers = @\{ Authorization = '(Bearer [^']+)' \}$/m.exec(commands.PowerShell);
    const [, address] = /^ {2}-Uri '([^']+)' \| Select-Object -ExpandProperty value$/m.exec(commands.PowerShell);
    const answer = await fetch(address, { headers: { Authorization: token } });
    assert.equal(answer.status, 200);
    assert.equal((await answer.json()).value.length, 5);
  },
};

await runDay(day);
child.stdin.end();
