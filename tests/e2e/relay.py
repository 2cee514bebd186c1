# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands between Baton, the browser and the sandbox, and keeps what goes over the wire: whole, in memory, for the test alone."""
import collections
import http.client
import http.server
import json
import threading
import urllib.parse

Exchange = collections.namedtuple("Exchange", "method target request_headers request status headers answer")

# What belongs to one connection, or is made anew here.
OF_CONNECTION = ("connection", "keep-alive", "transfer-encoding", "content-length", "proxy-connection")

# Where OAuth and the service put what gives access (fact sheet 2). On purpose not the list that Baton redacts by.
IN_REQUESTS = ("client_secret", "code", "code_verifier", "refresh_token", "token", "password")
IN_ANSWERS = ("access_token", "refresh_token", "id_token", "secret", "token")


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format, *arguments):  # pylint: disable=redefined-builtin
        pass

    def relay(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        upstream = http.client.HTTPConnection(*self.server.target, timeout=60)
        try:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in OF_CONNECTION:
                    upstream.putheader(name, value)
            upstream.putheader("Content-Length", str(length))
            upstream.endheaders(body)
            answer = upstream.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            # As the sandbox did: no answer.
            self.close_connection = True
            return
        finally:
            upstream.close()
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in OF_CONNECTION]
        self.server.exchanges.append(
            Exchange(self.command, self.path, self.headers.items(), body, answer.status, headers, told)
        )
        self.send_response_only(answer.status, answer.reason)
        for name, value in headers:
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(told)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = relay


class Server(http.server.ThreadingHTTPServer):
    """Quiet where a client goes away."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


def parse_form(text):
    return urllib.parse.parse_qsl(text, keep_blank_values=True)


def walk_json(value):
    """All (name, text) of a JSON value, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str):
                yield name, inner
            yield from walk_json(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk_json(inner)


def read_pairs(headers, body):
    """The (name, text) of a form or of JSON."""
    text = body.decode("utf-8", errors="replace")
    kind = dict((name.lower(), value) for name, value in headers).get("content-type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        return parse_form(text)
    if kind.startswith("application/json"):
        try:
            return list(walk_json(json.loads(text)))
        except ValueError:
            pass
    return []


def find_secrets(exchange):
    """What gave access, or would have, in one request and its answer."""
    for name, value in exchange.request_headers:
        if name.lower() == "authorization":
            yield "authorization", value.split(" ", 1)[-1]
        elif name.lower() == "cookie":
            yield from (("cookie", pair.split("=", 1)[-1].strip()) for pair in value.split(";"))
    for name, value in read_pairs(exchange.request_headers, exchange.request):
        if name in IN_REQUESTS:
            yield name, value
    for name, value in exchange.headers:
        if name.lower() == "set-cookie":
            yield "cookie", value.split(";", 1)[0].split("=", 1)[-1]
        elif name.lower() == "location":
            yield from (pair for pair in parse_form(urllib.parse.urlsplit(value).query) if pair[0] == "code")
    signed_in = exchange.target.endswith("/Account/Authenticate")
    for name, value in read_pairs(exchange.headers, exchange.answer):
        if name in IN_ANSWERS or (signed_in and name == "result"):
            yield name, value


class Relay:
    """Listens from the start; `origin` stands for that of the sandbox at `origin`."""

    # Shorter values stand in any text by chance.
    SHORTEST = 12

    def __init__(self, origin):
        parts = urllib.parse.urlsplit(origin)
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.target = (parts.hostname, parts.port)
        self.server.exchanges = []
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def exchanges(self):
        return list(self.server.exchanges)

    def secrets(self):
        """Name and value of all that gave access so far, each value once."""
        found = {}
        for exchange in self.exchanges():
            for name, value in find_secrets(exchange):
                if len(value) >= self.SHORTEST:
                    found.setdefault(value, f"{name} of {exchange.method} {exchange.target.split('?')[0]}")
        return {f"{name} ({number})": value for number, (value, name) in enumerate(found.items(), 1)}
