# The compiler of a checkout that finds none: fetched from a mirror, believed only by its SHA-256, whole or not there. The archive is a
# stand-in with a compiler that is a few lines of shell; its sum stands in a copy of the script, because nothing else replaces a sum.

import hashlib
import http.server
import io
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import threading

import pytest

from script import ROOT, function

PARTS = ROOT / "Sources/imagebed/install"
VERSION = re.search(r"^toolchain_version=(\S+)", (PARTS / "toolchain.sh").read_text(), re.MULTILINE)[1]
COMPILER = f"""#!/bin/sh
case "$*" in
    --version) echo "Swift version {VERSION} (stand-in)" ;;
    *--show-bin-path) echo /tmp/bin ;;
    *) echo "$(id -un): $*" >> /tmp/built ;;
esac
"""


def archive(compiler=COMPILER, size=300_000):
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        for name, content, mode in [("usr/bin/swift", compiler.encode(), 0o755), ("usr/lib/swift/a", os.urandom(size), 0o640)]:
            entry = tarfile.TarInfo(f"swift-{VERSION}-RELEASE-debian12/{name}")
            entry.size, entry.mode, entry.uid = len(content), mode, 4242
            tar.addfile(entry, io.BytesIO(content))
    return written.getvalue()


def with_sum(folder, content, room=1):
    """A copy of the script that knows this archive as swift.org's for every machine."""
    shutil.copytree(PARTS, folder / "install")
    file = folder / "install/toolchain.sh"
    text, count = re.subn(r"^( +)debian12\) echo .*$", rf'\1*) echo "{hashlib.sha256(content).hexdigest()} {room}" ;;', file.read_text(), flags=re.MULTILINE)
    assert count == 1
    file.write_text(text)
    return file


class Mirror(http.server.BaseHTTPRequestHandler):
    """Sends `content` also in parts; of the first answer no more than `cut` bytes."""

    content, cut, parts, status = b"", None, True, 200

    def do_HEAD(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.content)))
        self.end_headers()

    def do_GET(self):
        kind = type(self)
        asked = self.headers.get("Range", "")
        kind.seen.append(asked)
        begin = int(re.match(r"bytes=(\d+)-", asked)[1]) if asked and self.parts else 0
        if self.status != 200 or begin >= len(self.content):
            self.send_error(self.status if self.status != 200 else 416)
            return
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(self.content) - 1}/{len(self.content)}")
        self.send_header("Content-Length", str(len(self.content) - begin))
        self.end_headers()
        cut, kind.cut = kind.cut, None
        self.wfile.write(self.content[begin:][:cut])

    def log_message(self, *_):
        pass


@pytest.fixture
def mirror():
    kind = type("Own", (Mirror,), {"seen": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    kind.url = f"http://127.0.0.1:{server.server_port}"
    yield kind
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(script, folder, url):
    return subprocess.run(["bash", script, "fetch", folder, url], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)


def assert_whole(folder):
    """The compiler and nothing beside it."""
    assert sorted(path.name for path in folder.iterdir()) == [VERSION, "lock"]
    swift = folder / VERSION / "usr/bin/swift"
    assert swift.read_text() == COMPILER and os.access(swift, os.X_OK) and swift.stat().st_uid == os.geteuid()


PART = f"swift-{VERSION}-RELEASE-{{}}.tar.gz.part"


def part_of(folder):
    platform = function("toolchain_platform", folder).strip()
    return folder / PART.format(platform)


def test_fetched(tmp_path, mirror):
    """Of a mirror with swift.org's folders; the toolchain of a former version goes, and a second time nothing is asked for."""
    mirror.content = archive()
    script, folder = with_sum(tmp_path, mirror.content), tmp_path / "own"
    (folder / "6.0.1/usr").mkdir(parents=True)
    run = fetch(script, folder, mirror.url + "/")
    assert run.returncode == 0, run.stderr
    assert_whole(folder)
    assert f"fetching {mirror.url}/swift-{VERSION}-release/" in run.stderr and "unpacking" in run.stderr
    assert fetch(script, folder, mirror.url).returncode == 0 and len(mirror.seen) == 1


def test_of_a_file(tmp_path):
    content = archive()
    (tmp_path / "swift.tar.gz").write_bytes(content)
    run = fetch(with_sum(tmp_path, content), tmp_path / "own", f"file://{tmp_path}/swift.tar.gz")
    assert run.returncode == 0, run.stderr
    assert_whole(tmp_path / "own")


def test_goes_on_where_it_was_cut(tmp_path, mirror):
    mirror.content, mirror.cut = archive(), 100_000
    run = fetch(with_sum(tmp_path, mirror.content), tmp_path / "own", mirror.url)
    assert run.returncode == 0, run.stderr
    assert_whole(tmp_path / "own")
    assert mirror.seen == ["", "bytes=100000-"]


@pytest.mark.parametrize("parts", [True, False])
@pytest.mark.parametrize("left", ["another", "longer"])
def test_begins_again_where_it_cannot_go_on(tmp_path, mirror, parts, left):
    """The rest of another archive, and a server that sends no parts."""
    mirror.content, mirror.parts = archive(), parts
    folder = tmp_path / "own"
    folder.mkdir()
    part_of(folder).write_bytes(os.urandom(1000 if left == "another" else 400_000))
    run = fetch(with_sum(tmp_path, mirror.content), folder, mirror.url)
    assert run.returncode == 0 and "once more from the beginning" in run.stderr, run.stderr
    assert_whole(folder)


def test_another_archive_is_refused(tmp_path, mirror):
    """Before anything of it is unpacked."""
    mirror.content = archive("#!/bin/sh\necho evil >&2\n")
    folder = tmp_path / "own"
    run = fetch(with_sum(tmp_path, archive()), folder, mirror.url)
    assert run.returncode == 1 and "is not what swift.org has released" in run.stderr and "evil" not in run.stderr, run.stderr
    assert [path.name for path in folder.iterdir()] == ["lock"]


def test_mirror_without_it(tmp_path, mirror):
    """What is there of it stays for the next time."""
    mirror.content, mirror.status = archive(), 404
    folder = tmp_path / "own"
    folder.mkdir()
    part_of(folder).write_bytes(mirror.content[:1000])
    run = fetch(with_sum(tmp_path, mirror.content), folder, mirror.url)
    assert run.returncode == 1 and "could not be fetched" in run.stderr and "--toolchain-url" in run.stderr, run.stderr
    mirror.status = 200
    assert fetch(tmp_path / "install/toolchain.sh", folder, mirror.url).returncode == 0 and mirror.seen[-1] == "bytes=1000-"
    assert_whole(folder)


def test_no_room(tmp_path, mirror):
    """Said before anything is fetched."""
    mirror.content = archive(size=3_000_000)
    run = fetch(with_sum(tmp_path, mirror.content, 99_999_999), tmp_path / "own", mirror.url)
    assert run.returncode == 1 and re.search(r"own needs 100000001 MB for swift.org's toolchain, and its disk has \d+: make room", run.stderr), run.stderr
    assert mirror.seen == []


def test_a_compiler_that_does_not_run(tmp_path, mirror):
    mirror.content = archive("#!/nonexistent\n")
    run = fetch(with_sum(tmp_path, mirror.content), tmp_path / "own", mirror.url)
    assert run.returncode == 1 and "does not run here" in run.stderr, run.stderr
    assert not (tmp_path / "own" / VERSION).exists() and not (tmp_path / f"own/{VERSION}.new").exists()


def test_ended_while_it_was_unpacked(tmp_path, mirror):
    """Half of it has another name, and the archive is not fetched again."""
    mirror.content = archive()
    folder = tmp_path / "own"
    (folder / f"{VERSION}.new/usr/bin").mkdir(parents=True)
    (folder / f"{VERSION}.new/usr/bin/half").touch()
    part_of(folder).write_bytes(mirror.content)
    run = fetch(with_sum(tmp_path, mirror.content), folder, mirror.url)
    assert run.returncode == 0 and set(mirror.seen) <= {f"bytes={len(mirror.content)}-"}, run.stderr
    assert_whole(folder)
    assert not (folder / VERSION / "usr/bin/half").exists()


def test_two_at_once(tmp_path, mirror):
    folder = tmp_path / "own"
    folder.mkdir()
    script = with_sum(tmp_path, archive())
    holder = subprocess.Popen(["flock", folder / "lock", "sleep", "60"])
    try:
        while subprocess.run(["flock", "-n", folder / "lock", "true"]).returncode == 0:
            pass
        run = fetch(script, folder, mirror.url)
    finally:
        holder.kill()
        holder.wait()
    assert run.returncode == 1 and "another installation is fetching" in run.stderr


@pytest.mark.parametrize("said, taken", [
    ("Swift version 6.3.1 (swift-6.3.1-RELEASE)", True), ("Apple Swift version 6.0", True), ("Swift version 10.0", True),
    ("Swift version 5.10.1 (swift-5.10.1-RELEASE)", False), ("swift 3.13.1", False), ("", False),
])
def test_what_is_a_compiler(tmp_path, said, taken):
    """Not one that is too old, and not OpenStack's program."""
    (tmp_path / "swift").write_text(f"#!/bin/sh\necho '{said}'\n")
    (tmp_path / "swift").chmod(0o755)
    assert function("is_swift $folder/swift && echo taken || echo no", tmp_path) == ("taken\n" if taken else "no\n")


@pytest.mark.parametrize("mirror_url, address", [
    ("", f"https://download.swift.org/swift-{VERSION}-release/debian12/swift-{VERSION}-RELEASE/swift-{VERSION}-RELEASE-debian12.tar.gz"),
    ("http://a.example/b/", f"http://a.example/b/swift-{VERSION}-release/debian12/swift-{VERSION}-RELEASE/swift-{VERSION}-RELEASE-debian12.tar.gz"),
    ("http://a.example/c.tar.gz", "http://a.example/c.tar.gz"),
])
def test_address(tmp_path, mirror_url, address):
    assert function(f"toolchain_address '{mirror_url}' debian12", tmp_path) == address + "\n"


def test_sums(tmp_path):
    """There is one for each machine that Debian 12 and swift.org have in common."""
    known = [function(f"known_toolchain {platform}", tmp_path) for platform in ["debian12", "debian12-aarch64"]]
    assert all(re.fullmatch(r"[0-9a-f]{64} \d{4}\n", line) for line in known) and known[0] != known[1]
    assert function("known_toolchain debian13; known_toolchain ubuntu24.04", tmp_path) == ""


@pytest.mark.parametrize("settings, said", [
    ("no_download=yes", "--no-download keeps this script from fetching"), ("toolchain_platform() { echo debian13-other; }", "(this is debian13-other)"),
])
def test_refused(tmp_path, settings, said):
    assert said in function(f"is_swift() {{ false; }}; apt-cache() {{ false; }}; {settings}; (find_swift) 2>&1 || true", tmp_path)


@pytest.fixture
def without_compiler(machine, tmp_path_factory):
    """A checkout of an account of its own, and a mirror as a folder to be served."""
    content = archive()
    checkout, served = tmp_path_factory.mktemp("known"), tmp_path_factory.mktemp("mirror")
    with_sum(checkout, content)
    (served / "swift.tar.gz").write_bytes(content)
    machine.bring(checkout, "known")
    machine.bring(served, "mirror")
    machine.mount += f"[ ! -e {machine.root}/opt/swift/usr/bin ] || mount -t tmpfs tmpfs {machine.root}/opt/swift/usr/bin\n"
    return machine


def test_first_command(without_compiler):
    """Nothing but a checkout of somebody's: the compiler is fetched and runs as its owner, the site answers, and no file of root's
    is in the owner's way."""
    run = without_compiler.run("""
        unset IMAGEBED_BIN; command -v swift && exit 1
        useradd -m anna && cp -r /tmp/checkout /home/anna/checkout && cp /tmp/known/install/toolchain.sh /home/anna/checkout/install/ || exit 1
        chown -R anna: /home/anna; chmod 755 /home/anna; install -o anna /dev/null /tmp/built; chmod 777 /tmp; cd /home/anna/checkout
        (cd /tmp/mirror && exec python3 -m http.server --bind 127.0.0.1 18190) > /dev/null 2>&1 &
        for turn in {1..600}; do curl -s -o /dev/null http://127.0.0.1:18190/ && break; sleep 0.1; done
        ./install.sh --port 18180 --no-download > /dev/null && echo ==== installed
        ./install.sh --port 18180 --toolchain-url http://127.0.0.1:18190/swift.tar.gz --dry-run > /dev/null || echo ==== failed
        ls -d .build-swift
        ./install.sh --port 18180 --toolchain-url http://127.0.0.1:18190/swift.tar.gz > /tmp/out || echo ==== failed
        kill $!; grep -c 'ImageBed is installed' /tmp/out; cat /tmp/built; stat -c '%U' .build-swift/*/usr/bin/swift
        ./install.sh > /dev/null || echo ==== failed
        curl -s -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:18180/api/v1/stats.php
        nginx -s stop
        cd /; runuser -u anna -- rm -r /home/anna/checkout && echo removed
        """, check=False)
    build = "anna: build -c release --static-swift-stdlib --no-color-diagnostics --package-path /home/anna/checkout"
    end = ["200", "removed"]
    assert run.stdout.splitlines() in (["1", build, "anna", *end], ["1", build, "anna", build, *end]), run.stdout + run.stderr
    assert "and --no-download keeps this script from fetching swift.org's" in run.stderr and "would run: as_owner bash" in run.stderr
