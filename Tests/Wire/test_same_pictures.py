# Whatever pictures there are, a confined worker makes the same of them, byte by byte, as one that only believes that it is: those that these
# tests draw and break, and the test images of Pillow, where its source is to be had.

import os
import pathlib
import subprocess
import sys
import tarfile
import warnings

import pytest
from PIL import Image

import hostile
import pictures
from command_line import PROJECT
from worker_desk import build_library, desk, FONT, open_folder, probe  # noqa: F401 (fixtures)

KINDS = ["jpeg", "png", "gif", "webp", "bmp"]
MAGIC = {b"\xff\xd8\xff": "jpeg", b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp", b"BM": "bmp"}
PILLOW = "12.0.0"

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be another user")


@pytest.fixture(scope="module")
def unconfined(tmp_path_factory):
    return build_library(tmp_path_factory.mktemp("unconfined"), "unconfined.c")


@pytest.fixture
def same(desk, unconfined):
    """Compares what is made of a picture by a job, and tells whether it was made."""
    library = desk.folder / "unconfined.so"
    library.write_bytes(unconfined.read_bytes())
    assert desk.made("self-test", b"x")[0].startswith("layers ")
    assert desk.made("self-test", b"x", PRELOAD=library)[0] == "layers no-landlock 0 yes yes"

    def compare(job, content):
        confined = desk.made(job, content, b"x")
        assert confined == desk.made(job, content, b"x", PRELOAD=library), job
        return len(confined[1]) > 0

    return compare


def thumbnail(kind, width, height):
    return f"thumbnail {kind} {width} {height} 1 0 0 {width} {height} 0 0 64 48 64 48 80 255 255 255 0"


@pytest.mark.parametrize("kind", KINDS)
def test_drawn_pictures(same, kind):
    content = pictures.still(kind, 40, 30)
    assert same(thumbnail(kind, 40, 30), content)
    for made in KINDS:
        assert same(f"convert {kind} 30 40 6 {made} 80 15 20 1 0 4 1", content)
    if FONT.exists():
        assert same(f"convert {kind} 40 30 1 {kind} 80 40 30 1 0 4 1 text 255 0 0 500 10 5", content)
    for cut in [0, 10, len(content) // 2, len(content) - 1]:
        same(thumbnail(kind, 40, 30), content[:cut] or b"x")


def test_hostile_pictures(same):
    for name, (make, _) in hostile.OVER_THE_LIMITS.items():
        content = make()
        if kind := kind_of(content):
            same(thumbnail(kind, 16, 16), content)


def kind_of(content):
    return next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), None)


@pytest.fixture(scope="module")
def pillows_images():
    folder = PROJECT / ".build-tests/pillow"
    if not list(folder.glob("pillow-*.tar.gz")):
        fetched = subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "pillow", "-d", folder, f"pillow=={PILLOW}"],
                                 capture_output=True, text=True, timeout=300)
        if fetched.returncode != 0:
            pytest.skip(f"Pillow's source is not to be had here: {fetched.stderr.strip().splitlines()[-1:]}")
    with tarfile.open(next(folder.glob("pillow-*.tar.gz"))) as archive:
        yield [(entry.name, archive.extractfile(entry).read()) for entry in archive if entry.isfile() and "/Tests/images/" in entry.name]


def test_pillows_images(same, pillows_images, tmp_path):
    warnings.simplefilter("ignore")
    made = 0
    for name, content in pillows_images:
        kind = kind_of(content)
        if kind is None:
            continue
        width, height = size(tmp_path, content)
        if width * height <= 4_000_000:
            made += same(thumbnail(kind, width, height), content)
    assert made > 200


def size(folder, content):
    """As Pillow reads it; any where it does not."""
    path = pathlib.Path(folder / "picture")
    path.write_bytes(content)
    try:
        with Image.open(path) as image:
            return image.size
    except Exception:  # noqa: BLE001 (broken pictures break it in many ways)
        return 16, 16
