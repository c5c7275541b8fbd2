# A site in front of the sample install of an EasyImages site: its picture tree is the folder of uploads, as after an import.

import os
import pathlib
import shutil
import subprocess

from running_site import Site

SAMPLE = pathlib.Path(__file__).resolve().parents[1] / "Data/easyimages"


class SiteOfOldTree(Site):
    """The old site's folder is `old`, a copy of the sample."""

    def __init__(self, options=(), settings=(), store="i"):
        super().__init__(options=options)
        self.old = self.folder / "old"
        self.settings = dict(settings)
        self.store = self.old / store

    def start(self):
        if not self.old.exists():
            self.prepare()
        return super().start()

    def prepare(self):
        shutil.copytree(SAMPLE, self.old)
        if not self.store.exists():
            self.store.parent.mkdir(parents=True, exist_ok=True)
            (self.old / "i").rename(self.store)
        environment = {**os.environ, "IMAGEBED_DATA": str(self.data)}
        program = self.executables / "imagebed"
        prefix = self.options[self.options.index("--prefix") + 1] if "--prefix" in self.options else ""
        address = f"http://127.0.0.1:{self.port}{prefix}"
        subprocess.run([program, "setup", "--base-url", address], env=environment, check=True, capture_output=True)
        for name, place in [("uploads", self.store), ("recycle", self.store / "recycle")]:
            (self.data / name).rmdir()
            (self.data / name).symlink_to(place)
        for key, value in self.settings.items():
            subprocess.run([program, "settings", "set", key, value], env=environment, check=True, capture_output=True)
