# Containers of the image that `install.sh image` makes, run by runc as Docker would: its capabilities, what it masks, the system calls that
# it refuses, a writable layer over the image, and volumes.

import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ["mmdebstrap", "runc", "umoci", "skopeo", "dpkg-shlibdeps", "nsenter"]
CAPABILITIES = ["CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "MKNOD", "NET_RAW", "SETGID", "SETUID", "SETFCAP", "SETPCAP", "NET_BIND_SERVICE",
                "SYS_CHROOT", "KILL", "AUDIT_WRITE"]
# What Docker's profile has not on its list, as far as this kernel's runc knows the names; namespaces are refused to clone by its flags.
REFUSED = ["unshare", "setns", "mount", "umount2", "pivot_root", "ptrace", "process_vm_readv", "process_vm_writev", "bpf", "perf_event_open",
           "keyctl", "add_key", "request_key", "userfaultfd", "kexec_load", "init_module", "finit_module", "delete_module", "reboot", "swapon",
           "open_by_handle_at", "acct", "quotactl", "mbind", "move_pages", "set_mempolicy", "settimeofday", "clock_settime", "io_uring_setup"]
NAMESPACES = 0x7E020000
PATIENCE = 120


class Image:
    def __init__(self, archive, folder):
        self.archive = archive
        self.layout = folder / "layout"
        with tarfile.open(archive) as file:
            file.extractall(self.layout, filter="data")
        subprocess.run(["umoci", "unpack", "--image", f"{self.layout}:latest", folder / "bundle"], check=True, capture_output=True)
        self.root = folder / "bundle/rootfs"
        self.config = self.blob(self.manifest["config"]["digest"])["config"]

    def blob(self, digest):
        return json.loads((self.layout / "blobs" / digest.replace(":", "/")).read_text())

    @property
    def manifest(self):
        return self.blob(json.loads((self.layout / "index.json").read_text())["manifests"][0]["digest"])


@pytest.fixture(scope="session")
def image(tmp_path_factory):
    """What `install.sh image` makes, once, and as it is unpacked."""
    missing = [name for name in TOOLS if not shutil.which(name)]
    if missing or os.geteuid() != 0:
        pytest.skip(f"not installed here: {missing}" if missing else "needs root")
    folder = tmp_path_factory.mktemp("image")
    for name in ["nginx", "apache", "htdocs", "docs", "Sources/imagebed/install"]:
        shutil.copytree(ROOT / name, folder / "checkout" / name)
    for name in ["install.sh", "README.md", "README.zh-CN.md", "LICENSE"]:
        shutil.copy(ROOT / name, folder / "checkout")
    # (Packing is not what is tested.)
    run = subprocess.run([folder / "checkout/install.sh", "image"], capture_output=True, text=True, timeout=1800, stdin=subprocess.DEVNULL,
                         env={**os.environ, "DPKG_DEB_COMPRESSOR_TYPE": "none", "IMAGEBED_IMAGE_COMPRESSION": "none"})
    if run.returncode and re.search(r"Could not (resolve|connect)|Temporary failure|Connection (failed|timed out)|Network is unreachable", run.stderr):
        pytest.skip(f"Debian's packages cannot be fetched here: {run.stderr[-500:]}")
    assert run.returncode == 0, run.stderr[-3000:]
    image = Image(pathlib.Path(run.stdout.strip()), folder)
    if why_not := Container(image, folder).trial():
        pytest.skip(f"runc cannot run a container here: {why_not}")
    yield image
    shutil.rmtree(folder)


def toolchain():
    """The folder of a toolchain's own libraries, which the programs of a debug build load and no package has."""
    said = subprocess.check_output(["ldd", pathlib.Path(os.environ["IMAGEBED_BIN"]) / "imagebed"], text=True)
    found = re.search(r"=> (\S+)/libswiftCore\.so", said)
    return [found[1]] if found else []


class Container:
    """One of the image: `docker run` with these volumes ({path in it: folder}) and this environment."""

    number = 0

    def __init__(self, image, folder, volumes=(), environment=(), arguments=(), read_only=False, capabilities=CAPABILITIES, user=(0, 0)):
        Container.number += 1
        self.name = f"imagebed-test-{os.getpid()}-{Container.number}"
        self.folder = folder / self.name
        self.image = image
        self.process = None
        for name in ["upper", "work", "rootfs"]:
            (self.folder / name).mkdir(parents=True)
        self.arguments = list(arguments)
        self.specification = self.describe(dict(volumes), dict(environment), read_only, ["CAP_" + name for name in capabilities], user)

    def describe(self, volumes, environment, read_only, capabilities, user):
        own = {name.split("=")[0]: name.split("=", 1)[1] for name in self.image.config["Env"]}
        binds = [(str(folder), path, "rw") for path, folder in volumes.items()] + [(folder, folder, "ro") for folder in toolchain()]
        temporary = [("/run", "mode=1777"), ("/tmp", "mode=1777")] if read_only else []
        return {
            "ociVersion": "1.0.2", "hostname": "container", "root": {"path": "rootfs", "readonly": read_only},
            "process": {
                "terminal": False, "user": {"uid": user[0], "gid": user[1]}, "cwd": self.image.config["WorkingDir"], "noNewPrivileges": False,
                "args": self.image.config["Entrypoint"] + self.arguments,
                "env": [f"{name}={value}" for name, value in {**own, **environment}.items()],
                "capabilities": {kind: capabilities if user[0] == 0 or kind == "bounding" else [] for kind in ["bounding", "effective", "permitted"]},
            },
            "mounts": [
                {"destination": "/proc", "type": "proc", "source": "proc"},
                {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
                {"destination": "/dev/pts", "type": "devpts", "source": "devpts", "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"]},
                {"destination": "/dev/shm", "type": "tmpfs", "source": "shm", "options": ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]},
                {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["nosuid", "noexec", "nodev", "ro"]},
                *[{"destination": path, "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev", mode]} for path, mode in temporary],
                *[{"destination": path, "type": "bind", "source": source, "options": ["rbind", mode]} for source, path, mode in binds],
            ],
            "linux": {
                "namespaces": [{"type": kind} for kind in ["pid", "network", "ipc", "uts", "mount"]],
                "maskedPaths": ["/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware"],
                "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
                "seccomp": {
                    "defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
                    "syscalls": [
                        {"names": REFUSED, "action": "SCMP_ACT_ERRNO", "errnoRet": 1},
                        {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38},
                        *[{"names": ["clone"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1,
                           "args": [{"index": 0, "value": 1 << bit, "valueTwo": 1 << bit, "op": "SCMP_CMP_MASKED_EQ"}]}
                          for bit in range(32) if NAMESPACES >> bit & 1],
                    ],
                },
            },
        }

    def __enter__(self):
        subprocess.run(self.mounting(), check=True)
        (self.folder / "config.json").write_text(json.dumps(self.specification))
        self.start()
        return self

    def mounting(self):
        return ["mount", "-t", "overlay", "-o", f"lowerdir={self.image.root},upperdir={self.folder}/upper,workdir={self.folder}/work", "overlay",
                self.folder / "rootfs"]

    def trial(self):
        """Why a container of this description cannot run on this machine, whatever it runs; empty if it can."""
        mounted = subprocess.run(self.mounting(), capture_output=True, text=True)
        if mounted.returncode:
            return mounted.stderr
        self.specification["process"]["args"] = ["/bin/true"]
        (self.folder / "config.json").write_text(json.dumps(self.specification))
        run = subprocess.run(["runc", "run", "--bundle", self.folder, self.name], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        subprocess.run(["umount", self.folder / "rootfs"], check=True)
        return run.stderr if run.returncode else ""

    def start(self):
        """`docker start`; the log goes on."""
        self.process = subprocess.Popen(["runc", "run", "--bundle", self.folder, self.name], stdin=subprocess.DEVNULL,
                                        stdout=open(self.folder / "log", "ab"), stderr=subprocess.STDOUT)

    def __exit__(self, *_):
        # (There is nothing to kill yet where it starts this moment.)
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            subprocess.run(["runc", "kill", self.name, "KILL"], capture_output=True)
            time.sleep(0.1)
        subprocess.run(["runc", "delete", "--force", self.name], capture_output=True)
        subprocess.run(["umount", self.folder / "rootfs"], check=True)

    @property
    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def until_ready(self, times=1):
        end = time.monotonic() + PATIENCE
        while self.log.count("\nready http://") < times:
            assert self.process.poll() is None and time.monotonic() < end, self.log[-4000:]
            time.sleep(0.1)
        return self

    def wait(self):
        """`docker wait`: the status."""
        return self.process.wait(PATIENCE)

    def stop(self):
        """`docker stop`: the status, and the seconds that it took."""
        begin = time.monotonic()
        subprocess.run(["runc", "kill", self.name, "TERM"], check=True)
        return self.wait(), time.monotonic() - begin

    def run(self, *command, check=True):
        """`docker exec`"""
        run = subprocess.run(["runc", "exec", self.name, *command], capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
        assert not check or run.returncode == 0, run.stdout + run.stderr + self.log[-3000:]
        return run

    def curl(self, *options):
        """What a client gets: the body, and its status behind it in a line of its own."""
        state = json.loads(subprocess.check_output(["runc", "state", self.name]))
        said = subprocess.run(["nsenter", "-t", str(state["pid"]), "-n", "curl", "-s", "-m", "60", "-w", "\n%{http_code}", *options],
                              capture_output=True, timeout=PATIENCE).stdout
        body, _, status = said.rpartition(b"\n")
        return int(status), body

    def processes(self):
        """{process: (uid, state, command line)} of the container's."""
        listed = json.loads(subprocess.check_output(["runc", "ps", "--format", "json", self.name]))
        found = {}
        for process in listed:
            try:
                status = dict(line.split(":\t", 1) for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines() if ":\t" in line)
                command = pathlib.Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except FileNotFoundError:
                continue
            found[process] = (int(status["Uid"].split()[0]), status["State"][0], command)
        return found
