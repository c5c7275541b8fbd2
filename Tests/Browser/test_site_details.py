# The page of a file on a real site.

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import accounts  # noqa: E402
import pictures  # noqa: E402
from client import Client  # noqa: E402
from running_site import until  # noqa: E402
from test_site import LOADED, enter  # noqa: E402


@pytest.fixture
def site(nginx_site):
    return nginx_site


@pytest.fixture
def mine(site):
    """Two files of "anna": their ids and the addresses of their pages."""
    files = []
    for number in range(2):
        answer = Client(site).uploaded(pictures.photograph(400, 300, 40 + number), f"mine {number}.jpg")
        site.query("UPDATE file SET account_id = ? WHERE id = ?", accounts.account(site, "anna"), answer["id"])
        files.append((answer["id"], f"{site.url}/app/info.php?lang=zh-CN&img={answer['url'].removeprefix(site.url)}"))
    return files


def state(site, file):
    return site.query("SELECT state, is_public FROM file WHERE id = ?", file)[0]


def look(browser, address):
    browser.open(address)
    browser.wait(LOADED)


def test_an_owner_unlists_and_deletes(site, browser, mine):
    [(one, first), (two, second)] = mine
    enter(site, browser, "user")
    look(browser, first)
    browser.run("document.querySelector('button[value=hide]').click()")
    browser.wait("document.querySelector('.notice.ok')?.textContent.includes('已不列出')")
    assert state(site, one) == (0, 0) and "不列出：" in browser.run("return document.querySelector('main').textContent")
    browser.run("document.querySelector('button[value=publish]').click()")
    browser.wait("document.querySelector('.notice.ok')?.textContent.includes('已公开')")
    browser.run("document.querySelector('button[value=recycle]').click()")
    browser.wait("location.pathname === '/user/files.php' && document.querySelector('.notice.ok')?.textContent.includes('已移到回收站：1 个')")
    assert state(site, one)[0] == 2
    look(browser, second)
    browser.run("document.querySelector('button[value=delete]').click()")
    browser.wait("document.querySelector('#ask-delete:modal')")
    browser.run("document.querySelector('#ask-delete button[value=yes]').click()")
    browser.wait("location.pathname === '/user/files.php' && document.querySelector('.notice.ok')?.textContent.includes('已彻底删除：1 个')")
    assert site.query("SELECT count(*) FROM file WHERE id = ?", two) == [(0,)]


def test_without_scripts(site, browser, mine):
    """By links and buttons alone, one that deletes behind a disclosure."""
    [(one, _), (two, second)] = mine
    enter(site, browser, "user")
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(second)
        find = lambda selector: browser.driver.find_element("css selector", selector)  # noqa: E731
        find(".details a[rel=next]").click()
        until(lambda: f'name="id[]" value="{one}"' in browser.driver.page_source)
        find("button[value=hide]").click()
        until(lambda: "已不列出：1 个" in browser.driver.page_source)
        find(".manage .fold:has(.danger) > summary").click()
        find(".manage button[value=recycle]").click()
        until(lambda: "已移到回收站：1 个" in browser.driver.page_source)
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert state(site, one) == (2, 0) and state(site, two) == (0, 1)


def test_the_picture_is_copied(site, browser):
    """Where the browser can do that: on one's own machine, not over plain http."""
    address = f"/app/info.php?lang=zh-CN&img={site.places['file']}"
    look(browser, site.url + address)
    assert browser.run("return document.getElementById('copy-picture').hidden") != browser.run("return isSecureContext")
    if not browser.run("return isSecureContext"):
        return
    browser.tell("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    browser.tell("Page.bringToFront")
    browser.driver.find_element("id", "copy-picture").click()
    browser.wait("document.querySelector('#copy-picture[data-copied]')", seconds=60)
    copied = browser.driver.execute_async_script('''
        const done = arguments[0];
        navigator.clipboard.read().then(async ([item]) => {
            const picture = await createImageBitmap(await item.getType("image/png"));
            done([picture.width, picture.height]);
        }).catch(error => done(String(error)));''')
    assert copied == [1200, 800]


def test_the_code_is_seen(site, browser, mine):
    """With all that is folded away, in each window and look."""
    enter(site, browser, "user")
    for width, scheme in [(1280, "light"), (320, "dark")]:
        browser.resize(width)
        browser.prefer(color_scheme=scheme)
        look(browser, mine[0][1])
        browser.run("for (const fold of document.querySelectorAll('.details details')) fold.open = true")
        assert browser.run("const box = document.querySelector('.code').getBoundingClientRect(); return [box.width === box.height, box.width >= 200]") == [True, True]
        assert browser.axe() + browser.overflow() + (browser.small_targets() if width < 640 else []) == []
        browser.picture(f"details-open-{width}")


def test_a_missing_file_leads_to_the_search(site, browser):
    browser.allowed = ["status of 404"]
    look(browser, f"{site.url}/app/info.php?lang=zh-CN&img=/i/2001/01/01/none.jpg")
    browser.driver.find_element("css selector", "main input[type=search]").send_keys("假日\n")
    browser.wait(f"location.pathname === '/app/list.php' && {LOADED}")
    assert "q=%E5%81%87%E6%97%A5" in browser.run("return location.search")


@pytest.fixture
def replacing(site):
    site.imagebed("settings", "set", "replace_files", "on")
    yield
    site.imagebed("settings", "set", "replace_files", "off")


def kept(site, file):
    return site.query("SELECT original_name, width FROM file WHERE id = ?", file)[0]


def unfold(browser, field):
    browser.run(f"document.querySelector('details:has({field}) > summary').click()")
    browser.wait(f"document.querySelector('{field}').checkVisibility()")


@pytest.mark.parametrize("width", [320, 1280])
def test_an_owner_renames_and_replaces(site, browser, mine, replacing, tmp_path, width):
    """The picture that the page shows is the new one at once."""
    browser.allowed = ["status of 400"]
    [(one, first), _] = mine
    content = tmp_path / "new.jpg"
    content.write_bytes(pictures.photograph(200, 100, 50))
    enter(site, browser, "user")
    browser.resize(width, 800)
    look(browser, first)
    browser.wait("document.querySelector('figure > img').naturalWidth === 400")
    unfold(browser, "#new-name")
    unfold(browser, "#new-file")
    assert browser.axe() + browser.overflow() + (browser.small_targets() if width < 640 else []) == []
    find = lambda selector: browser.driver.find_element("css selector", selector)  # noqa: E731
    find("#new-name").clear()
    find("#new-name").send_keys("a/b")
    browser.run("document.querySelector('form:has(#new-name) button').click()")
    browser.wait("document.querySelector('.notice.bad')?.textContent.includes('1 到 255 字节') && document.querySelector('#new-name').checkVisibility()")
    assert browser.run("return document.querySelector('#new-name').value") == "a/b"
    find("#new-name").clear()
    find("#new-name").send_keys("春天.jpg")
    browser.run("document.querySelector('form:has(#new-name) button').click()")
    browser.wait("document.querySelector('.notice.ok')?.textContent === '已改名'")
    unfold(browser, "#new-file")
    find("#new-file").send_keys(str(content))
    browser.run("document.querySelector('form:has(#new-file) button').click()")
    browser.wait("document.querySelector('.notice.ok')?.textContent.startsWith('已替换')")
    browser.wait("document.querySelector('figure > img').naturalWidth === 200")
    assert kept(site, one) == ("春天.jpg", 200)
    # Lists and the viewer show the new one too, whatever the browser has kept of the former one.
    look(browser, site.url + "/user/files.php?lang=zh-CN")
    card = f"document.querySelector('#f{one}')"
    assert browser.run(f"return {card}.querySelector('.name').textContent") == "春天.jpg"
    assert browser.run(f"return {card}.querySelector('img').getAttribute('src')").endswith("&v=1")
    browser.wait(f"{card}.querySelector('img').naturalWidth > 0")
    browser.run(f"{card}.querySelector('a').click()")
    browser.wait("document.querySelector('.lightbox[open] .slide:nth-child(2) img')?.naturalWidth === 200")
    assert browser.run(f"return {card}.querySelector('.copybox input').value").endswith(".jpg"), "the address to pass on is the same"


def test_an_owner_renames_and_replaces_without_scripts(site, browser, mine, replacing, tmp_path):
    browser.allowed = ["status of 400"]
    [(one, first), _] = mine
    content = tmp_path / "new.jpg"
    content.write_bytes(pictures.photograph(200, 100, 51))
    wrong = tmp_path / "wrong.jpg"
    wrong.write_bytes(pictures.still("png"))
    enter(site, browser, "user")
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    find = lambda selector: browser.driver.find_element("css selector", selector)  # noqa: E731
    try:
        browser.open(first)
        find("details:has(#new-name) > summary").click()
        find("#new-name").clear()
        find("#new-name").send_keys("plain.jpg")
        find("form:has(#new-name) button").click()
        until(lambda: "已改名" in browser.driver.page_source)
        find("details:has(#new-file) > summary").click()
        find("#new-file").send_keys(str(wrong))
        find("form:has(#new-file) button").click()
        until(lambda: "新文件是 PNG，这个地址只能放 JPG" in browser.driver.page_source)
        find("#new-file").send_keys(str(content))
        find("form:has(#new-file) button").click()
        until(lambda: "已替换，原来的文件在回收站里" in browser.driver.page_source)
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert kept(site, one) == ("plain.jpg", 200)
