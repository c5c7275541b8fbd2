# A whole site for a test: `install.sh run` on a free port with a data folder of its own, the real web server, the real
# responders, the real database. It is started the way a newcomer starts it, and must leave nothing running behind.

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import engines

ROOT = pathlib.Path(__file__).resolve().parents[2]
# For what takes a moment on an idle machine. It is never waited out: a busy machine is slower, a hang is a failure.
PATIENCE = 120.0


def binaries():
    """The folder with the built executables."""
    return pathlib.Path(os.environ["IMAGEBED_BIN"]).resolve()


def reserved_port():
    """A socket that keeps a port of 127.0.0.1 as long as it is open: it is bound and does not listen, so that the kernel gives the
    port to nobody who asks for any, and a server that sets SO_REUSEADDR, as nginx and Apache do, can listen on it."""
    keeper = socket.socket()
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    keeper.bind(("127.0.0.1", 0))
    return keeper


def as_in_a_terminal():
    """For children that are to be stopped as Ctrl-C does: a shell cannot trap what was ignored when it began, and what runs in the
    background or under nohup has these signals ignored."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def until(condition, seconds=PATIENCE, pause=0.05):
    """The first true value of `condition`, or its last one when the time is over."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(pause)


def at_once(count, action):
    """What `action(number)` returns for as many callers, all of them started at the same moment."""
    barrier = threading.Barrier(count)

    def one(number):
        barrier.wait()
        return action(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


class OneNode:
    def __init__(self, options=(), executables=None, data=None, environment=None, checkout=ROOT):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-wire-"))
        self.folder.chmod(0o755)
        self.data = pathlib.Path(data) if data else self.folder / "var"
        self.executables = pathlib.Path(executables or binaries())
        self.checkout = checkout
        self.take_port()
        self.options = [str(option) for option in options]
        self.environment = environment or {}
        self.first_run = {}
        self.process = None

    @property
    def nodes(self):
        return [self]

    # Life

    def take_port(self):
        """A port that is this site's until it is removed, whether it runs or not."""
        self.port_keeper = reserved_port()
        self.port = self.port_keeper.getsockname()[1]

    def start(self):
        self.launch()
        return self.reach()

    def launch(self):
        engines.prepare(self.data)
        way = self.way_in()
        self.output = open(self.folder / "output", "wb")
        self.process = subprocess.Popen(
            [*way, *self.program(), "--port", str(self.port), "--data", str(self.data), *self.options], cwd=self.checkout,
            env={**os.environ, "IMAGEBED_BIN": str(self.executables), **self.environment}, stdin=subprocess.DEVNULL,
            stdout=self.output, stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=as_in_a_terminal)

    def program(self):
        return ["./install.sh", "run"]

    def way_in(self):
        """What brings a command to where the site runs; nothing where that is this machine itself."""
        return []

    def reach(self):
        """Waits until the site answers, and reads what its first run told."""
        ready = until(lambda: self.is_ready() or self.process.poll() is not None)
        assert ready and self.process.poll() is None, "the site did not start:\n" + self.transcript()[-2000:]
        self.first_run = read_environment_file(self.data / "first-run.env")
        self.url = self.first_run["BASE_URL"].rstrip("/")
        self.key = self.first_run["API_KEY"]
        # What stands before every path on the wire.
        self.prefix = "/" + "/".join(self.url.split("/")[3:]) if self.url.count("/") > 2 else ""
        return self

    def is_ready(self):
        return any(line.startswith("ready http") for line in self.transcript().splitlines())

    def transcript(self):
        return (self.folder / "output").read_text(errors="replace")

    def stop(self, with_signal=signal.SIGINT):
        """Stops the site as Ctrl-C does and returns what is still running, which should be nothing."""
        if self.process is None:
            return []
        if self.process.poll() is None:
            os.killpg(self.process.pid, with_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        until(lambda: not self.processes())
        left = [f"{process} {command_line(process)}" for process in self.processes()]
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.output.close()
        self.process = None
        return left

    def remove(self):
        self.port_keeper.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        left = self.stop()
        self.remove()
        assert left == [], f"still running after the site was stopped: {left}"

    # Processes

    def processes(self):
        """Everything that belongs to this site: by session, environment, command line or open files."""
        mark = str(self.folder).encode()
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()
                and belongs(int(name), mark, self.process.pid if self.process else -1)]

    def responders(self, name):
        """The processes that run the executable of this name, oldest first."""
        wanted = str(self.executables / name)
        return sorted(process for process in self.processes() if link(f"/proc/{process}/exe") == wanted)

    @contextlib.contextmanager
    def frozen(self, name):
        """While this lasts, no responder of this name can answer."""
        stopped = self.responders(name)
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield stopped
        finally:
            for process in stopped:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def imagebed(self, *arguments, check=True):
        """Runs the command line tool on this site."""
        return subprocess.run([*self.way_in(), self.executables / "imagebed", *arguments], env={**os.environ, "IMAGEBED_DATA": str(self.data)},
                              capture_output=True, text=True, check=check, timeout=PATIENCE)

    def tally(self):
        """Counts views of the web servers' logs: a visitor's connections go to one node or the other."""
        for node in self.nodes:
            node.imagebed("tally")

    def reload_web_server(self):
        """nginx works by the settings, which it does by itself a moment later, and none of its former workers is left."""
        self.imagebed("reload", "--web", "nginx", "--control", str(self.checkout / "Sources/imagebed/install/control.sh"))
        masters = [process for process in self.processes() if "nginx: master" in command_line(process)]
        workers = [process for process in self.processes() if "nginx: worker" in command_line(process)]
        for process in masters:
            os.kill(process, signal.SIGHUP)
        assert until(lambda: not any(os.path.exists(f"/proc/{worker}") for worker in workers))

    @contextlib.contextmanager
    def setting(self, **values):
        """These settings while it lasts, the former ones afterwards."""
        former = {key: self.imagebed("settings", "get", key).stdout.strip() for key in values}
        for key, value in values.items():
            self.imagebed("settings", "set", key, str(value))
        try:
            yield
        finally:
            for key, value in former.items():
                self.imagebed("settings", "set", key, value)

    # What is kept

    @property
    def uploads(self):
        return pathlib.Path(self.first_run["UPLOAD_ROOT"])

    @property
    def thumbnails(self):
        return self.data / "thumbs"

    def query(self, statement, *values):
        return engines.query(self.data, statement, *values)

    def files(self, folder="uploads"):
        top = self.data / folder
        # (FUSE keeps a file that is still open after it was removed, under such a name.)
        return sorted(str(path.relative_to(top)) for path in top.rglob("*") if not path.is_dir() and not path.name.startswith(".fuse_hidden"))

    def inventory(self):
        """Whatever an upload can leave: files, rows, unnamed files still open, buffered bodies of the web server."""
        until(lambda: not self.unnamed_files())
        return {
            "uploads": self.files("uploads"), "recycle": self.files("recycle"), "unnamed": self.unnamed_files(),
            "bodies": [str(path) for path in self.data.rglob("*body*/**/*") if path.is_file()],
            "rows": self.query("SELECT id, path, state FROM file ORDER BY id"),
            # The others change whenever the site's own timers run.
            "counters": self.query("SELECT * FROM counter WHERE name = 'uploads' OR name LIKE 'listed\\_%' ESCAPE '\\' ORDER BY name"),
        }

    def unnamed_files(self):
        found = []
        for process in self.responders("upload"):
            with contextlib.suppress(OSError):
                targets = [link(f"/proc/{process}/fd/{number}") for number in os.listdir(f"/proc/{process}/fd")]
                found += [target for target in targets if target.startswith(str(self.data)) and target.endswith("(deleted)")]
        return found

    def stored(self, url):
        """The file that a URL of an answer names."""
        assert url.startswith(self.url + "/uploads/"), url
        return self.uploads / url.removeprefix(self.url + "/uploads/")


def __getattr__(name):
    """`Site`, which tests import: one node, or two."""
    if name != "Site":
        raise AttributeError(name)
    if engines.NODES == 1:
        return OneNode
    import two_nodes
    return two_nodes.TwoNodes


def read_environment_file(path):
    lines = [line for line in path.read_text().splitlines() if "=" in line and not line.startswith("#")]
    return {name: value.strip().strip("'\"") for name, value in (line.split("=", 1) for line in lines)}


def link(path):
    try:
        return os.readlink(path)
    except OSError:
        return ""


def command_line(process):
    return read_bytes(f"/proc/{process}/cmdline").replace(b"\0", b" ").decode(errors="replace").strip()


def read_bytes(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def belongs(process, mark, session):
    status = read_bytes(f"/proc/{process}/stat").rpartition(b")")[2].split()
    if len(status) < 4 or status[0] in (b"Z", b"X"):
        return False
    if int(status[3]) == session or mark in read_bytes(f"/proc/{process}/cmdline") + read_bytes(f"/proc/{process}/environ"):
        return True
    try:
        numbers = os.listdir(f"/proc/{process}/fd")
    except OSError:
        return False
    return any(os.fsencode(link(f"/proc/{process}/fd/{number}")).startswith(mark) for number in numbers)
