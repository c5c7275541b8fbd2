"""What root does with a site it does as the service's user: nothing below the data folder is opened, made, moved or given away before."""

import json
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import tempfile

import pytest

import engines
from command_line import BIN, FAILED, NOBODY, Site

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
SAMPLE = pathlib.Path(__file__).resolve().parents[1] / "Data/easyimages"


@pytest.fixture
def folder():
    """One that nobody can enter (pytest's own are closed)."""
    made = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-root-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def give(path):
    for each in [path, *path.rglob("*")]:
        os.chown(each, NOBODY, NOBODY, follow_symlinks=False)


@pytest.fixture
def site(folder):
    data = folder / "data"
    data.mkdir()
    engines.prepare(data)
    give(data)
    site = Site(data)
    site.run("setup", "--base-url", "http://img.example.org")
    return site


def traced(site, *arguments, **environment):
    """The calls of a command that have a path below the data folder, each with whether root made it; and whether it ended well."""
    output = site.data.parent / "calls"
    done = subprocess.run(["strace", "-f", "-qq", "-s", "300", "-e", "trace=%file,setuid", "-o", output, BIN / "imagebed", *arguments,
                           "--data", site.data], text=True, capture_output=True, env={"PATH": os.environ["PATH"], **environment})
    is_root, calls = True, []
    for line in output.read_text().splitlines():
        if "setuid(" in line:
            is_root = False
        elif f'"{site.data}/' in line or (not is_root and "AT_FDCWD" not in line and "openat2" in line):
            calls.append((is_root, line))
    return calls, done


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("command", ["setup", "tally", "gc", "doctor", "verify", "settings set recycle_days 5",
                                     *[pytest.param(command, marks=engines.of_sqlite("a backup holds a copy of it"))
                                       for command in ("backup DIR/backup", "restore DIR/kept")],
                                     "import easyimages DIR/old", "import easyimages DIR/old --dry-run", "export easyimages DIR/exported"])
def test_root_becomes_the_service_first(site, folder, command):
    (folder / "exported").mkdir()
    give(folder / "exported")
    if "restore" in command:
        site.run("backup", str(folder / "kept"))
        shutil.rmtree(site.data)
    if "easyimages" in command:
        for name in ["config", "admin", "i"]:
            if (SAMPLE / name).exists():
                shutil.copytree(SAMPLE / name, folder / "old" / name, symlinks=True)
        give(folder / "old")
    if "export" in command:
        site.run("import", "easyimages", str(folder / "old"))
    calls, done = traced(site, *command.replace("DIR", str(folder)).split())
    assert done.returncode == 0, done.stdout + done.stderr
    assert len([call for call in calls if not call[0]]) > 2, "nothing was seen"
    looks = re.compile(r"\b(?:newfstatat|stat|lstat|access|faccessat2?|readlink(?:at)?)\(")
    assert [line for is_root, line in calls if is_root and not looks.search(line)] == []
    made = [path for path in site.data.rglob("*") if path.lstat().st_uid != NOBODY]
    assert made == []


def test_the_recorded_user_counts(folder):
    """Whoever the folder belongs to by now, and only for the folder that was recorded with it."""
    data = folder / "data"
    data.mkdir()
    site = Site(data)
    recorded = {"IMAGEBED_DATA": str(data), "IMAGEBED_USER": "nobody"}
    done = site.run("setup", code=FAILED, environment=recorded)
    assert "Permission denied" in done.stderr and list(data.iterdir()) == []
    give(data)
    site.run("setup", environment=recorded)
    assert {path.stat().st_uid for path in data.rglob("*")} == {NOBODY}
    assert {path.stat().st_gid for path in data.rglob("*")} == {pwd.getpwnam("nobody").pw_gid}
    done = site.run("doctor", code=FAILED, environment={**recorded, "IMAGEBED_USER": "nobody-at-all"})
    assert "there is no user nobody-at-all, as whom this site was installed: run install.sh again" in done.stderr
    other = Site(folder / "other")
    other.run("setup", environment={**recorded, "IMAGEBED_USER": "nobody-at-all"})
    assert json.loads(other.run("user", "list", "--json").stdout) == []


def test_a_secret_that_root_has_copied(site):
    """As by scp from another node, or from a backup: the service cannot read it, and must not take it for missing."""
    os.chown(site.data / "secret", 0, 0)
    for command in (["setup"], ["setup", "--check"], ["user", "list"]):
        told = site.run(*command, code=FAILED).stderr
        assert f"{site.data}/secret" in told and f"sudo chown --reference={site.data} {site.data}/secret" in told, told
