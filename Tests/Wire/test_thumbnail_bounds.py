# Thumbnails as a denial of service. Whatever is asked, sides, work and files are bounded, and the site goes on.

import pytest

import engines
import hostile
import pictures
from client import Client
from running_site import Site, at_once, until

PATH = "/app/thumb.php"


@pytest.fixture(scope="module")
def old():
    """A site of its own: nothing else puts anything into its cache."""
    with Site() as site:
        site.imagebed("settings", "set", "thumbnail_fit", "stretch")
        site.reload_web_server()
        yield Client(site)


def stored(client, content, name):
    return "/uploads/" + client.uploaded(content, name)["url"].partition("/uploads/")[2]


def ask(client, path, **parameters):
    return client.get(PATH, params={"img": path, **parameters})


@pytest.fixture(scope="module")
def tall(old):
    return stored(old, pictures.still("png", 10, 2000), "tall.png")


@pytest.fixture(scope="module")
def photo(old):
    return stored(old, pictures.photograph(800, 600), "photo.jpg")


@pytest.mark.parametrize("parameters, size", [
    ({"w": 500}, (20, 4096)), ({"w": 100}, (20, 4096)), ({"h": 1, "w": 10240}, (2048, 1)), ({"w": 10240, "h": 10240}, (2048, 2048)),
    ({"w": 10240}, (20, 4096)), ({"h": 10240}, (10, 2048)), ({"h": 1}, (1, 1)), ({"w": "9" * 60, "h": "9" * 60}, (2048, 2048)),
    ({"w": -2147483648, "h": -1}, (2048, 1)), ({"w": 2048, "h": 2048, "zc": 2}, (2048, 2048)), ({"w": 1, "h": 2048, "zc": 3}, (1, 200)),
    ({"w": 10240, "h": 1, "zc": 3}, (1, 1)), ({"w": 10240, "h": 1, "zc": 1}, (2048, 1)),
])
def test_sides_are_bounded(old, tall, parameters, size):
    response = ask(old, tall, **parameters)
    assert response.status_code == 200 and pictures.size_of(response.content) == size


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "-inf", "1e9", "0x7fffffff", "1.5", "", " ", "+5", "--5", "٣", "５０", "null", "true", "50abc", "abc", "%00", "0/0",
                                  "1,000", "\u0000", "18446744073709551616", "-0", "00000000000000000000000050"])
def test_what_is_no_number(old, photo, text):
    """EasyImages died of most of them; here they are read as far as they are numbers, else as if absent."""
    for name in ["w", "h", "q", "zc"]:
        response = ask(old, photo, **{name: text})
        assert response.status_code == 200, (name, text)
        assert max(pictures.size_of(response.content)) <= 4096


@engines.of_one_node("each makes its own; the front has one node for each picture")
def test_distinct_queries_keep_the_cache_bounded(old, photo):
    """By names that mean nothing, by spelling, and by what really is another thumbnail."""
    path = photo.removeprefix("/uploads/")
    kept = lambda: [name for name in old.site.files("thumbs") if name.startswith(path + "/")]
    ask(old, photo)
    before = kept()
    for number in range(100):
        same = [{"x": number}, {"width": number}, {"w": 258, "h": "0" * (number % 40) + "258"}, {"a": "x" * number}, {"f": "99," + str(number)},
                {"cc": f"{number:06d}"}, {"ct": number % 2}, {"h": 258, "w": f"258.{number}"}][number % 8]
        assert ask(old, photo, **same).status_code == 200
    assert kept() == before
    for number in range(200):
        other = [{"w": 20 + number}, {"h": 20 + number}, {"f": f"3,{number}", "w": 20}, {"w": 30, "h": 30, "zc": 2, "cc": f"{number:06d}"}][number % 4]
        assert ask(old, photo, **other).status_code == 200
        assert len(kept()) <= 32
    assert len(kept()) == 32


def test_many_at_once(old, photo):
    path = photo.removeprefix("/uploads/")
    answers = at_once(6, lambda number: Client(old.site).get(PATH, params={"img": photo, "w": 600 + number, "f": "9|8|10|7", "s": 1}))
    # Workers are few: who waits too long is told to come again.
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert any(answer.status_code == 200 for answer in answers)
    for answer in answers:
        if answer.status_code == 200:
            assert max(pictures.size_of(answer.content)) <= 2048
    assert len([name for name in old.site.files("thumbs") if name.startswith(path + "/")]) <= 32
    # Whoever asks for too much spoils the picture for nobody.
    assert until(lambda: pictures.size_of(ask(old, photo, w=100).content) == (100, 75))


@pytest.mark.parametrize("filters", ["|".join(["8"] * 4000), "|" * 7000, "1," * 4000, "5," + ",".join(["9" * 100] * 50), "11," + "9" * 3000, "3,-" + "9" * 3000,
                                     "\u0000" * 100, "9|9|9|9|9|9|9|9", "../../../x|1", "1;2;3", "1\r\n2", "💥" * 500])
def test_long_filters(old, photo, filters):
    response = ask(old, photo, w=64, h=48, f=filters)
    # nginx takes lines of 8 kB.
    if response.status_code != 414:
        assert response.status_code == 200 and pictures.size_of(response.content) == (64, 48)
    assert all(len(name.rpartition("/")[2]) < 200 and ".." not in name for name in old.site.files("thumbs"))


def test_only_so_many_filters(old, photo):
    four = ask(old, photo, w=64, h=48, f="3,5|3,5|3,5|3,5").content
    assert ask(old, photo, w=64, h=48, f="|".join(["3,5"] * 30)).content == four


def test_long_queries(old, photo):
    response = old.get(f"{PATH}?img={photo}&" + "&".join(f"x{number}=1" for number in range(800)) + "&w=50")
    assert response.status_code == 200
    response = old.get(f"{PATH}?img={photo}&x=" + "y" * 20_000)
    assert response.status_code == 414


@pytest.mark.parametrize("name", ["png_zeros", "jpeg_scans"])
def test_expensive_pictures(old, name):
    """A picture that is small as a file and large to decode: a thumbnail of it, or the picture that says there is none."""
    content = getattr(hostile, name)()
    folder = old.site.uploads / "2026/01/01"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.{name[:3].replace('jpe', 'jpg')}").write_bytes(content)
    for parameters in [{}, {"w": 1024, "h": 1024, "f": "9|9", "s": 1}]:
        response = ask(old, f"/uploads/2026/01/01/{name}.{name[:3].replace('jpe', 'jpg')}", **parameters)
        assert response.status_code == 200 and max(pictures.size_of(response.content)) <= 2048


def test_a_failure_is_a_picture_made_here(old):
    """No page, and nothing fetched over HTTP: with one responder that would wait for itself."""
    for parameters in [{"img": "/uploads/nothing.jpg"}, {"img": ""}, {"img": "x", "w": "x", "f": "x"}]:
        response = old.get(PATH, params=parameters)
        assert response.headers["Content-Type"] == "image/png" and pictures.size_of(response.content) == (274, 141)
