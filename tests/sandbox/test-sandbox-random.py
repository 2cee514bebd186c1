# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that are made at random from the vendor's definitions, with what the answers before them brought: whatever comes, the
sandbox lives, and refuses in the service's own way. Started with the program, and for a long run how often every operation is
asked and where chance begins: BATON-SANDBOX [ROUNDS [SEED]]"""
import json
import os
import pathlib
import random
import re
import sys
import urllib.parse

from sandbox_program import Sandbox

try:
    import yaml
except ImportError:
    yaml = None

WORDS = ['', 'x', "O'Brien", '"', '\\', '../..', 'a' * 300, 'ä€😀', '%00', 'null', '0', '-1', 'admin', 'Shared', '\x01', '<b>', 'New', 'Kill',
         '2026-01-01T00:00:00Z', '{"a":1}', '0 0 0/1 1/1 * ? *', 'W. Europe Standard Time']
NUMBERS = [0, 1, 2, 42, -1, 2**31 - 1, 2**31, 2**63 - 1, 2**63, -2**63, 1.5, 1e308, 10**25]
TIMES = ['2026-11-29T10:00:00Z', '2027-01-01T00:00:00.123+02:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 'yesterday']
GUIDS = ['00000000-0000-0000-0000-000000000000', 'c0ffee00-1111-4222-8333-444455556666']
OPTIONS = {
    '$filter': ['Id gt 0', "Id eq 1 or (Name eq 'x' and not (Id lt 3))", "contains(Name,'a')", 'CreationTime gt 2026-01-01T00:00:00Z',
                "State eq 'Faulted'", 'x eq', '((((', 'Id in (1,2,3)', f'Key eq {GUIDS[0]}', 'Name eq null', "Tags/any(t:t/Name eq 'a')",
                'Id eq 99999999999999999999', "Robot/Name eq 'a'", 'year(CreationTime) eq 2026', 'Id eq 1 ' * 30],
    '$orderby': ['Id', 'Id desc', 'Name asc,Id desc', 'Nope', '', 'Robot/Name', "Id'"],
    '$select': ['Id', 'Id,Name', '*', 'Nope', ''],
    '$expand': ['Robot', 'Nope', 'Robot($select=Id)', 'Machine,Robot', ''],
    '$top': [0, 1, 100, 1001, -1, 'x', '', 2**40],
    '$skip': [0, 1, 100, -1, 'x', '', 2**40],
}
# They shut out whoever asks, so that nothing more would be tried.
SPARED = ('/api/Maintenance/', '/api/Account/')
GUID = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
NAMES = ('Name', 'name', 'Reference', 'Version', 'ProcessKey', 'UserName')
MOST_KNOWN = 400


class Maker:
    """Makes values as a schema wants them, most of them from what has been seen, and now and then something else."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.known = {int: list(range(1, 12)), GUID: list(GUIDS), str: ['Shared']}

    def chance(self, part):
        return self.random.random() < part

    def learn(self, value):
        if isinstance(value, list):
            for member in value[:8]:
                self.learn(member)
            return
        for name, member in value.items() if isinstance(value, dict) else []:
            kind = None
            if isinstance(member, (dict, list)):
                self.learn(member)
            elif isinstance(member, str):
                kind = GUID if GUID.fullmatch(member) else str if name in NAMES and len(member) < 80 else None
            elif type(member) is int and name.lower().endswith('id') and 0 < member < 2**53:
                kind = int
            if kind:
                self.known[kind] = self.known[kind][-MOST_KNOWN:] + [member]

    def make_other(self):
        choose = self.random.choice
        return choose([None, True, [], {}, [None], {'a': {'b': [1, {'c': None}]}}, [[[[]]]], choose(WORDS), choose(NUMBERS), [choose(WORDS)]])

    def make_object(self, document, schema, depth):
        made = {}
        full = self.chance(.25)
        required = schema.get('required', [])
        for name, member in schema.get('properties', {}).items() if depth < 6 else []:
            if self.chance(.93 if name in required else .9 if full else .3):
                made[name] = self.make(document, member, depth + 1)
        if self.chance(.05):
            made[self.random.choice(WORDS)] = self.make_other()
        return made

    def make_text(self, form):
        if form == 'uuid':
            return self.random.choice(self.known[GUID])
        if form == 'date-time':
            return self.random.choice(TIMES)
        return self.random.choice(self.random.choices([WORDS, self.known[str], self.known[GUID]], [2, 5, 1])[0])

    def make(self, document, schema, depth=0):
        schema = resolve(document, schema)
        kind = schema.get('type')
        if self.chance(.03):
            return self.make_other()
        if 'allOf' in schema:
            parts = [self.make(document, part, depth + 1) for part in schema['allOf']]
            return {name: member for part in parts if isinstance(part, dict) for name, member in part.items()}
        if 'enum' in schema:
            return self.random.choice(schema['enum'] if self.chance(.95) else WORDS)
        if kind == 'object' or 'properties' in schema:
            return self.make_object(document, schema, depth)
        if kind == 'array':
            return [self.make(document, schema.get('items', {}), depth + 1) for _ in range(self.random.choice([0, 1, 1, 2, 3]))]
        if kind in ('integer', 'number'):
            return self.random.choice(NUMBERS if self.chance(.1) else self.known[int])
        if kind == 'boolean':
            return self.chance(.5)
        return self.make_text(schema.get('format'))


def resolve(document, part):
    while '$ref' in part:
        found = document
        for name in part['$ref'].lstrip('#/').split('/'):
            found = found[name]
        part = found
    return part


def write(value):
    return value if isinstance(value, str) else json.dumps(value)


def make_form(maker, names):
    boundary = 'between-two-parts'
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="f.nupkg"\r\n\r\n'.encode()
             + maker.random.randbytes(maker.random.choice([0, 10, 3000])) + b'\r\n' for name in names or ['file']]
    return b''.join(parts) + f'--{boundary}--\r\n'.encode(), f'multipart/form-data; boundary={boundary}'


def make_body(maker, document, operation):
    """Returns the bytes and their type."""
    content = resolve(document, operation.get('requestBody', {})).get('content', {})
    kind = next(iter(content), 'application/json')
    schema = resolve(document, content.get(kind, {}).get('schema', {}))
    if 'multipart' in kind:
        return make_form(maker, schema.get('properties', {}))
    text = json.dumps(maker.make(document, schema)).encode()
    return text[:len(text) // 2] if maker.chance(.03) else text, 'application/json'


def make_request(maker, document, path, method, operation, folders):
    """Returns the address behind the service's, the body and the headers."""
    query, headers, body = [], {}, None
    for parameter in operation.get('parameters', []):
        parameter = resolve(document, parameter)
        name = parameter['name']
        value = write(maker.random.choice(OPTIONS[name]) if name in OPTIONS else maker.make(document, parameter.get('schema', {})))
        if parameter['in'] == 'path':
            path = path.replace('{' + name + '}', urllib.parse.quote(value, safe="'(),=" if maker.chance(.5) else ''))
        elif parameter['in'] == 'query' and (parameter.get('required') or maker.chance(.4)):
            query.append((name, value))
        elif parameter['in'] == 'header' and maker.chance(.7):
            headers[name] = re.sub('[^ -~]', '', value)
    if maker.chance(.95):
        headers['X-UIPATH-OrganizationUnitId'] = maker.random.choice(folders if maker.chance(.95) else ['0', '-1', 'x', str(10**20), ''])
    if method in ('post', 'put', 'patch'):
        body, headers['Content-Type'] = make_body(maker, document, operation)
    return path + ('?' + urllib.parse.urlencode(query) if query else ''), body, headers


def read_definitions(folder):
    """Returns every operation: the prefix of its address, its document, path, method and what the document says of it."""
    operations = []
    for name, prefix in ('orchestrator', ''), ('identity', 'identity'):
        with open(folder / f'{name}.yaml', encoding='utf-8') as file:
            document = yaml.load(file, getattr(yaml, 'CSafeLoader', yaml.SafeLoader))
        operations += [(prefix, document, path, method, operation) for path, item in document['paths'].items()
                       for method, operation in item.items() if method in ('get', 'post', 'put', 'patch', 'delete')]
    return [entry for entry in operations if not entry[2].startswith(SPARED)]


def play(sandbox, maker, operations, folders):
    """Asks each once, but for deletions, of which most are left out: what is there shall last for a while."""
    maker.random.shuffle(operations)
    n_taken = 0
    for prefix, document, path, method, operation in operations:
        if 'delete' in (method + path).lower() and maker.chance(.7):
            continue
        address, body, headers = make_request(maker, document, path, method, operation, folders)
        base = sandbox.base.path if not prefix else sandbox.base.path.split('/orchestrator_')[0].rsplit('/', 1)[0] + '/identity_'
        told = f'{method.upper()} {base}{address} {headers} {body}'
        try:
            status, kind, text = sandbox.send(method.upper(), base + address, body, headers)
        except OSError as error:
            raise AssertionError(f'{error!r} after {told}') from error
        assert status < 500 or status == 501, f'{status} {text[:300]} after {told}'
        n_taken += status < 300
        if 'json' in kind:
            try:
                maker.learn(json.loads(text) if text else None)
            except ValueError as error:
                raise AssertionError(f'{error}: {text[:300]} after {told}') from error
    return n_taken


def main():
    program, rounds, seed = sys.argv[1], int((sys.argv[2:] or ['2'])[0]), int((sys.argv[3:] or ['1'])[0])
    definitions = pathlib.Path(os.environ.get('BATON_SPEC_DIR', pathlib.Path(__file__).resolve().parents[2] / '../shared/spec'))
    if not yaml or not (definitions / 'orchestrator.yaml').exists():
        print(f'1..0 # SKIP {"the definition is not there" if yaml else "no reader of YAML"}')
        return

    operations = read_definitions(definitions)
    sandbox = Sandbox(program)
    maker = Maker(seed)
    folders = [str(folder['Id']) for folder in json.loads(sandbox.ask('GET', '/odata/Folders')[1])['value']]
    failed = False
    n_taken = 0
    print(f'1..{rounds + 2}')
    for n in range(1, rounds + 1):
        # With an administrator again, where the round before has taken his rights.
        sandbox.send('POST', '/_sandbox/reset')
        try:
            n_taken += play(sandbox, maker, operations, folders)
            print(f'ok {n} round {n}')
        except AssertionError as error:
            failed = True
            print(f'not ok {n} round {n}')
            print(f'# {error}'.replace('\n', '\n# '))
            if sandbox.process.poll() is not None:
                break
    ended = sandbox.stop()
    # What is refused altogether is not tried.
    few = n_taken < 20 * rounds
    print(f'{"not " if few else ""}ok {rounds + 1} {n_taken} requests were taken')
    print(f'{"not " if ended else ""}ok {rounds + 2} the sandbox ended with {ended}')
    sys.exit(failed or few or ended != 0)


main()
