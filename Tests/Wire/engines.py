# Where the rows of a test's site are: in SQLite's file, or, with IMAGEBED_ENGINE=postgresql, in a database of its own on a server that runs as
# long as the tests, on a socket in a folder of its own, as a user without rights. Tests ask for rows in SQLite's words.

import atexit
import contextlib
import ctypes
import functools
import os
import pathlib
import re
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
import time

import pytest

POSTGRESQL = os.environ.get("IMAGEBED_ENGINE", "sqlite") == "postgresql"
of_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="of a server: IMAGEBED_ENGINE=postgresql")
# How many nodes a test's site has: 1, or, with IMAGEBED_NODES=2, two that are asked in turn (two_nodes.py).
NODES = int(os.environ.get("IMAGEBED_NODES", "1"))
PATIENCE = 120.0


def of_sqlite(reason):
    """For tests of what only SQLite's file has."""
    return pytest.mark.skipif(POSTGRESQL, reason=f"of SQLite's file: {reason}")


def of_one_node(reason):
    """For tests of what a node has for itself, and what the front does for several (docs/cluster.md)."""
    return pytest.mark.skipif(NODES > 1, reason=f"of one node: {reason}")


class Server:
    """PostgreSQL. It ends with this process, however that ends: the shell above it reads a pipe until then."""

    def __init__(self, network="", follows=None):
        """- `network`: an address with the length of its prefix, "10.0.0.1/24"; it listens there too, and believes who comes from there.
        - `follows`: the server whose standby this one is, until it is promoted."""
        self.programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3])).parent
        self.folder = tempfile.mkdtemp(prefix="imagebed-postgresql-", dir="/tmp")
        user = ""
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
            user = "setpriv --reuid=nobody --clear-groups --"
        script = f"""cd {self.folder} || exit
            go_on() {{
                {user} {self.programs}/postgres -D data -k {self.folder} -c listen_addresses={network.partition("/")[0]} -c max_connections=400 >>log 2>&1 </dev/null &
                server=$!
            }}
            pause() {{ kill -INT $server; wait $server; }}
            crash() {{ kill -QUIT $server; wait $server; server=; }}
            promote() {{ {user} {self.programs}/pg_ctl promote --no-wait -D data >>log 2>&1; }}
            {user} {self.origin(follows)} >log 2>&1 &&
                {{ [ -z "{network}" ] || echo "host all all {network} trust" >>data/pg_hba.conf; }} && go_on
            while read -r word; do $word; done
            [ -z "$server" ] || {{ kill -QUIT $server; wait $server; }}
            rm -rf {self.folder}"""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self.process = subprocess.Popen(["sh", "-c", script], stdin=subprocess.PIPE, start_new_session=True, env=environment)
        atexit.register(self.end)
        self.wait(True)

    def origin(self, follows):
        """The command that makes the data."""
        if follows:
            return f"{self.programs}/pg_basebackup --no-sync --checkpoint=fast --write-recovery-conf -h {follows.folder} -U imagebed -D data"
        return f"{self.programs}/initdb --no-sync --auth=trust --username=imagebed --locale=C --encoding=UTF8 data"

    def wait(self, answers):
        end = time.monotonic() + PATIENCE
        while self.answers() != answers:
            assert time.monotonic() < end and self.process.poll() is None, pathlib.Path(self.folder, "log").read_text()
            time.sleep(0.05)

    def pause(self):
        """The server ends, and its connections with it."""
        self.say("pause", False)

    def go_on(self):
        self.say("go_on", True)

    def crash(self):
        """It ends without a word, as when its machine is gone."""
        self.say("crash", False)

    def promote(self):
        """A standby becomes the primary."""
        self.say("promote", True)
        end = time.monotonic() + PATIENCE
        while self.administer("SELECT pg_is_in_recovery()") != [(0,)]:
            assert time.monotonic() < end
            time.sleep(0.01)

    def administer(self, statement):
        with contextlib.closing(Connection(self.words("postgres"))) as connection:
            return connection.query(statement)

    def say(self, word, answers):
        self.process.stdin.write(f"{word}\n".encode())
        self.process.stdin.flush()
        self.wait(answers)

    def answers(self):
        with contextlib.suppress(ServerError):
            Connection(self.words("postgres")).close()
            return True
        return False

    def words(self, name):
        return f"host={self.folder} user=imagebed dbname={name}"

    def make(self):
        """An empty database, as libpq finds it."""
        name = f"test_{secrets.token_hex(6)}"
        with contextlib.closing(Connection(self.words("postgres"))) as connection:
            connection.query(f"CREATE DATABASE {name}")
        return self.words(name)

    def end(self):
        self.process.stdin.close()
        self.process.wait(PATIENCE)


@functools.cache
def server():
    return Server()


def prepare(data):
    """Before a data folder is set up: the rows of its site are where this run has them."""
    data = pathlib.Path(data)
    if POSTGRESQL and not (data / "imagebed.db").exists() and not (data / "cluster.conf").exists():
        data.mkdir(parents=True, exist_ok=True)
        configure(data, server().make())


def configure(data, words):
    file = pathlib.Path(data, "cluster.conf")
    file.touch(mode=0o600)
    file.write_text(f"database = {words}\n")


def server_words(data):
    """What a site's cluster.conf names; None without."""
    file = pathlib.Path(data, "cluster.conf")
    return dict(line.split(" = ", 1) for line in file.read_text().splitlines()).get("database") if file.exists() else None


def opened(data):
    """A connection to the rows of a site, with `query(statement, *values)`."""
    words = server_words(data)
    return contextlib.closing(Connection(words) if words else File(pathlib.Path(data, "imagebed.db")))


def query(data, statement, *values):
    with opened(data) as connection:
        return connection.query(statement, *values)


def holds(data, content):
    """Whether these bytes are anywhere in the rows."""
    if not server_words(data):
        return any(content in path.read_bytes() for path in pathlib.Path(data).glob("imagebed.db*"))
    with opened(data) as connection:
        texts = [row for table in server_tables(connection) for row, in connection.query(f"SELECT each::text FROM {table} each")]
    # (Bytes are told in hexadecimal digits.)
    return any(content.decode("ascii") in text or content.hex() in text for text in texts)


def written(data):
    """Another value after each change of a row."""
    if not server_words(data):
        # (Whoever reads changes -shm.)
        return {path: path.stat().st_mtime_ns for path in pathlib.Path(data).glob("imagebed.db*") if not path.name.endswith("-shm")}
    with opened(data) as connection:
        return {table: connection.query(f"SELECT count(*), md5(string_agg(ctid::text || xmin::text, ' ' ORDER BY ctid)) FROM {table}")
                for table in server_tables(connection)}


def server_tables(connection):
    tables = [name for name, in connection.query("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")]
    assert "file" in tables
    return tables


@contextlib.contextmanager
def locked(data):
    """While it lasts, nobody else writes."""
    with opened(data) as connection:
        connection.lock()
        yield connection
        connection.roll_back()


@contextlib.contextmanager
def away(data):
    """While it lasts, the database is not there."""
    words = re.search(r"dbname=(\w+)", server_words(data) or "")
    file = pathlib.Path(data, "imagebed.db")
    if words:
        administer(f"ALTER DATABASE {words[1]} ALLOW_CONNECTIONS false")
        administer(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{words[1]}'")
    else:
        file.rename(f"{file}.away")
    try:
        yield
    finally:
        if words:
            administer(f"ALTER DATABASE {words[1]} ALLOW_CONNECTIONS true")
        else:
            pathlib.Path(f"{file}.away").rename(file)


def assert_sound(site):
    """The engine finds no fault in its file. (A server looks after its pages itself.)"""
    if not server_words(site.data):
        assert site.query("PRAGMA integrity_check") == [("ok",)] and site.query("PRAGMA foreign_key_check") == []


def tables(site):
    """The site's own, without the index of names and what only a server has."""
    listed = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'" if server_words(site.data) else (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    names = {name for name, in site.query(listed)} - {"schema_version", "secret_fingerprint", "lease", "removal", "node", "settings_version"}
    return sorted(name for name in names if not name.startswith("file_search") and not name.endswith("_slot"))


def skip_ids(site, table, number):
    """The next row's id is above this number."""
    if server_words(site.data):
        site.query(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), GREATEST(?, (SELECT COALESCE(MAX(id), 1) FROM {table})))", number)
    else:
        site.query("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", number, table)


def administer(statement):
    return server().administer(statement)


class File:
    """SQLite."""

    def __init__(self, path):
        self.database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)

    def query(self, statement, *values):
        return self.database.execute(statement, values).fetchall()

    def dictionaries(self, statement):
        cursor = self.database.execute(statement)
        return [dict(zip([column[0] for column in cursor.description], row)) for row in cursor]

    def lock(self):
        self.query("BEGIN EXCLUSIVE")

    def roll_back(self):
        self.query("ROLLBACK")

    def close(self):
        self.database.close()


class ServerError(Exception):
    pass


class Connection:
    """libpq, as far as tests need it."""

    # The types of its table pg_type.
    INTEGERS, REALS, NUMERIC, BOOLEAN, BYTES, TEXT = {20, 21, 23, 26}, {700, 701}, 1700, 16, 17, 25

    def __init__(self, words):
        self.connection = library().PQconnectdb(words.encode())
        if library().PQstatus(self.connection) != 0:
            error = library().PQerrorMessage(self.connection).decode()
            self.close()
            raise ServerError(error)

    def close(self):
        library().PQfinish(self.connection)

    def dictionaries(self, statement):
        return [dict(zip(self.names, row)) for row in self.query(statement)]

    def lock(self):
        self.query("BEGIN")
        self.query("SELECT pg_advisory_xact_lock(0)")

    def roll_back(self):
        self.query("ROLLBACK")

    def query(self, statement, *values):
        text = in_its_words(statement)
        parameters = [self.parameter(value) for value in values]
        count = len(parameters)
        result = library().PQexecParams(
            self.connection, text.encode(), count, (ctypes.c_uint * count)(*[kind for kind, _, _ in parameters]),
            (ctypes.c_char_p * count)(*[value for _, value, _ in parameters]), (ctypes.c_int * count)(*[len(value or b"") for _, value, _ in parameters]),
            (ctypes.c_int * count)(*[form for _, _, form in parameters]), 0)
        try:
            if library().PQresultStatus(result) not in (1, 2):
                raise ServerError(library().PQresultErrorMessage(result).decode() + text)
            columns = range(library().PQnfields(result))
            self.names = [library().PQfname(result, column).decode() for column in columns]
            kinds = [library().PQftype(result, column) for column in columns]
            return [tuple(self.value(result, row, column, kinds[column]) for column in columns) for row in range(library().PQntuples(result))]
        finally:
            library().PQclear(result)

    def parameter(self, value):
        match value:
            case None: return 0, None, 0
            case bytes(): return self.BYTES, value, 1
            case bool() | int(): return 20, str(int(value)).encode(), 0
            case float(): return 701, repr(value).encode(), 0
            case _: return self.TEXT, str(value).encode(), 0

    def value(self, result, row, column, kind):
        if library().PQgetisnull(result, row, column):
            return None
        text = library().PQgetvalue(result, row, column).decode()
        if kind in self.INTEGERS:
            return int(text)
        if kind == self.NUMERIC:
            return float(text) if "." in text else int(text)
        if kind in self.REALS:
            return float(text)
        if kind == self.BYTES:
            return bytes.fromhex(text.removeprefix("\\x"))
        return int(text == "t") if kind == self.BOOLEAN else text


@functools.cache
def library():
    libpq = ctypes.CDLL("libpq.so.5")
    for name in ("PQconnectdb", "PQexecParams"):
        getattr(libpq, name).restype = ctypes.c_void_p
    for name in ("PQerrorMessage", "PQresultErrorMessage", "PQgetvalue", "PQfname"):
        getattr(libpq, name).restype = ctypes.c_char_p
    libpq.PQftype.restype = ctypes.c_uint
    for name, kinds in {"PQstatus": 1, "PQerrorMessage": 1, "PQfinish": 1, "PQclear": 1, "PQresultStatus": 1, "PQresultErrorMessage": 1,
                        "PQntuples": 1, "PQnfields": 1, "PQftype": 2, "PQfname": 2, "PQgetisnull": 3, "PQgetvalue": 3}.items():
        getattr(libpq, name).argtypes = [ctypes.c_void_p] + [ctypes.c_int] * (kinds - 1)
    libpq.PQexecParams.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int] + [ctypes.c_void_p] * 4 + [ctypes.c_int]
    return libpq


TRIGGER = re.compile(r"CREATE TRIGGER (?P<name>\w+) (?P<when>(?:BEFORE|AFTER) \w+ ON \w+) (?:WHEN (?P<condition>.*) )?BEGIN (?P<body>.*?);? END", re.DOTALL)


# Triggers add to slots of these, and the view has the sum.
SLOTTED = re.compile(r"\bFROM (counter|shelf|account_total|type_total|key_total|day_count)\b")


def summed(table):
    """What programs read a table of counters by."""
    return f"{table}_sum" if POSTGRESQL else table


def in_its_words(statement):
    """What tests say to SQLite, for PostgreSQL."""
    if trigger := TRIGGER.fullmatch(statement.strip()):
        body = re.sub(r"SELECT RAISE\(ABORT, ('.*?')\)", r"RAISE EXCEPTION \1 USING ERRCODE = 'integrity_constraint_violation'", trigger["body"])
        return (f"DO $do$ BEGIN CREATE FUNCTION {trigger['name']}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
                f"IF {trigger['condition'] or 'true'} THEN {body}; END IF; RETURN new; END $body$; "
                f"CREATE TRIGGER {trigger['name']} {trigger['when']} FOR EACH ROW EXECUTE FUNCTION {trigger['name']}(); END $do$")
    if trigger := re.fullmatch(r"DROP TRIGGER (\w+)", statement):
        return f"DROP FUNCTION {trigger[1]}() CASCADE"
    if re.match(r"\s*INSERT OR IGNORE ", statement):
        statement = statement.replace("INSERT OR IGNORE ", "INSERT ", 1) + " ON CONFLICT DO NOTHING"
    if re.match(r"\s*SELECT ", statement):
        statement = SLOTTED.sub(r"FROM \1_sum", statement)
    statement = re.sub(r"\bx'([0-9a-fA-F]*)'", r"'\\x\1'::bytea", statement)
    parts, number = [], 0
    for part in re.split(r"('[^']*'|\?)", statement):
        if part == "?":
            number += 1
            part = f"${number}"
        parts.append(part)
    return "".join(parts)
