"""What each system wants written, so that the service runs when this user signs in.

Linux: a systemd user unit, which starts it again after a crash too; a desktop entry where there is
no systemd. macOS: a launchd agent. Windows: one value of this user's Run key; after a crash the
extension wakes the service there. Only `call_manager` does anything, everything else is text.

A unit of a user can be hardened only with what needs no rights: system call filters. What hides
folders needs user namespaces, which Ubuntu refuses, and the service would not start at all.
"""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from notalone.browsers import Platform
from notalone.config import NATIVE_HOST_NAME

UNIT = "notalone.service"
WANTED_BY = "default.target"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
RUN_NAME = "KhongMotMinh"
MANAGER_WAIT_S = 20

_UNIT = """\
[Unit]
Description=Không Một Mình: checks messages and links on this computer only
StartLimitIntervalSec=300
StartLimitBurst=5

[Service]
ExecStart=:{command}
Restart=on-failure
RestartSec=5
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
SystemCallArchitectures=native

[Install]
WantedBy={wanted_by}
"""

Environment = Mapping[str, str]


def systemd_unit(command: list[str], environment: Environment) -> str:
    r"""The systemd user unit. Its program is `env`: the name of a program may hold no quotes.

    The colon before it keeps "$" as it is; "%" begins a specifier.

    >>> systemd_unit(["/opt/my python", "start"], {"A": "50%"}).splitlines()[6]
    'ExecStart=:/usr/bin/env "A=50%%" "/opt/my python" "start"'
    """
    words = [*_assignments(environment), *command]
    quoted = (
        '"{}"'.format(word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%"))
        for word in words
    )
    return _UNIT.format(command=" ".join(["/usr/bin/env", *quoted]), wanted_by=WANTED_BY)


def desktop_entry(command: list[str], environment: Environment) -> str:
    """The XDG autostart entry. Exec has its own quoting.

    >>> desktop_entry(["/opt/my python", "start"], {"A": ""}).splitlines()[3]
    'Exec="/usr/bin/env" "A=" "/opt/my python" "start"'
    """
    words = ["/usr/bin/env", *_assignments(environment), *command]
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Không Một Mình",
        f"Exec={' '.join(map(_exec_quoted, words))}",
        "NoDisplay=true",
    ]
    return "\n".join([*lines, ""])


def _assignments(environment: Environment) -> list[str]:
    return [f"{name}={value}" for name, value in environment.items()]


def _exec_quoted(word: str) -> str:
    for mark in ("\\", '"', "`", "$"):
        word = word.replace(mark, f"\\{mark}")
    # The file format takes one more layer of backslashes away, and "%" begins a field code.
    return '"{}"'.format(word.replace("\\", "\\\\").replace("%", "%%"))


def launchd_agent(command: list[str], environment: Environment) -> bytes:
    """The launchd agent: from log-in on, and again whenever it ends by a fault."""
    return plistlib.dumps(
        {
            "Label": NATIVE_HOST_NAME,
            "ProgramArguments": command,
            "EnvironmentVariables": dict(environment),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": 10,
            "ProcessType": "Background",
            "Umask": 0o077,
        }
    )


def run_value(command: list[str]) -> str:
    r"""The value of the Run key.

    >>> run_value([windowless(r"C:\Users\Bé Nở\python.exe"), "-P", "-m", "notalone", "start"])
    '"C:\\Users\\Bé Nở\\pythonw.exe" -P -m notalone start'
    """
    program, *arguments = command
    return f'"{program}" {subprocess.list2cmdline(arguments)}'


def windowless(python: str) -> str:
    """The interpreter beside *python* that opens no black window on Windows."""
    name = "python.exe"
    return f"{python[: -len(name)]}pythonw.exe" if python.lower().endswith(name) else python


def files_at_login(
    command: list[str], environment: Environment, *, home: Path, platform: Platform
) -> dict[Path, bytes | Path]:
    """What to write, by place: a file's bytes, or where a link leads. Nothing on Windows."""
    if platform == "darwin":
        agents = home / "Library" / "LaunchAgents"
        return {agents / f"{NATIVE_HOST_NAME}.plist": launchd_agent(command, environment)}
    if platform != "linux":
        return {}
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    if shutil.which("systemctl") is None:
        entry = config / "autostart" / f"{NATIVE_HOST_NAME}.desktop"
        return {entry: desktop_entry(command, environment).encode("utf-8")}
    units = config / "systemd" / "user"
    return {  # the link is what `systemctl --user enable` would make, also while no manager runs
        units / UNIT: systemd_unit(command, environment).encode("utf-8"),
        units / f"{WANTED_BY}.wants" / UNIT: Path("..") / UNIT,
    }


# --- the session's own manager -------------------------------------------------------------------


def manager_calls(what: str, *, platform: Platform, home: Path) -> list[list[str]]:
    """The commands by which a running session takes notice: *what* is "start" or "stop"."""
    if platform == "linux":
        order = ["systemctl", "--user", "--quiet", "--no-block"]
        if what == "start":
            return [[*order, "daemon-reload"], [*order, "restart", UNIT]]
        return [["systemctl", "--user", "--quiet", "stop", UNIT]]
    if platform == "darwin":
        domain = f"gui/{os.getuid()}" if os.name == "posix" else ""
        agent = str(home / "Library" / "LaunchAgents" / f"{NATIVE_HOST_NAME}.plist")
        stop = ["launchctl", "bootout", f"{domain}/{NATIVE_HOST_NAME}"]
        return [stop, ["launchctl", "bootstrap", domain, agent]] if what == "start" else [stop]
    return []


def has_manager(platform: Platform) -> bool:
    """Whether somebody is there who would listen: over ssh or in a container there may be none."""
    if platform == "linux":
        runtime = os.environ.get("XDG_RUNTIME_DIR")
        return runtime is not None and (Path(runtime) / "systemd" / "private").exists()
    return platform == sys.platform == "darwin"


def call_manager(what: str, *, platform: Platform, home: Path) -> None:
    """Have the session start or stop the service now. Without a manager the next log-in does it."""
    if not has_manager(platform):
        return
    for command in manager_calls(what, platform=platform, home=home):
        try:
            subprocess.run(  # noqa: S603 - fixed words, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=MANAGER_WAIT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return
