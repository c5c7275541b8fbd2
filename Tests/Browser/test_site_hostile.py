# Texts that strangers choose, on the pages of a real site: they are shown as text, and nothing in them runs. `browser` fails a test whose
# page would have run something, because the pages' policy reports it. The number in the tests' names is that of the design's acceptance check.

from urllib.parse import quote, urlsplit

import pytest

import accounts
import pictures
from client import Client
from site_pages import PAGES
from test_login import PASSWORD, add_user
from test_site import LOADED, STATES, enter, press
from test_site_accounts import fill, sent

HOSTILE = {
    "element": "<img src=x onerror=hacked()>", "script": "\"><script>hacked()</script>", "end": "</textarea></title><script>hacked()</script>",
    "attribute": "' onmouseover='hacked()", "statement": "';-- \" OR 1=1", "section": "]]>", "template": "{{7*7}}${7*7}{name}", "scheme": "javascript:hacked()",
    "long": "W" * 95 + "图" * 35, "entity": "&lt;b&gt;&#0;",
}
DIRECTION = "a\u202egnp.exe\u2066b"
PERSON = {"Accept": "text/html"}
# Elements of a page that a text has made. (Tests search for what the texts above would become.)
INTRUDERS = '''return [...document.querySelectorAll("img[src=x], script:not([src]):not([type='application/json']), [onerror], [onmouseover], main b, a[href^='javascript:']")]
    .map(one => one.outerHTML)'''


def shown(browser, selector):
    return browser.run("return [...document.querySelectorAll(arguments[0])].map(one => one.textContent)", selector)


def look(site, browser, address, language="en"):
    """Opens a page and returns what should not be on it."""
    browser.open(f"{site.url}{address}{'&' if '?' in address else '?'}lang={language}")
    browser.wait(LOADED)
    return browser.run(INTRUDERS)


@pytest.fixture
def site(nginx_site):
    nginx_site.query("DELETE FROM attempt")
    return nginx_site


def test_17_names_of_files_and_programs(site, browser):
    """As the form names a file: an account sees it among its own, an administrator on the details, with the program that sent it."""
    client, kept = Client(site), {}
    client.session.cookies.update(site.sessions["user"])
    for number, text in enumerate([*HOSTILE.values(), DIRECTION]):
        answer = client.uploaded(pictures.jpeg(40 + number, 30), text + ".jpg", token=False, headers={"Sec-Fetch-Site": "same-origin"})
        # (As an import writes it; the API's uploads have no such record.)
        site.query("INSERT INTO upload_record VALUES (?, '192.0.2.7', 4711, ?, 'web')", answer["id"], text)
        kept[answer["url"].removeprefix(site.url)] = (site.query("SELECT original_name FROM file WHERE id = ?", answer["id"])[0][0], text)
    names = [name for name, _ in kept.values()]
    assert not any("\u202e" in name for name in names)
    enter(site, browser, "user")
    assert look(site, browser, "/user/index.php") == [] and set(shown(browser, ".cards .name")) <= set(names)
    assert browser.run("return document.querySelectorAll('.cards .name').length") == 8
    enter(site, browser, "admin")
    for path, (name, program) in kept.items():
        assert look(site, browser, "/app/info.php?img=" + path) == []
        facts = shown(browser, ".facts dd")
        assert name in facts and program in facts, facts
    assert look(site, browser, "/app/list.php") == []


# As long as names can be, without a place to break; of characters that have no width, and of ones that join.
WIDE = ["W" * 251 + ".jpg", "图" * 83 + ".jpg", "<b>" * 84, "\u200b" * 85, "e\u0301" * 83, "مرحبا بالعالم.jpg"]


@pytest.mark.parametrize("width", [320, 1280])
def test_17_names_widen_no_page(site, browser, width):
    """Files are called what their senders called them, on every page that shows them."""
    client, files = Client(site), []
    for number, name in enumerate(WIDE):
        answer = client.uploaded(pictures.jpeg(41 + number, 30), "x.jpg")
        site.query("UPDATE file SET original_name = ?, views = 2000000, account_id = ? WHERE id = ?", name, accounts.account(site, "boss", "admin"), answer["id"])
        path = answer["url"].removeprefix(site.url)
        files.append((answer["id"], path, name if name.strip("\u200b") else path.rpartition("/")[2]))
    enter(site, browser, "admin")
    browser.resize(width)
    try:
        names = {name for _, _, name in files}
        for address in ["/app/list.php", "/user/index.php", "/user/files.php", "/admin/files.php", "/admin/chart.php", "/admin/logs.php"]:
            assert look(site, browser, address) == [] and browser.overflow() == [], address
            # (The statistics have the five most seen.)
            assert len(names & set(shown(browser, ".cards .name, .rows .name"))) == (5 if "chart" in address else len(files)), address
        for _, path, name in files:
            assert look(site, browser, "/app/info.php?img=" + path) == [] and browser.overflow() == [], name
            assert shown(browser, "h1") == [name] and browser.driver.title.startswith(name)
        # The viewer names the file in one line.
        assert look(site, browser, "/user/files.php") == []
        browser.run("document.querySelector('.cards > li > a').click()")
        browser.wait("document.querySelector('.lightbox[open]')")
        name = browser.run("return document.querySelector('.cards .name').textContent")
        assert browser.run("return document.querySelector('.lightbox p').textContent").startswith(name + " · ")
        assert browser.run("const {scrollWidth, clientWidth} = document.querySelector('.lightbox'); return scrollWidth - clientWidth") == 0
        site.query(f"UPDATE file SET state = 2 WHERE id IN ({','.join(str(number) for number, _, _ in files)})")
        for address in ["/user/files.php?in=recycled", "/admin/files.php?in=recycle"]:
            assert look(site, browser, address) == [] and browser.overflow() == [], address
            assert names <= set(shown(browser, ".cards .name"))
    finally:
        for number, _, _ in files:
            site.query("DELETE FROM file WHERE id = ?", number)


def test_17_browsers_in_the_list_of_sessions(site, browser):
    add_user(site, "watched", "user")
    for text in [*HOSTILE.values(), DIRECTION]:
        Client(site).request("POST", "/user/login.php", data={"user": "watched", "password": PASSWORD}, headers={**PERSON, "User-Agent": text.encode()})
    site.sessions["watched"] = accounts.session_of(site, "watched")
    enter(site, browser, "watched")
    assert look(site, browser, "/user/security.php") == []
    rows = shown(browser, ".rows .name")
    assert set(HOSTILE.values()) <= set(rows) and "agnp.exeb" in rows


def test_17_names_of_keys(site, browser):
    accounts.account(site, "keys")
    site.sessions["keys"] = accounts.session_of(site, "keys")
    names = [*(text for text in HOSTILE.values() if len(text.encode()) <= 100), DIRECTION]
    for name in names[:-1]:
        site.imagebed("key", "create", "--user", "keys", "--name", name)
    # No key gets such a name any more; those of before are shown.
    site.imagebed("key", "create", "--user", "keys", "--name", "older")
    site.query("UPDATE api_key SET name = ? WHERE name = 'older'", DIRECTION)
    enter(site, browser, "keys")
    assert look(site, browser, "/user/index.php") == []
    assert shown(browser, "#keys .row .name") == names
    questions = shown(browser, "dialog[id^=revoke] h2")
    assert len(questions) == len(names) and all(name in question for name, question in zip(names, questions))
    # What is refused stays in its field, and the dialog says why.
    browser.allowed = ["status of 400"]
    press(browser, "[data-open=new-key]")
    browser.run("const field = document.getElementById('key-name'); field.removeAttribute('maxlength'); field.value = arguments[0]", HOSTILE["long"])
    sent(browser, "#new-key button.primary")
    assert browser.run("return [document.querySelector('dialog:modal').id, document.getElementById('key-name').value]") == ["new-key", HOSTILE["long"]]
    assert browser.run("return document.activeElement.textContent") == "A key name has 1 to 100 bytes on one line, not only blanks, and no direction marks"


def test_17_names_of_accounts(site, browser):
    """Registration takes none of these; whatever came with an import is shown as text."""
    browser.allowed = ["status of 400"]
    with site.setting(registration="open"):
        for text in [HOSTILE["element"], HOSTILE["script"], HOSTILE["attribute"], HOSTILE["long"], DIRECTION]:
            assert look(site, browser, "/user/register.php") == []
            browser.run("const field = document.getElementById('user'); field.removeAttribute('maxlength'); field.value = arguments[0]", text)
            fill(browser, password=PASSWORD)
            sent(browser, "main button.primary")
            assert browser.run(INTRUDERS) == [] and browser.run("return document.getElementById('user').value") == text
    number = accounts.account(site, "renamed")
    site.sessions["renamed"] = accounts.session_of(site, "renamed")
    enter(site, browser, "renamed")
    for text, address in zip(HOSTILE.values(), ["/", "/user/index.php", "/user/security.php", "/user/login.php"] * 3):
        site.query("UPDATE account SET name = ? WHERE id = ?", text, number)
        assert look(site, browser, address) == []
        assert f"Sign out ({text})" in shown(browser, "body > footer button"), address
    site.query("UPDATE account SET name = 'renamed' WHERE id = ?", number)


def test_17_on_pages_of_administrators(site, browser):
    """Names of accounts, keys and files, programs that uploaded or signed in, and what the doctor found: in lists, logs and numbers."""
    number, client = accounts.account(site, "listed"), Client(site)
    file = client.uploaded(pictures.jpeg(64, 64), "logged.jpg")["id"]
    site.imagebed("key", "create", "--user", "listed", "--name", "listed")
    site.query("INSERT INTO upload_record VALUES (?, '192.0.2.7', 4711, 'x', 'web') ON CONFLICT DO NOTHING", file)
    [(key,)] = site.query("SELECT id FROM api_key WHERE name = 'listed'")
    # (It stands among the largest and the most seen.)
    site.query("UPDATE file SET account_id = ?, views = 1000000, size = 1000000000000, key_id = ? WHERE id = ?", number, key, file)
    enter(site, browser, "admin")
    try:
        for text in [*HOSTILE.values(), DIRECTION]:
            site.query("UPDATE account SET name = ? WHERE id = ?", text, number)
            site.query("UPDATE api_key SET name = ? WHERE account_id = ?", text, number)
            site.query("UPDATE file SET original_name = ? WHERE id = ?", text, file)
            site.query("UPDATE upload_record SET user_agent = ? WHERE file_id = ?", text, file)
            site.query("INSERT INTO sign_in (tried_at, account_id, result, address, user_agent) VALUES (strftime('%s', 'now'), ?, 'refused', '192.0.2.7', ?)", number, text)
            (site.data / "doctor.tsv").write_text(f"1700000000\nproblem\t{text}\t{text}\nwarning\t{text}\t{text}")
            for address, selector in [
                (f"/admin/users.php?q={quote(text, safe='')}", ".rows .name"), (f"/admin/users.php?in=keys&after={key - 1}", ".rows .name"),
                (f"/admin/users.php?account={quote(text, safe='')}", "h1"),
                ("/admin/logs.php?by=name&q=", None), ("/admin/logs.php", ".rows .name"), ("/admin/logs.php?log=login", "td"), ("/admin/chart.php", ".rows .name"),
            ]:
                assert look(site, browser, address) == [], (address, text)
                assert selector is None or any(text in one for one in shown(browser, selector)), (address, text)
            assert [text in one for one in shown(browser, "section[aria-labelledby=doctor-heading] [lang=en]")] == [True] * 4, text
    finally:
        (site.data / "doctor.tsv").unlink(missing_ok=True)
        site.query("UPDATE account SET name = 'listed' WHERE id = ?", number)
        site.query("DELETE FROM upload_record WHERE file_id = ?", file)
        site.query("DELETE FROM file WHERE id = ?", file)
        site.query("DELETE FROM sign_in WHERE account_id = ?", number)


def test_17_whatever_stands_in_an_address(site, browser):
    names = ["date", "search", "num", "page", "img", "history", "back", "lang", "theme", "done", "of", "p", "q", "folder", "key", "x", "account", "in", "after",
             "by", "month", "log", "before", "a", "b", "version", "conflict", "only", "part", "order", "type", "preview"]
    enter(site, browser, "admin")
    browser.allowed = ["status of 403", "status of 404", "status of 422"]
    for address in sorted({urlsplit(page.address).path for page in PAGES}):
        for turn in range(4):
            texts = [*HOSTILE.values(), DIRECTION] * 4
            query = "&".join(f"{name}={quote(texts[number + 3 * turn])}" for number, name in enumerate(names))
            browser.open(f"{site.url}{address}?{query}")
            assert browser.run(INTRUDERS) == [], (address, query)


EVIL = ["//evil.example/", "/\\evil.example/", "\\\\evil.example", "https:evil.example", "https://evil.example/", "http:evil.example", "javascript:hacked()",
        "data:text/html,<script>hacked()</script>", "/\t/evil.example", "/%09/evil.example", "/..//evil.example", "/.%2e//evil.example", "///evil.example",
        "/%0d%0aLocation:%20https://evil.example", "evil.example", "@evil.example", ".evil.example", "\u202e/moc.live//", "/ /evil.example"]


def test_17_the_way_back_stays_here(site, browser):
    add_user(site, "traveller", "user")
    site.query("DELETE FROM session WHERE user_agent LIKE '%HeadlessChrome%'")
    browser.allowed = ["status of 404"]
    with site.setting(anonymous_upload="on"):
        for number, text in enumerate(EVIL):
            site.query("DELETE FROM attempt")
            browser.tell("Network.clearBrowserCookies")
            browser.open(f"{site.url}/user/login.php?lang=en&back={quote(text, safe='')}")
            assert set(browser.run("return [...document.links].map(link => new URL(link.href).origin)")) == {site.url}
            # A form may name a place that the page did not.
            browser.run("""const form = document.querySelector("main form"), field = form.elements.back ?? form.appendChild(document.createElement("input"));
                Object.assign(field, {name: "back", type: "hidden", value: arguments[0]})""", text)
            fill(browser, user="traveller", password=PASSWORD)
            browser.run("window.before = true")
            press(browser, "main button.primary")
            browser.wait("window.before === undefined && document.readyState === 'complete'")
            # What begins with a name of this site is a place here, whether there is a page or not.
            assert urlsplit(browser.driver.current_url).path in ("/", text) and browser.driver.current_url.startswith(site.url + "/"), text
            assert site.query("SELECT count(*) FROM session WHERE user_agent LIKE '%HeadlessChrome%'") == [(number + 1,)]


ACTIVE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100" onload="mark('onload')">
<script>function mark(how) { document.documentElement.setAttribute("data-hacked", how) } mark("script")</script>
<script xlink:href="/assets/page.js"></script><image xlink:href="http://127.0.0.1:1/x.png" width="9" height="9"/>
<foreignObject width="200" height="50"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="mark('onerror')"/><form action="/user/login.php?login=exit" method="post"/></body></foreignObject>
<a xlink:href="javascript:mark('link')"><rect width="200" height="100" fill="green"/></a></svg>"""


def test_17_an_active_drawing_does_nothing(site, browser):
    """No form takes it; one that was there before (an imported site never looked) is a dead picture."""
    client = Client(site)
    refused = client.upload(ACTIVE.encode(), "a.svg")
    url = client.uploaded(pictures.svg(), "b.svg")["url"]
    assert refused.status_code in (200, 400)
    site.stored(url).write_text(ACTIVE)
    enter(site, browser, "admin")
    browser.allowed = ["sandboxed", "Content Security Policy", "policy:", "127.0.0.1:1", "violates the following"]
    browser.open(url)
    browser.driver.find_element("css selector", "rect").click()
    assert browser.run("return document.documentElement.getAttribute('data-hacked')") is None and browser.driver.current_url == url
    browser.faults()
    browser.allowed = []
    for address in ["/app/info.php?img=" + url.removeprefix(site.url), "/app/list.php"]:
        assert look(site, browser, address) == []
        browser.wait("[...document.images].every(one => one.complete)")


def test_17_names_of_chosen_files(site, browser, tmp_path):
    """In the queue, the links, the storage of the browser, and the history that shows it."""
    names = [text.replace("/", "") + ".png" for text in [*HOSTILE.values(), DIRECTION]]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(pictures.still("png", 20 + number, 20))
    enter(site, browser, "user")
    browser.open(site.url + "/?lang=en")
    browser.run("localStorage.clear()")
    browser.driver.refresh()
    browser.wait(LOADED)
    browser.driver.find_element("id", "files").send_keys("\n".join(str(tmp_path / name) for name in names))
    browser.wait(f"{STATES}.length === {len(names)} && {STATES}.every(state => state === 'done')", seconds=120)
    assert shown(browser, "#rows .row p.name") == names and browser.run(INTRUDERS) == []
    for tab in browser.driver.find_elements("css selector", "[role=tab]"):
        tab.click()
        assert browser.run(INTRUDERS) == []
    # Nothing closes the box that it stands in, whoever reads the links.
    code = browser.run("return document.querySelector('#format-html textarea').value")
    assert "<script" not in code and "<img src=x" not in code
    assert look(site, browser, "/app/history.php") == []
    stored = browser.run("return Object.values(localStorage).filter(value => value.startsWith('{')).map(value => JSON.parse(value).name)")
    assert sorted(shown(browser, "#history .name")) == sorted(stored) and len(stored) == len(names)
    # (The second one's picture is not there.)
    browser.allowed = ["status of 404"]
    browser.run("localStorage.setItem('mine', JSON.stringify({url: 'javascript:hacked()', srcName: 'x'}))")
    browser.run("localStorage.setItem('other', JSON.stringify({url: location.origin + '/x', thumb: 'javascript:hacked()', del: 'javascript:hacked()', srcName: '<b>'}))")
    assert look(site, browser, "/app/history.php") == [] and "<b>" in shown(browser, "#history .name")


def test_17_the_name_of_the_site(site, browser):
    """It is the operator's, but stands everywhere; on pages that the web server sends by itself too."""
    name = "\"><script>hacked()</script>' &amp; ]]>"
    browser.allowed = ["status of 403", "status of 404", "status of 422"]
    with site.setting(site_name=name):
        for page in PAGES:
            enter(site, browser, page.who)
            browser.open(site.url + page.address.format(**site.places))
            if page.name != "not-found":
                assert browser.run(INTRUDERS) == [] and name in browser.driver.title, page.name
