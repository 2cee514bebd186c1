# SPDX-License-Identifier: GPL-3.0-or-later
"""The guided tour: the built program through every page, a PNG of each; light and dark, 1280 and 360 pixels wide.

tour.py --build BUILD --output FOLDER [--only wide|narrow|dark|dark-narrow …]
"""
import argparse
import pathlib
import re
import shutil
import sys

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
        try:
            if back:
                back()
        except NotThere as error:
            self.missed.append(f"back from {name}{self.suffix}: {error}")

    def run(self):
        # The display is as wide as a desk in both cases, so that a menu has room.
        with stage.Stage(self.build, *WIDE, dark=self.dark) as scene:
            scene.start_sandbox()
            self.person = Person(scene)
            self.person.resize(*self.size)
            self.sign_in(scene)
            self.jobs()
            self.lists()
            self.access(scene)
            self.trouble(scene)
            self.person.close()
        with stage.Stage(self.build, *WIDE, dark=self.dark, keyring=False) as scene:
            scene.start_sandbox()
            self.person = Person(scene)
            self.person.resize(*self.size)
            self.stop("no-keyring", self.person.sign_in_without_keyring)
            self.person.close()
        return self.missed

    def escape(self):
        self.screen.keys("Escape")
        self.screen.settle(0.3)

    def sign_in(self, scene):
        screen, person, sandbox = self.screen, self.person, scene.sandbox
        self.stop("welcome", lambda: screen.find("Try the sandbox", "push button"))

        def form():
            screen.press("Sign in")
            screen.fill("Orchestrator address", sandbox["orchestrator"])
            screen.find_text(re.escape(sandbox["organization"]))

        self.stop("sign-in", form)

        def mistake():
            origin = sandbox["origin"]
            person.fill_in_sign_in(f"{origin}/DefaultTenant/Shared", sandbox["userKey"], sandbox["clientId"])
            screen.press("Sign in")
            screen.find_text("The key is good, the address is not", 60)

        self.stop("sign-in-mistake", mistake)
        # What the page offers then is the way on.
        screen.press(re.compile(re.escape(f"({sandbox['organization']}/{sandbox['tenant']})")))
        person.see_rows("Jobs", 60)

    def jobs(self):
        screen, person = self.screen, self.person
        self.stop("jobs", lambda: person.see_rows("Jobs"))
        self.stop("tenants", person.open_tenants, self.escape)
        self.stop("folders", person.open_folders, self.escape)
        self.stop("sidebar", person.show_sidebar)
        person.choose_folder("Shared")
        person.show("Jobs")
        person.see_rows("Jobs")
        self.stop("job-details", lambda: person.select_row("Jobs", 0), person.leave_details)
        self.stop("filter", lambda: screen.press(re.compile("^State")), self.escape)
        self.stop("columns", lambda: screen.press("Columns"), self.escape)
        self.stop("start-job", lambda: person.start_job_form(), self.escape, dialog=True)
        self.stop("nothing-found", lambda: person.search("no such thing"), lambda: person.search(""))

    def lists(self):
        for name in LISTS:
            self.stop(
                name.lower().replace(" ", "-"),
                lambda name=name: (self.person.show(name), self.person.see_rows(name)),
            )
        self.person.show("Assets")
        self.stop("asset-details", lambda: self.person.select_row("Assets", 0), self.person.leave_details)

    def access(self, scene):
        screen, person = self.screen, self.person
        self.stop("tenant", lambda: (person.show("Tenant"), screen.find_text("(?i)licen[cs]e")))
        self.stop("api-access", lambda: (person.show("API access"), screen.find("Renew now", "push button")))
        self.stop("api-access-below", lambda: person.scroll_to("Revoke access"))
        self.stop("revoke", lambda: screen.press("Revoke access"), self.escape, dialog=True)
        self.stop("menu", lambda: screen.press("Main menu"), self.escape)
        self.stop("preferences", lambda: person.menu("Preferences"), self.escape, dialog=True)
        self.stop("shortcuts", lambda: person.menu("Keyboard Shortcuts"), self.escape, dialog=True)
        self.stop("about", lambda: person.menu("About Baton"), self.escape, dialog=True)
        if not browser.missing_programs():
            with browser.Browser(scene) as portal:
                portal.open(f"{scene.sandbox['origin']}/portal_/apiAccess")
                if self.suffix == "":
                    portal.picture(self.output / "90-portal.png")
                portal.click("button[name=confirm][value=revoke]")
                portal.click("button[name=action][value=revoke]")

    def trouble(self, scene):
        screen, person = self.screen, self.person

        def revoked():
            person.show("API access")
            screen.press("Renew now")
            person.show("Jobs")
            screen.find("Enter a new key", "push button")

        self.stop("key-revoked", revoked)
        self.stop("new-key", lambda: screen.press("Enter a new key"), self.escape, dialog=True)
        scene.stop(scene.sandbox_process)

        def unreachable():
            person.show("Assets")
            screen.press("Refresh")
            screen.find_text("cannot be reached", 60)

        self.stop("unreachable", unreachable)


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
    missed = []
    for name in options.only:
        size, dark, suffix = PASSES[name]
        missed += Tour(options.build, output, size, dark, suffix).run()
    for line in missed:
        print(f"Missed {line}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
