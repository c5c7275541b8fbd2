# What a responder costs beside the work: stats.php, which reads one row, against a C program that says hello.

import load
from running_site import Site
from table import interleaved
from yardsticks import Yardstick, workers_of


def measure(table):
    with Site() as site, Yardstick(workers_of(site), len(site.responders("stats"))) as yardstick:
        urls = [site.url + "/api/v1/stats.php", yardstick.url + "/hello"]
        for url in urls:
            load.rate(url, seconds=1)
        ours, hello = interleaved(5, *(lambda url=url: load.rate(url, seconds=2) for url in urls))
        table.ratio("stats.php, against hello in C", ours, hello, "1/s")
