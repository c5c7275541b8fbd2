# `install.sh run` as a newcomer, a test or a container uses it: what it writes, how it ends, and how it refuses.

import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import threading
import time

import pytest

import pictures
import raw
from client import Client
from running_site import PATIENCE, Site, as_in_a_terminal, command_line, read_environment_file, reserved_port, until

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def site():
    with Site() as running:
        yield running


def test_what_it_writes(site):
    file = site.data / "first-run.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    values = read_environment_file(file)
    assert set(values) == {"BASE_URL", "API_KEY", "ADMIN_USER", "ADMIN_PASSWORD", "DATABASE", "UPLOAD_ROOT"}
    assert values["DATABASE"] == str(site.data / "imagebed.db") and values["UPLOAD_ROOT"] == str(site.data / "uploads")
    assert values["BASE_URL"] == f"http://127.0.0.1:{site.port}"
    check = subprocess.run([site.executables / "imagebed", "user", "check", values["ADMIN_USER"], "--data", site.data],
                           input=values["ADMIN_PASSWORD"] + "\n", text=True, capture_output=True)
    assert check.returncode == 0, check.stderr
    assert Client(site).upload(pictures.jpeg()).status_code == 200


def test_ready_is_all_of_standard_output(tmp_path):
    keeper = reserved_port()
    port = keeper.getsockname()[1]
    said = tmp_path / "said"
    process = subprocess.Popen([ROOT / "install.sh", "run", "--port", str(port), "--data", tmp_path / "var"], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=said.open("w"), text=True, start_new_session=True,
                               preexec_fn=as_in_a_terminal)
    try:
        assert process.stdout.readline() == f"ready http://127.0.0.1:{port}\n"
        # Nothing outside its folder, and in the folder of the checkout nothing at all.
        assert not (ROOT / "var").exists() or (ROOT / "var").stat().st_mtime < time.time() - 60
    finally:
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(PATIENCE) == 130
        keeper.close()
    assert process.stdout.read() == ""
    assert f"the password of the account admin and an API key are in {tmp_path}/var/first-run.env\n" in said.read_text()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stops_everything(ending):
    with Site() as running:
        assert len(running.processes()) > 10
        assert running.stop(ending) == []


def test_a_killed_script_takes_its_parts_along():
    with Site() as running:
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        assert until(lambda: not running.processes()), [pathlib.Path(f"/proc/{p}/cmdline").read_bytes() for p in running.processes()]


def test_ends_when_a_part_ends():
    with Site() as running:
        masters = [p for p in running.processes() if "nginx: master" in command_line(p)]
        os.kill(masters[0], signal.SIGKILL)
        assert until(lambda: running.process.poll() is not None)
        assert running.process.returncode == 1 and "nginx ended" in running.transcript()


def test_a_request_that_runs_is_finished():
    """It is asked to stop while uploads come in: whoever got an answer got a whole one, and the file is there."""
    with Site() as running:
        client = Client(running)
        content = pictures.photograph(1200, 900)
        body = raw.form([raw.part("image", content, "a.jpg", "image/jpeg")])
        wire = raw.request("POST", "/api/v1/upload.php", [raw.form_type(), f"X-API-Key: {client.key}"], body)
        answers, stopping = [], threading.Event()

        def upload():
            while not stopping.is_set():
                try:
                    answers.append(client.raw(wire))
                except OSError:
                    return

        threads = [threading.Thread(target=upload) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert until(lambda: sum(answer.status == 200 for answer in answers) > 4)
        assert running.stop() == []
        stopping.set()
        for thread in threads:
            thread.join()
        taken = [answer for answer in answers if answer.status == 200]
        assert len(taken) > 4
        assert all(running.stored(answer.json()["url"]).read_bytes() == content for answer in taken)


@contextlib.contextmanager
def half_sent(running, content):
    """An upload that the web server waits for: (connection, the rest of it)."""
    body = raw.form([raw.part("image", content, "a.jpg", "image/jpeg")])
    wire = raw.request("POST", "/api/v1/upload.php", [raw.form_type(), f"X-API-Key: {Client(running).key}", "Expect: 100-continue"], body)
    begin = len(wire) - len(body)
    with socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE) as connection:
        connection.sendall(wire[:begin])
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(wire[begin:-20_000])
        yield connection, wire[-20_000:]


def test_an_upload_that_comes_in_is_finished():
    """Nothing new is taken meanwhile."""
    content = pictures.photograph(1200, 900)
    with Site() as running, half_sent(running, content) as (connection, rest):
        os.killpg(running.process.pid, signal.SIGTERM)
        assert until(lambda: is_refused(running.port))
        time.sleep(1)
        assert running.process.poll() is None
        connection.sendall(rest)
        answer = raw.Answer(raw.read_all(connection))
        assert answer.status == 200 and running.stored(answer.json()["url"]).read_bytes() == content
        assert running.process.wait(PATIENCE) == 143 and running.stop() == []
        assert "cut off" not in running.transcript()


def test_an_upload_that_takes_too_long_is_cut():
    with Site() as running, half_sent(running, pictures.photograph(1200, 900)) as (connection, _):
        begin = time.monotonic()
        os.killpg(running.process.pid, signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 143 and 6 < time.monotonic() - begin < 20
        assert raw.read_all(connection) == b"" and running.stop() == []
        assert "requests that took longer than 8 s to end are cut off" in running.transcript()


def is_refused(port):
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) != 0


def test_started_twice(site):
    run = subprocess.run([ROOT / "install.sh", "run", "--port", "1", "--data", site.data], capture_output=True, text=True, timeout=PATIENCE,
                         stdin=subprocess.DEVNULL)
    assert run.returncode == 1 and "already running" in run.stderr
    assert Client(site).get("/api/v1/stats.php").status_code == 200


def test_port_that_is_taken(site, tmp_path):
    run = subprocess.run([ROOT / "install.sh", "run", "--port", str(site.port), "--data", tmp_path / "var"], capture_output=True, text=True,
                         timeout=PATIENCE, stdin=subprocess.DEVNULL)
    assert run.returncode == 1 and "ready" not in run.stdout
    assert "nginx" in run.stderr
    assert Client(site).get("/api/v1/stats.php").status_code == 200


def test_another_port_moves_the_address(site):
    former = site.first_run
    assert site.stop() == []
    site.take_port()
    site.start()
    assert site.first_run["API_KEY"] == former["API_KEY"] and site.url == f"http://127.0.0.1:{site.port}"
    answer = Client(site).uploaded(pictures.jpeg())
    assert answer["url"].startswith(site.url)
    assert site.stop() == []
    site.imagebed("settings", "set", "base_url", "https://img.example.org")
    site.start()
    assert site.imagebed("settings", "get", "base_url").stdout.strip() == "https://img.example.org"


@pytest.mark.parametrize("name", ["a folder with spaces", "x" * 120, "ü"])
def test_odd_folders(tmp_path, name):
    tmp_path.chmod(0o755)
    with Site(data=tmp_path / name / "var") as running:
        client = Client(running)
        answer = client.uploaded(pictures.photograph(400, 300))
        assert client.get(answer["url"]).status_code == 200
        assert [client.get(answer["thumb"]).status_code for _ in range(2)] == [200, 200]
    assert not [path for path in pathlib.Path("/tmp").glob("imagebed.??????") if path.is_dir()]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_unprivileged():
    """As a user without any rights, in a folder of their own."""
    nobody = pwd.getpwnam("nobody")
    with Site(environment={"HOME": "/nonexistent"}) as running:
        assert running.stop() == []
        for path in [running.folder, *running.folder.rglob("*")]:
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        command = [shutil.which("setpriv"), "--reuid=nobody", "--regid=nogroup", "--clear-groups", str(ROOT / "install.sh"), "run", "--port",
                   str(running.port), "--data", str(running.data)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   start_new_session=True, preexec_fn=as_in_a_terminal)
        try:
            seen = []
            while not seen or not seen[-1].startswith("ready "):
                seen.append(process.stdout.readline())
                assert seen[-1], "".join(seen)
            client = Client(running)
            answer = client.uploaded(pictures.jpeg())
            assert client.get(answer["thumb"]).status_code == 200
            assert running.stored(answer["url"]).stat().st_uid == nobody.pw_uid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            assert process.wait(PATIENCE) == 143
