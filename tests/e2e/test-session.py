# SPDX-License-Identifier: GPL-3.0-or-later
"""One person's session from the welcome page to a new key, against a real sandbox; each step builds on the one before."""
import argparse
import pathlib
import re
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

try:
    import browser
    import stage
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

TOKEN_LIFE = 8
SECOND_TENANT = "Production"
steps = []


def step(function):
    steps.append(function)
    return function


class Session:
    """What the steps leave to each other."""

    def __init__(self, scene):
        self.stage = scene
        self.sandbox = scene.sandbox
        self.person = None
        self.new_key = None
        self.secrets = {
            "user key": self.sandbox["userKey"],
            "password": self.sandbox["password"],
            "personal access token": self.sandbox["personalAccessToken"],
        }

    @property
    def screen(self):
        return self.person.screen

    def start(self):
        from steps import Person  # pylint: disable=import-outside-toplevel

        self.person = Person(self.stage)
        self.person.open_window()


@step
def opens_on_the_welcome_page(session):
    session.start()
    session.screen.find("Try the sandbox", "push button")
    session.screen.find("Sign in", "push button")


@step
def understands_an_address_as_it_is_typed(session):
    screen, sandbox = session.screen, session.sandbox
    screen.press("Sign in")
    screen.fill("Orchestrator address", f"{sandbox['orchestrator']}/odata/Jobs?$top=1")
    screen.find_text(re.escape(sandbox["orchestrator"]))
    screen.find_text(re.escape(sandbox["organization"]))


@step
def says_what_is_wrong_with_a_key_and_keeps_what_was_typed(session):
    screen, sandbox = session.screen, session.sandbox
    session.person.fill_in_sign_in(sandbox["orchestrator"], "not-a-good-user-key", sandbox["clientId"])
    screen.press("Sign in")
    screen.find_text(r"(?i)user key")
    entry = screen.find("Sign in", "push button", seconds=30) and screen.look("Client ID")
    assert any(node.text == sandbox["clientId"] for node in entry), "the client id was lost"


@step
def signs_in_with_the_user_key(session):
    screen, sandbox = session.screen, session.sandbox
    screen.fill("User key", sandbox["userKey"])
    screen.press("Sign in")
    session.person.see_rows("Jobs", 60)


@step
def switches_the_tenant(session):
    screen = session.screen
    session.person.choose_tenant(SECOND_TENANT)
    screen.find_text(rf"/ {SECOND_TENANT}\b")
    session.person.see_rows("Jobs")
    session.person.choose_tenant(session.sandbox["tenant"])
    screen.find_text(rf"/ {session.sandbox['tenant']}\b")
    session.person.see_rows("Jobs")


def run(function, session, number):
    name = function.__name__.replace("_", " ")
    try:
        function(session)
    except Exception:  # pylint: disable=broad-except
        print(f"not ok {number} {name}", flush=True)
        lines = traceback.format_exc().splitlines()
        try:
            lines += session.screen.tell().splitlines()
        except Exception as trouble:  # pylint: disable=broad-except
            lines.append(f"(nothing can be told of the screen: {trouble})")
        lines += session.stage.baton_log().splitlines()[-20:] if session.stage.runs else []
        for line in lines:
            print(f"# {line}")
        return False
    print(f"ok {number} {name}", flush=True)
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--pictures", help="where a picture of a failure goes")
    options = parser.parse_args()

    missing = stage.missing_programs() + browser.missing_programs()
    if missing:
        print(f"1..0 # SKIP not installed: {', '.join(missing)}")
        return 0
    print(f"1..{len(steps)}", flush=True)
    with stage.Stage(options.build) as scene:
        scene.start_sandbox(f"--user-key-token-life={TOKEN_LIFE}")
        session = Session(scene)
        for number, function in enumerate(steps, 1):
            if not run(function, session, number):
                if options.pictures and session.person:
                    folder = pathlib.Path(options.pictures)
                    folder.mkdir(parents=True, exist_ok=True)
                    session.screen.picture(folder / "failure.png")
                    print(f"# a picture is in {folder / 'failure.png'}")
                return 1
    return 0


sys.exit(main())
