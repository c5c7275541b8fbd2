# What an installation may not reach: other processes of the service's user, other units, other sites of the web server.

import re

import pytest

from script import ROOT, function

# Each setting that a unit may have, by section. All of them concern the unit's own processes, files and log; whoever adds one
# first reads in the manual what else it touches. Not here and not to be, because they reach others of the same user or the
# machine: RemoveIPC, LimitNPROC, LimitSIGPENDING, LimitMSGQUEUE, KeyringMode, StateDirectory and its kin (they chown), Conflicts,
# PartOf, FailureAction, JobTimeoutAction, Slice, PAMName, DynamicUser, Exec lines with a prefix, but for the one below.
SETTINGS = {
    "Unit": {"Description", "StartLimitIntervalSec", "Wants", "Requires", "After"},
    "Socket": {"ListenStream", "Backlog", "SocketGroup", "SocketMode", "RemoveOnStop"},
    "Timer": {"OnUnitActiveSec", "OnBootSec", "AccuracySec", "OnCalendar", "RandomizedDelaySec", "Persistent"},
    "Path": {"PathChanged", "PathExists", "DirectoryNotEmpty"},
    "Install": {"WantedBy"},
    "Service": {
        "Type", "Sockets", "ExecStart", "ExecStartPre", "ExecStopPost", "Environment", "Restart", "RestartSec", "TimeoutStartSec",
        "TimeoutStopSec", "KillMode", "SyslogLevel", "LogLevelMax", "User", "Group", "UMask", "ReadWritePaths", "ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices", "PrivateNetwork", "ProtectClock",
        "ProtectControlGroups", "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "ProtectProc",
        "NoNewPrivileges", "CapabilityBoundingSet", "LockPersonality", "MemoryDenyWriteExecute", "RestrictAddressFamilies",
        "RestrictNamespaces", "RestrictRealtime", "SystemCallArchitectures", "SystemCallFilter", "SystemCallErrorNumber", "LimitNOFILE",
        "TasksMax", "MemoryMax",
    },
}


# By root, in a folder of root's, before the unit becomes the service's user.
WITH_PREFIX = {("imagebed-tally.service", "ExecStartPre", "rotate")}


def settings(text):
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name, value = line.split("=", 1)
            yield section, name, value


def test_settings_of_units(units):
    files = [file for kind in ["socket", "service", "timer", "path"] for file in units.glob(f"imagebed-*.{kind}")]
    assert len(files) > 60
    for file in files:
        for section, name, value in settings(file.read_text()):
            assert name in SETTINGS[section], f"{file.name}: {name} is not among the settings that are known to reach nothing else"
            assert not name.startswith("Exec") or value.startswith("/") or (file.name, name, value.split()[-1]) in WITH_PREFIX, file


def test_output_is_kept(units):
    """What gc, tally and expire say, and the last words of a process that died, are in the journal; coming and going is not."""
    for name in ["gc", "tally", "expire"]:
        found = {(section, setting): value for section, setting, value in settings((units / f"imagebed-{name}.service").read_text())}
        assert ("Service", "StandardOutput") not in found and found["Service", "SyslogLevel"] == found["Service", "LogLevelMax"] == "notice"
    responder = {setting: value for _, setting, value in settings((units / "imagebed-upload.service").read_text())}
    assert responder["SyslogLevel"] == "err" and responder["LogLevelMax"] == "notice"
    for name in ["cron.in", "init.in", "run.sh"]:
        text = (ROOT / "Sources/imagebed/install" / name).read_text()
        assert "gc" in text and not re.search(r"(gc|tally|unattended|done)\b[^|;\n]*>/dev/null", text), name


def test_units_stand_together(units):
    """A service has its socket, and a picture worker outlives the request to stop as the responder does that waits for it."""
    for name in ["imagebed-upload.service", "imagebed-upload@.service"]:
        found = {setting: value for _, setting, value in settings((units / name).read_text())}
        assert found["KillMode"] == "mixed" and found["Requires"] == found["After"] == "imagebed-upload.socket", name


@pytest.mark.parametrize("user, former, warned", [("www-data", "yes", True), ("www-data", "no", False), ("imagebed", "yes", False)])
def test_shared_memory_of_former_units(own_units, user, former, warned):
    (own_units / "imagebed-upload.service").write_text(f"[Service]\nRemoveIPC={former}\n")
    said = function(f"unit_folder={own_units}; service_user={user}; warn_of_shared_memory 2>&1", own_units)
    assert ("in /dev/shm, once" in said) == warned


@pytest.mark.parametrize("command", ["install_units", "stop_responders"])
def test_units_of_others(own_units, command):
    """An operator's own unit whose name begins like ours goes on, whatever happens to ours."""
    (own_units / "imagebed-backup.service").write_text("[Service]\nExecStart=/usr/lib/imagebed/imagebed backup /mnt\n")
    (own_units / "imagebed-backup.timer").write_text("[Timer]\nOnCalendar=daily\n")
    said = function(f"""has_systemd() {{ true; }}; update-rc.d() {{ true; }}; systemctl() {{ printf '%s\\n' "$@"; }}
        act() {{ [ "$1" = rm ] || "$@"; }}; unit_folder={own_units}; changed=yes; {command}; our_units .service .timer""", own_units).split()
    assert {"imagebed-upload.socket", "imagebed-gc.timer", "imagebed-upload.service", "imagebed-upload@*.service"} <= set(said)
    assert not [word for word in said if "*" in word.split("@")[0] or "backup" in word], said


def test_others_of_the_web_server():
    """Outside its server block the site has only names of its own: anything else would be a setting of all other sites too."""
    depth, found = 0, set()
    for line in (ROOT / "nginx/http.conf").read_text().splitlines():
        line = re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'', "", line.split(" # ")[0])
        if depth == 0 and line.strip() and not line.startswith("#"):
            found.add(line.split()[0])
        depth += line.count("{") - line.count("}")
    assert found == {"map", "log_format", "limit_conn_zone", "include"}
