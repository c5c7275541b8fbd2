# The gallery and an account's files on a real site. The numbers in the tests' names are those of the design's acceptance checks.

import contextlib
import sqlite3
import sys
import pathlib
import time

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.action_chains import ActionChains

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import accounts  # noqa: E402
import pictures  # noqa: E402
import videos  # noqa: E402
from client import Client  # noqa: E402
from running_site import Site  # noqa: E402
from test_site import LOADED  # noqa: E402
from using import clipboard  # noqa: E402

MANY = 10_000
ROWS = """
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    INSERT INTO file (account_id, path, original_name, type, kind, size, width, height, sha256, sent_sha256, views, created_at)
    SELECT NULL, '2024/04/' || substr('000000000000' || n, -12) || '.ico', 'picture ' || n || '.ico', 'ico', 'image',
           n * 7919 % 100000, 19, 10, x'', x'', n % 1000, 1700000000 + n * 900
    FROM number
"""
CARDS = "document.querySelectorAll('.cards > li').length"


@pytest.fixture(scope="module")
def site():
    """Ten thousand rows, whose pictures are not there, behind nginx."""
    with Site(options=["--web", "nginx"]) as running:
        with contextlib.closing(sqlite3.connect(running.first_run["DATABASE"])) as database:
            database.execute(ROWS, [MANY])
            database.commit()
        running.imagebed("gc")
        running.imagebed("index", "--rebuild")
        yield running


@pytest.fixture
def gallery(site, browser):
    # Of pictures that are not there.
    browser.allowed += ["404"]
    browser.resize(1280, 900)

    def go(query=""):
        browser.open(f"{site.url}/app/list.php?lang=zh-CN&{query}")
        browser.wait(LOADED)
        return browser
    return go


def sign_in_as(browser, site, cookies):
    browser.open(site.url + "/favicon.svg")
    for name, value in cookies.items():
        browser.tell("Network.setCookie", name=name, value=value, url=site.url + "/", httpOnly=True)


def ids(browser):
    return browser.run("return [...document.querySelectorAll('.cards > li')].map(card => Number(card.id.slice(1)))")


def scrolled(browser, wanted):
    """Scrolls on until a card was seen; returns all ids that were seen, in order."""
    seen, end = [], time.monotonic() + 120
    while wanted not in seen and time.monotonic() < end:
        seen += [one for one in ids(browser) if one not in set(seen)]
        browser.run("scrollBy(0, 2500)")
        time.sleep(0.05)
    assert wanted in seen, f"{len(seen)} cards after two minutes"
    return seen


def test_6_a_scroll_through_thousands(site, gallery):
    """Every row once while others upload, few cards at a time, and Back comes to the card that was left."""
    browser = gallery()
    first = ids(browser)[0]
    client = Client(site)
    for number in range(3):
        client.uploaded(pictures.jpeg(), f"meanwhile{number}.jpg")
    wanted = first - 2_000
    seen = scrolled(browser, wanted)
    assert [one for one in seen if one <= first] == list(range(first, min(seen) - 1, -1)), "in order, none twice or left out"
    assert browser.run(f"return {CARDS}") <= 1_300
    browser.run("document.getElementById(arguments[0]).scrollIntoView({block: 'center'})", f"f{wanted}")
    time.sleep(0.5)
    top = browser.run("return document.getElementById(arguments[0]).getBoundingClientRect().top", f"f{wanted}")
    browser.run("document.getElementById(arguments[0]).querySelector('.menu a').click()", f"f{wanted}")
    browser.wait(f"location.pathname.endsWith('/info.php') && {LOADED}")
    browser.driver.back()
    browser.wait(f"location.pathname.endsWith('/list.php') && {LOADED}")
    browser.wait("document.getElementById(arguments[0])", f"f{wanted}")
    browser.wait("Math.abs(document.getElementById(arguments[0]).getBoundingClientRect().top - arguments[1]) <= 1", f"f{wanted}", top)


def test_6_months_lead_to_the_oldest(gallery):
    browser = gallery()
    for year, month in [("2023", "2023/12"), ("11月", "2023/11")]:
        browser.run("[...document.querySelectorAll('nav.days a')].findLast(link => link.textContent === arguments[0]).click()", year)
        browser.wait(f"location.search.includes('month={month}') && {LOADED}")
    assert browser.run("return [...document.querySelectorAll('nav.days > *')].map(one => one.textContent).slice(-3)") == ["2023", "12月", "11月"]
    assert browser.run("return document.querySelector('.part h2').textContent").startswith("2023年11月30日")
    assert scrolled(browser, 1)[-1] == 1


@pytest.mark.parametrize("query, first", [("q=picture+777", 7779), ("q=PICTURE+123.", 123), ("type=image&order=oldest", 1), ("order=views", 9999)])
def test_7_search_and_order(gallery, query, first):
    assert ids(gallery(query))[0] == first


@pytest.mark.parametrize("query, said", [("q=a", "请输入至少两个字符"), ("q=%25_%27%22", "没有找到"), ("q=" + "x" * 200, "没有找到"), ("type=webp", "没有这种类型的文件")])
def test_7_what_finds_nothing_says_so(gallery, query, said):
    browser = gallery("lang=zh-CN&" + query)
    assert said in browser.run("return document.querySelector('main').textContent") and ids(browser) == []
    browser.check()


def test_7_addresses_of_before(gallery, site):
    for query in ["date=2024/04/01/", "date=2024-04-01", "search=jpg", "num=5&page=2"]:
        browser = gallery(query)
        assert browser.run("return document.querySelector('h1').textContent").endswith("广场")
        assert browser.run("return document.querySelector('nav.days a').textContent") == "今日"


@pytest.fixture
def mine(site, browser):
    """Five pictures of "anna", who looks at her files."""
    person = accounts.account(site, "anna")
    client = Client(site)
    names = [f"own {number} {time.monotonic_ns()}.jpg" for number in range(5)]
    for name in names:
        client.uploaded(pictures.jpeg(), name)
        site.query("UPDATE file SET account_id = ? WHERE original_name = ?", person, name)
    browser.resize(1280, 900)
    sign_in_as(browser, site, accounts.session_of(site, "anna"))
    browser.open(site.url + "/user/files.php?lang=zh-CN")
    browser.wait(LOADED)
    return browser


def toast_with(browser, text):
    browser.wait("[...document.querySelectorAll('.toast')].some(one => one.textContent.includes(arguments[0]))", text)


def pressed_toast(browser, label):
    browser.run("[...document.querySelectorAll('.toast button')].find(one => one.textContent === arguments[0]).click()", label)


def choose(browser, first, last):
    """By keyboard: a space on the first box, and Shift with a click on the last."""
    boxes = browser.driver.find_elements("css selector", "input[name='id[]']")
    browser.run("arguments[0].focus()", boxes[first])
    ActionChains(browser.driver).send_keys(Keys.SPACE).perform()
    browser.wait("document.querySelector('.selection.shown')")
    ActionChains(browser.driver).key_down(Keys.SHIFT).click(boxes[last]).key_up(Keys.SHIFT).perform()


def do(browser, action):
    browser.run("document.querySelector(`.selection button[value=${arguments[0]}]`).click()", action)


def test_8_recycle_undo_restore_delete(site, mine):
    shown = ids(mine)
    choose(mine, 0, 2)
    mine.wait("document.querySelector('.selection [role=status]').textContent === '已选 3 个'")
    do(mine, "recycle")
    toast_with(mine, "已移到回收站：3 个")
    assert site.query("SELECT COUNT(*) FROM file WHERE state = 2 AND id IN (?, ?, ?)", *shown[:3]) == [(3,)]
    pressed_toast(mine, "撤销")
    toast_with(mine, "已恢复：3 个")
    assert site.query("SELECT COUNT(*) FROM file WHERE state = 0 AND id IN (?, ?, ?)", *shown[:3]) == [(3,)]
    choose(mine, 0, 2)
    do(mine, "recycle")
    mine.wait("document.querySelectorAll('.cards > li.gone').length === 3")
    mine.open(site.url + "/user/files.php?in=recycled")
    mine.wait(LOADED)
    assert set(shown[:3]) <= set(ids(mine))
    mine.run("document.querySelector(`#f${arguments[0]} input`).click()", shown[0])
    do(mine, "restore")
    toast_with(mine, "已恢复：1 个")
    mine.run("document.querySelector(`#f${arguments[0]} input`).click()", shown[1])
    do(mine, "delete")
    mine.wait("document.querySelector('#ask-delete-chosen[open]')")
    mine.run("document.querySelector('#ask-delete-chosen [value=yes]').click()")
    toast_with(mine, "已彻底删除：1 个")
    assert site.query("SELECT COUNT(*) FROM file WHERE id = ?", shown[1]) == [(0,)]
    assert site.query("SELECT state FROM file WHERE id = ?", shown[0]) == [(0,)]


def test_8_a_file_of_somebody_else(site, mine):
    """An id that was put into the form by hand."""
    foreign = site.query("SELECT MAX(id) FROM file WHERE account_id IS NULL")[0][0]
    mine.run("const box = document.querySelector(\"input[name='id[]']\"); box.value = arguments[0]; box.click()", str(foreign))
    do(mine, "recycle")
    toast_with(mine, "1 个没有完成")
    assert site.query("SELECT state FROM file WHERE id = ?", foreign) == [(0,)]


@pytest.fixture
def viewer(site, browser):
    """Two pictures and a video between them, in the viewer's list."""
    client = Client(site)
    for content, name in [(pictures.photograph(1200, 800, 1), "first.jpg"), (videos.sample("webm"), "clip.webm"), (pictures.photograph(800, 1200, 2), "last.jpg")]:
        client.uploaded(content, name)
    browser.allowed += ["404"]
    browser.resize(1280, 900)
    browser.open(site.url + "/app/list.php?lang=zh-CN")
    browser.wait(LOADED)
    return browser


def key(browser, *keys):
    ActionChains(browser.driver).send_keys(*keys).perform()


def shown_name(browser):
    return browser.run("return document.querySelector('.lightbox p').textContent.split(' · ')[0]")


def test_9_the_viewer_by_keyboard(viewer):
    names = viewer.run("return [...document.querySelectorAll('.cards .name')].slice(0, 3).map(one => one.textContent)")
    viewer.run("document.querySelector('.cards > li > a').focus()")
    key(viewer, Keys.ENTER)
    viewer.wait("document.querySelector('.lightbox[open]')")
    assert shown_name(viewer) == names[0]
    viewer.wait("document.querySelector('.lightbox .slide:nth-child(2) img')?.naturalWidth === 800")
    width = viewer.run("return document.querySelector('.slide:nth-child(2) img').clientWidth")
    key(viewer, "+")
    assert viewer.run("return document.querySelector('.slide:nth-child(2) img').clientWidth") > width
    key(viewer, "1")
    viewer.wait("Math.abs(document.querySelector('.slide:nth-child(2) img').clientWidth - 800) < 2")
    key(viewer, "0", "r")
    assert "rotate(90deg)" in viewer.run("return document.querySelector('.slide:nth-child(2) img').style.transform")
    key(viewer, Keys.ARROW_RIGHT)
    assert shown_name(viewer) == names[1]
    viewer.wait("document.querySelector('.slide:nth-child(2) video')?.duration > 0", seconds=20)
    viewer.run("const video = document.querySelector('.slide:nth-child(2) video'); video.muted = true; video.play()")
    viewer.wait("document.querySelector('.slide:nth-child(2) video').currentTime > 0", seconds=20)
    key(viewer, Keys.ARROW_LEFT)
    assert shown_name(viewer) == names[0]
    key(viewer, Keys.ESCAPE)
    viewer.wait("!document.querySelector('.lightbox[open]')")
    assert viewer.run("return document.activeElement === document.querySelector('.cards > li > a')")


def test_9_the_viewer_by_swipe(viewer):
    names = viewer.run("return [...document.querySelectorAll('.cards .name')].slice(0, 2).map(one => one.textContent)")
    viewer.resize(390)
    viewer.run("document.querySelector('.cards > li > a').click()")
    viewer.wait("document.querySelector('.lightbox[open]')")
    for x in [330, *range(320, 60, -20)]:
        viewer.tell("Input.dispatchTouchEvent", type="touchStart" if x == 330 else "touchMove", touchPoints=[{"x": x, "y": 300}])
    viewer.tell("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    viewer.wait("document.querySelector('.lightbox p').textContent.startsWith(arguments[0])", names[1])


def test_9_what_a_visitor_deleted_meanwhile(site, viewer):
    """The viewer says so, and the card when it is closed; the list does not jump, and the next card has the focus."""
    _, number, following, *_ = ids(viewer)
    height = viewer.run("return document.documentElement.scrollHeight")
    path = site.query("SELECT path FROM file WHERE id = ?", number)[0][0]
    (site.uploads / path).unlink()
    site.query("UPDATE file SET state = 1, deleted_at = 1 WHERE id = ?", number)
    try:
        viewer.run("document.querySelector(arguments[0]).click()", f"#f{number} > a")
        viewer.wait("document.querySelector('.lightbox .slide:nth-child(2) p')?.textContent === '已删除'")
        key(viewer, Keys.ESCAPE)
        viewer.wait("document.querySelector(arguments[0]).matches('.gone[inert][data-gone=已删除]')", f"#f{number}")
        viewer.wait("document.activeElement.closest('.cards > li')?.id === arguments[0]", f"f{following}")
        assert viewer.run("return document.documentElement.scrollHeight") == height
    finally:
        site.query("DELETE FROM file WHERE id = ?", number)


def test_9_a_viewer_without_faults(viewer):
    for width, scheme in [(1280, "light"), (390, "dark"), (320, "light")]:
        viewer.resize(width)
        viewer.prefer(color_scheme=scheme)
        viewer.run("document.querySelector('.cards > li > a').click()")
        viewer.wait("document.querySelector('.lightbox[open] .slide:nth-child(2) img')?.naturalWidth > 0")
        assert viewer.axe() + viewer.overflow() + (viewer.small_targets() if width < 640 else []) == [], width
        assert viewer.run("const box = document.querySelector('.slide:nth-child(2) img').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight && box.width <= innerWidth")
        key(viewer, Keys.ESCAPE)
        viewer.wait("!document.querySelector('.lightbox[open]')")


def test_the_menu_of_a_card(site, mine):
    """One file without selecting it; the number beside the gallery is that of today's listed files."""
    [number, *_] = ids(mine)
    count = int(mine.run("return document.querySelector('nav.site .count').textContent"))
    menu = f"#f{number} .menu"
    mine.run("document.querySelector(arguments[0]).closest('details').open = true", menu)
    mine.run("document.querySelector(arguments[0] + ' [value=hide]').click()", menu)
    mine.wait("document.querySelector(arguments[0])?.textContent === '不列出'", f"#f{number} .unlisted")
    assert site.query("SELECT is_public FROM file WHERE id = ?", number) == [(0,)]
    mine.run("document.querySelector(arguments[0] + ' [value=publish]').click()", menu)
    mine.wait("!document.querySelector(arguments[0])", f"#f{number} .unlisted")
    assert site.query("SELECT is_public FROM file WHERE id = ?", number) == [(1,)]
    mine.run("document.querySelector(arguments[0] + ' [value=recycle]').click()", menu)
    toast_with(mine, "已移到回收站：1 个")
    mine.open(site.url + "/user/files.php?lang=zh-CN")
    mine.wait(LOADED)
    assert int(mine.run("return document.querySelector('nav.site .count').textContent")) == count - 1


def test_copying_takes_the_form_used_last(site, mine):
    mine.run("localStorage.setItem('imagebed.format', 'markdown')")
    try:
        mine.driver.find_element("css selector", ".cards [data-copy]").click()
        mine.wait("document.querySelector('.cards [data-copied]')")
        name = mine.run("return document.querySelector('.cards .name').textContent")
        assert clipboard(mine).startswith(f"![{name}]({site.url}/")
    finally:
        mine.run("localStorage.clear()")


def test_8_a_long_press_selects(mine):
    mine.resize(390)
    box = mine.run("const box = document.querySelector('.cards > li > a').getBoundingClientRect(); return {x: box.x + 90, y: box.y + 90}")
    mine.tell("Input.dispatchTouchEvent", type="touchStart", touchPoints=[box])
    mine.wait("document.querySelector('.selection.shown')")
    mine.tell("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    assert mine.run("return [document.querySelector('.cards input:checked') !== null, document.querySelector('.lightbox[open]') === null]") == [True, True]


def test_21_without_scripts(site, browser):
    """Browse, search and recycle by links, boxes and buttons alone."""
    client = Client(site)
    client.uploaded(pictures.jpeg(), "no scripts here.jpg")
    site.query("UPDATE file SET account_id = ? WHERE original_name = 'no scripts here.jpg'", accounts.account(site, "anna"))
    sign_in_as(browser, site, accounts.session_of(site, "anna"))
    browser.allowed += ["404"]
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site.url + "/app/list.php?lang=zh-CN")
        links = browser.driver.find_elements("css selector", "nav.pager a[rel=next]")
        assert len(browser.driver.find_elements("css selector", ".cards > li")) == 60 and len(links) == 1
        browser.open(links[0].get_attribute("href"))
        assert browser.driver.find_elements("css selector", "nav.pager a[rel=prev]")
        browser.open(site.url + "/user/files.php?q=no+scripts")
        [box] = browser.driver.find_elements("css selector", "input[name='id[]']")
        box.click()
        browser.driver.find_element("css selector", ".selection [value=recycle]").click()
        until = time.monotonic() + 20
        while "已移到回收站：1 个" not in browser.driver.page_source and time.monotonic() < until:
            time.sleep(0.1)
        assert "已移到回收站：1 个" in browser.driver.page_source
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
