# SPDX-License-Identifier: GPL-3.0-or-later
"""The program, asked by the administrator. Whatever it warns of ends it."""
import http.client
import json
import os
import subprocess
import urllib.parse


class Sandbox:
    def __init__(self, program):
        environment = dict(os.environ, G_DEBUG='fatal-warnings')
        self.process = subprocess.Popen([program, '--port=0', '--jobs=100', '--with-parent', '--rate-limit=0'],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self.ready = json.loads(self.process.stdout.readline())
        self.base = urllib.parse.urlsplit(self.ready['orchestrator'])

    def stop(self):
        """Returns the exit status."""
        self.process.stdin.close()
        return self.process.wait(60)

    def send(self, method, address, body=None, headers=None):
        """`address` begins at the root of the host, `body` is bytes. Returns the status, the type and the text."""
        connection = http.client.HTTPConnection(self.base.netloc, timeout=120)
        connection.request(method, address, body, {'Authorization': f'Bearer {self.ready["personalAccessToken"]}', **(headers or {})})
        answer = connection.getresponse()
        text = answer.read().decode(errors='replace')
        connection.close()
        return answer.status, answer.headers.get_content_type(), text

    def ask(self, method, path, body=None, folder=None):
        """`path` begins behind Orchestrator's address, `body` becomes JSON. Returns the status and the text."""
        headers = {}
        if folder:
            headers['X-UIPATH-OrganizationUnitId'] = str(folder)
        if body is not None:
            headers['Content-Type'] = 'application/json'
        status, _, text = self.send(method, self.base.path + path, None if body is None else json.dumps(body).encode(), headers)
        return status, text

    def check(self, method, path, body=None, folder=None):
        status, text = self.ask(method, path, body, folder)
        assert status < 500 or status == 501, f'{method} {path}: {status} {text[:500]}'
        return status, text

    def count(self, name, folder):
        return json.loads(self.check('GET', f'/odata/{name}?$top=0&$count=true', None, folder)[1])['@odata.count']
