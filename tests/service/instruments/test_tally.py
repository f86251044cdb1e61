"""The score counts what a family would notice: warned, in time, high enough, disturbed."""

from __future__ import annotations

import pytest

from notalone.instruments.corpus import Case
from notalone.instruments.tally import Outcome, Share, sections, shares, worst_harmless_set
from notalone.model import Level, Message

MESSAGES = tuple(Message(str(number), "…") for number in range(1, 4))


def outcome(
    *,
    is_lure: bool = True,
    level: Level = "caution",
    warned_at: int | None = 1,
    by: str = "2",
    source: str = "a set",
    near: str | None = None,
) -> Outcome:
    case = Case("x", source, MESSAGES, is_lure, "grooming", "none", "danger", by, near)
    return Outcome(case, level, "grooming", warned_at)


@pytest.mark.parametrize(
    ("warned_at", "in_time"), ((0, True), (1, True), (2, False), (None, False))
)
def test_in_time_is_no_later_than_an_adult(warned_at: int | None, in_time: bool) -> None:
    assert outcome(warned_at=warned_at).is_in_time is in_time


def test_high_enough_is_the_level_that_was_wanted() -> None:
    assert not outcome(level="caution").is_high_enough
    assert outcome(level="danger").is_high_enough


def test_an_interval_is_honest_about_few_cases() -> None:
    low, high = Share(10, 10).interval
    assert low == pytest.approx(0.722, abs=0.001)
    assert high == 1.0
    assert Share(0, 0).interval == (0.0, 1.0)


def test_a_share_is_written_with_its_interval() -> None:
    assert str(Share(36, 78)) == " 46.2% [35.5-57.1] 36/78"


def test_lures_and_harmless_talks_are_never_in_one_group() -> None:
    found = sections([outcome(), outcome(is_lure=False, near="grooming")])
    assert {section.name: list(section.groups) for section in found} == {
        "lures by set": ["a set"],
        "lures by lure": ["grooming"],
        "lures by script": ["none"],
        "lures by wanted level": ["danger"],
        "harmless by set": ["a set"],
        "harmless by nearest lure": ["grooming"],
        "harmless by script": ["none"],
    }


def test_levels_are_counted_apart() -> None:
    group = [outcome(level="danger"), outcome(), outcome(level="no_information", warned_at=None)]
    counted = shares("lures", group)
    assert (counted["warned"], counted["danger"]) == (Share(2, 3), Share(1, 3))
    assert counted["high_enough"] == Share(1, 3)
    assert counted["named"] == Share(2, 2), "who was not warned was told no lure"


def test_the_worst_harmless_set_is_the_one_disturbed_most() -> None:
    quiet = [outcome(is_lure=False, level="no_information", warned_at=None) for _ in range(9)]
    loud = outcome(is_lure=False, source="loud")
    assert worst_harmless_set([*quiet, loud, outcome(source="a lure")]) == ("loud", Share(1, 1))
    assert worst_harmless_set([outcome()]) is None
