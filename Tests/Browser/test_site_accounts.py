# Registration, sign-in, sessions and passwords on a real site, with two browsers: Chromium, and one that is a script. The number in the
# tests' names is that of the design's acceptance check.

import html
import re

import pytest
from selenium.webdriver.common.by import By

from client import Client
from test_login import PASSWORD, add_user
from test_site import LOADED, press

PERSON = {"Accept": "text/html", "User-Agent": "Other Browser/1.0"}
NEW = "another long horse"
# What has the focus, and what is said above a form.
FOCUSED = "return document.activeElement.textContent"
SAID = "return document.querySelector('main [role=alert], main [role=status]')?.textContent"


@pytest.fixture
def site(nginx_site):
    nginx_site.query("DELETE FROM attempt")
    return nginx_site


def fill(browser, **fields):
    for name, text in fields.items():
        field = browser.driver.find_element(By.CSS_SELECTOR, f"main [name={name}]")
        field.clear()
        field.send_keys(text)


def register(site, browser, name, password=PASSWORD):
    browser.open(site.url + "/user/register.php?lang=zh-CN")
    fill(browser, user=name, password=password)
    sent(browser, "main button.primary")


def sent(browser, selector):
    """Presses a button that loads a page, and waits for that."""
    browser.run("window.before = true")
    press(browser, selector)
    browser.wait(f"window.before === undefined && {LOADED}")


def opens_the_account(browser, site, name):
    browser.open(site.url + "/user/index.php?lang=zh-CN")
    browser.wait(LOADED)
    return browser.run("return document.querySelector('h1').textContent") == "个人中心" and f"退出({name})" in browser.driver.page_source


def signed_in_elsewhere(site, name, password=PASSWORD):
    client = Client(site)
    answer = client.request("POST", "/user/login.php", data={"user": name, "password": password}, headers=PERSON)
    assert answer.status_code == 303, answer.text
    return client


def is_open(client):
    return client.get("/user/security.php", headers=PERSON).status_code == 200


# Registration

def test_12_a_closed_site_makes_no_accounts(site, browser):
    browser.open(site.url + "/user/login.php?lang=zh-CN")
    assert browser.run("return document.querySelector('a[href*=\"register.php\"]')") is None
    browser.allowed = ["status of 403"]
    browser.open(site.url + "/user/register.php?lang=zh-CN")
    assert browser.run("return document.querySelector('main form')") is None
    assert browser.run(FOCUSED) == "本站没有开放注册，请联系管理员"


def test_12_an_open_site_signs_in_whoever_registers(site, browser):
    with site.setting(registration="open"):
        browser.open(site.url + "/user/login.php?lang=zh-CN")
        sent(browser, "a[href*='register.php']")
        fill(browser, user="newcomer", password=PASSWORD)
        sent(browser, "main button.primary")
        assert browser.run("return location.pathname") == "/" and opens_the_account(browser, site, "newcomer")
        # Nobody needs a second account who has one.
        browser.open(site.url + "/user/register.php")
        assert browser.run("return location.pathname") == "/user/index.php"


def test_12_a_refused_registration_keeps_the_name_and_says_why(site, browser):
    add_user(site, "taken", "user")
    browser.allowed = ["status of 400", "status of 409"]
    with site.setting(registration="open"):
        for name, password, reason in [
            ("taken", PASSWORD, "这个账号已经有人使用，请换一个"), ("fresh", "short", "密码要有 8 到 128 个字符"), ("fresh", "password1", "这个密码太常见"),
            ("longenough", "longenough", "密码不能和账号相同"), ("图床", PASSWORD, "账号只能有字母"),
        ]:
            register(site, browser, name, password)
            assert browser.run(FOCUSED).startswith(reason), name
            values = browser.run("return ['user', 'password'].map(name => document.querySelector(`main [name=${name}]`).value)")
            assert values == [name, ""]


def test_12_approval(site, browser):
    with site.setting(registration="approval"):
        for name, command in [("patient", "approve"), ("unwanted", "refuse")]:
            browser.tell("Network.clearBrowserCookies")
            register(site, browser, name)
            assert browser.run(SAID) == "注册成功，等待管理员批准"
            browser.open(site.url + "/user/login.php?lang=zh-CN")
            fill(browser, user=name, password=PASSWORD)
            sent(browser, "main button.primary")
            assert browser.run(FOCUSED) == "账号正在等待管理员批准"
            site.imagebed("user", command, name)
            browser.open(site.url + "/user/login.php?lang=zh-CN")
            fill(browser, user=name, password=PASSWORD)
            sent(browser, "main button.primary")
            if command == "approve":
                assert opens_the_account(browser, site, name)
            else:
                assert browser.run(SAID) == "账号或密码错误"


def test_12_too_many_registrations_wait(site, browser):
    browser.allowed = ["status of 429"]
    with site.setting(registration="approval"):
        for number in range(6):
            browser.tell("Network.clearBrowserCookies")
            register(site, browser, f"many{number}")
        assert browser.run(FOCUSED).startswith("尝试次数过多, 请在 ")
        counts_down(browser)
    assert site.query("SELECT count(*) FROM account WHERE name LIKE 'many%'") == [(5,)]


def counts_down(browser):
    """The button is shut, and says for how long; windows of a limit begin at multiples of their length, so that one second can be left."""
    label = "document.querySelector('main form:has([type=password]) button.primary')"
    number = f"/^(\\d+) 秒后可以重试$/.exec({label}.textContent)?.[1]"
    first = browser.wait(f"{label}.disabled && {number}")
    browser.wait(f"!{label}.disabled || Number({number}) < {first}")


def test_12_too_many_passwords_wait(site, browser):
    add_user(site, "guessed", "user")
    browser.allowed = ["status of 429"]
    browser.open(site.url + "/user/login.php?lang=zh-CN")
    for _ in range(11):
        fill(browser, user="guessed", password="wrong")
        sent(browser, "main button.primary")
        if browser.run(FOCUSED) != "账号或密码错误":
            break
    assert browser.run(FOCUSED).startswith("尝试次数过多, 请在 ")
    counts_down(browser)


# Sessions and passwords

def enter(site, browser, name):
    add_user(site, name, "user")
    browser.open(site.url + "/user/login.php?back=/user/security.php")
    browser.run("document.cookie = 'lang=zh-CN; path=/'")
    fill(browser, user=name, password=PASSWORD)
    sent(browser, "main button.primary")
    assert browser.run("return location.pathname") == "/user/security.php"


def sessions(browser):
    return browser.run("return [...document.querySelectorAll('.rows .row')].map(row => row.querySelector('.name').textContent + (row.querySelector('strong')?.textContent ?? ''))")


def test_12_sessions_are_ended_elsewhere(site, browser):
    enter(site, browser, "two")
    others = [signed_in_elsewhere(site, "two") for _ in range(3)]
    browser.driver.refresh()
    browser.wait(LOADED)
    shown = sessions(browser)
    assert len(shown) == 4 and shown.count("Other Browser/1.0") == 3 and sum("这台设备" in one for one in shown) == 1
    sent(browser, ".rows form button")
    assert browser.run(SAID) == "已退出" and [is_open(other) for other in others].count(False) == 1
    sent(browser, "section form > button.danger")
    assert browser.run(SAID) == "已退出 2 个" and not any(is_open(other) for other in others) and len(sessions(browser)) == 1
    # And the other way round: this browser is told so, and comes back to where it was going.
    other = signed_in_elsewhere(site, "two")
    page = other.get("/user/security.php", headers=PERSON).text
    token = html.unescape(re.search(r'name="form_token" value="([^"]*)"', page)[1])
    assert other.request("POST", "/user/security.php", data={"action": "end_other_sessions", "form_token": token}, headers=PERSON).status_code == 303
    sent(browser, "nav.site a.end")
    assert browser.run("return location.pathname + location.search") == "/user/login.php?back=/user/index.php"
    assert browser.run(SAID) == "登录已过期,请重新登录"
    fill(browser, user="two", password=PASSWORD)
    sent(browser, "main button.primary")
    assert browser.run("return location.pathname") == "/user/index.php"


def test_12_a_new_password(site, browser):
    enter(site, browser, "changer")
    other = signed_in_elsewhere(site, "changer")
    browser.allowed = ["status of 400"]
    change = "form:has([name=new]) button.primary"
    for current, new, reason in [("wrong", NEW, "当前密码错误"), (PASSWORD, "short", "密码要有 8 到 128 个字符")]:
        fill(browser, current=current, new=new)
        sent(browser, change)
        assert browser.run(FOCUSED) == reason and is_open(other)
    fill(browser, current=PASSWORD, new=NEW)
    sent(browser, change)
    assert browser.run(SAID).startswith("密码已修改，其他登录已退出。强度：") and not is_open(other)
    assert opens_the_account(browser, site, "changer")
    refused = Client(site).request("POST", "/user/login.php", data={"user": "changer", "password": PASSWORD}, headers=PERSON)
    assert refused.status_code == 200 and is_open(signed_in_elsewhere(site, "changer", NEW))


def test_12_too_many_current_passwords_wait(site, browser):
    enter(site, browser, "owner")
    browser.allowed = ["status of 400", "status of 429"]
    for _ in range(11):
        fill(browser, current="wrong", new=NEW)
        sent(browser, "form:has([name=new]) button.primary")
        if browser.run(FOCUSED) != "当前密码错误":
            break
    assert browser.run(FOCUSED).startswith("尝试次数过多, 请在 ")
    counts_down(browser)
