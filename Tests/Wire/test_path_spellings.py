# Every documented path reaches its program behind both web servers, with doubled slashes too (old clients have a slash at the
# end of the address that they put "/api/index.php" behind), and in no other spelling.

import pathlib
import re

import pytest

import raw
from running_site import Site

MANUAL = (pathlib.Path(__file__).resolve().parents[2] / "docs/paths.md").read_text()
# Redirects have a table of their own, without methods.
PATHS = re.findall(r"^\| `(/[^`]+)` \| [A-Z ]+ \| `", MANUAL, re.MULTILINE)


@pytest.fixture(scope="module", params=[("nginx", ""), ("nginx", "/pictures"), ("apache", ""), ("apache", "/pictures")],
                ids=lambda param: "".join(param))
def either(request):
    server, prefix = request.param
    with Site(options=["--web", server, *(["--prefix", prefix] if prefix else [])]) as site:
        yield site


def answer(site, path, method="OPTIONS"):
    seen = raw.exchange(site.port, raw.request(method, path))
    return seen.status, seen.headers.get("content-type"), seen.headers.get("access-control-allow-methods"), seen.headers.get("allow")


@pytest.mark.parametrize("path", PATHS)
def test_reaches_its_program(either, path):
    """What a program answers to OPTIONS no web server answers by itself."""
    whole = either.prefix + path
    expected = answer(either, whole)
    assert expected[0] in (200, 204, 405) and expected != answer(either, either.prefix + "/nothing.php")
    encoded = whole[:-1] + f"%{ord(whole[-1]):02x}" if path.endswith("p") else whole
    for spelt in ["/" + whole, whole.replace("/", "//"), whole + "?x=1&y=/../z", "/x/.." + whole, "/." + whole, encoded]:
        assert answer(either, spelt) == expected, spelt


@pytest.mark.parametrize("path", PATHS)
def test_in_no_other_spelling(either, path):
    others = [path.upper(), path + "/", path + "/x.jpg", path + "%00", path + ".", path + "%20", path + "x", path.replace(".php", ".php5")]
    for other in others:
        if other in PATHS or path.endswith("/") and other != path.upper():
            continue
        assert answer(either, either.prefix + other, "GET")[0] in (400, 403, 404), other
