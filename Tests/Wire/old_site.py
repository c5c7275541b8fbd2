# A site that took over the sample install: the old files are copied to a folder of the test's own, imported, and served by the
# responders. What its accounts, tokens and links are stands in deletes.json, as the replaced program gave them out.

import json
import re
import shutil
import subprocess

import engines
from running_site import ROOT, OneNode

SAMPLE = ROOT / "Tests/Data/easyimages"
RECORD = json.loads((SAMPLE / "deletes.json").read_text())
PASSWORDS = {
    "keeper": RECORD["site"]["admin_password_plain"], "anna": RECORD["site"]["uploader_anna_password_plain"],
    "小明": RECORD["site"]["uploader_xiaoming_password_plain"],
}
TOKENS = {token["id"]: token["token"] for token in RECORD["tokens"]}
# By their number in deletes.json, which is that of its README too.
UPLOADS = {upload["n"]: upload for upload in RECORD["uploads"]}


def copy_of_sample(folder):
    """The sample install without what was put beside it for tests."""
    shutil.copytree(SAMPLE, folder)
    for name in ("README.md", "deletes.json"):
        (folder / name).unlink()
    return folder


class OldSite(OneNode):
    """`site.old` is the replaced site's folder, `site.store` its picture tree, `site.report` what the import said; `settings`
    are values of its own that it has instead of the sample's, as they stand in its file."""

    def __init__(self, settings=(), **arguments):
        super().__init__(**arguments)
        self.old = copy_of_sample(self.folder / "old")
        self.store = self.old / "i"
        for key, value in dict(settings).items():
            self.change(key, value)

    def change(self, key, value):
        file = self.old / "config/config.php"
        text, count = re.subn(rf"(?m)^(\t'{key}'=>).*,$", lambda match: match[1] + value + ",", file.read_text())
        assert count == 1, key
        file.write_text(text)
        if key == "path":
            self.store = self.old / value.strip("'/")
            self.store.parent.mkdir(parents=True, exist_ok=True)
            (self.old / "i").rename(self.store)

    def start(self):
        prefix = self.options[self.options.index("--prefix") + 1] if "--prefix" in self.options else ""
        address = f"http://127.0.0.1:{self.port}{prefix}"
        engines.prepare(self.data)
        self.imagebed("setup", "--base-url", address)
        self.report = json.loads(self.imagebed("import", "easyimages", str(self.old), "--base-url", address, "--json").stdout)
        return super().start()

    def checks(self, name, password):
        """Whether a password opens an account."""
        done = subprocess.run([self.executables / "imagebed", "user", "check", name, "--data", str(self.data)], input=password + "\n",
                              capture_output=True, text=True)
        return done.returncode == 0

    def stored_file(self, stored_path):
        """The file of a stored path such as /i/2025/07/01/a.jpg."""
        assert stored_path.startswith("/i/"), stored_path
        return self.old / stored_path[1:]
