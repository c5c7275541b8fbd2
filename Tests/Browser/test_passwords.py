# Passwords on the pages of a real site behind nginx: registration in each mode, strength, change. The numbers at the tests are those of the
# design's acceptance checks.

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

from accounts import session_of  # noqa: E402
from test_sessions import LOADED, PASSWORD, begun, enter, find, sign_in, site, visit  # noqa: E402, F401


def strength(browser):  # noqa: F811
    return browser.run("return document.querySelector('output.strength').textContent")


def test_12_registration_in_each_mode(site, browser):  # noqa: F811
    site.query("DELETE FROM attempt")
    browser.allowed = ["status of 403", "status of 409", "status of 429"]
    browser.open(site.url + "/user/register.php?lang=zh-CN")
    assert "没有开放注册" in find(browser, "main").text
    with site.setting(registration="open"):
        register(site, browser, "beate", "xkwpqzmv")
        browser.wait(f"location.pathname === '/user/security.php' && {LOADED}")
        assert "密码强度：弱" in find(browser, ".notice").text
        browser.tell("Network.clearBrowserCookies")
        register(site, browser, "clara", PASSWORD)
        browser.wait(f"location.pathname === '/' && {LOADED}")
        browser.tell("Network.clearBrowserCookies")
        register(site, browser, "CLARA", PASSWORD)
        browser.wait("document.querySelector('[role=alert]')")
        assert "已经有人使用" in find(browser, "[role=alert]").text and find(browser, "#user").get_attribute("value") == "CLARA"
    with site.setting(registration="approval"):
        register(site, browser, "doris", PASSWORD)
        browser.wait("location.search.includes('done=waiting')")
        assert "等待管理员批准" in find(browser, "main").text and "密码强度：好" in find(browser, "main").text
        register(site, browser, "edith", PASSWORD)
        browser.wait("location.search.includes('done=waiting')")
        register(site, browser, "frida", PASSWORD)
        browser.wait("document.querySelector('[role=alert]')")
        assert "尝试次数过多" in find(browser, "[role=alert]").text
    site.imagebed("user", "approve", "doris")
    browser.open(site.url + "/user/login.php")
    browser.wait(LOADED)
    sign_in(browser, "doris", before="")
    browser.wait(f"location.pathname === '/' && {LOADED}")
    assert site.query("SELECT count(*) FROM account WHERE name = 'frida'") == [(0,)]


def register(site, browser, name, password):  # noqa: F811
    browser.open(site.url + "/user/register.php?lang=zh-CN")
    browser.wait(LOADED)
    find(browser, "#user").send_keys(name)
    find(browser, "#password").send_keys(password)
    find(browser, "form .primary.big").click()


def test_12_the_strength_is_told_while_it_is_typed(site, browser):  # noqa: F811
    browser.resize(390)
    with site.setting(registration="open"):
        browser.open(site.url + "/user/register.php?lang=zh-CN")
        browser.wait(LOADED)
        find(browser, "#user").send_keys("hanna.berg")
        told = []
        for more in ["xk7 pq", "!zmv", " tb3%wd", " and more words"]:
            find(browser, "#password").send_keys(more)
            told.append(strength(browser))
        assert told == ["密码要有 8 到 128 个字符", "密码强度：一般", "密码强度：好", "密码强度：强"]
        browser.picture("sessions/register-phone", whole=False)
        assert browser.axe() + browser.overflow() == []
        find(browser, "#password").clear()
        find(browser, "#password").send_keys("Hanna.Berg")
        assert strength(browser) == "密码不能和账号相同"
        browser.run("const field = document.getElementById('password'); field.value = ''; field.dispatchEvent(new Event('input'))")
        assert strength(browser) == ""


def test_12_a_changed_password_ends_the_other_sessions(site, browser):  # noqa: F811
    name = begun(site, browser, "ida")
    other = session_of(site, name)
    visit(site, browser, "/user/security.php")
    find(browser, "#current").send_keys(PASSWORD)
    find(browser, "#new").send_keys("another long horse")
    assert strength(browser) == "密码强度：好"
    find(browser, "form:has(#new) .primary").click()
    browser.wait(f"location.search.includes('done=password') && {LOADED}")
    assert find(browser, ".notice.ok").text == "密码已修改，其他登录已退出。强度：好"
    enter(site, browser, other)
    browser.open(site.url + "/user/security.php")
    browser.wait(f"location.pathname === '/user/login.php' && {LOADED}")
    sign_in(browser, name, "another long horse", before="")
    browser.wait(f"location.pathname === '/user/security.php' && {LOADED}")
