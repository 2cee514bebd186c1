# SPDX-License-Identifier: GPL-3.0-or-later
"""One person's session from the welcome page to a new key, against a real sandbox; each step builds on the one before."""
import argparse
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

try:
    import browser
    import stage
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

from play import play  # noqa: E402  pylint: disable=wrong-import-position

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
        self.job = None
        self.first_process = None
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
    screen.find("The key was not accepted", seconds=30)
    screen.find("Details")
    entry = screen.look("Client ID", hidden=True)
    assert any(node.text == sandbox["clientId"] for node in entry), "the client id was lost"


@step
def signs_in_with_the_user_key(session):
    screen, sandbox = session.screen, session.sandbox
    key = screen.fill("User key", sandbox["userKey"], hidden=True)
    # The button may be below the edge by now; one who types presses Enter.
    key.grab_focus()
    screen.keys("Return")
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


@step
def sorts_the_jobs_on_the_server(session):
    screen, person = session.screen, session.person
    person.choose_folder("Shared")
    person.see_rows("Jobs")
    title = next(node for node in screen.titles(screen.table("Jobs")) if node.name == "Process")
    for names_in_order in (sorted, lambda names: sorted(names, reverse=True)):
        screen.click(title)

        def in_order(wanted=names_in_order):
            names = [row[0] for row in screen.rows(screen.table("Jobs"), 0, 100)]
            return all(names) and names == wanted(names) and names[0] != session.first_process and names

        session.first_process = screen.wait_for(in_order, "jobs in the order of their process")[0]


@step
def filters_the_jobs(session):
    screen, person = session.screen, session.person
    screen.press(re.compile("^State"))
    screen.tick("Faulted")
    screen.keys("Escape")

    def only_faulted():
        rows = screen.rows(screen.table("Jobs"), 0, 5)
        return rows and all("Faulted" in row for row in rows)

    screen.wait_for(only_faulted, "faulted jobs alone")
    person.search("no such thing")
    screen.find("Nothing matches")
    screen.press("Clear search and filters")
    person.see_rows("Jobs")


@step
def scrolls_to_the_end_of_ten_thousand(session):
    screen, person = session.screen, session.person
    person.choose_folder("All folders")
    person.see_rows("Jobs")
    screen.find_text(r"of 10\D?000 ")
    person.select_row("Jobs", 2)
    person.leave_details()
    screen.keys("End")
    screen.find_text(r"\D10\D?000 of 10\D?000 ", 60)
    last = screen.wait_for(lambda: screen.rows(screen.table("Jobs"), -1, 1), "the last row")
    assert last[0][0], "the last row has no process"
    screen.keys("Home")
    screen.find_text(r"^1–\d+ of 10\D?000 ")


@step
def starts_a_job_and_sees_it_end(session):
    screen, person = session.screen, session.person
    person.choose_folder("Shared")
    person.see_rows("Jobs")
    title = next(node for node in screen.titles(screen.table("Jobs")) if node.name == "Started")

    def newest_first():
        # What runs now was started last.
        if "Running" in person.see_rows("Jobs")[0]:
            return True
        screen.click(title)
        screen.settle(2)
        return False

    screen.wait_for(newest_first, "the newest jobs first", 40)
    before = person.see_rows("Jobs")[0]

    person.start_job_form()
    screen.fill("Arguments", '{"sandboxSeconds":2,"sandboxOutcome":"Successful"}', hidden=True)
    screen.press(re.compile("^Start( Start)?$"))
    screen.gone("Number of jobs", hidden=True)

    def ended():
        row = person.see_rows("Jobs")[0]
        return row if row != before and "Manual" in row and "Successful" in row else screen.press("Refresh") and None

    session.job = screen.wait_for(ended, "the end of the job", 60)


@step
def shows_the_logs_of_the_job(session):
    screen, person = session.screen, session.person
    person.select_row("Jobs", 0)
    person.scroll_to("Logs of this job")
    screen.choose("Logs of this job")
    rows = person.see_rows("Logs")
    assert any(session.job[0] in cell for row in rows for cell in row), rows


@step
def renews_the_token_by_its_timer(session):
    screen, person = session.screen, session.person
    person.show("API access")
    screen.find("Renew now", "push button")

    def issued():
        node = screen.first("Issued", hidden=True)
        texts = [child.name for child in node.parent.walk() if child.role == "label"] if node and node.parent else []
        return next((text for text in texts if re.search(r"\d:\d\d", text)), None)

    first = screen.wait_for(issued, "when the token was issued")
    screen.wait_for(lambda: issued() not in (None, first), "a token issued later", 3 * TOKEN_LIFE)
    person.show("Jobs")
    person.see_rows("Jobs")
    screen.press("Refresh")
    assert not screen.look("Enter a new key", "push button"), "the key is called revoked"


@step
def says_that_the_key_was_revoked_on_the_portal(session):
    screen, person, sandbox = session.screen, session.person, session.sandbox
    with browser.Browser(session.stage) as portal:
        portal.open(f"{sandbox['origin']}/portal_/apiAccess")
        assert portal.value("#userKey") == sandbox["userKey"]
        portal.click("button[name=confirm][value=revoke]")
        portal.click("button[name=action][value=revoke]")
        portal.click("button[name=action][value=generate]")
        screen.wait_for(lambda: portal.value("#userKey") not in ("", sandbox["userKey"]), "a new key on the portal")
        session.new_key = portal.value("#userKey")
    session.secrets["new user key"] = session.new_key
    screen.find_text("^The user key was revoked$", 3 * TOKEN_LIFE)
    screen.find("Enter a new key", "push button")
    assert person.see_rows("Jobs"), "the page under the banner went"


@step
def goes_on_with_a_new_key(session):
    screen, person = session.screen, session.person
    screen.press("Enter a new key")
    screen.find("Use this key", "push button")
    screen.fill("User key", session.new_key, hidden=True)
    screen.press("Use this key")
    screen.gone("Enter a new key", "push button")
    person.show("Queues")
    person.see_rows("Queues")


@step
def signs_in_from_the_keyring_at_the_next_start(session):
    assert session.person.close() == 0
    session.start()
    session.person.see_rows("Jobs", 60)


@step
def wrote_no_secret_anywhere(session):
    secrets = session.secrets | session.stage.relay.secrets()
    found = session.stage.find_secrets(secrets)
    assert session.person.close() == 0
    found += session.stage.find_secrets(secrets)
    assert not found, found


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
        scene.rest_triggers(scene.sandbox["tenant"])
        scene.listen_in()
        return 0 if play(steps, Session(scene), options.pictures) else 1


sys.exit(main())
