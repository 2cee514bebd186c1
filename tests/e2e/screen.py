# SPDX-License-Identifier: GPL-3.0-or-later
"""Baton as a screen reader sees and works it, with real keys and clicks where a person would use them."""
import re
import subprocess
import time

from access import ACCESSIBLE, EDITABLE, TABLES, Bus, Gone
from gi.repository import GLib

BUTTONS = ("push button", "toggle button", "radio button", "menu item", "link")


class NotThere(AssertionError):
    """What was looked for is not on the screen."""


def fits(told, wanted):
    if wanted is None:
        return True
    if isinstance(wanted, re.Pattern):
        return wanted.search(told) is not None
    # The buttons of a message dialog of libadwaita 1.2 say their name twice.
    return told in (wanted, f"{wanted} {wanted}")


def say(wanted):
    return getattr(wanted, "pattern", wanted)


class Screen:
    """The windows of one program. `environment` is the stage's; `process` the program."""

    def __init__(self, environment, process):
        self.environment = environment
        self.process = process
        self.bus = Bus(environment["DBUS_SESSION_BUS_ADDRESS"])
        self.application = None

    # Looking

    def wait_for(self, question, what, seconds=20):
        """The first answer that is not nothing. What goes away while it is looked at is looked for again."""
        end = time.monotonic() + seconds
        while True:
            try:
                answer = question()
            except Gone:
                answer = None
            if answer:
                return answer
            if self.process.poll() is not None:
                raise NotThere(f"Baton ended ({self.process.returncode}) while waiting for {what}")
            if time.monotonic() > end:
                raise NotThere(f"waited {seconds} s for {what}")
            time.sleep(0.05)

    def snapshots(self, **options):
        """Of each window, the newest first: a dialog before what it covers."""
        if self.application is None:
            self.application = self.wait_for(
                lambda: self.bus.find_application(self.process.pid), "Baton on the accessibility bus", 60
            )
        return [self.bus.snapshot(window, **options) for window in reversed(self.bus.windows(self.application))]

    def look(self, name=None, role=None, within=None, hidden=False, within_popover=False):
        """All that fit. `name`: a string or a compiled pattern; `role`: one or several; `within`: a node to look below of;
        `hidden`: also what a person does not see now; `within_popover`: only what lies in one."""
        roles = (role,) if isinstance(role, str) else role
        found = []
        for root in [self.bus.snapshot(within.reference)] if within is not None else self.snapshots():
            if within is not None:
                root.parent = within.parent
            for node in root.walk():
                if roles is not None and node.role not in roles or not fits(node.name, name):
                    continue
                if within_popover and not node.is_in_popover():
                    continue
                if hidden or node.is_on_screen():
                    found.append(node)
        return found

    def first(self, name=None, role=None, **options):
        return next(iter(self.look(name, role, **options)), None)

    def find(self, name=None, role=None, seconds=20, **options):
        """The first that fits, when it comes."""
        return self.wait_for(lambda: self.first(name, role, **options), f"{role or 'anything'} “{say(name)}”", seconds)

    def gone(self, name=None, role=None, seconds=20, **options):
        what = f"the end of {role or 'anything'} “{say(name)}”"
        self.wait_for(lambda: not self.look(name, role, **options), what, seconds)

    def has_text(self, pattern, **options):
        """A node whose name or text has `pattern` in it, or None."""
        wanted = re.compile(pattern) if isinstance(pattern, str) else pattern
        return self.first(wanted, **options)

    def find_text(self, pattern, seconds=20, **options):
        return self.wait_for(lambda: self.has_text(pattern, **options), f"the words “{say(pattern)}”", seconds)

    def tell(self):
        """What is on the screen, as text; for the log of a failure."""
        lines = []

        def add(node, depth):
            lines.append(f"{'  ' * depth}{node.role} {node.name!r}{'' if node.has('sensitive') else ' (insensitive)'}")
            for child in node.children:
                add(child, depth + 1)

        for root in self.snapshots():
            add(root, 0)
        return "\n".join(lines)

    # Tables

    def table(self, name, seconds=20):
        """The table of that name."""
        return self.find(name, TABLES, seconds)

    def _parts(self, table):
        """The row of titles, and the list of rows."""
        answer = self.bus.call(table.reference, ACCESSIBLE, "GetChildren")
        return [tuple(part) for part in answer[0]] if answer else []

    def rows(self, table, first=0, count=5):
        """The texts of the cells of some rows. `first` counts what the toolkit made, from below 0 from its end."""
        return [
            [" ".join(node.name for node in cell.walk() if node.role == "label" and node.name) for cell in row.children]
            for row in self.row_nodes(table, first, count)
        ]

    def row_nodes(self, table, first=0, count=5):
        parts = self._parts(table)
        answer = self.bus.call(parts[1], ACCESSIBLE, "GetChildren") if len(parts) > 1 else None
        rows = answer[0] if answer else []
        chosen = rows[first : first + count] if first >= 0 else rows[first:][:count]
        return [self.bus.snapshot(tuple(row), into_tables=True) for row in chosen]

    def titles(self, table):
        """The titles of the columns, as nodes to click on."""
        header = self.bus.snapshot(self._parts(table)[0], into_tables=True)
        return [node for node in header.walk() if node.role == "label" and node.name]

    # Doing

    def press(self, name, role=BUTTONS, seconds=20, **options):
        """Presses the button of that name, once it is there and can be pressed."""

        def pressed():
            ready = [node for node in self.look(name, role, **options) if node.has("sensitive")]
            # A menu's button is two of the same name, and the inner one does it.
            return next((node for node in ready if node.act()), None) or (ready and self.click(ready[0]) and ready[0])

        return self.wait_for(pressed, f"a button “{say(name)}” that can be pressed", seconds)

    def tick(self, name):
        """Ticks the box of that name in a menu that has just opened: by keyboard, since a box has no action to call."""
        self.find(name, "check box")
        boxes = [node.name for node in self.look(None, "check box")]
        self.keys(*["Tab"] * boxes.index(name), "space")

    def choose(self, name, role="list item", **options):
        """Clicks a row of a list, as with the mouse."""
        row = self.find(name, role, **options)
        self.click(row)
        return row

    def click(self, node, button=1, times=1):
        """A real click in the middle of the node; the window lies in the corner of the display."""
        x, y, width, height = node.extents
        return self.click_at(x + width // 2, y + height // 2, button, times)

    def click_at(self, x, y, button=1, times=1):
        self.xdotool("mousemove", str(x), str(y), "sleep", "0.05")
        self.xdotool("click", "--repeat", str(times), "--delay", "60", str(button))
        return True

    def fill(self, name, text, seconds=20, roles=None, **options):
        """Puts text into the entry of that name."""

        def editable():
            return next((node for node in self.look(name, roles, **options) if EDITABLE in node.interfaces), None)

        entry = self.wait_for(editable, f"an entry “{say(name)}”", seconds)
        entry.set_text(text)
        return entry

    def keys(self, *keys):
        self.hold_keys()
        self.xdotool("key", "--clearmodifiers", "--delay", "30", *keys)

    def type(self, text):
        self.hold_keys()
        self.xdotool("type", "--delay", "15", text)

    def hold_keys(self):
        """The keys go to the window. Where a dialog closes and no window manager is there, they may go nowhere."""
        windows = self.x_windows()
        if windows and not set(self.xdotool("getwindowfocus")) & set(windows):
            self.xdotool("windowfocus", windows[-1])

    def xdotool(self, *arguments):
        run = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, timeout=30, check=False
        )
        return run.stdout.split()

    def settle(self, seconds):
        """Lets what moves come to rest; for pictures alone, never to wait for something to be true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            GLib.MainContext.default().iteration(False)
            time.sleep(0.02)

    # Windows and pictures

    # There is no window manager; the toolkit then draws a frame of this many pixels around its windows.
    FRAME = 5

    def x_windows(self):
        return self.xdotool("search", "--onlyvisible", "--pid", str(self.process.pid))

    def resize(self, width, height):
        """Makes the main window show that much, in the corner of the display."""
        window = self.wait_for(self.x_windows, "a window on the display", 60)[0]
        self.xdotool("windowmove", "--", window, str(-self.FRAME), str(-self.FRAME))
        self.xdotool("windowsize", window, str(width + 2 * self.FRAME), str(height + 2 * self.FRAME))
        self.xdotool("windowfocus", window)
        self.park()

    def park(self):
        """Takes the pointer out of the way, so that nothing looks hovered."""
        self.xdotool("mousemove", "9999", "9999")

    def place_dialog(self, width, height):
        """Puts the newest window in the middle of the main one, as a window manager does, and gives it the keys."""
        windows = self.wait_for(lambda: len(self.x_windows()) > 1 and self.x_windows(), "a dialog")
        told = dict(line.split("=") for line in self.xdotool("getwindowgeometry", "--shell", windows[-1]) if "=" in line)
        left = max((width - int(told["WIDTH"])) // 2, -self.FRAME)
        top = max((height - int(told["HEIGHT"])) // 2, -self.FRAME)
        self.xdotool("windowmove", "--", windows[-1], str(left), str(top))
        self.xdotool("windowfocus", windows[-1])

    def picture(self, path, width, height):
        """A PNG of the display's left upper corner, once two pictures in a row are the same."""
        command = ["import", "-silent", "-window", "root", "-crop", f"{width}x{height}+0+0", "+repage", "-depth", "8", "rgb:-"]
        pixels = None
        for _attempt in range(12):
            last = pixels
            pixels = subprocess.run(command, env=self.environment, capture_output=True, check=True).stdout
            if pixels == last:
                break
            time.sleep(0.15)
        command = ["convert", "-size", f"{width}x{height}", "-depth", "8", "rgb:-", "-strip", str(path)]
        subprocess.run(command, env=self.environment, input=pixels, check=True)
