"""waitress, made to ask the guard before it reads a body, and to let nobody hold the door open.

waitress reads a whole body before it calls an application, answers errors with a page that names
itself, times out silence but not a slow drip, and takes no new connection once it holds as many as
it may. Small subclasses mend that:

- A connection has LIMITS.request_s, from its start or its last answer, for one whole request: head,
  body and all pauses. Whatever drips, of either, is shown out by then.
- When the house is full, the newcomer is let in and somebody else shown out: who has waited longest
  of those that never showed a token; only without such a one, of those that did. So hostile sockets
  push out each other, and whoever says a request at once is always heard.
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
from waitress.parser import HTTPRequestParser, ParsingError
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
        self.has_token = False

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError:
            # A length of 5,000 digits, the address "http://[": waitress would log it, and hang up.
            raise ParsingError("cannot be read") from None
        if header_plus.count(b"\r\n") > MAX_HEADERS + 2:  # the first line and the empty one
            self._refused = 431
            return
        head = Head(
            peer=self._peer,
            method=self.command,
            path=self.path,
            version=self.version,
            headers=self.headers,
            is_absolute=bool(self.proxy_scheme or self.proxy_netloc),
            has_coding=self.chunked or "TRANSFER_ENCODING" in self.headers,
        )
        self._refused = self._guard.refusal(head)
        self.has_token = self._refused is None and self._guard.has_token(head)
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
    """One connection: since when it owes us a whole request, and whether it ever had a token."""

    error_task_class = _RefusalTask

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Any, **rest: Any) -> None:
        self.parser_class = functools.partial(_Parser, guard=server.guard, peer=addr[0])
        self.waits_since = time.monotonic()
        self.has_shown_token = False
        super().__init__(server, sock, addr, adj, **rest)

    @property
    def waits(self) -> bool:
        """Whether nothing of it is being answered, and it may be shown out."""
        return not (self.requests or self.will_close)

    def service(self) -> None:
        self.has_shown_token |= self.requests[0].has_token
        super().service()
        self.waits_since = time.monotonic()


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
            connection_limit=4 * LIMITS.connections,  # never reached: there waitress goes deaf
            channel_timeout=LIMITS.request_s,
            cleanup_interval=1,
            max_request_header_size=LIMITS.header_bytes + 1,
            max_request_body_size=LIMITS.picture_body_bytes + 1,  # of any path; _Parser knows each
            inbuf_overflow=SPOOL_BYTES,
            outbuf_overflow=SPOOL_BYTES,
            asyncore_use_poll=True,
            log_socket_errors=False,
            clear_untrusted_proxy_headers=False,
        )

    def handle_accept(self) -> None:
        """Let the next one in, and make room for it where there is none."""
        waiting = [channel for channel in self.active_channels.values() if channel.waits]
        if waiting and len(self.active_channels) >= LIMITS.connections:
            # Closed by the loop's next turn, as waitress does: not while events of this one wait.
            min(waiting, key=lambda one: (one.has_shown_token, one.waits_since)).will_close = True
        super().handle_accept()

    def maintenance(self, now: float) -> None:
        """Also show out whoever has not said one whole request within LIMITS.request_s."""
        super().maintenance(now)
        cutoff = time.monotonic() - LIMITS.request_s
        for channel in self.active_channels.values():
            if channel.waits and channel.waits_since < cutoff:
                channel.will_close = True
