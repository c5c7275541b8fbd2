# What a taken-over decoder could do: a probe in the place of the decoder, within the real worker, tries each way out as the site's user.
# And who has the same user cannot look into the memory of our programs.

import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess

import pytest

import hostile
from command_line import BIN, NOBODY, PROJECT
from running_site import until

POLICY = PROJECT / "Sources/PictureWorker/Policy.swift"
FONT = pathlib.Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
THUMBNAIL = "thumbnail png 1 1 1 0 0 1 1 0 0 1 1 1 1 80 255 255 255 0"
TEXT = "convert png 1 1 1 png 80 1 1 1 0 text 255 0 0 500 20 5"
# What everybody may do who is not confined: where these fail too, the probe proves nothing.
EVERYDAY = {
    "read the secret", "read a file of the system", "change the secret", "make a file in web", "name a place", "make a folder", "remove a file",
    "inherited folder", "memory of another process", "environment of another process", "pidfd_open", "signal the parent",
    "signal a process", "signal a thread", "have a signal sent", "more descriptors", "priority of a process", "make a process", "setuid",
    "show the memory again", "outlive the parent", "socket of the network", "socket of the machine", "pipe", "memory for code",
    "memory for code that is written", "code out of data", "memory that others see", "memfd_create", "write to the picture", "cut the picture",
    "write to the slot", "copy the slot", "copy onto the target", "give the slot back",
}

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be two users")


@pytest.fixture(scope="module")
def probe(tmp_path_factory):
    compiler = next((path for path in map(shutil.which, ["cc", "clang", "/opt/swift/usr/bin/clang"]) if path), None)
    if not compiler:
        pytest.skip("no C compiler here")
    library = tmp_path_factory.mktemp("probe") / "probe.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", pathlib.Path(__file__).with_name("escape_probe.c"), "-o", library], check=True)
    return library


@pytest.fixture
def victim():
    """Another process of the same user, that hides nothing."""
    process = subprocess.Popen(["sleep", "1000"], user=NOBODY, group=NOBODY, extra_groups=[])
    yield process
    process.kill()
    process.wait()


def open_to_all(folder):
    for place in [folder, *folder.parents]:
        if place.stat().st_mode & 0o055 != 0o055:
            place.chmod(0o755)


@contextlib.contextmanager
def text_in_a_pipe(content, is_whole=True):
    read, write = os.pipe()
    os.write(write, content)
    with open(read, "rb", buffering=0), open(write, "wb", buffering=0) as end:
        if is_whole:
            end.close()
        yield read


class Desk:
    """What a worker finds when it starts, in a folder like a site's; all of it belongs to the same user."""

    def __init__(self, folder, probe):
        self.folder = folder
        open_to_all(folder)
        for name in ["policy", "scratch", "web"]:
            (folder / name).mkdir()
        policy = re.search(r'"""\n(.*?)\n +"""', POLICY.read_text(), re.DOTALL)[1]
        (folder / "policy/policy.xml").write_text(re.sub("^ {8}", "", policy, flags=re.MULTILINE))
        for name in ["secret", "web/old", "web/other", "slot", "target"]:
            (folder / name).write_text("secret")
        (folder / "picture").write_bytes(hostile.png(1, 1, before=hostile.chunk(b"tEXt", b"Comment\0TRY TO ESCAPE"), data=b"\0\0\0\0"))
        (folder / "graphic").write_text('<svg xmlns="http://www.w3.org/2000/svg"><!-- TRY TO ESCAPE --></svg>')
        self.program, self.probe = folder / "program", folder / "probe.so"
        shutil.copy(BIN / "picture", self.program)
        shutil.copy(probe, self.probe)
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)

    @contextlib.contextmanager
    def descriptors(self, job, text):
        """Those of a job, its slot behind them."""
        with contextlib.ExitStack() as stack:
            opened = [stack.enter_context(open(self.folder / ("graphic" if job == "svg" else "picture"), "r+b", buffering=0))]
            if job != "svg":
                opened.append(stack.enter_context(open(self.folder / "target", "r+b", buffering=0)))
            if " text " in job:
                opened += [text, stack.enter_context(open(FONT, "rb", buffering=0))]
            opened.append(stack.enter_context(open(self.folder / "slot", "r+b", buffering=0)))
            yield [each if isinstance(each, int) else each.fileno() for each in opened]

    def start(self, job, victim=None, program=None, text=None, **environment):
        """The worker below a shell of the same user, which is its parent; descriptor 9 is a folder that nobody closed."""
        with self.descriptors(job, text) as descriptors, contextlib.ExitStack() as stack:
            folder = os.open(self.folder, os.O_RDONLY)
            stack.callback(os.close, folder)
            # Above all numbers that they are to get.
            high = [os.dup2(number, 100 + place) for place, number in enumerate([*descriptors, folder])]
            stack.callback(lambda: [os.close(number) for number in high])
            moves = " ".join(f"{3 + place}<&{number} {number}<&-" for place, number in enumerate(high[:-1])) + f" 9<&{high[-1]} {high[-1]}<&-"
            variables = {
                "PATH": os.environ["PATH"], "MAGICK_CONFIGURE_PATH": self.folder / "policy", "MAGICK_TEMPORARY_PATH": self.folder / "scratch",
                "OMP_NUM_THREADS": "1", "PROBE_FOLDER": self.folder, "PROBE_VICTIM": str(victim or 0), "PROBE_SLOT": str(2 + len(descriptors)),
                **environment,
            }
            script = f'PROBE_PARENT=$$ LD_PRELOAD={self.probe} "$@" {moves} & echo $!; wait $!'
            return subprocess.Popen(["bash", "-c", script, "bash", program or self.program, *job.split()], env=variables, user=NOBODY, group=NOBODY,
                                    extra_groups=[], pass_fds=high, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def rows(self, *arguments, **more):
        """What the probe tried: name, result and errno; which descriptors were open; how the process ended."""
        with text_in_a_pipe(b"x") as text:
            process = self.start(*arguments, text=text, **more)
        lines = process.communicate(timeout=120)[0].splitlines()
        rows = {line.split("\t")[0]: line.split("\t")[1:] for line in lines if line.count("\t") == 2}
        assert "end" in lines, lines[-5:]
        return rows, next(line for line in lines if line.startswith("open")).split()[1:], process.returncode


@pytest.fixture
def desk(tmp_path, probe):
    return Desk(tmp_path, probe)


def has_landlock(desk):
    answer = desk.start("self-test").communicate(timeout=120)[0]
    return "layers landlock" in answer


JOBS = [pytest.param(THUMBNAIL, "0 1 2 3 4 5", id="thumbnail"), pytest.param("svg", "0 1 2 3 4", id="svg"),
        pytest.param(TEXT, "0 1 2 3 4 5 6 7", id="text", marks=pytest.mark.skipif(not FONT.exists(), reason=f"no {FONT}"))]


@pytest.mark.parametrize("job, descriptors", JOBS)
def test_no_way_out(desk, victim, job, descriptors):
    rows, found, code = desk.rows(job, victim.pid)
    # A text's font is opened by name, so that opening is Landlock's to refuse there.
    opening = {"EACCES", "EBADF"} if job == TEXT and has_landlock(desk) else set()
    ways_out = {name: row for name, row in rows.items() if int(row[0]) >= 0 or row[1] not in {"ENOSYS", *opening}}
    assert ways_out == {}
    assert " ".join(found) == descriptors, "nothing else is inherited"
    assert code in (128 + signal.SIGSYS, 128 + signal.SIGSEGV, 0) and "numbers of 32 bits" not in rows
    assert EVERYDAY <= set(rows) and len(rows) > 100


def test_the_probe_finds_ways_out(desk, victim):
    """The same in a program that is not confined."""
    rows, found, _ = desk.rows(THUMBNAIL, victim.pid, program="/bin/true", PROBE_NOW="yes")
    assert {name for name in EVERYDAY if int(rows[name][0]) < 0} == set()
    assert "9" in found


def looks(process):
    """What of this process another one of the same user gets to see."""
    script = 'for name in environ mem maps; do if true <"/proc/$1/$name"; then echo $name; fi; done 2>/dev/null'
    return subprocess.run(["bash", "-c", script, "bash", str(process)], user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, text=True,
                          check=True).stdout.split()


def test_nobody_looks_into_the_worker(desk, victim):
    assert looks(victim.pid) == ["environ", "mem", "maps"]
    with text_in_a_pipe(b"x", is_whole=False) as text:
        process = desk.start(TEXT, text=text)
        worker = int(process.stdout.readline())
        try:
            assert until(lambda: looks(worker) == [], 20), looks(worker)
            assert os.readlink(f"/proc/{worker}/exe") == str(desk.program), "it waits for the text"
        finally:
            process.kill()
            process.communicate()


@pytest.fixture
def programs(tmp_path):
    """Copies that everybody may run."""
    open_to_all(tmp_path)
    for name in ["imagebed", "upload", "list", "picture"]:
        shutil.copy(BIN / name, tmp_path / name)
    (tmp_path / "data").mkdir()
    os.chown(tmp_path / "data", NOBODY, NOBODY)
    return tmp_path


@pytest.mark.parametrize("name", ["upload", "list"])
def test_nobody_looks_into_a_responder(programs, name):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(programs / "socket"))
        listener.listen()
        process = subprocess.Popen([programs / name], stdin=listener, stderr=subprocess.DEVNULL, user=NOBODY, group=NOBODY, extra_groups=[],
                                   env={"IMAGEBED_DATA": programs / "data"})
        try:
            assert until(lambda: looks(process.pid) == [], 20), looks(process.pid)
        finally:
            process.kill()
            process.wait()


@pytest.mark.parametrize("user", [0, NOBODY])
def test_nobody_looks_into_the_command_line(programs, user):
    """As root too, which becomes the owner of the data folder."""
    subprocess.run([programs / "imagebed", "setup", "--data", programs / "data"], user=NOBODY, group=NOBODY, extra_groups=[], check=True,
                   capture_output=True)
    with subprocess.Popen([programs / "imagebed", "user", "check", "anna", "--data", programs / "data"], stdin=subprocess.PIPE,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, group=user, extra_groups=[]) as process:
        try:
            assert until(lambda: looks(process.pid) == [], 20) and process.poll() is None, looks(process.pid)
        finally:
            process.kill()
