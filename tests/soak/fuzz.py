"""Requests that are broken at random, from a caller whose token is right.

Bodies are grown from words that a parser may stumble over, or are right ones with bytes changed;
every fourth request has its head changed instead.
"""

from __future__ import annotations

import contextlib
import json
import random
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.servers import cpu_s
from harness.raw_http import Caller, read_answer
from harness.service_process import Home
from notalone.config import LIMITS
from soak.figures import Figure, at_most, none_of
from soak.load import QUESTIONS
from soak.serving import LURE, serving

MOST_CPU_MS = 100
ODD_TEXTS = (
    "", " ", "\x00", "\u202e", "\ufeff", "\U0010ffff", "a\u0301" * 40, "\u200d" * 50, "ﷺ" * 20,
    "http://[", "https://xn--/", "http://a@b:99999/", "//", "..", "%00", "https://" + "a." * 120,
    "1" * 400, "🇻🇳" * 30, LURE, "x" * (LIMITS.text_chars + 1), "javascript:alert(1)", "-0", "null",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, 10**30, [], {}, [[]], [None] * 60, {"": ""}, {"id": 1},
)  # fmt: skip
ODD_BYTES = (
    b"\x00", b"\xff", b"\xed\xa0\x80", b"[" * 50, b'"', b"\\", b"\\ud800", b"{", b"}", b",",
    b"  " * 99, b"1e999", b"NaN", b"\r\n", b"\r\n\r\n", b"/*", b"'", b"\xf0\x9f", b":", b"-",
)  # fmt: skip
KEYS = ("links", "messages", "earlier", "audience", "id", "url", "text", "from_me", "__proto__")


@dataclass(slots=True)
class Fuzzed:
    """What came of it."""

    failed: int = 0  # answered with a 5xx
    unanswered: int = 0  # a right head, and no answer
    most_cpu_s: float = 0.0  # of the service, for one request


def _grown(draw: random.Random, depth: int = 0) -> Any:
    kind = draw.random()
    if depth > 4 or kind < 0.3:
        return draw.choice(ODD_TEXTS) if draw.random() < 0.7 else draw.choice(ODD_VALUES)
    if kind < 0.6:
        return [_grown(draw, depth + 1) for _ in range(draw.randrange(4))]
    return {draw.choice(KEYS): _grown(draw, depth + 1) for _ in range(draw.randrange(5))}


def _almost_right(draw: random.Random) -> dict[str, Any]:
    texts = (*ODD_TEXTS, LURE, *(one["text"] for one in QUESTIONS[2][0]["messages"]))
    text = " ".join(draw.choice(texts) for _ in range(draw.randrange(1, 4)))[: LIMITS.text_chars]
    return {
        "messages": [
            {"id": str(at), "text": text, "from_me": draw.choice((True, False, None))}
            for at in range(draw.randrange(3))
        ],
        "links": [
            {"id": str(at), "url": draw.choice(texts)[: LIMITS.url_chars], "text": text}
            for at in range(draw.randrange(3))
        ],
        draw.choice(KEYS): _grown(draw),
    }


def _changed(draw: random.Random, given: bytes) -> bytes:
    changed = bytearray(given)
    for _ in range(draw.randrange(1, 4)):
        at = draw.randrange(len(changed) + 1)
        match draw.randrange(4):
            case 0:
                changed[at : at + draw.randrange(1, 9)] = b""
            case 1:
                changed[at:at] = draw.choice(ODD_BYTES)
            case 2:
                changed[at : at + 1] = bytes((draw.randrange(256),))
            case _:
                changed[at:at] = changed[max(0, at - 30) : at]
    return bytes(changed)


def requests(caller: Caller, *, seed: int) -> Iterator[tuple[bytes, bool]]:
    """Requests without end, and whether the head of each is right, so that there is an answer."""
    draw = random.Random(seed)
    while True:
        body = json.dumps(_grown(draw) if draw.random() < 0.4 else _almost_right(draw)).encode()
        if draw.random() < 0.4:
            body = _changed(draw, body)
        if draw.random() < 0.25:
            head, _, _ = caller.request(b"").partition(b"\r\n\r\n")
            yield _changed(draw, head) + b"\r\n\r\n", False
        else:
            yield caller.request(body[: LIMITS.body_bytes]), True


def fuzzed(caller: Caller, pid: int, count: int, *, seed: int = 11) -> Fuzzed:
    """Send *count* of them, one after the other."""
    found = Fuzzed()
    generated = requests(caller, seed=seed)
    connection: socket.socket | None = None
    for _ in range(count):
        request, is_framed = next(generated)
        before = cpu_s(pid)
        if connection is None:
            connection = caller.connect()
        status = 0
        with contextlib.suppress(ConnectionError, AssertionError):
            connection.sendall(request)
            if not is_framed:
                connection.shutdown(socket.SHUT_WR)  # whatever it waits for will not come
            answer = read_answer(connection)
            status = answer.status
            is_open = is_framed and answer.headers.get("connection", "").lower() != "close"
        if not status or not is_open:
            connection.close()
            connection = None
        found.most_cpu_s = max(found.most_cpu_s, cpu_s(pid) - before)
        found.failed += status >= 500
        found.unanswered += is_framed and not status
    if connection is not None:
        connection.close()
    return found


def pid_of(home: Home) -> int:
    """The service's process.

    Raises: AssertionError when it is gone.
    """
    pid = home.service_pid()
    assert pid is not None, "the service has crashed"
    return pid


def figures(folder: Path, *, count: int) -> list[Figure]:
    with serving(folder) as (home, caller):
        pid = pid_of(home)
        found = fuzzed(caller, pid, count)
        crashes = int(home.service_pid() != pid)
    what = f"{count:,} fuzzed requests"
    return [
        none_of(f"{what}: crashes, or no answer", crashes + found.unanswered),
        none_of(f"{what}: 5xx", found.failed),
        at_most(f"{what}: most processor time for one", found.most_cpu_s * 1e3, MOST_CPU_MS, "ms"),
    ]
