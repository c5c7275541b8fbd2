"""Every statement of the services is one that SQLite and PostgreSQL both understand.

The statements are those that the unit tests of the services run, each with the types of its values (Tests/TestSupport writes them down);
one that stands in the sources and was not run fails here. SWIFT names the compiler's `swift`, IMAGEBED_BIN the folder of the executables.
"""

import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections import namedtuple

import pytest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("IMAGEBED_BIN", PROJECT / ".build/release"))
SERVICES = ["Accounts", "Events", "MediaStore", "ResumableStore", "SyncStore", "Site"]
VERB = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|DROP|ALTER|PRAGMA)\b")
FILLED_IN = r"\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
LITERAL = re.compile(rf'"""\n(.*?)"""|"((?:[^"\\\n]|{FILLED_IN}|\\.)*)"', re.DOTALL)
TYPES = {"integer": "bigint", "real": "double precision", "text": "text", "bytes": "bytea"}

Statement = namedtuple("Statement", "text types")
Literal = namedtuple("Literal", "file text")


# Statements

@pytest.fixture(scope="module")
def statements(tmp_path_factory):
    """What the unit tests of the services said to their databases."""
    file = tmp_path_factory.mktemp("statements") / "statements"
    tests = "|".join(f"{name}Tests" for name in SERVICES)
    done = subprocess.run([os.environ.get("SWIFT", "swift"), "test", "--filter", f"^({tests})\\."], cwd=PROJECT, capture_output=True, text=True,
                          env={**os.environ, "IMAGEBED_STATEMENTS": str(file)})
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    records = [record.split("\n", 1) for record in file.read_text().split("\0")[:-1]]
    return sorted({Statement(text, tuple(types.split())) for types, text in records})


# Full-text search is each engine's own: these statements are SQLite's, on its index and on the ids that this finds.
OF_SQLITE = {"SearchRows.swift"}
WORDS_OF_SQLITE = ["file_search", "json_each", "total_changes"]


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


def test_statements_of_one_engine_stand_in_one_file():
    files = [file for name in SERVICES for file in (PROJECT / "Sources" / name).glob("*.swift") if not file.name.endswith("Schema.swift")]
    assert {file.name for file in files if any(is_of_sqlite(text) for text in strings(file.read_text()))} == OF_SQLITE


def is_of_sqlite(text): return any(word in text for word in WORDS_OF_SQLITE)


def test_every_statement_of_the_sources_is_run_by_a_unit_test(statements):
    told = [statement.text for statement in statements]
    assert len(told) > 100
    missing = [f"{literal.file.name}: {literal.text.strip()}" for literal in literals() if not any(map(pattern(literal.text).match, told))]
    assert missing == [], "\n".join(missing)


# Engines

@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    """The database of a new site."""
    data = tmp_path_factory.mktemp("site")
    subprocess.run([BIN / "imagebed", "setup", "--data", data], check=True, capture_output=True)
    return data / "imagebed.db"


def test_sqlite_prepares_all(statements, schema):
    database = sqlite3.connect(schema)
    failures = []
    for text, types in statements:
        try:
            database.execute(text if is_run(text) else "EXPLAIN " + text, [None] * len(types))
        except sqlite3.Error as error:
            failures.append(f"{error}: {text}")
    assert failures == [], "\n".join(failures)


def test_postgresql_prepares_all(statements, schema, postgresql):
    assert postgresql.run(translated(schema)) == []
    common = [statement for statement in statements if not is_of_sqlite(statement.text)]
    failures = [f"{error}: {text}" for text, error in postgresql.run([prepared(*each) for each in enumerate(common)])]
    assert failures == [], "\n".join(failures)


def is_run(text):
    """What makes and drops cannot be prepared; in the order of statements it can be run."""
    return text.startswith(("CREATE", "DROP"))


def prepared(index, statement):
    """The statement as PostgreSQL's door will hand it over: numbered values of known types."""
    if is_run(statement.text):
        return f"{statement.text};"
    number = iter(range(1, 100))
    text = re.sub(r"'[^']*'|\?(\d*)", lambda found: found[0] if found[0][0] == "'" else f"${found[1] or next(number)}", statement.text)
    types = ", ".join(TYPES[name] for name in statement.types)
    return f"PREPARE statement_{index}{f' ({types})' if types else ''} AS {' '.join(text.split())};"


COLLATION = "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"


def translated(schema):
    """SQLite's tables and indexes in PostgreSQL's words; triggers and what was stored are nothing to a statement."""
    rows = sqlite3.connect(schema).execute(
        "SELECT sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'file_search%' ORDER BY type DESC, rowid")
    return [COLLATION, *(f"{' '.join(translation(sql).split())};" for (sql,) in rows)]


def translation(sql):
    for before, after in [
        (r"\bINTEGER PRIMARY KEY( AUTOINCREMENT)?", "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"), (r"\bINTEGER\b", "bigint"),
        (r"\bBLOB\b", "bytea"), (r"\bREAL\b", "double precision"), (r"\bCOLLATE NOCASE\b", ""), (r"\bname(\s+)TEXT\b", r'name\1text COLLATE nocase'),
        (r"\bTEXT\b", 'text COLLATE "C"'), (r"\)\s*STRICT.*$", ")"), (r"resolution IS NULL", "(resolution IS NULL)"),
    ]:
        sql = re.sub(before, after, sql)
    return sql


class PostgreSQL:
    """A server of its own for the tests, as a user without rights, on a socket in its folder alone."""

    def __init__(self, programs):
        self.programs = programs
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-postgresql-"))
        self.user = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
            self.user = ["setpriv", "--reuid=nobody", "--clear-groups", "--"]
        self._call("initdb", "--no-sync", "--auth=trust", "--username=imagebed", "--locale=C", "--encoding=UTF8", self.folder / "data")
        self._call("pg_ctl", "start", "--wait", "--pgdata", self.folder / "data", "--log", self.folder / "log", "--options",
                   f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off")

    def _call(self, program, *arguments):
        done = subprocess.run([*self.user, self.programs / program, *arguments], cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def run(self, statements):
        """What the server has against statements, each of one line: pairs of a statement and an error."""
        done = subprocess.run([self.programs / "psql", "--no-psqlrc", "--quiet", "--host", self.folder, "--username=imagebed", "--dbname=postgres",
                               "--file=-"], input="\n".join(statements), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return [(statements[int(line) - 1], error) for line, error in re.findall(r"^psql:<stdin>:(\d+): ERROR:\s+(.*)$", done.stderr, re.MULTILINE)]

    def stop(self):
        self._call("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata", self.folder / "data")
        shutil.rmtree(self.folder)


@pytest.fixture(scope="module")
def postgresql():
    programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("PostgreSQL is not installed: apt install postgresql")
    server = PostgreSQL(programs[-1].parent)
    yield server
    server.stop()
