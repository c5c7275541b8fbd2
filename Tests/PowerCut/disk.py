"""Folders as a power cut may leave them.

The model is POSIX's, which promises less than ext4 and xfs do:

- What was written to a file, and its size, is durable after fsync(2) or fdatasync(2) of that file. Before, each write and each change
  of the size may be there or not, whatever came before or after it; of a write the size alone may be there, or its first half.
- A name is durable after fsync(2) of the folder that it is in. Before, each change of a folder (open with O_CREAT, link, rename, unlink,
  mkdir) may be there or not, whatever came before or after it. A rename is done as a whole or not at all, and durable with the folder
  that it leads to. The sync of a file makes no name durable, and that of a folder not the folder's own.
- syncfs(2) makes everything durable.

(ext4 and xfs have one journal, so there each sync makes all former changes of names durable. What holds here holds there.)
"""

import hashlib
import os
import random

from steps import Mark, Names, Resize, Sync, Write
from tree import resize, write


class Disk:
    """What is durable after the steps so far, and the steps that are not, in their order."""

    def __init__(self, tree):
        self.tree = tree
        folders, files = tree.first
        self.folders = {of: dict(folders.get(of, {})) for of in tree.folders}
        self.files = {of: bytearray(files.get(of, b"")) for of in tree.files}
        self.version = dict.fromkeys(tree.files, 0)
        # By the step's number.
        self.pending = {}
        self.digests = {}

    def take(self, number, step):
        if isinstance(step, Sync):
            for earlier in [earlier for earlier in self.pending if earlier < step.before]:
                if self.is_covered(step.of, self.pending[earlier]):
                    self.settle(self.pending.pop(earlier))
        elif isinstance(step, Mark):
            pass
        elif self.tree.ignores(step):
            self.settle(step)
        else:
            self.pending[number] = step

    @staticmethod
    def is_covered(synced, step):
        if synced is None:
            return True
        return step.changes[-1][0][0] == synced if isinstance(step, Names) else step.of == synced

    def settle(self, step):
        if isinstance(step, Names):
            for (folder, name), of in step.changes:
                change(self.folders[folder], name, of)
        else:
            alter(self.files[step.of], step)
            self.version[step.of] += 1

    def state(self, kept):
        """What is there if of the pending steps only these happened: numbers, with what is left of each ("all", "size" or "half")."""
        folders, changes, copied = dict(self.folders), {}, set()
        for number in sorted(kept):
            step = self.pending[number]
            if not isinstance(step, Names):
                changes.setdefault(step.of, []).append((number, kept[number]))
                continue
            for (folder, name), of in step.changes:
                if folder not in copied:
                    copied.add(folder)
                    folders[folder] = dict(folders[folder])
                change(folders[folder], name, of)
        return State(self, folders, changes)

    def content(self, of, changes):
        if not changes:
            return self.files[of]
        content = bytearray(self.files[of])
        for number, part in changes:
            alter(content, torn(self.pending[number], part))
        return content

    def digest(self, of, changes):
        key = of, self.version[of], tuple(changes)
        if key not in self.digests:
            self.digests[key] = hashlib.blake2b(self.content(of, changes), digest_size=16).digest()
        return self.digests[key]


def change(folder, name, of):
    if of is None:
        folder.pop(name, None)
    else:
        folder[name] = of


def alter(content, step):
    if isinstance(step, Write):
        write(content, step)
    else:
        resize(content, step.size)


def torn(step, part):
    if part == "all" or isinstance(step, Resize):
        return step
    if part == "half":
        return step._replace(content=step.content[:len(step.content) // 2])
    return step._replace(content=bytes(len(step.content)))


class State:
    """Folders and files after a power cut."""

    def __init__(self, disk, folders, changes):
        self.disk, self.folders, self.changes = disk, folders, changes

    def walk(self, folder, path=""):
        """Paths and numbers of what is in a folder, folders before what they hold."""
        for name, of in sorted(self.folders[folder].items()):
            yield path + name, of
            if of in self.folders:
                yield from self.walk(of, path + name + "/")

    def folder(self, name):
        """The number of a folder in the root; None if it is not there."""
        of = self.folders[0].get(name)
        return of if of in self.folders else None

    def digest(self, parts):
        total = hashlib.blake2b(digest_size=16)
        for part in parts:
            folder = self.folder(part)
            for path, of in self.walk(folder, part + "/") if folder is not None else []:
                if of not in self.disk.tree.ignored:
                    total.update(os.fsencode(path) + b"\0" + (self.disk.digest(of, self.changes.get(of, ())) if of in self.disk.files else b""))
        return total.digest()

    def make(self, target, parts):
        """Writes these folders of the root to the real folder `target`; hard links become so."""
        tree, made = self.disk.tree, {}
        for part in parts:
            folder = self.folder(part)
            if folder is None:
                continue
            os.mkdir(os.path.join(target, part))
            for path, of in self.walk(folder, part + "/"):
                place = os.path.join(target, path)
                if of in self.folders:
                    os.mkdir(place)
                elif of in tree.links:
                    os.symlink(tree.links[of].replace(tree.root, target, 1), place)
                elif of in made:
                    os.link(made[of], place)
                else:
                    made[of] = place
                    self.write(of, place)

    def write(self, of, place):
        tree = self.disk.tree
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, tree.modes[of])
        with open(descriptor, "wb", buffering=0) as file:
            file.write(self.disk.content(of, self.changes.get(of, ())))
        if of in tree.modified:
            os.utime(place, ns=(tree.modified[of], tree.modified[of]))


# Choices besides those that find most faults.
OTHERS = 4


def choices(pending, dice):
    """Which pending steps to keep, in ways that a power cut leaves them."""
    numbers = sorted(pending)
    every = dict.fromkeys(numbers, "all")
    named = {number: "all" for number in numbers if isinstance(pending[number], Names)}
    data = {number: "all" for number in numbers if number not in named}
    yield from [every, {}, named, data, {**named, **dict.fromkeys(data, "size")}]
    if data:
        yield {**every, max(data): "half"}
        yield {number: part for number, part in every.items() if number != max(data)}
    for _ in range(OTHERS if numbers else 0):
        yield other(numbers, every, dice)


def other(numbers, every, dice):
    recent = numbers[-16:]
    kind = dice.randrange(5)
    if kind == 0:
        cut = dice.choice(recent)
        return {number: "all" for number in numbers if number < cut}
    if kind == 1:
        dropped = dice.choice(recent)
        return {number: "all" for number in numbers if number != dropped}
    if kind == 2:
        return {dice.choice(recent): "all"}
    if kind == 3:
        return {number: dice.choice(["all", "all", "half", "size"]) for number in numbers if dice.random() < 0.7}
    return {number: "all" for number in numbers if dice.random() < random.Random(dice.random()).random()}
