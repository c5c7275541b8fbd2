"""The settings page behind nginx, as browsers without scripts use it: every setting through it, two administrators, and what it changes."""

import html
import html.parser
import json

import pytest

import accounts
import pictures
from client import Client
from running_site import at_once, until

SETTINGS = "/admin/settings.php"
BROWSER = {"Accept": "text/html"}
# After which the session, or the page, is none any more.
LAST = {"base_url", "settings_page"}
COMMAND_LINE = {"watermark_font", "watermark_picture", "operator_scripts"}
# About which the page asks first.
RISKY = {"base_url", "trusted_proxies", "hsts_seconds", "anonymous_retention_days", "anonymous_retention_files", "anonymous_retention_bytes"}
# Other values than a new site's, where the kind of the control does not say one.
VALUES = {
    "base_url": "https://img.example.org/pictures", "time_zone": "Asia/Shanghai", "watermark_color": "rgba(1,2,3,0.5)", "uploads_path": "/pictures/",
    "picture_urls": "https://a.example.org, https://b.example.org", "address_list": "192.0.2.7, 2001:db8::/32", "trusted_proxies": "192.0.2.*",
    "folder_format": "Y/m", "site_name": "我的 <图床> \"&'", "terms": "<h2>条款</h2>\n<p>一</p>", "blocked_md5": "d41d8cd98f00b204e9800998ecf8427e\nabc",
}


class Form(html.parser.HTMLParser):
    """The settings form: what a browser would send, and the controls by name."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.controls, self.inside, self.area, self.select = [], {}, False, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.inside = "data-settings" in given if tag == "form" else self.inside
        if not self.inside:
            return
        name = given.get("name")
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields.append((name, given.get("value", "")))
        elif tag == "textarea":
            self.area = [name, ""]
        elif tag == "select":
            self.select = name
        elif tag == "option":
            self.controls[self.select].setdefault("options", []).append(given["value"])
            if "selected" in given:
                self.fields.append((self.select, given["value"]))
        if tag in ("input", "textarea", "select") and given.get("type") != "hidden":
            self.controls[name] = {"tag": tag, **given}

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.fields.append((self.area[0], self.area[1].removeprefix("\n").replace("\n", "\r\n")))
            self.area = None
        elif tag == "form":
            self.inside = False

    def with_values(self, **values):
        """The form after somebody entered these, and said that they are meant."""
        kept = [(name, value) for name, value in self.fields if name not in values]
        return kept + [(name, value) for name, value in values.items()] + [("sure", f"{name}={value}") for name, value in values.items() if name in RISKY]


def other_value(name, control, now):
    """A value that the control allows, and is not that of now."""
    if name in VALUES:
        return VALUES[name]
    if "options" in control:
        return next(word for word in control["options"] if word != now and (name, word) != ("watermark", "picture"))
    if control.get("type") == "checkbox":
        return "off" if now == "on" else "on"
    if control.get("type") == "number":
        least, most = int(control["min"]), int(control["max"])
        return next(str(number) for number in [least + 7, least + 8, least + 1, least + 2] if number <= most and number != int(now))
    return now.replace(now[:-2], "77") if now[-2:] in ("KB", "MB", "GB") else "2MB" if now == "0" else "text of " + name


@pytest.fixture
def own(new_site):
    site = new_site(options=["--web", "nginx"])
    return site, accounts.session_of(site, "boss", "admin")


def form_of(site, cookies, address=SETTINGS):
    page = Client(site).get(address, headers=BROWSER, cookies=cookies)
    assert page.status_code == 200
    return Form(page.text)


def send(site, cookies, fields, **arguments):
    return Client(site).request("POST", SETTINGS, data=fields, headers=BROWSER, cookies=cookies, **arguments)


def values(site):
    return json.loads(site.imagebed("settings", "list", "--json").stdout)


def read_as(kind, text):
    """A value as the command line's JSON has it: sizes in bytes."""
    if kind is bool:
        return text == "on"
    unit = {"KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}.get(text[-2:])
    return text if kind is str else int(text[:-2]) * unit if unit else int(text)


def test_14_every_setting_but_three(own):
    """All in one form, as without scripts, and read back by the command line: each is what was entered."""
    site, cookies = own
    form, before = form_of(site, cookies), values(site)
    assert set(form.controls) == set(before) - COMMAND_LINE
    shown = {key: text.replace("\r\n", "\n") for key, text in form.fields}
    entered = {key: other_value(key, form.controls[key], shown[key]) for key in form.controls if key not in LAST}
    saved = send(site, cookies, form.with_values(**entered))
    assert (saved.status_code, saved.headers["Location"]) == (303, f"{SETTINGS}?done=saved&of={len(entered)}&at=site_name#setting-site_name")
    after = values(site)
    for key, value in entered.items():
        assert after[key] == read_as(type(before[key]), value) != before[key], key
    assert all(after[key] == before[key] for key in COMMAND_LINE | LAST)
    # The session is that of the site's address, and there is no page afterwards.
    saved = send(site, cookies, form_of(site, cookies).with_values(base_url=VALUES["base_url"], settings_page="off"))
    assert saved.status_code == 303 and (values(site)["base_url"], values(site)["settings_page"]) == (VALUES["base_url"], False)


def test_pages_that_are_off_are_no_more(own):
    """For nobody; the command line alone brings the page of the settings back."""
    site, cookies = own
    pages = {"statistics_page": "/admin/chart.php", "files_page": "/admin/files.php", "settings_page": SETTINGS}
    for key, page in pages.items():
        with site.setting(**{key: "off"}):
            for sender in [cookies, {}]:
                assert Client(site).get(page, cookies=sender).status_code == 404, page
            assert f'href="{page}"' not in Client(site).get("/user/index.php", cookies=cookies).text
        there = Client(site).get(page, cookies=cookies)
        assert there.status_code == 200 and all(f'href="{other}"' in there.text for other in pages.values())


def test_14_two_administrators_at_once(own):
    """Of the same form sent twice at the same moment with different values one is saved, and the other shown both."""
    site, cookies = own
    other = accounts.session_of(site, "second", "admin")
    for cycle in range(5):
        forms = [(cookies, form_of(site, cookies)), (other, form_of(site, other))]
        names = [f"name {cycle} of {number}" for number in range(2)]
        answers = at_once(2, lambda number: send(site, forms[number][0], forms[number][1].with_values(site_name=names[number])))
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        winner = names[[answer.status_code for answer in answers].index(303)]
        refused = next(answer for answer in answers if answer.status_code == 409)
        assert values(site)["site_name"] == winner and f"别人刚修改的）：{winner}" in refused.text
    # Different settings do not stand in each other's way.
    forms = [form_of(site, cookies), form_of(site, other)]
    wishes = [{"gallery_size": "11"}, {"recycle_days": "12"}]
    answers = at_once(2, lambda number: send(site, [cookies, other][number], forms[number].with_values(**wishes[number])))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (values(site)["gallery_size"], values(site)["recycle_days"]) == (11, 12)


def test_14_out_of_range_and_the_next_upload(own):
    site, cookies = own
    form = form_of(site, cookies)
    refused = send(site, cookies, form.with_values(image_max_bytes="1TB", convert_format="webp"))
    assert refused.status_code == 422 and "1KB 到 1GB" in refused.text and 'value="1TB"' in refused.text
    assert values(site)["convert_format"] == "off"
    client, content = Client(site), pictures.still("png", 300, 200)
    assert client.uploaded(content)["url"].endswith(".png")
    assert send(site, cookies, form.with_values(convert_format="webp", image_max_bytes="100KB")).status_code == 303
    assert client.uploaded(content)["url"].endswith(".webp")
    large = client.upload(pictures.jpeg() + b"\0" * 200_000)
    assert large.status_code in (400, 413), large.text


def test_the_web_server_takes_values(own):
    """The page says that it has not, as long as it has not."""
    site, cookies = own
    waits = lambda: "sudo imagebed reload" in Client(site).get(SETTINGS, headers=BROWSER, cookies=cookies).text  # noqa: E731
    assert until(lambda: not waits())
    assert send(site, cookies, form_of(site, cookies).with_values(hsts_seconds="300")).status_code == 303
    assert "hsts_seconds 300" in (site.data / "web/values").read_text()
    assert until(lambda: not waits())


def test_the_watermark_on_a_sample(own):
    """Drawn as on an upload, for administrators alone."""
    site, cookies = own
    client, preview = Client(site), SETTINGS + "?preview=1"
    assert client.get(preview, cookies=cookies).status_code == 404 and "<figure>" not in client.get(SETTINGS, headers=BROWSER, cookies=cookies).text
    wished = {"watermark": "text", "watermark_text": "MARK", "watermark_size": "80", "watermark_color": "rgba(255,0,0,1)", "watermark_position": "5"}
    assert send(site, cookies, form_of(site, cookies).with_values(**wished)).status_code == 303
    page = client.get(SETTINGS, headers=BROWSER, cookies=cookies).text
    address = html.unescape(page.partition("<figure><img src=\"")[2].partition("\"")[0])
    assert address.startswith(SETTINGS + "?preview=")
    answer = client.get(address, cookies=cookies)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    picture = pictures.opened(answer.content).convert("RGB")
    colors = picture.tobytes()
    red = sum(r > 200 and g < 60 and b < 60 for r, g, b in zip(colors[::3], colors[1::3], colors[2::3]))
    assert picture.size == (480, 320) and red > 500
    assert Client(site).get(address).status_code == 401
    assert send(site, cookies, form_of(site, cookies).with_values(watermark="off")).status_code == 303


def test_an_address_of_the_replaced_program(site):
    moved = Client(site).get("/admin/admin.inc.php")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/admin/settings.php")


def test_a_form_whose_session_has_ended_is_kept(own):
    """All of it fits into what the sign-in page holds."""
    site, cookies = own
    fields = form_of(site, cookies).with_values(site_name="Mine")
    site.query("DELETE FROM session")
    answer = send(site, cookies, fields, allow_redirects=False)
    assert answer.status_code == 401 and 'name="kept"' not in answer.text, "no page of this site is known to have sent it"
    page = Client(site).request("POST", SETTINGS, data=fields, headers={**BROWSER, "Sec-Fetch-Site": "same-origin"}, cookies=cookies)
    assert page.status_code == 401 and 'name="kept"' in page.text and "site_name%3DMine" in page.text.replace("=", "%3D")
    assert values(site)["site_name"] == "ImageBed"


def test_keys_are_no_administrators(site):
    answer = Client(site).get(SETTINGS, headers={**BROWSER, "X-API-Key": site.key})
    assert answer.status_code == 303 and "login.php" in answer.headers["Location"]


@pytest.mark.parametrize("key, texts", [("announcement", 1), ("terms", 10), ("blocked_md5", 45)])
def test_long_texts(site, key, texts):
    """As long as they may be, in Chinese too, through the page of their own."""
    cookies = accounts.session_of(site, "boss", "admin")
    content = ("公告\n" * 2_857 if key != "blocked_md5" else "d41d8cd98f00b204e9800998ecf8427e\n" * 660) * texts
    address = f"{SETTINGS}?key={key}"
    try:
        fields = dict(form_of(site, cookies, address).with_values(**{key: content.replace("\n", "\r\n")}))
        saved = Client(site).request("POST", address, files={name: (None, value) for name, value in fields.items()}, headers=BROWSER, cookies=cookies)
        assert saved.status_code == 303, saved.text
        assert site.query("SELECT value FROM settings WHERE key = ?", key)[0][0] == content
        assert content[:50] not in html.unescape(Client(site).get(SETTINGS, headers=BROWSER, cookies=cookies).text)
    finally:
        site.imagebed("settings", "set", key, "")
