# The picture worker alone at its desk: the real program with the descriptors of a job, as the site's user, in a folder like a site's; and,
# loaded beside it, a probe that plays a decoder which a picture has taken over.

import contextlib
import ctypes
import errno
import fcntl
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import tempfile

import pytest

import hostile
from command_line import BIN, NOBODY, PROJECT

POLICY = PROJECT / "Sources/PictureWorker/Policy.swift"
ALLOCATOR = re.search(r'allocator = "(.*)"', (PROJECT / "Sources/PictureWorker/WorkerEnvironment.swift").read_text())[1]
FONT = pathlib.Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
THUMBNAIL = "thumbnail png 1 1 1 0 0 1 1 0 0 1 1 1 1 80 255 255 255 0"
WAITING = f"wait {THUMBNAIL}"
TEXT = "convert png 1 1 1 png 80 1 1 1 0 4 1 text 255 0 0 500 20 5"


def build_library(folder, source):
    compiler = next((path for path in map(shutil.which, ["cc", "clang", "/opt/swift/usr/bin/clang"]) if path), None)
    if not compiler:
        pytest.skip("no C compiler here")
    library = folder / "library.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", pathlib.Path(__file__).with_name(source), "-o", library], check=True)
    return library


@pytest.fixture(scope="module")
def probe(tmp_path_factory):
    return build_library(tmp_path_factory.mktemp("probe"), "escape_probe.c")


@pytest.fixture
def open_folder():
    """One that everybody may enter; pytest closes its own ones to others, each time that it starts."""
    with tempfile.TemporaryDirectory(prefix="imagebed-desk-") as folder:
        os.chmod(folder, 0o755)
        yield pathlib.Path(folder)


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
        """Those of a job, its slot behind them; a worker that waits has a line, over which it gets job and descriptors."""
        with contextlib.ExitStack() as stack:
            if job.startswith("wait "):
                ours, line = (stack.enter_context(end) for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET))
                words = job.split()[1:]
                opened = stack.enter_context(self.descriptors(" ".join(words), text))
                socket.send_fds(ours, [b"".join(word.encode() + b"\0" for word in words)], opened)
                yield [line.fileno()]
                return
            opened = [stack.enter_context(open(self.folder / ("graphic" if job.endswith("svg") else "picture"), "r+b", buffering=0))]
            if job != "svg":
                opened.append(stack.enter_context(open(self.folder / "target", "r+b", buffering=0)))
            if " text " in job:
                opened += [text, stack.enter_context(open(FONT, "rb", buffering=0))]
            opened.append(stack.enter_context(open(self.folder / "slot", "r+b", buffering=0)))
            yield [each if isinstance(each, int) else each.fileno() for each in opened]

    def start(self, job, victim=None, program=None, text=None, before=None, **environment):
        """The worker below a shell of the same user, which is its parent; descriptor 9 is a folder that nobody closed."""
        with self.descriptors(job, text) as descriptors, contextlib.ExitStack() as stack:
            folder = os.open(self.folder, os.O_RDONLY)
            stack.callback(os.close, folder)
            # Above all numbers that they are to get.
            high = [fcntl.fcntl(number, fcntl.F_DUPFD, 100) for number in [*descriptors, folder]]
            stack.callback(lambda: [os.close(number) for number in high])
            moves = " ".join(f"{3 + place}<&{number} {number}<&-" for place, number in enumerate(high[:-1])) + f" 9<&{high[-1]} {high[-1]}<&-"
            variables = {
                "PATH": os.environ["PATH"], "MAGICK_CONFIGURE_PATH": self.folder / "policy", "MAGICK_TEMPORARY_PATH": self.folder / "scratch",
                "OMP_NUM_THREADS": "1", "GLIBC_TUNABLES": ALLOCATOR, "PROBE_FOLDER": self.folder, "PROBE_VICTIM": str(victim or 0), "PROBE_SLOT": "5" if job == WAITING else str(2 + len(descriptors)),
                "PRELOAD": self.probe,
                **environment,
            }
            script = f'PROBE_PARENT=$$ LD_PRELOAD=$PRELOAD "$@" {moves} & echo $!; wait $!'
            return subprocess.Popen(["bash", "-c", script, "bash", program or self.program, *(["wait"] if job == WAITING else job.split())], env=variables, user=NOBODY, group=NOBODY,
                                    extra_groups=[], pass_fds=high, preexec_fn=before, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                    stderr=subprocess.STDOUT, text=True)

    def made(self, job, content, text=b"", **more):
        """The last line of the worker's answer, and what it wrote."""
        (self.folder / ("graphic" if job.endswith("svg") else "picture")).write_bytes(content)
        (self.folder / "target").write_bytes(b"")
        with text_in_a_pipe(text) as pipe:
            lines = self.start(job, text=pipe, **more).communicate(timeout=120)[0].splitlines()
        # The shell tells the process's number, sooner or later than that answers, and once more when a signal ended it.
        answer = [line for line in lines if not line.isdigit()][-1]
        return re.sub(r"^bash: line 1: *\d+ (.*?) +PROBE_.*", r"\1", answer), (self.folder / "target").read_bytes()

    def rows(self, *arguments, **more):
        """What the probe tried: name, result and errno; which descriptors were open; how the process ended."""
        with text_in_a_pipe(b"x") as text:
            process = self.start(*arguments, text=text, **more)
        lines = process.communicate(timeout=120)[0].splitlines()
        rows = {line.split("\t")[0]: line.split("\t")[1:] for line in lines if line.count("\t") == 2}
        assert "end" in lines, lines[-5:]
        return rows, next(line for line in lines if line.startswith("open")).split()[1:], process.returncode


@pytest.fixture
def desk(open_folder, probe):
    return Desk(open_folder, probe)


ALLOW, REFUSE = 0x7FFF0000, 0x50000


def filter_calls(rules):
    """For a process that is about to start: BPF as in Sources/CConfinement/calls.h, which begins by loading the number of the call."""
    rules = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in [(0x20, 0, 0, 0), *rules]))
    program = struct.pack("HxxxxxxP", len(rules) // 8, ctypes.addressof(rules))
    prctl = ctypes.CDLL(None).prctl
    if prctl(38, 1, 0, 0, 0) or prctl(22, 2, program):
        raise OSError("no filter of system calls can be set")


def refuse_landlock(code):
    """Answers the three calls of Landlock with an error, as a kernel without it does, and systemd where a unit does not name them."""
    filter_calls([*((0x15, 3 - place, 0, 444 + place) for place in range(3)), (6, 0, 0, ALLOW), (6, 0, 0, REFUSE | code)])


def allow_only(numbers):
    """As systemd does for SystemCallFilter= with SystemCallErrorNumber=EPERM."""
    filter_calls([rule for number in numbers for rule in [(0x15, 0, 1, number), (6, 0, 0, ALLOW)]] + [(6, 0, 0, REFUSE | errno.EPERM)])


def calls_of_the_units():
    """The numbers of those that the units name, by themselves or by systemd's groups."""
    text = (PROJECT / "Sources/imagebed/install/systemd/hardening.in").read_text()
    names = re.search("^SystemCallFilter=(.*)", text, re.MULTILINE)[1].split()
    while groups := [name for name in names if name.startswith("@")]:
        listed = subprocess.run(["systemd-analyze", "syscall-filter", *groups], capture_output=True, text=True, check=True).stdout
        names = [name for name in names if name not in groups]
        names += {line.strip() for line in listed.splitlines() if line.startswith("    ") and not line.strip().startswith("#")}
    numbers = subprocess.run(["cc", "-E", "-dM", "-include", "sys/syscall.h", "-x", "c", "/dev/null"], capture_output=True, text=True, check=True).stdout
    return [int(number) for name, number in re.findall(r"^#define __NR_(\w+) (\d+)$", numbers, re.MULTILINE) if name in names]


def layers(desk, **more):
    """What a worker's self-test tells."""
    answer = desk.start("self-test", **more).communicate(timeout=120)[0]
    return next(line for line in answer.splitlines() if line.startswith("layers")).split()[1:]
