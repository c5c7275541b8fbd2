# The setting thumbnail_mode: where `thumb` of the old forms' answers leads. With `upload` the small picture is a file of the tree,
# made when the picture comes and gone when it goes.

import io

import pytest
from PIL import Image

import pictures
from old_forms import OldClient, new_token, succeeded
from running_site import Site
from transcripts import masked

SETTINGS = {"uploads_path": "/i/", "thumbnail_mode": "upload", "thumbnail_width": 200, "thumbnail_height": 120, "anonymous_upload": "on",
            "thumbnail_fit": "stretch"}


@pytest.fixture(scope="module", params=["nginx", "apache"])
def old(request):
    with Site(options=["--web", request.param]) as site:
        for key, value in SETTINGS.items():
            site.imagebed("settings", "set", key, str(value))
        site.stop()
        site.start()
        yield OldClient(site, new_token(site, number=7))


def small_of(client, answer):
    """The file that `thumb` leads to, and the answer of the web server for it."""
    assert answer["thumb"].startswith(client.url + "/i/cache/")
    path = client.site.uploads / answer["thumb"].removeprefix(client.url + "/i/")
    with client.site.frozen("thumb"):
        response = client.get(answer["thumb"])
    assert response.status_code == 200 and path.read_bytes() == response.content
    return response


def cached(client):
    return [name for name in client.site.files("uploads") if name.startswith("cache/")]


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "bmp", "gif"])
@pytest.mark.parametrize("form", ["api", "page"])
def test_stretched_to_the_size(old, kind, form):
    content = pictures.encode(pictures.drawing(640, 480, seed=11), kind)
    answer = succeeded(getattr(old, form)(content, f"photo.{pictures.EXTENSION.get(kind, kind)}"))
    assert masked(answer["thumb"]) == masked(f"http://h/i/cache/2026_01_01_abcdef{'-7' if form == 'api' else ''}.{answer['url'].rpartition('.')[2]}")
    response = small_of(old, answer)
    assert response.headers["Content-Type"] == pictures.MIME[kind] and response.headers["X-Content-Type-Options"] == "nosniff"
    assert pictures.size_of(response.content) == (200, 120) and pictures.is_like(response.content, content)
    # The picture itself is what was sent.
    assert old.get(answer["url"]).content == content


@pytest.mark.parametrize("size", [(50, 40), (640, 50), (100, 480), (199, 119), (200, 119)])
def test_smaller_pictures_keep_their_size(old, size):
    """Smaller in one direction is enough."""
    content = pictures.still("png", *size)
    assert pictures.size_of(small_of(old, succeeded(old.api(content, "a.png"))).content) == size


@pytest.mark.parametrize("size", [(200, 120), (201, 120)])
def test_as_large_as_the_size(old, size):
    assert pictures.size_of(small_of(old, succeeded(old.api(pictures.still("png", *size), "a.png"))).content) == (200, 120)


def test_first_frame(old):
    response = small_of(old, succeeded(old.api(pictures.animated("gif", width=400, height=300), "a.gif", "image/gif")))
    picture = Image.open(io.BytesIO(response.content))
    assert (picture.format, getattr(picture, "n_frames", 1), picture.size) == ("GIF", 1, (200, 120))


@pytest.mark.parametrize("kind", ["svg", "ico", "tiff"])
def test_copies(old, kind):
    content = pictures.svg() if kind == "svg" else pictures.still(kind)
    response = small_of(old, succeeded(old.api(content, "a." + kind)))
    assert response.content == content
    if kind == "svg":
        assert "sandbox" in response.headers["Content-Security-Policy"]


def test_upright_without_the_place(old):
    content = pictures.oriented(6, 600, 400)
    response = small_of(old, succeeded(old.api(content)))
    corner = pictures.opened(response.content).convert("RGB").getpixel((195, 5))
    assert corner[0] > 180 and corner[1] < 90
    assert b"SecretCamera" not in small_of(old, succeeded(old.api(pictures.with_position()))).content


@pytest.mark.parametrize("recycle", ["on", "off"])
def test_gone_with_its_picture(old, recycle):
    with old.site.setting(recycle=recycle):
        answer = succeeded(old.api(pictures.jpeg(400, 300)))
        small_of(old, answer)
        assert old.get(answer["del"]).json()["code"] == 200
    for url in [answer["url"], answer["thumb"]]:
        assert old.get(url).status_code == 404
    name = answer["thumb"].rpartition("/")[2]
    assert "cache/" + name not in cached(old)


def test_folders_of_tokens(old):
    """The whole path makes the name, so that two folders cannot meet in one file."""
    with old.site.setting(folder_by_token="on"):
        answer = succeeded(old.api(pictures.jpeg(400, 300)))
    assert answer["thumb"].rpartition("/")[2].startswith("7_20")
    assert pictures.size_of(small_of(old, answer).content) == (200, 120)
    assert old.get(answer["del"]).json()["code"] == 200
    assert old.get(answer["thumb"]).status_code == 404


def test_chinese_names(old):
    with old.site.setting(name_style="source", name_with_token_id="off"):
        answer = succeeded(old.api(pictures.jpeg(400, 300), "假日 照片.jpg"))
    assert "假日" in answer["thumb"] and pictures.size_of(small_of(old, answer).content) == (200, 120)


def test_damaged_pictures_are_no_failure(old):
    """The upload is kept; what cannot be made small is shown by thumb.php, as good as that can."""
    content = pictures.still("png", 300, 200)
    answer = old.api(content[:60] + b"\0" * 400 + content[460:], "a.png").json()
    if answer["result"] == "success":
        assert old.get(answer["thumb"]).status_code == 200


@pytest.mark.parametrize("mode", ["ondemand", "original"])
def test_other_modes(old, mode):
    """`thumb` leads to thumb.php in both, as it always did; the mode `original` is for pages."""
    before = cached(old)
    with old.site.setting(thumbnail_mode=mode):
        answer = succeeded(old.api(pictures.jpeg(400, 300)))
    assert answer["thumb"] == old.url + "/app/thumb.php?img=" + answer["url"].removeprefix(old.url)
    assert pictures.size_of(old.get(answer["thumb"]).content) == (200, 120)
    assert cached(old) == before


def test_no_drafts_stay(old):
    assert all(name.rpartition("/")[2][0] != "." for name in old.site.files("uploads"))


def test_the_own_api_makes_none(old):
    before = cached(old)
    answer = old.uploaded(pictures.jpeg(400, 300), headers={"X-API-Key": old.site.key}, token=False)
    assert "/application/thumb.php?img=" in answer["thumb"] and cached(old) == before
