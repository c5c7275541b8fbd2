# The picture worker, the only process that decodes pictures: it is started when pixels are needed, or a thumbnail was, and its
# crash or its endless loop is an error of the request alone.

import contextlib
import json
import os
import pathlib
import signal
import stat

import pytest

import engines
import pictures
import raw
from answers import assert_error, headers_of
from client import Client
from old_forms import OldClient, succeeded
from running_site import Site, at_once, binaries, until

SABOTAGE = """#!/bin/sh
# Stands in the place of the picture worker: counts its starts; crashes, hangs, is killed or has a full disk when told to. None waits.
[ "$1" = wait ] && exit 78
echo start >> {log}
[ -e {folder}/crash ] && kill -SEGV $$
[ -e {folder}/hang ] && exec sleep 1000
[ -e {folder}/kill ] && kill -KILL $$
[ -e {folder}/term ] && kill -TERM $$
[ -e {folder}/full ] && exec {real}/picture "$@" 4<> /dev/full
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


@engines.of_one_node("each has a worker of its own")
def test_thumbnail_is_made_once(sabotaged):
    site, folder = sabotaged
    client = Client(site)
    answer = client.uploaded(pictures.photograph(2500, 1600))
    before = starts(folder)
    wire = raw.request("GET", "/application/thumb.php?img=/uploads/" + answer["url"].partition("/uploads/")[2])
    answers = at_once(8, lambda _: client.raw(wire).status)
    assert (answers, starts(folder) - before) == ([200] * 8, 1)


@contextlib.contextmanager
def failing(folder, failure):
    """While this lasts, every worker ends so."""
    (folder / failure).touch()
    try:
        yield
    finally:
        (folder / failure).unlink()


@pytest.mark.parametrize("failure", ["crash", "hang"])
def test_failing_worker_is_the_clients_error(sabotaged, failure):
    site, folder = sabotaged
    client = Client(site)
    answer = client.uploaded(pictures.photograph(500, 400))
    before = site.inventory()
    with failing(folder, failure):
        assert_error(client.upload(pictures.svg(), "a.svg"), 400, "Invalid file type")
        response = client.get(answer["thumb"])
        assert response.status_code in (404, 422) and headers_of(response)["content-type"].startswith("image/")
        assert client.upload(pictures.jpeg()).status_code == 200, "what needs no worker goes on"
    assert site.inventory()["uploads"] != before["uploads"] and not site.inventory()["unnamed"]
    # That picture is not tried again for a day, every other one is.
    assert client.get(client.uploaded(pictures.photograph(500, 400, seed=2))["thumb"]).status_code == 200


MACHINE = [("kill", 503, "Server busy"), ("term", 503, "Server busy"), ("full", 507, "Insufficient storage")]


@engines.of_one_node("each has a worker of its own")
@pytest.mark.parametrize("failure, status, says", MACHINE)
def test_failing_machine_is_nobodys_fault(sabotaged, failure, status, says):
    """The picture has no mark and is tried again; the operator hears once what happened and what to do."""
    site, folder = sabotaged
    client = Client(site)
    answer = client.uploaded(pictures.photograph(500, 400, seed=ord(failure[0])))
    length = len(site.transcript())
    with failing(folder, failure):
        response = client.get(answer["thumb"])
        assert_error(response, status, says)
        assert ("Retry-After" in response.headers) == (status == 503)
        thumbnail = "/app/thumb.php?img=/uploads/" + answer["url"].partition("/uploads/")[2]
        assert client.get(thumbnail).status_code == status, "EasyImages' own address too"
    lines = [line for line in site.transcript()[length:].splitlines() if '"responder":"thumb"' in line]
    assert len(lines) == 2
    told = json.loads(lines[0])
    assert told["status"] == status
    assert {"kill": "memory", "term": "signal 15", "full": "Free space"}[failure] in told["because"]
    assert client.get(answer["thumb"]).status_code == 200


def test_picture_that_is_killed_again_and_again_rests(sabotaged):
    site, folder = sabotaged
    client = Client(site)
    answer = client.uploaded(pictures.photograph(500, 400, seed=77))
    with failing(folder, "kill"):
        for width in [16, 32, 48]:
            assert client.get(answer["thumb"] + f"&w={width}").headers["Retry-After"] == "5"
    before = starts(folder)
    response = client.get(answer["thumb"])
    assert_error(response, 503, "Server busy")
    assert 3500 < int(response.headers["Retry-After"]) <= 3600 and starts(folder) == before
    assert client.get(client.uploaded(pictures.photograph(500, 400, seed=78))["thumb"]).status_code == 200


@pytest.mark.parametrize("failure, status, says", MACHINE[:2])
def test_upload_that_needs_the_worker_hears_what_the_machine_lacks(sabotaged, failure, status, says):
    """In every dialect; nothing is kept, and nothing said of the file."""
    site, folder = sabotaged
    client, old = Client(site), OldClient(site)
    before = site.inventory()
    with failing(folder, failure):
        assert_error(client.upload(pictures.svg(), "a.svg"), status, says, **{"Retry-After": "5"})
        refused = old.api(pictures.svg(), "a.svg")
        assert (refused.status_code, refused.json()) == (200, {"result": "failed", "code": status, "message": says})
        assert refused.headers["Retry-After"] == "5"
    assert site.inventory() == before
    assert client.upload(pictures.svg(), "a.svg").status_code == 200


@engines.of_one_node("each has a worker of its own")
@pytest.mark.parametrize("failure", ["crash", "kill"])
def test_conversion_that_fails_keeps_what_was_sent(sabotaged, failure):
    site, folder = sabotaged
    client = Client(site)
    content = pictures.photograph(300, 200, seed=ord(failure[0]))
    length = len(site.transcript())
    with site.setting(convert_format="webp"), failing(folder, failure):
        answer = client.uploaded(content)
        assert site.stored(answer["url"]).read_bytes() == content and answer["mime"] == "image/jpeg"
        assert succeeded(OldClient(site).api(content, "b.jpg"))["url"].endswith(".jpg")
    lines = [json.loads(line) for line in site.transcript()[length:].splitlines() if '"remark"' in line]
    assert [line["responder"] for line in lines] == ["upload", "api-index"]
    assert all("without convert_format" in line["remark"] for line in lines)


def test_conversion_onto_a_full_disk_keeps_nothing(sabotaged):
    site, folder = sabotaged
    client = Client(site)
    before = site.inventory()
    with site.setting(convert_format="webp"), failing(folder, "full"):
        assert_error(client.upload(pictures.jpeg()), 507, "Insufficient storage")
        assert OldClient(site).api(pictures.jpeg()).json() == {"result": "failed", "code": 507, "message": "Insufficient storage"}
    assert site.inventory() == before


def test_worker_waits_for_the_next_thumbnail_and_ends_with_its_responder():
    """What it is asked for is done by the one that waits; nothing is left of it when its responder is killed."""
    with Site() as site:
        client = Client(site)
        first, second = (client.uploaded(pictures.photograph(width, 400)) for width in (500, 600))
        assert client.get(first["thumb"]).status_code == 200
        assert until(lambda: len(site.responders("picture")) == 1)
        with only_one(site):
            [waiting] = site.responders("picture")
            assert client.get(second["thumb"]).status_code == 200
            assert until(lambda: len(site.responders("picture")) == 1 and site.responders("picture") != [waiting])
        for responder in site.responders("thumb"):
            os.kill(responder, signal.SIGKILL)
        assert until(lambda: site.responders("picture") == [])


@contextlib.contextmanager
def only_one(site):
    """While this lasts, only the responder whose worker waits makes thumbnails."""
    [waiting] = site.responders("picture")
    others = [process for process in site.responders("thumb") if process != parent(waiting)]
    for process in others:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in others:
            os.kill(process, signal.SIGCONT)


def parent(process):
    return int(pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
