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
PACKAGES = ["nginx", "spawn-fcgi", "multiwatch", "curl", "useradd", "ip", "dpkg-shlibdeps", "strip"]
PHP, PHP_PACKAGE = "php-fpm8.2", "php8.2-fpm"
# The executable that is brought as it was built, so that there is one whose symbols an installation has to take away.
AS_BUILT = "imagebed"

# A site of ImageBed on this machine, or what a test run beside this one leaves for a while, is not in the copy.
OWN = ["var/lib/imagebed", "var/lib/imagebed-events", "var/log/imagebed*", "usr/lib/imagebed", "usr/share/imagebed", "usr/bin/imagebed", "usr/libexec/imagebed", "etc/imagebed", "etc/init.d/imagebed",
       "etc/cron.d/imagebed", "etc/logrotate.d/imagebed", "etc/nginx/imagebed", "etc/nginx/sites-enabled/imagebed"]


class Machine:
    """The copy; every run begins with a fresh one. `brought` is what it has in /tmp."""

    def __init__(self, folder, brought):
        # An overlay cannot lie on another one, so that what is written stays in memory.
        self.root = f"{folder}/root"
        self.mount = textwrap.dedent(f"""
            set -e
            mount -t tmpfs -o size=3g tmpfs {folder}
            mkdir -p {folder}/upper {folder}/work {folder}/root {folder}/tmp/upper {folder}/tmp/work
            mount -t overlay -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/work overlay {folder}/root
            (cd {folder}/root && rm -rf {" ".join(OWN)})
            mount -t proc proc {folder}/root/proc
            mount --rbind /dev {folder}/root/dev
            mount -t tmpfs -o mode=755 tmpfs {folder}/root/run
            mkdir {folder}/root/run/lock
            # (The index of manual pages, which installed packages ask for, would take longer than all else.)
            [ ! -e {folder}/root/usr/bin/mandb ] || ln -sf /bin/true {folder}/root/usr/bin/mandb
            # (Which packages have the programs' libraries was asked once, by make_package: asking is a third of making another package.)
            [ ! -e {brought}/libraries ] || printf '#!/bin/sh\\necho "shlibs:Depends=$(cat /tmp/libraries)"\\n' > {folder}/root/usr/bin/dpkg-shlibdeps
            ip link set lo up
            chmod 1777 {folder}/tmp/upper
            mount -t overlay -o lowerdir={brought},upperdir={folder}/tmp/upper,workdir={folder}/tmp/work overlay {folder}/root/tmp
            """)

    def bring(self, source, name):
        """Every run finds this folder in /tmp, under this name, and cannot write to it."""
        self.mount += f"mkdir {self.root}/tmp/{name}\nmount --bind -o ro {source} {self.root}/tmp/{name}\n"

    def bring_apache(self):
        """Every run finds Debian's Apache installed, and not started."""
        if shutil.which("a2ensite"):
            return
        self.bring(packages("apache", "apache2", "apache2-data", "apache2-utils"), "packages")
        self.mount += textwrap.dedent(f"""
            printf '#!/bin/sh\\nexit 101\\n' > {self.root}/usr/sbin/policy-rc.d
            chmod +x {self.root}/usr/sbin/policy-rc.d
            chroot {self.root} sh -c 'dpkg -i /tmp/packages/*.deb' > {self.root}/tmp/dpkg 2>&1
            """)

    def bring_php(self):
        """Every run finds Debian's PHP-FPM: the program alone, which needs no more."""
        if shutil.which(PHP):
            return
        package = packages("php", PHP_PACKAGE)
        self.mount += f"dpkg-deb --fsys-tarfile {package}/*.deb | tar -x -C {self.root} ./usr/sbin/{PHP}\n"

    def show_changes(self):
        """Every run finds in /changed what it has written outside of /tmp and /run."""
        self.mount += f"mkdir {self.root}/changed\nmount --bind -o ro {pathlib.Path(self.root).parent}/upper {self.root}/changed\n"

    def run(self, script, check=True):
        inner = f"cd /tmp/checkout; export IMAGEBED_BIN=/tmp/bin; {script}"
        outer = self.mount + f"exec chroot {self.root} bash -c \"$SCRIPT\""
        run = subprocess.run(
            ["unshare", "--mount", "--pid", "--net", "--fork", "--kill-child", "bash", "-c", outer], capture_output=True, text=True, timeout=1800,
            env={**{name: value for name, value in os.environ.items() if name != "TMPDIR"}, "SCRIPT": inner}, stdin=subprocess.DEVNULL)
        assert not check or run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
        return run


def packages(name, *wanted):
    """A folder with packages of Debian's, fetched once; skips where they cannot be had."""
    kept = ROOT / ".build-tests" / name
    kept.parent.mkdir(exist_ok=True)
    with open(kept.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            new = kept.with_suffix(".new")
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            if subprocess.run(["apt-get", "download", "-q", *wanted], cwd=new, capture_output=True).returncode:
                pytest.skip(f"Debian's package {wanted[0]} is not installed here and cannot be fetched")
            new.rename(kept)
    return kept


@pytest.fixture(scope="session")
def brought(tmp_path_factory):
    """The /tmp of all copies: a checkout with its package, executables, and a sample of an EasyImages site. Made once; copies write over it."""
    folder = tmp_path_factory.mktemp("brought")
    for name in ["nginx", "apache", "htdocs"]:
        shutil.copytree(ROOT / name, folder / "checkout" / name)
    shutil.copytree(ROOT / "Sources/imagebed/install", folder / "checkout/install")
    for name in ["install.sh", "LICENSE"]:
        shutil.copy(ROOT / name, folder / "checkout")
    shutil.copytree(ROOT / "Tests/Data/easyimages", folder / "easyimages")
    (folder / "bin").mkdir()
    for file in pathlib.Path(os.environ.get("IMAGEBED_BIN", "/nonexistent")).glob("*"):
        if file.is_file() and os.access(file, os.X_OK):
            bring_executable(file, folder / "bin" / file.name)
    make_package(folder)
    yield folder
    # (pytest keeps such folders of three runs.)
    shutil.rmtree(folder)


def make_package(folder):
    """What an installation from this checkout would make first, so that it is made once."""
    if not (folder / "bin/imagebed").exists() or any(not shutil.which(name) for name in PACKAGES):
        return
    script = "source ./install.sh; shopt -s lastpipe nullglob; dry_run='' changed='' told='' responder_table=''; find_executables; local_package"
    run = subprocess.run(["bash", "-euc", script], cwd=folder / "checkout", capture_output=True, text=True, timeout=900, stdin=subprocess.DEVNULL,
                         env={**os.environ, "IMAGEBED_BIN": str(folder / "bin")})
    assert run.returncode == 0, run.stderr
    depends = subprocess.run(["dpkg-deb", "-f", run.stdout.strip(), "Depends"], capture_output=True, text=True, check=True).stdout
    (folder / "libraries").write_text(depends.split(", debconf")[0])


def bring_executable(file, copy):
    """Without symbols it is half as large, and each of many installations has less to copy."""
    if file.name == AS_BUILT or subprocess.run(["strip", "-o", copy, file], capture_output=True).returncode:
        shutil.copy(file, copy)
    # (A package's version tells the time of the executables, and is to be that of packages.py's.)
    shutil.copystat(file, copy)


@pytest.fixture(scope="session")
def why_not(tmp_path_factory, brought):
    """Why this machine cannot be copied, or nothing."""
    missing = [name for name in PACKAGES if not shutil.which(name)]
    if os.geteuid() != 0:
        return "needs root"
    if missing or subprocess.run(["dpkg", "-s", "nginx"], capture_output=True).returncode:
        return f"not installed here: {missing}"
    tried = Machine(tmp_path_factory.mktemp("machine"), brought).run("true", check=False)
    return "" if tried.returncode == 0 else f"no overlay can be mounted here: {tried.stderr}"


@pytest.fixture
def machine(tmp_path, brought, why_not):
    if why_not:
        pytest.skip(why_not)
    return Machine(tmp_path, brought)
