# Two nodes of a site, each with a processor core to itself, against one of them: uploads that are converted. The database's server, the shared
# folder and the clients are on the same two cores.

import concurrent.futures
import os

import load
import photographs
import raw
from machines import Machines
from table import in_turns

CLIENTS = 3
ROUNDS = 5
SECONDS = 6


def measure(table):
    if len(os.sched_getaffinity(0)) < 2:
        return print("scaling: needs two cores")
    with Machines() as nodes:
        for core, node in zip(sorted(os.sched_getaffinity(0)), nodes.all):
            for process in node.processes():
                os.sched_setaffinity(process, {core})
        nodes.all[0].imagebed("settings", "set", "convert_format", "webp")
        body = load.temporary(raw.form([raw.part("image", photographs.of_size(1_600, 1_200), "picture.jpg", "image/jpeg")]))
        rates = in_turns(ROUNDS, *(lambda some=some: uploads(nodes, some, body) for some in (nodes.all, nodes.all[:1])))
        body.unlink()
    table.ratios("uploads that are converted, two nodes against one", *rates, "1/s", at_least=1.8)


def uploads(nodes, some, body):
    """Those a second that all of these nodes answer together."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return sum(pool.map(lambda node: load.rate(
            node.url + "/api/v1/upload.php", load.POST, body, raw.BOUNDARY, nodes.key, seconds=SECONDS, clients=CLIENTS), some))
