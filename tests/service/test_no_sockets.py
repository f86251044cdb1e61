"""Checking opens no socket beyond this computer.

Two witnesses: the kernel, which counts what is sent in a network namespace of our own, whatever
library sends it; and Python's audit hook, wherever no such namespace may be made.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import without_network
from harness.native_host import pair
from harness.service_process import REPOSITORY, RunningService
from harness.watched_home import WatchedHome

HARMLESS = {"socket.__new__", "socket.gethostname"}  # these reach nobody
LOOPBACK = re.compile(r"'(?:127\.0\.0\.1|::1)'")
SOCKETS = ("socket.", "urllib.Request", "subprocess.Popen")
NUMERIC = re.compile(r"'0\.0\.0\.0'")  # waitress parses its own default; no resolver is asked


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[RunningService]:
    """A running service that is watched from its first line on."""
    running = RunningService(WatchedHome(tmp_path / "home", SOCKETS))
    try:
        yield running.start()
    finally:
        running.stop()


LURE = "Em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"
REQUEST: dict[str, Any] = {
    "links": [
        {"id": "1", "url": "http://vnpost-giaohang.example/nhan-hang"},
        {"id": "2", "url": "https://vietcornbank.example/dang-nhap"},
        {"id": "3", "url": "https://xn--bcher-kva.example/"},
        {"id": "4", "url": "https://a.b.c.github.io/x"},
    ],
    "messages": [
        {"id": "1", "text": LURE, "from_me": False},
        {"id": "2", "text": "Em vào link https://nhan-qua.example/otp nhé", "from_me": False},
    ],
}


def test_checks_touch_no_socket_beyond_loopback(watched: RunningService) -> None:
    client = pair(watched)
    reply = client.check(**REQUEST)
    assert reply["conversation"]["level"] == "danger"

    home = watched.home
    assert isinstance(home, WatchedHome)
    touched = home.touched()
    assert any(event == "socket.bind" for event, _ in touched), "the watcher saw nothing"
    beyond = [
        (event, said)
        for event, said in touched
        if event not in HARMLESS
        and not LOOPBACK.search(" ".join(said))
        and not (event == "socket.getaddrinfo" and NUMERIC.fullmatch(said[0]))
    ]
    assert beyond == []


def test_kernel_counts_no_question_but_our_own_where_there_is_no_network(tmp_path: Path) -> None:
    if not without_network.is_allowed():
        pytest.xfail("no network namespace may be made here: the audit hook is the only witness")
    done = subprocess.run(
        [*without_network.COMMAND, sys.executable, "-m", "harness.without_network", tmp_path / "h"],
        env={**os.environ, "PYTHONPATH": f"{REPOSITORY / 'service'}:{REPOSITORY / 'tests'}"},
        input=json.dumps(REQUEST),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["interfaces"] == ["lo"]
    assert seen["reply"]["conversation"]["level"] == "danger"
    assert seen["counted"] == {"connections": 2, "datagrams": 0}  # hello and check, of the client
