# SPDX-License-Identifier: GPL-3.0-or-later
"""A server behind mutual TLS, as a company has it: its authority and a client certificate are chosen in the file dialog, and what is
wrong with them is told; what opens the certificate is in the keyring, and nowhere else."""
import re
import sys

try:
    import walk
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

BUTTON = "push button"
AUTHORITIES = "Choose a file: Certificates of your own authorities"
CERTIFICATE = "Choose a file: PKCS#12 file"


class Certificates(walk.Walk):
    """One sandbox that lets in only whom it knows, and somebody who wants in."""

    NAME = "certificates"
    OPTIONS = ("--tls", "--client-certificates")
    STEPS = ("authority", "without", "closed", "opened")

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
        self.fill_in_user_key()
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
        self.start_again()
        self.person.see_rows("Jobs", 60)
        secrets = {"the password of the certificate": self.sandbox["clientCertificatePassword"]}
        found = self.scene.find_secrets(secrets)
        assert not found, found
        self.person.close()


if __name__ == "__main__":
    sys.exit(walk.main(Certificates))
