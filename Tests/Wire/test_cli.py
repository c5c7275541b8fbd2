"""The command line as a shell sees it: what it prints, what it leaves on the disk, and the code it ends with."""

import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile

import pytest

import engines
from command_line import anna, bare, BIN, empty, EXISTS, FAILED, NOBODY, NOT_FOUND, OK, PROJECT, Site, site, USAGE  # noqa: F401 (fixtures)


COMMANDS = ["setup", "user add", "user list", "user password", "user check", "user disable", "user enable", "user approve", "user refuse",
            "user role", "user quota", "user delete", "file list", "file show", "file delete", "file restore", "key create",
            "key list", "key revoke", "settings get", "settings set", "settings load", "settings list", "settings docs", "paths", "gc", "tally", "expire", "index", "doctor",
            "import easyimages", "export easyimages", "export links", "old-site", "nginx-site", "proxy-block", "cluster check", "cluster hosts"]


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


def test_the_help_of_expire_tells_of_retention():
    assert re.search(r"\n  expire .* retention\.\n", bare("help").stdout)
    said = bare("expire", "--help").stdout
    assert "or for good where the setting\nrecycle is off." in said and max(map(len, said.splitlines())) <= 132


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
    engines.prepare(empty.data)
    answer = empty.json("setup", "--base-url", "HTTP://Img.example.org/pictures/")
    assert answer["new"] is True and answer["base_url"] == "http://img.example.org/pictures"
    assert {"uploads", "recycle", "thumbs", "run", "logs", "web"} <= {p.name for p in empty.data.iterdir() if p.is_dir()}
    assert re.fullmatch("[0-9a-f]{64}", (empty.data / "secret").read_text())
    for private in ["secret", "cluster.conf" if engines.POSTGRESQL else "imagebed.db"]:
        assert stat.S_IMODE((empty.data / private).stat().st_mode) == 0o600
    assert "image_max_bytes 50MB\n" in (empty.data / "web/values").read_text()
    assert re.fullmatch(r"imagebed \d{12}-[0-9a-f]{16}\n", (empty.data / "logs/views.log").read_text())


def test_setup_done_again_changes_nothing(anna):
    before = snapshot(anna.data)
    answer = anna.json("setup")
    assert answer == {"data": str(anna.data), "new": False, "base_url": "http://img.example.org", "changed": []}
    assert snapshot(anna.data) == before


def test_setup_makes_what_was_lost(site):
    (site.data / "web/values").unlink()
    shutil.rmtree(site.data / "recycle")
    assert site.json("setup")["changed"] == [str(site.data / "web/values")]
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
        engines.prepare(data)
        for path in [data, *data.iterdir()]:
            os.chown(path, NOBODY, NOBODY)
        site = Site(data)
        site.run("setup")
        # A reader that stays keeps SQLite's -wal and -shm from being removed with the last connection.
        with engines.opened(data) as reader:
            reader.query("SELECT * FROM account")
            site.run("user", "add", "anna", "--role", "admin")
            site.run("settings", "set", "image_max_bytes", "1MB")
            made = [path for path in data.rglob("*") if not path.name.endswith("-shm")]
            assert {path.stat().st_uid for path in made} == {NOBODY}
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
    assert site.sql("SELECT password_hash FROM account WHERE name = 'bob'")[0][0].startswith("$y$")
    assert "password: " in site.run("user", "password", "bob").stdout
    assert "password: " in site.run("user", "password", "bob", "--generate-password").stdout
    site.run("user", "password", "bob", "--generate-password", "--password-stdin", code=USAGE)


def test_a_brought_password_is_not_repeated(anna):
    done = anna.run("user", "password", "anna", "--password-stdin", stdin="another horse\n")
    assert "another" not in done.stdout + done.stderr
    anna.run("user", "check", "anna", stdin="another horse")
    anna.run("user", "check", "anna", stdin="correct horse", code=FAILED)


LONG = "battery staple"


@pytest.mark.parametrize("name, password, code", [
    ("anna", LONG, EXISTS), ("ANNA", LONG, EXISTS), ("bob", "1234567", USAGE), ("bob", "", USAGE), ("bob", "x" * 129, USAGE),
    ("bob", "x" * 5000, USAGE), ("bob", "1234567\0", USAGE), ("a b", LONG, USAGE), ("../a", LONG, USAGE), ("x" * 65, LONG, USAGE),
    ("", LONG, USAGE),
])
def test_accounts_that_cannot_be(anna, name, password, code):
    anna.run("user", "add", name, "--password-stdin", stdin=password, code=code)
    assert [user["name"] for user in anna.json("user", "list")] == ["anna"]


@pytest.mark.parametrize("role, password, said", [
    ("user", "1234567", "a password has 8 to 128 characters"), ("admin", "eleven char", "an admin's password has 12 to 128 characters"),
    ("user", "一二三四五六七", "a password has 8 to 128 characters"), ("admin", "x" * 129, "an admin's password has 12 to 128 characters"),
    ("user", "12345678", "this password is one of the most common"), ("user", "ILoveYou1", "this password is one of the most common"),
    ("admin", "Q1W2E3R4T5Y6", "this password is one of the most common"), ("user", "admin@123", "this password is one of the most common"),
    ("user", "bob.builder", "the account's name is no password"),
])
def test_passwords_that_cannot_be_chosen(anna, role, password, said):
    done = anna.run("user", "add", "bob.builder", "--role", role, "--password-stdin", stdin=password, code=USAGE)
    assert said in done.stderr and password not in done.stderr
    anna.run("user", "add", "bob.builder", "--role", role, "--password-stdin", stdin="what is long enough")
    assert said in anna.run("user", "password", "bob.builder", "--password-stdin", stdin=password, code=USAGE).stderr
    anna.run("user", "check", "bob.builder", stdin="what is long enough")


@pytest.mark.parametrize("role, password", [("user", "8 chars!"), ("user", "一二三四五六七八"), ("admin", "长" * 127 + "1"), ("admin", "twelve chars")])
def test_nothing_of_a_password_is_cut_off(site, role, password):
    site.run("user", "add", "bob", "--role", role, "--password-stdin", stdin=password + "\n")
    site.run("user", "check", "bob", stdin=password)
    site.run("user", "check", "bob", stdin=password[:-1] + "2", code=FAILED)
    site.run("user", "check", "bob", stdin=password[:-1], code=FAILED)


@pytest.mark.parametrize("password, strength", [
    ("81364957", "weak"), ("correct horse", "fair"), ("correct horse battery", "good"), ("correct horse battery staple", "strong")])
def test_strength_in_words(anna, password, strength):
    assert f"the password is {strength}" in anna.run("user", "add", "bob", "--password-stdin", stdin=password).stdout
    assert anna.json("user", "password", "bob", "--password-stdin", stdin=password)["strength"] == strength


def test_the_list_of_common_passwords_names_its_source():
    lines = (PROJECT / "Sources/imagebed/install/common-passwords.txt").read_text().splitlines()
    notes = [line for line in lines if line == "#" or line.startswith("# ")]
    assert "common-passwords.txt of Django" in notes[0] and any("Redistribution and use" in note for note in notes)
    words = lines[len(notes):]
    assert words[:3] == ["123456", "123456789", "qwerty"] and len(words) == len(set(words)) == 19641
    assert all(word == word.lower() for word in words)


def test_keys_of_accounts_that_ended(anna):
    anna.run("user", "add", "bob")
    anna.run("key", "create", "--user", "bob")
    anna.sql("UPDATE account SET expires_at = 1700000000 WHERE name = 'bob'")
    assert "account ended 2023-11-14" in anna.run("key", "list").stdout
    anna.run("user", "disable", "bob")
    assert "account disabled" in anna.run("key", "list").stdout


def test_disabling_shuts_and_enabling_opens(anna):
    anna.run("user", "add", "bob", "--password-stdin", stdin="battery staple")
    assert anna.json("user", "disable", "bob")["disabled_at"]
    anna.run("user", "check", "bob", stdin="battery staple", code=FAILED)
    assert anna.json("user", "enable", "bob")["disabled_at"] is None
    anna.run("user", "check", "bob", stdin="battery staple")


def test_accounts_that_wait(anna):
    for name in ["bob", "eve", "mallory"]:
        anna.run("user", "add", name, "--password-stdin", stdin="battery staple")
    anna.sql("UPDATE account SET disabled_at = created_at, waiting_since = created_at WHERE name <> 'anna'")
    assert [account["waiting_since"] is not None for account in anna.json("user", "list")] == [False, True, True, True]
    anna.run("user", "check", "bob", stdin="battery staple", code=FAILED)
    assert anna.json("user", "approve", "bob")["waiting_since"] is None
    anna.run("user", "check", "bob", stdin="battery staple")
    assert "does not wait" in anna.run("user", "approve", "bob", code=FAILED).stderr
    assert "does not wait" in anna.run("user", "refuse", "anna", code=FAILED).stderr
    assert anna.json("user", "refuse", "eve") == {"name": "eve", "refused": True}
    anna.run("user", "approve", "eve", code=NOT_FOUND)
    anna.run("user", "disable", "mallory")
    anna.run("user", "approve", "mallory", code=FAILED)


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
                      "expires_at": None, "last_used_at": None, "revoked_at": None, "number": None}


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
    ("time_zone", "../../../etc/passwd", USAGE), ("convert_format", "tiff", USAGE),
])
def test_values_that_cannot_be(site, key, value, code):
    before = site.json("settings", "list")
    assert key in site.run("settings", "set", key, value, code=code).stderr
    assert site.json("settings", "list") == before


def test_what_the_web_server_follows_is_written_as_values(site):
    """No configuration: root's templates take the values, and only when each is what its setting may be."""
    for key, value in [("video_max_bytes", "2gb"), ("uploads_path", "/i/"), ("hide_path", "yes")]:
        assert site.run("settings", "set", key, value).stderr == (
            "the web server takes it by itself within 5 seconds (without systemd: within a minute); sudo imagebed reload does it at once\n")
    assert (site.data / "web/values").read_text() == (
        f"site_name {b'ImageBed'.hex()}\nhsts_seconds 0\nimage_max_bytes 50MB\nvideo_max_bytes 2GB\nvideo_upload on\nreplace_files off\nthumbnail_width 258\nthumbnail_height 258\nthumbnail_fit crop\n"
        "uploads_path /i/\nhide_path on\ntrusted_proxies \n")
    assert {file.name for file in (site.data / "web").iterdir()} == {"values", "changed"}, "nothing half-written is left"


def test_other_settings_leave_the_web_server_alone(site):
    before = (site.data / "web/values").stat()
    assert site.run("settings", "set", "recycle_days", "7").stderr == ""
    assert site.run("settings", "set", "video_upload", "on").stderr == "", "it was on"
    assert (site.data / "web/values").stat().st_mtime_ns == before.st_mtime_ns


def test_a_long_text_comes_from_a_file(site, tmp_path):
    file = tmp_path / "terms.html"
    file.write_text("<h2>条款</h2>\n" * 100 + "\n\r\n")
    assert site.run("settings", "load", "terms", file).stdout == "terms is a text of 1199 characters now\n"
    assert site.json("settings", "get", "terms") == ("<h2>条款</h2>\n" * 100)[:-1]
    assert site.run("settings", "load", "site_name", "-", stdin="图床\n").stdout == "site_name is 图床 now\n"
    file.write_bytes(b"\xff")
    for given, code in [(file, USAGE), (tmp_path / "none", FAILED)]:
        assert str(given) in site.run("settings", "load", "terms", given, code=code).stderr
    assert site.run("settings", "load", "nothing", file, code=NOT_FOUND).stderr


def test_scripts_that_will_not_run_are_told(site):
    assert "operator_scripts on" in site.run("settings", "set", "head_html", "<script>1</script>").stderr
    doctor = site.run("doctor").stdout
    assert "scripts in head_html do not run" in doctor
    site.run("settings", "set", "operator_scripts", "on")
    assert site.run("settings", "set", "head_html", "<script>2</script>").stderr == ""
    assert "do not run" not in site.run("doctor").stdout


def test_changes_at_the_same_time_are_all_in_the_values(site):
    values = {"image_max_bytes": "7MB", "video_max_bytes": "8MB", "video_upload": "off", "replace_files": "on", "thumbnail_width": "99", "thumbnail_height": "98",
              "thumbnail_fit": "stretch", "uploads_path": "/p/", "hide_path": "on", "hsts_seconds": "300", "site_name": "相册", "trusted_proxies": "127.0.0.1"}
    running = [subprocess.Popen([BIN / "imagebed", "settings", "set", key, value, "--data", site.data], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL) for key, value in values.items()]
    assert [process.wait() for process in running] == [0] * len(values)
    assert dict(line.split(" ") for line in (site.data / "web/values").read_text().splitlines()) == values | {
        name: values[name].encode().hex() for name in ["site_name", "trusted_proxies"]}


def test_reload_is_roots(site):
    done = site.run("reload", code=NOT_FOUND if os.geteuid() == 0 else USAGE)
    assert ("no site with the data folder" if os.geteuid() == 0 else "this needs root: sudo imagebed reload") in done.stderr


def test_times_are_those_of_the_site(anna):
    anna.run("settings", "set", "time_zone", "Asia/Shanghai")
    anna.sql("UPDATE account SET created_at = 1700000000")
    assert anna.json("user", "list")[0]["created_at"] == "2023-11-15 06:13:20"


def test_views_by_day_outlive_another_time_zone(anna):
    """No other table knows on which day a file was seen; a day's views go to the one that holds its middle."""
    anna.run("settings", "set", "time_zone", "UTC")
    anna.run("index")
    anna.sql("INSERT INTO day_count VALUES ('image', 1699920000, 1700006400, 202311, 0, 0, 0, 7)")
    anna.run("settings", "set", "time_zone", "Asia/Tokyo")
    assert any("not complete: the numbers of days" in each["says"] for each in anna.json("doctor") if each["subject"] == "index")
    for command in [["index"], ["index", "--rebuild"]]:
        anna.run(*command)
        assert anna.sql("SELECT start_at, end_at, files, bytes, uploads, views FROM day_count") == [(1699887600, 1699974000, 0, 0, 0, 7)]


def test_the_manual_is_the_table():
    assert bare("settings", "docs").stdout == (PROJECT / "docs/settings.md").read_text()
