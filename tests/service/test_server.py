"""`notalone start`: one service a user, on loopback only, that comes and goes cleanly."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from harness.native_host import pair
from harness.service_process import Home, RunningService
from harness.stub_service import STUB_COMMAND, log_of, running_stub, stub_environment
from harness.waiting import wait_for
from notalone import native_host
from notalone.config import FIRST_PORT, LAST_PORT
from notalone.errors import SetupError
from notalone.server import bind, make_folders, private_folder


@pytest.fixture
def port(home: Home) -> Iterator[int]:
    with running_stub(home) as port:
        yield port


# A service that would begin to read its engine in an hour, unless somebody asked for it.
WAITS_FOR_AN_HOUR = """
from notalone import server
server.LINKS_FIRST_S = 3600
server.start()
"""


def start_second(home: Home) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        STUB_COMMAND,
        env=stub_environment(home),
        cwd=home.folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_second_start_finds_the_first_and_says_where(home: Home, port: int) -> None:
    before = home.announced()
    second = start_second(home)
    assert second.returncode == 0
    assert f"127.0.0.1:{port}" in second.stdout
    assert home.announced() == before


def test_state_file_is_for_the_owner_and_says_who_runs(home: Home, port: int) -> None:
    path = home.data / native_host.SERVICE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text())["port"] == port


def test_who_stops_it_waits_for_nothing_that_it_has_not_begun(home: Home) -> None:
    starting = subprocess.Popen(
        (sys.executable, "-c", WAITS_FOR_AN_HOUR), env=home.environment, cwd=home.folder
    )
    try:
        wait_for(home.announced, what="it to say where it listens")
        pair(RunningService(home)).hello()  # answered: all that it builds stands
        starting.terminate()
        assert starting.wait(timeout=20) == 0
    finally:
        starting.kill()
        starting.wait()


def test_stop_is_clean_and_leaves_no_state_file(home: Home) -> None:
    with running_stub(home):
        assert home.announced() is not None
    assert home.announced() is None
    assert "Phần kiểm tra đã dừng." in log_of(home)


def test_service_of_another_user_keeps_its_port(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    with running_stub(home) as first, running_stub(other) as second:
        assert first != second
        assert FIRST_PORT <= second <= LAST_PORT


def test_port_taken_by_a_stranger_is_left_to_him() -> None:
    with bind() as squatter, bind() as ours:
        assert ours.getsockname()[1] > squatter.getsockname()[1]


def test_restart_gets_the_port_back_though_connections_linger(home: Home) -> None:
    port = LAST_PORT + 1 + os.getpid() % 10_000  # that no test beside this one takes meanwhile
    only = f"server.FIRST_PORT = server.LAST_PORT = {port}; server.start(build=StubChecker)"
    command = (
        *(sys.executable, "-c"),
        f"from harness.stub_service import StubChecker; from notalone import server; {only}",
    )
    with (
        running_stub(home, command=command),
        socket.create_connection(("127.0.0.1", port)) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        while connection.recv(4096):  # the service closes first: its end of it lingers
            pass
    with running_stub(home, command=command) as again:
        assert again == port


@pytest.mark.parametrize("host", ("0.0.0.0", "192.168.1.7", "::"))  # noqa: S104 - refused
def test_any_address_but_loopback_is_refused(host: str) -> None:
    with pytest.raises(SetupError, match="only"):
        bind(host)


def test_all_ports_taken_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with bind() as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr("notalone.server.FIRST_PORT", port)
        monkeypatch.setattr("notalone.server.LAST_PORT", port)
        with pytest.raises(SetupError, match="all taken"):
            bind()


def test_service_waits_for_a_host_that_only_looks(home: Home) -> None:
    home.data.mkdir(exist_ok=True)
    held = native_host.take_lock(str(home.data / native_host.SERVICE_LOCK), wait_s=0)
    assert held is not None
    process = subprocess.Popen(
        STUB_COMMAND, env=stub_environment(home), cwd=home.folder, stdout=subprocess.DEVNULL
    )

    def looks() -> bool:
        try:
            return bool(psutil.Process(process.pid).open_files())
        except psutil.AccessDenied:  # it has begun, and lets nobody look into it any more
            return True

    wait_for(looks, what="the start to look")
    os.close(held)
    wait_for(home.announced, what="the service to start all the same")
    process.terminate()
    assert process.wait(timeout=15) == 0


def test_sigterm_in_the_middle_of_an_import_is_an_ordinary_end(home: Home) -> None:
    (home.folder / "stopping.py").write_text(
        """
import os, signal, sys
from notalone import server
def build():
    exec("os.kill(os.getpid(), signal.SIGTERM)\\nwhile True: pass")  # as dataclasses are made
sys.exit(server.start(build=build))
"""
    )
    ended = subprocess.run(
        [sys.executable, "-m", "stopping"],
        env=stub_environment(home),
        cwd=home.folder,
        stdout=subprocess.DEVNULL,
        check=False,
        timeout=30,
    )
    assert ended.returncode == 0


def test_folder_is_made_for_the_owner_only(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    made.chmod(0o777)
    assert stat.S_IMODE(private_folder(made).stat().st_mode) & 0o022 == 0


def test_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "file" / "folder"
    folder.parent.write_text("")
    with pytest.raises(SetupError) as raised:
        private_folder(folder)
    vietnamese, english = str(raised.value).splitlines()
    assert vietnamese == f"Không ghi được vào {folder}: hết chỗ hoặc sai quyền."
    assert english.startswith(f"{folder} cannot be written")


def test_every_folder_on_the_way_is_for_the_owner_only(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        made = make_folders(tmp_path / ".local" / "share" / "notalone")
    finally:
        os.umask(umask)
    assert [one.name for one in made] == [".local", "share", "notalone"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in made} == {0o700}
    assert make_folders(made[-1]) == []


# Runs in every Python of this home before anything else: the service does not wait for minutes, and
# what it starts to pull the lists says so and ends, before it could ask anybody anything.
HASTY = """
import os, sys
if "feeds" in sys.orig_argv:
    with open({path!r}, "a") as seen:
        seen.write(" ".join(sys.orig_argv[1:]) + chr(10))
    os._exit(0)
import notalone.feeds.schedule as schedule
schedule.FIRST_WAIT_S = (0.0, 0.0)
"""


class HastyHome(Home):
    """A home whose service would pull its lists at once, if it may."""

    feeds = "on"

    @property
    def pulls(self) -> Path:
        return self.folder / "pulls"

    @property
    def environment(self) -> dict[str, str]:
        hasty = self.folder / "hasty"
        hasty.mkdir(exist_ok=True)
        (hasty / "sitecustomize.py").write_text(HASTY.format(path=str(self.pulls)))
        plain = super().environment
        path = f"{hasty}:{plain['PYTHONPATH']}"
        return {**plain, "PYTHONPATH": path, "NOTALONE_FEEDS": self.feeds}


def test_a_service_pulls_its_lists_in_a_process_apart(tmp_path: Path) -> None:
    running = RunningService(HastyHome(tmp_path / "home"))
    home = running.home
    assert isinstance(home, HastyHome)
    try:
        running.start()
        wait_for(home.pulls.exists, what="the lists to be pulled", within_s=60)
    finally:
        running.stop()
    assert home.pulls.read_text() == "-m notalone feeds pull --due\n"
    assert home.processes() == []
