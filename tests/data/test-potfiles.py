# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES.in names every file that holds words for people, in order, and no other."""
import pathlib
import re
import sys

from tap import check, done

MARKS = {
    ".c": re.compile(r"(?<![\w\"])(?:_|N_|C_|NC_|Q_|g_dgettext|ngettext|gettext|dngettext)\s*\("),
    ".ui": re.compile(r'translatable="(?:yes|true|1)"'),
}

root = pathlib.Path(sys.argv[1])
listed = [
    line.strip()
    for line in (root / "po" / "POTFILES.in").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
marked = {
    str(path.relative_to(root))
    for path in (root / "src").rglob("*")
    if path.suffix in MARKS and MARKS[path.suffix].search(path.read_text(encoding="utf-8"))
}
marked |= {str(path.relative_to(root)) for path in (root / "data").glob("*.in")}
marked |= {str(path.relative_to(root)) for path in (root / "data").glob("*.gschema.xml")}


def told(names, what):
    return f"{what}: " + ", ".join(sorted(names)) if names else None


check("each file with words is listed", told(marked - set(listed), "missing"))
check("each file listed has words", told(set(listed) - marked, "to be taken out"))
check("the list is sorted, each once", None if listed == sorted(set(listed)) else "it is not")
done()
