# SPDX-License-Identifier: GPL-3.0-or-later
"""A server behind an authority that nobody here knows: its certificate is looked at and trusted by hand, over real TLS, in the
window, and no more; and the settings of the network are kept, without anything secret in them."""
import argparse
import pathlib
import re
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

try:
    import stage
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

from steps import Person  # noqa: E402  pylint: disable=wrong-import-position

PROXY_PASSWORD = "a-password-at-the-proxy-7d1"
BUTTON = "push button"


class Walk:
    """One sandbox that speaks TLS, and somebody who wants in."""

    def __init__(self, scene, pictures, suffix=""):
        self.scene = scene
        self.sandbox = scene.sandbox
        self.pictures = pictures
        self.suffix = suffix
        self.person = Person(scene)
        self.screen = self.person.screen
        self.person.resize(*scene.size)

    def picture(self, name, dialog=True):
        if self.pictures is None:
            return
        width, height = self.scene.size
        if dialog:
            self.screen.place_dialog(width, height)
        self.screen.park()
        self.screen.settle(0.5)
        self.screen.picture(self.pictures / f"network-{name}{self.suffix}.png", width, height)

    def accounts_file(self):
        return (self.scene.home / "config" / "baton" / "accounts.ini").read_text(encoding="utf-8")

    def refused(self):
        """Signs in; what Baton makes of the certificate."""
        screen, person, sandbox = self.screen, self.person, self.sandbox
        screen.press("Sign in")
        screen.find("Orchestrator address")
        screen.fill("Orchestrator address", sandbox["orchestrator"])
        screen.press("User key", ("push button", "toggle button", "radio button"))
        person.fill_in_sign_in(sandbox["orchestrator"], sandbox["userKey"], sandbox["clientId"])
        person.scroll_to("Sign in", BUTTON)
        self.picture("row", dialog=False)
        screen.press("Sign in")
        screen.find_text("certificate of the server is not trusted", 60)
        self.picture("refused", dialog=False)

    def trusted(self):
        """By hand: what the certificate says, a warning, and then it signs in by itself."""
        screen = self.screen
        screen.press("Look at the certificate…")
        screen.find_text("no authority that this computer trusts")
        for words in ("Issued for", "Issued by", "Valid from", "Valid until", "SHA-256 fingerprint"):
            screen.find_text(f"^{words}$")
        self.picture("certificate")
        screen.press("Trust this certificate…")
        screen.find_text("Ask whoever runs the server")
        self.picture("warning")
        screen.press("Trust It")
        self.person.see_rows("Jobs", 60)
        stage.wait_for(lambda: "trusted-certificates=127.0.0.1:" in self.accounts_file(), "the pin in the file", 30)

    def open_settings(self):
        screen, person = self.screen, self.person
        person.menu("Keys and tokens")
        screen.find_text("What will expire")
        if not screen.look("More for this account", BUTTON):
            screen.click(screen.find_text("^Valid until"))
        screen.press("More for this account")
        screen.press(re.compile("^Network and certificates"))
        screen.find_text("Whom this account trusts")

    def settings(self):
        """The pin is shown there and can be taken back; then the server is refused again."""
        screen = self.screen
        self.open_settings()
        self.picture("settings")
        screen.press(re.compile("^Trust 127.0.0.1:.* no more"))
        screen.press("Save")
        screen.gone("Save", BUTTON)
        stage.wait_for(lambda: "trusted-certificates" not in self.accounts_file(), "no pin in the file", 30)
        screen.press("Back")
        screen.find("Look at the certificate…", BUTTON, 60)
        self.picture("banner", dialog=False)

    def proxied(self):
        """A proxy that is not there, whose password goes to the keyring and nowhere else."""
        screen = self.screen
        screen.press("Look at the certificate…")
        screen.press("Trust this certificate…")
        screen.press("Trust It")
        self.person.see_rows("Jobs", 60)
        self.open_settings()
        # The heading comes before the row.
        screen.click(screen.look("Proxy", "label")[-1])
        screen.settle(0.5)
        screen.keys("Down", "Down", "Return")
        screen.fill("Address of the proxy, with its port", "127.0.0.1:1")
        screen.fill("User name at the proxy", "ada")
        screen.fill("Password at the proxy", PROXY_PASSWORD)
        self.picture("proxy")
        screen.press("Save")
        screen.gone("Save", BUTTON)
        stage.wait_for(lambda: "proxy=127.0.0.1:1" in self.accounts_file(), "the proxy in the file", 30)
        screen.press("Back")
        screen.find(re.compile("^Network and certificates"), BUTTON, 60)
        found = self.scene.find_secrets({"the proxy's password": PROXY_PASSWORD})
        assert not found, found
        self.person.close()


def run(scene, pictures, suffix=""):
    walk = Walk(scene, pictures, suffix)
    for number, step in enumerate((walk.refused, walk.trusted, walk.settings, walk.proxied), 1):
        step()
        print(f"ok {number} - {step.__name__}", flush=True)


def main():
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
    print("1..4", flush=True)
    try:
        with stage.Stage(arguments.build, arguments.width, arguments.height, dark=arguments.dark) as scene:
            scene.start_sandbox("--tls")
            suffix = ("-narrow" if arguments.width < 600 else "") + ("-dark" if arguments.dark else "")
            try:
                run(scene, arguments.pictures, suffix)
            except Exception:
                print("# " + scene.baton_log()[-3000:].replace("\n", "\n# "))
                raise
    except Exception:  # pylint: disable=broad-except
        for line in traceback.format_exc().splitlines():
            print(f"# {line}")
        print("not ok - it stopped there")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
