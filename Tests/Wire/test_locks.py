# Commands of root's wait for locks in the data folder, which is another user's: not for ever.

import contextlib
import fcntl
import os
import subprocess

import pytest

import engines
from command_line import BIN, empty, FAILED, OK, Site, site  # noqa: F401 (fixtures)
from running_site import until
from test_schema import Responder

COMMANDS = {"run/web-values": ["setup"], "pieces/lock": ["gc"]}


def start(site, *arguments):
    return subprocess.Popen([BIN / "imagebed", *arguments, "--data", site.data], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def waits(process, path):
    """Whether it waits for a lock on the file: /proc/locks has an arrow for that."""
    lines = [line.split() for line in open("/proc/locks")]
    return any(line[1] == "->" and line[-3].endswith(f":{os.stat(path).st_ino}") and line[5] == str(process.pid) for line in lines)


@pytest.fixture(scope="module", autouse=True)
def held(tmp_path_factory):
    """Locks that somebody holds for ever, and commands that wait for them: begun with the first test, because they are patient."""
    begun = {}
    for name, arguments in COMMANDS.items():
        site = Site(tmp_path_factory.mktemp("held") / "data")
        engines.prepare(site.data)
        site.run("setup")
        lock = open(site.data / name, "a")
        fcntl.flock(lock, fcntl.LOCK_EX)
        begun[name] = (start(site, *arguments), lock)
    yield begun
    for process, lock in begun.values():
        process.kill()
        process.communicate()
        lock.close()


@pytest.fixture(scope="module", autouse=True)
def held_setting(tmp_path_factory):
    """A change of a setting that the web server follows, while somebody holds the lock of its file."""
    site = Site(tmp_path_factory.mktemp("setting") / "data")
    engines.prepare(site.data)
    site.run("setup")
    with open(site.data / "run/web-values", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(site, "settings", "set", "image_max_bytes", "30MB")
        yield site, process
        process.kill()


@pytest.fixture(scope="module", autouse=True)
def patient_responder(tmp_path_factory):
    """One that decodes pictures, started while somebody holds their turns."""
    site = Site(tmp_path_factory.mktemp("turns") / "data")
    engines.prepare(site.data)
    site.run("setup")
    (site.data / "run/slots").mkdir()
    with open(site.data / "run/slots/ledger", "w") as lock, contextlib.closing(Responder(site, BIN / "upload")) as responder:
        fcntl.flock(lock, fcntl.LOCK_EX)
        responder.start()
        yield responder, responder.request()


@pytest.mark.parametrize("name", COMMANDS)
def test_released_in_time(site, name):  # noqa: F811
    with open(site.data / name, "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(site, *COMMANDS[name])
        assert until(lambda: waits(process, site.data / name))
    said, _ = process.communicate(timeout=60)
    assert process.returncode == OK, said


@pytest.mark.last
@pytest.mark.parametrize("name", COMMANDS)
def test_never_released(held, name):
    process, lock = held[name]
    said, _ = process.communicate(timeout=60)
    assert process.returncode == FAILED and f"another process has kept {lock.name} locked for 30 s: try again" in said


@pytest.mark.last
def test_a_responder_starts_without_its_turn(patient_responder):
    """It would be started again and again, and pictures are not all that it is there for."""
    responder, connection = patient_responder
    assert responder.answer(connection)[0] == 405
    assert responder.processes[0].poll() is None
    responder.processes[0].terminate()
    said = responder.processes[0].stderr.read()
    assert "run/slots/ledger locked for 15 s: end that process" in said and "cannot start" not in said


@pytest.mark.last
def test_what_the_web_server_is_not_told_is_not_stored(held_setting):
    site, process = held_setting
    assert process.communicate(timeout=60)[0].endswith("try again when it has ended\n") and process.returncode == FAILED
    assert site.run("settings", "get", "image_max_bytes").stdout != "30MB\n"
