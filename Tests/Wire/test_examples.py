# The API page's own examples, unchanged but for host and key: programs in the wild were written from them.

import json
import re
import subprocess
import sys
import time

import pictures
import raw
import videos
from answers import CREATED_AT, assert_json
from client import served

# The page's lines; only these two are replaced.
PAGE_HOST = "https://pic.us.wizs.vip"
PAGE_KEY = "your-api-key"

CURL_TOKEN = r'''curl -X POST "https://pic.us.wizs.vip/api/v1/upload.php" \
  -F "image=@image.png" \
  -F "token=your-api-key"'''

CURL_HEADER = r'''curl -X POST "https://pic.us.wizs.vip/api/v1/upload.php" \
  -H "X-API-Key: your-api-key" \
  -F "file=@image.png"'''

CURL_VIDEO = r'''curl -X POST "https://pic.us.wizs.vip/api/v1/upload.php" \
  -H "X-API-Key: your-api-key" \
  -F "file=@video.mp4"'''

CURL_DELETE = r'''curl "https://pic.us.wizs.vip/application/del.php?hash=HASH"'''

PYTHON_SHORT = '''import requests

url = 'https://pic.us.wizs.vip/api/v1/upload.php'
token = 'your-api-key'

files = {'image': ('example.jpg', open('example.jpg', 'rb'))}
data = {'token': token}

response = requests.post(url, files=files, data=data)
result = response.json()

if result['result'] == 'success':
    print('文件地址:', result['url'])
    print('缩略图:', result['thumb'])
    print('删除链接:', result['del'])
'''

PYTHON_LONG = '''import requests

# 上传图片
upload_url = 'https://pic.us.wizs.vip/api/v1/upload.php'
token = 'your-api-key'
image_path = './example.png'

with open(image_path, 'rb') as f:
    files = {'image': (image_path, f)}
    data = {'token': token}
    response = requests.post(upload_url, files=files, data=data)
    result = response.json()

if result['result'] == 'success':
    print('文件地址:', result['url'])
    print('缩略图:', result['thumb'])
    print('删除链接:', result['del'])
else:
    print('上传失败:', result['error'])

# 获取文件列表
list_url = 'https://pic.us.wizs.vip/api/v1/list.php'
params = {'page': 1, 'per_page': 10}
response = requests.get(list_url, params=params)
images = response.json()
print('总数:', images['pagination']['total'])
'''


def ours(example, site):
    return example.replace(PAGE_HOST, site.url).replace(PAGE_KEY, site.key)


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=300,
                          shell=isinstance(command, str)).stdout


def assert_uploaded(site, client, answer, content, name, kind):
    """The whole answer for a picture, and its bytes at its URL."""
    month = time.strftime("%Y/%m")
    extension = pictures.EXTENSION.get(kind, kind)
    assert re.fullmatch(rf"{re.escape(site.url)}/uploads/{month}/[0-9a-z]{{12}}\.{extension}", answer["url"])
    path = answer["url"].removeprefix(site.url)
    width, height = pictures.size_of(content)
    assert list(answer)[:9] == ["result", "code", "url", "srcName", "thumb", "width", "height", "file_size", "del"]
    assert answer == {
        "result": "success", "code": 200, "url": site.url + path, "srcName": name,
        "thumb": site.url + "/application/thumb.php?img=" + path, "width": width, "height": height, "file_size": len(content),
        "del": answer["del"], "type": "image", "id": answer["id"], "mime": pictures.MIME[kind], "sha256": sha256(content),
    }
    assert re.fullmatch(rf"{re.escape(site.url)}/application/del\.php\?hash=[A-Za-z0-9_-]{{40,}}", answer["del"])
    assert served(client, answer["url"])[2] == content


def sha256(content):
    import hashlib
    return hashlib.sha256(content).hexdigest()


def test_curl_examples(site, client, tmp_path):
    content = pictures.still("png", 192, 108)
    (tmp_path / "image.png").write_bytes(content)
    for example in [CURL_TOKEN, CURL_HEADER]:
        answer = json.loads(run(ours(example, site), tmp_path))
        assert_uploaded(site, client, answer, content, "image.png", "png")


def test_curl_video_example(site, client, tmp_path):
    content = videos.sample("mp4")
    (tmp_path / "video.mp4").write_bytes(content)
    answer = json.loads(run(ours(CURL_VIDEO, site), tmp_path))
    assert re.fullmatch(rf"{re.escape(site.url)}/uploads/videos/{time.strftime('%Y/%m')}/[0-9a-z]{{12}}\.mp4", answer["url"])
    assert answer == {
        "result": "success", "code": 200, "url": answer["url"], "srcName": "video.mp4", "type": "video",
        "duration": answer["duration"], "duration_formatted": "0:02", "file_size": len(content), "del": answer["del"],
        "id": answer["id"], "mime": "video/mp4", "sha256": sha256(content),
    }
    assert abs(answer["duration"] - videos.SECONDS) < 0.2
    assert served(client, answer["url"])[2] == content


def test_curl_delete_example(site, client):
    answer = client.uploaded(pictures.jpeg(seed=3))
    token = answer["del"].partition("hash=")[2]
    told = json.loads(run(ours(CURL_DELETE, site).replace("HASH", token), "/"))
    assert {key: told[key] for key in ["result", "code", "message"]} == {
        "result": "success", "code": 200, "message": "File deleted successfully"}


def test_python_examples(site, client, tmp_path):
    jpeg, png = pictures.jpeg(200, 100), pictures.still("png", 100, 200)
    (tmp_path / "example.jpg").write_bytes(jpeg)
    (tmp_path / "example.png").write_bytes(png)
    for example, content in [(PYTHON_SHORT, jpeg), (PYTHON_LONG, png)]:
        lines = run([sys.executable, "-c", ours(example, site)], tmp_path).splitlines()
        assert lines[0].startswith(f"文件地址: {site.url}/uploads/")
        assert lines[1].startswith(f"缩略图: {site.url}/application/thumb.php?img=/uploads/")
        assert lines[2].startswith(f"删除链接: {site.url}/application/del.php?hash=")
        assert served(client, lines[0].partition(": ")[2])[2] == content
    assert lines[3] == f"总数: {client.list().json()['pagination']['total']}"


def test_html_form_example(site, client):
    """`<form … enctype="multipart/form-data">` with a file and a token, byte for byte as Chromium sends it."""
    content = pictures.jpeg(160, 90)
    body = raw.form([raw.part("image", content, "holiday photo.jpg", "image/jpeg"), raw.part("token", site.key)])
    answer = client.raw(raw.request("POST", site.prefix + "/api/v1/upload.php", [
        "Cache-Control: max-age=0", "Upgrade-Insecure-Requests: 1", "Origin: null", raw.form_type(),
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Mode: navigate", "Sec-Fetch-User: ?1", "Sec-Fetch-Dest: document", "Accept-Encoding: gzip, deflate, br",
        "Accept-Language: zh-CN,zh;q=0.9"], body))
    assert answer.status == 200
    assert_uploaded(site, client, answer.json(), content, "holiday photo.jpg", "jpeg")



def test_javascript_example(site, client):
    """jQuery's `FormData` upload from a page of another origin: preflight is not needed, the answer must be readable."""
    response = client.upload(pictures.jpeg(), headers={"Origin": "https://blog.example.org", "X-Requested-With": "XMLHttpRequest"})
    assert_json(response, 200, response.json())


def test_list_example(site, client):
    answer = client.uploaded(pictures.jpeg(), "image.jpg")
    response = client.get("/api/v1/list.php?page=1&per_page=10&order_by=created_at&order_dir=DESC")
    body = response.json()
    assert list(body) == ["success", "data", "pagination", "next_cursor"]
    newest = body["data"][0]
    assert list(newest)[:9] == ["id", "filename", "original_name", "file_path", "file_size", "width", "height", "views", "created_at"]
    path = answer["url"].partition("/uploads/")[2]
    assert newest == {
        "id": answer["id"], "filename": path.rpartition("/")[2], "original_name": "image.jpg", "file_path": path,
        "file_size": answer["file_size"], "width": 64, "height": 48, "views": 0, "created_at": newest["created_at"],
        "type": "image", "mime": "image/jpeg", "url": answer["url"], "thumb": answer["thumb"],
    }
    assert CREATED_AT.fullmatch(newest["created_at"])
    assert_json(response, 200, body)
