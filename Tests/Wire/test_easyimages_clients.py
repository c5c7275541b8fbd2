# Clients of the replaced program as they are in the wild: how each writes its request, and what each reads in the answer.

import json
import subprocess
import time

import pytest
import requests

import pictures
import raw
import videos
from old_forms import API, PAGE, OldClient, failed, succeeded
from running_site import Site, at_once

PHOTO = pictures.jpeg(320, 200)


@pytest.fixture(scope="module")
def old_site():
    with Site() as site:
        site.imagebed("settings", "set", "anonymous_upload", "on")
        yield site


@pytest.fixture(scope="module")
def old(old_site):
    return OldClient(old_site)


def post(client, parts, path=API, headers=(), boundary=raw.BOUNDARY, kind=None, **arguments):
    """A request by hand with these parts, and the token before them."""
    body = raw.form([raw.part("token", client.token), *parts], boundary)
    lines = [kind or raw.form_type(boundary), *headers]
    return client.raw(raw.request("POST", client.site.prefix + path, lines, body, **arguments))


def stored_bytes(client, answer):
    return client.stored(answer).read_bytes()


def read_back(client, answer):
    """What every client relies on: no blank field, a picture of the right type, at once and in parts, from any page."""
    assert all(answer[name] for name in ["url", "thumb", "del", "srcName", "message"]) and isinstance(answer["id"], int)
    whole = client.get(answer["url"], headers={"Referer": "https://forum.example/"})
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "image/jpeg") and whole.headers["ETag"]
    part = client.get(answer["url"], headers={"Range": "bytes=2-9"})
    assert (part.status_code, part.content) == (206, whole.content[2:10])
    again = client.get(answer["url"], headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304
    return whole.content


# Programs

def test_sharex(old):
    """MultipartFormData, FileFormName image, Arguments token; reads {json:url}, {json:thumb}, {json:del}, {json:message}."""
    boundary = "-----------------------8dc1a2b3c4d5e6f"
    parts = [raw.part("image", PHOTO, "ShareX_2026-11-25.jpg", "image/jpeg")]
    response = post(old, parts, headers=["User-Agent: ShareX/16.1.0"], boundary=boundary)
    answer = response.json()
    assert read_back(old, answer) == PHOTO and answer["message"] == "success" and answer["srcName"] == "ShareX_2026-11-25"
    refused = post(OldClient(old.site, "wrong"), parts).json()
    assert refused["message"] == "Token Error" and "url" not in refused


def test_picgo_web_uploader(old):
    """The custom body comes as text fields after the file; reads the JSON path `url`."""
    response = requests.post(old.url + API, files=[("image", ("202611251200.jpg", PHOTO, "image/jpeg"))], data={"token": old.token},
                             headers={"User-Agent": "PicGo", "Accept": "*/*"}, timeout=120)
    assert read_back(old, succeeded(response)) == PHOTO


@pytest.mark.parametrize("header", ["content-type multipart/form-data: ", "Content-Type-Hint: multipart/form-data"])
def test_upic(old, header):
    """Alamofire's boundary, and a header of the user's own that is no header; reads ["url"]."""
    boundary = "alamofire.boundary.a1b2c3d4e5f60718"
    name = header if ":" in header and " " not in header.split(":")[0] else "X-UPic: content-type multipart/form-data"
    response = post(old, [raw.part("image", PHOTO, "shot.jpg", "image/jpeg")], headers=[name, "User-Agent: uPic/0.21"], boundary=boundary)
    assert read_back(old, response.json()) == PHOTO


def test_curl(old, tmp_path):
    """As the manual of the replaced program shows it; curl asks with Expect for large files."""
    for name, content in [("a.jpg", PHOTO), ("large.jpg", PHOTO + b"\0" * 2_000_000)]:
        (tmp_path / name).write_bytes(content)
        told = subprocess.run(["curl", "-s", "-F", f"image=@{tmp_path / name}", "-F", f"token={old.token}", "-H", "Expect: 100-continue",
                               old.url + API], capture_output=True, check=True, text=True, timeout=120).stdout
        answer = json.loads(told)
        assert answer["code"] == 200 and stored_bytes(old, answer) == content


def test_curl_with_chunked_body(old, tmp_path):
    (tmp_path / "a.jpg").write_bytes(PHOTO)
    told = subprocess.run(["curl", "-s", "-F", f"image=@{tmp_path / 'a.jpg'}", "-F", f"token={old.token}", "-H",
                           "Transfer-Encoding: chunked", old.url + API], capture_output=True, check=True, text=True, timeout=120).stdout
    assert stored_bytes(old, json.loads(told)) == PHOTO


def test_curl_of_the_page(old, tmp_path):
    """Scripts send sign=$(date +%s) to the page's path."""
    (tmp_path / "a.jpg").write_bytes(PHOTO)
    told = subprocess.run(["curl", "-s", "-F", f"file=@{tmp_path / 'a.jpg'}", "-F", f"sign={int(time.time())}", old.url + PAGE],
                          capture_output=True, check=True, text=True, timeout=120).stdout
    assert list(json.loads(told)) == ["result", "code", "url", "srcName", "thumb", "del"]


def test_python_requests(old):
    response = requests.post(old.url + API, data={"token": old.token}, files={"image": ("a.jpg", PHOTO)}, timeout=120)
    assert read_back(old, response.json()) == PHOTO


def test_jquery(old):
    """FormData by $.ajax from a page of another origin: a preflight when a header is added, then the request."""
    page = {"Origin": "https://blog.example", "Referer": "https://blog.example/"}
    preflight = old.request("OPTIONS", API, headers={**page, "Access-Control-Request-Method": "POST",
                                                     "Access-Control-Request-Headers": "x-requested-with"})
    assert preflight.status_code == 200 and preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "x-requested-with" in preflight.headers["Access-Control-Allow-Headers"].lower()
    response = old.api(PHOTO, headers={**page, "X-Requested-With": "XMLHttpRequest"})
    assert response.headers["Access-Control-Allow-Origin"] == "*" and "Set-Cookie" not in response.headers
    assert read_back(old, response.json()) == PHOTO


def test_twikoo(old):
    """form-data of Node: the file is called image.png whatever it holds; `code` is compared with 200 as a number."""
    answer = succeeded(old.api(PHOTO, "image.png", "image/png"))
    assert answer["code"] == 200 and answer["url"].endswith(".jpg")


# Spellings of a form

IMAGE = raw.part("image", PHOTO, "a.jpg", "image/jpeg")


@pytest.mark.parametrize("name, kind", {
    "quoted": f'Content-Type: multipart/form-data; boundary="{raw.BOUNDARY}"',
    "no blank": f"Content-Type: multipart/form-data;boundary={raw.BOUNDARY}",
    "other case": f"content-type: Multipart/Form-Data; Boundary={raw.BOUNDARY}",
    "with a charset": f"Content-Type: multipart/form-data; charset=UTF-8; boundary={raw.BOUNDARY}",
}.items())
def test_boundaries(old, name, kind):
    assert stored_bytes(old, post(old, [IMAGE], kind=kind).json()) == PHOTO


def bare(disposition, *lines):
    return b"\r\n".join([b"Content-Disposition: " + disposition, *lines]) + b"\r\n\r\n" + PHOTO


@pytest.mark.parametrize("name, part", {
    "no quotes": bare(b"form-data; name=image; filename=a.jpg"),
    "length inside": bare(b'form-data; name="image"; filename="a.jpg"', b"Content-Type: image/jpeg", b"Content-Length: %d" % len(PHOTO)),
    "transfer encoding": bare(b'form-data; name="image"; filename="a.jpg"', b"Content-Transfer-Encoding: binary"),
    "no type": bare(b'form-data; name="image"; filename="a.jpg"'),
    "wrong type": bare(b'form-data; name="image"; filename="a.jpg"', b"Content-Type: application/x-php"),
    "file name first": bare(b'form-data; filename="a.jpg"; name="image"'),
}.items())
def test_parts(old, name, part):
    assert stored_bytes(old, post(old, [part]).json()) == PHOTO


def test_parts_in_any_order(old):
    body = raw.form([raw.part("x", "1"), IMAGE, raw.part("y", "2"), raw.part("token", old.token)])
    assert stored_bytes(old, old.raw(raw.request("POST", API, [raw.form_type()], body)).json()) == PHOTO


def test_no_last_line_end(old):
    body = raw.form([raw.part("token", old.token), IMAGE]).removesuffix(b"\r\n")
    assert stored_bytes(old, old.raw(raw.request("POST", API, [raw.form_type()], body)).json()) == PHOTO


def test_a_field_twice_counts_as_its_last_value(old):
    body = raw.form([raw.part("token", "wrong"), IMAGE, raw.part("token", old.token)])
    assert old.raw(raw.request("POST", API, [raw.form_type()], body)).json()["code"] == 200


@pytest.mark.parametrize("path", ["/api/", "//api/index.php", "/api//index.php", "//api//"])
def test_paths(old, path):
    assert stored_bytes(old, post(old, [IMAGE], path).json()) == PHOTO
    assert old.raw(raw.request("GET", path)).json()["code"] == 204


def test_http_1_0(old):
    answer = post(old, [IMAGE], version="1.0")
    assert answer.status == 200 and stored_bytes(old, answer.json()) == PHOTO


@pytest.mark.parametrize("body, kind", [
    (b"", "Content-Type: multipart/form-data"), (b"token=x&image=y", "Content-Type: application/x-www-form-urlencoded"),
    (b'{"token":"x"}', "Content-Type: application/json"), (b"x", "X-Nothing: 1"),
    (raw.form([raw.part("image", "text")]), raw.form_type()),
])
def test_no_form(old, body, kind):
    answer = old.raw(raw.request("POST", API, [kind], body))
    assert (answer.status, answer.json()["code"]) == (200, 204)


@pytest.mark.parametrize("body", [raw.form([IMAGE], closed=False), raw.form([IMAGE])[:-20], b"--" + raw.BOUNDARY.encode()])
def test_half_a_form_is_refused(old, old_site, body):
    before = old_site.inventory()
    answer = old.raw(raw.request("POST", API, [raw.form_type()], body))
    assert (answer.status, answer.json()["result"], answer.json()["code"]) == (200, "failed", 400)
    assert old_site.inventory() == before


# Names

NAMES = {
    "blob": (b"blob", "blob", ".jpg"),
    "windows path": (rb"C:\x\a.png", "a", ".jpg"),
    "dot slash": (b"./a.png", "a", ".jpg"),
    "percent": (b"%E5%A4%8F.png", "%E5%A4%8F", ".jpg"),
    "encoded word": (b"=?utf-8?B?5aSP5aSpLnBuZw==?=", "夏天", ".jpg"),
    "raw UTF-8": ("夏天 的.JPEG".encode(), "夏天 的", ".jpeg"),
    "jfif": (b"a.jfif", "a", ".jfif"),
    "GBK": ("照片（1）.jpg".encode("gbk"), "照片（1）", ".jpg"),
    "neither UTF-8 nor GBK": (b"caf\xe9.jpg", "caf\ufffd", ".jpg"),
    "two extensions": (b"photo.php.jpg", "photo.php", ".jpg"),
    "only an extension": (b".jpg", ".jpg", ".jpg"),
    "script": (b"<script>alert(1)</script>.jpg", "script>", ".jpg"),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("style", ["short", "source"])
def test_names(old, old_site, name, style):
    sent, shown, extension = NAMES[name]
    with old_site.setting(name_style=style):
        answer = post(old, [raw.part("image", PHOTO, sent, "image/png")]).json()
    assert answer["code"] == 200 and answer["srcName"] == shown
    assert answer["url"].endswith(extension)
    assert stored_bytes(old, answer) == PHOTO
    assert old.get(answer["url"]).headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("disposition, shown", [
    (b"form-data; name=\"image\"; filename*=UTF-8''%E5%A4%8F.png", "夏"),
    (b"form-data; name=\"image\"; filename*=utf-8'zh'%e5%a4%8f", "夏"),
    (b"form-data; name=\"image\"; filename=\"x.jpg\"; filename*=UTF-8''%E5%A4%8F.png", "夏"),
    (b'form-data; name="image"; filename="..\\..\\"', None),
])
def test_extended_names(old, disposition, shown):
    answer = post(old, [bare(disposition)]).json()
    assert answer["code"] == 200 and answer["url"].endswith(".jpg") and answer["srcName"]
    assert shown is None or answer["srcName"] == shown


TYPES = {"png": "png", "gif": "gif", "webp": "webp", "bmp": "bmp", "avif": "avif", "tiff": "tiff", "ico": "ico"}


@pytest.mark.parametrize("kind", TYPES)
def test_types_without_an_extension(old, kind):
    content = pictures.still(kind)
    answer = succeeded(old.api(content, "blob", "application/octet-stream"))
    assert answer["url"].endswith("." + TYPES[kind]) and stored_bytes(old, answer) == content
    assert old.get(answer["url"]).headers["Content-Type"] == pictures.MIME[kind]


def test_videos(old, old_site):
    video = videos.sample("mp4")
    assert succeeded(old.api(video, "a.mp4", "video/mp4"))["url"].endswith(".mp4")
    with old_site.setting(forms_take_videos="off"):
        assert failed(old.api(video, "a.mp4", "video/mp4"))["message"] == "不正确的文件格式。"


# Deleting

def test_deleting_one_of_two_identical_uploads_leaves_the_other(old):
    first, second = succeeded(old.api(PHOTO)), succeeded(old.api(PHOTO))
    assert first["url"] != second["url"] and first["del"] != second["del"]
    token = first["del"].split("hash=")[1]
    assert token.replace("-", "").replace("_", "").isalnum(), "a hash needs no escaping"
    assert old.get(f"/application/del.php?hash={token}").status_code == 200
    assert old.get(first["url"]).status_code == 404
    assert old.get(second["url"]).content == PHOTO


def test_same_moment(old, old_site):
    """Names are made from the time of day; the same name at the same moment gets a number."""
    with old_site.setting(name_style="date"):
        answers = at_once(8, lambda number: succeeded(OldClient(old_site).api(pictures.jpeg(100 + number, 50))))
    assert len({answer["url"] for answer in answers}) == 8
    for answer in answers:
        assert old.get(answer["url"]).status_code == 200
