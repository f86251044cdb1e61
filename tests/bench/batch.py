"""A page of links and messages: what our server spends on it, against servers that do nothing."""

from __future__ import annotations

import statistics
from contextlib import ExitStack
from pathlib import Path

from bench import servers, workload
from bench.table import Result, Row, times_slower

ROUNDS = 15
BATCHES_A_ROUND = 30
GOAL = 3


def costs(folder: Path) -> Result:
    """Server CPU for a batch of 200 links and 50 messages, all sides in turn within each round."""
    kinds = ("bare", "empty", "service")
    seen: dict[tuple[str, bool], list[float]] = {
        (kind, repeated): [] for kind in kinds for repeated in (False, True)
    }
    with ExitStack() as stack:
        sides = {kind: stack.enter_context(servers.running(kind, folder)) for kind in kinds}
        asked = {repeated: workload.batches(repeated=repeated) for repeated in (False, True)}
        for repeated in (False, True):  # everything is loaded before anything is measured
            for side in sides.values():
                side.client.post("/v1/check", next(asked[repeated]), timeout_s=120)
        for _ in range(ROUNDS):
            for (kind, repeated), costs_s in seen.items():
                side = sides[kind]
                requests = [next(asked[repeated]) for _ in range(BATCHES_A_ROUND)]
                before = side.cpu_s()
                for request in requests:
                    answer = side.client.post("/v1/check", request)
                    assert answer.status == 200, answer.status
                costs_s.append((side.cpu_s() - before) / BATCHES_A_ROUND)
    middle = {key: statistics.median(costs_s) for key, costs_s in seen.items()}
    rows: list[Row] = []
    for name, repeated in (("never seen before", False), ("sent again", True)):
        for other, title, goal in (
            ("empty", "same server, empty checker", None if repeated else GOAL),
            ("bare", "bare waitress", None),
        ):
            what = f"200 links + 50 messages, {name}, against {title}"
            ours_s, other_s = middle["service", repeated], middle[other, repeated]
            rows.append(times_slower(what, ours_s, other_s, goal))
    return Result(
        tuple(rows),
        f"Processor time of the server for one request; medians of {ROUNDS} rounds of "
        f"{BATCHES_A_ROUND}\nrequests for each side in turn, a connection each.",
    )
