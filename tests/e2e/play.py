# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the steps of a session one after the other and tells of each in TAP; the first that fails ends it."""
import pathlib
import traceback


def perform(function, session, number):
    """One step. What was to be seen when it failed is told."""
    name = function.__name__.replace("_", " ")
    try:
        function(session)
    except Exception:  # pylint: disable=broad-except
        print(f"not ok {number} {name}", flush=True)
        lines = traceback.format_exc().splitlines()
        try:
            lines += session.screen.tell().splitlines()
        except Exception as trouble:  # pylint: disable=broad-except
            lines.append(f"(nothing can be told of the screen: {trouble})")
        lines += session.stage.baton_log().splitlines()[-20:] if session.stage.runs else []
        for line in lines:
            print(f"# {line}")
        return False
    print(f"ok {number} {name}", flush=True)
    return True


def play(steps, session, pictures=None):
    """All steps. `pictures`: the folder for a picture of what failed. Returns whether all went well."""
    for number, function in enumerate(steps, 1):
        if perform(function, session, number):
            continue
        if pictures and session.person:
            folder = pathlib.Path(pictures)
            folder.mkdir(parents=True, exist_ok=True)
            session.screen.picture(folder / "failure.png", *session.stage.size)
            print(f"# a picture is in {folder / 'failure.png'}")
        return False
    return True
