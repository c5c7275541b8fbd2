# A whole round: the sample install taken over, used by its old clients, and given back to PHP with what they did.

import hashlib
import json
import re

import pictures
from old_forms import API, OldClient
from old_site import SAMPLE, TOKENS


def test_tokens_work_as_they_did(old_site):
    picture = pictures.jpeg(64, 48)
    answers = {number: OldClient(old_site, token).api(picture).json() for number, token in TOKENS.items()}
    assert [(answer["code"], answer.get("id"), answer["message"]) for answer in answers.values()] == [
        (200, 0, "success"), (203, None, "Token Expired"), (200, 2, "success")]
    assert answers[2]["url"].endswith("-2.jpg") and answers[2]["url"].startswith(f"{old_site.url}/i/")
    # PHP finds the file where it looks for it.
    stored = old_site.stored_file(answers[2]["url"].removeprefix(old_site.url))
    assert stored.read_bytes() == picture


def test_a_new_upload_is_in_the_exported_log(old_site):
    picture = pictures.jpeg(66, 44)
    answer = OldClient(old_site, TOKENS[2]).api(picture, "new one.jpg").json()
    out = old_site.folder / "out"
    report = json.loads(old_site.imagebed("export", "easyimages", str(out), "--json").stdout)
    path = answer["url"].removeprefix(old_site.url)
    log = next(out.glob(f"admin/logs/upload/{path[3:10].replace('/', '-')}.php")).read_text()
    entry = log[log.index(f"'{path.rpartition('/')[2]}'=>Array"):]
    fields = dict(re.findall(r"'(\w+)'=>(.*?),?\n", entry.partition("\t\t)")[0]))
    date = fields.pop("date")
    assert re.fullmatch(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d'", date)
    assert int(fields.pop("port")) > 0 and "requests" in fields.pop("user_agent").lower()
    assert fields == {"source": "'new one.jpg'", "ip": "'127.0.0.1'", "path": f"'{path}'", "size": f"'{size(len(picture))}'",
                      "md5": f"'{hashlib.md5(picture).hexdigest()}'", "checkImg": "'OFF'", "from": "2"}
    # The others are as they were; the address is the test's own.
    assert (out / "config/api_key.php").read_bytes() == (SAMPLE / "config/api_key.php").read_bytes()
    assert report["settings"] == ["domain", "imgurl"]


def test_a_deleted_upload_keeps_its_line(old_site):
    """It lies in the recycle bin, from which PHP can bring it back."""
    old = OldClient(old_site, TOKENS[2])
    answer = old.api(pictures.jpeg(67, 44), "gone again.jpg").json()
    assert old.get(answer["del"]).json()["code"] == 200
    out = old_site.folder / "out-deleted"
    old_site.imagebed("export", "easyimages", str(out))
    log = "".join(path.read_text() for path in out.glob("admin/logs/upload/*.php"))
    assert "'source'=>'gone again.jpg'" in log and answer["url"].removeprefix(old_site.url) in log


def test_links_that_php_cannot_serve_are_listed(old_site):
    """A line for each upload of this site, with the link that its sender has; none for what was imported."""
    answer = OldClient(old_site, TOKENS[2]).api(pictures.jpeg(68, 44), "listed.jpg").json()
    report = json.loads(old_site.imagebed("export", "links", "--hidden", "--json").stdout)
    with open(report["file"]) as list_:
        head, *rows = [line.rstrip("\n").split("\t") for line in list_]
    path = answer["url"].removeprefix(old_site.url)
    assert head == ["link", "address", "file", "owner", "created"] and len(rows) == report["links"]
    delete, hidden = [row for row in rows if row[2] == path]
    assert delete[0] == "delete" and delete[1].partition("hash=")[2] == answer["del"].partition("hash=")[2]
    assert hidden[0] == "hidden" and hidden[1].startswith(f"{old_site.url}/app/hide.php?key=")
    # Both do what they say, as long as this site answers.
    old = OldClient(old_site, TOKENS[2])
    assert old.get(hidden[1]).status_code == 200 and old.get(delete[1]).json()["code"] == 200
    old_site.imagebed("export", "links")
    with open(report["file"]) as list_:
        assert path not in list_.read()


def size(count):
    return f"{count}bytes" if count <= 1024 else f"{round(count / 1024, 2):g}KB"
