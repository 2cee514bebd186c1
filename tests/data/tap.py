# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks told as TAP."""
import sys

_count = 0
_failed = 0


def check(name, problem=None):
    """One check, passed when there is no problem to tell."""
    global _count, _failed
    _count += 1
    if problem:
        _failed += 1
        print(f"not ok {_count} {name}")
        for line in str(problem).splitlines():
            print(f"# {line}")
    else:
        print(f"ok {_count} {name}")


def skip(name, why):
    global _count
    _count += 1
    print(f"ok {_count} {name} # SKIP {why}")


def done():
    print(f"1..{_count}")
    sys.exit(1 if _failed else 0)
