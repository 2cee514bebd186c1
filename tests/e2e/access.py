# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility bus as it is, over D-Bus alone.

The usual library keeps caches that go stale, and believes how many windows the toolkit says there are; this asks each time, and
asks for whole generations at once.
"""
import re

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  pylint: disable=wrong-import-position

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
COMPONENT = "org.a11y.atspi.Component"
EDITABLE = "org.a11y.atspi.EditableText"
TEXT = "org.a11y.atspi.Text"
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = "/org/a11y/atspi/accessible/root"
WINDOW_COORDINATES = 1
NOTHING = ("", "/org/a11y/atspi/null")

STATES = {
    "active": 1,
    "busy": 3,
    "checked": 4,
    "editable": 7,
    "expanded": 10,
    "focused": 12,
    "modal": 16,
    "pressed": 20,
    "selected": 23,
    "sensitive": 24,
    "visible": 30,
}

# By number, since the toolkit's own names of roles changed from one version to another.
ROLES = {
    2: "alert",
    7: "check box",
    10: "column header",
    11: "combo box",
    16: "dialog",
    20: "filler",
    23: "frame",
    27: "image",
    29: "label",
    31: "list",
    32: "list item",
    33: "menu",
    35: "menu item",
    37: "page tab",
    38: "page tab list",
    39: "panel",
    40: "password text",
    41: "popup menu",
    42: "progress bar",
    43: "push button",
    44: "radio button",
    48: "scroll bar",
    49: "scroll pane",
    50: "separator",
    52: "spin button",
    55: "table",
    56: "table cell",
    57: "column header",
    61: "text",
    62: "toggle button",
    64: "tool tip",
    65: "tree",
    66: "tree table",
    69: "window",
    79: "entry",
    83: "heading",
    88: "link",
    90: "table row",
    91: "tree item",
    98: "list box",
    101: "notification",
}

# Below these there may be tens of thousands of cells; one looks into them only on purpose.
TABLES = ("tree table", "table")
ENTRIES = ("text", "entry", "password text", "spin button")
# A surface of its own, laid over the window.
POPOVER = re.compile(r"Popover")


def connect(address):
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


class Gone(Exception):
    """It went away while it was looked at, or never could do that."""


class Bus:
    """A connection to the accessibility bus, found through the session bus at `session`."""

    def __init__(self, session):
        launcher = connect(session)
        address = launcher.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, -1, None
        ).unpack()[0]
        launcher.close_sync(None)
        self.connection = connect(address)

    def call(self, reference, interface, method, arguments=None):
        return self.call_all([(reference, interface, method, arguments)])[0]

    def call_all(self, calls):
        """What each call answers, None where it failed; all are on their way before the first answer is awaited."""
        answers = [None] * len(calls)
        waiting = len(calls)

        def answered(connection, result, index):
            nonlocal waiting
            waiting -= 1
            try:
                answers[index] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass

        for index, ((owner, path), interface, method, arguments) in enumerate(calls):
            self.connection.call(
                owner, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 15000, None, answered, index
            )
        while waiting:
            GLib.MainContext.default().iteration(True)
        return answers

    def find_application(self, process_id):
        """The root of the program's tree, or None as long as it is not on the bus."""
        desktop = self.call(("org.a11y.atspi.Registry", ROOT), ACCESSIBLE, "GetChildren")
        for owner, path in desktop[0] if desktop else []:
            daemon = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
            found = self.call(daemon, daemon[0], "GetConnectionUnixProcessID", GLib.Variant("(s)", (owner,)))
            if found and found[0] == process_id:
                return owner, path
        return None

    def windows(self, application):
        children = self.call(application, ACCESSIBLE, "GetChildren")
        return list(dict.fromkeys(children[0])) if children else []

    def snapshot(self, reference, into_tables=False, limit=None):
        """The tree below, as it is now. `limit`: of each generation in a table no more children than these."""
        root = Node(self, reference, None)
        generation = [root]
        seen = {reference}
        while generation:
            calls = []
            for node in generation:
                calls += [
                    (node.reference, ACCESSIBLE, "GetRole", None),
                    (node.reference, PROPERTIES, "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Name"))),
                    (node.reference, ACCESSIBLE, "GetState", None),
                    (node.reference, ACCESSIBLE, "GetChildren", None),
                ]
            answers = self.call_all(calls)
            following = []
            for index, node in enumerate(generation):
                role, name, state, children = answers[4 * index : 4 * index + 4]
                node.role = ROLES.get(role[0], f"role {role[0]}") if role else ""
                node.name = name[0] if name else ""
                node.bits = state[0][0] if state else 0
                if node is not root and not node.has("visible"):
                    node.parent.children.remove(node)
                    continue
                if not into_tables and node.role in TABLES:
                    continue
                for child in (children[0] if children else [])[:limit]:
                    # A stack tells of each page twice.
                    if child not in seen:
                        seen.add(child)
                        node.children.append(Node(self, child, node))
                following += node.children
            generation = following
        return root


class Node:
    """A thing on the screen as it was when the snapshot was taken."""

    def __init__(self, bus, reference, parent):
        self.bus = bus
        self.reference = reference
        self.parent = parent
        self.children = []
        self.role = ""
        self.name = ""
        self.bits = 0

    def __repr__(self):
        return f"{self.role} “{self.name}”"

    def has(self, state):
        return bool(self.bits & (1 << STATES[state]))

    def walk(self):
        """Itself and all below it, the first first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def window(self):
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def call(self, interface, method, arguments=None):
        return self.bus.call(self.reference, interface, method, arguments)

    def ask(self, interface, name):
        answer = self.call(PROPERTIES, "Get", GLib.Variant("(ss)", (interface, name)))
        return answer[0] if answer else None

    @property
    def interfaces(self):
        answer = self.call(ACCESSIBLE, "GetInterfaces")
        return answer[0] if answer else []

    @property
    def text(self):
        """What it holds to be read; its name where it holds nothing."""
        # GTK 4.8 takes an end of -1 for the beginning.
        count = self.ask(TEXT, "CharacterCount") or 0
        answer = self.call(TEXT, "GetText", GLib.Variant("(ii)", (0, count)))
        return answer[0] if answer and answer[0] else self.name

    @property
    def description(self):
        return self.ask(ACCESSIBLE, "Description") or ""

    @property
    def extents(self):
        """x, y, width and height in its window; all 0 where it has no place."""
        answer = self.call(COMPONENT, "GetExtents", GLib.Variant("(u)", (WINDOW_COORDINATES,)))
        return answer[0] if answer else (0, 0, 0, 0)

    def is_in_popover(self):
        return any(POPOVER.search(node.name) or node.role in ("menu", "popup menu") for node in self.ancestors())

    def is_on_screen(self):
        """Whether a person sees it: it has a place, and in the middle of that place there is nothing else.

        The toolkit tells of the hidden pages of a stack too.
        """
        x, y, width, height = self.extents
        if width <= 0 or height <= 0:
            return False
        if self.is_in_popover():
            return True
        if self.role in TABLES:
            # The toolkit tells of a cell only once it was asked for; the titles are few.
            children = self.call(ACCESSIBLE, "GetChildren")
            if not children or not children[0]:
                return False
            titles = self.bus.snapshot(tuple(children[0][0]), into_tables=True)
            x, y, width, height = titles.extents
            width = min(width, 60)
        hit = self._hit(x + width // 2, y + height // 2)
        if hit == NOTHING:
            # What is inside of an entry, and the picture on a button, is told of as nothing.
            if self.role in ENTRIES:
                # So is what lies beyond the window.
                _x, _y, right, bottom = self.window.extents
                return 0 <= x + width // 2 < right and 0 <= y + height // 2 < bottom
            # The place of a widget is told without its padding.
            hit = self._hit(x - 3, y + height // 2)
        # What is insensitive, or lets clicks through, is told as what lies around it.
        around = [node.reference for node in self.ancestors()][:3]
        if hit in around or any(node.reference == hit for node in self.walk()):
            return True
        # Into a table the snapshot did not look.
        while hit and hit[0] and hit[1] != ROOT:
            if hit == self.reference:
                return True
            parent = self.bus.call(hit, PROPERTIES, "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Parent")))
            hit = tuple(parent[0]) if parent else None
        return False

    def _hit(self, x, y):
        answer = self.window.call(COMPONENT, "GetAccessibleAtPoint", GLib.Variant("(iiu)", (x, y, WINDOW_COORDINATES)))
        return tuple(answer[0]) if answer else NOTHING

    def actions(self):
        answer = self.call(ACTION, "GetActions")
        return [action[0] for action in answer[0]] if answer else []

    def act(self, wanted=None):
        """Does the action of that name, or its first. Returns whether it has one."""
        for index, name in enumerate(self.actions()):
            if wanted is None or name == wanted:
                answer = self.call(ACTION, "DoAction", GLib.Variant("(i)", (index,)))
                return bool(answer and answer[0])
        return False

    def set_text(self, text):
        answer = self.call(EDITABLE, "SetTextContents", GLib.Variant("(s)", (text,)))
        if not answer or not answer[0]:
            raise Gone(f"{self} takes no text")

    def grab_focus(self):
        answer = self.call(COMPONENT, "GrabFocus")
        return bool(answer and answer[0])
