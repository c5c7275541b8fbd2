# What a replaced site had beside its pictures: harmless static files go on being served, as copies that follow them, and nothing else is; both
# web servers alike. The table of all addresses is printed at the end of the run (old_addresses.py).

import urllib.parse

import pytest

import old_addresses
import engines
import pictures
import raw
from answers import headers_of
from client import Client
from old_addresses import LEFT, LEFT_AS, SERVED
from old_site import OldSite


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    """Behind one web server below a prefix."""
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    site = OldSite(options=["--web", request.param, *prefix])
    old_addresses.plant(site.old)
    with site:
        client = Client(site)
        client.server = request.param
        yield client


def test_the_sample_installs_own_addresses(either):
    """All that answered before answers now, and with the same bytes where it was a file; or it is told why not."""
    for address, (before, body) in old_addresses.answered_before(either.site.old).items():
        answer = either.get(address)
        old_addresses.seen.setdefault(address, {"before": before})[either.server] = answer.status_code
        if old_addresses.reason(address):
            assert answer.status_code == (200 if address == "/404.html" else 404), address
            assert b"canary-of-this-test" not in answer.content and b"<?php" not in answer.content, address
        else:
            # (Who is not signed in was sent to the upload page by the statistics; here to sign in, or with 401 what is no browser.)
            statuses = [401] if address == "/admin/chart.php" else [200, 301, 302, 403]
            assert answer.status_code in statuses, (address, answer.status_code)
            if body is not None:
                assert (answer.status_code, answer.content) == (200, body), address


def test_the_report_lists_what_is_not_served(either):
    found = either.site.report["root_files"]
    assert found["served"] == len(SERVED) and found["bytes"] == sum(len(content) for _, content in SERVED.values())
    listed = {address: reason for reason, left in found["left"].items() for address in left["examples"]}
    expected = {"/" + LEFT_AS.get(name, name): reason for name, reason in LEFT.items()}
    assert listed == {**expected, "/config/": "part of EasyImages", "/linked.txt": "a symbolic link"}


@pytest.mark.parametrize("name", SERVED)
def test_type_and_headers(either, name):
    kind, content = SERVED[name]
    address = "/" + urllib.parse.quote(name)
    answer = either.get(address)
    headers = headers_of(answer)
    assert (answer.status_code, answer.content, headers["content-type"]) == (200, content, kind), name
    assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "public, max-age=300"
    policy = headers["content-security-policy"]
    assert "sandbox" in policy and "script" not in policy and policy.startswith("default-src 'none'") and policy.count("default-src") == 1
    head = either.request("HEAD", address)
    assert (head.status_code, head.content) == (200, b"")
    assert either.request("POST", address).status_code == 405
    assert either.get(address, headers={"If-Modified-Since": headers["last-modified"]}).status_code == 304


def test_pages_of_folders(either):
    for address, name in (("/docs/", "docs/index.html"), ("/docs/guide/", "docs/guide/index.html")):
        assert either.get(address).content == SERVED[name][1]
        redirect = either.get(address[:-1] + "?a=b")
        # Below the prefix, and to no host that a request names (Apache before 2.4.58 has no such redirects).
        assert redirect.status_code == 301 and redirect.headers["Location"].partition("?")[0] == either.site.prefix + address
    assert either.get("/public/").status_code == 404 and either.get("/public").status_code == 404


def test_this_sites_own_addresses_come_first(either):
    """But for the two that are the site's and not the program's."""
    assert b"canary" not in either.get("/404.html").content
    for name in ("robots.txt", "favicon.ico"):
        (either.site.data / "old-root" / name).unlink()
        answer = either.get("/" + name)
        assert answer.status_code == 200 and answer.content != SERVED[name][1]
        either.site.tally()
        assert either.get("/" + name).content == SERVED[name][1]
    (either.site.data / "old-root/404.png").write_bytes(b"not this one")
    (either.site.data / "old-root/openapi.json").write_bytes(b"not this one")
    (either.site.data / "old-root/index.html").write_bytes(b"not this one")
    try:
        for address in ("/404.png", "/openapi.json", "/", "/nothing", "/i", "/user/login.php"):
            assert either.get(address).content != b"not this one", address
    finally:
        either.site.tally()
    assert not (either.site.data / "old-root/404.png").exists()


@pytest.mark.parametrize("address", [
    "/_imagebed/old-root/robots.txt", "/_imagebed/old-root/", "/old-root/robots.txt", "/uploads/../old-root/robots.txt", "/docs/%2e%2e/%2e%2e/secret",
    "/docs/..%2f..%2fsecret", "/docs/../../imagebed.db", "/public/../../easyimages/site", "/linked.txt", "/docs/.arriving", "/robots.txt/", "/docs//%00",
])
def test_nothing_beside_them(either, address):
    answer = either.raw(raw.request("GET", either.site.prefix + address))
    assert answer.status in (400, 403, 404) and b"root:" not in answer.body and b"Disallow" not in answer.body, address


def test_a_link_in_the_copies_is_not_followed(either):
    """Nobody makes one; the web servers do not rely on that."""
    link = either.site.data / "old-root/docs/link.txt"
    link.symlink_to(either.site.data / "secret")
    try:
        assert either.get("/docs/link.txt").status_code in (403, 404)
    finally:
        link.unlink()


def test_they_follow_the_old_folder(either):
    old = either.site.old
    (old / "ads.txt").write_bytes(b"changed\n")
    (old / "MP_verify_new.txt").write_bytes(b"new")
    (old / "sitemap.xml").unlink()
    try:
        either.site.tally()
        assert either.get("/ads.txt").content == b"changed\n" and either.get("/MP_verify_new.txt").content == b"new"
        assert either.get("/sitemap.xml").status_code == 404
        # Where the old folder is gone, they stay.
        (old / "config").rename(old / "config.away")
        (old / "ads.txt").unlink()
        either.site.tally()
        assert either.get("/ads.txt").content == b"changed\n"
        (old / "config.away").rename(old / "config")
    finally:
        old_addresses.plant(old)
        (old / "MP_verify_new.txt").unlink()
        either.site.tally()
    assert either.get("/ads.txt").content == SERVED["ads.txt"][1] and either.get("/MP_verify_new.txt").status_code == 404


def test_uploads_work_beside_them(either):
    answer = either.uploaded(pictures.jpeg())
    assert either.get(answer["url"]).content == pictures.jpeg()
    assert either.get("/i/2025/07/01/gsb1i5-0.jpg").status_code == 200


@engines.of_sqlite("a backup holds a copy of it")
def test_a_backup_has_them(either, tmp_path):
    either.site.imagebed("backup", str(tmp_path / "backup"))
    assert (tmp_path / "backup/old-root/docs/index.html").read_bytes() == SERVED["docs/index.html"][1]
    either.site.imagebed("restore", str(tmp_path / "backup"), "--data", str(tmp_path / "data"))
    assert (tmp_path / "data/old-root/.well-known/security.txt").read_bytes() == SERVED[".well-known/security.txt"][1]
    assert (tmp_path / "data/old-root/robots.txt").stat().st_mode & 0o777 == 0o644
