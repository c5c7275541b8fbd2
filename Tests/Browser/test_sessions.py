# The pages of a real site behind nginx when a session ends in the middle of a form or of an upload. The numbers at the tests are those of the
# design's acceptance checks.

import os
import pathlib
import subprocess
import sys

import pytest
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
from accounts import session_of  # noqa: E402
from running_site import Site, until  # noqa: E402
from upload_site import Files  # noqa: E402

LOADED = "document.documentElement.classList.contains('js') && document.readyState === 'complete'"
STATES = "[...document.querySelectorAll('#rows .row')].map(row => row.dataset.state)"
PASSWORD = "correct-horse-battery"
DIALOG = "document.querySelector('dialog:modal #session-password')"


@pytest.fixture(scope="module")
def site():
    with Site(options=["--web", "nginx"]) as running:
        yield running


@pytest.fixture
def anna(site, browser):  # noqa: F811
    """Somebody who is signed in, with no attempts counted."""
    return begun(site, browser, "anna")


def begun(site, browser, name):  # noqa: F811
    subprocess.run([site.executables / "imagebed", "user", "add", name, "--password-stdin"], env={**os.environ, "IMAGEBED_DATA": str(site.data)},
                   input=PASSWORD + "\n", text=True, check=False, capture_output=True)
    site.query("DELETE FROM attempt")
    browser.open(site.url + "/favicon.svg")
    enter(site, browser, session_of(site, name))
    return name


def enter(site, browser, cookies):  # noqa: F811
    for name, value in {"lang": "zh-CN", **cookies}.items():
        browser.tell("Network.setCookie", name=name, value=value, url=site.url + "/")


def visit(site, browser, address):  # noqa: F811
    browser.open(site.url + address)
    browser.wait(LOADED)


def end_sessions(site):
    site.query("DELETE FROM session")


def find(browser, selector):  # noqa: F811
    return browser.driver.find_element(By.CSS_SELECTOR, selector)


def fill_key_form(site, browser, name):  # noqa: F811
    visit(site, browser, "/user/index.php")
    find(browser, "[data-open=new-key]").click()
    find(browser, "#key-name").send_keys(name)
    find(browser, "#new-key [value=read]").click()


def sign_in(browser, name, password=PASSWORD, before="session-"):  # noqa: F811
    for field, text in [("user", name), ("password", password)]:
        found = find(browser, f"#{before}{field}")
        found.clear()
        found.send_keys(text)
    find(browser, f"form:has(#{before}password) .primary").click()


def keys(site, name):
    return site.query("SELECT scopes FROM api_key WHERE name = ?", name)


# A form whose session has ended

def test_12_a_form_outlives_its_session(site, browser, anna):  # noqa: F811
    browser.resize(390)
    fill_key_form(site, browser, "照片 <b>")
    end_sessions(site)
    find(browser, "#new-key .primary").click()
    browser.wait(DIALOG)
    browser.picture("sessions/dialog-phone", whole=False)
    assert browser.axe() + browser.overflow() + browser.small_targets() == []
    sign_in(browser, anna, "wrong")
    assert browser.wait("document.querySelector('dialog:modal [role=alert]')?.textContent") == "账号或密码错误"
    assert find(browser, "#session-user").get_attribute("value") == anna
    sign_in(browser, anna)
    browser.wait("document.querySelector('input[data-secret]')")
    assert len(keys(site, "照片 <b>")) == 1 and "read" in keys(site, "照片 <b>")[0][0]


def test_12_whoever_gives_up_keeps_the_form(site, browser, anna):  # noqa: F811
    fill_key_form(site, browser, "later")
    end_sessions(site)
    find(browser, "#new-key .primary").click()
    browser.wait(DIALOG)
    browser.run("document.querySelector('dialog:modal:has(#session-password) button:not(.primary):not([data-show])').click()")
    browser.wait("!document.querySelector('#session-password')")
    assert find(browser, "#key-name").get_attribute("value") == "later" and keys(site, "later") == []
    find(browser, "#new-key .primary").click()
    browser.wait(DIALOG)
    sign_in(browser, anna)
    browser.wait("document.querySelector('input[data-secret]')")
    assert len(keys(site, "later")) == 1


def test_12_who_signed_in_elsewhere_is_not_asked(site, browser, anna):  # noqa: F811
    """The forms of the page get the new session's token."""
    fill_key_form(site, browser, "elsewhere")
    end_sessions(site)
    enter(site, browser, session_of(site, anna))
    find(browser, "#new-key .primary").click()
    browser.wait("document.querySelector('input[data-secret]')")
    assert len(keys(site, "elsewhere")) == 1


def test_12_a_form_that_was_closed_can_be_sent_later(site, browser, anna):  # noqa: F811
    fill_key_form(site, browser, "closed once")
    browser.run("document.querySelector('#new-key [formmethod=dialog]').click()")
    browser.wait("!document.querySelector('#new-key').open")
    find(browser, "[data-open=new-key]").click()
    find(browser, "#new-key .primary").click()
    browser.wait("document.querySelector('input[data-secret]')")


def test_12_the_dialog_shows_a_text_to_read(site, browser, anna):  # noqa: F811
    """Another one after each try."""
    picture = "document.querySelector('dialog:modal img.captcha')"
    with site.setting(login_captcha="on"):
        fill_key_form(site, browser, "read")
        end_sessions(site)
        find(browser, "#new-key .primary").click()
        first = browser.wait(f"{picture}?.naturalWidth > 0 && {picture}.src")
        find(browser, "#session-code").send_keys("wrong")
        sign_in(browser, anna)
        assert browser.wait("document.querySelector('dialog:modal [role=alert]')?.textContent") == "验证码错误!"
        assert browser.wait(f"{picture}.naturalWidth > 0 && {picture}.src") != first
    find(browser, "#session-code").send_keys("any")
    sign_in(browser, anna)
    browser.wait("document.querySelector('input[data-secret]')")


def test_12_signing_out_asks_for_no_password(site, browser, anna):  # noqa: F811
    visit(site, browser, "/user/index.php")
    end_sessions(site)
    find(browser, "body > footer form button").click()
    browser.wait(f"location.pathname === '/user/login.php' && {LOADED}")
    assert "尚未登录" in find(browser, "main").text


def test_21_a_form_outlives_its_session_without_scripts(site, browser, anna):  # noqa: F811
    browser.allowed = ["status of 401"]
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site.url + "/user/index.php")
        find(browser, "#key-name").send_keys("无脚本 \"&")
        end_sessions(site)
        find(browser, "#new-key .primary").click()
        until(lambda: "刚才填写的内容还在" in browser.driver.page_source)
        sign_in(browser, anna, before="")
        until(lambda: "刚才的表单还没有发送" in browser.driver.page_source)
        find(browser, "main form .primary").click()
        assert until(lambda: "密钥只显示这一次" in browser.driver.page_source)
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert len(keys(site, "无脚本 \"&")) == 1


# The upload queue

def upload(browser, tmp_path, seed):  # noqa: F811
    paths = []
    for number in range(4):
        paths.append(tmp_path / f"{number}.jpg")
        paths[-1].write_bytes(pictures.photograph(60, 40, seed + number))
    find(browser, "#files").send_keys("\n".join(map(str, paths)))


def owned(site, name):
    return site.query("SELECT count(*) FROM file WHERE account_id = (SELECT id FROM account WHERE name = ?)", name)[0][0]


def test_4_the_queue_goes_on_after_signing_in(site, browser, anna, tmp_path):  # noqa: F811
    browser.resize(390)
    visit(site, browser, "/")
    end_sessions(site)
    before = owned(site, anna)
    upload(browser, tmp_path, 100)
    browser.wait(DIALOG)
    assert browser.axe() == []
    sign_in(browser, anna)
    browser.wait(f"JSON.stringify({STATES}) === '[\"done\",\"done\",\"done\",\"done\"]'", seconds=50)
    assert owned(site, anna) == before + 4 and not browser.run("return document.querySelector('#session-password')")
    browser.picture("sessions/links-phone", whole=False)


def test_4_the_queue_waits_for_who_gives_up(site, browser, anna, tmp_path):  # noqa: F811
    visit(site, browser, "/")
    end_sessions(site)
    upload(browser, tmp_path, 200)
    browser.wait(DIALOG)
    browser.run("document.querySelector('dialog:modal button:not(.primary):not([data-show])').click()")
    browser.wait("!document.querySelector('#session-password') && document.getElementById('sign-in').checkVisibility()")
    assert "请登录后继续" in find(browser, "#queue-notice").text
    find(browser, "#sign-in").click()
    browser.wait(DIALOG)
    sign_in(browser, anna)
    browser.wait(f"JSON.stringify({STATES}) === '[\"done\",\"done\",\"done\",\"done\"]'", seconds=50)
    assert len(browser.driver.window_handles) == 1


# Several accounts in one browser

SHOWN = "[...document.querySelectorAll('#rows .row input.name')].map(one => one.value)"


def kept(browser, count):  # noqa: F811
    """Waits until the browser keeps so many files."""
    browser.wait("""(() => {
        const opening = indexedDB.open("imagebed", 1);
        opening.onsuccess = () => {
            const asked = opening.result.transaction("queue").objectStore("queue").count();
            asked.onsuccess = () => { opening.result.close(); window.keptFiles = asked.result; };
        };
        return window.keptFiles === arguments[0];
    })()""", count)


def clear(site, browser):  # noqa: F811
    browser.open("about:blank")
    browser.tell("Storage.clearDataForOrigin", origin=site.url, storageTypes="all")


def other(browser, tmp_path, seed):  # noqa: F811
    path = tmp_path / f"other-{seed}.jpg"
    path.write_bytes(pictures.photograph(60, 40, seed))
    find(browser, "#files").send_keys(str(path))


def test_kept_files_wait_for_their_account(site, browser, anna, tmp_path):  # noqa: F811
    clear(site, browser)
    begun(site, browser, anna)
    visit(site, browser, "/")
    find(browser, "label.switch").click()
    upload(browser, tmp_path, 400)
    browser.wait(f"{SHOWN}.length === 4")
    kept(browser, 4)
    begun(site, browser, "bert")
    visit(site, browser, "/")
    other(browser, tmp_path, 410)
    browser.wait(f"JSON.stringify({SHOWN}) === '[\"other-410.jpg\"]'")
    find(browser, "label.switch").click()
    find(browser, "#start").click()
    browser.wait(f"JSON.stringify({STATES}) === '[\"done\"]'", seconds=50)
    before = owned(site, anna)
    begun(site, browser, anna)
    visit(site, browser, "/")
    browser.wait(f"{SHOWN}.length === 4")
    find(browser, "#start").click()
    browser.wait(f"JSON.stringify({STATES}) === '[\"done\",\"done\",\"done\",\"done\"]'", seconds=50)
    assert owned(site, anna) == before + 4 and owned(site, "bert") == 1


def test_where_visitors_upload_an_ended_session_makes_nobody_one(site, browser, anna, tmp_path):  # noqa: F811
    """The files are this account's, and nobody would find them among its own."""
    with site.setting(anonymous_upload="on"):
        visit(site, browser, "/")
        end_sessions(site)
        before = owned(site, anna)
        upload(browser, tmp_path, 420)
        browser.wait(DIALOG)
        sign_in(browser, anna)
        browser.wait(f"JSON.stringify({STATES}) === '[\"done\",\"done\",\"done\",\"done\"]'", seconds=50)
        assert owned(site, anna) == before + 4


def test_a_large_file_stays_its_accounts_when_the_session_ends(site, browser, anna, tmp_path):  # noqa: F811
    """In the middle of it, where visitors upload."""
    # What the test before has uploaded may still be kept, as the page was left in the moment of its end: it would be shown once more.
    clear(site, browser)
    begun(site, browser, anna)
    browser.allowed = ["status of 401"]
    with site.setting(anonymous_upload="on"):
        visit(site, browser, "/")
        before = owned(site, anna)
        browser.tell("Network.enable")
        # So slow that it is not done before the session has ended.
        browser.tell("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=4 << 20)
        find(browser, "#files").send_keys(str(Files(tmp_path).video("clip.mp4", 40 << 20)))
        browser.wait("document.querySelector('#rows progress')?.value >= 0.1", seconds=50)
        end_sessions(site)
        browser.wait(DIALOG, seconds=50)
        browser.tell("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)
        sign_in(browser, anna)
        browser.wait(f"JSON.stringify({STATES}) === '[\"done\"]'", seconds=50)
        assert owned(site, anna) == before + 1 and site.query("SELECT count(*) FROM file WHERE account_id IS NULL")[0][0] == 0


def test_whoever_else_signs_in_gets_a_page_of_their_own(site, browser, anna, tmp_path):  # noqa: F811
    clear(site, browser)
    begun(site, browser, "carl")
    begun(site, browser, anna)
    visit(site, browser, "/")
    end_sessions(site)
    before = owned(site, anna)
    upload(browser, tmp_path, 430)
    browser.wait(DIALOG)
    kept(browser, 4)
    browser.run("window.isOld = true")
    sign_in(browser, "carl")
    browser.wait(f"!window.isOld && {LOADED}", seconds=30)
    other(browser, tmp_path, 440)
    browser.wait(f"JSON.stringify({STATES}) === '[\"done\"]'", seconds=50)
    assert (owned(site, anna), owned(site, "carl")) == (before, 1)
    begun(site, browser, anna)
    visit(site, browser, "/")
    browser.wait(f"JSON.stringify({STATES}) === '[\"done\",\"done\",\"done\",\"done\"]'", seconds=50)
    assert (owned(site, anna), owned(site, "carl")) == (before + 4, 1)


def test_21_a_reload_of_the_answer_stores_nothing(site, browser, anna, tmp_path):  # noqa: F811
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site.url + "/")
        before = owned(site, anna)
        upload(browser, tmp_path, 300)
        find(browser, "#upload button.unscripted").click()
        until(lambda: owned(site, anna) == before + 4)
        links = until(lambda: find(browser, "#format-link textarea").get_attribute("defaultValue"))
        browser.driver.refresh()
        assert until(lambda: find(browser, "#format-link textarea").get_attribute("defaultValue")) == links
        once = site.query("SELECT count(*) FROM upload_key")[0][0]
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert owned(site, anna) == before + 4 and once >= 4 and len(links.split()) == 4
