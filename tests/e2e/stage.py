# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own to play on: a display, a session bus, a keyring, the accessibility bus, the sandbox, Baton.

Nothing of the machine's own session is touched: every folder is private and goes away with the stage.
"""
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

from access import connect
from gi.repository import Gio, GLib
from relay import Relay
from search import Search

APPLICATION_ID = "io.github.baton_desktop.Baton"

# As GNOME has it; otherwise the toolkit takes what it finds first.
TOOLKIT_SETTINGS = """[Settings]
gtk-font-name=Cantarell 11
gtk-decoration-layout=:close
"""

# No services to be activated: what runs here is what the stage starts.
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# What Baton takes for the system's browser: it only writes down what it was to open, and what others may see of it meanwhile.
BROWSER = """#!/bin/sh
cat /proc/$$/cmdline /proc/$$/environ >>'{folder}/seen'
printf %s "$1" >'{folder}/new' && mv '{folder}/new' '{folder}/address'
"""
BROWSER_ENTRY = """[Desktop Entry]
Type=Application
Name=Browser
Exec={program} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
"""
BROWSER_DEFAULT = """[Default Applications]
x-scheme-handler/http=browser.desktop
x-scheme-handler/https=browser.desktop
"""

LAUNCHERS = (
    "/usr/libexec/at-spi-bus-launcher",
    "/usr/lib/at-spi2-core/at-spi-bus-launcher",
    "/usr/lib/at-spi-bus-launcher",
)


class StageError(Exception):
    """The stage could not be set."""


def wait_for(question, what, seconds=20, pause=0.05):
    """The first answer of `question` that is not nothing; an error after `seconds`, counted by the clock."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise StageError(f"waited {seconds} s for {what}")
        time.sleep(pause)


def missing_programs():
    """What the stage needs and this machine does not have."""
    names = ["Xvfb", "dbus-daemon", "gnome-keyring-daemon", "xdotool", "import"]
    missing = [name for name in names if not shutil.which(name)]
    if not any(os.path.exists(path) for path in LAUNCHERS):
        missing.append("at-spi-bus-launcher")
    return missing


class Stage:
    """Use it with `with`. `build` is the build folder, `keep` where logs stay (default: they go with the stage)."""

    def __init__(self, build, width=1280, height=800, keyring=True, dark=False):
        self.build = pathlib.Path(build).resolve()
        self.size = (width, height)
        self.with_keyring = keyring
        self.dark = dark
        # Short, since the path of a socket may hold 107 bytes.
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="baton-e2e-"))
        self.home = self.root / "home"
        self.logs = self.root / "logs"
        self.processes = []
        self.environment = {}
        self.session_id = 0
        self.sandbox = None
        self.sandbox_process = None
        self.relay = None
        self.baton = None
        self.runs = 0

    def __enter__(self):
        try:
            self._set_up()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_ignored):
        for process in reversed(self.processes):
            self.stop(process)
        if self.relay:
            self.relay.close()
        shutil.rmtree(self.root, ignore_errors=True)

    def _set_up(self):
        source = pathlib.Path(__file__).resolve().parents[2]
        for folder in ("home", "logs", "opened", "run", "tmp"):
            (self.root / folder).mkdir(mode=0o700)
        settings = self.home / "config" / "gtk-4.0" / "settings.ini"
        settings.parent.mkdir(parents=True)
        settings.write_text(TOOLKIT_SETTINGS, encoding="utf-8")
        self._install_browser()
        inherited = ("PATH", "LANG", "SOUP_FORCE_HTTP1", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS")
        self.environment = {name: os.environ[name] for name in inherited if name in os.environ}
        self.environment |= {
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            # Written out, since a bare machine has no table of time zones.
            "TZ": "CET-1CEST,M3.5.0,M10.5.0/3",
            "TMPDIR": str(self.root / "tmp"),
            "XDG_RUNTIME_DIR": str(self.root / "run"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_DATA_DIRS": f"{source / 'data'}:/usr/local/share:/usr/share",
            "XDG_CURRENT_DESKTOP": "GNOME",
            # Kept in a file, so that a second start finds what the first one left.
            "GSETTINGS_BACKEND": "keyfile",
            "GSETTINGS_SCHEMA_DIR": str(self.build / "data"),
            "GIO_USE_VFS": "local",
            "GIO_USE_PROXY_RESOLVER": "dummy",
            "GDK_BACKEND": "x11",
            "GSK_RENDERER": "cairo",
            "GTK_A11Y": "atspi",
            "ADW_DISABLE_PORTAL": "1",
            "GTK_USE_PORTAL": "0",
        }
        if self.dark:
            self.environment["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        self._start_display()
        self._start_bus()
        if self.with_keyring:
            self._start_keyring()
        self._start_accessibility()

    def _install_browser(self):
        applications = self.home / "data" / "applications"
        applications.mkdir(parents=True)
        program = self.root / "browser.sh"
        program.write_text(BROWSER.format(folder=self.root / "opened"), encoding="utf-8")
        program.chmod(0o700)
        (applications / "browser.desktop").write_text(BROWSER_ENTRY.format(program=program), encoding="utf-8")
        (applications / "mimeapps.list").write_text(BROWSER_DEFAULT, encoding="utf-8")

    def take_opened(self):
        """The address that the system's browser was to open, once; None where there is none."""
        path = self.root / "opened" / "address"
        if not path.exists():
            return None
        address = path.read_text(encoding="utf-8")
        path.unlink()
        return address

    def start(self, name, arguments, **options):
        """A child whose output lies in the stage's logs."""
        log = open(self.logs / f"{name}.log", "ab")
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", log)
        options.setdefault("env", self.environment)
        process = subprocess.Popen(arguments, stderr=log, cwd=self.home, **options)
        log.close()
        process.name = name
        self.processes.append(process)
        return process

    def stop(self, process, patience=15):
        """Asks it to end, waits, and makes it end. Returns its exit status."""
        if process.stdin:
            process.stdin.close()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process.stdout:
            process.stdout.close()
        if process in self.processes:
            self.processes.remove(process)
        return process.returncode

    def log(self, name):
        return (self.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _start_display(self):
        reading, writing = os.pipe()
        # The toolkit makes no window larger than the display, and its frame counts. Menus have no more room than the window.
        width, height = self.size[0] + 10, self.size[1] + 10
        server = self.start(
            "xvfb",
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
        )
        os.close(writing)
        with os.fdopen(reading) as numbers:
            ready, _, _ = select.select([numbers], [], [], 30)
            number = numbers.readline().strip() if ready else ""
        if not number:
            raise StageError(f"the display did not start ({server.poll()}): {self.log('xvfb')[-500:]}")
        self.environment["DISPLAY"] = f":{number}"
        # So that menus have their shadows and round corners. Without it there are black ones; no more than that.
        if shutil.which("xcompmgr"):
            self.start("compositor", ["xcompmgr", "-n"])

    def _start_bus(self):
        path = self.root / "run" / "bus"
        config = self.root / "bus.conf"
        config.write_text(BUS_CONFIG.format(path=path), encoding="utf-8")
        self.start("dbus", ["dbus-daemon", "--nofork", "--nopidfile", "--nosyslog", f"--config-file={config}"])
        wait_for(path.exists, "the session bus")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={path}"

    def _wait_for_name(self, name):
        bus = connect(self.environment["DBUS_SESSION_BUS_ADDRESS"])
        daemon, path, asked = "org.freedesktop.DBus", "/org/freedesktop/DBus", GLib.Variant("(s)", (name,))

        def has_owner():
            flags = Gio.DBusCallFlags.NONE
            return bus.call_sync(daemon, path, daemon, "NameHasOwner", asked, None, flags, -1, None).unpack()[0]

        wait_for(has_owner, name)
        bus.close_sync(None)

    def _start_keyring(self):
        keyring = self.start(
            "keyring",
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE,
        )
        keyring.stdin.write(b"keyring-password")
        keyring.stdin.close()
        keyring.stdin = None
        self._wait_for_name("org.freedesktop.secrets")

    def lock_keyring(self):
        """Locks the keyring, as a desktop does with one whose password is not that of the person."""
        bus = connect(self.environment["DBUS_SESSION_BUS_ADDRESS"])
        name, path, service = "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service"
        arguments = GLib.Variant("(ao)", (["/org/freedesktop/secrets/collection/login"],))
        locked, _prompt = bus.call_sync(
            name, path, service, "Lock", arguments, None, Gio.DBusCallFlags.NONE, -1, None
        ).unpack()
        bus.close_sync(None)
        if not locked:
            raise StageError("the keyring could not be locked")

    def _start_accessibility(self):
        launcher = next(path for path in LAUNCHERS if os.path.exists(path))
        self.start("at-spi", [launcher, "--launch-immediately"])
        self._wait_for_name("org.a11y.Bus")

    def rest_triggers(self, tenant):
        """Switches the triggers of a tenant off, so that no job comes but those that the test starts."""
        base = f"{self.sandbox['origin']}/{self.sandbox['organization']}/{tenant}/orchestrator_/odata"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

        def ask(path, folder=None, body=None):
            headers = {"Authorization": f"Bearer {self.sandbox['personalAccessToken']}", "Content-Type": "application/json"}
            if folder is not None:
                headers["X-UIPATH-OrganizationUnitId"] = str(folder)
            data = json.dumps(body).encode() if body is not None else None
            with opener.open(urllib.request.Request(base + path, data, headers), timeout=30) as answer:
                return json.load(answer)["value"]

        for folder in ask("/Folders"):
            triggers = [trigger["Id"] for trigger in ask("/ProcessSchedules", folder["Id"])]
            if triggers:
                ask("/ProcessSchedules/UiPath.Server.Configuration.OData.SetEnabled", folder["Id"],
                    {"scheduleIds": triggers, "enabled": False})

    def start_sandbox(self, *options):
        """Starts the sandbox; what it says when it is ready is then in `sandbox`."""
        program = self.build / "src" / "sandbox" / "baton-sandbox"
        process = self.start(
            "sandbox",
            [str(program), "--with-parent", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        ready, _, _ = select.select([process.stdout], [], [], 60)
        line = process.stdout.readline() if ready else b""
        if not line:
            raise StageError(f"the sandbox did not start ({process.poll()}): {self.log('sandbox')[-800:]}")
        self.sandbox = json.loads(line)
        self.sandbox_process = process
        return self.sandbox

    def listen_in(self):
        """From now on the addresses of `sandbox` are those of a relay, which keeps all that is asked and answered."""
        origin = self.sandbox["origin"]
        self.relay = Relay(origin)
        self.sandbox = json.loads(json.dumps(self.sandbox).replace(origin, self.relay.origin))

    def start_baton(self, *options):
        """Starts Baton; each start has a log of its own, with everything that it can say."""
        self.runs += 1
        environment = self.environment | {"G_MESSAGES_DEBUG": "all"}
        program = self.build / "src" / "app" / "baton"
        self.baton = self.start(f"baton-{self.runs}", [str(program), *options], env=environment)
        return self.baton

    def baton_log(self):
        return self.log(f"baton-{self.runs}")

    def find_secrets(self, secrets):
        """Where one of them (name, value) can be found: (place, name). In all that Baton wrote, its logs among that, and in what
        anybody may see of it as long as it runs."""
        search = Search(secrets)
        found = search.in_folders(self.root / name for name in ("home", "opened", "run", "tmp"))
        for path in self.logs.glob("baton-*.log"):
            found += [(str(path), name) for name in search.names_in(path.read_bytes())]
        if self.baton.poll() is None:
            found += search.in_process(self.baton.pid)
        return found
