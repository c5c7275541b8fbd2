# A throw-away copy of this machine, for tests that install something: an overlay over its root, in mount, process and network
# namespaces of its own, without systemd, as in a container.

import fcntl
import os
import pathlib
import shutil
import subprocess
import textwrap

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ["nginx", "spawn-fcgi", "multiwatch", "curl", "useradd", "ip"]


class Machine:
    """The copy; every run begins with a fresh one."""

    def __init__(self, folder):
        self.folder = folder
        # An overlay cannot lie on another one, so that what is written stays in memory.
        self.mount = textwrap.dedent(f"""
            set -e
            mount -t tmpfs -o size=1g tmpfs {folder}
            mkdir {folder}/upper {folder}/work {folder}/root
            mount -t overlay -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/work overlay {folder}/root
            mount -t proc proc {folder}/root/proc
            mount --rbind /dev {folder}/root/dev
            mount -t tmpfs tmpfs {folder}/root/run
            mkdir {folder}/root/run/lock
            ip link set lo up
            mount -t tmpfs tmpfs {folder}/root/tmp
            mkdir -p {folder}/root/tmp/checkout {folder}/root/tmp/bin
            cp -r {ROOT}/nginx {ROOT}/apache {ROOT}/htdocs {ROOT}/install.sh {folder}/root/tmp/checkout/
            cp -r {ROOT}/Sources/imagebed/install {folder}/root/tmp/checkout/
            cp -r {ROOT}/Tests/Data/easyimages {folder}/root/tmp/easyimages
            cp {os.environ.get("IMAGEBED_BIN", "/nonexistent")}/* {folder}/root/tmp/bin/ 2>/dev/null || true
            """)

    def bring(self, source, name):
        """Every run finds a copy of this folder in /tmp, under this name."""
        self.mount += f"cp -r {source} {self.folder}/root/tmp/{name}\n"

    def bring_apache(self):
        """Every run finds Debian's Apache installed, and not started."""
        if shutil.which("a2ensite"):
            return
        self.bring(apache_packages(), "packages")
        self.mount += textwrap.dedent(f"""
            printf '#!/bin/sh\\nexit 101\\n' > {self.folder}/root/usr/sbin/policy-rc.d
            chmod +x {self.folder}/root/usr/sbin/policy-rc.d
            chroot {self.folder}/root sh -c 'dpkg -i /tmp/packages/*.deb' > {self.folder}/root/tmp/dpkg 2>&1
            """)

    def run(self, script, check=True):
        inner = f"cd /tmp/checkout; export IMAGEBED_BIN=/tmp/bin; {script}"
        outer = self.mount + f"exec chroot {self.folder}/root bash -c \"$SCRIPT\""
        run = subprocess.run(
            ["unshare", "--mount", "--pid", "--net", "--fork", "--kill-child", "bash", "-c", outer], capture_output=True, text=True, timeout=1800,
            env={**os.environ, "SCRIPT": inner}, stdin=subprocess.DEVNULL)
        assert not check or run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
        return run


def apache_packages():
    """A folder with what Debian's Apache has beside its program, fetched once; skips where that cannot be had."""
    kept = ROOT / ".build-tests/apache"
    kept.parent.mkdir(exist_ok=True)
    with open(kept.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            new = kept.with_suffix(".new")
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            if subprocess.run(["apt-get", "download", "-q", "apache2", "apache2-data", "apache2-utils"], cwd=new, capture_output=True).returncode:
                pytest.skip("Debian's package apache2 is not installed here and cannot be fetched")
            new.rename(kept)
    return kept


@pytest.fixture
def machine(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("needs root")
    missing = [name for name in PACKAGES if not shutil.which(name)]
    if missing or subprocess.run(["dpkg", "-s", "nginx"], capture_output=True).returncode:
        pytest.skip(f"not installed here: {missing}")
    copy = Machine(tmp_path)
    if copy.run("true", check=False).returncode != 0:
        pytest.skip("no overlay can be mounted here")
    return copy
