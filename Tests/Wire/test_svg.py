# SVG is a document that browsers run. What is active or external is refused; and whatever is served cannot act.

import pytest

import pictures
from answers import assert_error
from client import served

GOOD = {
    "plain": pictures.svg(),
    "declaration": b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n' + pictures.svg(),
    "byte order mark": b"\xef\xbb\xbf" + pictures.svg(),
    "gradient by reference inside": pictures.svg('<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
                                                '<rect width="9" height="9" fill="url(#g)"/>'),
    "use inside": pictures.svg('<defs><g id="a"><path d="M0 0L9 9"/></g></defs><use href="#a"/>'),
    "text and style": pictures.svg('<style>.a{fill:red}</style><text class="a">夏天</text>'),
    "animation of a number": pictures.svg('<rect width="9" height="9"><animate attributeName="width" to="20" dur="1s"/></rect>'),
    "embedded picture": pictures.svg('<image width="9" height="9" href="data:image/png;base64,iVBORw0KGgo="/>'),
    "embedded font": pictures.svg('<style>@font-face{font-family:a;src:url("data:font/woff2;base64,d09GMg==")}</style><text>a</text>'),
    "link": pictures.svg('<a href="https://example.org/"><rect width="9" height="9"/></a>'),
    "entities of a drawing program": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" ['
        b'<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>' + pictures.svg().replace(b"http://www.w3.org/2000/svg", b"&ns_svg;", 1),
}

BAD = {
    "script": pictures.svg("<script>alert(1)</script>"),
    "script in another prefix": pictures.svg('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
    "handler": pictures.svg(attributes='onload="alert(1)"'),
    "handler in upper case": pictures.svg('<rect OnClick="alert(1)"/>'),
    "javascript link": pictures.svg('<a href="javascript:alert(1)"><rect/></a>'),
    "javascript link with entities": pictures.svg('<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="jav&#x09;ascript:alert(1)"/>'),
    "foreign object": pictures.svg('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>1</script></body></foreignObject>'),
    "iframe": pictures.svg('<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://example.org"/>'),
    "external picture": pictures.svg('<image href="https://example.org/track.png"/>'),
    "external file": pictures.svg('<image href="file:///etc/passwd"/>'),
    "external use": pictures.svg('<use href="https://example.org/a.svg#a"/>'),
    "external style sheet": b'<?xml-stylesheet href="https://example.org/a.css"?>' + pictures.svg(),
    "import in a style": pictures.svg("<style>@import url(https://example.org/a.css);</style>"),
    "external url in a style": pictures.svg('<rect style="fill:url(https://example.org/a)"/>'),
    "animated link": pictures.svg('<a><animate attributeName="href" to="javascript:alert(1)"/><rect/></a>'),
    "set of a handler": pictures.svg('<set attributeName="onmouseover" to="alert(1)"/>'),
    "document type": b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + pictures.svg("<text>&a;</text>"),
    "billion laughs": b"<!DOCTYPE svg [<!ENTITY a 'aaaa'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(10)) + b"]>" + pictures.svg("<text>&k;</text>"),
    "data link with a page": pictures.svg('<a href="data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;"><rect/></a>'),
    "not well-formed": pictures.svg("<rect>"),
    "cut": pictures.svg()[:-10],
}


@pytest.mark.parametrize("name", GOOD)
def test_good(client, name):
    content = GOOD[name]
    answer = client.uploaded(content, "a.svg", kind="image/svg+xml")
    assert (answer["mime"], answer["width"], answer["height"]) == ("image/svg+xml", 120, 80)
    status, headers, body = served(client, answer["url"])
    assert (status, headers["content-type"], body) == (200, "image/svg+xml", content)
    policy = headers["content-security-policy"]
    assert policy == "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("name", BAD)
def test_bad(client, name):
    assert_error(client.upload(BAD[name], "a.svg", kind="image/svg+xml"), 400, "Invalid file type")
    # Under another name it is the same document.
    assert_error(client.upload(BAD[name], "a.jpg", kind="image/jpeg"), 400, "Invalid file type")


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("body", ["<g>" * 100_000 + "</g>" * 100_000, f"<text>{'x' * 30_000_000}</text>"], ids=["nested", "long"])
def test_too_large(client, body):
    response = client.upload(pictures.svg(body), "a.svg")
    assert_error(response, 400, response.json()["error"])
    assert response.json()["error"] in ("File too large", "Invalid file type")


SIZES = [
    ('width="40" height="30"', (40, 30)), ('viewBox="0 0 400 300"', (400, 300)), ('width="1in" height="2in"', (96, 192)),
    ('width="100%" height="100%" viewBox="0 0 20 10"', (20, 10)), ("", None),
]


@pytest.mark.parametrize("attributes, size", SIZES)
def test_sizes(client, attributes, size):
    content = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect/></svg>'.encode()
    answer = client.uploaded(content, "a.svg")
    if size:
        assert (answer["width"], answer["height"]) == size
