# The upload page behind the web servers, as browsers without scripts use it.

import html
import re

import pytest

import pictures
import raw
from answers import headers_of
from client import Client
from running_site import Site
from test_login import PASSWORD, add_user

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module", params=["nginx", "apache-prefix"])
def either(request):
    web, _, prefix = request.param.partition("-")
    with Site(options=["--web", web, *(["--prefix", "/pictures"] if prefix else [])]) as site:
        add_user(site, "keeper", "admin")
        yield site


def links(page, name="link"):
    """The lines of a text box."""
    box = re.search(rf'id="format-{name}".*?<textarea[^>]*>(.*?)</textarea>', page.text, re.DOTALL)[1]
    return html.unescape(box).splitlines()


def send(client, files, headers=BROWSER, **data):
    return client.request("POST", "/", files=[("file", file) for file in files], data=data, headers=headers)


def test_only_who_may_upload_sees_the_page(either):
    """And comes back to it after signing in."""
    visitor = Client(either)
    answer = visitor.get("/", headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{either.prefix}/user/login.php")
    form = {"user": "keeper", "password": PASSWORD}
    answer = visitor.request("POST", "/user/login.php", data=form, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{either.prefix}/")
    page = visitor.get("/", headers=BROWSER)
    assert page.status_code == 200 and 'name="form_token"' in page.text
    token = re.search(r'name="form_token" value="([0-9a-f]{128})"', page.text)[1]
    assert send(visitor, [("a.jpg", pictures.jpeg())], headers={}).status_code == 403
    stored = send(visitor, [("a.jpg", pictures.jpeg())], headers={}, form_token=token)
    assert visitor.get(links(stored)[0]).content == pictures.jpeg()


def test_files_without_scripts(either):
    visitor = Client(either)
    with either.setting(anonymous_upload="on"):
        assert 'enctype="multipart/form-data"' in visitor.get("/").text
        files = [("假日 ].jpg", pictures.photograph(300, 200)), ("b.txt", b"text"), ("c.png", pictures.still("png"))]
        page = send(visitor, files)
        assert page.status_code == 200 and headers_of(page)["content-type"] == "text/html;charset=utf-8"
        assert [visitor.get(url).content for url in links(page)] == [files[0][1], files[2][1]]
        assert links(page, "markdown")[0].startswith("![假日 \\].jpg](") and len(links(page, "delete")) == 2
        assert "<p>b.txt：不支持的格式：可以上传 jpg " in page.text
        assert visitor.get(links(page, "delete")[0]).status_code == 200
        assert visitor.get(links(page)[0]).status_code == 404
        foreign = send(visitor, files, headers={"Origin": "https://evil.example"})
        assert foreign.status_code == 403


def test_a_form_that_is_sent_again(either):
    """As a reload of its answer does."""
    visitor = Client(either)
    with either.setting(anonymous_upload="on"):
        once = re.search(r'name="once" value="([^"]+)"', visitor.get("/").text)[1]
        files = [("a.jpg", pictures.photograph(31, 20)), ("b.jpg", pictures.photograph(32, 20))]
        first = send(visitor, files, once=once)
        count = "SELECT count(*) FROM file"
        before = either.query(count)
        assert len(links(first)) == 2
        for _ in range(2):
            again = send(visitor, files, once=once)
            assert (again.status_code, links(again), links(again, "delete")) == (200, links(first), links(first, "delete"))
        assert either.query(count) == before and len(links(send(visitor, files))) == 2


def test_more_than_the_web_server_takes(either):
    head = [raw.form_type(), "Accept: text/html"]
    answer = Client(either).raw(raw.request("POST", either.prefix + "/", head, b"--", length=1 << 40))
    assert answer.status == 413
