// SPDX-License-Identifier: GPL-3.0-or-later
// Sends each operation of Identity's definition through the proxy that checks request and answer. Started by run --identity.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { startProxy, startSandbox } from './servers.mjs';

const ORGANIZATION = '6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001';
const ADA = 'c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d1';
const NEW = ['a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const PASSWORD = 'correct horse';

function makeCertificate (folder) {
  const file = join(folder, 'certificate.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=contract', '-days', '2',
                           '-keyout', join(folder, 'key.pem'), '-out', file], { stdio: 'ignore' });
  return readFileSync(file, 'utf8');
}

// What is sent, in this order. `keep` keeps something of the answer for the requests after it.
const requests = certificate => [
  { id: 'User_CreateUser', path: '/api/User',
    body: { id: NEW[0], userName: 'contract', email: 'contract@acme.example', name: 'Cora', surname: 'Contract', type: 'user',
            partitionGlobalId: ORGANIZATION, password: PASSWORD, validatePassword: true, groupIDs: [], userLogins: [] } },
  { id: 'User_CreateUsers', path: '/api/User/BulkCreate',
    body: { users: [{ id: NEW[1], userName: 'contract.2', email: 'contract.2@acme.example' }], partitionGlobalId: ORGANIZATION,
            groupIDs: [] } },
  { id: 'User_GetUser', path: `/api/User/${NEW[0]}` },
  { id: 'User_Update', path: `/api/User/${NEW[0]}`,
    body: { name: 'Clara', isActive: true, groupIDsToAdd: [], extensionUserAttributesToAddOrUpdate: { floor: '4' } } },
  { id: 'User_ChangePassword', path: `/api/User/${NEW[0]}/changepassword`,
    body: { oldPassword: PASSWORD, newPassword: 'battery staple' } },
  { id: 'User_GetUsers', path: `/api/User/users/${ORGANIZATION}?searchTerm=contract&top=5&skip=0&sortBy=userName&sortOrder=asc` },
  { id: 'UserLoginAttempt_GetLoginAttempts', path: `/api/User/${ADA}/loginAttempts?top=5` },
  { id: 'Group_CreateGroup', path: '/api/Group', keep: ({ id }) => ({ group: id }),
    body: { partitionGlobalId: ORGANIZATION, name: 'Contract', directoryUserMemberIDs: [NEW[0]] } },
  { id: 'Group_CreateGroup', path: '/api/Group', keep: ({ id }) => ({ second: id }),
    body: { partitionGlobalId: ORGANIZATION, name: 'Contract 2' } },
  { id: 'Group_GetGroups', path: `/api/Group/${ORGANIZATION}` },
  { id: 'Group_GetGroup', path: ({ group }) => `/api/Group/${ORGANIZATION}/${group}` },
  { id: 'Group_UpdateGroup', path: ({ group }) => `/api/Group/${group}`,
    body: { partitionGlobalId: ORGANIZATION, name: 'Contract 3', directoryUserIDsToAdd: [NEW[1]], directoryUserIDsToRemove: [NEW[0]] } },
  { id: 'Group_Delete', path: ({ group }) => `/api/Group/${ORGANIZATION}/${group}` },
  { id: 'Group_BulkDelete', path: `/api/Group/${ORGANIZATION}`, body: ({ second }) => ({ groupIDs: [second] }) },
  { id: 'RobotAccount_CreateRobotAccount', path: '/api/RobotAccount', keep: ({ id }) => ({ robot: id }),
    body: { partitionGlobalId: ORGANIZATION, name: 'contract-bot', displayName: 'Bot', groupIDsToAdd: [] } },
  { id: 'RobotAccount_CreateRobotAccount', path: '/api/RobotAccount', keep: ({ id }) => ({ other: id }),
    body: { partitionGlobalId: ORGANIZATION, name: 'contract-bot-2' } },
  { id: 'RobotAccount_GetRobotAccounts', path: `/api/RobotAccount/${ORGANIZATION}?searchTerm=bot&top=1000` },
  { id: 'RobotAccount_GetRobotAccount', path: ({ robot }) => `/api/RobotAccount/${ORGANIZATION}/${robot}` },
  { id: 'RobotAccount_UpdateRobotAccount', path: ({ robot }) => `/api/RobotAccount/${robot}`,
    body: { partitionGlobalId: ORGANIZATION, displayName: 'Robot' } },
  { id: 'RobotAccount_Delete', path: ({ robot }) => `/api/RobotAccount/${ORGANIZATION}/${robot}` },
  { id: 'RobotAccount_BulkDelete', path: `/api/RobotAccount/${ORGANIZATION}`, body: ({ other }) => ({ robotAccountIDs: [other] }) },
  { id: 'Setting_UpdateSettings', path: '/api/Setting',
    body: { partitionGlobalId: ORGANIZATION, settings: [{ key: 'Contract.A', value: '1' }, { key: 'Contract.B', value: '2' }] } },
  { id: 'Setting_GetSettingsBulk', path: `/api/Setting?key=Contract.A&key=Contract.B&partitionGlobalId=${ORGANIZATION}`,
    holds: answer => answer.length === 2 },
  { id: 'MessageTemplate_GetTemplate', path: '/api/MessageTemplate?name=Invitation', keep: ({ id }) => ({ template: id }) },
  { id: 'MessageTemplate_GetTemplate_By_Id', path: ({ template }) => `/api/MessageTemplate/${template}` },
  { id: 'MessageTemplate_UpdateTemplate', path: ({ template }) => `/api/MessageTemplate/${template}`,
    body: ({ template }) => ({ id: template, value: '<p>Welcome</p>' }), holds: ({ value }) => value === '<p>Welcome</p>' },
  { id: 'SamlCertificate_UpdatePrimaryCertificate', path: '/api/SamlCertificate/primary',
    body: { partitionGlobalId: ORGANIZATION, certificate } },
  { id: 'SamlCertificate_UpdateSecondaryCertificate', path: '/api/SamlCertificate/secondary',
    body: { partitionGlobalId: ORGANIZATION, certificate }, keep: pair => ({ primary: pair.primaryCertificateId }) },
  { id: 'SamlCertificate_GetCertificatePair', path: `/api/SamlCertificate/${ORGANIZATION}/certificates`,
    holds: pair => /^[0-9A-F]{40}$/.test(pair.primaryCertificateThumbprint) },
  { id: 'SamlCertificate_SwitchToPrimary', path: `/api/SamlCertificate/${ORGANIZATION}/switch`,
    holds: (pair, { primary }) => pair.secondaryCertificateId === primary },
  { id: 'SamlCertificate_DeleteCertificate', path: ({ primary }) => `/api/SamlCertificate/${ORGANIZATION}/${primary}`,
    holds: answer => answer === true },
  { id: 'AuditQuery_GetAuditEvents', path: `/api/AuditQuery/${ORGANIZATION}?top=5&skip=0&language=en` },
  { id: 'AuditQuery_DownloadAuditEvents', path: `/api/AuditQuery/${ORGANIZATION}/download?size=5`,
    holds: text => text.split('\r\n').length === 7 },
  { id: 'User_Delete', path: `/api/User/${NEW[0]}` },
  { id: 'User_BulkDelete', path: '/api/User', body: { partitionGlobalId: ORGANIZATION, userIds: [NEW[1]] } },
];

async function judge (origin, token, method, request, kept) {
  const resolve = value => typeof value === 'function' ? value(kept) : value;
  const body = resolve(request.body);
  const answer = await fetch(origin + resolve(request.path), {
    method: method.toUpperCase(),
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  const content = /json/.test(answer.headers.get('content-type')) ? JSON.parse(text) : text;
  if (!answer.ok) {
    return [`answered ${answer.status} ${text.slice(0, 500)}`];
  }
  Object.assign(kept, request.keep?.(content));
  return request.holds === undefined || request.holds(content, kept) ? [] : [`did not do it: ${text.slice(0, 200)}`];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { spec: { type: 'string' }, tools: { type: 'string' }, sandbox: { type: 'string' } },
});
const yaml = createRequire(join(values.tools, 'package.json'))('js-yaml');
const definition = yaml.load(readFileSync(values.spec, 'utf8'));
const methods = new Map(Object.values(definition.paths).flatMap(item =>
  METHODS.filter(method => item[method]).map(method => [item[method].operationId, method])));
const folder = mkdtempSync(join(tmpdir(), 'baton-identity-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
// A file is a text of bytes; the definition has it in the words of the version before. Which kind a member of a group is, its
// objectType says; by the letter each kind that has no properties of its own would be all others too.
const copy = join(folder, 'identity.json');
writeFileSync(copy, JSON.stringify(definition).replaceAll('"type":"file"', '"type":"string"').replaceAll('"oneOf":', '"anyOf":'));

const { ready } = await startSandbox(positionals[0] ?? values.sandbox);
const proxy = await startProxy(values.tools, copy, `${ready.origin}/${ready.organization}/identity_`);
process.once('exit', () => proxy.child.kill());

const wrong = new Map();
const kept = {};
for (const request of requests(makeCertificate(folder))) {
  const problems = await judge(proxy.origin, ready.personalAccessToken, methods.get(request.id), request, kept);
  wrong.set(request.id, [...wrong.get(request.id) ?? [], ...problems]);
}
let n = 0, conform = 0;
for (const id of methods.keys()) {
  const problems = wrong.get(id) ?? ['nothing asks for it'];
  conform += problems.length === 0 ? 1 : 0;
  console.log(`${problems.length === 0 ? 'ok' : 'not ok'} ${++n} - ${id}`);
  problems.forEach(problem => console.log(`#   ${problem}`));
}
console.log(`1..${n}`);
console.log(`# ${conform} of ${n} conform`);
process.exit(conform === n ? 0 : 1);
