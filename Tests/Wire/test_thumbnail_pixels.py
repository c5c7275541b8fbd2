# Thumbnails pixel by pixel: filters, sharpening, what is cut, what lies behind. PNG and BMP come out exactly as computed; other
# formats show the same.

import pytest
from PIL import Image, ImageChops

import gd_sums
import pictures

PATH = "/app/thumb.php"
NOISE = pictures.drawing(24, 16, seed=3, noise=True)
SOFT = pictures.drawing(24, 16, seed=4)
CLEAR = Image.merge("RGBA", (*SOFT.split(), Image.linear_gradient("L").resize((24, 16))))


@pytest.fixture(scope="module")
def ask(client):
    """The thumbnail of a picture: `ask(picture, "png", w=…)`."""
    stored = {}

    def asked(picture, kind="png", **parameters):
        content = picture if isinstance(picture, bytes) else pictures.encode(picture, kind)
        if content not in stored:
            stored[content] = "/uploads/" + client.uploaded(content, "a." + kind)["url"].partition("/uploads/")[2]
        response = client.get(PATH, params={"img": stored[content], **parameters})
        assert response.status_code == 200
        return pictures.opened(response.content)
    return asked


def same(picture, other, mode="RGB"):
    assert picture.size == other.size
    box = ImageChops.difference(picture.convert(mode), other.convert(mode)).getbbox()
    assert box is None, (box, picture.convert(mode).getpixel(box[:2]), other.convert(mode).getpixel(box[:2]))


def nearly(picture, other, tolerance=6):
    assert picture.size == other.size
    first, second = (one.convert("RGB").tobytes() for one in (picture, other))
    assert sum(abs(a - b) for a, b in zip(first, second)) / len(first) < tolerance


@pytest.mark.parametrize("picture", [NOISE, SOFT], ids=["noise", "soft"])
@pytest.mark.parametrize("words", gd_sums.FILTERS)
def test_filters(ask, picture, words):
    same(ask(picture, w=24, h=16, f=words), gd_sums.changed(picture, gd_sums.FILTERS[words]))


def test_several_filters_in_their_order(ask):
    expected = gd_sums.changed(SOFT, gd_sums.FILTERS["3,40"], gd_sums.FILTERS["8"], gd_sums.FILTERS["1"])
    same(ask(SOFT, w=24, h=16, f="3,40|8|1"), expected)
    assert expected.tobytes() != gd_sums.changed(SOFT, gd_sums.FILTERS["1"], gd_sums.FILTERS["8"], gd_sums.FILTERS["3,40"]).tobytes()
    sharp = gd_sums.changed(SOFT, gd_sums.FILTERS["2"], gd_sums.SHARPEN)
    same(ask(SOFT, w=24, h=16, f="2", s=1), sharp)


def test_sharpening(ask):
    sharp = gd_sums.changed(NOISE, gd_sums.SHARPEN)
    for word in ["1", "true", "00"]:
        same(ask(NOISE, w=24, h=16, s=word), sharp)
    for word in ["0", ""]:
        same(ask(NOISE, w=24, h=16, s=word), NOISE)


def test_filters_that_mean_nothing(ask):
    for words in ["", "0", "12", "99", "x", "|", "||,,|", "-1", "11,-8", "2.5x|", "3"]:
        expected = gd_sums.changed(NOISE, gd_sums.FILTERS["2"]) if words == "2.5x|" else NOISE
        same(ask(NOISE, w=24, h=16, f=words), expected)


def test_transparency_survives_filters(ask):
    thumbnail = ask(CLEAR, w=24, h=16, f="1")
    assert thumbnail.mode == "RGBA"
    same(thumbnail.getchannel("A"), CLEAR.getchannel("A"), "L")
    visible = [(now, then) for now, then in zip(thumbnail.getdata(), CLEAR.getdata()) if then[3]]
    assert all(now[:3] == tuple(255 - colour for colour in then[:3]) for now, then in visible)


def test_colorize_makes_transparent(ask):
    """libgd counts 0...127."""
    assert ask(SOFT, w=24, h=16, f="5,0,0,0,127").getchannel("A").getextrema() == (0, 0)
    low, high = ask(SOFT, w=24, h=16, f="5,0,0,0,64").getchannel("A").getextrema()
    assert low == high and 124 <= low <= 129


@pytest.mark.parametrize("kind", ["jpeg", "webp", "gif", "bmp"])
@pytest.mark.parametrize("words", ["1", "2", "3,40", "8"])
def test_filters_of_other_formats(ask, kind, words):
    content = pictures.encode(pictures.drawing(120, 80, seed=5), kind)
    source = pictures.opened(content).convert("RGB")
    expected = gd_sums.changed(source, gd_sums.FILTERS[words])
    nearly(ask(content, kind, w=120, h=80, f=words), expected)


# Four colours in a row and a column, so that one sees what was cut.
COLOURS = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0)]


def stripes(across):
    picture = Image.new("RGB", (80, 20) if across else (20, 80))
    for number, colour in enumerate(COLOURS):
        picture.paste(colour, (number * 20, 0, number * 20 + 20, 20) if across else (0, number * 20, 20, number * 20 + 20))
    return picture


@pytest.mark.parametrize("anchor, start", [("", 30), ("c", 30), ("l", 0), ("r", 60), ("t", 30), ("tl", 0), ("bottom-right", 60), ("left", 0), ("x", 30),
                                           ("lr", 60)])
def test_anchor_across(ask, anchor, start):
    same(ask(stripes(True), w=20, h=20, zc=1, a=anchor), stripes(True).crop((start, 0, start + 20, 20)))


@pytest.mark.parametrize("anchor, start", [("", 30), ("t", 0), ("b", 60), ("r", 30), ("tr", 0), ("bl", 60), ("tb", 60)])
def test_anchor_down(ask, anchor, start):
    same(ask(stripes(False), w=20, h=20, zc=1, a=anchor), stripes(False).crop((0, start, 20, start + 20)))


def test_anchors_are_for_what_is_cut(ask):
    plain = [ask(stripes(True), w=40, h=20, zc=zoom) for zoom in (0, 2, 3)]
    for zoom, expected in zip((0, 2, 3), plain):
        same(ask(stripes(True), w=40, h=20, zc=zoom, a="tl"), expected)


RED = Image.new("RGB", (40, 20), (200, 10, 10))


@pytest.mark.parametrize("colour, seen", [("00ff00", (0, 255, 0)), ("0F0", (0, 255, 0)), ("", (255, 255, 255)), ("12345", (255, 255, 255)),
                                          ("gggggg", (255, 255, 255)), ("#00ff00", (255, 255, 255)), ("123456", (0x12, 0x34, 0x56))])
def test_canvas(ask, colour, seen):
    """Transparent in a PNG unless `ct=0`; in other formats always the colour."""
    opaque = ask(RED, w=40, h=40, zc=2, ct=0, cc=colour).convert("RGBA")
    assert opaque.getpixel((20, 2)) == (*seen, 255) and opaque.getpixel((20, 20)) == (200, 10, 10, 255)
    clear = ask(RED, w=40, h=40, zc=2, cc=colour).convert("RGBA")
    assert clear.getpixel((20, 2))[3] == 0 and clear.getpixel((20, 20)) == (200, 10, 10, 255)
    for kind in ["jpeg", "bmp", "webp", "gif"]:
        picture = ask(RED, kind, w=40, h=40, zc=2, cc=colour).convert("RGBA")
        assert picture.getpixel((20, 2))[3] == 255, kind
        assert max(abs(a - b) for a, b in zip(picture.getpixel((20, 2)), seen)) < 24, kind
        assert max(abs(a - b) for a, b in zip(picture.getpixel((20, 20)), (200, 10, 10))) < 24, kind


def test_no_canvas_where_there_is_no_room(ask):
    """Colour and `ct` change nothing of what fills its size."""
    for zoom, size in [(0, (40, 40)), (1, (40, 40)), (3, (40, 20))]:
        picture = ask(RED, w=40, h=40, zc=zoom, cc="00ff00", ct=0)
        same(picture, Image.new("RGB", size, (200, 10, 10)))


@pytest.mark.parametrize("kind", ["png", "webp", "gif"])
def test_transparency_is_kept(ask, kind):
    picture = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    picture.paste((200, 10, 10, 255), (0, 0, 20, 40))
    for parameters in [{"w": 20, "h": 20}, {"w": 20}, {"w": 20, "h": 20, "zc": 1}, {"w": 20, "h": 20, "zc": 3}]:
        thumbnail = ask(picture, kind, **parameters).convert("RGBA")
        assert thumbnail.getpixel((15, 10))[3] == 0 and thumbnail.getpixel((4, 10))[3] == 255
        assert max(abs(a - b) for a, b in zip(thumbnail.getpixel((4, 10)), (200, 10, 10, 255))) < 24


def test_ct_0_leaves_the_picture_transparent(ask):
    """Only the room around it gets the colour."""
    picture = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    picture.paste((200, 10, 10, 255), (0, 0, 20, 20))
    thumbnail = ask(picture, w=40, h=40, zc=2, ct=0, cc="00ff00").convert("RGBA")
    assert thumbnail.getpixel((20, 2)) == (0, 255, 0, 255)
    assert thumbnail.getpixel((5, 20)) == (200, 10, 10, 255)
    assert thumbnail.getpixel((35, 20))[3] == 0


def test_quality(client):
    path = "/uploads/" + client.uploaded(pictures.photograph(400, 300))["url"].partition("/uploads/")[2]
    sizes = [len(client.get(PATH, params={"img": path, "w": 300, "h": 200, "q": quality}).content) for quality in (10, 50, 90, 100)]
    assert sizes == sorted(sizes) and sizes[0] * 3 < sizes[-1]


def test_stretching_is_like_a_resampling(ask):
    source = pictures.drawing(300, 200, seed=6)
    for kind in ["png", "jpeg", "webp", "bmp"]:
        nearly(ask(source, kind, w=100, h=100, zc=0), source.resize((100, 100), Image.Resampling.BOX), 5)
    whole = source.crop((50, 0, 250, 200)).resize((100, 100), Image.Resampling.BOX)
    nearly(ask(source, w=100, h=100, zc=1), whole, 5)
