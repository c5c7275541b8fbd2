# The settings page of a real site. The numbers in the tests' names are those of the design's acceptance checks.

import sys
import pathlib

import pytest
from selenium.webdriver import Keys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import accounts  # noqa: E402
from running_site import Site, until  # noqa: E402
from test_site import LOADED, enter  # noqa: E402
from using import find  # noqa: E402

SETTINGS = "/admin/settings.php"
COUNT = "document.getElementById('changes').textContent"
READY = f"{LOADED} && {COUNT} !== ''"
SAID = "(document.querySelector('main .notice.ok, main .notice.bad')?.textContent ?? '')"


@pytest.fixture(scope="module")
def site():
    with Site(options=["--web", "nginx"]) as running:
        running.sessions = {"admin": accounts.session_of(running, "boss", "admin")}
        yield running


@pytest.fixture
def page(site, browser):
    enter(site, browser, "admin")
    browser.resize(1280)
    browser.open(site.url + SETTINGS + "?lang=zh-CN")
    browser.wait(READY)
    yield browser
    # Or the next page would ask whether to leave this one.
    browser.run("document.querySelector('form[data-settings]')?.reset()")


def value(site, key):
    return site.imagebed("settings", "get", key).stdout[:-1]


def fill(browser, key, text):
    field = find(browser, f"#set-{key}")
    field.clear()
    field.send_keys(text)


def save(browser):
    """Sends the form, and returns what its answer says."""
    browser.run("window.before = true")
    find(browser, ".savebar .primary").click()
    browser.wait(f"window.before === undefined && {READY} && {SAID} !== ''", seconds=30)
    return browser.run(f"return {SAID}")


def test_fields_are_as_wide_as_their_column(page):
    for width in [1280, 390]:
        page.resize(width)
        narrow = page.run("""
            return [...document.querySelectorAll(".fields textarea, .fields input[type=text]")].filter(one => one.clientWidth)
                .filter(one => one.getBoundingClientRect().right < one.closest(".field").getBoundingClientRect().right - 1).map(one => one.name)""")
        assert narrow == []


def test_14_changes_are_counted_and_saved(site, page):
    assert page.run(f"return {COUNT}") == "没有更改"
    fill(page, "gallery_size", "33")
    page.run("document.getElementById('set-deduplicate').click()")
    assert page.run(f"return {COUNT}") == "2 项更改"
    changed = "[...document.querySelectorAll('.changed')].map(one => one.dataset.key).join()"
    assert page.run(f"return {changed}") == "deduplicate,gallery_size"
    page.run("document.getElementById('set-deduplicate').click()")
    assert page.run(f"return {COUNT}") == "1 项更改"
    assert save(page) == "已保存 1 项，从下一个请求起生效"
    assert (value(site, "gallery_size"), value(site, "deduplicate")) == ("33", "off")
    # Back to what a new site has.
    reset = find(page, "#setting-gallery_size [data-reset]")
    assert reset.is_displayed() and not find(page, "#setting-deduplicate [data-reset]").is_displayed()
    reset.send_keys(Keys.ENTER)
    assert page.run("return document.activeElement.id") == "set-gallery_size" and not reset.is_displayed()
    save(page)
    assert value(site, "gallery_size") != "33"


@pytest.mark.parametrize(("width", "key"), [(1280, "gallery_size"), (320, "thumbnail_width")])
def test_14_the_page_comes_back_to_what_was_edited(site, page, width, key):
    page.resize(width, 800)
    before = value(site, key)
    fill(page, key, str(int(before) + 1))
    assert save(page).startswith("已保存")
    top = page.run("return document.getElementById(arguments[0]).getBoundingClientRect().top", f"setting-{key}")
    notice = page.run("const {top, bottom} = document.querySelector('main .notice.ok').getBoundingClientRect(); return [top, bottom]")
    assert 0 <= top < notice[0] < notice[1] < 800, "setting and notice are in sight"
    assert page.run("return scrollY") > 0 and page.overflow() + page.axe() == []
    site.imagebed("settings", "set", key, before)


def test_14_only_what_was_changed_is_sent(site, page):
    """So what others change meanwhile is no matter."""
    fill(page, "site_name", "Mine")
    with site.setting(gallery_size="12"):
        assert save(page) == "已保存 1 项，从下一个请求起生效"
        assert (value(site, "site_name"), value(site, "gallery_size")) == ("Mine", "12")


def test_14_a_value_out_of_range_stays_and_says_its_limit(site, page):
    page.allowed = ["status of 422"]
    fill(page, "gallery_size", "5000")
    fill(page, "report_url", "/report")
    assert "有 1 项不能这样填写" in save(page)
    assert page.run("return document.activeElement.getAttribute('role')") == "alert"
    field = find(page, "#set-gallery_size")
    assert (field.get_attribute("value"), field.get_attribute("aria-invalid")) == ("5000", "true")
    assert "1 到 1000 的整数" in find(page, "#error-gallery_size").text and page.run(f"return {COUNT}") == "2 项更改"
    assert page.axe() == [] and value(site, "report_url") == ""
    fill(page, "gallery_size", "500")
    assert save(page) == "已保存 2 项，从下一个请求起生效"
    assert (value(site, "gallery_size"), value(site, "report_url")) == ("500", "/report")


def test_14_somebody_elses_change_is_shown_beside(site, page):
    page.allowed = ["status of 409"]
    fill(page, "site_keywords", "mine")
    site.imagebed("settings", "set", "site_keywords", "theirs <b>")
    assert "刚才被别人修改" in save(page)
    assert "theirs <b>" in find(page, "#setting-site_keywords .notice").text and find(page, "#set-site_keywords").get_attribute("value") == "mine"
    assert value(site, "site_keywords") == "theirs <b>" and page.axe() == []
    save(page)
    assert value(site, "site_keywords") == "mine"


def test_what_may_lock_everybody_out_is_asked_first(site, page):
    """In a dialog; who does not answer yes changes nothing, and has the words still."""
    address = value(site, "base_url")
    fill(page, "base_url", "https://img.example.org")
    fill(page, "gallery_size", "44")
    shown = "document.getElementById('risk-base_url').open"
    find(page, ".savebar .primary").click()
    page.wait(shown)
    said = find(page, "#risk-base_url")
    assert "没有人能再登录" in said.text and f"sudo imagebed settings set base_url '{address}'" in said.text and page.axe() == []
    said.find_element("css selector", "button[value='']").click()
    page.wait(f"!{shown} && document.activeElement.id === 'set-base_url'")
    assert (value(site, "base_url"), value(site, "gallery_size") == "44") == (address, False)
    fill(page, "base_url", address)
    fill(page, "hsts_seconds", "300")
    find(page, "#set-hsts_seconds").send_keys(Keys.ENTER)
    page.wait("document.getElementById('risk-hsts_seconds').open")
    page.run("window.before = true")
    find(page, "#risk-hsts_seconds button[value='yes']").click()
    page.wait(f"window.before === undefined && {READY} && {SAID} !== ''", seconds=30)
    assert page.run(f"return {SAID}") == "已保存 2 项，从下一个请求起生效"
    assert (value(site, "hsts_seconds"), value(site, "gallery_size")) == ("300", "44")
    site.imagebed("settings", "set", "hsts_seconds", "0")


def test_limits_that_delete_are_asked_about_when_they_are_narrower(site, page):
    """And not before the server has refused what cannot be."""
    page.allowed = ["status of 422"]
    fill(page, "anonymous_retention_bytes", "2 gb")
    find(page, ".savebar .primary").click()
    page.wait("document.getElementById('risk-anonymous_retention_bytes').open")
    said = find(page, "#risk-anonymous_retention_bytes")
    assert "recycle 关闭时彻底删除" in said.text and "sudo" not in said.text and page.axe() == []
    said.find_element("css selector", "button[value='']").click()
    for text, answer in [("9ZB", "有 1 项不能这样填写"), ("0", "没有需要保存的更改")]:
        fill(page, "anonymous_retention_bytes", text)
        assert answer in save(page)
    site.imagebed("settings", "set", "anonymous_retention_bytes", "2GB")
    site.imagebed("settings", "set", "anonymous_retention_files", "2")
    page.open(site.url + SETTINGS)
    page.wait(READY)
    fill(page, "anonymous_retention_files", "5")
    fill(page, "anonymous_retention_bytes", "2049M")
    assert save(page) == "已保存 2 项，从下一个请求起生效"
    fill(page, "anonymous_retention_files", "0")
    fill(page, "anonymous_retention_bytes", "0")
    assert save(page) == "已保存 2 项，从下一个请求起生效"


@pytest.mark.parametrize("text, keys", [
    ("hsts_sec", ["hsts_seconds"]), ("回收站", None), ("水印 颜色", ["watermark_color"]), ("no such setting", []),
])
def test_settings_are_found(page, text, keys):
    """By key, name and help."""
    total = page.run("return document.querySelectorAll('[data-settings] .field').length")
    find(page, "#find-setting").send_keys(text)
    shown = page.run("return [...document.querySelectorAll('[data-settings] .field')].filter(one => one.checkVisibility()).map(one => one.id.slice(8))")
    assert shown == keys if keys is not None else "recycle_days" in shown and len(shown) < 10
    assert page.run("return document.getElementById('found').textContent") == (f"找到 {len(shown)} 项" if shown else "没有找到设置")
    find(page, "#find-setting").clear()
    page.run("document.getElementById('find-setting').dispatchEvent(new Event('input'))")
    assert page.run("return [...document.querySelectorAll('[data-settings] .field')].filter(one => one.checkVisibility()).length") == total


def test_21_settings_without_scripts(site, browser):
    enter(site, browser, "admin")
    browser.allowed = ["status of 422"]
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site.url + SETTINGS + "?lang=en")
        assert not find(browser, "#find-setting").is_displayed()
        fill(browser, "gallery_days", "-1")
        fill(browser, "announcement", "one\ntwo")
        find(browser, "#set-video_upload").send_keys(Keys.SPACE)
        find(browser, ".savebar .primary").click()
        assert until(lambda: "a whole number from 0 to 36500" in browser.driver.page_source and "Values that cannot be so: 1" in browser.driver.page_source)
        fill(browser, "gallery_days", "77")
        find(browser, ".savebar .primary").click()
        assert until(lambda: "Saved: 3." in browser.driver.page_source)
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert (value(site, "gallery_days"), value(site, "announcement"), value(site, "video_upload")) == ("77", "one\\u000atwo", "off")


def test_the_bar_leads_administrators_here(site, page):
    page.open(site.url + "/user/index.php")
    page.wait(LOADED)
    find(page, "nav.site a.wide").click()
    page.wait(f"location.pathname === '{SETTINGS}' && {READY}")
    assert find(page, "nav.site a.wide").get_attribute("aria-current") == "page"
    page.resize(390)
    assert not find(page, "nav.site a.wide").is_displayed()
    find(page, "nav.site .more summary").click()
    assert find(page, "nav.site .menu a[href$='settings.php']").is_displayed()
