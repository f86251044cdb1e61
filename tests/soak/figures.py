"""What was measured, each figure beside its target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. Without a target it is told only, and cannot be missed."""

    what: str
    measured: str
    target: str = ""
    is_met: bool = True

    @property
    def cells(self) -> tuple[str, str, str]:
        return self.what, self.measured, self.target + ("" if self.is_met else ", **missed**")


def none_of(what: str, count: int) -> Figure:
    """What must not happen at all.

    >>> none_of("wrong answers", 3).cells
    ('wrong answers', '3', '0, **missed**')
    """
    return Figure(what, f"{count:,}", "0", count == 0)


def at_most(what: str, measured: float, most: float, unit: str) -> Figure:
    """What must stay below *most*.

    >>> at_most("p99", 12.345, 500, "ms").cells
    ('p99', '12.3 ms', '< 500 ms')
    """
    return Figure(what, f"{measured:.3g} {unit}", f"< {most:g} {unit}", measured < most)


def table(figures: Iterable[Figure]) -> str:
    """The rows as Markdown."""
    rows = ["| what | measured | target |", "|---|---:|---:|"]
    rows += ["| " + " | ".join(figure.cells) + " |" for figure in figures]
    return "\n".join(rows)


def percentile(values: list[float], share: float) -> float:
    """The value below which *share* of *values* lie.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5)
    3.0
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
