# Folders of the picture tree that lie elsewhere. A link in the tree is followed by nobody, so the import stops and says what to do; a mount
# in its place is served by both web servers, and everything works in it that works elsewhere.

import contextlib
import json
import os
import re
import shlex
import shutil
import subprocess

import pytest
import requests

import engines
import pictures
from client import Client
from old_desk import Desk, everything
from old_forms import OldClient, succeeded
from old_site import SAMPLE, TOKENS, OldSite

PICTURE = (SAMPLE / "i/2025/07/01/gsb1i5-0.jpg").read_bytes()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path).setup()


def stopped(desk, *options):
    """What is said of each link, by the link; nothing is changed."""
    before = everything(desk.folder)
    said = desk.refusal(*options)
    assert everything(desk.folder) == before
    assert "folders of the picture tree are symbolic links" in said and "nothing was changed" in said
    # A line that goes on is indented.
    lines = re.sub(r"\n(<3>)? +", " ", said.partition("nothing was changed.\n")[2]).splitlines()
    return dict(line.split(" leads to ", 1) for line in lines if " leads to " in line)


def moved(desk, place, to):
    """Moves a folder of the tree away, and leaves a link."""
    to.parent.mkdir(parents=True, exist_ok=True)
    (desk.old / "i" / place).rename(to)
    (desk.old / "i" / place).symlink_to(to)
    return str(desk.old / "i" / place)


@pytest.mark.parametrize("place", ["2025", "2025/07", "2025/07/01", "anna", "cache"])
def test_a_folder_that_lies_elsewhere_stops_the_import_and_can_be_mounted(desk, place):
    target = desk.folder / "disk 2/it's"
    link = moved(desk, place, target)
    said = stopped(desk)
    assert list(said) == [link] and said == stopped(desk, "--dry-run")
    quoted = "'" + str(target).replace("'", "'\\''") + "'"
    assert f"{target}: rm '{link}' && mkdir '{link}' && mount --bind {quoted} '{link}'" in said[link]
    assert f"{str(target).replace(' ', chr(92) + '040')} {link} none bind 0 0 in /etc/fstab" in said[link]
    assert f"rm '{link}' && mv {quoted} '{link}'" in said[link]
    assert shlex.split(said[link].rpartition("have it in the tree: ")[2]) == ["rm", link, "&&", "mv", str(target), link]


def test_what_is_said_of_a_folder_elsewhere_works(desk):
    link = moved(desk, "2025", desk.folder / "disk 2/it's")
    subprocess.run(stopped(desk)[link].rpartition("have it in the tree: ")[2], shell=True, check=True)
    assert desk.take()["files"]["added"] == 24


def test_a_folder_of_the_tree_has_one_address(desk):
    """The link's, if its target moves there."""
    link = moved(desk, "2025", desk.old / "i/archive")
    said = stopped(desk)[link]
    assert "is in the tree already" in said
    subprocess.run(re.search("To keep that of the link: (.*); else rm", said)[1], shell=True, check=True)
    assert desk.take()["files"]["added"] == 24
    assert desk.rows("SELECT COUNT(*) AS n FROM file WHERE path LIKE '2025/%'")[0]["n"] > 20


@pytest.mark.parametrize("target, words", [
    (".", "a loop: rm "), ("..", "a loop: rm "), ("../2025", "a loop: rm "), ("../../config", "must not be served: rm "),
    ("/", "a loop: rm "), ("/etc", "must not be served: rm "), ("/proc/self", "must not be served: rm "), ("../../../var", "must not be served: rm "),
])
def test_links_that_nobody_wants(desk, target, words):
    link = desk.old / "i/2025/link"
    link.symlink_to(target)
    said = stopped(desk)
    assert list(said) == [str(link)] and words + f"'{link}'" in said[str(link)] and "mount" not in said[str(link)]


def test_two_links_to_one_folder(desk):
    first = moved(desk, "2025", desk.folder / "elsewhere")
    second, third = desk.old / "i/2026", desk.old / "i/2027"
    second.symlink_to(desk.folder / "elsewhere")
    # By way of another link.
    third.symlink_to("2026")
    said = stopped(desk)
    assert "mount --bind" in said[first]
    for link in (second, third):
        assert f"so does {first}" in said[str(link)] and said[str(link)].endswith(f"rm '{link}'")


def test_links_to_links_are_told_with_the_folder_at_their_end(desk):
    folder, last = desk.folder / "end", None
    folder.mkdir()
    for number in range(30):
        link = desk.folder / f"hop{number}"
        link.symlink_to(last or folder)
        last = link
    (desk.old / "i/2024").symlink_to(last)
    assert stopped(desk)[str(desk.old / "i/2024")].startswith(f"{folder}: ")


def test_links_to_no_folder_are_left_alone_and_told(desk):
    tree = desk.old / "i"
    (tree / "2024").symlink_to("/nowhere")
    (tree / "loop").symlink_to("loop")
    (tree / "2025/07/01/a.jpg").symlink_to(SAMPLE / "i/2025/07/01/gsb1i5-0.jpg")
    # Nothing of these folders is served.
    (tree / "suspic").symlink_to(desk.folder)
    report = desk.take()
    assert report["files"]["left"] == {"a symbolic link": {"count": 4, "examples": ["2024", "2025/07/01/a.jpg", "loop", "suspic"]}}
    assert report["files"]["added"] == 24


def test_names_of_links_do_not_steer_the_terminal(desk):
    (desk.old / "i/a\x1b[2J\u202e").symlink_to(desk.folder)
    said = desk.refusal()
    assert "\x1b" not in said and "\u202e" not in said and "cannot be typed" in said


def test_many_links_are_bounded(desk):
    for number in range(250):
        (desk.old / f"i/l{number:03}").symlink_to(desk.folder / "var")
    assert len(stopped(desk)) == 200 and "There may be more: find " in desk.refusal()


def test_the_doctor_tells_a_link_that_came_later(desk):
    desk.take()
    moved(desk, "2025/07/01", desk.folder / "elsewhere")
    found = [finding for finding in json.loads(desk.call("doctor", "--json").stdout) if finding["subject"] == "old site"]
    assert [finding["level"] for finding in found] == ["warning"] and f"{desk.old}/i/2025/07/01 leads to a folder" in found[0]["says"]


# A mount in the place of the link

@contextlib.contextmanager
def mounted(*arguments):
    if os.geteuid() != 0 or subprocess.run(["mount", *map(str, arguments)], capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", arguments[-1]], check=True)


@pytest.fixture(params=["nginx-disk", "nginx-bind", "apache-disk"])
def mounted_site(request):
    """Its years 2023 and 2024 lie on another disk, or in another folder of the same one, and are mounted."""
    web, kind = request.param.split("-")
    site = OldSite(options=["--web", web])
    disk = site.folder / "disk"
    disk.mkdir()
    with contextlib.ExitStack() as stack:
        stack.callback(site.remove)
        if kind == "disk":
            stack.enter_context(mounted("-t", "tmpfs", "-o", "size=64m,mode=755", "tmpfs", disk))
        for year in ("2023", "2024"):
            (disk / year / "05").mkdir(parents=True)
            (disk / year / "05/a b.jpg").write_bytes(pictures.jpeg(seed=int(year)))
            (site.store / year).mkdir()
            stack.enter_context(mounted("--bind", disk / year, site.store / year))
        try:
            site.disk = disk
            yield site.start()
        finally:
            left = site.stop()
        assert left == []


@engines.of_sqlite("a backup holds a copy of it")
def test_a_mounted_year_is_like_any_other(mounted_site, tmp_path):
    site = mounted_site
    assert site.report["files"]["added"] == 26 and site.report["warnings"] == []
    client, content = Client(site), pictures.jpeg(seed=2023)
    for tree in ("/i/", "/uploads/"):
        answer = requests.get(f"{site.url}{tree}2023/05/a%20b.jpg", timeout=120)
        assert (answer.status_code, answer.content) == (200, content)
    thumbnail = client.get("/app/thumb.php", params={"img": "/i/2023/05/a b.jpg"})
    assert thumbnail.status_code == 200 and thumbnail.headers["content-type"] == "image/jpeg"
    rows = {row["url"].partition("/i/")[2]: row for row in client.list(per_page=100).json()["data"]}
    assert "2023/05/a%20b.jpg" in rows, sorted(rows)

    # Uploads into it, by a form and in pieces of the v1 API.
    old = OldClient(site, TOKENS[0])
    with site.setting(folder_format="2024/06/"):
        answer = succeeded(old.api(pictures.jpeg(seed=5)))
        assert "/i/2024/06/" in answer["url"] and requests.get(answer["url"], timeout=120).content == pictures.jpeg(seed=5)
    assert len(list((site.disk / "2024/06").glob("*.jpg"))) == 1
    assert list((site.disk / "2024").rglob(".incoming/*")) == []

    # Deletion moves it into the recycle bin, on the other side; restoring brings it back.
    link = answer["del"]
    assert requests.get(link, timeout=120).json()["code"] == 200
    name = answer["url"].rpartition("/")[2]
    flat = f"2024_06_{name}"
    assert requests.get(answer["url"], timeout=120).status_code == 404
    assert (site.store / "recycle" / flat).read_bytes() == pictures.jpeg(seed=5) and not (site.disk / "2024/06" / name).exists()
    assert site.query("SELECT state, recycled_name FROM file WHERE path = ?", f"2024/06/{name}") == [(2, flat)]

    # Upkeep.
    assert json.loads(site.imagebed("gc", "--json").stdout)["failures"] == []
    assert json.loads(site.imagebed("verify", "--hashes", "--json").stdout)["missing"] == []
    assert [each for each in json.loads(site.imagebed("doctor", "--json").stdout) if each["subject"] in ("old site", "folders") and each["level"] != "ok"] == []
    backup = site.folder / "backup"
    backup.mkdir()
    told = json.loads(site.imagebed("backup", str(backup), "--json").stdout)
    assert told["missing"] == [] and told["passed_over"] == [] and (backup / "uploads/2023/05/a b.jpg").read_bytes() == content
    shutil.rmtree(backup)
    # Again: nothing is new, nothing is gone.
    again = json.loads(site.imagebed("import", "easyimages", str(site.old), "--settings", "--base-url", site.url, "--json").stdout)
    assert again["files"]["added"] == 0 and again["gone"]["files"] == 0
