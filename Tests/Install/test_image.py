# The container image: what is in it, and its life under runc as Docker would run it.

import json
import pathlib
import re
import shutil
import subprocess
import tarfile
import threading
import time

import pytest

import pictures
from container import Container, image  # noqa: F401
from running_site import until

ROOT = pathlib.Path(__file__).resolve().parents[2]
SITE = "http://127.0.0.1:8080"


@pytest.fixture
def run_in(image, tmp_path):  # noqa: F811
    return lambda **options: Container(image, tmp_path, **options)


def key_in(log):
    return re.search(r"API key +(ib_\S{40,})\n", log)[1]


def upload(container, key, site=SITE):
    status, answer = container.curl("-F", f"image=@{ROOT}/htdocs/404.png", "-F", f"token={key}", f"{site}/api/v1/upload.php")
    assert status == 200, (answer, container.log[-3000:])
    return json.loads(answer)


def strangers(folder, user, group):
    """What in a folder belongs to somebody else."""
    return subprocess.run(["find", folder, "!", "-uid", str(user), "-o", "!", "-gid", str(group)], capture_output=True, text=True).stdout


def local(url):
    """At the address where it is reached here."""
    return re.sub(r"^https?://[^/]*", SITE, url)


def test_archive(image):  # noqa: F811
    said = json.loads(subprocess.check_output(["skopeo", "inspect", "--config", f"oci-archive:{image.archive}"]))
    assert said["config"]["Entrypoint"] and said["os"] == "linux", said
    config = image.config
    assert config["ExposedPorts"] == {"8080/tcp": {}} and config["Volumes"] == {"/data": {}} and config["StopSignal"] == "SIGTERM"
    assert (image.root / config["Entrypoint"][0][1:]).stat().st_mode & 0o111 and (image.root / config["Healthcheck"]["Test"][1][1:]).stat().st_mode & 0o111
    assert config["Labels"]["org.opencontainers.image.version"] in image.archive.name.replace("~", "-")
    # Older versions of Docker read this list.
    older, = json.loads((image.layout / "manifest.json").read_text())
    assert older["Config"] == "blobs/" + image.manifest["config"]["digest"].replace(":", "/") and "imagebed:latest" in older["RepoTags"]
    assert older["Layers"] == ["blobs/" + layer["digest"].replace(":", "/") for layer in image.manifest["layers"]]
    # The same whenever it is made from the same: nothing in it is younger than the commit.
    made = said["created"]
    for layer in older["Layers"]:
        with tarfile.open(image.layout / layer) as file:
            newest = max(member.mtime for member in file)
        assert newest <= float(subprocess.check_output(["date", "-d", made, "+%s"])), layer
    for name in ["usr/share/man", "usr/share/locale", "var/lib/apt/lists", "var/cache/apt"]:
        assert not [file for file in (image.root / name).rglob("*") if file.is_file()], name
    privileged = subprocess.check_output(["find", image.root, "-xdev", "-type", "f", "-perm", "/6000"], text=True)
    assert privileged == "" and (image.root / "lib").is_symlink()
    assert (image.root / "data").stat().st_uid == 1000


def test_life(run_in, tmp_path):
    (tmp_path / "data").mkdir()
    with run_in(volumes={"/data": tmp_path / "data"}, environment={"PUID": "1234", "PGID": "2345"}) as container:
        container.until_ready()
        key = key_in(container.log)
        answer = upload(container, key)
        status, body = container.curl(local(answer["url"]))
        assert status == 200 and body == (ROOT / "htdocs/404.png").read_bytes()
        status, body = container.curl(local(answer["thumb"]))
        assert status == 200 and len(body) > 100, (status, body, container.log[-2000:])
        gone = upload(container, key)
        assert container.curl(local(gone["del"]))[0] == 200 and container.curl(local(gone["url"]))[0] == 404
        # Everything is that user's, and nothing that ended is left.
        processes = container.processes().values()
        assert len(processes) > 50 and {uid for uid, _, _ in processes} == {1234}, processes
        # (One that ended this moment is waited for in the next.)
        assert until(lambda: "Z" not in {state for _, state, _ in container.processes().values()}), container.processes()
        assert strangers(tmp_path / "data", 1234, 2345) == "" and (tmp_path / "data").stat().st_mode & 0o007 == 0
        assert '"POST /api/v1/upload.php HTTP/1.1" 200' in until(lambda: "upload.php" in container.log and container.log)
        status, seconds = container.stop()
        assert status == 143 and seconds < 10, (status, seconds, container.log[-2000:])
        # Again, with the same data, and nothing secret in the log.
        container.start()
        container.until_ready(2)
        assert container.log.count("password") == container.log.split("ready http")[0].count("password") and container.log.count(key) == 1
        assert container.curl(local(answer["url"]))[0] == 200
        upload(container, key)


def test_an_upload_that_comes_in_is_finished(run_in, tmp_path):
    """Docker's ten seconds are enough for one that needs no more than a few."""
    picture = tmp_path / "a.jpg"
    picture.write_bytes(pictures.photograph(1200, 900))
    with run_in() as container:
        container.until_ready()
        slow = ["--limit-rate", str(picture.stat().st_size // 4), "-F", f"image=@{picture}", "-F", f"token={key_in(container.log)}", f"{SITE}/api/v1/upload.php"]
        answers = []
        sender = threading.Thread(target=lambda: answers.append(container.curl(*slow)))
        sender.start()
        assert until(lambda: is_accepted(container.run("cat", "/proc/net/tcp").stdout))
        time.sleep(0.5)
        status, seconds = container.stop()
        sender.join()
        assert status == 143 and seconds < 10, (status, seconds, container.log[-2000:])
        assert answers[0][0] == 200 and "cut off" not in container.log, (answers, container.log[-2000:])


def is_accepted(table):
    """Whether the web server has a connection: established, at port 8080, with an inode."""
    rows = [line.split() for line in table.splitlines()[1:]]
    return any(row[1].endswith(":1F90") and row[3] == "01" and row[9] != "0" for row in rows)


@pytest.mark.parametrize("seconds", ["0", "soon"])
def test_end_that_is_no_time(run_in, seconds):
    with run_in(environment={"IMAGEBED_STOP_SECONDS": seconds}) as container:
        assert container.wait() == 2 and f"IMAGEBED_STOP_SECONDS={seconds}: name a whole number of seconds" in container.log, container.log


@pytest.mark.parametrize("words, said", [(["imagebed", "--version"], "imagebed "), (["bash", "-c", "echo $((6 * 7)); exit 3"], "42\n")])
def test_another_command(run_in, words, said):
    """As users of other images expect, it is run instead of the site."""
    with run_in(arguments=words) as container:
        assert container.wait() == (3 if "bash" in words else 0) and container.log.startswith(said), container.log


def test_ends_when_a_part_ends(run_in):
    with run_in() as container:
        container.until_ready()
        master = next(process for process, (_, _, command) in container.processes().items() if command.startswith("nginx: master"))
        subprocess.run(["kill", "-KILL", str(master)], check=True)
        assert container.wait() == 1 and "nginx ended with status 137" in container.log


def test_what_systemd_does_elsewhere(run_in, tmp_path):
    """The health check, the doctor, receivers of events; and another folder below which the site lies."""
    (tmp_path / "receivers").mkdir()
    receiver = tmp_path / "receivers/told"
    receiver.write_text("#!/bin/sh\ncat >> /data/told\n")
    receiver.chmod(0o755)
    with run_in(volumes={"/etc/imagebed/events.d": tmp_path / "receivers"}, environment={"IMAGEBED_BASE_URL": f"{SITE}/pictures"}) as container:
        container.until_ready()
        container.run("/usr/libexec/imagebed/install/image/healthy")
        assert until(lambda: "told" in container.run("imagebed", "events").stdout), container.log[-2000:]
        answer = upload(container, key_in(container.log), f"{SITE}/pictures")
        assert answer["url"].startswith(f"{SITE}/pictures/uploads/") and container.curl(answer["url"])[0] == 200
        assert until(lambda: '"kind":"uploaded"' in container.run("cat", "/data/told", check=False).stdout), container.log[-2000:]
        said = container.run("imagebed", "doctor", check=False).stdout
        assert "\nproblem" not in said and re.search(r"^ok +confinement", said, re.MULTILINE), said
        assert container.run("imagebed", "settings", "get", "base_url").stdout == f"{SITE}/pictures\n"
        # The health check says what is wrong with the site.
        container.run("sh", "-c", "mv /data/imagebed.db /data/aside; rm -f /data/imagebed.db-*")
        assert container.run("/usr/libexec/imagebed/install/image/healthy", check=False).returncode != 0


def test_with_as_little_as_can_be(run_in, tmp_path):
    """The image is read only, and root has four capabilities."""
    (tmp_path / "data").mkdir()
    with run_in(volumes={"/data": tmp_path / "data"}, read_only=True, capabilities=["CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"]) as container:
        container.until_ready()
        answer = upload(container, key_in(container.log))
        assert container.curl(local(answer["thumb"]))[0] == 200
        container.run("/usr/libexec/imagebed/install/image/healthy")
        assert (tmp_path / "data/imagebed.db").stat().st_uid == 1000
        assert container.stop()[0] == 143


def test_started_as_a_user(run_in, tmp_path):
    """`docker run --user`: nothing is root, from the beginning; what it cannot write to it names."""
    (tmp_path / "data").mkdir()
    with run_in(volumes={"/data": tmp_path / "data"}, user=(4321, 4321), read_only=True) as container:
        assert container.wait() == 1 and "/data belongs to 0:0" in container.log, container.log
        shutil.chown(tmp_path / "data", 4321, 4321)
        container.start()
        container.until_ready()
        upload(container, key_in(container.log))


@pytest.mark.parametrize("environment, words", [
    ({"PUID": "0"}, "nothing here runs as root"), ({"PUID": "anna"}, "PUID and PGID are numbers"),
    ({"PUID": "00"}, "PUID and PGID are numbers"), ({"PUID": "4294967295"}, "PUID and PGID are numbers"),
    ({"IMAGEBED_DATA": "/"}, "volume that is for the data alone"), ({"IMAGEBED_DATA": "/app/web/config/"}, "volume that is for the data alone"),
    ({"TZ": "Asia/Beijing", "PUID": "0"}, "TZ=Asia/Beijing is no time zone"),
    ({"IMAGEBED_DATA": "data"}, "volume that is for the data alone"), ({"IMAGEBED_BASE_URL": "img.example.org"}, "base_url")])
def test_refusals(run_in, environment, words):
    with run_in(environment=environment) as container:
        assert container.wait() != 0 and words in container.log, container.log


def test_volumes_of_easyimages(run_in, tmp_path):
    """What a container of EasyImages has left is taken over where it lies: pictures, links, tokens, accounts; and is its owner's as before."""
    volumes, token = old_site(tmp_path, "1005:1006")
    stored = json.loads((ROOT / "Tests/Data/easyimages/deletes.json").read_text())["uploads"][0]["response"]
    before = sums(tmp_path)
    with run_in(volumes=volumes) as container:
        container.until_ready()
        assert container.curl(local(stored["url"]))[0] == 200 and container.curl(local(stored["thumb"]))[0] == 200
        assert sums(tmp_path) == before
        status, answer = container.curl("-F", f"image=@{ROOT}/htdocs/404.png", "-F", f"token={token}", f"{SITE}/api/index.php")
        answer = json.loads(answer)
        assert status == 200 and answer["code"] == 200 and answer["url"].startswith("https://img.example.test/i/"), answer
        assert container.curl(local(answer["url"]))[0] == 200 and container.curl(local(stored["url"]))[0] == 200
        assert "keeper" in container.run("imagebed", "user", "list").stdout and "password" not in container.log, container.log
        # Old delete links are followed too.
        container.curl(local(stored["del"]))
        assert container.curl(local(stored["url"]))[0] == 404
        assert strangers(tmp_path / "config", 1005, 1006) == strangers(tmp_path / "i", 1005, 1006) == "" and {uid for uid, _, _ in container.processes().values()} == {1005}
        assert (tmp_path / "config/imagebed/imagebed.db").exists()
        container.stop()
        imports = container.log.count("pictures")
        container.start()
        container.until_ready(2)
        assert container.log.count("pictures") == imports and container.curl(local(answer["url"]))[0] == 200


def old_site(folder, owner):
    """Volumes as a container of EasyImages leaves them, for `run_in`; and a token of that site."""
    for name in ["config", "i"]:
        shutil.copytree(ROOT / "Tests/Data/easyimages" / name, folder / name)
        subprocess.run(["chown", "-R", owner, folder / name], check=True)
    tokens = json.loads((ROOT / "Tests/Data/easyimages/deletes.json").read_text())["tokens"]
    return {f"/app/web/{name}": folder / name for name in ["config", "i"]}, next(token["token"] for token in tokens if token["state"] == "valid")


def test_volumes_of_easyimages_with_the_data_elsewhere(run_in, tmp_path):
    """A third volume gets the data; of the old ones, config is not written to. What was there before is not mixed with the old site."""
    volumes, token = old_site(tmp_path, "1005:1006")
    (tmp_path / "data").mkdir()
    before = {file: file.read_bytes() for file in (tmp_path / "config").iterdir()}
    with run_in(volumes={**volumes, "/data": tmp_path / "data"}, environment={"IMAGEBED_DATA": "/data"}) as container:
        container.until_ready().stop()
        container.start()
        container.until_ready(2)
        status, answer = container.curl("-F", f"image=@{ROOT}/htdocs/404.png", "-F", f"token={token}", f"{SITE}/api/index.php")
        assert status == 200 and json.loads(answer)["code"] == 200, (answer, container.log)
        assert container.curl(local(json.loads(answer)["url"]))[0] == 200
        assert container.log.count("took over") == 1 and "ImageBed has a new site" not in container.log, container.log
    assert {file: file.read_bytes() for file in (tmp_path / "config").iterdir()} == before
    (tmp_path / "own").mkdir()
    with run_in(volumes={"/data": tmp_path / "own"}) as container:
        container.until_ready()
    with run_in(volumes={**volumes, "/data": tmp_path / "own"}, environment={"IMAGEBED_DATA": "/data"}) as container:
        container.until_ready()
        assert "took over" not in container.log and not (tmp_path / "own/uploads").is_symlink()


@pytest.mark.parametrize("places, missing", [
    ({"config": "config"}, "/app/web/i"), ({"i": "i"}, "config/config.php"), ({"config": "i", "i": "config"}, "config/config.php")])
def test_a_volume_that_is_elsewhere(run_in, tmp_path, places, missing):
    """It is told, and no new site is made in the place of the old one."""
    old_site(tmp_path, "1005:1006")
    with run_in(volumes={f"/app/web/{place}": tmp_path / name for place, name in places.items()}) as container:
        assert container.wait() == 2 and f"{missing} is not there: mount config and i" in container.log, container.log
    assert strangers(tmp_path / "config", 1005, 1006) == strangers(tmp_path / "i", 1005, 1006) == ""


def test_data_that_root_has_copied(run_in, tmp_path):
    """Data of another machine comes into a folder that is the right one's already."""
    (tmp_path / "data").mkdir()
    with run_in(volumes={"/data": tmp_path / "data"}) as container:
        container.until_ready()
        answer, key = upload(container, key_in(container.log)), key_in(container.log)
    subprocess.run(f"chown -R 0:0 {tmp_path}/data/*", shell=True, check=True)
    with run_in(volumes={"/data": tmp_path / "data"}) as container:
        container.until_ready()
        assert container.curl(local(answer["url"]))[0] == 200
        upload(container, key)
        assert strangers(tmp_path / "data", 1000, 1000) == ""


def sums(folder):
    """Of the files that were there, by their names."""
    return {file: file.read_bytes() for name in ["config", "i"] for file in sorted((folder / name).rglob("*"))
            if file.is_file() and "/config/imagebed/" not in str(file) and "/recycle/" not in str(file)}
