# A dry run counts what the import then does: on made-up trees with files of all kinds, copies, links, odd names, logs, recycle bins, and
# folders that nobody may read; for the first import, and for later ones after the tree has changed.

import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile

import pytest

import pictures
from old_desk import Desk

NOBODY = 65534
FOLDERS = ["2024/01/02", "2024/01", "2025/07/04", "anna/2025/07/04", "", "x y", "2024/01/02_auto_delete", ".hidden", "cache", "suspic"]
CONTENTS = [pictures.jpeg(seed=1), pictures.jpeg(seed=2), pictures.still("png"), pictures.still("gif"), b"text", b"", b"\x89PNG\r\n\x1a\n\0\0",
            pictures.jpeg(seed=3)[:100]]
NAMES = ["a.jpg", "b.png", "c d.gif", "e.php", "notes.txt", "index.html", "photo_1.jpg", "no-extension", "照片.jpg", ".dot", "x.jpg.html",
         b"\xd5\xd5.jpg", "back\\slash.jpg", "y" * 251 + ".jpg"]
# What a dry run does not tell.
REHEARSED = ("dry_run", "accounts", "warnings")


class Tree:
    """A made-up picture tree, and how it goes on."""

    def __init__(self, desk, seed):
        self.desk, self.store, self.random = desk, desk.old / "i", random.Random(seed)
        self.closed = []

    def path(self):
        name = self.random.choice(NAMES)
        return os.path.join(os.fsencode(self.store), os.fsencode(self.random.choice(FOLDERS)), name if isinstance(name, bytes) else name.encode())

    def put(self):
        path = self.path()
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not os.path.lexists(path):
            with open(path, "wb") as file:
                file.write(self.random.choice(CONTENTS))

    def put_link(self):
        """To a file, to nothing, to itself, and a second name of a file."""
        files, path = self.files(), self.path()
        if os.path.lexists(path) or not os.path.isdir(os.path.dirname(path)):
            return
        kind = self.random.randrange(4)
        if kind == 3 and files:
            os.link(self.random.choice(files), path)
        else:
            os.symlink([b"/etc/hostname", b"/nowhere", os.path.basename(path), b"/nowhere"][kind], path)

    def files(self):
        return [os.path.join(folder, name) for folder, _, names in os.walk(os.fsencode(self.store)) for name in sorted(names)
                if os.path.isfile(os.path.join(folder, name)) and not os.path.islink(os.path.join(folder, name)) and b"/recycle" not in folder]

    def recycle(self):
        """As EasyImages did, with or without the row of ours knowing it."""
        if files := self.files():
            path = self.random.choice(files)
            flat = os.path.relpath(path, os.fsencode(self.store)).replace(b"/", b"_")[-250:]
            (shutil.copy if self.random.random() < 0.5 else os.rename)(path, os.path.join(os.fsencode(self.store), b"recycle", flat))

    def bring_back(self):
        if names := sorted(os.listdir(self.store / "recycle")):
            flat = self.random.choice(names)
            if len(parts := flat.split("_")) > 3:
                place = self.store / "/".join(parts[:3]) / "_".join(parts[3:])
                place.parent.mkdir(parents=True, exist_ok=True)
                os.rename(self.store / "recycle" / flat, place)

    def remove(self):
        if files := self.files():
            os.unlink(self.random.choice(files))

    def delete_here(self):
        if ids := [row["id"] for row in self.desk.rows("SELECT id FROM file WHERE state = 0")] if (self.desk.data / "secret").exists() else []:
            chosen = self.random.choice(ids)
            path = self.desk.rows(f"SELECT path FROM file WHERE id = {chosen}")[0]["path"]
            flat, file = path.replace("/", "_"), self.store / path
            if len(flat.encode()) < 230 and file.exists() and not (self.store / "recycle" / flat).exists():
                file.rename(self.store / "recycle" / flat)
                self.desk.rows(f"""UPDATE file SET state = 2, recycled_name = '{flat.replace("'", "''")}', deleted_at = 1700000000 WHERE id = {chosen}""")

    def log(self):
        """Of files that are there or not, more than once, and lines that name none; in both formats."""
        files = [os.path.relpath(path, os.fsencode(self.store)) for path in self.files()] or [b"x"]
        chosen = [self.random.choice(files) for _ in range(self.random.randrange(8))] + [b"2024/01/gone.jpg", b"2024/01/02/gone.jpg"]
        name, lines = f"2025-{self.random.randrange(1, 13):02}.php", self.random.random() < 0.3
        if lines:
            texts = [json.dumps({"source": "s", "date": "2024-01-02 03:04:05", "ip": "192.0.2.1", "path": "/i/" + path.decode()})
                     for path in chosen if is_text(path)]
            content = "\n".join(["<?php /* x */ exit;?>", *texts, "{broken"]).encode()
        else:
            quoted = [path.replace(b"\\", b"\\\\").replace(b"'", b"\\'") for path in chosen]
            content = b"<?php\r\n$logs=Array(" + b",".join(
                b"'%d'=>Array('source'=>'s&amp;%d','date'=>'2024-01-02 03:04:05','ip'=>'192.0.2.1','path'=>'/i/%s')" % (number, number, path)
                for number, path in enumerate(quoted)) + self.random.choice([b",'n'=>'nothing');", b");", b", phpinfo());"])
        (self.desk.old / "admin/logs/upload" / name).write_bytes(content)

    def tokens(self):
        items = ",".join(f"'{self.random.choice(['aaa', 'bbb', 'ccc', 'd-d'])}'" for _ in range(4))
        (self.desk.old / "config/api_key.php").write_text(f"<?php $tokenList=array({items});")
        (self.desk.old / "config/config.guest.php").write_text(
            "<?php $guestConfig=array('Anna'=>array('password'=>'%s','expired'=>4116536100),'anna'=>array('password'=>'%s'),'Keeper'=>array());" % ("a" * 64, "b" * 64))

    def close_a_folder(self):
        folder = self.store / self.random.choice(["2024/01/02", "2025/07/04", "x y"])
        if folder.is_dir():
            self.closed.append(folder)

    def change(self, count):
        steps = [self.put] * 10 + [self.put_link, self.recycle, self.recycle, self.bring_back, self.remove, self.delete_here, self.log, self.log, self.tokens,
                                   self.close_a_folder]
        for _ in range(count):
            self.random.choice(steps)()


def is_text(path):
    try:
        return path.decode().isprintable()
    except UnicodeDecodeError:
        return False


def told(report):
    """What both tell; accounts without the password that only an import makes."""
    accounts = [{key: value for key, value in account.items() if key != "password"} for account in report["accounts"]]
    return {**{key: value for key, value in report.items() if key not in REHEARSED}, "accounts": accounts, "warnings": len(report["warnings"])}


@pytest.mark.parametrize("seed", range(12))
def test_a_dry_run_counts_what_the_import_does(seed):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-counts-"))
    folder.chmod(0o755)
    try:
        desk = Desk(folder)
        tree = Tree(desk, seed)
        tree.change(60)
        own(folder)
        desk.setup()
        for turn in range(3):
            options = ["--settings"] if turn == 2 else []
            for closed in tree.closed:
                closed.chmod(0)
            rehearsed = desk.take("--dry-run", *options)
            imported = take_or_hold(desk, *options)
            for closed in tree.closed:
                closed.chmod(0o755)
            assert told(rehearsed) == told(imported), (seed, turn)
            files = imported["files"]
            assert files["seen"] == files["added"] + files["known"] + sum(
                left["count"] - sum(example.endswith("/") for example in left["examples"])
                for reason, left in files["left"].items() if reason not in ("a symbolic link", "no file")), (seed, turn, files)
            tree.closed.clear()
            tree.change(40)
            own(folder)
    finally:
        subprocess.run(["chmod", "-R", "u+rwx", folder], check=True)
        shutil.rmtree(folder)


def take_or_hold(desk, *options):
    done = desk.call("import", "easyimages", desk.old, "--json", *options)
    report = json.loads(done.stdout)
    assert (done.returncode == 0) == (report["gone"]["obstacle"] is None), done.stderr
    return report


def own(folder):
    """Root may read every folder, so the site is another user's where the tests are root's."""
    if os.geteuid() == 0:
        subprocess.run(["chown", "-hR", f"{NOBODY}:{NOBODY}", folder], check=True)
