# What the settings ask of uploads beyond keeping them: what cannot be done is left undone, and the upload stays as it was sent.

import json
import os
import struct
import zlib

import pytest

import engines
import pictures
from client import Client
from running_site import Site, until


def png_chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_with_more_data(width, height, behind):
    """A good picture whose data goes on behind the last pixel, for so many megabytes of zeros."""
    deflate = zlib.compressobj(9)
    data = deflate.compress(b"".join(b"\0" + bytes(width * 3) for _ in range(height)))
    for _ in range(behind):
        data += deflate.compress(bytes(1 << 20))
    data += deflate.flush()
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + png_chunk(b"IDAT", data)
            + png_chunk(b"IEND", b""))


def bitmap(**changes):
    """A BMP with other numbers in its first headers."""
    content = bytearray(pictures.still("bmp"))
    places = {"size": (2, "<I"), "start": (10, "<I"), "planes": (26, "<H"), "colours": (46, "<I"), "bytes": (34, "<I")}
    for name, value in changes.items():
        offset, kind = places[name]
        struct.pack_into(kind, content, offset, value)
    return bytes(content)


ODD = {
    "PNG cut before its end": ("png", lambda: pictures.still("png")[:-12]),
    "PNG cut in its data": ("png", lambda: pictures.still("png", 200, 200)[:-300]),
    "JPEG cut": ("jpg", lambda: pictures.photograph(300, 200)[:-2000]),
    "BMP of another size": ("bmp", lambda: bitmap(size=77)),
    "BMP of a larger size": ("bmp", lambda: bitmap(size=1 << 30)),
    "BMP without planes": ("bmp", lambda: bitmap(planes=0)),
    "BMP with many colours": ("bmp", lambda: bitmap(colours=1 << 20)),
    "BMP with its pixels elsewhere": ("bmp", lambda: bitmap(start=60_000)),
    "BMP with something behind it": ("bmp", lambda: pictures.still("bmp") + b"behind"),
    "PNG with something behind its pixels": ("png", lambda: png_with_more_data(8, 8, 20)),
}


@engines.of_one_node("a log that two write grows in the middle")
@pytest.mark.parametrize("what", ODD)
def test_conversion_refuses_nothing_that_is_taken_without_it(site, what):
    client = Client(site)
    extension, content = ODD[what][0], ODD[what][1]()
    assert client.upload(content, "a." + extension).status_code == 200
    for settings in [{"convert_format": "webp"}, {"scale_uploads": "on"}, {"convert_format": "jpeg", "upright_uploads": "on"}]:
        length = len(site.transcript())
        with site.setting(strip_metadata="off", **settings):
            answer = client.uploaded(content, "a." + extension)
        kept = site.stored(answer["url"]).read_bytes()
        if kept == content and "scale_uploads" in settings:
            assert '"remark":"done without scale_uploads: ' in site.transcript()[length:]


def test_conversion_that_would_be_larger_than_the_photograph(site):
    """48 megapixels as PNG: the encoder stops when the result has more bytes than what was sent, and that is kept."""
    content = pictures.photograph(8000, 6000, quality=60)
    with site.setting(convert_format="png", convert_always="off"):
        answer = Client(site).uploaded(content)
    assert (answer["mime"], answer["width"], answer["height"]) == ("image/jpeg", 8000, 6000)
    assert site.stored(answer["url"]).read_bytes() == content


def test_watermark_must_be_put(site):
    """A picture that cannot be decoded has no mark, and is refused; one that only cannot be converted has it."""
    client = Client(site)
    with site.setting(watermark="text", watermark_text="x"):
        assert client.upload(pictures.still("png")[:-12], "a.png").status_code == 400
        assert client.upload(pictures.still("png"), "a.png").status_code == 200


@engines.of_one_node("each writes to its own log")
def test_lines_have_priorities_in_the_journal_alone(tmp_path):
    """JOURNAL_STREAM names the file that is standard error, as systemd has it; an error is one, a client's mistake is not."""
    site = Site()
    output = site.folder / "output"
    output.touch()
    status = os.stat(output)
    site.environment["JOURNAL_STREAM"] = f"{status.st_dev}:{status.st_ino}"
    with site:
        client = Client(site)
        client.uploaded(pictures.jpeg())
        with site.setting(watermark="picture", watermark_picture="/nonexistent.png"):
            assert client.upload(pictures.jpeg()).status_code == 500
        assert client.upload(b"nothing", "a.jpg").status_code == 400
        with site.setting(convert_format="webp"):
            client.uploaded(pictures.still("png")[:-12], "a.png")
        lines = {}
        until(lambda: len(lines.update({line[:3]: json.loads(line[3:]) for line in site.transcript().splitlines()
                                        if line[:1] == "<" and line[3:4] == "{"}) or lines) == 3)
        assert lines["<3>"]["status"] == 500 and lines["<5>"]["status"] == 400 and "convert_format" in lines["<4>"]["remark"]


def test_log_files_have_no_priorities(site):
    client = Client(site)
    assert client.upload(b"nothing", "a.jpg").status_code == 400
    assert not any(line.startswith("<") for line in site.transcript().splitlines())
