# The picture worker, the only process that decodes pictures: it is started when pixels are needed and not otherwise, and its
# crash or its endless loop is an error of the request alone.

import stat

import pytest

import pictures
import raw
from answers import assert_error, headers_of
from client import Client
from running_site import Site, at_once, binaries, until

SABOTAGE = """#!/bin/sh
# Stands in the place of the picture worker: counts its starts, and crashes or hangs when told to.
echo start >> {log}
[ -e {folder}/crash ] && kill -SEGV $$
[ -e {folder}/hang ] && exec sleep 1000
exec {real}/picture "$@"
"""


@pytest.fixture(scope="module")
def sabotaged(tmp_path_factory):
    """A site whose picture worker can be made to fail."""
    folder = tmp_path_factory.mktemp("sabotage")
    for path in [folder, *folder.parents][:3]:
        path.chmod(0o755)
    for executable in binaries().iterdir():
        if executable.is_file() and executable.stat().st_mode & stat.S_IXUSR and executable.name != "picture":
            (folder / executable.name).write_bytes(executable.read_bytes())
            (folder / executable.name).chmod(0o755)
    log = folder / "starts"
    log.touch()
    log.chmod(0o666)
    (folder / "picture").write_text(SABOTAGE.format(log=log, folder=folder, real=binaries()))
    (folder / "picture").chmod(0o755)
    with Site(executables=folder) as site:
        # Each of these responders tries its worker once when it starts, and the site is ready before the last of them is.
        trying = sum(len(site.responders(name)) for name in ["upload", "api-index", "app-upload", "thumb"])
        assert until(lambda: starts(folder) >= trying, 60)
        yield site, folder


def starts(folder):
    return len((folder / "starts").read_text().splitlines())


def test_ordinary_uploads_start_no_worker(sabotaged):
    site, folder = sabotaged
    before = starts(folder)
    for kind in ["jpeg", "png", "gif", "webp", "bmp", "avif"]:
        Client(site).uploaded(pictures.still(kind))
    assert starts(folder) == before


def test_settings_start_it_once_or_not_at_all(sabotaged):
    """Everything that is asked of a picture is done in one run; nothing is asked of one that is upright already."""
    site, folder = sabotaged
    client = Client(site)
    with site.setting(upright_uploads="on", convert_format="webp", scale_uploads="on", watermark="text", watermark_text="x"):
        before = starts(folder)
        client.uploaded(pictures.oriented(6, 300, 200))
        assert starts(folder) == before + 1
        client.uploaded(pictures.animated("gif"))
        assert starts(folder) == before + 1
    with site.setting(upright_uploads="on"):
        before = starts(folder)
        client.uploaded(pictures.oriented(1, 300, 200))
        client.uploaded(pictures.oriented(6, 300, 200, kind="png"))
        assert starts(folder) == before


def test_thumbnail_is_made_once(sabotaged):
    site, folder = sabotaged
    client = Client(site)
    answer = client.uploaded(pictures.photograph(2500, 1600))
    before = starts(folder)
    wire = raw.request("GET", "/application/thumb.php?img=/uploads/" + answer["url"].partition("/uploads/")[2])
    answers = at_once(8, lambda _: client.raw(wire).status)
    assert (answers, starts(folder) - before) == ([200] * 8, 1)


@pytest.mark.parametrize("failure", ["crash", "hang"])
def test_failing_worker_is_the_clients_error(sabotaged, failure):
    site, folder = sabotaged
    client = Client(site)
    answer = client.uploaded(pictures.photograph(500, 400))
    before = site.inventory()
    (folder / failure).touch()
    try:
        with site.setting(convert_format="webp"):
            assert_error(client.upload(pictures.jpeg()), 400, "Invalid file type")
        response = client.get(answer["thumb"])
        assert response.status_code in (404, 422) and headers_of(response)["content-type"].startswith("image/")
        assert client.upload(pictures.jpeg()).status_code == 200, "what needs no worker goes on"
    finally:
        (folder / failure).unlink()
    assert site.inventory()["uploads"] != before["uploads"] and not site.inventory()["unnamed"]
    # That picture is not tried again for a day, every other one is.
    assert client.get(client.uploaded(pictures.photograph(500, 400, seed=2))["thumb"]).status_code == 200
