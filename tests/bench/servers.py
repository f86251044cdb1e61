"""The sides that are compared: the real service, the same with an empty checker, bare waitress."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from harness.native_host import ORIGIN, PairedClient
from harness.service_process import REPOSITORY, Home
from harness.waiting import wait_for
from notalone import native_host
from notalone.config import LIMITS
from notalone.model import CheckReply, CheckRequest, ConversationVerdict, RulesState

TESTS = str(REPOSITORY / "tests")
SERVICE = str(REPOSITORY / "service")
ASIDE = RulesState(version="", built="", age_days=0, state="missing")


class EmptyChecker:
    """Answers at once, and nothing."""

    rules_state = ASIDE

    def check(self, _request: CheckRequest) -> CheckReply:
        """An empty reply, whatever was asked."""
        return CheckReply(ASIDE, (), (), ConversationVerdict("conversation"))


def serve_empty() -> None:
    """Our own server, guard and reading of JSON, with nothing behind."""
    from notalone import server

    server.start(build=EmptyChecker)


def serve_weighed() -> None:
    """The service, but it lets itself be looked into: how much memory it shares with others."""
    from notalone import server

    server.forbid_core_dumps = lambda: None  # type: ignore[attr-defined]  # not one of its own
    server.start()


def serve_bare() -> None:
    """waitress with a handler that reads the body and says `{}`; the port stands in the data
    folder, as with the others."""
    import json

    import waitress

    from notalone import config

    def application(environ, start_response):  # type: ignore[no-untyped-def]  # WSGI
        environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])
        return [b"{}"]

    serving = waitress.create_server(
        application, host=config.HOST, port=0, threads=8, inbuf_overflow=2 * LIMITS.body_bytes
    )
    about = {"port": int(serving.effective_port), "pid": os.getpid()}
    native_host.write_private(
        str(config.data_dir() / native_host.SERVICE), json.dumps(about).encode()
    )
    serving.run()


def cpu_s(pid: int) -> float:
    """Processor seconds of all threads of a process, those that have ended too.

    On Linux to the nanosecond; elsewhere as finely as psutil says, often 10 ms.
    """
    if platform.system() == "Linux":
        # What clock_getcpuclockid(3) computes: the clock of another process.
        return time.clock_gettime(~pid << 3 | 2)
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


@dataclass(slots=True)
class Side:
    """One running server and a client for it."""

    process: psutil.Process
    client: PairedClient

    def cpu_s(self) -> float:
        """Processor seconds the server has used."""
        return cpu_s(self.process.pid)


def command(kind: str) -> list[str]:
    """How one side is started."""
    if kind == "service":
        return [sys.executable, "-P", "-m", "notalone", "start"]
    code = f"from bench.servers import serve_{kind}; serve_{kind}()"
    return [sys.executable, "-c", code]


def start(kind: str, home: Home, *, rules: Path | None = None) -> Side:
    """Start one side; returns as soon as it says where it listens. *rules*: others than ours."""
    pairing, secret = native_host.pair(str(home.data), ORIGIN, known_as=None)
    # The service of this checkout, wherever the one lies that is installed.
    environment = {**home.environment, "PYTHONPATH": os.pathsep.join((SERVICE, TESTS))}
    if rules is not None:
        environment["NOTALONE_RULES"] = str(rules)
    process = subprocess.Popen(
        command(kind),
        env=environment,
        cwd=home.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    announced = wait_for(home.announced, what=f"{kind} to listen", within_s=30, poll_s=0.001)
    port = announced["port"]
    assert isinstance(port, int)
    return Side(psutil.Process(process.pid), PairedClient(port, pairing, bytes.fromhex(secret)))


@contextmanager
def running(kind: str, folder: Path, *, rules: Path | None = None) -> Iterator[Side]:
    """One side in a home of its own, ended afterwards."""
    home = Home(folder / kind)
    side = start(kind, home, rules=rules)
    try:
        if kind != "bare":
            side.client.hello()
        yield side
    finally:
        side.process.kill()
        side.process.wait()
        (home.data / native_host.SERVICE).unlink()  # or the next start is taken to listen there
