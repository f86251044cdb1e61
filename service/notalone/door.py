"""waitress, made to ask the guard before it reads a body, and to let nobody hold the door open.

waitress reads a whole body before it calls an application, answers errors with a page that names
itself, and times out silence but not a slow drip. Three small subclasses mend that.
"""

from __future__ import annotations

import functools
import socket
import time
from http import HTTPStatus
from typing import Any
from wsgiref.types import WSGIApplication

import msgspec
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import Error, RequestHeaderFieldsTooLarge

from notalone.config import LIMITS
from notalone.guard import REPLY_HEADERS, Guard, Head, most_bytes
from notalone.model import ErrorReply

MAX_HEADERS = 100
THREADS = 8  # a few may wait for the message engine while links are answered
SPOOL_BYTES = 64 * 1024 * 1024  # waitress puts what is longer on the disk: more than can ever come


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Reads a head, asks the guard, and reads a body only when that may go on."""

    error: Error | None

    def __init__(self, adj: Any, *, guard: Guard, peer: str) -> None:
        super().__init__(adj)
        self._guard = guard
        self._peer = peer
        self._refused: int | None = None

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if header_plus.count(b"\r\n") > MAX_HEADERS + 2:  # the first line and the empty one
            self._refused = 431
            return
        self._refused = self._guard.refusal(
            Head(
                peer=self._peer,
                method=self.command,
                path=self.path,
                version=self.version,
                headers=self.headers,
                is_absolute=bool(self.proxy_scheme or self.proxy_netloc),
                has_coding=self.chunked or "TRANSFER_ENCODING" in self.headers,
            )
        )
        if self._refused is None and self.content_length > most_bytes(self.path):
            self._refused = 413

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        self.expect_continue = False  # waitress would wait on for a request that is refused
        if self._refused is not None:
            self.completed = True
            if not isinstance(self.error, RequestHeaderFieldsTooLarge):
                self.error = _RefusedError(self._refused)
        return consumed


class _RefusedError(Error):  # type: ignore[misc]  # waitress has no types
    """What the guard said, in the form in which waitress keeps its own errors."""

    def __init__(self, status: int) -> None:
        super().__init__("")
        self.code = status


class _RefusalTask(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """Answers an error with our headers and no page of waitress's own.

    413 and 500 are met only by a caller whose token was right, and tell their code.
    """

    def execute(self) -> None:
        status = self.request.error.code
        if status not in (400, 403, 413, 431, 500):
            status = 400
        code = {413: "too_large", 500: "internal"}.get(status)
        body = msgspec.json.encode(ErrorReply(code)) if code else b""
        self.status = f"{status} {HTTPStatus(status).phrase.upper()}"  # as Flask writes it
        self.response_headers.extend(REPLY_HEADERS)
        if body:
            self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection; remembers since when it owes us the rest of a request."""

    error_task_class = _RefusalTask

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Any, **rest: Any) -> None:
        self.parser_class = functools.partial(_Parser, guard=server.guard, peer=addr[0])
        self.waiting_since: float | None = None
        super().__init__(server, sock, addr, adj, **rest)

    def received(self, data: bytes) -> bool:
        if self.waiting_since is None:
            self.waiting_since = time.monotonic()
        taken: bool = super().received(data)
        if self.request is None:
            self.waiting_since = None
        return taken


class Door(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """The server behind one bound socket. `run` returns after SystemExit or Ctrl-C."""

    channel_class = _Channel

    def __init__(self, app: WSGIApplication, guard: Guard, listening: socket.socket) -> None:
        self.guard = guard
        super().__init__(
            app,
            map={},
            _sock=listening,
            sockinfo=(socket.AF_INET, socket.SOCK_STREAM, None, listening.getsockname()),
            bind_socket=False,
            threads=THREADS,
            ident=None,
            connection_limit=LIMITS.connections,
            channel_timeout=LIMITS.idle_s,
            cleanup_interval=2,
            max_request_header_size=LIMITS.header_bytes,
            max_request_body_size=LIMITS.picture_body_bytes + 1,  # of any path; _Parser knows each
            inbuf_overflow=SPOOL_BYTES,
            outbuf_overflow=SPOOL_BYTES,
            asyncore_use_poll=True,
            log_socket_errors=False,
            clear_untrusted_proxy_headers=False,
        )

    def maintenance(self, now: float) -> None:
        """Also close whoever has kept one request half said for longer than LIMITS.idle_s."""
        super().maintenance(now)
        cutoff = time.monotonic() - LIMITS.idle_s
        for channel in self.active_channels.values():
            if channel.waiting_since is not None and channel.waiting_since < cutoff:
                channel.will_close = True
