"""The kept document says what was measured when, and which goal was missed."""

from __future__ import annotations

import pytest

from bench.table import Result, Row, renewed, times_cheaper, times_slower

PARTS = ("first", "second")


@pytest.mark.parametrize(
    ("row", "shown"),
    (
        (times_slower("a", 0.003, 0.001, 3), "| a | 3.0 ms | 1.0 ms | 3.00 | ≤ 3 |"),
        (times_slower("a", 0.004, 0.001, 3), "| a | 4.0 ms | 1.0 ms | 4.00 | ≤ 3, **missed** |"),
        (times_cheaper("a", 0.001, 0.3, 200), "| a | 1.0 ms | 300.0 ms | 300 | ≥ 200 |"),
        (
            times_cheaper("a", 0.001, 0.1, 200),
            "| a | 1.0 ms | 100.0 ms | 100 | ≥ 200, **missed** |",
        ),
        (times_slower("a", 0.001, 0.001), "| a | 1.0 ms | 1.0 ms | 1.00 |  |"),
    ),
    ids=("at most, met", "at most, missed", "at least, met", "at least, missed", "no goal"),
)
def test_row_says_whether_its_goal_is_met(row: Row, shown: str) -> None:
    assert Result((row,), "").section.splitlines()[2] == shown


def test_part_that_is_not_measured_keeps_its_section() -> None:
    older = "## second (2026-11-01)\n\nHow the second was done.\n"
    before = renewed("", "second", older, parts=PARTS, opening="# Title\n")

    after = renewed(
        before, "first", "## first (2026-11-22)\n", parts=PARTS, opening="# New title\n"
    )
    again = renewed(after, "first", "## first (2026-11-23)\n", parts=PARTS, opening="# New title\n")

    assert after == f"# New title\n\n## first (2026-11-22)\n\n{older}"
    assert again == after.replace("11-22", "11-23")
