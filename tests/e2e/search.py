# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for secrets by their value: in files, and in what the system tells of a process."""
import base64
import json
import pathlib
import urllib.parse

# A piece of base64 shorter than this may stand in any file by chance.
SHORTEST = 8


def forms(value):
    """The ways that a value may be written in, as bytes."""
    plain = value.encode()
    written = {plain, urllib.parse.quote(value, safe="").encode(), urllib.parse.quote_plus(value).encode()}
    written |= {form.replace(b"%2F", b"%2f") for form in list(written)}
    written.add(json.dumps(value)[1:-1].encode())
    for shift in range(3):
        # The characters that depend on the value alone, wherever in the data it begins.
        first, last = (shift * 8 + 5) // 6, (shift + len(plain)) * 8 // 6
        if last - first >= SHORTEST:
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                written.add(encode(bytes(shift) + plain)[first:last])
    # Of a signed token the parts that are of this one alone.
    parts = value.split(".")
    if value.startswith("eyJ") and len(parts) == 3:
        written |= {part.encode() for part in parts[1:]}
    return written


class Search:
    """`secrets`: name and value."""

    def __init__(self, secrets):
        self.wanted = [(name, form) for name, value in secrets.items() for form in forms(value)]

    def names_in(self, data):
        """The names of those that are in `data`, some bytes."""
        return sorted({name for name, form in self.wanted if form in data})

    def _read(self, path):
        try:
            return path.read_bytes()
        except (FileNotFoundError, ProcessLookupError, NotADirectoryError):
            # It went away meanwhile.
            return b""

    def in_folders(self, folders):
        """(file, name) of all in the folders, and in all below."""
        found = []
        for folder in folders:
            for path in pathlib.Path(folder).rglob("*"):
                # A name of a file is written down as well.
                names = set(self.names_in(str(path).encode()))
                if path.is_file() and not path.is_symlink():
                    names |= set(self.names_in(self._read(path)))
                found += [(str(path), name) for name in sorted(names)]
        return found

    def in_process(self, pid):
        """(what, name) of what anybody of the same user can read of a process and its children."""
        found = []
        for process in (pid, *children(pid)):
            for what in ("cmdline", "environ", "comm"):
                path = pathlib.Path(f"/proc/{process}/{what}")
                found += [(str(path), name) for name in self.names_in(self._read(path))]
        return found


def children(pid):
    """The numbers of all processes below that one."""
    found = []
    for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            numbers = [int(word) for word in path.read_text(encoding="ascii").split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        for number in numbers:
            found += [number, *children(number)]
    return found
