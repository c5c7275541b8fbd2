# The address of a site is the operator's: an installation sets it for a new site, and where nobody has changed what it had set.

import os
import pathlib
import subprocess

from test_takeover import section


def imagebed(data, *arguments):
    run = subprocess.run([pathlib.Path(os.environ["IMAGEBED_BIN"]) / "imagebed", *arguments, "--data", data], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def address(data, *setup):
    if setup:
        imagebed(data, "setup", *setup)
    return imagebed(data, "settings", "get", "base_url")


def test_setup(tmp_path):
    data = tmp_path / "data"
    assert address(data, "--usual-url", "http://192.0.2.1") == "http://192.0.2.1"
    assert address(data, "--usual-url", "http://192.0.2.1:81/p") == "http://192.0.2.1:81/p"
    assert address(data) == "http://192.0.2.1:81/p"
    imagebed(data, "settings", "set", "base_url", "https://img.example.org")
    assert address(data, "--usual-url", "http://192.0.2.1:81/p") == "https://img.example.org"
    assert address(data, "--usual-url", "http://192.0.2.1:82") == "https://img.example.org"
    assert address(data, "--base-url", "https://b.example.org") == "https://b.example.org"
    assert address(data, "--usual-url", "http://192.0.2.1:82") == "https://b.example.org"
    # Who sets by hand what an installation would have set has it follow again.
    assert address(data, "--base-url", "http://192.0.2.1:82") == "http://192.0.2.1:82"
    assert address(data, "--usual-url", "http://192.0.2.1:82") == "http://192.0.2.1:82"
    assert address(data, "--usual-url", "http://192.0.2.1:83") == "http://192.0.2.1:83"


def test_a_site_of_an_older_version(tmp_path):
    """Nothing is remembered there: what is set stays, unless it is what this installation would set."""
    data = tmp_path / "data"
    assert address(data, "--base-url", "http://192.0.2.1:81") == "http://192.0.2.1:81"
    assert address(data, "--usual-url", "http://192.0.2.1:82") == "http://192.0.2.1:81"
    assert address(data, "--usual-url", "http://192.0.2.1:81") == "http://192.0.2.1:81"
    assert address(data, "--usual-url", "http://192.0.2.1:82") == "http://192.0.2.1:82"


def test_installations(machine):
    run = machine.run("""
        address() { imagebed settings get base_url | sed 's|//[^:/]*|//H|'; }
        ./install.sh --port 18185 > /tmp/out || exit 1
        echo ==== follows; address; ./install.sh --port 18186 || exit 1; address
        ./install.sh uninstall; ./install.sh --port 18187 || exit 1; address
        imagebed settings set base_url https://img.example.org/p > /dev/null
        echo ==== stays; ./install.sh || exit 1; ./install.sh --port 18185 --domain other.example.org || exit 1; imagebed settings get base_url
        ./install.sh uninstall; ./install.sh --port 18186 > /tmp/out || exit 1; imagebed settings get base_url
        nginx -s stop
        """)
    assert section(run.stdout, "follows").splitlines() == ["http://H:18185", "http://H:18186", "http://H:18187"]
    lines = [line for line in section(run.stdout, "stays").splitlines() if line.startswith("http")]
    assert lines == ["https://img.example.org/p"] * 2
