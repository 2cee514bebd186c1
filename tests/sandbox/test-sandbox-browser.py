# SPDX-License-Identifier: GPL-3.0-or-later
"""Identity's pages in a real browser: signing in, consent, and the way back to the application; each step builds on the one before."""
import argparse
import base64
import hashlib
import http.server
import json
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

import browser  # noqa: E402  pylint: disable=wrong-import-position

# Those that are registered (man baton-sandbox).
PORTS = (8104, 8055, 42042)
SCOPES = "openid profile email offline_access OR.Folders.Read OR.Jobs"
steps = []


def step(function):
    steps.append(function)
    return function


class Scene:
    """What the browser needs of a stage: a folder, logs, and processes that end with it."""

    def __init__(self, build):
        self.build = pathlib.Path(build).resolve()
        self.processes = []

    def __enter__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="baton-browser-"))
        self.logs = self.root
        program = self.build / "src" / "sandbox" / "baton-sandbox"
        process = self.start("sandbox", [str(program), "--jobs=100"], stdout=subprocess.PIPE)
        self.sandbox = json.loads(process.stdout.readline())
        return self

    def __exit__(self, *_ignored):
        for process in reversed(self.processes):
            self.stop(process)
        shutil.rmtree(self.root, ignore_errors=True)

    def start(self, name, command, stdout=None, **options):
        with open(self.logs / f"{name}.log", "wb") as log:
            process = subprocess.Popen(command, stdout=stdout or log, stderr=log, stdin=subprocess.DEVNULL, **options)
        self.processes.append(process)
        return process

    def stop(self, process):
        if process in self.processes:
            self.processes.remove(process)
            process.terminate()
            process.wait(30)


class Listener:
    """The loopback address that an application waits at."""

    def __init__(self):
        self.asked = []
        self.server = None

    def __enter__(self):
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name
                if self.path.startswith("/oidc/login"):
                    asked.append(urllib.parse.urlsplit(self.path).query)
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<title>back</title><p id='back'>You can close this.</p>")

            def log_message(self, *_arguments):
                pass

        for port in PORTS:
            try:
                self.server = http.server.HTTPServer(("127.0.0.1", port), Handler)
                break
            except OSError:
                continue
        if self.server is None:
            print("1..0 # SKIP all registered ports are taken")
            sys.exit(0)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/oidc/login"
        return self

    def __exit__(self, *_ignored):
        self.server.shutdown()
        self.server.server_close()

    def wait(self):
        """The parameters that the browser brought last."""
        end = time.monotonic() + 30
        while not self.asked:
            assert time.monotonic() < end, "the browser did not come back"
            time.sleep(0.05)
        return dict(urllib.parse.parse_qsl(self.asked.pop()))


class Visit:
    """What the steps leave to each other."""

    def __init__(self, scene, web, listener, pictures):
        self.scene = scene
        self.web = web
        self.listener = listener
        self.pictures = pathlib.Path(pictures)
        self.verifier = secrets.token_urlsafe(32)
        self.client = next(one for one in scene.sandbox["applications"] if "clientSecret" not in one)["clientId"]

    def make_address(self, **changes):
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": self.listener.address,
            "scope": SCOPES,
            "state": "a state & more",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **changes,
        }
        return f"{self.scene.sandbox['identity']}/connect/authorize?{urllib.parse.urlencode(query)}"

    def ask_token(self, **form):
        data = urllib.parse.urlencode({"client_id": self.client, **form}).encode()
        with urllib.request.urlopen(f"{self.scene.sandbox['identity']}/connect/token", data, 30) as answer:
            return json.load(answer)

    def read(self, path, token):
        request = urllib.request.Request(
            f"{self.scene.sandbox['orchestrator']}/{path}", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def take_picture(self, name):
        self.web.picture(self.pictures / f"{name}.png")


@step
def shows_the_page_to_sign_in(visit):
    visit.web.open(visit.make_address())
    assert "/identity_/web/login?returnUrl=" in visit.web.address(), visit.web.address()
    assert "Desktop Tool" in visit.web.text()
    visit.take_picture("identity-sign-in")


@step
def says_that_a_password_is_wrong_and_keeps_the_name(visit):
    visit.web.fill("#user", "admin")
    visit.web.fill("#password", "not the password")
    visit.web.click("#sign-in")
    visit.web.find("[role=alert]")
    assert visit.web.value("#user") == "admin"


@step
def asks_for_consent_with_every_scope(visit):
    visit.web.fill("#password", visit.scene.sandbox["password"])
    visit.web.click("#sign-in")
    visit.web.find("#allow")
    text = visit.web.text()
    for scope in SCOPES.split():
        assert scope in text, f"the page lacks {scope}"
    assert "ada.admin@acme.example" in text
    visit.take_picture("identity-consent")


@step
def brings_a_refusal_to_the_application(visit):
    visit.web.click("#deny")
    visit.web.find("#back")
    answer = visit.listener.wait()
    assert answer["error"] == "access_denied", answer
    assert answer["state"] == "a state & more", answer


@step
def brings_a_code_that_gives_tokens(visit):
    visit.web.open(visit.make_address())
    visit.web.click("#allow")
    visit.web.find("#back")
    answer = visit.listener.wait()
    assert answer["state"] == "a state & more", answer
    tokens = visit.ask_token(
        grant_type="authorization_code",
        code=answer["code"],
        redirect_uri=visit.listener.address,
        code_verifier=visit.verifier,
    )
    assert tokens["expires_in"] == 3600, tokens
    folders = visit.read("odata/Folders", tokens["access_token"])
    assert len(folders["value"]) > 10
    renewed = visit.ask_token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert renewed["refresh_token"] != tokens["refresh_token"]


@step
def asks_nothing_of_who_has_allowed_it_before(visit):
    visit.web.open(visit.make_address())
    visit.web.find("#back")
    assert "code" in visit.listener.wait()


@step
def keeps_the_browser_where_the_redirect_address_is_wrong(visit):
    visit.web.open(visit.make_address(redirect_uri="http://127.0.0.1:1/oidc/login"))
    assert "/identity_/web/?errorCode=invalid_request&errorId=" in visit.web.address(), visit.web.address()
    assert visit.web.text("#errorCode") == "invalid_request"
    assert visit.web.text("#errorDescription") == "Invalid redirect_uri"
    visit.take_picture("identity-error")


@step
def makes_a_personal_access_token_and_shows_it_once(visit):
    visit.web.open(f"{visit.scene.sandbox['origin']}/portal_/personalAccessToken")
    visit.web.fill("#name", "browser")
    visit.web.click("input[value='OR.Folders']")
    visit.web.click("#create")
    token = visit.web.value("#token")
    assert token.startswith("rt_"), "no token was shown"
    visit.take_picture("portal-tokens")
    assert len(visit.read("odata/Folders", token)["value"]) > 10
    visit.web.open(f"{visit.scene.sandbox['origin']}/portal_/personalAccessToken")
    assert token not in visit.web.text()
    visit.token = token


@step
def asks_before_it_revokes_the_token(visit):
    visit.web.click("button[name='confirm']")
    assert "“browser”" in visit.web.text("#why"), visit.web.text("#why")
    visit.take_picture("portal-question")
    visit.web.click("a.button")
    visit.web.find("#create")
    assert visit.read("odata/Folders", visit.token)["value"]
    visit.web.click("button[name='confirm']")
    visit.web.click("button[name='action'][value='revoke']")
    visit.web.find("#create")
    assert "browser" not in visit.web.text("ul.list")
    try:
        visit.read("odata/Folders", visit.token)
    except urllib.error.HTTPError as error:
        assert error.code == 401, error
        error.close()
    else:
        raise AssertionError("the token is still good")


@step
def makes_an_external_application(visit):
    visit.web.open(f"{visit.scene.sandbox['origin']}/portal_/externalApps")
    visit.web.fill("#name", "Made in the browser")
    visit.web.click("input[value='OR.Jobs']")
    visit.web.click("#create")
    tokens = visit.ask_token(
        grant_type="client_credentials",
        client_id=visit.web.value("#appId"),
        client_secret=visit.web.value("#appSecret"),
        scope="OR.Jobs.Read",
    )
    assert tokens["scope"] == "OR.Jobs.Read", tokens
    visit.take_picture("portal-applications")


def run_curl(command):
    """Runs it as a person does who has copied it."""
    done = subprocess.run(["bash", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, (command, done.stderr.decode())
    return json.loads(done.stdout)


@step
def offers_a_curl_that_runs_as_it_stands(visit):
    visit.web.open(f"{visit.scene.sandbox['origin']}/")
    visit.web.find("#tabs button")
    assert visit.web.text("#tabs button[aria-selected='true']") == "curl"
    assert len(run_curl(visit.web.text("#command code"))["value"]) == 5


@step
def offers_a_curl_that_trusts_the_sandbox_alone(visit):
    folder = visit.scene.root / "a folder with Ada's data"
    folder.mkdir()
    program = visit.scene.build / "src" / "sandbox" / "baton-sandbox"
    command = [str(program), "--jobs=100", "--tls", f"--data={folder / 'sandbox.db'}"]
    process = visit.scene.start("sandbox-tls", command, stdout=subprocess.PIPE)
    ready = json.loads(process.stdout.readline())
    assert ready["orchestrator"].startswith("https://")
    assert " " in ready["ca"], ready["ca"]
    curl = visit.web.evaluate("return makeCommands(arguments[0]).curl", ready)
    assert len(run_curl(curl)["value"]) == 5
    visit.scene.stop(process)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--pictures", default=".")
    options = parser.parse_args()
    missing = browser.missing_programs() + [name for name in ("bash", "curl") if not shutil.which(name)]
    if missing:
        print(f"1..0 # SKIP {', '.join(missing)} not found")
        return 0

    print(f"1..{len(steps)}", flush=True)
    with Listener() as listener, Scene(options.build) as scene, browser.Browser(scene) as web:
        visit = Visit(scene, web, listener, options.pictures)
        for number, function in enumerate(steps, 1):
            name = function.__name__.replace("_", " ")
            try:
                function(visit)
            except Exception:  # pylint: disable=broad-except
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}")
                print(f"not ok {number} {name}", flush=True)
                return 1
            print(f"ok {number} {name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
