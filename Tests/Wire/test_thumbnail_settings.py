# Size and fit of thumbnails as the operator sets them: the responder follows at once, the web server a moment later, and
# neither ever sends what the other settings made.

import pytest

import pictures
from client import Client
from running_site import Site

PATH = "/app/thumb.php"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    with Site(options=["--web", request.param]) as site:
        yield Client(site)


STEPS = [
    ({"thumbnail_width": 300, "thumbnail_height": 200, "thumbnail_fit": "stretch"}, (300, 200)),
    ({"thumbnail_fit": "crop"}, (300, 200)),
    ({"thumbnail_width": 64, "thumbnail_height": 96}, (64, 96)),
    ({"thumbnail_width": 258, "thumbnail_height": 258, "uploads_path": "/i/"}, (258, 258)),
]


def test_settings(either):
    site = either.site
    source = pictures.drawing(400, 160, seed=9)
    stored = either.uploaded(pictures.encode(source, "png"), "a.png")["url"].partition("/uploads/")[2]
    seen = set()
    fit = "crop"
    for settings, size in STEPS:
        for key, value in settings.items():
            said = site.imagebed("settings", "set", key, str(value))
            assert "reload" in said.stdout + said.stderr
        fit = settings.get("thumbnail_fit", fit)
        place = "/i/" if settings.get("uploads_path") else "/uploads/"
        site.stop()
        site.start()
        first = either.get(PATH, params={"img": place + stored}).content
        assert pictures.size_of(first) == size
        width = round(160 * size[0] / size[1])
        cut = source if fit == "stretch" else source.crop(((400 - width) // 2, 0, (400 + width) // 2, 160))
        assert pictures.is_like(first, pictures.encode(cut, "png"), 8)
        assert first not in seen
        seen.add(first)
        with site.frozen("thumb"):
            for parameters in [{}, {"w": size[0], "h": size[1]}, {"w": 0, "h": 0}, {"zc": 1 if fit == "crop" else 0}]:
                assert either.get(PATH, params={"img": place + stored, **parameters}).content == first
    # Those of the first settings are still to be had by name.
    named = either.get(PATH, params={"img": "/i/" + stored, "w": 300, "h": 200, "zc": 0})
    assert named.content in seen


def test_without_a_restart(client, site):
    stored = "/uploads/" + client.uploaded(pictures.still("png", 90, 70, seed=10), "a.png")["url"].partition("/uploads/")[2]
    former = client.get(PATH, params={"img": stored}).content
    with site.setting(thumbnail_width=120):
        site.reload_web_server()
        first = client.get(PATH, params={"img": stored}).content
        assert pictures.size_of(first) == (120, 258)
        with site.frozen("thumb"):
            assert client.get(PATH, params={"img": stored}).content == first
    site.reload_web_server()
    assert client.get(PATH, params={"img": stored}).content == former
