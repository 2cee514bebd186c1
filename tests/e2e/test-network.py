# SPDX-License-Identifier: GPL-3.0-or-later
"""A server behind an authority that nobody here knows: its certificate is looked at and trusted by hand, over real TLS, in the
window, and no more; and the settings of the network are kept, without anything secret in them."""
import re
import sys

try:
    import stage
    import walk
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

PROXY_PASSWORD = "a-password-at-the-proxy-7d1"
BUTTON = "push button"


class Network(walk.Walk):
    """One sandbox that speaks TLS, and somebody who wants in."""

    NAME = "network"
    OPTIONS = ("--tls",)
    STEPS = ("refused", "trusted", "settings", "proxied")

    def accounts_file(self):
        return (self.scene.home / "config" / "baton" / "accounts.ini").read_text(encoding="utf-8")

    def refused(self):
        """Signs in; what Baton makes of the certificate."""
        screen = self.screen
        self.fill_in_user_key()
        self.picture("row")
        screen.press("Sign in")
        screen.find_text("certificate of the server is not trusted", 60)
        self.picture("refused")

    def trusted(self):
        """By hand: what the certificate says, a warning, and then it signs in by itself."""
        screen = self.screen
        screen.press("Look at the certificate…")
        screen.find_text("no authority that this computer trusts")
        for words in ("Issued for", "Issued by", "Valid from", "Valid until", "SHA-256 fingerprint"):
            screen.find_text(f"^{words}$")
        self.picture("certificate", dialog=True)
        screen.press("Trust this certificate…")
        screen.find_text("Ask whoever runs the server")
        self.picture("warning", dialog=True)
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
        self.picture("settings", dialog=True)
        screen.press(re.compile("^Trust 127.0.0.1:.* no more"))
        screen.press("Save")
        screen.gone("Save", BUTTON)
        stage.wait_for(lambda: "trusted-certificates" not in self.accounts_file(), "no pin in the file", 30)
        screen.press("Back")
        screen.find("Look at the certificate…", BUTTON, 60)
        self.picture("banner")

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
        self.picture("proxy", dialog=True)
        screen.press("Save")
        screen.gone("Save", BUTTON)
        stage.wait_for(lambda: "proxy=127.0.0.1:1" in self.accounts_file(), "the proxy in the file", 30)
        screen.press("Back")
        screen.find(re.compile("^Network and certificates"), BUTTON, 60)
        found = self.scene.find_secrets({"the proxy's password": PROXY_PASSWORD})
        assert not found, found
        self.person.close()


if __name__ == "__main__":
    sys.exit(walk.main(Network))
