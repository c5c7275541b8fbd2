# Below a path prefix, on another port, behind a proxy that speaks https: every URL of an answer begins with the one configured
# base URL, and works.

import pytest

import pictures
import raw
from answers import assert_error
from client import Client
from running_site import Site


@pytest.fixture(scope="module")
def below_a_prefix():
    with Site(options=["--prefix", "/pictures/of/us"]) as site:
        yield site


def test_prefix(below_a_prefix):
    site, client = below_a_prefix, Client(below_a_prefix)
    assert site.url == f"http://127.0.0.1:{site.port}/pictures/of/us" and site.prefix == "/pictures/of/us"
    content = pictures.photograph(500, 300)
    answer = client.uploaded(content)
    assert all(answer[name].startswith(site.url + "/") for name in ["url", "thumb", "del"])
    assert client.get(answer["url"]).content == content
    first, second = client.get(answer["thumb"]), client.get(answer["thumb"])
    assert first.content == second.content and pictures.size_of(first.content) == (258, 258)
    with site.frozen("thumb"):
        assert client.get(answer["thumb"]).content == first.content
    row = client.row_of(answer)
    assert (row["url"], row["thumb"]) == (answer["url"], answer["thumb"])
    assert client.get("/api/v1/stats.php").status_code == 200
    assert client.get(answer["del"]).json()["message"] == "File deleted successfully"
    assert client.get(answer["url"]).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/stats.php", "/api/v1/list.php", "/application/thumb.php", "/uploads/", "/", "/pictures"])
def test_nothing_outside_the_prefix(below_a_prefix, path):
    answer = raw.exchange(below_a_prefix.port, raw.request("GET", path))
    assert answer.status in (301, 302, 404)


def test_refusals_below_a_prefix(below_a_prefix):
    client = Client(below_a_prefix)
    assert_error(client.upload(pictures.jpeg(), token=False), 401, "Login required or invalid token")
    wire = raw.request("POST", below_a_prefix.prefix + "/api/v1/upload.php", [raw.form_type()], b"--", length=1 << 30)
    assert_error(client.raw(wire), 413, "File too large")


@pytest.mark.parametrize("base", ["https://img.example.org", "https://example.org/pictures", "http://[2001:db8::1]:8080"])
def test_base_url_of_a_proxy(client, site, base):
    with site.setting(base_url=base):
        answer = client.uploaded(pictures.jpeg())
        row = client.list(per_page=1).json()["data"][0]
    path = answer["url"].removeprefix(base)
    assert path.startswith("/uploads/")
    assert answer["thumb"] == f"{base}/application/thumb.php?img={path}"
    assert answer["del"].startswith(f"{base}/application/del.php?hash=")
    assert (row["url"], row["thumb"]) == (answer["url"], answer["thumb"])
    # What the proxy passes on is answered.
    assert client.get(path).status_code == 200
