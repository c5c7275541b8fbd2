"""The command line that keeps a site in order: gc, tally and doctor."""

import json
import os
import re
import shutil
import subprocess
import time

import pytest

import engines
from command_line import anna, BIN, empty, FAILED, OK, Site, site, USAGE  # noqa: F401 (fixtures)


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


def unknown(site, count, folder="uploads/2024/04", prefix=""):
    """Puts files of this program's own form there that the database does not know, and returns their folder."""
    place = site.data / folder
    place.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (place / f"{prefix}{number:012}.jpg").write_bytes(b"12345")
    return place


def test_gc_asks_before_it_touches_many_unknown_files(site):
    """Those of the bin here: an upload's file is no stray before it is an hour old."""
    place = unknown(site, 21, "recycle", "2024_04_")
    for _ in range(2):
        done = site.run("gc", "--recycle-days", "0", code=FAILED)
        assert "21 files in the recycle bin that the database does not know" in done.stderr and "imagebed gc --yes" in done.stderr
        assert "0 files left the recycle bin" in done.stdout and len(list(place.iterdir())) == 21
    done = site.run("gc", "--recycle-days", "0", "--yes")
    assert "21 files left the recycle bin (105 bytes)" in done.stdout and list(place.iterdir()) == []
    assert done.stderr == ""


def test_what_gc_did_is_told_where_standard_output_leads_nowhere(site):
    unknown(site, 2, "recycle", "2024_04_")
    done = subprocess.run([BIN / "imagebed", "gc", "--recycle-days", "0", "--data", site.data], text=True, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE)
    assert done.returncode == 0 and done.stderr.startswith("imagebed gc: 2 files left the recycle bin (10 bytes); 0 files")


def test_gc_leaves_the_bin_alone_when_the_clock_jumped(site):
    site.add_file("2024/04/aaaaaaaaaaaa.jpg", state=2, deleted_at=int(time.time()) - 5 * 86400)
    assert site.json("gc")["clock_jump"] is None
    # As if the last run had been ten years ago, by a clock that was wrong then or is now.
    site.sql("UPDATE counter SET value = value - 3650 * 86400 WHERE name = 'collected_at'")
    site.sql("UPDATE file SET deleted_at = deleted_at - 3650 * 86400")
    done = site.run("gc", code=FAILED)
    assert "the clock is 3650 days after the last run" in done.stderr
    assert site.json("gc")["clock_jump"] is None
    assert site.sql("SELECT COUNT(*) FROM file") == [(1,)]
    assert abs(site.sql("SELECT deleted_at FROM file")[0][0] - (time.time() - 6 * 86400)) < 2 * 86400
    site.sql("UPDATE counter SET value = value + 3650 * 86400 WHERE name = 'collected_at'")
    assert "days before the last run" in site.run("gc", code=FAILED).stderr
    assert site.sql("SELECT COUNT(*) FROM file") == [(1,)]


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


def test_a_long_log_is_counted_and_begun_anew(viewed):
    line = f'200 GET "-" /uploads/{A}'
    count = (17 << 20) // (len(line) + 1)
    append(viewed, *[line] * count)
    assert viewed.json("tally") == {"lines": count, "views": count, "emptied": True}
    assert re.fullmatch(rb"imagebed \d{12}-[0-9a-f]{16}\n", viewed.log.read_bytes()) and viewed.views(A) == count
    append(viewed, line)
    assert viewed.json("tally")["views"] == 1


def test_a_path_prefix_is_understood_with_and_without(viewed):
    viewed.run("settings", "set", "base_url", "http://a.org/uploads")
    append(viewed, f'200 GET "-" /uploads/uploads/{A}', f'200 GET "-" /uploads/{A}', f'200 GET "-" /other/uploads/{A}')
    assert viewed.json("tally")["views"] == 2


def test_counts_and_their_place_are_one_transaction(viewed):
    append(viewed, f'200 GET "-" /uploads/{A}')
    viewed.sql("CREATE TRIGGER refuse BEFORE INSERT ON counter WHEN new.name LIKE 'view!_log%' ESCAPE '!'"
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
    assert found["database"]["level"] == "ok" and found["web server"]["level"] == "ok" and found["pictures"]["level"] == "ok"


def rows_file(data):
    """Has the rows, or says where they are."""
    return data / ("cluster.conf" if engines.POSTGRESQL else "imagebed.db")


@pytest.mark.parametrize("harm, subject", [
    (lambda data: (data / "secret").chmod(0o644), "modes"),
    (lambda data: rows_file(data).chmod(0o644), "modes"),
    (lambda data: shutil.rmtree(data / "recycle"), "folders"),
    (lambda data: (data / "secret").write_text("short"), "site"),
    (lambda data: (data / "secret").unlink(), "site"),
    (lambda data: rows_file(data).unlink(), "site"),
    (lambda data: rows_file(data).write_bytes(b"not a database" * 1000), "site"),
    (lambda data: (data / "web/values").write_text("image_max_bytes 1MB\n"), "web server"),
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


@pytest.mark.parametrize("key", ["trusted_proxies", "address_list"])
def test_a_list_of_addresses_is_checked(anna, key):
    """In each entry; one from before the check is named, and does not keep the site from working."""
    done = anna.run("settings", "set", key, "127.0.0.1, proxy.example.org,::1", code=USAGE)
    assert f'{key} cannot hold "proxy.example.org": each entry is an address (192.0.2.7, 2001:db8::1), a network' in done.stderr
    done = anna.run("settings", "set", key, ",".join(["::1"] * (4001 if key == "address_list" else 1001)), code=USAGE)
    assert f"{key} cannot" in done.stderr and "4000" in done.stderr
    assert anna.run("settings", "get", key).stdout == "\n"
    anna.run("settings", "set", key, "127.0.0.1, 192.0.2.*, 2001:db8::/32")
    assert "settings" not in problems(anna)
    anna.sql("UPDATE settings SET value = '127.0.0.1,10.0.0' WHERE key = ?", key)
    told = findings(anna, FAILED)["settings"]
    assert told["level"] == "problem" and f'{key} cannot hold "10.0.0"' in told["says"] and "it matches nobody" in told["says"]
    assert told["advice"] == f"imagebed settings set {key} 'ENTRY,ENTRY'"
    assert anna.run("settings", "get", key).stdout == "127.0.0.1,10.0.0\n"


def test_a_proxy_that_the_web_server_cannot_follow(anna):
    """Refused with what to write; one from before the check is named, and the others count."""
    sentence = ('trusted_proxies cannot hold "12*.0.0.1": the web server cannot follow it; write the addresses (192.0.2.7), a network (192.0.2.0/24), '
                "or * in place of whole numbers at the end (192.0.2.*)")
    assert sentence in anna.run("settings", "set", "trusted_proxies", "::1,12*.0.0.1", code=USAGE).stderr
    anna.run("settings", "set", "address_list", "::1,12*.0.0.1")
    anna.sql("INSERT INTO settings (key, value) VALUES ('trusted_proxies', '12*.0.0.1,::1')")
    told = findings(anna, FAILED)["settings"]
    assert told["says"].startswith(sentence) and "the other entries count" in told["says"]
    assert told["advice"] == "imagebed settings set trusted_proxies 'ENTRY,ENTRY'"


@engines.of_sqlite("its pages are damaged")
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


def test_what_was_found_is_kept(anna):
    """For the page of statistics; whoever cannot write it finds the same."""
    kept = anna.data / "doctor.tsv"
    (anna.data / "secret").chmod(0o644)
    anna.run("doctor", code=FAILED)
    lines = kept.read_text().split("\n")
    assert lines[0].isdigit() and any(line.startswith("problem\tmodes: everybody on this machine can read ") and "\tchmod 600 " in line for line in lines[1:])
    assert not any(line.startswith("ok") for line in lines)
    (anna.data / "secret").chmod(0o600)
    anna.run("doctor")
    assert "modes" not in kept.read_text() and kept.stat().st_mode & 0o777 == 0o600
    kept.unlink()
    kept.mkdir()
    assert "database" in {finding["subject"] for finding in anna.json("doctor")}


def test_a_folder_that_is_no_site_stays_empty(tmp_path):
    subprocess.run([BIN / "imagebed", "doctor", "--data", tmp_path], capture_output=True)
    assert list(tmp_path.iterdir()) == []


def test_warnings_alone_are_no_failure(site):
    site.sql("DELETE FROM settings")
    found = {finding["subject"]: finding for finding in json.loads(
        subprocess.run([BIN / "imagebed", "doctor", "--json", "--data", site.data], text=True, capture_output=True).stdout)}
    assert found["base_url"]["level"] == "warning" and found["accounts"]["level"] == "warning"
    assert "user add" in found["accounts"]["advice"]


# --- what the database holds, on a terminal ---------------------------------------------------------------------------

HOSTILE = "x\x1b]0;title\x07\x9b31m\x7f\nok       site: all is well\u2028\u202e"
SHOWN = HOSTILE[0] + "".join(f"\\u{ord(c):04x}" if not (c.isascii() and c.isprintable()) else c for c in HOSTILE[1:])


@pytest.fixture
def hostile(anna):
    """Each text that the command line prints, as somebody who can write the database would have it."""
    anna.sql("INSERT INTO account (name, password_hash, role, created_at) VALUES (?, 'x', 'admin', 1)", HOSTILE)
    anna.sql("INSERT INTO api_key (account_id, name, hash, prefix, scopes, created_at) VALUES (2, ?, x'00', 'ib_', 'upload', 1)", HOSTILE)
    anna.sql("INSERT INTO settings (key, value) VALUES ('base_url', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", HOSTILE)
    anna.add_file("2024/04/" + HOSTILE + ".jpg")
    return anna


@pytest.mark.parametrize("command, code", [
    ("user list", OK), ("key list", OK), ("doctor", FAILED), ("verify", FAILED), ("settings get base_url", None), ("user list --json", OK),
    ("key list --json", OK), ("doctor --json", FAILED), ("verify --json", FAILED), ("gc", None), ("settings list", None), ("key revoke 1", OK),
])
def test_no_text_of_the_database_steers_a_terminal(hostile, command, code):
    done = subprocess.run([BIN / "imagebed", *command.split(), "--data", hostile.data], text=True, capture_output=True, timeout=300)
    assert code in (None, done.returncode), done
    said = done.stdout + done.stderr
    assert [c for c in said if c != "\n" and (c in "\u2028\u202e" or ord(c) < 32 or 127 <= ord(c) < 160)] == []
    assert not re.search("^ok +site: all is well", said, re.MULTILINE)
    if "--json" in command:
        assert any(HOSTILE in text for text in texts(json.loads(done.stdout)))
    elif code is not None:
        assert SHOWN in said


def texts(value):
    """All that are in a JSON value."""
    if isinstance(value, (dict, list)):
        return [text for part in (value.values() if isinstance(value, dict) else value) for text in texts(part)]
    return [value] if isinstance(value, str) else []
