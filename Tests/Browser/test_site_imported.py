# A site that took over the sample install, administered by its pages alone: the administrator signs in with the old password, with scripts and
# without them. What the pages did is compared with the database, and tried from outside.

import pathlib
import re
import sys

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
from client import Client  # noqa: E402
from old_site import PASSWORDS, TOKENS, UPLOADS, OldSite  # noqa: E402
from running_site import until  # noqa: E402
from test_site import LOADED, press, sign_in  # noqa: E402
from test_site_users import answered, field, form, signs_in  # noqa: E402
from using import source  # noqa: E402

SETTINGS, USERS, LOGS = "/admin/settings.php", "/admin/users.php", "/admin/logs.php"


@pytest.fixture(scope="module")
def site():
    with OldSite(options=["--web", "nginx"]) as running:
        yield running


@pytest.fixture
def keeper(site, browser, scripts):  # noqa: F811
    """The old administrator's browser, at the first page after signing in."""
    site.query("DELETE FROM attempt")
    # (The background of the old sign-in page was no part of the sample.)
    browser.allowed = ["sample-bg.jpg"]
    browser.open(site.url + "/user/login.php?lang=zh-CN")
    sign_in(site, browser, "keeper", PASSWORDS["keeper"])
    source(browser, "退出(keeper)")
    return browser


def look(keeper, site, scripts, address):  # noqa: F811
    keeper.open(site.url + address)
    if scripts:
        keeper.wait(LOADED)


def shown(browser, selector):
    return [one.text for one in browser.driver.find_elements(By.CSS_SELECTOR, selector)]


def old_upload(site, number, name="picture.png"):
    """With an imported token, as old clients send it; whether it was stored."""
    told = Client(site).request("POST", "/api/index.php", data={"token": TOKENS[number]}, files={"image": (name, pictures.still("png", 30, 20))}).json()
    return told["result"] == "success"


def save(browser):
    """Sends the form of settings, and waits for what its answer says."""
    browser.driver.find_element(By.CSS_SELECTOR, ".savebar .primary").click()
    source(browser, "已保存 ")


def test_settings(site, keeper, scripts):  # noqa: F811
    """A name that every page shows, and who may upload."""
    name = f"图床 <{'with' if scripts else 'without'}>"
    is_open = site.query("SELECT value FROM settings WHERE key = 'anonymous_upload'") == [("on",)]
    uploads = lambda: Client(site).upload(pictures.still("png", 30, 20), token=False).status_code == 200  # noqa: E731
    assert uploads() == is_open
    look(keeper, site, scripts, "/app/history.php")
    press(keeper, f"nav.site a[href$='{SETTINGS}']")
    source(keeper, "set-site_name")
    if scripts:
        keeper.wait(LOADED)
    field(keeper, "#set-site_name", name)
    keeper.driver.find_element(By.ID, "set-anonymous_upload").send_keys(Keys.SPACE)
    save(keeper)
    assert uploads() != is_open
    assert site.query("SELECT value FROM settings WHERE key IN ('site_name', 'anonymous_upload') ORDER BY key DESC") == [(name,), ("off" if is_open else "on",)]
    look(keeper, site, scripts, SETTINGS)
    assert name in keeper.driver.title
    keeper.driver.find_element(By.ID, "set-anonymous_upload").send_keys(Keys.SPACE)
    save(keeper)
    assert uploads() == is_open


def test_a_token_is_made_and_revoked(site, keeper, scripts):  # noqa: F811
    name = f"新的令牌 {'with' if scripts else 'without'}"
    look(keeper, site, scripts, f"{USERS}?account=keeper")
    if scripts:
        press(keeper, "[data-open=new-key]")
    field(keeper, "#key-name", name)
    press(keeper, "#new-key button.primary")
    key = re.search(r'"(ib_[\w-]{43})"', source(keeper, "密钥只显示这一次"))[1]
    Client(site, key).uploaded(pictures.still("png", 30, 20))
    if scripts:
        press(keeper, "[data-copy=key]")
    press(keeper, "main section a.button")
    source(keeper, "keys-heading")
    revoke(keeper, scripts, name)
    assert Client(site, key).upload(pictures.still("png", 30, 20)).status_code == 401


def test_an_imported_token_is_revoked(site, keeper, scripts):  # noqa: F811
    """By its number in the old settings: one of the two that work."""
    number = 2 if scripts else 0
    assert old_upload(site, number)
    look(keeper, site, scripts, f"{USERS}?in=keys")
    revoke(keeper, scripts, f"编号 {number}")
    assert not old_upload(site, number)
    assert site.query("SELECT number FROM api_key WHERE revoked_at IS NOT NULL AND number = ?", number) == [(number,)]


def revoke(browser, scripts, text):  # noqa: F811
    """The key whose row says this."""
    row = browser.driver.find_element(By.XPATH, f"//li[.//p[contains(., '{text}')]]")
    row.find_element(By.CSS_SELECTOR, "summary").click()
    row.find_element(By.CSS_SELECTOR, "button.danger").click()
    if scripts:
        browser.wait("document.querySelector('dialog[open]')")
        press(browser, "dialog[open] button[value=yes]")
    source(browser, "密钥已撤销")


def test_an_uploader_is_added(site, keeper, scripts):  # noqa: F811
    """Beside those that were imported, who sign in as ever."""
    name = f"uploader-{'with' if scripts else 'without'}"
    look(keeper, site, scripts, USERS)
    assert {"keeper", "anna", "小明"} <= set(shown(keeper, ".rows .name"))
    field(keeper, "#add-name", name)
    press(keeper, f"{form('add')} button.primary")
    password = re.search(r'value="([a-z2-9]{20})"', source(keeper, "密码只显示这一次，请现在保存"))[1]
    if scripts:
        press(keeper, "[data-copy=key]")
    press(keeper, "main section a.button")
    source(keeper, "quota-heading")
    assert signs_in(site, name, password) and signs_in(site, "anna", PASSWORDS["anna"])
    assert site.query("SELECT role FROM account WHERE name = ?", name) == [("user",)]


def test_a_picture_is_recycled_and_restored(site, keeper, scripts):  # noqa: F811
    # A thumbnail may be asked for when its picture has just gone.
    keeper.allowed = ["status of 404"]
    name = f"湖边 {'with' if scripts else 'without'}.png"
    client = Client(site)
    client.session.cookies.update({cookie["name"]: cookie["value"] for cookie in keeper.driver.get_cookies()})
    stored = client.uploaded(pictures.still("png", 32, 20), name, token=False, headers={"Sec-Fetch-Site": "same-origin"})
    state = lambda: (site.query("SELECT state FROM file WHERE id = ?", stored["id"])[0][0], Client(site).get(stored["url"]).status_code)  # noqa: E731
    look(keeper, site, scripts, "/user/files.php")
    press(keeper, f"#f{stored['id']} [name='id[]']")
    press(keeper, ".selection [value=recycle]")
    source(keeper, "已移到回收站：1 个")
    assert state() == (2, 404)
    look(keeper, site, scripts, "/user/files.php?in=recycled")
    assert name in shown(keeper, f"#f{stored['id']} .name")
    press(keeper, f"#f{stored['id']} [name='id[]']")
    press(keeper, ".selection [value=restore]")
    source(keeper, "已恢复：1 个")
    assert state() == (0, 200)
    if scripts:
        take_back(site, keeper)


def take_back(site, keeper):
    """An imported picture, which belongs to nobody: an administrator has all rights over it. Taking it back at once is the scripts' offer."""
    path = UPLOADS[1]["stored_path"]
    [(number,)] = site.query("SELECT id FROM file WHERE path = ?", path[3:])
    look(keeper, site, True, "/app/list.php?date=2025/07/01/")
    press(keeper, f"#f{number} [name='id[]']")
    press(keeper, ".selection [value=recycle]")
    source(keeper, "已移到回收站：1 个")
    assert not site.stored_file(path).exists() and Client(site).get(path).status_code == 404
    keeper.run("[...document.querySelectorAll('.toast button')].find(one => one.textContent === '撤销').click()")
    source(keeper, "已恢复：1 个")
    assert Client(site).get(path).content == site.stored_file(path).read_bytes()


def test_the_log(site, keeper, scripts):  # noqa: F811
    """Of uploads before the import: by name, and by month in the site's own time."""
    look(keeper, site, scripts, LOGS)
    keeper.driver.find_element(By.CSS_SELECTOR, "[name=by] option[value=name]").click()
    keeper.driver.find_element(By.CSS_SELECTOR, "[name=q]").send_keys("photo-1")
    keeper.driver.find_element(By.CSS_SELECTOR, ".filters button:not([name])").click()
    expected = [name for name, in site.query("SELECT original_name FROM file WHERE original_name LIKE '%photo-1%' ORDER BY created_at DESC, id DESC")]
    assert len(expected) > 0 and until(lambda: rows(keeper) == expected), (rows(keeper), expected)
    look(keeper, site, scripts, LOGS)
    keeper.driver.find_element(By.CSS_SELECTOR, "[name=month] option[value='2025/07']").click()
    keeper.driver.find_element(By.CSS_SELECTOR, ".filters button:not([name])").click()
    expected = [name for name, in site.query("SELECT original_name FROM file WHERE strftime('%Y-%m', created_at + 8 * 3600, 'unixepoch') = '2025-07' "
                                             "ORDER BY created_at DESC, id DESC")]
    assert len(expected) == 26 and until(lambda: rows(keeper) == expected), (rows(keeper), expected)
    assert "127.0.0.1" in keeper.driver.page_source
    # And who signed in.
    look(keeper, site, scripts, f"{LOGS}?log=login")
    first = shown(keeper, "tbody tr:first-child td")
    assert first[1:4] == ["登录成功", "keeper", "127.0.0.1"]


def rows(browser):
    """The names in the log; none while a page is on its way."""
    try:
        return shown(browser, ".rows .name")
    except Exception:
        return []


def test_statistics_are_those_of_sql(site, keeper, scripts):  # noqa: F811
    look(keeper, site, scripts, "/admin/chart.php")
    tiles = dict(zip(shown(keeper, ".tiles dt"), shown(keeper, ".tiles dd")))
    files, size, views = site.query("SELECT count(*), sum(size), sum(views) FROM file WHERE state = 0")[0]
    [(today,)] = site.query("SELECT count(*) FROM file WHERE date(created_at + 8 * 3600, 'unixepoch') = date('now', '+8 hours')")
    assert (tiles["总数"], tiles["浏览"], tiles["今日"]) == (str(files), str(views), str(today))
    assert abs(of_text(tiles["占用"]) - size) <= size * .06
    table = {row.find_element(By.CSS_SELECTOR, "th").text: [cell.text for cell in row.find_elements(By.CSS_SELECTOR, "td")]
             for row in keeper.driver.find_elements(By.CSS_SELECTOR, ".columns section:first-child tbody tr")}
    expected = site.query("SELECT iif(type = 'jpeg', 'jpg', type), count(*), sum(size) FROM file WHERE state = 0 GROUP BY type")
    assert set(table) == {kind for kind, _, _ in expected}
    for kind, count, size in expected:
        assert table[kind][0] == str(count) and abs(of_text(table[kind][1]) - size) <= max(size * .06, 1), kind
    # What the doctor finds stands there too, once it has run.
    site.imagebed("doctor")
    look(keeper, site, scripts, "/admin/chart.php")
    assert re.search(r"\d\d:\d\d:\d\d 检查", keeper.driver.find_element(By.CSS_SELECTOR, "[aria-labelledby=doctor-heading]").text)


def of_text(text):
    number, unit = text.split()
    return float(number) * {"B": 1, "KB": 1 << 10, "MB": 1 << 20}[unit]
