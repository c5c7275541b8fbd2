# A picture means the same colors after whatever is done to it: a reader that honours profiles, here Little CMS by Pillow, sees in the
# outcome what it sees in the original, whether the outcome has kept the profile or was converted to sRGB.

import struct

import pytest
from PIL import Image, ImageCms

import pictures
from client import served
from color_profiles import CMYK, P3, PROFILES, SRGB, difference, managed, png_with, profile, ramps

SOURCES = ["jpeg", "png", "webp"]
TARGETS = ["jpeg", "png", "webp", "gif", "bmp"]


def sample(name, kind):
    return pictures.encode(ramps(), kind, icc_profile=PROFILES[name], **({} if kind == "png" else {"quality": 95}))


def thumbnail(client, content, **parameters):
    path = "/uploads/" + client.uploaded(content)["url"].partition("/uploads/")[2]
    response = client.get("/application/thumb.php", params={"img": path, "w": 200, "h": 150, "q": 95, **parameters})
    assert response.status_code == 200 and pictures.size_of(response.content) == (200, 150)
    return response.content


def stored(client, content):
    return served(client, client.uploaded(content)["url"])[2]


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("name", PROFILES)
def test_thumbnail(client, name, kind):
    content = sample(name, kind)
    assert difference(managed(thumbnail(client, content)), managed(content)) < 2


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("name", PROFILES)
def test_conversion(client, site, name, kind, target):
    content = sample(name, kind)
    with site.setting(convert_format=target, convert_always="on", convert_quality=95):
        made = stored(client, content)
    assert difference(managed(made), managed(content)) < 2
    if target in ("gif", "bmp"):
        assert "icc_profile" not in pictures.opened(made).info, "nobody looks for a profile there"


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("name", PROFILES)
def test_scaling(client, site, name, kind):
    content = sample(name, kind)
    with site.setting(scale_uploads="on", convert_quality=90):
        made = stored(client, content)
    assert pictures.size_of(made) == (360, 270)
    assert difference(managed(made), managed(content)) < 2


@pytest.mark.parametrize("name", PROFILES)
def test_a_mark_has_its_own_colors_and_the_picture_keeps_its_own(client, site, name, tmp_path_factory):
    content = sample(name, "png")
    mark = tmp_path_factory.mktemp("mark") / "mark.png"
    mark.write_bytes(pictures.encode(Image.new("RGB", (60, 40), (200, 40, 40)), "png"))
    for folder in (mark.parent, *list(mark.parents)[1:3]):
        folder.chmod(0o755)
    with site.setting(watermark="picture", watermark_picture=mark, watermark_position=1):
        made = managed(stored(client, content))
    assert all(abs(a - b) <= 3 for a, b in zip(made.getpixel((30, 30)), (200, 40, 40)))
    below = (0, 100, 400, 300)
    assert difference(made.crop(below), managed(content).crop(below)) < 2


def test_profile_of_a_mark(client, site, tmp_path_factory):
    red = pictures.encode(Image.new("RGB", (60, 40), (200, 40, 40)), "png", icc_profile=PROFILES["phone-p3"])
    mark = tmp_path_factory.mktemp("mark") / "mark.png"
    mark.write_bytes(red)
    for folder in (mark.parent, *list(mark.parents)[1:3]):
        folder.chmod(0o755)
    with site.setting(watermark="picture", watermark_picture=mark, watermark_position=1):
        made = managed(stored(client, pictures.encode(ramps(), "png")))
    assert all(abs(a - b) <= 3 for a, b in zip(made.getpixel((30, 30)), managed(red).getpixel((30, 20))))


@pytest.mark.parametrize("kind", SOURCES)
def test_profile_over_the_size_limit_of_thumbnails(client, kind):
    content = pictures.encode(ramps(), kind, icc_profile=profile("Display P3", P3, padding=40_000))
    made = thumbnail(client, content)
    assert "icc_profile" not in pictures.opened(made).info
    assert difference(managed(made), managed(content)) < 2


@pytest.mark.parametrize("target", TARGETS)
def test_profile_of_gray_pixels(client, site, target):
    gray = pictures.encode(ramps().convert("L").convert("RGB"), "png", icc_profile=PROFILES["linear"])
    with site.setting(convert_format=target, convert_always="on", convert_quality=95):
        made = stored(client, gray)
    assert difference(managed(made), managed(gray)) < 2
    assert difference(managed(thumbnail(client, gray)), managed(gray)) < 2


# What a PNG states of its colors in numbers: a chunk, and the profile that says the same.
NUMBERS = {
    "Display P3 by code": (b"cICP", bytes([12, 13, 0, 1]), PROFILES["control-p3"]),
    "sRGB by code": (b"cICP", bytes([1, 13, 0, 1]), PROFILES["control-srgb"]),
    "linear light by code": (b"cICP", bytes([1, 8, 0, 1]), PROFILES["linear"]),
    "linear light by gamma": (b"gAMA", struct.pack(">I", 100_000), PROFILES["linear"]),
    "gamma 1.8": (b"gAMA", struct.pack(">I", 55_556), profile("1.8", SRGB, 1.8)),
    "gamma of sRGB": (b"gAMA", struct.pack(">I", 45_455), PROFILES["control-srgb"]),
    "primaries of Display P3": (
        b"gAMA", struct.pack(">I", 45_455) + struct.pack(">8I", 31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000),
        PROFILES["control-p3"]),
}


@pytest.mark.parametrize("target", [None, *TARGETS])
@pytest.mark.parametrize("name", NUMBERS)
def test_colors_in_numbers(client, site, name, target):
    chunk, data, same = NUMBERS[name]
    content = png_with(ramps(), chunk, data[:4])
    if len(data) > 4:
        # Put before the other one.
        alone = png_with(ramps(), b"cHRM", data[4:])
        content = alone[:33] + content[33:49] + alone[33:]
    wanted = managed(content, same)
    if target is None:
        return check_numbers(thumbnail(client, content), wanted)
    with site.setting(convert_format=target, convert_always="on", convert_quality=95, scale_uploads="on"):
        check_numbers(stored(client, content), wanted)


def check_numbers(made, wanted):
    # Pillow does not apply these chunks, so that none may be left.
    assert b"cICP" not in made and b"gAMA" not in made
    assert difference(managed(made), wanted) < 2


def test_code_overrides_a_profile(client):
    content = pictures.encode(ramps(), "png", icc_profile=PROFILES["linear"])
    coded = png_with(ramps(), b"cICP", bytes([12, 13, 0, 1]))
    both = content[:33] + coded[33:49] + content[33:]
    assert difference(managed(thumbnail(client, both)), managed(coded, PROFILES["control-p3"])) < 2


@pytest.fixture(scope="module")
def separated():
    """A JPEG of four inks, with the profile that says what they print."""
    inks = ImageCms.profileToProfile(ramps(), ImageCms.createProfile("sRGB"), ImageCms.getOpenProfile(str(CMYK)), outputMode="CMYK")
    return pictures.encode(inks, "jpeg", quality=95, icc_profile=CMYK.read_bytes())


def test_thumbnail_of_four_inks(client, separated):
    assert difference(managed(thumbnail(client, separated)), managed(separated)) < 3


@pytest.mark.parametrize("target", TARGETS)
def test_conversion_of_four_inks(client, site, separated, target):
    # Scaling, so that a JPEG is made anew too.
    with site.setting(convert_format=target, convert_always="on", convert_quality=95, scale_uploads="on"):
        made = stored(client, separated)
    assert "icc_profile" not in pictures.opened(made).info and pictures.opened(made).mode != "CMYK"
    assert difference(managed(made), managed(separated)) < 3


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("damage", ["no profile", "half", "of another color space"])
def test_damaged_profile_counts_as_none(client, kind, damage):
    icc = {"no profile": b"sRGB" * 50, "half": PROFILES["linear"][:300],
           "of another color space": PROFILES["linear"].replace(b"RGB XYZ", b"CMYKXYZ")}[damage]
    content = pictures.encode(ramps(), kind, icc_profile=icc)
    made = thumbnail(client, content)
    assert difference(pictures.opened(made).convert("RGB"), pictures.opened(content).convert("RGB")) < 2
