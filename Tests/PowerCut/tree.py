"""Folders as the calls leave them."""

import os

from steps import Names, Resize, Write


class Tree:
    """Numbers of files, folders and symbolic links, and what they hold."""

    def __init__(self, root, is_ignored=lambda path: False, is_absent=lambda path: False):
        """Changes of ignored files are durable at once; of absent ones nothing is known."""
        self.root, self.is_ignored, self.is_absent = os.path.realpath(root), is_ignored, is_absent
        self.files, self.folders, self.links, self.paths = {}, {0: {}}, {}, {0: self.root}
        self.modes, self.modified, self.ignored, self.names = {}, {}, set(), {}
        self.load(0)
        self.first = {of: dict(names) for of, names in self.folders.items()}, {of: bytes(content) for of, content in self.files.items()}

    def load(self, folder):
        """What is there before anything is recorded, which is durable."""
        for entry in os.scandir(self.paths[folder]):
            if entry.is_symlink():
                of = self.new_link(entry.path, os.readlink(entry.path))
            elif entry.is_dir():
                of = self.new_folder(entry.path)
                self.load(of)
            else:
                of = self.new_file(entry.path, entry.stat().st_mode & 0o777)
                with open(entry.path, "rb") as file:
                    self.files[of].extend(file.read())
                self.modified[of] = entry.stat().st_mtime_ns
            self.folders[folder][entry.name] = of

    def covers(self, path):
        return (path == self.root or path.startswith(self.root + "/")) and not self.is_absent(path[len(self.root) + 1:])

    def new(self, path):
        of = len(self.paths)
        self.paths[of] = path
        if self.is_ignored(path[len(self.root) + 1:]):
            self.ignored.add(of)
        return of

    def new_file(self, path, mode):
        of = self.new(path)
        self.files[of], self.modes[of] = bytearray(), mode
        return of

    def new_folder(self, path):
        of = self.new(path)
        self.folders[of] = {}
        return of

    def new_link(self, path, target):
        of = self.new(path)
        self.links[of] = target
        return of

    def ignores(self, step):
        """Whether it changes only ignored files."""
        if isinstance(step, Names):
            return all(folder in self.ignored or of in self.ignored for (folder, _), of in step.changes)
        return step.of in self.ignored

    def is_file(self, of):
        return of in self.files

    def find(self, path, follows=True):
        """The number of what has this path; None if nothing has."""
        of, names = 0, [name for name in path[len(self.root):].split("/") if name]
        while names:
            name = names.pop(0)
            of = self.folders.get(of, {}).get(name)
            if of in self.links and (names or follows):
                target = os.path.join(os.path.dirname(self.paths[of]), self.links[of], *names)
                return self.find(os.path.normpath(target)) if self.covers(target) else None
            if of is None:
                return None
        return of

    def place(self, path):
        folder, name = os.path.split(path)
        return self.find(folder), name

    def path_of(self, folder, name):
        return os.path.join(self.paths[folder], name)[len(self.root) + 1:]

    def apply(self, step):
        if isinstance(step, Write):
            write(self.files[step.of], step)
        elif isinstance(step, Resize):
            resize(self.files[step.of], step.size)
        elif isinstance(step, Names):
            for (folder, name), of in step.changes:
                self.name(folder, name, of)

    def name(self, folder, name, of):
        if of is None:
            self.folders[folder].pop(name, None)
        else:
            self.folders[folder][name] = of
            self.paths[of] = os.path.join(self.paths[folder], name)
            self.names.setdefault(of, []).append(self.path_of(folder, name))


def write(content, step):
    if step.offset > len(content):
        content.extend(bytes(step.offset - len(content)))
    content[step.offset:step.offset + len(step.content)] = step.content


def resize(content, size):
    del content[size:]
    content.extend(bytes(size - len(content)))
