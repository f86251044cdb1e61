"""Disguised lures are still seen, and disguised harmless talk is still left alone: issue 3.

Two to four disguises on every message that is not the child's own, over the whole corpus.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

from harness import shipped
from notalone.instruments.corpus import Case
from notalone.instruments.disguise import disguise
from notalone.model import CheckRequest

SEEDS = range(1, 4)
HARMLESS_SEEDS = range(1, 7)  # an alarm more or less among three draws says nothing
KEPT = 0.92  # of the lures that are seen undisguised
MORE_ALARMS = 0.003  # of all harmless talks


def every_ninth(*, lures: bool) -> list[Case]:
    """Every ninth is enough, and quick enough; `notalone score --disguised` takes all."""
    return [case for case in shipped.conversations()[::9] if case.is_lure == lures]


def warned(cases: Iterable[Case]) -> set[str]:
    requests = ((case.id, CheckRequest(messages=case.messages)) for case in cases)
    return {
        name
        for name, request in requests
        if shipped.checker().check(request).conversation.level != "no_information"
    }


def disguised(cases: Iterable[Case], *, seed: int) -> list[Case]:
    """Each case disguised by a hand of its own, so that a new case does not change the others."""
    changed = []
    for case in cases:
        rng = random.Random(f"{seed} {case.id}")
        messages = tuple(
            message
            if message.from_me
            else replace(message, text=disguise(message.text, count=rng.randint(2, 4), rng=rng))
            for message in case.messages
        )
        changed.append(replace(case, messages=messages))
    return changed


def test_most_lures_are_seen_under_two_to_four_disguises() -> None:
    lures = every_ninth(lures=True)
    plain = warned(lures)
    seen = [case for case in lures if case.id in plain]
    lost = [
        (seed, name)
        for seed in SEEDS
        for name in sorted(plain - warned(disguised(seen, seed=seed)))
    ]
    assert len(lost) <= (1 - KEPT) * len(SEEDS) * len(plain), lost


def test_disguises_do_not_make_harmless_talk_alarming() -> None:
    benign = every_ninth(lures=False)
    plain = warned(benign)
    alarms = [
        (seed, name)
        for seed in HARMLESS_SEEDS
        for name in sorted(warned(disguised(benign, seed=seed)))
    ]
    more = len(alarms) / len(HARMLESS_SEEDS) - len(plain)
    assert more <= MORE_ALARMS * len(benign), [pair for pair in alarms if pair[1] not in plain]
