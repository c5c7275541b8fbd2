# Several files in one form of the API: all are stored, the answer is that of the first, and `files` has those of all.

import os
import secrets
import signal

import pytest

import described
import pictures
import raw
import videos
from answers import assert_error, assert_json, error
from client import Client, served
from old_forms import OldClient, failed
from running_site import Site, until
from test_repeated_uploads import all_keys_in_use

UPLOAD = "/api/v1/upload.php"
ONE, TWO, THREE = (pictures.jpeg(seed=seed) for seed in (1, 2, 3))
VIDEO = videos.sample("mp4")


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    with Site(options=["--web", request.param]) as site:
        yield Client(site)


def image(content, name="a.jpg", field="image"):
    return raw.part(field, content, name)


def send(client, *parts, **headers):
    return client.request("POST", UPLOAD, data=raw.form(list(parts)), headers={
        "Content-Type": f"multipart/form-data; boundary={raw.BOUNDARY}", "X-API-Key": client.key,
        **{name.replace("_", "-"): value for name, value in headers.items()}})


def count(site):
    return site.query("SELECT count(*) FROM file")[0][0]


def whole(answer):
    """The answers of all; the first is told twice."""
    assert {**answer, "files": None} == {**answer["files"][0], "files": None}
    return answer["files"]


@pytest.mark.parametrize("fields", [
    ("image", "image"), ("file", "file"), ("image[]", "image[]"), ("file[]", "file[]"), ("image1", "image2"), ("file1", "file2"), ("image[0]", "image[1]"),
    ("image", "file"), ("image", "image[]"),
])
def test_both_are_stored(either, fields):
    before = count(either.site)
    response = send(either, image(ONE, "one.jpg", fields[0]), raw.part("note", "between"), image(TWO, "two.jpg", fields[1]))
    assert response.status_code == 200, response.text
    files = whole(response.json())
    assert [file["srcName"] for file in files] == ["one.jpg", "two.jpg"] and count(either.site) == before + 2
    for file, content in zip(files, (ONE, TWO)):
        assert served(either, file["url"])[2] == content and either.row_of(file)["original_name"] == file["srcName"]
        assert either.get(file["thumb"]).status_code == 200 and either.get(file["del"]).status_code == 200


def test_those_called_image_come_first(client):
    files = whole(send(client, image(ONE, "1.jpg", "file"), image(TWO, "2.jpg", "image"), image(THREE, "3.jpg", "file2")).json())
    assert [file["srcName"] for file in files] == ["2.jpg", "1.jpg", "3.jpg"]


def test_one_is_answered_as_ever(client):
    for parts in [[image(ONE)], [image(ONE), image(b"", "", "file")], [image(b"", ""), image(ONE, field="image[]")], [image(ONE), image(TWO, field="picture")],
                  [image(ONE), image(TWO, field="imagex")], [image(ONE), image(TWO, field="files")]]:
        answer = send(client, *parts).json()
        assert answer["result"] == "success" and "files" not in answer


def test_a_picture_and_a_video(client, site):
    files = whole(send(client, image(VIDEO, "a.mp4"), image(ONE)).json())
    assert [file["type"] for file in files] == ["video", "image"] and site.stored(files[0]["url"]).read_bytes() == VIDEO


def test_openapi_describes_it(client):
    description = described.Description(client.url)
    for parts in [[image(ONE), image(TWO)], [image(ONE), image(b"text")], [image(b"text"), image(ONE)]]:
        answer = description.assert_described(send(client, *parts), UPLOAD).json()
        schema = description.response(UPLOAD, "POST", 200)["content"]["application/json"]["schema"]["anyOf"][0]["properties"]["files"]
        description.assert_fits(answer["files"], schema)


# Refusals

def test_a_refused_file_has_its_error_in_its_place(client, site):
    before = count(site)
    answer = send(client, image(ONE), image(b"text", "b.jpg"), image(THREE))
    assert answer.status_code == 200
    files = whole(answer.json())
    assert files[1] == error(400, "Invalid file type") and [file["result"] for file in files] == ["success", "error", "success"]
    assert count(site) == before + 2


def test_the_status_is_that_of_the_first(client, site):
    before = count(site)
    answer = send(client, image(b"text", "b.jpg"), image(TWO))
    body = answer.json()
    assert_json(answer, 400, {**error(400, "Invalid file type"), "files": body["files"]})
    assert whole(body)[1]["result"] == "success" and count(site) == before + 1
    with site.setting(video_upload="off"):
        answer = send(client, image(VIDEO, "a.mp4"), image(TWO))
        assert answer.status_code == 403 and answer.json()["files"][1]["result"] == "success"


def test_each_has_the_limit_of_one(client, site):
    with site.setting(image_max_bytes="3KB", video_max_bytes="3KB"):
        answer = send(client, image(ONE), image(TWO + b"\0" * 4_000), image(THREE))
        assert [file["code"] for file in whole(answer.json())] == [200, 400, 200]
        assert "takes 3,072" in answer.json()["files"][1]["detail"]
        assert_error(send(client, image(TWO + b"\0" * 4_000)), 400, "File too large")


def test_a_bad_form_stores_nothing(client, nothing_left):
    body = raw.form([image(ONE), image(TWO)])
    for bad in [body[:-10], body[:-400], body[:100]]:
        assert client.post_form(bad).status_code == 400
    assert_error(send(client, image(ONE), image(TWO), X_API_Key="bad"), 401, "Invalid API key")
    assert_error(client.post_form([raw.part("token", "a"), image(ONE), image(TWO), raw.part("token", "b")]), 400, "Invalid parameter: token")


def test_no_more_than_the_setting_allows(client, site):
    with site.setting(batch_files="3"):
        before = site.inventory()
        assert_error(send(client, *[image(ONE)] * 4), 400, "Too many files")
        assert site.inventory() == before
        assert len(send(client, *[image(ONE)] * 3).json()["files"]) == 3


def test_the_largest_number(client, site):
    """With as many fields as a form of one file may have."""
    with site.setting(batch_files="1000"):
        assert len(send(client, *[image(ONE)] * 100, *[raw.part("note", "x")] * 32).json()["files"]) == 100
        assert_error(send(client, *[image(ONE)] * 101), 400, "Too many files")


def test_the_whole_form_has_the_web_servers_limit(either):
    large = pictures.jpeg() + b"\0" * (26 << 20)
    wire = raw.request("POST", either.site.prefix + UPLOAD, [raw.form_type(), f"X-API-Key: {either.key}"], raw.form([image(large), image(large)]))
    assert_error(either.raw(wire), 413, "File too large")


def test_the_old_form_takes_the_last(site):
    """As ever: it has no place for a second answer."""
    old = OldClient(site)
    response = old.request("POST", "/api/index.php", files=[("image", ("a.jpg", ONE)), ("image", ("b.jpg", TWO))], data={"token": old.token})
    assert response.json()["srcName"] == "b" and "files" not in response.json()
    response = old.request("POST", "/api/index.php", files=[("image[]", ("a.jpg", ONE)), ("image[]", ("b.jpg", TWO))], data={"token": old.token})
    assert failed(response)["code"] == 400


# Repeated

def test_a_repeated_form_has_the_same_files(client, site):
    key, before = secrets.token_hex(16), count(site)
    first = send(client, image(ONE), image(b"text"), image(THREE), Idempotency_Key=key).json()
    assert count(site) == before + 2
    for _ in range(3):
        assert send(client, image(ONE), image(b"text"), image(THREE), Idempotency_Key=key).json() == first
    assert count(site) == before + 2


def test_two_files_alike_are_two_uploads(client, site):
    key, before = secrets.token_hex(16), count(site)
    answers = [send(client, image(ONE), image(ONE), Idempotency_Key=key).json() for _ in range(2)]
    assert answers[0] == answers[1] and count(site) == before + 2
    assert len({file["id"] for file in answers[0]["files"]}) == 2


@pytest.mark.parametrize("other", [[image(ONE), image(THREE)], [image(TWO), image(ONE)], [image(ONE, "x.jpg"), image(TWO)], [image(ONE), image(TWO), image(THREE)][::-1]])
def test_another_form_with_the_key_stores_nothing(client, site, other):
    key = secrets.token_hex(16)
    send(client, image(ONE), image(TWO), Idempotency_Key=key)
    before = site.inventory()
    assert_error(send(client, *other, Idempotency_Key=key), 422, "Idempotency-Key was used for another upload")
    assert site.inventory() == before


def test_a_file_that_was_deleted_since(client, site):
    key = secrets.token_hex(16)
    files = whole(send(client, image(ONE), image(TWO), Idempotency_Key=key).json())
    client.get(files[1]["del"])
    before = count(site)
    assert_error(send(client, image(ONE), image(TWO), Idempotency_Key=key), 410, "The file uploaded with this Idempotency-Key was deleted")
    assert count(site) == before


def test_while_a_form_is_at_work(client, site, nothing_left):
    with all_keys_in_use(site):
        refused = send(client, image(ONE), image(TWO), Idempotency_Key=secrets.token_hex(16))
    assert_error(refused, 409, "An upload with this Idempotency-Key is in progress", Retry_After="2")


def test_the_first_is_that_of_a_form_of_one(client, site):
    """A client that falls back to single files stores none twice."""
    key = secrets.token_hex(16)
    files = whole(send(client, image(ONE), image(TWO), Idempotency_Key=key).json())
    assert send(client, image(ONE), Idempotency_Key=key).json() == files[0]


def test_killed_between_two_files():
    """What was answered by nobody is completed by the repetition: one file was stored, the other is now."""
    key = secrets.token_hex(16)
    with Site() as site:
        client = Client(site)
        site.query("CREATE TRIGGER slow AFTER INSERT ON upload_key WHEN (SELECT count(*) FROM upload_key) = 2 BEGIN SELECT RAISE(ABORT, 'not now'); END")
        broken = send(client, image(ONE), image(TWO), Idempotency_Key=key).json()
        assert [file["code"] for file in whole(broken)] == [200, 500] and count(site) == 1
        for process in site.responders("upload"):
            os.kill(process, signal.SIGKILL)
        site.query("DROP TRIGGER slow")
        assert until(lambda: site.responders("upload"))
        files = whole(send(client, image(ONE), image(TWO), Idempotency_Key=key).json())
        assert files[0] == broken["files"][0] and files[1]["code"] == 200 and count(site) == 2


def test_killed_while_the_second_is_stored():
    key = secrets.token_hex(16)
    with Site() as site:
        client = Client(site)
        slow = pictures.photograph(3_000, 2_000)
        body = raw.form([image(ONE), image(slow)])
        wire = raw.request("POST", UPLOAD, [raw.form_type(), f"X-API-Key: {site.key}", f"Idempotency-Key: {key}"], body)
        with site.setting(convert_format="png", convert_always="on"), raw.socket.create_connection(("127.0.0.1", site.port)) as connection:
            connection.sendall(wire)
            assert until(lambda: count(site) == 1)
            for process in site.responders("upload"):
                os.kill(process, signal.SIGKILL)
            raw.read_all(connection)
        assert count(site) in (1, 2)
        assert until(lambda: site.responders("upload"))
        files = whole(send(client, image(ONE), image(slow), Idempotency_Key=key).json())
        assert [file["code"] for file in files] == [200, 200] and count(site) == 2


# Memory

def test_large_files_are_not_held_in_memory():
    """Twenty videos of 8 MB in a form of 160 MB: the responder grows by less than one of them."""
    with Site() as site:
        site.imagebed("settings", "set", "video_max_bytes", "200MB")
        site.reload_web_server()
        client, video = Client(site), videos.padded(VIDEO, 8 << 20)
        send(client, image(ONE), image(TWO))
        before = {process: peak(process) for process in site.responders("upload")}
        answer = send(client, *[image(video, f"{number}.mp4") for number in range(20)])
        assert [file["code"] for file in whole(answer.json())] == [200] * 20
        grown = [peak(process) - before[process] for process in site.responders("upload") if process in before]
        assert grown and max(grown) < 8_192, grown


def peak(process):
    """KB (VmHWM, proc_pid_status(5))."""
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
