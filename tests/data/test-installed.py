# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` brings is whole, and starts from where it was put."""
import configparser
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from tap import check, done

build, prefix, application_id = sys.argv[1], sys.argv[2], sys.argv[3]

EXPECTED = [
    "bin/baton",
    "bin/baton-sandbox",
    f"share/applications/{application_id}.desktop",
    f"share/metainfo/{application_id}.metainfo.xml",
    f"share/glib-2.0/schemas/{application_id}.gschema.xml",
    f"share/icons/hicolor/scalable/apps/{application_id}.svg",
    f"share/icons/hicolor/symbolic/apps/{application_id}-symbolic.svg",
    "share/man/man1/baton.1",
    "share/man/man1/baton-sandbox.1",
    "lib/systemd/user/baton-sandbox.service",
    "share/baton-sandbox/example-scenario.json",
    "share/baton-sandbox/github-actions.yml",
    "share/baton-sandbox/scenario.schema.json",
]

with tempfile.TemporaryDirectory() as stage:
    run = subprocess.run(
        [shutil.which("meson") or "meson", "install", "--no-rebuild", "-C", build, "--destdir", stage],
        capture_output=True,
        text=True,
        check=False,
    )
    check("meson install", run.returncode and run.stdout + run.stderr)
    tree = pathlib.Path(stage + prefix)
    for name in EXPECTED:
        check(name, None if (tree / name).is_file() else "not installed")

    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(tree / "share/applications" / f"{application_id}.desktop", encoding="utf-8")
    program = entry.get("Desktop Entry", "Exec", fallback="").split()
    check("the desktop entry starts a program that is there", None if program and (tree / "bin" / program[0]).exists() else program)
    icon = entry.get("Desktop Entry", "Icon", fallback="")
    check("its icon is there", None if list(tree.glob(f"share/icons/hicolor/*/apps/{icon}.svg")) else icon)

    for name in ("baton", "baton-sandbox"):
        path = tree / "bin" / name
        if not path.exists():
            continue
        environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        run = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, env=environment, timeout=60)
        told = run.stdout.strip()
        check(f"{name} --version", None if run.returncode == 0 and told.endswith("0.1.0") else run.stdout + run.stderr)
done()
