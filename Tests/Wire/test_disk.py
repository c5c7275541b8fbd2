# A disk that is full or may not be written: a clear error, nothing half-kept, and reading goes on.

import contextlib
import errno
import json
import os
import subprocess

import pytest

import engines
import pictures
import raw
from answers import assert_error, members_of
from client import Client
from old_forms import OldClient
from running_site import Site, binaries, until
from syncing import error as sync_error

MEGABYTE = 1 << 20


@contextlib.contextmanager
def file_system(folder, size):
    """A file system of its own at that place."""
    folder.mkdir()
    for path in [folder, *folder.parents][:4]:
        path.chmod(0o755)
    options = f"size={size},mode=1777"
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def small_disk(tmp_path):
    """A site on a file system of 96 MB."""
    with file_system(tmp_path / "disk", "96m") as folder, Site(data=folder / "var") as site:
        yield site


def fill(site, leave):
    """Writes until only so many bytes are left, or fewer where others write meanwhile."""
    free = os.statvfs(site.data)
    try:
        with open(site.data / "filler", "wb") as file:
            file.write(b"\0" * max(free.f_bavail * free.f_frsize - leave, 0))
    except OSError as failure:
        assert failure.errno == errno.ENOSPC


def test_little_space_is_refused_before_anything_is_kept(small_disk):
    client = Client(small_disk)
    kept = client.uploaded(pictures.jpeg())
    fill(small_disk, 40 * MEGABYTE)
    before = small_disk.inventory()
    assert_error(client.upload(pictures.jpeg()), 507, "Insufficient storage")
    assert small_disk.inventory() == before
    assert client.get(kept["url"]).status_code == 200 and client.list().status_code == 200


@engines.of_one_node("each has a disk and a web server of its own")
@pytest.mark.parametrize("floor", ["64MB", "0"])
def test_garbage_collection_makes_room_on_a_full_disk(small_disk, floor):
    """It is what the log and the doctor tell operators to run then; thumbnails can be made again, and go first."""
    client = Client(small_disk)
    answer = client.uploaded(pictures.photograph(2000, 1500))
    small_disk.imagebed("settings", "set", "minimum_free_bytes", "0")
    for width in [1900, 1800, 1700]:
        assert client.get(answer["thumb"] + f"&w={width}&h=1400").status_code == 200
    small_disk.imagebed("settings", "set", "minimum_free_bytes", floor)
    fill(small_disk, 0)
    refused = client.upload(pictures.jpeg())
    assert_error(refused, 507, "Insufficient storage")
    assert "imagebed gc" in small_disk.transcript().splitlines()[-1]
    doctor = small_disk.imagebed("doctor", check=False).stdout
    assert "problem  free space: 0 MB are left" in doctor and "imagebed gc" in doctor
    collected = small_disk.imagebed("gc", check=False)
    assert collected.returncode == 0 and "3 thumbnails were removed" in collected.stdout, collected
    assert client.get(answer["url"]).status_code == 200


@engines.of_one_node("each has a disk and a web server of its own")
def test_disk_that_fills_up_during_an_upload(small_disk):
    client = Client(small_disk)
    kept = client.uploaded(pictures.jpeg())
    small_disk.imagebed("settings", "set", "minimum_free_bytes", "0")
    fill(small_disk, 6 * MEGABYTE)
    before = small_disk.inventory()
    for size in [4, 5, 7, 20]:
        response = client.upload(pictures.jpeg() + b"\0" * (size * MEGABYTE))
        assert_error(response, 507, "Insufficient storage")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert small_disk.inventory() == before
    assert client.get(kept["url"]).status_code == 200 and client.list().status_code == 200
    (small_disk.data / "filler").unlink()
    assert client.upload(pictures.jpeg()).status_code == 200


def test_disk_that_is_full_to_the_last_byte(small_disk):
    client = Client(small_disk)
    kept = client.uploaded(pictures.photograph(600, 400))
    small_disk.imagebed("settings", "set", "minimum_free_bytes", "0")
    fill(small_disk, 0)
    assert_error(client.upload(pictures.photograph(600, 400)), 507, "Insufficient storage")
    assert client.get(kept["url"]).status_code == 200 and client.list().status_code == 200
    assert_error(client.get(kept["thumb"]), 507, "Insufficient storage")
    (small_disk.data / "filler").unlink()
    assert client.get(kept["thumb"]).status_code == 200, "the full disk is not the picture's fault"
    engines.assert_sound(small_disk)


def test_picture_that_the_disk_does_not_give(site, tmp_path):
    """A page of a mapped file that cannot be read is a bus error, and not the decoder's: a file with holes on a full file system."""
    picture = pictures.still("bmp", 800, 800)
    with file_system(tmp_path / "full", "2m") as folder:
        with open(folder / "holes.bmp", "wb") as file:
            file.write(picture[:54])
            file.truncate(len(picture))
        with contextlib.suppress(OSError), open(folder / "filler", "wb", buffering=0) as file:
            while file.write(b"\0" * 4096):
                pass
        command = f"exec {binaries()}/picture thumbnail bmp 800 800 1 0 0 800 800 0 0 80 80 80 80 90 255 255 255 0 3< {folder}/holes.bmp 4<> {tmp_path}/out"
        end = subprocess.run(["sh", "-c", command], env={"MAGICK_CONFIGURE_PATH": str(site.data / "run" / "policy")}, capture_output=True)
    assert (end.returncode, end.stdout) == (77, b"a part of the picture could not be read from the disk\n")


@engines.of_one_node("each has a disk and a web server of its own")
def test_body_that_the_web_server_has_no_room_for(small_disk):
    """Whatever takes large bodies: the words of its own dialect, and one line in the log that says what to do."""
    site, client, old = small_disk, Client(small_disk), OldClient(small_disk)
    site.imagebed("settings", "set", "minimum_free_bytes", "0")
    fill(site, 10 * MEGABYTE)
    before, length = site.inventory(), len(site.transcript())
    large = pictures.jpeg() + b"\0" * (30 * MEGABYTE)
    assert_error(client.upload(large), 507, "Insufficient storage")
    push = client.request("POST", "/api/v1/json/sync.php?name=a", data=large, headers={"X-API-Key": client.key})
    assert (push.status_code, members_of(push)) == (507, sync_error(507, "Insufficient storage"))
    for refused in [old.api(large), old.page(large)]:
        assert refused.status_code == 200 and refused.json() == {"result": "failed", "code": 507, "message": "Insufficient storage"}
        assert refused.headers["Content-Type"] == "application/json; charset=utf-8"
    assert site.inventory() == before
    lines = [json.loads(line) for line in site.transcript()[length:].splitlines() if '"no room' in line or "had no room" in line]
    assert [line["status"] for line in lines] == [507] * 4 and all("Free space there" in line["because"] for line in lines)
    assert [line["path"] for line in lines] == ["/api/v1/upload.php", "/api/v1/json/sync.php", "/api/index.php", "/app/upload.php"]
    (site.data / "filler").unlink()
    assert client.upload(pictures.jpeg()).status_code == 200


def test_body_of_no_length_that_apache_has_no_room_for(tmp_path):
    """Apache passes bodies on as they come; one that comes in pieces without a length waits in the folder for temporary files."""
    with file_system(tmp_path / "temporary", "4m") as folder, Site(["--web", "apache"], environment={"TMPDIR": str(folder)}) as site:
        client, body = Client(site), raw.form([raw.part("image", pictures.jpeg() + b"\0" * (12 * MEGABYTE), "a.jpg")])

        def send(path):
            pieces = (body[start:start + 65_536] for start in range(0, len(body), 65_536))
            form = {"Content-Type": f"multipart/form-data; boundary={raw.BOUNDARY}", "X-API-Key": client.key}
            return client.request("POST", path, data=pieces, headers=form)

        assert_error(send("/api/v1/upload.php"), 507, "Insufficient storage")
        push = send("/api/v1/json/sync.php?name=a")
        assert (push.status_code, members_of(push)) == (507, sync_error(507, "Insufficient storage"))
        for path in ["/api/index.php", "/app/upload.php"]:
            refused = send(path)
            assert (refused.status_code, refused.json()) == (200, {"result": "failed", "code": 507, "message": "Insufficient storage"})
        assert client.get("/_imagebed/failure/upload").status_code == 404
        assert client.upload(pictures.jpeg()).status_code == 200


@engines.of_one_node("each has a disk and a web server of its own")
def test_web_server_that_fails_for_another_reason(new_site):
    """Its folder for bodies is gone: 500 as ever, in the words of each dialect."""
    site = new_site()
    client, old = Client(site), OldClient(site)
    subprocess.run(["rm", "-r", site.data / "run" / "body"], check=True)
    large = pictures.jpeg() + b"\0" * (3 * MEGABYTE)
    assert_error(client.upload(large), 500, "Upload failed")
    assert client.get("/_imagebed/failure").status_code == 404
    assert old.api(large).json() == {"result": "failed", "code": 500, "message": "上传失败"}
    # And when nobody can be asked.
    for socket in (site.data / "run").rglob("upload.sock"):
        socket.unlink()
    response = client.upload(large)
    assert_error(response, 502, "Bad gateway")


@pytest.fixture
def read_only_uploads(new_site):
    site = new_site()
    Client(site).uploaded(pictures.jpeg())
    if os.geteuid() != 0:
        site.uploads.chmod(0o555)
        yield site
        site.uploads.chmod(0o755)
        return
    # Permissions do not hold root back, the immutable flag does.
    folders = [site.uploads, *[path for path in site.uploads.rglob("*") if path.is_dir()]]
    if subprocess.run(["chattr", "+i", *folders], capture_output=True).returncode:
        pytest.skip("needs a file system with the immutable flag")
    try:
        yield site
    finally:
        subprocess.run(["chattr", "-i", *folders], check=True)


def test_read_only_folder(read_only_uploads):
    site, client = read_only_uploads, Client(read_only_uploads)
    before = site.inventory()
    assert_error(client.upload(pictures.jpeg()), 500, "Upload failed")
    assert site.inventory() == before
    assert client.list().json()["pagination"]["total"] == 1


@engines.of_sqlite("it is broken")
def test_broken_database(new_site):
    """A database that is none: every answer is an error in JSON, nothing is kept, and the process lives on."""
    site = new_site()
    client = Client(site)
    kept = client.uploaded(pictures.jpeg())
    database = site.data / "imagebed.db"
    for name in ["imagebed.db-wal", "imagebed.db-shm"]:
        (site.data / name).unlink(missing_ok=True)
    database.write_bytes(b"this is no database" * 400)
    # Those that had the old one open go; whoever follows them finds the broken one.
    before = site.responders("upload")
    for process in before:
        os.kill(process, 9)
    assert until(lambda: not set(before) & set(site.responders("upload")))
    files = site.files()
    response = client.upload(pictures.jpeg())
    assert response.status_code in (500, 502, 503) and response.json()["result"] == "error"
    assert site.files() == files
    assert client.get(kept["url"]).status_code == 200, "pictures need no database"
