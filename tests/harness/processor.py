"""How quick this machine is just now, so that a bound in processor time means the same everywhere.

Bounds are written in seconds of the machine where they were set. A fixed piece of work, timed right
beside what is measured, says how much slower the machine is that runs the test: another processor,
a slower Python, or the same one while something else wants it too.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

FIXED_WORK_S = 0.005  # what `_fixed_work` takes where the bounds were set
_TEXT = "Em ơi, chuyển 500.000đ vào số 0123 456 789 trước 15 giờ nhé. Đừng kể với ai! " * 12
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[.!?]")
_ROUNDS = 50
_RUNS = 3  # the best of so many: whatever disturbs a run makes it longer, never shorter
_TRIES = 5


def is_done_within(bound_s: float, work: Callable[[], object], *, runs: int = 1) -> bool:
    """Whether *work* takes less than *bound_s* where the bounds were set; see `standard_s`.

    What takes longer is measured again a few times, for a machine may be disturbed just then.
    """
    return any(standard_s(work, runs=runs) < bound_s for _ in range(_TRIES))


def standard_s(work: Callable[[], object], *, runs: int = 1) -> float:
    """The processor time of *work*, the best of *runs*, in seconds where the bounds were set.

    Where the machine changes its speed meanwhile, the slower one is taken for that of *work*.
    """
    before = _slowness()
    spent = min(_processor_s(work) for _ in range(runs))
    return spent / max(before, _slowness())


def _slowness() -> float:
    """How many times as long as where the bounds were set this machine takes just now."""
    return min(_processor_s(_fixed_work) for _ in range(_RUNS)) / FIXED_WORK_S


def _processor_s(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _fixed_work() -> None:
    """What the engine does most: expressions over text, look-ups, sets and short loops."""
    for _ in range(_ROUNDS):
        places: dict[str, list[int]] = {}
        for place, word in enumerate(_WORD.findall(_TEXT.lower())):
            places.setdefault(word, []).append(place)
        near = frozenset(word for word in places if word.isalpha())
        sum(
            other - place
            for word in near
            for place in places[word]
            for other in places["đừng"]
            if place < other
        )
