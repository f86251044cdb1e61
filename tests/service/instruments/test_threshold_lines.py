"""The list of lines says what the judge decides, and how much is missing."""

from __future__ import annotations

import functools
from itertools import combinations, product

import pytest

from notalone.detectors.stages import Pattern
from notalone.glossary import Asks
from notalone.instruments.threshold_lines import Line, lines_of
from notalone.levels import THRESHOLDS, Worded, level_of, level_of_both
from notalone.model import LEVELS, STAGES, Stage, highest

ASKS: tuple[frozenset[Asks], ...] = (
    frozenset(),
    frozenset({"silence"}),
    frozenset({"money"}),
    frozenset({"silence", "money"}),
    frozenset({"silence", "threat"}),
)


@functools.cache
def patterns() -> list[Pattern]:
    """Every mix of one to three signals of the five stages."""
    found = []
    for count in (0, 1, 2, 3):
        for stages in combinations(STAGES, max(1, count)):
            for weights in product((1, 2, 3, 4), repeat=count):
                for asks in ASKS if count else ASKS[:1]:
                    for telling in range(count + 1):
                        found += [
                            Pattern(
                                {str(n): weight for n, weight in enumerate(weights)},
                                seen,
                                asks,
                                telling=telling,
                            )
                            for seen in {stages[: max(0, count)], stages[: min(1, count)]}
                        ]
    return found


@pytest.mark.parametrize("severity", (0, THRESHOLDS.severe_from))
def test_the_lines_and_the_judge_agree(severity: int) -> None:
    for pattern in patterns():
        reached = [line.level for line in lines_of(pattern, severity=severity) if line.is_reached]
        assert highest(*reached) == level_of(pattern, severity=severity), pattern


@pytest.mark.parametrize("is_alone", (True, False))
@pytest.mark.parametrize("per_cent", (60, 70, 80, 90, 100, 110, 120))
def test_the_lines_and_the_judge_agree_on_cues_and_wording_together(
    per_cent: int, is_alone: bool
) -> None:
    worded = Worded(per_cent, is_alone=is_alone)
    for pattern in patterns():
        lines = lines_of(pattern, severity=0, worded=worded)
        reached = [line.level for line in lines if line.is_reached and "heard" in line.name]
        told = level_of(pattern, severity=0)
        assert highest(*reached) == level_of_both(told, pattern, worded), pattern


def line_of(name: str, pattern: Pattern) -> Line:
    return next(line for line in lines_of(pattern, severity=0) if line.name == name)


@pytest.mark.parametrize(
    ("name", "weights", "stages", "missing"),
    (
        ("alone", (3,), ("demand",), {"weight": 1}),
        ("far", (3, 2), ("secrecy", "demand"), {"points": 2}),
        ("far", (3, 3), ("contact", "trust"), {"points": 1, "deep_stage": 1}),
        ("far_enough", (3,), ("secrecy",), {"stages": 1, "points": 1}),
        ("far_enough", (3, 1), ("secrecy", "demand"), {"together": 1}),
        ("one_stage", (3,), ("demand",), {"signals": 1, "points": 2}),
        ("one_stage", (3, 3), ("demand",), {}),
    ),
)
def test_a_line_says_what_is_missing(
    name: str, weights: tuple[int, ...], stages: tuple[Stage, ...], missing: dict[str, int]
) -> None:
    pattern = Pattern({str(n): weight for n, weight in enumerate(weights)}, stages, frozenset())
    told = {need.what: need.missing for need in line_of(name, pattern).needs if need.missing}
    assert told == missing


def test_the_highest_level_comes_first() -> None:
    found = lines_of(Pattern({}, (), frozenset()), severity=0)
    levels = [LEVELS.index(line.level) for line in found]
    assert levels == sorted(levels, reverse=True)


@pytest.mark.parametrize(
    ("per_cent", "signals", "missing"),
    ((104, 1, {}), (94, 1, {"evidence": 10}), (200, 0, {"signals": 1})),
)
def test_the_wording_counts_beside_a_signal(
    per_cent: int, signals: int, missing: dict[str, int]
) -> None:
    pattern = Pattern({str(n): 2 for n in range(signals)}, (), frozenset())
    lines = lines_of(pattern, severity=0, worded=Worded(per_cent, is_alone=False))
    line = next(line for line in lines if line.name == "heard")
    assert {need.what: need.missing for need in line.needs if need.missing} == missing
