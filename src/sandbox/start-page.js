// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const KEPT = 200;
const INTERVAL = 1000;

const byId = (id) => document.getElementById(id);

const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const copy = async (button, text) => {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Not copied';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 1500);
};

const addField = (list, label, value) => {
  const shown = element('dd');
  const button = element('button', 'Copy', 'copy');

  shown.append(element('code', value));
  button.type = 'button';
  button.setAttribute('aria-label', `Copy ${label}`);
  button.addEventListener('click', () => copy(button, value));
  list.append(element('dt', label), shown, button);
};

const showFields = (ready) => {
  addField(byId('addresses'), 'Orchestrator', ready.orchestrator);
  addField(byId('addresses'), 'Identity', ready.identity);
  addField(byId('addresses'), 'Organization', ready.organization);
  addField(byId('addresses'), 'Tenant', ready.tenant);
  if (ready.ca) addField(byId('addresses'), 'Authority to trust', ready.ca);
  if (ready.clientCertificate) {
    addField(byId('addresses'), 'Certificate of a client', ready.clientCertificate);
    addField(byId('credentials'), 'Password of the certificate', ready.clientCertificatePassword);
  }
  addField(byId('credentials'), 'Personal access token', ready.personalAccessToken);
  addField(byId('credentials'), 'User name', ready.username);
  addField(byId('credentials'), 'Password', ready.password);
  addField(byId('credentials'), 'User key', ready.userKey);
  addField(byId('credentials'), 'Its client ID', ready.clientId);
  for (const user of ready.users ?? []) {
    if (user.username === ready.username) continue;
    addField(byId('others'), `${user.username}, password`, user.password);
    addField(byId('others'), `${user.username}, access token`, user.personalAccessToken);
  }
  for (const application of ready.applications ?? []) {
    addField(byId('others'), `${application.name}, client ID`, application.clientId);
    if (application.clientSecret) addField(byId('others'), `${application.name}, secret`, application.clientSecret);
  }
};

/** A word of a shell, whatever is in it. */
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const makeCommands = (ready) => ({
  curl: `curl${ready.ca ? ` --cacert ${quote(ready.ca)}` : ''} -H "Authorization: Bearer ${ready.personalAccessToken}" \\
  "${ready.orchestrator}/odata/Jobs?\\$top=5&\\$orderby=CreationTime%20desc"`,
  uipathcli: `export UIPATH_URI=${ready.origin}
export UIPATH_IDENTITY_URI=${ready.identity}
export UIPATH_ORGANIZATION=${ready.organization}
export UIPATH_TENANT=${ready.tenant}
export UIPATH_PAT=${ready.personalAccessToken}
uipath orchestrator folders get --query "value[].FullyQualifiedName"`,
  PowerShell: `$headers = @{ Authorization = 'Bearer ${ready.personalAccessToken}' }
Invoke-RestMethod -Headers $headers \`
  -Uri '${ready.orchestrator}/odata/Jobs?$top=5' | Select-Object -ExpandProperty value`,
  'TypeScript SDK': `import { UiPath } from '@uipath/uipath-typescript/core';
import { Processes } from '@uipath/uipath-typescript/processes';

const sdk = new UiPath({
  baseUrl: '${ready.origin}',
  orgName: '${ready.organization}',
  tenantName: '${ready.tenant}',
  secret: '${ready.personalAccessToken}',
});
console.log(await new Processes(sdk).getAll());`,
});

const showCommands = (commands) => {
  const code = byId('command').querySelector('code');
  const tabs = Object.keys(commands).map((name, number) => {
    const tab = element('button', name);

    tab.type = 'button';
    tab.id = `tab-${number}`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', 'command');
    return tab;
  });
  const choose = (chosen, focus) => {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    byId('command').setAttribute('aria-labelledby', chosen.id);
    code.textContent = commands[chosen.textContent];
    if (focus) chosen.focus();
  };

  tabs.forEach((tab, number) => {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];

      if (step) choose(tabs[(number + step + tabs.length) % tabs.length], true);
    });
  });
  byId('tabs').append(...tabs);
  byId('copy-command').addEventListener('click', (event) => copy(event.currentTarget, code.textContent));
  choose(tabs[0]);
};

const makeRow = (request) => {
  const row = element('tr');
  const status = element('td', request.status, request.status >= 400 ? 'failed' : '');

  row.append(
    element('td', request.time.slice(11, 23).replace('Z', '')),
    element('td', request.method),
    element('td', request.url, 'address'),
    status,
    element('td', request.milliseconds.toFixed(1), 'number'),
    element('td', request.bytes, 'number'),
  );
  return row;
};

let last = 0;
let paused = false;

const poll = async () => {
  const log = byId('log');
  const [answer, clock] = await Promise.all([
    fetch(`/_sandbox/requests?after=${last}`).then((response) => response.json()),
    fetch('/_sandbox/clock').then((response) => response.json()),
  ]);

  byId('clock').textContent = `${clock.now.slice(0, 19).replace('T', ' ')} UTC${clock.speed === 1 ? '' : `, ×${clock.speed}`}`;
  if (answer.last < last) log.replaceChildren();
  last = answer.last;
  log.prepend(...answer.requests.map(makeRow).reverse());
  while (log.childElementCount > KEPT) log.lastElementChild.remove();
  log.closest('.scroll').hidden = log.childElementCount === 0;
  byId('quiet').hidden = log.childElementCount !== 0;
};

const watch = async () => {
  if (!paused && !document.hidden) {
    try {
      await poll();
    } catch {
      byId('clock').textContent = 'The sandbox does not answer';
    }
  }
  setTimeout(watch, INTERVAL);
};

byId('pause').addEventListener('click', (event) => {
  paused = !paused;
  event.currentTarget.setAttribute('aria-pressed', String(paused));
  event.currentTarget.textContent = paused ? 'Go on' : 'Pause';
});
byId('clear').addEventListener('click', () => {
  byId('log').replaceChildren();
  byId('log').closest('.scroll').hidden = true;
  byId('quiet').hidden = false;
});

fetch('/_sandbox/ready')
  .then((response) => response.json())
  .then((ready) => {
    showFields(ready);
    showCommands(makeCommands(ready));
    return watch();
  });
