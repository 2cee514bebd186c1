# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts what went over the wire through Baton's own redaction."""
import json
import subprocess

from search import Search


def decode(data):
    return data.decode("utf-8", errors="replace").replace("\0", " ")


def tell_head(first, headers):
    return "\n".join([first, *(f"{name}: {value}" for name, value in headers)])


def tell(exchange):
    """As a log would tell of it, line by line."""
    asked = tell_head(f"{exchange.method} {exchange.target} HTTP/1.1", exchange.request_headers)
    answered = tell_head(f"HTTP/1.1 {exchange.status}", exchange.headers)
    return "\n\n".join([asked, decode(exchange.request), answered, decode(exchange.answer)])


def describe(exchange):
    """A line of what the program reads."""
    kinds = [value for name, value in exchange.headers if name.lower() == "content-type"]
    return json.dumps(
        {
            "method": exchange.method,
            "target": exchange.target,
            "request": decode(exchange.request),
            "status": exchange.status,
            "type": kinds[0].split(";")[0] if kinds else "",
            "answer": decode(exchange.answer),
            "log": tell(exchange),
        }
    )


def find_leaks(program, exchanges, secrets):
    """(request, name) of what is left of the secrets (name, value) once Baton has redacted all."""
    search = Search(secrets)
    leaks = []
    asked = "\n".join(describe(exchange) for exchange in exchanges) + "\n"
    run = subprocess.run([program], input=asked.encode(), capture_output=True, check=True, timeout=120)
    texts = run.stdout.split(b"\0")[:-1]
    each = len(texts) // len(exchanges)
    assert len(texts) == each * len(exchanges), "the program told of something else"
    for number, exchange in enumerate(exchanges):
        for kind, text in enumerate(texts[number * each : (number + 1) * each]):
            leaks += [(f"{exchange.method} {exchange.target.split('?')[0]}", kind, name) for name in search.names_in(text)]
    return leaks
