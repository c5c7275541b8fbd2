# Forms of other sites, forms without proof of where they come from, and pages in foreign frames, on a real site. The forms are those that the
# pages have: a new one is tried too. The number in the tests' names is that of the design's acceptance check.

import html.parser
import http.server
import json
import threading

import pytest

import accounts
import pictures
from browser import HOST
from client import Client
from site_pages import PAGES
from test_login import PASSWORD, add_user

PERSON = {"Accept": "text/html"}
# The API page tries these. They take keys, and a session only from pages of this site.
API = ("/api/", "/app/upload.php")
# Values with which a form would do harm.
VALUES = {"current": PASSWORD, "password": PASSWORD, "new": "chosen by somebody else", "user": "victim", "language": "zh-TW", "name": "another's"}
# Where nobody is signed in there is nothing that a form could do in somebody's name: programs may send these without any proof.
OF_STRANGERS = ["/user/login.php", "/user/register.php", "/"]


class Forms(html.parser.HTMLParser):
    """The forms of a page that are sent by POST: action, encoding, and fields as somebody could send them."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.open = {"action": given.get("action", ""), "encoding": given.get("enctype", ""), "fields": {}}
            if given.get("method") == "post":
                self.found.append(self.open)
        elif tag in ("input", "select", "textarea", "button") and self.open is not None and given.get("name"):
            name = given["name"]
            if given.get("type") != "file":
                self.open["fields"][name] = VALUES.get(name) or given.get("value") or "upload"

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None


def name_of(form):
    fields = form["fields"]
    return f"{form['action']} {fields.get('action') or fields.get('mode') or ''}".strip()


@pytest.fixture
def victim(either_site):
    """An administrator with keys and several sessions, and the forms of all pages."""
    site = either_site
    site.query("DELETE FROM attempt")
    if not site.query("SELECT 1 FROM account WHERE name = 'victim'"):
        add_user(site, "victim", "admin")
        site.imagebed("key", "create", "--user", "victim", "--name", "phone")
        accounts.session_of(site, "victim", "admin")
        site.victim = accounts.session_of(site, "victim", "admin")
    return site


def forms(site, cookies):
    """By name; those of a visitor where there are no cookies."""
    client, found = Client(site), {}
    for page in PAGES:
        answer = client.get(page.address.format(**site.places), headers=PERSON, cookies=cookies)
        for form in Forms(answer.text).found:
            found.setdefault(name_of(form), form)
    return found


def state(site):
    """Whatever a form can change."""
    return [site.query(f"SELECT {columns} FROM {table} ORDER BY id") for table, columns in [
        ("account", "*"), ("api_key", "id, name, revoked_at"), ("session", "id"), ("file", "id, path, state")]]


def is_refusal(form, status, text):
    """EasyImages' forms answer in their own way, and who has no session cannot sign out."""
    if form["action"].startswith(API):
        return status >= 400 or '"result":"failed"' in text
    return status in (401, 403) or text == "Permission denied" or "login=exit" in form["action"] and "Not signed in" in text


def test_18_forms_without_proof_are_refused(victim):
    """Neither a token of the page nor a header of the browser says that a page of this site sent it; and with a wrong token."""
    found, before, wrong = forms(victim, victim.victim), state(victim), []
    assert len(found) >= 10, found.keys()
    for name, form in found.items():
        if "form_token" not in form["fields"] and not form["action"].startswith(API):
            wrong.append(f"{name}: has no token")
        for token in [None, "", "0" * 64, "0" * 128]:
            fields = {**form["fields"], "form_token": token}
            if token is None:
                del fields["form_token"]
            files = {"file": ("a.png", pictures.still("png"))} if form["encoding"] else None
            answer = Client(victim).request("POST", form["action"], data=fields, files=files, headers=PERSON, cookies=victim.victim)
            if not is_refusal(form, answer.status_code, answer.text):
                wrong.append(f"{name}: {answer.status_code} with the token {token}")
    assert wrong == [] and state(victim) == before


class Elsewhere:
    """A site of somebody else: pages by path, at two origins of which one has this site's host."""

    def __init__(self):
        self.pages = {}
        pages = self.pages

        class Answers(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                content = pages.get(self.path, "").encode()
                self.send_response(200 if content else 404)
                self.send_header("Content-Type", "text/html;charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.origins = [f"http://{host}:{self.server.server_port}" for host in ("127.0.0.1", HOST)]


@pytest.fixture(scope="module")
def elsewhere():
    made = Elsewhere()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def attack(site, form):
    """A page that sends the form as soon as somebody looks at it, with a file where it takes one."""
    return f"""<!DOCTYPE html><link rel="icon" href="data:,"><form method="post" action="{html.escape(site.url + form['action'].removeprefix(site.prefix))}" enctype="{form['encoding']}"></form>
<script>
const form = document.forms[0];
for (const [name, value] of Object.entries({json.dumps(form["fields"])})) {{
    const field = Object.assign(document.createElement("input"), {{name, value}});
    form.append(field);
}}
if (form.enctype === "multipart/form-data") {{
    const chosen = new DataTransfer(), field = Object.assign(document.createElement("input"), {{type: "file", name: "file"}});
    chosen.items.add(new File([Uint8Array.from({list(pictures.still("png"))})], "a.png"));
    form.append(field);
    field.files = chosen.files;
}}
// (A field may be called "submit".)
window.onload = () => HTMLFormElement.prototype.submit.call(form);
</script>"""


def test_18_forms_of_other_sites_are_refused(victim, elsewhere, browser):
    """With everything that a form of this site has but the token, which another site cannot read; and those of visitors."""
    browser.allowed = [f"status of {status}" for status in (400, 401, 403, 404)]
    wrong = []
    before = state(victim)
    for name, form in forms(victim, victim.victim).items():
        wrong += attacked(victim, elsewhere, browser, victim.victim, form)
    # What visitors have; and whoever may upload without a key may do that from anywhere by the API.
    with victim.setting(registration="open", anonymous_upload="on"):
        of_visitors = {name: form for name, form in forms(victim, {}).items() if not form["action"].startswith(API)}
        assert {form["action"] for form in of_visitors.values()} >= set(OF_STRANGERS)
        for form in of_visitors.values():
            wrong += attacked(victim, elsewhere, browser, {}, form)
    assert wrong == [] and state(victim) == before


def attacked(site, elsewhere, browser, cookies, form):
    """What became of a form that other origins send, where it was not refused."""
    form["fields"].pop("form_token", None)
    elsewhere.pages["/attack"] = attack(site, form)
    for origin in elsewhere.origins:
        wear(site, browser, cookies)
        browser.open(origin + "/attack")
        browser.wait(f"location.origin === {json.dumps(site.url)} && document.readyState === 'complete'")
        status, text, place = browser.run('return [performance.getEntriesByType("navigation")[0].responseStatus, document.body.innerText.trim(), location.pathname]')
        # Without the session, which does not come along, the upload page asks to sign in.
        if not is_refusal(form, status, text) and (form["action"], place) != ("/", "/user/login.php"):
            yield f"{name_of(form)} from {origin}: {status} {text[:80]}"


def wear(site, browser, cookies):
    browser.tell("Network.clearBrowserCookies")
    for name, value in cookies.items():
        browser.tell("Network.setCookie", name=name, value=value, url=site.url + "/", httpOnly=True, sameSite="Lax")


def test_18_no_page_stands_in_a_foreign_frame(victim, elsewhere, browser):
    addresses = [page.address.format(**victim.places) for page in PAGES] + ["/404.html", "/api/v1/list.php"]
    # A picture may be shown anywhere: it shows that frames work.
    frames = "".join(f'<iframe src="{html.escape(victim.url + address)}"></iframe>' for address in [*addresses, victim.places["file"]])
    elsewhere.pages["/frames"] = f'<!DOCTYPE html><link rel="icon" href="data:,">{frames}'
    browser.allowed = ["frame-ancestors", "status of 403", "status of 404"]
    for origin in elsewhere.origins:
        wear(victim, browser, victim.victim)
        browser.open(origin + "/frames")
        # (Frames of other sites are in processes of their own, so that the page's tree of frames does not have all of them.)
        refused = " ".join(entry["message"] for entry in browser.driver.get_log("browser") if "frame-ancestors" in entry["message"])
        missing = [address for address in addresses if f"'{victim.url}{address}'" not in refused and f"'{victim.url}/'" not in refused]
        assert missing == [] and victim.places["file"] not in refused.replace("img=" + victim.places["file"], ""), refused
