# The disk refuses in the middle of a deletion: the answer says so, the log says what to do, and the next call finishes it.

import subprocess

import pytest

import engines
import pictures
from accounts import form_token, session_of
from answers import assert_json, error
from client import Client

UNFINISHED = "Deletion not finished, call this link again"


class Stuck:
    """An uploaded picture that cannot go, for a folder has its name: permissions do not hold root back, this does."""

    def __init__(self, site):
        self.site = site
        self.answer = Client(site).uploaded(pictures.jpeg(300, 200))
        self.file = site.stored(self.answer["url"])
        self.path = self.answer["url"].partition("/uploads/")[2]
        self.recycled = site.data / "recycle" / self.path.replace("/", "_")
        self.aside = site.folder / self.file.name
        self.file.rename(self.aside)
        self.file.mkdir()

    def repair(self):
        self.file.rmdir()
        self.aside.rename(self.file)

    @property
    def state(self):
        return [state for state, in self.site.query("SELECT state FROM file WHERE id = ?", self.answer["id"])]

    def told(self):
        """The lines of the log that speak of it."""
        return [line for line in self.site.transcript().splitlines() if self.path in line and "not finished" in line]


@pytest.fixture
def stuck(site):
    return Stuck(site)


def failed(stuck):
    return {**error(500, UNFINISHED), "msg": "删除未完成,请再试一次", "type": "danger", "icon": "exclamation-sign", "mode": "delete",
            "url": "/uploads/" + stuck.path}


def test_the_link_finishes_what_it_began(client, site, stuck):
    for _ in range(2):
        assert_json(client.get(stuck.answer["del"]), 500, failed(stuck))
    assert stuck.state == [1] and len(stuck.told()) == 2
    assert stuck.path not in [row["file_path"] for row in client.list(per_page=100).json()["data"]]
    stuck.repair()
    assert client.get(stuck.answer["del"]).json()["message"] == "File deleted successfully"
    assert client.get(stuck.answer["url"]).status_code == 404
    assert stuck.state == [2] and stuck.recycled.exists()
    assert client.get(stuck.answer["del"]).status_code == 404


def test_without_a_recycle_bin(client, site, stuck):
    """What was to be removed for good is, whoever finishes it."""
    with site.setting(recycle="off"):
        assert_json(client.get(stuck.answer["del"]), 500, failed(stuck))
    stuck.repair()
    report = site.imagebed("gc")
    assert report.returncode == 0 and stuck.state == [] and not stuck.recycled.exists() and not stuck.file.exists()


def test_in_the_old_dialect(client, site, stuck):
    token = stuck.answer["del"].partition("?hash=")[2]
    response = client.get(f"/app/del.php?hash={token}")
    assert response.status_code == 200 and len(stuck.told()) == 1
    assert response.json() == {**{key: value for key, value in failed(stuck).items() if key not in ("result", "detail")}, "result": "error"}
    stuck.repair()
    assert client.get(f"/app/del.php?hash={token}").json()["msg"] == "删除成功"
    assert stuck.state == [2]


@pytest.mark.parametrize("mode, states", [("delete", []), ("recycle", [2])])
def test_an_administrator_finishes_it(client, site, stuck, mode, states):
    """By the button of a page, whoever began."""
    cookies = session_of(site, site.first_run["ADMIN_USER"], "admin")

    def press():
        return client.request("POST", "/app/del.php", cookies=cookies, data={
            "url": "/uploads/" + stuck.path, "mode": mode, "form_token": form_token(cookies)}).json()

    assert_json(client.get(stuck.answer["del"]), 500, failed(stuck))
    assert (press()["code"], press()["msg"]) == (500, "删除未完成,请再试一次")
    stuck.repair()
    assert press()["code"] == 200 and stuck.state == states
    assert stuck.recycled.exists() == (mode == "recycle")


def test_it_keeps_no_responder_from_starting(new_site):
    site = new_site()
    stuck, client = Stuck(site), Client(site)
    other = client.uploaded(pictures.jpeg())
    assert client.get(stuck.answer["del"]).status_code == 500
    site.stop()
    site.query("UPDATE file SET state = 1, deleted_at = 1 WHERE id = ?", other["id"])
    site.start()
    assert client.upload(pictures.jpeg()).status_code == 200 and client.list().status_code == 200
    assert site.query("SELECT state FROM file WHERE id = ?", other["id"]) == [(2,)] and client.get(other["url"]).status_code == 404
    assert stuck.told() and stuck.state == [1]
    report = site.imagebed("gc", check=False)
    assert report.returncode == 1 and stuck.path in report.stderr
    stuck.repair()
    site.stop()
    site.start()
    assert client.upload(pictures.jpeg()).status_code == 200
    assert stuck.state == [2]


@engines.of_one_node("the log names a folder of the node that was asked")
def test_the_log_says_what_to_do(new_site):
    site = new_site()
    client = Client(site)
    answer = client.uploaded(pictures.jpeg())
    folder = site.stored(answer["url"]).parent
    if subprocess.run(["chattr", "+i", folder], capture_output=True).returncode:
        pytest.skip("needs a file system with the immutable flag")
    try:
        assert client.get(answer["del"]).status_code == 500
    finally:
        subprocess.run(["chattr", "-i", folder], check=True)
    assert f"chown -R root '{folder}'" in site.transcript()
    assert client.get(answer["del"]).status_code == 200 and client.get(answer["url"]).status_code == 404
