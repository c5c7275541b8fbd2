"""What happens to the log of views: it is put aside when it is long, and counted whole, by what stands in its first line."""

import os
import re
import shutil
import time

import pytest

from command_line import empty, FAILED, Site, site, USAGE  # noqa: F401 (fixtures)

A = "2024/04/aaaaaaaaaaaa.jpg"
LINE = f'200 GET "-" /uploads/{A}\n'
LONG = (17 << 20) // len(LINE)


@pytest.fixture
def viewed(site):
    site.add_file(A)
    site.log = site.data / "logs/views.log"
    return site


@pytest.fixture
def installed(viewed, tmp_path):
    """The same site with its log where an installation has it."""
    folder = tmp_path / "log"
    viewed.log = folder / "views.log"
    viewed.environment = {"IMAGEBED_DATA": str(viewed.data), "IMAGEBED_VIEW_LOG": str(viewed.log)}
    viewed.run("rotate", "--owner", "root:root", environment=viewed.environment) if os.geteuid() == 0 else pytest.skip("needs root")
    return viewed


def append(log, count=1):
    with log.open("a") as file:
        file.write(LINE * count)


def test_lines_that_come_late_count(viewed):
    """Whoever still has the file open that was put aside goes on writing to it, and to the one before."""
    append(viewed.log, LONG)
    late = viewed.log.open("a")
    assert viewed.json("tally") == {"lines": LONG, "views": LONG, "emptied": True}
    late.write(LINE * 2)
    late.flush()
    append(viewed.log)
    assert viewed.json("tally") == {"lines": 3, "views": 3, "emptied": False}
    append(viewed.log, LONG)
    assert viewed.json("tally")["emptied"] is True
    late.write(LINE * 5)
    late.close()
    assert viewed.json("tally")["views"] == 5
    assert viewed.views(A) == 2 * LONG + 8
    assert {path.name for path in viewed.log.parent.iterdir()} == {"views.log", "views.log.1", "views.log.2"}
    append(viewed.log, LONG)
    assert viewed.json("tally")["views"] == LONG
    assert {path.name for path in viewed.log.parent.iterdir()} == {"views.log", "views.log.1", "views.log.2"}, "no more than these"


def test_a_log_is_known_by_its_first_line(viewed):
    """Copied, it is the same one; and with another first line in the same place of the disk it is another one."""
    append(viewed.log, 5)
    viewed.run("tally")
    shutil.copy(viewed.log, viewed.log.with_name("copy"))
    viewed.log.with_name("copy").rename(viewed.log)
    append(viewed.log)
    assert viewed.json("tally")["views"] == 1
    first = viewed.log.read_text().split("\n")[0]
    inode = viewed.log.stat().st_ino
    viewed.log.write_text(first[:-4] + ("0000" if first[-4:] != "0000" else "1111") + "\n" + LINE * 9)
    assert viewed.log.stat().st_ino == inode
    assert viewed.json("tally") == {"lines": 9, "views": 9, "emptied": False}


def test_what_is_remembered_of_logs_is_bounded(viewed):
    viewed.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) "
               "INSERT INTO counter SELECT printf('view_log %012d-0123456789abcdef', i), 5 FROM n")
    append(viewed.log, 3)
    assert [viewed.json("tally")["views"] for _ in range(2)] == [3, 0]
    assert viewed.sql("SELECT COUNT(*), MIN(name) FROM counter WHERE name LIKE 'view!_log %' ESCAPE '!'") == [(100, "view_log 000000000402-0123456789abcdef")]


def test_the_log_of_a_former_version_is_counted_where_it_lies(installed):
    """Its own row says how far it was read; what comes there until the web server has let go of it counts too, and then it goes."""
    former = installed.data / "logs/views.log"
    former.write_text(LINE * 7)
    installed.sql("INSERT INTO counter VALUES ('view_log_inode', ?), ('view_log_offset', ?)", former.stat().st_ino, 5 * len(LINE))
    append(installed.log, 3)
    tally = lambda: installed.json("tally", environment=installed.environment)["views"]
    assert tally() == 2 + 3
    append(former, 4)
    assert [tally(), tally()] == [4, 0]
    assert installed.sql("SELECT value FROM counter WHERE name = 'view_log_offset'") == [(11 * len(LINE),)], "as that version has it"
    os.utime(former, (time.time() - 90000,) * 2)
    assert tally() == 0 and not former.exists()
    append(installed.log)
    assert tally() == 1 and installed.views(A) == 10


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_no_link_or_pipe_is_taken_for_the_former_log(installed, kind, tmp_path):
    former = installed.data / "logs/views.log"
    former.unlink()
    (tmp_path / "foreign").write_text(LINE)
    {"link": lambda: former.symlink_to(tmp_path / "foreign"), "pipe": lambda: os.mkfifo(former), "folder": former.mkdir}[kind]()
    append(installed.log)
    assert installed.json("tally", environment=installed.environment)["views"] == 1


def test_another_data_folder_has_its_own_log(installed, tmp_path):
    """What the environment says is about the installed site alone."""
    other = Site(tmp_path / "other")
    other.run("setup", environment=installed.environment)
    other.add_file(A)
    append(installed.log)
    append(other.data / "logs/views.log", 2)
    assert other.json("tally", environment=installed.environment)["views"] == 2
    assert installed.json("tally", environment=installed.environment)["views"] == 1


def test_rotate(installed):
    run = lambda *arguments, **more: installed.run("rotate", *arguments, environment=installed.environment, **more)
    assert run().stdout == ""
    append(installed.log, LONG)
    assert run().stdout == f"put {installed.log} aside\n"
    assert run().stdout == "" and installed.log.stat().st_size < 100
    assert installed.json("tally", environment=installed.environment)["views"] == LONG
    run("--owner", "nobody:nogroup")
    status = installed.log.stat()
    assert (status.st_uid, status.st_mode & 0o7777, installed.log.parent.stat().st_mode & 0o7777) == (65534, 0o640, 0o711)
    append(installed.log, LONG)
    run()
    assert installed.log.stat().st_uid == 65534 and installed.log.stat().st_mode & 0o7777 == 0o640
    for owner in ["nobody", "nobody:", "nobody:nobody-there", ":", "a:b:c"]:
        run("--owner", owner, code=USAGE)


def test_only_in_a_folder_of_ones_own(installed):
    """Where others may put links, nothing is made, moved or given away."""
    append(installed.log, LONG)
    folder = installed.log.parent
    for spoil, mend in [(lambda: os.chown(folder, 65534, 65534), lambda: os.chown(folder, 0, 0)),
                        (lambda: folder.chmod(0o777), lambda: folder.chmod(0o711)),
                        (lambda: (folder.rename(folder.with_name("real")), folder.symlink_to("real")),
                         lambda: (folder.unlink(), folder.with_name("real").rename(folder)))]:
        spoil()
        for arguments in [(), ("--owner", "nobody:nogroup")]:
            done = installed.run("rotate", *arguments, code=FAILED, environment=installed.environment)
            assert re.search("is no folder that root alone may change: run install.sh again", done.stderr)
        mend()
        assert installed.log.stat().st_size > LONG and installed.log.stat().st_uid == 0
    installed.log.unlink()
    for plant in [lambda: installed.log.symlink_to("/etc/hostname"), lambda: os.mkfifo(installed.log), installed.log.mkdir]:
        plant()
        owner = os.stat("/etc/hostname").st_uid
        installed.run("rotate", "--owner", "nobody:nogroup", code=FAILED, environment=installed.environment)
        assert os.stat("/etc/hostname").st_uid == owner
        installed.log.rmdir() if installed.log.is_dir() else installed.log.unlink()
