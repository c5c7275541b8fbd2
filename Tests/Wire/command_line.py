"""A data folder and the command line that works on it, for the tests of `imagebed`.

IMAGEBED_BIN names the folder of the built executables.
"""

import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile

import pytest

import engines

PROJECT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("IMAGEBED_BIN", PROJECT / ".build/release"))
OK, FAILED, USAGE, NOT_FOUND, EXISTS = range(5)
NOBODY = 65534


class Site:
    """A data folder and the command line that works on it."""

    def __init__(self, folder):
        self.data = folder

    def run(self, *arguments, code=OK, stdin="", environment=()):
        done = subprocess.run(
            [BIN / "imagebed", *arguments, "--data", self.data], input=stdin, text=True, capture_output=True, timeout=300,
            env={"PATH": os.environ["PATH"], "TZ": "UTC", **dict(environment)})
        assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
        assert done.stderr or code in (OK, FAILED), "a failure says why"
        return done

    def json(self, *arguments, **more):
        return json.loads(self.run(*arguments, "--json", **more).stdout)

    def sql(self, statement, *values):
        return engines.query(self.data, statement, *values)

    def add_file(self, path, state=0, deleted_at=None):
        self.sql(
            "INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at, state, deleted_at)"
            " VALUES (?, 'a.jpg', 'jpeg', 'image', 5, x'00', x'00', 1700000000, ?, ?)", path, state, deleted_at)

    def views(self, path):
        return self.sql("SELECT views FROM file WHERE path = ?", path)[0][0]


@pytest.fixture
def empty(tmp_path):
    return Site(tmp_path / "data")


@pytest.fixture
def site(empty):
    engines.prepare(empty.data)
    empty.run("setup", "--base-url", "http://img.example.org")
    return empty


@pytest.fixture
def anna(site):
    site.run("user", "add", "anna", "--role", "admin", "--password-stdin", stdin="correct horse\n")
    return site


def bare(*arguments):
    return subprocess.run([BIN / "imagebed", *arguments], text=True, capture_output=True, timeout=300,
                          env={"IMAGEBED_DATA": "/nonexistent"})
