"""`imagebed backup`, `restore` and `verify`: what was acknowledged is in the backup, and comes back."""

import fcntl
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time

import pytest

import engines
import pictures
from client import Client
from command_line import BIN, empty, FAILED, NOBODY, Site, site, USAGE  # noqa: F401 (fixtures)
from running_site import Site as RunningSite, until
from syncing import Device, sha256

pytestmark = engines.of_sqlite("a backup holds a copy of it, and imagebed refuses one of a server's rows (test_cluster, test_verify)")
A, B, C = "2024/04/aaaaaaaaaaaa.jpg", "videos/2024/04/bbbbbbbbbbbb.mp4", "2023/01/cccccccccccc.png"


def put(site, path, content=b"12345", state=0, folder="uploads"):
    """A file and its row; `state` 2 puts it into the recycle bin."""
    name = path.replace("/", "_") if state == 2 else path
    file = site.data / ("recycle" if state == 2 else folder) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    site.sql(
        "INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at, state, deleted_at, recycled_name)"
        " VALUES (?, 'a.jpg', 'jpeg', 'image', ?, ?, x'00', 1700000000, ?, ?, ?)", path, len(content), hashlib.sha256(content).digest(),
        state, 1700000000 if state == 2 else None, name if state == 2 else None)
    return file


def fill(site):
    put(site, A)
    put(site, B, b"video" * 1000)
    put(site, C, b"gone", state=2)
    site.backup = site.data.parent / "backup"
    return site


@pytest.fixture
def filled(site):
    return fill(site)


@pytest.fixture
def served():
    """A site of another user. Not in pytest's folder: whenever another pytest starts, it closes that to others."""
    if os.geteuid() != 0:
        pytest.skip("needs root")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        site = Site(pathlib.Path(folder) / "data")
        site.run("setup", "--base-url", "http://img.example.org")
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", fill(site).data], check=True)
        yield site


def wipe(site):
    shutil.rmtree(site.data)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def manifest(folder):
    lines = (folder / "manifest").read_text().splitlines()
    assert lines[-1] == "end " + hashlib.sha256(("\n".join(lines[:-1]) + "\n").encode()).hexdigest()
    return {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in lines}, [line.split(" ", 2)[1:] for line in lines if line.startswith("file ")]


# --- What a backup is -------------------------------------------------------------------------------------------------

def test_a_backup_has_everything_and_says_what(filled):
    (filled.data / "thumbs/x.jpg").write_bytes(b"made again")
    told = filled.json("backup", filled.backup)
    assert told == {"backup": str(filled.backup), "number": 1, "files": 3, "bytes": 5009, "linked": 3, "copied": 0, "kept": 0, "removed": 0,
                    "missing": [], "passed_over": []}
    assert sorted(tree(filled.backup)) == sorted(
        ["imagebed-1.db", "lock", "manifest", "recycle/2023_01_cccccccccccc.png", "secret-1", f"uploads/{A}", f"uploads/{B}"])
    head, files = manifest(filled.backup)
    for name, kind in [("imagebed-1.db", "database"), ("secret-1", "secret")]:
        content = (filled.backup / name).read_bytes()
        assert head[kind] == f"{name} {len(content)} {hashlib.sha256(content).hexdigest()}"
        assert (filled.backup / name).stat().st_mode & 0o777 == 0o600
    assert filled.backup.stat().st_mode & 0o777 == 0o700
    assert ["5", f"uploads/{A}"] in files and head["files"] == "3 5009"
    assert (filled.backup / "secret-1").read_bytes() == (filled.data / "secret").read_bytes()
    with sqlite3.connect(f"file:{filled.backup}/imagebed-1.db?mode=ro&immutable=1", uri=True) as database:
        assert database.execute("SELECT COUNT(*) FROM file").fetchall() == [(3,)]


def test_a_second_backup_writes_what_is_new(filled):
    filled.run("backup", filled.backup)
    before = {path: path.stat().st_ino for path in filled.backup.rglob("*") if path.is_file()}
    put(filled, "2024/05/dddddddddddd.jpg")
    (filled.data / "recycle/2023_01_cccccccccccc.png").unlink()
    filled.sql("DELETE FROM file WHERE state = 2")
    told = filled.json("backup", filled.backup)
    assert (told["number"], told["files"], told["linked"], told["copied"], told["kept"], told["removed"]) == (2, 3, 1, 0, 2, 1)
    after = {path: path.stat().st_ino for path in filled.backup.rglob("*") if path.is_file()}
    for path in [filled.backup / "uploads" / A, filled.backup / "uploads" / B]:
        assert after[path] == before[path]
    assert {path.name for path in after} & {"imagebed-1.db", "secret-1", "2023_01_cccccccccccc.png"} == set()


def test_copies_are_kept_by_size_and_time_and_changed_ones_replaced(filled):
    assert filled.json("backup", filled.backup, "--copy")["copied"] == 3
    copy = filled.backup / "uploads" / A
    inode = copy.stat().st_ino
    assert inode != (filled.data / "uploads" / A).stat().st_ino
    told = filled.json("backup", filled.backup, "--copy")
    assert (told["copied"], told["kept"]) == (0, 3) and copy.stat().st_ino == inode
    (filled.data / "uploads" / A).write_bytes(b"54321")
    told = filled.json("backup", filled.backup, "--copy")
    assert (told["copied"], told["kept"]) == (1, 2) and copy.read_bytes() == b"54321"
    assert not (filled.backup / "changed-3").exists()


def test_a_restored_site_is_the_former_one(filled):
    filled.run("settings", "set", "recycle_days", "12")
    os.utime(filled.data / "uploads" / A, (1600000000, 1600000000))
    before = {name: content for name, content in tree(filled.data).items() if name.split("/")[0] in ["uploads", "recycle", "secret", "web"]}
    filled.run("backup", filled.backup)
    wipe(filled)
    told = filled.json("restore", filled.backup)
    assert told == {"rows": 3, "files": 3, "missing": [], "damaged": [], "unknown": []}
    after = tree(filled.data)
    assert {name: content for name, content in after.items() if name in before} == before
    assert filled.run("settings", "get", "recycle_days").stdout == "12\n"
    assert (filled.data / "uploads" / A).stat().st_mtime == 1600000000
    assert (filled.data / "uploads" / A).stat().st_mode & 0o777 == 0o644 and (filled.data / "secret").stat().st_mode & 0o777 == 0o600
    assert (filled.data / "imagebed.db").stat().st_mode & 0o777 == 0o600
    assert (filled.data / "uploads" / A).stat().st_ino != (filled.backup / "uploads" / A).stat().st_ino, "the backup stays independent"
    assert ".restore-unfinished" not in after
    assert filled.json("verify", "--hashes")["damaged"] == []


# --- Interruptions ----------------------------------------------------------------------------------------------------

def kill_when(condition, *arguments, data):
    """Starts the program, kills it as soon as the condition holds, and says whether it was still at work."""
    process = subprocess.Popen([BIN / "imagebed", *arguments, "--data", data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: condition() or process.poll() is not None, 30, 0)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def test_an_interrupted_backup_leaves_the_former_one(filled):
    filled.run("backup", filled.backup, "--copy")
    (filled.data / "uploads" / A).write_bytes(b"changed!")
    filled.sql("UPDATE file SET size = 8, sha256 = ? WHERE path = ?", hashlib.sha256(b"changed!").digest(), A)
    for number in range(3000):
        put_file = filled.data / "uploads" / f"2025/01/{number:012}.jpg"
        put_file.parent.mkdir(parents=True, exist_ok=True)
        put_file.write_bytes(b"x" * number)
        os.utime(put_file, (1600000000, 1600000000))
    with sqlite3.connect(filled.data / "imagebed.db") as database:
        database.executemany(
            "INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)"
            " VALUES (?, 'a.jpg', 'jpeg', 'image', ?, x'', x'', 1700000000)", [(f"2025/01/{number:012}.jpg", number) for number in range(3000)])
    assert kill_when(lambda: (filled.backup / "uploads/2025/01").exists(), "backup", filled.backup, "--copy", data=filled.data)
    assert manifest(filled.backup)[0]["number"] == "1"
    spare = Site(filled.data.parent / "spare")
    assert spare.json("restore", filled.backup) == {"rows": 3, "files": 3, "missing": [], "damaged": [], "unknown": []}
    assert (spare.data / "uploads" / A).read_bytes() == b"12345"
    # The next one goes on where it was.
    told = filled.json("backup", filled.backup, "--copy")
    assert told["number"] == 2 and told["files"] == 3003 and told["missing"] == []
    assert (filled.backup / "uploads" / A).read_bytes() == b"changed!"
    assert sorted(path.name for path in filled.backup.iterdir()) == ["imagebed-2.db", "lock", "manifest", "recycle", "secret-2", "uploads"]


def test_changed_files_are_found_before_they_have_their_places(filled):
    """As a backup is between its manifest and the moves that follow."""
    filled.run("backup", filled.backup, "--copy")
    (filled.data / "uploads" / A).write_bytes(b"54321")
    filled.sql("UPDATE file SET sha256 = ? WHERE path = ?", hashlib.sha256(b"54321").digest(), A)
    filled.run("backup", filled.backup, "--copy")
    changed = filled.backup / "changed-2/uploads" / A
    changed.parent.mkdir(parents=True)
    (filled.backup / "uploads" / A).rename(changed)
    (filled.backup / "uploads" / A).write_bytes(b"12345")
    spare = Site(filled.data.parent / "spare")
    spare.run("restore", filled.backup)
    assert (spare.data / "uploads" / A).read_bytes() == b"54321"
    filled.run("backup", filled.backup, "--copy")
    assert (filled.backup / "uploads" / A).read_bytes() == b"54321" and not (filled.backup / "changed-2").exists()


def test_an_interrupted_restore_says_how_to_begin_anew(filled):
    put(filled, "2024/05/dddddddddddd.jpg", b"x" * 50_000_000)
    filled.run("backup", filled.backup)
    spare = Site(filled.data.parent / "spare")
    assert kill_when(lambda: (spare.data / "uploads").exists(), "restore", filled.backup, data=spare.data)
    assert not (spare.data / "imagebed.db").exists(), "half a site is none"
    command = f"find {spare.data} -mindepth 1 -delete"
    for arguments in [["restore", filled.backup], ["setup"]]:
        assert command in spare.run(*arguments, code=FAILED).stderr
    subprocess.run(command, shell=True, check=True)
    assert spare.json("restore", filled.backup)["missing"] == []


# --- Refusals ---------------------------------------------------------------------------------------------------------

def test_a_backup_does_not_lie_within_what_it_copies(filled):
    for place in ["backup", "uploads/backup", "../data/run"]:
        told = filled.run("backup", filled.data / place, code=USAGE).stderr
        assert f"{(filled.data / place).parent.resolve()}/{(filled.data / place).name} lies within {filled.data.resolve()}" in told
    assert not (filled.data / "backup").exists() and not (filled.data / "uploads/backup").exists()


def test_a_folder_of_something_else_is_refused(filled, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letters").write_text("mine")
    assert "letters" in filled.run("backup", tmp_path / "home", code=FAILED).stderr
    (tmp_path / "home/letters").unlink()
    (tmp_path / "home/uploads").mkdir()
    (tmp_path / "home/uploads/mine.jpg").write_text("mine")
    assert "uploads" in filled.run("backup", tmp_path / "home", code=FAILED).stderr, "what it holds would be removed"
    assert sorted(tree(tmp_path / "home")) == ["uploads/mine.jpg"]


def test_two_backups_at_once_are_refused(filled):
    filled.run("backup", filled.backup)
    with open(filled.backup / "lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for arguments, site in [(["backup"], filled), (["restore"], Site(filled.data.parent / "spare"))]:
            assert "another backup or restore is at work" in site.run(*arguments, filled.backup, code=FAILED).stderr


def test_a_restore_needs_an_empty_folder(filled):
    filled.run("backup", filled.backup)
    before = tree(filled.data)
    refusal = filled.run("restore", filled.backup, code=FAILED).stderr
    assert "is not empty" in refusal and f"mv {filled.data} {filled.data}.old" in refusal
    assert tree(filled.data).keys() == before.keys()


@pytest.mark.parametrize("harm, says", [
    (lambda backup: (backup / "manifest").unlink(), "holds no finished backup"),
    (lambda backup: (backup / "manifest").write_bytes((backup / "manifest").read_bytes()[:-100]), "is damaged"),
    (lambda backup: (backup / "manifest").write_bytes((backup / "manifest").read_bytes().replace(b"uploads", b"uploadz", 1)), "is damaged"),
    (lambda backup: (backup / "secret-1").write_text("0" * 64), "secret-1 is not what the manifest says"),
    (lambda backup: flip(backup / "imagebed-1.db"), "imagebed-1.db is not what the manifest says"),
])
def test_a_damaged_backup_is_refused_before_anything_is_written(filled, harm, says):
    filled.run("backup", filled.backup)
    harm(filled.backup)
    spare = Site(filled.data.parent / "spare")
    assert says in spare.run("restore", filled.backup, code=FAILED).stderr
    assert not spare.data.exists() or not list(spare.data.iterdir())


def flip(path):
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(content)


def test_a_newer_schema_is_refused_before_anything_is_written(filled):
    filled.run("backup", filled.backup)
    lines = (filled.backup / "manifest").read_text().splitlines()[:-1]
    text = "\n".join("schema 999" if line.startswith("schema ") else line for line in lines) + "\n"
    (filled.backup / "manifest").write_text(text + f"end {hashlib.sha256(text.encode()).hexdigest()}\n")
    spare = Site(filled.data.parent / "spare")
    assert "the database has schema 999" in spare.run("restore", filled.backup, code=FAILED).stderr
    assert not spare.data.exists() or not list(spare.data.iterdir())


def rewrite(backup, change):
    """Changes the manifest as somebody does who can make its checksum."""
    text = change("\n".join((backup / "manifest").read_text().splitlines()[:-1]) + "\n")
    (backup / "manifest").write_text(text + f"end {hashlib.sha256(text.encode()).hexdigest()}\n")


@pytest.mark.parametrize("line", [
    "file 5 uploads/../imagebed.db-wal", "file 5 uploads/2024/../../web/values", "file 5 /etc/passwd", "file 5 run/x",
    "file 5 uploads", "file 5 uploads//x", "file -5 uploads/x", "file five uploads/x", "fill 5 uploads/x",
    "files 3 9223372036854775807",
])
def test_a_manifest_names_only_files_of_a_backup(filled, line):
    filled.run("backup", filled.backup)
    (filled.backup / "imagebed.db-wal").write_bytes(b"12345")
    (filled.backup / "uploads/x").write_bytes(b"12345")
    rewrite(filled.backup, lambda text: text + line + "\n")
    spare = Site(filled.data.parent / "spare")
    assert "is damaged" in spare.run("restore", filled.backup, code=FAILED).stderr
    assert not spare.data.exists() or not list(spare.data.iterdir())


def test_names_are_bytes(filled):
    """Marks that combine with the slash before them, and folders whose names differ in nothing but their normal form."""
    paths = ["2024/\u0301x/\u0301y.jpg", "caf\u00e9/a.jpg", "cafe\u0301/a.jpg"]
    for number, path in enumerate(paths):
        put(filled, path, b"%d" % number)
    filled.run("backup", filled.backup, "--copy")
    wipe(filled)
    assert filled.json("restore", filled.backup) == {"rows": 6, "files": 6, "missing": [], "damaged": [], "unknown": []}
    assert [(filled.data / "uploads" / path).read_bytes() for path in paths] == [b"0", b"1", b"2"]


@pytest.mark.parametrize("number", ["9223372036854775807", "-1"])
def test_the_number_of_a_backup_has_a_limit(filled, number):
    filled.run("backup", filled.backup)
    rewrite(filled.backup, lambda text: text.replace("number 1\n", f"number {number}\n"))
    assert "is damaged" in filled.run("backup", filled.backup, code=FAILED).stderr


def test_the_backup_of_another_site_is_not_replaced(filled):
    """A server that was lost and installed anew has another secret; its nightly backup must not remove the one that is needed."""
    filled.run("backup", filled.backup)
    before = tree(filled.backup)
    anew = Site(filled.data.parent / "anew")
    anew.run("setup")
    refusal = anew.run("backup", filled.backup, code=FAILED).stderr
    assert "of a site with another secret" in refusal and "name another folder" in refusal
    assert tree(filled.backup) == before
    filled.run("backup", filled.backup)


def test_what_cannot_be_read_keeps_nothing_else(served):
    """A file and a folder that somebody else put into the tree, and a picture whose mode was changed."""
    foreign = served.data / "uploads/2024/04/notes.txt"
    foreign.write_text("only root's")
    closed = served.data / "uploads/closed"
    closed.mkdir(0o700)
    foreign.chmod(0o600)
    (served.data / "uploads" / A).chmod(0)
    (served.data / "uploads" / A).write_bytes(b"12345")
    os.chown(served.data / "uploads" / A, 0, 0)
    told = served.json("backup", served.backup, code=FAILED)
    assert (told["files"], told["missing"]) == (2, [f"uploads/{A}"])
    assert told["passed_over"] == [f"uploads/{A}", "uploads/2024/04/notes.txt", "uploads/closed"]
    assert served.json("verify", code=FAILED)["missing"] == [f"uploads/{A}"]
    assert served.json("verify", "--hashes", code=FAILED)["missing"] == [f"uploads/{A}"]
    os.chown(served.data / "uploads" / A, NOBODY, NOBODY)
    (served.data / "uploads" / A).chmod(0o644)
    assert served.json("backup", served.backup, "--copy")["missing"] == []
    # A file of the backup that cannot be read is lost, and keeps no other.
    os.chown(served.backup / "uploads" / B, 0, 0)
    (served.backup / "uploads" / B).chmod(0)
    spare = Site(served.data.parent / "spare")
    assert f"uploads/{B}" in spare.run("restore", served.backup, code=FAILED).stderr
    assert (spare.data / "uploads" / A).read_bytes() == b"12345"


def test_who_may_not_look_is_not_told_that_there_is_no_site(served):
    served.data.chmod(0o700)
    for command in ["verify", "doctor"]:
        told = subprocess.run(["setpriv", f"--reuid={NOBODY - 1}", "--clear-groups", BIN / "imagebed", command, "--data", served.data],
                              capture_output=True, text=True)
        told = told.stdout + told.stderr
        assert "Permission denied" in told and "run this as root" in told
        assert "no site" not in told and "setup" not in told


def test_root_restores_a_folder_that_is_closed_to_others(served):
    served.run("backup", served.backup)
    spare = Site(served.data.parent / "spare")
    spare.run("restore", served.backup)
    assert spare.data.stat().st_mode & 0o777 == 0o750


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_small_files_are_counted_as_the_disk_does(filled, tmp_path):
    """A thousand files of one byte take four megabytes."""
    for number in range(1000):
        put_file = filled.data / "uploads" / f"2025/01/{number:012}.jpg"
        put_file.parent.mkdir(parents=True, exist_ok=True)
        put_file.write_bytes(b"x")
    with sqlite3.connect(filled.data / "imagebed.db") as database:
        database.executemany(
            "INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)"
            " VALUES (?, 'a.jpg', 'jpeg', 'image', 1, x'', x'', 1700000000)", [(f"2025/01/{number:012}.jpg",) for number in range(1000)])
    filled.run("backup", filled.backup)
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small]).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        assert "MB free, and the backup needs" in filled.run("backup", small, code=FAILED).stderr
        assert not (small / "uploads").exists()
        spare = Site(small / "data")
        assert "MB free, and the backup needs" in spare.run("restore", filled.backup, code=FAILED).stderr
        assert not spare.data.exists() or not list(spare.data.iterdir())
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_backup_that_lost_files_is_restored_and_told(filled):
    filled.run("backup", filled.backup)
    (filled.backup / "uploads" / A).unlink()
    spare = Site(filled.data.parent / "spare")
    done = spare.run("restore", filled.backup, code=FAILED)
    assert done.stderr.count(f"uploads/{A}") == 2 and "restored 2 files" in done.stdout
    assert (spare.data / "uploads" / B).exists()


# --- Rows and files ---------------------------------------------------------------------------------------------------

def test_a_file_without_a_row_is_told_after_a_restore(filled):
    """A stray that is old enough is part of the backup: it may be somebody's picture."""
    filled.run("backup", filled.backup)
    stray = filled.backup / "uploads/2024/04/eeeeeeeeeeee.jpg"
    stray.write_bytes(b"stray")
    rewrite(filled.backup, lambda text: text.replace("files 3 5009\n", "file 5 uploads/2024/04/eeeeeeeeeeee.jpg\nfiles 4 5014\n"))
    spare = Site(filled.data.parent / "spare")
    assert spare.json("restore", filled.backup, code=FAILED)["unknown"] == ["uploads/2024/04/eeeeeeeeeeee.jpg"]
    # On a site at work it may be an upload that is not finished yet.
    assert spare.json("verify")["unknown"] == []


def test_a_lost_file_stays_in_the_backup(filled):
    filled.run("backup", filled.backup)
    (filled.data / "uploads" / A).unlink()
    told = filled.json("backup", filled.backup)
    assert told["missing"] == [] and told["files"] == 3, "the row still names it, and the backup has it"
    shutil.rmtree(filled.backup)
    told = filled.json("backup", filled.backup, code=FAILED)
    assert told["missing"] == [f"uploads/{A}"]
    assert (filled.backup / "manifest").exists()


def test_links_in_the_tree_are_not_followed(filled, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/shadow").write_text("root:x")
    (filled.data / "uploads/2024/04/link.jpg").symlink_to(tmp_path / "outside/shadow")
    (filled.data / "uploads/2024/06").symlink_to(tmp_path / "outside")
    told = filled.json("backup", filled.backup)
    assert told["passed_over"] == ["uploads/2024/04/link.jpg", "uploads/2024/06"]
    assert not [name for name, content in tree(filled.backup).items() if b"root:x" in content]


def test_a_taken_over_tree_is_restored_as_folders(filled, tmp_path):
    old = tmp_path / "old/i"
    (filled.data / "uploads").rename(tmp_path / "moved")
    (tmp_path / "old").mkdir()
    (tmp_path / "moved").rename(old)
    shutil.move(filled.data / "recycle", old / "recycle")
    (filled.data / "uploads").symlink_to(old)
    (filled.data / "recycle").symlink_to(old / "recycle")
    (filled.data / "easyimages").mkdir(0o700)
    (filled.data / "easyimages/delete-key").write_text("1234")
    assert filled.json("backup", filled.backup)["files"] == 4
    assert not (filled.backup / "uploads/recycle").exists()
    wipe(filled)
    filled.run("restore", filled.backup)
    assert not (filled.data / "uploads").is_symlink() and (filled.data / "uploads" / A).read_bytes() == b"12345"
    assert (filled.data / "easyimages").stat().st_mode & 0o777 == 0o700
    assert (filled.data / "easyimages/delete-key").stat().st_mode & 0o777 == 0o600
    assert old.exists() and "old site" not in {
        finding["subject"] for finding in json.loads(subprocess.run(
            [BIN / "imagebed", "doctor", "--json", "--data", filled.data], capture_output=True, text=True).stdout)
        if finding["level"] == "problem"}


def test_root_makes_the_folder_for_the_owner_of_the_data(served):
    secret = served.data.parent / "shadow"
    secret.write_text("only root's")
    secret.chmod(0o600)
    (served.data / "uploads/2024/04/link.jpg").symlink_to(secret)
    served.run("backup", served.backup)
    assert {path.stat().st_uid for path in [served.backup, *served.backup.rglob("*")]} == {NOBODY}
    assert served.backup.stat().st_mode & 0o777 == 0o700
    spare = Site(served.data.parent / "spare")
    spare.run("restore", served.backup)
    assert {path.stat().st_uid for path in [spare.data, *spare.data.rglob("*")]} == {NOBODY}
    closed = served.data.parent / "closed"
    closed.mkdir(0o700)
    assert "to whom the data belongs" in served.run("backup", closed, code=FAILED).stderr


# --- The secret -------------------------------------------------------------------------------------------------------

def test_a_lost_secret_is_not_made_anew_by_itself(filled):
    secret = (filled.data / "secret").read_bytes()
    filled.run("backup", filled.backup)
    (filled.data / "secret").unlink()
    for command in [["setup"], ["user", "list"], ["gc"]]:
        refusal = filled.run(*command, code=FAILED).stderr
        assert "restore it from a backup" in refusal and "imagebed setup --new-secret" in refusal
    assert not (filled.data / "secret").exists()
    doctor = filled.run("doctor", code=FAILED).stdout
    assert "problem  secret:" in doctor and "--new-secret" in doctor and "makes what is missing" not in doctor
    shutil.copy(filled.backup / "secret-1", filled.data / "secret")
    filled.run("setup")
    assert (filled.data / "secret").read_bytes() == secret
    filled.run("setup", "--new-secret")
    assert (filled.data / "secret").read_bytes() != secret and (filled.data / "secret").stat().st_mode & 0o777 == 0o600


# --- Under load -------------------------------------------------------------------------------------------------------

class Worker(threading.Thread):
    """Uploads, deletes and pushes; remembers what was acknowledged and not taken back, each with the moment of its answer."""

    def __init__(self, site, number, over):
        super().__init__(daemon=True)
        self.client, self.device = Client(site), Device(site, f"device-{number}")
        self.numbers, self.over, self.number = random.Random(number), over, number
        self.uploads, self.versions, self.deletions = {}, [], 0

    def run(self):
        turn = 0
        while not self.over.is_set():
            turn += 1
            told = self.client.uploaded(pictures.jpeg(40 + turn % 60, 40, self.numbers.randrange(10**9)))
            path = told["url"].split("/uploads/")[1]
            self.uploads[path] = (time.time(), hashlib.sha256(self.client.get(told["url"]).content).hexdigest(), told["del"])
            if self.numbers.random() < 0.3:
                # From here on it may be there or not.
                victim = self.numbers.choice(sorted(self.uploads))
                assert self.client.get(self.uploads.pop(victim)[2]).status_code == 200
                self.deletions += 1
            content = {"turn": turn, "text": "".join(self.numbers.choices("0123456789abcdef", k=400_000 if turn % 4 == 0 else 50))}
            answer = self.device.pushed(f"load-{self.number}", content, base_version=turn - 1)
            self.versions.append((time.time(), answer["version"], sha256(content)))


def test_everything_acknowledged_before_a_backup_is_in_it(tmp_path):
    """While several clients upload, delete and push and the recycle bin is emptied: backup, wipe, restore, compare by hash."""
    backup = tmp_path / "backup"
    with RunningSite() as running:
        running.imagebed("settings", "set", "recycle_days", "1")
        over = threading.Event()
        workers = [Worker(running, number, over) for number in range(4)]
        for worker in workers:
            worker.start()
        collector = threading.Thread(target=collect, args=(running, over), daemon=True)
        collector.start()
        starts = []
        for _ in range(3):
            assert until(lambda: all(len(worker.versions) >= 8 * (len(starts) + 1) for worker in workers), 120)
            starts.append(time.time())
            done = running.imagebed("backup", backup, "--json", check=False)
            assert done.returncode == 0, done.stderr
        assert all(worker.is_alive() for worker in workers), "no request failed"
        before = starts[-1]
        over.set()
        for worker in [*workers, collector]:
            worker.join(60)
        uploads = {path: digest for worker in workers for path, (moment, digest, _) in worker.uploads.items() if moment < before}
        running.stop()
        shutil.rmtree(running.data)
        restored = json.loads(running.imagebed("restore", backup, "--json").stdout)
        assert (restored["missing"], restored["damaged"], restored["unknown"]) == ([], [], [])
        assert len(uploads) > 20 and sum(worker.deletions for worker in workers) > 5
        for path, digest in uploads.items():
            assert hashlib.sha256((running.data / "uploads" / path).read_bytes()).hexdigest() == digest, path
        whole = json.loads(running.imagebed("verify", "--hashes", "--json").stdout)
        assert (whole["missing"], whole["damaged"]) == ([], [])
        pushed = 0
        for worker in workers:
            history = versions(running, worker.number)
            for moment, version, digest in worker.versions:
                if moment < before:
                    assert history[version] == digest
                    pushed += 1
        assert pushed > 20


def test_what_was_handed_out_after_a_backup_is_not_given_again(tmp_path):
    """A delete link is bound to an id, so one of a file that the backup does not have must not fit a new file."""
    with RunningSite() as running:
        client, backup = Client(running), tmp_path / "backup"
        before = client.uploaded(pictures.jpeg(40, 40, 1))
        running.imagebed("backup", backup)
        lost = [client.uploaded(pictures.jpeg(40, 40, seed)) for seed in (2, 3)]
        running.stop()
        shutil.rmtree(running.data)
        running.imagebed("restore", backup)
        running.start()
        new = [client.uploaded(pictures.jpeg(40, 40, seed)) for seed in (4, 5)]
        assert min(told["id"] for told in new) > max(told["id"] for told in lost) + 1_000_000
        for told in lost:
            assert client.get(told["del"]).status_code != 200
        for told in [before, *new]:
            assert client.get(told["url"]).status_code == 200
        assert client.get(before["del"]).status_code == 200 and client.get(new[0]["del"]).status_code == 200, "theirs are good"


def versions(running, number):
    with sqlite3.connect(running.data / "imagebed.db") as database:
        return dict(database.execute(
            "SELECT version, lower(hex(c.hash)) FROM sync_version v JOIN sync_file f ON f.id = v.file_id JOIN sync_content c ON c.id = content_id"
            " WHERE file_key = ?", (f"load-{number}",)))


def collect(running, over):
    while not over.is_set():
        running.imagebed("gc", "--recycle-days", "0", check=False)
        over.wait(0.3)
