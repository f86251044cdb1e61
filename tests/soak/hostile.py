"""Sockets that try to keep everybody else out, and a healthy client among them (D67).

Half of them are silent. The others drip one byte at a time: of a head, of a body that hello would
read without a token, and of blank lines, which a parser may skip for ever. Whoever is shown out
comes back at once.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from harness.raw_http import Caller, answer_of
from notalone.config import HOST
from notalone.guard import HELLO
from soak.figures import Figure, at_most, none_of, percentile
from soak.serving import serving

SILENT = DRIPPING = 64
DRIP_EVERY_S = 1.0
MOST_P99_MS = 500
BODY = b'{"messages":[{"id":"1","text":"Mai 7h15 ra bai bien hoc nhom nha"}]}'


@dataclass(slots=True)
class Hostile:
    """One socket that is opened again whenever it is closed."""

    port: int
    begins: bytes = b""
    drips: bytes = b""
    shown_out: int = 0
    _socket: socket.socket | None = None
    _left: Iterator[int] = field(default_factory=lambda: iter(()))

    def act(self) -> None:
        """Come in, or say one byte more."""
        if self._socket is not None and not self._is_open(self._socket):
            self.leave()
            self.shown_out += 1
        if self._socket is None:
            with contextlib.suppress(OSError):
                self._socket = socket.create_connection((HOST, self.port), timeout=0.2)
                self._socket.sendall(self.begins)
                self._socket.setblocking(False)
                self._left = itertools.cycle(self.drips)
            return
        for byte in itertools.islice(self._left, 1):
            with contextlib.suppress(OSError):
                self._socket.sendall(bytes((byte,)))

    def leave(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    @staticmethod
    def _is_open(connection: socket.socket) -> bool:
        try:
            return connection.recv(4096) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False


def crowd(caller: Caller) -> list[Hostile]:
    """All of them; nothing is connected yet."""
    head = caller.request(b"", Authorization=None)[:-2] + b"X-Drip: " + b"x" * 4000
    body = caller.request(b"", path=HELLO, Authorization=None, Content_Length="100000")
    kinds = ((b"", head), (body, b" "), (b"", b"\r\n"))
    return [
        *(Hostile(caller.port) for _ in range(SILENT)),
        *(Hostile(caller.port, *kinds[number % len(kinds)]) for number in range(DRIPPING)),
    ]


@dataclass(slots=True)
class Crowd:
    """How often one of them was *shown_out*; known when it is over."""

    shown_out: int = 0


@contextlib.contextmanager
def surrounded(caller: Caller, *, every_s: float) -> Iterator[Crowd]:
    """A crowd is at the door inside, and each of it acts again *every_s* seconds.

    In a process of its own: beside it in one, the healthy client would wait for the interpreter
    between coming in and speaking.
    """
    told = Crowd()
    apart = multiprocessing.get_context("spawn")
    ours, theirs = apart.Pipe()
    process = apart.Process(target=_crowd_in, args=(theirs, caller, every_s), name="hostile")
    process.start()
    try:
        assert ours.recv() == "all are in"
        yield told
    finally:
        ours.send("go")
        told.shown_out = ours.recv()
        process.join()


def _crowd_in(theirs: Connection, caller: Caller, every_s: float) -> None:
    hostile = crowd(caller)
    for one in hostile:
        one.act()
    theirs.send("all are in")
    while not theirs.poll(every_s):
        for one in hostile:
            one.act()
    for one in hostile:
        one.leave()
    theirs.send(sum(one.shown_out for one in hostile))


def latencies_s(caller: Caller, body: bytes, count: int) -> list[float]:
    """How long each of *count* checks takes, each on a connection of its own.

    Raises: AssertionError when one is not answered.
    """
    request = caller.request(body, Connection="close")
    spent = []
    for _ in range(count):
        began = time.perf_counter()
        assert answer_of(caller.port, request).status == 200
        spent.append(time.perf_counter() - began)
    return spent


def figures(folder: Path, *, seconds: float) -> list[Figure]:
    spent: list[float] = []
    unanswered = 0
    with serving(folder) as (_, caller), surrounded(caller, every_s=DRIP_EVERY_S) as hostile:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                spent += latencies_s(caller, BODY, 50)
            except (AssertionError, OSError):
                unanswered += 1
    what = f"{SILENT} silent and {DRIPPING} dripping sockets, a healthy client for {seconds:g} s"
    return [
        none_of(f"{what}: not answered", unanswered),
        at_most(f"{what}: p99", percentile(spent, 0.99) * 1e3, MOST_P99_MS, "ms"),
        Figure(f"{what}: answers, and sockets shown out", f"{len(spent):,}, {hostile.shown_out:,}"),
    ]
