"""Strangers on this computer: a page, a program on a port that is not theirs, another extension.

A rebound page is one whose name led to its own server when it was loaded and leads to us from then
on. Here its server, on another address of this computer but on our very port, hands the bytes on to
us instead: the browser asks the same name, port and origin, and sends what it would send.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.chromium import EXTENSION
from harness.site_proxy import pass_on
from notalone import __version__
from notalone.config import PROTOCOL

PAGE = b"<!doctype html><meta charset=utf-8><title>a stranger</title><body>"
ELSEWHERE = "127.0.0.2"  # of this computer too
# Right in all but its proof: as whoever has read our code would answer on our port.
HELLO = {
    "proof": "0" * 64,
    "boot": "0" * 32,
    "service": __version__,
    "protocol": PROTOCOL,
    "rules": {"version": "0", "built": "2026-11-22", "age_days": 0, "state": "fresh"},
}
OTHER_ID = "other@stranger.example"  # as Firefox calls the other extension


class _Answering(socketserver.StreamRequestHandler):
    """One request a connection: the page, or what a service of ours would say, unproved."""

    server: Stranger

    def handle(self) -> None:
        # Browsers open connections ahead: what counts is where the name leads when they ask.
        self.connection.recv(1, socket.MSG_PEEK)
        if self.server.leads_to is not None:
            with (
                socket.create_connection(("127.0.0.1", self.server.leads_to)) as service,
                contextlib.suppress(ConnectionError),
            ):
                pass_on(self.connection, service)
            return
        head = b""
        while (line := self.rfile.readline(65_536)) not in (b"\r\n", b"\n", b""):
            head += line
        lengths = [
            int(line.partition(b":")[2])
            for line in head.splitlines()
            if line.lower().startswith(b"content-length:")
        ]
        self.server.heard.append(head + b"\r\n" + self.rfile.read(lengths[0] if lengths else 0))
        hello = json.dumps({**HELLO, "port": self.server.port}).encode()
        is_page = head.startswith(b"GET ")
        body, kind = (PAGE, b"text/html") if is_page else (hello, b"application/json")
        self.wfile.write(
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nAccess-Control-Allow-Origin: *\r\n"
            b"Access-Control-Allow-Headers: *\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            % (kind, len(body), body)
        )


class Stranger(socketserver.ThreadingTCPServer):
    """A server of somebody else: what it `heard`, and the port that it `leads_to` instead."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: str, port: int) -> None:
        self.heard: list[bytes] = []
        self.leads_to: int | None = None
        super().__init__((address, port), _Answering)

    @property
    def port(self) -> int:
        port: int = self.server_address[1]
        return port

    def handle_error(self, *_: object) -> None:
        """A browser that closes a connection early is normal."""


@contextmanager
def stranger(address: str = "127.0.0.1", port: int = 0) -> Iterator[Stranger]:
    """Such a server, until the end of the block; on a free port where none is named."""
    with Stranger(address, port) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


# --- extensions -----------------------------------------------------------------------------------


def other_extension(folder: Path) -> Path:
    """An extension that may do what extensions may at most, without any code of its own."""
    return _written(
        folder,
        {
            "manifest_version": 3,
            "name": "Another",
            "version": "1",
            "permissions": ["declarativeNetRequest", "webRequest"],
            "host_permissions": ["<all_urls>"],
            "browser_specific_settings": {"gecko": {"id": OTHER_ID}},
            # Firefox adds "upgrade-insecure-requests" where nothing is said.
            "content_security_policy": {"extension_pages": "script-src 'self'"},
        },
        {"page.html": PAGE.decode()},
    )


# What a page says to it is done in our content script's name: as if the page had taken it over.
TAKEN_OVER = """
const api = globalThis.browser ?? chrome;
addEventListener("do", async ({ detail }) => {
  const { name, say, ask } = JSON.parse(detail);
  let done;
  try {
    if (say) done = await api.runtime.sendMessage(say);
    else done = (await fetch(ask.url, ask)).status;
  } catch (error) {
    done = String(error);
  }
  dispatchEvent(new CustomEvent(name, { detail: JSON.stringify(done ?? null) }));
});
"""


def taken_over(folder: Path) -> Path:
    """Our extension, with one content script more: it does what the page tells it to."""
    shutil.copytree(EXTENSION, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["content_scripts"].append(
        {"matches": ["http://*/*", "https://*/*"], "js": ["content/taken_over.js"]}
    )
    return _written(folder, manifest, {"content/taken_over.js": TAKEN_OVER})


def _written(folder: Path, manifest: dict[str, Any], files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in {"manifest.json": json.dumps(manifest), **files}.items():
        (folder / name).write_text(content, "utf-8")
    return folder
