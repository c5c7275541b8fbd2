# Every type that is taken: recognised by content, stored byte for byte, served as what it is.

import hashlib
import re

import pytest

import pictures
import videos
from client import served

SAMPLES = {
    **{kind: lambda kind=kind: pictures.still(kind) for kind in pictures.STILL},
    "svg": pictures.svg,
    "heic": pictures.heic,
    "animated gif": lambda: pictures.animated("gif"),
    "animated webp": lambda: pictures.animated("webp"),
    "animated png": lambda: pictures.animated("png"),
    "progressive jpeg": lambda: pictures.jpeg(progressive=True),
    "grey jpeg": lambda: pictures.encode(pictures.drawing(mode="L"), "jpeg"),
    "cmyk jpeg": lambda: pictures.encode(pictures.drawing(mode="CMYK"), "jpeg"),
    "png with alpha": lambda: pictures.encode(pictures.drawing(mode="RGBA"), "png"),
    "png with palette": lambda: pictures.encode(pictures.drawing(mode="P"), "png"),
    "png of 16 bits": lambda: pictures.encode(pictures.drawing(mode="L").convert("I;16"), "png"),
    "lossless webp": lambda: pictures.still("webp", lossless=True),
    "webp with alpha": lambda: pictures.encode(pictures.drawing(mode="RGBA"), "webp"),
    "packed tiff": lambda: pictures.still("tiff", compression="tiff_lzw"),
    "run-length tga": lambda: pictures.still("tga", compression="tga_rle"),
}


def kind_of(name):
    return next(word for word in re.split(r"[ -]", name) if word in pictures.MIME)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_type(client, site, name):
    kind, content = kind_of(name), SAMPLES[name]()
    extension = pictures.EXTENSION.get(kind, kind)
    # TGA has no signature: there alone the name has a say.
    answer = client.uploaded(content, "sample.tga" if kind == "tga" else "sample.bin", kind="application/octet-stream")
    width, height = (120, 80) if kind == "svg" else (64, 48) if kind == "heic" else pictures.size_of(content)
    assert (answer["width"], answer["height"], answer["file_size"]) == (width, height, len(content))
    assert (answer["type"], answer["mime"]) == ("image", pictures.MIME[kind])
    assert answer["sha256"] == hashlib.sha256(content).hexdigest()
    assert answer["url"].endswith("." + extension)
    status, headers, body = served(client, answer["url"])
    assert (status, body, headers["content-type"]) == (200, content, pictures.MIME[kind])
    assert headers["x-content-type-options"] == "nosniff"
    assert site.stored(answer["url"]).read_bytes() == content


@pytest.mark.parametrize("name", ["a.png", "a.php", "a", "a.jpg.exe", ".htaccess", "a.svg", "a.html"])
def test_extension_comes_from_the_content(client, name):
    answer = client.uploaded(pictures.jpeg(), name, kind="text/html")
    assert answer["url"].endswith(".jpg") and answer["mime"] == "image/jpeg" and answer["srcName"] == name


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_counts(client, orientation):
    content = pictures.oriented(orientation)
    answer = client.uploaded(content)
    assert (answer["width"], answer["height"]) == ((40, 60) if orientation > 4 else (60, 40))
    assert served(client, answer["url"])[2] == content


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_orientation_in_other_types(client, kind):
    """EXIF is read where browsers read it."""
    answer = client.uploaded(pictures.oriented(6, kind=kind))
    assert (answer["width"], answer["height"]) == (40, 60)


@pytest.mark.parametrize("field", ["image", "file"])
@pytest.mark.parametrize("extension", ["jpg", "jpeg", "jfif", "JPG"])
def test_field_and_extension(client, field, extension):
    assert client.uploaded(pictures.jpeg(), f"a.{extension}", field=field)["srcName"] == f"a.{extension}"


@pytest.mark.parametrize("container", videos.CONTAINERS)
def test_video_containers(client, site, container):
    check_video(client, site, container, videos.sample(container), videos.CONTAINERS[container][1])


@pytest.mark.parametrize("name", videos.VARIANTS)
def test_video_variants(client, site, name):
    container, options = videos.VARIANTS[name]
    check_video(client, site, container, videos.sample(container, tuple(options)), videos.CONTAINERS[container][1])


def check_video(client, site, container, content, mime):
    """The answer and the row say what ffprobe says."""
    duration, width, height = videos.probe(content)
    answer = client.uploaded(content, f"clip.{container}")
    assert answer == {
        "result": "success", "code": 200, "url": answer["url"], "srcName": f"clip.{container}", "type": "video",
        "duration": answer["duration"], "duration_formatted": answer["duration_formatted"], "file_size": len(content),
        "del": answer["del"], "id": answer["id"], "mime": mime, "sha256": hashlib.sha256(content).hexdigest(),
    }
    # ffprobe does not look for the end of a live recording.
    assert answer["duration"] == pytest.approx(videos.SECONDS if duration is None else duration, abs=0.11)
    assert answer["duration_formatted"] == f"0:{int(answer['duration']):02}"
    row = client.row_of(answer)
    assert sorted([row["width"], row["height"]]) == sorted([width, height])
    assert (row["type"], row["duration"]) == ("video", answer["duration"])
    status, headers, body = served(client, answer["url"])
    assert (status, body, headers["content-type"]) == (200, content, mime)
    assert f"/uploads/videos/" in answer["url"] and answer["url"].endswith("." + container)


def test_names_are_random(client):
    names = {client.uploaded(pictures.jpeg())["url"].rpartition("/")[2] for _ in range(20)}
    assert len(names) == 20 and all(re.fullmatch(r"[0-9a-z]{12}\.jpg", name) for name in names)


def test_mode_of_stored_files(client, site):
    """Never writable by others, never executable, readable by the web server's user."""
    path = site.stored(client.uploaded(pictures.jpeg())["url"])
    assert path.stat().st_mode & 0o7133 == 0 and path.stat().st_mode & 0o040
