"""Lists swapped while many ask: no check fails, and each answer is from exactly one version."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.compiled_lists import compile_rows
from harness.raw_http import Caller, read_answer
from harness.service_process import Home
from harness.waiting import wait_for
from soak.figures import Figure, none_of
from soak.serving import serving

HOSTS = 10
CLIENTS = 4
LINKS = [f"https://bad-{side}-{number}.example/" for number in range(HOSTS) for side in "ab"]
BODY = json.dumps({"links": [{"id": link, "url": link} for link in LINKS]}).encode()


@dataclass(slots=True)
class Seen:
    """What the clients were told."""

    answers: int = 0
    failed: int = 0
    mixed: int = 0  # answers of two versions at once
    newest: str = ""  # the version of the last answer


def version_of(body: bytes) -> str:
    """Which of the two lists this answer is from: "a", "b", or "ab" for both at once."""
    warned = {one["id"] for one in json.loads(body)["links"] if one["level"] == "danger"}
    whole = {side: {link for link in LINKS if f"bad-{side}-" in link} for side in "ab"}
    return next((side for side, links in whole.items() if links == warned), "ab" if warned else "")


@contextmanager
def asking(caller: Caller, seen: Seen) -> Iterator[None]:
    """CLIENTS clients ask all the time."""
    is_over = threading.Event()
    request = caller.request(BODY)

    def ask() -> None:
        while not is_over.is_set():
            with caller.connect() as connection:
                for _ in range(100):
                    connection.sendall(request)
                    answer = read_answer(connection)
                    found = version_of(answer.body) if answer.status == 200 else ""
                    seen.answers += 1
                    seen.failed += not found
                    seen.mixed += found == "ab"
                    seen.newest = found
                    if is_over.is_set():
                        break

    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        yield
    finally:
        is_over.set()
        for client in clients:
            client.join()


def swapped(home: Home, caller: Caller, count: int) -> Seen:
    """Swap *count* times, each time until somebody was answered by the new list."""
    rows = {side: [f"host bad-{side}-{number}.example" for number in range(HOSTS)] for side in "ab"}
    compile_rows(home.data, rows["a"])
    request = caller.request(BODY)

    def first() -> bool:
        with caller.connect() as connection:
            connection.sendall(request)
            return version_of(read_answer(connection).body) == "a"

    wait_for(first, what="the first list")
    seen = Seen()
    with asking(caller, seen):
        for number in range(count):
            side = "ab"[(number + 1) % 2]
            compile_rows(home.data, rows[side])
            wait_for(partial(_is_told, seen, side), what=f"swap {number}", poll_s=0.001)
    return seen


def _is_told(seen: Seen, side: str) -> bool:
    return seen.newest == side


def figures(folder: Path, *, count: int) -> list[Figure]:
    with serving(folder) as (home, caller):
        seen = swapped(home, caller, count)
    what = f"{count:,} swaps of lists while {CLIENTS} clients ask ({seen.answers:,} answers)"
    return [
        none_of(f"{what}: failed checks", seen.failed),
        none_of(f"{what}: answers from two versions", seen.mixed),
    ]
