# SPDX-License-Identifier: GPL-3.0-or-later
"""Every way to sign in and out again in one run, with a real browser; what goes wrong in the browser; and no secret left anywhere."""
import argparse
import base64
import json
import pathlib
import random
import re
import socket
import sys
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

try:
    import browser
    import stage
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

from play import play  # noqa: E402  pylint: disable=wrong-import-position
from redaction import find_leaks, tell  # noqa: E402  pylint: disable=wrong-import-position
from search import Search  # noqa: E402  pylint: disable=wrong-import-position
from steps import Person  # noqa: E402  pylint: disable=wrong-import-position

PUBLIC = "Desktop Tool"
CONFIDENTIAL = "Web Dashboard"
BY_ITSELF = "Nightly Batch"
steps = []


def step(function):
    steps.append(function)
    return function


def find_port():
    """One that nobody has now, and that no connection is given: those begin at 32768."""
    for port in random.sample(range(20000, 32000), 100):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise stage.StageError("all ports are taken")


class Session:
    """What the steps leave to each other."""

    def __init__(self, scene, redactor):
        self.stage = scene
        self.redactor = redactor
        self.sandbox = scene.sandbox
        self.person = None
        self.browser = None
        self.port = find_port()
        self.redirect = f"http://localhost:{self.port}/oidc/login"
        self.applications = {application["name"]: application for application in self.sandbox["applications"]}
        # What a person types; the rest is what the relay sees.
        self.typed = {
            "user key": self.sandbox["userKey"],
            "password": self.sandbox["password"],
            "personal access token": self.sandbox["personalAccessToken"],
        }
        for application in self.applications.values():
            if "clientSecret" in application:
                self.typed[f"secret of {application['name']}"] = application["clientSecret"]

    @property
    def screen(self):
        return self.person.screen

    def secrets(self):
        return self.typed | self.stage.relay.secrets()

    def ask(self, method, path, body=None, token=None):
        """Asks the sandbox past Baton; returns what it says, also where that is an error."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token or self.sandbox['personalAccessToken']}"}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.sandbox["origin"] + path, data, headers, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return json.load(error)

    def register_redirect(self, name):
        """Lets the browser come back to the port of this run, so that runs beside each other are not in the way."""
        organization = self.sandbox["organization"]
        told = self.ask("GET", f"/{organization}/portal_/api/filtering/leftnav/tenantsAndOrganizationInfo")
        key = told["organization"]["id"]
        path = f"/{organization}/identity_/api/ExternalClient/{key}/{self.applications[name]['clientId']}"
        known = self.ask("GET", path)
        scopes = [scope for resource in known["resources"] for scope in resource["scopes"]]
        changed = {"name": known["name"], "isConfidential": known["isConfidential"], "scopes": scopes}
        changed["redirectUri"] = f"{known['redirectUri']},{self.redirect}"
        assert self.redirect in self.ask("PUT", path, changed)["redirectUri"]

    # At the page to sign in at

    def open_form(self, way, address=None):
        """From the welcome page to the fields of one way."""
        screen = self.screen
        screen.press("Sign in")
        screen.fill("Orchestrator address", address or self.sandbox["orchestrator"])
        screen.press(way)

    def fill(self, **fields):
        for name, text in fields.items():
            self.screen.fill(re.compile(f"^{name.replace('_', ' ')}"), text, hidden=True)

    def press_sign_in(self):
        self.person.scroll_to("Sign in", "push button")
        self.screen.press("Sign in")

    def start_browser(self):
        """Presses the button. Returns the address that the system's browser is sent to, and no sooner than that."""
        assert self.stage.take_opened() is None, "the browser was opened by itself"
        self.press_sign_in()
        address = self.screen.wait_for(self.stage.take_opened, "the system's browser", 30)
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
        assert query["code_challenge_method"] == "S256", address
        assert query["redirect_uri"] == self.redirect or "elsewhere" in query["redirect_uri"], address
        return address

    def sees_that_baton_waits(self):
        """The lowest of what stands there until the browser comes back."""
        self.person.scroll_to("Did the browser stop at an error?", "label")
        self.screen.find("Cancel", "push button")

    def paste_address(self, address):
        """Where the browser stopped."""
        self.screen.click(self.person.scroll_to("Address of the page", "text"))
        self.screen.fill("Address of the page", address)
        self.screen.keys("Return")

    def fails(self, words):
        """What the page says once the browser came to nothing; the form is there again."""
        self.screen.find_text(words, 60, hidden=True)
        self.person.scroll_to("Sign in", "push button")

    def sees_jobs(self):
        """The workspace opens where it was left."""
        self.screen.find(re.compile("^Folder: "), "push button", 90)
        self.person.show("Jobs")
        self.person.see_rows("Jobs", 60)

    def consent(self, answer):
        """In the browser: signs in where it asks, and says "allow" or "deny"."""
        web = self.browser
        if "/web/login" in web.address():
            web.fill("input[name=user]", self.sandbox["username"])
            web.fill("input[name=password]", self.sandbox["password"])
            web.click("#sign-in")
        web.click(f"#{answer}")

    def says_in_browser(self, words):
        self.screen.wait_for(lambda: words in self.browser.text(), f"the page “{words}” in the browser", 30)

    # Out again

    def sign_out(self, way_ended, revoked):
        """By the page of the access. `revoked`: whether the server offers that, else it says where a person does it."""
        screen, person = self.screen, self.person
        person.show("API access")
        person.scroll_to("Revoke access", "push button")
        screen.press("Revoke access")
        screen.find_text("^Revoke access of “")
        screen.press("Revoke access")
        screen.find("On the server", seconds=60, hidden=True)
        screen.find_text(way_ended, hidden=True)
        assert revoked == bool(screen.look("Access was revoked", hidden=True)), "the other outcome"
        screen.press("Close")
        screen.find("Nothing is kept", seconds=60, hidden=True)

    def remove_account(self):
        screen, person = self.screen, self.person
        person.open_tenants()
        screen.press(re.compile("^Remove this account"))
        screen.find_text("^Remove “")
        screen.press("Remove")
        screen.find("Try the sandbox", "push button", 30)

    def leaves_nothing(self):
        found = self.stage.find_secrets(self.secrets())
        assert not found, found


def post_form(session, path, **fields):
    """As a program of somebody who has what Baton had."""
    request = urllib.request.Request(session.sandbox["origin"] + path, urllib.parse.urlencode(fields).encode())
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return json.load(error)


def last_secret(session, name):
    """The last of its kind that the sandbox gave out."""
    return [value for told, value in session.secrets().items() if told.startswith(f"{name} of ")][-1]


@step
def opens_no_browser_by_itself(session):
    session.person = Person(session.stage)
    session.person.open_window()
    for name in (PUBLIC, CONFIDENTIAL):
        session.register_redirect(name)
    session.open_form("Browser")
    session.fill(Client_ID=session.applications[PUBLIC]["clientId"], Redirect_URL=session.redirect)
    session.screen.settle(1)
    assert session.stage.take_opened() is None, "the browser was opened before anybody pressed a button"


@step
def says_that_somebody_else_has_the_port(session):
    with socket.create_server(("127.0.0.1", session.port)):
        session.press_sign_in()
        session.fails(f"Port {session.port}, where the browser is to come back to, cannot be used")
    assert session.stage.take_opened() is None, "the browser was opened all the same"


@step
def says_that_consent_was_refused(session):
    session.browser = browser.Browser(session.stage).start()
    session.browser.open(session.start_browser())
    session.consent("deny")
    session.says_in_browser("The sign-in came to nothing")
    session.fails("The sign-in was refused in the browser")


@step
def explains_the_page_that_the_browser_stopped_at(session):
    wrong = f"{session.redirect}/elsewhere"
    session.fill(Redirect_URL=wrong)
    session.browser.open(session.start_browser())
    session.says_in_browser("Invalid redirect_uri")
    session.paste_address("https://example.com/nothing")
    session.screen.find_text("This address tells nothing of a sign-in", hidden=True)
    session.paste_address(session.browser.address())
    session.fails(re.escape(f"it must be {wrong} to the letter"))
    session.fill(Redirect_URL=session.redirect)


@step
def takes_nothing_from_another_sign_in(session):
    session.start_browser()
    session.browser.open(f"{session.redirect}?code=of-somebody-else&state=of-another-sign-in")
    session.says_in_browser("The sign-in came to nothing")
    assert "belongs to another sign-in" in session.browser.text()
    session.sees_that_baton_waits()


@step
def gives_up_at_once_when_the_browser_was_closed(session):
    screen = session.screen
    session.browser.close()
    session.sees_that_baton_waits()
    screen.press("Cancel")
    session.person.scroll_to("Sign in", "push button")

    def is_free():
        try:
            return socket.create_connection(("127.0.0.1", session.port), 5).close()
        except ConnectionRefusedError:
            return True

    screen.wait_for(is_free, "the port to be free again")


@step
def signs_in_and_out_by_the_browser(session):
    session.browser = browser.Browser(session.stage).start()
    session.browser.open(session.start_browser())
    session.consent("allow")
    session.says_in_browser("You can close this page")
    session.sees_jobs()
    session.leaves_nothing()
    session.sign_out("^The sign-in has ended", True)
    again = post_form(session, "/identity_/connect/token", grant_type="refresh_token",
                      client_id=session.applications[PUBLIC]["clientId"], refresh_token=last_secret(session, "refresh_token"))
    assert again.get("error") == "invalid_grant", again
    session.remove_account()


@step
def signs_in_and_out_by_the_browser_with_a_secret(session):
    application = session.applications[CONFIDENTIAL]
    session.open_form("Browser")
    session.fill(Client_ID=application["clientId"], Client_secret=application["clientSecret"], Redirect_URL=session.redirect)
    session.browser.open(session.start_browser())
    session.consent("allow")
    session.says_in_browser("You can close this page")
    session.sees_jobs()
    session.leaves_nothing()
    session.sign_out("^The sign-in has ended", True)
    session.remove_account()
    session.browser.close()


@step
def signs_in_and_out_by_client_credentials(session):
    application = session.applications[BY_ITSELF]
    session.open_form("Client credentials")
    session.fill(Client_ID=application["clientId"], Client_secret=application["clientSecret"])
    session.press_sign_in()
    session.sees_jobs()
    session.leaves_nothing()
    session.sign_out("^The client secret was forgotten", False)
    session.remove_account()


@step
def signs_in_and_out_by_a_personal_access_token(session):
    session.open_form("Personal access token")
    session.fill(Personal_access_token=session.sandbox["personalAccessToken"])
    session.press_sign_in()
    session.sees_jobs()
    session.leaves_nothing()
    session.sign_out("^The personal access token was forgotten", False)
    session.remove_account()


@step
def signs_in_and_out_by_user_name_and_password(session):
    session.open_form("User name and password", f"{session.sandbox['origin']}/")
    session.fill(Tenant=session.sandbox["tenant"], User_name=session.sandbox["username"], Password=session.sandbox["password"])
    session.press_sign_in()
    session.sees_jobs()
    session.leaves_nothing()
    session.sign_out("^The password was forgotten", False)
    session.remove_account()


@step
def signs_in_and_out_by_the_user_key(session):
    session.open_form("User key")
    session.fill(User_key=session.sandbox["userKey"], Client_ID=session.sandbox["clientId"])
    session.press_sign_in()
    session.sees_jobs()
    session.leaves_nothing()
    session.sign_out("^The user key no longer works", True)
    session.remove_account()


@step
def left_no_secret_anywhere(session):
    session.leaves_nothing()
    assert session.person.close() == 0
    session.leaves_nothing()


@step
def would_have_found_each_secret(session):
    planted = session.stage.home / "planted"
    for name, value in session.secrets().items():
        for written in (value, urllib.parse.quote(value, safe=""), base64.b64encode(f"user:{value}".encode()).decode()):
            planted.write_text(written, encoding="utf-8")
            found = session.stage.find_secrets({name: value})
            assert found == [(str(planted), name)], f"{name}: {found}"
    planted.unlink()
    kinds = {name.split(" ")[0] for name in session.stage.relay.secrets()}
    assert {"access_token", "refresh_token", "code", "code_verifier", "client_secret", "password", "result"} <= kinds, kinds


@step
def redacts_all_that_was_asked_and_answered(session):
    exchanges = session.stage.relay.exchanges()
    secrets = session.secrets()
    raw = "\n".join(tell(exchange) for exchange in exchanges).encode()
    unseen = set(session.stage.relay.secrets()) - set(Search(secrets).names_in(raw))
    assert not unseen, f"nothing was to be redacted: {unseen}"
    leaks = find_leaks(session.redactor, exchanges, secrets)
    assert not leaks, leaks


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--pictures", help="where a picture of a failure goes")
    parser.add_argument("--redactor", required=True, help="the program that redacts as Baton does")
    options = parser.parse_args()

    missing = stage.missing_programs() + browser.missing_programs()
    if missing:
        print(f"1..0 # SKIP not installed: {', '.join(missing)}")
        return 0
    print(f"1..{len(steps)}", flush=True)
    with stage.Stage(options.build) as scene:
        scene.start_sandbox()
        scene.listen_in()
        session = Session(scene, options.redactor)
        try:
            return 0 if play(steps, session, options.pictures) else 1
        finally:
            if session.browser:
                session.browser.close()


sys.exit(main())
