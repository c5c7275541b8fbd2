# The way back to PHP: what did not change is byte for byte what the old program wrote, and what changed here is in it.

import hashlib
import json
import os
import shutil

import pytest

import engines
from old_desk import Desk, everything, tree
from old_site import SAMPLE

FILES = ["config/config.php", "config/api_key.php", "config/config.guest.php", "admin/logs/upload/2025-07.php"] + [
    f"admin/logs/ipcounts/2025-07-{day}.php" for day in ("01", "04", "15", "28")]


@pytest.fixture
def desk(tmp_path):
    taken = Desk(tmp_path).setup()
    taken.take()
    return taken


def export(desk, *options):
    return json.loads(desk.run("export", "easyimages", desk.folder / "out", "--json", *options))


def written(desk, name):
    return (desk.folder / "out" / name).read_bytes()


def sample(name):
    return (SAMPLE / name).read_bytes()


def test_unchanged_data_comes_back_byte_for_byte(desk):
    report = export(desk)
    assert report == {"folder": f"{desk.folder}/out", "files": dict.fromkeys(FILES, "written"), "settings": [], "tokens": [],
                      "accounts": [], "uploads": 0, "remaining": []}
    assert tree(desk.folder / "out") == {name: sample(name) for name in FILES}
    assert {path.stat().st_mode & 0o777 for path in (desk.folder / "out").rglob("*.php")} == {0o600}
    assert export(desk)["files"] == dict.fromkeys(FILES, "unchanged")


def test_into_the_old_site_itself_nothing_is_written(desk):
    before = everything(desk.folder)
    report = json.loads(desk.run("export", "easyimages", desk.old, "--json"))
    assert report["files"] == dict.fromkeys(FILES, "unchanged")
    assert everything(desk.folder) == before


def test_a_rehearsal_writes_nothing(desk):
    before = everything(desk.folder)
    assert export(desk, "--dry-run")["files"] == dict.fromkeys(FILES, "written")
    assert everything(desk.folder) == before


def test_settings_that_changed_here_change_there(desk):
    for key, value in (("image_max_bytes", "7MB"), ("anonymous_upload", "off"), ("name_style", "md5"), ("thumbnail_mode", "upload"),
                       ("hide_key", "it's \\ new"), ("public_numbers_list", "today,month"), ("terms", "two\nlines")):
        desk.run("settings", "set", key, value)
    report = export(desk)
    assert report["settings"] == ["mustLogin", "imgName", "maxSize", "thumbnail", "public_list", "hide_key", "terms"]
    text = sample("config/config.php").decode()
    for old, new in (("'maxSize'=>5242880", "'maxSize'=>7340032"), ("'mustLogin'=>0", "'mustLogin'=>1"),
                     ("'imgName'=>'default'", "'imgName'=>'md5'"), ("'thumbnail'=>1", "'thumbnail'=>2"),
                     ("'sample hide \\'key\\' 1'", "'it\\'s \\\\ new'"), ("'<p>Sample terms</p>'", "'two\nlines'"),
                     ("0=>'time',\n\t\t1=>'today',\n\t\t2=>'file',\n\t\t3=>'dir',\n\t\t4=>'month'", "0=>'today',\n\t\t1=>'month'")):
        assert text.count(old) == 1
        text = text.replace(old, new)
    assert written(desk, "config/config.php").decode() == text


@pytest.mark.parametrize("zone", ["Mars/Olympus", "No zone", "asia/shanghai", "../../etc/passwd"])
def test_a_time_zone_that_is_unknown_here_comes_back_as_it_was(tmp_path, zone):
    """PHP may know it, or nobody: the text is the old site's."""
    desk = Desk(tmp_path).setup()
    desk.edit("config/config.php", "'timezone'=>'Asia/Shanghai'", f"'timezone'=>'{zone}'")
    assert "time_zone" in desk.take()["settings"]["adjusted"]
    assert export(desk)["settings"] == []
    assert written(desk, "config/config.php") == (desk.old / "config/config.php").read_bytes()
    desk.run("settings", "set", "gallery_size", "11")
    assert export(desk)["settings"] == ["listNumber"]
    assert f"'timezone'=>'{zone}'".encode() in written(desk, "config/config.php")
    desk.run("settings", "set", "time_zone", "Europe/Berlin")
    export(desk)
    assert b"'timezone'=>'Europe/Berlin'" in written(desk, "config/config.php")


def test_this_machines_own_time_zone_cannot_go_back(desk):
    """An empty one means Shanghai there."""
    desk.run("settings", "set", "time_zone", "")
    report = export(desk)
    assert report["settings"] == [] and any("time_zone" in each and "Asia/Shanghai" in each for each in report["remaining"])
    assert written(desk, "config/config.php") == sample("config/config.php")


def test_unknown_settings_survive_with_their_order(desk):
    desk.edit("config/config.php", "'theme'=>'green'", "'of_a_plugin'=>'x',\n\t'theme'=>'green'")
    assert desk.take()["settings"]["unknown"] == ["of_a_plugin"]
    desk.run("settings", "set", "gallery_size", "11")
    export(desk)
    assert written(desk, "config/config.php") == (desk.old / "config/config.php").read_bytes().replace(
        b"'listNumber'=>10", b"'listNumber'=>11")


def test_ended_tokens_and_accounts_end_there(desk):
    desk.run("key", "revoke", "1")
    desk.run("user", "disable", "anna")
    report = export(desk)
    assert (report["tokens"], report["accounts"]) == ([0], ["anna"])
    ended = desk.rows("SELECT revoked_at FROM api_key WHERE id = 1")[0]["revoked_at"]
    assert written(desk, "config/api_key.php") == sample("config/api_key.php").replace(b"4116536100", b"%d" % ended, 1)
    ended = desk.rows("SELECT disabled_at FROM account WHERE name = 'anna'")[0]["disabled_at"]
    assert written(desk, "config/config.guest.php") == sample("config/config.guest.php").replace(b"4116536100", b"%d" % ended, 1)


def test_what_is_only_a_digest_stays_behind_and_is_told(desk):
    desk.run("user", "add", "clara")
    desk.run("key", "create", "--user", "clara", "--scopes", "upload")
    desk.run("user", "password", "keeper")
    remaining = export(desk)["remaining"]
    assert len(remaining) == 3
    for words in ("1 API keys that were made here", "the password of keeper", "the account clara"):
        assert any(words in each for each in remaining)


def test_uploads_that_were_made_here_are_added_to_the_log(desk):
    picture = sample("i/2025/07/01/gsb1i5-0.jpg")
    for place, moment in (("2025/07/31/a<b>.jpg", 1753977599), ("2025/08/01/b.jpg", 1753977600)):
        (desk.old / "i" / place).parent.mkdir(parents=True)
        (desk.old / "i" / place).write_bytes(picture)
        engines.query(desk.data, f"""INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
            VALUES ('{place}', 'it''s <1>.jpg', 'jpeg', 'image', {len(picture)}, ?, ?, {moment})""", os.urandom(32), os.urandom(32))
        desk.rows("INSERT INTO upload_record SELECT MAX(id), '192.0.2.9', 4711, 'curl/8 \\', '2' FROM file")
    assert export(desk)["uploads"] == 2
    entry = f"""'{{name}}'=>Array
\t\t(
\t\t'source'=>'it&#039;s &lt;1&gt;.jpg',
\t\t'date'=>'{{date}}',
\t\t'ip'=>'192.0.2.9',
\t\t'port'=>4711,
\t\t'user_agent'=>'curl/8 \\\\',
\t\t'path'=>'/i/{{path}}',
\t\t'size'=>'1.38KB',
\t\t'md5'=>'{hashlib.md5(picture).hexdigest()}',
\t\t'checkImg'=>'OFF',
\t\t'from'=>2
\t\t)
\t);"""
    july = sample("admin/logs/upload/2025-07.php").decode().removesuffix("\n\t);")
    assert written(desk, "admin/logs/upload/2025-07.php").decode() == july + ",\n\t" + entry.format(
        name="a<b>.jpg", date="2025-07-31 23:59:59", path="2025/07/31/a<b>.jpg")
    assert written(desk, "admin/logs/upload/2025-08.php").decode() == "<?php\r\n$logs=Array\n\t(\n\t" + entry.format(
        name="b.jpg", date="2025-08-01 00:00:00", path="2025/08/01/b.jpg")


def test_counters_that_grew_here(desk):
    desk.rows("UPDATE upload_count SET count = 9 WHERE day = '2025-07-28'")
    desk.rows("INSERT INTO upload_count VALUES ('2025-07-29', '2001:db8::1', 3)")
    export(desk)
    assert written(desk, "admin/logs/ipcounts/2025-07-28.php") == sample("admin/logs/ipcounts/2025-07-28.php").replace(b"=>7", b"=>9")
    assert written(desk, "admin/logs/ipcounts/2025-07-29.php") == b"<?php\r\n$ipcounts=Array\n\t(\n\t'2001:db8::1'=>3\n\t);"


def test_files_that_somebody_changed_since_are_replaced_only_by_force(desk):
    changed = sample("config/config.php").replace(b"'theme'=>'green'", b"'theme'=>'red'")
    (desk.old / "config/config.php").write_bytes(changed)
    before = everything(desk.folder)
    done = desk.call("export", "easyimages", desk.old)
    assert done.returncode == 1 and "config/config.php" in done.stderr and "--force" in done.stderr
    assert everything(desk.folder) == before
    desk.run("export", "easyimages", desk.old, "--force")
    assert (desk.old / "config/config.php").read_bytes() == sample("config/config.php")
    assert (desk.data / "easyimages/replaced/config/config.php").read_bytes() == changed


def test_an_earlier_export_is_replaced(desk):
    desk.run("settings", "set", "gallery_size", "11")
    desk.run("export", "easyimages", desk.old)
    desk.run("settings", "set", "gallery_size", "12")
    desk.run("export", "easyimages", desk.old)
    assert b"'listNumber'=>12" in (desk.old / "config/config.php").read_bytes()


def test_a_site_that_took_over_nothing_has_nothing_to_give_back(tmp_path):
    desk = Desk(tmp_path).setup()
    done = desk.call("export", "easyimages", tmp_path / "out")
    assert done.returncode == 1 and "has taken over no EasyImages site" in done.stderr


def test_what_came_back_can_be_taken_over_again(desk):
    export(desk)
    shutil.copytree(SAMPLE / "i", desk.folder / "out/i")
    again = Desk.__new__(Desk)
    again.folder, again.old, again.data = desk.folder, desk.folder / "out", desk.folder / "var2"
    report = again.setup().take()
    assert (report["files"]["added"], report["recycled"]["added"], report["logs"]["matched"]) == (24, 2, 24)
