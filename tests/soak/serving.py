"""The real service, but that it looks for new lists at every check, not every five seconds."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import servers
from harness.raw_http import Caller
from harness.service_process import Home, RunningService

LURE = "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"
EAGER = """
import sys
from notalone import compiled, server
compiled.LOOK_EVERY_S = 0.0
sys.exit(server.start())
"""


class EagerService(RunningService):
    """Takes up a new list as soon as it is there."""

    command = (sys.executable, "-c", EAGER)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[Home, Caller]]:
    """Such a service in a home of its own, ready to judge messages, and its paired worker."""
    service = EagerService(Home(folder / "home"))
    try:
        service.start()
        caller = Caller.paired(service.port, service.home.data)
        caller.checked({"messages": [{"id": "1", "text": LURE}]})  # by then the engine is whole
        yield service.home, caller
    finally:
        service.stop()


@contextlib.contextmanager
def doing_nothing(kind: str, folder: Path) -> Iterator[Caller]:
    """A server that judges nothing: "empty" is ours with no checker, "bare" is waitress alone."""
    with servers.running(kind, folder) as side:
        yield Caller(side.client.port, side.client.token)
