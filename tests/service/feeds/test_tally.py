"""Every row that was left out is counted under a reason that a person understands."""

from __future__ import annotations

from typing import get_args

from notalone.feeds.tally import REASONS, WHY, Reason, Refusal, Tally


def test_every_reason_has_words_in_both_languages() -> None:
    assert set(WHY) == set(REASONS) == set(get_args(Reason))
    assert all(why.vi and why.vi != why.en for why in WHY.values())


def test_only_the_first_examples_are_kept_with_their_lines() -> None:
    tally = Tally(entries=3)
    for line in range(1, 10):
        tally.refuse(Refusal("ip_range", "10.0.0.0/8"), line)
    assert tally.examples == {"ip_range": [f"{n}: 10.0.0.0/8" for n in (1, 2, 3)]}
    assert (tally.rows, tally.refused) == (12, {"ip_range": 9})


def test_an_example_never_moves_the_cursor_of_a_terminal() -> None:
    tally = Tally()
    tally.refuse(Refusal("not_an_address", "\x1b[31mRED\x1b]0;t\x07 x"), 1)
    (shown,) = tally.examples["not_an_address"]
    assert shown.isprintable()
    assert "RED" in shown
