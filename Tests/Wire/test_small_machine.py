# A whole site in a control group of 512 MB: large pictures are made or answered with 503, nothing is killed by the kernel, and no
# picture is blamed for what the machine lacks.

import contextlib
import os
import pathlib
import re
import shutil
import time

import pytest
from PIL import Image, ImageChops

import engines
import pictures
from client import Client
from running_site import ROOT, Site, at_once

pytestmark = engines.of_one_node("the group is one machine's")

LIMIT = 512 << 20
GROUPS = pathlib.Path("/sys/fs/cgroup")


@contextlib.contextmanager
def memory_group():
    """A control group of version 1 or 2 with that limit, or a skip."""
    for root, limit, count in [(GROUPS / "memory", "memory.limit_in_bytes", "memory.oom_control"), (GROUPS, "memory.max", "memory.events")]:
        group = root / f"imagebed-test-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            try:
                (group / limit).write_text(str(LIMIT))
            except OSError:
                continue
            yield group, lambda: kills(group / count)
            return
        finally:
            for process in (group / "cgroup.procs").read_text().split():
                with contextlib.suppress(OSError):
                    (root / "cgroup.procs").write_text(process)
            end = time.monotonic() + 10
            while group.exists() and time.monotonic() < end:
                with contextlib.suppress(OSError):
                    group.rmdir()
                time.sleep(0.05)
    pytest.skip("no memory control group can be made here")


def own_group(root):
    """The group of this process below `root`."""
    for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == ("memory" if root.name == "memory" else ""):
            return path
    raise AssertionError(f"no group of this process below {root}")


def kills(file):
    for line in file.read_text().splitlines():
        if line.startswith("oom_kill "):
            return int(line.split()[1])
    raise AssertionError(f"{file} does not count kills")


@pytest.fixture(scope="module")
def small():
    """A site in that group, with its data on the disk: a file system in memory would count."""
    folder = ROOT / ".build-tests" / f"small-machine-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    with memory_group() as (group, count):
        folder.mkdir(parents=True)
        try:
            with contextlib.ExitStack() as stack:
                site = Site(data=folder / "var")
                stack.callback(site.__exit__)
                # What is started from within the group is in it.
                own = group.parent / own_group(group.parent).lstrip("/") / "cgroup.procs"
                (group / "cgroup.procs").write_text(str(os.getpid()))
                try:
                    site.start()
                finally:
                    own.write_text(str(os.getpid()))
                inside = (group / "cgroup.procs").read_text().split()
                assert all(str(process) in inside for name in ["upload", "thumb"] for process in site.responders(name))
                yield site, count
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def soft(width, height):
    """What a camera might see: gradients, and a little noise over them."""
    colours = [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L").rotate(90)]
    grain = Image.effect_noise((width, height), 8).convert("RGB")
    return ImageChops.add(Image.merge("RGB", [colour.resize((width, height)) for colour in colours]), grain, 1, -128)


def noise(width, height):
    return Image.frombytes("RGB", (width, height), os.urandom(3 * width * height))


def is_made_or_told_to_wait(response):
    if response.status_code == 503:
        assert int(response.headers["Retry-After"]) > 0, response.text
        return False
    assert response.status_code == 200, response.text
    return True


@pytest.fixture(autouse=True)
def nothing_is_killed(small):
    before = small[1]()
    yield
    assert small[1]() == before


@pytest.mark.parametrize("draw", [soft, noise])
def test_very_large_conversion(small, draw):
    site, _ = small
    """It needs more than all pictures may take together: the upload is kept as it was sent, and the log says how much."""
    content = pictures.encode(draw(8192, 5464), "jpeg", quality=85)
    length = len(site.transcript())
    with site.setting(convert_format="webp", strip_metadata="off"):
        answer = Client(site).uploaded(content, "a.jpg")
    assert answer["mime"] == "image/jpeg" and site.stored(answer["url"]).read_bytes() == content
    assert re.search(r"done without convert_format: this picture needs \d+ MB of memory, .* picture_memory", site.transcript()[length:])


@pytest.mark.parametrize("draw", [soft, noise])
def test_two_conversions_at_once(small, draw):
    site, _ = small
    content = pictures.encode(draw(6000, 4000), "jpeg", quality=85)
    with site.setting(convert_format="webp"):
        answers = at_once(2, lambda number: Client(site).upload(content + bytes([number]), "a.jpg"))
    assert all([is_made_or_told_to_wait(answer) for answer in answers]), "a conversion that has no room is left out"


def test_thumbnails_while_an_upload_runs(small):
    site, _ = small
    client = Client(site)
    paths = [client.uploaded(pictures.encode(soft(4000, 3000), "jpeg", quality=85, comment=str(number)))["url"].partition("/uploads/")[2]
             for number in range(8)]
    content = pictures.encode(soft(6000, 4000), "jpeg", quality=85)
    with site.setting(convert_format="webp"):
        answers = at_once(9, lambda number: client.upload(content, "a.jpg") if number == 8
                          else client.get("/application/thumb.php?img=/uploads/" + paths[number]))
    made = [is_made_or_told_to_wait(answer) for answer in answers]
    assert made[8]
    # A 503 leaves no mark: asked for later, every thumbnail is made.
    for path in paths:
        assert client.get("/application/thumb.php?img=/uploads/" + path).status_code == 200
