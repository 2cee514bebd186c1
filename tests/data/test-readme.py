# SPDX-License-Identifier: GPL-3.0-or-later
"""What the README says of the sandbox and of files is so."""
import pathlib
import re
import sys

from tap import check, done

root = pathlib.Path(sys.argv[1])
readme = (root / "README.md").read_text(encoding="utf-8")
world = (root / "src" / "sandbox" / "sandbox-world.h").read_text(encoding="utf-8")
named = {"ORGANIZATION", "TENANT", "SECOND_TENANT", "CLIENT_ID", "USER_KEY", "USER_NAME", "PASSWORD", "PERSONAL_ACCESS_TOKEN"}
for name, value in re.findall(r'#define SANDBOX_(\w+) "([^"]*)"', world):
    if name in named:
        named.remove(name)
        check(f"the README lists {name.lower()}", None if f"`{value}`" in readme else f"not `{value}`")
check("each is defined", ", ".join(sorted(named)) or None)
for path in re.findall(r"!\[[^]]*\]\(([^)]*)\)", readme):
    check(f"{path} is there", None if (root / path).is_file() else "it is not")
check("one screen", None if len(readme.splitlines()) <= 60 else "more than 60 lines")
done()
