"""Nodes of one site as machines of their own: each has its network, its processes and its mounts in namespaces of its own, reaches PostgreSQL
over TCP, and sees the shared folder through file systems of its own (bindfs: FUSE, with links and fsync and without O_TMPFILE)."""

import contextlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile

import pytest

import engines
from running_site import PATIENCE, OneNode, until

SHARED = ["uploads", "recycle", "json"]
TOOLS = ["ip", "bindfs", "nsenter", "unshare"]

# What the host has to allow, in namespaces that end with it.
TRIAL = "ip link add b0 type bridge && ip link add v0 type veth peer name v1 && : <> /dev/fuse"

# A machine's start: its mounts, then what it runs, as process 1. With that everything of it ends, its mounts too.
MACHINE = """
shared=$1 data=$2 seconds=$3; shift 3
ip link set lo up
remembers=entry_timeout=$seconds,attr_timeout=$seconds
for folder in uploads recycle json; do mkdir -p "$data/$folder" && bindfs -o $remembers "$shared/$folder" "$data/$folder" || exit; done
exec "$@"
"""

# What systemd does when a machine starts: no setting up, which takes longer than a machine lives in tests that kill them every second.
BOOT = """
source ./install.sh
prepare_data() { first_run=''; }
render_folder() { true; }
responders() { echo "$RESPONDERS"; }
start_further_parts() {
    start "imagebed follow" "$bin/imagebed" follow
    start "commands" bash -c 'while true; do sleep 0.5; "$0" expire --unattended; sleep 0.5; "$0" gc; done' "$bin/imagebed"
}
main run "$@"
"""


def missing():
    """What the host lacks for machines; None for nothing."""
    if not list(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        return "apt install postgresql"
    if absent := [tool for tool in TOOLS if not shutil.which(tool)]:
        return f"there is no {absent[0]}"
    tried = subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "sh", "-c", TRIAL], capture_output=True, text=True)
    return f"namespaces, bridges and FUSE are root's: {tried.stderr.strip()}" if tried.returncode else None


class Network:
    """A bridge of this host, with a network namespace for each machine. It goes with this process, however that ends: the shell that made it
    reads a pipe until then."""

    def __init__(self, machines):
        self.name = f"ib{os.getpid()}"
        # (Those for measurements of networks, RFC 2544: nobody has them.)
        taken = subprocess.run(["ip", "-o", "-4", "addr"], capture_output=True, text=True, check=True).stdout
        self.prefix = next(prefix for prefix in (f"198.18.{random.randrange(256)}." for _ in iter(int, 1)) if prefix not in taken)
        self.own = f"{self.prefix}1"
        script = f"""
            ends() {{ for number in $numbers; do ip netns delete {self.name}-$number; done; ip link delete {self.name}; }}
            numbers="{' '.join(str(number) for number in range(machines))}"
            make() {{
                ip link add {self.name} type bridge && ip addr add {self.own}/24 dev {self.name} && ip link set {self.name} up || return
                for number in $numbers; do
                    ip netns add {self.name}-$number &&
                    ip link add {self.name}v$number type veth peer name eth0 netns {self.name}-$number &&
                    ip link set {self.name}v$number master {self.name} up &&
                    ip -n {self.name}-$number addr add {self.prefix}$((number + 11))/24 dev eth0 &&
                    ip -n {self.name}-$number link set eth0 up && ip -n {self.name}-$number link set lo up || return
                done
            }}
            make && echo made
            read -r word
            ends 2>/dev/null"""
        self.keeper = subprocess.Popen(["sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        assert self.keeper.stdout.readline() == b"made\n", "the network could not be made"

    def address(self, number):
        return f"{self.prefix}{number + 11}"

    def space(self, number):
        return f"/run/netns/{self.name}-{number}"

    def remove(self):
        self.keeper.stdin.close()
        self.keeper.wait(PATIENCE)


class Contained(OneNode):
    """A node with namespaces of its own, in which the tests' commands run too as long as it does. `shared` has the folders of all nodes, `network`
    is what brings a command into its network namespace."""

    # Seconds for which its kernel remembers what a name in the shared folder is.
    remembers = 1

    def way_in(self):
        if first := self.first_process():
            return ["nsenter", "--target", str(first), "--mount", "--net", "--pid"]
        return [*self.network, "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                "sh", "-c", MACHINE, "sh", str(self.shared), str(self.data), str(self.remembers)]

    def first_process(self):
        """The machine's process 1; None while it does not run."""
        if self.process is None or self.process.poll() is not None:
            return None
        with contextlib.suppress(OSError):
            children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            return int(children[0]) if children else None

    def kill(self):
        """As a machine that dies: the kernel ends all its processes with SIGKILL when it ends the first one, and with them its mounts."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.first_process() or self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        self.output.close()
        self.process = None


class Machine(Contained):
    """One of several at a bridge, with an address of its own."""

    def __init__(self, machines, number, **arguments):
        super().__init__(**arguments)
        self.shared, self.network = machines.shared, ["nsenter", f"--net={machines.network.space(number)}"]
        self.options += ["--listen", machines.network.address(number)]
        self.boots = False

    def take_port(self):
        super().take_port()
        self.port = 8090

    def program(self):
        return ["bash", "-c", BOOT, "boot"] if self.boots else super().program()

    def boot(self, responders):
        """Begins to start it with some responders, and with commands at work all the time."""
        self.boots, self.environment = True, {"RESPONDERS": "\n".join(responders)}
        self.launch()

    def restart(self):
        """It ends as it should, and starts with everything."""
        assert self.stop() == []
        self.boots = False
        self.start()


class Machines:
    """The nodes of a site, their network, their database and what they share; `key` is good for all of them."""

    def __init__(self, count=2):
        if lack := missing():
            pytest.skip(lack)
        self.network = Network(count)
        self.server = engines.Server(f"{self.network.own}/24")
        self.words = self.server.make().replace(f"host={self.server.folder}", f"host={self.network.own}")
        self.shared = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-shared-"))
        self.shared.chmod(0o755)
        for folder in SHARED:
            (self.shared / folder).mkdir()
        self.all = [Machine(self, number) for number in range(count)]

    def start(self):
        for number, node in enumerate(self.all):
            node.data.mkdir()
            engines.configure(node.data, self.words)
            with open(node.data / "cluster.conf", "a") as file:
                file.write(f"node = web{number + 1}\n")
            if number:
                shutil.copy(self.all[0].data / "secret", node.data / "secret")
            node.start()
        self.url, self.key = self.all[0].url, self.all[0].key
        self.all[0].imagebed("settings", "set", "base_url", self.url)
        return self

    def query(self, statement, *values):
        return self.all[0].query(statement, *values)

    def files(self, folder):
        top = self.shared / folder
        return sorted(str(path.relative_to(top)) for path in top.rglob("*") if not path.is_dir())

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.remove()
            raise

    def __exit__(self, *_):
        assert self.remove() == []

    def remove(self):
        """Returns what still ran after the nodes had been stopped."""
        left = [process for node in self.all for process in node.stop()]
        for node in self.all:
            node.remove()
        self.server.end()
        self.network.remove()
        shutil.rmtree(self.shared, ignore_errors=True)
        return left


def ready(nodes):
    """Waits until all of them answer."""
    for node in nodes:
        assert until(lambda: node.is_ready() or node.process.poll() is not None) and node.process.poll() is None, node.transcript()[-2000:]
