"""That tests with IMAGEBED_NODES=2 are asking two nodes, which share what they should by ways of their own."""

import subprocess

import pytest

import engines
import pictures
from running_site import until

pytestmark = pytest.mark.skipif(engines.NODES == 1, reason="IMAGEBED_NODES=2")


def test_both_are_asked_in_turn(site, client):
    """Each node's web server has logged every second request. (By its id: lines of tests before may still be in nginx's buffer.)"""
    ids = [client.upload(pictures.jpeg(seed=number)).headers["X-Request-Id"] for number in range(4)]
    assert until(lambda: all(asked(site, each) for each in ids))
    found = [asked(site, each) for each in ids]
    assert sorted(found[:2]) == [["first"], ["second"]] and found[2:] == found[:2], found


def asked(site, request):
    """The nodes that logged this request."""
    nodes = {"first": site, "second": site.second}
    return [name for name, node in nodes.items() if request in (node.data / "logs" / "access.log").read_text()]


def test_each_has_mounts_of_its_own(site, client):
    path = client.uploaded(pictures.jpeg())["url"].removeprefix(site.url + "/")
    found = [stat(node, path) for node in (site, site.second)]
    assert {kind for kind, _ in found} == {"fuseblk"} and len({device for _, device in found}) == 2, found
    assert (site.data / path).read_bytes() == pictures.jpeg()


def stat(node, path):
    """The kind and the number of the file system in which a node sees this file."""
    def told(*arguments):
        return subprocess.run([*node.way_in(), "stat", *arguments, node.data / path], capture_output=True, text=True, check=True).stdout.strip()

    return told("--file-system", "--format", "%T"), told("--format", "%d")
