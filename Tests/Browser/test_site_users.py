# The administrator's page of accounts, with scripts and without them.

import re

import pytest
import requests
from selenium.webdriver.common.by import By

import accounts
import pictures
from client import Client
from test_login import PASSWORD, add_user
from test_site import enter, LOADED, press
from test_site_accounts import FOCUSED, sent
from using import source

PAGE = "/admin/users.php"


@pytest.fixture
def site(nginx_site):
    nginx_site.query("DELETE FROM attempt")
    return nginx_site


def opened(site, browser, scripts, address):
    enter(site, browser, "admin")
    browser.open(f"{site.url}{address}{'&' if '?' in address else '?'}lang=zh-CN")
    if scripts:
        browser.wait(LOADED)


def field(browser, selector, text):
    one = browser.driver.find_element(By.CSS_SELECTOR, selector)
    one.clear()
    one.send_keys(text)


def form(action):
    return f"form:has([name=action][value={action}])"


def answered(browser, scripts, question):
    if scripts:
        press(browser, f"#{question}[open] button[value=yes]")


def signs_in(site, name, password):
    # Other tests of the site have failed to sign in, from the same address.
    site.query("DELETE FROM attempt")
    answer = Client(site).request("POST", "/user/login.php", data={"user": name, "password": password}, headers={"Accept": "text/html"})
    return answer.status_code == 303


def test_an_account_is_added_and_can_sign_in(site, browser, scripts):
    name = f"added-{'with' if scripts else 'without'}"
    opened(site, browser, scripts, "/")
    press(browser, f"nav.site a[href$='{PAGE}']")
    source(browser, "add-heading")
    field(browser, "#add-name", name)
    press(browser, f"{form('add')} button.primary")
    page = source(browser, "密码只显示这一次，请现在保存")
    password = re.search(r'value="([a-z2-9]{20})"', page)[1]
    assert password not in browser.driver.current_url and signs_in(site, name, password)
    if scripts:
        press(browser, "[data-copy=key]")
    press(browser, "main section a.button")
    source(browser, "quota-heading")
    assert browser.driver.current_url.endswith(f"?account={name}")


def test_a_quota_stops_uploads(site, browser, scripts):
    name = f"limited-{'with' if scripts else 'without'}"
    add_user(site, name, "user")
    opened(site, browser, scripts, f"{PAGE}?account={name}")
    field(browser, "#quota-files", "1")
    field(browser, "#quota-bytes", "2GB")
    press(browser, f"{form('quota')} button")
    source(browser, "已保存")
    assert browser.driver.find_element(By.ID, "quota-bytes").get_attribute("value") == "2GB"
    key = site.imagebed("key", "create", "--user", name).stdout.strip()
    client = Client(site, key)
    client.uploaded(pictures.photograph(40, 30, 50))
    assert client.upload(pictures.photograph(40, 30, 51)).status_code == 403
    # What is wrong stays a sentence.
    field(browser, "#quota-bytes", "much")
    browser.allowed = ["status of 400"]
    press(browser, f"{form('quota')} button")
    source(browser, "空间要写成 500MB、10GB 或字节数，文件数要是数字")


def test_an_account_is_disabled_and_its_password_reset(site, browser, scripts):
    name = f"shut-{'with' if scripts else 'without'}"
    add_user(site, name, "user")
    opened(site, browser, scripts, f"{PAGE}?account={name}")
    press(browser, f"{form('disable')} button")
    answered(browser, scripts, "disable")
    source(browser, "账号已停用")
    assert not signs_in(site, name, PASSWORD)
    press(browser, f"{form('enable')} button")
    source(browser, "账号已启用")
    assert signs_in(site, name, PASSWORD)
    press(browser, f"{form('reset_password')} button")
    answered(browser, scripts, "reset")
    source(browser, f"{name} 的密码")
    assert not signs_in(site, name, PASSWORD)
    if scripts:
        press(browser, "[data-copy=key]")


@pytest.mark.parametrize("files", ["keep", "recycle"])
def test_an_account_is_deleted(site, browser, scripts, files):
    name = f"gone-{files}-{'with' if scripts else 'without'}"
    add_user(site, name, "user")
    stored = Client(site, site.imagebed("key", "create", "--user", name).stdout.strip()).uploaded(pictures.photograph(40, 30, 54))
    opened(site, browser, scripts, f"{PAGE}?account={name}")
    press(browser, "#delete-heading ~ details > summary")
    press(browser, f"{form('delete')} [value={files}]")
    press(browser, f"{form('delete')} button")
    if scripts:
        browser.wait("document.querySelector('#delete[open]')")
        assert "1 个密钥" in browser.driver.find_element(By.ID, "delete").text and "1 个文件" in browser.driver.find_element(By.ID, "delete").text
    answered(browser, scripts, "delete")
    assert ("在回收站" if files == "recycle" else "账号已删除</p>") in source(browser, "账号已删除")
    assert not signs_in(site, name, PASSWORD)
    assert requests.get(stored["url"], timeout=60).status_code == (404 if files == "recycle" else 200)
    # One's own is deleted where the password is asked for.
    browser.open(f"{site.url}{PAGE}?account=boss&lang=zh-CN")
    press(browser, "#delete-heading ~ p a")
    source(browser, "delete-password")


def test_a_key_is_made_and_revoked(site, browser, scripts):
    name = f"keyed-{'with' if scripts else 'without'}"
    add_user(site, name, "user")
    opened(site, browser, scripts, f"{PAGE}?account={name}")
    if scripts:
        press(browser, "[data-open=new-key]")
    field(browser, "#key-name", "<b>脚本")
    press(browser, "#new-key button.primary")
    key = re.search(r'"(ib_[\w-]{43})"', source(browser, "密钥只显示这一次"))[1]
    Client(site, key).uploaded(pictures.photograph(40, 30, 52))
    if scripts:
        press(browser, "[data-copy=key]")
    press(browser, "main section a.button")
    source(browser, "&lt;b&gt;脚本")
    press(browser, "#keys-heading ~ .rows summary")
    press(browser, f"{form('revoke_key')} button.danger")
    if scripts:
        press(browser, "dialog[open] button[value=yes]")
    source(browser, "密钥已撤销")
    assert Client(site, key).upload(pictures.photograph(40, 30, 53)).status_code == 401


def test_a_registration_is_approved(site, browser, scripts):
    name = f"patient-{'with' if scripts else 'without'}"
    with site.setting(registration="approval"):
        Client(site).request("POST", "/user/register.php", data={"user": name, "password": PASSWORD}, headers={"Accept": "text/html"})
    opened(site, browser, scripts, f"{PAGE}?in=waiting")
    # Other tests of the site leave registrations that wait too.
    press(browser, f"{form('approve')}:has([name=account][value={name}]) button")
    source(browser, "账号已批准，可以登录了")
    assert signs_in(site, name, PASSWORD)


def test_the_last_administrator_stays(site, browser):
    """Nothing on the page takes the site from everybody, and the reason has the focus."""
    site.query("UPDATE account SET disabled_at = 1 WHERE role = 'admin' AND name <> 'boss'")
    try:
        opened(site, browser, True, f"{PAGE}?account=boss")
        browser.allowed = ["status of 409"]
        press(browser, f"{form('disable')} button")
        browser.wait("document.querySelector('#disable[open]')")
        sent(browser, "#disable[open] button[value=yes]")
        assert browser.run(FOCUSED).startswith("这是最后一个可用的管理员")
    finally:
        site.query("UPDATE account SET disabled_at = NULL WHERE disabled_at = 1")


def test_18_forms_of_other_sites(site):
    """With the administrator's cookie, and without a token of this site."""
    add_user(site, "other-form", "user")
    cookies = accounts.session_of(site, "boss", "admin")
    for headers in [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]:
        answer = Client(site).request("POST", PAGE, data={"action": "role", "role": "admin", "account": "other-form"}, cookies=cookies, headers={"Accept": "text/html", **headers})
        assert answer.status_code == 403
    assert site.query("SELECT role FROM account WHERE name = 'other-form'") == [("user",)]
