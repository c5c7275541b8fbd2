# The web server in front of the folder of a replaced EasyImages site, both servers alike: its pictures at their old addresses,
# and nothing else of it, however the address is spelt.

import urllib.parse

import pytest

import pictures
import raw
from answers import headers_of
from client import Client, served
from old_site import OldSite
from running_site import until

STATIC = "2025/07/01/gsb1i5-0.jpg"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    apache = request.param == "apache"
    tree = "/img/up.v2/" if apache else "/i/"
    settings = {"path": f"'{tree}'", "hide_path": "1"} if apache else {}
    with OldSite(settings, options=["--web", request.param, *(["--prefix", "/pictures"] if apache else [])]) as site:
        client = Client(site)
        client.tree, client.is_short = tree, apache
        yield client


# The settings are text files of the old site, which nobody may read

SECRETS = ["config/config.php", "config/api_key.php", "config/config.guest.php", "config/install.lock", "config/", "config",
           "admin/logs/upload/2025-07.php", "admin/logs/ipcounts/2025-07-04.php", "admin/logs/", "deletes.json", ".user.ini", ".git/config",
           "planted.php", "planted.PHP", "planted.phtml", "planted.pHp5", "planted.phar", "planted.phps", "planted.php/x.jpg",
           "planted.php/", "planted.php%00.jpg", "planted.php.", "planted.php%20", "planted.php%2f", "planted.php%2fx.jpg", "planted.inc.php"]

CANARIES = [b"c23e32f763e76dd77039f5addc6a95a4a0eaeee124e6681d1e5253a7008255ca", b"5f0c1a7b3e9d4826a1c4e7f092b35d68",
            b"3587a7617dd8d8c79ff441ffb57612ca721794418df3bb822b74f9f9f99724ce", b"<?php", b"canary-of-this-test"]


def spellings(path):
    """The ways in which one path can be asked for."""
    whole = "/" + path
    encoded = "/" + "".join(f"%{byte:02x}" for byte in path.encode())
    yield from [whole, encoded, "/" + whole, whole.replace("/", "//"), "/." + whole, "/x/.." + whole, "/x/%2e%2e" + whole, "/%2e" + whole]
    yield from [whole.upper(), whole.title(), whole.replace("/", "/./"), whole + "?x=.jpg", whole + "#.jpg", whole + ";.jpg", whole + "\\.jpg"]
    yield whole.replace("/", "%2f")
    yield whole.replace("/", "\\")


def places(tree):
    return ["", "/uploads", tree[:-1], "/uploads/..", tree + "..", tree + "%2e%2e", tree + "..%2f", tree + "2025/../..", "/app/..", "/api/v1/upload.php/..",
            "/uploads/2025/%2e%2e/%2e%2e/..", "/_imagebed/uploads", "/_imagebed/uploads/..", tree + "recycle", tree + "cache", tree + "2025/07/01"]


@pytest.fixture
def planted(either):
    """Programs and hidden files wherever they could be asked for."""
    old, store = either.site.old, either.site.store
    made = []
    for folder in [old, store, store / "2025/07/01", store / "cache", store / "recycle"]:
        for name in ["planted.php", "planted.PHP", "planted.phtml", "planted.pHp5", "planted.phar", "planted.phps", "planted.php.",
                     "planted.php ", "planted.inc.php", ".user.ini"]:
            made.append(folder / name)
            made[-1].write_bytes(b"<?php // canary-of-this-test")
    (old / ".git").mkdir(exist_ok=True)
    made.append(old / ".git/config")
    made[-1].write_bytes(b"canary-of-this-test")
    # An administrator's link out of the tree, to the settings beside it.
    link = store / "2025/07/01/config.jpg"
    link.symlink_to(old / "config/config.php")
    (store / "linked").symlink_to(old / "config")
    made += [link, store / "linked"]
    yield
    for path in made:
        path.unlink()


def test_settings_served_as_text(either, planted):
    site = either.site
    asked = 0
    for place in places(either.tree):
        for secret in SECRETS:
            for path in spellings(secret):
                answer = either.raw(raw.request("GET", site.prefix + place + path))
                asked += 1
                leaks = [canary for canary in CANARIES if canary in answer.body]
                if leaks == [b"<?php", b"canary-of-this-test"] and secret in ("planted.php.", "planted.php%20"):
                    # Bytes with a name of no meaning, below the tree: sent as such.
                    assert answer.headers["content-type"] == "application/octet-stream", path
                    assert answer.headers["x-content-type-options"] == "nosniff"
                    continue
                assert not leaks, (place + path, answer.status, leaks)
                assert answer.status in (301, 302, 400, 403, 404) or answer.status == 200 and b"<title>" in answer.body, (place + path, answer.status)
    assert asked > 5000


def test_links_out_of_the_tree(either, planted):
    for path in ["2025/07/01/config.jpg", "linked/config.php", "linked/install.lock", "linked/"]:
        for tree in ["/uploads/", either.tree]:
            answer = either.raw(raw.request("GET", either.site.prefix + tree + path))
            assert answer.status in (403, 404) and not any(canary in answer.body for canary in CANARIES), path


def test_whatever_the_method(either):
    for method in ["HEAD", "POST", "PUT", "OPTIONS", "PROPFIND", "TRACE", "get"]:
        for path in ["/config/config.php", either.tree + "../config/config.php", either.tree + "x.php"]:
            answer = either.raw(raw.request(method, either.site.prefix + path))
            # Apache tells by itself which methods a path without a file would have.
            assert answer.status >= 400 or method == "OPTIONS" and not answer.body, (method, path, answer.status)
            assert not any(canary in answer.body for canary in CANARIES), (method, path)


# What is served

def pictures_of(store):
    folders = {"recycle", "suspic"}
    return [path for path in sorted(store.rglob("*")) if path.is_file() and path.relative_to(store).parts[0] not in folders]


def test_every_picture_at_both_addresses(either):
    found = pictures_of(either.site.store)
    assert len(found) > 20
    for path in found:
        name = str(path.relative_to(either.site.store))
        for address in ["/uploads/" + name, either.tree + name]:
            for spelt in [urllib.parse.quote(address), address]:
                answer = either.raw(raw.request("GET", either.site.prefix + spelt))
                assert (answer.status, answer.body) == (200, path.read_bytes()), spelt
                assert answer.headers["content-type"].startswith("image/"), spelt


def test_a_question_mark_in_a_name_opens_nothing_else(either):
    """What is refused elsewhere in the tree is refused there too."""
    store, content = either.site.store, b"canary-of-this-test"
    names = ["a?b.php", "a?b.html", "a?.jpg.php", ".a?b.jpg", "a?b", "recycle/a?b.jpg", "suspic/a?b.jpg", "cache/a?b.php", ".h/a?b.jpg", "a?b.jpg/x"]
    for name in [*names, "2025/07/01/a?b.jpg"]:
        (store / name).parent.mkdir(parents=True, exist_ok=True)
        (store / name).write_bytes(content)
    shown = [name for name in names for tree in ["/uploads/", either.tree, "/"]
             if content in either.raw(raw.request("GET", either.site.prefix + tree + urllib.parse.quote(name))).body]
    # Names without an extension are sent as bytes below /uploads/, as without a question mark, by nginx at the other address too.
    assert set(shown) <= {"a?b", "a?b.jpg/x"}
    for tree in ["/uploads/", either.tree, *(["/"] if either.is_short else [])]:
        answer = either.raw(raw.request("GET", either.site.prefix + tree + "2025/07/01/a%3Fb.jpg"))
        assert (answer.status, answer.body, answer.headers["content-type"]) == (200, content, "image/jpeg"), tree
        assert answer.headers["x-content-type-options"] == "nosniff" and "sandbox" in answer.headers["content-security-policy"]
    for name in [*names, "2025/07/01/a?b.jpg"]:
        (store / name).unlink()
    for name in ["a?b.jpg", ".h", "suspic"]:
        (store / name).rmdir()


def test_same_headers_as_uploads(either):
    for name, kind in [(STATIC, "image/jpeg"), ("2025/07/01/gsbhbs-2.svg", "image/svg+xml"), ("2025/07/01/gsbl73.ico", "image/x-icon")]:
        seen = {}
        for tree in ["/uploads/", either.tree]:
            status, headers, _ = served(either, tree + name)
            assert (status, headers["content-type"], headers["x-content-type-options"]) == (200, kind, "nosniff")
            assert "immutable" in headers["cache-control"] and headers["access-control-allow-origin"] == "*" and "sandbox" in headers["content-security-policy"]
            seen[tree] = {key: value for key, value in headers.items() if key not in ("date", "connection", "keep-alive")}
        assert seen["/uploads/"] == seen[either.tree]


def test_conditions_ranges_and_referrers(either):
    whole = either.get(either.tree + STATIC, headers={"Referer": "https://elsewhere.example.org/page"})
    assert whole.status_code == 200
    tag = headers_of(whole)["etag"]
    assert either.get(either.tree + STATIC, headers={"If-None-Match": tag}).status_code == 304
    part = either.get(either.tree + STATIC, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert either.request("HEAD", either.tree + STATIC).status_code == 200
    assert either.request("POST", either.tree + STATIC, data=b"x").status_code == 405


def test_unknown_names_are_bytes(either):
    path = either.site.store / "2025/07/01/old.foo"
    path.write_bytes(b"<html><script>1</script>")
    try:
        status, headers, body = served(either, either.tree + "2025/07/01/old.foo")
        assert (status, body, headers["content-type"]) == (200, path.read_bytes(), "application/octet-stream")
        assert headers["x-content-type-options"] == "nosniff"
    finally:
        path.unlink()


def test_what_was_deleted_or_suspected_is_not_served(either):
    store = either.site.store
    (store / "suspic").mkdir(exist_ok=True)
    (store / "suspic/2025_07_01_x.jpg").write_bytes(pictures.jpeg())
    names = [str(path.relative_to(store)) for folder in ["recycle", "suspic"] for path in (store / folder).iterdir()]
    assert len(names) == 3
    for name in [*names, "recycle", "recycle/", "suspic/"]:
        for tree in ["/uploads/", either.tree, *(["/"] if either.is_short else [])]:
            for spelt in [tree + name, tree + "2025/../" + name, tree + "/" + name, tree + name.replace("c", "%63"), tree + "./" + name]:
                answer = either.raw(raw.request("GET", either.site.prefix + spelt))
                assert answer.status in (403, 404), (spelt, answer.status)


def test_only_pictures_of_the_cache(either):
    cache = either.site.store / "cache"
    (cache / "whole.jpg").mkdir(exist_ok=True)
    kept = {"EasyImage_int_0123.workcontrol.txt": 404, "index.html": 404, "whole.jpg/0": 404, "stamp": 404, "2025_07_28_dba2ea.jpg": 200,
            "2025_07_28_dba2z5-0.png": 200}
    for name, status in kept.items():
        if status == 404:
            (cache / name).write_bytes(b"x")
        for tree in ["/uploads/", either.tree]:
            assert either.get(f"{tree}cache/{name}").status_code == status, name


def test_folders_are_not_listed(either):
    for path in [either.tree, either.tree[:-1], either.tree + "2025/", either.tree + "2025/07/01/", "/uploads/", "/uploads/2025/"]:
        answer = either.get(path)
        assert answer.status_code in (301, 403, 404) and b"gsb1i5" not in answer.content, path


def test_short_addresses(either):
    """Only with hide_path, only pictures and videos, and the site's own files first."""
    short = either.get("/" + STATIC)
    assert short.status_code == (200 if either.is_short else 404)
    assert either.get("/" + urllib.parse.quote("2025/07/04/假日-照片.jpg")).status_code == short.status_code
    assert either.get("/404.png").headers["Content-Type"] == "image/png" and either.get("/").status_code == 200
    (either.site.store / "404.png").write_bytes(b"not this one")
    (either.site.store / "2025/07/01/x.foo").write_bytes(b"x")
    try:
        assert either.get("/404.png").content[:4] == b"\x89PNG"
        assert either.get("/2025/07/01/x.foo").status_code == 404
        assert either.get(either.tree + "404.png").content == b"not this one"
    finally:
        (either.site.store / "404.png").unlink()
        (either.site.store / "2025/07/01/x.foo").unlink()


def test_hide_path_switched_on(either):
    if either.is_short:
        pytest.skip("is on already here")
    with either.site.setting(hide_path="on"):
        either.site.reload_web_server()
        assert either.get("/" + STATIC).status_code == 200
        assert either.get("/404.png").content[:4] == b"\x89PNG" and either.get("/").status_code == 200
    either.site.reload_web_server()
    assert either.get("/" + STATIC).status_code == 404


def test_well_known_is_not_hidden(either):
    """A file for a certificate would be sent; hidden files beside it would not."""
    assert either.get("/.well-known/acme-challenge/.htpasswd").status_code == 404
    assert either.get("/.well-known/acme-challenge/token").status_code == 404


@pytest.mark.parametrize("path", ["/public/images/404.png", "/public/static/zui.css", "/app/header.php", "/app/main.css", "/install.php",
                                  "/i/index.html", "/robots.php"])
def test_the_rest_of_the_old_site_is_gone(either, path):
    assert either.get(path).status_code in (403, 404)


def test_new_files_lie_in_the_tree_and_views_are_counted(either):
    answer = either.uploaded(pictures.jpeg())
    path = answer["url"].split(either.tree, 1)[1]
    assert (either.site.store / path).read_bytes() == pictures.jpeg()
    for address in [either.tree + path, "/uploads/" + path, *(["/" + path] if either.is_short else [])]:
        assert either.get(address).status_code == 200

    def views():
        either.site.tally()
        return either.row_of(answer)["views"]

    expected = 3 if either.is_short else 2
    assert until(lambda: views() >= expected, pause=0.5) and views() == expected
