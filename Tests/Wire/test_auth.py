# Who may upload: the three ways to show a key, which of them decides, and what a key may and may not do.

import time

import pytest

import engines
import pictures
import raw
from answers import assert_error

UPLOAD = "/api/v1/upload.php"
NO_LOGIN = (401, "Login required or invalid token")
BAD_KEY = (401, "Invalid API key")

GOOD, BAD, NONE = "good", "bad", None


def send(client, header=NONE, bearer=NONE, token=NONE):
    words = {GOOD: client.key, BAD: "wrong-key"}
    headers = {}
    if header:
        headers["X-API-Key"] = words[header]
    if bearer:
        headers["Authorization"] = "Bearer " + words[bearer]
    return client.upload(pictures.jpeg(), token=False, headers=headers, data={"token": words[token]} if token else {})


# X-API-Key, Authorization, form field; nothing is success.
MATRIX = [
    (NONE, NONE, NONE, NO_LOGIN), (NONE, NONE, GOOD, None), (NONE, NONE, BAD, NO_LOGIN),
    (GOOD, NONE, NONE, None), (BAD, NONE, NONE, BAD_KEY), (GOOD, NONE, BAD, None), (BAD, NONE, GOOD, BAD_KEY),
    (NONE, GOOD, NONE, None), (NONE, BAD, NONE, BAD_KEY), (NONE, GOOD, BAD, None), (NONE, BAD, GOOD, BAD_KEY),
]


@pytest.mark.parametrize("header, bearer, token, refusal", MATRIX)
def test_matrix(client, header, bearer, token, refusal):
    response = send(client, header, bearer, token)
    if refusal:
        assert_error(response, *refusal)
    else:
        assert response.status_code == 200, response.text


HOSTILE_KEYS = ["", " ", "wrong", "' OR 1=1 --", "%00", "a" * 257, "a" * 4000, "null", "0", "true", "[]"]


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("key", HOSTILE_KEYS)
def test_hostile_keys(client, key):
    assert_error(client.upload(pictures.jpeg(), token=False, data={"token": key}), *NO_LOGIN)
    if key.strip():
        assert_error(client.upload(pictures.jpeg(), token=False, headers={"X-API-Key": key}), *BAD_KEY)


@pytest.mark.usefixtures("nothing_left")
def test_key_of_another_case_or_length(client):
    for key in [client.key.swapcase(), client.key[:-1], client.key + "0", client.key[1:], client.key[::-1]]:
        assert_error(client.upload(pictures.jpeg(), token=False, headers={"X-API-Key": key}), *BAD_KEY)


@pytest.mark.usefixtures("nothing_left")
def test_key_elsewhere_does_not_count(client):
    """Keys in URLs end up in logs, keys in cookies come with forged requests."""
    picture = {"image": ("a.jpg", pictures.jpeg())}
    assert_error(client.request("POST", f"{UPLOAD}?token={client.key}", files=picture), *NO_LOGIN)
    assert_error(client.request("POST", UPLOAD, files=picture, cookies={"token": client.key}), *NO_LOGIN)


@pytest.mark.usefixtures("nothing_left")
def test_repeated_and_oversized_tokens(client):
    picture = raw.part("image", pictures.jpeg(), "a.jpg")
    twice = client.post_form([raw.part("token", client.key), raw.part("token", client.key), picture], key=False)
    assert_error(twice, 400, "Invalid parameter: token")
    huge = client.post_form([raw.part("token", "a" * 5_000_000), picture], key=False)
    assert huge.status_code in (400, 401) and huge.json()["result"] == "error"


def test_revoked_and_expired_keys(client, site):
    made = made_key(site, "short-lived")
    assert client.upload(pictures.jpeg(), token=False, headers={"X-API-Key": made}).status_code == 200
    site.query("UPDATE api_key SET expires_at = ? WHERE name = 'short-lived'", int(time.time()) - 1)
    assert_error(client.upload(pictures.jpeg(), token=False, headers={"X-API-Key": made}), *BAD_KEY)
    site.query("UPDATE api_key SET expires_at = NULL, revoked_at = ? WHERE name = 'short-lived'", int(time.time()))
    assert_error(client.upload(pictures.jpeg(), token=False, headers={"X-API-Key": made}), *BAD_KEY)


def test_scope(client, site):
    made = made_key(site, "reader", "--scopes", "read")
    response = client.upload(pictures.jpeg(), token=False, headers={"X-API-Key": made})
    assert response.status_code == 403 and response.json()["code"] == 403 and response.json()["result"] == "error"
    assert client.get("/api/v1/list.php?mine=1", headers={"X-API-Key": made}).status_code == 200


def made_key(site, name, *options):
    import json
    made = site.imagebed("key", "create", "--user", site.first_run["ADMIN_USER"], "--name", name, "--json", *options)
    return json.loads(made.stdout)["key"]


def test_keys_are_not_kept(site):
    """The database holds digests only."""
    assert engines.holds(site.data, b"admin")
    assert not engines.holds(site.data, site.key.encode())
    assert not engines.holds(site.data, site.first_run["ADMIN_PASSWORD"].encode())


def test_keys_are_not_logged(client, site):
    send(client, header=GOOD)
    send(client, token=BAD)
    client.get("/application/del.php?hash=secret-of-a-link")
    logs = site.transcript() + "".join(path.read_text(errors="replace") for path in (site.data / "logs").rglob("*") if path.is_file())
    assert site.key not in logs.replace(first_words(site), "") and "wrong-key" not in logs and "secret-of-a-link" not in logs


def first_words(site):
    """What `run` itself prints for the newcomer may name the key."""
    return site.transcript().partition("ready http")[0]


def test_anonymous_upload(client, site):
    with site.setting(anonymous_upload="on"):
        assert send(client).status_code == 200
        assert_error(send(client, token=BAD), *NO_LOGIN)
        assert_error(send(client, header=BAD), *BAD_KEY)
    assert_error(send(client), *NO_LOGIN)
