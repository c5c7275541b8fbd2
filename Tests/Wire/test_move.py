"""`imagebed move`: the rows of a site that works go to a PostgreSQL server and back, and nothing that was answered with success is lost, whenever the
command is killed. IMAGEBED_MOVE_FILES and IMAGEBED_MOVE_VERSIONS say how large the site is that is moved there and back, and IMAGEBED_MOVE_KILLS=all
kills the command at more places."""

import contextlib
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import pytest

import engines
import pictures
from accounts import form_token, session_of
from answers import assert_error
from client import Client
from command_line import BIN, FAILED, OK, USAGE, Site
from receivers import Receivers
from running_site import at_once, until
from syncing import Device
from tus import Tus

pytestmark = [
    pytest.mark.skipif(not list(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres")), reason="apt install postgresql"),
    engines.of_sqlite("its sites begin there, and say themselves where they go"),
]

FILES = int(os.environ.get("IMAGEBED_MOVE_FILES", 300))
VERSIONS = int(os.environ.get("IMAGEBED_MOVE_VERSIONS", 60))
MOVING = "Site is being moved"


def announced(folder, words=None, name="next.conf"):
    """A file that is to be cluster.conf, which names an empty database."""
    file = pathlib.Path(folder, name)
    file.touch(mode=0o600)
    file.write_text(f"node = web1\ndatabase = {words or engines.server().make()}\n")
    return file


def rows(data):
    """All rows, but for what timers write now and then, and what is derived: of SQLite's last rows that waits."""
    with engines.opened(data) as connection:
        return {table: sorted(connection.query(f"SELECT {', '.join(columns(table))} FROM {table}"), key=repr) for table in TABLES}


TABLES = ["account", "api_key", "file", "upload_record", "sync_file", "sync_version", "sync_content", "sync_device", "sync_device_file", "sync_conflict",
          "sync_answer", "settings", "event", "session", "upload_key", "resumable_upload"]


def columns(table):
    """By names, which stand in another order where an engine got some of them later."""
    if table not in COLUMNS:
        model = subprocess.run([BIN / "imagebed", "setup", "--data", COLUMNS["data"]], capture_output=True)
        assert model.returncode == 0
        with engines.opened(COLUMNS["data"]) as connection:
            COLUMNS[table] = [name for _, name, *_ in connection.query(f"PRAGMA table_info({table})")]
    return COLUMNS[table]


COLUMNS = {}


@pytest.fixture(scope="module", autouse=True)
def model(tmp_path_factory):
    COLUMNS["data"] = str(tmp_path_factory.mktemp("model") / "data")


def is_local(data):
    return not pathlib.Path(data, "cluster.conf").exists()


# A site that works

def shown(site):
    """What visitors and clients see of the site: lists, links, history, contents."""
    client, device = Client(site), Device(site, "reader", attributes=False)
    files, cursor = [], None
    while True:
        part = client.list(per_page=100, **({"cursor": cursor} if cursor else {})).json()
        files += part["data"]
        cursor = part["next_cursor"]
        if not cursor:
            break
    histories = {key: device.history(key, per_page=100).json()["history"] for key in ("notes", "large")}
    contents = {key: device.pulled(key) for key in histories}
    numbers = client.get("/api/v1/stats.php").json()["data"]
    return {"files": files, "numbers": numbers, "histories": histories, "contents": contents, "conflicts": device.conflicts().json()["conflicts"],
            "found": sorted(file["id"] for file in client.list(q="name-1", per_page=100).json()["data"])}


def fill(site):
    at_once(4, lambda number: fill_with_files(site, number))
    device = Device(site, "writer")
    base = 0
    for number in range(VERSIONS):
        base = device.pushed("notes", {"number": number, "text": "\u6f22 \U0001f600", "of": {str(number % 7): number}}, base_version=base)["version"]
    device.pushed("large", {"text": [os.urandom(300).hex() for _ in range(300)]})
    Device(site, "other").push("notes", {"number": -1}, base_version=1)


def fill_with_files(site, number):
    client = Client(site)
    for place in range(number, FILES, 4):
        client.uploaded(pictures.still("png", 3 + place % 50, 3 + place // 50), f"name-{place}.png")


def test_there_and_back_again(new_site, tmp_path):
    site = new_site()
    fill(site)
    client = Client(site)
    links = [client.uploaded(pictures.still("png", 70, 3 + number), "later.png") for number in range(3)]
    assert client.get(path_of(links[0]["del"])).status_code == 200
    before, seen, form = rows(site.data), shown(site), announced(tmp_path)
    planned = site.imagebed("move", "--to", form, "--dry-run").stdout
    assert re.search(rf"^  file +{FILES + 3}$", planned, re.MULTILINE)
    assert is_local(site.data) and rows(site.data) == before
    told = site.imagebed("move", "--to", form).stdout
    assert "imagebed.db.moved-1" in told and not (site.data / "imagebed.db").exists() and not is_local(site.data)
    assert_moved(site, before, seen)
    # Links and ids go on as before.
    assert client.get(path_of(links[1]["del"])).status_code == 200
    assert client.uploaded(pictures.still("png", 71, 3), "new.png")["id"] > links[2]["id"]
    before, seen = rows(site.data), shown(site)
    assert "cluster.conf.moved-1" in site.imagebed("move", "--to", "local").stdout
    assert is_local(site.data) and stat_mode(site.data / "imagebed.db") == 0o600
    assert_moved(site, before, seen)
    assert client.get(path_of(links[2]["del"])).status_code == 200
    assert client.uploaded(pictures.still("png", 72, 3), "newer.png")["id"] > links[2]["id"] + 1
    assert site.imagebed("verify", "--hashes").returncode == 0
    assert site.query("PRAGMA integrity_check") == [("ok",)] and site.query("PRAGMA foreign_key_check") == []


def assert_moved(site, before, seen):
    now = rows(site.data)
    assert {table for table in before if before[table] != now[table]} == set()
    assert shown(site) == seen
    assert fault(site) is None and fault(site, "index")["level"] == "ok"
    assert site.imagebed("verify").returncode == 0


def path_of(url):
    return "/" + url.split("/", 3)[3]


def stat_mode(path):
    return path.stat().st_mode & 0o777


def fault(site, subject="move"):
    """What the doctor says of moves; None for nothing."""
    done = subprocess.run([BIN / "imagebed", "doctor", "--json", "--data", site.data], capture_output=True, text=True)
    found = json.loads(done.stdout)
    problems = [each for each in (found if isinstance(found, list) else found["findings"]) if each["subject"] == subject]
    return problems[0] if problems else None


def test_what_is_answered_with_success_meanwhile_is_there_afterwards(new_site, tmp_path):
    """Clients upload and push without a pause while the site goes there and back."""
    site = new_site()
    stop, uploaded, pushed, refused = threading.Event(), [], [], []

    def upload(number):
        client, place = Client(site), 0
        while not stop.is_set():
            place += 1
            answer = client.upload(pictures.still("png", 3 + place % 90, 3 + number), f"{number}-{place}.png")
            if answer.status_code == 200:
                uploaded.append(answer.json()["id"])
            else:
                refused.append(answer)

    def push(number):
        device, version = Device(site, f"device-{number}"), 0
        while not stop.is_set():
            answer = device.push(f"file-{number}", {"number": len(pushed)}, base_version=version)
            if answer.status_code == 200:
                version = answer.json()["version"]
                pushed.append((f"file-{number}", version, answer.json()["hash"]))
            else:
                refused.append(answer)

    workers = [threading.Thread(target=action, args=(number,)) for number in range(2) for action in (upload, push)]
    for worker in workers:
        worker.start()
    try:
        for target in (announced(tmp_path), "local"):
            count = len(uploaded)
            assert until(lambda: len(uploaded) > count + 10)
            site.imagebed("move", "--to", target)
        count = len(uploaded)
        assert until(lambda: len(uploaded) > count + 10)
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    assert {answer.status_code for answer in refused} <= {503}
    assert len(set(uploaded)) == len(uploaded)
    assert set(uploaded) == {number for number, in site.query("SELECT id FROM file")}
    known = set(site.query("SELECT file_key, version, lower(hex(hash)) FROM sync_version JOIN sync_file ON sync_file.id = file_id"))
    assert set(pushed) <= known
    assert site.imagebed("verify").returncode == 0


def test_events_go_on_with_the_other_database(new_site, tmp_path):
    """Who delivers them ends where the rows are elsewhere, and is started anew by what started it; nothing is left out."""
    site = new_site()
    with Receivers(site) as receivers:
        receivers.add("a", "cat >>NOTES/a\n")
        receivers.start()
        assert until(lambda: site.query("SELECT 1 FROM event_receiver"))
        stored = [Client(site).uploaded(pictures.still("png", 5, 5), "a.png")["id"]]
        for target in (announced(tmp_path), "local"):
            site.imagebed("move", "--to", target)
            stored.append(Client(site).uploaded(pictures.still("png", 5, 6 + len(stored)), "b.png")["id"])
            assert until(lambda: receivers.process.poll() is not None) and receivers.process.returncode == FAILED
            receivers.start()
        assert until(lambda: {event["file"]["id"] for event in receivers.got("a")} >= set(stored))
        assert "started anew" in (receivers.folder / "log").read_text()


# While nothing is changed

@contextlib.contextmanager
def interrupted(site, target):
    """A move that was killed before its last step: all is copied, and nothing is changed."""
    assert killed(site.data, target, "renameat", 2 if target != "local" else 1) and fault(site)
    yield
    site.imagebed("move", "--cancel")


def killed(data, target, call, number):
    """Whether the move came to so many calls of this kind, at the last of which it is killed."""
    names = {"renameat": "renameat,renameat2,rename", "fsync": "fsync,fdatasync", "send": "sendto", "write": "pwrite64"}[call]
    done = subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={names}", "-e", f"inject={names}:signal=KILL:when={number}",
                           BIN / "imagebed", "move", "--to", target, "--data", data], capture_output=True, text=True)
    assert done.returncode in (OK, -signal.SIGKILL, 128 + signal.SIGKILL), done.stderr
    return done.returncode != OK


needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="apt install strace")


@needs_strace
def test_a_move_begins_while_a_receiver_works(new_site, tmp_path):
    """What it has taken is noted when that is possible, by the same process."""
    site = new_site()
    with Receivers(site) as receivers:
        receivers.add("a", "touch NOTES/began; until [ -e NOTES/go ]; do sleep .1; done; cat >>NOTES/a\n")
        receivers.start()
        assert until(lambda: site.query("SELECT 1 FROM event_receiver"))
        Client(site).uploaded(pictures.still("png", 9, 9), "a.png")
        assert until((receivers.notes / "began").exists)
        with interrupted(site, announced(tmp_path)):
            (receivers.notes / "go").touch()
            assert until(lambda: receivers.got("a"))
            time.sleep(3)
            assert receivers.process.poll() is None, (receivers.folder / "log").read_text()
        Client(site).uploaded(pictures.still("png", 8, 8), "b.png")
        assert until(lambda: len(receivers.got("a")) == 2) and receivers.process.poll() is None


@needs_strace
@pytest.mark.parametrize("is_back", [False, True], ids=["there", "back"])
def test_changes_are_refused_and_the_rest_goes_on(new_site, tmp_path, is_back):
    site = new_site()
    client, device, tus = Client(site), Device(site, "a"), Tus(site, site.key)
    stored = client.uploaded(pictures.still("png", 9, 9), "a.png")
    device.pushed("notes", {"a": 1})
    cookies = session_of(site, "admin", "admin")
    begun = tus.begin(100)
    target = announced(tmp_path)
    if is_back:
        site.imagebed("move", "--to", target)
        target = "local"
    before = rows(site.data)
    with interrupted(site, target):
        assert_error(client.upload(pictures.still("png", 8, 8)), 503, MOVING, Retry_After="30")
        assert device.push("notes", {"a": 2}, base_version=1).json()["error"] == MOVING
        assert tus.create(10).status_code == tus.send("PATCH", begun, b"x" * 100, Upload_Offset="0", Content_Type="application/offset+octet-stream").status_code == 503
        assert client.get(path_of(stored["del"])).status_code == 503
        form = client.request("POST", "/user/security.php", data={"form_token": form_token(cookies), "action": "preferences", "language": "en"},
                              cookies=cookies)
        assert form.status_code == 503 and form.headers["Retry-After"] == "30"
        # Reading goes on.
        assert [file["id"] for file in client.list().json()["data"]] == [stored["id"]]
        assert device.pulled("notes") == {"a": 1} and Device(site, "new").pulled("notes") == {"a": 1}
        assert device.history("notes").status_code == 200
        assert client.get(path_of(stored["url"])).content == pictures.still("png", 9, 9)
        assert client.get(path_of(stored["thumb"])).status_code == 200
        for page in ("/", "/app/list.php"):
            assert client.get(page, cookies=cookies).status_code == 200, page
        assert client.get("/api/v1/health.php").status_code == 200
        # Timers leave it to the next run, and commands say what is the matter.
        for command in ("tally", "gc", "expire"):
            assert "being moved" in site.imagebed(command).stderr
        refused = site.imagebed("user", "add", "bob", check=False)
        assert refused.returncode == FAILED and "being moved" in refused.stderr
        if not is_back:
            assert_a_backup_works(site, tmp_path)
        now = rows(site.data)
        assert {table for table in before if before[table] != now[table]} == set()
    assert fault(site) is None
    device.pushed("notes", {"a": 2}, base_version=1)
    client.uploaded(pictures.still("png", 8, 8))
    assert client.get(path_of(stored["del"])).status_code == 200


def assert_a_backup_works(site, tmp_path):
    """Of a site that takes no changes, for one that does."""
    site.imagebed("backup", tmp_path / "backup")
    restored = Site(tmp_path / "restored")
    restored.run("restore", tmp_path / "backup")
    restored.run("user", "add", "bob")
    assert fault(restored) is None


# Killed

@pytest.fixture
def filled(tmp_path):
    site = Site(tmp_path / "data")
    site.run("setup", "--base-url", "http://img.example.org")
    site.run("user", "add", "anna", "--role", "admin", "--password-stdin", stdin="correct horse\n")
    for number in range(130):
        site.add_file(f"2026/11/{number:06}.png", state=2 if number % 5 == 0 else 0)
    site.sql("DELETE FROM file WHERE id > 128")
    return site


# Calls of the system at which it is killed: a few of each kind, or more with IMAGEBED_MOVE_KILLS=all.
KILLS = ({"renameat": (1, 2, 3, 4), "fsync": (1, 2, 3, 5, 8), "send": (1, 12, 100, 400, 430, 460, 480, 520, 600, 615), "write": (1, 40, 200, 350, 500)}
         if os.environ.get("IMAGEBED_MOVE_KILLS") == "all" else {"renameat": (1, 2, 3), "fsync": (2,), "send": (12, 400, 460, 600), "write": (200,)})


@needs_strace
@pytest.mark.parametrize("call, number", [(call, number) for call, numbers in KILLS.items() for number in numbers])
def test_killed_and_repeated(filled, tmp_path, call, number):
    """There and back, killed on each way; then it goes on, or goes back and begins anew."""
    before = rows(filled.data)
    ids = last_ids(filled)
    for target in (announced(tmp_path), "local"):
        was_killed = killed(filled.data, target, call, number)
        if was_killed and number % 2 == 0 and (cancelled := called(filled, "--cancel")).returncode == OK:
            assert fault(filled) is None and rows(filled.data) == before
            filled.sql("UPDATE settings SET value = value")
            if "stays" in cancelled.stderr:
                target = announced(tmp_path, name="another.conf")
        if was_killed:
            done = called(filled, "--to", target)
            assert done.returncode == OK or "already" in done.stderr, done.stderr
        assert is_local(filled.data) == (target == "local")
        assert rows(filled.data) == before and fault(filled) is None
        assert not list(filled.data.glob("*moving*")) and called(filled, "--cancel").returncode == FAILED
    assert last_ids(filled) == ids
    filled.add_file("2026/11/new.png")
    assert filled.sql("SELECT MAX(id) FROM file") == [(131,)]


def called(site, *arguments):
    return subprocess.run([BIN / "imagebed", "move", *arguments, "--data", site.data], capture_output=True, text=True)


def last_ids(site):
    return sorted(site.sql("SELECT name, seq FROM sqlite_sequence WHERE seq > 0"))


@needs_strace
def test_nobody_else_goes_on_with_it(filled, tmp_path):
    """The mark tells which move it is."""
    file = announced(tmp_path)
    assert killed(filled.data, file, "renameat", 2)
    told = filled.run("move", "--to", announced(tmp_path, name="other.conf"), code=FAILED).stderr
    assert "another file" in told and "--cancel" in told
    problem = fault(filled)
    assert problem["level"] == "problem" and "cluster.conf.moving" in problem["advice"]
    filled.run("move", "--to", filled.data / "cluster.conf.moving")
    assert not is_local(filled.data)


@needs_strace
def test_a_copy_in_which_somebody_has_written_is_not_taken(filled, tmp_path):
    file = announced(tmp_path)
    assert killed(filled.data, file, "renameat", 2)
    words = file.read_text().split("database = ")[1].strip()
    query(words, "UPDATE file SET views = 5 WHERE id = 7")
    told = filled.run("move", "--to", file, code=FAILED).stderr
    assert "other rows" in told and is_local(filled.data)
    assert "stays" in filled.run("move", "--cancel").stderr
    filled.sql("UPDATE settings SET value = value")


def test_a_server_that_goes_away_leaves_the_site_as_it_was(filled, tmp_path):
    """An error goes back by itself."""
    before = rows(filled.data)
    file = announced(tmp_path)
    words = file.read_text().split("database = ")[1].strip()
    query(words, "CREATE DOMAIN account AS integer")
    assert "account" in filled.run("move", "--to", file, code=FAILED).stderr
    assert fault(filled) is None and rows(filled.data) == before
    filled.sql("UPDATE settings SET value = value")
    assert not list(filled.data.glob("*.moving*"))


@needs_strace
def test_a_copy_that_was_handed_over_is_kept_when_it_cannot_be_opened(filled, tmp_path):
    """A repeated call does not know what became of the copy, and leaves the site to the next one."""
    filled.run("move", "--to", announced(tmp_path))
    before = rows(filled.data)
    assert killed(filled.data, "local", "renameat", 1)
    copy = filled.data / "imagebed.db.moving"
    kept = copy.read_bytes()
    copy.write_bytes(b"no database" * 1000)
    assert "not a database" in filled.run("move", "--to", "local", code=FAILED).stderr
    assert copy.exists() and fault(filled)["level"] == "problem"
    assert "being moved" in filled.run("user", "add", "bob", code=FAILED).stderr
    copy.write_bytes(kept)
    filled.run("move", "--to", "local")
    assert is_local(filled.data) and rows(filled.data) == before and fault(filled) is None


# Refused

REFUSED = {
    "a database with something in it": ("is not empty", lambda site, file, words: query(words, "CREATE TABLE other (a integer)")),
    "a file that is not there": ("is not there", lambda site, file, words: file.unlink()),
    "a file that others may read": ("chmod 600", lambda site, file, words: file.chmod(0o644)),
    "a file without a database": ("has no line database", lambda site, file, words: file.write_text("node = web1\n")),
    "a server that is not there": ("mend what is told above", lambda site, file, words: file.write_text("database = host=/nonexistent dbname=a\n")),
    "a file that is in place": ("give it another name first", lambda site, file, words: file.rename(site.data / "cluster.conf")),
}


def query(words, statement):
    with contextlib.closing(engines.Connection(words)) as connection:
        return connection.query(statement)


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_in_the_way_is_told_before_anything_is_changed(filled, tmp_path, what):
    says, harm = REFUSED[what]
    words = engines.server().make()
    file = announced(tmp_path, words)
    harm(filled, file, words)
    if (filled.data / "cluster.conf").exists():
        file = filled.data / "cluster.conf"
    for further in ([], ["--dry-run"]):
        assert says in filled.run("move", "--to", file, *further, code=FAILED).stderr
    (filled.data / "cluster.conf").unlink(missing_ok=True)
    filled.sql("UPDATE settings SET value = value")
    assert fault(filled) is None


def test_units_get_a_network_before_the_move(filled):
    announced(filled.data, "host=db1.example.org,/run/postgresql dbname=imagebed", name="cluster.conf.next")
    assert filled.run("cluster", "hosts").stdout == "db1.example.org\n"


SYSTEMCTL = """#!/bin/sh
for name; do case $name in *.service) printf 'Id=%s\\nLoadState=loaded\\nActiveState=active\\nPrivateNetwork=%s\\n\\n' "$name" "$(cat {answer})" ;; esac; done
"""


@pytest.mark.skipif(os.geteuid() != 0 or not os.path.exists("/usr/bin/systemctl"), reason="only root can do that, where systemd is installed")
def test_units_without_network_are_seen_before_the_move(filled, tmp_path):
    """An installation on a machine that systemd runs, as far as words go."""
    answer, etc = tmp_path / "answer", tmp_path / "etc"
    shutil.copytree("/etc", etc, symlinks=True)
    (etc / "imagebed").mkdir(exist_ok=True)
    (etc / "imagebed/install.conf").write_text(f"data={filled.data}\nweb=nginx\n")
    (tmp_path / "systemctl").write_text(SYSTEMCTL.format(answer=answer))
    (tmp_path / "systemctl").chmod(0o755)
    room = ["unshare", "-m", "sh", "-ec", f"mount --bind {etc} /etc; mount --bind {tmp_path}/systemctl /usr/bin/systemctl; "
            'mount -t tmpfs none /run; mkdir -p /run/systemd/system; exec "$@"', "room"]

    def moved(file, *options):
        return subprocess.run([*room, BIN / "imagebed", "move", "--to", file, *options, "--data", filled.data], capture_output=True, text=True)

    answer.write_text("yes\n")
    socket = engines.server().make()
    file = announced(tmp_path, socket.replace("host=", "host=127.0.0.1,") + " port=1,5432 target_session_attrs=read-write")
    command = f"sudo install -m 600 -o {pwd.getpwuid(filled.data.stat().st_uid).pw_name} {file} {filled.data}/cluster.conf.next && sudo ./install.sh"
    tried = moved(file, "--dry-run")
    assert tried.returncode == OK and "no network" in tried.stderr and command in tried.stderr, tried.stderr
    refused = moved(file)
    assert refused.returncode == FAILED and command in refused.stderr and "nothing was changed" in refused.stderr
    assert is_local(filled.data) and not list(filled.data.glob("*.moving"))
    announced_there = filled.data / "cluster.conf.next"
    shutil.copy(file, announced_there)
    told = moved(announced_there)
    assert told.returncode == FAILED and "install -m" not in told.stderr and "-> sudo ./install.sh" in told.stderr
    # A socket needs none.
    assert "no network" not in moved(announced(tmp_path, socket, name="socket.conf"), "--dry-run").stderr
    answer.write_text("no\n")
    done = moved(announced_there)
    assert done.returncode == OK and "no network" not in done.stderr, done.stderr
    assert f"the rows are on the server that {filled.data}/cluster.conf names" in moved(announced_there).stderr
    # As where cluster.conf was written after the installation.
    looked = lambda: subprocess.run([*room, BIN / "imagebed", "doctor", "--data", filled.data], capture_output=True, text=True).stdout
    assert "no network" not in looked()
    answer.write_text("yes\n")
    assert "problem  units: they have no network, and the database is on 127.0.0.1\n         -> sudo ./install.sh" in looked()


def test_what_is_not_understood(filled, tmp_path):
    for arguments in ([], ["--to", "local", "--cancel"]):
        assert "--cancel" in filled.run("move", *arguments, code=USAGE).stderr
    assert "already" in filled.run("move", "--to", "local", code=FAILED).stderr
    assert "no move is unfinished" in filled.run("move", "--cancel", code=FAILED).stderr


def test_other_nodes_have_to_stop_before_the_rows_leave_the_server(filled, tmp_path):
    filled.run("move", "--to", announced(tmp_path))
    filled.sql("INSERT INTO node (name, removal, settings, seen_at) VALUES ('web2', 0, 0, extract(epoch FROM now())::bigint)")
    assert "web2" in filled.run("move", "--to", "local", code=FAILED).stderr
    filled.sql("UPDATE node SET seen_at = seen_at - 301")
    filled.run("move", "--to", "local")


@needs_strace
def test_another_node_does_not_go_back_on_its_own(filled, tmp_path):
    filled.run("move", "--to", announced(tmp_path))
    assert killed(filled.data, "local", "renameat", 1)
    file = filled.data / "cluster.conf"
    mine = file.read_text()
    file.write_text(mine.replace("web1", "web2"))
    for options in [["--cancel"], ["--to", "local"], ["--to", "local", "--dry-run"]]:
        assert "web1 began" in filled.run("move", *options, code=FAILED).stderr
    assert "stop the site" in fault(filled)["advice"]
    file.write_text(mine)
    filled.run("move", "--cancel")
    assert fault(filled) is None


def test_a_copy_that_was_in_use_is_not_removed(filled, tmp_path):
    """The move died when all was done but for the clearing away, and much later somebody puts the former file back."""
    file = announced(tmp_path)
    filled.run("move", "--to", file)
    filled.run("move", "--to", "local")
    filled.run("user", "add", "later")
    (move,), = query(file.read_text().split("database = ")[1].strip(), "SELECT id FROM move_mark")
    filled.sql("CREATE TABLE move_copy (id TEXT PRIMARY KEY, is_handed_over INTEGER NOT NULL)")
    filled.sql(f"INSERT INTO move_copy VALUES ('{move}', 1)")
    assert "--to local" in fault(filled)["advice"]
    (filled.data / "cluster.conf.moved-1").rename(filled.data / "cluster.conf")
    assert "imagebed.db.moved-2" in filled.run("move", "--cancel").stderr and not is_local(filled.data)
    with contextlib.closing(sqlite3.connect(filled.data / "imagebed.db.moved-2")) as kept:
        assert kept.execute("SELECT COUNT(*) FROM account WHERE name = 'later'").fetchone() == (1,)


def test_positions_in_logs_stay_those_of_the_machine(filled, tmp_path):
    filled.sql("INSERT INTO counter VALUES ('view_log inode 77', 4096), ('view_log 2026-11.log', 5), ('last_end tally', 9), ('view_log_inode', 78), ('view_log_offset', 6)")
    names = "SELECT name, value FROM counter WHERE name LIKE 'view%log%' OR name LIKE 'last_end%' ORDER BY name"
    there = filled.sql(names)
    filled.run("move", "--to", announced(tmp_path))
    assert filled.sql(names) == [("last_end tally@web1", 9), ("view_log 2026-11.log", 5), ("view_log inode 77@web1", 4096), ("view_log_inode@web1", 78),
                                 ("view_log_offset@web1", 6)]
    filled.run("move", "--to", "local")
    assert filled.sql(names) == there



def test_a_machine_that_gets_the_name_of_a_former_node(filled, tmp_path):
    """What the former one counted stays behind, and that of the machine goes on."""
    filled.run("move", "--to", announced(tmp_path))
    filled.sql("INSERT INTO counter (name, value) VALUES ('last_end tally@web2', 7), ('view_log inode 5@web2', 8), ('last_end tally@web1', 9)")
    filled.run("move", "--to", "local")
    names = "SELECT name, value FROM counter WHERE name LIKE 'last_end tally%' OR name LIKE 'view_log%' ORDER BY name"
    assert ("last_end tally", 9) in filled.sql(names)
    again = announced(tmp_path, name="again.conf")
    again.write_text(again.read_text().replace("web1", "web2"))
    filled.run("move", "--to", again)
    assert filled.sql(names) == [("last_end tally@web2", 9)]


def test_a_database_that_was_left_takes_no_changes(filled, tmp_path):
    """Whoever puts it back sees the rows and the way on, and nobody writes into it by mistake."""
    filled.run("move", "--to", announced(tmp_path))
    (filled.data / "cluster.conf").rename(tmp_path / "away")
    (filled.data / "imagebed.db.moved-1").rename(filled.data / "imagebed.db")
    assert_taken_again(filled, "bob")
    # The same of the server's.
    filled.run("move", "--to", announced(tmp_path))
    filled.run("move", "--to", "local")
    (filled.data / "cluster.conf.moved-1").rename(filled.data / "cluster.conf")
    assert "another name" in filled.run("move", "--cancel", code=FAILED).stderr
    (filled.data / "imagebed.db").rename(filled.data / "imagebed.db.old")
    assert_taken_again(filled, "carl")


def assert_taken_again(site, name):
    assert "being moved" in site.run("user", "add", name, code=FAILED).stderr
    assert "--cancel" in fault(site)["advice"]
    site.run("move", "--cancel")
    site.run("user", "add", name)
    site.run("setup", "--restored")


@pytest.mark.parametrize("command", ["index --rebuild", "settings set watermark off", "json gc", "setup --new-secret"])
def test_no_command_changes_what_is_being_moved(filled, tmp_path, command):
    if not shutil.which("strace"):
        pytest.skip("apt install strace")
    assert killed(filled.data, announced(tmp_path), "renameat", 2)
    before = rows(filled.data)
    secret = (filled.data / "secret").read_bytes()
    done = subprocess.run([BIN / "imagebed", *command.split(), "--data", filled.data], capture_output=True, text=True)
    assert done.returncode == OK or "being moved" in done.stderr, done.stderr
    assert rows(filled.data) == before and (filled.data / "secret").read_bytes() == secret
