# SPDX-License-Identifier: GPL-3.0-or-later
"""A core file would hold the tokens: Baton writes none, however many the system would like, and keeps portals working."""
import argparse
import pathlib
import resource
import signal
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

try:
    import stage
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

LIMIT = "Max core file size"


def allow_core_files():
    """In the child, before it becomes Baton: as on a developer's machine."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def read_limits(process):
    """The soft and the hard limit for core files of a process."""
    for line in pathlib.Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii").splitlines():
        if line.startswith(LIMIT):
            return line[len(LIMIT):].split()[:2]
    raise AssertionError("no limit for core files")


def check(scene):
    """Starts it, looks, and lets it die as a program does that has gone wrong."""
    # The folder that it starts in is where the kernel would put the file.
    process = scene.start("aborted", [str(scene.build / "src" / "app" / "baton")], preexec_fn=allow_core_files)
    stage.wait_for(lambda: read_limits(process) == ["0", "0"] or process.poll() is not None, "the limit", 60)
    assert process.poll() is None, "Baton has ended"
    # Not undumpable: the portals could not look at it through /proc, whose files would be root's then.
    status = pathlib.Path(f"/proc/{process.pid}/status").stat()
    assert status.st_uid == pathlib.Path("/proc/self").stat().st_uid, "Baton was made undumpable"
    process.send_signal(signal.SIGABRT)
    assert process.wait(60) == -signal.SIGABRT
    found = [str(path) for path in scene.root.rglob("core*") if path.is_file()]
    assert not found, found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    arguments = parser.parse_args()
    missing = stage.missing_programs()
    if missing:
        print(f"1..0 # SKIP there is no {', '.join(missing)}")
        return 0
    print("1..1", flush=True)
    try:
        with stage.Stage(arguments.build, keyring=False) as scene:
            check(scene)
    except Exception:  # pylint: disable=broad-except
        for line in traceback.format_exc().splitlines():
            print(f"# {line}")
        print("not ok 1 - no core file")
        return 1
    print("ok 1 - no core file")
    return 0


if __name__ == "__main__":
    sys.exit(main())
