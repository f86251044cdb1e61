"""How much memory the service takes, against `import spacy` alone; and whether it ever grows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psutil

from bench import servers, workload
from bench.table import Goal, Result, Row
from harness.service_process import Home

MESSAGES = 1000
BATCH = 50
MARKS = (100_000, 1_000_000)  # messages after which the growing process is weighed
MOST_OF_IMPORT = 1.4
MOST_GROWTH = 1.03  # "a few MB" of the some 130 it takes


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes: *rss* in memory now, *uss* of it that no other process shares."""

    rss: int
    uss: int


def costs(folder: Path) -> Result:
    with _only_spacy() as process:
        spacy = _weight(process)
    first, usual = _serving(folder), _serving(folder)
    early, late = _growth(Home(folder / "growth"))
    few, many = MARKS
    service_title = f"service after {MESSAGES} messages, against import spacy"
    return Result(
        (
            _row(f"{service_title}, resident", usual.rss, spacy.rss, MOST_OF_IMPORT),
            _row(f"{service_title}, unshared", usual.uss, spacy.uss),
            _row(f"{service_title}, the very first start", first.rss, spacy.rss, MOST_OF_IMPORT),
            _row(
                f"after {many:,} different messages, against after {few:,}, resident",
                late.rss,
                early.rss,
                MOST_GROWTH,
            ),
        ),
        f"""A process that has done nothing but `import spacy`, and `notalone start` after
{MESSAGES} different messages over HTTP: first in a data folder where nothing has been kept yet,
then there again, as at each log-in. The last row is one process that folds, checks and judges
messages in batches of {BATCH} through the same code and the same cache as a request, each with a
word in it that was never used before; one in eleven is an example from our rules.""",
    )


def _serving(folder: Path) -> Weight:
    """The service in *folder*, once it has judged messages."""
    with servers.running("weighed", folder) as side:
        batches = workload.batches(links=0, messages=BATCH, repeated=False)
        for batch in islice(batches, MESSAGES // BATCH):
            assert side.client.post("/v1/check", batch, timeout_s=120).status == 200
        return _weight(side.process.pid)


def _row(what: str, ours: int, base: int, goal: float | None = None) -> Row:
    bound = None if goal is None else Goal("≤", goal)
    return Row(what, _mb(ours), _mb(base), ours / base, bound)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _weight(pid: int) -> Weight:
    memory = psutil.Process(pid).memory_full_info()
    return Weight(memory.rss, memory.uss)


@contextmanager
def _only_spacy() -> Iterator[int]:
    """A process that has imported spaCy and waits; its pid."""
    code = "import spacy; print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
        process.kill()


def _growth(home: Home) -> list[Weight]:
    """What `check_many` weighed at each of MARKS, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from bench import memory; memory.check_many()"],
        env={**home.environment, "PYTHONPATH": servers.TESTS},
        cwd=home.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Weight(**json.loads(line)) for line in done.stdout.splitlines()]


def check_many() -> None:
    """Check as many messages as MARKS say, and print the weight of this process at each."""
    from notalone.checker import build_checker
    from notalone.config import rules_dir
    from notalone.model import CheckRequest, Message
    from notalone.rulebook import load_rulebook

    checker = build_checker()
    lures = [example for cue in load_rulebook(rules_dir()).cues for example in cue.match]
    texts = workload.unheard_of([said for lure in lures for said in (*workload.TALK, lure)])
    for count in range(BATCH, MARKS[-1] + 1, BATCH):
        messages = tuple(Message(str(index), next(texts)) for index in range(BATCH))
        checker.check(CheckRequest(messages=messages))
        if count in MARKS:
            weight = _weight(os.getpid())
            print(json.dumps({"rss": weight.rss, "uss": weight.uss}), flush=True)
