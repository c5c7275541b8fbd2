# Faults of uploads in the replaced program that this one must not have.

import os
import pathlib
import shutil
import tempfile
import time

import pytest

import engines
import pictures
import raw
from accounts import session_of
from old_forms import API, PAGE, OldClient, failed, new_token, succeeded
from running_site import Site, at_once

PHOTO = pictures.jpeg(320, 200)


@pytest.fixture(scope="module")
def old_site():
    with Site() as site:
        for key, value in {"anonymous_upload": "on", "chunk_bytes": "64KB"}.items():
            site.imagebed("settings", "set", key, value)
        yield site


@pytest.fixture(scope="module")
def old(old_site):
    return OldClient(old_site)


def piece(client, content, number, count, name, path=PAGE, field="file", uuid=None, **arguments):
    fields = {"sign": str(int(time.time())), "token": client.token, "name": name, "chunk": str(number), "chunks": str(count)}
    if uuid is not None:
        fields["uuid"] = uuid
    return client.request("POST", path, files={field: ("blob", content)}, data=fields, **arguments)


def thirds(content=PHOTO):
    size = len(content) // 3 + 1
    return [content[start:start + size] for start in range(0, len(content), size)]


def kept_pieces(site):
    return [path for path in site.files("pieces") if path != "lock"]


# The name of a file in pieces was a path

LABELS = ["../../../../tmp/imagebed-trap6.jpg", "/etc/passwd", "php://filter/resource=/etc/passwd", "data:image/png;base64,AAAA",
          "base64:AAAA", "..", ".", "", "a/b/c.jpg", "lock", "x" * 5000, "a\0b.jpg", "..\\..\\x.jpg"]


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
@pytest.mark.parametrize("label", LABELS)
def test_a_pieces_name_is_only_a_label(old, old_site, label):
    before = outside(old_site)
    answers = [piece(old, content, number, 3, label) for number, content in enumerate(thirds())]
    assert [answer.content for answer in answers[:2]] == [b"", b""]
    answer = succeeded(answers[2])
    assert old.stored(answer).read_bytes() == PHOTO and "passwd" not in answer["url"]
    assert kept_pieces(old_site) == [] and outside(old_site) == before
    assert not pathlib.Path("/tmp/imagebed-trap6.jpg").exists()


def outside(site):
    """Everything of the site but stored files, pieces, logs and what the servers write."""
    return sorted(str(path.relative_to(site.folder)) for path in site.folder.rglob("*")
                  if not {"uploads", "pieces", "run", "logs"} & set(path.relative_to(site.data).parts if path.is_relative_to(site.data) else ()))


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_pieces_of_another_sender_are_not_joined(old, old_site):
    """Another program, account or address that sends the same name gets none of it, and adds nothing."""
    first, second, third = thirds()
    for number, content in enumerate([first, second]):
        piece(old, content, number, 3, "shared.jpg")
    assert piece(old, third, 2, 3, "shared.jpg", headers={"User-Agent": "another"}).content == b""
    assert piece(old, third, 2, 3, "shared.jpg", cookies=session_of(old_site, "anna")).content == b""
    with old_site.setting(trusted_proxies="127.0.0.1"):
        assert piece(old, third, 2, 3, "shared.jpg", headers={"X-Forwarded-For": "192.0.2.7"}).content == b""
    assert old.stored(succeeded(piece(old, third, 2, 3, "shared.jpg"))).read_bytes() == PHOTO
    remove_pieces(old_site)


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
@pytest.mark.parametrize("path, field", [(PAGE, "file"), (API, "image")])
def test_pieces_of_two_senders_with_one_address_and_program_do_not_mix(old, old_site, path, field):
    """plupload's `uuid` tells files of the same name apart."""
    contents = {"u1": pictures.jpeg(320, 200, seed=1), "u2": pictures.jpeg(200, 320, seed=2)}
    pieces = {uuid: thirds(content) for uuid, content in contents.items()}
    for number in range(2):
        for uuid in contents:
            assert piece(old, pieces[uuid][number], number, 3, "image.jpg", path, field, uuid).content == b""
    for uuid, content in contents.items():
        answer = succeeded(piece(old, pieces[uuid][2], 2, 3, "image.jpg", path, field, uuid))
        assert old.stored(answer).read_bytes() == content
    assert kept_pieces(old_site) == []


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_pieces_go_on_from_another_address(old, old_site):
    """A telephone leaves the house: the `uuid` is the same. Without one it is another sender."""
    with old_site.setting(trusted_proxies="127.0.0.1"):
        addresses = [{"X-Forwarded-For": address} for address in ("192.0.2.7", "198.51.100.9", "2001:db8::1")]
        answers = [piece(old, content, number, 3, "on the way.jpg", uuid="o1", headers=addresses[number]) for number, content in enumerate(thirds())]
        assert old.stored(succeeded(answers[2])).read_bytes() == PHOTO
        for number, content in enumerate(thirds()):
            assert piece(old, content, number, 3, "on the way.jpg", headers=addresses[number]).content == b""
    remove_pieces(old_site)


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_pieces_of_two_sessions_of_one_account_do_not_mix(old, old_site):
    """Without a `uuid` the session tells them apart, and goes on from another address."""
    contents, sessions = [pictures.jpeg(320, 200, seed=1), pictures.jpeg(200, 320, seed=2)], [session_of(old_site, "anna"), session_of(old_site, "anna")]
    with old_site.setting(trusted_proxies="127.0.0.1"):
        answers = [[piece(old, thirds(content)[number], number, 3, "image.jpg", cookies=cookies, headers={"X-Forwarded-For": f"192.0.2.{number}"})
                    for content, cookies in zip(contents, sessions)] for number in range(3)]
    assert [old.stored(succeeded(answer)).read_bytes() for answer in answers[2]] == contents


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_a_uuid_opens_no_file_of_an_account(old, old_site):
    first, second, third = thirds()
    cookies = session_of(old_site, "anna")
    for number, content in enumerate([first, second]):
        assert piece(old, content, number, 3, "shared.jpg", uuid="known", cookies=cookies).content == b""
    assert piece(old, third, 2, 3, "shared.jpg", uuid="known").content == b""
    assert old.stored(succeeded(piece(old, third, 2, 3, "shared.jpg", uuid="known", cookies=cookies))).read_bytes() == PHOTO
    remove_pieces(old_site)


def remove_pieces(site):
    for name in {path.split("/")[0] for path in kept_pieces(site)}:
        shutil.rmtree(site.data / "pieces" / name)


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
@pytest.mark.parametrize("number, count", [(3, 3), (-1, 3), (0, 513), (0, "1e9"), ("0x0", 2), ("", 3), (0, -1), (0, 10**30), ("a", "b")])
def test_numbers_of_pieces_are_bounded(old, old_site, number, count):
    answer = failed(piece(old, PHOTO, number, count, "a.jpg"))
    assert (answer["code"], answer["message"]) == (400, "Invalid input")
    assert kept_pieces(old_site) == []


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_files_in_pieces_are_bounded(old, old_site):
    """Sixteen at the same time for one sender; and those that were begun are finished."""
    for number in range(16):
        assert piece(old, b"x", 0, 2, f"{number}.jpg").content == b""
    assert failed(piece(old, b"x", 0, 2, "one more.jpg"))["code"] == 400
    assert piece(old, b"x", 0, 2, "3.jpg").content == b""
    for program in ["another", "and another"]:
        for uuid in [None, "another"]:
            refused = failed(piece(old, b"x", 0, 2, "one more.jpg", uuid=uuid, headers={"User-Agent": program}))
            assert refused["message"].startswith("未完成的分片上传过多")
    with old_site.setting(trusted_proxies="127.0.0.1"):
        assert piece(old, b"x", 0, 2, "one more.jpg", headers={"X-Forwarded-For": "192.0.2.7"}).content == b""
    assert piece(old, b"x", 0, 2, "one more.jpg", cookies=session_of(old_site, "anna")).content == b""
    remove_pieces(old_site)


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_the_size_of_all_pieces_is_bounded(old, old_site):
    with old_site.setting(image_max_bytes="1MB", video_max_bytes="1MB"):
        assert piece(old, b"x" * 700_000, 0, 3, "a.jpg").content == b""
        assert failed(piece(old, b"x" * 700_000, 1, 3, "a.jpg"))["message"].startswith("文件太大。")
    assert kept_pieces(old_site) == []


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_old_pieces_are_swept(old, old_site):
    piece(old, b"x", 0, 2, "a.jpg")
    old_site.imagebed("gc")
    assert len(kept_pieces(old_site)) == 1
    kept = old_site.data / "pieces" / kept_pieces(old_site)[0]
    os.utime(kept, (time.time() - 7 * 3600,) * 2)
    old_site.imagebed("gc")
    assert not kept.parent.exists()


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_checks_come_before_pieces(old, old_site):
    """Nobody who may not upload leaves anything here."""
    with old_site.setting(anonymous_upload="off"):
        assert failed(piece(old, b"x", 0, 2, "a.jpg"))["code"] == 401
    assert failed(piece(OldClient(old_site, "wrong"), b"x", 0, 2, "a.jpg", path=API, field="image"))["code"] == 202
    with old_site.setting(check_addresses="on", address_list="127.0.0.1"):
        assert failed(piece(old, b"x", 0, 2, "a.jpg"))["code"] == 205
    with old_site.setting(chunk_bytes="0"):
        assert failed(piece(old, b"x", 0, 2, "a.jpg"))["message"] == "Invalid input"
    assert kept_pieces(old_site) == []


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
@pytest.mark.parametrize("field", ["image", "file"])
def test_pieces_by_the_api(old, field):
    """`image` as every upload there, or `file` as the replaced program wanted pieces."""
    answers = [piece(old, content, number, 3, "c:\\my photo.jpg", path=API, field=field) for number, content in enumerate(thirds())]
    answer = succeeded(answers[2])
    assert old.stored(answer).read_bytes() == PHOTO and answer["srcName"] == "my photo"


def test_one_piece(old, old_site):
    assert succeeded(piece(old, PHOTO, 0, 1, "small.jpg"))["srcName"] == "small"
    with old_site.setting(chunk_bytes="0"):
        assert succeeded(piece(old, PHOTO, 0, 1, "small.jpg"))["srcName"] == "blob"


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_pieces_in_any_order_and_again(old):
    contents = thirds()
    for number in [2, 0, 0, 2]:
        assert piece(old, contents[number], number, 3, "turned.jpg").content == b""
    assert old.stored(succeeded(piece(old, contents[1], 1, 3, "turned.jpg"))).read_bytes() == PHOTO


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_pieces_at_the_same_moment(old_site):
    contents = [PHOTO[start:start + 300] for start in range(0, len(PHOTO), 300)]
    answers = at_once(len(contents), lambda number: piece(OldClient(old_site), contents[number], number, len(contents), "fast.jpg"))
    finished = [answer for answer in answers if answer.content]
    assert len(finished) == 1 and OldClient(old_site).stored(succeeded(finished[0])).read_bytes() == PHOTO


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_joined_pieces_go_through_the_checks(old, old_site):
    for content, message in [(b"no picture at all, in three pieces", "不正确的文件格式。"), (pictures.svg("<script>1</script>"), "请勿上传非法文件")]:
        answers = [piece(old, part, number, 3, "a.jpg") for number, part in enumerate(thirds(content))]
        assert failed(answers[2])["message"] == message
    assert kept_pieces(old_site) == []


# Whoever wrote X-Forwarded-For was believed

FORGED = {"X-Forwarded-For": "203.0.113.9", "Client-IP": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}


def test_forged_headers_do_not_pass_a_black_list(old, old_site):
    with old_site.setting(check_addresses="on", address_list="127.0.0.1"):
        assert failed(old.api(PHOTO, headers=FORGED))["code"] == 205


def test_forged_headers_do_not_pass_a_white_list(old, old_site):
    with old_site.setting(check_addresses="on", address_list="203.0.113.9", address_list_allows="on"):
        assert failed(old.api(PHOTO, headers=FORGED))["code"] == 205


def test_forged_headers_do_not_pass_the_daily_limit(old, old_site):
    old_site.query("DELETE FROM upload_count")
    with old_site.setting(daily_upload_limit=1):
        succeeded(old.page(PHOTO))
        assert failed(old.page(PHOTO, headers=FORGED))["code"] == 202
    assert [row[1] for row in old_site.query("SELECT * FROM upload_count")] == ["127.0.0.1"]


def test_a_listed_proxy_is_believed(old, old_site):
    with old_site.setting(trusted_proxies="127.0.0.0/8", check_addresses="on", address_list="203.0.113.*"):
        assert failed(old.api(PHOTO, headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}))["code"] == 205
        succeeded(old.api(PHOTO, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.1"}))
    with old_site.setting(trusted_proxies="127.0.0.0/8", check_addresses="on", address_list="2001:db8::/32"):
        assert failed(old.api(PHOTO, headers={"X-Forwarded-For": "2001:DB8:0::7"}))["code"] == 205


def test_IPv6_is_counted_by_network(old, old_site):
    old_site.query("DELETE FROM upload_count")
    with old_site.setting(trusted_proxies="127.0.0.1", daily_upload_limit=1, record_senders="on"):
        succeeded(old.page(PHOTO, headers={"X-Forwarded-For": "2001:db8:1:2::1"}))
        assert failed(old.page(PHOTO, headers={"X-Forwarded-For": "2001:db8:1:2:ffff::2"}))["code"] == 202
        succeeded(old.page(PHOTO, headers={"X-Forwarded-For": "2001:db8:1:3::1"}))
    assert [row[1] for row in old_site.query("SELECT * FROM upload_count ORDER BY 2")] == ["2001:db8:1:2::/64", "2001:db8:1:3::/64"]
    assert ("2001:db8:1:2::1",) in old_site.query("SELECT address FROM upload_record")
    old_site.query("DELETE FROM upload_count")


# The white list let strangers in and locked members of a wildcard out

@pytest.mark.parametrize("members, is_let_in", [("8.8.8.8", False), ("", False), ("127.*.*.*", True), ("127.0.0.1", True), ("127.0.0.0/8", True),
                                               ("8.8.8.8, 127.0.*.*", True), ("1", False), ("everybody, 127.0.0.1", True)])
def test_a_white_list_does_what_its_name_says(old, old_site, members, is_let_in):
    """Also one of a former version, which took entries that are none: the others count."""
    with old_site.setting(check_addresses="on", address_list="127.0.0.1", address_list_allows="on"):
        old_site.query("UPDATE settings SET value = ? WHERE key = 'address_list'", members)
        assert old.api(PHOTO).json()["code"] == (200 if is_let_in else 205)
        assert old.page(PHOTO).json()["code"] == (200 if is_let_in else 205)


# The filter for SVG looked for words

HOSTILE = {
    "upper case": pictures.svg("<SCRIPT>alert(1)</SCRIPT>"), "handler": pictures.svg(attributes='onload="alert(1)"'),
    "self-closing": pictures.svg('<script href="https://example.org/a.js"/>'),
    "style": pictures.svg("<style>@import url(https://example.org/a.css)</style>"),
    "foreign": pictures.svg('<foreignObject><iframe src="https://example.org"/></foreignObject>'),
    "entity": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + pictures.svg("<text>&x;</text>"),
    "link": pictures.svg('<a xlink:href="javascript:alert(1)" xmlns:xlink="http://www.w3.org/1999/xlink"><rect/></a>'),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("called", ["a.svg", "a.jpg", "blob"])
def test_active_graphics_are_refused_by_parsing(old, old_site, name, called):
    before = old_site.inventory()
    api, page = failed(old.api(HOSTILE[name], called)), failed(old.page(HOSTILE[name], called))
    assert (api["code"], api["message"]) == (205, "请勿上传非法文件") and list(api) == ["result", "code", "message"]
    assert (page["code"], page["message"]) == (406, "请勿上传非法文件")
    assert old_site.inventory() == before


def test_harmless_references_are_taken(old):
    gradient = pictures.svg('<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs>'
                            '<rect width="9" height="9" fill="url(#g)"/><use href="#g"/>')
    answer = succeeded(old.api(gradient, "a.svg"))
    served = old.get(answer["url"])
    assert served.headers["Content-Type"] == "image/svg+xml" and "sandbox" in served.headers["Content-Security-Policy"]


# Tokens that everybody knows; the sender's extension, whatever the content

@pytest.mark.parametrize("token", ["1c17b11693cb5ec63859b091c5b9c1b2", "", "0", "admin"])
def test_shipped_tokens_open_nothing(old_site, token):
    assert failed(OldClient(old_site, token or " ").api(PHOTO))["code"] == 202


@pytest.mark.parametrize("name", ["a.php", "a.foo", "a.html", "a.svg", "a.jpg.phtml", "a.JPG%00.php", ".htaccess", "a.", "a.png "])
def test_the_extension_follows_the_content(old, name):
    answer = succeeded(old.api(PHOTO, name))
    assert answer["url"].endswith(".jpg")
    assert old.get(answer["url"]).headers["Content-Type"] == "image/jpeg"


def test_nothing_is_left_of_what_was_refused(old, old_site):
    before = old_site.inventory()
    failed(old.api(b"text", "a.jpg")), failed(old.page(b"", "a.jpg")), failed(old.api(PHOTO, fields={}))
    failed(old.page(PHOTO, fields={})), failed(old.api(PHOTO[:20]))
    body = raw.form([raw.part("token", old.token), raw.part("image", PHOTO, "a.jpg")])[:-30]
    assert old.raw(raw.request("POST", API, [raw.form_type()], body)).json()["code"] == 400
    assert old_site.inventory() == before


@engines.of_one_node("pieces are at the node that got them; the front keeps a sender at one")
def test_pieces_of_a_tree_on_another_file_system(tmp_path):
    """A replaced site's pictures may lie on a disk of their own; pieces wait in the data folder."""
    tree = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-wire-", dir="/dev/shm"))
    site = Site()
    try:
        site.data.mkdir()
        (site.data / "uploads").symlink_to(tree)
        assert tree.stat().st_dev != site.data.stat().st_dev
        with site:
            for key, value in {"anonymous_upload": "on", "chunk_bytes": "64KB"}.items():
                site.imagebed("settings", "set", key, value)
            client = OldClient(site)
            answers = [piece(client, content, number, 3, "a.jpg") for number, content in enumerate(thirds())]
            assert client.get(succeeded(answers[2])["url"]).content == PHOTO
            assert kept_pieces(site) == []
    finally:
        shutil.rmtree(tree)
