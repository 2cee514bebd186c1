# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of the manual are good roff."""
import pathlib
import shutil
import subprocess
import sys

from tap import check, done, skip

for page in sorted((pathlib.Path(sys.argv[1]) / "data").glob("*.1")):
    if not shutil.which("groff"):
        skip(page.name, "there is no groff")
        continue
    run = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-z", str(page)], capture_output=True, text=True, check=False)
    check(page.name, run.stderr or (run.returncode and f"groff ended with {run.returncode}"))
done()
