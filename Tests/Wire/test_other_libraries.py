# The list of system calls is made from those that the C library of this system makes; the next Debian's makes others, and has to go on.

import os
import pathlib
import platform
import signal
import subprocess

import pytest

import pictures
from command_line import PROJECT
from worker_desk import desk, FONT, open_folder, probe, THUMBNAIL  # noqa: F401 (fixtures)

NEXT = "trixie"
TRIPLE = f"{platform.machine()}-linux-gnu"
# Each with a letter that it has a number of its own for.
ENCODINGS = {"utf-8": "水", "us-ascii": "a", "iso-8859-1": "é", "windows-1252": "€"}

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be another user")


@pytest.fixture(scope="module")
def next_library():
    """The next Debian's C library, unpacked; fetched once by apt, with lists of its own."""
    folder = PROJECT / ".build-tests" / f"libc-{NEXT}"
    if not (folder / "root").exists():
        try:
            fetch(folder)
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"the C library of {NEXT} is not to be had here: {error}")
    return folder / "root"


def fetch(folder):
    (folder / "lists/partial").mkdir(parents=True, exist_ok=True)
    (folder / "sources").write_text(f"deb http://deb.debian.org/debian {NEXT} main\n")
    options = [f"Dir::Etc::SourceList={folder}/sources", "Dir::Etc::SourceParts=/dev/null", f"Dir::State::Lists={folder}/lists",
               f"Dir::Cache={folder}", "Acquire::Retries=0", "Acquire::http::Timeout=20", "APT::Sandbox::User=root"]
    apt = ["apt-get", "-q", *(word for option in options for word in ["-o", option])]
    subprocess.run([*apt, "update"], check=True, capture_output=True, timeout=120)
    subprocess.run([*apt, "download", "libc6"], check=True, capture_output=True, timeout=120, cwd=folder)
    subprocess.run(["dpkg-deb", "-x", next(folder.glob("libc6_*.deb")), folder / "unpacked"], check=True, capture_output=True)
    (folder / "unpacked").rename(folder / "root")


@pytest.fixture
def with_next_library(desk, next_library):
    """A program that runs the worker with that library."""
    loader = next(path for path in next_library.rglob("ld-linux-*") if path.is_file())
    home = pathlib.Path(next(next_library.rglob("libc.so.6"))).parent
    program = desk.folder / "with-next-library"
    program.write_text(f'#!/bin/sh\nGCONV_PATH={home}/gconv exec {loader} --library-path {home}:/usr/lib/{TRIPLE} {desk.program} "$@"\n')
    program.chmod(0o755)
    return program


def graphic(encoding):
    root = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20">'
    text = f'<?xml version="1.0" encoding="{encoding}"?>{root}<title>{ENCODINGS[encoding]}</title></svg>'
    return text.encode(encoding)


def jobs():
    size, claims = "0 0 40 30 0 0 20 15 20 15 80 255 255 255 0", "40 30 1"
    for kind in ["jpeg", "png", "gif", "webp", "bmp"]:
        content = pictures.still(kind, 40, 30)
        yield f"thumbnail {kind} {claims} {size}", content
        for made in ["jpeg", "png", "gif", "webp", "bmp"]:
            yield f"convert {kind} {claims} {made} 80 20 15 1 0 4 1", content
        yield f"thumbnail {kind} {claims} {size}", content[:60]
    if FONT.exists():
        yield "convert jpeg 40 30 1 jpeg 80 40 30 1 0 4 1 text 255 0 0 500 10 5", pictures.still("jpeg", 40, 30)
    for encoding in ENCODINGS:
        yield "svg", graphic(encoding)


def test_the_next_c_library_makes_the_same(desk, with_next_library):
    version = subprocess.run([with_next_library], capture_output=True, text=True).stdout
    assert version == "unknown job\n"
    for job, content in jobs():
        made = desk.made(job, content, b"x")
        assert "unknown job" not in made[0], job
        assert desk.made(job, content, b"x", program=with_next_library) == made, job


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_of_a_graphic_is_read(desk, encoding):
    """Whatever the library that knows it has to load is there before the worker is confined."""
    assert desk.made("svg", graphic(encoding))[0] == "10 20"


def test_a_decoder_that_gives_up_is_told(desk):
    """abort(3) works."""
    assert desk.start(THUMBNAIL, PROBE_ABORT="yes").wait(120) == 128 + signal.SIGABRT
