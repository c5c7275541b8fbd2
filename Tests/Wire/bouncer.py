# pgbouncer in transaction mode before the tests' server, with the settings of docs/cluster.md.

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

import pytest

from engines import Connection, ServerError
from running_site import PATIENCE, ROOT, until

PROGRAM = pathlib.Path("/usr/sbin/pgbouncer")
needs_bouncer = pytest.mark.skipif(not PROGRAM.exists(), reason="apt install pgbouncer")


class Bouncer:
    def __init__(self, words, pool):
        """`pool`: how many connections to the server there are for all."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-pgbouncer-", dir="/tmp"))
        server = re.search(r"host=(\S+)", words)[1]
        self.words = words.replace(f"host={server}", f"host={self.folder}")
        documented = re.search(r"\n    \[pgbouncer\]\n((?:    .+\n)+)", (ROOT / "docs/cluster.md").read_text())[1]
        documented, found = re.subn(r"default_pool_size = \d+", f"default_pool_size = {pool}", documented)
        assert found == 1
        (self.folder / "users").write_text('"imagebed" ""\n')
        (self.folder / "pgbouncer.ini").write_text(f"[databases]\n* = host={server}\n[pgbouncer]\n" + re.sub(r"^ +", "", documented, flags=re.M) + f"""
listen_addr =
listen_port = 5432
unix_socket_dir = {self.folder}
auth_type = trust
auth_file = {self.folder}/users
""")
        self.user = []
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.iterdir()):
                shutil.chown(path, "nobody")
            self.user = ["setpriv", "--reuid=nobody", "--clear-groups", "--"]
        self.begin()

    def begin(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen([*self.user, PROGRAM, self.folder / "pgbouncer.ini"],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        assert until(self.answers), (self.folder / "log").read_text()

    def lead_to(self, server):
        """As who promotes a standby has to do."""
        file = self.folder / "pgbouncer.ini"
        file.write_text(re.sub(r"(?m)^\* = .*", f"* = host={server.folder}", file.read_text()))
        self.process.send_signal(signal.SIGHUP)

    def answers(self):
        with contextlib.suppress(ServerError):
            Connection(self.words).close()
            return True
        return False

    def remove(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)
