# Schemathesis makes requests out of openapi.json, good and bad, and finds no answer of the site that the document does not describe. It begins
# with one request for each operation that succeeds, because with made-up keys and ids it would see little else than refusals.

import collections
import json
import os
import pathlib
import subprocess
import sys

import pytest

import pictures
from client import Client
from described import Description
from syncing import CONFLICTS, DEVICES, HISTORY, PULL, SYNC, Device
from tus import PATH as TUS, Tus

CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "unsupported_method"]
# EasyImages' API answers every method, also QUERY, which OpenAPI 3.1 has no place for.
ANY_METHOD = "/api/index.php"
PICTURE = pictures.jpeg(seed=40)


@pytest.mark.parametrize("has_key", [True, False])
def test_nothing_undescribed_is_answered(new_site, tmp_path, has_key):
    """A bounded run: the same requests each time, on a site of its own."""
    site = new_site()
    site.imagebed("settings", "set", "public_numbers", "on")
    site.key = json.loads(site.imagebed("key", "create", "--user", "admin", "--scopes", "upload,read,json,metrics", "--json").stdout)["key"]
    (tmp_path / "picture").write_bytes(PICTURE)
    (tmp_path / "good").write_text(json.dumps(good_requests(site) if has_key else {}))
    (tmp_path / "schemathesis.toml").write_text(configuration({
        "query.file_key": ["settings", "notes"], "body.file_key": ["settings", "notes"], "query.device_id": ["phone"],
        "body.device_id": ["phone"], "body.token": [site.key],
    }))
    key = ["--header", f"X-API-Key: {site.key}"] if has_key else []
    look(site, tmp_path, CHECKS, 40, ["--exclude-path", ANY_METHOD, *key])
    look(site, tmp_path, CHECKS[:-1], 10, ["--include-path", ANY_METHOD, *key])
    if has_key:
        assert never_a_success(site, tmp_path / "notes") == []


def good_requests(site):
    """By method and path, in schemathesis' terms."""
    client, device, other, uploads = Client(site), Device(site, "phone"), Device(site, "laptop"), Tus(site, site.key)
    for key in ["settings", "notes"]:
        # Each has seen the first version, and each changes the same member of it.
        device.pushed(key, {"theme": "dark"})
        other.pull(key)
        device.pushed(key, {"theme": "light"})
        other.pushed(key, {"theme": "blue"})
    conflict = device.conflicts(file_key="settings").json()["conflicts"][0]["id"]
    thumbnail = {"img": client.uploaded(pictures.jpeg(seed=41))["url"].removeprefix(site.url)}
    links = [{"hash": client.uploaded(pictures.jpeg(seed=seed))["del"].rpartition("=")[2]} for seed in (42, 43)]
    begun = [{"id": uploads.begin(len(PICTURE)).rpartition("=")[2]} for _ in range(2)]
    tus = {"Tus-Resumable": "1.0.0"}
    reads = {
        "/api/v1/list.php": {}, "/api/v1/stats.php": {}, "/api/v1/health.php": {}, "/api/v1/metrics.php": {}, "/application/thumb.php": thumbnail, "/application/del.php": links[0],
        "/api/public.php": {"show": "file"}, SYNC: {"file_key": "settings"}, HISTORY: {"file_key": "settings"},
        PULL: {"file_key": "settings", "version": 1}, DEVICES: {}, CONFLICTS: {},
    }
    return {
        **{f"{method} {path}": {"query": query} for path, query in reads.items() for method in ("GET", "HEAD")},
        "POST /api/public.php": {"query": reads["/api/public.php"]}, "POST /application/del.php": {"query": links[1]},
        "POST /api/v1/upload.php": form({"image": ""}), f"POST {ANY_METHOD}": form({"image": "", "token": site.key}),
        f"POST {SYNC}": body({"file_key": "settings", "content": {"a": 1}, "device_id": "phone"}),
        f"DELETE {SYNC}": {"query": {"file_key": "notes"}},
        f"POST {DEVICES}": body({"device_id": "phone", "action": "rename", "device_name": "x"}),
        f"POST {CONFLICTS}": body({"id": conflict, "action": "resolve_keep_remote"}),
        f"POST {TUS}": {"headers": {**tus, "Upload-Length": str(len(PICTURE))}}, f"GET {TUS}": {"query": begun[0]},
        f"HEAD {TUS}": {"query": begun[0], "headers": tus}, f"DELETE {TUS}": {"query": begun[1], "headers": tus},
        f"PATCH {TUS}": {"query": begun[0], "headers": {**tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}},
    }


def form(fields):
    """The hooks put a picture into `image`."""
    return {"body": fields, "media_type": "multipart/form-data"}


def body(fields):
    return {"body": fields, "media_type": "application/json"}


def configuration(known):
    """Half of the values of some parameters are those of the site, the others whatever fits the description, or does not."""
    hooks = json.dumps(str(pathlib.Path(__file__).with_name("undescribed_hooks.py")))
    lists = [f"[dictionaries.list{number}]\nvalues = {json.dumps(values)}" for number, values in enumerate(known.values())]
    uses = [f'"{name}" = {{dictionary = "list{number}", probability = 0.5}}' for number, name in enumerate(known)]
    return "\n".join([f"hooks = {hooks}", *lists, "[parameters]", *uses]) + "\n"


def never_a_success(site, notes):
    """Operations that answered with nothing but refusals, and with which."""
    answers = collections.defaultdict(set)
    for line in notes.read_text().splitlines():
        method, path, status = json.loads(line)
        answers[method, path].add(status)
    asked = [(method.upper(), path) for path, method, _ in Description(site.url).operations()]
    return [(request, sorted(answers[request])) for request in asked if not any(200 <= status < 400 for status in answers[request])]


def look(site, folder, checks, seconds, options):
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml", "run", f"{site.url}/openapi.json", "--checks",
         ",".join(checks), "--phases", "examples,coverage,fuzzing", "--max-examples", "10", "--seed", "1", "--max-time", str(seconds),
         "--continue-on-failure", "--suppress-health-check", "all", "--generation-database", "none", *options],
        cwd=folder, capture_output=True, text=True, timeout=600, env={**os.environ, "UNDESCRIBED": str(folder)})
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr
