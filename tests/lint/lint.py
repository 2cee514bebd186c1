# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a machine can check. Each tells file and line of what breaks it."""
import pathlib
import re
import statistics
import sys

ROOT = pathlib.Path(sys.argv[1])
FOLDERS = ("src", "tests", "data", "po")
LONGEST = 900
MEDIAN = 300

failed = 0
count = 0


def rule(name, broken):
    global count, failed
    count += 1
    broken = list(broken)
    if broken:
        failed += 1
        print(f"not ok {count} {name}")
        for line in broken[:40]:
            print(f"# {line}")
    else:
        print(f"ok {count} {name}")


def texts(*suffixes, under=FOLDERS):
    for folder in under:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def matches(pattern, files, skip=lambda path: False):
    wanted = re.compile(pattern)
    for path, text in files:
        if skip(path):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if wanted.search(line):
                yield f"{path}:{number}: {line.strip()[:120]}"


def inside(*folders):
    return lambda path: any(path.is_relative_to(folder) for folder in folders)


def without_comments(files):
    """C text with comments and the insides of strings blanked, the lines kept."""
    token = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)

    def blank(match):
        found = match.group(0)
        return '""' if found.startswith('"') else re.sub(r"[^\n]", " ", found)

    for path, text in files:
        includes = {number for number, line in enumerate(text.splitlines()) if line.startswith("#include")}
        lines = token.sub(blank, text).splitlines()
        original = text.splitlines()
        yield path, "\n".join(original[n] if n in includes else line for n, line in enumerate(lines))


every = list(texts(".c", ".h", ".ui", ".py", ".build", ".xml", ".svg", ".sh"))
c_files = list(texts(".c", ".h"))
code = list(without_comments(c_files))
source_code = [(path, text) for path, text in code if path.is_relative_to("src")]

rule(
    "each file says its licence at its top",
    (str(path) for path, text in every if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(text.splitlines()[:3])),
)
rule(
    "no file is too long",
    (f"{path}: {len(text.splitlines())} lines" for path, text in every if len(text.splitlines()) > LONGEST),
)
lengths = [len(text.splitlines()) for path, text in c_files if path.suffix == ".c" and path.is_relative_to("src")]
rule("files are short", [f"the median is {statistics.median(lengths)} lines"] if lengths and statistics.median(lengths) >= MEDIAN else [])
rule("no blanks at the end of a line", matches(r"[ \t]+$", every))
rule("no tabs", matches(r"\t", every))
# TAP itself has a word for what is left for later.
rule("nothing is left for later", matches(r"\b(TODO|FIXME|XXX|HACK)\b", every, lambda path: path.name in ("lint.py", "sum.py")))
rule("no path of one machine", matches(r"(?<![\w.])/(home|work|Users|root)/", every, lambda path: path.name == "lint.py"))

rule(
    "each header is read once",
    (str(path) for path, text in c_files if path.suffix == ".h" and not re.search(r"^#pragma once$", text, re.MULTILINE)),
)

# The layers.
rule(
    "only http, network and the sandbox know libsoup",
    matches(r"#include <libsoup/", code, inside("src/orchestrator/http", "src/orchestrator/network", "src/sandbox", "tests")),
)
rule("only secrets knows libsecret", matches(r"#include <libsecret/", code, inside("src/secrets", "tests")))
rule(
    "only app and models know GTK",
    matches(r"#include <(gtk/|adwaita)", code, inside("src/app", "src/models", "tests")),
)
rule("only the sandbox knows SQLite", matches(r"#include <sqlite3", code, inside("src/sandbox", "tests")))
rule(
    "JSON is read through core alone",
    matches(
        r"\bjson_(object_get_(?!members|size|type)|array_get_(?!length|type)|node_get_(?!object|array|node_type|type|value_type)"
        r"|reader_|parser_load|from_string|object_foreach)",
        source_code,
        inside("src/core"),
    ),
)
rule("the client does not see the sandbox", matches(r'#include "sandbox-', [t for t in source_code if not t[0].is_relative_to("src/sandbox")]))
rule("the sandbox does not see the client", matches(r'#include "(?!sandbox-|baton-|config\.h)', [t for t in source_code if t[0].is_relative_to("src/sandbox")]))

rule(
    "the sandbox has one clock",
    matches(
        r"\b(g_get_real_time|g_date_time_new_now\w*|time|gettimeofday|clock_gettime)\s*\(",
        source_code,
        lambda path: not path.is_relative_to("src/sandbox") or path.name in ("sandbox-clock.c", "sandbox-tls.c"),
    ),
)

# What hangs, leaks or overflows.
rule(
    "a string to translate is whole: xgettext does not know G_GINT64_FORMAT",
    (f"{path}:{text.count(chr(10), 0, found.start()) + 1}" for path, text in source_code
     for found in re.finditer(r'\b(?:_|N_|C_|ngettext) ?\((?:"(?:\\.|[^"\\])*"|[\s,])*G_G', text)),
)
rule("no function without a bound", matches(r"\b(strcpy|strcat|sprintf|vsprintf|gets|alloca|g_alloca|atoi|strtok)\s*\(", source_code))
rule(
    "the window waits for nothing",
    matches(
        r"\b(g_file_load_contents|g_file_get_contents|g_file_set_contents|g_file_replace_contents|soup_session_send|secret_\w+_sync"
        r"|g_main_loop_run|g_main_context_iteration|g_usleep|sleep|g_spawn_sync|g_subprocess_communicate"
        r"|g_dbus_connection_call_sync)\s*\(",
        source_code,
        lambda path: not path.is_relative_to("src/app"),
    ),
)
rule(
    "nothing that the window rests on waits either",
    matches(
        r"\b\w+_sync\s*\(",
        source_code,
        lambda path: not path.is_relative_to("src") or path.is_relative_to("src/sandbox"),
    ),
)
rule("no assertion of the C library", matches(r"#include <assert\.h>|(?<!\w)assert \(", source_code))
rule("nothing is notified by name", matches(r"\bg_object_notify\s*\(", source_code))
rule("text of a server is no markup", matches(r"\bgtk_label_set_markup\s*\(", source_code))


def tasks_without_tag():
    for path, text in source_code:
        for found in re.finditer(r"\bg_task_new\s*\(", text):
            if "g_task_set_source_tag" not in text[found.start() : found.start() + 900]:
                yield f"{path}:{text.count(chr(10), 0, found.start()) + 1}"


rule("each task says where it came from", tasks_without_tag())


def unlisted():
    listed = "\n".join(text for path, text in texts(".build", under=("src", "tests")))
    for path, _text in c_files:
        if path.suffix == ".c" and path.name not in listed and not re.search(rf"\b{re.escape(path.stem)}\b", listed):
            # tests list themselves by the middle of their names
            stem = re.sub(r"^(test|fuzz)-", "", path.stem)
            if not re.search(rf"'{re.escape(stem)}'", listed):
                yield str(path)


rule("each file is built", unlisted())
print(f"1..{count}")
sys.exit(1 if failed else 0)
