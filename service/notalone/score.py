"""`notalone score`: how many lures are found, how many harmless talks are disturbed.

Every share comes with its 95 % Wilson interval: on 79 messages a point means nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import NormalDist

from notalone.checker import Checker, build_checker
from notalone.corpus import Case, read_corpus
from notalone.model import LEVELS, CheckRequest, Level

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules said about one case."""

    case: Case
    level: Level
    lure: str | None
    warned_at: int | None  # position of the first message with a warning, from 0

    @property
    def is_warned(self) -> bool:
        return self.level != "no_information"

    @property
    def is_in_time(self) -> bool:
        """Warned no later than the message by which an adult would have."""
        if self.warned_at is None:
            return False
        if self.case.by is None:
            return True
        ids = [message.id for message in self.case.messages]
        return self.warned_at <= ids.index(self.case.by)

    @property
    def is_high_enough(self) -> bool:
        return LEVELS.index(self.level) >= LEVELS.index(self.case.at_least)


@dataclass(frozen=True, slots=True)
class Share:
    """*hits* of *of*, with its 95 % interval."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (Wilson 1927), which stays honest near 0 and 1.

        >>> [round(end, 3) for end in Share(0, 110).interval]
        [0.0, 0.034]
        """
        if not self.of:
            return 0.0, 1.0
        spread = _Z * sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2))
        middle = self.value + _Z**2 / (2 * self.of)
        scale = 1 + _Z**2 / self.of
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:6.1%} [{low:.1%}-{high:.1%}] {self.hits}/{self.of}"


def run(*, data: Path, as_json: bool = False) -> int:
    """Print the score of the shipped rules on *data*."""
    outcomes = judge_all(read_corpus(data), build_checker())
    if as_json:
        print(json.dumps(summary(outcomes), ensure_ascii=False, indent=2))
    else:
        print("\n".join(table(outcomes)))
    return 0


def judge_all(cases: Iterable[Case], checker: Checker) -> list[Outcome]:
    """Check every case as the extension would show it, the whole window at once."""
    outcomes = []
    for case in cases:
        verdict = checker.check(CheckRequest(messages=case.messages)).conversation
        levels = list(verdict.levels.values())
        warned_at = next((i for i, level in enumerate(levels) if level != "no_information"), None)
        outcomes.append(Outcome(case, verdict.level, verdict.lure, warned_at))
    return outcomes


def share(outcomes: Iterable[Outcome], holds: Callable[[Outcome], bool]) -> Share:
    answers = [holds(outcome) for outcome in outcomes]
    return Share(sum(answers), len(answers))


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """The score in lines for people; a share of lures should be high, of the others low."""
    lines = [
        "LURES                          warned                    in time   level   lure named"
    ]
    lures = [outcome for outcome in outcomes if outcome.case.is_lure]
    for name, group in _groups(lures, lambda outcome: outcome.case.source):
        lines.append(_lure_line(name, group))
    for title, key in (("by lure", _lure_of), ("by script", _script_of)):
        lines += ["", title]
        lines += [_lure_line(f"  {name}", group) for name, group in _groups(lures, key)]
    lines += ["", "HARMLESS                       warned                    danger"]
    benign = [outcome for outcome in outcomes if not outcome.case.is_lure]
    sets = _groups(benign, lambda outcome: outcome.case.source)
    lines += [_benign_line(name, group) for name, group in sets]
    if sets:
        worst, group = max(sets, key=lambda pair: share(pair[1], _is_warned).value)
        lines += ["", f"worst harmless set: {worst}, {share(group, _is_warned)}"]
    return lines


def summary(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float | int]]:
    """The same for programs: set → shares."""
    return {
        name: {
            "cases": len(group),
            "warned": share(group, _is_warned).value,
            "danger": share(group, _is_danger).value,
            "in_time": share(group, lambda outcome: outcome.is_in_time).value,
            "high_enough": share(group, lambda outcome: outcome.is_high_enough).value,
        }
        for name, group in _groups(outcomes, lambda outcome: outcome.case.source)
    }


def _groups(
    outcomes: Iterable[Outcome], key: Callable[[Outcome], str]
) -> list[tuple[str, list[Outcome]]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return sorted((name, group) for name, group in groups.items() if name)


def _lure_line(name: str, group: list[Outcome]) -> str:
    in_time = share(group, lambda outcome: outcome.is_in_time).value
    level = share(group, lambda outcome: outcome.is_high_enough).value
    named = [outcome for outcome in group if outcome.case.lure and outcome.is_warned]
    right = share(named, lambda outcome: outcome.lure == outcome.case.lure).value
    warned = share(group, _is_warned)
    return f"{name:30} {warned!s:25} {in_time:6.1%}  {level:6.1%}  {right:6.1%}"


def _benign_line(name: str, group: list[Outcome]) -> str:
    return f"{name:30} {share(group, _is_warned)!s:25} {share(group, _is_danger)!s}"


def _is_warned(outcome: Outcome) -> bool:
    return outcome.is_warned


def _is_danger(outcome: Outcome) -> bool:
    return outcome.level == "danger"


def _lure_of(outcome: Outcome) -> str:
    return outcome.case.lure or ""


def _script_of(outcome: Outcome) -> str:
    return outcome.case.script
