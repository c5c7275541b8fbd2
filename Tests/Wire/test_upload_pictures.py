# What settings make of the pixels of an upload: conversion, scaling, turning upright, a mark. All of it happens before the answer,
# in one run of the picture worker.

import json
import shutil

import pytest
from PIL import Image, ImageChops, ImageOps

import pictures
from answers import assert_error
from client import Client, served
from old_forms import OldClient, failed, succeeded
from old_site import TOKENS, OldSite

TYPES = ["jpeg", "png", "gif", "webp", "bmp"]
EXTENSION = {"jpeg": "jpg"}


@pytest.fixture(scope="module")
def old(site):
    return OldClient(site)


def taken(client, content, name=None):
    """The answer and the bytes of an upload that was kept."""
    answer = client.uploaded(content, name) if name else client.uploaded(content)
    body = served(client, answer["url"])[2]
    assert answer["file_size"] == len(body) and (answer["width"], answer["height"]) == pictures.size_of(body)
    return answer, body


def kind_of(body):
    return pictures.opened(body).format.lower()


def upright(content):
    return pictures.encode(ImageOps.exif_transpose(pictures.opened(content)).convert("RGB"), "png")


# Conversion


@pytest.mark.parametrize("target", TYPES)
@pytest.mark.parametrize("source", TYPES)
def test_every_conversion(client, site, source, target):
    content = pictures.still(source, 90, 60)
    with site.setting(convert_format=target, convert_always="on"):
        answer, body = taken(client, content, "a." + source)
    assert kind_of(body) == target and answer["mime"] == pictures.MIME[target]
    assert answer["url"].endswith("." + EXTENSION.get(target, target))
    assert pictures.is_like(body, content)
    if source == target:
        assert body == content, "what is of that type already stays as it is"


def test_larger_file_counts_only_when_always(client, site):
    content = pictures.still("webp", 300, 200, quality=20)
    for always, kind in [("off", "webp"), ("on", "bmp")]:
        with site.setting(convert_format="bmp", convert_always=always):
            answer, body = taken(client, content)
        assert kind_of(body) == kind and (body == content) == (kind == "webp")


@pytest.mark.parametrize("target", ["jpeg", "bmp"])
@pytest.mark.parametrize("source", ["png", "webp", "gif"])
def test_transparency_becomes_white(client, site, source, target):
    picture = Image.new("RGBA", (64, 48), (0, 0, 0, 0))
    picture.paste((0, 0, 255, 255), (0, 0, 32, 48))
    with site.setting(convert_format=target, convert_always="on"):
        _, body = taken(client, pictures.encode(picture, source))
    made = pictures.opened(body).convert("RGB")
    assert all(value > 247 for value in made.getpixel((60, 20)))
    assert made.getpixel((5, 20))[2] > 247 and made.getpixel((5, 20))[0] < 8


def test_transparency_stays_where_it_can(client, site):
    picture = Image.new("RGBA", (64, 48), (0, 0, 0, 0))
    for target in ["webp", "gif"]:
        with site.setting(convert_format=target, convert_always="on"):
            _, body = taken(client, pictures.encode(picture, "png"))
        assert pictures.opened(body).convert("RGBA").getpixel((9, 9))[3] == 0


def test_effort_of_png_follows_the_quality(client, site):
    """EasyImages' sum: a low quality means a high level of compression; the pixels are the same."""
    content = pictures.encode(pictures.drawing(500, 400), "bmp")
    bodies = []
    for quality in [1, 100]:
        with site.setting(convert_format="png", convert_quality=quality):
            bodies.append(taken(client, content)[1])
    assert len(bodies[0]) < len(bodies[1])
    assert pictures.opened(bodies[0]).convert("RGB").tobytes() == pictures.opened(content).tobytes()


def test_effort_of_webp(client, site):
    """What libwebp makes of its methods: 4, the usual one, is what it was without the setting."""
    content = pictures.photograph(500, 400)
    bodies = {}
    for effort in [0, 4, 6]:
        with site.setting(convert_format="webp", convert_always="on", convert_effort=effort):
            bodies[effort] = taken(client, content)[1]
    with site.setting(convert_format="webp", convert_always="on"):
        assert taken(client, content)[1] == bodies[4]
    assert len(bodies[0]) > len(bodies[4]) and len(set(bodies.values())) == 3


def test_effort_above_4_megapixels(client, site):
    """There 4 is the most, so that the conversion keeps within the worker's time."""
    content, bodies = pictures.photograph(2_300, 1_800), []
    for effort in [4, 6]:
        with site.setting(convert_format="webp", convert_always="on", convert_effort=effort):
            bodies.append(taken(client, content)[1])
    assert bodies[0] == bodies[1]


def test_old_form_leaves_names_that_end_in_webp(old, site):
    """K 32: whatever the file is; and a JPEG that was converted is called so."""
    content = pictures.still("png", 90, 60)
    with site.setting(convert_format="jpeg", convert_always="on"):
        for name in ["a.webp", "b.WEBP"]:
            answer = succeeded(old.api(content, name))
            assert answer["url"].endswith(".png") and old.stored(answer).read_bytes() == content
        answer = succeeded(old.api(content, "a.png"))
        assert answer["url"].endswith(".jpeg") and kind_of(old.stored(answer).read_bytes()) == "jpeg"
        # The API of this program does not look at names.
        assert kind_of(taken(Client(site), content, "a.webp")[1]) == "jpeg"


def test_old_form_encodes_the_same_type_anew(old, site):
    content = pictures.encode(pictures.drawing(300, 200), "jpeg", quality=98)
    with site.setting(convert_format="jpeg", convert_always="on", convert_quality=50):
        answer = succeeded(old.api(content, "a.jpg"))
    assert answer["url"].endswith(".jpeg") and len(old.stored(answer).read_bytes()) < len(content)
    with site.setting(convert_format="jpeg", convert_always="off"):
        answer = succeeded(old.api(content, "a.jpg"))
    assert answer["url"].endswith(".jpg") and old.stored(answer).read_bytes() == content


# Scaling


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("size, quality, scaled", [
    ((320, 200), 80, (256, 160)), ((333, 111), 33, (109, 36)), ((5, 3), 10, (1, 1)), ((320, 200), 100, (320, 200)),
    ((900, 700), 20, (180, 140)),
])
def test_scaling(client, site, kind, size, quality, scaled):
    content = pictures.still(kind, *size)
    with site.setting(scale_uploads="on", convert_quality=quality):
        answer, body = taken(client, content)
    assert (answer["width"], answer["height"]) == scaled and kind_of(body) == kind
    assert pictures.is_like(body, content, tolerance=60 if min(scaled) < 16 else 24)
    assert (body == content) == (quality == 100)


def test_conversion_and_scaling_together(client, site):
    content = pictures.still("bmp", 320, 200)
    with site.setting(convert_format="webp", scale_uploads="on"):
        answer, body = taken(client, content)
    assert kind_of(body) == "webp" and pictures.size_of(body) == (256, 160)


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_animations_stay(client, site, kind):
    content = pictures.animated(kind, frames=5, width=300, height=200)
    with site.setting(scale_uploads="on", convert_format="jpeg", convert_always="on", watermark="text", watermark_text="x"):
        assert taken(client, content)[1] == content


@pytest.mark.parametrize("name, content", [("a.svg", pictures.svg()), ("a.avif", pictures.still("avif")), ("a.ico", pictures.still("ico"))])
def test_what_is_not_decoded_stays(client, site, name, content):
    with site.setting(scale_uploads="on", watermark="text", watermark_text="x", upright_uploads="on"):
        answer = client.uploaded(content, name)
    assert served(client, answer["url"])[2] == content


# Upright


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright(client, site, orientation):
    content = pictures.oriented(orientation, 300, 200)
    with site.setting(upright_uploads="on"):
        answer, body = taken(client, content)
    if orientation == 1:
        assert body == content
        return
    assert pictures.opened(body).getexif().get(pictures.ExifTags.Base.Orientation, 1) == 1
    assert pictures.size_of(body) == pictures.size_of(upright(content)) and pictures.is_like(body, upright(content))
    assert answer["url"].endswith(".jpg")


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_only_jpegs_are_turned(client, site, kind):
    content = pictures.oriented(6, 300, 200, kind=kind)
    with site.setting(upright_uploads="on"):
        assert served(client, client.uploaded(content)["url"])[2] == content


@pytest.mark.parametrize("orientation", [3, 6, 7])
def test_everything_at_once(client, site, orientation):
    content = pictures.oriented(orientation, 600, 400)
    with site.setting(upright_uploads="on", scale_uploads="on", convert_format="webp", watermark="text", watermark_text="mark",
                      watermark_position=1):
        answer, body = taken(client, content)
    expected = pictures.opened(upright(content))
    assert kind_of(body) == "webp" and pictures.size_of(body) == tuple(side * 80 // 100 for side in expected.size)
    assert pictures.is_like(body, upright(content))


# A mark

PAPER = (90, 120, 90)


def paper(kind="png", size=(300, 200), colour=PAPER, **options):
    return pictures.encode(Image.new("RGB", size, colour), kind, **options)


def changed(body, noise=0, colour=PAPER):
    """The box of pixels that are not the paper's colour any more; None when there are none."""
    picture = pictures.opened(body).convert("RGB")
    difference = ImageChops.difference(picture, Image.new("RGB", picture.size, colour))
    return ImageChops.lighter(ImageChops.lighter(*difference.split()[:2]), difference.split()[2]).point(
        lambda value: 255 if value > noise else 0).getbbox()


def third(position, box, size):
    """Whether a box lies in the ninth of the picture that a position names."""
    column, row = (position - 1) % 3, (position - 1) // 3
    middle = ((box[0] + box[2]) / 2 / size[0], (box[1] + box[3]) / 2 / size[1])
    return (int(middle[0] * 3), int(middle[1] * 3)) == (column, row)


@pytest.fixture(scope="module")
def mark(site, tmp_path_factory):
    """A mark that is a picture, 60 x 30, red, half of it transparent."""
    picture = Image.new("RGBA", (60, 30), (255, 0, 0, 255))
    picture.paste((0, 0, 0, 0), (30, 0, 60, 30))
    path = site.data / "mark.png"
    path.write_bytes(pictures.encode(picture, "png"))
    path.chmod(0o644)
    return path


@pytest.mark.parametrize("position", range(1, 10))
@pytest.mark.parametrize("kind, noise", [("png", 0), ("jpeg", 12), ("webp", 12), ("gif", 0), ("bmp", 0)])
def test_picture_mark(client, site, mark, position, kind, noise):
    """Exactly where it belongs, ten pixels from the edge, and nothing else changes."""
    with site.setting(watermark="picture", watermark_picture=mark, watermark_position=position, convert_quality=95):
        _, body = taken(client, paper(kind))
    assert kind_of(body) == kind and pictures.opened(body).mode != "RGBA"
    column, row = (position - 1) % 3, (position - 1) // 3
    left, top = [10, 120, 230][column], [10, 85, 160][row]
    slack = 8 if kind in ("jpeg", "webp") else 0
    box = changed(body, noise)
    assert all(abs(a - b) <= slack for a, b in zip(box, (left, top, left + 30, top + 30)))
    seen = pictures.opened(body).convert("RGB").getpixel((left + 15, top + 15))
    assert seen[0] > 240 and seen[1] < 20 and seen[2] < 20


@pytest.mark.parametrize("position", range(1, 10))
@pytest.mark.parametrize("kind, noise", [("png", 0), ("jpeg", 16), ("gif", 0)])
def test_text_mark(client, site, position, kind, noise):
    with site.setting(watermark="text", watermark_text="Mark", watermark_color="rgba(255,255,0,1)", watermark_position=position,
                      convert_quality=95):
        _, body = taken(client, paper(kind))
    assert pictures.opened(body).mode != "RGBA", "what was opaque stays so"
    box = changed(body, noise)
    assert third(position, box, (300, 200)), box
    assert 25 < box[2] - box[0] < 90 and 10 < box[3] - box[1] < 34
    colours = pictures.opened(body).convert("RGB").getcolors(70000)
    assert any(colour[0] > 235 and colour[1] > 235 and colour[2] < 40 for _, colour in colours)


def test_random_place_is_within_the_picture(client, site, mark):
    boxes = set()
    with site.setting(watermark="picture", watermark_picture=mark, watermark_position=0):
        for _ in range(6):
            box = changed(taken(client, paper())[1])
            assert (box[2] - box[0], box[3] - box[1]) == (30, 30)
            boxes.add(box)
    assert len(boxes) > 1


def test_opacity_and_transparency(client, site):
    with site.setting(watermark="text", watermark_text="█", watermark_color="rgba(255,255,255,0.5)"):
        _, body = taken(client, paper(colour=(0, 0, 0)))
        glass = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
        _, marked = taken(client, pictures.encode(glass, "png"))
    brightest = max(pictures.opened(body).convert("L").tobytes())
    assert 120 < brightest < 136
    assert pictures.opened(marked).convert("RGBA").getpixel((2, 2))[3] == 0
    assert 120 < max(pictures.opened(marked).convert("RGBA").getchannel("A").tobytes()) < 136


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA", "I;16"])
def test_marks_are_coloured_on_every_kind_of_png(client, site, mark, mode):
    picture = Image.new("I;16", (200, 100), 30000) if mode == "I;16" else pictures.drawing(200, 100).convert(mode)
    with site.setting(watermark="picture", watermark_picture=mark, watermark_position=1):
        _, body = taken(client, pictures.encode(picture, "png"))
    seen = pictures.opened(body).convert("RGB").getpixel((20, 20))
    assert seen[0] > 240 and seen[1] < 20


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_marks_are_coloured_on_every_kind_of_jpeg(client, site, mark, mode):
    picture = Image.new("RGB", (200, 100), (128, 128, 128)).convert(mode)
    with site.setting(watermark="picture", watermark_picture=mark, watermark_position=1):
        _, body = taken(client, pictures.encode(picture, "jpeg"))
    seen = pictures.opened(body).convert("RGB").getpixel((25, 25))
    assert seen[0] > 230 and seen[1] < 40


def test_smaller_pictures_stay_unmarked(client, site, mark):
    for values in [{"watermark": "picture", "watermark_picture": mark}, {"watermark": "text", "watermark_text": "much too long for this"}]:
        with site.setting(**values):
            for kind in ["png", "jpeg"]:
                content = paper(kind, (59, 29))
                assert taken(client, content)[1] == content
            with site.setting(convert_format="bmp", convert_always="on"):
                assert kind_of(taken(client, paper("png", (59, 29)))[1]) == "bmp"


HOSTILE = ["@/etc/passwd", "%f %[EXIF:*] %w", "text 0,0 'x'", "label:x", "\\n\\t%%", "$(id) `id` ' \"", "msl:/etc/passwd", "x -draw y"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_only_text(client, site, text):
    """As wide as its letters: nothing in it is read as a file, an escape or an instruction."""
    from PIL import ImageFont
    font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    with site.setting(watermark="text", watermark_text=text, watermark_font=font, watermark_position=1, watermark_size=20):
        _, body = taken(client, paper(size=(800, 200)))
    box = changed(body)
    left, top, right, bottom = ImageFont.truetype(font, 20).getbbox(text)
    assert abs((box[2] - box[0]) - (right - left)) <= max(6, (right - left) * 0.04), (box, right - left)
    assert box[3] - box[1] <= 30


def test_lines_and_other_scripts(client, site):
    with site.setting(watermark="text", watermark_text="one\n图床水印\n\n© 2024 é", watermark_position=9, watermark_size=20):
        _, body = taken(client, paper())
    box = changed(body)
    assert third(9, box, (300, 200)) and 60 < box[3] - box[1] < 130


def test_empty_text_is_no_mark(client, site):
    content = paper()
    with site.setting(watermark="text", watermark_text=" \n "):
        assert taken(client, content)[1] == content


def test_mark_of_a_replaced_site():
    """Its `waterImg` is relative to its own folder; `compress` scales before the mark is put."""
    site = OldSite(settings={"watermark": "2", "waterImg": "'/public/mark.png'", "compress": "1", "compress_ratio": "50",
                             "waterPosition": "1", "imgConvert": "'png'"})
    (site.old / "public").mkdir(exist_ok=True)
    (site.old / "public/mark.png").write_bytes(paper(size=(60, 30), colour=(255, 0, 0)))
    with site:
        answers = [OldClient(site, token=token).api(paper("jpeg"), "a.jpg") for token in TOKENS.values()]
        answer = next(answer.json() for answer in answers if answer.json()["code"] == 200)
        body = OldClient(site).stored(answer).read_bytes()
    assert pictures.size_of(body) == (150, 100) and kind_of(body) == "png"
    assert pictures.opened(body).convert("RGB").getpixel((12, 12)) == (255, 0, 0)
    assert pictures.opened(body).convert("RGB").getpixel((72, 12))[0] < 100


# A mark that cannot be put


@pytest.fixture
def bad_files(site):
    folder = site.data / "bad"
    folder.mkdir()
    (folder / "empty").write_bytes(b"")
    (folder / "text").write_text("no font and no picture\n")
    (folder / "broken.png").write_bytes(paper()[:60])
    (folder / "huge.png").write_bytes(pictures.encode(Image.new("1", (3000, 3000)), "png"))
    (folder / "move.gif").write_bytes(pictures.animated("gif"))
    (folder / "folder").mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("kind, setting, name", [
    ("picture", "watermark_picture", name) for name in ["missing", "empty", "text", "broken.png", "huge.png", "move.gif", "folder"]
] + [("text", "watermark_font", name) for name in ["missing", "empty", "text", "folder"]])
def test_mark_that_cannot_be_put(client, old, site, bad_files, kind, setting, name):
    """A failure of the site's, which its operator finds in the log and by `imagebed doctor`; nothing is kept."""
    path = bad_files / name
    with site.setting(watermark=kind, watermark_text="x", **{setting: path}):
        before = site.inventory()
        assert_error(client.upload(paper()), 500, "Upload failed")
        assert failed(old.api(paper(), "a.png"))["code"] == 500
        assert site.inventory() == before
        doctor = site.imagebed("doctor", "--json", check=False)
        finding = next(each for each in json.loads(doctor.stdout) if each["subject"] == "watermark")
        assert finding["level"] == "problem" and setting in finding["says"] and doctor.returncode == 1
        # What is not marked is taken.
        assert client.upload(pictures.svg()).status_code == 200
        assert client.upload(pictures.animated("gif")).status_code == 200
    assert setting in site.transcript()


def test_relative_path_is_refused(client, site):
    with site.setting(watermark="picture", watermark_picture="mark.png"):
        assert_error(client.upload(paper()), 500, "Upload failed")


def test_doctor_tells_the_size_of_the_mark(site, mark):
    with site.setting(watermark="picture", watermark_picture=mark):
        doctor = json.loads(site.imagebed("doctor", "--json", check=False).stdout)
    finding = next(each for each in doctor if each["subject"] == "watermark")
    assert finding["level"] == "ok" and "60 x 30" in finding["says"]


@pytest.mark.parametrize("color", ["red", "rgba(0,0,0)", "rgba(256,0,0,1)", "rgba(0,0,0,2)", "url(x)", "rgba(0,0,0,1);"])
def test_colours_are_checked_when_they_are_set(site, color):
    assert site.imagebed("settings", "set", "watermark_color", color, check=False).returncode != 0
