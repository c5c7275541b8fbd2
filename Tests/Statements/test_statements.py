"""The services' unit tests on SQLite and on PostgreSQL: they run every statement of the services on each of them.

Tests/TestSupport writes down what the tests say to the database; a statement that stands in the sources and was not run fails here. SWIFT names
the compiler's `swift`.
"""

import os
import pathlib
import re
import subprocess
from collections import namedtuple

import pytest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
SERVICES = ["Accounts", "Events", "MediaStore", "ResumableStore", "SyncStore", "Site"]
VERB = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|DROP|ALTER|PRAGMA)\b")
FILLED_IN = r"\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
LITERAL = re.compile(rf'"""\n(.*?)"""|"((?:[^"\\\n]|{FILLED_IN}|\\.)*)"', re.DOTALL)
Literal = namedtuple("Literal", "file text")


# Statements that are an engine's own stand in one file each; all others run on both.
OWN_FILES = {"sqlite": {"SQLiteSearchRows.swift", "WaitingRows.swift"},
             "postgresql": {"PostgreSQLSearchRows.swift", "LeaseRows.swift", "NodeRows.swift", "RemovalRows.swift", "SlotRows.swift"}}

# Random ones of each of six habits in SyncStore's promise tests: on PostgreSQL 2,400 with two nodes in turn, a minute. Room "unit" runs as many
# on SQLite.
HISTORIES = {"sqlite": {"IMAGEBED_HISTORIES": "20"}, "postgresql": {"IMAGEBED_HISTORIES": "400"}}


@pytest.fixture(scope="module", params=sorted(OWN_FILES))
def engine(request):
    if request.param == "postgresql" and not list(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("PostgreSQL is not installed: apt install postgresql")
    return request.param


@pytest.fixture(scope="module")
def statements(engine, tmp_path_factory):
    """What the unit tests of the services, which succeed, said to their databases."""
    file = tmp_path_factory.mktemp("statements") / "statements"
    tests = "|".join(f"{name}Tests" for name in SERVICES)
    done = subprocess.run([os.environ.get("SWIFT", "swift"), "test", "--filter", f"^({tests})\\."], cwd=PROJECT, capture_output=True, text=True,
                          env={**HISTORIES[engine], **os.environ, "IMAGEBED_ENGINE": engine, "IMAGEBED_STATEMENTS": str(file)})
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    return set(file.read_text().split("\0")[:-1])


def literals():
    """SQL as it stands in the sources of the services, with the places that Swift fills in."""
    for name in SERVICES:
        for file in sorted((PROJECT / "Sources" / name).glob("*.swift")):
            if not file.name.endswith("Schema.swift"):
                yield from (Literal(file, text) for text in strings(file.read_text()) if VERB.match(text.strip()))


def strings(source):
    source = re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE)
    return [block or line for block, line in LITERAL.findall(source)]


def pattern(literal):
    """What a literal can have become: anything where something is filled in, and any blanks where there are blanks."""
    text = re.sub(FILLED_IN, "\0", literal)
    words = [".*".join(re.escape(part.replace("\\\\", "\\")) for part in word.split("\0")) for word in text.split()]
    return re.compile(r"\s+".join(words) + r"\s*$", re.DOTALL)


def test_statements_stand_in_files_of_rows_alone():
    assert {literal.file.name for literal in literals() if "Rows" not in literal.file.name} == set()


def test_every_statement_of_the_sources_is_run_by_a_unit_test(engine, statements):
    assert len(statements) > 100
    others = set().union(*(files for name, files in OWN_FILES.items() if name != engine))
    missing = [f"{literal.file.name}: {literal.text.strip()}" for literal in literals()
               if literal.file.name not in others and not any(map(pattern(literal.text).match, statements))]
    assert missing == [], "\n".join(missing)
