# The history page in a real browser: it shows what the upload page of EasyImages stored there, and takes none of it for markup.

import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from urllib.parse import quote

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.action_chains import ActionChains

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
from browser import browser, chromium  # noqa: E402, F401
from client import Client  # noqa: E402
from running_site import Site  # noqa: E402
from using import clipboard  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSTILE = '"><img src=x onerror="document.title=\'ran\'"><script>document.title="ran"</script>'


@pytest.fixture(scope="module")
def site():
    """With a folder of static files of its own, so that a test can add some."""
    with Site(options=["--web", "nginx", "--prefix", "/pics"]) as running:
        running.htdocs = running.folder / "htdocs"
        shutil.copytree(ROOT / "htdocs", running.htdocs)
        locations = running.data / "run" / "nginx" / "locations.conf"
        locations.write_text(locations.read_text().replace(str(ROOT / "htdocs"), str(running.htdocs)))
        running.reload_web_server()
        yield running


def dom(site, page, folder):
    """The page as the browser has it once its scripts ran."""
    # Browsers keep scripts for good, and tests change them.
    cache = tempfile.mkdtemp(dir=folder)
    told = subprocess.run(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--accept-lang=zh-CN",
         f"--disk-cache-dir={cache}", f"--user-data-dir={folder}/profile",
         "--virtual-time-budget=5000", "--dump-dom", site.url + page], capture_output=True, text=True, timeout=600)
    assert "</html>" in told.stdout, told.stderr
    return told.stdout


@pytest.fixture
def remembered(site, tmp_path):
    """Puts entries where the upload page puts them, and returns the history page that follows."""
    def visit(entries):
        lines = "".join(f"localStorage.setItem({json.dumps(key)}, {json.dumps(value)});\n" for key, value in entries.items())
        # In the place of the page's own script, because no other one may run on this site.
        script = site.htdocs / "assets" / "history.js"
        page_script = script.read_text()
        script.write_text(lines)
        try:
            dom(site, "/app/history.php", tmp_path)
        finally:
            script.write_text(page_script)
        return dom(site, "/app/history.php", tmp_path)

    return visit


def entry(**fields):
    return json.dumps({"result": "success", "code": 200, **fields}, ensure_ascii=False)


def test_an_empty_history(site, tmp_path):
    page = dom(site, "/app/history.php", tmp_path)
    assert "没有上传历史" in page and 'id="clear" type="button" hidden' in page


def test_entries_of_the_upload_page(site, remembered):
    answer = Client(site).uploaded(pictures.jpeg(), "photo.jpg")
    page = remembered({
        "photo": entry(url=answer["url"], srcName="photo", thumb=answer["thumb"], **{"del": answer["del"]}),
        "假日": entry(url=f"{site.url}/i/2025/07/04/假日 &.jpg", srcName="假日", thumb="", **{"del": "Admin closed user delete"}),
        "dark-mode": "1", "junk": "{", "other": '{"a":1}', "list": "[1]", "null": "null", "number": entry(url=5),
    })
    assert "共 2 个文件" in page
    cards = re.findall(r'<li class="card">.*?</li>', page, re.DOTALL)
    by_name = {re.search(r'<p class="name" title=".*?">(.*?)</p>', card)[1]: html.unescape(card) for card in cards}
    path = answer["url"].removeprefix(site.url)
    photo = by_name["photo"]
    assert f'<a href="{answer["url"]}"' in photo and f'<img src="{answer["thumb"]}"' in photo and "删除文件" in photo
    assert f'href="/pics/app/info.php?history={quote("/pics" + path, safe="")}"' in photo
    holiday = by_name["假日"]
    assert "删除文件" not in holiday
    assert f'info.php?history={quote("/pics/i/2025/07/04/假日 &.jpg", safe="")}"' in holiday
    details = Client(site).get(re.search(r'href="/pics(/app/info.php[^"]+)"', photo)[1])
    assert details.status_code == 200 and answer["url"] in details.text


def test_entries_are_no_markup(site, remembered):
    page = remembered({
        HOSTILE: entry(url=f"{site.url}/uploads/a.jpg", srcName=HOSTILE, thumb=HOSTILE),
        "script": entry(url="javascript:document.title='ran'", srcName="x"),
        "thumb": entry(url=f"{site.url}/uploads/b.jpg", srcName="b", thumb="javascript:1", **{"del": "javascript:document.title='ran'"}),
        "data": entry(url="data:text/html,<script>1</script>", srcName="x"),
    })
    assert "共 2 个文件" in page and "<title>上传历史" in page
    assert "javascript:" not in page.replace('value="javascript', "") and page.count("<script") == 3


ANSWER = 'document.querySelector("#ask-clear button'
PRESSES = [
    ('document.querySelector("#history .links button").click()', ["kept"]), (f'clear.click(); {ANSWER}[value=yes]").click()', []),
    (f'clear.click(); {ANSWER}[value=\'\']").click()', ["gone", "kept"]),
]


@pytest.mark.parametrize("press, left", PRESSES, ids=["remove", "clear", "no"])
def test_entries_are_forgotten(site, remembered, tmp_path, press, left):
    """By a press of a button, which stands behind the page's script here; what is not the history's stays."""
    script = site.htdocs / "assets" / "history.js"
    page_script = script.read_text()
    tell = '\nsetTimeout(() => document.title = "left: " + Object.keys(localStorage).sort().join(), 100);\n'
    script.write_text(page_script + press + tell)
    try:
        page = remembered({name: entry(url=f"{site.url}/uploads/{name}.jpg", srcName=name) for name in ["gone", "kept"]} | {"dark-mode": "1"})
    finally:
        script.write_text(page_script)
    assert "<title>left: " + ",".join(sorted(["dark-mode", *left])) + "</title>" in page
    assert (f"共 {len(left)} 个文件" if left else "没有上传历史") in page


# In Chromium that stays open

def opened_with(browser, site, entries):  # noqa: F811
    """The history page with these entries, in the order that it shows. Their pictures need not exist."""
    browser.allowed = ["status of 404"]
    browser.open(site.url + "/app/history.php?lang=zh-CN")
    browser.run("localStorage.clear(); for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value)", entries)
    browser.open(site.url + "/app/history.php?lang=zh-CN")
    browser.wait("document.documentElement.classList.contains('js') && document.getElementById('state').textContent")
    return browser.run("return [...document.querySelectorAll('#history .name')].map(one => one.textContent)")


def delete(browser, answer):  # noqa: F811
    browser.run("[...document.querySelectorAll('#history .links button')].find(one => one.textContent === '删除文件').click()")
    browser.wait("document.querySelector('#ask-delete-file:modal')")
    browser.run("document.querySelector(`#ask-delete-file button[value='${arguments[0]}']`).click()", answer)


def test_a_file_is_deleted_after_asking(site, browser):  # noqa: F811
    client = Client(site)
    answer = client.uploaded(pictures.jpeg(), "photo.jpg")
    stored = entry(url=answer["url"], srcName="photo", thumb=answer["thumb"], **{"del": answer["del"].replace(site.url, "http://other.example/pics")})
    path = answer["url"].removeprefix(site.url)
    assert opened_with(browser, site, {"photo": stored}) == ["photo"]
    delete(browser, "")
    assert "photo" in browser.run("return document.querySelector('#ask-delete-file h2').textContent") and client.get(path).status_code == 200
    delete(browser, "yes")
    browser.wait("document.getElementById('toasts').textContent.includes('已移到回收站')")
    assert client.get(path).status_code == 404
    assert browser.run("return [localStorage.getItem('photo'), document.querySelectorAll('#history li').length]") == [None, 0]
    # The one useful button of an empty history.
    assert browser.run("const one = document.querySelector('#nothing a'); return [one.checkVisibility(), one.textContent, new URL(one.href).pathname]") == \
        [True, "上传", "/pics/"]
    assert opened_with(browser, site, {"photo": stored}) == ["photo"]
    delete(browser, "yes")
    browser.wait("document.getElementById('toasts').textContent.includes('没有删除')")
    assert browser.run("return localStorage.getItem('photo') !== null && document.getElementById('nothing').hidden")


def test_the_newest_is_the_first(site, browser):  # noqa: F811
    """By the time of the entry, else by the day in the file's address."""
    day = f"{site.url}/uploads/2025/07/04"
    assert opened_with(browser, site, {
        "a": entry(url=f"{day}/a.jpg", time=1_000), "b": entry(url=f"{day}/b.jpg"), "c": entry(url=f"{site.url}/uploads/c.jpg"),
        "d": entry(url=f"{site.url}/uploads/2025/07/05/d.jpg"), "e": entry(url=f"{day}/e.jpg", time=1_800_000_000_000),
    }) == ["e", "d", "b", "a", "c"]


def test_a_video_shows_its_type(site, browser):  # noqa: F811
    url = f"{site.url}/i/2025/07/04/clip.mp4"
    opened_with(browser, site, {"clip": entry(url=url, srcName="clip", thumb=f"{site.url}/app/thumb.php?img=/pics/i/2025/07/04/clip.mp4")})
    assert browser.run("return [document.querySelector('#history .kind').textContent, document.querySelectorAll('#history img').length]") == ["mp4", 0]


# The list: searched, chosen from, saved and read

def names(browser):  # noqa: F811
    return browser.run("return [...document.querySelectorAll('#history .name')].map(one => one.textContent)")


def toast_with(browser, text):  # noqa: F811
    browser.wait("[...document.querySelectorAll('.toast')].some(one => one.textContent.includes(arguments[0]))", text)


def press(browser, selector):  # noqa: F811
    browser.run("document.querySelector(arguments[0]).click()", selector)


def several(site, *known):
    """Entries of these names, the first the newest."""
    return {name: entry(url=f"{site.url}/uploads/{number}.jpg", srcName=name, time=1_000_000 - number) for number, name in enumerate(known)}


def test_a_name_is_searched(site, browser):  # noqa: F811
    assert opened_with(browser, site, several(site, "Holiday one", "假日", "other")) == ["Holiday one", "假日", "other"]
    field = browser.driver.find_element("id", "search")
    for text, found, said in [("HOLIDAY", ["Holiday one"], "找到 1 个文件"), ("假", ["假日"], "找到 1 个文件"), ("nothing", [], "找到 0 个文件")]:
        field.clear()
        field.send_keys(text)
        browser.wait("document.getElementById('state').textContent === arguments[0]", said)
        assert names(browser) == found
    field.clear()
    field.send_keys(" ")
    browser.wait("document.getElementById('state').textContent === '共 3 个文件'")


def test_chosen_entries(site, browser):  # noqa: F811
    """By keyboard and with Shift; their links are copied in the form that was used last, and they leave the list until that is taken back."""
    opened_with(browser, site, several(site, "a", "b", "c", "d"))
    boxes = browser.driver.find_elements("css selector", "#history .pick input")
    browser.run("arguments[0].focus()", boxes[0])
    ActionChains(browser.driver).send_keys(Keys.SPACE).perform()
    browser.wait("document.querySelector('#chosen.shown [role=status]').textContent === '已选 1 个'")
    ActionChains(browser.driver).key_down(Keys.SHIFT).click(boxes[2]).key_up(Keys.SHIFT).perform()
    browser.wait("document.querySelector('#chosen.shown [role=status]').textContent === '已选 3 个'")
    browser.run("localStorage.setItem('imagebed.format', 'bbcode')")
    press(browser, "#chosen [data-links]")
    browser.wait("document.querySelector('#chosen [data-copied]')")
    assert clipboard(browser) == "\n".join(f"[img]{site.url}/uploads/{number}.jpg[/img]" for number in range(3))
    press(browser, "#chosen [data-remove]")
    toast_with(browser, "已从列表移除：3 个")
    assert names(browser) == ["d"] and not browser.run("return document.getElementById('chosen').classList.contains('shown')")
    browser.run("[...document.querySelectorAll('.toast button')].find(one => one.textContent === '撤销').click()")
    assert names(browser) == ["a", "b", "c", "d"]
    press(browser, "#history .pick input")
    press(browser, "#chosen [data-all]")
    assert "已选 4 个" in browser.run("return document.getElementById('chosen').textContent")
    browser.run("document.getElementById('paste').remove()")
    for width, scheme in [(1280, "light"), (320, "dark")]:
        browser.resize(width)
        browser.prefer(color_scheme=scheme)
        # Elsewhere the bar lies over the cards.
        browser.run("scrollTo(0, document.documentElement.scrollHeight)")
        assert browser.axe() + browser.overflow() + (browser.small_targets() if width < 640 else []) == []
        browser.picture(f"history-chosen-{width}")
    press(browser, "#chosen [data-none]")
    assert browser.run("return document.querySelectorAll('#history :checked').length") == 0
    browser.run("localStorage.removeItem('imagebed.format')")


def test_many_entries_come_in_steps(site, browser):  # noqa: F811
    opened_with(browser, site, several(site, *(f"n{number}" for number in range(300))))
    assert len(names(browser)) == 240 and browser.run("return document.getElementById('state').textContent") == "共 300 个文件"
    press(browser, "#more")
    assert len(names(browser)) == 300 and browser.run("return document.getElementById('more').hidden")
    assert browser.run("return document.activeElement.closest('li').querySelector('.name').textContent") == "n240"


def saved(browser):  # noqa: F811
    """The text of the file that the page gives to the browser."""
    browser.run("""
        const make = URL.createObjectURL;
        URL.createObjectURL = blob => { blob.text().then(text => window.savedText = text); return make(blob); };
        HTMLAnchorElement.prototype.click = function () { window.savedName = this.download; };
        document.getElementById('save').click();""")
    return browser.run("return window.savedName"), browser.wait("window.savedText")


def test_the_list_moves_to_another_browser(site, browser, tmp_path):  # noqa: F811
    entries = several(site, "假日", HOSTILE) | {"own": "theirs"}
    opened_with(browser, site, entries)
    name, text = saved(browser)
    assert name == "upload-history.json" and len(json.loads(text)["entries"]) == 2
    (tmp_path / name).write_text(text)
    assert opened_with(browser, site, several(site, "here")) == ["here"]
    browser.run("document.getElementById('file').hidden = false")
    field = browser.driver.find_element("id", "file")
    field.send_keys(str(tmp_path / name))
    toast_with(browser, "导入了 1 个，已经有的 1 个，无效的 0 个")
    assert names(browser) == ["here", HOSTILE] and browser.run("return document.title").startswith("上传历史")
    for content, said in [("{}", "这不是从上传历史导出的文件"), (" " * 5_500_000, "文件太大：5.2 MB，最多 5 MB"),
                          (json.dumps({"kind": "imagebed-history", "entries": [None] * 10_001}), "文件里有 10001 条记录，最多 10000 条"),
                          (json.dumps({"kind": "imagebed-history", "entries": [{"url": "javascript:alert(1)", "srcName": "x"}]}), "无效的 1 个")]:
        (tmp_path / "other.json").write_text(content)
        field.send_keys(str(tmp_path / "other.json"))
        toast_with(browser, said)
    assert names(browser) == ["here", HOSTILE]


def test_a_full_storage_says_so(site, browser):  # noqa: F811
    opened_with(browser, site, several(site, "a"))
    assert browser.run("return document.getElementById('full').hidden")
    browser.run("""
        for (let size = 1 << 22; size >= 1; size >>= 1) {
            for (let number = 0; number < 8; number += 1) try { localStorage.setItem(`fill${size}.${number}`, 'x'.repeat(size)); } catch { break; }
        }""")
    browser.open(site.url + "/app/history.php?lang=zh-CN")
    browser.wait("!document.getElementById('full').hidden")
    assert names(browser) == ["a"] and "已满" in browser.run("return document.getElementById('full').textContent")
    browser.run("localStorage.clear()")


def test_a_storage_that_is_off_says_so(site, browser):  # noqa: F811
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source="Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }})")
    try:
        browser.open(site.url + "/app/history.php?lang=zh-CN")
        browser.wait("document.getElementById('state').textContent.includes('浏览器不允许保存数据')")
        assert browser.run("return [...document.querySelectorAll('#save, #load, #clear, #find')].every(one => one.hidden)")
    finally:
        browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])


def test_without_scripts_it_says_what_it_needs(site, browser):  # noqa: F811
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site.url + "/app/history.php?lang=zh-CN")
        shown = browser.driver.find_element("css selector", "main").text
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert "需要启用 JavaScript" in shown and "导出" not in shown and "复制链接" not in shown


def test_pages_have_no_errors(site, tmp_path):
    """What the policy forbids would be told on the console."""
    for path in ["/app/list.php", "/app/history.php", "/admin/index.php", "/admin/terms.php", "/app/info.php"]:
        told = subprocess.run(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr", "--v=0",
             f"--user-data-dir={tmp_path}/profile", "--virtual-time-budget=3000", "--dump-dom", site.url + path],
            capture_output=True, text=True, timeout=600)
        console = [line for line in told.stderr.splitlines() if ":CONSOLE" in line and "favicon" not in line]
        assert console == [] and "</main>" in told.stdout
