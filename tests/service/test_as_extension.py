"""Asking as the extension does: only a service that proves itself is believed."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.service_process import Home
from harness.stub_service import STUB_COMMAND, running_stub, stub_environment
from notalone import as_extension, native_host
from notalone.errors import SetupError
from notalone.install import write_host


@pytest.fixture
def launcher(home: Home) -> Path:
    launcher = write_host(home.data)
    settings = json.loads((home.data / native_host.SETTINGS).read_text())
    settings |= {"start": STUB_COMMAND, "path": stub_environment(home)["PYTHONPATH"]}
    (home.data / native_host.SETTINGS).write_text(json.dumps(settings))
    return launcher


@pytest.fixture
def squatter() -> Iterator[int]:
    """A stranger on a port, who says yes to everything and remembers what he heard."""

    class Stranger(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            heard.append(self.headers.get("Authorization"))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"proof": "00", "boot": "00", "port": 1}')

        def log_message(self, *_: object) -> None:
            return

    heard: list[str | None] = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()
    assert heard == [None]


def test_pair_hello_and_check_go_through(home: Home, launcher: Path) -> None:
    with running_stub(home) as port:
        paired = as_extension.pair(launcher)
        assert paired.port == port
        reply = paired.hello().check({"messages": [{"id": "1", "text": "lure"}]})
    assert reply["messages"][0]["level"] == "danger"


def test_port_squatter_is_sent_no_token(squatter: int) -> None:
    paired = as_extension.Paired("0" * 32, "0" * 64, squatter)
    with pytest.raises(SetupError, match="Something else"):
        paired.hello()


def test_unknown_pairing_is_said(home: Home) -> None:
    with running_stub(home) as port, pytest.raises(SetupError, match="403"):
        as_extension.Paired("0" * 32, "0" * 64, port).hello()


def test_closed_port_is_said() -> None:
    with pytest.raises(SetupError, match="does not answer"):
        as_extension.Paired("0" * 32, "0" * 64, 1).hello()


def test_host_says_itself_what_is_wrong(home: Home, launcher: Path) -> None:
    (home.data / native_host.SETTINGS).unlink()
    with pytest.raises(SetupError, match="notalone install"):
        as_extension.pair(launcher)


@pytest.mark.parametrize("content", ("#!/bin/sh\necho hello\n", "#!/no/such/python\n"))
def test_host_that_cannot_speak_is_said(launcher: Path, content: str) -> None:
    launcher.write_text(content)
    with pytest.raises(SetupError):
        as_extension.pair(launcher)
