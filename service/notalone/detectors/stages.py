"""Stages: what a whole window of messages adds up to, in any order.

A trap is rarely one sentence. Each signal counts once, at its strongest; how far they have come
(contact, trust, isolate, secrecy, demand) is what the judge decides by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from notalone.glossary import HARD_ASKS, Asks, Signal
from notalone.model import STAGES, Finding, Stage


@dataclass(frozen=True, slots=True)
class Pattern:
    """Everything seen so far, signal by signal."""

    weights: Mapping[str, int]  # signal → its strongest weight, all above 0
    stages: tuple[Stage, ...]
    asks: frozenset[Asks]

    @property
    def points(self) -> int:
        return sum(self.weights.values())

    @property
    def strongest(self) -> int:
        return max(self.weights.values(), default=0)


def effective_weights(
    findings: Sequence[Finding], *, signals: Mapping[str, Signal], earlier: Iterable[str] = ()
) -> list[int]:
    """The weight of each finding here: reducers work only where nothing dangerous is asked."""
    names = {finding.signal for finding in findings}.union(earlier)
    is_hard = any(signals[name].asks in HARD_ASKS for name in names if name in signals)
    return [finding.weight if is_hard else finding.reduced_weight for finding in findings]


def pattern_of(
    findings: Sequence[Finding], *, signals: Mapping[str, Signal], earlier: Iterable[str] = ()
) -> Pattern:
    """Add *findings* up. *earlier*: signals of messages that have scrolled out of the window."""
    weights = {name: signals[name].weight for name in earlier if name in signals}
    effective = effective_weights(findings, signals=signals, earlier=tuple(weights))
    for finding, weight in zip(findings, effective, strict=True):
        weights[finding.signal] = max(weight, weights.get(finding.signal, 0))
    weights = {name: weight for name, weight in weights.items() if weight > 0}
    seen = {signals[name].stage for name in weights if name in signals}
    asked = {signals[name].asks for name in weights if name in signals}
    return Pattern(
        weights=weights,
        stages=tuple(stage for stage in STAGES if stage in seen),
        asks=frozenset(asks for asks in asked if asks is not None),
    )
