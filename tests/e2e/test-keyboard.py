# SPDX-License-Identifier: GPL-3.0-or-later
"""Baton by keyboard alone: from the welcome page to a job and the end of a key, without one click."""
import argparse
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

try:
    import stage
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

from access import TABLES, Gone  # noqa: E402  pylint: disable=wrong-import-position
from play import play  # noqa: E402  pylint: disable=wrong-import-position
from screen import fits  # noqa: E402  pylint: disable=wrong-import-position
from steps import Person  # noqa: E402  pylint: disable=wrong-import-position

# More stops than any page has.
MANY = 30
steps = []


def step(function):
    steps.append(function)
    return function


class Typist:
    """A person without a mouse."""

    def __init__(self, scene):
        self.stage = scene
        self.sandbox = scene.sandbox
        self.person = Person(scene)
        self.person.open_window()
        self.screen = self.person.screen

    def focused(self):
        """What has the keys: itself and all around it, the innermost first. Nothing in an entry: the toolkit tells of none."""

        def find():
            for root in self.screen.snapshots():
                held = [node for node in root.walk() if node.has("focused")]
                if held:
                    return [held[-1], *held[-1].ancestors()]
            table = self.screen.first(role=TABLES)
            rows = self.screen.row_nodes(table, 0, 6) if table else []
            return next(([row, table] for row in rows for node in row.walk() if node.has("focused")), None)

        end = time.monotonic() + 0.6
        while time.monotonic() < end:
            try:
                found = find()
            except Gone:
                found = None
            if found:
                return found
        return []

    def is_at(self, name, role=None):
        return any(fits(node.name, name) and role in (None, node.role) for node in self.focused()[:4])

    def tab_to(self, name, role=None, key="Tab"):
        """Tab until there; a stop that is never reached, or holds the focus, is an error."""
        last = None
        for _stop in range(MANY):
            if self.is_at(name, role):
                return
            self.screen.keys(key)
            here = self.focused()[:1]
            assert not here or here[0].reference != last, f"the focus stays at {here[0]} on the way to {name}"
            last = here[0].reference if here else None
        raise AssertionError(f"{name} cannot be reached by {key}")

    def tab_to_entry(self):
        """Tab until the next entry."""
        for _stop in range(MANY):
            self.screen.keys("Tab")
            if not self.focused():
                return
        raise AssertionError("no entry can be reached by Tab")

    def in_dialog(self):
        """A window manager gives a new window the keys; here is none."""
        self.screen.place_dialog(*self.stage.size)

    def in_window(self):
        """And gives them back."""
        self.screen.resize(*self.stage.size)


@step
def signs_in(typist):
    screen, sandbox = typist.screen, typist.sandbox
    typist.tab_to("Sign in", "push button")
    screen.keys("Return")
    screen.find("Orchestrator address")
    screen.type(sandbox["orchestrator"])
    typist.tab_to_entry()
    screen.type(sandbox["userKey"])
    typist.tab_to_entry()
    screen.type(sandbox["clientId"])
    screen.keys("Return")
    typist.person.see_rows("Jobs", 60)


@step
def chooses_a_folder(typist):
    screen = typist.screen
    screen.keys("ctrl+l")
    screen.find("Search folders")
    screen.type("Shared")
    screen.keys("Return")
    screen.find("Folder: Shared")
    typist.person.see_rows("Jobs")


@step
def opens_the_main_menu_and_comes_back(typist):
    screen = typist.screen
    screen.keys("F10")
    screen.find("Preferences", "menu item")
    screen.keys("Escape")
    screen.gone("Preferences", "menu item")


@step
def walks_through_the_jobs(typist):
    screen = typist.screen
    screen.keys("ctrl+f")
    typist.tab_to("Jobs", TABLES[0])
    screen.keys("Down", "Down", "shift+F10")
    screen.find("Copy row", "menu item")
    screen.keys("Escape")
    screen.gone("Copy row", "menu item")
    screen.wait_for(lambda: typist.is_at("Jobs", TABLES[0]), "the focus back in the table", 10)
    screen.keys("Return")
    screen.find("Close details", "push button")
    typist.tab_to("Stop", "push button")
    screen.keys("Escape")
    screen.gone("Close details", "push button")
    screen.wait_for(lambda: typist.is_at("Jobs", TABLES[0]), "the focus back in the table", 10)


@step
def sorts_the_jobs(typist):
    screen = typist.screen

    def names():
        return [row[0] for row in screen.rows(screen.table("Jobs"), 0, 20)]

    typist.tab_to("More about this list", key="shift+Tab")
    screen.keys("Return")
    screen.find("Reset columns", "menu item")
    typist.tab_to("Process", key="Down")
    screen.keys("Return")
    screen.wait_for(lambda: names() and names() == sorted(names()), "jobs in the order of their process")


@step
def starts_a_job(typist):
    screen = typist.screen
    typist.tab_to("Start job", "push button", "shift+Tab")
    screen.keys("Return")
    screen.find("Number of jobs", hidden=True)
    typist.in_dialog()
    screen.keys("ctrl+Return")
    screen.gone("Number of jobs", hidden=True)


@step
def sees_the_keys(typist):
    screen = typist.screen
    typist.in_window()
    screen.keys("ctrl+k")
    screen.find_text("What will expire")
    typist.tab_to("New token…", "push button")
    screen.keys("alt+Left")
    screen.gone("What will expire")


@step
def revokes_the_key(typist):
    screen = typist.screen
    typist.in_window()
    typist.tab_to("Jobs", "list item", "shift+Tab")
    screen.keys("End")
    screen.find("Renew now", "push button")
    typist.tab_to("Revoke access", "push button")
    screen.keys("Return")
    screen.find_text("cannot be undone")
    typist.in_dialog()
    # What cannot be undone is not one key away.
    screen.wait_for(lambda: typist.is_at("Cancel"), "the focus on “Cancel”", 10)
    typist.tab_to("Revoke access")
    screen.keys("Return")
    screen.find_text("^Access was revoked$")
    typist.in_dialog()
    screen.keys("Escape")
    screen.gone(re.compile("^Access was revoked$"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()

    missing = stage.missing_programs()
    if missing:
        print(f"1..0 # SKIP not installed: {', '.join(missing)}")
        return 0
    print(f"1..{len(steps)}", flush=True)
    with stage.Stage(options.build) as scene:
        scene.start_sandbox("--jobs=1000")
        scene.rest_triggers(scene.sandbox["tenant"])
        typist = Typist(scene)
        return 0 if play(steps, typist) else 1


sys.exit(main())
