# The administrator's page of everybody's files, with scripts and without them.

import contextlib
import sqlite3

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of

import accounts
import pictures
from client import Client
from running_site import Site, until
from test_site import enter, LOADED, press
from test_site_gallery import ids
from using import source

PAGE = "/admin/files.php"
GO_ON = "#task form:has([name=action][value=go_on]) button"


@pytest.fixture(scope="module")
def site():
    with Site(options=["--web", "nginx"]) as running:
        running.sessions = {"admin": accounts.session_of(running, "boss", "admin"), "user": accounts.session_of(running, "anna")}
        yield running


def opened(site, browser, scripts, query=""):
    enter(site, browser, "admin")
    browser.resize(1280, 900)
    browser.open(f"{site.url}{PAGE}?lang=zh-CN&{query}")
    if scripts:
        browser.wait(LOADED)


def field(browser, name, text):
    one = browser.driver.find_element(By.CSS_SELECTOR, f".filters [name={name}]")
    one.clear()
    one.send_keys(text)


def uploaded(site, name, owner=None):
    Client(site).uploaded(pictures.jpeg(), name)
    number = site.query("SELECT MAX(id) FROM file")[0][0]
    site.query("UPDATE file SET account_id = ? WHERE id = ?", owner and accounts.account(site, owner), number)
    return number


def state(site, number):
    return (site.query("SELECT state FROM file WHERE id = ?", number) or [(None,)])[0][0]


def test_everybodys_files_are_found_by_owner(site, browser, scripts):
    mine, other = uploaded(site, "one.jpg", "anna"), uploaded(site, "two.jpg")
    enter(site, browser, "admin")
    browser.open(site.url + "/?lang=zh-CN")
    press(browser, f"nav.site a[href$='{PAGE}']")
    source(browser, f'id="f{other}"')
    field(browser, "owner", "anna")
    press(browser, ".filters > button:last-of-type")
    source(browser, 'value="anna"')
    cards = [card.get_attribute("id") for card in browser.driver.find_elements(By.CSS_SELECTOR, ".cards > li")]
    assert f"f{mine}" in cards and f"f{other}" not in cards and "owner=anna" in browser.driver.current_url


def test_what_cannot_be_is_told_and_stays_in_its_field(site, browser, scripts):
    browser.allowed = ["status of 422"]
    opened(site, browser, scripts)
    field(browser, "address", "192.0.2.999")
    press(browser, ".filters > button:last-of-type")
    source(browser, "这不是 IP 地址")
    one = browser.driver.find_element(By.CSS_SELECTOR, ".filters [name=address]")
    assert (one.get_attribute("value"), one.get_attribute("aria-invalid")) == ("192.0.2.999", "true")
    assert browser.driver.find_elements(By.CSS_SELECTOR, ".cards") == []


def test_8_a_file_of_another_to_the_bin_and_back(site, browser, scripts):
    number = uploaded(site, "theirs.jpg", "anna")
    opened(site, browser, scripts, "owner=anna")
    press(browser, f"#f{number} [name='id[]']")
    press(browser, ".selection > button[value=recycle]")
    until(lambda: state(site, number) == 2)
    opened(site, browser, scripts, "in=recycle")
    text = browser.driver.find_element(By.CSS_SELECTOR, f"#f{number}").text
    assert "theirs.jpg" in text and "anna" in text and "原位置" in text and "自动清除" in text
    press(browser, f"#f{number} [name='id[]']")
    press(browser, ".selection > button[value=restore]")
    until(lambda: state(site, number) == 0)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_leads_to_actions_on_all_files_stands_apart(site, browser, width):
    uploaded(site, "kept.jpg")
    site.query("UPDATE file SET state = 2, deleted_at = created_at WHERE id = ?", uploaded(site, "apart.jpg"))
    for query, button in [("", "a[href*='all=1']"), ("in=recycle", "[data-open=ask-empty]")]:
        opened(site, browser, True, query)
        browser.resize(width, 900)
        space = browser.run("""
            const [button, list] = [arguments[0], ".cards"].map(name => document.querySelector(`main ${name}`).getBoundingClientRect());
            return [button.left, list.top - button.bottom]""", button)
        assert 0 <= space[0] and 16 <= space[1] < 100, query


def test_a_list_of_many_leads_on(site, browser):
    """Parts come as one scrolls, each file once."""
    with contextlib.closing(sqlite3.connect(site.first_run["DATABASE"])) as database:
        database.execute("""
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 300)
            INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
            SELECT 'many/' || substr('000' || n, -3) || '.ico', 'many ' || n, 'ico', 'image', n, x'', x'', 1600000000 + n FROM number""")
        database.commit()
    browser.allowed += ["404"]
    opened(site, browser, True, "folder=many")
    browser.wait("(scrollBy(0, 3000), document.querySelectorAll('.cards > li').length === 300)", seconds=60)
    found = ids(browser)
    assert found == sorted(found, reverse=True) and len(set(found)) == 300
    browser.check()


def test_all_of_a_filter_goes_on_to_its_end(site, browser, scripts):
    """A reload in between loses nothing."""
    folder = f"all-{'with' if scripts else 'without'}"
    site.query("""
        WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1200)
        INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
        SELECT ? || '/' || n || '.ico', 'many ' || n, 'ico', 'image', n, x'', x'', 1500000000 + n FROM number""", folder)
    browser.allowed += ["404"]
    opened(site, browser, scripts, f"folder={folder}")
    press(browser, "main a[href*='all=1']")
    source(browser, "共 1200 个文件")
    press(browser, "main button[value=hide]")
    source(browser, "批量操作")
    browser.driver.refresh()

    def is_over():
        if "notice ok" in browser.driver.page_source:
            return True
        if not scripts and browser.driver.find_elements(By.CSS_SELECTOR, GO_ON):
            press(browser, GO_ON)
        return False
    until(is_over, seconds=120)
    source(browser, "已不列出：1200 个")
    if scripts:
        browser.wait(LOADED)
        browser.resize(320)
        browser.picture("site-files-task-320")
        assert browser.axe() + browser.overflow() + browser.small_targets() == []
        browser.resize(1280, 900)
    assert site.query("SELECT count(*) FROM file WHERE path LIKE ? || '/%' AND is_public = 0", folder) == [(1200,)]
    press(browser, "#task button.primary")
    source(browser, "class=\"filters")


def test_the_bin_is_emptied_with_a_word(site, browser, scripts):
    number = uploaded(site, "gone.jpg", "anna")
    site.imagebed("file", "delete", str(number))
    opened(site, browser, scripts, "in=recycle")
    before = browser.driver.find_element(By.CSS_SELECTOR, "html")
    press(browser, "main button[value='1']")
    form = "#ask-empty[open] " if scripts else "main "
    # (Without scripts another page asks, and the words of the dialog are in this one too.)
    assert scripts or until(lambda: staleness_of(before)(browser.driver))
    source(browser, "输入“清空”确认")
    browser.driver.find_element(By.CSS_SELECTOR, form + "[name=word]").send_keys("清空")
    if scripts:
        assert browser.axe() == []
    press(browser, form + "button.danger")
    source(browser, "notice ok")
    assert state(site, number) is None
