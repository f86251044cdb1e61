"""The lines a sum is held against, one by one: which are passed, and by how much not.

The judge decides (`level_of`, `level_of_both`); this says the same as a list. A test holds the two
together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notalone.detectors.stages import Pattern
from notalone.glossary import ACTS
from notalone.levels import THRESHOLDS, Worded, belong_together, evidence_of, is_deep, level_of
from notalone.model import Level

LineName = Literal["alone", "silence", "far", "far_heard", "far_enough", "one_stage", "heard"]
What = Literal[
    "weight", "points", "signals", "stages", "deep_stage", "silence", "act", "together", "evidence"
]


@dataclass(frozen=True, slots=True)
class Need:
    """*have* of *what* where *need* is asked for; yes and no are 1 and 0, evidence in per cent."""

    what: What
    have: int
    need: int

    @property
    def missing(self) -> int:
        return max(0, self.need - self.have)


@dataclass(frozen=True, slots=True)
class Line:
    """One way to reach *level*: every need must be met."""

    name: LineName
    level: Level
    needs: tuple[Need, ...]

    @property
    def is_reached(self) -> bool:
        return not any(need.missing for need in self.needs)


def lines_of(pattern: Pattern, *, severity: int, worded: Worded | None = None) -> tuple[Line, ...]:
    """Every line, the highest level first. *severity*: that of the lure, 0 when there is none.

    *worded*: None where nobody looked at the wording.
    """
    lines = THRESHOLDS
    points = pattern.points
    signals = Need("signals", len(pattern.weights), lines.caution_signals)
    stages = Need("stages", len(pattern.stages), lines.caution_stages)
    is_severe = severity >= lines.severe_from
    enough = lines.severe_caution_points if is_severe else lines.caution_points
    has_act = not pattern.asks.isdisjoint(ACTS)
    # Where a step is missing another sign is missing anyway: that is said once.
    is_together = stages.missing > 0 or belong_together(pattern, is_severe=is_severe)
    deep = Need("deep_stage", int(is_deep(pattern.stages)), 1)
    found = evidence_of(pattern, worded) if worded else 0
    lifting = Need("signals", len(pattern.weights), worded.signals_to_lift if worded else 1)
    told = level_of(pattern, severity=severity)
    enough_heard = worded.enough_for(told) if worded else lines.caution_evidence
    return (
        Line("alone", "danger", (Need("weight", pattern.strongest, lines.danger_alone),)),
        Line(
            "silence",
            "danger",
            (
                Need("silence", int("silence" in pattern.asks), 1),
                Need("act", int(has_act), 1),
                Need("points", points, lines.danger_silence_points),
            ),
        ),
        Line(
            "far",
            "danger",
            (stages, deep, Need("points", points, lines.danger_points)),
        ),
        Line(
            "far_heard",
            "danger",
            (
                stages,
                deep,
                lifting,
                Need("points", points, lines.danger_points_heard),
                Need("evidence", found, lines.danger_evidence),
            ),
        ),
        Line(
            "far_enough",
            "caution",
            (stages, Need("together", int(is_together), 1), Need("points", points, enough)),
        ),
        Line("one_stage", "caution", (signals, Need("points", points, lines.one_stage_points))),
        Line(
            "heard",
            "caution",
            (lifting, Need("evidence", found, enough_heard)),
        ),
    )
