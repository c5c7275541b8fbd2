# Plays the service's user who wants to become root: puts something else in the place of what lies in the data folder, and then root
# does all that root does with a site. Runs as root on the throw-away machine of test_hostile_owner.py; prints a line for everything
# that must not be.

import hashlib
import os
import pathlib
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time

WEB, PORT = sys.argv[1:]
DATA = pathlib.Path("/var/lib/imagebed")
GOOD = pathlib.Path("/var/lib/imagebed.good")
LOG = pathlib.Path("/var/log/imagebed/views.log")
SERVICE = pwd.getpwnam("imagebed")
# Nobody but root may read the one; the other is what a loader of root's would read, and is not there.
SECRET, PRELOAD = pathlib.Path("/root/of-root"), pathlib.Path("/etc/of-nobody.preload")
FOREIGN = pathlib.Path("/srv/foreign")
PROBLEM = f"/etc/{'nginx' if WEB == 'nginx' else 'apache2'}/imagebed/problem"
WORDS = b"only root may read this"
WATCHED = ["/etc", "/root/of-root", "/srv", "/home", "/usr/bin/imagebed", "/usr/lib/imagebed", "/usr/share/imagebed", "/var/lib/nginx", "/var/spool",
           "/var/lib/apache2", "/var/log/imagebed"]
# An idle machine needs two seconds for the longest; what waits for somebody else's pipe waits for ever.
PATIENCE = 60

TEXT = """bytes = 1
client_max_body_size 1m;
access_log /etc/of-nobody.preload;
error_log /etc/of-nobody.preload;
CustomLog "|/bin/sh -c 'touch /etc/of-nobody.preload'" "%h"
[Service]
ExecStartPre=+/bin/touch /etc/of-nobody.preload
"""
# Each is put where nothing is.
REPLACEMENTS = {
    "a link to root's file": lambda path: path.symlink_to(SECRET),
    "a link to no file yet": lambda path: path.symlink_to(PRELOAD),
    "a link to a foreign folder": lambda path: path.symlink_to(FOREIGN),
    "a link whose target is text": lambda path: path.symlink_to("x\n" + TEXT),
    "a pipe": os.mkfifo,
    "a folder": lambda path: path.mkdir(),
    "text": lambda path: path.write_text(TEXT),
}
COMMANDS = ["imagebed tally", "imagebed expire", "imagebed reload", "imagebed gc", "imagebed doctor", "imagebed backup /var/backups/NUMBER", "./install.sh"]
# What root opened, followed or read in some version of this program.
OPENED = ["logs/views.log", "run/body", "run/fastcgi", "web/values", f"web/limits.{WEB}.conf", "uploads", "recycle"]


def tell(*words):
    print(*words, flush=True)


def state():
    """Everything outside of the data folder: kind, owner, mode, and bytes, but those of logs."""
    found = {}
    for top in filter(os.path.lexists, WATCHED):
        for path in [pathlib.Path(top), *pathlib.Path(top).rglob("*")]:
            status = path.lstat()
            content = ""
            if stat.S_ISLNK(status.st_mode):
                content = os.readlink(path)
            elif stat.S_ISREG(status.st_mode) and path.parent != LOG.parent:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
            found[str(path)] = (status.st_uid, status.st_gid, oct(status.st_mode), content)
    return found


def as_service(action):
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([SERVICE.pw_gid])
            os.setgid(SERVICE.pw_gid)
            os.setuid(SERVICE.pw_uid)
            action()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 (told by the status)
            print("the service's user cannot do that:", repr(error), flush=True)
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


def replace(names, put):
    for name in names:
        path = DATA / name
        if os.path.lexists(path):
            # (Not removed: a folder in it may be somebody else's.)
            path.rename(path.with_name(path.name + ".was"))
        path.parent.mkdir(exist_ok=True)
        put(path)


def bring_back():
    """The folder itself stays, as it is open."""
    for path in DATA.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    subprocess.run(["cp", "-a", f"{GOOD}/.", f"{DATA}/"], check=True)


def run(round_name, *command):
    process = subprocess.Popen(command, cwd="/tmp/checkout", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               start_new_session=True, text=True, errors="replace")
    try:
        said, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, said
    except subprocess.TimeoutExpired:
        tell("HANGS", round_name, *command)
        os.killpg(process.pid, signal.SIGKILL)
        return None, ""


def workers():
    """The processes of the web server that serve, by their numbers."""
    said = subprocess.run(["ps", "-C", "nginx" if WEB == "nginx" else "apache2", "-o", "pid=,user="], capture_output=True, text=True).stdout
    return {line.split()[0] for line in said.splitlines() if line.split()[1] != "root"}


def reload(name):
    """Returns when the web server has done it, as far as it takes its configuration."""
    former = workers()
    code, _ = run(name, *(["nginx", "-s", "reload"] if WEB == "nginx" else ["apache2ctl", "graceful"]))
    wait(lambda: code != 0 or workers() - former, name, "reload")
    # (Apache has none for a moment, while it reads its configuration again.)
    wait(workers, name, "has ended:", WEB)


def reopen(name):
    """As logrotate has nginx do it; Apache reads everything again instead."""
    if WEB == "nginx":
        log = pathlib.Path("/var/log/nginx/access.log")
        log.unlink(missing_ok=True)
        code, _ = run(name, "nginx", "-s", "reopen")
        wait(lambda: code != 0 or log.exists(), name, "reopen")


def wait(condition, *words):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return tell("HANGS", *words)
        time.sleep(0.02)


def as_root(name, number, commands):
    """All that root does, in an order in which nothing mends what comes after it. The log is long, so that it is rotated."""
    if LOG.exists():
        os.truncate(LOG, 17 << 20)
    reload(name)
    reopen(name)
    for command in commands:
        run(name, *command.replace("NUMBER", str(number)).split())
    reload(name)


def compare(name, former, number):
    now = state()
    for path in sorted(former.keys() | now.keys()):
        if path.startswith("/var/log/imagebed/views.log."):
            continue
        if path == PROBLEM:
            check_problem(name)
            continue
        if former.get(path) != now.get(path):
            tell("CHANGED", name, path, former.get(path), now.get(path))
    for top in [DATA, pathlib.Path(f"/var/backups/{number}")]:
        for path in top.rglob("*"):
            if path.is_file() and not path.is_symlink() and WORDS in path.read_bytes():
                tell("TOLD", name, path)
    # What is spoilt in one round shall not spoil the next ones.
    if SECRET.lstat().st_uid != 0 or SECRET.read_bytes() != WORDS or PRELOAD.exists():
        plant()
    return state()


def check_problem(name):
    """What root keeps of a failure for the doctor: in words of its own, whatever stands in the values."""
    if os.path.lexists(PROBLEM):
        status, text = os.lstat(PROBLEM), pathlib.Path(PROBLEM).read_text()
        if (status.st_uid, status.st_mode) != (0, 0o100644) or any(line in text for line in TEXT.splitlines()) or text.count("\n") > 1:
            tell("CHANGED", name, PROBLEM, text)


def plant():
    SECRET.write_bytes(WORDS)
    SECRET.chmod(0o600)
    os.chown(SECRET, 0, 0)
    FOREIGN.mkdir(exist_ok=True)
    os.chown(FOREIGN, 0, 0)
    (FOREIGN / "file").write_text("foreign")
    PRELOAD.unlink(missing_ok=True)


def main():
    plant()
    subprocess.run(["cp", "-a", f"{DATA}/.", f"{GOOD}/"], check=True)
    everything = [path.name for path in DATA.iterdir()]
    former, rotated = state(), 0
    all_kinds = REPLACEMENTS.items()
    rounds = [(f"everything is {kind}", everything, put, COMMANDS) for kind, put in all_kinds]
    rounds += [(f"what the web server knows is {kind}", OPENED[:5], put, COMMANDS) for kind, put in all_kinds]
    rounds += [(f"{name} is {kind}", [name], put, COMMANDS[:2]) for name in OPENED[:5] for kind, put in all_kinds]
    rounds += [(f"{name} is {kind}", [name], put, COMMANDS) for name in OPENED[5:] for kind, put in all_kinds if "link" in kind]
    for number, (name, entries, put, commands) in enumerate(rounds):
        begin = time.monotonic()
        as_service(lambda: replace(entries, put))
        as_root(name, number, commands)
        rotated += LOG.exists() and LOG.stat().st_size < 1 << 20
        former = compare(name, former, number)
        bring_back()
        tell(f"round {number}: {name} ({time.monotonic() - begin:.1f} s)")
    tell("ROTATED", rotated)
    code, said = run("at the end", "./install.sh")
    tell("WELL" if code == 0 else f"ILL {said}")


main()
