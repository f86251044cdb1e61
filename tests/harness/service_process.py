"""A real `notalone start` in a folder of its own, as a family's computer runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import psutil

from harness.waiting import wait_for

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Home:
    """One person's account on one computer: a home folder, and our data folder in it."""

    folder: Path
    data: Path = field(init=False)
    temporary: Path = field(init=False)

    def __post_init__(self) -> None:
        self.data = self.folder / "notalone-data"
        self.temporary = self.folder / "tmp"
        for folder in (self.data, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this person sees; nothing of the person who runs the tests."""
        return {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(self.folder),
            "NOTALONE_HOME": str(self.data),
            "PYTHONPATH": str(REPOSITORY / "service"),
            "LANG": "C.UTF-8",
            "NOTALONE_FEEDS": "off",  # no test ever asks a real list's server
            "TMPDIR": str(self.temporary),
        }

    def run(self, *arguments: str, timeout_s: float = 60) -> subprocess.CompletedProcess[str]:
        """Run `notalone ARGUMENTS` as this person and wait for it."""
        return subprocess.run(
            [sys.executable, "-m", "notalone", *arguments],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    def announced(self) -> dict[str, object] | None:
        """What a running service wrote into service.json: port, pid, boot."""
        try:
            read = json.loads((self.data / "service.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return read if isinstance(read, dict) else None

    def processes(self) -> list[psutil.Process]:
        """Every living process of this person; HOME is handed down from browser to host to us."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            home: str | None = process.environ().get("HOME")
            return home == str(self.folder)
        except psutil.AccessDenied:  # the service lets nobody look into it: core_dumps.py
            announced = self.announced()
            return announced is not None and announced.get("pid") == process.pid
        except psutil.Error:
            return False  # ended meanwhile

    def service_pid(self) -> int | None:
        """The pid of this person's service while it lives, whoever started it."""
        announced = self.announced()
        pid = announced.get("pid") if announced else None
        return next((process.pid for process in self.processes() if process.pid == pid), None)

    def end_everything(self) -> None:
        """End what is left of this person's processes, one by one."""
        left = self.processes()
        for process in left:
            process.kill()
        psutil.wait_procs(left, timeout=10)


@dataclass(slots=True)
class RunningService:
    """A service process that tests may stop, kill and start again."""

    command: ClassVar[tuple[str, ...]] = (sys.executable, "-m", "notalone", "start")
    home: Home
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.home.folder / "service.log"

    def start(self, *, within_s: float = 30) -> RunningService:
        """Start the service and wait until it has said where it listens."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.home.environment,
                cwd=self.home.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        wait_for(self._is_up, what=f"the service to start ({self.log})", within_s=within_s)
        return self

    def _is_up(self) -> bool:
        process = self.process
        if process is not None and process.poll() is not None:
            raise AssertionError(
                f"the service ended with {process.returncode}:\n{self.log.read_text()}"
            )
        announced = self.home.announced()
        return announced is not None and process is not None and announced["pid"] == process.pid

    @property
    def port(self) -> int:
        announced = self.home.announced()
        assert announced is not None, f"the service is gone:\n{self.log.read_text()}"
        port = announced["port"]
        assert isinstance(port, int)
        return port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End this person's service at once, as a power cut would; by pid, whoever started it."""
        pid = self.home.service_pid()
        if pid is not None:
            psutil.Process(pid).kill()
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=10)
            self.process = None
        wait_for(lambda: self.home.service_pid() != pid or pid is None, what="the service to end")

    def stop(self) -> None:
        """Ask the service to end, and insist after some seconds."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=8)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.kill()
