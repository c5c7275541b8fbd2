# A disk that is full or may not be written: a clear error, nothing half-kept, and reading goes on.

import os
import subprocess

import pytest

import pictures
from answers import assert_error
from client import Client
from running_site import Site, until

MEGABYTE = 1 << 20


@pytest.fixture
def small_disk(tmp_path):
    """A site on a file system of 96 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    for path in [folder, *folder.parents][:4]:
        path.chmod(0o755)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        with Site(data=folder / "var") as site:
            yield site
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(site, leave):
    """Writes until only so many bytes are left."""
    free = os.statvfs(site.data)
    with open(site.data / "filler", "wb") as file:
        file.write(b"\0" * max(free.f_bavail * free.f_frsize - leave, 0))


def test_little_space_is_refused_before_anything_is_kept(small_disk):
    client = Client(small_disk)
    kept = client.uploaded(pictures.jpeg())
    fill(small_disk, 40 * MEGABYTE)
    before = small_disk.inventory()
    assert_error(client.upload(pictures.jpeg()), 507, "Insufficient storage")
    assert small_disk.inventory() == before
    assert client.get(kept["url"]).status_code == 200 and client.list().status_code == 200


def test_disk_that_fills_up_during_an_upload(small_disk):
    client = Client(small_disk)
    kept = client.uploaded(pictures.jpeg())
    small_disk.imagebed("settings", "set", "minimum_free_bytes", "0")
    fill(small_disk, 6 * MEGABYTE)
    before = small_disk.inventory()
    for size in [4, 5, 7, 20]:
        response = client.upload(pictures.jpeg() + b"\0" * (size * MEGABYTE))
        body = response.json()
        assert (response.status_code, body["result"], body["code"]) == (response.status_code, "error", response.status_code)
        assert response.status_code in (500, 507)
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
    response = client.upload(pictures.photograph(600, 400))
    assert response.status_code in (500, 507) and response.json()["result"] == "error"
    assert client.get(kept["url"]).status_code == 200 and client.list().status_code == 200
    thumbnail = client.get(kept["thumb"])
    assert thumbnail.status_code in (200, 404, 500, 503, 507)
    (small_disk.data / "filler").unlink()
    assert small_disk.query("PRAGMA integrity_check") == [("ok",)]


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
