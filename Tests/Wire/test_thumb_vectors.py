# The recorded thumbnails of the replaced program: status, type and size of each come back, but for what must
# not (sides without bounds) or need not (failures, the type of a JPEG).

import io

import pytest
from PIL import Image

import pictures
import transcripts
from client import Client
from running_site import Site

FOLDER = "2026/01/01"

# Pixels of a wished side, and of one that follows from the other.
LONGEST_WISH, LONGEST_SIDE = 2048, 4096

JPEG = ("C 27", "`image/jpeg` is understood everywhere")
ICON = ("C 27", "an icon is no JPEG")
LONG_WISH = ("F 16", f"a wished side has at most {LONGEST_WISH} pixels")
LONG_SIDE = ("F 16", f"a side that follows from the other has at most {LONGEST_SIDE} pixels")
FAILURE = ("F 16", "a side of less than a pixel has one")


def source(kind, width, height):
    """File name and content; no content for a missing one."""
    name = "-".join(kind.replace("(", "").replace(")", "").split()) + f"-{width}x{height}"
    if kind == "missing":
        return f"{name}.png", None
    if kind == "plain text":
        return f"{name}.jpg", b"no picture at all\n" * 20
    if kind == "svg":
        return f"{name}.svg", pictures.svg(width=width, height=height)
    if kind == "gif (animated)":
        return f"{name}.gif", pictures.animated("gif", width=width, height=height)
    return f"{name}.{pictures.EXTENSION.get(kind, kind)}", pictures.still(kind, width, height)


@pytest.fixture(scope="module")
def old_client():
    with Site() as site:
        for key, value in {"uploads_path": "/i/", "thumbnail_fit": "stretch", "thumbnail_width": 258, "thumbnail_height": 258}.items():
            site.imagebed("settings", "set", key, str(value))
        site.reload_web_server()
        folder = site.uploads / FOLDER
        folder.mkdir(parents=True)
        for vector in transcripts.VECTORS["thumb_vectors"]:
            name, content = source(vector["source_format"], vector["source_w"], vector["source_h"])
            if content is not None:
                (folder / name).write_bytes(content)
        yield Client(site)


def reasons(vector):
    """What may differ from the record, and why."""
    found = {}
    if vector["content_type"] == "image/jpg":
        found["type"] = JPEG
    if vector["source_format"] == "ico":
        found["type"] = ICON
    if vector["status"] == 500:
        found.update(status=FAILURE, type=FAILURE, size=FAILURE)
    elif "20000" in vector["query_after_img"]:
        found["size"] = LONG_WISH
    elif max(vector.get("out_w", 0), vector.get("out_h", 0)) > LONGEST_SIDE:
        found["size"] = LONG_SIDE
    return found


def size_now(vector):
    """The size that stands in for one that is not made any more."""
    if vector["status"] == 500:
        height = {"w=100&h=100&zc=3": 100, "w=300&h=50&zc=3": 50, "w=99&h=41&zc=3": 41}[vector["query_after_img"]]
        return 1, height
    if max(vector["out_w"], vector["out_h"]) <= LONGEST_SIDE:
        return vector["out_w"], vector["out_h"]
    if "20000" in vector["query_after_img"]:
        return LONGEST_WISH, vector["out_h"]
    return vector["source_w"] * LONGEST_SIDE // vector["source_h"], LONGEST_SIDE


def test_all_are_compared():
    assert len(transcripts.VECTORS["thumb_vectors"]) == 99


@pytest.mark.parametrize("vector", transcripts.VECTORS["thumb_vectors"], ids=lambda vector: "{source_format} {source_w}x{source_h} {query_after_img}".format(**vector))
def test_recorded_thumbnail(old_client, vector):
    kind, query = vector["source_format"], vector["query_after_img"]
    name, content = source(kind, vector["source_w"], vector["source_h"])
    path = f"/app/thumb.php?img=/i/{FOLDER}/{name}" + (f"&{query}" if query else "")
    # The first answer is the responder's, the second one the web server's.
    for _ in range(2):
        response = old_client.get(path)
        now = {"status": response.status_code, "type": response.headers["Content-Type"], "size": None, "format": None}
        recorded = {"status": vector["status"], "type": vector["content_type"], "size": None, "format": None}
        if kind == "svg":
            assert response.content == content
        else:
            picture = Image.open(io.BytesIO(response.content))
            assert getattr(picture, "n_frames", 1) == 1
            now.update(size=picture.size, format=picture.get_format_mimetype())
            recorded.update(size=(vector["out_w"], vector["out_h"]) if "out_w" in vector else None,
                            format={"image/vnd.microsoft.icon": "image/x-icon"}.get(vector.get("out_mime"), vector.get("out_mime", "image/png")))
            assert picture.size == size_now(vector)
        label = f"{kind} {vector['source_w']}x{vector['source_h']}" + (f" `{query}`" if query else "")
        transcripts.assert_recorded_thumbnail(label, recorded, now, reasons(vector))
