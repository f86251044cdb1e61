"""`make bench`: one table of ratios, printed and kept with its date in docs/bench.md."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psutil

from bench import servers, workload
from harness.service_process import REPOSITORY, Home

ROUNDS = 7
BATCHES_A_ROUND = 30
STARTS = 5
DOCUMENT = REPOSITORY / "docs" / "bench.md"

Row = tuple[str, str, str, str, str]


def batch_costs(folder: Path) -> list[Row]:
    """Server CPU for a batch of 200 links and 50 messages, all sides in turn within each round."""
    kinds = ("bare", "empty", "service")
    costs: dict[tuple[str, bool], list[float]] = {
        (kind, repeated): [] for kind in kinds for repeated in (False, True)
    }
    with ExitStack() as stack:
        sides = {kind: stack.enter_context(servers.running(kind, folder)) for kind in kinds}
        asked = {repeated: workload.batches(repeated=repeated) for repeated in (False, True)}
        for repeated in (False, True):  # everything is loaded before anything is measured
            for side in sides.values():
                side.client.post("/v1/check", next(asked[repeated]), timeout_s=120)
        for _ in range(ROUNDS):
            for (kind, repeated), seen in costs.items():
                side = sides[kind]
                requests = [next(asked[repeated]) for _ in range(BATCHES_A_ROUND)]
                before = side.cpu_s()
                for request in requests:
                    answer = side.client.post("/v1/check", request)
                    assert answer.status == 200, answer.status
                seen.append((side.cpu_s() - before) / BATCHES_A_ROUND)
    middle = {key: statistics.median(seen) for key, seen in costs.items()}
    rows: list[Row] = []
    for name, repeated in (("never seen before", False), ("sent again", True)):
        service = middle["service", repeated]
        for other, title in (("empty", "same server, empty checker"), ("bare", "bare waitress")):
            base = middle[other, repeated]
            goal = "≤ 3" if (other, repeated) == ("empty", False) else ""
            what = f"200 links + 50 messages, {name}, against {title}"
            rows.append((what, *in_ms(service, base), f"{service / base:.2f}", goal))
    return rows


def start_costs(folder: Path) -> list[Row]:
    """From nothing to the first verdicts, against `import spacy` in a fresh Python."""
    seen: dict[str, list[float]] = {}
    for index in range(STARTS):
        for key, value in (*import_spacy().items(), *first_verdicts(folder, index).items()):
            seen.setdefault(key, []).append(value)
    middle = {key: statistics.median(values) for key, values in seen.items()}
    rows: list[Row] = []
    for what, key, base_key, goal in (
        ("first link verdict after start, CPU", "link_cpu", "spacy_cpu", "≤ 0.35"),
        ("first link verdict after start, wall clock", "link_wall", "spacy_wall", ""),
        ("first message verdict after start, CPU", "message_cpu", "spacy_cpu", "≤ 1.35"),
        ("first message verdict after start, wall clock", "message_wall", "spacy_wall", ""),
    ):
        value, base = middle[key], middle[base_key]
        row = (f"{what}, against import spacy", *in_ms(value, base), f"{value / base:.2f}", goal)
        rows.append(row)
    return rows


def import_spacy() -> dict[str, float]:
    """What a fresh Python spends on `import spacy`."""
    began = time.monotonic()
    code = "import spacy, os; t = os.times(); print(t.user + t.system)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {"spacy_cpu": float(done.stdout), "spacy_wall": time.monotonic() - began}


def first_verdicts(folder: Path, index: int) -> dict[str, float]:
    """Start the service and ask for one link, then for one message, as early as it listens."""
    home = Home(folder / f"start-{index}")
    began = time.monotonic()
    side = servers.start("service", home)
    try:
        side.client.hello()
        side.client.check(links=[{"id": "1", "url": "http://vnpost-giaohang.example/nhan-hang"}])
        link = {"link_cpu": side.cpu_s(), "link_wall": time.monotonic() - began}
        side.client.check(messages=[{"id": "1", "text": workload.TALK[0], "from_me": False}])
        message = {"message_cpu": side.cpu_s(), "message_wall": time.monotonic() - began}
        return {**link, **message}
    finally:
        side.process.kill()
        side.process.wait()


def in_ms(ours: float, base: float) -> tuple[str, str]:
    return f"{ours * 1000:.1f} ms", f"{base * 1000:.1f} ms"


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| what | ours | against | ratio | goal |", "|---|---:|---:|---:|---:|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def document(rows: list[Row]) -> str:
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    memory_gb = psutil.virtual_memory().total / 2**30
    return f"""# How fast it is

The last table of `make bench`, from {today}: Python {platform.python_version()} on
{platform.system()}, {os.cpu_count()} processors, {memory_gb:.0f} GB. Both sides of each ratio are
measured in one run, in turn; medians. Milliseconds are processor time of the server, except where
the row says wall clock. The ratios carry over to other machines, the milliseconds do not.

{table(rows)}

The service imports spaCy in a thread beside the one that answers, so the processor time of the
first link verdict holds a part of that import; the wall clock shows what a person waits.
"""


def main() -> int:
    """Measure, print, keep."""
    with tempfile.TemporaryDirectory() as folder:
        rows = batch_costs(Path(folder)) + start_costs(Path(folder))
    print(table(rows))
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(document(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
