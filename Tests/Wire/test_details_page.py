# The page of a file: its QR code, as another program reads it, and its links.

import html
import re

import pytest
import zxingcpp
from PIL import Image

import pictures
from client import Client

DETAILS = "/app/info.php"
STROKE = re.compile(r"([Mmh])(-?[\d.]+)(?: ([\d.]+))?")


def drawn(svg, scale=4):
    """The picture that a browser makes of the code: each stroke is a row of dark modules."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    picture, (x, y) = Image.new("L", (side, side), 255), (0, 0)
    for kind, first, second in STROKE.findall(re.search(r'stroke="#000" d="([^"]+)"', svg)[1]):
        if kind == "M":
            x, y = int(first), float(second)
        elif kind == "m":
            x += int(first)
        else:
            picture.paste(0, (x, int(y), x + int(first), int(y) + 1))
            x += int(first)
    return picture.resize((side * scale, side * scale), Image.NEAREST), side - 8


def read(page):
    svg = re.search(r'<svg class="code".*?</svg>', page.text, re.DOTALL)[0]
    picture, size = drawn(svg)
    [code] = zxingcpp.read_barcodes(picture)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return html.unescape(re.search(r'aria-label="([^"]*)"', svg)[1]), code.text, size


def test_the_code_is_the_address(client, site):
    url = client.uploaded(pictures.jpeg(), "a.jpg")["url"]
    name, text, _ = read(Client(site).get(f"{DETAILS}?img={url.removeprefix(site.url)}", headers={"Accept-Language": "en"}))
    assert text == url and name == f"QR code of {url}"


@pytest.mark.parametrize("length", [1, 60, 150])
def test_codes_of_long_addresses(site, length):
    """Names as an import leaves them: the longer the address, the more modules."""
    name = f"{'图' * (length // 3)}{'n' * (length % 3)}{length}.png"
    place = site.uploads / "2001/03/04" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(pictures.still("png"))
    site.query("INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at) VALUES (?, '', 'png', 'image', 9, x'', x'', 0)",
               f"2001/03/04/{name}")
    page = Client(site).get(DETAILS, params={"img": f"/uploads/2001/03/04/{name}"})
    [url] = re.findall(r'<input id="copy-0" readonly value="([^"]*)">', page.text)
    _, text, size = read(page)
    assert text == url and len(url) > length and size == 17 + 4 * version(len(url))


def version(count):
    """The smallest that holds so many bytes at level M (table 7 of the standard)."""
    limits = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666]
    return next(number for number, limit in enumerate(limits, 1) if count <= limit)
