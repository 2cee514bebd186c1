# SPDX-License-Identifier: GPL-3.0-or-later
"""What expires is told of on the desktop: to a notification service on the session bus, each once, also after a restart."""
import argparse
import pathlib
import sys
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

try:
    import stage
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

from access import connect  # noqa: E402  pylint: disable=wrong-import-position
from gi.repository import Gio, GLib  # noqa: E402  pylint: disable=wrong-import-position
from steps import Person  # noqa: E402  pylint: disable=wrong-import-position

DAY = 24 * 3600 * 1_000_000
NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
# The desktop notifications specification, 1.2, section 9.
INTERFACE = f"""<node><interface name="{NAME}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{{sv}}" direction="in"/>
    <arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""


class Desktop:
    """The part of a desktop that shows notifications."""

    def __init__(self, address):
        self.told = []
        self.bus = connect(address)
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.bus.register_object(PATH, interface, self.called, None, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (NAME, 0)), None, Gio.DBusCallFlags.NONE, -1, None)

    def called(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        answer = None
        if method == "Notify":
            _program, _replaces, _icon, title, body, actions, _hints, _time = arguments.unpack()
            self.told.append((title, body, actions))
            answer = GLib.Variant("(u)", (len(self.told),))
        elif method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        invocation.return_value(answer)

    def choose(self, number):
        """A click on one of them."""
        self.bus.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (number, "default")))

    def wait(self, question, what, seconds=60):
        def answer():
            while GLib.MainContext.default().iteration(False):
                pass
            return question()

        return stage.wait_for(answer, what, seconds)

    def find(self, words):
        return [number for number, (_title, body, _actions) in enumerate(self.told, 1) if words in body]


def write(scene, things):
    """What Baton knew when it last ran. `things`: name -> (kind, days until it expires)."""
    accounts = scene.home / "config" / "baton" / "accounts.ini"
    accounts.parent.mkdir(parents=True, exist_ok=True)
    accounts.write_text("[account one]\nname=One\nedition=cloud\norigin=https://cloud.uipath.com\norganization=acme\n"
                        "tenant=Prod\nmethod=client-credentials\nclient-id=abc\n", encoding="utf-8")
    expiries = scene.home / "state" / "baton" / "expiries.ini"
    expiries.parent.mkdir(parents=True, exist_ok=True)
    now = time.time_ns() // 1000
    with expiries.open("a", encoding="utf-8") as file:
        for name, (kind, days) in things.items():
            file.write(f"\n[expiry {kind} {name}]\nkind={kind}\naccount=one\nid={name}\nname={name}\n"
                       f"expires={now + int(days * DAY)}\n")


def tells_of_what_expires(scene, desktop):
    write(scene, {"late": ("application-secret", 40), "CI": ("application-secret", 2.5),
                  "laptop": ("personal-access-token", 0.5), "next": ("personal-access-token", 13),
                  "gone": ("application-secret", -1)})
    person = Person(scene)
    person.open_window()
    desktop.wait(lambda: len(desktop.told) >= 3, "three notifications")
    titles = {body.split("“")[1].split("”")[0]: title for title, body, _actions in desktop.told}
    assert titles == {"CI": "Expires within 3 days", "laptop": "Expires within a day", "next": "Expires within 14 days"}, titles
    desktop.choose(desktop.find("laptop")[0])
    person.screen.find_text("What will expire", 30)
    person.close()


def tells_each_once(scene, desktop):
    write(scene, {"new": ("application-secret", 0.9)})
    person = Person(scene)
    person.open_window()
    desktop.wait(lambda: desktop.find("new"), "the notification of what is new")
    assert len(desktop.told) == 4, desktop.told
    person.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()

    missing = stage.missing_programs()
    if missing:
        print(f"1..0 # SKIP not installed: {', '.join(missing)}")
        return 0
    steps = (tells_of_what_expires, tells_each_once)
    print(f"1..{len(steps)}", flush=True)
    failed = 0
    with stage.Stage(options.build) as scene:
        desktop = Desktop(scene.environment["DBUS_SESSION_BUS_ADDRESS"])
        for number, step in enumerate(steps, 1):
            try:
                step(scene, desktop)
                print(f"ok {number} {step.__name__.replace('_', ' ')}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"not ok {number} {step.__name__.replace('_', ' ')}", flush=True)
                for line in traceback.format_exc().splitlines() + [str(desktop.told)]:
                    print(f"# {line}")
    return 1 if failed else 0


sys.exit(main())
