"""`imagebed user role|quota|delete` and `imagebed file …` on a site that runs."""

import json

import pytest

import pictures
from client import Client
from command_line import anna, empty, FAILED, NOT_FOUND, site, USAGE  # noqa: F401 (fixtures)
from running_site import Site
from test_login import add_user


# Roles, quotas, the end

def test_roles(anna):  # noqa: F811
    assert "last admin" in anna.run("user", "role", "anna", "user", code=FAILED).stderr
    anna.run("user", "add", "bob")
    assert anna.json("user", "role", "bob", "admin")["role"] == "admin"
    assert anna.run("user", "role", "anna", "user").stdout == "anna is a user now\n"
    assert [account["role"] for account in anna.json("user", "list")] == ["user", "admin"]
    anna.run("user", "role", "bob", "god", code=USAGE)
    anna.run("user", "role", "nobody", "user", code=NOT_FOUND)


def test_metrics_are_for_administrators_keys(anna):  # noqa: F811
    anna.run("user", "add", "bob")
    for scopes in ["metrics", "upload,metrics"]:
        told = anna.run("key", "create", "--user", "bob", "--scopes", scopes)
        assert "bob is no administrator, so this key does not open the metrics" in told.stderr and told.stdout.count("\n") == 1
        assert "no administrator" not in anna.run("key", "create", "--user", "anna", "--scopes", scopes).stderr
    assert "no administrator" not in anna.run("key", "create", "--user", "bob", "--scopes", "upload,read").stderr


def test_quotas(anna):  # noqa: F811
    assert anna.json("user", "quota", "anna") == {"name": "anna", "bytes": 0, "byte_limit": None, "files": 0, "file_limit": None}
    assert anna.json("user", "quota", "anna", "--bytes", "10GB", "--files", "300")["byte_limit"] == 10 << 30
    assert anna.json("user", "quota", "anna", "--files", "0") == {"name": "anna", "bytes": 0, "byte_limit": 10 << 30, "files": 0, "file_limit": 0}
    assert anna.run("user", "quota", "anna", "--bytes", "none").stdout.split("\n")[1:3] == ["bytes  0     none", "files  0     0"]
    for wrong in [["--bytes", "much"], ["--files", "-1"], ["--files", "1.5"], ["--bytes", "9999999999999GB"], ["--bytes", "2000000GB"]]:
        anna.run("user", "quota", "anna", *wrong, code=USAGE)
    anna.run("user", "quota", "nobody", code=NOT_FOUND)
    assert anna.json("user", "list")[0]["file_limit"] == 0


def test_the_last_admin_is_not_deleted(anna):  # noqa: F811
    assert "last admin" in anna.run("user", "delete", "anna", "--with-files", code=FAILED).stderr
    assert anna.json("user", "list")[0]["disabled_at"] is None
    anna.run("user", "delete", "nobody", code=NOT_FOUND)


def test_admins_with_an_end(anna):  # noqa: F811
    """An admin that ends earlier is no other one, and the doctor tells when nobody is left."""
    def accounts():
        return next(finding for finding in anna.json("doctor") if finding["subject"] == "accounts")

    anna.run("user", "add", "bob", "--role", "admin")
    anna.sql("UPDATE account SET expires_at = 4000000000 WHERE name = 'bob'")
    for command in [["role", "anna", "user"], ["disable", "anna"], ["delete", "anna"]]:
        assert "first make another one, whose account ends no earlier" in anna.run("user", *command, code=FAILED).stderr
    assert accounts()["says"] == "admin: anna, bob"
    anna.sql("UPDATE account SET expires_at = 3000000000 WHERE name = 'anna'")
    assert accounts()["level"] == "warning" and accounts()["says"].startswith("nobody can administer the site after 2096-10-02")
    anna.run("user", "disable", "anna")
    anna.sql("UPDATE account SET expires_at = 1000000000 WHERE name = 'bob'")
    assert accounts()["says"] == "nobody can administer the site" and "user add" in accounts()["advice"]


# Files

@pytest.fixture(scope="module")
def running():
    with Site() as site:  # noqa: F811
        yield site


def told(site, *arguments):  # noqa: F811
    return json.loads(site.imagebed(*arguments, "--json").stdout)


def test_an_account_goes_with_its_files(running):
    add_user(running, "leaver", "user")
    client = Client(running, running.imagebed("key", "create", "--user", "leaver").stdout.strip())
    own = client.uploaded(pictures.photograph(40, 30, 1))
    other = Client(running).uploaded(pictures.photograph(40, 30, 2))
    assert told(running, "user", "delete", "leaver", "--with-files") == {"name": "leaver", "deleted": True, "files": 1}
    assert client.get(own["url"]).status_code == 404 and client.get(other["url"]).status_code == 200
    assert client.upload(pictures.photograph(40, 30, 3)).status_code == 401
    assert running.imagebed("user", "quota", "leaver", check=False).returncode == NOT_FOUND


def test_files_are_listed(running):
    add_user(running, "lister", "user")
    client = Client(running, running.imagebed("key", "create", "--user", "lister").stdout.strip())
    ids = [client.uploaded(pictures.photograph(40, 30, 10 + number), f"名 {number}.jpg")["id"] for number in range(3)]
    Client(running).uploaded(pictures.photograph(40, 30, 20))
    assert [file["id"] for file in told(running, "file", "list", "--user", "lister")] == ids[::-1]
    assert [file["id"] for file in told(running, "file", "list", "--user", "lister", "--limit", "1", "--before", str(ids[2]))] == [ids[1]]
    assert told(running, "file", "list", "--limit", "1")[0]["account"] != "lister"
    assert "名 2.jpg" in running.imagebed("file", "list").stdout
    for wrong in [["--limit", "0"], ["--limit", "1001"], ["--before", "x"]]:
        assert running.imagebed("file", "list", *wrong, check=False).returncode == USAGE
    assert running.imagebed("file", "list", "--user", "nobody", check=False).returncode == NOT_FOUND


def test_files_are_searched(running):
    add_user(running, "searcher", "user")
    client = Client(running, running.imagebed("key", "create", "--user", "searcher").stdout.strip())
    photo = client.uploaded(pictures.photograph(40, 30, 60), "湖边 sunset.jpg")
    drawing = client.uploaded(pictures.still("png", 40, 30), "湖边.png")
    hidden = Client(running).uploaded(pictures.photograph(40, 30, 61), "湖边 secret.jpg")
    running.query("UPDATE file SET is_public = 0 WHERE id = ?", hidden["id"])
    ids = lambda *options: [file["id"] for file in told(running, "file", "list", *options)]  # noqa: E731
    assert ids("--search", "湖边") == [hidden["id"], drawing["id"], photo["id"]] and ids("--search", "SUNSET") == [photo["id"]]
    assert ids("--search", "湖边", "--user", "searcher", "--type", "png") == [drawing["id"]] and ids("--search", "湖边", "--type", "video") == []
    assert ids("--search", "湖边", "--limit", "1") == [hidden["id"]] and ids("--search", "湖边", "--before", str(drawing["id"])) == [photo["id"]]
    assert ids("--unlisted") == [hidden["id"]] and ids("--type", "image", "--unlisted", "--search", "湖边") == [hidden["id"]]
    running.imagebed("file", "delete", str(photo["id"]))
    assert ids("--search", "sunset") == [] and ids("--search", "sunset", "--recycled") == [photo["id"]]
    for wrong, said in [(["--search", "湖"], "2 characters"), (["--search", ""], "2 characters"), (["--type", "exe"], "an extension"), (["--type", ""], "an extension")]:
        done = running.imagebed("file", "list", *wrong, check=False)
        assert done.returncode == USAGE and said in done.stderr, done


@pytest.mark.parametrize("name", ["id", "path", "address", "url path"])
def test_a_file_by_each_of_its_names(running, name):
    stored = Client(running).uploaded(pictures.photograph(40, 30, 30), "shown.jpg")
    path = told(running, "file", "show", str(stored["id"]))["path"]
    operand = {"id": str(stored["id"]), "path": path, "address": stored["url"], "url path": stored["url"].removeprefix(running.url)}[name]
    shown = told(running, "file", "show", operand)
    assert (shown["id"], shown["url"], shown["name"], shown["bytes"]) == (stored["id"], stored["url"], "shown.jpg", stored["file_size"])
    assert shown["recycled"] is False and shown["account"] == "admin"


def test_a_file_goes_and_comes_back(running):
    client = Client(running)
    stored = client.uploaded(pictures.photograph(40, 30, 40))
    name = str(stored["id"])
    assert running.imagebed("file", "delete", stored["url"]).stdout.endswith("is in the recycle bin\n")
    assert client.get(stored["url"]).status_code == 404 and told(running, "file", "show", name)["recycled"] is True
    assert stored["id"] in [file["id"] for file in told(running, "file", "list", "--recycled")]
    assert "--for-good removes it" in running.imagebed("file", "delete", name, check=False).stderr
    assert told(running, "file", "restore", name)["done"] == "restore"
    assert client.get(stored["url"]).status_code == 200
    assert "not in the recycle bin" in running.imagebed("file", "restore", name, check=False).stderr
    running.imagebed("file", "delete", name)
    running.imagebed("file", "delete", name, "--for-good")
    assert running.imagebed("file", "show", name, check=False).returncode == NOT_FOUND


def test_a_file_gets_another_name(running):
    client = Client(running)
    stored = client.uploaded(pictures.photograph(40, 30, 50), "first.jpg")
    name = str(stored["id"])
    assert running.imagebed("file", "rename", name, "春.jpg").stdout.endswith('is called "春.jpg"\n')
    assert told(running, "file", "show", name)["name"] == "春.jpg"
    assert [row["original_name"] for row in client.list(q="春.jpg").json()["data"]] == ["春.jpg"]
    for wrong in ["", "a/b", "x" * 256, "a\nb"]:
        assert running.imagebed("file", "rename", name, wrong, check=False).returncode == USAGE
    running.imagebed("file", "delete", name)
    assert f"imagebed file restore {name}" in running.imagebed("file", "rename", name, "b.jpg", check=False).stderr


def test_a_file_is_replaced(running, tmp_path):
    client = Client(running)
    first, second = pictures.photograph(40, 30, 60), pictures.photograph(50, 20, 61)
    stored = client.uploaded(first, "shown.jpg")
    name = str(stored["id"])
    content = tmp_path / "new.jpg"
    content.write_bytes(second)
    assert "replace_files" in running.imagebed("file", "replace", name, content, check=False).stderr
    with running.setting(replace_files="on"):
        done = told(running, "file", "replace", name, content)
        assert done["done"] == "replaced" and client.get(stored["url"]).content == second
        shown = told(running, "file", "show", name)
        assert (shown["width"], shown["bytes"], shown["name"]) == (50, len(second), "shown.jpg")
        former = told(running, "file", "restore", str(done["former"]))
        assert former["path"] == done["former_path"] and client.get("/uploads/" + former["path"]).content == first
        assert told(running, "file", "replace", name, content)["done"] == "unchanged"
        content.write_bytes(pictures.still("png"))
        assert "image/png" in running.imagebed("file", "replace", name, content, check=False).stderr
        assert running.imagebed("file", "replace", name, tmp_path / "none", check=False).returncode == FAILED
        content.write_bytes(first)
        running.imagebed("file", "delete", name)
        assert "in the recycle bin" in running.imagebed("file", "replace", name, content, check=False).stderr


@pytest.mark.parametrize("name", ["999999", "no/such.jpg", "../../etc/passwd", "https://evil.example/i/a.jpg", "", "/uploads/none.jpg", "/uploads/../x", "%00"])
def test_no_such_file(running, name):
    for command in ["show", "delete", "restore"]:
        done = running.imagebed("file", command, name, check=False)
        assert (done.returncode, done.stdout) == (NOT_FOUND, ""), done
