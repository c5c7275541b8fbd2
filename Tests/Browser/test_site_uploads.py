# The upload page of a real site behind each web server, over a network that a test cuts, holds and lets lose answers. The numbers at the tests
# are those of the design's acceptance checks.

import json
import os
import pathlib
import signal
import sys

import pytest
import requests
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
from network import CREATE, FORM, OFFSET, PIECE, REMOVE  # noqa: E402
from running_site import until  # noqa: E402
from upload_page import LOST, TOLD, UNTRUSTED, WATCH_PROGRESS  # noqa: E402
from upload_site import MEGABYTE, count, files, opened_page, same, stored, upload_site  # noqa: E402, F401
from upload_stub import words  # noqa: E402

KILOBYTE = 1 << 10
LARGE = 300 * MEGABYTE
# The largest that goes in one request, and more than the kernel keeps of what is sent: what is held of it the page has not sent yet.
SMALL = 8 * MEGABYTE
BROKEN = [*LOST, "net::ERR"]


@pytest.fixture(scope="module", params=["nginx", "apache"])
def site(request):
    with upload_site(request.param) as running:
        running.imagebed("settings", "set", "video_max_bytes", "400MB")
        yield running


@pytest.fixture
def page(site, browser):
    with opened_page(site, browser) as page:
        yield page


@pytest.fixture
def network(site):
    return site.network


# Ways in

def test_1_thirty_files_at_once(page, site, network, files):  # noqa: F811
    """Three are in flight at any moment; the links are in the order of the files."""
    paths = files.pictures(30)
    network.hold_answers(FORM)
    page.choose(*paths)
    network.until(lambda: network.asked[FORM] == 3)
    page.until(*["processing"] * 3, *["waiting"] * 27)
    network.release(FORM)
    page.until(*["done"] * 30)
    assert network.most_active == 3 and network.requests[FORM] == 30
    links = page.links()
    assert len(links) == 30 and all(same(stored(site, link), path) for link, path in zip(links, paths))


def test_1_links_in_order_whatever_ends_last(page, site, network, files):  # noqa: F811
    page.browser.allowed = BROKEN
    before, paths = count(site), [files.video("long.mp4", 9 * MEGABYTE), *files.pictures(2)]
    network.lose(FORM)
    network.lose(PIECE)
    page.choose(*paths)
    page.until("done", "done", "done")
    assert [same(stored(site, link), path) for link, path in zip(page.links(), paths)] == [True] * 3
    assert count(site) == before + 3 and network.most_active <= 3


def test_1_paste(page, site):
    content = pictures.still("png", 40, 30)
    page.paste("image.png", content, onto="#template")
    page.paste("image.png", content)
    page.until("done")
    assert stored(site, page.links()[0]).read_bytes() == content


def test_1_drop_of_files_and_folders(page, site, files):  # noqa: F811
    wanted = [files.picture(f"holiday/{name}") for name in ["2026/b.jpg", "2026/deep/c.jpg", "a.jpg"]] + [files.picture("d.jpg")]
    files.file("holiday/notes.txt", b"text")
    files.file("holiday/.DS_Store", b"text")
    page.drop(files.folder / "holiday", files.folder / "d.jpg")
    page.until(*["done"] * 4)
    assert [name for name, _ in page.rows()] == ["b.jpg", "c.jpg", "a.jpg", "d.jpg"]
    assert all(same(stored(site, link), path) for link, path in zip(page.links(), wanted))
    assert words("zh-CN")["passedOver"].replace("{count}", "1") in page.browser.run("return document.getElementById('toasts').textContent")


def test_1_the_history_has_old_and_new_files(page, site, files):  # noqa: F811
    """What the page leaves in the browser is what the replaced one left: the answer under the file's name."""
    old = {"result": "success", "code": 200, "url": site.url + "/i/2024/04/05/old.jpg", "srcName": "旧照片", "thumb": "", "del": ""}
    page.browser.run("localStorage.setItem(...arguments)", old["srcName"], json.dumps(old))
    page.choose(files.picture("新照片.jpg"), files.picture("other/旧照片.jpg"))
    page.until("done", "done")
    links, history = page.links(), page.history()
    assert {name: list(entry) for name, entry in history.items()} == {"旧照片": list(old), **dict.fromkeys(["新照片", "旧照片 (2)"], [*old, "name", "time"])}
    assert [history[name]["url"] for name in ["旧照片", "新照片", "旧照片 (2)"]] == [old["url"], *links]
    page.browser.open(site.network.url + "/app/history.php")
    page.browser.wait("document.querySelectorAll('.card').length === 3")
    shown = page.browser.run("return [...document.querySelectorAll('.card')].map(card => [card.querySelector('.name').textContent, card.querySelector('a').href])")
    assert sorted(shown) == sorted([["旧照片", old["url"]], ["新照片.jpg", links[0]], ["旧照片.jpg", links[1]]])
    # The old picture is not on this site.
    page.browser.allowed = LOST


def test_1_without_scripts(page, site, files):  # noqa: F811
    before, paths = count(site), files.pictures(2)
    page.browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.browser.open(page.url)
        page.choose(*paths)
        page.browser.driver.find_element(By.CSS_SELECTOR, "#upload button:not([type])").click()
        # The driver does not wait for what a press has begun where scripts do not run.
        assert until(lambda: page.browser.driver.find_elements(By.CSS_SELECTOR, "#links:not([hidden])"))
        links = page.browser.driver.find_element(By.CSS_SELECTOR, "#format-link textarea").get_attribute("value").splitlines()
    finally:
        page.browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert count(site) == before + 2 and all(same(stored(site, link), path) for link, path in zip(links, paths, strict=True))


# Networks that fail

def test_2_three_hundred_megabytes(page, site, network, files):  # noqa: F811
    """The network is cut half-way, later the responder is killed with a piece, at last the last answer is lost: one file, sent hardly more
    than once, and progress that never falls."""
    page.browser.allowed = BROKEN
    page.browser.run(WATCH_PROGRESS)
    before, path = count(site), files.video("clip.mp4", LARGE)
    network.hold_after(LARGE // 2)
    network.lose(PIECE, lambda headers: int(headers["Upload-Offset"]) + int(headers["Content-Length"]) == LARGE)
    page.choose(path)
    network.until_held()
    network.cut()
    network.until(lambda: network.refused > 0)
    page.until("paused")
    assert page.told()[0].startswith(words("zh-CN")["connectionLost"])
    network.mend()
    network.hold_after(70 * MEGABYTE)
    network.until_held()
    kill_at_work(site, network, "tus", PIECE)
    page.until("done")
    assert count(site) == before + 1 and same(stored(site, page.links()[0]), path)
    assert network.sent <= 1.1 * LARGE, f"{network.sent} bytes for {LARGE}"
    assert page.browser.run("return shown[0].every((value, place) => value >= (shown[0][place - 1] ?? 0))")
    assert not any(network.losses.values()) and network.requests[CREATE] == 1


def kill_at_work(site, network, name, kind):
    """Lets what was held go on, and kills the responders when one of them has such a request."""
    with site.frozen(name) as processes:
        network.go_on()
        network.until(lambda: network.asked[kind] > 0)
        for process in processes:
            os.kill(process, signal.SIGKILL)


@pytest.mark.parametrize("fault", ["answer lost", "network cut", "responder killed"])
def test_2_a_small_file_is_stored_once(page, site, network, files, fault):  # noqa: F811
    page.browser.allowed = BROKEN
    before, path = count(site), files.picture(size=2 * MEGABYTE)
    if fault == "answer lost":
        network.lose(FORM)
    else:
        network.hold_after(MEGABYTE)
    page.choose(path)
    if fault == "network cut":
        network.until_held()
        network.cut()
        page.until("paused")
        network.mend()
        network.go_on()
    elif fault == "responder killed":
        network.until_held()
        kill_at_work(site, network, "app-upload", FORM)
    page.until("done")
    assert count(site) == before + 1 and same(stored(site, page.links()[0]), path)


# Reload

def reload_in_the_middle(page, network, path, sent):  # noqa: F811
    """Loads the page again when so many bytes of the file have been sent, and waits until all of it is stored."""
    network.hold_after(sent)
    page.choose(path)
    network.until_held()
    page.kept(1)
    page.open()
    network.go_on()
    page.until("done")


def test_3_a_small_file_goes_on_after_a_reload(page, site, network, files):  # noqa: F811
    page.browser.allowed = BROKEN
    before, path = count(site), files.picture(size=SMALL)
    reload_in_the_middle(page, network, path, MEGABYTE)
    assert count(site) == before + 1 and same(stored(site, page.links()[0]), path)
    page.kept(0)


def test_3_a_large_file_goes_on_after_a_reload(page, site, network, files):  # noqa: F811
    """From what the server has, not from the beginning."""
    page.browser.allowed = BROKEN
    before, path = count(site), files.video("clip.mp4", 30 * MEGABYTE)
    reload_in_the_middle(page, network, path, 15 * MEGABYTE)
    assert count(site) == before + 1 and same(stored(site, page.links()[0]), path)
    assert network.requests[CREATE] == 1 and network.requests[OFFSET] >= 1 and network.sent <= 48 * MEGABYTE


def test_3_a_very_large_file_is_chosen_again(page, site, network, files):  # noqa: F811
    """Browsers do not keep it; another one with its name is refused."""
    page.browser.allowed = BROKEN
    before, path = count(site), files.video("clip.mp4", 80 * MEGABYTE)
    other = files.file("other/clip.mp4", path.read_bytes()[:5000])
    network.hold_after(40 * MEGABYTE)
    page.choose(path)
    network.until_held()
    page.kept(1)
    page.open()
    network.go_on()
    page.browser.wait(f"{TOLD}[0] === arguments[0]", words("zh-CN")["chooseSame"])
    # A press of a person, because a script alone opens no chooser; the chooser itself is the test's.
    page.browser.tell("Page.setInterceptFileChooserDialog", enabled=True)
    try:
        button = page.browser.driver.find_element(By.CSS_SELECTOR, "#rows .act")
        button.click()
        page.choose(other)
        page.browser.wait("document.querySelector('.toast.bad')?.textContent.includes(arguments[0])",
                          words("zh-CN")["notSameFile"].replace("{name}", "clip.mp4"))
        assert page.rows() == [["clip.mp4", "paused"]]
        button.click()
        page.choose(path)
    finally:
        page.browser.tell("Page.setInterceptFileChooserDialog", enabled=False)
    page.until("done")
    assert count(site) == before + 1 and same(stored(site, page.links()[0]), path)
    assert network.requests[CREATE] == 1 and network.sent <= 1.25 * path.stat().st_size


# Cancel

@pytest.mark.parametrize("size", [8, 20, 80], ids="{} MB".format)
@pytest.mark.parametrize("reloaded", [False, True], ids=["at once", "after a reload"])
def test_3_cancel_leaves_nothing_on_disk(page, site, network, files, size, reloaded):  # noqa: F811
    """Neither a file nor a draft, a row, or a body that the web server has begun to take."""
    page.browser.allowed = BROKEN
    before = everything(site)
    path = files.picture(size=SMALL) if size == 8 else files.video("clip.mp4", size * MEGABYTE)
    network.hold_after(MEGABYTE if size == 8 else size * MEGABYTE // 2)
    page.choose(path)
    network.until_held()
    page.kept(1)
    if reloaded:
        page.open()
        page.until("sending" if size < 64 else "paused")
    assert size == 8 or everything(site) != before
    # One that has to be chosen again has another button first.
    page.press_row(0, "second" if reloaded and size == 80 else "act")
    page.until("cancelled")
    network.go_on()
    if size > 8:
        network.until(lambda: network.requests[REMOVE] > 0)
    page.kept(0)
    network.until(lambda: not network.open)
    assert until(lambda: everything(site) == before), (everything(site), before)
    assert page.history() == {} and page.links() == []


def test_3_cancel_of_what_the_server_has_already(page, site, network, files):  # noqa: F811
    with site.setting(recycle="off"):
        before = everything(site)
        network.hold_answers(FORM)
        page.choose(files.picture())
        network.until(lambda: network.asked[FORM] > 0)
        page.until("processing")
        page.press_row(0)
        network.release(FORM)
        page.until("cancelled")
        assert until(lambda: everything(site) == before), (everything(site), before)
    assert page.history() == {}


def everything(site):
    """What uploads leave, but for the number of all that there ever were."""
    return {**site.inventory(), "counters": None, "resumable": site.query("SELECT count(*) FROM resumable_upload")}


# What it costs

def test_20_a_first_visit(site, browser):
    """What comes over the wire, compressed, before anybody uploads; over plain http, where no worker loads more afterwards."""
    browser.allowed = UNTRUSTED
    browser.tell("Network.clearBrowserCache")
    with opened_page(site, browser, site.network.named_url) as page:
        page.browser.wait("document.readyState === 'complete'")
        site.network.until(lambda: not site.network.open)
        sizes = site.network.received
        html, styles, scripts = (sum(size for kind, size in sizes.items() if kind.endswith(end)) for end in ["/", ".css", ".js"])
        assert 0 < html <= 6 * KILOBYTE and 0 < styles <= 9 * KILOBYTE and 0 < scripts <= 22 * KILOBYTE, sizes
        assert html + styles + scripts <= 40 * KILOBYTE and "/uploading.js" not in str(sizes)
        assert site.network.requests.total() <= 12, sizes
