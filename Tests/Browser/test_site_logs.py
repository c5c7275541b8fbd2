# The logs and the statistics on a real site, as an administrator uses them.

import csv
import pathlib
import sys

import pytest
import requests
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import accounts  # noqa: E402
import pictures  # noqa: E402
from client import Client  # noqa: E402
from running_site import Site, until  # noqa: E402


@pytest.fixture(scope="module")
def site():
    with Site(options=["--web", "nginx"]) as running:
        running.imagebed("settings", "set", "record_senders", "on")
        client = Client(running)
        for number in range(53):
            client.uploaded(pictures.jpeg(seed=number), f"照片 {number}.jpg")
        client.uploaded(pictures.jpeg(seed=99), "<img src=x onerror=alert(1)>.jpg")
        running.boss = accounts.session_of(running, "boss", "admin")
        yield running


@pytest.fixture
def admin(site, browser, scripts):
    browser.resize(1280, 900)
    browser.open(site.url + "/favicon.svg")
    for name, value in site.boss.items():
        browser.tell("Network.setCookie", name=name, value=value, url=site.url + "/", httpOnly=True)
    return browser


def element(browser, selector):
    return browser.driver.find_element(By.CSS_SELECTOR, selector)


def comes(condition):
    """Waits for something of a page that may just be replaced by another one."""
    def holds():
        try:
            return condition()
        except WebDriverException:
            return False
    assert until(holds)


def names(browser):
    return [row.text for row in browser.driver.find_elements(By.CSS_SELECTOR, ".rows .name")]


def test_an_upload_is_found(site, admin):
    """From the bar to the log, on to its end, and by a name."""
    admin.open(site.url + "/?lang=zh-CN")
    element(admin, "nav.site a.wide[href$='/admin/chart.php']").click()
    comes(lambda: "统计" in element(admin, "h1").text)
    element(admin, ".tabs a[href$='/admin/logs.php']").click()
    comes(lambda: len(names(admin)) == 50)
    assert names(admin)[0] == "<img src=x onerror=alert(1)>.jpg"
    element(admin, ".pager [rel=next]").click()
    comes(lambda: len(names(admin)) == 4)
    assert names(admin) == [f"照片 {number}.jpg" for number in (3, 2, 1, 0)]
    element(admin, "[name=by] option[value=name]").click()
    element(admin, "[name=q]").send_keys("照片 4")
    element(admin, ".filters button:not([name])").click()
    comes(lambda: len(names(admin)) == 11)
    assert names(admin)[-1] == "照片 4.jpg" and element(admin, "[name=q]").get_attribute("value") == "照片 4"


def test_the_numbers_can_be_read_as_a_table(site, admin):
    admin.open(site.url + "/admin/chart.php?lang=en")
    assert [chart.get_attribute("role") for chart in admin.driver.find_elements(By.CSS_SELECTOR, "svg.chart")] == ["img"] * 3
    element(admin, "details.fold > summary").click()
    comes(lambda: element(admin, "details.fold table").is_displayed())
    today = element(admin, "details.fold tbody tr")
    assert [cell.text for cell in today.find_elements(By.CSS_SELECTOR, "td")][0] == "54"
    assert len(admin.driver.find_elements(By.CSS_SELECTOR, "details.fold tbody tr")) == 30


def test_attempts_are_a_line_each_on_phones(site, browser):
    """The table scrolls within its frame, rather than putting each character below the other."""
    for result in ["code", "refused"]:
        site.query("INSERT INTO sign_in (tried_at, result, address, user_agent) VALUES (1700000000, ?, '2001:db8:1234:5678:9abc:def0:1234:5678', 'x')", result)
    browser.open(site.url + "/favicon.svg")
    for name, value in site.boss.items():
        browser.tell("Network.setCookie", name=name, value=value, url=site.url + "/", httpOnly=True)
    for width, language in [(390, "zh-CN"), (320, "en")]:
        browser.resize(width)
        browser.open(f"{site.url}/admin/logs.php?log=login&lang={language}")
        rows = browser.run("return [...document.querySelectorAll('tbody tr')].map(row => row.offsetHeight / parseFloat(getComputedStyle(row).lineHeight))")
        assert len(rows) == 2 and max(rows) < 2.5 and browser.overflow() == []


def test_the_file_has_what_was_searched(site, admin):
    admin.open(site.url + "/admin/logs.php?by=name&q=%E7%85%A7%E7%89%87+5&lang=zh-CN")
    form = element(admin, ".filters")
    button = form.find_element(By.CSS_SELECTOR, "[name=format]")
    fields = {field.get_attribute("name"): field.get_attribute("value") for field in form.find_elements(By.CSS_SELECTOR, "input, select")}
    answer = requests.get(form.get_attribute("action"), {**fields, "format": button.get_attribute("value")}, cookies=site.boss, timeout=60)
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == [f"照片 {number}.jpg" for number in (52, 51, 50, 5)]
