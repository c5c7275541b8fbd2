# The settings for other programs on the account's page, with a pasted key and otherwise as they stand, and programs that do with them what the
# real ones do. The numbers at the tests are those of the design's acceptance checks.

import json
import pathlib
import re
import subprocess
import sys

import pytest
import requests
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import accounts  # noqa: E402
import pictures  # noqa: E402
from running_site import Site, until  # noqa: E402

PHOTO = pictures.photograph(320, 200)
NAME = '照片 "a" \\ b.jpg'


@pytest.fixture(scope="module")
def site():
    with Site(options=["--web", "nginx"]) as running:
        running.session = accounts.session_of(running, "anna")
        running.key = json.loads(running.imagebed("key", "create", "--user", "anna", "--name", "clients", "--json").stdout)["key"]
        yield running


def open_account(site, browser):
    for name, value in {"lang": "zh-CN", **site.session}.items():
        browser.tell("Network.setCookie", name=name, value=value, url=site.url + "/", httpOnly=True)
    browser.open(site.url + "/user/index.php")
    browser.wait("document.documentElement.classList.contains('js')")
    browser.run("for (const fold of document.querySelectorAll('#clients details')) fold.open = true")
    browser.driver.find_element(By.ID, "client-key").send_keys(site.key)


@pytest.fixture(scope="module")
def texts(site, chromium):
    """What a person copies, by the program's id."""
    open_account(site, chromium)
    return chromium.run("return Object.fromEntries([...document.querySelectorAll('textarea[data-client]')].map(one => [one.id.slice(7), one.value]))")


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(PHOTO)
    return path


def lines(text):
    """"Name: value" on each line."""
    return dict(re.fullmatch(r"([^:]+): (.*)", line).groups() for line in text.splitlines())


def post(address, headers, field, path, fields=None):
    with open(path, "rb") as file:
        return requests.post(address, headers=headers, files={field: (path.name, file, "image/jpeg")}, data=fields, timeout=120)


def arrived(url):
    return requests.get(url, timeout=120).content == PHOTO


# ShareX (https://getsharex.com/docs/custom-uploader)

def share_x(settings, path):
    """What ShareX makes of an upload: the answer, and what it reads out of it."""
    assert settings["RequestMethod"] == "POST" and settings["Body"] == "MultipartFormData"
    assert set(settings["DestinationType"].split(", ")) <= {"ImageUploader", "TextUploader", "FileUploader", "URLShortener", "URLSharingService"}
    answer = post(settings["RequestURL"], settings["Headers"], settings["FileFormName"], path)
    read = lambda text: re.sub(r"\{json:(\w+)\}", lambda found: str(answer.json().get(found[1], "")), text)  # noqa: E731
    return answer, {name: read(settings[name]) for name in ["URL", "ThumbnailURL", "DeletionURL", "ErrorMessage"]}


def test_11_share_x(site, browser, photo, tmp_path):
    """The file that the page gives, imported and played."""
    open_account(site, browser)
    browser.tell("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.driver.find_element(By.CSS_SELECTOR, "#clients button[data-file]").click()
    assert until(lambda: list(tmp_path.glob("*.sxcu")))
    [path] = tmp_path.glob("*.sxcu")
    settings = json.loads(until(path.read_text))
    assert set(settings) == {"Version", "Name", "DestinationType", "RequestMethod", "RequestURL", "Headers", "Body", "FileFormName", "URL",
                             "ThumbnailURL", "DeletionURL", "ErrorMessage"}
    answer, read = share_x(settings, photo)
    assert answer.status_code == 200 and arrived(read["URL"]) and read["ErrorMessage"] == ""
    assert pictures.size_of(requests.get(read["ThumbnailURL"], timeout=120).content) == (258, 258)
    assert requests.get(read["DeletionURL"], timeout=120).status_code == 200 and requests.get(read["URL"], timeout=120).status_code == 404
    refused, read = share_x({**settings, "Headers": {"X-API-Key": "wrong"}}, photo)
    assert refused.status_code == 401 and read["ErrorMessage"] == "Invalid API key" and read["URL"] == ""


def test_11_share_x_without_scripts(site):
    """The same file, with the placeholder instead of a key, which is not sent."""
    session = requests.Session()
    session.cookies.update(site.session)
    page = session.get(site.url + "/user/index.php", timeout=120).text
    token = re.search(r'name="form_token" value="([0-9a-f]+)"', page)[1]
    answer = session.post(site.url + "/user/index.php", data={"action": "settings", "form_token": token, "client": "sharex", "key": "YOUR-KEY"}, timeout=120)
    assert answer.headers["Content-Disposition"].startswith("attachment") and "imagebed.sxcu" in answer.headers["Content-Disposition"]
    assert answer.json()["Headers"] == {"X-API-Key": "YOUR-KEY"}


# PicGo and PicList with the plugin web-uploader (https://github.com/yuki-xin/picgo-plugin-web-uploader)

def test_11_picgo(texts, photo):
    settings = json.loads("{" + texts["picgo"] + "}")["web-uploader"]
    headers, fields = (json.loads(settings[name] or "{}") for name in ["customHeader", "customBody"])
    answer = post(settings["url"], headers, settings["paramName"], photo, fields).json()
    for part in settings["jsonPath"].split("."):
        answer = answer[part]
    assert arrived(answer)


# uPic (custom host), Obsidian's plugin Image Uploader, iOS shortcuts: fields that a person fills in

def test_11_upic(texts, photo):
    settings = lines(texts["upic"])
    assert set(settings) == {"API URL", "Method", "File field", "Headers", "URL path"} and settings["Method"] == "POST"
    answer = post(settings["API URL"], json.loads(settings["Headers"]), settings["File field"], photo).json()
    for part in json.loads(settings["URL path"]):
        answer = answer[part]
    assert arrived(answer)


def test_11_obsidian(texts, photo):
    settings = lines(texts["obsidian"])
    assert set(settings) == {"Api Endpoint", "Upload Header", "Upload Body", "Image Url Path"}
    [(field, value)] = json.loads(settings["Upload Body"]).items()
    assert value == "$FILE"
    answer = post(settings["Api Endpoint"], json.loads(settings["Upload Header"]), field, photo)
    assert arrived(answer.json()[settings["Image Url Path"]])


def test_11_shortcut(texts, photo):
    *first, last = texts["shortcut"].splitlines()
    settings = lines("\n".join(first))
    assert (settings["Method"], settings["Request Body"]) == ("POST", "Form")
    name, key = settings["Headers"].split(" = ")
    assert last == "image = File (Shortcut Input)"
    assert arrived(post(settings["URL"], {name: key}, "image", photo).json()["url"])


# Twikoo (https://twikoo.js.org), which takes the site for the replaced program

def test_11_twikoo(texts, photo):
    settings = lines(texts["twikoo"])
    assert settings["IMAGE_CDN"] == "easyimage"
    answer = post(settings["IMAGE_CDN_URL"], {}, "image", photo, {"token": settings["IMAGE_CDN_TOKEN"]}).json()
    assert (answer["code"], answer["result"]) == (200, "success") and arrived(answer["url"])


# What runs as it stands

def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=300).stdout


def test_11_typora(texts, photo, tmp_path):
    """The custom command gets the paths of all pictures, and its last lines are their addresses."""
    script, other = tmp_path / "upload.sh", tmp_path / "b.jpg"
    script.write_text(texts["typora"])
    script.chmod(0o755)
    other.write_bytes(PHOTO)
    urls = run([script, photo, other], tmp_path).splitlines()
    assert len(urls) == 2 and all(map(arrived, urls))


def test_11_curl(texts, tmp_path):
    (tmp_path / "picture.jpg").write_bytes(PHOTO)
    assert arrived(json.loads(run(["sh", "-c", texts["curl"]], tmp_path))["url"])


def test_11_python(texts, tmp_path):
    (tmp_path / "picture.jpg").write_bytes(PHOTO)
    assert arrived(run([sys.executable, "-c", texts["python"]], tmp_path).strip())


def test_11_javascript(texts, browser, tmp_path):
    """On a page of another site."""
    (tmp_path / "a.jpg").write_bytes(PHOTO)
    (tmp_path / "page.html").write_text(f'''<!DOCTYPE html><meta charset="utf-8"><title>x</title><input type="file"><button>go</button><script>
        const told = [];
        console.log = (...words) => told.push(words.join(" "));
        document.querySelector("button").onclick = async () => {{ {texts["javascript"]} }};
        </script>''')
    browser.open(f"file://{tmp_path}/page.html")
    browser.driver.find_element(By.CSS_SELECTOR, "input").send_keys(str(tmp_path / "a.jpg"))
    browser.driver.find_element(By.CSS_SELECTOR, "button").click()
    assert arrived(browser.wait("told[0]", seconds=60))
