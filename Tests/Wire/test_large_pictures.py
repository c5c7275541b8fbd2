# Pictures with more pixels than are decoded here: they are kept as they were sent, and what would have to decode them does without, or is
# refused. Thumbnails are made where a JPEG can be read reduced.

import functools
import io
import struct
import zlib

import pytest
from PIL import Image

import pictures
from answers import assert_error, headers_of
from client import served

Image.MAX_IMAGE_PIXELS = None


@functools.cache
def large(kind="jpeg", width=12_000, height=9_000, **options):
    """108 megapixels of one color and a red corner, which cost little to encode."""
    picture = Image.new("RGB", (width, height), (40, 90, 160))
    picture.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    return pictures.encode(picture, kind, **options)


def png(width, height):
    """As few bytes as a PNG of this size can have; its pixels are never read."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b""))


def is_tile(response):
    seen = headers_of(response)
    assert (response.status_code, seen["content-type"], seen["cache-control"]) == (200, "image/png", "no-store")
    picture = Image.open(io.BytesIO(response.content))
    return picture.size == (258, 258) and len(picture.convert("RGB").getcolors()) == 2


def test_jpeg_of_108_megapixels_has_a_thumbnail(client):
    content = large()
    answer = client.uploaded(content)
    assert (answer["width"], answer["height"]) == (12_000, 9_000) and served(client, answer["url"])[2] == content
    response = client.get(answer["thumb"])
    assert response.status_code == 200 and pictures.size_of(response.content) == (258, 258)
    red, blue = (pictures.opened(response.content).getpixel(place) for place in [(40, 40), (220, 220)])
    assert red[0] > 230 and red[2] < 30 and blue[2] > 140 and blue[0] < 60


def test_progressive_one_has_a_thumbnail_where_memory_allows(client, site):
    answer = client.uploaded(large(progressive=True))
    # It keeps 12,000 x 9,000 coefficients of two bytes, and half as many for the colors.
    with site.setting(picture_memory="200MB"):
        assert is_tile(client.get(answer["thumb"]))
    with site.setting(picture_memory="1GB"):
        assert pictures.size_of(client.get(answer["thumb"]).content) == (258, 258)


@pytest.mark.parametrize("content", [png(12_000, 9_000), png(65_535, 3_000), png(20_000, 10)], ids=["108 megapixels", "wide", "only wide"])
def test_picture_that_is_only_stored(client, content):
    answer = client.uploaded(content, "a.png")
    assert served(client, answer["url"])[2] == content
    assert is_tile(client.get(answer["thumb"]))


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("width, height", [(16_000, 16_000), (65_536, 10)])
def test_too_large_to_be_stored(client, width, height):
    assert_error(client.upload(png(width, height), "a.png"), 400, "Too many pixels")


def test_conversion_and_scaling_are_left_out(client, site):
    content = png(12_000, 9_000)
    with site.setting(convert_format="webp", convert_always="on", scale_uploads="on"):
        answer = client.uploaded(content, "a.png")
    assert answer["url"].endswith(".png") and served(client, answer["url"])[2] == content
    assert "is not decoded" in site.transcript()


@pytest.mark.usefixtures("nothing_left")
def test_mark_refuses_what_cannot_be_marked(client, site):
    with site.setting(watermark="text", watermark_text="mine"):
        assert_error(client.upload(png(12_000, 9_000), "a.png"), 400, "Too many pixels")


def test_limit_of_decoding_is_a_setting(client, site):
    content = pictures.still("png", 1_200, 900)
    with site.setting(decode_max_pixels=1_000_000):
        answer = client.uploaded(content, "a.png")
        assert is_tile(client.get(answer["thumb"]))
    # Nothing of that is remembered.
    assert pictures.size_of(client.get(answer["thumb"]).content) == (258, 258)


# Bitmaps


def core_bitmap(width, height, color):
    row = bytes(reversed(color)) * width
    row += b"\0" * (-len(row) % 4)
    return b"BM" + struct.pack("<IIIIHHHH", 26 + len(row) * height, 0, 26, 12, width, height, 1, 24) + row * height


def test_bitmap_with_a_header_of_12_bytes(client, site):
    content = core_bitmap(60, 40, (200, 40, 90))
    answer = client.uploaded(content, "a.bmp")
    assert (answer["width"], answer["height"], answer["mime"]) == (60, 40, "image/bmp")
    assert pictures.is_like(client.get(answer["thumb"]).content, pictures.encode(Image.new("RGB", (60, 40), (200, 40, 90)), "png"))
    with site.setting(convert_format="png", convert_always="on"):
        made = served(client, client.uploaded(content, "a.bmp")["url"])[2]
    assert pictures.opened(made).convert("RGB").getpixel((30, 20)) == (200, 40, 90)


def test_bitmap_with_a_header_of_64_bytes_is_kept_as_it_was_sent(client, site):
    plain = pictures.still("bmp", 60, 40)
    content = plain[:10] + struct.pack("<II", 78, 64) + plain[18:54] + b"\xff" * 24 + plain[54:]
    with site.setting(convert_format="png", convert_always="on"):
        answer = client.uploaded(content, "a.bmp")
    assert (answer["width"], answer["height"]) == (60, 40) and served(client, answer["url"])[2] == content
    assert client.get(answer["thumb"]).content == content


@pytest.mark.parametrize("fourth", [0, 128, 255])
def test_fourth_byte_of_a_bitmap_is_no_transparency(client, site, fourth):
    pixels = bytes([90, 40, 200, fourth]) * (60 * 40)
    content = (b"BM" + struct.pack("<III", 54 + len(pixels), 0, 54)
               + struct.pack("<IiiHHIIiiII", 40, 60, 40, 1, 32, 0, len(pixels), 2835, 2835, 0, 0) + pixels)
    for target in ["png", "webp", "jpeg"]:
        with site.setting(convert_format=target, convert_always="on", convert_quality=95):
            made = pictures.opened(served(client, client.uploaded(content, "a.bmp")["url"])[2])
        red, green, blue, alpha = made.convert("RGBA").getpixel((30, 20))
        assert alpha == 255 and all(abs(a - b) <= 4 for a, b in zip((red, green, blue), (200, 40, 90)))
    shown = pictures.opened(client.get(client.uploaded(content, "a.bmp")["thumb"]).content).convert("RGB").getpixel((30, 20))
    assert all(abs(a - b) <= 4 for a, b in zip(shown, (200, 40, 90)))
