# The tests of the installer start sites as the wire tests do, and take that from there.

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Wire"))

from machine import machine  # noqa: E402, F401
