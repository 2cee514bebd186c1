// SPDX-License-Identifier: GPL-3.0-or-later
// What the definition says, as far as a request is made from it.
import { readFileSync } from 'node:fs';

const SECRETS = ['AdminPassword', 'ClientSecret', 'CredentialPassword', 'Password', 'Secret', 'SecretValue'];
const LAST = ['Maintenance_Start']; // after which no job begins
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

// The vendor's generator writes a dictionary of C# objects, which is one of any values, as one of JSON objects: by its letter
// no queue item could hold a text or a number, which the same definition says of its content ("custom data").
function openDictionaries (schemas) {
  for (const schema of Object.values(schemas)) {
    for (const property of Object.values(schema.properties ?? {})) {
      const { type, ...rest } = property.additionalProperties ?? {};
      if (type === 'object' && Object.keys(rest).length === 0) {
        property.additionalProperties = true;
      }
    }
  }
}

// What the service gives out beside the definition, and the vendor's own SDKs count on.
function addKnown (schemas) {
  schemas.AttachmentDto.properties.BlobFileAccess = { $ref: '#/components/schemas/BlobFileAccessDto' };
}

export class Definition {
  // yaml: js-yaml; path: of the definition
  constructor (yaml, path) {
    this.document = yaml.load(readFileSync(path, 'utf8'));
    openDictionaries(this.document.components.schemas);
    addKnown(this.document.components.schemas);
    this.operations = [];
    for (const [pattern, item] of Object.entries(this.document.paths)) {
      for (const method of METHODS.filter(name => item[name])) {
        this.operations.push({ ...item[method], id: item[method].operationId, method, pattern });
      }
    }
    // What takes away comes last, as the rest needs it.
    const place = ({ id, method }) => LAST.includes(id) ? METHODS.length : METHODS.indexOf(method);
    this.operations.sort((a, b) => place(a) - place(b));
  }

  // A schema with its references and parts put together.
  resolve (schema) {
    while (schema?.$ref) {
      schema = this.document.components.schemas[schema.$ref.split('/').at(-1)];
    }
    if (schema?.allOf) {
      const parts = schema.allOf.map(part => this.resolve(part));
      return { ...schema, ...Object.assign({}, ...parts),
               properties: Object.assign({}, schema.properties, ...parts.map(part => part.properties)) };
    }
    return schema;
  }

  answerOf (operation) {
    const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    const content = answers.map(([, answer]) => answer.content?.['application/json']).find(Boolean);
    return content && this.resolve(content.schema);
  }

  // The schema of an entity that a list or a single answer gives.
  entityOf (operation) {
    const answer = this.answerOf(operation);
    const value = this.resolve(answer?.properties?.value);
    return value?.type === 'array' ? this.resolve(value.items) : answer;
  }

  isList (operation) {
    return this.resolve(this.answerOf(operation)?.properties?.value)?.type === 'array';
  }

  // Names of plain values with their schemas. A secret is written and never read.
  plainOf (entity) {
    return Object.entries(entity?.properties ?? {})
      .map(([name, schema]) => [name, this.resolve(schema)])
      .filter(([name, schema]) => !['object', 'array', undefined].includes(schema.type) && !SECRETS.includes(name));
  }

  // The proxy takes any property for right that the definition does not know. Here it is wrong, other than annotations
  // ("@odata.count") and where the definition leaves the names open.
  unknownIn (schema, value, where = '') {
    schema = this.resolve(schema);
    if (Array.isArray(value)) {
      return value.flatMap(item => this.unknownIn(schema?.items, item, where));
    }
    if (value === null || typeof value !== 'object' || !schema?.properties) {
      return [];
    }
    return Object.entries(value).filter(([name]) => !name.includes('@')).flatMap(([name, inner]) => {
      const place = where ? `${where}.${name}` : name;
      if (schema.properties[name]) {
        return this.unknownIn(schema.properties[name], inner, place);
      }
      return schema.additionalProperties ? [] : [`${place} is no property of the definition`];
    });
  }
}
