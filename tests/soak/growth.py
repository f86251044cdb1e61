"""Whether the service's memory grows while it is asked for hours (D66)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import psutil

from bench import workload
from harness.raw_http import Caller, read_answer
from notalone.config import rules_dir
from notalone.rulebook import load_rulebook
from soak.figures import Figure, at_most
from soak.fuzz import pid_of
from soak.serving import serving

REQUESTS_A_S = 50
EVERY_S = 5.0
FILLING = 2000  # requests of 200 links and 50 messages: five times what the largest cache holds
MOST_MB_AN_HOUR = 1.0


class Sample(NamedTuple):
    """What it weighed, hours after the begin, and how many requests it had answered by then."""

    hours: float
    mb: float
    requests: int


def resident_mb(pid: int) -> float:
    """What the process holds in memory."""
    return float(psutil.Process(pid).memory_info().rss) / 1e6


def talk() -> Iterator[str]:
    """Messages without end, none twice; one in eleven is an example of a cue, in turn.

    The examples are what fills the caches of findings and of compiled phrases.
    """
    lures = [example for cue in load_rulebook(rules_dir()).cues for example in cue.match]
    return workload.unheard_of([said for lure in lures for said in (*workload.TALK, lure)])


def fill(caller: Caller, texts: Iterator[str]) -> None:
    """Make every cache as full as it may get."""
    for batch in islice(workload.batches(repeated=False, texts=texts), FILLING):
        caller.checked(batch)


def samples(caller: Caller, pid: int, texts: Iterator[str], *, minutes: float) -> Iterator[Sample]:
    """One every EVERY_S seconds, while new messages are checked."""
    batches = workload.batches(links=2, messages=2, repeated=False, texts=texts)
    began = time.monotonic()
    connection = caller.connect()
    number = 0
    sampled = 0.0
    while (now := time.monotonic() - began) < minutes * 60:
        if now >= sampled:
            sampled = now + EVERY_S
            yield Sample(now / 3600, resident_mb(pid), number)
        connection.sendall(caller.request(json.dumps(next(batches)).encode()))
        assert read_answer(connection).status == 200
        number += 1
        time.sleep(max(0.0, began + number / REQUESTS_A_S - time.monotonic()))
    connection.close()


def slope(points: list[tuple[float, float]]) -> float:
    """The rise of the line through *points* that fits best.

    >>> slope([(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)])
    2.0
    """
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def figures(folder: Path, *, minutes: float) -> list[Figure]:
    with serving(folder) as (home, caller):
        pid = pid_of(home)
        texts = talk()
        fill(caller, texts)
        found = list(samples(caller, pid, texts, minutes=minutes))
    what = f"memory over {minutes:g} min at {REQUESTS_A_S} requests/s, once its caches are full"
    return [
        at_most(
            f"{what}: slope",
            slope([(one.hours, one.mb) for one in found]),
            MOST_MB_AN_HOUR,
            "MB/h",
        ),
        Figure(f"{what}: first and last", f"{found[0].mb:.1f} MB, {found[-1].mb:.1f} MB"),
        Figure(f"{what}: requests", f"{found[-1].requests:,}"),
    ]
