"""What starts the service at log-in: each system reads back exactly the command that was meant."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from notalone import at_login
from notalone.at_login import (
    RUN_KEY,
    UNIT,
    call_manager,
    desktop_entry,
    files_at_login,
    has_manager,
    launchd_agent,
    manager_calls,
    run_value,
    systemd_unit,
    windowless,
)
from notalone.config import NATIVE_HOST_NAME

STRANGE = '/home/Bé An/50% "mới" $HOME `x` \\y/python'
COMMAND = [STRANGE, "-P", "-m", "notalone", "start"]
ENVIRONMENT = {"PYTHONPATH": "", "NOTALONE_HOME": "/home/Bé An/dữ liệu 100%"}
SYSTEMD = shutil.which("systemd-analyze")


def run_of(text: str, name: str) -> str:
    (line,) = (one for one in text.splitlines() if one.startswith(f"{name}="))
    return line.removeprefix(f"{name}=")


def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    if SYSTEMD is None:  # a computer without systemd is given a desktop entry
        return
    unit = tmp_path / UNIT
    unit.write_text(systemd_unit(COMMAND, ENVIRONMENT), encoding="utf-8")
    runtime = tmp_path / "run"
    runtime.mkdir()

    def verify() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SYSTEMD, "--user", "verify", unit],
            env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(runtime), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    done = verify()
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    unit.write_text(unit.read_text().replace("Restart=on", "Restat=on"))
    assert "Restat" in verify().stderr, "and it would have said so"


def test_unit_keeps_a_strange_path_whole() -> None:
    """Read back as systemd.service(5) says: quotes and backslashes, then specifiers; no "$"."""
    command = run_of(systemd_unit(COMMAND, ENVIRONMENT), "ExecStart")
    assert command.startswith(":/usr/bin/env "), "the colon keeps $HOME as it is written"
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', command)
    read = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]
    assert read == ["PYTHONPATH=", "NOTALONE_HOME=/home/Bé An/dữ liệu 100%", *COMMAND]


def test_unit_starts_again_after_a_crash_and_waits_for_no_network() -> None:
    text = systemd_unit(COMMAND, ENVIRONMENT)
    assert run_of(text, "Restart") == "on-failure"
    assert run_of(text, "WantedBy") == "default.target"
    assert "network" not in text


def test_unit_is_hardened_with_nothing_that_needs_rights() -> None:
    """What hides folders makes namespaces, which Ubuntu forbids: the service would not start."""
    text = systemd_unit(COMMAND, ENVIRONMENT)
    assert run_of(text, "NoNewPrivileges") == "yes"
    for needs_rights in ("Protect", "Private", "Inaccessible", "ReadOnly", "IPAddress", "User="):
        assert f"\n{needs_rights}" not in text


def test_desktop_entry_keeps_a_strange_path_whole() -> None:
    """Read back as the Desktop Entry specification says: strings first, then Exec's own quoting."""
    string = run_of(desktop_entry(COMMAND, ENVIRONMENT), "Exec").replace("\\\\", "\\")
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', string)
    read = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]
    assert read[3:] == COMMAND


def test_launchd_agent_says_what_to_run_and_when_again() -> None:
    agent = plistlib.loads(launchd_agent(COMMAND, ENVIRONMENT))
    assert agent["ProgramArguments"] == COMMAND
    assert agent["EnvironmentVariables"] == ENVIRONMENT
    assert agent["RunAtLoad"]
    assert agent["KeepAlive"] == {"SuccessfulExit": False}, "a clean end is meant"
    assert agent["Label"] == NATIVE_HOST_NAME


def test_run_value_opens_no_window_and_keeps_spaces_and_marks() -> None:
    program = windowless(r"C:\Users\Bé Nở An\Không Một Mình\Python.exe")
    value = run_value([program, "-m", "notalone", "start"])
    assert value == r'"C:\Users\Bé Nở An\Không Một Mình\pythonw.exe" -m notalone start'
    assert RUN_KEY.startswith("Software\\")


def put_systemctl(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A systemctl that notes what it was asked; the file of its notes."""
    folder.mkdir()
    notes = folder / "asked"
    program = folder / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >>"{notes}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return notes


def test_linux_gets_a_unit_and_its_link_where_there_is_systemd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_systemctl(tmp_path / "bin", monkeypatch)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    files = files_at_login(COMMAND, ENVIRONMENT, home=tmp_path, platform="linux")
    unit, link = files
    assert unit == tmp_path / ".config/systemd/user/notalone.service"
    where = files[link]
    assert isinstance(where, Path)
    assert (link.parent / where).resolve() == unit


def test_linux_without_systemd_gets_a_desktop_entry_in_the_folder_that_is_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    (entry,) = files_at_login(COMMAND, ENVIRONMENT, home=tmp_path, platform="linux")
    assert entry == tmp_path / "elsewhere/autostart/vn.khongmotminh.notalone.desktop"


def test_macos_gets_an_agent_and_windows_no_file(tmp_path: Path) -> None:
    (agent,) = files_at_login(COMMAND, ENVIRONMENT, home=tmp_path, platform="darwin")
    assert agent == tmp_path / f"Library/LaunchAgents/{NATIVE_HOST_NAME}.plist"
    assert files_at_login(COMMAND, ENVIRONMENT, home=tmp_path, platform="win32") == {}
    start = manager_calls("start", platform="darwin", home=tmp_path)
    assert start[-1][-1] == str(agent)
    assert manager_calls("stop", platform="darwin", home=tmp_path) == start[:1]


def test_running_session_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = put_systemctl(tmp_path / "bin", monkeypatch)
    (tmp_path / "systemd").mkdir()
    (tmp_path / "systemd" / "private").touch()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    call_manager("start", platform="linux", home=tmp_path)
    reload, restart = notes.read_text().splitlines()
    assert reload.endswith("daemon-reload")
    assert restart.endswith("restart notalone.service")
    assert "--user" in reload


def test_nobody_is_called_where_no_session_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = put_systemctl(tmp_path / "bin", monkeypatch)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    call_manager("start", platform="linux", home=tmp_path)
    assert not notes.exists()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert not has_manager("linux")


def test_manager_that_cannot_be_called_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_login, "has_manager", lambda _platform: True)
    monkeypatch.setenv("PATH", str(tmp_path))
    call_manager("start", platform="linux", home=tmp_path)
