# The Debian package of this checkout, made once, and a newer one made from it.

import os
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAYLOAD = "usr/libexec/imagebed"
# (Packing is not what is tested, and its usual way takes longest.)
QUICK = {"DPKG_DEB_COMPRESSOR_TYPE": "none"}


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """What `install.sh deb` makes, and as it is unpacked: (file, folder)."""
    missing = [name for name in ["dpkg-shlibdeps", "dpkg-deb"] if not shutil.which(name)]
    if missing:
        pytest.skip(f"not installed here: {missing}")
    checkout = tmp_path_factory.mktemp("packaged") / "checkout"
    for name in ["nginx", "apache", "htdocs", "docs", "Sources/imagebed/install"]:
        shutil.copytree(ROOT / name, checkout / name)
    for name in ["install.sh", "README.md", "README.zh-CN.md", "LICENSE"]:
        shutil.copy(ROOT / name, checkout)
    run = subprocess.run([checkout / "install.sh", "deb"], capture_output=True, text=True, timeout=900, stdin=subprocess.DEVNULL,
                         env={**os.environ, **QUICK})
    assert run.returncode == 0 and "dpkg-deb" not in run.stderr, run.stderr
    file = pathlib.Path(run.stdout.strip())
    unpacked = checkout.parent / "unpacked"
    subprocess.run(["dpkg-deb", "-R", file, unpacked], check=True)
    yield file, unpacked
    shutil.rmtree(checkout.parent)


@pytest.fixture(scope="session")
def packages(package, tmp_path_factory):
    """A folder with one.deb and two.deb, whose programs, pages and two files in /etc are other ones."""
    folder = tmp_path_factory.mktemp("packages")
    file, unpacked = package
    os.link(file, folder / "one.deb")
    newer = folder / "newer"
    shutil.copytree(unpacked, newer)
    for program in (newer / PAYLOAD / "bin").iterdir():
        with open(program, "ab") as end:
            end.write(b"\n")
    for name in ["etc/cron.d/imagebed", "etc/logrotate.d/imagebed", f"{PAYLOAD}/htdocs/robots.txt"]:
        with open(newer / name, "a") as end:
            end.write("# newer\n")
    control = newer / "DEBIAN/control"
    control.write_text(re.sub(r"^(Version: .*)-1$", r"\1-2", control.read_text(), flags=re.MULTILINE))
    sums = "find etc lib usr -type f ! -path 'etc/*' -print0 | xargs -0 md5sum > DEBIAN/md5sums"
    subprocess.run(sums, shell=True, cwd=newer, check=True)
    subprocess.run(["dpkg-deb", "--root-owner-group", "-b", newer, folder / "two.deb"], check=True, capture_output=True,
                   env={**os.environ, **QUICK})
    shutil.rmtree(newer)
    yield folder
    shutil.rmtree(folder)
