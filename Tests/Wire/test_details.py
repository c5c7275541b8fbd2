# The sentence that goes with an error, for each kind of refusal: the value, the limit, and what to do; and no secret. The messages themselves
# and the answers of the old forms stay as they are.

import json
import secrets

import pytest

import hostile
import pictures
import raw
import videos
from answers import assert_error, error
from client import Client
from old_forms import OldClient, failed
from running_site import Site, until
from syncing import PULL, SYNC
from syncing import assert_error as assert_sync_error
from tus import Tus

UPLOAD = "/api/v1/upload.php"
MEGABYTE = 1 << 20
PHOTO = pictures.jpeg(64, 48)


def detail(response, code, message, *parts):
    """The sentence, which has these parts."""
    assert_error(response, code, message)
    sentence = response.json()["detail"]
    assert all(part in sentence for part in parts), sentence
    return sentence


# Of the file

def test_pixels(client, nothing_left):
    detail(client.upload(hostile.png(16_000, 16_000), "a.png"), 400, "Too many pixels", "256,000,000 pixels", "16,000 x 16,000", "takes 250,000,000")
    detail(client.upload(hostile.png(70_000, 10), "a.png"), 400, "Too many pixels", "70,000 x 10", "65,535")


def test_pixels_of_the_settings(client, site, nothing_left):
    with site.setting(image_max_pixels=1_000_000):
        detail(client.upload(hostile.png(1_200, 900), "a.png"), 400, "Too many pixels", "1,080,000 pixels", "takes 1,000,000")
    with site.setting(watermark="text", watermark_text="mine"):
        detail(client.upload(hostile.png(12_000, 9_000), "a.png"), 400, "Too many pixels", "108,000,000 pixels", "50,000,000", "decode_max_pixels")


@pytest.mark.parametrize("setting, value, message, parts", [
    ("image_max_width", 63, "Too many pixels", ["64 pixels wide", "at most 63"]), ("image_max_height", 47, "Too many pixels", ["48 pixels high", "at most 47"]),
    ("image_min_width", 65, "Too few pixels", ["64 pixels wide", "at least 65"]), ("image_min_height", 49, "Too few pixels", ["48 pixels high", "at least 49"]),
])
def test_sides(client, site, nothing_left, setting, value, message, parts):
    with site.setting(**{setting: value}):
        detail(client.upload(PHOTO), 400, message, *parts)


def test_size(client, site, nothing_left):
    with site.setting(image_max_bytes="1KB"):
        detail(client.upload(PHOTO + b"\0" * 2_000), 400, "File too large", f"{len(PHOTO) + 2_000:,} bytes", "takes 1,024")
    with site.setting(video_max_bytes="1KB"):
        detail(client.upload(videos.sample("mp4"), "a.mp4"), 400, "File too large", "takes 1,024")
    detail(client.upload(b"x" * (50 * MEGABYTE + 1)), 400, "File too large", "52,428,801 bytes", "takes 52,428,800")


def test_type(client, site, nothing_left):
    sentence = detail(client.upload(b"<?php phpinfo();", "a.jpg"), 400, "Invalid file type", "not recognised as a picture or video", "jpg, png, gif, webp", "mp4")
    assert "php" not in sentence
    detail(client.upload(pictures.still("png")[:20], "a.png"), 400, "Invalid file type", "PNG without its header")
    detail(client.upload(hostile.gif(10_000), "a.gif"), 400, "Invalid file type", "5000 gifFrames")
    with site.setting(video_upload="off"):
        detail(client.upload(videos.sample("mp4"), "a.mp4"), 403, "Video upload disabled", "video")


@pytest.mark.parametrize("body, parts", [
    ("<script>1</script>", ["element script"]), ('<rect onclick="x"/>', ["event attribute onclick", "element rect"]),
    ('<image href="https://evil.example/a.png"/>', ["reference https://evil.example/a.png", "attribute href", "element image"]),
    ('<a href="javascript:alert(1)">x</a>', ["attribute href", "element a"]),
    ("<style>a{background:url(//evil.example/)}</style>", ["style with url(//evil.example/"]), ("<g>", ["not well-formed"]),
    ("<foreignObject/>", ["element foreignobject"]), ("<g>" * 70 + "</g>" * 70, ["nested over 64 deep"]),
])
def test_content_of_an_svg(client, nothing_left, body, parts):
    detail(client.upload(pictures.svg(body), "a.svg"), 400, "Invalid file type", *parts)


def test_size_of_an_svg(client, nothing_left):
    detail(client.upload(pictures.svg("<!--" + "x" * (2 << 20) + "-->"), "a.svg"), 400, "File too large", "at most 2097152")


# Of the form

@pytest.mark.parametrize("body, message, parts", [
    (raw.form([raw.part("a", "1"), raw.part("note", "x" * 70_000)]), "Invalid multipart body: a field over 65536 bytes", ["shorter text"]),
    (raw.form([raw.part("note", "1"), raw.part("b", "2" * 100)], closed=False), "Invalid multipart body: it ends before the last boundary", ['the field "b"']),
    (raw.form([raw.part(f"field-{number}", "1") for number in range(100)]), "Invalid multipart body: more than 62 parts", ['"field-61"', "fewer fields"]),
    (raw.form([raw.part("a", "1"), b"nonsense\r\n" + raw.part("b", "2")]), "Invalid multipart body: a part header without a colon", ["HTTP library"]),
    (raw.form([raw.part("a", "1")], "another"), "Invalid multipart body: no boundary in the first 65536 bytes", None),
])
def test_forms(client, nothing_left, body, message, parts):
    response = client.post_form(body)
    if parts is None:
        # A short body ends before the limit.
        message, parts = "Invalid multipart body: it ends before the last boundary", ["whole form"]
    detail(response, 400, message, *parts)


def test_the_field_that_is_too_long_is_named(client, nothing_left):
    """By the part that it is in, or behind."""
    response = client.post_form([raw.part("first", "1"), raw.part("second", "x" * 70_000)])
    detail(response, 400, "Invalid multipart body: a field over 65536 bytes", '"second"')


@pytest.mark.parametrize("parts, said", [
    ([], ["image or file"]), ([raw.part("picture", PHOTO, "a.jpg"), raw.part("token2", "x")], ["picture, token2"]), ([raw.part("image", b"", "a.jpg")], ["0 bytes"]),
])
def test_no_file(client, nothing_left, parts, said):
    detail(client.post_form(parts), 400, "No file uploaded", *said)
    answer = client.request("POST", UPLOAD, data=b"{}", headers={"X-API-Key": client.key, "Content-Type": "application/json"})
    detail(answer, 400, "No file uploaded", "application/json", "multipart/form-data")


def test_too_many_files(client, site, nothing_left):
    with site.setting(batch_files="2"):
        detail(client.post_form([raw.part("image", PHOTO, "a.jpg")] * 3), 400, "Too many files", "more than 2 files", "none was stored")


# Of the sender

def test_keys(client):
    """No sentence tells which part of a key was wrong, or repeats it."""
    secret = "ib_" + secrets.token_urlsafe(32)
    refusals = [
        detail(client.upload(PHOTO, token=False), 401, "Login required or invalid token", "no valid key", "X-API-Key", "token"),
        detail(client.upload(PHOTO, token=False, data={"token": secret}), 401, "Login required or invalid token", "field token", "revoked or expired"),
        detail(client.upload(PHOTO, token=False, data={"token": client.key[:-1]}), 401, "Login required or invalid token"),
        detail(client.upload(PHOTO, token=False, headers={"X-API-Key": secret}), 401, "Invalid API key", "revoked or expired"),
        detail(client.upload(PHOTO, token=False, headers={"X-API-Key": client.key[:-1]}), 401, "Invalid API key"),
    ]
    assert refusals[0] != refusals[1] == refusals[2] and refusals[3] == refusals[4]
    assert not any(part in sentence for sentence in refusals for part in (secret, client.key, client.key[:-1]))


def test_scopes(client, site):
    made = json.loads(site.imagebed("key", "create", "--user", "admin", "--scopes", "read", "--json").stdout)
    refused = client.upload(PHOTO, token=False, headers={"X-API-Key": made["key"]})
    assert made["key"] not in detail(refused, 403, "API key lacks the scope: upload", "scope upload")


def test_idempotency_keys(client):
    def send(key, content=PHOTO):
        return client.upload(content, headers={"Idempotency-Key": key})

    detail(send("short"), 400, "Invalid parameter: Idempotency-Key (16 to 255 visible ASCII characters)", "5 bytes", "16 to 255")
    key = secrets.token_hex(16)
    answer = send(key).json()
    assert key not in detail(send(key, pictures.jpeg(seed=2)), 422, "Idempotency-Key was used for another upload", "new key")
    client.get(answer["del"])
    detail(send(key), 410, "The file uploaded with this Idempotency-Key was deleted", "another key")


def test_quotas(site):
    site.query("UPDATE resumable_upload SET ends_at = 0")
    site.imagebed("gc")
    tus = Tus(site, key=site.key)
    begun = [tus.begin(10 * MEGABYTE) for _ in range(16)]
    refused = tus.create(10 * MEGABYTE)
    assert refused.status_code == 429 and "16 unfinished uploads" in refused.json()["detail"], refused.text
    for address in begun:
        assert tus.send("DELETE", address).status_code == 204
    begun = [tus.begin(50 * MEGABYTE) for _ in range(4)]
    refused = tus.create(50 * MEGABYTE)
    assert refused.status_code == 429 and "209,715,200 bytes" in refused.json()["detail"], refused.text
    for address in begun:
        assert tus.send("DELETE", address).status_code == 204


def test_resumable_uploads(site):
    tus = Tus(site, key=site.key)
    address = tus.begin(100)
    for answer, parts in [
        (tus.patch(address, 7, b"x"), ["Upload-Offset is 7", "0 bytes are there"]), (tus.patch(address, 0, b"x" * 101), ["missing of Upload-Length"]),
        (tus.patch(address, 0, b"x", Upload_Checksum="md9 eA=="), ['"md9 eA=="', "sha1, sha256"]), (tus.create("many"), ['"many"', "a number of bytes"]),
        (tus.create(50 * MEGABYTE + 1), ["52,428,801 bytes", "52,428,800"]), (tus.create(0), ["0 bytes"]), (tus.head("/api/v1/tus.php?id=0"), []),
        (tus.send("PATCH", address, b"x", Upload_Offset="0"), ["application/offset+octet-stream"]), (tus.send("PUT", address), ["PUT"]),
        (tus.send("GET", "/api/v1/tus.php?id=" + "0" * 32), ["POST"]),
    ]:
        assert answer.status_code >= 400
        if answer.request.method != "HEAD":
            assert all(part in answer.json()["detail"] for part in parts), answer.text
    assert tus.send("DELETE", address).status_code == 204


def test_a_refused_resumable_upload_keeps_its_sentence(site):
    tus = Tus(site, key=site.key)
    address = tus.begin(20)
    first = tus.patch(address, 0, b"twenty bytes of text")
    assert "of no type" in first.json()["detail"]
    assert tus.send("GET", address).json() == {"state": "refused", **first.json()}


def test_delete_links(client):
    refused = client.get("/application/del.php?hash=nothing")
    assert refused.status_code == 404 and "delete link" in refused.json()["detail"] and "nothing" not in refused.json()["detail"]


# JSON files

@pytest.mark.parametrize("fields, name, parts", [
    ({"file_key": "k" * 191}, "file_key", ["191 bytes", "1 to 190 bytes"]), ({"device_id": ""}, "device_id", ["0 bytes", "1 to 128 bytes"]),
    ({"message": "字" * 1001}, "message", ["1,000 characters"]), ({"base_version": "x"}, "base_version", ['"x"', "number of a version"]),
    ({"on_conflict": "maybe"}, "on_conflict", ['"maybe"', "merge, reject, prefer_head"]), ({"return_content": "maybe"}, "return_content", ["true, false"]),
    ({"content": None}, "content", ["JSON value"]), ({"base_version": 7}, "base_version", ["that exists"]),
])
def test_fields_of_json(client, fields, name, parts):
    body = json.dumps({"file_key": "details", "content": 1, "device_id": "d", **fields})
    answer = client.request("POST", SYNC, data=body.encode(), headers={"Content-Type": "application/json", "X-API-Key": client.key})
    assert_sync_error(answer, 400, f"Invalid parameter: {name}")
    assert all(part in answer.json()["detail"] for part in parts), answer.text


def test_other_refusals_of_json(client):
    def ask(path, **query):
        return client.get(path, params=query, headers={"X-API-Key": client.key})

    for answer, parts in [
        (ask(SYNC, file_key="never-pushed"), ["push one first"]), (ask(SYNC), ["file_key", "1 to 190"]),
        (ask(SYNC, file_key="k", since_version="x"), ['"x"', "from 0 on"]), (ask(PULL, file_key="k", raw="7"), ['"7"', "from 0 to 1"]),
        (ask(PULL, file_key="k", hash="xyz"), ["64 hexadecimal digits"]),
    ]:
        assert answer.status_code >= 400 and all(part in answer.json()["detail"] for part in parts), answer.text


# Of the web server

@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    with Site(options=["--web", request.param]) as site:
        yield Client(site)


def test_what_the_web_server_refuses(either):
    wire = raw.request("POST", either.site.prefix + UPLOAD, [raw.form_type()], b"--", length=200 * MEGABYTE)
    assert_error(answer := either.raw(wire), 413, "File too large")
    assert str(51 * MEGABYTE) in answer.json()["detail"]
    assert_error(either.get("/api/v1/nothing.php"), 404, "File not found")
    assert_error(either.get(UPLOAD), 405, "Method not allowed")
    assert "POST, OPTIONS, but not GET" in either.get(UPLOAD).json()["detail"]
    answer = either.raw(raw.request("POST", either.site.prefix + SYNC, ["Content-Type: application/json"], b"{", length=200 * MEGABYTE))
    assert answer.json() == {"success": False, **error(413, "File too large")}


def test_the_limit_of_the_web_server_follows_the_settings(either):
    wire = raw.request("POST", either.site.prefix + UPLOAD, [raw.form_type()], b"--", length=200 * MEGABYTE)
    with either.site.setting(image_max_bytes="2MB", video_max_bytes="2MB"):
        assert until(lambda: str(3 * MEGABYTE) in either.raw(wire).json()["detail"])
    assert until(lambda: str(51 * MEGABYTE) in either.raw(wire).json()["detail"])


# The old forms

def test_the_old_forms_say_what_they_said(client, site):
    old = OldClient(site)
    with site.setting(image_max_width=63):
        for answer in [failed(old.api(PHOTO)), failed(old.api(b"text")), failed(old.api(PHOTO, fields={"token": "x"})), failed(old.api()),
                       failed(old.api(pictures.svg("<script/>"), "a.svg", "image/svg+xml")), failed(old.api(hostile.png(70_000, 10), "a.png"))]:
            assert "detail" not in answer and "error" not in answer
        assert failed(old.api(hostile.png(70_000, 10), "a.png"))["message"] == "图片尺寸太大。" and failed(old.api(PHOTO))["message"] == "图片宽度太大。"
        assert failed(old.api(pictures.svg("<g>" * 70 + "</g>" * 70), "a.svg", "image/svg+xml"))["message"] == "不正确的文件格式。"
