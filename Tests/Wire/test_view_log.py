"""What happens to the log of views: it is put aside when it is long, and counted whole, by what stands in its first line."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import pytest

import engines
from command_line import BIN, empty, FAILED, Site, site, USAGE  # noqa: F401 (fixtures)
from running_site import reserved_port, until

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
               "INSERT INTO counter SELECT 'view_log ' || substr('000000000000' || i, 1 + length('' || i)) || '-0123456789abcdef', 5 FROM n")
    append(viewed.log, 3)
    assert [viewed.json("tally")["views"] for _ in range(2)] == [3, 0]
    assert viewed.sql("SELECT COUNT(*), MIN(name) FROM counter WHERE name LIKE 'view!_log %' ESCAPE '!'") == [(100, "view_log 000000000402-0123456789abcdef")]


def test_the_log_of_a_former_version_is_counted_where_it_lies(installed):
    """Its own row says how far it was read; what comes there until the web server has let go of it counts too, and then it goes."""
    former = installed.data / "logs/views.log"
    former.write_text(LINE * 7)
    # (As imagebed move names them on a server.)
    node = f"@{os.uname().nodename}" if engines.POSTGRESQL else ""
    installed.sql(f"INSERT INTO counter VALUES ('view_log_inode{node}', ?), ('view_log_offset{node}', ?)", former.stat().st_ino, 5 * len(LINE))
    append(installed.log, 3)
    tally = lambda: installed.json("tally", environment=installed.environment)["views"]
    assert tally() == 2 + 3
    append(former, 4)
    assert [tally(), tally()] == [4, 0]
    assert installed.sql(f"SELECT value FROM counter WHERE name = 'view_log_offset{node}'") == [(11 * len(LINE),)], "as that version has it"
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
    engines.prepare(other.data)
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


def test_holes_are_passed_over(installed):
    """Whoever may write to the log can make it as long as they like; the lines on both sides of a hole count."""
    tally = lambda: installed.json("tally", environment=installed.environment)["views"]
    append(installed.log, 3)
    os.truncate(installed.log, 20 << 30)
    append(installed.log, 2)
    begin = time.monotonic()
    assert tally() == 5
    os.truncate(installed.log, 100 << 30)
    assert [tally(), tally()] == [0, 0]
    append(installed.log, 4)
    assert tally() == 4
    assert time.monotonic() - begin < 20 and installed.views(A) == 9


def test_a_log_that_is_too_long_is_read_in_several_runs(viewed):
    """Each says so; nothing is lost."""
    with viewed.log.open("a") as file:
        for number in range(700):
            file.write(LINE + "x" * 199_999 + "\n")
    runs = [viewed.run("tally") for _ in range(4)]
    counts = [int(re.search(r", (\d+) views", run.stdout)[1]) for run in runs]
    assert sum(counts) == 700 and 200 < counts[0] < 350 and counts[3] == 0, counts
    told = [re.findall(r"imagebed tally: (\S+) is longer than is read at once: (\d+) MB are left for the next runs\n", run.stderr) for run in runs]
    assert [len(each) for each in told] == [1, 1, 0, 0] and told[0][0][0].startswith(str(viewed.log))
    assert abs(int(told[0][0][1]) - (700 - counts[0]) * 0.2 / 1.048) < 3


def test_a_run_that_is_killed_is_not_done_again(viewed):
    """How far it came is remembered together with what it counted until then."""
    with viewed.log.open("a") as file:
        for number in range(75):
            file.write(LINE + "x" * 199_999 + "\n")
    length = viewed.log.stat().st_size
    tally = subprocess.Popen([BIN / "imagebed", "tally", "--data", viewed.data], env={"PATH": os.environ["PATH"]}, stdout=subprocess.DEVNULL)
    with engines.opened(viewed.data) as database:
        found = []
        while not found:
            # While this is held, nobody saves anything.
            database.lock()
            if found := database.query("SELECT value FROM counter WHERE name LIKE 'view!_log %' ESCAPE '!'"):
                tally.kill()
                tally.wait()
            database.roll_back()
    assert found[0][0] < length and 0 < viewed.views(A) < 75
    viewed.run("tally")
    assert viewed.views(A) == 75


# Takes another program's name and words.
FOREIGN_PROCESS = """
import signal, sys
log = open(sys.argv[1], "a")
open("/proc/self/comm", "w").write(sys.argv[2])
signal.signal(signal.SIGUSR1, lambda *_: (print("told", flush=True), exit()))
print("ready", flush=True)
signal.pause()
"""


@pytest.mark.parametrize("name", ["nginx", "apache2"])
def test_a_process_is_no_web_server_by_its_name(installed, name, tmp_path):
    """It is told nothing, and of its words none is taken for a web server's configuration."""
    append(installed.log, LONG)
    installed.run("rotate", environment=installed.environment)
    configuration = tmp_path / "any.conf"
    modules = "/usr/lib/apache2/modules"
    configuration.write_text(f"ServerRoot {tmp_path}\nServerName any\nDefaultRuntimeDir {tmp_path}\nListen 1\nErrorLog {tmp_path}/error.log\n"
                             f"LoadModule mpm_event_module {modules}/mod_mpm_event.so\n")
    process = subprocess.Popen([sys.executable, "-c", FOREIGN_PROCESS, f"{installed.log}.1", name, "-f", configuration], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "ready\n"
        append(installed.log, LONG)
        assert installed.run("rotate", environment=installed.environment).stdout == f"put {installed.log} aside\n"
        assert process.poll() is None
    finally:
        process.kill()
    assert process.stdout.read() == ""


@pytest.mark.skipif(not os.path.exists("/usr/sbin/apache2"), reason="apache2 is not installed")
def test_apache_in_the_foreground_follows(viewed):
    """What is tested before is the configuration that `install.sh run` made for it; while that is faulty, nothing happens, and it is told."""
    folder, modules = viewed.data / "run/apache", "/usr/lib/apache2/modules"
    folder.mkdir()
    keeper = reserved_port()
    port = keeper.getsockname()[1]
    configuration = folder / "run.conf"
    text = (f"ServerRoot {folder}\nServerName any\nDefaultRuntimeDir {folder}\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nUser nobody\nGroup nogroup\n"
            f"ErrorLog {folder}/error.log\nLoadModule mpm_event_module {modules}/mod_mpm_event.so\nLogFormat any any\nCustomLog {viewed.log} any\n"
            f"LoadModule authz_core_module {modules}/mod_authz_core.so\n")
    configuration.write_text(text)
    process = subprocess.Popen(["/usr/sbin/apache2", "-f", configuration, "-D", "FOREGROUND"])
    try:
        assert until(lambda: has_open(process, viewed.log) and (folder / "pid").exists())
        append(viewed.log, LONG)
        configuration.write_text(text + "Nothing of the kind\n")
        done = viewed.run("tally")
        assert "Apache still writes to a log that was put aside: AH" in done.stderr and "Nothing" in done.stderr
        assert has_open(process, viewed.log.with_name("views.log.1"))
        configuration.write_text(text)
        assert viewed.run("tally").stderr == ""
        assert until(lambda: has_open(process, viewed.log) and not has_open(process, viewed.log.with_name("views.log.1")))
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait()
        keeper.close()


def has_open(process, path):
    return any(link.exists() and os.path.samefile(link, path) for link in pathlib.Path(f"/proc/{process.pid}/fd").iterdir())
