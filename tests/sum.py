# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums meson's test logs: sum.py STATUS LOG…

A test that speaks TAP counts as many as it says, any other counts as one. What failed shows where it failed first, and
the end of what it wrote. The last line is `N passed, N failed, N skipped`, and the exit status is 1 when anything failed.
"""
import json
import os
import re
import sys

TAP_LINE = re.compile(r"(not )?ok\b[ \t]*\d*(?:[^#\\]|\\.)*(?:#\s*(\w+))?")
HEAD = 40
TAIL = 60


def count_tap(text):
    passed = failed = skipped = 0
    for line in text.splitlines():
        match = TAP_LINE.match(line)
        if not match:
            if re.match(r"1\.\.0\b", line):
                skipped += 1
            continue
        directive = (match.group(2) or "").upper()
        if directive.startswith("SKIP"):
            skipped += 1
        elif match.group(1) and not directive.startswith("TODO"):
            failed += 1
        else:
            passed += 1
    return passed, failed, skipped


def count(test):
    good = test["result"] in ("OK", "EXPECTEDFAIL")
    skip = test["result"] == "SKIP"
    passed, failed, skipped = count_tap(test.get("stdout") or "")
    if passed + failed + skipped == 0:
        return (1, 0, 0) if good else (0, 0, 1) if skip else (0, 1, 0)
    # One that died on the way, or never came to its end, has said nothing of it.
    if not good and not skip and failed == 0:
        failed = 1
    return passed, failed, skipped


def show(test):
    print(f"\n--- {test['name']}: {test['result']}")
    text = (test.get("stdout") or "") + (test.get("stderr") or "")
    lines = [line for line in text.splitlines() if not line.startswith("ok ")]
    last = max(len(lines) - TAIL, 0)
    first = next((number for number, line in enumerate(lines) if line.startswith("not ok ")), last)
    end = max(first + HEAD, last)
    print("\n".join([*lines[first : first + HEAD], *(["…"] if end > first + HEAD else []), *lines[end:]]))


def main():
    status, logs = int(sys.argv[1]), sys.argv[2:]
    total = [0, 0, 0]
    suites = {}
    seen = 0
    for log in logs:
        if not os.path.exists(log):
            continue
        with open(log, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                test = json.loads(line)
                counts = count(test)
                seen += 1
                # "baton:sandbox+volume / sandbox-words" counts with the first of its suites.
                suite = test["name"].split(" / ")[0].split(":")[-1].split("+")[0]
                suites[suite] = [a + b for a, b in zip(suites.get(suite, [0, 0, 0]), counts)]
                total = [a + b for a, b in zip(total, counts)]
                if counts[1]:
                    show(test)
    print()
    for suite, (passed, failed, skipped) in sorted(suites.items()):
        print(f"{suite:14} {passed:5} passed {failed:5} failed {skipped:5} skipped")
    # Meson found something wrong that no test of it told, or there was nothing to run at all.
    if (status and not total[1]) or not seen:
        print("\nThe tests did not run to their end; see build/meson-logs and build/asan/meson-logs.")
        total[1] += 1
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    return 1 if total[1] else 0


sys.exit(main())
