"""Events: which changes make which, and what becomes of them at receivers that fail, hang, or whose deliverer is killed."""

import hashlib
import hmac
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
import time

import pytest

import engines
import pictures
from accounts import form_token, session_of
from client import Client
from old_forms import OldClient, succeeded
from receivers import ROOT, SOMEBODY, Receivers
from running_site import ROOT as ROOT_OF_SOURCES
from running_site import Site, until
from syncing import Device
from tus import Tus

NOTE = "cat >>NOTES/$(basename $0)\n"
FILES = "/user/files.php"


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        yield running


@pytest.fixture(scope="module")
def client(site): return Client(site)


@pytest.fixture
def receivers(site):
    site.query("DELETE FROM event_receiver")
    with Receivers(site) as made:
        yield made


@pytest.fixture
def all_events(site):
    """What happens from here on, without anybody who delivers: a function that tells it."""
    first = site.query("SELECT COALESCE(MAX(id), 0) FROM event")[0][0]
    site.query("INSERT OR IGNORE INTO event_receiver (name, delivered_id) VALUES ('nobody', ?)", first)
    yield lambda: [json.loads(line) for line in site.imagebed("events", "--last", "1000").stdout.splitlines() if json.loads(line)["id"] > first]
    site.query("DELETE FROM event_receiver")


def picture(number): return pictures.photograph(60, 40, number)


def kinds(events): return [event["kind"] for event in events]


# Which events there are

def test_an_upload_makes_one(site, client, all_events):
    stored = client.uploaded(picture(1), "katze 猫.jpg")
    event, = all_events()
    assert event == {
        "id": event["id"], "kind": "uploaded", "time": event["time"], "site": site.url, "owner": "admin",
        "file": {
            "url": stored["url"], "thumbnail_url": stored["thumb"], "path": stored["url"].removeprefix(site.url + "/uploads/"), "id": stored["id"],
            "name": "katze 猫.jpg", "type": "image/jpeg", "kind": "image", "size": stored["file_size"], "width": 60, "height": 40, "duration": None,
            "sha256": stored["sha256"], "public": True, "created": event["time"],
        },
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", event["time"])
    assert stored["del"].partition("hash=")[2] not in json.dumps(event)


def test_each_way_of_uploading_makes_one(site, client, all_events):
    old = OldClient(site)
    succeeded(old.api(picture(2)))
    Tus(site, site.key).uploaded(picture(3))
    files = [("image[]", (f"{number}.jpg", picture(number), "image/jpeg")) for number in (4, 5)]
    assert client.request("POST", "/api/v1/upload.php", files=files, data={"token": client.key}).status_code == 200
    assert kinds(all_events()) == ["uploaded"] * 4
    assert len({event["file"]["id"] for event in all_events()}) == 4


def test_each_way_of_deleting_makes_one(site, client, all_events):
    stored = [client.uploaded(picture(number)) for number in range(10, 16)]
    before = len(all_events())
    cookies = session_of(site, "admin", "admin")

    def act(action, *files):
        answer = client.request("POST", FILES, data={"form_token": form_token(cookies), "action": action, "id[]": [file["id"] for file in files]}, cookies=cookies)
        assert answer.status_code == 303, answer.text
    assert client.get(stored[0]["del"]).status_code == 200
    assert client.get(stored[0]["del"]).status_code in (200, 404, 410)
    act("recycle", stored[1], stored[2])
    act("restore", stored[1])
    act("delete", stored[1], stored[2], stored[3])
    site.imagebed("file", "delete", str(stored[4]["id"]))
    site.imagebed("file", "restore", str(stored[4]["id"]))
    told = [(event["kind"], event["file"]["id"], event["file"].get("recycled")) for event in all_events()[before:]]
    ids = [file["id"] for file in stored]
    assert told == [("deleted", ids[0], True), ("deleted", ids[1], True), ("deleted", ids[2], True), ("restored", ids[1], None),
                    ("deleted", ids[1], False), ("deleted", ids[3], False), ("deleted", ids[4], True), ("restored", ids[4], None)]


def test_a_replacement_makes_one(site, client, all_events):
    stored = client.uploaded(picture(20))
    cookies = session_of(site, "admin", "admin")
    with site.setting(replace_files="on"):
        page = f"/app/info.php?img={stored['url'].removeprefix(site.url)}"
        done = client.request("POST", page, data={"form_token": form_token(cookies)}, files={"file": ("new.jpg", picture(21))}, cookies=cookies)
        assert done.status_code == 303
    event = all_events()[-1]
    assert kinds(all_events()) == ["uploaded", "replaced"] and event["file"]["url"] == stored["url"]
    assert event["file"]["former"] == {"type": "image/jpeg", "size": stored["file_size"], "sha256": stored["sha256"]}
    assert event["file"]["size"] == len(picture(21)) and event["file"]["sha256"] != stored["sha256"]


def test_a_conflict_makes_one(site, all_events):
    one, two = Device(site, "one"), Device(site, "two")
    for device in (one, two):
        device.pushed("events", {"a": 1})
    one.pushed("events", {"a": 2})
    answer = two.pushed("events", {"a": 3})
    assert answer["conflict"]
    event, = all_events()
    assert event["kind"] == "conflict" and event["owner"] == "admin" and "file" not in event
    assert event["conflict"] == {"id": answer["conflict_id"], "file_key": "events", "version": answer["version"], "base_version": 1, "remote_version": 2,
                                 "device": "two", "device_name": event["conflict"]["device_name"], "clean": False}


def test_what_is_refused_makes_none(site, client, all_events):
    assert client.upload(b"no picture").status_code == 400
    assert client.upload(picture(30), token=False).status_code in (401, 403)
    assert client.get("/api/v1/del.php?hash=wrong").status_code in (400, 403, 404)
    device = Device(site, "three")
    device.pushed("refused", {"a": 1})
    assert device.push("refused", {"a": 2}, headers={"If-Match": '"0"'}).status_code in (400, 409, 412)
    assert all_events() == []


def test_without_receivers_there_are_none(site, client):
    site.query("DELETE FROM event_receiver")
    before = site.query("SELECT COUNT(*) FROM event")
    client.get(client.uploaded(picture(31))["del"])
    assert site.query("SELECT COUNT(*) FROM event") == before


def test_the_doctors_trial_makes_none(site, all_events):
    done = site.imagebed("doctor", check=False)
    assert "upload" in done.stdout
    assert all_events() == []


# Deliveries

def test_a_receiver_that_fails_half_the_time_gets_all_in_order(site, client, receivers):
    receivers.add("half", 'cat >NOTES/one; echo $(($(cat NOTES/count) + 1)) >NOTES/count; [ $(($(cat NOTES/count) % 2)) = 0 ] || exit 1; cat NOTES/one >>NOTES/half\n')
    (receivers.notes / "count").write_text("0\n")
    (receivers.notes / "count").chmod(0o666)
    receivers.start().wait("half")
    stored = [client.uploaded(picture(number))["id"] for number in range(40, 52)]
    assert until(lambda: receivers.hurry() or len(receivers.got("half")) == 12), receivers.said()
    assert [event["file"]["id"] for event in receivers.got("half")] == stored
    assert receivers.note("count") == ["24"]
    assert until(lambda: receivers.state("half")["waiting"] == 0) and receivers.state("half")["failures"] == 0
    assert "half has not taken event" in receivers.said() and "it ended with 1" in receivers.said()


def test_one_that_hangs_or_dies_holds_up_no_other(site, client, receivers):
    receivers.add("hangs", "sleep 1000\n")
    receivers.add("dies", "kill -9 $$\n")
    receivers.add("well", NOTE)
    receivers.start()
    for name in ("hangs", "dies", "well"):
        receivers.wait(name)
    stored = [client.uploaded(picture(number))["id"] for number in range(60, 65)]
    assert until(lambda: len(receivers.got("well")) == 5), receivers.said()
    assert [event["file"]["id"] for event in receivers.got("well")] == stored
    assert until(lambda: receivers.state("dies")["failure"] == "it was ended by signal 9")
    assert receivers.state("hangs")["waiting"] == 5 and receivers.state("hangs")["failures"] == 0
    assert receivers.site.imagebed("events", "skip", "dies", "--all").stdout == "dies does not get 5 events\n"
    assert receivers.state("dies")["waiting"] == 0 and receivers.state("dies")["failures"] == 0


def test_kill_nine_of_the_deliverer(site, client, receivers):
    """Each event at least once, none before an earlier one was taken."""
    receivers.add("slow", "cat >>NOTES/slow; sleep 0.1\n")
    receivers.start().wait("slow")
    stored = [client.uploaded(picture(number))["id"] for number in range(70, 90)]
    for turn in range(4):
        assert until(lambda: len(receivers.got("slow")) > 4 * turn), receivers.said()
        receivers.kill()
        assert until(lambda: not receivers.processes()), "what it has started ends with it"
        receivers.start()
    assert until(lambda: set(stored) <= {event["file"]["id"] for event in receivers.got("slow")}), receivers.said()
    got = [event["file"]["id"] for event in receivers.got("slow")]
    assert [id for number, id in enumerate(got) if id not in got[:number]] == stored
    assert got == sorted(got) and len(got) <= len(stored) + 4


def test_one_that_writes_for_long_ends_no_delivery(site, client, receivers):
    """What became of an event is written down later then, and told to nobody twice."""
    receivers.add("a", "touch NOTES/begun; while [ ! -e NOTES/go ]; do sleep 0.1; done; " + NOTE)
    receivers.start().wait("a")
    stored = [client.uploaded(picture(98))["id"]]
    assert until(lambda: (receivers.notes / "begun").exists())
    with engines.locked(site.data):
        (receivers.notes / "go").touch()
        assert until(lambda: receivers.got("a"))
        time.sleep(9)
    stored.append(client.uploaded(picture(99))["id"])
    assert until(lambda: len(receivers.got("a")) > 1)
    assert [event["file"]["id"] for event in receivers.got("a")] == stored
    assert receivers.process.poll() is None and receivers.said() == ""


def test_two_deliverers_do_not_share_a_site(site, receivers):
    receivers.add("a", NOTE)
    receivers.start().wait("a")
    done = site.imagebed("events", "deliver", "--receivers", str(receivers.events), *(["--user", SOMEBODY] if ROOT else []), check=False)
    assert done.returncode == 1 and "another imagebed events deliver is at work" in done.stderr


def test_what_a_receiver_finds(site, client, receivers):
    """Nothing of the deliverer's but the event: no variables, no open files, no way into the data."""
    receivers.add("looks", "cat >/dev/null; env >NOTES/env; ls /proc/self/fd >NOTES/fds; pwd >NOTES/pwd; id -un >NOTES/id; "
                           f"cat {site.data}/imagebed.db >/dev/null 2>NOTES/refused; echo $# >NOTES/arguments; seq 100000\n")
    receivers.start().wait("looks")
    site.data.chmod(0o750)
    try:
        client.uploaded(picture(91))
        assert until(lambda: receivers.state("looks")["waiting"] == 0), receivers.said()
    finally:
        site.data.chmod(0o755)
    variables = {line.partition("=")[0] for line in receivers.note("env")}
    assert variables <= {"PATH", "LC_ALL", "PWD", "_", "SHLVL", "OLDPWD"}
    # (One is that of ls itself.)
    assert receivers.note("fds") == ["0", "1", "2", "3"]
    assert receivers.note("pwd") == ["/"] and receivers.note("arguments") == ["0"]
    said = [line for line in receivers.said().splitlines() if line.startswith("imagebed events: looks: ")]
    assert 100 < len(said) < 1_500, "what it says is cut"
    if ROOT:
        assert receivers.note("id") == [SOMEBODY] and "Permission denied" in receivers.note("refused")[0]


@pytest.mark.skipif(not ROOT, reason="whose a file is only root can change")
def test_nothing_is_run_that_others_may_change(site, client, receivers):
    receivers.add("a", NOTE)
    receivers.add("open", NOTE, mode=0o777)
    receivers.add("foreign", NOTE)
    os.chown(receivers.events / "foreign", 65534, 0)
    (receivers.events / "link").symlink_to("/bin/true")
    receivers.start().wait("a")
    client.uploaded(picture(92))
    assert until(lambda: receivers.got("a"))
    told = json.loads(site.imagebed("events", "--receivers", str(receivers.events), "--json").stdout)
    assert [state["name"] for state in told["receivers"]] == ["a"] and len(told["refused"]) == 3 and told["delivering"]
    for refused in told["refused"]:
        subprocess.run(["bash", "-ec", 'sudo() { "$@"; }; ' + refused["repair"]], check=True)
    receivers.wait("open")
    receivers.wait("foreign")


def test_the_overview_before_the_first_delivery(site, receivers):
    """Who is known from that on is there already, as a file."""
    def told(): return site.imagebed("events", "--receivers", str(receivers.events)).stderr
    assert told() == f"there are no receivers yet: an executable in {receivers.events} is one\n"
    receivers.add("a", NOTE)
    receivers.add("b", NOTE)
    receivers.add("not_executable", NOTE, mode=0o644)
    refused, says = told().splitlines()
    assert refused.startswith(f"{receivers.events}/not_executable is not run") and says == "a, b will get events once imagebed events deliver runs"


def test_a_receiver_that_goes_takes_its_place_along(site, client, receivers):
    receivers.add("a", NOTE)
    receivers.start().wait("a")
    (receivers.events / "a").unlink()
    assert until(lambda: receivers.state("a")["missing"])
    client.uploaded(picture(93))
    receivers.add("a", NOTE)
    assert until(lambda: receivers.got("a")), "it was away for a moment only"
    (receivers.events / "a").unlink()
    assert until(lambda: receivers.state("a")["missing"])
    site.query("UPDATE event_receiver SET missing_since = missing_since - 600")
    assert receivers.process.wait(60) == 0, "nobody is left to deliver to"
    assert receivers.state("a") is None


def test_commands_name_what_is_not_there(site, receivers):
    for command in (["events", "skip", "none"], ["events", "retry", "none"]):
        done = site.imagebed(*command, check=False)
        assert done.returncode == 3 and 'there is no receiver "none"' in done.stderr
    assert site.imagebed("events", "--last", "0", check=False).returncode == 2
    assert site.imagebed("events", "run", check=False).returncode == 2
    if ROOT:
        done = site.imagebed("events", "deliver", "--user", "imagebed-no-such", "--receivers", str(receivers.events), check=False)
        assert done.returncode == 1 and "there is no user imagebed-no-such" in done.stderr


# What the doctor says

def test_the_doctor_tells_who_is_late(site, client, receivers):
    def said():
        done = subprocess.run([site.executables / "imagebed", "doctor", "--json"], capture_output=True, text=True, timeout=300,
                              env={**os.environ, "IMAGEBED_DATA": str(site.data), "IMAGEBED_RECEIVERS": str(receivers.events)})
        return [finding for finding in json.loads(done.stdout) if finding["subject"] == "events"]
    assert [finding["says"] for finding in said()] == ["there are no receivers"]
    receivers.add("a", "echo mine is broken; exit 3\n")
    receivers.add("plain", "", mode=0o644)
    plain, nobody = said()
    assert (plain["level"], plain["advice"]) == ("warning", f"sudo chmod 755 {receivers.events}/plain")
    assert nobody["level"] == "problem" and nobody["says"] == "nobody delivers events to a" and "imagebed events deliver" in nobody["advice"]
    (receivers.events / "plain").unlink()
    receivers.start().wait("a")
    client.uploaded(picture(94))
    assert until(lambda: receivers.state("a")["failures"] == 1)
    assert [finding["says"] for finding in said()] == ["they are delivered to a"]
    site.query("UPDATE event_receiver SET failures = 5, lost = 7, lost_at = ?", int(time.time()))
    late, lost = said()
    assert late["level"] == "problem" and re.match(r"a is behind: \d+ wait, the first of them since .* \(it ended with 3\)$", late["says"])
    assert lost["level"] == "warning" and lost["says"].startswith("a has lost 7 events")
    assert "imagebed events: a: mine is broken" in receivers.said()
    site.imagebed("events", "skip", "a")
    receivers.add("a", NOTE)
    assert site.imagebed("events", "retry", "a").stdout.startswith("a gets its next event")


# The examples

EXAMPLES = ROOT_OF_SOURCES / "Sources/imagebed/install/examples/events.d"
needs_programs = pytest.mark.skipif(not all(map(shutil.which, ["curl", "openssl"])), reason="needs curl and openssl")


@pytest.fixture
def other_side():
    """A server that keeps what it is sent, and answers with the next of some statuses, or with 204."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.requests.append((self.path, dict(self.headers), body))
            self.send_response(self.server.statuses.pop(0) if self.server.statuses else 204)
            self.end_headers()

        def log_message(self, *_): pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.requests, server.statuses = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def install(receivers, name, configuration):
    """As its first lines say, but for the place of its configuration."""
    file = receivers.folder / f"{name}.conf"
    file.write_text(configuration)
    receivers.add(name, (EXAMPLES / name).read_text().replace(f"/etc/imagebed/{name}.conf", str(file)))


@needs_programs
def test_the_webhook_is_signed(site, client, receivers, other_side):
    secret = "0123456789abcdef'\"$ \\%s"[:20] + "é"
    port = other_side.server_port
    other_side.statuses = [500, 302]
    install(receivers, "webhook", f"URL=http://127.0.0.1:{port}/hook?a=1\nSECRET='{secret.replace(chr(39), chr(39) + chr(92) + chr(39) + chr(39))}'\n")
    receivers.start().wait("webhook")
    stored = client.uploaded(picture(95), "käfer & \"100%\".jpg")
    assert until(lambda: receivers.hurry() or len(other_side.requests) == 3), receivers.said()
    assert until(lambda: receivers.state("webhook")["waiting"] == 0)
    assert len({body for _, _, body in other_side.requests}) == 1, "the same event each time"
    path, headers, body = other_side.requests[-1]
    assert path == "/hook?a=1" and headers["Content-Type"] == "application/json"
    assert headers["X-ImageBed-Signature"] == "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    event = json.loads(body)
    assert event["kind"] == "uploaded" and event["file"]["id"] == stored["id"] and event["file"]["name"] == "käfer & \"100%\".jpg"
    assert "the other side answered with status 500" in receivers.said()


@needs_programs
def test_the_cdn_forgets_what_is_gone(site, client, receivers, other_side):
    install(receivers, "purge-cdn", f'url = "http://127.0.0.1:{other_side.server_port}/purge"\nheader = "Authorization: Bearer t0ken"\n')
    receivers.start().wait("purge-cdn")
    stored = client.uploaded(picture(96), 'x","url":"http://evil/","kind":"deleted.jpg')
    assert client.get(stored["del"]).status_code == 200
    assert until(lambda: receivers.state("purge-cdn")["waiting"] == 0), receivers.said()
    (path, headers, body), = other_side.requests
    assert path == "/purge" and headers["Authorization"] == "Bearer t0ken"
    assert json.loads(body) == {"files": [stored["url"], stored["thumb"]]}
    other_side.statuses = [403]
    stored = client.uploaded(picture(97))
    client.get(stored["del"])
    assert until(lambda: receivers.state("purge-cdn")["failures"] == 1) and "403" in receivers.said()
