// SPDX-License-Identifier: GPL-3.0-or-later
// The sandbox, the proxy in front of it, and how to ask either.
import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';

const READY_MS = 60000;
const ANSWER_MS = 30000;

// Waits for a line of a program that `find` makes something of.
function waitForLine (child, name, find) {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = why => reject(new Error(`${name} ${why}\n${text.slice(-2000)}`));
    const limit = setTimeout(fail, READY_MS, 'was not ready in time');
    const read = chunk => {
      text += chunk;
      const found = text.split('\n').slice(0, -1).map(find).find(Boolean);
      if (found) {
        clearTimeout(limit);
        child.stdout.off('data', read);
        // What it says from here on nobody reads, but it may not be kept waiting.
        child.stdout.resume();
        resolve(found);
      }
    };
    child.stdout.on('data', read);
    child.once('error', error => fail(error.message));
    child.once('exit', code => fail(`ended with ${code}`));
  });
}

function findFreePort () {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export async function startSandbox (program) {
  const child = spawn(program, ['--with-parent', '--jobs=1000'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ready = await waitForLine(child, 'baton-sandbox', line => line.startsWith('{') && JSON.parse(line));
  return { child, ready };
}

export async function startProxy (tools, spec, upstream) {
  const port = await findFreePort();
  const program = join(tools, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
  const child = spawn(process.execPath,
    [program, 'proxy', '--errors', '--host=127.0.0.1', `--port=${port}`, spec, upstream],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NO_COLOR: '1' } });
  await waitForLine(child, 'prism', line => line.includes('is listening on'));
  return { child, origin: `http://127.0.0.1:${port}` };
}

// A mail server that takes everything. Returns: its port.
export function startMail () {
  return new Promise((resolve, reject) => {
    const server = createSocketServer(socket => {
      let inMail = false;
      let rest = '';
      socket.on('error', () => {});
      socket.write('220 ready\r\n');
      socket.on('data', chunk => {
        const lines = (rest + chunk).split('\r\n');
        rest = lines.pop();
        for (const line of lines) {
          if (inMail && line !== '.') {
            continue;
          }
          inMail = line === 'DATA';
          socket.write(inMail ? '354 go on\r\n' : '250 taken\r\n');
        }
      });
    });
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
    server.unref();
  });
}

// Stands between the proxy and the sandbox and remembers what the sandbox answered, as the proxy makes up an answer of its own
// where it hears 501, and another one where it finds fault.
export class Relay {
  #server;
  status = null; // of the last answer; null where the proxy asked nothing

  constructor (upstream) {
    const base = new URL(upstream);
    this.#server = createServer((incoming, outgoing) => {
      const headers = { ...incoming.headers, host: base.host };
      const onward = request({ host: base.hostname, port: base.port, path: base.pathname + incoming.url,
                               method: incoming.method, headers }, answer => {
        this.status = answer.statusCode;
        outgoing.writeHead(answer.statusCode === 501 ? 404 : answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      });
      onward.once('error', error => outgoing.destroy(error));
      incoming.pipe(onward);
    });
  }

  listen () {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${this.#server.address().port}`));
    });
  }
}

// A form of many parts: texts, and files as { "name", "text" }.
function formOf (parts) {
  const form = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') {
      form.set(name, part);
    } else {
      form.set(name, new Blob([part.text]), part.name);
    }
  }
  return form;
}

// What a body is sent as: JSON, a form with a file, { "$file": path of an answer of the sandbox }, or one of many parts,
// { "$form": { … } }.
async function encode (body, sandbox, token) {
  if (body === undefined) {
    return {};
  }
  if (body?.$form !== undefined) {
    return { content: formOf(body.$form) };
  }
  if (body?.$file === undefined) {
    return { type: 'application/json', content: JSON.stringify(body) };
  }
  const answer = await fetch(sandbox + body.$file, { headers: { Authorization: `Bearer ${token}` } });
  const form = new FormData();
  form.set('file', new Blob([await answer.arrayBuffer()], { type: 'application/octet-stream' }), 'package.nupkg');
  return { content: form };
}

// sandbox: where files come from. Returns: { status, type, body }: the body as JSON where it is.
export async function ask (origin, token, { method, path, query, headers, body }, sandbox = origin) {
  const url = new URL(origin + path);
  for (const [name, value] of Object.entries(query ?? {})) {
    url.searchParams.set(name, value);
  }
  const { type: bodyType, content } = await encode(body, sandbox, token);
  const answer = await fetch(url, {
    method: method.toUpperCase(),
    headers: {
      Authorization: `Bearer ${token}`,
      ...(bodyType === undefined ? {} : { 'Content-Type': bodyType }),
      ...headers,
    },
    body: content,
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, body: type.includes('json') && text ? JSON.parse(text) : text };
}
