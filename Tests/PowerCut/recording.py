"""What programs did to a folder, as a list of steps, out of a trace of their system calls.

Steps are in the order in which the calls returned. A sync covers what had returned before it was called.
"""

import os

from calls import MARK, NotUnderstood, STRING, TIME, calls, mode, text
from places import Places
from steps import Mark, Names, Resize, Sync, Write

OF_RECORD = 6  # FCGI_STDOUT


class Reader(Places):
    """Follows the calls on a tree that is kept as the calls leave it, and lists its steps."""

    def __init__(self, tree):
        super().__init__(tree)
        self.steps, self.counts = [], []
        # Where write(2) goes on, and which files it writes at their end.
        self.place, self.appends = {}, set()
        # Paths and what the file held when it got that name.
        self.published = []
        self.event = None

    def read(self, file):
        for call in calls(file):
            self.counts.append(len(self.steps))
            self.take(call)
        return self

    def take(self, call):
        if call.name in ("unlink", "unlinkat") and call.strings[0].startswith(MARK):
            return self.take_mark(call.strings[0])
        if call.failed or call.name == "mmap" and not (b"MAP_SHARED" in call.arguments and b"PROT_WRITE" in call.arguments):
            return None
        self.note_all(call)
        handler = getattr(self, "on_" + call.name, None)
        if handler is None:
            raise NotUnderstood(call.name)
        return handler(call)

    def take_mark(self, path):
        event, what = path.removeprefix(MARK).split("/")
        self.event = int(event) if what == "begin" else None
        self.steps.append(Mark(int(event), what))

    # Steps

    def add(self, step):
        self.tree.apply(step)
        self.steps.append(step)

    def names(self, *changes):
        changes = tuple(change for change in changes if change is not None)
        self.add(Names(changes))
        for (folder, name), of in changes:
            if of is not None and self.tree.is_file(of):
                self.published.append((self.tree.path_of(folder, name), bytes(self.tree.files[of])))

    def change(self, path, of):
        return (self.tree.place(path), of) if self.tree.covers(path) else None

    def on_open(self, call):
        number, path, gone = call.opened
        if not self.tree.covers(path):
            self.seen.pop((call.process, number), None)
            return
        flags = call.arguments
        if b"O_TMPFILE" in flags:
            of = self.nameless[path] = self.tree.new_file(path, mode(flags))
        else:
            of = self.nameless.get(path) if gone else self.tree.find(path)
            if of is None and not gone and b"O_CREAT" in flags:
                of = self.tree.new_file(path, mode(flags))
                self.names(self.change(path, of))
            elif of is not None and b"O_TRUNC" in flags:
                self.add(Resize(of, 0))
        self.seen[call.process, number] = of
        if of is not None and (b"O_WRONLY" in flags or b"O_RDWR" in flags):
            self.place[of] = 0
            (self.appends.add if b"O_APPEND" in flags else self.appends.discard)(of)

    on_openat = on_openat2 = on_creat = on_open

    def writes(self, call, content, offset=None):
        of = self.target(call)
        if of is None:
            self.answers(call, content)
            return
        assert len(content) >= call.returned, "the trace has not all bytes"
        content = content[:call.returned]
        if offset is None:
            offset = len(self.tree.files[of]) if of in self.appends else self.place.get(of, 0)
            self.place[of] = offset + len(content)
        if content:
            self.add(Write(of, offset, content))

    def answers(self, call, content):
        """The first bytes of a responder's answer to the request that the driver waits for."""
        if self.event is not None and len(content) > 1 and content[:2] == bytes([1, OF_RECORD]) and "socket" in call.descriptors[0][1]:
            self.steps.append(Mark(self.event, "answer"))
            self.event = None

    def on_write(self, call):
        self.writes(call, b"".join(text(found) for found in STRING.findall(call.arguments)))

    on_writev = on_write

    def on_pwrite64(self, call):
        self.writes(call, text(STRING.search(call.arguments)[1]), call.last_number())

    def on_lseek(self, call):
        of = self.target(call)
        if of is not None:
            self.place[of] = call.returned

    def on_ftruncate(self, call):
        of = self.target(call)
        if of is not None:
            self.add(Resize(of, call.last_number()))

    def on_truncate(self, call):
        of = self.found(self.plain(call))
        if of is not None:
            self.add(Resize(of, call.last_number()))

    def on_fallocate(self, call):
        of, (offset, size) = self.target(call), call.last_numbers(2)
        if of is not None and offset + size > len(self.tree.files[of]):
            self.add(Resize(of, offset + size))

    def on_utimensat(self, call):
        of, times = self.target(call), TIME.findall(call.arguments)
        if of is not None and len(times) == 2:
            self.tree.modified[of] = int(times[1][0]) * 10**9 + int(times[1][1])

    def on_fchmod(self, call):
        of = self.target(call)
        if of is not None:
            self.tree.modes[of] = mode(call.arguments)

    def on_chmod(self, call):
        of = self.found(self.plain(call))
        if of is not None:
            self.tree.modes[of] = mode(call.arguments)

    def on_fchmodat(self, call):
        of = self.found(self.path(call, 0, call.strings[0]))
        if of is not None:
            self.tree.modes[of] = mode(call.arguments)

    def ends_in_the_tree(self, call, index):
        of = self.target(call, index) if len(call.descriptors) > index else None
        if of is not None and of not in self.tree.ignored:
            raise NotUnderstood(f"{call.name} to {call.descriptors[index][1]}")

    def on_mmap(self, call):
        self.ends_in_the_tree(call, 0)

    on_sendfile = on_mmap

    def on_copy_file_range(self, call):
        self.ends_in_the_tree(call, 1)

    on_splice = on_copy_file_range

    def on_sync_file_range(self, call):
        """Makes nothing durable that this project relies on."""

    on_msync = on_sync_file_range

    def on_fsync(self, call):
        of = self.target(call)
        if of is not None:
            self.add(Sync(of, self.counts[min(call.started, len(self.counts) - 1)]))

    on_fdatasync = on_fsync

    def on_syncfs(self, call):
        self.add(Sync(None, self.counts[min(call.started, len(self.counts) - 1)]))

    def on_link(self, call):
        if self.tree.covers(self.plain(call, 1)):
            self.names(self.change(self.plain(call, 1), self.found(self.plain(call))))

    def on_linkat(self, call):
        former, new = call.strings
        target = self.path(call, 1, new)
        if not self.tree.covers(target):
            return
        if former.startswith("/proc/self/fd/"):
            of = self.seen[call.process, former.rsplit("/", 1)[1].encode()]
        else:
            of = self.tree.find(self.path(call, 0, former))
        if of is None:
            raise NotUnderstood(f"a link to {former}")
        self.names(self.change(target, of))

    def on_rename(self, call):
        self.renames(self.plain(call), self.plain(call, 1))

    def on_renameat(self, call):
        former, new = call.strings
        self.renames(self.path(call, 0, former), self.path(call, 1, new))

    on_renameat2 = on_renameat

    def renames(self, former, new):
        if not self.tree.covers(new) and not self.tree.covers(former):
            return
        of = self.found(former, follows=False)
        if of is None:
            raise NotUnderstood(f"a move of {former}")
        if self.tree.covers(new):
            self.nameless[new] = self.found(new, follows=False)
        self.names(self.change(former, None), self.change(new, of))

    def removes(self, path):
        # (Sockets have no step of their own.)
        of = self.found(path, follows=False)
        if of is not None:
            self.nameless[path] = of
            self.names(self.change(path, None))

    def on_unlink(self, call):
        self.removes(self.plain(call))

    on_rmdir = on_unlink

    def on_unlinkat(self, call):
        self.removes(self.path(call, 0, call.strings[0]))

    def makes(self, path):
        if self.tree.covers(path):
            self.names(self.change(path, self.tree.new_folder(path)))

    def on_mkdir(self, call):
        self.makes(self.plain(call))

    def on_mkdirat(self, call):
        self.makes(self.path(call, 0, call.strings[0]))

    def links(self, target, path):
        if self.tree.covers(path):
            self.names(self.change(path, self.tree.new_link(path, target)))

    def on_symlink(self, call):
        self.links(call.strings[0], self.plain(call, 1))

    def on_symlinkat(self, call):
        self.links(call.strings[0], self.path(call, 0, call.strings[1]))
