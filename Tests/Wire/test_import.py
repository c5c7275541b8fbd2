# The sample install taken over: everything of it accounted for, and nothing of it changed.

import hashlib
import json

import pytest
import requests

from old_desk import TOKEN_STATES, expected_report, tree
from old_site import PASSWORDS, SAMPLE, TOKENS, UPLOADS


def test_the_report_accounts_for_everything(old_site):
    assert old_site.report == expected_report(old_site.old, old_site.url)


def test_a_second_run_adds_nothing(old_site):
    before = (old_site.query("SELECT * FROM file"), old_site.query("SELECT * FROM upload_record"), old_site.query("SELECT * FROM settings"),
              old_site.query("SELECT * FROM account"), old_site.query("SELECT * FROM api_key"), old_site.query("SELECT * FROM upload_count"))
    again = json.loads(old_site.imagebed("import", "easyimages", str(old_site.old), "--base-url", old_site.url, "--json").stdout)
    assert again == expected_report(old_site.old, old_site.url, state="known", taken=False)
    assert before == (
        old_site.query("SELECT * FROM file"), old_site.query("SELECT * FROM upload_record"), old_site.query("SELECT * FROM settings"),
        old_site.query("SELECT * FROM account"), old_site.query("SELECT * FROM api_key"), old_site.query("SELECT * FROM upload_count"))


def test_no_byte_of_the_old_site_is_changed(old_site):
    sample = tree(SAMPLE)
    del sample["README.md"], sample["deletes.json"]
    assert tree(old_site.old) == sample


@pytest.mark.parametrize("number", [number for number, upload in UPLOADS.items() if upload["state"] == "stored"])
def test_every_picture_has_its_old_address_and_a_row(old_site, number):
    upload = UPLOADS[number]
    bytes_ = old_site.stored_file(upload["stored_path"]).read_bytes()
    for address in (upload["stored_path"], upload["stored_path"].replace("/i/", "/uploads/")):
        answer = requests.get(old_site.url + address, timeout=120)
        assert (answer.status_code, answer.content) == (200, bytes_)
    rows = old_site.query("SELECT original_name, size FROM file WHERE path = ? AND state = 0", upload["stored_path"][3:])
    assert rows == [(upload["file_name_sent"], len(bytes_))]


def test_every_line_of_the_log_is_with_its_file(old_site):
    rows = old_site.query("SELECT path, created_at, address, port, user_agent, way, width, height "
                          "FROM file JOIN upload_record ON file_id = id ORDER BY path")
    assert len(rows) == 26
    assert ("2025/07/01/gsb1i5-0.jpg", 1_751_336_100, "127.0.0.1", 57828, "sample-client/1.0 (test vectors)", "web", 160, 100) in rows


def test_files_in_the_recycle_bin_know_where_they_were(old_site):
    assert old_site.query("SELECT path, recycled_name, deleted_at FROM file WHERE state = 2 ORDER BY path") == [
        (UPLOADS[number]["stored_path"][3:], UPLOADS[number]["stored_path"][3:].replace("/", "_"), None) for number in (24, 25)]


def test_counters(old_site):
    assert old_site.query("SELECT * FROM upload_count ORDER BY day") == [
        ("2025-07-01", "127.0.0.1", 7), ("2025-07-04", "127.0.0.1", 6), ("2025-07-15", "127.0.0.1", 6), ("2025-07-28", "127.0.0.1", 7)]


@pytest.mark.parametrize("name", PASSWORDS)
def test_old_passwords_open_their_accounts_under_a_slow_hash(old_site, name):
    stored = old_site.query("SELECT password_hash FROM account WHERE name = ?", name)[0][0]
    assert stored.startswith("$y$") and hashlib.sha256(PASSWORDS[name].encode()).hexdigest() not in stored
    assert old_site.checks(name, PASSWORDS[name])
    assert not old_site.checks(name, PASSWORDS[name] + "x")


def test_tokens_are_kept_as_digests_with_ids_and_ends(old_site):
    rows = old_site.query("SELECT hash, number, api_key.expires_at, account.name FROM api_key JOIN account ON account.id = account_id "
                          "WHERE number IS NOT NULL ORDER BY number")
    assert rows == [(hashlib.sha256(TOKENS[number].encode()).digest(), number, end, "keeper")
                    for _, number, end, _ in TOKEN_STATES]


def test_what_is_kept_is_closed_to_others(old_site):
    kept = old_site.data / "easyimages"
    assert kept.stat().st_mode & 0o777 == 0o700
    files = [path for path in kept.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    # CRC-32 of the admin's stored password, recorded beside its links.
    assert (kept / "delete-key").read_text() == "3965815296"
    assert (kept / "config/config.php").read_bytes() == (SAMPLE / "config/config.php").read_bytes()


def test_the_doctor_is_content(old_site):
    findings = json.loads(old_site.imagebed("doctor", "--json").stdout)
    assert [finding for finding in findings if finding["level"] != "ok"] == []


def test_the_daily_collection_leaves_the_tree_alone(old_site):
    stray = old_site.old / "i/2025/07/0123456789ab.jpg"
    stray.write_bytes(b"somebody's")
    recycled = old_site.old / "i/recycle/2025_07_0123456789ab.jpg"
    recycled.write_bytes(b"somebody's")
    before = tree(old_site.old)
    assert json.loads(old_site.imagebed("gc", "--recycle-days", "0", "--json").stdout)["strays"] == 0
    assert tree(old_site.old) == before
    stray.unlink()
    recycled.unlink()
