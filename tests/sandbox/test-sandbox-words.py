# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL in every string: in every part of an address, every function's argument, every member of a body and every property of a
filter. Whatever is answered is an answer, and no statement breaks: a complaint of SQLite ends the sandbox here.
Started with the program: BATON-SANDBOX"""
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree

from sandbox_program import Sandbox

WORDS = ["x' OR '1'='1", "'; DROP TABLE \"Jobs\"; --", '" OR 1=1 --', "%_\\') UNION SELECT 1 --"]
# These end what the others need.
SPARED = ('/api/Maintenance/', '/api/Account/')
EDM = '{http://docs.oasis-open.org/odata/ns/edm}'


def fill(pattern, word):
    """The address with the word for each of its parameters, a key or an argument in its quotes."""
    quoted = urllib.parse.quote("'" + word.replace("'", "''") + "'", safe='')
    address = re.sub(r'(?<=[(=])\{[^}]*\}', lambda _: quoted, pattern)
    return re.sub(r'\{[^}]*\}', lambda _: urllib.parse.quote(word, safe=''), address)


def read_sets(metadata):
    """The entity sets, each with its properties' names and whether they are text."""
    root = ElementTree.fromstring(metadata)
    types = {kind.get('Name'): [(field.get('Name'), field.get('Type') == 'Edm.String') for field in kind.iter(EDM + 'Property')]
             for kind in root.iter(EDM + 'EntityType')}
    return {entry.get('Name'): types.get(entry.get('EntityType').rsplit('.', 1)[-1], []) for entry in root.iter(EDM + 'EntitySet')}


def check_addresses(sandbox, paths, folder):
    for path, methods in paths.items():
        for method in methods if '{' in path and not path.startswith(SPARED) else []:
            for word in WORDS:
                sandbox.check(method.upper(), fill(path, word), {} if method in ('post', 'put', 'patch') else None, folder)


def check_bodies(sandbox, paths, sets, folder):
    for path, methods in paths.items():
        for method in methods:
            if method not in ('post', 'put', 'patch') or path.startswith(SPARED):
                continue
            name = re.match(r'/odata/(\w+)', path)
            members = [field for field, _ in sets.get(name.group(1), [])] if name else []
            for word in WORDS:
                address = fill(path, word)
                sandbox.check(method.upper(), address, {member: word for member in members}, folder)
                # One at a time gets past what is wrong with the others.
                for member in members if word is WORDS[0] else []:
                    sandbox.check(method.upper(), address, {'Name': 'Words', member: word}, folder)


def check_filters(sandbox, sets, folder):
    n = 0
    for name, fields in sets.items():
        for field in [field for field, is_text in fields if is_text]:
            for word in WORDS:
                literal = "'" + word.replace("'", "''") + "'"
                for text in (f'{field} eq {literal}', f"contains({field},{literal}) or {field} gt {literal}"):
                    query = urllib.parse.urlencode({'$filter': text, '$orderby': field, '$top': 1})
                    n += sandbox.check('GET', f'/odata/{name}?{query}', None, folder)[0] == 200
    assert n > 100, f'{n} filters were taken'


def main():
    sandbox = Sandbox(sys.argv[1])
    folder = json.loads(sandbox.ask('GET', "/odata/Folders?$filter=FullyQualifiedName%20eq%20'Shared'")[1])['value'][0]['Id']
    paths = json.loads(sandbox.ask('GET', '/swagger/v20.0/swagger.json')[1])['paths']
    sets = read_sets(sandbox.ask('GET', '/odata/$metadata')[1])
    before = [sandbox.count(name, folder) for name in ('Jobs', 'Users', 'Folders')]
    tests = [('filters', lambda: check_filters(sandbox, sets, folder)),
             ('addresses', lambda: check_addresses(sandbox, paths, folder)),
             ('bodies', lambda: check_bodies(sandbox, paths, sets, folder)),
             ('all is there', lambda: check_rest(sandbox, folder, before))]

    print(f'1..{len(tests)}')
    failed = False
    for n, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f'ok {n} {name}')
        except (AssertionError, OSError, ValueError) as error:
            failed = True
            print(f'not ok {n} {name}')
            print(f'# {error}'.replace('\n', '\n# '))
    failed = sandbox.stop() != 0 or failed
    sys.exit(failed)


def check_rest(sandbox, folder, before):
    for name, count in zip(('Jobs', 'Users', 'Folders'), before):
        assert sandbox.count(name, folder) >= count, f'{name} are fewer'


main()
