"""Many checks over many connections at once: is any answer wrong, somebody else's, or an error?

Every request has an id of its own in each of its links and messages, and its answer must be, byte
for byte, the one that was given when the service had nothing else to do.
"""

from __future__ import annotations

import contextlib
import json
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.workload import TALK
from harness.raw_http import Caller
from notalone.config import HOST
from soak.figures import Figure, none_of, percentile
from soak.serving import LURE, doing_nothing, serving

CONNECTIONS = 32
ROUNDS = 20
# Servers that judge nothing, and how many times as long our p99 may be: the work of a check itself.
NO_OPS = {"empty": ("our server with no checker", 10), "bare": ("waitress alone", 20)}
IDS = b"ID000000"
_NAME = IDS.decode()


def _message(text: str, number: int = 0) -> dict[str, Any]:
    return {"id": f"{_NAME}-{number}", "text": text, "from_me": False}


# What is asked, and the highest level that must come back.
QUESTIONS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"messages": [_message(LURE)]}, "danger"),
    ({"messages": [_message(TALK[0])]}, "no_information"),
    ({"messages": [_message(text, at) for at, text in enumerate(TALK[1:4])]}, "no_information"),
    ({"links": [{"id": _NAME, "url": "https://vietcornbank.example/dang-nhap"}]}, "danger"),
    ({"links": [{"id": _NAME, "url": "https://vi.wikipedia.org/wiki/Hue"}]}, "no_information"),
    ({}, "no_information"),
)


@dataclass(slots=True)
class Load:
    """What came of it."""

    wrong: int = 0  # another answer than the right one
    errors: int = 0  # a status of 500 or more, or none at all
    latencies_s: list[float] = field(default_factory=list)

    def add(self, other: Load) -> None:
        """Count what came of *other* too."""
        self.wrong += other.wrong
        self.errors += other.errors
        self.latencies_s += other.latencies_s


@dataclass(slots=True)
class _Asking:
    """One connection, and what it waits for."""

    connection: socket.socket
    wanted: bytes = b""
    began: float = 0.0
    heard: bytes = b""


def questions(caller: Caller) -> list[tuple[bytes, bytes]]:
    """Requests with their right answers, both with IDS for the number of the request.

    Raises: AssertionError when the service judges one of them wrongly.
    """
    asked = []
    for body, level in QUESTIONS:
        answer = caller.checked(body)
        reply = json.loads(answer)
        levels = {one["level"] for one in (*reply["links"], *reply["messages"])}
        assert levels <= {level} if level == "no_information" else level in levels, body
        asked.append((caller.request(json.dumps(body).encode()), answer))
    return asked


def ask(
    port: int, asked: Sequence[tuple[bytes, bytes]], count: int, *, connections: int = CONNECTIONS
) -> Load:
    """Ask *count* times over as many *connections* at once, each question in turn."""
    load = Load()
    selector = selectors.DefaultSelector()
    numbers = iter(range(count))

    def next_question(asking: _Asking) -> bool:
        number = next(numbers, None)
        if number is None:
            selector.unregister(asking.connection)
            asking.connection.close()
            return False
        request, answer = asked[number % len(asked)]
        own = b"ID%06d" % (number % 10**6)
        asking.wanted, asking.heard = answer.replace(IDS, own), b""
        asking.began = time.perf_counter()
        asking.connection.sendall(request.replace(IDS, own))
        return True

    def connect() -> None:
        asking = _Asking(socket.create_connection((HOST, port), timeout=60))
        selector.register(asking.connection, selectors.EVENT_READ, asking)
        next_question(asking)

    for _ in range(min(connections, count)):
        connect()
    while selector.get_map():
        for key, _ in selector.select():
            asking: _Asking = key.data
            chunk = asking.connection.recv(65_536)
            asking.heard += chunk
            head, found, body = asking.heard.partition(b"\r\n\r\n")
            if chunk and (not found or len(body) < _length(head)):
                continue
            load.latencies_s.append(time.perf_counter() - asking.began)
            status = int(head[9:12] or 0)
            load.errors += status == 0 or status >= 500
            load.wrong += status != 200 or body != asking.wanted
            if chunk and b"onnection: close" not in head:
                next_question(asking)
            else:
                selector.unregister(asking.connection)
                asking.connection.close()
                connect()
    return load


def _length(head: bytes) -> int:
    name = b"\r\ncontent-length: "
    at = head.lower().find(name)
    return int(head[at + len(name) :].split(b"\r\n", 1)[0]) if at >= 0 else 0


def figures(folder: Path, *, count: int) -> list[Figure]:
    """*count* checks of the real service, in turn with some of servers that judge nothing."""
    ours = Load()
    no_ops = {kind: Load() for kind in NO_OPS}
    with contextlib.ExitStack() as running:
        _, caller = running.enter_context(serving(folder))
        asked = questions(caller)
        others = {kind: running.enter_context(doing_nothing(kind, folder)) for kind in NO_OPS}
        for _ in range(ROUNDS):  # in turn: the machine is as busy for one as for the other
            ours.add(ask(caller.port, asked, count // ROUNDS))
            for kind, other in others.items():
                plain = [(other.request(one.partition(b"\r\n\r\n")[2]), b"") for one, _ in asked]
                no_ops[kind].add(ask(other.port, plain, max(CONNECTIONS, count // ROUNDS // 10)))
    what = f"{count:,} checks over {CONNECTIONS} connections"
    rows = [
        none_of(f"{what}: wrong answers", ours.wrong),
        none_of(f"{what}: 5xx, or no answer", ours.errors),
    ]
    ours_s = percentile(ours.latencies_s, 0.99)
    for kind, (named, most) in NO_OPS.items():
        against_s = percentile(no_ops[kind].latencies_s, 0.99)
        times = ours_s / against_s
        measured = f"{times:.2f} ({ours_s * 1e3:.1f} ms, {against_s * 1e3:.1f} ms)"
        rows.append(Figure(f"{what}: p99 against {named}", measured, f"< {most}", times < most))
    return rows
