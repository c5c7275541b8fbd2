# Numbers for programs that watch the site: who may read them, that they follow OpenMetrics' rules, and that they are right.

import fcntl
import json
import os
import re
import signal
import time

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

import engines
import pictures
from accounts import session_of
from answers import assert_error, headers_of
from client import Client
from described import Description
from running_site import ROOT, Site, at_once, until
from syncing import Device, new_key

METRICS, LIST = "/api/v1/metrics.php", "/api/v1/list.php"
LACKS = "API key lacks the scope: metrics"

pytestmark = engines.of_one_node("each counts for itself, and its manual says so")


class Watcher(Client):
    """A program with a key for the metrics alone."""

    def __init__(self, site):
        super().__init__(site, new_api_key(site, "admin", "metrics"))

    def families(self):
        answer = self.get(METRICS, headers={"Authorization": f"Bearer {self.key}"})
        assert answer.status_code == 200, answer.text
        return {family.name: family for family in text_string_to_metric_families(answer.text)}

    def number(self, name, **labels):
        """The number of one sample; 0 where there is none yet."""
        found = [sample.value for family in self.families().values() for sample in family.samples if sample.name == name and sample.labels == labels]
        assert len(found) <= 1
        return found[0] if found else 0

    def change(self, names, action):
        """By how much samples change while something is done: [(name, labels)] → numbers."""
        before = [self.number(name, **labels) for name, labels in names]
        action()
        return [self.number(name, **labels) - earlier for (name, labels), earlier in zip(names, before)]


def new_api_key(site, user, scopes):
    return json.loads(site.imagebed("key", "create", "--user", user, "--scopes", scopes, "--json").stdout)["key"]


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    with Site(options=["--web", request.param, *prefix]) as site:
        yield site


@pytest.fixture(scope="module")
def watcher(either):
    return Watcher(either)


def test_a_key_alone_opens_them(either, watcher):
    """All requests here come from this machine, as behind a tunnel: that is no right."""
    assert_error(watcher.get(METRICS), 401, "Login required or invalid token")
    assert_error(watcher.get(METRICS, headers={"X-API-Key": "wrong"}), 401, "Invalid API key")
    assert_error(watcher.get(METRICS, params={"token": watcher.key}), 401, "Login required or invalid token")
    assert_error(watcher.get(METRICS, headers={"X-API-Key": either.key}), 403, LACKS)
    assert_error(watcher.get(METRICS, headers={"X-API-Key": new_api_key(either, "admin", "upload,read,json")}), 403, LACKS)
    either.imagebed("user", "add", "visitor", "--json")
    assert_error(watcher.get(METRICS, headers={"X-API-Key": new_api_key(either, "visitor", "metrics")}), 403, LACKS)
    with either.setting(anonymous_upload="on"):
        assert_error(watcher.get(METRICS), 401, "Login required or invalid token")
    signed_in = {"cookies": session_of(either, "chief", "admin"), "headers": {"Sec-Fetch-Site": "same-origin"}}
    assert watcher.get("/admin/chart.php", **signed_in).status_code == 200
    assert_error(watcher.get(METRICS, **signed_in), 401, "Login required or invalid token")
    # It opens nothing else.
    refused = watcher.request("POST", "/api/v1/upload.php", files={"image": ("a.jpg", pictures.jpeg())}, headers={"X-API-Key": watcher.key})
    assert_error(refused, 403, "API key lacks the scope: upload")


def test_the_format(either, watcher):
    answer = watcher.get(METRICS, headers={"X-API-Key": watcher.key})
    seen = headers_of(answer)
    assert seen["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8" and seen["cache-control"] == "no-store"
    Description(either.url).assert_described(answer, METRICS)
    assert answer.text.endswith("\n# EOF\n") and answer.text.count("# EOF") == 1
    families = list(text_string_to_metric_families(answer.text))
    assert len({family.name for family in families}) == len(families) > 10
    for family in families:
        assert family.name.startswith("imagebed_") and family.documentation.endswith(".") and not family.name.endswith(("_total", "_info"))
        assert family.unit in ("", "seconds", "bytes") and (not family.unit or family.name.endswith("_" + family.unit))
        assert bool(family.unit) == family.name.endswith(("_seconds", "_bytes"))
        endings = {"counter": ("_total",), "info": ("_info",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}[family.type]
        assert all(sample.name in [family.name + ending for ending in endings] for sample in family.samples)
    head = watcher.request("HEAD", METRICS, headers={"X-API-Key": watcher.key})
    assert head.status_code == 200 and head.content == b""


def test_requests(watcher):
    """Of whichever process answers, by path without the prefix, status and time."""
    samples = [("imagebed_requests_total", {"path": LIST, "status": "200"}), ("imagebed_requests_total", {"path": LIST, "status": "400"}),
               ("imagebed_request_duration_seconds_count", {"path": LIST}), ("imagebed_request_duration_seconds_bucket", {"path": LIST, "le": "+Inf"})]

    def ask():
        at_once(4, lambda _: [Client(watcher.site).list().status_code for _ in range(10)])
        assert watcher.list(cursor="x").status_code == 400

    assert watcher.change(samples, ask) == [40, 1, 41, 41]
    assert 0 < watcher.number("imagebed_request_duration_seconds_sum", path=LIST) < 600
    assert watcher.number("imagebed_requests_total", path=METRICS, status="200") > 0


def test_old_forms_and_what_the_web_server_does_alone(either, watcher):
    stored = Client(either).uploaded(pictures.jpeg())
    form = ("imagebed_requests_total", {"path": "/api/index.php", "status": "200"})
    assert watcher.change([form], lambda: (watcher.get("/api/index.php"), watcher.get(stored["url"]), watcher.get("/nothing"))) == [1]
    paths = {sample.labels["path"] for sample in watcher.families()["imagebed_requests"].samples}
    assert not any(path.startswith(("/uploads", "/nothing")) for path in paths)


def test_they_outlive_the_processes(either, watcher):
    answered = ("imagebed_requests_total", {"path": LIST, "status": "200"})

    def kill():
        assert watcher.list().status_code == 200
        for process in either.responders("list"):
            os.kill(process, signal.SIGKILL)
        assert until(lambda: watcher.list().status_code == 200)

    assert watcher.change([answered], kill)[0] >= 2


def test_pictures(either, watcher):
    client = Client(either)
    jobs = [("imagebed_picture_jobs_total", {"outcome": outcome}) for outcome in ("done", "refused", "crashed", "busy")]

    def upload():
        answer = client.uploaded(pictures.photograph(600, 400, seed=71))
        assert client.get(answer["thumb"]).status_code == 200
        script = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
        assert client.upload(script, "a.svg").status_code == 400

    assert watcher.change(jobs, upload) == [1, 1, 0, 0]
    families = watcher.families()
    assert families["imagebed_picture_wait_seconds"].samples[0].value >= 0
    assert families["imagebed_picture_slots"].samples[0].value == max(2, os.cpu_count())
    assert {sample.labels["demand"]: sample.value for sample in families["imagebed_picture_queue"].samples} == {"upload": 0, "viewing": 0}


def test_the_queue_for_slots(either, watcher):
    assert watcher.number("imagebed_picture_slots_busy") == 0
    with open(either.data / "run" / "slots" / "0", "a") as slot, open(either.data / "run" / "slots" / "front-upload", "a") as front:
        for file in (slot, front):
            fcntl.flock(file, fcntl.LOCK_EX)
        assert watcher.number("imagebed_picture_slots_busy") == 1
        assert watcher.number("imagebed_picture_queue", demand="upload") == 1 and watcher.number("imagebed_picture_queue", demand="viewing") == 0
    assert watcher.number("imagebed_picture_slots_busy") == 0


def test_pushes(either, watcher):
    pushes = [("imagebed_sync_pushes_total", {"result": result}) for result in ("created", "merged", "conflict", "unchanged", "repeated", "refused")]
    one, other, key = Device(either, "one"), Device(either, "other"), new_key()

    def push():
        one.pushed(key, {"a": 1, "b": 1})
        one.pushed(key, {"a": 1, "b": 1})
        other.pull(key)
        other.pushed(key, {"a": 1, "b": 1})
        one.pushed(key, {"a": 2, "b": 1})
        other.pushed(key, {"a": 1, "b": 2})
        one.pushed(key, {"a": 3, "b": 1}, base_version=1)
        assert one.push(key, 4, base_version=1, on_conflict="reject").status_code == 409

    assert watcher.change(pushes, push) == [2, 1, 1, 1, 1, 1]


def test_disk_files_and_accounts(either, watcher):
    client = Client(either)
    before = watcher.number("imagebed_uploads_total")
    client.uploaded(pictures.jpeg(seed=72))
    client.uploaded(pictures.svg(), "a.svg")
    families = watcher.families()
    totals = {sample.labels["type"]: int(sample.value) for sample in families["imagebed_files"].samples}
    assert totals == dict(either.query("SELECT type, COUNT(*) FROM file WHERE state = 0 GROUP BY type"))
    bytes_ = {sample.labels["type"]: int(sample.value) for sample in families["imagebed_files_bytes"].samples}
    assert bytes_ == dict(either.query("SELECT type, SUM(size) FROM file WHERE state = 0 GROUP BY type"))
    assert watcher.number("imagebed_uploads_total") == before + 2
    assert watcher.number("imagebed_accounts") == either.query("SELECT COUNT(*) FROM account")[0][0]
    disk = os.statvfs(either.uploads)
    for folder in ("data", "uploads"):
        assert watcher.number("imagebed_disk_size_bytes", folder=folder) == disk.f_blocks * disk.f_frsize
        assert 0 <= watcher.number("imagebed_disk_free_bytes", folder=folder) <= disk.f_blocks * disk.f_frsize


def test_timers(either, watcher):
    before = time.time()
    for work in ("tally", "expire", "gc"):
        either.imagebed(work)
        assert int(before) <= watcher.number("imagebed_timer_last_end_timestamp_seconds", timer=work) <= time.time()


def test_no_row_is_written_for_them(either, watcher):
    """An answer to a request that only reads changes nothing in the database."""
    watcher.list()
    before = engines.written(either.data)
    for _ in range(20):
        watcher.list()
    assert engines.written(either.data) == before
    assert len([name for name in os.listdir(either.data / "run") if name.startswith("counters-")]) == 1


def test_without_room_for_numbers_everything_goes_on(new_site):
    """A folder lies where the file should be."""
    site = new_site()
    for name in os.listdir(site.data / "run"):
        if name.startswith("counters-"):
            (site.data / "run" / name).unlink()
            (site.data / "run" / name).mkdir()
    for name in ("list", "health", "stats"):
        for process in site.responders(name):
            os.kill(process, signal.SIGTERM)
    watcher = Watcher(site)
    assert until(lambda: watcher.list().status_code == 200)
    assert watcher.number("imagebed_requests_total", path=LIST, status="200") == 0 and watcher.number("imagebed_accounts") == 1


def test_the_manual_and_the_dashboard(watcher):
    """Both name what there is: the manual everything, the dashboard nothing else."""
    Client(watcher.site).uploaded(pictures.jpeg(seed=73))
    watcher.site.tally()
    families = watcher.families()
    manual = (ROOT / "docs" / "metrics.md").read_text()
    rows = re.findall(r"^\| `(imagebed_\w+)` \| (\w+) \|(.*?)\| .+ \|$", manual, re.M)
    assert [(name, kind) for name, kind, _ in rows] == [(family.name, family.type) for family in families.values()]
    for name, _, labels in rows:
        seen = {label for sample in families[name].samples for label in sample.labels} - {"le"}
        assert seen == set(re.findall(r"`(\w+)`", labels)), name
    samples = {sample.name for family in families.values() for sample in family.samples}
    dashboard = json.loads((ROOT / "docs" / "grafana-dashboard.json").read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    used = {name for query in queries for name in re.findall(r"imagebed_\w+", query)}
    assert len(queries) > 10 and used <= samples, used - samples
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
