# Every row of the API's error table: status, headers and the whole body, and nothing is kept.

import pytest

import pictures
import raw
import videos
from answers import assert_error, assert_no_such_link

pytestmark = pytest.mark.usefixtures("nothing_left")

UPLOAD = "/api/v1/upload.php"
MEGABYTE = 1 << 20

# What the form holds beside the key.
NO_FILE = {
    "no parts": [],
    "another field": [raw.part("picture", pictures.jpeg(), "a.jpg")],
    "image without a file name": [raw.part("image", "just text")],
    "an empty file": [raw.part("image", b"", "a.jpg", "image/jpeg")],
    "an empty choice, as browsers send it": [raw.part("image", b"", "", "application/octet-stream")],
    "both empty": [raw.part("image", b"", "a.jpg"), raw.part("file", b"", "b.jpg")],
}


@pytest.mark.parametrize("parts", NO_FILE.values(), ids=NO_FILE.keys())
def test_no_file_uploaded(client, parts):
    assert_error(client.post_form(parts), 400, "No file uploaded")


@pytest.mark.parametrize("kind, body", [
    ("application/x-www-form-urlencoded", b"image=abc"), ("application/json", b'{"image":"abc"}'), ("text/plain", b"abc"), (None, b""),
])
def test_no_form(client, kind, body):
    headers = {"X-API-Key": client.key, **({"Content-Type": kind} if kind else {})}
    assert_error(client.request("POST", UPLOAD, data=body, headers=headers), 400, "No file uploaded")


def test_invalid_file_type(client):
    assert_error(client.upload(b"<?php phpinfo();", "a.jpg", kind="image/jpeg"), 400, "Invalid file type")


def test_file_too_large_for_its_kind(client):
    content = pictures.jpeg() + b"\0" * (50 * MEGABYTE)
    assert_error(client.upload(content), 400, "File too large")
    with client.site.setting(image_max_bytes="1KB"):
        assert_error(client.upload(pictures.photograph(200, 200)), 400, "File too large")


def test_limit_of_videos_is_its_own(client, site):
    with site.setting(video_max_bytes="1KB"):
        assert_error(client.upload(videos.sample("mp4"), "a.mp4"), 400, "File too large")


def test_login_required(client):
    picture = pictures.jpeg()
    for response in [
        client.upload(picture, token=False),
        client.upload(picture, token=False, data={"token": ""}),
        client.upload(picture, token=False, data={"token": "wrong"}),
        client.upload(picture, token=False, data={"token": client.key + "x"}),
    ]:
        assert_error(response, 401, "Login required or invalid token")


def test_invalid_api_key(client):
    picture = pictures.jpeg()
    for headers in [{"X-API-Key": "wrong"}, {"Authorization": "Bearer wrong"}, {"X-API-Key": client.key[:-1]}]:
        assert_error(client.upload(picture, token=False, headers=headers), 401, "Invalid API key")
        # A header decides, whatever the form says.
        assert_error(client.upload(picture, headers=headers), 401, "Invalid API key")


def test_video_upload_disabled(client, site):
    with site.setting(video_upload="off"):
        assert_error(client.upload(videos.sample("mp4"), "a.mp4"), 403, "Video upload disabled")


@pytest.mark.parametrize("path", ["/application/del.php", "/application/del.php?hash=", "/application/del.php?hash=abc",
                                  "/application/del.php?hash=" + "A" * 43, "/application/del.php?hash=" + "A" * 5000])
def test_file_not_found(client, path):
    assert_no_such_link(client.get(path))


ALLOWED = {
    "/api/v1/upload.php": "POST, OPTIONS",
    "/api/v1/list.php": "GET, HEAD, OPTIONS",
    "/api/v1/stats.php": "GET, HEAD, OPTIONS",
    "/application/del.php": "GET, HEAD, POST, OPTIONS",
    "/application/thumb.php": "GET, HEAD, OPTIONS",
}


@pytest.mark.parametrize("path", ALLOWED)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_method_not_allowed(client, path, method):
    if method not in ALLOWED[path]:
        assert_error(client.request(method, path), 405, "Method not allowed", Allow=ALLOWED[path])


def test_body_over_the_servers_limit(client, site):
    """The web server refuses by itself, before it has read the body, and in the words of the API."""
    answer = client.raw(raw.request("POST", site.prefix + UPLOAD, [raw.form_type()], b"--", length=200 * MEGABYTE))
    assert_error(answer, 413, "File too large")


def test_body_over_the_servers_limit_after_a_good_start(client):
    content = pictures.jpeg() + b"\0" * (60 * MEGABYTE)
    body = raw.form([raw.part("image", content, "a.jpg")])
    answer = client.raw(raw.request("POST", client.site.prefix + UPLOAD, [raw.form_type(), f"X-API-Key: {client.key}"], body))
    assert_error(answer, 413, "File too large")


def test_unknown_path(client):
    for path in ["/api/v1/nothing.php", "/api/v1/", "/application/nothing.php", "/api/v1/upload.php/more"]:
        assert client.get(path).status_code == 404

