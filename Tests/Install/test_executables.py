# How executables are linked: at addresses that nobody knows before, with no table of addresses that can be written while they run.

import os
import pathlib
import re
import subprocess

import pytest

from script import RESPONDERS


@pytest.mark.parametrize("name", sorted(RESPONDERS | {"imagebed", "picture"}))
def test_hardening(name):
    run = subprocess.run(["readelf", "-hldW", pathlib.Path(os.environ["IMAGEBED_BIN"]) / name], capture_output=True, text=True, check=True)
    assert re.search(r"Type:\s+DYN", run.stdout) and re.search(r"\(FLAGS_1\).*\bPIE\b", run.stdout), "position-independent"
    assert re.search(r"\(FLAGS_1\).*\bNOW\b", run.stdout) and re.search(r"^ +GNU_RELRO ", run.stdout, re.MULTILINE), "full RELRO"
    assert re.search(r"^ +GNU_STACK .* RW +0x", run.stdout, re.MULTILINE), "no code on the stack"
