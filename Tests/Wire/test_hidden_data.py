# Hidden data of the types besides JPEG, PNG and WebP: they go without a pixel or a frame changing, or the file is refused, with the reason in
# the log; never is a file kept as if it had been cleaned.

import base64
import hashlib
import subprocess
import tempfile

import pytest
from PIL import ExifTags, Image, TiffImagePlugin

import pictures
import videos
from answers import assert_error
from client import served

SECRET = "SecretCamera"


def frames(content):
    """A checksum of each frame, as a player shows them."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return subprocess.run(["ffmpeg", "-v", "error", "-i", file.name, "-map", "0:v", "-f", "framemd5", "-"], check=True,
                              capture_output=True, timeout=300).stdout


@pytest.mark.parametrize("container", ["mp4", "mov", "m4v", "webm", "mkv", "avi", "wmv"])
def test_videos(client, site, container):
    options = videos.CONTAINERS[container][0]
    content = videos.sample(container, tuple(["-metadata", f"title={SECRET}", "-metadata", f"comment={SECRET}",
                                              "-metadata", f"artist={SECRET}", *options]))
    hidden = [SECRET.encode(), SECRET.encode("utf-16-le")]
    assert any(text in content for text in hidden)
    with site.setting(strip_metadata="on"):
        answer = client.uploaded(content, "a." + container)
    body = served(client, answer["url"])[2]
    assert not any(text in body for text in hidden) and len(body) == len(content)
    assert frames(body) == frames(content)
    assert videos.probe(body) == videos.probe(content)


def tiff(**options):
    """With EXIF, position and the camera's name."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = SECRET
    exif[ExifTags.Base.Orientation] = 6
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (51.0, 28.0, 38.0)
    return pictures.encode(pictures.drawing(60, 40), "tiff", exif=exif, **options)


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "jpeg", "tiff_adobe_deflate"])
def test_tiff(client, site, compression):
    content = tiff(compression=compression) if compression else tiff()
    assert SECRET.encode() in content
    with site.setting(strip_metadata="on"):
        answer = client.uploaded(content, "a.tiff")
    body = served(client, answer["url"])[2]
    assert SECRET.encode() not in body and len(body) == len(content)
    made = pictures.opened(body)
    assert made.tobytes() == pictures.opened(content).tobytes()
    # Pillow has turned it.
    assert made.size == (40, 60) and not made.getexif().get_ifd(ExifTags.IFD.GPSInfo)


@pytest.mark.usefixtures("nothing_left")
def test_camera_raw_is_refused(client, site):
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[50706] = bytes([1, 4, 0, 0])
    tags.tagtype[50706] = 1
    content = pictures.encode(pictures.drawing(60, 40), "tiff", tiffinfo=tags)
    with site.setting(strip_metadata="on"):
        assert_error(client.upload(content, "a.tiff"), 400, "Invalid file type")
    assert "its metadata cannot be removed" in site.transcript()


def test_svg(client, site):
    picture = pictures.with_position("jpeg")
    content = pictures.svg(f'<!-- {SECRET} --><metadata>{SECRET}</metadata><image width="9" height="9" '
                           f'href="data:image/jpeg;base64,{base64.b64encode(picture).decode()}"/>')
    with site.setting(strip_metadata="on"):
        answer = client.uploaded(content, "a.svg")
    assert (answer["width"], answer["height"]) == (120, 80)
    body = served(client, answer["url"])[2]
    assert SECRET.encode() not in body
    inner = base64.b64decode(body.partition(b"base64,")[2].partition(b'"')[0])
    assert SECRET.encode() not in inner and pictures.opened(inner).tobytes() == pictures.opened(picture).tobytes()
    assert answer["file_size"] == len(body)


@pytest.mark.usefixtures("nothing_left")
def test_svg_that_cannot_be_cleaned_is_refused(client, site):
    content = pictures.svg('<style>rect{fill:url("data:image/jpeg;base64,AQID")}</style><rect/>')
    with site.setting(strip_metadata="on"):
        assert_error(client.upload(content, "a.svg"), 400, "Invalid file type")
    assert "metadata cannot be removed" in site.transcript()


@pytest.mark.parametrize("kind", ["bmp", "ico", "tga"])
def test_types_without_hidden_data_stay_as_they_are(client, site, kind):
    content = pictures.still(kind)
    with site.setting(strip_metadata="on"):
        answer = client.uploaded(content, "a." + kind)
    assert hashlib.sha256(served(client, answer["url"])[2]).digest() == hashlib.sha256(content).digest()
