# A copy of this machine (machine.py) that systemd has started as process 1, in namespaces of its own.

import os
import pathlib
import subprocess
import textwrap

import pytest

# What takes long, or wants what is not there.
MASKED = ["systemd-tmpfiles-setup.service", "systemd-update-utmp.service", "systemd-journal-flush.service", "systemd-timesyncd.service", "systemd-udevd.service",
          "systemd-udev-trigger.service", "apt-daily.timer", "apt-daily-upgrade.timer", "certbot.timer", "man-db.timer", "e2scrub_all.timer", "fstrim.timer"]


def boot(machine, folder, script):
    """Runs the script of a unit that comes when the machine is up; its output and status. Skips where systemd does not come up."""
    said = pathlib.Path(folder) / "said"
    said.mkdir()
    (said / "script").write_text(f"cd /tmp/checkout; {script}")
    run = subprocess.run(["unshare", "--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup", "--fork", "--kill-child", "bash", "-ec", machine.mount + system(machine.root, said)],
                         capture_output=True, text=True, timeout=1800, stdin=subprocess.DEVNULL)
    if not (said / "out").exists():
        pytest.skip(f"systemd cannot be started here: {run.stdout[-500:]}{run.stderr[-500:]}")
    return subprocess.CompletedProcess(script, int((said / "status").read_text()), (said / "out").read_text(), (said / "err").read_text())


def system(root, said):
    """Shell commands that start systemd in `root`, whose /said is the folder."""
    return textwrap.dedent(f"""
        root={root}
        mount -t sysfs -o ro sysfs $root/sys
        mount -t tmpfs -o mode=755 tmpfs $root/sys/fs/cgroup
        mkdir $root/sys/fs/cgroup/systemd $root/said
        mount -t cgroup -o none,name=systemd cgroup $root/sys/fs/cgroup/systemd || mount -t cgroup2 cgroup2 $root/sys/fs/cgroup
        mount --bind {said} $root/said
        for name in {" ".join(MASKED)}; do ln -sfn /dev/null $root/etc/systemd/system/$name; done
        printf '[Unit]\\nRequires=basic.target test.service\\nAfter=basic.target\\nAllowIsolate=yes\\n' > $root/etc/systemd/system/test.target
        cat > $root/etc/systemd/system/test.service <<'END'
        [Unit]
        After=basic.target
        [Service]
        Type=oneshot
        Environment=HOME=/root
        ExecStart=/bin/bash -c '/bin/bash /said/script > /said/out 2> /said/err; echo $? > /said/status'
        ExecStopPost=/bin/systemctl --no-block --force exit
        END
        exec chroot $root env -i container=unshare PATH={os.environ["PATH"]} /lib/systemd/systemd --system --unit=test.target --log-target=journal --show-status=no
        """)
