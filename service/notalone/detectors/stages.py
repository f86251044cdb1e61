"""Stages: what a whole window of messages adds up to, in any order, for one trap at a time.

A trap is rarely one sentence. Each signal counts once, at its strongest; how far they have come
(contact, trust, isolate, secrecy, demand) is what the judge decides by. Two weak signals of two
different traps are two chances, not one trap: each lure is summed up by itself.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt

from notalone.glossary import ANY, HARD_ASKS, Asks, Lure, Signal
from notalone.model import STAGES, Finding, Stage

_OWN_LURE = 2  # a cue of the lure's own folder speaks twice as loud as a shared one

Counted = tuple[Finding, int]  # a finding and its effective weight


@dataclass(frozen=True, slots=True)
class Pattern:
    """Everything seen so far that may be part of one trap, signal by signal."""

    weights: Mapping[str, int]  # signal → its strongest weight, all above 0
    stages: tuple[Stage, ...]
    asks: frozenset[Asks]
    telling: int = 0  # how many of the signals speak for this very lure, not for any
    own_points: int = 0  # what the child's own words add: "em chuyển rồi ạ"

    @property
    def points(self) -> int:
        return sum(self.weights.values()) + self.own_points

    @property
    def strongest(self) -> int:
        return max(self.weights.values(), default=0)


NOTHING = Pattern({}, (), frozenset())


def effective_weights(
    findings: Sequence[Finding], *, signals: Mapping[str, Signal], earlier: Iterable[str] = ()
) -> list[int]:
    """The weight of each finding here: reducers work only where nothing dangerous is asked."""
    names = {finding.signal for finding in findings}.union(earlier)
    is_hard = any(signals[name].asks in HARD_ASKS for name in names if name in signals)
    return [finding.weight if is_hard else finding.reduced_weight for finding in findings]


def pattern_of(
    counted: Iterable[Counted], *, signals: Mapping[str, Signal], earlier: Iterable[str] = ()
) -> Pattern:
    """Add findings up. *earlier*: signals of messages that have scrolled out of the window."""
    weights = {name: signals[name].weight for name in earlier if name in signals}
    for finding, weight in counted:
        weights[finding.signal] = max(weight, weights.get(finding.signal, 0))
    weights = {name: weight for name, weight in weights.items() if weight > 0}
    seen = {signals[name].stage for name in weights if name in signals}
    asked = {signals[name].asks for name in weights if name in signals}
    return Pattern(
        weights=weights,
        stages=tuple(stage for stage in STAGES if stage in seen),
        asks=frozenset(asks for asks in asked if asks is not None),
    )


def pattern_for(
    lure: Lure | None,
    counted: Iterable[Counted],
    *,
    signals: Mapping[str, Signal],
    lures: Mapping[str, Lure],
    earlier: Iterable[str] = (),
) -> Pattern:
    """What may be part of *lure*; NOTHING when only `earlier` signals may, for none is quotable."""
    mine = [pair for pair in counted if may_be_part(pair[0], lure, lures=lures)]
    if not any(weight for _, weight in mine):
        return NOTHING
    before = [name for name in earlier if _is_shared(name, lures) or _tells(name, lure)]
    pattern = pattern_of(mine, signals=signals, earlier=before)
    own = {finding.signal for finding, _ in mine if lure is not None and finding.lure == lure.id}
    telling = sum(name in own or _tells(name, lure) for name in pattern.weights)
    return replace(pattern, telling=telling)


def same_words(findings: Sequence[Finding], message_of: Sequence[int]) -> Mapping[int, list[int]]:
    """For each finding, those of another signal that hold most of its words and weigh more.

    "Chuyển hết tiền vào tài khoản tạm giữ" is one demand, however many cues know it. *message_of*:
    which message each finding stands in. By its weight before any doubt, so that no later message
    changes what stands for what. Keys come in the order in which they are to be decided.
    """
    order = sorted(
        range(len(findings)),
        key=lambda i: (-findings[i].weight, -len(findings[i].words), message_of[i], i),
    )
    longest = max((len(finding.words) for finding in findings), default=0)
    before: dict[int, list[tuple[int, int]]] = {}  # message → where each begins, and which it is
    heavier: dict[int, list[int]] = {}
    for i in order:
        words, others = findings[i].words, before.setdefault(message_of[i], [])
        first = bisect_left(others, (words.start - longest, 0))
        last = bisect_left(others, (words.stop, 0))
        heavier[i] = [
            other for _, other in others[first:last] if _says_again(findings[i], findings[other])
        ]
        insort(others, (words.start, i))
    return heavier


def _says_again(finding: Finding, other: Finding) -> bool:
    """Whether most of the words of *finding* are those of *other*, which shows something else."""
    mine, theirs = finding.words, other.words
    shared = min(mine.stop, theirs.stop) - max(mine.start, theirs.start)
    return finding.signal != other.signal and 2 * shared > len(mine)


def heard_once(
    counted: Sequence[Counted],
    heavier: Mapping[int, Sequence[int]],
    lure: Lure | None,
    *,
    lures: Mapping[str, Lure],
) -> list[Counted]:
    """*counted*, with no weight for what only says again what the same words said more heavily.

    Only what may be part of *lure* can speak for it. *heavier*: see `same_words`.
    """
    kept: set[int] = set()
    once = [*counted]
    for i, others in heavier.items():
        if may_be_part(counted[i][0], lure, lures=lures):
            if not kept.isdisjoint(others):
                once[i] = (counted[i][0], 0)
            elif counted[i][1] > 0:  # what a doubt has silenced speaks for no other
                kept.add(i)
    return once


def may_be_part(finding: Finding, lure: Lure | None, *, lures: Mapping[str, Lure]) -> bool:
    """Whether *finding* may be part of this trap; for None, of any trap at all."""
    if finding.lure is None or (lure is not None and finding.lure == lure.id):
        return True
    if _tells(finding.signal, lure) or _is_shared(finding.signal, lures):
        return True
    return finding.lure not in lures


def _is_shared(signal: str, lures: Mapping[str, Lure]) -> bool:
    return ANY in lures and signal in lures[ANY].signals


def _tells(signal: str, lure: Lure | None) -> bool:
    return lure is not None and signal in lure.signals


def voices(
    counted: Iterable[Counted],
    *,
    signals: Mapping[str, Signal],
    lures: Mapping[str, Lure],
    earlier: Iterable[str] = (),
) -> list[Lure]:
    """The lures that something speaks for, the loudest first; the more severe where even."""
    loudness: dict[str, int] = {}
    heard = [(name, signals[name].weight) for name in earlier if name in signals]
    for finding, weight in counted:
        heard.append((finding.signal, weight))
        if finding.lure is not None and finding.lure in lures:
            loudness[finding.lure] = loudness.get(finding.lure, 0) + _OWN_LURE * weight
    for name, weight in heard:
        for lure in lures.values():
            if lure.id != ANY and _tells(name, lure):
                loudness[lure.id] = loudness.get(lure.id, 0) + weight
    heard_lures = [lures[name] for name, loud in loudness.items() if loud > 0]
    return sorted(
        heard_lures, key=lambda lure: (loudness[lure.id], lure.severity, lure.id), reverse=True
    )


def together(parts: Iterable[float]) -> float:
    """The resemblance to known traps of a whole, from that of its parts in any order.

    Small talk in between takes nothing away, and one part that is like a trap counts more than many
    that are faintly so.

    >>> together([3.0, -2.0, 4.0]), together([])
    (5.0, 0.0)
    """
    return sqrt(fsum(part * part for part in parts if part > 0))
