# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does in Baton, in words that the tests and the tour share."""
import re

from access import TABLES
from screen import NotThere, Screen


class Person:
    """Somebody in front of Baton on a stage."""

    def __init__(self, stage, *options):
        self.stage = stage
        self.process = stage.start_baton(*options)
        self.screen = Screen(stage.environment, self.process)
        self.width, self.height = stage.size

    def open_window(self):
        self.screen.wait_for(self.screen.snapshots, "the window", 60)
        self.screen.resize(self.width, self.height)

    def resize(self, width, height):
        self.width, self.height = width, height
        self.screen.resize(width, height)

    def close(self):
        """Ends Baton as a person does, by its window's own shortcut. Returns the exit status."""
        self.screen.keys("ctrl+q")
        try:
            self.process.wait(15)
        except Exception:  # pylint: disable=broad-except
            pass
        return self.stage.stop(self.process)

    def fill_in(self, fields):
        """The text of each entry, by its name; those without one stay. Not all of them fit a small window at the same time."""
        for name, text in fields.items():
            if text is not None:
                self.screen.fill(name, text, hidden=True)

    def fill_in_sign_in(self, address, user_key, client_id, tenant=None):
        self.fill_in({"Orchestrator address": address, "User key": user_key, "Client ID": client_id, "Tenant": tenant})

    def sign_in(self, user_key=None):
        """From the welcome page to the jobs."""
        sandbox = self.stage.sandbox
        self.screen.press("Sign in")
        self.screen.find("Orchestrator address")
        self.fill_in_sign_in(sandbox["orchestrator"], user_key or sandbox["userKey"], sandbox["clientId"])
        self.screen.press("Sign in")

    def show(self, page):
        """Chooses a page in the sidebar."""

        def chosen():
            return any(row.has("selected") for row in self.screen.look(page, "list item", hidden=True))

        def choose():
            self.show_sidebar()
            self.scroll_to(page, "list item")
            self.screen.choose(page, "list item")
            try:
                return self.screen.wait_for(chosen, f"the page “{page}”", 3)
            except NotThere:
                return None

        self.screen.wait_for(choose, f"the page “{page}” in the sidebar", 30)

    def show_sidebar(self):
        """Brings the sidebar where it is hidden, as in a narrow window."""
        if not self._sees_sidebar():
            self.screen.press("Sidebar")
            self.screen.wait_for(self._sees_sidebar, "the sidebar")

    def _sees_sidebar(self):
        return self.screen.look(re.compile("^Folder: "), "push button")

    def see_rows(self, table, seconds=30):
        """The first rows of the table, once their records are there."""

        def loaded():
            found = self.screen.first(table, TABLES)
            rows = self.screen.rows(found, 0, 3) if found else []
            return rows if rows and all(any(re.search(r"\w", cell) for cell in row) for row in rows) else None

        return self.screen.wait_for(loaded, f"rows in the table “{table}”", seconds)

    def select_row(self, table, number):
        """Clicks a row that is on the screen."""
        found = self.screen.table(table)
        x, y, _width, _height = found.extents
        titles = self.screen.titles(found)[0].extents
        places = [row.extents for row in self.screen.row_nodes(found, 0, 30)]
        left, top, _width, height = [place for place in places if place[1] >= y + titles[3]][number]
        self.screen.click_at(max(left, x) + 60, top + height // 2)
        self.screen.settle(0.5)
        # A row that was chosen before its details were closed opens them by the keyboard.
        if not self.screen.look("Close details", "push button"):
            self.screen.keys("Return")
        return self.screen.find("Close details", "push button")

    def leave_details(self):
        self.screen.press("Close details")
        self.screen.gone("Close details", "push button")
        # The keys are then where the rows are.
        self.screen.settle(0.3)

    def open_context_menu(self):
        """Of the row that has the keys. They may still be on their way there."""

        def opened():
            self.screen.keys("shift+F10")
            try:
                return self.screen.find("Copy row", seconds=3)
            except NotThere:
                return None

        return self.screen.wait_for(opened, "the context menu")

    def open_tenants(self):
        if not self.screen.look("Tenant", "push button"):
            self.show_sidebar()
        self.screen.press("Tenant", "push button")
        self.screen.find(re.compile("^Add account"), "push button")

    def choose_tenant(self, words):
        self.open_tenants()
        self.screen.type(words)
        self.screen.keys("Return")

    def open_folders(self):
        self.show_sidebar()
        self.screen.press(re.compile("^Folder: "), "push button")
        self.screen.find("Search folders")

    def search_folders(self, words):
        self.open_folders()
        self.screen.type(words)

    def choose_folder(self, words):
        self.search_folders(words)
        self.screen.keys("Return")
        self.screen.find(f"Folder: {words}", hidden=True)
        # The next click would only close it. A page that asks for a folder has such a list too.
        self.screen.gone("Search folders", within_popover=True)
        self.screen.settle(0.4)

    def search(self, words):
        self.screen.fill(re.compile("^Search "), words, roles=("entry", "text"))

    def menu(self, item):
        self.screen.press("Main menu")
        self.screen.press(item)

    def sign_in_without_keyring(self):
        self.sign_in()
        self.screen.find_text("There is no keyring", 60)

    def scroll_to(self, words, role=None):
        """Turns the mouse's wheel over the page until the words are on the screen."""

        def in_sight():
            # Hidden pages come first, as they were made.
            node = next(reversed(self.screen.look(words, role, hidden=True)), None)
            if node is None:
                return None
            x, y, width, height = node.extents
            if 0 <= y and node.is_on_screen():
                return node
            self.screen.click_at(x + width // 2, self.height // 2, 5 if y > 0 else 4, 3)
            return None

        return self.screen.wait_for(in_sight, f"“{words}” by scrolling")

    def start_job_form(self):
        """Opens the form for a new job, a process chosen in it."""
        self.screen.press("Start job")
        return self.screen.find("Number of jobs", hidden=True)

    def choose_file(self, button, path, look=lambda: None):
        """Presses the button, and gives the file in the toolkit's own dialog, where the keys open a place to type in. `look` is called
        while the dialog is there."""
        windows = len(self.screen.x_windows())
        self.screen.press(button)
        self.screen.wait_for(lambda: len(self.screen.x_windows()) > windows, "the dialog for a file")
        self.screen.place_dialog(self.width, self.height)
        look()

        def open_place():
            self.screen.keys("ctrl+l")
            try:
                return self.screen.find("GtkFileChooserEntry", seconds=3)
            except NotThere:
                return None

        self.screen.wait_for(open_place, "a place to type a file's name in", 30)
        self.screen.fill("GtkFileChooserEntry", str(path))
        self.screen.press(re.compile("Open$"), "push button")
        self.screen.find_text(re.escape(str(path)))
