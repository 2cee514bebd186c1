// SPDX-License-Identifier: GPL-3.0-or-later
// The requests of an operation, from what the definition says of it and three tables by its id: parameters.json for what cannot
// be guessed from a parameter's name, and the navigations to expand; bodies.json, one request a body. "${Jobs.Key}" in them is a
// value of an example: of a request in examples.json, or else of the first entity of that set.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const FOLDER_HEADER = 'X-UIPATH-OrganizationUnitId';
const NO_GUID = '00000000-0000-0000-0000-000000000000';
const NEW = 'New'; // "${New.Guid}" and "${New.Short}" are others each time
const MAX_ORDERS = 5; // in one $orderby, by the definition
const PLACEHOLDER = /\$\{(\w+)\.([\w.]+)\}/g;

function readTable (name) {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

// A condition that a property of this schema can stand in.
function conditionOf (name, schema) {
  if (schema.enum) {
    return `${name} eq '${schema.enum[0]}'`;
  }
  switch (schema.format ?? schema.type) {
    case 'uuid': return `${name} ne ${NO_GUID}`;
    case 'date-time': return `${name} lt 2100-01-01T00:00:00Z`;
    case 'boolean': return `${name} eq true`;
    case 'string': return `contains(${name},'a')`;
    default: return schema.type === 'string' ? `${name} ne null` : `${name} ge 0`;
  }
}

export class Requests {
  // askSandbox: ({ method, path, query, headers, body }) -> { status, body }, past the proxy
  // fixed: more values of examples, { Mail: { Port } }
  constructor (definition, askSandbox, fixed) {
    this.definition = definition;
    this.ask = askSandbox;
    this.fixed = fixed;
    this.bodies = readTable('bodies.json');
    this.parameters = readTable('parameters.json');
    this.examples = readTable('examples.json');
  }

  // Once a round, also when it is asked for twice at the same time: an example may be made by a POST.
  #find (name, taken) {
    if (!taken.has(name)) {
      taken.set(name, this.#fetch(name, taken));
    }
    return taken.get(name);
  }

  async #fetch (name, taken) {
    const example = this.examples[name] ?? { path: `/odata/${name}`, query: { $top: 1 } };
    const { body } = await this.ask({
      method: example.method ?? 'get',
      path: example.path,
      query: await this.#fill(example.query, taken),
      headers: name === 'Folder' ? {} : { [FOLDER_HEADER]: await this.#fill('${Folder.Id}', taken) },
      body: await this.#fill(example.body, taken),
    });
    return body?.value?.[0] ?? body;
  }

  // A value of a table with its examples put in; a text that is one example alone takes the type of that.
  async #fill (value, taken) {
    if (Array.isArray(value)) {
      return Promise.all(value.map(item => this.#fill(item, taken)));
    }
    if (value !== null && typeof value === 'object') {
      const entries = Object.entries(value).map(async ([name, inner]) => [name, await this.#fill(inner, taken)]);
      return Object.fromEntries(await Promise.all(entries));
    }
    if (typeof value !== 'string') {
      return value;
    }
    const found = [];
    for (const [whole, name, path] of value.matchAll(PLACEHOLDER)) {
      const example = name === NEW
        ? { Guid: randomUUID(), Short: randomUUID().slice(0, 8) }
        : this.fixed[name] ?? await this.#find(name, taken);
      const inner = path.split('.').reduce((object, key) => object?.[key], example);
      if (inner === undefined) {
        throw new Error(`there is no example for ${whole}`);
      }
      if (whole === value) {
        return inner;
      }
      found.push(inner);
    }
    return value.replace(PLACEHOLDER, () => found.shift());
  }

  #guess (operation, parameter) {
    const set = operation.pattern.match(/^\/odata\/(\w+)/)?.[1];
    if (/^folderId$/i.test(parameter.name)) {
      return '${Folder.Id}';
    }
    if (set && (/^(key|id|identifier)$/.test(parameter.name))) {
      return parameter.schema.format === 'uuid' ? `\${${set}.Key}` : `\${${set}.Id}`;
    }
    return undefined;
  }

  // Returns: { requests, lacking }: what to send, the plain one first; what no example was found for.
  async of (operation) {
    const taken = new Map();
    const lacking = [];
    const table = this.parameters[operation.id] ?? {};
    const request = { method: operation.method, path: operation.pattern, query: {}, headers: {} };
    const fill = (value, instead) => this.#fill(value, taken).catch(error => {
      lacking.push(error.message);
      return instead;
    });

    for (const parameter of operation.parameters ?? []) {
      const { name, schema } = parameter;
      const given = table[name];
      if (parameter.in === 'path') {
        const instead = schema.format === 'uuid' ? NO_GUID : schema.type === 'integer' ? 1 : 'none';
        const source = given ?? this.#guess(operation, parameter);
        if (source === undefined) {
          lacking.push(`nothing says what ${name} is`);
        }
        request.path = request.path.replace(`{${name}}`, encodeURIComponent(await fill(source ?? instead, instead)));
      } else if (name === FOLDER_HEADER) {
        request.headers[name] = String(await fill('${Folder.Id}', 1));
      } else if (parameter.in === 'query' && given !== undefined && name !== '$expand') {
        request.query[name] = await fill(given, 'none');
      }
    }

    const bodies = [];
    for (const body of this.bodies[operation.id] ?? []) {
      bodies.push(await fill(body, {}));
    }
    const [first, ...others] = bodies.map((body, i) => ({ ...request, title: `body ${i + 1}`, body }));
    return { requests: [...this.#optionsOf(operation, first ?? request, table), ...others], lacking };
  }

  // The request, and again with each option of OData that the operation takes: with every property that the definition knows.
  #optionsOf (operation, request, table) {
    const options = new Set((operation.parameters ?? []).map(parameter => parameter.name));
    const plain = this.definition.plainOf(this.definition.entityOf(operation));
    // As many kinds of rows as every list gives at once; later a few will do.
    const many = { ...options.has('$top') && { $top: 100 }, ...options.has('$count') && { $count: true } };
    const few = options.has('$top') && { $top: 5 };
    const requests = [{ ...request, query: { ...request.query, ...many } }];
    const add = query => requests.push({
      ...request,
      title: Object.entries(query).flat().join('='),
      query: { ...request.query, ...few, ...query },
    });

    if (operation.method !== 'get' || plain.length === 0) {
      return requests;
    }
    if (options.has('$select')) {
      add({ $select: plain.map(([name]) => name).join() });
    }
    for (let i = 0; options.has('$orderby') && i < plain.length; i += MAX_ORDERS) {
      add({ $orderby: plain.slice(i, i + MAX_ORDERS).map(([name]) => `${name} desc`).join() });
    }
    for (const [name, schema] of options.has('$filter') ? plain : []) {
      add({ $filter: conditionOf(name, schema) });
    }
    for (const names of options.has('$expand') ? table.$expand ?? [] : []) {
      add({ $expand: names });
    }
    return requests;
  }
}
