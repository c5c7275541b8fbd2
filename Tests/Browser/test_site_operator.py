# What an operator puts into pages of a real site: scripts run only where and when that is allowed, and a notice is shown once. The number in
# the tests' names is that of the design's acceptance check.

import pytest

from site_pages import PAGES
from test_site import LOADED, enter, press

# The pages that show the operator's texts.
PUBLIC = {"upload", "upload-notice", "gallery", "gallery-admin", "gallery-empty", "gallery-search", "gallery-day", "details", "details-video", "details-admin", "details-replacing", "history", "history-empty", "history-user", "terms"}
RAN = "document.documentElement.dataset.ran = (document.documentElement.dataset.ran ?? '') + "
TEXTS = {
    "head_html": f"<script>{RAN}'head '</script>", "banner_top": f"<b>top</b><img src=\"data:,\" alt=\"\" onerror=\"{RAN}'top '\">",
    "announcement": f"<b>announcement</b><script>{RAN}'announcement '</script>", "banner_bottom": f"<svg onload=\"{RAN}'bottom '\"></svg>",
    "footer_html": f"<a href=\"javascript:{RAN}'link '\">footer</a><script>{RAN}'footer '</script>",
    "terms": f"<p>terms</p><script>{RAN}'terms '</script>",
}


@pytest.fixture
def site(nginx_site):
    return nginx_site


def ran(site, browser, page):
    """What of the operator's scripts ran on a page, and whether it shows their texts. (The settings page shows their source.)"""
    enter(site, browser, page.who)
    browser.open(site.url + page.address.format(**site.places))
    browser.wait("document.readyState === 'complete'")
    return browser.run("return [document.documentElement.dataset.ran ?? '', [...document.querySelectorAll('a')].some(link => link.textContent === 'footer')]")


@pytest.mark.parametrize("switch", ["off", "on"])
def test_17_scripts_of_the_operator(site, browser, switch):
    browser.allowed = ["status of 403", "status of 404", "status of 422"] + (["policy: script-src", "Content Security Policy"] if switch == "off" else [])
    with site.setting(**TEXTS, operator_scripts=switch):
        for page in PAGES:
            scripts, is_shown = ran(site, browser, page)
            assert is_shown == (page.name in PUBLIC), page.name
            if page.name in PUBLIC and switch == "on":
                assert {"head", "footer"} <= set(scripts.split()), page.name
            else:
                assert scripts == "", page.name
            if page.name not in PUBLIC:
                assert browser.faults() == []


def test_a_notice_is_shown_once_in_a_session_of_the_browser(site, browser):
    shown = "return document.querySelector('dialog:modal')?.innerText.split(/\\n+/)"
    with site.setting(notice="<p>Backup on <i>Sunday</i></p>", notice_shown="on"):
        enter(site, browser, "user")
        browser.open(site.url + "/?lang=en")
        browser.wait(LOADED)
        assert browser.run(shown) == ["Notice", "Backup on Sunday", "Close"]
        assert browser.run("return document.activeElement.textContent") == "Close" and browser.axe() == []
        # Who leaves without closing it has maybe not read it.
        browser.driver.refresh()
        browser.wait(LOADED)
        assert browser.run(shown) is not None
        press(browser, "dialog:modal button")
        for _ in range(2):
            browser.driver.refresh()
            browser.wait(LOADED)
            assert browser.run(shown) is None and not browser.run("return document.getElementById('notice').checkVisibility()")
        # It ends with the session of the browser.
        cookie = browser.driver.get_cookie("notice")
        assert "expiry" not in cookie and cookie["path"] == "/"
        site.imagebed("settings", "set", "notice", "<p>Another</p>")
        browser.driver.refresh()
        browser.wait(LOADED)
        assert browser.run(shown) == ["Notice", "Another", "Close"]
        browser.tell("Emulation.setScriptExecutionDisabled", value=True)
        try:
            browser.driver.refresh()
            notice = browser.driver.find_element("id", "notice")
            assert notice.is_displayed() and "Another" in notice.text and "Close" not in notice.text
        finally:
            browser.tell("Emulation.setScriptExecutionDisabled", value=False)


def test_an_administrator_is_told_of_the_default_token(site, browser):
    """Once in a session of the browser, on the first page after signing in; a user is not."""
    kept = site.data / "easyimages"
    kept.mkdir(mode=0o700)
    try:
        (kept / "default-token").write_text("token 1c17b11693cb5ec63859b091c5b9c1b2\nuses 412\nlast 1751336100\n")
        shown = "return document.querySelector('dialog:modal')?.innerText"
        enter(site, browser, "admin")
        browser.open(site.url + "/?lang=en")
        browser.wait(LOADED)
        browser.wait("document.querySelector('dialog:modal')")
        text = browser.run(shown)
        assert "Uploads with it in the old site's logs: 412, the last on" in text and "1c17b11693cb5ec63859b091c5b9c1b2" in text and "--default-token replace" in text and browser.axe() == []
        press(browser, "dialog:modal button")
        browser.open(site.url + "/user/index.php")
        browser.wait(LOADED)
        assert browser.run(shown) is None
        enter(site, browser, "user")
        browser.open(site.url + "/user/index.php")
        browser.wait(LOADED)
        assert "1c17b116" not in browser.driver.page_source
    finally:
        (kept / "default-token").unlink()
        kept.rmdir()
