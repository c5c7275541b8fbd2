# The tests of the installer start sites as the wire tests do, and take that from there.

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Wire"))

from machine import brought, machine, why_not  # noqa: E402, F401
from script import own_units, units  # noqa: E402, F401
