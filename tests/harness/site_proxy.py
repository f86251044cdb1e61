"""A proxy on loopback that leads the names of simulated sites to our page server, and no others.

Firefox has no `--host-resolver-rules`: with this, a page stands on `https://chat.zalo.me/` itself,
and whatever else the browser asks for is refused before its name is looked up.
"""

from __future__ import annotations

import contextlib
import select
import socket
import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

PIECE = 65_536
QUIET_S = 60.0  # a tunnel in which nothing moves for so long is closed


class _Tunnel(socketserver.StreamRequestHandler):
    """One CONNECT: bytes both ways, unread."""

    server: _Proxy

    def handle(self) -> None:
        verb, _, rest = self.rfile.readline(4096).decode("latin-1").partition(" ")
        name = rest.partition(" ")[0]
        while self.rfile.readline(4096) not in (b"\r\n", b"\n", b""):
            pass
        host, _, port = name.rpartition(":")
        if verb != "CONNECT" or host not in self.server.sites or port != "443":
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self.server.site_port)) as site:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            with contextlib.suppress(ConnectionError):
                pass_on(self.connection, site)


def pass_on(browser: socket.socket, site: socket.socket) -> None:
    """Bytes both ways, unread, until one of them ends."""
    other = {browser: site, site: browser}
    while True:
        readable, _, _ = select.select([browser, site], [], [], QUIET_S)
        if not readable:
            return
        for end in readable:
            piece = end.recv(PIECE)
            if not piece:
                return
            other[end].sendall(piece)


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, sites: Sequence[str], site_port: int) -> None:
        self.sites = frozenset(sites)
        self.site_port = site_port
        super().__init__(("127.0.0.1", 0), _Tunnel)

    def handle_error(self, *_: object) -> None:
        """A browser that closes a connection early is normal."""


@contextmanager
def site_proxy(sites: Sequence[str], site_port: int) -> Iterator[int]:
    """Lead *sites* to the page server on *site_port*; gives the proxy's port."""
    with _Proxy(sites, site_port) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        try:
            yield proxy.server_address[1]
        finally:
            proxy.shutdown()
            thread.join()
