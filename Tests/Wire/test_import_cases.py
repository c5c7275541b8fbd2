# Imports of sites that are not as they should be, and of those that are interrupted: on the command line alone, without a
# running site.

import ctypes
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess

import pytest

import counted
from old_desk import Desk, everything, expected_report, tree
from old_site import SAMPLE
from running_site import as_in_a_terminal, binaries, until


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_a_rehearsal_without_a_site_writes_nothing(desk):
    before = everything(desk.folder)
    report = desk.take("--dry-run")
    assert report == expected_report(desk.old, "https://img.example.test", dry_run=True)
    assert everything(desk.folder) == before


def test_a_rehearsal_on_a_site_writes_nothing(desk):
    desk.setup()
    before = everything(desk.folder)
    assert desk.take("--dry-run") == expected_report(desk.old, "https://img.example.test", dry_run=True)
    assert everything(desk.folder) == before
    desk.take()
    before = everything(desk.folder)
    assert desk.take("--dry-run") == expected_report(desk.old, "https://img.example.test", "known", dry_run=True, taken=False)
    assert everything(desk.folder) == before


def test_a_missing_recycle_folder_is_made_and_links_lead_to_the_tree(desk):
    shutil.rmtree(desk.old / "i/recycle")
    report = desk.setup().take()
    assert report["recycled"]["seen"] == 0 and report["logs"]["without_file"] == 2
    assert os.readlink(desk.data / "uploads") == f"{desk.old}/i"
    assert os.readlink(desk.data / "recycle") == f"{desk.old}/i/recycle"
    desk.run("setup")
    assert (desk.data / "uploads").is_symlink()


def test_folders_with_files_of_their_own_are_not_replaced(desk):
    desk.setup()
    (desk.data / "uploads/2025").mkdir()
    before = everything(desk.folder)
    assert "holds files of its own (2025)" in desk.refusal()
    assert everything(desk.folder) == before


def test_a_site_takes_over_one_other_site(desk):
    desk.setup().take()
    other = desk.folder / "other"
    shutil.copytree(desk.old, other)
    done = desk.call("import", "easyimages", other)
    assert done.returncode == 1 and "has taken over another one" in done.stderr


@pytest.mark.parametrize("name, text, message", [
    ("config/config.php", "<?php\n$config=array(\n'title'=>'x',\n'domain'=>getenv('D'));", "config/config.php: line 4, key 'domain': only texts"),
    ("config/api_key.php", "<?php $tokenList=Array(", "config/api_key.php: line 1: the file ends in the middle"),
    ("config/config.php", "<?php $config=['path'=>'/','domain'=>'http://a.test'];", "the setting path"),
    ("config/config.php", "<?php $config=['path'=>'/../','domain'=>'http://a.test'];", "the setting path"),
    ("config/config.php", "<?php $config=['path'=>'/x/','domain'=>'http://a.test'];", "/x, the folder of pictures"),
    ("config/config.php", "<?php $config=['path'=>'/i/','domain'=>'somewhere'];", "name the site's with --base-url"),
])
def test_what_makes_no_sense_stops_it_before_it_changes_anything(desk, name, text, message):
    desk.setup()
    (desk.old / name).write_text(text)
    before = everything(desk.folder)
    assert message in desk.refusal()
    assert everything(desk.folder) == before


def test_a_folder_that_is_no_site(desk):
    desk.setup()
    shutil.rmtree(desk.old / "config")
    assert "holds no EasyImages site" in desk.refusal()


def test_there_must_be_a_site_to_import_into(desk):
    assert "imagebed setup" in desk.refusal()


def test_what_everybody_knows(desk):
    desk.edit("config/api_key.php", "5f0c1a7b3e9d4826a1c4e7f092b35d68", "1c17b11693cb5ec63859b091c5b9c1b2")
    desk.edit("config/config.php", "c23e32f763e76dd77039f5addc6a95a4a0eaeee124e6681d1e5253a7008255ca",
              "7676aaafb027c825bd9abab78b234070e702752f625b752e55e55b48e607e358")
    desk.edit("config/config.php", "sample hide \\'key\\' 1", "EasyImage2.0")
    desk.edit("config/config.guest.php", "3587a7617dd8d8c79ff441ffb57612ca721794418df3bb822b74f9f9f99724ce",
              "84983c60f7daadc1cb8698621f802c0d9f9a3c3c295c810748fb048115c186ec")
    report = desk.setup().take()
    assert [token["state"] for token in report["tokens"]] == ["refused", "added", "added"]
    assert len(report["warnings"]) == 4
    for words in ("keeper had the password that every", "anna had the password that every", "1c17b11693cb5ec63859b091c5b9c1b2 came with",
                  "hide_key is the one"):
        assert any(words in warning for warning in report["warnings"])
    assert desk.rows("SELECT COUNT(*) AS n FROM api_key") == [{"n": 2}]


ADMIN, ANNA = ("config/config.php", "c23e32f763e76dd77039f5addc6a95a4a0eaeee124e6681d1e5253a7008255ca"), (
    "config/config.guest.php", "3587a7617dd8d8c79ff441ffb57612ca721794418df3bb822b74f9f9f99724ce")


def with_passwords(desk, admin="Sample-Passw0rd!", anna="anna-secret"):
    for (name, stored), password in ((ADMIN, admin), (ANNA, anna)):
        desk.edit(name, stored, hashlib.sha256(password.encode()).hexdigest())
    return desk.setup()


def opens(desk, name, password):
    return desk.call("user", "check", name, stdin=password).returncode == 0


def test_a_factory_password_is_not_taken_and_another_is_made(desk):
    with_passwords(desk, "admin@123", "guest")
    rehearsed = desk.take("--dry-run")["accounts"]
    assert [account["state"] for account in rehearsed] == ["new_password", "new_password", "added"]
    assert all("password" not in account for account in rehearsed)
    keeper, anna, _ = desk.take()["accounts"]
    assert keeper["state"] == anna["state"] == "new_password" and keeper["password"] != anna["password"]
    for account, factory in ((keeper, "admin@123"), (anna, "guest")):
        assert re.fullmatch("[a-z2-9]{20}", account["password"])
        assert opens(desk, account["name"], account["password"]) and not opens(desk, account["name"], factory)
    # Shown this once.
    again = desk.run("import", "easyimages", desk.old)
    assert keeper["password"] not in again and "shown this once" not in again and "every EasyImages site" not in again


def test_a_new_password_is_told_in_words(desk):
    with_passwords(desk, "admin@123")
    said = desk.run("import", "easyimages", desk.old)
    password = re.search(r"^new password of keeper, shown this once: (\S{20})$", said, re.M)[1]
    assert "keeper (admin, added with a new password)" in said and opens(desk, "keeper", password)


def test_a_factory_password_of_before_is_told(desk):
    """Of a site that was taken over by a version that took it: this one's hash is exchanged for that of a made-up password that is then
    everybody's, because nothing makes such an account any more."""
    with_passwords(desk).take()
    desk.rows("UPDATE account SET password_hash = '%s' WHERE name = 'keeper'" % crypt_of(hashlib.sha256(b"admin@123").hexdigest()))
    found = {finding["subject"]: finding for finding in json.loads(desk.call("doctor", "--json").stdout)}
    assert found["passwords"]["level"] == "problem" and "keeper" in found["passwords"]["says"]
    desk.edit(ADMIN[0], ADMIN[1], hashlib.sha256(b"admin@123").hexdigest())
    assert any("keeper has the password that every EasyImages site began with" in warning for warning in desk.take()["warnings"])
    desk.run("user", "password", "keeper")
    assert not any("every EasyImages site" in warning for warning in desk.take()["warnings"])


def crypt_of(text):
    """yescrypt as the system's own tool makes it."""
    library = ctypes.CDLL("libcrypt.so.1")
    library.crypt.restype = ctypes.c_char_p
    return library.crypt(text.encode(), b"$y$j9T$F5Jx5fExrKuPp53xLKQ..1$").decode()


def test_the_accounts_name_as_password_is_told(desk):
    """Which is in no list."""
    desk.edit(ANNA[0], hashlib.sha256(b"xiaoming-pw").hexdigest(), hashlib.sha256("小明".encode()).hexdigest())
    assert desk.setup().take()["warnings"] == ["the password of 小明 works, but is shorter than 8 characters: imagebed user password 小明"]


@pytest.mark.parametrize("password, words", [
    ("abc123", "is shorter than 8 characters"), ("password1", "is one of the most common"), ("anna", "is shorter than 8 characters"),
])
def test_a_weak_password_works_and_is_told(desk, password, words):
    report = with_passwords(desk, anna=password).take()
    assert [account["state"] for account in report["accounts"]] == ["added"] * 3
    assert [warning for warning in report["warnings"] if "password of anna works" in warning and words in warning], report["warnings"]
    assert opens(desk, "anna", password)
    found = {finding["subject"]: finding for finding in json.loads(desk.call("doctor", "--json").stdout)}
    assert found["passwords"]["level"] == "warning" and "anna" in found["passwords"]["says"]
    desk.call("user", "password", "anna")
    found = {finding["subject"]: finding for finding in json.loads(desk.call("doctor", "--json").stdout)}
    assert found["passwords"]["level"] == "ok"


def test_what_does_less_here_than_there_is_told(desk):
    for old, new in (("'ftp_status'=>0", "'ftp_status'=>1"), ("'auto_delete'=>0", "'auto_delete'=>30"), ("'check_ip'=>0", "'check_ip'=>1"),
                     ("'check_ip_model'=>0", "'check_ip_model'=>1"), ("'allowed'=>1", "'allowed'=>0")):
        desk.edit("config/config.php", old, new)
    warnings = desk.setup().take("--dry-run")["warnings"]
    assert [warning.split(" ")[0] for warning in warnings] == ["files", "old", "only", "only"]


def test_texts_with_scripts_are_told(desk):
    desk.edit("config/config.php", "'footer'=>'<!-- sample footer -->'", "'footer'=>'<script src=\"https://count.test/c.js\"></script>'")
    desk.edit("config/config.php", "'ad_top_info'=>'<i>top</i>'", "'ad_top_info'=>'<i onclick=\"x()\">top</i>'")
    # The banner is switched off.
    assert [warning.partition(" do not run")[0] for warning in desk.setup().take()["warnings"]] == ["scripts in footer_html"]
    assert desk.run("settings", "get", "operator_scripts") == "off\n" and desk.run("settings", "get", "banner_top") == "\n"
    desk.edit("config/config.php", "'ad_top'=>0", "'ad_top'=>1")
    assert [warning.partition(" do not run")[0] for warning in desk.take("--settings")["warnings"]] == ["scripts in footer_html, banner_top"]


def test_passwords_of_the_md5_era_need_a_new_one(desk):
    desk.edit("config/config.guest.php", "3587a7617dd8d8c79ff441ffb57612ca721794418df3bb822b74f9f9f99724ce", "5f4dcc3b5aa765d61d8327deb882cf99")
    report = desk.setup().take()
    assert [account["state"] for account in report["accounts"]] == ["added", "needs_password", "added"]
    assert any("anna is an MD5 from before 2.7.6" in warning for warning in report["warnings"])


def test_the_list_of_tokens_of_before_254(desk):
    (desk.old / "config/api_key.php").write_text("<?php\n$tokenList = array(\n  3 => 'abcdef',\n  'with-dash',\n);\n")
    report = desk.setup().take()
    assert report["tokens"] == [
        {"starts_with": "abcd", "id": 3, "expires_at": None, "expired": False, "state": "added"},
        {"starts_with": "with", "id": 4, "expires_at": None, "expired": False, "state": "unusable"}]


def test_an_account_that_was_there_before_keeps_its_password(desk):
    desk.setup()
    desk.run("user", "add", "keeper", "--role", "admin")
    report = desk.take()
    assert [account["state"] for account in report["accounts"]] == ["known", "added", "added"]
    assert any("an account keeper was here before" in warning for warning in report["warnings"])


def test_everything_that_is_no_picture_is_left_alone_and_told(desk):
    tree_ = desk.old / "i"
    (tree_ / "favicon.ico").write_bytes((SAMPLE / "i/2025/07/01/gsbl73.ico").read_bytes())
    (tree_ / "index.html").write_text("x")
    (tree_ / ".htaccess").write_text("x")
    (tree_ / ".incoming").mkdir()
    (tree_ / "2025/07/01/notes.txt").write_text("x")
    (tree_ / "2025/07/01/shell.php").write_bytes(b"GIF89a<?php")
    (tree_ / "2025/07/01/cut.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tree_ / "2025/07/01/link.jpg").symlink_to("/etc/passwd")
    os.mkfifo(tree_ / "2025/07/01/pipe.jpg")
    with open(os.fsencode(tree_) + b"/2025/07/01/\xd5\xe3.jpg", "wb") as file:
        file.write(b"x")
    (tree_ / "2025/07/01_auto_delete").mkdir()
    for folder in ("cache", "suspic", "thumbnails"):
        (tree_ / folder).mkdir(exist_ok=True)
        shutil.copy(SAMPLE / "i/2025/07/01/gsb1i5-0.jpg", tree_ / folder / "a.jpg")
    for name in ("recycle/no_where.jpg", "recycle/2025_07_01_gsb7ly.bmp"):
        shutil.copy(SAMPLE / "i/2025/07/01/gsb1i5-0.jpg", tree_ / name)
    before = tree(desk.old)
    report = desk.setup().take()
    assert report["files"]["added"] == 24
    assert report["files"]["left"] == {
        "no picture or video": {"count": 1, "examples": ["2025/07/01/notes.txt"]},
        "damaged": {"count": 1, "examples": ["2025/07/01/cut.png"]},
        "named like a script": {"count": 1, "examples": ["2025/07/01/shell.php"]},
        "hidden": {"count": 1, "examples": [".htaccess"]},
        "a name that is not UTF-8": {"count": 1, "examples": ["2025/07/01/%D5%E3.jpg"]},
        "a symbolic link": {"count": 1, "examples": ["2025/07/01/link.jpg"]},
        "no file": {"count": 1, "examples": ["2025/07/01/pipe.jpg"]},
        "part of EasyImages": {"count": 2, "examples": ["favicon.ico", "index.html"]},
        "to be deleted by EasyImages": {"count": 1, "examples": ["2025/07/01_auto_delete/"]},
    }
    assert report["recycled"]["left"] == {
        "where it was is not known": {"count": 1, "examples": ["no_where.jpg"]},
        "another file is where it was": {"count": 1, "examples": ["2025_07_01_gsb7ly.bmp"]},
    }
    assert tree(desk.old) == before


# C 35
@pytest.mark.parametrize("flat, path", [
    ("2025_07_01_photo_1.jpg", "2025/07/01/photo_1.jpg"), ("anna_2025_07_04_a.jpg", "anna/2025/07/04/a.jpg"),
])
def test_recycled_files_without_a_log_go_back_to_a_folder_that_is_there(desk, flat, path):
    shutil.copy(SAMPLE / "i/2025/07/01/gsb1i5-0.jpg", desk.old / "i/recycle" / flat)
    assert desk.setup().take()["recycled"]["added"] == 3
    assert {"path": path, "recycled_name": flat} in desk.rows("SELECT path, recycled_name FROM file WHERE state = 2")


def test_a_second_run_adds_what_is_new_and_leaves_settings_alone(desk):
    desk.setup().take()
    desk.run("settings", "set", "gallery_size", "44")
    shutil.copy(SAMPLE / "i/2025/07/01/gsb1i5-0.jpg", desk.old / "i/2025/07/28/new.jpg")
    desk.edit("config/api_key.php", "'09d7b6c2f4a81e3570bd924c6ea8f113'", "'newtoken'=>Array('id'=>9,'expired'=>4116536100),'09d7b6c2f4a81e3570bd924c6ea8f113'")
    desk.edit("config/config.guest.php", "'anna'", "'bert'=>Array('password'=>'" + "a" * 64 + "','expired'=>4116536100),'anna'")
    report = desk.take()
    assert report["files"]["added"] == 1 and report["files"]["known"] == 24
    assert [token["state"] for token in report["tokens"]] == ["known", "known", "added", "known"]
    assert [account["state"] for account in report["accounts"]] == ["known", "added", "known", "known"]
    assert report["settings"]["taken"] is False and report["settings"]["different"] == ["gallery_size"]
    assert desk.run("settings", "get", "gallery_size") == "44\n"
    assert desk.take("--settings")["settings"]["taken"] is True
    assert desk.run("settings", "get", "gallery_size") == "10\n"


def test_log_lines_that_came_later_find_their_files(desk):
    log = desk.old / "admin/logs/upload/2025-07.php"
    text = log.read_bytes()
    log.unlink()
    assert desk.setup().take()["logs"]["senders"] == 0
    log.write_bytes(text)
    report = desk.take()
    assert report["logs"]["matched"] == 24 and report["logs"]["senders"] == 24
    assert desk.rows("SELECT COUNT(*) AS n FROM upload_record") == [{"n": 24}]


def test_a_log_that_makes_no_sense_is_told_and_no_reason_to_stop(desk):
    (desk.old / "admin/logs/upload/2025-08.php").write_text("<?php $logs=Array('a'=>phpinfo());")
    report = desk.setup().take()
    assert report["logs"]["unreadable_files"] == ["admin/logs/upload/2025-08.php: line 1, key 'a': only texts, numbers and arrays are read, "
                                                  "not \"phpinfo());\""]
    assert report["files"]["added"] == 24


def interrupted(desk, with_signal):
    """Whether a first import into a new data folder met the signal after its first rows."""
    shutil.rmtree(desk.data, ignore_errors=True)
    desk.setup()
    command = [binaries() / "imagebed", "import", "easyimages", desk.old, "--data", desk.data, "--json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=as_in_a_terminal)
    until(lambda: desk.rows("SELECT COUNT(*) AS n FROM file")[0]["n"] > 0, pause=0.01)
    process.send_signal(with_signal)
    return process.wait() == -with_signal


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_import_goes_on(desk, with_signal):
    picture = (SAMPLE / "i/2025/07/01/gsb9xo-2.png").read_bytes()
    for day in range(1, 21):
        folder = desk.old / f"i/2024/01/{day:02}"
        folder.mkdir(parents=True)
        for number in range(500):
            (folder / f"{number}.png").write_bytes(picture)
    if not any(interrupted(desk, with_signal) for _ in range(5)):
        pytest.skip("the import was always over before it could be interrupted")
    done = desk.rows("SELECT COUNT(*) AS n FROM file")[0]["n"]
    assert 0 < done < 10_024
    report = desk.take()
    assert (report["files"]["known"], report["files"]["added"]) == (done, 10_024 - done)
    assert desk.rows("SELECT COUNT(*) AS n, COUNT(DISTINCT path) AS paths FROM file WHERE state = 0") == [{"n": 10_024, "paths": 10_024}]
    assert desk.rows(counted.LISTED_PICTURES) == [{"value": 10_024}]
    assert desk.take()["files"]["added"] == 0


@pytest.mark.parametrize("harm, level, words", [
    (lambda desk: None, "ok", "its pictures are in"),
    (lambda desk: (desk.data / "easyimages").chmod(0o755), "problem", "everybody on this machine can read"),
    (lambda desk: shutil.rmtree(desk.data / "easyimages"), "warning", "there is no way back to PHP"),
    (lambda desk: (desk.old / "i").rename(desk.old / "j"), "problem", "which is not there"),
    (lambda desk: ((desk.data / "uploads").unlink(), (desk.data / "uploads").mkdir()), "problem", "does not lead to the old site's"),
])
def test_the_doctor_knows_a_site_that_was_taken_over(desk, harm, level, words):
    desk.setup().take()
    harm(desk)
    findings = [finding for finding in json.loads(desk.call("doctor", "--json").stdout) if finding["subject"] == "old site"]
    assert [(finding["level"], words in finding["says"]) for finding in findings] == [(level, True)]


def test_the_doctor_does_not_want_an_old_tree_made_anew(desk):
    desk.setup().take()
    (desk.old / "i").rename(desk.old / "j")
    findings = [finding for finding in json.loads(desk.call("doctor", "--json").stdout) if finding["level"] == "problem"]
    assert [finding["subject"] for finding in findings] == ["old site", "site"]
    assert not any("imagebed setup" in json.dumps(finding) for finding in findings)


def test_a_watermark_that_cannot_be_put_is_told(desk):
    desk.edit("config/config.php", "'watermark'=>0", "'watermark'=>1")
    warnings = desk.setup().take()["warnings"]
    assert len(warnings) == 1 and "watermark_font" in warnings[0] and "watermark off" in warnings[0]


def test_what_php_restored_after_a_rollback_is_there_again(desk):
    desk.setup().take()
    bin_, day = desk.old / "i/recycle", desk.old / "i/2025/07/28"
    (bin_ / "2025_07_28_dba7xj.jpg").rename(day / "dba7xj.jpg")
    files = desk.take()["files"]
    assert (files["seen"], files["added"] + files["known"]) == (25, 25)
    assert desk.rows("SELECT state, recycled_name FROM file WHERE path = '2025/07/28/dba7xj.jpg'") == [{"state": 0, "recycled_name": None}]


def test_a_file_where_a_deleted_one_was_has_a_row_of_its_own(desk):
    desk.setup().take()
    picture = (SAMPLE / "i/2025/07/01/gsb9xo-2.png").read_bytes()
    (desk.old / "i/2025/07/28/dba7xj.jpg").write_bytes(picture)
    assert desk.take()["files"]["added"] == 1
    rows = desk.rows("SELECT path, state, type FROM file WHERE path LIKE '2025/07/28/dba7xj%' ORDER BY path")
    assert rows == [{"path": "2025/07/28/dba7xj.jpg", "state": 0, "type": "png"}, {"path": "2025/07/28/dba7xj_1.jpg", "state": 2, "type": "jpeg"}]
    assert desk.take()["recycled"] == {"seen": 2, "added": 0, "known": 2, "left": {}}


def test_names_do_not_steer_the_terminal(desk):
    (desk.old / "i/2025/07/a\x1b[2J\nnote: all is well\u202e.jpg").write_bytes(b"x")
    said = desk.setup().run("import", "easyimages", desk.old)
    assert "2025/07/a%1B%5B2J%0Anote%3A%20all%20is%20well%E2%80%AE.jpg" in said and "\x1b" not in said and "\nnote: all" not in said
