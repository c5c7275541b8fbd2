# The service worker of a real site: what the operating system shares with the site, installing it, and the page without network. Over plain
# http browsers have a service worker on 127.0.0.1 alone. The numbers at the tests are those of the design's acceptance checks.

import json
import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
from accounts import session_of  # noqa: E402
from browser import opened  # noqa: E402
from running_site import Site, until  # noqa: E402
from test_sessions import LOADED, STATES, enter, find, owned, visit  # noqa: E402

# What an operating system does with the form that the manifest describes.
SHARE = '''
const [address, files] = arguments, chosen = new DataTransfer();
for (const [name, bytes] of files) chosen.items.add(new File([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], name, {type: "image/jpeg"}));
const form = Object.assign(document.createElement("form"), {method: "post", enctype: "multipart/form-data"});
form.setAttribute("action", address);
form.append(Object.assign(document.createElement("input"), {type: "file", name: "file", multiple: true, files: chosen.files}));
document.body.append(form);
form.submit();
'''


@pytest.fixture(scope="module", params=["nginx", "apache-prefix"])
def site(request):
    web, _, prefix = request.param.partition("-")
    with Site(options=["--web", web, *(["--prefix", "/pictures"] if prefix else [])]) as running:
        yield running


@pytest.fixture
def mei(site, browser):  # noqa: F811
    # Asked for beside a picture, also outside of the site's prefix.
    browser.allowed = ["/favicon.ico"]
    browser.open(site.url + "/favicon.svg")
    enter(site, browser, session_of(site, "mei"))
    visit(site, browser, "/")
    return "mei"


def share(site, browser, seed):  # noqa: F811
    import base64
    files = [(f"{seed}-{number}.jpg", base64.b64encode(pictures.photograph(50, 40, seed + number)).decode()) for number in range(2)]
    browser.run(SHARE, site.prefix + "/?share=1", files)


def controlled(browser):  # noqa: F811
    browser.wait("navigator.serviceWorker.controller !== null", seconds=30)


def test_19_shared_files_wait_in_the_queue(site, browser, mei):  # noqa: F811
    """They are sent when the person says so: a page of another site could have sent them here."""
    controlled(browser)
    before = owned(site, mei)
    share(site, browser, 500)
    browser.wait(f"location.search === '' && {LOADED} && JSON.stringify({STATES}) === '[\"waiting\",\"waiting\"]'", seconds=30)
    assert owned(site, mei) == before
    assert find(browser, "#held").is_displayed()
    assert browser.run("return [...document.querySelectorAll('#rows input.name')].map(one => one.value)") == ["500-0.jpg", "500-1.jpg"]
    find(browser, "#start").click()
    browser.wait(f"JSON.stringify({STATES}) === '[\"done\",\"done\"]'", seconds=50)
    assert owned(site, mei) == before + 2


def test_19_without_the_worker_the_server_takes_them(site, browser, mei):  # noqa: F811
    controlled(browser)
    browser.driver.execute_async_script("const done = arguments[0]; navigator.serviceWorker.getRegistration().then(one => one.unregister()).then(done)")
    visit(site, browser, "/app/list.php")
    before = owned(site, mei)
    share(site, browser, 600)
    until(lambda: owned(site, mei) == before + 2)
    browser.wait(f"location.search === '?share=1' && {LOADED}")
    assert len(re.findall("https?://", find(browser, "#format-link textarea").get_attribute("defaultValue"))) == 2


def test_18_only_the_system_or_this_site_shares(site, browser, mei):  # noqa: F811
    """A page of another site cannot have files stored here, with the worker or without it."""
    import requests
    files = {"file": ("a.jpg", pictures.jpeg())}
    cookies = session_of(site, mei)
    for headers, status in [({"Sec-Fetch-Site": "none"}, 200), ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
                            ({"Origin": "https://evil.example"}, 403), ({}, 403)]:
        answer = requests.post(site.url + "/?share=1", files=files, cookies=cookies, headers={"Accept": "text/html", **headers}, timeout=60)
        assert answer.status_code == status, headers


def test_19_the_site_can_be_installed(site, browser, mei):  # noqa: F811
    controlled(browser)
    assert browser.tell("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = json.loads(browser.tell("Page.getAppManifest")["data"])
    assert manifest["share_target"]["action"] == site.prefix + "/?share=1" and manifest["share_target"]["enctype"] == "multipart/form-data"


def test_19_without_network_a_page_says_so(chromium):  # noqa: F811
    with Site(options=["--web", "nginx"]) as site, opened() as browser:
        browser.open(site.url + "/favicon.svg")
        enter(site, browser, session_of(site, "mei"))
        visit(site, browser, "/")
        controlled(browser)
        visit(site, browser, "/app/list.php?search=jpg")
        browser.faults()
        site.stop()
        browser.resize(390)
        browser.open(site.url + "/app/history.php")
        assert find(browser, "h1").text == "网络断开"
        assert browser.run("return getComputedStyle(document.querySelector('.button')).display") == "inline-flex", "it has its style"
        browser.picture("worker/offline-phone", whole=False)
        browser.allowed = ["Failed to load resource", "ERR_CONNECTION_REFUSED", "navigation preload"]
        assert browser.axe() + browser.overflow() + browser.small_targets() == []
        browser.check()
        site.start()
        find(browser, ".button").click()
        browser.wait(f"location.pathname === '/app/history.php' && {LOADED}", seconds=50)
        # Of the pages nothing is kept but the style.
        kept = browser.driver.execute_async_script('''const done = arguments[0];
            caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(cache => cache.keys()))))
                .then(all => done(all.flat().map(one => new URL(one.url).pathname)));''')
        assert kept == ["/assets/site.css"]
