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
from notalone import native_host

STARTS = 5
LINK_GOAL, MESSAGE_GOAL = 0.35, 1.35
LINK = {"id": "1", "url": "http://vnpost-giaohang.example/nhan-hang"}
# The second holds words of a rule, so that spaCy is to decide.
SAID = (workload.TALK[0], "Vụ án này bảo mật, em không được kể với bố mẹ")


def costs(folder: Path) -> Result:
    seen: dict[str, list[float]] = {}
    usual = Home(folder / "usual")
    _first_verdicts(usual)  # keeps what it has read
    for index in range(STARTS):
        very_first = _first_verdicts(Home(folder / f"start-{index}"))
        measured = {
            **_import_spacy(),
            **_first_verdicts(usual),
            **{f"new_{key}": value for key, value in very_first.items()},
        }
        for key, value in measured.items():
            seen.setdefault(key, []).append(value)
    middle = {key: statistics.median(values) for key, values in seen.items()}
    what: tuple[tuple[str, str, float | None], ...] = (
        ("first link verdict after start", "link", LINK_GOAL),
        ("first message verdict after start", "message", MESSAGE_GOAL),
        ("first verdict for which spaCy is asked", "cue", None),
        ("first link verdict of the very first start", "new_link", None),
        ("first message verdict of the very first start", "new_message", None),
    )
    rows = tuple(
        times_slower(
            f"{title}, {clock}, against import spacy",
            middle[f"{key}_{unit}"],
            middle[f"spacy_{unit}"],
            goal if unit == "cpu" else None,
        )
        for title, key, goal in what
        for clock, unit in (("CPU", "cpu"), ("wall clock", "wall"))
    )
    return Result(
        rows,
        f"""Medians of {STARTS} starts, in turn with as many imports and as many very first starts,
in a data folder where nothing has been kept yet. The service leaves the processor to links for a
moment; the engine is read then or with the first message, in a thread of its own, and spaCy
imported after it. A link is asked for, then a harmless message, then one that holds a rule's words,
each as soon as the one before it is answered.""",
    )


def _import_spacy() -> dict[str, float]:
    """What a fresh Python spends on `import spacy`."""
    began = time.monotonic()
    code = "import spacy, time; print(time.process_time())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {"spacy_cpu": float(done.stdout), "spacy_wall": time.monotonic() - began}


def _first_verdicts(home: Home) -> dict[str, float]:
    """Start the service, ask for one link as early as it listens, then for two messages."""
    seen: dict[str, float] = {}
    began = time.monotonic()
    side = servers.start("service", home)

    def lap(key: str) -> None:
        seen.update({f"{key}_cpu": side.cpu_s(), f"{key}_wall": time.monotonic() - began})

    try:
        side.client.hello()
        side.client.check(links=[LINK])
        lap("link")
        for key, text in zip(("message", "cue"), SAID, strict=True):
            side.client.check(messages=[{"id": "1", "text": text, "from_me": False}])
            lap(key)
    finally:
        side.process.kill()
        side.process.wait()
        (home.data / native_host.SERVICE).unlink()  # so that the next one is not mistaken for it
    return seen
