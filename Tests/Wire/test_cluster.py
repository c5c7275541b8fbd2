"""A site whose rows are on a PostgreSQL server, where `cluster.conf` says so: what is loaded, what a node is told, what mends it."""

import json
import pathlib
import re
import subprocess

import pytest

import engines
import pictures
from client import Client
from command_line import BIN, FAILED, Site
from running_site import until

pytestmark = pytest.mark.skipif(not list(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres")), reason="apt install postgresql")


@pytest.fixture
def node(tmp_path):
    """A data folder with cluster.conf, whose database is empty."""
    return made(tmp_path / "data", engines.server().make())


def made(folder, words):
    folder.mkdir()
    engines.configure(folder, words)
    node = Site(folder)
    node.words = words
    node.name = re.search(r"dbname=(\w+)", words)[1]
    return node


def findings(node):
    told = {each["subject"]: each for each in json.loads(run(node).stdout)}
    assert run(node).returncode == any(each["level"] == "problem" for each in told.values())
    return told


def run(node):
    return subprocess.run([BIN / "imagebed", "cluster", "check", "--json", "--data", node.data], capture_output=True, text=True)


def faults(node):
    return {name: each for name, each in findings(node).items() if each["level"] in ("warning", "problem")}


def libraries(process):
    return set(re.findall(r"/(lib[\w-]+)\.so", pathlib.Path(f"/proc/{process}/maps").read_text()))


# What is loaded

@engines.of_sqlite("there is no cluster.conf")
def test_without_the_file_no_responder_loads_the_library(new_site):
    site = new_site()
    answered(site)
    processes = [process for name in ("upload", "list", "stats") for process in site.responders(name)]
    assert processes and not any({"libpq", "libldap", "libgssapi_krb5"} & libraries(process) for process in processes)


def test_with_the_file_responders_load_it_and_rows_are_on_the_server(new_site, tmp_path):
    words = engines.server().make()
    (tmp_path / "data").mkdir()
    engines.configure(tmp_path / "data", words)
    site = new_site(data=tmp_path / "data")
    answered(site)
    assert until(lambda: any("libpq" in libraries(process) for process in site.responders("upload")))
    assert not (site.data / "imagebed.db").exists() and site.query("SELECT count(*) FROM file") == [(1,)]
    assert f"DATABASE={site.data}/cluster.conf" in (site.data / "first-run.env").read_text().replace("'", "")


def test_a_further_node_in_the_foreground(node, new_site, tmp_path):
    """The account is there already, so no password is promised; and the others know of the node at once, not a minute later."""
    node.run("setup")
    node.run("user", "add", "admin", "--role", "admin")
    other = made(tmp_path / "other", node.words)
    (other.data / "cluster.conf").write_text(f"node = web2\n{(node.data / 'cluster.conf').read_text()}")
    (other.data / "secret").write_text((node.data / "secret").read_text())
    (other.data / "secret").chmod(0o600)
    site = new_site(data=other.data)
    assert f"an API key of the account admin is in {site.data}/first-run.env\n" in site.transcript()
    assert "the password of the account admin" not in site.transcript()
    assert until(lambda: node.sql("SELECT name FROM node WHERE name = 'web2'"), 20)


def answered(site):
    client = Client(site)
    assert client.upload(pictures.still("png", 3, 3), "a.png").status_code == 200
    assert client.list().json()["pagination"]["total"] == 1


# What the check says

def test_alone(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    told = Site(data).json("cluster", "check")
    assert [(each["subject"], each["level"]) for each in told] == [("cluster.conf", "ok")] and "alone" in told[0]["says"]


def test_a_new_node(node):
    told = findings(node)
    assert list(faults(node)) == ["schema"], told
    assert told["schema"]["advice"] == f"sudo imagebed setup --data {node.data}" and told["node secret"]["level"] == "skipped"
    node.run("setup")
    assert faults(node) == {}
    assert list(told) == ["cluster.conf", "libpq", "connection", "version", "encoding", "rights", "primary", "fsync", "synchronous_commit",
                          "standbys", "connections", "clock", "schema", "node secret"]
    assert re.search(r"^ok       connection: database test_\w+ as imagebed$", node.run("cluster", "check").stdout, re.M)


FAULTS = {
    "synchronous_commit": ("ALTER DATABASE {0} SET synchronous_commit = off", "ALTER DATABASE {0} RESET synchronous_commit"),
    "primary": ("ALTER DATABASE {0} SET default_transaction_read_only = on", "ALTER DATABASE {0} RESET default_transaction_read_only"),
}


@pytest.mark.parametrize("subject", FAULTS)
def test_a_fault_and_its_repair(node, subject):
    node.run("setup")
    harm, repair = (statement.format(node.name) for statement in FAULTS[subject])
    engines.administer(harm)
    told = faults(node)
    assert list(told) == [subject] and told[subject]["level"] == "problem" and repair in told[subject]["advice"]
    engines.administer(repair)
    assert faults(node) == {}


def test_a_server_without_fsync(node):
    node.run("setup")
    harm(True)
    try:
        told = faults(node)["fsync"]
        assert told["level"] == "problem" and told["advice"] == "ALTER SYSTEM SET fsync = on; SELECT pg_reload_conf()"
        assert "\n         -> ALTER SYSTEM SET fsync = on" in node.run("cluster", "check", code=FAILED).stdout
        doctor = {each["subject"]: each for each in node.json("doctor", code=FAILED)}
        assert doctor["fsync"]["level"] == "problem" and "database" not in doctor and doctor["index"]["level"] == "ok"
    finally:
        harm(False)
    assert faults(node) == {}


def harm(is_off):
    state = "off" if is_off else "on"
    engines.administer(f"ALTER SYSTEM SET fsync = {state}")
    engines.administer("SELECT pg_reload_conf()")
    assert until(lambda: engines.administer("SHOW fsync") == [(state,)])


def test_a_database_without_all_characters(tmp_path):
    engines.administer("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0")
    node = made(tmp_path / "data", engines.server().words("ascii"))
    assert "--encoding=UTF8 --template=template0" in faults(node)["encoding"]["advice"]


def test_a_user_who_may_make_no_tables(node):
    engines.administer("CREATE ROLE guest LOGIN")
    (node.data / "cluster.conf").write_text("database = " + node.words.replace("user=imagebed", "user=guest"))
    assert faults(node)["rights"]["advice"] == f"ALTER DATABASE {node.name} OWNER TO guest"


@pytest.mark.parametrize("words, says, advice", [
    ("host={folder} user=imagebed dbname=nothing", 'database "nothing" does not exist', "createdb --owner=imagebed"),
    ("host={folder} user=nobody_here dbname=postgres", 'role "nobody_here" does not exist', "createuser --pwprompt imagebed"),
    ("host=/nowhere user=imagebed dbname=postgres", "/nowhere/.s.PGSQL.5432", "start the server"),
    ("host=no-such-host.invalid dbname=imagebed", "no-such-host.invalid", "the name of the host"),
    ("host=127.0.0.1 port=1 dbname=imagebed", "Connection refused", "listen_addresses"),
])
def test_a_server_that_is_not_there(node, words, says, advice):
    engines.configure(node.data, words.format(folder=engines.server().folder))
    told = findings(node)
    assert told["connection"]["level"] == "problem" and says in told["connection"]["says"] and advice in told["connection"]["advice"]
    assert list(told) == ["cluster.conf", "libpq", "connection"]
    failed = node.run("user", "list", code=FAILED).stderr
    assert "PostgreSQL" in failed or "there is no site" in failed


def test_words_that_nobody_understands(node):
    engines.configure(node.data, "hots=a")
    told = findings(node)
    assert told["libpq"]["level"] == "problem" and "hots" in told["libpq"]["says"] and "mend the line database" in told["libpq"]["advice"]


def test_several_servers_of_which_one_writes(node):
    node.run("setup")
    folder = engines.server().folder
    engines.configure(node.data, node.words.replace(f"host={folder}", f"host={folder},{folder}"))
    assert faults(node)["primary"]["advice"].startswith("target_session_attrs=read-write")
    assert "synchronous_standby_names" in faults(node)["standbys"]["advice"]
    engines.configure(node.data, node.words.replace(f"host={folder}", f"host={folder},{folder} target_session_attrs=read-write"))
    assert list(faults(node)) == ["standbys"]


def test_the_password_is_told_to_nobody(node):
    engines.configure(node.data, node.words.replace("user=imagebed", "user=guest2 password=s3cret-word"))
    for arguments in (["cluster", "check"], ["setup", "--check"], ["doctor"]):
        done = node.run(*arguments, code=FAILED)
        assert "s3cret-word" not in done.stdout + done.stderr


def test_hosts_that_units_need_network_for(node):
    assert node.run("cluster", "hosts").stdout == ""
    for words, hosts in {"host=db1,db2 dbname=a": "db1\ndb2\n", "hostaddr=10.0.0.7 host=db dbname=a": "10.0.0.7\ndb\n", "dbname=a": "",
                         "host=/run/postgresql,db9": "db9\n", "postgresql://u:p@[fd00::1]:5433/a?sslmode=require": "fd00::1\n"}.items():
        engines.configure(node.data, words)
        assert node.run("cluster", "hosts").stdout == hosts, words
    (node.data / "cluster.conf").unlink()
    assert node.run("cluster", "hosts").stdout == ""


# The file

def test_a_key_that_is_not_known(node):
    with (node.data / "cluster.conf").open("a") as file:
        file.write("blobs = s3\n")
    told = findings(node)["cluster.conf"]
    assert told["says"].startswith(f'{node.data}/cluster.conf, line 2: there is no key "blobs"') and told["advice"].startswith("take the line out")
    assert "line 2" in node.run("setup", code=FAILED).stderr


def test_a_file_that_others_may_read(node):
    (node.data / "cluster.conf").chmod(0o640)
    assert findings(node)["cluster.conf"]["advice"] == f"chmod 600 {node.data}/cluster.conf"
    assert "chmod 600" in node.run("setup", code=FAILED).stderr and not (node.data / "secret").exists()


# Several nodes

def test_a_node_with_another_secret(node, tmp_path):
    node.run("setup")
    other = made(tmp_path / "other", node.words)
    for command in (["setup"], ["setup", "--check"]):
        assert f"{other.data}/secret, the key of delete links, is missing on this node" in other.run(*command, code=FAILED).stderr
    assert not (other.data / "secret").exists()
    other.run("setup", "--check", "--new-secret")
    (other.data / "secret").write_text("ab" * 32)
    (other.data / "secret").chmod(0o600)
    told = faults(other)
    assert list(told) == ["node secret"] and f"copy secret from another node to {other.data}/secret" in told["node secret"]["advice"]
    assert "is not the secret of the site" in other.run("setup", code=FAILED).stderr
    assert "makes what is missing" not in other.run("doctor", code=FAILED).stdout
    (other.data / "secret").write_text((node.data / "secret").read_text())
    assert faults(other) == {}
    other.run("setup")
    node.run("user", "add", "anna", "--role", "user", "--password-stdin", stdin="correct horse\n")
    assert [user["name"] for user in other.json("user", "list")] == ["anna"]


def test_a_schema_of_another_version(node):
    node.run("setup")
    known = node.sql("SELECT version FROM schema_version")[0][0]
    node.sql("UPDATE schema_version SET version = ?", known + 1)
    assert faults(node)["schema"]["advice"] == "the same version of the program on every node"
    assert f"has schema {known + 1}" in node.run("setup", code=FAILED).stderr
    node.sql("UPDATE schema_version SET version = ?", known)
    assert node.json("setup", "--check") == {"schema": known, "known": known}


def test_rows_in_a_file_are_not_left_behind(tmp_path):
    site = Site(tmp_path / "data")
    site.run("setup")
    engines.configure(site.data, engines.server().make())
    assert "this site's rows are in" in site.run("setup", code=FAILED).stderr


def test_a_backup_says_that_it_cannot_have_the_rows(node, tmp_path):
    node.run("setup")
    assert "back them up with pg_dump" in node.run("backup", tmp_path / "backup", code=FAILED).stderr


def test_a_dump_and_the_files_are_a_whole_backup(new_site, tmp_path):
    """As docs/cluster.md has it."""
    (tmp_path / "data").mkdir()
    engines.configure(tmp_path / "data", engines.server().make())
    site = new_site(data=tmp_path / "data")
    client = Client(site)
    stored = [client.upload(pictures.still("png", width, 3), "a.png").json() for width in (3, 4)]
    programs = engines.server().programs
    subprocess.run([programs / "pg_dump", "--format=custom", f"--file={tmp_path}/dump", engines.server_words(site.data)], check=True)
    client.upload(pictures.still("png", 9, 3), "later.png")
    restored = tmp_path / "restored"
    restored.mkdir()
    for name in ("uploads", "recycle", "json", "secret"):
        subprocess.run(["cp", "-a", site.data / name, restored], check=True)
    engines.configure(restored, engines.server().make())
    subprocess.run([programs / "pg_restore", "--no-owner", "--role=imagebed", f"--dbname={engines.server_words(restored)}", tmp_path / "dump"], check=True)
    site.stop()
    other = new_site(data=restored)
    listed = [file["id"] for file in Client(other).list().json()["data"]]
    assert sorted(listed) == [file["id"] for file in stored]
    assert other.imagebed("verify", check=False).returncode == 0
    assert Client(other).upload(pictures.still("png", 5, 3), "b.png").json()["id"] > max(listed)


def test_a_server_that_ends_and_comes_back(new_site, tmp_path):
    """What needs rows is 503 meanwhile, and every process finds the server again by itself."""
    data = tmp_path / "data"
    data.mkdir()
    own = engines.Server()
    engines.configure(data, own.make())
    site = new_site(data=data)
    client = Client(site)
    stored = client.upload(pictures.still("png", 3, 3), "a.png").json()
    own.pause()
    answer = client.get("/api/v1/list.php")
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
    assert client.get("/" + stored["url"].split("/", 3)[3]).status_code == 200
    assert client.get("/api/v1/health.php").status_code == 503
    own.go_on()
    assert until(lambda: client.get("/api/v1/list.php").status_code == 200)
    assert client.upload(pictures.still("png", 4, 4), "b.png").status_code == 200
    own.end()
