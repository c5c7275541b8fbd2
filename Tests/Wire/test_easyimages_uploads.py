# Uploads in the replaced program's dialect against its recorded answers, field for field. The site has the settings of the
# recorded one: visitors may upload, pictures lie under /i/, and the token has the number 0.

import contextlib
import hashlib
import time

import pytest

import engines
import pictures
import raw
from accounts import session_of
from old_forms import API, PAGE, OldClient, failed, imported_token, new_token, succeeded
from running_site import Site, at_once
from transcripts import assert_recorded

PHOTO = pictures.jpeg(320, 200)
ACTIVE = pictures.svg("<script>alert(1)</script>")

EMPTY_BODY = ("C 26", "an answer was an empty body; now it is JSON with code 400 and a message")
NO_JSON = ("C 26", "a status 500 without a body; now JSON with a code and a message")
CREATED_500 = ("C 26", "status 500; the old forms always answer 200")


@pytest.fixture(scope="module")
def old_site():
    with Site() as site:
        for key, value in {"anonymous_upload": "on", "uploads_path": "/i/", "image_min_width": 5, "image_min_height": 5}.items():
            site.imagebed("settings", "set", key, str(value))
        yield site


@pytest.fixture(scope="module")
def old(old_site):
    return OldClient(old_site, new_token(old_site, number=0))


CORS = {
    "access-control-max-age": "3600", "access-control-allow-origin": "*",
    "access-control-allow-methods": "PUT, POST, GET, OPTIONS, DELETE",
    "access-control-allow-headers":
        "X-Requested-With, Content-Type, Origin, Cache-Control, Pragma, Authorization, Accept, Accept-Encoding",
}


def assert_cors(response):
    """On every answer of the API; never together with cookies."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    assert {name: headers.get(name) for name in CORS} == CORS
    assert "access-control-allow-credentials" not in headers
    return response


# api/index.php: what is asked, and of which recorded answer it is

def test_api_without_a_file(old):
    for name, response in {
        "api_get": old.get(API), "api_options": old.request("OPTIONS", API), "api_nofile": old.api(),
        "api_field_file": old.api(PHOTO, field="file"),
    }.items():
        assert_cors(assert_recorded(name, response))
    assert_recorded("api_emptyfilefield", old.request("POST", API, files={"image": ("", b"")}, data={"token": old.token}),
                    {"body": EMPTY_BODY})


def test_head_of_the_api(old):
    response = assert_cors(old.request("HEAD", API))
    assert (response.status_code, response.content) == (200, b"")


def test_api_tokens(old, old_site):
    assert_recorded("api_notoken", old.api(PHOTO, fields={}))
    assert_recorded("api_badtoken", old.api(PHOTO, fields={"token": "nobodysToken"}))
    expired = new_token(old_site, number=1, expires=1_700_000_000)
    assert_recorded("api_expired", old.api(PHOTO, fields={"token": expired}))
    assert_recorded("api_token_get", old.api(PHOTO, fields={}, path=f"{API}?token={old.token}"))
    assert_recorded("tok_array", old.api(PHOTO, fields={"token[]": old.token}), {"status": CREATED_500, "body": NO_JSON})
    imported = imported_token(old_site, "0123456789abcdef0123456789abcdef", number=4)
    for spelt in [imported, f" {imported} ", "01234567-89ab-cdef-0123-456789abcdef", f"'{imported}\r\n"]:
        assert succeeded(old.api(PHOTO, fields={"token": spelt}))["id"] == 4


def test_api_success(old, old_site):
    answer = succeeded(assert_cors(assert_recorded("api_ok", old.api(PHOTO))))
    assert old.stored(answer).read_bytes() == PHOTO
    seven = new_token(old_site, number=7)
    assert_recorded("api_ok_tok7", old.api(pictures.still("png"), "a.png", fields={"token": seven}))


def test_api_closed(old, old_site):
    with old_site.setting(token_upload="off"):
        assert_recorded("api_closed", old.api(PHOTO))
        assert_recorded("api_closed_badtoken", old.api(PHOTO, fields={"token": "x"}))
        failed(old.api(PHOTO, fields={}))
        assert old.api().json()["code"] == 204


def test_api_refused_files(old):
    assert_recorded("api_script", old.api(ACTIVE, "script.svg"))
    assert_recorded("api_text", old.api(b"just text\n", "text.jpg"))
    assert_recorded("api_tiny", old.api(pictures.still("png", 3, 3), "tiny.png"))
    assert_recorded("multi", old.request("POST", API, files=[("image[]", ("a.jpg", PHOTO)), ("image[]", ("b.jpg", PHOTO))],
                                         data={"token": old.token}), {"body": EMPTY_BODY})


# app/upload.php

def test_page_without_a_file(old):
    assert_recorded("up_get", old.get(PAGE))
    assert_recorded("up_nofile", old.page())
    assert_recorded("up_emptyfield", old.request("POST", PAGE, files={"file": ("", b"")}, data={"sign": str(int(time.time()))}),
                    {"body": EMPTY_BODY})
    assert "access-control-allow-origin" not in {name.lower() for name in old.get(PAGE).headers}


def test_page_signature(old):
    now = int(time.time())
    for name, sign in {"up_oldsign": now - 12_400, "up_zerosign": 0}.items():
        assert_recorded(name, old.page(PHOTO, fields={"sign": str(sign)}))
    assert_recorded("up_nosign", old.page(PHOTO, fields={}))
    assert_recorded("up_futuresign", old.page(PHOTO, fields={"sign": str(now + 100_000)}))
    assert_recorded("up_badsign", old.page(PHOTO, fields={"sign": "abc"}),
                    {"status": ("K 29", "a sign that is no number is answered as a wrong one"),
                     "body": ("K 29", "a sign that is no number is answered as a wrong one")})
    for sign in ["inf", "nan", "-1", "1e999", ""]:
        before = int(time.time())
        answer = failed(old.page(PHOTO, fields={"sign": sign}))
        assert answer["code"] == 403 and before <= answer["systime"] <= time.time()
    succeeded(old.page(PHOTO, fields={"sign": f"{now}.25"}))
    for sign in [f" {now}", f"{now}\n", f"{now}.5"]:
        succeeded(old.page(PHOTO, fields={"sign": sign}))


def test_page_success(old):
    answer = succeeded(assert_recorded("up_ok", old.page(PHOTO)))
    assert old.stored(answer).read_bytes() == PHOTO
    assert succeeded(old.page(PHOTO, path="/application/upload.php"))["srcName"] == "photo"


def test_page_asks_for_a_login(old, old_site):
    with old_site.setting(anonymous_upload="off"):
        assert_recorded("must_web", old.page(PHOTO))
        # Before anything else: without a file too.
        assert old.get(PAGE).json()["code"] == 401
        alice = session_of(old_site, "alice")
        assert_recorded("must_web_alice", old.page(PHOTO, cookies=alice))
        assert old.page(PHOTO, cookies={"imagebed_session": "x" * 43}).json()["code"] == 401
        bob = session_of(old_site, "bob")
        old_site.query("UPDATE account SET expires_at = 1700000000 WHERE name = 'bob'")
        assert_recorded("must_web_bob", old.page(PHOTO, cookies=bob))
        assert old.page(PHOTO, cookies=alice, headers={"Origin": "https://evil.example"}).json()["code"] == 401
        succeeded(old.page(PHOTO, cookies=alice, headers={"Origin": old_site.url}))
        # Tokens are another door: the API does not ask for it.
        succeeded(old.api(PHOTO))


PAGE_FILES = {
    "upload_script.svg": ACTIVE,
    "upload_text.jpg": b"just text\n",
    "upload_shell.php": b"<?php system($_GET['c']); ?>",
    "upload_photo.php.jpg": PHOTO,
    "upload_doc.pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
    "upload_tiny.png": pictures.still("png", 3, 3),
    "upload_noext": PHOTO,
    "upload_f.ico": pictures.still("ico", 32, 32),
    "upload_t.tif": pictures.still("tiff"),
}
ACTIVE_PASSED = {place: ("F 11", "an active graphic passed the filter; now it is refused by parsing, with the same code and text")
                 for place in ["result", "code", "url", "srcName", "thumb", "del", "message"]}
LINK_TAKEN = {place: ("F 11", "a link is harmless in a graphic that its own header sandboxes; it was refused by a search for words")
              for place in ["result", "code", "url", "srcName", "thumb", "del", "message"]}
PAGE_DIFFERENCES = {
    "upload_href.svg": (pictures.svg('<a href="https://example.org/"><rect width="5" height="5"/></a>'), LINK_TAKEN),
    "upload_SCRIPT2.svg": (pictures.svg("<SCRIPT>alert(1)</SCRIPT>"), ACTIVE_PASSED),
    "upload_onload.svg": (pictures.svg(attributes='onload="alert(1)"'), ACTIVE_PASSED),
    "upload_a.php": (b"GIF89a<?php system($_GET['c']); ?>", {}),
    "upload_a.foo": (pictures.still("png"), {"url": ("F 23", "the extension follows the content"),
                                             "thumb": ("F 23", "the extension follows the content")}),
    "upload_empty.jpg": (b"", {"status": CREATED_500, "body": NO_JSON}),
    "upload_trunc.jpg": (PHOTO[:20], {"body": EMPTY_BODY}),
}


@pytest.mark.parametrize("name", [*PAGE_FILES, *PAGE_DIFFERENCES])
def test_page_files(old, name):
    content, because = PAGE_DIFFERENCES.get(name) or (PAGE_FILES[name], {})
    assert_recorded(name, old.page(content, name.removeprefix("upload_")), because)


# What both share: limits, lists, links

def test_size_limit(old, old_site):
    big = PHOTO + b"\0" * (11_539_826 - len(PHOTO))
    with old_site.setting(image_max_bytes="1MB"):
        assert_recorded("lim_size_api", old.api(big, "big.jpg"))
        assert_recorded("lim_size_web", old.page(big, "big.jpg"))
    with old_site.setting(image_max_bytes="1MB", video_max_bytes="1MB"):
        assert_recorded("lim_ini_web", old.page(big, "big.jpg"), {"body": EMPTY_BODY})
        assert old.page(big, "big.jpg").json()["message"] == f"文件太大。 : {len(big)} > 1048576"


@pytest.mark.parametrize("name, settings, content, file", [
    ("lim_wide", {"image_max_width": 200}, PHOTO, "photo.jpg"),
    ("lim_tall", {"image_max_height": 1024}, pictures.jpeg(100, 2000), "tall.jpg"),
])
def test_dimension_limits(old, old_site, name, settings, content, file):
    with old_site.setting(**settings):
        assert_recorded(name + "_api", old.api(content, file))
        if name == "lim_wide":
            assert_recorded(name + "_web", old.page(content, file))


def test_the_last_of_several_reasons_is_told(old, old_site):
    """Width too large, width too small, height too large, height too small: as the replaced program overwrote its messages."""
    for settings, message in [({"image_max_width": 5}, "图片宽度太大。"), ({"image_min_width": 400}, "图片宽度太小。"),
                              ({"image_max_width": 5, "image_max_height": 5}, "图片高度太大。"),
                              ({"image_max_width": 5, "image_min_height": 400}, "图片高度太小。")]:
        with old_site.setting(**settings):
            assert failed(old.page(PHOTO))["message"] == message


def test_body_limit_of_the_web_server(old, old_site):
    """A request over it has brought no file: said with status 200 and, by the API, to pages of any origin."""
    assert_recorded("lim_post_web", over_the_limit(old, PAGE))
    answer = over_the_limit(old, API)
    assert answer.status == 200 and answer.json() == {"result": "failed", "code": 204, "message": "没有选择上传的文件"}
    assert_cors(answer)


def over_the_limit(client, path):
    return client.raw(raw.request("POST", path, [raw.form_type()], b"--", length=1 << 33))


def test_without_a_responder(old, old_site):
    """What the web server says instead of it is JSON of the same kind."""
    for path, name in [(API, "api-index"), (PAGE, "app-upload")]:
        with stopped(old_site, name):
            response = old.get(path)
        answer = response.json()
        assert (answer["result"], answer["code"]) == ("failed", response.status_code) and response.status_code >= 500
        assert "http" not in response.text and "url" not in answer
        if path == API:
            assert_cors(response)


@contextlib.contextmanager
def stopped(site, name):
    socket = next(site.data.rglob(f"{name}.sock"))
    away = socket.rename(socket.with_suffix(".away"))
    try:
        yield
    finally:
        away.rename(socket)


def test_blocked_addresses(old, old_site):
    with old_site.setting(check_addresses="on", address_list="127.0.0.1"):
        assert_recorded("ipblack_api", old.api(PHOTO))
        assert_recorded("ipblack_web", old.page(PHOTO))
        assert old.api().json()["code"] == 204


def test_daily_limit(old, old_site):
    old_site.query("DELETE FROM upload_count")
    with old_site.setting(daily_upload_limit=2):
        # Every upload counts, but only visitors of the page are held back.
        succeeded(old.api(PHOTO)), succeeded(old.page(PHOTO))
        assert_recorded("daily_3", old.page(PHOTO))
        succeeded(old.api(PHOTO))
        succeeded(old.page(PHOTO, cookies=session_of(old_site, "carol")))
    assert [row[1:] for row in old_site.query("SELECT * FROM upload_count")] == [("127.0.0.1", 4)]
    failed(old.page(b"no picture"))
    succeeded(old.page(PHOTO))
    old_site.query("INSERT INTO upload_count VALUES ('2001-01-01', '127.0.0.1', 7)")
    old_site.imagebed("gc")
    assert [row[2] for row in old_site.query("SELECT * FROM upload_count")] == [4]
    old_site.query("DELETE FROM upload_count")


def test_daily_limit_for_uploads_at_once(old, old_site):
    old_site.query("DELETE FROM upload_count")
    with old_site.setting(daily_upload_limit=2):
        answers = at_once(8, lambda _: OldClient(old_site).page(PHOTO).json())
        assert sorted(answer["code"] for answer in answers) == [200] * 2 + [202] * 6
        # What is refused for another reason does not count.
        old_site.query("UPDATE upload_count SET count = 1")
        failed(old.page(b"no picture"))
        succeeded(old.page(PHOTO))
        assert failed(old.page(PHOTO))["code"] == 202


def test_blocked_files(old, old_site):
    sum_of = hashlib.md5(PHOTO).hexdigest()
    with old_site.setting(check_blocked_md5="on", blocked_md5=f"spam: {sum_of.upper()};{'0' * 32}"):
        before = old_site.inventory()["rows"]
        assert_recorded("md5_api", old.api(PHOTO))
        assert_recorded("md5_web", old.page(PHOTO))
        assert old_site.inventory()["rows"] == before
        succeeded(old.api(pictures.jpeg(321, 200)))
    with old_site.setting(blocked_md5=sum_of):
        succeeded(old.api(PHOTO))


def test_blocked_as_stored(old, old_site):
    """The list counts for what would be stored too."""
    png = pictures.still("png", 300, 200)
    with old_site.setting(convert_format="jpeg"):
        stored = old.stored(succeeded(old.api(png, "a.png"))).read_bytes()
        assert stored != png
        with old_site.setting(check_blocked_md5="on", blocked_md5=hashlib.md5(stored).hexdigest()):
            assert failed(old.api(png, "a.png"))["code"] == 205


def test_links_that_hide_the_file(old, old_site):
    with old_site.setting(hide_links="on"):
        assert_recorded("hide_api", old.api(PHOTO))
        assert_recorded("hide_web", old.page(PHOTO))
    with old_site.setting(hide_path="on"):
        assert_recorded("hp_api", old.api(PHOTO))
        assert_recorded("hp_web", old.page(PHOTO))


def test_thumbnails_made_at_upload(old, old_site):
    with old_site.setting(thumbnail_mode="upload"):
        for name, response in [("th2_api", old.api(PHOTO)), ("th2_web", old.page(pictures.still("png", 300, 280), "a.png"))]:
            made = succeeded(assert_recorded(name, response))["thumb"].removeprefix(old_site.url + "/i/")
            assert pictures.size_of((old_site.uploads / made).read_bytes()) == ((320, 200) if name == "th2_api" else (258, 258))


def test_no_delete_links(old, old_site):
    with old_site.setting(show_delete_links="off"):
        assert_recorded("nodel_api", old.api(PHOTO))
        assert_recorded("nodel_web", old.page(PHOTO))


def test_hosts_of_pictures(old, old_site):
    hosts = ["https://img1.example.org", "https://img2.example.org/pictures"]
    with old_site.setting(picture_urls=", ".join(hosts)):
        answers = [succeeded(old.api(PHOTO)) for _ in range(30)]
    seen = {answer["url"].split("/i/")[0] for answer in answers}
    assert seen == set(hosts)
    assert all(answer["thumb"].startswith(old_site.url) and answer["del"].startswith(old_site.url) for answer in answers)


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_pieces(old, old_site):
    size = len(PHOTO) // 3 + 1
    with old_site.setting(chunk_bytes="64KB"):
        for response, name in [(old.api(PHOTO), "chunk_none_api"), (old.page(PHOTO), "chunk_none_web")]:
            assert_recorded(name, response, {"body": ("C 33", "an upload without the fields of a piece is an ordinary one")})
        for number in range(3):
            response = old.page(PHOTO[number * size:(number + 1) * size], "blob", fields={
                "sign": str(int(time.time())), "name": "photoC.jpg", "chunk": str(number), "chunks": "3"})
            if number in (0, 2):
                assert_recorded(f"chunk_{number}", response)
    assert old.stored(succeeded(response)).read_bytes() == PHOTO


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_pieces_beside_a_file(old, old_site):
    """As EasyImages' API wanted them: the piece is the field `file`, and there is some `image` too."""
    size = len(PHOTO) // 3 + 1
    with old_site.setting(chunk_bytes="64KB"):
        answers = [old.request("POST", API, files={"image": ("x.jpg", b"x"), "file": ("blob", PHOTO[number * size:(number + 1) * size])},
                               data={"token": old.token, "name": "whole.jpg", "chunk": str(number), "chunks": "3"}) for number in range(3)]
    assert [answer.content for answer in answers[:2]] == [b"", b""]
    assert succeeded(answers[2])["srcName"] == "whole" and old.stored(answers[2].json()).read_bytes() == PHOTO


def test_name_in_GBK(old):
    body = raw.form([raw.part("token", old.token), raw.part("image", PHOTO, "照片.jpg".encode("gbk"), "image/jpeg")])
    response = old.request("POST", API, data=body, headers={"Content-Type": f"multipart/form-data; boundary={raw.BOUNDARY}"})
    assert_recorded("gbk_name", response, {"body": ("C 26", "the name is read as GBK; the answer was an empty body")})
    assert succeeded(response)["srcName"] == "照片"
