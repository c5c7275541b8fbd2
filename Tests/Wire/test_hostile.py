# Files that want to hurt: bombs are refused out of their headers, what is no picture is not taken, and what is two things at
# once is stored and served as the one that it is by content.

import pytest

import hostile
import pictures
from answers import assert_error
from client import served

MEGABYTE = 1 << 20


def resident(process):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("name", hostile.OVER_THE_LIMITS)
def test_bombs_are_refused_by_their_header(client, site, name):
    make, message = hostile.OVER_THE_LIMITS[name]
    assert_error(client.upload(make()), 400, message)
    assert all(resident(process) < 64 * MEGABYTE for process in site.responders("upload"))


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("name", hostile.OVER_THE_LIMITS)
def test_bombs_never_reach_a_decoder(client, site, name):
    make, message = hostile.OVER_THE_LIMITS[name]
    with site.setting(convert_format="webp"):
        assert_error(client.upload(make()), 400, message)


def test_largest_picture_that_is_taken(client, site):
    """48 megapixels of black in a few kilobytes: stored, its thumbnail made within the bounds."""
    answer = client.uploaded(hostile.png_zeros(10_000, 4_800))
    assert (answer["width"], answer["height"]) == (10_000, 4_800)
    response = client.get(answer["thumb"])
    assert response.status_code == 200 and pictures.size_of(response.content) == (258, 258)


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("name", hostile.NOT_TAKEN)
def test_what_is_no_picture(client, name):
    file_name, content = hostile.NOT_TAKEN[name]
    for kind in ["image/jpeg", "image/png", "video/mp4"]:
        assert_error(client.upload(content, file_name, kind=kind), 400, "Invalid file type")


@pytest.mark.parametrize("name", hostile.polyglots())
def test_polyglots(client, name):
    file_name, content, extension = hostile.polyglots()[name]
    answer = client.uploaded(content, file_name, kind="application/x-php")
    assert answer["url"].endswith("." + extension)
    status, headers, body = served(client, answer["url"])
    assert (status, body) == (200, content)
    assert headers["content-type"] == answer["mime"] and headers["x-content-type-options"] == "nosniff"


def test_absurd_duration(client):
    """A video's claims are shown, not believed: the answer stays a whole one."""
    response = client.upload(hostile.mp4_claiming(0xFFFFFFFE), "a.mp4")
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert response.json()["duration"] is None or response.json()["duration"] >= 0


@pytest.mark.parametrize("cut", [0.02, 0.1, 0.3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "bmp", "tiff", "avif"])
def test_cut_pictures(client, kind, cut):
    """Taken or refused with the client's error; whatever is taken has a thumbnail or the 404 picture, never a failure."""
    content = pictures.still(kind, 200, 150)
    response = client.upload(content[:int(len(content) * cut)], f"a.{kind}")
    assert response.status_code in (200, 400), response.text
    if response.status_code == 200:
        assert client.get(response.json()["thumb"]).status_code in (200, 404)
    else:
        assert response.json()["error"] in ("Invalid file type", "Too many pixels")


def test_flipped_bytes(client):
    """Two hundred pictures with damaged headers: no 5xx."""
    import random
    numbers = random.Random(7)
    for number in range(200):
        kind = ["jpeg", "png", "gif", "webp", "bmp", "tiff", "ico", "avif", "tga"][number % 9]
        content = bytearray(pictures.still(kind, 40, 30))
        for _ in range(numbers.randint(1, 12)):
            content[numbers.randrange(min(len(content), 200))] = numbers.randrange(256)
        response = client.upload(bytes(content), f"a.{kind}")
        assert response.status_code in (200, 400), (kind, number, response.text)


def test_secrets_do_not_leak_into_thumbnails(client):
    """CVE-2022-44268: a PNG that names a file as its profile."""
    text = hostile.chunk(b"tEXt", b"profile\0/etc/passwd")
    whole = pictures.still("png", 300, 300)
    response = client.get(client.uploaded(whole[:33] + text + whole[33:])["thumb"])
    assert response.status_code == 200
    assert b"root:" not in response.content
    assert not pictures.opened(response.content).info.get("Raw profile type")
