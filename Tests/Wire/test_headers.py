# What every answer that is not a stored file says of itself, whoever gives it: a responder, the web server's error, its redirect, or a
# page of the site.

import pytest

import pictures
import raw
from answers import headers_of, status_of
from client import Client
from running_site import Site, until

# Method, path, and what the answer is.
ANSWERS = [
    ("GET", "/", 303), ("HEAD", "/", 303), ("GET", "/assets/site.css", 200), ("GET", "/assets/history.js", 200),
    ("GET", "/robots.txt", 200), ("GET", "/404.png", 200), ("GET", "/index.php", 301), ("GET", "/api", 301), ("GET", "/nothing", 404),
    ("GET", "/.git/config", 404), ("GET", "/config/config.php", 404), ("GET", "/uploads/", None), ("GET", "/uploads/2000/01/none.png", 404),
    ("GET", "/uploads/2000/01/none.php", 404), ("POST", "/uploads/2000/01/none.png", None), ("POST", "/", None),
    ("GET", "/api/v1/list.php", 200), ("GET", "/api/v1/stats.php", 200), ("GET", "/api/v1/upload.php", 405), ("POST", "/api/v1/upload.php", 400),
    ("OPTIONS", "/api/v1/upload.php", 204), ("GET", "/api/v1/json/sync.php", 401), ("GET", "/app/del.php", None), ("GET", "/api/index.php", None),
    ("OPTIONS", "/api/index.php", None), ("POST", "/app/upload.php", None), ("GET", "/api/public.php?show=time", 403),
    ("GET", "/admin/index.php", 200), ("GET", "/admin/terms.php", 200), ("GET", "/app/list.php", 200), ("GET", "/app/history.php", 200),
    ("GET", "/app/info.php", 404), ("GET", "/app/captcha.php", 200), ("GET", "/app/down.php?dw=/nothing.png", None),
    ("GET", "/app/hide.php?key=x", None), ("GET", "/app/thumb.php?img=/nothing.png", None),
]
TEXTS = ("text/", "application/json", "application/javascript", "image/svg")


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    with Site(options=["--web", request.param, *prefix]) as site:
        yield Client(site)


def check(answer):
    seen = headers_of(answer)
    assert seen["x-content-type-options"] == "nosniff"
    assert seen["referrer-policy"] in ("same-origin", "no-referrer")
    assert "frame-ancestors 'none'" in seen["content-security-policy"] and "default-src 'none'" in seen["content-security-policy"]
    kind = seen.get("content-type", "")
    assert kind != "httpd/unix-directory"
    assert status_of(answer) != 405 or seen.get("allow"), "what is allowed is told (RFC 9110, 15.5.6)"
    assert not kind.startswith(TEXTS) or "charset=" in kind.lower(), kind
    assert seen.get("server", "").lower() in ("", "nginx", "apache"), "the version is nobody's business"


@pytest.mark.parametrize("method, path, status", ANSWERS)
def test_every_answer(either, method, path, status):
    answer = either.request(method, path)
    assert status in (None, answer.status_code)
    check(answer)
    # Once each: of two policies browsers follow both.
    assert answer.headers["Content-Security-Policy"].count("default-src") == 1 and "," not in answer.headers["Referrer-Policy"]


@pytest.mark.parametrize("path", ["/404.html", "/50x.html", "/assets/site.css", "/robots.txt"])
def test_what_has_not_changed_keeps_its_policy(either, path):
    """A browser puts the headers of 304 in the place of those that it has kept with the page (RFC 9111, 4.3.4)."""
    first = either.get(path)
    again = either.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    policy = first.headers["Content-Security-Policy"]
    assert again.status_code == 304 and again.headers.get("Content-Security-Policy", policy) == policy


@pytest.mark.parametrize("method, path, headers, length", [
    ("nonsense", "", [], False), ("POST", "/api/v1/stats.php", ["Content-Length: x"], False), ("POST", "/api/v1/list.php", [], 1 << 40),
    ("POST", "/api/index.php", [raw.form_type()], 1 << 40), ("GET", "/" + "a" * 70000, [], False),
])
def test_what_the_web_server_refuses_by_itself(either, method, path, headers, length):
    answer = either.raw(raw.request(method, either.site.prefix + path, headers, length=length))
    assert answer.status >= 400 or path == "/api/index.php"
    check(answer)


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_what_stored_files_take_is_told(either, accept):
    place = either.uploaded(pictures.jpeg())["url"]
    for method in ("POST", "PUT", "DELETE"):
        answer = either.request(method, place, headers={"Accept": accept})
        # (Apache adds an empty field where it sends a text, and empty members of lists mean nothing: RFC 9110, 5.6.1.)
        assert answer.status_code == 405 and answer.headers["Allow"].rstrip(", ") == "GET, HEAD"


def test_a_responder_that_is_gone(either):
    for socket in (either.site.data / "run").rglob("stats.sock"):
        socket.rename(socket.with_suffix(".gone"))
        answer = either.get("/api/v1/stats.php")
        socket.with_suffix(".gone").rename(socket)
        assert answer.status_code in (502, 503)
        check(answer)


def test_the_home_page_has_its_style(either):
    """The policy allows what the page loads, and the page brings nothing that it forbids."""
    with either.site.setting(anonymous_upload="on"):
        page = either.get("/")
    assert "style-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<style" not in page.text and "style=" not in page.text and "<script>" not in page.text
    assert either.get("/assets/site.css").headers["Content-Type"].lower() == "text/css; charset=utf-8"


def test_windows_are_shared_with_nobody_on_https(either):
    """Browsers warn about the header on plain http. Here a proxy speaks https, and the site's address is http."""
    for path in ("/404.html", "/nothing"):
        told = {scheme: headers_of(either.get(path, headers={"Accept": "text/html", "X-Forwarded-Proto": scheme})).get("cross-origin-opener-policy")
                for scheme in ("http", "https")}
        assert told == {"http": None, "https": "same-origin"}
    assert "cross-origin-opener-policy" not in headers_of(either.get("/app/list.php", headers={"Accept": "text/html"}))


def test_stored_files_may_be_shown_anywhere(either):
    answer = either.uploaded(pictures.photograph(300, 200))
    for url in [answer["url"], answer["thumb"], answer["thumb"]]:
        seen = headers_of(either.get(url))
        assert "frame-ancestors" not in seen["content-security-policy"]


def test_https_alone(either):
    """Who came by https, through a proxy here, is told to go on so, by every answer; nobody else is, and nobody before it is set."""
    kept = either.uploaded(pictures.jpeg())["url"]
    paths = ["/", "/nothing", "/index.php", "/api/v1/stats.php", "/app/list.php", kept]

    def told(**headers):
        # Each on a connection of its own: a web server that takes new values closes those that are kept.
        alone = {**headers, "Connection": "close"}
        return {headers_of(either.get(path, headers=alone)).get("strict-transport-security") for path in paths}

    by_https = {"X-Forwarded-Proto": "https"}
    assert told(**by_https) == {None}
    either.site.imagebed("settings", "set", "hsts_seconds", "31536000")
    assert until(lambda: told(**by_https) == {"max-age=31536000"})
    assert told() == {None} and told(**{"X-Forwarded-Proto": "http"}) == {None}
    either.site.imagebed("settings", "set", "hsts_seconds", "0")
    assert until(lambda: told(**by_https) == {None})
