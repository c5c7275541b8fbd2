# Where files of the old forms go, what they are called, and what is written down of their senders.

import datetime
import re

import pytest

import pictures
from accounts import session_of
from old_forms import OldClient, failed, new_token, succeeded
from running_site import Site
from transcripts import VECTORS

PHOTO = pictures.jpeg(320, 200)


@pytest.fixture(scope="module")
def old_site():
    with Site() as site:
        for key, value in {"anonymous_upload": "on", "uploads_path": "/i/", "time_zone": "Asia/Shanghai"}.items():
            site.imagebed("settings", "set", key, value)
        # The zone is a process's own: it counts after a restart.
        site.stop()
        yield site.start()


@pytest.fixture(scope="module")
def old(old_site):
    return OldClient(old_site, new_token(old_site, number=7))


def folder_of(answer):
    """Below the tree, with the day of the site's zone as the word DAY."""
    path = re.search(r"/i/(.*)/[^/]+$", answer["url"])
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).strftime("%Y/%m/%d")
    return (path[1] if path else "").replace(today, "DAY")


def name_of(answer):
    return answer["url"].rsplit("/", 1)[1]


def test_folders_of_days(old):
    assert folder_of(succeeded(old.api(PHOTO))) == folder_of(succeeded(old.page(PHOTO))) == "DAY"


@pytest.mark.parametrize("format, pattern", [("Y/m", r"\d{4}/\d\d"), ("\\i\\m\\g/Y/", r"img/\d{4}"), ("", ""), ("../../tmp/", "DAY"), ("\\c\\a\\c\\h\\e/", "DAY")])
def test_folder_format(old, old_site, format, pattern):
    with old_site.setting(folder_format=format):
        answer = succeeded(old.api(PHOTO))
    assert re.fullmatch(pattern, folder_of(answer)) and old.stored(answer).read_bytes() == PHOTO


def test_folder_of_a_token(old, old_site):
    with old_site.setting(folder_by_token="on", folder_format="Y/"):
        assert folder_of(succeeded(old.api(PHOTO))) == "7/DAY"
        assert re.fullmatch(r"\d{4}", folder_of(succeeded(old.page(PHOTO))))


def test_folders_of_users(old, old_site):
    anna, boss = session_of(old_site, "anna"), session_of(old_site, "boss", "admin")
    with old_site.setting(folder_by_user="on", folder_of_admin="on", admin_folder="u"):
        assert folder_of(succeeded(old.page(PHOTO, cookies=anna))) == "anna/DAY"
        assert folder_of(succeeded(old.page(PHOTO, cookies=boss))) == "u/DAY"
        assert folder_of(succeeded(old.page(PHOTO))) == "DAY"
        # A script's token is no login.
        assert folder_of(succeeded(old.api(PHOTO, cookies=anna))) == "DAY"
    assert folder_of(succeeded(old.page(PHOTO, cookies=anna))) == "DAY"
    owner = old_site.query("SELECT account.name FROM file JOIN account ON account.id = account_id ORDER BY file.id DESC LIMIT 1")
    assert owner == [("anna",)]


@pytest.mark.parametrize("folder", ["cache", "recycle", "../x", "...", "<b>"])
def test_folders_that_are_none(old, old_site, folder):
    boss = session_of(old_site, "boss", "admin")
    with old_site.setting(folder_of_admin="on", admin_folder=folder):
        seen = folder_of(succeeded(old.page(PHOTO, cookies=boss)))
    assert seen in ("DAY", "x/DAY")


PATTERNS = {style: pattern.partition(" ")[0].strip("^$") for style, pattern in VECTORS["name_patterns"].items() if style != "source"}


@pytest.mark.parametrize("style", PATTERNS)
def test_name_styles(old, old_site, style):
    """A number stands behind a name that was taken."""
    body = f"(?:{PATTERNS[style]})"
    with old_site.setting(name_style="short" if style == "default" else style):
        assert re.fullmatch(body + r"-7(_\d+)?\.jpg", name_of(succeeded(old.api(PHOTO))))
        assert re.fullmatch(body + r"(_\d+)?\.jpg", name_of(succeeded(old.page(PHOTO))))
        with old_site.setting(name_with_token_id="off"):
            assert re.fullmatch(body + r"(_\d+)?\.jpg", name_of(succeeded(old.api(PHOTO))))


def test_source_names(old, old_site):
    with old_site.setting(name_style="source"):
        assert name_of(succeeded(old.api(PHOTO, "Été 1 (copy).JPG"))) == "Ete-1-copy-7.jpg"
        assert [name_of(succeeded(old.page(PHOTO, "假日 照片.jpg"))) for _ in range(3)] == ["假日-照片.jpg", "假日-照片_1.jpg", "假日-照片_2.jpg"]
        assert re.fullmatch(r"[0-9a-z]{2,7}\.jpg", name_of(succeeded(old.page(PHOTO, "???.jpg"))))
        long = name_of(succeeded(old.page(PHOTO, "x" * 250 + ".jpg")))
        assert long == "x" * 240 + ".jpg"


def test_converted_JPEG_is_called_jpeg(old, old_site):
    with old_site.setting(convert_format="jpeg"):
        assert name_of(succeeded(old.api(pictures.still("png", 300, 200), "a.png"))).endswith("-7.jpeg")


def test_a_site_with_duplicates_off(old, old_site):
    """A token's picture that was sent before is answered with the earlier file, as in the v1 API."""
    content = pictures.jpeg(177, 99)
    with old_site.setting(deduplicate="on"):
        first, second = succeeded(old.api(content)), succeeded(old.api(content))
        assert first["url"] == second["url"] and first["del"] == second["del"]
        assert succeeded(old.page(content))["url"] != succeeded(old.page(content))["url"]


def test_only_the_page_is_told_of_a_duplicate(old, old_site):
    """As in the v1 API; programs that were written for EasyImages get its members alone."""
    content, cookies = pictures.jpeg(178, 99), session_of(old_site, "twice")
    with old_site.setting(deduplicate="on"):
        first, second = [old.page(content, cookies=cookies).json() for _ in range(2)]
        assert "duplicate" not in first and second == {**first, "duplicate": True}
        assert "duplicate" not in [old.api(content).json() for _ in range(2)][1]


def test_records_of_senders(old, old_site):
    succeeded(old.api(PHOTO))
    assert old_site.query("SELECT COUNT(*) FROM upload_record") == [(0,)]
    agent = {"User-Agent": "PicGo <b>2.4</b>"}
    with old_site.setting(record_senders="on"):
        succeeded(old.api(PHOTO, headers=agent)), succeeded(old.page(PHOTO, headers=agent))
        failed(old.page(b"no picture"))
    rows = old_site.query("SELECT address, port, user_agent, way FROM upload_record ORDER BY file_id")
    assert [(address, program, way) for address, _, program, way in rows] == [
        ("127.0.0.1", "PicGo <b>2.4</b>", "7"), ("127.0.0.1", "PicGo <b>2.4</b>", "web")]
    assert all(1024 < port < 65536 for _, port, _, _ in rows)
