# Thumbnails: made once on the first request, from then on served by the web server alone.

import io
import re
import threading

import pytest
from PIL import Image

import engines
import pictures
import videos
from answers import headers_of

PATH = "/application/thumb.php"


def thumbnail(client, answer, **parameters):
    path = "/uploads/" + answer["url"].partition("/uploads/")[2]
    return client.get(PATH, params={"img": path, **parameters})


@pytest.fixture(scope="module")
def large(client):
    return client.uploaded(pictures.photograph(800, 600), "large.jpg")


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "bmp"])
def test_default_size(client, kind):
    content = pictures.still(kind, 800, 600)
    answer = client.uploaded(content)
    response = client.get(answer["thumb"])
    seen = headers_of(response)
    assert (response.status_code, seen["content-type"]) == (200, pictures.MIME[kind])
    assert pictures.size_of(response.content) == (258, 258)
    assert seen["x-content-type-options"] == "nosniff"
    middle = pictures.opened(content).convert("RGB").crop((100, 0, 700, 600))
    assert pictures.is_like(response.content, pictures.encode(middle, "png"))


# Parameters for an 800 x 600 picture and the size that comes out.
SIZES = [
    ({}, (258, 258)), ({"w": 100}, (100, 75)), ({"h": 150}, (200, 150)), ({"w": 200, "h": 100}, (200, 100)),
    ({"w": 300, "h": 300}, (300, 300)), ({"w": 300, "h": 300, "zc": 2}, (300, 300)), ({"w": 300, "h": 300, "zc": 3}, (300, 225)),
    ({"w": 0, "h": 0}, (258, 258)), ({"width": 300, "height": 300}, (258, 258)), ({"q": 50}, (258, 258)),
]


@pytest.mark.parametrize("parameters, size", SIZES)
def test_sizes(client, large, parameters, size):
    response = thumbnail(client, large, **parameters)
    assert response.status_code == 200, response.text[:200]
    assert pictures.size_of(response.content) == size


@pytest.mark.parametrize("parameters", [{"w": "50abc"}, {"w": -5}, {"w": "9" * 30}, {"w": 99999, "h": 99999}, {"w": 1, "h": 1},
                                        {"q": "x"}, {"q": 100000}, {"q": 0}, {"zc": "x"}, {"f": "6|7"}, {"s": 1}, {"w": "1e3"}])
def test_odd_parameters_are_no_failure(client, large, parameters):
    response = thumbnail(client, large, **parameters)
    assert response.status_code in (200, 400), parameters
    if response.status_code == 200:
        assert max(pictures.size_of(response.content)) <= 2048


def test_any_size_does_not_fill_the_cache(client, site, large):
    """Sizes are as asked for, because pages are laid out around them; one picture keeps only so many."""
    for width in range(301, 361):
        assert pictures.size_of(thumbnail(client, large, w=width, h=width + 3, q=width % 90 + 5).content) == (width, width + 3)
    path = large["url"].partition("/uploads/")[2]
    assert len([name for name in site.files("thumbs") if name.startswith(path)]) <= 32


def test_aspect_and_orientation(client):
    turned = client.uploaded(pictures.oriented(6, 600, 400))
    response = thumbnail(client, turned, w=100)
    assert pictures.size_of(response.content) == (100, 150)
    corner = pictures.opened(response.content).convert("RGB").getpixel((95, 5))
    assert corner[0] > 180 and corner[1] < 90, "the red corner of a picture turned by 90 degrees is at the upper right"


def test_small_pictures_are_still_served(client):
    response = client.get(client.uploaded(pictures.jpeg(20, 10))["thumb"])
    assert response.status_code == 200 and max(pictures.size_of(response.content)) <= 258


def test_metadata_does_not_travel(client):
    response = client.get(client.uploaded(pictures.with_position())["thumb"])
    assert b"SecretCamera" not in response.content


CANONICAL = [{}, {"w": 258, "h": 258}, {"w": 258, "h": 258, "q": 90, "zc": 1}]


def test_second_request_needs_no_responder(client, site):
    answer = client.uploaded(pictures.photograph(640, 480))
    first = client.get(answer["thumb"])
    with site.frozen("thumb") as stopped:
        assert stopped
        for parameters in CANONICAL:
            again = thumbnail(client, answer, **parameters)
            assert (again.status_code, again.content) == (200, first.content), parameters
            assert headers_of(again)["content-type"] == "image/jpeg"
        head = client.request("HEAD", answer["thumb"])
        assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(first.content)))


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "bmp"])
def test_answers_of_responder_and_web_server_are_alike(client, kind):
    answer = client.uploaded(pictures.still(kind, 640, 480, seed=8))
    first, second = client.get(answer["thumb"]), client.get(answer["thumb"])
    names = ["content-type", "content-length", "etag", "last-modified", "cache-control", "x-content-type-options",
             "access-control-allow-origin", "accept-ranges"]
    assert [headers_of(first).get(name) for name in names] == [headers_of(second).get(name) for name in names]
    assert first.content == second.content


def test_conditional_requests(client, large):
    response = client.get(large["thumb"])
    seen = headers_of(response)
    for headers in [{"If-None-Match": seen["etag"]}, {"If-Modified-Since": seen["last-modified"]}]:
        again = client.get(large["thumb"], headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert headers_of(again)["etag"] == seen["etag"]
    assert client.get(large["thumb"], headers={"If-None-Match": '"other"'}).status_code == 200


def test_long_cache_life(client, large):
    control = headers_of(client.get(large["thumb"]))["cache-control"]
    assert int(re.search(r"max-age=(\d+)", control)[1]) >= 7 * 86400 and "public" in control


def missing_paths(client, large):
    path = "/uploads/" + large["url"].partition("/uploads/")[2]
    return [
        path[:-5] + "0.jpg" if path[-5] != "0" else path[:-5] + "1.jpg", "/uploads/", "/uploads", "", "nothing", path + "/", "/" + path,
        "/uploads/../imagebed.db", "/uploads/../../etc/passwd", "/uploads/2024/../../secret", "/uploads/%2e%2e/secret",
        "/uploads/./" + path.removeprefix("/uploads/"), "/uploads//" + path.removeprefix("/uploads/"), "/etc/passwd",
        "http://127.0.0.1/a.jpg", client.url + path, "//example.org/a.jpg", "file:///etc/passwd", "/uploads/a\0.jpg", path + "\0",
        "/uploads/" + "a/" * 2000 + "b.jpg", "/uploads/..\\..\\secret", "/uploads/%5c..%5csecret", "/uploads/2024/04/.hidden",
    ]


def test_missing_file_is_the_404_picture(client, large):
    for path in missing_paths(client, large):
        response = client.get(PATH, params={"img": path})
        seen = headers_of(response)
        assert response.status_code == 404, path
        assert seen["content-type"].startswith("image/") and pictures.size_of(response.content), path
        assert "immutable" not in seen.get("cache-control", ""), path
    assert client.get(PATH).status_code == 404


# What is not decoded comes back as it is.
UNSCALED = {
    "svg": (pictures.svg, "a.svg", "image/svg+xml"), "ico": (lambda: pictures.still("ico"), "a.ico", "image/x-icon"),
    "animated webp": (lambda: pictures.animated("webp", width=400, height=300), "a.webp", "image/webp"),
}


@pytest.mark.parametrize("name", UNSCALED)
def test_originals(client, name):
    make, file_name, mime = UNSCALED[name]
    content = make()
    answer = client.uploaded(content, file_name)
    for _ in range(2):
        response = client.get(answer["thumb"])
        seen = headers_of(response)
        assert (response.status_code, seen["content-type"], response.content) == (200, mime, content)
        assert seen["x-content-type-options"] == "nosniff"
        if name == "svg":
            assert "sandbox" in seen["content-security-policy"]


def test_animated_gif_is_its_first_frame(client):
    content = pictures.animated("gif", width=400, height=300)
    response = client.get(client.uploaded(content)["thumb"])
    picture = Image.open(io.BytesIO(response.content))
    assert (picture.format, getattr(picture, "n_frames", 1), picture.size) == ("GIF", 1, (258, 258))


@pytest.mark.parametrize("kind", ["tiff", "tga", "avif"])
def test_undecodable_pictures_and_videos(client, kind):
    for answer in [client.uploaded(pictures.still(kind), f"a.{kind}"), client.uploaded(videos.sample("mp4"), "a.mp4")]:
        response = client.get(answer["thumb"] if "thumb" in answer else PATH + "?img=" + answer["url"].removeprefix(client.url))
        seen = headers_of(response)
        assert response.status_code in (200, 404) and seen["content-type"].startswith("image/")


def test_damaged_picture(client):
    """The header was good enough to be stored; the thumbnail's failure is not the server's."""
    content = pictures.still("png", 300, 200)
    answer = client.uploaded(content[:60] + b"\0" * 400 + content[460:])
    for _ in range(2):
        response = client.get(answer["thumb"])
        assert response.status_code in (200, 404, 422) and headers_of(response)["content-type"].startswith("image/")


@engines.of_one_node("each makes its own; the front has one node for each picture")
def test_simultaneous_requests_for_the_same(client, site):
    answer = client.uploaded(pictures.photograph(3000, 2000))
    barrier, found = threading.Barrier(8), []

    def ask():
        import requests
        barrier.wait()
        response = requests.get(answer["thumb"], timeout=120)
        found.append((response.status_code, response.headers.get("ETag"), response.content))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1 and found[0][0] == 200
    path = answer["url"].partition("/uploads/")[2]
    assert len([name for name in site.files("thumbs") if name.startswith(path)]) == 1


def test_cache_can_be_deleted(client, site):
    """Thumbnails are derived: without the cache they are made again."""
    import shutil
    answer = client.uploaded(pictures.photograph(500, 500))
    first = client.get(answer["thumb"])
    for entry in site.thumbnails.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    again = client.get(answer["thumb"])
    assert (again.status_code, again.content) == (200, first.content)
