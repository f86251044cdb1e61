"""The table of links names the worst set and what is over its goal; JSON says all of it."""

from __future__ import annotations

import json

from notalone.instruments.links_table import (
    BenignRow,
    Counts,
    LinkReport,
    lines_of,
    table_for_programs,
)
from notalone.instruments.tally import Share
from notalone.model import Bilingual


def counts(caution: int, danger: int, of: int) -> Counts:
    return Counts(Share(caution, of), Share(danger, of))


def row(name: str, caution: int, danger: int = 0) -> BenignRow:
    return BenignRow(
        name, Bilingual(f"bộ {name}", f"set {name}"), counts(caution, danger, 1000), 0.005, 0.001
    )


def report(*benign: BenignRow) -> LinkReport:
    return LinkReport(
        date="2026-11-23",
        half="report",
        found=[(Bilingual("mới", "new"), counts(30, 10, 100))],
        by_month={"2025-06": counts(4, 1, 10)},
        by_feed={"feed": counts(3, 1, 10)},
        by_kind={"a brand's name, hosting": counts(9, 5, 10)},
        by_family={"bank": counts(2, 1, 100)},
        benign=benign,
        by_rule={"lookalike.brand_in_name": {"new": 12, "banks": 0}},
        misses=["missed.example"],
        alarms=["banks: bank.example (throwaway.act)"],
    )


def test_the_worst_set_is_named_with_its_share() -> None:
    lines = lines_of(report(row("a", 1), row("b", 4)), language="en")
    assert "worst harmless set: set b, 0.4% [0.2-1.0] 4/1000" in lines


def test_a_set_over_its_goal_says_so_whichever_goal_it_is() -> None:
    lines = lines_of(report(row("quiet", 5, 1), row("loud", 6), row("harsh", 5, 2)), language="en")
    over = [line.split()[1] for line in lines if "OVER" in line]
    assert over == ["loud", "harsh"]


def test_shares_rules_and_samples_are_shown() -> None:
    text = "\n".join(lines_of(report(row("a", 1))))
    for part in (
        "30.0% [21.9-39.6] 30/100",
        "lookalike.brand_in_name",
        "missed.example",
        "bank.example",
    ):
        assert part in text


def test_programs_read_the_same() -> None:
    table = json.loads(json.dumps(table_for_programs(report(row("a", 1), row("b", 9)))))
    assert table["worst_benign_set"] == "b"
    assert table["benign"]["b"]["is_met"] is False
    assert table["found"]["new"]["caution"]["hits"] == 30
    assert table["by_rule"] == {"lookalike.brand_in_name": {"new": 12, "banks": 0}}
