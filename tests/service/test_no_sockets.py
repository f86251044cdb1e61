"""Checking opens no socket beyond this computer: Python's own audit hook watches the service."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.native_host import pair
from harness.service_process import Home, RunningService

# Runs inside the service before anything else and cannot be removed again by any library.
WATCHER = """
import json, sys
seen = open({path!r}, "a", buffering=1)
def watch(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "subprocess.Popen"):
        said = [repr(one) for one in arguments]
        seen.write(json.dumps([event, said]) + chr(10))
sys.addaudithook(watch)
"""
HARMLESS = {"socket.__new__", "socket.gethostname"}  # these reach nobody
LOOPBACK = re.compile(r"'(?:127\.0\.0\.1|::1)'")
NUMERIC = re.compile(r"'0\.0\.0\.0'")  # waitress parses its own default; no resolver is asked


class WatchedHome(Home):
    """A home whose Python reports every socket it touches."""

    @property
    def report(self) -> Path:
        return self.folder / "sockets.ndjson"

    @property
    def environment(self) -> dict[str, str]:
        watcher = self.folder / "watcher"
        watcher.mkdir(exist_ok=True)
        code = WATCHER.format(path=str(self.report))
        (watcher / "sitecustomize.py").write_text(code)
        plain = super().environment
        return {**plain, "PYTHONPATH": f"{watcher}:{plain['PYTHONPATH']}"}

    def touched(self) -> list[tuple[str, list[str]]]:
        """Every event so far, with its arguments as they print."""
        return [
            (event, said) for event, said in map(json.loads, self.report.read_text().splitlines())
        ]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[RunningService]:
    """A running service that is watched from its first line on."""
    running = RunningService(WatchedHome(tmp_path / "home"))
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
