# Files that a real site does not take, and times at which it takes none: each has its sentence in each language, the focus is on it, and the
# rest of the queue goes on. The numbers at the tests are those of the design's acceptance checks.

import json
import pathlib
import re
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

from running_site import until  # noqa: E402
from test_disk import file_system, fill  # noqa: E402
from tus import Tus  # noqa: E402
from upload_page import LOST  # noqa: E402
from upload_site import MEGABYTE, count, files, opened_page, upload_site  # noqa: E402, F401
from upload_stub import words  # noqa: E402

NAMES = ["zh-CN", "zh-TW", "en"]
LANGUAGES = pytest.mark.parametrize("language", NAMES)
LIMITS = {"image_max_bytes": "10MB", "video_max_bytes": "10MB"}
# Small files go by the form of the replaced page, large ones in pieces; what is said of them does not depend on that.
WAYS = pytest.mark.parametrize("way, language", [*(("form", name) for name in NAMES), ("pieces", "zh-CN")])


def limited(site):
    for key, value in LIMITS.items():
        site.imagebed("settings", "set", key, value)
    return site


@pytest.fixture(scope="module")
def site():
    with upload_site("nginx") as running:
        yield limited(running)


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory):
    """A site on a file system of 96 MB."""
    with file_system(tmp_path_factory.mktemp("small") / "disk", "96m") as folder, upload_site("nginx", data=folder / "var") as running:
        running.imagebed("settings", "set", "minimum_free_bytes", "0")
        yield limited(running)


def sentence(page, language, word, **holes):
    """What the page's scripts say; the types are those of the site."""
    holes = {"types": page.browser.run("return document.getElementById('upload').dataset.types"), **holes}
    return re.sub(r"\{(\w+)\}", lambda hole: holes[hole[1]], words(language)[word])


def large(files, name="clip.mp4"):  # noqa: F811
    return files.video(name, 9 * MEGABYTE)


# Files

@LANGUAGES
def test_4_twenty_megabytes_too_many(site, browser, files, language):  # noqa: F811
    with opened_page(site, browser, language=language) as page:
        page.choose(files.picture(size=30 * MEGABYTE), files.video("clip.mp4", 30 * MEGABYTE), files.picture())
        page.until("refused", "refused", "done")
        expected = sentence(page, language, "tooLarge", size="30 MB", limit="10 MB")
        assert page.told()[:2] == [expected] * 2 and page.focused() == expected
        # They were not sent.
        assert site.network.sent < MEGABYTE


@WAYS
def test_4_too_large_since_the_page_was_opened(site, browser, files, language, way):  # noqa: F811
    browser.allowed = LOST
    before = count(site)
    with opened_page(site, browser, language=language) as page:
        lowered, path, size, limit = {
            "form": ({"image_max_bytes": "1MB"}, files.picture(size=2 * MEGABYTE), "2 MB", "1 MB"),
            "pieces": ({"image_max_bytes": "8MB", "video_max_bytes": "8MB"}, large(files), "9 MB", "8 MB"),
        }[way]
        with site.setting(**lowered):
            page.choose(path, files.picture())
            page.until("refused", "done")
        assert page.told()[0] == page.focused() == sentence(page, language, "tooLarge", size=size, limit=limit)
    assert count(site) == before + 1


@LANGUAGES
def test_4_larger_than_the_web_server_takes(site, browser, files, language):  # noqa: F811
    """It reads the limits again when they change, and refuses the body itself."""
    with opened_page(site, browser, language=language) as page, site.setting(image_max_bytes="1MB", video_max_bytes="1MB"):
        site.reload_web_server()
        page.choose(files.picture(size=7 * MEGABYTE), files.picture())
        page.until("refused", "done")
        assert page.told()[0] == page.focused() == sentence(page, language, "tooLargeForServer")
    site.reload_web_server()


@pytest.mark.parametrize("kind, language", [(kind, name) for kind in ["name", "content"] for name in NAMES] + [("content in pieces", "zh-CN")])
def test_4_wrong_type(site, browser, files, language, kind):  # noqa: F811
    name, content = {"name": ("page.psd", b"8BPS"), "content": ("a.jpg", b"text"), "content in pieces": ("clip.mp4", b"text" * (9 << 18))}[kind]
    before = count(site)
    with opened_page(site, browser, language=language) as page:
        # What is in a large file is seen in its answer, which browsers count as a failed request.
        browser.allowed = LOST
        page.choose(files.file(name, content), files.picture())
        page.until("refused", "done")
        assert page.told()[0] == page.focused() == sentence(page, language, "wrongType" if kind == "name" else "wrongContent")
    assert count(site) == before + 1 and site.query("SELECT count(*) FROM resumable_upload WHERE state = 0") == [(0,)]


# Senders

@WAYS
def test_4_daily_limit(site, browser, files, language, way):  # noqa: F811
    browser.allowed = LOST
    today = site.query("SELECT coalesce(sum(count), 0) FROM upload_count")[0][0]
    with site.setting(anonymous_upload="on", daily_upload_limit=today + 1), opened_page(site, browser, session=False, language=language) as page:
        page.choose(files.picture())
        page.until("done")
        page.choose(large(files) if way == "pieces" else files.picture())
        page.until("done", "refused")
        assert page.told()[1] == page.focused() == sentence(page, language, "dailyLimit", limit=str(today + 1))
        site.imagebed("settings", "set", "daily_upload_limit", "0")
        page.choose(files.picture())
        page.until("done", "refused", "done")


@WAYS
def test_4_addresses_that_may_not_upload(site, browser, files, language, way):  # noqa: F811
    browser.allowed = LOST
    with opened_page(site, browser, language=language) as page:
        with site.setting(check_addresses="on", address_list="127.0.0.1"):
            page.choose(large(files) if way == "pieces" else files.picture())
            page.until("refused")
            assert page.told()[0] == page.focused() == sentence(page, language, "addressRefused")
        page.choose(files.picture())
        page.until("refused", "done")


# Times at which nothing is taken: the queue waits as a whole, and goes on

def stopped(page, language, word):
    """Waits for the sentence, with the focus on it, or in a dialog that does something about it."""
    expected = sentence(page, language, word)
    assert until(lambda: (page.notice() or "").startswith(expected)), (page.notice(), page.rows())
    assert until(lambda: page.browser.run("return document.activeElement.closest('#queue-reason, dialog[open]') !== null")), page.focused()
    assert "done" not in page.states()


def go_on(page, *states):
    """Without the dialog."""
    page.browser.run("document.querySelector('dialog[open]')?.close()")
    page.press("go-on")
    page.until(*states)
    assert page.notice() is None


@WAYS
def test_4_closed_site(site, browser, files, language, way):  # noqa: F811
    """Closed for visitors since they opened the page."""
    browser.allowed = LOST
    with site.setting(anonymous_upload="on"), opened_page(site, browser, session=False, language=language) as page:
        site.imagebed("settings", "set", "anonymous_upload", "off")
        page.choose(*([large(files)] if way == "pieces" else files.pictures(4)))
        stopped(page, language, "signInToGoOn")
        site.imagebed("settings", "set", "anonymous_upload", "on")
        go_on(page, *["done"] * (1 if way == "pieces" else 4))


@WAYS
def test_4_ended_session(site, browser, files, language, way):  # noqa: F811
    browser.allowed = LOST
    with opened_page(site, browser, language=language) as page:
        site.query("UPDATE session SET expires_at = 1")
        try:
            page.choose(*([large(files)] if way == "pieces" else files.pictures(4)))
            stopped(page, language, "signInToGoOn")
        finally:
            site.query("UPDATE session SET expires_at = ?", int(time.time()) + 3600)
        go_on(page, *["done"] * (1 if way == "pieces" else 4))


@WAYS
def test_4_full_disk(small_disk, browser, files, language, way):  # noqa: F811
    browser.allowed = LOST
    with opened_page(small_disk, browser, language=language) as page:
        fill(small_disk, MEGABYTE)
        try:
            page.choose(*([large(files)] if way == "pieces" else [files.picture(size=3 * MEGABYTE) for _ in range(4)]))
            stopped(page, language, "diskFull")
        finally:
            (small_disk.data / "filler").unlink()
        go_on(page, *["done"] * (1 if way == "pieces" else 4))


@LANGUAGES
def test_4_too_many_requests(site, browser, files, language):  # noqa: F811
    """An account has 16 unfinished uploads at most. That concerns the file which would be one more; the others arrive."""
    browser.allowed = LOST
    made = json.loads(site.imagebed("key", "create", "--user", "anna", "--name", "others", "--json").stdout)
    tus = Tus(site, made["key"])
    begun = [tus.begin(10) for _ in range(16)]
    try:
        with opened_page(site, browser, language=language) as page:
            page.choose(large(files), files.picture())
            page.until("paused", "done")
            assert sentence(page, language, "tooManyRequests") in page.told()[0] and page.notice() is None
            page.choose(files.picture())
            page.until("paused", "done", "done")
            for address in begun:
                tus.send("DELETE", address)
            page.press_row(0)
            page.until("done", "done", "done")
    finally:
        for address in begun:
            tus.send("DELETE", address)
