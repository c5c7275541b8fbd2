"""`imagebed doctor` on a running site behind a proxy: faults made on purpose, each found, each with a repair that works."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
from collections import namedtuple

import pytest

import command_line
import engines
import pictures
from client import Client
from front import Front
from running_site import PATIENCE, Site, until
from test_disk import file_system
from worker_desk import build_library

pytestmark = pytest.mark.skipif(not all(map(shutil.which, ["nginx", "curl", "openssl"])), reason="needs nginx, curl and openssl")
WAY = ["name", "connection", "TLS", "answer", "web clock", "PHP", "responders", "upload", "fetch", "thumbnail", "deletion", "JSON", "largest body"]
# What users of this machine have, so that a repair can be run as it stands there.
SHELL = 'sudo() { "$@"; }; imagebed() { "$IMAGEBED" "$@"; }; '


class Room:
    """A site, and a proxy in front of it whose address is base_url."""

    def __init__(self, site):
        self.site, self.front, self.client = site, Front(site.port), Client(site)

    def reset(self):
        self.front.start()
        self.site.imagebed("settings", "set", "base_url", self.front.url())

    def call(self, *arguments, before=(), **environment):
        return subprocess.run([*before, self.site.executables / "imagebed", *arguments], capture_output=True, text=True, timeout=PATIENCE,
                              env={**os.environ, "IMAGEBED_DATA": str(self.site.data), **environment})

    def findings(self, **arguments):
        done = self.call("doctor", "--json", **arguments)
        found = json.loads(done.stdout)
        assert done.returncode == (1 if any(each["level"] == "problem" for each in found) else 0), done
        return found

    def run(self, command):
        subprocess.run(["bash", "-ec", SHELL + command], check=True, capture_output=True, timeout=PATIENCE,
                       env={**os.environ, "IMAGEBED_DATA": str(self.site.data), "IMAGEBED": str(self.site.executables / "imagebed")})


def problems(found):
    return {each["subject"]: each for each in found if each["level"] == "problem"}


def not_well(found):
    return [each for each in found if each["level"] in ("problem", "skipped")]


@pytest.fixture(scope="module")
def room():
    with Site() as site:
        site.imagebed("settings", "set", "image_max_bytes", "4MB")
        site.imagebed("settings", "set", "video_upload", "off")
        site.reload_web_server()
        room = Room(site)
        try:
            yield room
        finally:
            room.front.stop()
            shutil.rmtree(room.front.folder)


@pytest.fixture
def whole(room):
    room.reset()
    return room


# A site that is well

def everything(site):
    """All that a visit can leave, but for what is told to stay: logs, and the next numbers."""
    tables = engines.tables(site)
    rows = {name: sorted(site.query(f"SELECT * FROM {name}"), key=repr) for name in tables if name != "counter"}
    return {**site.inventory(), **rows, "thumbs": site.files("thumbs"), "json": site.files("json")}


def test_a_whole_site_is_tried_and_left_as_it_was(whole):
    whole.client.uploaded(pictures.jpeg())
    whole.findings()
    before = everything(whole.site)
    found = whole.findings()
    assert not_well(found) == []
    subjects = [each["subject"] for each in found]
    assert [subject for subject in subjects if subject in WAY] == WAY and "certificate" not in subjects
    # (A node removes thumbnails of what was deleted at another one when it hears of that.)
    assert until(lambda: everything(whole.site) == before), everything(whole.site)


def test_the_table_is_shown(room):
    table = json.loads(room.call("doctor", "--list", "--json").stdout)
    assert all(set(row) == {"subject", "tries", "repair"} and all(row.values()) for row in table)
    names = [row["subject"] for row in table]
    assert set(WAY) < set(names) and len(names) == len(set(names))
    assert {each["subject"] for each in room.findings()} <= set(names)


# Limits of the site's own for pictures, and the size of the one that is tried, or why none is

LIMITS = [
    ({"image_max_bytes": "1KB", "image_max_width": 16, "image_max_height": 16}, "16 x 16"),
    ({"image_min_width": 5120, "image_min_height": 3000}, "5120 x 3000"),
    ({"image_min_width": 5120, "image_min_height": 5120, "image_max_bytes": "1KB"}, "image_max_bytes"),
    ({"image_min_width": 200, "image_max_side": 100}, "a side over 100"),
    ({"image_min_width": 5120, "image_min_height": 5120, "image_max_pixels": 1_000_000}, "1000000 pixels"),
]


@pytest.mark.parametrize("limits, words", LIMITS, ids=[words for _, words in LIMITS])
def test_the_picture_fits_the_limits_of_the_site(whole, limits, words):
    with whole.site.setting(**limits):
        found = {each["subject"]: each for each in whole.findings()}
    assert words in found["upload"]["says"] and found["upload"]["level"] == ("ok" if " x " in words else "skipped"), found["upload"]
    steps = {name: found[name]["level"] for name in ["fetch", "thumbnail", "deletion"] if name in found}
    assert steps == ({"fetch": "ok", "thumbnail": "ok", "deletion": "ok"} if " x " in words else {}), steps


def test_the_picture_is_in_no_list(whole):
    """While it is there, which a trigger writes down, and afterwards."""
    before = whole.client.get("/api/v1/stats.php").json()
    whole.site.query("CREATE TABLE seen (is_public INTEGER)")
    whole.site.query("CREATE TRIGGER seen AFTER INSERT ON file BEGIN INSERT INTO seen VALUES (new.is_public); END")
    try:
        whole.findings()
        assert whole.site.query("SELECT is_public FROM seen") == [(0,)]
    finally:
        whole.site.query("DROP TRIGGER seen")
        whole.site.query("DROP TABLE seen")
    assert whole.client.get("/api/v1/stats.php").json() == before


# Faults. `harm(room)` makes one for as long as it lasts; `words` stand in what is said, `repair` is the command in the advice, which is run
# as it stands there, or what is done instead where it is about another machine or program.

Fault = namedtuple("Fault", "subject words repair harm")


def address(change):
    """Another base_url, of which the repair gives back the one of the installation."""
    @contextlib.contextmanager
    def harm(room):
        room.site.imagebed("settings", "set", "base_url", change(room))
        yield {}
    return harm


def proxy(**configuration):
    """Another configuration of the proxy, which is mended by its own."""
    @contextlib.contextmanager
    def harm(room):
        room.front.start(**configuration)
        yield {}
    return harm


@contextlib.contextmanager
def stopped_proxy(room):
    room.front.stop()
    yield {}


@contextlib.contextmanager
def expired_certificate(room):
    certificate = room.front.certificate(-1)
    room.front.start(certificate=certificate)
    room.site.imagebed("settings", "set", "base_url", room.front.url("https"))
    yield {"CURL_CA_BUNDLE": str(certificate)}


@contextlib.contextmanager
def redirect(room):
    room.front.start(server=f"return 301 http://127.0.0.1:{room.site.port}$request_uri;")
    yield {}


@contextlib.contextmanager
def lost_socket(room):
    """Each node loses its own: which of them is asked with what depends on whose turn it is."""
    for folder in run_folders(room):
        socket = next(folder.rglob("upload.sock"))
        socket.rename(socket.with_suffix(".away"))
    try:
        yield {}
    finally:
        found_socket(room)


def found_socket(room):
    for folder in run_folders(room):
        for away in folder.rglob("upload.away"):
            away.rename(away.with_suffix(".sock"))


def run_folders(room):
    return [node.data / "run" for node in room.site.nodes]


@contextlib.contextmanager
def lost_file(room):
    kept = room.client.uploaded(pictures.jpeg())
    next(room.site.uploads.rglob(kept["url"].rsplit("/", 1)[1])).unlink()
    yield {}


@contextlib.contextmanager
def unknown_file(room):
    folder = room.site.uploads / "2024/04"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "0123456789ab.jpg").write_bytes(pictures.jpeg())
    yield {"LD_PRELOAD": str(build_library(room.front.folder, "later.c"))}


@contextlib.contextmanager
def clock_ahead(room):
    yield {"LD_PRELOAD": str(build_library(room.front.folder, "later.c"))}


@contextlib.contextmanager
def clock_behind(room):
    room.client.uploaded(pictures.jpeg())
    room.site.query("UPDATE file SET created_at = created_at + 7200 WHERE id = (SELECT MAX(id) FROM file)")
    yield {}


def catch_up(room):
    room.site.query("UPDATE file SET created_at = created_at - 7200 WHERE id = (SELECT MAX(id) FROM file)")


@contextlib.contextmanager
def php_leftover(room):
    (room.site.uploads / "2024").mkdir(exist_ok=True)
    (room.site.uploads / "2024/shell.php").write_text("<?php echo 'ran';")
    room.front.start(server="location ~ [.]php$ { if (-f %s/2024/shell.php) { set $run 1; } if ($uri !~ /uploads/) { set $run 0; } "
                            "if ($run = 1) { return 200 ran; } proxy_pass http://127.0.0.1:%d; client_max_body_size 0; }" % (room.site.uploads, room.site.port))
    yield {}


def setting(key, value):
    @contextlib.contextmanager
    def harm(room):
        former = room.call("settings", "get", key).stdout.strip()
        room.site.imagebed("settings", "set", key, value)
        yield {}
        room.site.imagebed("settings", "set", key, former)
    return harm


def open_to_everybody(path):
    @contextlib.contextmanager
    def harm(room):
        (room.site.data / path).mkdir(exist_ok=True)
        (room.site.data / path).chmod(0o777)
        yield {}
    return harm


@contextlib.contextmanager
def stale_values(room):
    values = room.site.data / "web/values"
    values.write_text(values.read_text().replace("image_max_bytes 4", "image_max_bytes 5"))
    yield {}


@contextlib.contextmanager
def no_daily_work(room):
    room.site.imagebed("gc")
    room.site.query("UPDATE counter SET value = value - 500000 WHERE name = 'collected_at'")
    yield {}


@contextlib.contextmanager
def overdue(room):
    stored = Client(room.site).uploaded(pictures.photograph(60, 40), data={"expires": "PT1H"})
    room.site.query("UPDATE file SET expires_at = ? WHERE id = ?", int(time.time()) - 400, stored["id"])
    yield {}


SET_ADDRESS = r"imagebed settings set base_url http://127\.0\.0\.1:\d+"
FAULTS = {
    "name that nobody has": Fault("name", "no-such-host.invalid, of base_url, is not found", SET_ADDRESS, address(lambda room: "http://no-such-host.invalid")),
    "wrong port in base_url": Fault("connection", "nobody answers at http://127.0.0.1:1", SET_ADDRESS, address(lambda room: "http://127.0.0.1:1")),
    "wrong path in base_url": Fault("answer", "answers 404", SET_ADDRESS, address(lambda room: room.front.url() + "/elsewhere")),
    "stopped web server": Fault("connection", "nobody answers", Room.reset, stopped_proxy),
    "expired certificate": Fault("TLS", "certificate has expired", Room.reset, expired_certificate),
    "another program": Fault("answer", "that is not this site", SET_ADDRESS, proxy(server="return 200 hello;")),
    "redirect": Fault("answer", "it leads to", SET_ADDRESS, redirect),
    "proxy without a site": Fault("answer", "a proxy in front gets no answer from this site's web server", Room.reset, proxy(target=1)),
    "limit of a proxy": Fault("largest body", "a proxy in front of the site takes no body", Room.reset, proxy(limit="1m")),
    "proxy that takes headers away": Fault("upload", "the header X-API-Key away", Room.reset, proxy(location='proxy_set_header X-API-Key "";')),
    "proxy that changes pictures": Fault("fetch", "other bytes come", Room.reset,
                                         proxy(server="location /uploads/ { return 200 smaller; }")),
    "lost socket": Fault("upload", "no answer from the responder upload, by its socket", found_socket, lost_socket),
    "rows without files": Fault("rows", "is not there", r"imagebed file delete \d+", lost_file),
    "files without rows": Fault("files", "1 files have no row: 2024/04/0123456789ab.jpg", r"imagebed gc --yes", unknown_file),
    "clock before what happened": Fault("clock", "before the newest file was uploaded", catch_up, clock_behind),
    "clock unlike that of the answer": Fault("web clock", "after that of the web server", None, clock_ahead),
    "PHP that would be run": Fault("PHP", "answers for 1 PHP files, such as /uploads/2024/shell.php", r"sudo rm [^,]+", php_leftover),
    "more memory than there is": Fault("memory", "the kernel would end programs", r"imagebed settings set picture_memory 0", setting("picture_memory", "1000GB")),
    "folder of everybody": Fault("owners", "everybody on this machine may write it", r"sudo chmod o-w \S+", open_to_everybody("uploads/2024")),
    "values that are not the settings": Fault("web server", "is not as the settings are", r"imagebed setup --data \S+", stale_values),
    "files whose time is over": Fault("expiry", "1 files whose time is over are still there", r"sudo imagebed expire", overdue),
    "no daily work": Fault("daily work", "imagebed gc has not run since", r"sudo imagebed gc", no_daily_work),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_its_repair_works(whole, name):
    fault = FAULTS[name]
    with fault.harm(whole) as environment:
        found = whole.findings(**environment)
        finding = problems(found).get(fault.subject)
        assert finding and fault.words in finding["says"] and finding["advice"], not_well(found)
        assert_later_hops_are_not_tried(found, fault.subject)
        assert_the_database_is_well(found, environment)
        if isinstance(fault.repair, str):
            command = re.search(fault.repair, finding["advice"])
            assert command, finding["advice"]
            whole.run("".join(f"export {key}={value}; " for key, value in environment.items()) + command[0])
        elif fault.repair:
            fault.repair(whole)
            environment.pop("CURL_CA_BUNDLE", None)
        else:
            environment.clear()
        assert fault.subject not in problems(whole.findings(**environment))
    whole.reset()


def test_a_name_of_the_installation_that_nobody_has_yet(whole):
    """The address that is there already is not what repairs it."""
    site, unknown = whole.site, "http://no-such-host.invalid"
    given = (site.data / "usual-address").read_text().strip()
    try:
        site.imagebed("settings", "set", "base_url", given)
        site.imagebed("setup", "--usual-url", unknown)
        advice = problems(whole.findings())["name"]["advice"]
        assert advice == "put no-such-host.invalid into the DNS, or into /etc/hosts, or: imagebed settings set base_url https://YOUR.SITE"
    finally:
        site.imagebed("setup", "--usual-url", given)
        whole.reset()


def assert_later_hops_are_not_tried(found, subject):
    levels = {each["subject"]: each["level"] for each in found}
    chain = ["name", "connection", "TLS", "answer", "upload"]
    if subject in chain:
        for later in chain[chain.index(subject) + 1:]:
            assert levels[later] == "skipped", not_well(found)
        assert all(each["says"].startswith("not tried: ") for each in found if each["level"] == "skipped")


def assert_the_database_is_well(found, environment):
    if engines.POSTGRESQL and "LD_PRELOAD" in environment:
        # Whose clock is ahead is told that of the server's too.
        assert [each["subject"] for each in found if each["says"].startswith("the server's is 7")] == ["clock"]
    else:
        assert {each["subject"]: each["level"] for each in found}["database"] == "ok"


# On the machine itself: what only root can break

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can do that")


def mounted(*commands):
    """A command in a room of its own for mounts."""
    return ["unshare", "-m", "bash", "-c", "; ".join(commands) + '; exec "$@"', "doctor"]


@pytest.fixture
def given():
    """A data folder that belongs to a service's user, who may not do what root may."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-given-"))
    folder.chmod(0o755)
    site = command_line.Site(folder / "data")
    engines.prepare(site.data)
    site.run("setup", "--base-url", "http://img.example.org")
    month = site.data / "uploads/2024/04"
    month.mkdir(parents=True)
    (month / "0123456789ab.jpg").write_bytes(pictures.jpeg())
    for path in [site.data, *site.data.rglob("*")]:
        os.chown(path, command_line.NOBODY, command_line.NOBODY, follow_symlinks=False)
    yield site
    shutil.rmtree(folder)


@as_root
@pytest.mark.parametrize("path, mode, words", [
    ("uploads", 0o755, "may not write there (Permission denied)"),
    ("uploads/2024/04", 0o755, "may not write there (Permission denied)"),
    ("uploads/2024/04/0123456789ab.jpg", 0o600, "may not read it (Permission denied)"),
    ("recycle", 0o700, "may not write there (Permission denied)"),
])
def test_a_wrong_owner_at_each_depth(given, path, mode, words):
    """Root asks, and the service's user is examined."""
    def owners():
        done = subprocess.run([command_line.BIN / "imagebed", "doctor", "--json", "--data", given.data], capture_output=True, text=True, timeout=PATIENCE)
        return [each for each in json.loads(done.stdout) if each["subject"] == "owners"]

    assert [each["level"] for each in owners()] == ["ok"]
    os.chown(given.data / path, 0, 0)
    (given.data / path).chmod(mode)
    told, = owners()
    assert told["level"] == "problem" and told["says"].startswith(f"{given.data / path}: ") and words in told["says"]
    subprocess.run(["bash", "-ec", SHELL + told["advice"]], check=True)
    assert [each["level"] for each in owners()] == ["ok"]
    assert (given.data / path).stat().st_uid == command_line.NOBODY


@as_root
def test_a_full_disk(tmp_path):
    with file_system(tmp_path / "disk", "110m") as folder, Site(data=folder / "var") as site:
        room, client = Room(site), Client(site)
        room.front.keeper.close()
        shutil.rmtree(room.front.folder)
        large = pictures.jpeg() + b"\0" * (4 << 20)
        answers = [client.upload(large + bytes([number])) for number in range(20)]
        kept = [answer.json() for answer in answers if answer.status_code == 200]
        assert answers[-1].status_code == 507 and kept
        for answer in kept:
            assert client.get(answer["del"].removeprefix(site.url)).status_code == 200
        # (Up to now there may be room for one that is smaller.)
        (site.data / "filler").write_bytes(b"\0" * (4 << 20))
        found = problems(room.findings())
        assert "MB are left" in found["free space"]["says"] and "507: the disk is full" in found["upload"]["says"]
        for finding in [found["free space"], found["upload"]]:
            assert "imagebed gc --recycle-days 0" in finding["advice"]
        room.run("imagebed gc --recycle-days 0")
        assert not {"free space", "upload"} & set(problems(room.findings()))


@as_root
def test_a_missing_coder(whole):
    coder = next(pathlib.Path("/usr/lib").glob("*/ImageMagick-*/modules-*/coders/webp.so"), None)
    if not coder:
        pytest.skip("ImageMagick's coders are no modules here")
    found = problems(whole.findings(before=mounted(f"mount --bind /dev/null {coder}")))["pictures"]
    assert "webp" in found["says"].lower() and "ImageMagick's libraries" in found["advice"]
    assert "pictures" not in problems(whole.findings())


@as_root
def test_a_machine_of_512_megabytes_has_no_slot_for_the_largest_pictures(whole):
    small = whole.front.folder / "meminfo"
    small.write_text(re.sub(r"MemTotal: .*", "MemTotal:         524288 kB", pathlib.Path("/proc/meminfo").read_text()))
    before = mounted(f"mount --bind {small} /proc/meminfo")

    def memory(**arguments):
        return next(each for each in whole.findings(before=before, **arguments) if each["subject"] == "memory")

    told = memory()
    assert told["level"] == "warning" and "there is no slot for it" in told["says"] and "of this machine's 512" in told["says"]
    whole.run(re.search(r"imagebed settings set decode_max_pixels \d+", told["advice"])[0])
    assert memory()["level"] == "ok"
    whole.site.imagebed("settings", "set", "decode_max_pixels", "50000000")


# For the timer

def test_a_problem_is_told_once(whole):
    def watch():
        done = whole.call("doctor", "--watch")
        assert done.returncode == 0 and done.stdout == ""
        return done.stderr

    assert watch() == ""
    whole.front.stop()
    told = watch()
    assert "imagebed doctor: connection: nobody answers" in told and "->" in told
    assert watch() == ""
    whole.front.start(server="return 200 hello;")
    told = watch()
    assert "imagebed doctor: answer: " in told and "imagebed doctor: connection: that is mended" in told
    whole.front.start()
    assert watch() == "imagebed doctor: answer: that is mended\n"
    assert watch() == ""
