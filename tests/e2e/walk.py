# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk through Baton beside one sandbox, in steps that a test lists, with pictures where somebody wants them."""
import argparse
import pathlib
import traceback

import stage
from steps import Person


class Walk:
    """Somebody in front of Baton, and the sandbox beside it. `NAME` begins the names of the pictures, `OPTIONS` are the sandbox's,
    `STEPS` the names of the methods that are the steps."""

    NAME = ""
    OPTIONS = ()
    STEPS = ()

    def __init__(self, scene, pictures, suffix=""):
        self.scene = scene
        self.sandbox = scene.sandbox
        self.pictures = pictures
        self.suffix = suffix
        self.person = Person(scene)
        self.screen = self.person.screen
        self.person.resize(*scene.size)

    def start_again(self):
        """Another start of Baton, on the same stage."""
        self.person = Person(self.scene)
        self.screen = self.person.screen
        self.person.open_window()

    def picture(self, name, dialog=False):
        if self.pictures is None:
            return
        width, height = self.scene.size
        if dialog:
            self.screen.place_dialog(width, height)
        self.screen.park()
        self.screen.settle(0.5)
        self.screen.picture(self.pictures / f"{self.NAME}-{name}{self.suffix}.png", width, height)

    def fill_in_user_key(self):
        """The page to sign in at, with the sandbox's user key."""
        screen, sandbox = self.screen, self.sandbox
        screen.press("Sign in")
        screen.find("Orchestrator address")
        screen.fill("Orchestrator address", sandbox["orchestrator"])
        screen.press("User key", ("push button", "toggle button", "radio button"))
        self.person.fill_in_sign_in(sandbox["orchestrator"], sandbox["userKey"], sandbox["clientId"])
        self.person.scroll_to("Sign in", "push button")


def _run(kind, scene, arguments):
    suffix = ("-narrow" if arguments.width < 600 else "") + ("-dark" if arguments.dark else "")
    try:
        walk = kind(scene, arguments.pictures, suffix)
        for number, name in enumerate(kind.STEPS, 1):
            getattr(walk, name)()
            print(f"ok {number} - {name}", flush=True)
    except Exception:
        print("# " + scene.baton_log()[-3000:].replace("\n", "\n# "))
        raise


def main(kind):
    """Walks that kind of walk. Returns the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--pictures", type=pathlib.Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=800)
    parser.add_argument("--dark", action="store_true")
    arguments = parser.parse_args()
    missing = stage.missing_programs()
    if missing:
        print(f"1..0 # SKIP there is no {', '.join(missing)}")
        return 0
    print(f"1..{len(kind.STEPS)}", flush=True)
    try:
        with stage.Stage(arguments.build, arguments.width, arguments.height, dark=arguments.dark) as scene:
            scene.start_sandbox(*kind.OPTIONS)
            _run(kind, scene, arguments)
    except Exception:  # pylint: disable=broad-except
        for line in traceback.format_exc().splitlines():
            print(f"# {line}")
        print("not ok - it stopped there")
        return 1
    return 0
