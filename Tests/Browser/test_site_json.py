# JSON files on a real site: conflicts resolved by mouse, by keyboard and without scripts, the editor, texts of strangers, and contents that are
# too large for a page. The numbers in the tests' names are those of the design's acceptance checks.

import itertools
import json
import pathlib
import sys

import pytest
import requests
from selenium.webdriver import Keys
from selenium.webdriver.common.action_chains import ActionChains

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import accounts  # noqa: E402
from running_site import Site, until  # noqa: E402
from synced import Person  # noqa: E402
from test_site import LOADED  # noqa: E402

MEGABYTE = 1 << 20
NUMBERS = '"id":9007199254740993,"ratio":1.10,"tiny":1E-400'
PEOPLE = itertools.count(1)


@pytest.fixture(scope="module")
def site():
    with Site(options=["--web", "nginx"]) as running:
        yield running


class Typist(Person):
    """Somebody new."""

    def __init__(self, site):
        self.name = f"person{next(PEOPLE)}"
        super().__init__(site, accounts.session_of(site, self.name))

    def conflict(self, key):
        """The id of a conflict about /theme: "light" from the desk against "dark" from the phone."""
        for base, device, name in [(0, "phone", "auto"), (1, "desk", "light"), (1, "phone", "dark")]:
            told = self.push(key, theme(name), device, base)
            # Otherwise the desk is not known to have the first version.
            if base == 0:
                self.pull(key, "desk")
        return told["conflict_id"]

    def latest(self, key):
        return self.ask("GET", f"/api/v1/json/pull.php?file_key={key}&raw=1").text


@pytest.fixture
def person(site, browser):
    new = Typist(site)
    new.enter(browser)
    return new


def look(browser, site, address, with_scripts=True):
    browser.open(f"{site.url}/user/json.php?{address}")
    if with_scripts:
        browser.wait(LOADED)


def find(browser, selector):
    return browser.driver.find_element("css selector", selector)


def type_into(browser, text):
    """Replaces all of the editor by keyboard."""
    ActionChains(browser.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(text).perform()


def theme(name):
    return f'{{{NUMBERS},"theme":"{name}"}}'


def test_13_by_mouse(site, browser, person):
    ids = {way: person.conflict(way) for way in ["local", "remote", "custom"]}
    look(browser, site, "")
    assert browser.run("return document.querySelectorAll('.rows a.warn').length") == 3
    for way in ["local", "remote"]:
        look(browser, site, f"conflict={ids[way]}")
        find(browser, f"button[value=resolve_keep_{way}]").click()
        browser.wait("document.querySelector('.notice.ok')?.textContent === '冲突已解决，版本 4'")
    look(browser, site, f"conflict={ids['custom']}")
    find(browser, "#custom > summary").click()
    field = find(browser, "#content")
    assert field.get_property("value") == '{\n  "id": 9007199254740993,\n  "ratio": 1.10,\n  "tiny": 1E-400,\n  "theme": "dark"\n}'
    field.click()
    browser.run("arguments[0].setSelectionRange(arguments[0].value.indexOf('dark'), arguments[0].value.indexOf('dark') + 4)", field)
    field.send_keys("mine")
    find(browser, "#custom button.primary").click()
    browser.wait("document.querySelector('.notice.ok')?.textContent === '冲突已解决，版本 4'")
    assert [person.latest(way) for way in ids] == [theme("dark"), theme("light"), theme("mine")]
    assert browser.run("return document.querySelector('.parts .count')") is None


def reach(browser, selector):
    """Presses Tab until the control has the focus."""
    for _ in range(80):
        if browser.run("return document.activeElement.matches(arguments[0])", selector):
            return
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
    raise AssertionError(f"Tab does not reach {selector}")


def test_13_by_keyboard(site, browser, person):
    ids = {way: person.conflict(way) for way in ["local", "remote", "custom"]}
    for way in ["local", "remote"]:
        look(browser, site, f"conflict={ids[way]}")
        reach(browser, f"button[value=resolve_keep_{way}]")
        ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
        browser.wait("document.querySelector('.notice.ok')?.textContent === '冲突已解决，版本 4'")
    look(browser, site, f"conflict={ids['custom']}")
    reach(browser, "#custom > summary")
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    browser.wait("document.querySelector('#custom').open")
    reach(browser, "#content")
    type_into(browser, '{"id": 9007199254740995, "theme": "typed"}')
    # The editor keeps nobody in.
    reach(browser, "#custom button.primary")
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    browser.wait("document.querySelector('.notice.ok')?.textContent === '冲突已解决，版本 4'")
    assert [person.latest(way) for way in ids] == [theme("dark"), theme("light"), '{"id":9007199254740995,"theme":"typed"}']


def test_13_and_21_without_scripts(site, browser, person):
    ids = {way: person.conflict(way) for way in ["local", "remote", "custom"]}
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        for way in ["local", "remote"]:
            look(browser, site, f"conflict={ids[way]}", with_scripts=False)
            find(browser, f"button[value=resolve_keep_{way}]").click()
            assert until(lambda: "冲突已解决，版本 4" in browser.driver.page_source)
        look(browser, site, f"conflict={ids['custom']}", with_scripts=False)
        find(browser, "#custom > summary").click()
        field = find(browser, "#content")
        assert field.get_property("value").startswith('{\n  "id": 9007199254740993,')
        # What is wrong stays in the field, and the page says where.
        browser.allowed += ["status of 400"]
        field.send_keys("}")
        find(browser, "#custom button.primary").click()
        assert until(lambda: "第 6 行，第 2 列：" in browser.driver.page_source)
        field = find(browser, "#content")
        assert field.get_property("value").endswith('"theme": "dark"\n}}')
        field.send_keys(Keys.CONTROL + Keys.END)
        field.send_keys(Keys.BACKSPACE)
        find(browser, "#custom button.primary").click()
        assert until(lambda: "冲突已解决，版本 4" in browser.driver.page_source)
        # A file is deleted, and a device removed.
        look(browser, site, "key=local", with_scripts=False)
        find(browser, "details.fold > summary").click()
        find(browser, "details.fold button.danger").click()
        assert until(lambda: "notice ok" in browser.driver.page_source and "key=local" not in browser.driver.current_url)
        look(browser, site, "in=devices", with_scripts=False)
        find(browser, "details.fold > summary").click()
        find(browser, "details.fold button.danger").click()
        assert until(lambda: "设备已移除" in browser.driver.page_source)
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert [person.latest(way) for way in ["remote", "custom"]] == [theme("light"), theme("dark")]
    assert site.query("SELECT kind FROM sync_version v JOIN sync_file f ON f.id = v.file_id JOIN account a ON a.id = account_id "
                      "WHERE a.name = ? AND file_key = 'local' ORDER BY version DESC LIMIT 1", person.name) == [(1,)]


WRONG = [
    "", " ", "[1,]", "{\"a\":1,}", "{a:1}", "[1", "{\"a\"", "{\"a\":", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12", "\"\\u12g4\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
    "\"图\t\"", "-", "01", "1.", "1.e5", "1e", "1e+", "+1", ".5", "tru", "nul", "trux", "NaN", "'a'", "1 2", "[] x", "{\n  \"图\": 1,\n  \"😀\": tru\n}", "{\"a\":1,\"a\":2}",
    "{\"a\":1,\n \"\\u0061\":2}", "[" * 513, "\ufeff1", "[1 2]", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "\u00a01", "]", "}", "[}", "{]", "{\"a\":}", "[,1]", "{,}", "// 1", "[1]\n\n]",
]
RIGHT = ["1", "-0", "1.10", "9007199254740993", "1E-400", "\"\"", "\"\\ud83d\\ude00\"", "[]", "{}", " [ 1 , { \"a\" : [ ] } ] \n", "[" * 512 + "]" * 512, "{\"a\":{\"a\":1},\"b\":{\"a\":1}}", "null", "\"\u0085\u2028\""]


def test_13_the_script_says_what_the_server_says(site, browser, person):
    """The same reason at the same place, for texts of every kind of error."""
    number = person.conflict("errors")
    look(browser, site, f"conflict={number}")
    errors = browser.driver.execute_async_script("""
        const [texts, done] = arguments;
        import(document.querySelector('script[src*="page.js"]').src.replace("page.js", "json.js")).then(({firstError}) => done(texts.map(firstError)), error => done(String(error)));
        """, WRONG + RIGHT)
    assert errors[len(WRONG):] == [None] * len(RIGHT)
    words = browser.run("return JSON.parse(document.getElementById('words').textContent)")
    token = browser.run("return document.querySelector('input[name=form_token]').value")
    for text, error in zip(WRONG, errors):
        assert error, repr(text)
        if text == "":
            continue
        answer = person.ask("POST", "/user/json.php?lang=zh-CN", data={"form_token": token, "id": number, "action": "resolve_custom", "content": text})
        said = words["jsonPlace"].replace("{line}", str(error["line"])).replace("{column}", str(error["column"])).replace("{reason}", words[error["reason"]])
        told = answer.text.partition('role="alert">')[2].partition("<")[0]
        assert (answer.status_code, told) == (400, said), repr(text)


def test_13_the_editor_while_somebody_types(site, browser, person):
    look(browser, site, f"conflict={person.conflict('typing')}")
    find(browser, "#custom > summary").click()
    browser.wait("document.querySelector('.lined > pre').textContent === '1\\n2\\n3\\n4\\n5\\n6'")
    assert find(browser, "#content-state").text == "JSON 正确"
    find(browser, "#content").click()
    type_into(browser, '{\n"a": 1,\n"图": 01}')
    browser.wait("document.querySelector('#content-state').textContent.startsWith('第 3 行，第 7 列：不是 JSON 的数字')")
    assert browser.run("return document.querySelector('.lined > pre').textContent") == "1\n2\n3"
    assert find(browser, "#content").get_attribute("aria-invalid") == "true" and browser.axe() == []
    find(browser, "#content-state button").click()
    assert browser.run("const field = document.activeElement; return [field.id, field.value.slice(field.selectionStart, field.selectionEnd)]") == ["content", "1"]
    ActionChains(browser.driver).send_keys(Keys.BACKSPACE).perform()
    browser.wait("document.querySelector('#content-state').textContent === 'JSON 正确'")


def test_13_too_late(site, browser, person):
    """Somebody else was quicker: the page says who and how."""
    browser.allowed += ["status of 409"]
    number = person.conflict("late")
    look(browser, site, f"conflict={number}")
    answer = person.ask("POST", "/api/v1/json/conflicts.php", json={"id": number, "action": "resolve_keep_remote", "device_id": "desk"})
    assert answer.status_code == 200
    find(browser, "button[value=resolve_keep_local]").click()
    browser.wait("document.querySelector('.notice.bad')?.textContent.startsWith('已解决：保留远程')")
    assert browser.run("return document.querySelectorAll('button[name=action], #content').length") == 0
    assert person.latest("late") == theme("light")


def test_the_sides_are_tabs_on_phones(site, browser, person):
    number = person.conflict("phone")
    browser.resize(320)
    look(browser, site, f"conflict={number}")
    browser.wait("document.querySelectorAll('.panes [role=tab]').length === 3")
    shown = "return [...document.querySelectorAll('.pane')].filter(one => one.checkVisibility()).map(one => one.id)"
    assert browser.run(shown) == ["pane-local"]
    browser.run("document.querySelector('.panes [role=tab]').focus()")
    ActionChains(browser.driver).send_keys(Keys.ARROW_RIGHT).perform()
    assert browser.run(shown) == ["pane-remote"] and browser.axe() + browser.overflow() + browser.small_targets() == []
    browser.resize(1280)
    browser.wait("[...document.querySelectorAll('.pane')].every(one => one.checkVisibility())")
    assert browser.run("return [...document.querySelectorAll('.pane h3, .panes > .tabs')].map(one => one.checkVisibility())") == [False, True, True, True]
    assert browser.axe() == []


HOSTILE = ["<img src=x onerror=hacked()>", "\"><script>hacked()</script>", "</pre></textarea><script>hacked()</script>", "' onmouseover='hacked()", "{{7*7}}${7*7}{name}", "&lt;b&gt;", "../../etc"]
INTRUDERS = '''return [...document.querySelectorAll("img[src=x], script:not([src]):not([type='application/json']), [onerror], [onmouseover], main b")].map(one => one.outerHTML)'''


def test_17_texts_of_strangers(site, browser, person):
    """As key, path, value, message, device and its name: shown as text."""
    for text in HOSTILE:
        person.push(text, json.dumps({text: "before"}), text, message=text, device_name=text)
        person.push(text, json.dumps({text: text}), "desk", base=1)
        number = person.push(text, json.dumps({text: text + "!"}), text, base=1)["conflict_id"]
        key = requests.utils.quote(text, safe="")
        for address in ["", f"key={key}", f"key={key}&version=3", f"key={key}&a=1&b=3", f"key={key}&in=devices", f"key={key}&in=conflicts", f"conflict={number}"]:
            look(browser, site, address)
            assert browser.run(INTRUDERS) == [], (text, address)
            if address:
                assert text in browser.run("return document.querySelector('main').textContent").replace("\\\"", "\""), (text, address)
        value = browser.run("return document.getElementById('content').value")
        assert json.loads(value) == {text: text + "!"}


def test_13_fifty_megabytes_enter_no_page(site, browser, person):
    """A page has an excerpt, downloads have every byte."""
    most = 52_428_800
    head = '{"id":9007199254740993,"text":"'
    one, other = [head + letter * (most - len(head) - 2) + '"}' for letter in "ab"]
    person.push("large", one)
    person.push("large", other)
    for address in ["", "key=large", "key=large&version=2", "key=large&a=1&b=2", "in=devices"]:
        answer = person.ask("GET", f"/user/json.php?{address}")
        assert answer.status_code == 200 and len(answer.content) < 150_000, address
    assert person.ask("GET", "/user/json.php?key=large&version=1&download=1").text == one
    changes = person.ask("GET", "/user/json.php?key=large&a=1&b=2&download=1").text
    assert changes == f'[\n{{"path":"/text","before":"{"a" * (len(one) - len(head) - 2)}","after":"{"b" * (len(one) - len(head) - 2)}"}}\n]\n'
    number = person.push("large", head + "c\"}", "desk", base=1)["conflict_id"]
    answer = person.ask("GET", f"/user/json.php?conflict={number}")
    assert len(answer.content) < 50_000
    look(browser, site, f"conflict={number}")
    # The merge by hand is a file here.
    browser.run("document.getElementById('custom').open = true")
    assert browser.run("return document.querySelector('#custom textarea, #custom input[type=file]').type") in ("file", "textarea")
