"""Which files the arguments of calls mean."""

import os


class Places:
    """What processes have open, on a tree that is kept as their calls leave it."""

    def __init__(self, tree):
        self.tree = tree
        # By process and descriptor; what has no name any more, or none yet, by the path that the kernel tells; the current folders of processes.
        self.seen, self.nameless, self.current = {}, {}, {}

    def note_all(self, call):
        for number, path, gone in call.descriptors:
            self.note(call.process, number, path, gone)
            if number == b"AT_FDCWD":
                self.current[call.process] = path

    def note(self, process, number, path, gone):
        if self.tree.covers(path):
            of = self.nameless.get(path) if gone else self.tree.find(path)
            self.seen[process, number] = of
            return of
        self.seen.pop((process, number), None)
        return None

    def target(self, call, index=0):
        """The number of the file whose descriptor is the call's first argument; None outside of the folder."""
        if not call.descriptors:
            return None
        return self.note(call.process, *call.descriptors[index])

    def path(self, call, place, name):
        """The path that an argument pair (folder, name) means, `place` being the number of the descriptor in the call."""
        if name.startswith("/"):
            return os.path.normpath(name)
        return os.path.normpath(os.path.join(call.descriptors[place][1], name))

    def found(self, path, **how):
        return self.tree.find(path, **how) if self.tree.covers(path) else None

    def plain(self, call, place=0):
        """The path that an argument without a descriptor means."""
        return os.path.normpath(os.path.join(self.current.get(call.process, "/"), call.strings[place]))

    def on_chdir(self, call):
        self.current[call.process] = self.plain(call)

    def on_fchdir(self, call):
        self.current[call.process] = call.descriptors[0][1]
