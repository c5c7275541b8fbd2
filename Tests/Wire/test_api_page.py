# The API page: what it says is true. Its samples are taken from the page as a reader would, sent as they are but for key and file names, and
# each answer is compared with openapi.json.

import html
import json
import re
import subprocess
import sys

import pytest
import requests

import pictures
import videos
from api_samples import samples
from client import Client
from described import Description
from syncing import Device, new_key

PAGE = "/api.php"
HASH = "bW8vWG4vcG8yM2pLQzRJUGI0dHlTZkN4L2grVmtwUTFhd1A4czJsbHlMST0="
PICTURE = "/uploads/2024/04/10gwv0y.webp"


@pytest.fixture(scope="module")
def described(site):
    return Description(site.url)


@pytest.fixture(scope="module")
def page(site):
    return requests.get(site.url + PAGE, headers={"Accept-Language": "zh-CN"}, timeout=120).text


def operation(described, name):
    return next((path, method) for path, method, each in described.operations() if each["operationId"] == name)


def schema(described, name, status=200):
    path, method = operation(described, name)
    return described.response(path, method, status)["content"]["application/json"]["schema"]


def values(text):
    """JSON values that follow each other."""
    decoder, found, rest = json.JSONDecoder(), [], text.strip()
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].strip()
    return found


def shell(script, folder):
    return subprocess.run(["bash", "-ec", script], cwd=folder, capture_output=True, text=True, check=True, timeout=300).stdout


def test_the_page(site, client, page):
    answer = client.get(PAGE)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html;charset=utf-8")
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    numbers = client.get("/api/v1/stats.php").json()["data"]
    for name, value in (("图片总数", numbers["images"]), ("总访问量", numbers["views"]), ("最大文件", "50 MB"), ("上传总数", numbers["uploads"])):
        assert re.search(rf"<dt>{name}</dt><dd>{value}</dd>", client.get(PAGE + "?lang=zh-CN").text), name
    assert client.request("HEAD", PAGE).status_code == 200 and client.request("POST", PAGE).status_code == 405


def test_the_hosts_name_is_not_the_clients(site):
    assert "evil.example" not in requests.get(site.url + PAGE, headers={"Host": "evil.example"}, timeout=120).text


def test_the_operators_html_is_not_on_it(site, client):
    with site.setting(footer_html="<b>operator</b>", operator_scripts="on"):
        answer = client.get(PAGE)
    assert "<b>operator</b>" not in answer.text and "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]


def test_every_operation_has_a_shell_sample(described, page):
    names = {each["operationId"] for _, _, each in described.operations()}
    derived = {name + method for name in names for method in ("Head", "Options", "Post", "Get", "Put", "Patch", "Delete")}
    assert set(samples(page, "curl")) == names - derived


def test_examples_of_answers(described, page):
    found = re.findall(r'<pre data-example="(\w+)" tabindex="0">(.*?)</pre>', page, re.S)
    assert len(found) > 15
    for name, text in found:
        if name != "getNumber":
            described.assert_fits(json.loads(html.unescape(text)), schema(described, name))


def test_shell_samples_of_files(site, client, described, page, tmp_path):
    (tmp_path / "file.jpg").write_bytes(pictures.photograph(320, 200))
    (tmp_path / "video.mp4").write_bytes(videos.sample("mp4"))
    ready = {name: text.replace("your-api-key", site.key).replace("/path/to/", f"{tmp_path}/") for name, text in samples(page, "curl").items()}
    answers = values(shell(ready["uploadFile"], tmp_path))
    assert [(answer["type"], "expires_at" in answer) for answer in answers] == [("image", False), ("video", False), ("image", True)]
    for answer in answers:
        described.assert_fits(answer, schema(described, "uploadFile"))
    for name in ("listFiles", "getStatistics"):
        described.assert_fits(json.loads(shell(ready[name], tmp_path)), schema(described, name))
    path = answers[0]["url"].removeprefix(site.url)
    shell(ready["getThumbnail"].replace(PICTURE, path), tmp_path)
    assert pictures.size_of((tmp_path / "thumbnail.jpg").read_bytes()) == (300, 200)
    deleted = json.loads(shell(ready["deleteFile"].replace(HASH, answers[0]["del"].partition("hash=")[2]), tmp_path))
    described.assert_fits(deleted, schema(described, "deleteFile"))
    described.assert_fits(json.loads(shell(ready["deleteFile"], tmp_path)), schema(described, "deleteFile", 404))
    described.assert_fits(json.loads(shell(ready["uploadWithToken"], tmp_path)), schema(described, "uploadWithToken"))
    with site.setting(public_numbers="on"):
        assert shell(ready["getNumber"], tmp_path).isdigit()


def test_shell_samples_of_resumable_uploads(site, client, described, page, tmp_path):
    (tmp_path / "video.mp4").write_bytes(videos.sample("mp4"))
    ready = {name: text.replace("your-api-key", site.key) for name, text in samples(page, "curl").items()}
    begun = shell(ready["createUpload"], tmp_path)
    assert begun.startswith("HTTP/1.1 201")
    upload = re.search(r"(?i)^location: .*id=(\S+)", begun, re.M)[1]
    ready = {name: text.replace("UPLOAD-ID", upload) for name, text in ready.items()}
    assert re.search(r"(?im)^upload-offset: 0\r?$", shell(ready["getUploadOffset"], tmp_path))
    described.assert_fits(json.loads(shell(ready["getUploadOutcome"], tmp_path)), schema(described, "getUploadOutcome"))
    assert shell(ready["continueUpload"], tmp_path).startswith("HTTP/1.1 204")
    stored = json.loads(shell(ready["getUploadOutcome"], tmp_path))
    described.assert_fits(stored, schema(described, "getUploadOutcome"))
    assert stored["state"] == "stored" and client.get(stored["url"]).content == videos.sample("mp4")
    assert shell(ready["removeUpload"], tmp_path).startswith("HTTP/1.1 204")


def test_shell_samples_of_json_files(site, described, page, tmp_path):
    key = new_key("sample")
    ready = {name: text.replace("your-api-key", site.key).replace("user_settings", key) for name, text in samples(page, "curl").items()}
    fits = lambda name, value: described.assert_fits(value, schema(described, name))  # noqa: E731
    fits("pushJSON", json.loads(shell(ready["pushJSON"], tmp_path)))
    # Two devices change the theme without knowing of each other.
    Device(site, "device_001").pushed(key, {"theme": "light", "language": "zh-CN"})
    answer = Device(site, "device_002").pushed(key, {"theme": "blue", "language": "en"})
    assert answer["conflict"] is True
    latest, updates = values(shell(ready["pullJSON"], tmp_path))
    assert latest["current_version"] == 3 and [each["version"] for each in updates["updates"]] == [3]
    for value in (latest, updates):
        fits("pullJSON", value)
    for name in ("listVersions", "getVersion", "listDevices", "changeDevice", "listConflicts"):
        fits(name, json.loads(shell(ready[name], tmp_path)))
    resolved, again = values(shell(ready["resolveConflict"].replace('"id": 1', f'"id": {answer["conflict_id"]}'), tmp_path))
    fits("resolveConflict", resolved)
    described.assert_fits(again, schema(described, "resolveConflict", 409))
    fits("deleteJSON", json.loads(shell(ready["deleteJSON"], tmp_path)))


def test_python_samples(site, page, tmp_path):
    content = pictures.still("png", 100, 200)
    (tmp_path / "example.png").write_bytes(content)
    for name, text in samples(page, "python").items():
        done = subprocess.run([sys.executable, "-c", text.replace("your-api-key", site.key)], cwd=tmp_path, capture_output=True, text=True,
                              check=True, timeout=300)
        lines = done.stdout.splitlines()
        if name == "uploadFile":
            assert lines[0].startswith(f"文件地址: {site.url}/uploads/") and lines[2].startswith(f"删除链接: {site.url}/application/del.php?hash=")
            assert requests.get(lines[0].partition(": ")[2], timeout=120).content == content
        elif name == "listFiles":
            assert re.fullmatch(r"总数: \d+", lines[0])
        else:
            assert "'success': True" in lines[0], name


def test_the_form_of_the_page(site, described, page):
    form = samples(page, "html")["uploadFile"]
    action, method, kind = re.search(r'<form action="([^"]*)" method="([^"]*)" enctype="([^"]*)">', form).groups()
    assert (action, method, kind) == (f"{site.url}/api/v1/upload.php", "post", "multipart/form-data")
    assert re.findall(r'<input type="(\w+)"(?: name="(\w+)")?', form) == [("file", "image"), ("text", "token"), ("submit", "")]
    answer = requests.post(action, files={"image": ("a.jpg", pictures.jpeg())}, data={"token": site.key}, timeout=120)
    described.assert_described(answer, "/api/v1/upload.php")


@pytest.mark.parametrize("language, words", [("zh-CN", "错误码"), ("zh-TW", "錯誤碼"), ("en", "Errors")])
def test_languages(site, language, words):
    text = requests.get(f"{site.url}{PAGE}?lang={language}", timeout=120).text
    assert f'<html lang="{language}"' in text and words in text
    if language == "en":
        # What is sent as it is, and the names of the languages.
        rest = re.sub(r"<pre data-example.*?</pre>|<code>.*?</code>|lang=\"zh.*?</a>|hreflang=\"zh.*?>", "", text, flags=re.S)
        assert set(re.findall(r"[\u4e00-\u9fff]+", rest)) <= {"简体", "繁體"}


def test_trial_forms(site, client):
    """Each leads to its operation's path, and no form without a body has a field for a key that would come into its address."""
    text = client.get(PAGE).text
    forms = re.findall(r'<form class="stacked trial" method="(\w+)" action="([^"]*)" data-method="(\w+)"(.*?)</form>', text, re.S)
    assert len(forms) == len([name for name in samples(text, "curl") if "Upload" not in name])
    for method, action, _, rest in forms:
        assert action.startswith(site.prefix + "/api") or action.startswith(site.prefix + "/application/")
        assert method == "post" or 'name="token"' not in rest
    answer = Client(site).request("POST", "/api/v1/upload.php", files={"image": ("a.jpg", pictures.jpeg())}, data={"token": client.key})
    assert answer.status_code == 200
