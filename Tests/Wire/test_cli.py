"""The command line as a shell sees it: what it prints, what it leaves on the disk, and the code it ends with.

IMAGEBED_BIN names the folder of the built executables.
"""

import json
import os
import pathlib
import re
import shutil
import sqlite3
import stat
import subprocess
import tempfile

import pytest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("IMAGEBED_BIN", PROJECT / ".build/release"))
OK, FAILED, USAGE, NOT_FOUND, EXISTS = range(5)
NOBODY = 65534


class Site:
    """A data folder and the command line that works on it."""

    def __init__(self, folder):
        self.data = folder

    def run(self, *arguments, code=OK, stdin="", environment=()):
        done = subprocess.run(
            [BIN / "imagebed", *arguments, "--data", self.data], input=stdin, text=True, capture_output=True, timeout=60,
            env={"PATH": os.environ["PATH"], "TZ": "UTC", **dict(environment)})
        assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
        assert done.stderr or code in (OK, FAILED), "a failure says why"
        return done

    def json(self, *arguments, **more):
        return json.loads(self.run(*arguments, "--json", **more).stdout)

    def sql(self, statement, *values):
        with sqlite3.connect(self.data / "imagebed.db") as database:
            return database.execute(statement, values).fetchall()

    def add_file(self, path, state=0, deleted_at=None):
        self.sql(
            "INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at, state, deleted_at)"
            " VALUES (?, 'a.jpg', 'jpeg', 'image', 5, x'00', x'00', 1700000000, ?, ?)", path, state, deleted_at)

    def views(self, path):
        return self.sql("SELECT views FROM file WHERE path = ?", path)[0][0]


@pytest.fixture
def empty(tmp_path):
    return Site(tmp_path / "data")


@pytest.fixture
def site(empty):
    empty.run("setup", "--base-url", "http://img.example.org")
    return empty


@pytest.fixture
def anna(site):
    site.run("user", "add", "anna", "--role", "admin", "--password-stdin", stdin="correct horse\n")
    return site


def bare(*arguments):
    return subprocess.run([BIN / "imagebed", *arguments], text=True, capture_output=True, timeout=60,
                          env={"IMAGEBED_DATA": "/nonexistent"})


COMMANDS = ["setup", "user add", "user list", "user password", "user check", "user disable", "user enable", "key create",
            "key list", "key revoke", "settings get", "settings set", "settings list", "settings docs", "gc", "tally", "doctor"]


# --- help and usage ---------------------------------------------------------------------------------------------------

def test_overview_names_every_command():
    help_text = bare("help")
    assert help_text.returncode == OK
    assert [line for line in COMMANDS if f"\n  {line}" not in help_text.stdout] == []
    assert bare().returncode == USAGE


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command):
    done = bare(*command.split(), "--help")
    assert done.returncode == OK and done.stderr == ""
    assert done.stdout.startswith(f"Usage: imagebed {command}")
    for expected in ["--data DIR", "Exit codes: 0 done", "Run as root"]:
        assert expected in done.stdout


@pytest.mark.parametrize("arguments", [
    ["fly"], ["user"], ["user", "fly"], ["user", "add"], ["user", "add", "a", "b"], ["user", "list", "--fly"],
    ["user", "list", "--json", "--json"], ["user", "list", "--json=1"], ["user", "list", "--data"], ["settings", "set", "a"],
])
def test_what_is_not_understood(arguments):
    done = bare(*arguments)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert done.stderr.count("\n") >= 1


def test_without_a_site_the_message_says_what_to_do(empty):
    done = empty.run("user", "list", code=FAILED)
    assert "imagebed setup" in done.stderr and str(empty.data) in done.stderr


# --- setup ------------------------------------------------------------------------------------------------------------

def snapshot(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix not in {".db-wal", ".db-shm"}}


def test_setup_makes_a_site(empty):
    answer = empty.json("setup", "--base-url", "HTTP://Img.example.org/pictures/")
    assert answer["new"] is True and answer["base_url"] == "http://img.example.org/pictures"
    assert {"uploads", "recycle", "thumbs", "run", "logs", "web"} <= {p.name for p in empty.data.iterdir() if p.is_dir()}
    assert re.fullmatch("[0-9a-f]{64}", (empty.data / "secret").read_text())
    for private in ["secret", "imagebed.db"]:
        assert stat.S_IMODE((empty.data / private).stat().st_mode) == 0o600
    assert (empty.data / "web/limits.nginx.conf").read_text() == f"client_max_body_size {51 << 20};\n"
    assert (empty.data / "web/limits.apache.conf").read_text() == f"LimitRequestBody {51 << 20}\n"
    assert (empty.data / "logs/views.log").read_text() == ""


def test_setup_done_again_changes_nothing(anna):
    before = snapshot(anna.data)
    answer = anna.json("setup")
    assert answer == {"data": str(anna.data), "new": False, "base_url": "http://img.example.org", "changed": []}
    assert snapshot(anna.data) == before


def test_setup_makes_what_was_lost(site):
    (site.data / "web/limits.nginx.conf").unlink()
    shutil.rmtree(site.data / "recycle")
    assert site.json("setup")["changed"] == [str(site.data / "web/limits.nginx.conf")]
    assert (site.data / "recycle").is_dir()


@pytest.mark.parametrize("address", ["", "img.example.org", "ftp://a.org", "http://a.org/?x", "http://a b", "http://a.org/'"])
def test_a_wrong_address_is_refused_before_anything_is_made(empty, address):
    empty.run("setup", "--base-url", address, code=USAGE)
    assert not empty.data.exists()


def test_an_executable_finds_its_data_in_the_environment(anna):
    done = subprocess.run([BIN / "imagebed", "user", "list", "--json"], text=True, capture_output=True,
                          env={"IMAGEBED_DATA": str(anna.data)})
    assert [user["name"] for user in json.loads(done.stdout)] == ["anna"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_root_leaves_nothing_that_the_service_cannot_write():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-root-"))
    try:
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        os.chown(data, NOBODY, NOBODY)
        site = Site(data)
        site.run("setup")
        # A reader that stays keeps -wal and -shm from being removed with the last connection.
        reader = sqlite3.connect(data / "imagebed.db")
        reader.execute("SELECT * FROM account").fetchall()
        site.run("user", "add", "anna", "--role", "admin")
        site.run("settings", "set", "image_max_bytes", "1MB")
        made = [path for path in data.rglob("*") if not path.name.endswith("-shm")]
        assert {path.stat().st_uid for path in made} == {NOBODY}
        reader.close()
    finally:
        shutil.rmtree(folder)


# --- accounts ---------------------------------------------------------------------------------------------------------

def test_a_made_up_password_is_shown_once_and_opens(site):
    answer = site.json("user", "add", "bob")
    assert answer["name"] == "bob" and answer["role"] == "user" and re.fullmatch("[a-z2-9]{20}", answer["password"])
    site.run("user", "check", "bob", stdin=answer["password"])
    site.run("user", "check", "BOB", stdin=answer["password"] + "\nmore")
    site.run("user", "check", "bob", stdin="wrong password", code=FAILED)
    site.run("user", "check", "eve", stdin=answer["password"], code=FAILED)
    assert b"$y$" in (site.data / "imagebed.db").read_bytes() + (
        (site.data / "imagebed.db-wal").read_bytes() if (site.data / "imagebed.db-wal").exists() else b"")
    assert "password: " in site.run("user", "password", "bob").stdout
    assert "password: " in site.run("user", "password", "bob", "--generate-password").stdout
    site.run("user", "password", "bob", "--generate-password", "--password-stdin", code=USAGE)


def test_a_brought_password_is_not_repeated(anna):
    done = anna.run("user", "password", "anna", "--password-stdin", stdin="another one\n")
    assert "another" not in done.stdout + done.stderr
    anna.run("user", "check", "anna", stdin="another one")
    anna.run("user", "check", "anna", stdin="correct horse", code=FAILED)


@pytest.mark.parametrize("name, password, code", [
    ("anna", "12345678", EXISTS), ("ANNA", "12345678", EXISTS), ("bob", "1234567", USAGE), ("bob", "", USAGE),
    ("bob", "x" * 257, USAGE), ("bob", "1234567\0", USAGE), ("a b", "12345678", USAGE), ("../a", "12345678", USAGE),
    ("x" * 65, "12345678", USAGE), ("", "12345678", USAGE),
])
def test_accounts_that_cannot_be(anna, name, password, code):
    anna.run("user", "add", name, "--password-stdin", stdin=password, code=code)
    assert [user["name"] for user in anna.json("user", "list")] == ["anna"]


def test_disabling_shuts_and_enabling_opens(anna):
    anna.run("user", "add", "bob", "--password-stdin", stdin="battery staple")
    assert anna.json("user", "disable", "bob")["disabled_at"]
    anna.run("user", "check", "bob", stdin="battery staple", code=FAILED)
    assert anna.json("user", "enable", "bob")["disabled_at"] is None
    anna.run("user", "check", "bob", stdin="battery staple")


def test_the_last_admin_stays(anna):
    assert "last admin" in anna.run("user", "disable", "anna", code=FAILED).stderr
    anna.run("user", "disable", "eve", code=NOT_FOUND)
    anna.run("user", "password", "eve", code=NOT_FOUND)
    anna.run("user", "add", "bob", "--role", "king", code=USAGE)


# --- keys -------------------------------------------------------------------------------------------------------------

def test_the_key_alone_goes_to_standard_output_and_is_nowhere_kept(anna):
    done = anna.run("key", "create", "--name", "phone")
    key = done.stdout.rstrip("\n")
    assert re.fullmatch(r"ib_[A-Za-z0-9_-]{43}", key)
    for path in anna.data.rglob("*"):
        assert not path.is_file() or key.encode() not in path.read_bytes()
    [listed] = anna.json("key", "list")
    assert key.startswith(listed.pop("prefix"))
    assert listed.pop("created_at")
    assert listed == {"id": 1, "account": "anna", "name": "phone", "scopes": ["upload", "read", "json"],
                      "expires_at": None, "last_used_at": None, "revoked_at": None}


def test_keys_end(anna):
    made = anna.json("key", "create", "--user", "anna", "--scopes", "read", "--expires-days", "7")
    assert made["scopes"] == ["read"] and made["expires_at"] > made["created_at"] and made["key"].startswith(made["prefix"])
    assert "works until" in anna.run("key", "list").stdout
    assert anna.json("key", "revoke", "1")["revoked_at"]
    assert "revoked" in anna.run("key", "list", "--user", "anna").stdout


@pytest.mark.parametrize("arguments, code", [
    (["key", "create", "--scopes", "fly"], USAGE), (["key", "create", "--scopes", ""], USAGE),
    (["key", "create", "--expires-days", "0"], USAGE), (["key", "create", "--expires-days", "soon"], USAGE),
    (["key", "create", "--user", "eve"], NOT_FOUND), (["key", "create", "--name", ""], USAGE),
    (["key", "list", "--user", "eve"], NOT_FOUND), (["key", "revoke", "7"], NOT_FOUND), (["key", "revoke", "all"], USAGE),
])
def test_keys_that_cannot_be(anna, arguments, code):
    anna.run(*arguments, code=code)
    assert anna.json("key", "list") == []


def test_a_key_belongs_to_the_only_account_or_to_the_named_one(site):
    site.run("key", "create", code=NOT_FOUND)
    site.run("user", "add", "anna")
    assert site.json("key", "create")["account"] == "anna"
    site.run("user", "add", "bob")
    assert "--user" in site.run("key", "create", code=USAGE).stderr
    assert site.json("key", "create", "--user", "bob")["account"] == "bob"


# --- settings ---------------------------------------------------------------------------------------------------------

def test_settings_are_kept_in_one_form(site):
    assert site.run("settings", "get", "image_max_bytes").stdout == "50MB\n"
    site.run("settings", "set", "image_max_bytes", "1048576")
    assert site.run("settings", "get", "image_max_bytes").stdout == "1MB\n"
    site.run("settings", "set", "convert_format", "webp")
    site.run("settings", "set", "site_name", "图床 'one'")
    listed = site.json("settings", "list")
    assert listed["image_max_bytes"] == 1048576 and listed["convert_format"] == "webp" and listed["public_list"] is True
    assert listed["site_name"] == "图床 'one'" and listed["recycle_days"] == 30
    assert site.run("settings", "get", "recycle_days", "--json").stdout == "30\n"


@pytest.mark.parametrize("key, value, code", [
    ("fly", "1", NOT_FOUND), ("image_max_bytes", "lots", USAGE), ("image_max_bytes", "0", USAGE), ("video_upload", "perhaps", USAGE),
    ("recycle_days", "3651", USAGE), ("base_url", "localhost", USAGE), ("time_zone", "Moon/Base", USAGE),
    ("time_zone", "../../../etc/passwd", USAGE), ("convert_format", "gif", USAGE),
])
def test_values_that_cannot_be(site, key, value, code):
    before = site.json("settings", "list")
    assert key in site.run("settings", "set", key, value, code=code).stderr
    assert site.json("settings", "list") == before


@pytest.mark.parametrize("changes, megabytes", [
    ([("image_max_bytes", "100MB")], 101), ([("video_max_bytes", "2GB")], 2049),
    ([("video_max_bytes", "2GB"), ("video_upload", "off")], 51),
])
def test_size_limits_move_the_web_servers_limit(site, changes, megabytes):
    for key, value in changes:
        done = site.run("settings", "set", key, value)
        assert "nginx -s reload" in done.stderr
    assert (site.data / "web/limits.nginx.conf").read_text() == f"client_max_body_size {megabytes << 20};\n"
    assert (site.data / "web/limits.apache.conf").read_text() == f"LimitRequestBody {megabytes << 20}\n"
    assert len(list((site.data / "web").iterdir())) == 2


def test_other_settings_leave_the_web_server_alone(site):
    assert site.run("settings", "set", "recycle_days", "7").stderr == ""


def test_times_are_those_of_the_site(anna):
    anna.run("settings", "set", "time_zone", "Asia/Shanghai")
    anna.sql("UPDATE account SET created_at = 1700000000")
    assert anna.json("user", "list")[0]["created_at"] == "2023-11-15 06:13:20"


def test_the_manual_is_the_table():
    assert bare("settings", "docs").stdout == (PROJECT / "docs/settings.md").read_text()


# --- gc ---------------------------------------------------------------------------------------------------------------

def test_gc_empties_the_recycle_bin_of_what_is_old_enough(site):
    for name in ["2024_04_aaaaaaaaaaaa.jpg", "2024_04_bbbbbbbbbbbb.jpg"]:
        (site.data / "recycle" / name).write_bytes(b"12345")
    nothing = site.json("gc")
    assert (nothing["removed"], nothing["freed_bytes"]) == (0, 0)
    everything = site.json("gc", "--recycle-days", "0")
    assert (everything["removed"], everything["freed_bytes"]) == (2, 10)
    assert list((site.data / "recycle").iterdir()) == []
    site.run("gc", "--recycle-days", "-1", code=USAGE)


# --- tally ------------------------------------------------------------------------------------------------------------

A, B = "2024/04/aaaaaaaaaaaa.jpg", "videos/2024/04/bbbbbbbbbbbb.mp4"


@pytest.fixture
def viewed(site):
    site.add_file(A)
    site.add_file(B)
    site.log = site.data / "logs/views.log"
    return site


def append(site, *lines):
    with site.log.open("a") as log:
        log.write("".join(line + "\n" for line in lines))


@pytest.mark.parametrize("line, counts", [
    (f'200 GET "-" /uploads/{A}', True), (f'206 GET "bytes=0-" /uploads/{A}', True), (f'206 GET "bytes=0-1023" /uploads/{A}', True),
    (f'206 GET "bytes=1-" /uploads/{A}', False), (f'206 GET "bytes=-5" /uploads/{A}', False), (f'206 GET "-" /uploads/{A}', False),
    (f'304 GET "-" /uploads/{A}', False), (f'404 GET "-" /uploads/{A}', False), (f'200 HEAD "-" /uploads/{A}', False),
    (f'200 GET "-" /{A}', False), (f'200 GET "-" /uploads/../{A}', False), (f'200 GET "-" /uploads//{A}', False),
    (f'200 GET "bytes=0-\\x22 /uploads/x" /uploads/{A}', True), ("", False), ('200 GET "-', False), (f'200 GET "-"/uploads/{A}', False),
])
def test_what_is_a_view(viewed, line, counts):
    append(viewed, line)
    assert viewed.json("tally")["views"] == int(counts)
    assert viewed.views(A) == int(counts)


def test_lines_count_once(viewed):
    append(viewed, *[f'200 GET "-" /uploads/{A}'] * 3, f'206 GET "bytes=0-" /uploads/{B}')
    assert viewed.json("tally") == {"lines": 4, "views": 4, "emptied": False}
    assert viewed.json("tally") == {"lines": 0, "views": 0, "emptied": False}
    append(viewed, f'200 GET "-" /uploads/{A}')
    viewed.run("tally")
    assert (viewed.views(A), viewed.views(B)) == (4, 1)
    assert viewed.sql("SELECT value FROM counter WHERE name = 'views'") == [(5,)]


def test_a_line_that_is_still_being_written_waits(viewed):
    with viewed.log.open("a") as log:
        log.write(f'200 GET "-" /uploads/{A}\n200 GET "-" /upl')
        log.flush()
        assert viewed.json("tally")["lines"] == 1
        log.write(f"oads/{A}\n")
    assert viewed.json("tally")["lines"] == 1
    assert viewed.views(A) == 2


def test_a_log_begun_again_is_read_from_its_start(viewed):
    append(viewed, *[f'200 GET "-" /uploads/{A}'] * 5)
    viewed.run("tally")
    viewed.log.rename(viewed.log.with_suffix(".1"))
    append(viewed, *[f'200 GET "-" /uploads/{A}'] * 9)
    viewed.run("tally")
    assert viewed.views(A) == 14
    viewed.log.write_text(f'200 GET "-" /uploads/{A}\n')
    viewed.run("tally")
    assert viewed.views(A) == 15


def test_a_long_log_is_counted_and_emptied(viewed):
    line = f'200 GET "-" /uploads/{A}'
    count = (17 << 20) // (len(line) + 1)
    append(viewed, *[line] * count)
    assert viewed.json("tally") == {"lines": count, "views": count, "emptied": True}
    assert viewed.log.read_bytes() == b"" and viewed.views(A) == count
    append(viewed, line)
    assert viewed.json("tally")["views"] == 1


def test_a_path_prefix_is_understood_with_and_without(viewed):
    viewed.run("settings", "set", "base_url", "http://a.org/uploads")
    append(viewed, f'200 GET "-" /uploads/uploads/{A}', f'200 GET "-" /uploads/{A}', f'200 GET "-" /other/uploads/{A}')
    assert viewed.json("tally")["views"] == 2


def test_counts_and_their_place_are_one_transaction(viewed):
    append(viewed, f'200 GET "-" /uploads/{A}')
    viewed.sql("CREATE TRIGGER refuse BEFORE INSERT ON counter WHEN new.name = 'view_log_offset'"
               " BEGIN SELECT RAISE(ABORT, 'no'); END")
    viewed.run("tally", code=FAILED)
    assert viewed.views(A) == 0
    viewed.sql("DROP TRIGGER refuse")
    viewed.run("tally")
    assert viewed.views(A) == 1


def test_without_a_log_there_is_nothing_to_count(viewed):
    viewed.log.unlink()
    assert viewed.json("tally")["lines"] == 0


# --- doctor -----------------------------------------------------------------------------------------------------------

def findings(site, code):
    return {finding["subject"]: finding for finding in site.json("doctor", code=code)}


def problems(site):
    done = subprocess.run([BIN / "imagebed", "doctor", "--json", "--data", site.data], text=True, capture_output=True)
    return {finding["subject"] for finding in json.loads(done.stdout) if finding["level"] == "problem"}


@pytest.mark.skipif(not (BIN / "picture").exists(), reason="the folder holds the command line alone")
def test_a_whole_site_is_well(anna):
    found = findings(anna, OK)
    assert {finding["level"] for finding in found.values()} <= {"ok", "warning"}, found
    assert found["database"]["level"] == "ok" and found["web limits"]["level"] == "ok" and found["pictures"]["level"] == "ok"


@pytest.mark.parametrize("harm, subject", [
    (lambda data: (data / "secret").chmod(0o644), "modes"),
    (lambda data: (data / "imagebed.db").chmod(0o644), "modes"),
    (lambda data: shutil.rmtree(data / "recycle"), "folders"),
    (lambda data: (data / "secret").write_text("short"), "site"),
    (lambda data: (data / "secret").unlink(), "site"),
    (lambda data: (data / "imagebed.db").unlink(), "site"),
    (lambda data: (data / "imagebed.db").write_bytes(b"not a database" * 1000), "site"),
    (lambda data: (data / "web/limits.nginx.conf").write_text("client_max_body_size 1m;\n"), "web limits"),
    (lambda data: Site(data).sql("INSERT INTO settings VALUES ('recycle_days', 'soon')"), "settings"),
])
def test_what_is_wrong_is_found(anna, harm, subject):
    for leftover in anna.data.glob("imagebed.db-*"):
        leftover.unlink()
    assert subject not in problems(anna)
    harm(anna.data)
    assert subject in problems(anna)
    done = anna.run("doctor", code=FAILED)
    assert re.search(rf"^problem  {subject}: .*\n +-> .+", done.stdout, re.M), done.stdout


def test_a_damaged_page_is_found(anna):
    anna.sql("VACUUM")
    database = anna.data / "imagebed.db"
    anna.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(database.read_bytes())
    content[4096:4096 * 4] = os.urandom(4096 * 3)
    database.write_bytes(content)
    for leftover in anna.data.glob("imagebed.db-*"):
        leftover.unlink()
    assert problems(anna) & {"database", "site"}


def test_warnings_alone_are_no_failure(site):
    site.sql("DELETE FROM settings")
    found = {finding["subject"]: finding for finding in json.loads(
        subprocess.run([BIN / "imagebed", "doctor", "--json", "--data", site.data], text=True, capture_output=True).stdout)}
    assert found["base_url"]["level"] == "warning" and found["accounts"]["level"] == "warning"
    assert "user add" in found["accounts"]["advice"]
