# SPDX-License-Identifier: GPL-3.0-or-later
"""A server behind mutual TLS, as a company has it: its authority and a client certificate are chosen in the file dialog, and what is
wrong with them is told; what opens the certificate is in the keyring, and nowhere else."""
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

BUTTON = "push button"
AUTHORITIES = "Choose a file: Certificates of your own authorities"
CERTIFICATE = "Choose a file: PKCS#12 file"


class Walk:
    """One sandbox that lets in only whom it knows, and somebody who wants in."""

    def __init__(self, scene, pictures, suffix=""):
        self.scene = scene
        self.sandbox = scene.sandbox
        self.pictures = pictures
        self.suffix = suffix
        self.person = Person(scene)
        self.screen = self.person.screen
        self.person.resize(*scene.size)

    def picture(self, name, dialog=False):
        if self.pictures is None:
            return
        width, height = self.scene.size
        if dialog:
            self.screen.place_dialog(width, height)
        self.screen.park()
        self.screen.settle(0.5)
        self.screen.picture(self.pictures / f"certificates-{name}{self.suffix}.png", width, height)

    def open_settings(self):
        """By the button that stands with what failed."""
        self.screen.press("Network and certificates…", BUTTON)
        self.screen.find_text("Whom this account trusts")

    def save(self):
        self.screen.press("Save")
        self.screen.gone("Save", BUTTON)

    def sign_in(self):
        self.person.scroll_to("Sign in", BUTTON)
        self.screen.press("Sign in")

    def authority(self):
        """Nobody here knows who vouches for the server; the file says."""
        screen, person, sandbox = self.screen, self.person, self.sandbox
        screen.press("Sign in")
        screen.find("Orchestrator address")
        screen.fill("Orchestrator address", sandbox["orchestrator"])
        screen.press("User key", ("push button", "toggle button", "radio button"))
        person.fill_in_sign_in(sandbox["orchestrator"], sandbox["userKey"], sandbox["clientId"])
        self.sign_in()
        screen.find_text("certificate of the server is not trusted", 60)
        row = re.compile("^Network and certificates")
        person.scroll_to(row, "list item")
        screen.click(screen.find(row, "list item"))
        screen.find_text("Whom this account trusts")
        person.choose_file(AUTHORITIES, sandbox["ca"], lambda: self.picture("dialog", dialog=True))
        self.picture("chosen", dialog=True)
        self.save()

    def without(self):
        """The server wants to see a certificate, and there is none."""
        self.sign_in()
        self.screen.find_text("The server wants to see a certificate of yours", 60)
        self.picture("without")

    def closed(self):
        """There is one, and the password is another."""
        screen = self.screen
        self.open_settings()
        self.person.choose_file(CERTIFICATE, self.sandbox["clientCertificate"])
        screen.fill("Password of the file", "another")
        self.save()
        self.sign_in()
        screen.find_text("The client certificate stays closed", 60)
        self.picture("closed")

    def opened(self):
        """With the right one it is let in, also at the next start, where nobody types anything."""
        self.open_settings()
        self.screen.fill("Password of the file", self.sandbox["clientCertificatePassword"])
        self.save()
        self.sign_in()
        self.person.see_rows("Jobs", 60)
        self.person.close()
        self.person = Person(self.scene)
        self.screen = self.person.screen
        self.person.open_window()
        self.person.see_rows("Jobs", 60)
        secrets = {"the password of the certificate": self.sandbox["clientCertificatePassword"]}
        found = self.scene.find_secrets(secrets)
        assert not found, found
        self.person.close()


def run(scene, pictures, suffix=""):
    walk = Walk(scene, pictures, suffix)
    for number, step in enumerate((walk.authority, walk.without, walk.closed, walk.opened), 1):
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
            scene.start_sandbox("--tls", "--client-certificates")
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
