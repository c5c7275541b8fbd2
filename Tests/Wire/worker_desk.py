# The picture worker alone at its desk: the real program with the descriptors of a job, as the site's user, in a folder like a site's; and,
# loaded beside it, a probe that plays a decoder which a picture has taken over.

import contextlib
import ctypes
import os
import pathlib
import re
import shutil
import struct
import subprocess

import pytest

import hostile
from command_line import BIN, NOBODY, PROJECT

POLICY = PROJECT / "Sources/PictureWorker/Policy.swift"
FONT = pathlib.Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
THUMBNAIL = "thumbnail png 1 1 1 0 0 1 1 0 0 1 1 1 1 80 255 255 255 0"
TEXT = "convert png 1 1 1 png 80 1 1 1 0 text 255 0 0 500 20 5"


@pytest.fixture(scope="module")
def probe(tmp_path_factory):
    compiler = next((path for path in map(shutil.which, ["cc", "clang", "/opt/swift/usr/bin/clang"]) if path), None)
    if not compiler:
        pytest.skip("no C compiler here")
    library = tmp_path_factory.mktemp("probe") / "probe.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", pathlib.Path(__file__).with_name("escape_probe.c"), "-o", library], check=True)
    return library


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

    def start(self, job, victim=None, program=None, text=None, before=None, **environment):
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
                                    extra_groups=[], pass_fds=high, preexec_fn=before, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

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


def refuse_landlock(code):
    """Answers the three calls of Landlock with an error, as a kernel without it does, and systemd where a unit does not name them. For a
    process that is about to start; BPF as in Sources/CConfinement/calls.h."""
    rules = [(0x20, 0, 0, 0)] + [(0x15, 3 - place, 0, 444 + place) for place in range(3)] + [(6, 0, 0, 0x7FFF0000), (6, 0, 0, 0x50000 | code)]
    rules = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
    program = struct.pack("HxxxxxxP", 6, ctypes.addressof(rules))
    prctl = ctypes.CDLL(None).prctl
    if prctl(38, 1, 0, 0, 0) or prctl(22, 2, program):
        raise OSError("no filter of system calls can be set")


def layers(desk, **more):
    """What a worker's self-test tells."""
    answer = desk.start("self-test", **more).communicate(timeout=120)[0]
    return next(line for line in answer.splitlines() if line.startswith("layers")).split()[1:]
