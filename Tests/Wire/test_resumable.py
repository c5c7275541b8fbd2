# Resumable uploads (tus 1.0): each request and each refusal of the protocol, and what is kept when something breaks.

import contextlib
import email.utils
import fcntl
import json
import os
import signal
import struct
import time
import uuid

import pytest

import engines
import pictures
import raw
import videos
from accounts import account, session_of
from answers import assert_error, error, headers_of, members_of
from old_forms import OldClient
from running_site import Site, at_once, until
from tus import BYTES, PATH, Tus, checksum, metadata

PHOTO = pictures.jpeg()
LARGE = pictures.encode(pictures.drawing(900, 700, noise=True), "jpeg", quality=95)
assert len(LARGE) > 300_000
one_at_a_time = engines.of_one_node("each watches over its own requests; the front keeps an upload at one")


@pytest.fixture(scope="module", params=["nginx", "apache"])
def site(request):
    with Site(options=["--web", request.param]) as running:
        running.imagebed("settings", "set", "anonymous_upload", "on")
        yield running


@pytest.fixture(scope="module")
def tus(site):
    return Tus(site, site.key)


@pytest.fixture(autouse=True)
def few_uploads(site):
    """Each test has the limits for itself."""
    yield
    site.query("UPDATE resumable_upload SET ends_at = 0")
    site.imagebed("gc")


def drafts(site):
    return [name for name in site.files() if name.startswith(".incoming/")]


def count(site):
    return site.query("SELECT count(*) FROM file")[0][0]


def assert_tus(response, status):
    assert (response.status_code, response.headers["Tus-Resumable"]) == (status, "1.0.0"), response.text
    return response


def refused(response, status, message, **headers):
    """A refusal in the words of the API."""
    assert_tus(response, status)
    body = members_of(response)
    assert body == error(status, message)
    seen = headers_of(response)
    for name, value in headers.items():
        assert seen[name.replace("_", "-").lower()] == value
    return body


@contextlib.contextmanager
def all_locked(site):
    """As if a request were writing to every upload."""
    with open(site.data / "run" / "resumable-uploads", "a+b") as file:
        fcntl.fcntl(file, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))  # F_OFD_SETLK
        yield


# What the server says of itself

def test_discovery(site, tus):
    response = assert_tus(tus.send("OPTIONS", PATH, Tus_Resumable=None, X_API_Key=None), 204)
    seen = headers_of(response)
    assert seen["tus-version"] == "1.0.0"
    assert seen["tus-extension"].split(",") == ["creation", "creation-with-upload", "expiration", "termination", "checksum"]
    assert seen["tus-max-size"] == str(50 << 20) and seen["tus-checksum-algorithm"] == "sha1,sha256"


def test_pages_of_other_origins_may_use_it(tus):
    seen = headers_of(tus.send("OPTIONS", PATH, Origin="https://blog.example.org", Access_Control_Request_Method="PATCH"))
    assert seen["access-control-allow-origin"] == "*" and "PATCH" in seen["access-control-allow-methods"]
    allowed = {word.strip().lower() for word in seen["access-control-allow-headers"].split(",")}
    assert {"tus-resumable", "upload-length", "upload-offset", "upload-metadata", "upload-checksum", "x-http-method-override",
            "idempotency-key", "x-api-key", "content-type"} <= allowed
    for response in [tus.create(10), tus.create("x")]:
        exposed = {word.strip().lower() for word in headers_of(response)["access-control-expose-headers"].split(",")}
        assert {"location", "upload-offset", "upload-expires", "tus-resumable", "tus-version"} <= exposed
        assert headers_of(response)["access-control-allow-origin"] == "*"


# The main job

def test_in_one_piece(site, tus):
    response = assert_tus(tus.create(len(PHOTO), "café 图.jpg"), 201)
    address = response.headers["Location"]
    assert address.startswith(f"{site.url}{PATH}?id=") and len(address.partition("id=")[2]) == 32
    end = email.utils.parsedate_to_datetime(response.headers["Upload-Expires"]).timestamp()
    assert abs(end - time.time() - 86_400) < 600 and response.headers["Upload-Offset"] == "0"
    assert tus.told(address)["state"] == "receiving"
    before = count(site)
    response = assert_tus(tus.patch(address, 0, PHOTO), 204)
    assert response.headers["Upload-Offset"] == str(len(PHOTO)) and response.headers["Cache-Control"] == "no-store"
    answer = tus.told(address)
    assert answer.pop("state") == "stored" and answer["result"] == "success" and answer["srcName"] == "café 图.jpg"
    assert site.stored(answer["url"]).read_bytes() == PHOTO and count(site) == before + 1
    # The very answer of upload.php, but for what is of each file.
    ordinary = tus.upload(PHOTO, "café 图.jpg", token=False, headers={"X-API-Key": site.key}).json()
    assert list(answer) == list(ordinary)
    assert drafts(site) == []


def test_in_pieces(site, tus):
    address = tus.begin(len(LARGE))
    for start in range(0, len(LARGE), 100_000):
        assert tus.offset(address) == start
        assert tus.told(address) == {"state": "receiving", "offset": start, "length": len(LARGE), "expires": tus.told(address)["expires"]}
        assert_tus(tus.patch(address, start, LARGE[start:start + 100_000]), 204)
    assert site.stored(tus.told(address)["url"]).read_bytes() == LARGE


def test_head(tus):
    told = metadata(filename="a.jpg", filetype="image/jpeg")
    response = tus.send("POST", PATH, Upload_Length="1000", Upload_Metadata=told)
    response = assert_tus(tus.head(response.headers["Location"]), 200)
    seen = headers_of(response)
    assert (seen["upload-offset"], seen["upload-length"], seen["upload-metadata"]) == ("0", "1000", told)
    assert seen["cache-control"] == "no-store" and "upload-expires" in seen


def test_with_the_first_bytes_at_once(site, tus):
    response = assert_tus(tus.create(len(LARGE), body=LARGE[:150_000]), 201)
    assert response.headers["Upload-Offset"] == "150000"
    assert_tus(tus.patch(response.headers["Location"], 150_000, LARGE[150_000:]), 204)
    whole = assert_tus(tus.create(len(PHOTO), body=PHOTO), 201)
    assert whole.headers["Upload-Offset"] == str(len(PHOTO)) and tus.told(whole.headers["Location"])["state"] == "stored"


def test_first_bytes_that_are_refused_leave_nothing(site, tus):
    refused(tus.create(10, body=b"12345", Upload_Checksum=checksum(b"other")), 460, "Checksum mismatch")
    refused(tus.create(3, body=b"12345"), 413, "More bytes than Upload-Length")
    assert site.query("SELECT count(*) FROM resumable_upload") == [(0,)] and drafts(site) == []
    assert tus.create(10, body=b"12345", Upload_Checksum=checksum(b"12345")).headers["Upload-Offset"] == "5"


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE", "GET"])
def test_other_methods_in_a_post(tus, method):
    address = tus.begin(len(PHOTO))
    response = tus.send("POST", address, PHOTO[:10] if method == "PATCH" else None, X_HTTP_Method_Override=method, Upload_Offset="0", Content_Type=BYTES)
    assert response.status_code == {"HEAD": 200, "PATCH": 204, "DELETE": 204, "GET": 200}[method]


def test_no_other_method_in_a_get(tus):
    """Any page can make a browser send a GET with its cookies."""
    address = tus.begin(len(PHOTO))
    assert tus.send("GET", address, X_HTTP_Method_Override="DELETE").json()["state"] == "receiving"
    assert tus.offset(address) == 0


def test_removal(site, tus):
    address = tus.begin(len(LARGE))
    tus.patch(address, 0, LARGE[:1000])
    assert len(drafts(site)) == 1
    assert_tus(tus.send("DELETE", address), 204)
    assert drafts(site) == [] and site.query("SELECT count(*) FROM resumable_upload") == [(0,)]
    refused(tus.send("DELETE", address), 404, "Upload not found")


def test_removal_of_what_is_stored(site, tus):
    answer = tus.uploaded(PHOTO)
    address = tus.begin(len(PHOTO))
    tus.patch(address, 0, PHOTO)
    url = tus.told(address)["url"]
    assert_tus(tus.send("DELETE", address), 204)
    assert site.stored(url).exists() and answer["url"] != url


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_checksums(site, tus, algorithm):
    address = tus.begin(len(LARGE))
    middle = 200_000
    assert_tus(tus.patch(address, 0, LARGE[:middle], Upload_Checksum=checksum(LARGE[:middle], algorithm)), 204)
    refused(tus.patch(address, middle, LARGE[middle:], Upload_Checksum=checksum(b"other", algorithm)), 460, "Checksum mismatch")
    assert tus.offset(address) == middle
    assert_tus(tus.patch(address, middle, LARGE[middle:], Upload_Checksum=checksum(LARGE[middle:], algorithm)), 204)
    assert site.stored(tus.told(address)["url"]).read_bytes() == LARGE


def test_a_broken_piece(site, tus):
    """Both web servers take a request in whole before a responder sees it: what broke is lost as a whole, and nothing else."""
    address = tus.begin(len(LARGE))
    tus.patch(address, 0, LARGE[:100_000])
    wire = raw.request("PATCH", address.removeprefix(site.url), [
        f"X-API-Key: {site.key}", "Tus-Resumable: 1.0.0", "Upload-Offset: 100000", f"Content-Type: {BYTES}"], LARGE[100_000:600_000],
        length=len(LARGE) - 100_000)
    with raw.socket.create_connection(("127.0.0.1", site.port)) as connection:
        connection.sendall(wire)
    assert tus.offset(address) == 100_000
    assert tus.patch(address, 100_000, LARGE[100_000:]).status_code == 204
    assert site.stored(tus.told(address)["url"]).read_bytes() == LARGE


# Refusals of the protocol

@pytest.mark.parametrize("version", [None, "0.2.2", "1.0.1", ""])
def test_412_another_version(tus, version):
    address = tus.begin(10)
    for response in [tus.create(10, Tus_Resumable=version), tus.patch(address, 0, b"x", Tus_Resumable=version),
                     tus.send("DELETE", address, Tus_Resumable=version)]:
        refused(response, 412, "Unsupported version of tus: Tus-Resumable: 1.0.0 is expected", Tus_Version="1.0.0")
    assert tus.head(address, Tus_Resumable=version).status_code == 412
    assert tus.offset(address) == 0


@pytest.mark.parametrize("headers, message", [
    ({"Upload_Length": None}, "Invalid parameter: Upload-Length"), ({"Upload_Length": "-1"}, "Invalid parameter: Upload-Length"),
    ({"Upload_Length": "1e3"}, "Invalid parameter: Upload-Length"), ({"Upload_Length": "9" * 30}, "Invalid parameter: Upload-Length"),
    ({"Upload_Length": None, "Upload_Defer_Length": "1"}, "Upload-Defer-Length is not supported: send Upload-Length"),
    ({"Upload_Length": "0"}, "No file uploaded"), ({"Upload_Metadata": "filename !!"}, "Invalid parameter: Upload-Metadata"),
    ({"Upload_Metadata": "filename " + "QUFB" * 1100}, "Invalid parameter: Upload-Metadata"),
    ({"Upload_Metadata": metadata(dialect="v2")}, "Invalid parameter: Upload-Metadata"),
    ({"Idempotency_Key": "short"}, "Invalid parameter: Idempotency-Key (16 to 255 visible ASCII characters)"),
])
def test_400_what_cannot_be_begun(site, tus, headers, message):
    refused(tus.create(10, **headers), 400, message)
    assert site.query("SELECT count(*) FROM resumable_upload WHERE ends_at > 0") == [(0,)]


@pytest.mark.parametrize("headers, message", [
    ({"Upload_Offset": None}, "Invalid parameter: Upload-Offset"), ({"Upload_Offset": "-1"}, "Invalid parameter: Upload-Offset"),
    ({"Upload_Checksum": "md5 AAAA"}, "Invalid parameter: Upload-Checksum"), ({"Upload_Checksum": "sha1 AAAA"}, "Invalid parameter: Upload-Checksum"),
    ({"Upload_Checksum": "sha256"}, "Invalid parameter: Upload-Checksum"),
])
def test_400_what_cannot_be_appended(tus, headers, message):
    address = tus.begin(10)
    refused(tus.patch(address, 0, b"x", **headers), 400, message)
    assert tus.offset(address) == 0


def test_404_unknown_uploads(tus):
    for address in [f"{PATH}?id={uuid.uuid4().hex}", f"{PATH}?id=x", PATH, f"{PATH}?id={'A' * 32}", f"{PATH}?id=../../etc/passwd"]:
        refused(tus.patch(address, 0, b"x"), 404, "Upload not found")
        refused(tus.send("GET", address), 404, "Upload not found")
        assert tus.head(address).status_code == 404


def test_405_other_methods(tus):
    for response in [tus.send("PUT", PATH), tus.send("POST", PATH, X_HTTP_Method_Override="PUT")]:
        assert refused(response, 405, "Method not allowed") and "PATCH" in response.headers["Allow"]


def test_409_another_offset(tus):
    address = tus.begin(len(LARGE))
    tus.patch(address, 0, LARGE[:1000])
    for offset in [0, 999, 1001, len(LARGE), 10**18]:
        refused(tus.patch(address, offset, LARGE[1000:2000]), 409, "Upload-Offset is not 1000", Upload_Offset="1000")
    assert tus.offset(address) == 1000


def test_410_ended(site, tus):
    address = tus.begin(len(PHOTO))
    tus.patch(address, 0, PHOTO[:10])
    site.query("UPDATE resumable_upload SET ends_at = ?", int(time.time()))
    for response in [tus.patch(address, 10, PHOTO[10:]), tus.send("GET", address), tus.send("DELETE", address)]:
        refused(response, 410, "Upload expired: begin it anew")
    assert tus.head(address).status_code == 410
    site.imagebed("gc")
    assert drafts(site) == []
    refused(tus.send("GET", address), 404, "Upload not found")


def test_410_without_its_bytes(site, tus):
    """Somebody removed the file, or a backup was restored, which has none of them."""
    address = tus.begin(len(PHOTO))
    tus.patch(address, 0, PHOTO[:10])
    (site.uploads / drafts(site)[0]).unlink()
    refused(tus.patch(address, 10, PHOTO[10:]), 410, "Upload expired: begin it anew")
    assert tus.head(address).status_code == 404


def test_413_over_the_length(site, tus):
    limit = 50 << 20
    assert refused(tus.create(limit + 1), 413, "File too large")["detail"] == (
        "The file has 52,428,801 bytes; this site takes 52,428,800 in one of its kind. Send a smaller one.")
    assert tus.create(limit).status_code == 201
    address = tus.begin(100)
    refused(tus.patch(address, 0, b"x" * 101), 413, "More bytes than Upload-Length")
    assert tus.patch(address, 0, b"x" * 60).status_code == 204
    refused(tus.patch(address, 60, b"x" * 41), 413, "More bytes than Upload-Length")
    assert tus.offset(address) == 60


def test_415_another_type(tus):
    address = tus.begin(10)
    for kind in ["application/octet-stream", "multipart/form-data; boundary=x", "", None]:
        refused(tus.patch(address, 0, b"x", Content_Type=kind), 415, f"Invalid content type: {BYTES} is expected")
    assert tus.offset(address) == 0


@one_at_a_time
def test_423_while_it_is_written(site, tus):
    address = tus.begin(10)
    with all_locked(site):
        for response in [tus.patch(address, 0, b"x"), tus.send("DELETE", address)]:
            refused(response, 423, "Another request is writing this upload", Retry_After="1")
        assert tus.offset(address) == 0 and tus.told(address)["state"] == "receiving"
    assert tus.patch(address, 0, b"x").status_code == 204


@one_at_a_time
def test_two_at_once(site, tus):
    address = tus.begin(len(LARGE))
    statuses = at_once(6, lambda _: Tus(site, site.key).patch(address, 0, LARGE).status_code)
    assert statuses.count(204) == 1 and set(statuses) <= {204, 409, 423}
    assert site.stored(tus.told(address)["url"]).read_bytes() == LARGE


# Whose it is

def test_others_find_nothing(site, tus):
    account(site, "anna")
    other = json.loads(site.imagebed("key", "create", "--user", "anna", "--name", "one", "--json").stdout)["key"]
    address = tus.begin(len(PHOTO))
    for client in [Tus(site, other), Tus(site), Tus(site, cookies=session_of(site, "anna"), headers={"Origin": site.url})]:
        refused(client.patch(address, 0, PHOTO), 404, "Upload not found")
        refused(client.send("GET", address), 404, "Upload not found")
        refused(client.send("DELETE", address), 404, "Upload not found")
    refused(Tus(site, "wrong").create(10), 401, "Invalid API key")
    assert tus.offset(address) == 0


def test_a_visitors_upload_belongs_to_whoever_knows_its_address(site):
    """A device that loses its network comes back with another one, and perhaps without a cookie."""
    address = Tus(site).begin(len(PHOTO))
    with site.setting(trusted_proxies="127.0.0.1"):
        assert Tus(site, headers={"X-Forwarded-For": "192.0.2.9"}).patch(address, 0, PHOTO).status_code == 204
    with site.setting(anonymous_upload="off"):
        refused(Tus(site).create(10), 401, "Login required or invalid token")
        refused(Tus(site).send("GET", address), 401, "Login required or invalid token")
    assert Tus(site).told(address)["state"] == "stored"


def test_a_session_counts_for_pages_of_this_site(site):
    cookies = session_of(site, "anna")
    own = Tus(site, cookies=cookies, headers={"Origin": site.url})
    address = own.begin(len(PHOTO))
    foreign = Tus(site, cookies=cookies, headers={"Origin": "https://evil.example.org"})
    refused(foreign.patch(address, 0, PHOTO), 404, "Upload not found")
    assert own.patch(address, 0, PHOTO).status_code == 204
    assert site.query("SELECT account_id FROM file ORDER BY id DESC LIMIT 1") == [(account(site, "anna"),)]


def test_ids_are_kept_as_digests(site, tus):
    address = tus.begin(len(PHOTO))
    tus.patch(address, 0, PHOTO[:10])
    secret = address.partition("id=")[2].encode()
    for path in site.data.rglob("*"):
        if path.is_file():
            assert secret not in path.read_bytes() and secret.decode() not in str(path), path


# Limits

def test_429_too_many(site, tus):
    for _ in range(16):
        tus.begin(10)
    refused(tus.create(10), 429, "Too many unfinished uploads: 16 at a time", Retry_After="60")
    assert Tus(site).create(10).status_code == 201, "a visitor's are counted by address"


def test_429_too_much(site, tus):
    """What the page sends at a time, and one more, of the largest files."""
    limit = 50 << 20
    addresses = [tus.begin(limit) for _ in range(4)]
    refused(tus.create(1), 429, f"Unfinished uploads are too large: {4 * limit} bytes together")
    tus.send("DELETE", addresses[0])
    assert tus.create(10).status_code == 201


def test_507_counts_what_is_still_to_come(site, tus):
    disk = os.statvfs(site.uploads)
    free = disk.f_bavail * disk.f_frsize
    if not 3 << 30 < free < 1 << 40:
        pytest.skip("minimum_free_bytes has no such value")
    with site.setting(video_max_bytes="2GB", minimum_free_bytes=str(free - (1_800 << 20))):
        assert Tus(site).create(1_200 << 20).status_code == 201
        refused(tus.create(1_200 << 20), 507, "Insufficient storage")


def test_the_type_is_seen_in_the_first_bytes(site, tus):
    address = tus.begin(1 << 20, "a.jpg")
    refused(tus.patch(address, 0, b"text " * 20_000), 400, "Invalid file type")
    assert drafts(site) == [] and tus.told(address) == {"state": "refused", **error(400, "Invalid file type")}
    with site.setting(video_upload="off"):
        address = tus.begin(2 << 20, "a.mp4")
        refused(tus.patch(address, 0, videos.padded(videos.sample("mp4"), 2 << 20)[:100_000]), 403, "Video upload disabled")
    with site.setting(image_max_bytes="1MB"):
        address = tus.begin(2 << 20, "a.mp4")
        refused(tus.patch(address, 0, LARGE[:100_000]), 400, "File too large")


def test_a_tga_is_not_seen_in_the_first_bytes(site, tus):
    content = pictures.encode(pictures.drawing(400, 300), "tga")
    address = tus.begin(len(content), "a.tga")
    assert tus.patch(address, 0, content[:100_000]).status_code == 204
    assert tus.patch(address, 100_000, content[100_000:]).status_code == 204 and tus.told(address)["state"] == "stored"


# Refused and repeated outcomes

def test_a_refusal_is_told_for_a_day(site, tus):
    address = tus.begin(20)
    refused(tus.patch(address, 0, b"twenty bytes of text"), 400, "Invalid file type")
    assert tus.told(address) == {"state": "refused", **error(400, "Invalid file type")}
    refused(tus.patch(address, 20, b""), 400, "Invalid file type")
    assert tus.head(address).status_code == 400 and drafts(site) == []


def test_the_last_answer_costs_nothing(site, tus):
    address = tus.begin(len(PHOTO))
    before = count(site)
    tus.patch(address, 0, PHOTO)
    first = tus.told(address)
    assert tus.offset(address) == len(PHOTO)
    assert_tus(tus.patch(address, len(PHOTO), b""), 204)
    refused(tus.patch(address, 0, PHOTO), 409, f"Upload-Offset is not {len(PHOTO)}")
    assert tus.told(address) == first and count(site) == before + 1


def test_the_outcome_of_a_deleted_file(site, tus):
    address = tus.begin(len(PHOTO))
    tus.patch(address, 0, PHOTO)
    tus.get(tus.told(address)["del"])
    assert tus.send("GET", address).status_code == 410


@pytest.mark.parametrize("way", ["HEAD", "GET", "PATCH"])
def test_what_is_temporary_is_tried_again(site, tus, way):
    """The bytes are there, the database is busy: the client is not told that all is done, and nothing is sent again."""
    address = tus.begin(len(LARGE))
    tus.patch(address, 0, LARGE[:-1])
    with engines.opened(site.data) as database:
        # The row of the file cannot be written, that of the upload can.
        database.query("CREATE TRIGGER busy BEFORE INSERT ON file BEGIN SELECT RAISE(ABORT, 'not now'); END")
        try:
            assert tus.patch(address, len(LARGE) - 1, LARGE[-1:]).status_code == 500
            assert tus.head(address).status_code == 500 and len(drafts(site)) == 1
        finally:
            database.query("DROP TRIGGER busy")
        {"HEAD": lambda: tus.offset(address), "GET": lambda: tus.told(address), "PATCH": lambda: tus.patch(address, len(LARGE), b"")}[way]()
    assert site.stored(tus.told(address)["url"]).read_bytes() == LARGE and drafts(site) == []


def test_killed_with_the_last_bytes_on_the_disk(site, tus):
    """Wherever the file was then: nothing is sent again, and there is one."""
    before = count(site)
    address = tus.begin(len(LARGE))
    tus.patch(address, 0, LARGE[:-1])
    wire = raw.request("PATCH", address.removeprefix(site.url), [
        f"X-API-Key: {site.key}", "Tus-Resumable: 1.0.0", f"Upload-Offset: {len(LARGE) - 1}", f"Content-Type: {BYTES}"], LARGE[-1:])
    with raw.socket.create_connection(("127.0.0.1", site.port)) as connection:
        connection.sendall(wire)
        assert until(lambda: site.query("SELECT max(position) FROM resumable_upload") == [(len(LARGE),)], pause=0)
        for process in site.responders("tus"):
            os.kill(process, signal.SIGKILL)
        raw.read_all(connection)
    assert until(lambda: tus.head(address).status_code == 200)
    assert tus.offset(address) == len(LARGE) and count(site) == before + 1 and drafts(site) == []
    assert site.stored(tus.told(address)["url"]).read_bytes() == LARGE


# Idempotency-Key

def test_a_lost_first_answer(site, tus):
    key = str(uuid.uuid4())
    address = tus.begin(len(LARGE), Idempotency_Key=key)
    tus.patch(address, 0, LARGE[:1000])
    again = assert_tus(tus.create(len(LARGE), Idempotency_Key=key), 201)
    assert (again.headers["Location"], again.headers["Upload-Offset"]) == (address, "1000")
    for response in [tus.create(len(LARGE) + 1, Idempotency_Key=key), tus.create(len(LARGE), "b.jpg", Idempotency_Key=key),
                     tus.create(len(LARGE), dialect="app", Idempotency_Key=key)]:
        refused(response, 422, "Idempotency-Key was used for another upload")
    assert Tus(site).create(len(LARGE), Idempotency_Key=key).headers["Location"] != address
    tus.patch(address, 1000, LARGE[1000:])
    assert tus.create(len(LARGE), Idempotency_Key=key).headers["Upload-Offset"] == str(len(LARGE))


@pytest.mark.parametrize("first", [100_000, len(LARGE)])
def test_other_first_bytes(site, tus, first):
    """What was received, or stored, is told to be there only to whoever sends the same."""
    key, other = str(uuid.uuid4()), LARGE[:50_000] + b"other" + LARGE[50_005:]
    assert_tus(tus.create(len(LARGE), body=LARGE[:first], Idempotency_Key=key), 201)
    before = count(site)
    for length in {first, len(LARGE)}:
        assert tus.create(len(LARGE), body=LARGE[:length], Idempotency_Key=key).headers["Upload-Offset"] == str(first)
        refused(tus.create(len(LARGE), body=other[:length], Idempotency_Key=key), 422, "Idempotency-Key was used for another upload")
    assert count(site) == before


def test_one_file_in_whichever_way_it_is_sent(site, tus):
    """A key that came with an ordinary upload first, and the other way round; with other bytes it is refused either way."""
    for ordinary_first in [True, False]:
        key, before = str(uuid.uuid4()), count(site)

        def ordinary(content):
            return tus.upload(content, "a.jpg", token=False, headers={"X-API-Key": site.key, "Idempotency-Key": key})

        def resumable(content):
            return tus.create(len(content), body=content, Idempotency_Key=key)

        ways = [ordinary, resumable] if ordinary_first else [resumable, ordinary]
        answers = [way(PHOTO) for way in ways]
        assert sorted(answer.status_code for answer in answers) == [200, 201] and count(site) == before + 1
        stored, begun = answers if ordinary_first else answers[::-1]
        assert {**stored.json(), "state": "stored"} == tus.told(begun.headers["Location"])
        for way in ways:
            refused(way(PHOTO[:-1] + b"x"), 422, "Idempotency-Key was used for another upload") if way is resumable else \
                assert_error(way(PHOTO[:-1] + b"x"), 422, "Idempotency-Key was used for another upload")
        assert count(site) == before + 1


def test_a_refused_upload_begins_anew(tus):
    key = str(uuid.uuid4())
    address = tus.begin(20, Idempotency_Key=key)
    tus.patch(address, 0, b"twenty bytes of text")
    again = tus.create(len(PHOTO), Idempotency_Key=key)
    assert again.headers["Upload-Offset"] == "0"
    assert tus.patch(again.headers["Location"], 0, PHOTO).status_code == 204


# The page's dialect

def test_the_pages_dialect(site):
    page = Tus(site)
    answer = page.uploaded(PHOTO, "photo.jpg", "app")
    assert answer.pop("state") == "stored"
    ordinary = OldClient(site).page(PHOTO, "photo.jpg").json()
    assert list(answer) == list(ordinary) and answer["srcName"] == "photo"
    assert answer["url"].rsplit("/", 1)[0] == ordinary["url"].rsplit("/", 1)[0]


def test_the_pages_rules(site):
    page = Tus(site)
    limit = 50 << 20
    response = page.create(limit + 1, dialect="app")
    assert (response.status_code, response.json()["message"]) == (400, f"文件太大。 : {limit + 1} > {limit}")
    address = page.begin(20, dialect="app")
    response = page.patch(address, 0, b"twenty bytes of text")
    assert response.status_code == 400 and response.json()["message"] == "不正确的文件格式。"
    assert {**page.told(address), "memory": None} == {"state": "refused", "result": "failed", "code": 400, "message": "不正确的文件格式。", "memory": None}
    with site.setting(daily_upload_limit="1"):
        site.query("DELETE FROM upload_count")
        assert page.uploaded(PHOTO, dialect="app")["state"] == "stored"
        assert page.create(10, dialect="app").json() == {"result": "failed", "code": 202, "message": "游客限制每日上传 1 张"}
        site.query("DELETE FROM upload_count")


# Upkeep

def test_gc_removes_what_nobody_continues(site, tus):
    address = tus.begin(len(LARGE))
    tus.patch(address, 0, LARGE[:1000])
    stray = site.uploads / ".incoming/resumable" / ("ab" * 32)
    stray.write_bytes(b"left by a crash")
    site.imagebed("gc")
    assert tus.offset(address) == 1000 and stray.exists(), "neither is old enough"
    site.query("UPDATE resumable_upload SET ends_at = ?", int(time.time()))
    with all_locked(site):
        site.imagebed("gc")
        assert len(drafts(site)) == 2, "a request is at work"
    site.imagebed("gc")
    assert drafts(site) == [f".incoming/resumable/{'ab' * 32}"]
    stray.unlink()


def test_nobody_is_served_an_unfinished_upload(site, tus):
    address = tus.begin(len(LARGE))
    tus.patch(address, 0, LARGE[:1000])
    assert tus.get(f"/uploads/{drafts(site)[0]}").status_code == 404
    assert_error(tus.get("/uploads/.incoming/resumable/"), 404, "File not found")
