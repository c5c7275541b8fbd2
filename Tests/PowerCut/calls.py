"""System call traces (strace) of programs and of what they start."""

import os
import re
import subprocess

# Everything that changes files or their names, and what is needed to know which file a call means. A call of this list that is not
# understood and names a file of the folder ends the reading with an error, so that nothing is left out silently.
CALLS = """
open openat openat2 creat write pwrite64 writev pwritev pwritev2 lseek truncate ftruncate fallocate copy_file_range sendfile splice mmap
link linkat symlink symlinkat rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat mknod mknodat utimensat chmod fchmod fchmodat
fsync fdatasync sync syncfs sync_file_range msync io_uring_setup chdir fchdir
""".split()

MARK = "/dev/null/powercut/"
TIME = re.compile(rb"tv_sec=(\d+), tv_nsec=(\d+)")
MODE = re.compile(rb"(?:mode=|, )(0[0-7]+)")
STRING = re.compile(rb'"([^"]*)"')
DESCRIPTOR = re.compile(rb"(?:^|[ (=])(-?\d+|AT_FDCWD)<([^>]*)>(\(deleted\))?")


class NotUnderstood(Exception):
    """A call changes files in a way that is not known here: nothing may be left out silently."""


def record(command, output, **arguments):
    """Runs a program and what it starts under strace."""
    done = subprocess.run(
        ["strace", "-f", "-q", "-y", "-xx", "-s", str(1 << 26), "--seccomp-bpf", "-e", "trace=" + ",".join(f"?{call}" for call in CALLS),
         "-e", "signal=none", "-o", str(output), *command], **arguments)
    assert done.returncode == 0, f"the recorded program ended with {done.returncode}"


def mark(event, what):
    """Called in a recorded program: a call that fails and stands in the trace."""
    try:
        os.unlink(f"{MARK}{event}/{what}")
    except OSError:
        pass


def text(hexadecimal):
    return bytes.fromhex(hexadecimal.replace(b"\\x", b"").decode())


def mode(arguments):
    """Of a file that is made or changed."""
    found = MODE.findall(arguments)
    return int(found[-1], 8) if found else 0o644


class Call:
    """One line of the trace."""

    def __init__(self, process, name, arguments, result, started):
        self.process, self.name, self.arguments, self.result, self.started = process, name, arguments, result, started

    @property
    def strings(self):
        return [os.fsdecode(text(found)) for found in STRING.findall(self.arguments)]

    @property
    def descriptors(self):
        return [(number, os.fsdecode(text(path)), bool(gone)) for number, path, gone in DESCRIPTOR.findall(self.arguments)]

    @property
    def failed(self):
        return self.result.startswith(b"-1") or self.result.startswith(b"?")

    @property
    def returned(self):
        return int(re.match(rb"-?\d+", self.result)[0])

    @property
    def opened(self):
        """Number, path and whether it has no name, of the descriptor that it returned."""
        found = re.match(rb"(\d+)<([^>]*)>(\(deleted\))?", self.result)
        return found and (found[1], os.fsdecode(text(found[2])), bool(found[3]))

    def last_numbers(self, count):
        return [int(number) for number in self.arguments.rsplit(b",", count)[1:]]

    def last_number(self):
        return self.last_numbers(1)[0]


def calls(file):
    """The calls of a trace in the order in which they returned; `started` is how many had returned when it was made."""
    begun, count = {}, 0
    for line in file:
        process, _, line = line.rstrip(b"\n").partition(b" ")
        line = line.lstrip()
        if line.startswith((b"+++", b"---")):
            continue
        started = count
        if line.startswith(b"<..."):
            if process not in begun:
                continue
            head, started = begun.pop(process)
            line = head + line.partition(b" resumed>")[2]
        elif line.endswith(b"<unfinished ...>"):
            begun[process] = (line[:-len(b"<unfinished ...>")], count)
            continue
        name, _, rest = line.partition(b"(")
        end = rest.rfind(b" = ")
        if end < 0:
            continue
        arguments = rest[:end].rstrip()
        yield Call(process, name.decode(), arguments[:-1] if arguments.endswith(b")") else arguments, rest[end + 3:], started)
        count += 1
