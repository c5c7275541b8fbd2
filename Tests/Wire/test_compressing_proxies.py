# A server in front of the site that compresses what it passes on, as Debian's Apache does with mod_deflate or mod_brotli: it changes the entity
# tags of answers, and passes them on unchanged when clients send them back.

import contextlib
import os
import pathlib
import subprocess
import tempfile

import pytest
import requests

from running_site import PATIENCE, reserved_port, until
from syncing import PULL, SYNC, Device, new_key, sha256

MODULES = pathlib.Path("/usr/lib/apache2/modules")
CONFIGURATION = """
ServerName localhost
PidFile "{folder}/apache.pid"
DefaultRuntimeDir "{folder}"
Mutex pthread
ErrorLog "{folder}/error.log"
Listen 127.0.0.1:{port}
{user}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule filter_module {modules}/mod_filter.so
LoadModule deflate_module {modules}/mod_deflate.so
LoadModule brotli_module {modules}/mod_brotli.so
LoadModule proxy_module {modules}/mod_proxy.so
LoadModule proxy_http_module {modules}/mod_proxy_http.so
SetOutputFilter {filter}
ProxyPass "/" "http://127.0.0.1:{site_port}/"
"""


@contextlib.contextmanager
def apache(site, filter_name):
    """The address of an Apache with this output filter in front of the site."""
    with contextlib.closing(reserved_port()) as keeper, tempfile.TemporaryDirectory(prefix="imagebed-proxy-") as folder:
        port = keeper.getsockname()[1]
        file = pathlib.Path(folder, "apache.conf")
        file.write_text(CONFIGURATION.format(
            folder=folder, port=port, modules=MODULES, filter=filter_name, site_port=site.port,
            user="User www-data\nGroup www-data" if os.geteuid() == 0 else ""))
        process = subprocess.Popen(["apache2", "-f", file, "-D", "FOREGROUND"], stdin=subprocess.DEVNULL)
        try:
            assert until(lambda: process.poll() is not None or answers(port)) and process.poll() is None, "Apache does not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def answers(port):
    with contextlib.suppress(requests.ConnectionError):
        return requests.get(f"http://127.0.0.1:{port}/robots.txt", timeout=60).status_code == 200


@pytest.fixture(scope="module", params=[("DEFLATE", "gzip", "-gzip"), ("BROTLI_COMPRESS", "br", "-br")], ids=["deflate", "brotli"])
def proxy(request, site):
    if not (MODULES / "mod_brotli.so").exists():
        pytest.skip("Apache is not installed here")
    name, encoding, suffix = request.param
    with apache(site, name) as address:
        yield address, encoding, suffix


def behind(proxy, site):
    """A device that knows the site by the proxy's address, and takes what it compresses."""
    device = Device(site, "behind")
    device.url = proxy[0]
    device.session.headers["Accept-Encoding"] = proxy[1]
    return device


def tag_of(proxy, answer, content):
    """The entity tag as it arrived, which must be a changed one for these tests to mean anything."""
    tag = answer.headers["ETag"]
    assert (answer.headers["Content-Encoding"], tag) == (proxy[1], f'"{sha256(content)}{proxy[2]}"')
    return tag


def test_who_has_it_is_answered_304(proxy, site):
    key, device, content = new_key("behind"), behind(proxy, site), {"text": "again and again. " * 200}
    Device(site, "direct").pushed(key, content)
    for path, query in ((SYNC, {"device_id": "behind"}), (PULL, {}), (PULL, {"version": 1})):
        first = device.get(path, params={"file_key": key, **query})
        tag = tag_of(proxy, first, content)
        for condition in (tag, "W/" + tag, f'"other{proxy[2]}", {tag}'):
            again = device.get(path, params={"file_key": key, **query}, headers={"If-None-Match": condition})
            assert (again.status_code, again.content) == (304, b""), (path, condition)
    Device(site, "direct").pushed(key, {"text": "another " * 200})
    assert device.get(SYNC, params={"file_key": key, "device_id": "behind"}, headers={"If-None-Match": tag}).status_code == 200


def test_a_change_of_what_was_read(proxy, site):
    """`If-Match` with the tag as it arrived: the newest is changed or deleted, what is older is not."""
    key, device, content = new_key("behind"), behind(proxy, site), {"text": "again and again. " * 200}
    direct = Device(site, "direct")
    direct.pushed(key, content)
    old = tag_of(proxy, device.get(SYNC, params={"file_key": key, "device_id": "behind"}), content)
    changed = {"text": "changed. " * 300}
    assert device.push(key, changed, headers={"If-Match": old}).status_code == 200
    assert direct.version(key).json()["version"] == 2
    assert device.push(key, {"text": "late"}, headers={"If-Match": old}).status_code == 412
    assert device.request("DELETE", SYNC, params={"file_key": key}, headers={"If-Match": old}).status_code == 412
    new = tag_of(proxy, device.get(SYNC, params={"file_key": key, "device_id": "behind"}), changed)
    assert device.request("DELETE", SYNC, params={"file_key": key, "device_id": "behind"}, headers={"If-Match": new}).status_code == 200
