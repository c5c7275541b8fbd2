# Functions of install.sh, called one by one, and what they write for systemd.

import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = [path for folder in ["Sources/imagebed/install", "nginx", "apache"] for path in sorted((ROOT / folder).glob("*.sh"))]
BIN = pathlib.Path(os.environ["IMAGEBED_BIN"]).resolve()
RESPONDERS = {line.split()[0] for line in subprocess.check_output([BIN / "imagebed", "paths", "--responders"], text=True).splitlines()}


def function(command, folder):
    """What functions of the script print, with the settings of an installation into `folder`."""
    script = f"""source {ROOT}/install.sh
        shopt -s lastpipe nullglob
        state=/nonexistent dry_run= changed= default_site_removed= former_place= responder_table= lib={folder}/bin
        read_options --data {folder}; default_options; check_options; install_settings
        bin={BIN}; read_responders
        folder={folder}
        {command}"""
    return subprocess.run(["bash", "-euc", script], capture_output=True, text=True, timeout=300, check=True).stdout


@pytest.fixture(scope="session")
def units(tmp_path_factory):
    """A folder with all units of an installation into it, to be read only."""
    folder = tmp_path_factory.mktemp("units")
    (folder / "bin").mkdir()
    for name in RESPONDERS | {"imagebed"}:
        (folder / "bin" / name).write_text("#!/bin/sh\n")
        (folder / "bin" / name).chmod(0o755)
    function("systemctl() { true; }; unit_folder=$folder; install_units", folder)
    return folder


@pytest.fixture
def own_units(units, tmp_path):
    """A copy of them, to be changed."""
    return pathlib.Path(shutil.copytree(units, tmp_path, dirs_exist_ok=True))
