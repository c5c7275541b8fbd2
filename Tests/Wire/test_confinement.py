# What a taken-over decoder could do: a probe in the place of the decoder, within the real worker, tries each way out as the site's user.
# And who has the same user cannot look into the memory of our programs.

import errno
import functools
import json
import os
import shutil
import signal
import socket
import subprocess

import pytest

from command_line import anna, BIN, empty, NOBODY, site  # noqa: F401 (fixtures)
from running_site import until
from worker_desk import (  # noqa: F401 (fixtures)
    allow_only, calls_of_the_units, desk, FONT, layers, open_folder, probe, refuse_landlock, TEXT, text_in_a_pipe, THUMBNAIL, WAITING,
)

# What everybody may do who is not confined: where these fail too, the probe proves nothing.
EVERYDAY = {
    "read the secret", "read a file of the system", "change the secret", "make a file in web", "name a place", "make a folder", "remove a file",
    "inherited folder", "memory of another process", "environment of another process", "pidfd_open", "signal the parent",
    "signal a process", "signal a thread", "have a signal sent", "more descriptors", "priority of a process", "make a process", "setuid",
    "show the memory again", "outlive the parent", "socket of the network", "socket of the machine", "pipe", "memory for code",
    "memory for code that is written", "code out of data", "memory that others see", "memfd_create", "write to the picture", "cut the picture",
    "write to the slot", "copy the slot", "copy onto the target", "give the slot back",
}

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be two users")


@pytest.fixture
def victim():
    """Another process of the same user, that hides nothing."""
    process = subprocess.Popen(["sleep", "1000"], user=NOBODY, group=NOBODY, extra_groups=[])
    yield process
    process.kill()
    process.wait()


JOBS = [pytest.param(THUMBNAIL, "0 1 2 3 4 5", id="thumbnail"), pytest.param(WAITING, "0 1 2 3 4 5", id="waiting"),
        pytest.param("svg", "0 1 2 3 4", id="svg"), pytest.param("clean-svg", "0 1 2 3 4 5", id="clean-svg"),
        pytest.param(TEXT, "0 1 2 3 4 5 6 7", id="text", marks=pytest.mark.skipif(not FONT.exists(), reason=f"no {FONT}"))]


@pytest.mark.parametrize("job, descriptors", JOBS)
def test_no_way_out(desk, victim, job, descriptors):
    """A text's font is opened by name, so that opening is Landlock's to refuse there."""
    if job == TEXT and layers(desk)[0] != "landlock":
        pytest.skip("this kernel has no Landlock")
    refuse_all(desk, victim, job, descriptors, {"ENOSYS", "EACCES", "EBADF"} if job == TEXT else {"ENOSYS"})


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOSYS], ids=errno.errorcode.get)
def test_no_way_out_without_landlock(desk, victim, code):
    refuse_all(desk, victim, THUMBNAIL, "0 1 2 3 4 5", {"ENOSYS"}, before=functools.partial(refuse_landlock, code))


def refuse_all(desk, victim, job, descriptors, answers, **more):
    rows, found, code = desk.rows(job, victim.pid, **more)
    assert {name: row for name, row in rows.items() if int(row[0]) >= 0 or row[1] not in answers} == {}
    assert " ".join(found) == descriptors, "nothing else is inherited"
    assert code in (128 + signal.SIGSYS, 128 + signal.SIGSEGV, 0) and "numbers of 32 bits" not in rows
    assert EVERYDAY <= set(rows) and len(rows) >= 100


def test_the_probe_finds_ways_out(desk, victim):
    """The same in a program that is not confined."""
    rows, found, _ = desk.rows(THUMBNAIL, victim.pid, program="/bin/true", PROBE_NOW="yes")
    assert {name for name in EVERYDAY if int(rows[name][0]) < 0} == set()
    assert "9" in found


def looks(process):
    """What of this process another one of the same user gets to see."""
    script = 'for name in environ mem maps; do if true <"/proc/$1/$name"; then echo $name; fi; done 2>/dev/null'
    return subprocess.run(["bash", "-c", script, "bash", str(process)], user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, text=True,
                          check=True).stdout.split()


def test_nobody_looks_into_the_worker(desk, victim):
    assert looks(victim.pid) == ["environ", "mem", "maps"]
    with text_in_a_pipe(b"x", is_whole=False) as text:
        process = desk.start(TEXT, text=text)
        worker = int(process.stdout.readline())
        try:
            assert until(lambda: looks(worker) == [], 20), looks(worker)
            assert os.readlink(f"/proc/{worker}/exe") == str(desk.program), "it waits for the text"
        finally:
            process.kill()
            process.communicate()


@pytest.fixture
def programs(open_folder):
    """Copies that everybody may run."""
    for name in ["imagebed", "upload", "list", "picture"]:
        shutil.copy(BIN / name, open_folder / name)
    (open_folder / "data").mkdir()
    os.chown(open_folder / "data", NOBODY, NOBODY)
    return open_folder


@pytest.mark.parametrize("name", ["upload", "list"])
def test_nobody_looks_into_a_responder(programs, name):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(programs / "socket"))
        listener.listen()
        process = subprocess.Popen([programs / name], stdin=listener, stderr=subprocess.DEVNULL, user=NOBODY, group=NOBODY, extra_groups=[],
                                   env={"IMAGEBED_DATA": programs / "data"})
        try:
            assert until(lambda: looks(process.pid) == [], 20), looks(process.pid)
        finally:
            process.kill()
            process.wait()


@pytest.mark.parametrize("user", [0, NOBODY])
def test_nobody_looks_into_the_command_line(programs, user):
    """As root too, which becomes the owner of the data folder."""
    subprocess.run([programs / "imagebed", "setup", "--data", programs / "data"], user=NOBODY, group=NOBODY, extra_groups=[], check=True,
                   capture_output=True)
    with subprocess.Popen([programs / "imagebed", "user", "check", "anna", "--data", programs / "data"], stdin=subprocess.PIPE,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, group=user, extra_groups=[]) as process:
        try:
            assert until(lambda: looks(process.pid) == [], 20) and process.poll() is None, looks(process.pid)
        finally:
            process.kill()


@pytest.mark.parametrize("code, told", [(errno.EPERM, "1"), (errno.ENOSYS, "0")])
def test_the_worker_goes_on_without_landlock(desk, code, told):
    assert layers(desk, before=functools.partial(refuse_landlock, code)) == ["no-landlock", told, "yes", "yes"]


@pytest.mark.skipif(not shutil.which("systemd-analyze") or not shutil.which("cc"), reason="neither systemd nor a C compiler is installed")
def test_the_units_leave_the_worker_what_it_needs(desk):
    numbers = calls_of_the_units()
    assert len(numbers) > 200
    assert layers(desk, before=functools.partial(allow_only, numbers)) == layers(desk)


def test_the_doctor_tells_that_a_unit_refuses_landlock(desk, anna):
    """The doctor's own worker has it, the service's has not."""
    def finding(code):
        return next(each for each in anna.json("doctor", code=code) if each["subject"] == "confinement")

    assert finding(0)["level"] == ("ok" if layers(desk)[0] == "landlock" else "warning")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(anna.data / "run/test.sock"))
        listener.listen()
        with subprocess.Popen([BIN / "thumb"], stdin=listener, stderr=subprocess.PIPE, env={"IMAGEBED_DATA": anna.data}, text=True,
                              preexec_fn=functools.partial(refuse_landlock, errno.EPERM)) as thumb:
            assert "has no Landlock (Operation not permitted)" in json.loads(thumb.stderr.readline())["message"]
            assert until(lambda: (anna.data / "run/confinement").exists())
            thumb.kill()
    found = finding(1)
    assert found["level"] == "problem" and "Operation not permitted" in found["says"] and "install.sh" in found["advice"]
    anna.run("setup")
    assert finding(0)["level"] != "problem"
