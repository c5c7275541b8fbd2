# Earlier versions of the project, taken from its history and built once; kept by their commit.

import fcntl
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEPT = ROOT / ".build-tests/old"


def old_version(commit):
    """A folder with the checkout of a commit and, in `bin`, its executables; skips where that cannot be had."""
    folder = KEPT / commit
    KEPT.mkdir(parents=True, exist_ok=True)
    with open(KEPT / f"{commit}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "bin").exists():
            build(commit, folder)
    return folder


def build(commit, folder):
    if subprocess.run(["git", "-C", ROOT, "cat-file", "-e", f"{commit}^{{commit}}"], capture_output=True).returncode:
        pytest.skip(f"commit {commit} is not in the history here")
    swift = shutil.which("swift") or "/opt/swift/usr/bin/swift"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    archive = subprocess.run(["git", "-C", ROOT, "archive", commit], capture_output=True, check=True).stdout
    subprocess.run(["tar", "-C", folder, "-x"], input=archive, check=True)
    # (Not optimized: that would take most of the time, and how fast they are is not what is tested.)
    run = subprocess.run([swift, "build", "-c", "release", "-Xswiftc", "-Onone", "-debug-info-format", "none", "--static-swift-stdlib",
                          "--package-path", folder], capture_output=True, text=True, timeout=1800)
    assert run.returncode == 0, run.stdout[-3000:]
    made = folder / "made"
    made.mkdir()
    for file in (folder / ".build/release/").resolve().iterdir():
        if file.is_file() and file.stat().st_mode & 0o111 and not file.suffix:
            subprocess.run(["strip", "-o", made / file.name, file], check=True)
    shutil.rmtree(folder / ".build")
    made.rename(folder / "bin")
