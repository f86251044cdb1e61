"""From nothing to the first verdicts, against `import spacy` in a fresh Python."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench import servers, workload
from bench.table import Result, times_slower
from harness.service_process import Home

STARTS = 5
LINK_GOAL, MESSAGE_GOAL = 0.35, 1.35


def costs(folder: Path) -> Result:
    seen: dict[str, list[float]] = {}
    for index in range(STARTS):
        measured = (*_import_spacy().items(), *_first_verdicts(folder, index).items())
        for key, value in measured:
            seen.setdefault(key, []).append(value)
    middle = {key: statistics.median(values) for key, values in seen.items()}
    rows = tuple(
        times_slower(f"{what}, against import spacy", middle[key], middle[base], goal)
        for what, key, base, goal in (
            ("first link verdict after start, CPU", "link_cpu", "spacy_cpu", LINK_GOAL),
            ("first link verdict after start, wall clock", "link_wall", "spacy_wall", None),
            ("first message verdict after start, CPU", "message_cpu", "spacy_cpu", MESSAGE_GOAL),
            ("first message verdict after start, wall clock", "message_wall", "spacy_wall", None),
        )
    )
    return Result(
        rows,
        f"""Medians of {STARTS} starts, in turn with as many imports. The service leaves the
processor to links for a moment; the import of spaCy, in a thread of its own, begins then or with
the first message.""",
    )


def _import_spacy() -> dict[str, float]:
    """What a fresh Python spends on `import spacy`."""
    began = time.monotonic()
    code = "import spacy, time; print(time.process_time())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {"spacy_cpu": float(done.stdout), "spacy_wall": time.monotonic() - began}


def _first_verdicts(folder: Path, index: int) -> dict[str, float]:
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
