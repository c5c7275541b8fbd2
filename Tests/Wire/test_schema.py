"""Databases of other versions of the program: who migrates them, what is kept of them, and what responders do meanwhile.

What a migration changes on a server is tested where schemas of versions can be made there (PostgreSQLTests)."""

import contextlib
import fcntl
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time

import pytest

import engines
from command_line import BIN, empty, FAILED, NOBODY, OK, PROJECT, Site, site  # noqa: F401 (fixtures)
from running_site import until

KNOWN = int(subprocess.run([BIN / "imagebed", "setup", "--check", "--json", "--data", "/nonexistent"], capture_output=True, text=True,
                           check=True).stdout.partition('"known":')[2].rstrip("}\n"))
# The schema of `older`.
FORMER = KNOWN - 1 if engines.POSTGRESQL else 8
MIGRATES = engines.of_sqlite("the site is one of schema 8, which no server had")
COPIED = engines.of_sqlite("it is copied before a migration")


def version_of_file(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("PRAGMA user_version").fetchone()[0]


def version(site):
    return site.sql("SELECT version FROM schema_version" if engines.POSTGRESQL else "PRAGMA user_version")[0][0]


def set_version(site, number):
    site.sql(f"UPDATE schema_version SET version = {number}" if engines.POSTGRESQL else f"PRAGMA user_version = {number}")


def count_one_by_one(database):
    """As before files waited to be counted."""
    database.executescript("DROP TRIGGER file_removed_early; DROP TRIGGER file_of_day_removed_early")
    waits = re.compile(r"(?:new|old)\.id < \(SELECT next_id FROM derived WHERE name = 'counted'\) AND ")
    for name, text in database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'file'").fetchall():
        if waits.search(text):
            database.executescript(f"DROP TRIGGER {name}; {waits.sub('', text)}")


def age(site):
    """Makes it a site as the version with schema 8 left it."""
    with contextlib.closing(sqlite3.connect(site.data / "imagebed.db")) as database:
        count_one_by_one(database)
        database.executescript("""
            CREATE INDEX sync_version_by_content ON sync_version (content_id);
            DROP TABLE known_address;
            ALTER TABLE account DROP COLUMN takes_digest;
            ALTER TABLE account DROP COLUMN weakness;
            ALTER TABLE account DROP COLUMN byte_limit;
            ALTER TABLE account DROP COLUMN file_limit;
            DROP INDEX file_expiring;
            ALTER TABLE file DROP COLUMN expires_at;
            DROP TABLE event;
            DROP TABLE event_receiver;
            DROP TABLE file_task;
            DROP TABLE replacement;
            DROP TRIGGER file_totalled;
            DROP TRIGGER file_totalled_again;
            DROP TRIGGER file_not_totalled;
            DROP TRIGGER file_of_totals_removed;
            DROP TABLE type_total;
            DROP TABLE key_total;
            DROP TABLE sign_in;
            DROP INDEX file_by_time;
            DROP INDEX upload_record_by_address;
            DROP TRIGGER file_of_day_uploaded;
            DROP TRIGGER file_uploaded;
            CREATE TRIGGER file_uploaded AFTER INSERT ON file BEGIN
                UPDATE counter SET value = value + 1 WHERE name = 'uploads';
            END;
            ALTER TABLE file DROP COLUMN version;
            ALTER TABLE file DROP COLUMN former_of;
            DROP TRIGGER file_of_day_listed;
            DROP TRIGGER file_of_day_relisted;
            DROP TRIGGER file_of_day_unlisted;
            DROP TRIGGER file_of_day_removed;
            DROP TRIGGER file_viewed_on_day;
            DROP TABLE day_count;
            DROP TABLE derived;
            DROP TABLE file_search;
            DROP INDEX file_by_kind;
            DROP INDEX file_by_type;
            DROP INDEX file_by_most_viewed;
            DROP INDEX file_by_largest;
            DROP INDEX file_of_owner;
            DROP INDEX file_unlisted;
            DROP INDEX file_recycled;
            CREATE INDEX file_by_views ON file (views, id) WHERE state = 0 AND is_public = 1;
            CREATE INDEX file_by_size ON file (size, id) WHERE state = 0 AND is_public = 1;
            DROP TRIGGER file_owned;
            DROP TRIGGER file_owned_again;
            DROP TRIGGER file_disowned;
            DROP TRIGGER file_of_account_removed;
            DROP TABLE account_total;
            DROP TABLE key_request;
            ALTER TABLE account DROP COLUMN waiting_since;
            ALTER TABLE account DROP COLUMN language;
            ALTER TABLE account DROP COLUMN link_format;
            CREATE TABLE older (hash BLOB PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account(id), created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            INSERT INTO older SELECT hash, account_id, created_at, expires_at FROM session;
            DROP TABLE session;
            ALTER TABLE older RENAME TO session;
            ALTER TABLE file DROP COLUMN key_id;
            DROP TABLE upload_key;
            DROP TABLE resumable_upload;
            ALTER TABLE sync_fetch DROP COLUMN is_old;
            PRAGMA user_version = 8""")
    return site


@pytest.fixture
def older(site):
    return made_older(site)


def made_older(site):
    """On a server its number alone: what looks at no more stops at that."""
    if not engines.POSTGRESQL:
        return age(site)
    set_version(site, FORMER)
    return site


def migrate(site):
    if engines.POSTGRESQL:
        set_version(site, KNOWN)
    site.run("setup")


def has_index(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        return bool(database.execute("SELECT 1 FROM sqlite_master WHERE name = 'sync_version_by_content'").fetchone())


# The command line

@pytest.mark.parametrize("command", [["user", "list"], ["settings", "get", "base_url"], ["gc"], ["tally"], ["doctor"],
                                     ["import", "easyimages", PROJECT / "Tests/Data/easyimages"]])
def test_only_setup_migrates(older, command):
    done = older.run(*command, code=FAILED)
    assert f"imagebed setup --data {older.data}" in done.stdout + done.stderr
    assert f"the database has schema {FORMER}, this program needs {KNOWN}" in done.stdout + done.stderr
    assert version(older) == FORMER and (engines.POSTGRESQL or has_index(older.data / "imagebed.db"))
    assert not (older.data / "uploads").is_symlink()


INDEXES_AHEAD = {"file_by_kind", "file_by_type", "file_by_most_viewed", "file_by_largest", "file_of_owner", "file_unlisted", "file_recycled"}


@MIGRATES
def test_what_takes_long_is_done_ahead(older):
    """While the former version serves: nothing that it notices, and each step alone, so that its uploads go on between them."""
    def indexes():
        return {name for name, in older.sql("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert not INDEXES_AHEAD & indexes()
    for _ in range(2):
        older.run("setup", "--ahead")
        assert version(older) == 8 and INDEXES_AHEAD <= indexes() and "file_by_views" in indexes()
    assert not list(older.data.glob("imagebed.db.before-*"))
    older.run("setup")
    assert version(older) == KNOWN and INDEXES_AHEAD <= indexes() and "file_by_views" not in indexes()
    older.run("setup", "--ahead")


@COPIED
def test_a_migrated_database_is_copied_before(older):
    older.run("user", "list", code=FAILED)
    older.sql("INSERT INTO settings VALUES ('recycle_days', '7')")
    copy = older.data / "imagebed.db.before-8"
    done = older.run("setup")
    assert f"migrated the database from schema 8 to {KNOWN}; {copy} is as it was before" in done.stdout
    assert copy.stat().st_mode & 0o7777 == 0o600 and copy.stat().st_uid == older.data.stat().st_uid
    assert version_of_file(copy) == 8 and has_index(copy)
    assert version(older) == KNOWN and not has_index(older.data / "imagebed.db")
    with contextlib.closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT value FROM settings WHERE key = 'recycle_days'").fetchall() == [("7",)]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    before = copy.stat().st_mtime_ns
    assert "copy" not in older.json("setup")
    assert copy.stat().st_mtime_ns == before
    older.run("user", "list")


@MIGRATES
@pytest.mark.parametrize("took_over", [False, True])
def test_accounts_take_digests_where_a_site_was_taken_over(site, took_over):
    """Which of its accounts came from there stands in no table; everywhere else a digest opens nothing any more."""
    site.run("user", "add", "anna")
    site.sql("INSERT INTO session (hash, account_id, created_at, expires_at) VALUES (x'00', 1, 0, 4000000000)")
    age(site)
    if took_over:
        (site.data / "easyimages").mkdir(0o700)
    site.run("setup")
    assert site.sql("SELECT takes_digest, weakness FROM account") == [(int(took_over), None)]
    assert time.time() - site.sql("SELECT seen_at FROM session")[0][0] < 600, "nobody is logged out by an upgrade"


@COPIED
def test_going_back(older):
    """What the README says: the copy in the place of the database, without the log that belongs to the other."""
    older.run("setup")
    older.sql("INSERT INTO settings VALUES ('recycle_days', '7')")
    (older.data / "imagebed.db.before-8").rename(older.data / "imagebed.db")
    for end in ["-wal", "-shm"]:
        (older.data / f"imagebed.db{end}").unlink(missing_ok=True)
    assert f"ids of {older.data}/imagebed.db go on behind a gap" in older.run("setup", "--restored").stdout
    assert version(older) == 8 and has_index(older.data / "imagebed.db") and not list(older.data.glob("imagebed.db.before-*"))
    older.add_file("2024/04/new.jpg")
    older.run("setup")
    older.run("user", "list")
    assert older.sql("SELECT count(*) FROM settings WHERE key = 'recycle_days'") == [(0,)]
    assert older.sql("SELECT id > 10000000 FROM file WHERE path = '2024/04/new.jpg'") == [(1,)]


def test_ids_are_not_given_again_on_request(site):
    """For copies that came back without `imagebed restore`: of the file, or of a server's rows."""
    site.add_file("2024/04/a.jpg")
    for _ in range(2):
        last = site.sql("SELECT MAX(id) FROM file")[0][0]
        assert site.json("setup", "--restored") == {"data": str(site.data)}
        site.add_file(f"2024/04/{last}.jpg")
        assert site.sql("SELECT MAX(id) FROM file")[0][0] > last + 10_000_000
    with engines.locked(site.data):
        assert "another process has been writing to the database for too long: try again" in site.run("setup", "--restored", code=FAILED).stderr


def test_there_are_no_ids_without_a_site(empty):
    assert f"there is no site in {empty.data}" in empty.run("setup", "--restored", code=FAILED).stderr
    assert not empty.data.exists()


@COPIED
def test_the_last_two_copies_are_kept(older):
    newer = str(KNOWN + 1)
    for name in ["5", "6", "7", "8.partial", "mine", newer]:
        (older.data / f"imagebed.db.before-{name}").write_text("x")
    older.run("setup")
    assert sorted(path.name for path in older.data.glob("imagebed.db.before-*")) == [
        f"imagebed.db.before-{name}" for name in [newer, "7", "8", "mine"]]
    assert version_of_file(older.data / "imagebed.db.before-8") == 8


@COPIED
def test_a_new_site_has_no_copy(site):
    assert list(site.data.glob("*.before-*")) == []


@COPIED
@pytest.mark.parametrize("command", [["setup"], ["setup", "--check"]])
def test_no_room_for_the_copy(older, command):
    os.truncate(older.data / "imagebed.db", 1 << 42)
    done = older.run(*command, code=FAILED)
    assert f"needs {(2 << 22) + 17} MB in {older.data}" in done.stderr and "MB are free: make room" in done.stderr
    assert version(older) == 8 and list(older.data.glob("*.before-*")) == []


def everything(folder):
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_uid, path.is_file() and path.read_bytes())
            for path in [folder, *sorted(folder.rglob("*"))]}


@pytest.mark.parametrize("number", range(1, KNOWN + 2))
def test_check_changes_nothing(site, number):
    set_version(site, number)
    before = everything(site.data)
    done = site.run("setup", "--check", code=OK if number <= KNOWN else FAILED)
    assert everything(site.data) == before and version(site) == number
    if number < KNOWN:
        copies = "" if engines.POSTGRESQL else "copies it and "
        assert f"has schema {number}; setup {copies}migrates it to schema {KNOWN}" in done.stdout
    elif number == KNOWN:
        assert f"has schema {KNOWN}, which this program works with" in done.stdout
    else:
        assert f"the database has schema {number}, this program knows {KNOWN}: install the newer program again" in done.stderr


@pytest.mark.parametrize("what, said", [
    ("none", "secret, the key of delete links, is missing on this node: copy the file secret of another node, or of a backup, there" if engines.POSTGRESQL
     else "secret, the key of delete links, is missing: restore it from a backup, or make a new one with 'imagebed setup --new-secret'"),
    ("bad", "secret is not 64 hexadecimal digits: restore it from a backup, or make a new one with 'imagebed setup --new-secret'"),
    ("restore", "was not finished: begin anew with find"),
])
def test_check_finds_what_setup_would_stop_at(older, what, said):
    """And setup stops before it migrates."""
    if what == "restore":
        (older.data / ".restore-unfinished").write_text("")
    else:
        (older.data / "secret").unlink()
    if what == "bad":
        (older.data / "secret").write_text("0123\n")
    before = everything(older.data)
    for command in [["setup", "--check"], ["setup"]]:
        assert said in older.run(*command, code=FAILED).stderr
        assert everything(older.data) == before
    if what != "restore":
        older.run("setup", "--check", "--new-secret")
        assert (older.data / "secret").exists() == (what == "bad") and version(older) == FORMER


@engines.of_sqlite("a log belongs to it")
def test_check_reads_what_is_only_in_the_log(site):
    with contextlib.closing(sqlite3.connect(site.data / "imagebed.db")) as database:
        database.execute(f"PRAGMA user_version = {KNOWN + 1}")
        site.run("setup", "--check", code=FAILED)


def test_check_without_a_site(empty):
    assert "there is no site yet" in empty.run("setup", "--check").stdout
    assert not empty.data.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
@engines.of_sqlite("a log belongs to it")
@pytest.mark.parametrize("in_use", [False, True])
def test_check_by_root_leaves_nothing_of_roots(site, in_use, tmp_path):
    for path in [*tmp_path.parents]:
        if path.stat().st_uid == 0 and str(path).startswith("/tmp/pytest"):
            path.chmod(0o755)
    subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", site.data], check=True)
    with contextlib.closing(sqlite3.connect(site.data / "imagebed.db")) as database:
        if in_use:
            database.execute(f"PRAGMA user_version = {KNOWN - 1}")
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", site.data], check=True)
        site.run("setup", "--check")
        assert [path for path in site.data.rglob("*") if path.stat().st_uid != NOBODY] == []


def test_version(tmp_path):
    for name in ["imagebed"]:
        (tmp_path / name).write_bytes((BIN / name).read_bytes())
        (tmp_path / name).chmod(0o755)

    def said():
        return subprocess.run([tmp_path / "imagebed", "--version"], capture_output=True, text=True, check=True).stdout

    number = said().removeprefix("imagebed ").strip()
    assert number.split(".")[0].isdigit()
    (tmp_path / "commit").write_text("7f72abd\n")
    assert said() == f"imagebed {number} (7f72abd)\n"


# Responders

class Responder:
    """One process on a socket of the test, which stays whatever becomes of the process."""

    def __init__(self, site, executable):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(site.data / "run" / "test.sock"))
        self.listener.listen(16)
        self.site, self.executable = site, executable
        self.processes = []

    def start(self):
        process = subprocess.Popen([self.executable], stdin=self.listener, stderr=subprocess.PIPE, text=True,
                                   env={"IMAGEBED_DATA": str(self.site.data), "PATH": "/usr/bin:/bin"})
        self.processes.append(process)
        return process

    def request(self):
        """A connection with a request for the list that nobody may have taken yet."""
        def record(kind, content):
            return bytes([1, kind, 0, 1]) + len(content).to_bytes(2, "big") + b"\0\0" + content

        def pair(name, value):
            return bytes([len(name), len(value)]) + name.encode() + value.encode()

        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(90)
        connection.connect(self.listener.getsockname())
        parameters = pair("REQUEST_METHOD", "GET") + pair("REMOTE_ADDR", "127.0.0.1") + pair("SCRIPT_NAME", "/api/v1/list.php")
        connection.sendall(record(1, bytes([0, 1, 0, 0, 0, 0, 0, 0])) + record(4, parameters) + record(4, b"") + record(5, b""))
        return connection

    def answer(self, connection):
        """Status and headers."""
        wire = b""
        while piece := connection.recv(65536):
            wire += piece
        head = wire[8:].partition(b"\r\n\r\n")[0].decode()
        headers = dict(line.split(": ", 1) for line in head.split("\r\n"))
        return int(headers.pop("Status", "200").split()[0]), headers

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()
            process.stderr.close()
        self.listener.close()


@pytest.fixture
def responder(site):
    with contextlib.closing(Responder(site, BIN / "list")) as one:
        yield one


def stays_unanswered(process, connection):
    """Whether the connection is left to wait, by a process that lives on."""
    end, answered = time.monotonic() + 1, False
    connection.setblocking(False)
    while time.monotonic() < end and process.poll() is None and not answered:
        time.sleep(0.05)
        with contextlib.suppress(BlockingIOError):
            connection.recv(1, socket.MSG_PEEK)
            answered = True
    connection.settimeout(90)
    return process.poll() is None and not answered


def catches(process, number):
    with open(f"/proc/{process.pid}/status") as status:
        return int(next(line.split()[1] for line in status if line.startswith("SigCgt:")), 16) >> (number - 1) & 1


def test_a_newer_schema_ends_the_process_and_not_the_request(site, responder):
    process = responder.start()
    assert responder.answer(responder.request())[0] == 200
    set_version(site, KNOWN + 1)
    connection = responder.request()
    assert process.wait(30) == 0, "a process manager must not take it for a failure"
    set_version(site, KNOWN)
    responder.start()
    assert responder.answer(connection)[0] == 200


def test_other_writers_do_not_end_it(site, responder):
    process = responder.start()
    for number in range(3):
        site.run("settings", "set", "recycle_days", str(10 + number))
        assert responder.answer(responder.request())[0] == 200
    assert process.poll() is None


def test_a_request_waits_for_the_migration(older, responder):
    process = responder.start()
    first, second = responder.request(), responder.request()
    assert stays_unanswered(process, first) and version(older) == FORMER
    migrate(older)
    assert [responder.answer(connection)[0] for connection in [first, second]] == [200, 200]


@engines.of_postgresql
def test_a_request_waits_for_what_setup_adds(site, responder):
    """A database that was made before this program had one of its tables, with the same schema."""
    site.sql("DROP TABLE lease")
    process = responder.start()
    connection = responder.request()
    assert stays_unanswered(process, connection)
    site.run("setup")
    assert responder.answer(connection)[0] == 200


def test_one_that_waits_for_a_migration_can_be_stopped(older, responder):
    process = responder.start()
    connection = responder.request()
    assert stays_unanswered(process, connection)
    assert until(lambda: catches(process, signal.SIGTERM))
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    migrate(older)
    responder.start()
    assert responder.answer(connection)[0] == 200


def test_started_on_a_newer_schema(site, responder):
    """The same program would be started again and again, so it answers."""
    set_version(site, KNOWN + 1)
    process = responder.start()
    status, headers = responder.answer(responder.request())
    assert (status, headers["Retry-After"]) == (503, "5") and process.poll() is None
    process.terminate()
    assert f"the database has schema {KNOWN + 1}, this program knows {KNOWN}" in process.stderr.read()


def test_started_on_a_newer_schema_and_replaced_since(site, responder, tmp_path):
    """Another program has taken the place of its executable, and is what would be started."""
    responder.executable = tmp_path / "list"
    responder.executable.write_bytes((BIN / "list").read_bytes())
    responder.executable.chmod(0o755)
    process = responder.start()
    assert until(lambda: os.path.realpath(f"/proc/{process.pid}/exe") == str(responder.executable))
    (tmp_path / "new").write_bytes((BIN / "list").read_bytes())
    (tmp_path / "new").chmod(0o755)
    (tmp_path / "new").rename(responder.executable)
    set_version(site, KNOWN + 1)
    connection = responder.request()
    assert process.wait(30) == 0
    set_version(site, KNOWN)
    responder.start()
    assert responder.answer(connection)[0] == 200


def test_a_request_waits_for_the_installer(site, responder, tmp_path):
    """Executables that are being replaced one after the other do not belong together."""
    responder.executable = tmp_path / "list"
    responder.executable.write_bytes((BIN / "list").read_bytes())
    responder.executable.chmod(0o755)
    with open(tmp_path / "upgrade.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = responder.start()
        connection = responder.request()
        assert stays_unanswered(process, connection)
    assert responder.answer(connection)[0] == 200
    with open(tmp_path / "upgrade.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert responder.answer(responder.request())[0] == 200, "the former program serves until it is stopped"


@pytest.fixture
def own_program(tmp_path):
    """The command line in a folder of its own, whose installer's lock is held until the file is closed: (program, lock)."""
    program = copied(tmp_path)
    with open(tmp_path / "upgrade.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield program, lock


def copied(folder, name="imagebed"):
    """A program of its own under this name, put into the place of the former one, as the installer does."""
    new = folder / "new"
    new.write_bytes((BIN / "imagebed").read_bytes())
    new.chmod(0o755)
    return new.rename(folder / name)


def started(site, program, *words):
    return subprocess.Popen([program, *words, "--data", site.data], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


WAITS = "an installation is at work; waiting for its end, for 50 s at most"
BY_THEMSELVES = [["tally"], ["expire"], ["gc"], ["doctor", "--watch"]]


@pytest.mark.parametrize("words", BY_THEMSELVES, ids=" ".join)
def test_what_timers_run_waits_for_the_installer(older, own_program, words):
    """Between the new programs and the migration it would fail."""
    program, lock = own_program
    process = started(older, program, *words)
    assert WAITS in process.stderr.readline()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    migrate(older)
    lock.close()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0 and "schema" not in said, said


def test_events_wait_for_the_installer(older, own_program):
    """(What they need besides, such as the receivers' user, is looked at after that.)"""
    process = started(older, own_program[0], "events", "deliver")
    assert WAITS in process.stderr.readline() and process.poll() is None
    process.kill()
    process.communicate()


def test_a_former_program_does_not_wait_for_the_installer(site, own_program, tmp_path):
    """The installer waits for it."""
    process = started(site, own_program[0], "tally")
    assert WAITS in process.stderr.readline() and process.poll() is None
    copied(tmp_path)
    assert process.wait(20) == 0, process.stderr.read()


def test_a_command_during_an_installation(older, own_program):
    """Nobody is told to migrate what the installer is about to migrate."""
    process = started(older, own_program[0], "user", "list")
    _, said = process.communicate(timeout=60)
    assert process.returncode == FAILED
    assert "an installation is at work, and has not migrated the database yet: run this again when it has ended" in said


@pytest.fixture(scope="session", autouse=True)
def forgotten_timers(tmp_path_factory):
    """What is started while an installation is at work that takes too long: begun with the run, because it is patient."""
    folder = tmp_path_factory.mktemp("forgotten-timer")
    site = Site(folder / "data")
    site.run("setup")
    age(site)
    program = copied(folder)
    with open(folder / "upgrade.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        processes = {words: started(site, program, *words.split()) for words in TOO_LONG}
        yield processes
        for process in processes.values():
            process.kill()
            process.communicate()


TOO_LONG = {
    "tally": (0, "imagebed tally: an installation is at work, and has not migrated the database yet: the next run does what this one was to do"),
    # What it would find are no faults: programs, units and database do not belong together.
    "doctor": (FAILED, "imagebed doctor: an installation is still at work, and nothing was looked at: run this again when it has ended"),
    "doctor --watch": (0, "imagebed doctor: an installation is still at work, and nothing was looked at: the next run looks again"),
}


@pytest.mark.last
@pytest.mark.parametrize("words", TOO_LONG)
def test_an_installation_that_takes_too_long(forgotten_timers, words):
    code, says = TOO_LONG[words]
    told, said = forgotten_timers[words].communicate(timeout=80)
    assert (forgotten_timers[words].returncode, told) == (code, ""), said
    assert WAITS in said and says in said


@pytest.fixture(scope="session", autouse=True)
def forgotten(tmp_path_factory):
    """A request that waits for a migration that nobody makes: begun with the run, because a responder is patient."""
    site = Site(tmp_path_factory.mktemp("forgotten") / "data")
    engines.prepare(site.data)
    site.run("setup")
    made_older(site)
    with contextlib.closing(Responder(site, BIN / "list")) as responder:
        yield site, responder, responder.start(), responder.request(), time.monotonic()


@pytest.mark.last
def test_a_migration_that_nobody_makes(forgotten):
    site, responder, process, connection, start = forgotten
    status, headers = responder.answer(connection)
    assert (status, headers["Retry-After"]) == (503, "5")
    assert time.monotonic() - start > 40
    assert responder.answer(responder.request())[0] == 503, "and the next one is told at once"
    migrate(site)
    assert responder.answer(responder.request())[0] == 200
    process.terminate()
    lines = [json.loads(line) for line in process.stderr.read().splitlines()]
    assert f"the database has schema {FORMER}, this program needs {KNOWN}: migrate it with 'sudo imagebed setup'" in lines[0]["because"]
