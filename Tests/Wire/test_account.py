"""An account's pages behind the web servers, as browsers without scripts use them: what the API page says about keys, followed as it stands."""

import html
import re

import pytest

import pictures
from client import Client
from running_site import Site
from test_login import PASSWORD, add_user

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module", params=["nginx", "apache-prefix"])
def either(request):
    web, _, prefix = request.param.partition("-")
    with Site(options=["--web", web, *(["--prefix", "/pictures"] if prefix else [])]) as site:
        add_user(site, "keeper", "admin")
        yield site


@pytest.fixture
def keeper(either):
    """Somebody who was sent to the sign-in page, and came back."""
    visitor = Client(either)
    sent = visitor.get("/user/index.php", headers=BROWSER)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{either.prefix}/user/login.php?back={either.prefix}/user/index.php")
    form = {"user": "keeper", "password": PASSWORD, "back": f"{either.prefix}/user/index.php"}
    back = visitor.request("POST", "/user/login.php", data=form, headers=BROWSER)
    assert (back.status_code, back.headers["Location"]) == (303, f"{either.prefix}/user/index.php")
    return visitor


def hidden(page, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page.text)[1])


def test_a_key_as_the_api_page_says(either, keeper):
    page = keeper.get("/user/", headers=BROWSER)
    assert "创建密钥</button>" in page.text and 'placeholder="如：我的网站"' in page.text
    form = {"action": "create_key", "form_token": hidden(page, "form_token"), "once": hidden(page, "once"), "name": "我的网站",
            "scope[]": ["upload", "read"], "days": "0", "until": ""}
    made = keeper.request("POST", "/user/index.php", data=form, headers=BROWSER)
    assert made.status_code == 200 and made.headers["Cache-Control"] == "no-store"
    key = re.search(r'readonly value="(ib_[\w-]{43})"', made.text)[1]
    again = keeper.request("POST", "/user/index.php", data=form, headers=BROWSER)
    assert "已经创建" in again.text and key not in again.text
    script = Client(either)
    stored = script.request("POST", "/api/v1/upload.php", data={"token": key}, files={"image": ("a.jpg", pictures.jpeg())})
    assert stored.status_code == 200 and stored.json()["result"] == "success"
    used = keeper.get("/user/index.php", headers=BROWSER)
    assert "1 小时内使用" in used.text and "a.jpg" in used.text and key not in used.text
    number = either.query("SELECT max(id) FROM api_key WHERE name = '我的网站'")[0][0]
    gone = keeper.request("POST", "/user/index.php", headers=BROWSER,
                          data={"action": "revoke_key", "form_token": hidden(used, "form_token"), "id": str(number)})
    assert (gone.status_code, gone.headers["Location"]) == (303, f"{either.prefix}/user/index.php?done=revoked")
    assert script.request("POST", "/api/v1/upload.php", headers={"X-API-Key": key}, files={"image": ("b.jpg", pictures.jpeg())}).status_code == 401


def test_other_sites_forms(keeper):
    for path in ["/user/index.php", "/user/security.php"]:
        for headers in [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]:
            assert keeper.request("POST", path, data={"action": "end_other_sessions"}, headers={**BROWSER, **headers}).status_code == 403


def test_registration_follows_its_setting(either):
    visitor, form = Client(either), {"user": "newcomer", "password": "battery staple"}
    assert visitor.request("POST", "/user/register.php", data=form, headers=BROWSER).status_code == 403
    with either.setting(registration="approval"):
        waits = visitor.request("POST", "/user/register.php", data=form, headers=BROWSER)
        assert (waits.status_code, waits.headers["Location"]) == (303, f"{either.prefix}/user/register.php?done=waiting&of=fair")
        assert "等待管理员批准" in visitor.request("POST", "/user/login.php", data=form, headers=BROWSER).text
        either.imagebed("user", "approve", "newcomer")
        assert visitor.request("POST", "/user/login.php", data=form, headers=BROWSER).status_code == 303
