# A key with what pasting adds around it, in every place that takes one; and a key's own `-` and `_`, which belong to it.

import json

import pytest

import pictures
import raw
from client import Client
from old_forms import API, OldClient, failed, succeeded
from running_site import Site
from syncing import SYNC
from tus import Tus

PHOTO = pictures.jpeg()
# Of forms, where any byte can stand, and of headers, where HTTP allows no line end.
AROUND = {"blank": " ", "tab": "\t", "line end of Windows": "\r\n", "no-break": "\u00a0", "full-width": "\u3000", "byte order mark": "\ufeff",
          "several": "\r\n \u3000\ufeff\u00a0"}
IN_HEADERS = {"blank": b" ", "tab": b"\t", "no-break": b"\xc2\xa0", "full-width": b"\xe3\x80\x80", "byte order mark": b"\xef\xbb\xbf",
              "no-break in Latin-1, as libraries write it": b"\xa0"}


@pytest.fixture(scope="module", params=["nginx", "apache"])
def site(request):
    with Site(options=["--web", request.param]) as running:
        yield running


@pytest.fixture(scope="module")
def keys(site):
    """A key with a dash, one with a low line, and whatever comes."""
    made = []
    for wanted in ["-", "_", ""]:
        while wanted not in (key := json.loads(site.imagebed("key", "create", "--user", "admin", "--json").stdout)["key"])[3:]:
            pass
        made.append(key)
    return made


@pytest.mark.parametrize("around", AROUND)
def test_in_forms(site, keys, around):
    blank = AROUND[around]
    for key in keys:
        for sent in (blank + key, key + blank, blank + key + blank):
            assert Client(site).upload(PHOTO, token=False, data={"token": sent}).status_code == 200
            succeeded(OldClient(site).api(PHOTO, fields={"token": sent}))
            body = {"file_key": "pasted", "content": 1, "device_id": "d", "token": sent}
            assert Client(site).request("POST", SYNC, json=body).status_code == 200
            assert Client(site).request("POST", SYNC, data={**body, "content": "1"}).status_code == 200


@pytest.mark.parametrize("around", IN_HEADERS)
def test_in_headers(site, keys, around):
    blank, body = IN_HEADERS[around], raw.form([raw.part("image", PHOTO, "a.jpg")])
    for key in keys:
        for sent in (blank + key.encode(), key.encode() + blank):
            for name in (b"X-API-Key: ", b"Authorization: Bearer ", b"Authorization: bearer" + (blank if blank[0] > 127 else b"")):
                head = [raw.form_type(), (name + sent).decode("utf-8", "surrogateescape")]
                answer = Client(site).raw(raw.request("POST", site.prefix + "/api/v1/upload.php", head, body))
                assert answer.status == (200 if not name.endswith(b"bearer") or sent.startswith(blank) else 401), (name, answer.body)
            wire = raw.request("GET", site.prefix + "/api/v1/list.php?mine=1", [(b"X-API-Key: " + sent).decode("utf-8", "surrogateescape")])
            assert Client(site).raw(wire).status == 200


def test_of_resumable_uploads(site, keys):
    for key in keys:
        tus = Tus(site, headers={"X-API-Key": b"\xc2\xa0" + key.encode() + b"\xe3\x80\x80"})
        tus.key = key
        assert tus.create(len(PHOTO), body=PHOTO).status_code == 201


def test_a_key_that_is_only_blank_is_none(site):
    for blank in AROUND.values():
        assert Client(site).upload(PHOTO, token=False, data={"token": blank}).json()["error"] == "Login required or invalid token"
    with site.setting(anonymous_upload="on"):
        for blank in AROUND.values():
            assert Client(site).upload(PHOTO, token=False, data={"token": blank}).status_code == 200


def test_other_keys_stay_other_keys(site, keys):
    key = keys[0]
    for sent in [key + "x", "x" + key, key[:-1], key[:10] + " " + key[10:], key.replace("-", "")]:
        assert Client(site).upload(PHOTO, token=False, data={"token": sent}).status_code == 401
        assert Client(site).upload(PHOTO, token=False, headers={"X-API-Key": sent}).status_code == 401
    for sent in [key + "x", key[:-1], key.replace("-", "")]:
        assert failed(OldClient(site).api(PHOTO, fields={"token": sent}))["message"] == "Token Error"
    # EasyImages drops blanks inside a token too.
    succeeded(OldClient(site).api(PHOTO, path=API, fields={"token": key[:10] + " " + key[10:]}))


@pytest.mark.parametrize("around", AROUND)
def test_delete_links(site, around):
    client, blank = Client(site), AROUND[around]
    for path in ("/application/del.php", "/app/del.php"):
        token = client.uploaded(PHOTO)["del"].partition("hash=")[2]
        assert client.get(path, params={"hash": blank + token + blank}).json()["result"] == "success"


def test_hidden_links(site):
    with site.setting(hide_links="on"):
        link = succeeded(OldClient(site).api(PHOTO))["url"]
    address, _, key = link.partition("key=")
    for blank in AROUND.values():
        assert Client(site).get(address.partition("?")[0], params={"key": blank + key + blank}).content == PHOTO


def test_the_command_line_takes_a_pasted_number(site):
    made = json.loads(site.imagebed("key", "create", "--user", "admin", "--json").stdout)
    assert site.imagebed("key", "revoke", f"\u00a0{made['id']}\u3000").returncode == 0
    assert Client(site, made["key"]).upload(PHOTO).status_code == 401
