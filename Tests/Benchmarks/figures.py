# Runs the benchmarks and prints one table. A figure is a ratio against a yardstick that took turns with what is measured
# (A B A B …, medians), so that a busy machine slows both.

import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "Wire")]

import conversions
import imports
import jsonsync
import lists
import memory
import oldforms
import pages
import responders
import sampling
import scaling
import scrolling
import servers
import thumbnails
import uploads
from table import Table

GROUPS = {module.__name__: module for module in [uploads, oldforms, conversions, thumbnails, lists, responders, pages, memory, jsonsync, imports,
                                                 sampling, scaling, scrolling, servers]}


def main(names):
    unknown = set(names) - set(GROUPS)
    if unknown:
        sys.exit(f"there is no {', '.join(sorted(unknown))}: the groups are {' '.join(GROUPS)}")
    table = Table()
    for name in names or GROUPS:
        GROUPS[name].measure(table)
    table.summary()
    sys.exit(1 if table.missed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
