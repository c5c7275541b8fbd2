# The API page's HTML form and its JavaScript in a real browser, on a page of another origin: a file is chosen, the form is
# sent, and what the browser then shows is the answer.

import base64
import html
import json
import pathlib
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
from client import Client  # noqa: E402
from running_site import Site  # noqa: E402

# The page's form, unchanged but for the host.
FORM = '''<form action="{url}/api/v1/upload.php" method="post" enctype="multipart/form-data">
  <input type="file" name="image" accept="image/*" required>
  <input type="text" name="token" placeholder="API密钥" required>
  <input type="submit" value="上传">
</form>'''

# What a person does: choose a file, type the key, press the button.
PERSON = '''<script>
const bytes = Uint8Array.from(atob("{content}"), letter => letter.charCodeAt(0));
const chosen = new DataTransfer();
chosen.items.add(new File([bytes], "夏天 \\"holiday\\".jpg", {{type: "image/jpeg"}}));
document.querySelector('input[type="file"]').files = chosen.files;
document.querySelector('input[name="token"]').value = "{key}";
document.querySelector('input[type="submit"]').click();
</script>'''

# The page's JavaScript without jQuery: the same request, and the answer is read by a page of another origin.
SCRIPT = '''<pre id="told"></pre><script>
const bytes = Uint8Array.from(atob("{content}"), letter => letter.charCodeAt(0));
const formData = new FormData();
formData.append("image", new File([bytes], "a.jpg", {{type: "image/jpeg"}}));
{credential}
fetch("{url}/api/v1/upload.php", {{method: "POST", body: formData, headers: {headers}}})
    .then(response => response.json())
    .then(async told => {{
        const picture = await fetch(told.url || "{url}/uploads/none.jpg");
        told.bytes = (await picture.arrayBuffer()).byteLength;
        document.getElementById("told").textContent = JSON.stringify(told);
    }})
    .catch(error => document.getElementById("told").textContent = JSON.stringify({{failure: String(error)}}));
</script>'''

CONTENT = pictures.photograph(320, 240)


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        yield running


def shown(page, folder):
    """What stands in the <pre> of the page that the browser ends on."""
    (folder / "page.html").write_text('<!DOCTYPE html><meta charset="utf-8">' + page)
    told = subprocess.run(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={folder}/profile",
         "--virtual-time-budget=15000", "--dump-dom", f"file://{folder}/page.html"], capture_output=True, text=True, timeout=600)
    inner = told.stdout.partition("<pre")[2].partition(">")[2].partition("</pre>")[0]
    assert inner, told.stdout + told.stderr
    return json.loads(html.unescape(inner))


def fill(template, site, **values):
    return template.format(url=site.url, key=site.key, content=base64.b64encode(CONTENT).decode(), **values)


def test_form(site, tmp_path):
    answer = shown(FORM.format(url=site.url) + fill(PERSON, site), tmp_path)
    assert (answer["result"], answer["code"], answer["width"], answer["height"]) == ("success", 200, 320, 240)
    assert answer["srcName"] == '夏天 "holiday".jpg'
    assert Client(site).get(answer["url"]).content == CONTENT


@pytest.mark.parametrize("credential, headers", [
    ('formData.append("token", "{key}");', "{}"), ("", '{"X-API-Key": "{key}"}'), ("", '{"Authorization": "Bearer {key}"}'),
])
def test_script_of_another_origin(site, tmp_path, credential, headers):
    """With a header the browser asks first (preflight)."""
    keyed = [text.replace("{key}", site.key) for text in (credential, headers)]
    answer = shown(fill(SCRIPT, site, credential=keyed[0], headers=keyed[1]), tmp_path)
    assert (answer.get("result"), answer["bytes"]) == ("success", len(CONTENT)), answer


def test_script_reads_failures(site, tmp_path):
    answer = shown(fill(SCRIPT, site, credential="", headers="{}"), tmp_path)
    assert (answer["code"], answer["error"]) == (401, "Login required or invalid token")


def test_hostile_drawing_does_not_run(site, tmp_path):
    """An SVG that got past every check, put there by hand: opened by itself, its script does not run."""
    folder = site.uploads / "2001" / "01"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.svg").write_bytes(pictures.svg('<script>document.documentElement.setAttribute("ran", "yes")</script>'))
    told = subprocess.run(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile", "--dump-dom",
         "--virtual-time-budget=5000", f"{site.url}/uploads/2001/01/a.svg"], capture_output=True, text=True, timeout=600).stdout
    assert "<svg" in told and 'ran="yes"' not in told
