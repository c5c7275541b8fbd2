# The upload page's scripts in Chromium against a stub of the server (upload_stub.py), which can hold, refuse, drop and lose what it is sent.
# The numbers at the tests are those of the design's acceptance checks.

import gzip
import hashlib
import json
import os
import pathlib
import re
import sys
import time

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

from running_site import until  # noqa: E402
from upload_page import LOST, STATES, TOLD, WATCH_PROGRESS, Page  # noqa: E402
from upload_stub import DROP, LOSE, MEGABYTE, ROOT, Stub, refusal, words  # noqa: E402

@pytest.fixture
def server():
    with Stub() as running:
        yield running


@pytest.fixture
def page(browser, server):  # noqa: F811
    """The page over plain http, open at the stub."""
    return Page(browser, server)


@pytest.fixture
def files(tmp_path):
    """Makes files: a number of small ones, or one of a size."""
    class Files:
        def small(self, count, first=0):
            return [self.sized(f"photo-{first + number}.jpg", 2_000 + number) for number in range(count)]

        def sized(self, name, size, begin=b""):
            path = tmp_path / name
            path.write_bytes((begin + hashlib.sha256(name.encode()).digest() * 64)[:min(size, 2048)])
            with path.open("r+b") as file:
                file.truncate(size)
            return path

    return Files()


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Sending

def test_1_thirty_files_three_in_flight(page, server, files):
    page.browser.run(WATCH_PROGRESS)
    paths = files.small(31)
    server.hold("upload")
    page.choose(*paths)
    page.browser.wait(f"{STATES}.filter(state => state === 'processing').length === 3")
    server.release("upload")
    page.until(*["done"] * 30)
    assert server.most_active == 3 and sorted(server.names) == sorted(path.name for path in paths[:30])
    assert words("zh-CN")["batchLimit"].replace("{limit}", "30") in page.browser.run("return document.getElementById('toasts').textContent")
    assert [re.sub(r".*/\d+-", "", link) for link in page.links()] == [path.name for path in paths[:30]]
    assert page.browser.run("return shown.every(row => row.every((value, place) => value >= (row[place - 1] ?? 0)))")


def test_1_links_in_the_order_of_the_queue(page, server, files):
    """Whatever order the answers come in."""
    server.hold("upload")
    first = files.small(1)
    page.choose(*first)
    page.until("processing")
    gate = server.gates.pop("upload")
    page.choose(*files.small(2, first=1))
    page.until("processing", "done", "done")
    gate.set()
    page.until("done", "done", "done")
    assert server.names[-1] == "photo-0.jpg" and [link[-11:] for link in page.links()] == ["photo-0.jpg", "photo-1.jpg", "photo-2.jpg"]


def test_1_the_history_is_that_of_the_old_page(page, server, files, tmp_path):
    same = tmp_path / "other" / "photo-0.jpg"
    same.parent.mkdir()
    same.write_bytes(b"another")
    page.choose(*files.small(1))
    page.until("done")
    page.choose(same)
    page.until("done", "done")
    history = page.history()
    assert sorted(history) == ["photo-0", "photo-0 (2)"]
    first, second = history["photo-0"].pop("time"), history["photo-0 (2)"]["time"]
    assert 0 <= second - first and abs(second - time.time() * 1000) < 600_000
    assert history["photo-0"] == {"result": "success", "code": 200, "url": f"{server.url}/i/1-photo-0.jpg", "srcName": "photo-0", "name": "photo-0.jpg",
                                  "thumb": f"{server.url}/t/1", "del": f"{server.url}/app/del.php?hash=1"}


def test_the_same_file_is_added_once(page, server, files):
    paths = files.small(2)
    page.choose(*paths)
    page.choose(paths[1])
    page.until("done", "done")
    assert sorted(server.names) == ["photo-0.jpg", "photo-1.jpg"]


def test_the_same_files_again_are_the_rest(page, server, files):
    """What is in the queue already does not count for the limit of one time."""
    paths = files.small(45)
    page.choose(*paths)
    page.until(*["done"] * 30)
    page.choose(*paths)
    page.until(*["done"] * 45)
    assert sorted(server.names) == sorted(path.name for path in paths)
    told = page.browser.run("return document.getElementById('toasts').textContent")
    assert words("zh-CN")["alreadyThere"].replace("{count}", "30") in told


def test_a_refused_file_can_be_chosen_again(page, server, files):
    server.fault("upload", (200, refusal(202, "游客限制每日上传 2 张")))
    path, = files.small(1)
    page.choose(path)
    page.until("refused")
    page.choose(path)
    page.until("done")
    assert server.names == ["photo-0.jpg"]


def test_files_that_differ_in_their_bytes_alone(page, server, tmp_path):
    """In the middle of a large one, too."""
    paths = []
    for folder, byte in [("one", b"1"), ("two", b"2")]:
        for name, size in [("a.jpg", 2_000), ("b.jpg", 3 * MEGABYTE)]:
            path = tmp_path / folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"x" * (size // 4) + byte * (size // 2) + b"x" * (size // 4))
            os.utime(path, (1_700_000_000, 1_700_000_000))
            paths.append(path)
    page.choose(*paths[:2])
    page.until("done", "done")
    page.choose(*paths[2:])
    page.until("done", "done", "done", "done")
    assert len({content for _, content in server.stored}) == 4


@pytest.mark.parametrize("fault", [DROP, LOSE, (503, refusal(503, "busy"), {"Retry-After": "1"}), (200, refusal(409, "running"))],
                         ids=["dropped", "answer lost", "busy", "earlier try at work"])
def test_2_a_failed_try_makes_no_second_file(page, server, files, fault):
    page.browser.allowed = LOST
    server.fault("upload", fault)
    page.choose(*files.small(1))
    page.until("paused")
    assert re.fullmatch(r"(网络断开|服务器正忙)，\d 秒后重试 \(1/8\)", page.told()[0])
    page.until("done")
    keys = {headers["Idempotency-Key"] for kind, headers in server.requests if kind == "upload"}
    assert server.count("upload") == 2 and len(keys) == 1 and server.names == ["photo-0.jpg"] and len(page.links()) == 1


def test_retry_at_once_by_the_button(page, server, files):
    page.browser.allowed = LOST
    server.fault("upload", (503, refusal(503, "busy"), {"Retry-After": "600"}))
    page.choose(*files.small(1))
    page.until("paused")
    page.press_row(0)
    page.until("done")


# Refusals: 20 MB over the limit, wrong type, full disk, daily limit, closed site, ended session, 429

REFUSALS = [
    ("wrongContent", (200, refusal(400, "不正确的文件格式。", memory="2MB"))), ("dailyLimit", (200, refusal(202, "游客限制每日上传 2 张"))),
    ("addressRefused", (200, refusal(205, "你不能上传任何文件"))), ("blockedFile", (200, refusal(205, "当前文件禁止上传"))),
    ("tooLarge", (200, refusal(400, "文件太大。 : 63963136 > 52428800"))), ("tooLargeForServer", (200, refusal(204, "没有选择上传的文件"))),
]


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_4_refusals_in_each_language(browser, files, language):  # noqa: F811
    with Stub(language, image_bytes=2 * MEGABYTE, video_bytes=3 * MEGABYTE) as server:
        page = Page(browser, server)
        server.fault("upload", *[fault for _, fault in REFUSALS])
        said = words(language)
        for number, (word, _) in enumerate(REFUSALS):
            page.choose(*files.small(1, first=number))
            page.until(*["refused"] * (number + 1))
            expected = re.sub(r"\\\{\w+\\\}", ".+", re.escape(said[word]))
            assert re.fullmatch(expected, page.told()[number]), page.told()[number]
            assert browser.run("return document.activeElement.textContent") == page.told()[number]
            browser.run("document.activeElement.blur()")
        page.choose(files.sized("clip.mp4", 23 * MEGABYTE), files.sized("page.psd", 9), files.sized("empty.jpg", 0), *files.small(1, first=50))
        page.until(*["refused"] * (len(REFUSALS) + 3), "done")
        too_large = said["tooLarge"].replace("{size}", "23 MB").replace("{limit}", "3 MB")
        assert page.told()[-4] == too_large and "jpg png" in page.told()[-3] and page.told()[-2:] == [said["emptyFile"], said["done"]]
        assert server.count("upload") == len(REFUSALS) + 1 and server.names == ["photo-50.jpg"]


def test_4_words_of_the_server_that_have_no_translation(page, server, files):
    server.fault("upload", (200, refusal(400, "<b>以后才有的话</b>")))
    page.choose(*files.small(1))
    page.until("refused")
    assert page.told()[0] == "<b>以后才有的话</b>"


@pytest.mark.parametrize("status, sentence", [(429, "tooManyRequests"), (507, "diskFull")])
def test_4_an_answer_for_all_files_stops_the_queue(page, server, files, status, sentence):
    page.browser.allowed = LOST
    server.fault("upload", *[(status, refusal(status, "x"), {"Retry-After": "600"})] * 3)
    page.choose(*files.small(5))
    page.until("paused", "paused", "paused", "waiting", "waiting")
    assert page.notice().startswith(words("zh-CN")[sentence] + "，") and server.count("upload") == 3
    page.press("go-on")
    page.until(*["done"] * 5)
    assert page.notice() is None and len(server.names) == 5


def test_4_a_limit_of_use_is_waited_for(page, server, files):
    """As the form of the page refuses (Sources/Site/LimitReached.swift): nobody has to do anything."""
    server.fault("upload", *[(200, refusal(429, "Too many requests"), {"Retry-After": "3"})] * 3)
    begin = time.monotonic()
    page.choose(*files.small(5))
    page.until("paused", "paused", "paused", "waiting", "waiting")
    assert page.notice().startswith(words("zh-CN")["tooManyRequests"] + "，") and server.count("upload") == 3
    page.until(*["done"] * 5)
    assert time.monotonic() - begin >= 3 and page.notice() is None and len(server.names) == 5


def test_4_sign_in_and_on(page, server, files):
    page.browser.allowed = LOST
    server.fault("upload", *[(200, refusal(401, "本站已开启登陆上传,您尚未登陆"))] * 3)
    page.choose(*files.small(4))
    page.until("paused", "paused", "paused", "waiting")
    assert words("zh-CN")["signInToGoOn"] in page.notice()
    assert page.browser.run("const link = document.getElementById('sign-in'); return !link.hidden && link.pathname") == "/user/login.php"
    page.press("go-on")
    page.until(*["done"] * 4)


# Stopping

def test_3_cancel_while_it_is_sent(page, server, files):
    server.hold("upload")
    page.choose(*files.small(4))
    page.until("processing", "processing", "processing", "waiting")
    page.press_row(3)
    page.until("processing", "processing", "processing", "cancelled")
    server.release("upload")
    page.until("done", "done", "done", "cancelled")
    assert sorted(server.names) == ["photo-0.jpg", "photo-1.jpg", "photo-2.jpg"]


def test_3_cancel_while_the_server_works_on_it(page, server, files):
    server.hold("upload")
    page.choose(*files.small(1))
    page.until("processing")
    page.press_row(0)
    server.release("upload")
    page.until("cancelled")
    page.browser.wait("fetch('/').then(() => true)")
    assert server.deleted == ["1"] and page.history() == {}


def test_3_cancel_removes_what_the_server_has(page, server, files):
    server.hold("patch")
    page.choose(files.sized("clip.mp4", 30 * MEGABYTE))
    page.browser.wait("document.querySelector('#rows .row')?.dataset.state === 'sending'")
    page.press_row(0)
    page.until("cancelled")
    server.release("patch")
    page.browser.wait("fetch('/').then(() => true)")
    assert server.uploads == {} and server.count("delete") == 1 and server.stored == []


def test_3_cancel_before_the_server_has_told_the_address(page, server, files):
    server.hold("create")
    page.choose(files.sized("clip.mp4", 30 * MEGABYTE))
    page.browser.wait("document.querySelector('#rows .row')?.dataset.state === 'sending'")
    assert until(lambda: server.count("create") == 1)
    page.press_row(0)
    page.until("cancelled")
    server.release("create")
    assert until(lambda: server.count("delete") == 1 and server.uploads == {})
    assert server.stored == []


def test_3_too_many_unfinished_uploads_hold_up_no_other_file(page, server, files):
    page.browser.allowed = LOST
    told = {"result": "error", "code": 429, "error": "Unfinished uploads are too large: 104857600 bytes together"}
    server.fault("create", (429, told, {"Retry-After": "600"}))
    page.choose(files.sized("clip.mp4", 30 * MEGABYTE))
    page.until("paused")
    assert page.notice() is None
    page.choose(*files.small(1))
    page.until("paused", "done")
    page.press_row(0)
    page.until("done", "done")


def test_pause_and_go_on(page, server, files):
    server.hold("patch")
    page.choose(files.sized("clip.mp4", 30 * MEGABYTE))
    page.until("sending")
    page.press("pause")
    page.until("paused")
    server.release("patch")
    page.press("pause")
    page.until("done")
    assert server.names == ["clip.mp4"]


def test_files_wait_and_are_renamed(page, server, files):
    page.press("hold")
    page.choose(*files.small(2))
    page.until("waiting", "waiting")
    field = page.browser.driver.find_elements(By.CSS_SELECTOR, "input.name")[0]
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("夏天 \"1\".jpg", Keys.ENTER)
    page.press("start")
    page.until("done", "done")
    assert sorted(server.names) == ["photo-1.jpg", "夏天 %221%22.jpg"]
    page.open()
    assert page.browser.run("return document.getElementById('hold').checked")


# How long they are kept

TERM = "select[name=expires]"


def choose_term(page, value):
    Select(page.browser.driver.find_element(By.CSS_SELECTOR, TERM)).select_by_value(value)


def sizes(page):
    """With the terms behind them."""
    return page.browser.run("return [...document.querySelectorAll('#rows .size')].map(one => one.textContent)")


def test_a_term_goes_with_the_files_that_came_with_it(page, server, files):
    """Also after a reload, which begins with never: nothing ends for a choice of long ago."""
    page.press("hold")
    choose_term(page, "P7D")
    page.choose(*files.small(1))
    page.until("waiting")
    page.kept(1)
    page.open()
    page.until("waiting")
    assert page.browser.run(f"return document.querySelector('{TERM}').value") == ""
    page.choose(*files.small(1, first=7))
    page.until("waiting", "waiting")
    assert sizes(page) == ["2 KB · 7 天", "2 KB"]
    page.press("start")
    page.until("done", "done")
    page.press("hold")
    choose_term(page, "P1D")
    page.choose(files.sized("clip.mp4", 9 * MEGABYTE))
    page.until("done", "done", "done")
    assert server.terms == {"photo-0.jpg": "P7D", "photo-7.jpg": None, "clip.mp4": "P1D"}
    assert sizes(page) == ["2 KB · 7 天", "2 KB", "9 MB · 1 天"]


def test_a_term_that_is_chosen_later_is_that_of_the_files_that_wait(page, server, files):
    """As they are kept for a reload, too."""
    page.press("hold")
    page.choose(*files.small(2), files.sized("clip.mp4", 9 * MEGABYTE))
    page.until(*3 * ["waiting"])
    assert sizes(page) == ["2 KB", "2 KB", "9 MB"]
    choose_term(page, "PT1H")
    assert until(lambda: sizes(page) == ["2 KB · 1 小时", "2 KB · 1 小时", "9 MB · 1 小时"]), sizes(page)
    page.kept_as(term="PT1H")
    page.open()
    page.until(*3 * ["waiting"])
    page.press("start")
    page.until(*3 * ["done"])
    assert server.terms == {"photo-0.jpg": "PT1H", "photo-1.jpg": "PT1H", "clip.mp4": "PT1H"}


def test_the_term_of_a_first_try_stays(page, server, files):
    """The server has it with the file's key, and refuses this key with another one. Also where the page was loaded again in between."""
    page.browser.allowed = LOST
    page.press("hold")
    choose_term(page, "PT1H")
    page.choose(*files.small(1))
    page.until("waiting")
    page.kept(1)
    server.fault("upload", *3 * [(503, refusal(503, "x"), {"Retry-After": "2"})])
    page.press("start")
    page.until("paused")
    choose_term(page, "P7D")
    page.kept_as(held=False, term="PT1H")
    page.open()
    choose_term(page, "P30D")
    page.until("done")
    assert server.terms == {"photo-0.jpg": "PT1H"}


# Large files

def test_2_network_lost_in_the_middle_of_300_megabytes(page, server, files):
    page.browser.allowed = LOST + ["net::ERR"]
    page.browser.run(WATCH_PROGRESS)
    path = files.sized("clip.mp4", 300 * MEGABYTE)
    page.choose(path)
    page.browser.wait("document.querySelector('#rows progress')?.value > 0.5", seconds=60)
    page.offline(True)
    page.until("paused")
    assert page.notice().startswith("网络断开，")
    page.offline(False)
    page.until("done")
    assert server.stored == [("clip.mp4", digest(path))] and server.received <= 1.1 * path.stat().st_size
    assert page.browser.run("return shown[0].every((value, place) => value >= (shown[0][place - 1] ?? 0))")


def test_2_the_last_answer_is_lost(page, server, files):
    page.browser.allowed = LOST
    path = files.sized("clip.mp4", 9 * MEGABYTE)
    server.hold("patch")
    page.choose(path)
    page.until("sending")
    server.fault("patch", None, LOSE)
    server.release("patch")
    page.until("done")
    assert server.stored == [("clip.mp4", digest(path))] and page.links() == [f"{server.url}/i/1-clip.mp4"]


@pytest.mark.parametrize("kind, faults", [
    ("create", [LOSE]), ("create", [DROP]), ("patch", [DROP]), ("patch", [(409, None, {"Upload-Offset": "0"})]), ("patch", [(460, None)]),
    ("patch", [(423, None, {"Retry-After": "1"})]), ("patch", [(404, None)]), ("patch", [(410, None)]), ("patch", [(503, refusal(503, "x"))]),
    ("answer", [(200, {"state": "processing"})]), ("answer", [(503, refusal(503, "x"))]),
], ids=str)
def test_2_faults_of_resumable_uploads(page, server, files, kind, faults):
    page.browser.allowed = LOST
    path = files.sized("clip.mp4", 17 * MEGABYTE)
    server.fault(kind, *faults)
    page.choose(path)
    page.until("done")
    assert server.stored == [("clip.mp4", digest(path))] and len(page.links()) == 1


@pytest.mark.parametrize("kind, fault, sentence", [
    ("create", (413, refusal(413, "Too large")), "tooLargeForServer"), ("patch", (400, refusal(400, "不正确的文件格式。")), "wrongContent"),
    ("answer", (200, {"state": "refused", **refusal(400, "不正确的文件格式。")}), "wrongContent"),
    ("create", (400, refusal(202, "游客限制每日上传 2 张")), "dailyLimit"),
])
def test_4_resumable_uploads_are_refused(page, server, files, kind, fault, sentence):
    page.browser.allowed = LOST
    server.fault(kind, fault)
    page.choose(files.sized("clip.mp4", 9 * MEGABYTE))
    page.until("refused")
    assert page.told()[0].startswith(words("zh-CN")[sentence].partition("{")[0])


# Reload

def test_3_a_small_file_goes_on_after_a_reload(page, server, files):
    page.browser.allowed = LOST
    server.hold("upload")
    page.choose(*files.small(4))
    page.until("processing", "processing", "processing", "waiting")
    page.kept(4)
    page.open()
    gate = server.gates.pop("upload")
    page.until("done", "done", "done", "done")
    gate.set()
    assert sorted(server.names) == [f"photo-{number}.jpg" for number in range(4)] and len(page.links()) == 4
    page.kept(0)


def test_3_a_large_file_goes_on_after_a_reload(page, server, files):
    page.browser.allowed = LOST
    path = files.sized("clip.mp4", 40 * MEGABYTE)
    # So slow that it is not done before it can be held.
    page.browser.tell("Network.enable")
    page.browser.tell("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=8 * MEGABYTE)
    page.choose(path)
    page.browser.wait("document.querySelector('#rows progress')?.value >= 0.2")
    server.hold("patch")
    page.browser.tell("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)
    page.kept(1)
    page.open()
    server.release("patch")
    page.until("done")
    assert server.stored == [("clip.mp4", digest(path))] and server.received <= 60 * MEGABYTE and server.count("create") == 1


def test_3_a_very_large_file_is_chosen_again(page, server, files, tmp_path):
    page.browser.allowed = LOST
    path = files.sized("clip.mp4", 100 * MEGABYTE)
    page.choose(path)
    page.browser.wait("document.querySelector('#rows progress')?.value >= 0.2")
    server.hold("patch")
    page.kept(1)
    page.open()
    page.browser.wait(f"{TOLD}[0] === arguments[0]", words("zh-CN")["chooseSame"])
    server.release("patch")
    other = tmp_path / "other" / "clip.mp4"
    other.parent.mkdir()
    other.write_bytes(b"x" * 5000)
    # A press of a person, because a script alone opens no chooser; the chooser itself is the test's.
    page.browser.tell("Page.setInterceptFileChooserDialog", enabled=True)
    button = page.browser.driver.find_element(By.CSS_SELECTOR, "#rows .act")
    button.click()
    page.choose(other)
    page.browser.wait("document.querySelector('.toast.bad')")
    assert page.rows() == [["clip.mp4", "paused"]]
    button.click()
    page.choose(path)
    page.browser.tell("Page.setInterceptFileChooserDialog", enabled=False)
    page.until("done")
    assert server.stored == [("clip.mp4", digest(path))] and server.received <= 130 * MEGABYTE


def test_3_a_name_outlives_a_reload(page, server, files):
    page.press("hold")
    page.choose(*files.small(2))
    page.until("waiting", "waiting")
    page.kept(2)
    field = page.browser.driver.find_elements(By.CSS_SELECTOR, "input.name")[0]
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("夏天.jpg", Keys.ENTER)
    assert until(lambda: "夏天.jpg" in [one["name"] for one in page.records()])
    page.open()
    page.until("waiting", "waiting")
    assert page.browser.run("return [...document.querySelectorAll('input.name')].map(one => one.value)") == ["夏天.jpg", "photo-1.jpg"]
    page.press("start")
    page.until("done", "done")
    assert sorted(server.names) == ["photo-1.jpg", "夏天.jpg"]


def test_3_a_pause_outlives_a_reload(page, server, files):
    page.browser.allowed = LOST
    server.hold("upload")
    page.choose(*files.small(4))
    page.until("processing", "processing", "processing", "waiting")
    page.kept(4)
    page.press("pause")
    page.open()
    gate = server.gates.pop("upload")
    page.until("waiting", "waiting", "waiting", "waiting")
    page.browser.wait("document.getElementById('pause').textContent === arguments[0]", words("zh-CN")["goOn"])
    gate.set()
    assert server.count("upload") == 3
    page.press("pause")
    page.until("done", "done", "done", "done")
    page.kept(0)
    page.open()
    page.choose(*files.small(1, first=9))
    page.until("done")


# Two tabs

@pytest.mark.parametrize("address", ["url", "secure_url"], ids=["asking", "lock"])
def test_a_second_tab_waits(browser, server, files, address):  # noqa: F811
    driver = browser.driver
    page = Page(browser, server, getattr(server, address) + "/")
    first = driver.current_window_handle
    server.hold("upload")
    page.choose(*files.small(3))
    page.until("processing", "processing", "processing")
    page.kept(3)
    driver.switch_to.new_window("tab")
    try:
        page.open()
        page.until("paused", "paused", "paused")
        browser.wait(f"{TOLD}.every(text => text === arguments[0])", words("zh-CN")["elsewhere"])
        page.choose(*files.small(1, first=9))
        page.until("paused", "paused", "paused", "waiting")
        assert server.count("upload") == 3
        server.release("upload")
        page.until("done")
        assert sorted(server.names) == ["photo-0.jpg", "photo-1.jpg", "photo-2.jpg", "photo-9.jpg"]
    finally:
        driver.close()
        driver.switch_to.window(first)
    page.until("done", "done", "done")


def test_a_second_tab_sends_nothing_again(browser, server, files):  # noqa: F811
    """However long the first one takes to forget what it has sent."""
    driver = browser.driver
    page = Page(browser, server, server.secure_url + "/")
    first = driver.current_window_handle
    server.hold("upload")
    page.choose(*files.small(3))
    page.until("processing", "processing", "processing")
    page.kept(3)
    driver.execute_async_script('''const done = arguments[0];
        import("/assets/keep.js").then(({Keep}) => {
            const remove = Keep.prototype.remove;
            Keep.prototype.remove = async function (id) {
                await new Promise(resolve => setTimeout(resolve, 1_000));
                return remove.call(this, id);
            };
        }).then(done, done);''')
    driver.switch_to.new_window("tab")
    try:
        page.open()
        page.until("paused", "paused", "paused")
        server.release("upload")
        page.until()
        assert server.count("upload") == 3
    finally:
        driver.close()
        driver.switch_to.window(first)


def test_a_second_tab_takes_over_when_the_first_is_closed(browser, server, files):  # noqa: F811
    browser.allowed = LOST
    driver = browser.driver
    first = driver.current_window_handle
    driver.switch_to.new_window("tab")
    page = Page(browser, server)
    sending = driver.current_window_handle
    server.hold("upload")
    page.choose(*files.small(3))
    page.until("processing", "processing", "processing")
    page.kept(3)
    driver.switch_to.window(first)
    page.open()
    page.until("paused", "paused", "paused")
    driver.switch_to.window(sending)
    driver.close()
    driver.switch_to.window(first)
    gate = server.gates.pop("upload")
    page.until("done", "done", "done")
    gate.set()
    assert sorted(server.names) == ["photo-0.jpg", "photo-1.jpg", "photo-2.jpg"]


# Ways in

def test_1_paste(page, server):
    page.paste("image.png", onto="#template")
    page.paste("image.png")
    page.until("done")
    assert server.names == ["image.png"]
    page.paste("image.png", b"another", onto="#format-link textarea")
    page.until("done", "done")


def test_1_in_the_order_in_which_they_came(page, server):
    """Also those that come before the scripts that work on them are there."""
    page.browser.run('''for (const name of arguments) {
        const pasted = new DataTransfer();
        pasted.items.add(new File(["picture"], name, {type: "image/png"}));
        document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData: pasted, bubbles: true, cancelable: true}));
    }''', *[f"{number}.png" for number in range(8)])
    page.until(*["done"] * 8)
    assert [name for name, _ in page.rows()] == [f"{number}.png" for number in range(8)]


def test_1_drop_of_files_and_folders(page, server, tmp_path):
    folder = tmp_path / "holiday"
    (folder / "2026" / "deep").mkdir(parents=True)
    for name in ["2026/b.jpg", "2026/deep/c.jpg", "a.jpg", "notes.txt", ".DS_Store"]:
        (folder / name).write_bytes(name.encode())
    (tmp_path / "d.jpg").write_bytes(b"d")
    page.drop(folder, tmp_path / "d.jpg")
    page.until("done", "done", "done", "done")
    assert [name for name, _ in page.rows()] == ["b.jpg", "c.jpg", "a.jpg", "d.jpg"]
    assert words("zh-CN")["passedOver"].replace("{count}", "1") in page.browser.run("return document.getElementById('toasts').textContent")
    assert not page.browser.run("return document.querySelector('.dropping')")


def test_21_without_scripts(browser, server, files):  # noqa: F811
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(server.url + "/")
        browser.driver.find_element(By.ID, "files").send_keys("\n".join(map(str, files.small(2))))
        browser.driver.find_element(By.CSS_SELECTOR, "#upload button").click()
        # The driver does not wait for what a press has begun where scripts do not run.
        assert until(lambda: server.bodies[:1] and server.bodies[0][:2] == [b"photo-0.jpg", b"photo-1.jpg"])
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)


# Links, keys, what is read out

def test_links_in_the_last_format(page, server, files):
    page.choose(*files.small(2))
    page.until("done", "done")
    page.press("tab-markdown")
    assert page.links("markdown") == [f"![photo-{n}.jpg]({url})" for n, url in enumerate(page.links())]
    page.open()
    page.choose(*files.small(1, first=5))
    page.until("done")
    assert page.browser.run("return document.querySelector('[role=tab][aria-selected=true]').dataset.format") == "markdown"


@pytest.mark.parametrize("width", [390, 320])
def test_on_phones_the_links_are_a_sheet(page, server, files, width):
    """It opens with the first link, stays folded for whoever folds it, and hides no row of the queue for good."""
    browser = page.browser
    browser.resize(width)
    page.choose(*files.small(1))
    page.until("done")
    browser.wait("document.documentElement.dataset.sheet === 'open'")
    box = "const {top, bottom} = document.getElementById('links').getBoundingClientRect(); return [top, bottom]"
    dock = browser.run("return document.querySelector('nav.site').getBoundingClientRect().top")
    top, bottom = browser.run(box)
    assert dock / 3 < top < bottom <= dock + 1
    assert browser.axe() + browser.overflow() + browser.small_targets() == []
    page.press("links-fold")
    top, bottom = browser.run(box)
    assert bottom - top < 80 and bottom <= dock + 1
    assert browser.run("const fold = document.getElementById('links-fold'); return [fold.textContent, fold.ariaExpanded, document.getElementById('links-count').textContent]") == ["展开", "false", "1 个"]
    page.choose(*files.small(12)[1:])
    page.until(*["done"] * 12)
    browser.wait("document.getElementById('links-count').textContent === '12 个'")
    assert browser.run("return document.documentElement.dataset.sheet") == "folded"
    assert browser.axe() + browser.overflow() + browser.small_targets() == []
    for state in ["folded", "open"]:
        browser.run("scrollTo(0, document.documentElement.scrollHeight)")
        assert browser.run("return document.querySelector('#queue').getBoundingClientRect().bottom <= document.getElementById('links').getBoundingClientRect().top"), state
        page.press("links-fold")
    page.press("clear-done")
    browser.wait("!document.documentElement.dataset.sheet")
    browser.resize(1280)


def test_the_sheet_is_for_phones_alone(page, server, files):
    page.choose(*files.small(1))
    page.until("done")
    assert page.browser.run("const links = document.getElementById('links'); return [getComputedStyle(links).position, document.getElementById('links-fold').checkVisibility()]") == ["sticky", False]


def test_links_of_the_form_without_scripts_stay(browser, server, files):  # noqa: F811
    page = Page(browser, server, server.url + "/?results")
    browser.wait("document.querySelector('[role=tab][aria-selected=true]')")
    assert page.links() == ["https://a.example/1.jpg"]
    page.choose(*files.small(1))
    page.until("done")
    assert page.links() == ["https://a.example/1.jpg", f"{server.url}/i/1-photo-0.jpg"]


def test_copy_all_by_the_keyboard(browser, server, files):  # noqa: F811
    browser.tell("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    page = Page(browser, server, server.secure_url + "/")
    page.choose(*files.small(2))
    page.until("done", "done")
    browser.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.CONTROL, Keys.ENTER)
    browser.wait("document.getElementById('toasts').textContent.includes(arguments[0])", words("zh-CN")["copiedAll"].replace("{count}", "2"))
    assert browser.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])").splitlines() == page.links()


def test_delete_takes_a_row_out(page, server, files):
    server.hold("upload")
    page.choose(*files.small(4))
    page.until("processing", "processing", "processing", "waiting")
    buttons = page.browser.driver.find_elements(By.CSS_SELECTOR, "#rows .act")
    buttons[3].send_keys(Keys.DELETE)
    page.until("processing", "processing", "processing", "cancelled")
    buttons[3].send_keys(Keys.DELETE)
    page.until("processing", "processing", "processing")
    assert page.browser.run("return document.activeElement.closest('.row') !== null")


def test_what_is_read_out(page, server, files):
    page.browser.run('''window.said = [];
        new MutationObserver(changes => changes.forEach(one => one.addedNodes.forEach(node => said.push(node.textContent))))
            .observe(document.getElementById("toasts"), {childList: true});''')
    page.choose(*[files.sized(f"clip-{number}.jpg", 100_000) for number in range(4)])
    page.until("done", "done", "done", "done")
    said = page.browser.run("return said")
    assert said[0] == "开始上传 4 个文件" and said[-1] == "4 个文件已上传" and all(re.fullmatch(r"已上传 (25|50|75)%", one) for one in said[1:-1])


def test_leaving_asks_only_where_something_would_be_lost(browser, server, files):  # noqa: F811
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source="indexedDB.open = () => { throw new Error('forbidden'); };")
    try:
        page = Page(browser, server)
        server.hold("upload")
        page.choose(*files.small(1))
        page.until("processing")
        assert page.browser.run("const leave = new Event('beforeunload', {cancelable: true}); return !dispatchEvent(leave)")
        server.release("upload")
        page.until("done")
        assert page.browser.run("const leave = new Event('beforeunload', {cancelable: true}); return dispatchEvent(leave)")
    finally:
        browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])


# Looks

@pytest.mark.parametrize("width", [1280, 390, 320])
def test_16_the_page_at_work(browser, server, files, width):  # noqa: F811
    browser.allowed = LOST
    browser.resize(width)
    page = Page(browser, server)
    server.fault("upload", (503, refusal(503, "x"), {"Retry-After": "600"}), (200, refusal(400, "不正确的文件格式。")))
    page.choose(files.sized("假日-照片.jpg", 3 * MEGABYTE))
    page.until("paused")
    page.choose(files.sized("page-with-a-very-long-name-that-has-to-be-broken-somewhere.jpg", 900))
    page.until("paused", "refused")
    # What comes while the box is ticked waits, also where it is read later.
    page.press("hold")
    page.choose(*files.small(2))
    page.press("hold")
    page.choose(*files.small(1, first=7))
    page.until("paused", "refused", "waiting", "waiting", "done")
    assert browser.axe() == [] and browser.overflow() == [] and (width > 640 or browser.small_targets() == [])
    browser.picture(f"upload-at-work-{width}")


# What the page costs

def test_20_the_first_visit(page):
    """Before anybody uploads; the web servers send this compressed."""
    page.browser.wait("document.readyState === 'complete'")
    loaded = page.browser.run("return performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)")
    scripts = [path for path in loaded if path.endswith(".js")]
    assert "/assets/upload.js" in scripts and "/assets/uploading.js" not in scripts
    assert sum(len(gzip.compress((ROOT / "htdocs" / path[1:]).read_bytes(), 6)) for path in scripts) <= 22 * 1024
    assert len(set(loaded)) + 1 <= 12


def test_files_that_come_without_network_wait_for_it(page, server, files):
    """Also the scripts that work on them do."""
    page.browser.allowed = LOST + ["net::ERR"]
    page.offline(True)
    page.choose(*files.small(1))
    page.browser.wait("document.querySelector('.toast')")
    page.offline(False)
    page.until("done")
    assert server.names == ["photo-0.jpg"]
