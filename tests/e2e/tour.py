# SPDX-License-Identifier: GPL-3.0-or-later
"""The guided tour: the built program through every page, a PNG of each; light and dark, 1280 and 360 pixels wide.

tour.py --build BUILD --output FOLDER [--only wide|narrow|dark|dark-narrow …]
"""
import argparse
import contextlib
import json
import multiprocessing
import pathlib
import re
import shutil
import signal
import socket
import sys
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import browser  # noqa: E402  pylint: disable=wrong-import-position
import stage  # noqa: E402  pylint: disable=wrong-import-position
from screen import NotThere  # noqa: E402  pylint: disable=wrong-import-position
from steps import Person  # noqa: E402  pylint: disable=wrong-import-position

WIDE = (1280, 800)
NARROW = (360, 720)
PASSES = {
    "wide": (WIDE, False, ""),
    "narrow": (NARROW, False, "-narrow"),
    "dark": (WIDE, True, "-dark"),
    "dark-narrow": (NARROW, True, "-dark-narrow"),
}
BUTTONS = ("push button", "toggle button", "radio button")
LISTS = (
    "Processes",
    "Triggers",
    "Logs",
    "Queues",
    "Queue items",
    "Assets",
    "Robots",
    "Machines",
    "Sessions",
    "Packages",
    "Users",
    "Roles",
    "Folders",
)


def paste(sandbox):
    """What somebody has who was given access by mail."""
    told = {"user_key": sandbox["userKey"], "client_id": sandbox["clientId"], "tenant": sandbox["tenant"]}
    return json.dumps(told)


def revoke(sandbox):
    """Ends the user key, as another program or the web page does."""
    told = urllib.parse.urlencode({"client_id": sandbox["clientId"], "token": sandbox["userKey"]})
    with urllib.request.urlopen(f"{sandbox['origin']}/oauth/revoke", told.encode(), 30):
        pass


@contextlib.contextmanager
def silent_server():
    """The address of an Orchestrator that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/acme/DefaultTenant"


class Tour:
    """One pass: everything in one size and one colour."""

    def __init__(self, build, output, size, dark, suffix):
        self.build = build
        self.output = output
        self.size = size
        self.dark = dark
        self.suffix = suffix
        self.number = 0
        self.person = None
        self.missed = []

    @property
    def screen(self):
        return self.person.screen

    def picture(self, name, dialog=False):
        self.number += 1
        width, height = self.size
        if dialog:
            self.screen.place_dialog(width, height)
        self.screen.park()
        self.screen.settle(0.5)
        path = self.output / f"{self.number:02}-{name}{self.suffix}.png"
        self.screen.picture(path, width, height)
        print(path, flush=True)

    def stop(self, name, go, back=None, dialog=False):
        """One stop. What cannot be reached is told of at the end, and the tour goes on."""
        try:
            go()
            self.picture(name, dialog)
        except NotThere as error:
            self.number += 1
            self.missed.append(f"{name}{self.suffix}: {error}")
            self.screen.picture(self.output / f"{self.number:02}-{name}{self.suffix}-missed.png", *self.size)
        if back:
            self.attempt(f"back from {name}", back)

    def attempt(self, name, do):
        """Something between two stops."""
        try:
            do()
        except NotThere as error:
            self.missed.append(f"{name}{self.suffix}: {error}")

    def run(self):
        with stage.Stage(self.build, *self.size, dark=self.dark) as scene:
            scene.start_sandbox()
            self.open(scene)
            for part in (
                self.sign_in,
                self.jobs,
                self.lists,
                self.forms,
                self.access,
                self.keys,
                self.windows,
                self.accounts,
                self.trouble,
            ):
                self.attempt(part.__name__, lambda part=part: part(scene))
            self.person.close()
            scene.lock_keyring()
            self.open(scene)
            self.stop("keyring-locked", lambda: self.screen.find_text("The keyring is locked", 60))
            self.person.close()
        with stage.Stage(self.build, *self.size, dark=self.dark, keyring=False) as scene:
            scene.start_sandbox()
            self.open(scene)
            self.stop("no-keyring", self.person.sign_in_without_keyring)
            self.attempt("outage", lambda: self.outage(scene))
            self.person.close()
        return self.missed

    def open(self, scene):
        self.person = Person(scene)
        self.person.resize(*self.size)

    def escape(self):
        self.screen.keys("Escape")
        self.screen.settle(0.3)

    def sign_in(self, scene):
        screen, person, sandbox = self.screen, self.person, scene.sandbox
        self.stop("welcome", lambda: screen.find("Try the sandbox", "push button"))
        self.stop("sign-in-empty", lambda: (screen.press("Sign in"), screen.find("Orchestrator address")))

        def understood():
            screen.fill("Orchestrator address", sandbox["orchestrator"])
            screen.find_text(re.escape(sandbox["organization"]))

        self.stop("sign-in", understood)

        def addresses():
            screen.click(screen.find_text("^Edition and addresses"))

        self.stop("sign-in-addresses", lambda: (addresses(), screen.find("Portal")), addresses)
        self.stop("sign-in-paste", lambda: screen.fill("User key", paste(sandbox)))
        self.ways(scene)
        by_password = "User name and password"
        self.stop("sign-in-password", lambda: screen.press(by_password), lambda: screen.press("User key", BUTTONS))

        with silent_server() as address:
            self.stop("sign-in-working", lambda: self.try_to_sign_in(address, sandbox, "Cancel"))
            screen.press("Cancel")
            screen.find("Sign in", "push button", hidden=True)
        origin = sandbox["origin"]
        self.stop("sign-in-tenant", lambda: self.try_to_sign_in(origin, sandbox, "Choose a tenant", ""), lambda: screen.press("Cancel"))
        wrong = f"{origin}/DefaultTenant/Shared"
        self.stop("sign-in-mistake", lambda: self.try_to_sign_in(wrong, sandbox, "The key is good, the address is not", "Shared"))
        # What the page offers then is the way on.
        screen.press(re.compile(re.escape(f"({sandbox['organization']}/{sandbox['tenant']})")))
        person.see_rows("Jobs", 60)

    def ways(self, scene):
        """Each way to sign in, and what it asks for."""
        screen, person = self.screen, self.person
        public = next(one for one in scene.sandbox["applications"] if one["scopes"] == "user" and "clientSecret" not in one)

        def waiting():
            screen.fill("Client ID", public["clientId"])
            person.scroll_to("Sign in", "push button")
            screen.press("Sign in")
            person.scroll_to("Address of the page")

        self.stop("sign-in-browser", lambda: (screen.press("Browser"), person.scroll_to("Choose scopes", "push button")))
        self.stop("scopes", lambda: (screen.press("Choose scopes"), screen.find("Read only")), self.escape, dialog=True)
        self.stop("sign-in-waiting", waiting, lambda: screen.press("Cancel"))
        self.stop("sign-in-credentials", lambda: (screen.press("Client credentials"), person.scroll_to("Choose scopes", "push button")))
        self.stop("sign-in-token", lambda: screen.press("Personal access token"))
        screen.press("User key", BUTTONS)

    def try_to_sign_in(self, address, sandbox, words, tenant=None):
        self.person.fill_in_sign_in(address, sandbox["userKey"], sandbox["clientId"], tenant)
        self.person.scroll_to("Sign in", "push button")
        self.screen.press("Sign in")
        self.screen.find_text(words, 60)

    def jobs(self, _scene):
        screen, person = self.screen, self.person
        self.stop("jobs", lambda: person.see_rows("Jobs"))
        self.stop("tenants", person.open_tenants, self.escape)
        self.stop("folders", person.open_folders, self.escape)
        # The first Escape ends the search.
        self.stop("folder-search", lambda: person.search_folders("acc"), lambda: (self.escape(), self.escape()))
        self.stop("sidebar", person.show_sidebar)
        self.stop("choose-folder", lambda: (person.show("Assets"), screen.find_text("Choose a folder")))
        person.show("Jobs")
        person.choose_folder("Shared")
        person.show("Jobs")
        person.see_rows("Jobs")
        self.stop("job-details", lambda: person.select_row("Jobs", 0), person.leave_details)
        self.stop("context-menu", person.open_context_menu, self.escape)
        self.stop("filter", lambda: screen.press(re.compile("^State")), self.escape)
        self.stop("columns", lambda: screen.press("Columns"), self.escape)
        self.stop("start-job", person.start_job_form, self.escape, dialog=True)

        def nothing():
            person.search("no such thing")
            screen.find("Nothing matches")

        self.stop("nothing-found", nothing, lambda: person.search(""))
        person.see_rows("Jobs")
        self.batch()

    def batch(self):
        """Several jobs at once: the question, and what came of it."""
        screen, person = self.screen, self.person

        def several():
            person.select_row("Jobs", 3)
            person.leave_details()
            screen.keys("shift+Down", "shift+Down", "Return")
            screen.find_text("3 selected")

        self.stop("several-selected", several)
        self.stop("question", lambda: (screen.press("Kill"), screen.find_text("^Kill ")), dialog=True)
        self.stop("batch", lambda: (screen.press("Kill"), screen.find_text("3 of 3")), self.escape, dialog=True)
        person.leave_details()

    def lists(self, scene):
        screen, person = self.screen, self.person
        # One that answers nothing for a while.
        scene.sandbox_process.send_signal(signal.SIGSTOP)
        self.stop("loading", lambda: (person.show("Users"), screen.find_text("Loading users")))
        scene.sandbox_process.send_signal(signal.SIGCONT)
        for name in LISTS:
            self.stop(name.lower().replace(" ", "-"), lambda name=name: (person.show(name), person.see_rows(name)))

    def forms(self, _scene):
        screen, person = self.screen, self.person
        for name, button, entry, words in (
            ("Triggers", None, None, "trigger"),
            ("Queue items", "Add item", "Specific content", "queue-item"),
            ("Assets", "New asset", "Description", "asset"),
        ):
            person.show(name)
            person.see_rows(name)
            self.stop(f"{words}-details", lambda name=name: person.select_row(name, 0), person.leave_details)
            if button:
                self.stop(
                    f"{words}-form",
                    lambda button=button, entry=entry: (screen.press(button), screen.find(entry, hidden=True)),
                    self.escape,
                    dialog=True,
                )
        person.select_row("Assets", 1)
        self.stop("asset-edit", lambda: (screen.press("Edit"), screen.find("Save", BUTTONS)), self.escape, dialog=True)
        self.stop("asset-delete", lambda: (screen.press("Delete"), screen.find_text("^Delete ")), self.escape, dialog=True)
        person.leave_details()

    def access(self, scene):
        screen, person = self.screen, self.person
        self.stop("tenant", lambda: (person.show("Tenant"), screen.find_text("of 25")))
        self.stop("tenant-below", lambda: person.scroll_to("Edition"))
        self.stop("api-access", lambda: (person.show("API access"), screen.find_text("8DEv")))

        def checked():
            screen.press("Check connection")
            screen.find_text("^Everything works", 60)

        self.stop("check-connection", checked, self.escape, dialog=True)
        self.stop("api-access-middle", lambda: person.scroll_to("Claims"))
        self.stop("api-access-below", lambda: person.scroll_to("Forget"))
        self.stop("forget", lambda: (screen.press("Forget"), screen.find_text("^Forget the")), self.escape, dialog=True)
        person.scroll_to("Revoke access")
        self.stop("revoke", lambda: (screen.press("Revoke access"), screen.find_text("cannot be undone")), self.escape, dialog=True)
        if self.suffix == "" and not browser.missing_programs():
            with browser.Browser(scene) as portal:
                portal.open(f"{scene.sandbox['origin']}/portal_/apiAccess")
                portal.picture(self.output / "90-portal.png")

    def keys(self, _scene):
        """Keys and tokens: the page, a copy for others, the form for a token. Nothing secret is in a picture."""
        screen, person = self.screen, self.person
        self.stop("keys", lambda: (person.menu("Keys and tokens"), screen.find_text("What will expire")))
        screen.click(screen.find_text("^Valid until"))
        self.stop("keys-copy", lambda: (screen.press("Copy for others…"), screen.find("Format", hidden=True)), self.escape, dialog=True)

        def network():
            screen.press("More for this account")
            screen.press(re.compile("^Network and certificates"))
            screen.find_text("Whom this account trusts")

        self.stop("keys-network", network, self.escape, dialog=True)
        self.stop("keys-server", lambda: person.scroll_to("External applications"))
        self.stop("keys-token", lambda: (screen.press("New token…"), screen.find("Choose scopes")), self.escape, dialog=True)
        screen.press("Back")

    def windows(self, _scene):
        screen, person = self.screen, self.person
        self.stop("menu", lambda: screen.press("Main menu"), self.escape)
        self.stop("preferences", lambda: person.menu("Preferences"), self.escape, dialog=True)
        self.stop("shortcuts", lambda: person.menu("Keyboard shortcuts"), self.escape, dialog=True)
        self.stop("about", lambda: person.menu("About Baton"), self.escape, dialog=True)

    def accounts(self, scene):
        """A second account, and the way back to the first."""
        screen, person, sandbox = self.screen, self.person, scene.sandbox

        def second():
            person.menu(re.compile("^Add account"))
            screen.press("User name and password")
            person.fill_in({"Orchestrator address": f"{sandbox['origin']}/", "Tenant": sandbox["tenant"]})
            person.fill_in({"User name": sandbox["username"], "Password": sandbox["password"]})
            person.scroll_to("Sign in", "push button")
            screen.press("Sign in")
            screen.find_text("^Forget this access$", 60, hidden=True)
            person.open_tenants()

        self.stop("accounts", second)

        def question():
            screen.press(re.compile("^Remove this account"))
            screen.find_text("^Remove “")
            screen.gone(re.compile("^Add account"))

        self.stop("remove-account", question, dialog=True)
        screen.press("Remove")
        screen.find_text("^End this access$", 60, hidden=True)

    def trouble(self, scene):
        screen, person, sandbox = self.screen, self.person, scene.sandbox

        person.show("Queues")
        person.see_rows("Queues")

        def revoked():
            revoke(sandbox)
            person.show("API access")
            person.scroll_to("Renew now")
            screen.press("Renew now")
            screen.find("Enter a new key", "push button")
            person.show("Queues")
            person.see_rows("Queues")

        self.stop("key-revoked", revoked)
        self.stop("new-key", lambda: screen.press("Enter a new key"), self.escape, dialog=True)

    def outage(self, scene):
        """The server goes away."""
        screen, person = self.screen, self.person
        screen.press("Keep for this run only")
        person.see_rows("Jobs", 60)
        scene.stop(scene.sandbox_process)

        def unreachable():
            screen.press("Refresh")
            screen.find_text("cannot be reached", 60)

        self.stop("unreachable", unreachable)
        self.stop("error", lambda: (person.search("invoice"), screen.find("Try again", "push button", 60)))


def go(*one):
    return Tour(*one).run()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--only", nargs="*", choices=list(PASSES), default=list(PASSES))
    options = parser.parse_args()

    missing = stage.missing_programs()
    if missing:
        print(f"The tour needs {', '.join(missing)}.", file=sys.stderr)
        return 1
    output = pathlib.Path(options.output)
    if len(options.only) == len(PASSES):
        shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    # Each in a process of its own: the bindings leak a little with each of millions of calls.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        passes = [(options.build, output, *PASSES[name]) for name in options.only]
        missed = sum(pool.starmap(go, passes, chunksize=1), [])
    for line in missed:
        print(f"Missed {line}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
