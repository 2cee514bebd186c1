# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser, worked over the WebDriver protocol."""
import json
import os
import re
import select
import shutil
import urllib.error
import urllib.request

# The key under which WebDriver hands out elements.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

ARGUMENTS = [
    "--headless=new",
    # The tests may run as root, where the browser's own sandbox cannot work.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--window-size=1000,900",
]


def missing_programs():
    return [name for name in ("chromium", "chromedriver") if not shutil.which(name)]


class Browser:
    """Use it with `with`, or `start` and `close` it, on a stage that stands."""

    def __init__(self, stage):
        self.stage = stage
        self.base = None
        self.driver = None
        self.session = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_ignored):
        self.close()

    def start(self):
        log = self.stage.logs / "chromedriver.log"
        # Without a buffer: what lay in one would not be waited for, but never come.
        self.driver = self.stage.start("chromedriver", ["chromedriver", "--port=0"], stdout=-1, bufsize=0)
        port = None
        while port is None:
            ready, _, _ = select.select([self.driver.stdout], [], [], 60)
            line = self.driver.stdout.readline().decode() if ready else ""
            if not line:
                raise RuntimeError(f"the driver of the browser did not start; see {log}")
            match = re.search(r"on port ([1-9]\d*)", line)
            port = match and match.group(1)
        self.base = f"http://127.0.0.1:{port}"
        profile = self.stage.root / "browser"
        options = {"binary": shutil.which("chromium"), "args": [*ARGUMENTS, f"--user-data-dir={profile}"]}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options, "timeouts": {"implicit": 15000}}}}
        try:
            self.session = self._call("POST", "/session", wanted, 90)["sessionId"]
        except BaseException:
            self.stage.stop(self.driver)
            raise
        return self

    def close(self):
        """Closes it as a person closes its window; once is enough."""
        if self.session is None:
            return
        session, self.session = self.session, None
        try:
            self._call("DELETE", f"/session/{session}")
        finally:
            self.stage.stop(self.driver)

    def _call(self, method, path, body=None, seconds=30):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            told = json.load(error)["value"]
            raise RuntimeError(f"{told['error']}: {' '.join(told['message'].splitlines()[:2])}") from None

    def _do(self, method, path, body=None):
        return self._call(method, f"/session/{self.session}{path}", body)

    def open(self, address):
        self._do("POST", "/url", {"url": address})

    def find(self, selector):
        return self._do("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self._do("POST", f"/element/{self.find(selector)}/click", {})

    def fill(self, selector, text):
        element = self.find(selector)
        self._do("POST", f"/element/{element}/clear", {})
        self._do("POST", f"/element/{element}/value", {"text": text})

    def address(self):
        return self._do("GET", "/url")

    def _read(self, selector, what):
        """Something of an element, found anew where its page went in between."""
        for _ in range(20):
            try:
                return self._do("GET", f"/element/{self.find(selector)}/{what}")
            except RuntimeError as error:
                if not str(error).startswith("stale element reference"):
                    raise
        raise RuntimeError(f"{selector} does not stay")

    def value(self, selector):
        return self._read(selector, "property/value")

    def text(self, selector="body"):
        return self._read(selector, "text")

    def evaluate(self, script, *values):
        """What a function with this body returns, in the page that is open; its arguments are the values."""
        return self._do("POST", "/execute/sync", {"script": script, "args": values})

    def picture(self, path):
        import base64  # pylint: disable=import-outside-toplevel

        with open(os.fspath(path), "wb") as file:
            file.write(base64.b64decode(self._do("GET", "/screenshot")))
