"""Rows of ratios as Markdown, and the document that keeps the last of each part."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Literal

_SECTION = re.compile(r"^## ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a ratio ought to be."""

    bound: Literal["≤", "≥"]
    ratio: float

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.ratio if self.bound == "≤" else ratio >= self.ratio


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; *ratio* is None where a side was absent, and *what* then says why."""

    what: str
    ours: str
    against: str
    ratio: float | None
    goal: Goal | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        return self.what, self.ours, self.against, self._shown_ratio(), self._shown_goal()

    def _shown_ratio(self) -> str:
        if self.ratio is None:
            return "–"
        return f"{self.ratio:.0f}" if self.ratio >= 100 else f"{self.ratio:.2f}"

    def _shown_goal(self) -> str:
        if self.goal is None:
            return ""
        shown = f"{self.goal.bound} {self.goal.ratio:g}"
        if self.ratio is None:
            return shown
        return shown if self.goal.is_met(self.ratio) else f"{shown}, **missed**"


@dataclass(frozen=True, slots=True)
class Result:
    """What one part measured, and *notes* on how: paragraphs, wrapped when they are kept."""

    rows: tuple[Row, ...]
    notes: str

    @property
    def section(self) -> str:
        return f"{table(self.rows)}\n\n{wrapped(self.notes)}"


def times_slower(what: str, ours_s: float, against_s: float, goal: float | None = None) -> Row:
    """How many times ours costs what *against_s* costs; at most *goal*."""
    bound = None if goal is None else Goal("≤", goal)
    return Row(what, shown_time(ours_s), shown_time(against_s), ours_s / against_s, bound)


def times_cheaper(what: str, ours_s: float, against_s: float, goal: float | None = None) -> Row:
    """How many times cheaper ours is than *against_s*; at least *goal*."""
    bound = None if goal is None else Goal("≥", goal)
    return Row(what, shown_time(ours_s), shown_time(against_s), against_s / ours_s, bound)


def shown_time(seconds: float) -> str:
    """
    >>> shown_time(0.0000314), shown_time(0.0124), shown_time(1.5)
    ('31.4 µs', '12.4 ms', '1.50 s')
    """
    if seconds < 0.001:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def table(rows: tuple[Row, ...]) -> str:
    """The rows as Markdown."""
    lines = ["| what | ours | against | ratio | goal |", "|---|---:|---:|---:|---|"]
    lines += ["| " + " | ".join(row.cells) + " |" for row in rows]
    return "\n".join(lines)


def renewed(document: str, name: str, section: str, *, parts: tuple[str, ...], opening: str) -> str:
    """*document* with the *section* of part *name* written anew, the others as they were."""
    kept = {old.split()[0]: f"## {old}" for old in _SECTION.split(document)[1:]}
    kept[name] = section
    return "\n".join((opening, *(f"{kept[part].rstrip()}\n" for part in parts if part in kept)))


def wrapped(text: str) -> str:
    """The paragraphs of *text* in lines of at most 100 characters."""
    return "\n\n".join(
        textwrap.fill(paragraph, 100, break_long_words=False, break_on_hyphens=False)
        for paragraph in text.split("\n\n")
    )
