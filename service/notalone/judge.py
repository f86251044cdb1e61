"""Findings become a verdict: what is seen is summed up, and said with its reasons.

A pure function of an ordered window and the signals that have scrolled out of it: how messages were
batched or cached changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from msgspec import structs

from notalone.config import LIMITS
from notalone.detectors.stages import (
    NOTHING,
    Counted,
    Pattern,
    effective_weights,
    heard_once,
    may_be_part,
    pattern_for,
    pattern_of,
    same_words,
    voices,
)
from notalone.glossary import ANY, Lure, Signal
from notalone.levels import (
    THRESHOLDS,
    Worded,
    heard_by_two,
    level_of,
    level_of_links,
    worded_as,
)
from notalone.model import (
    LEVELS,
    ConversationVerdict,
    Finding,
    Level,
    LinkFinding,
    Message,
    Reason,
    Stage,
    Verdict,
    Wording,
    highest,
)
from notalone.reasons import (
    LINK_SIGNAL,
    SEEN_EARLIER,
    link_as_finding,
    reason_of,
    reason_of_link,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the judge needs to know of the rule book."""

    signals: Mapping[str, Signal]
    lures: Mapping[str, Lure]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the detectors saw in one message: cues, and the addresses inside it.

    *wording*: None for the child's own words, and where nobody asked for it. *hidden*: addresses
    that do not show where they lead; they are told of and count for nothing.
    """

    message: Message
    findings: tuple[Finding, ...] = ()
    links: tuple[LinkFinding, ...] = ()
    wording: Wording | None = None
    hidden: tuple[LinkFinding, ...] = ()


def judge_link(
    identifier: str, url: str, findings: Sequence[LinkFinding], *, rules: Rules
) -> Verdict:
    """The verdict on one address."""
    if not findings:
        return Verdict(id=identifier)  # nearly every link
    level = level_of_links([finding.strength for finding in findings])
    reasons = tuple(
        reason_of_link(identifier, url, finding, signals=rules.signals) for finding in findings
    )[: LIMITS.reasons]
    if level == "no_information":
        return Verdict(id=identifier, reasons=reasons)
    lure = _lure_of(findings, rules)
    return _verdict(identifier, level, lure, reasons, rules=rules, signals=(LINK_SIGNAL,))


def judge_message(seen: Seen, *, rules: Rules) -> Verdict:
    """The verdict on one message by itself: a link that begins in another is not in it."""
    if any(link.begins_before for link in (*seen.links, *seen.hidden)):
        seen = replace(
            seen,
            links=tuple(link for link in seen.links if not link.begins_before),
            hidden=tuple(link for link in seen.hidden if not link.begins_before),
        )
    return _judge(seen.message.id, (seen,), rules=rules, earlier=())


def judge_conversation(
    identifier: str, window: Sequence[Seen], *, rules: Rules, earlier: Iterable[str] = ()
) -> ConversationVerdict:
    """The verdict on the ordered *window*, and the level after each of its messages.

    A signal that the window still holds counts from where it is said there, though it was seen
    *earlier* too: who comes back to a talk finds the warning beside the same message.
    """
    before = tuple(earlier)
    whole = _judge(identifier, window, rules=rules, earlier=before)
    there = {finding.signal for seen in window for finding in seen.findings}
    gone = [signal for signal in before if signal not in there]
    levels: dict[str, Level] = {}
    level: Level = "no_information"
    known: set[frozenset[tuple[object, ...]]] = set()
    said: list[float] = []  # how each message that others wrote is worded
    heard: Worded | None = None
    for count, seen in enumerate(window, 1):
        if seen.wording is not None:
            said.append(seen.wording.resemblance)
        new = {_what_counts(seen)} - known - {_NOTHING_SEEN}  # more of the same adds nothing
        known |= new
        if known and level != LEVELS[-1]:
            wording = worded_as(said)
            if new or wording != heard:
                is_part = count < len(window)
                some, later = window[:count], window[count:]
                level = (
                    weigh(some, rules=rules, earlier=gone, later=later) if is_part else whole
                ).level
            heard = wording
        if count == len(window):
            level = highest(level, whole.level)  # what is gone and what is still there, together
        levels[seen.message.id] = level  # levels never fall
    return ConversationVerdict(
        **structs.asdict(whole),
        levels=levels,
        by_message=next((m for m, level in levels.items() if level != "no_information"), None),
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sum behind a verdict: every finding with its effective weight, and what they make.

    *part* of the window is what was summed up, *said* all that others say in the window. *pattern*
    holds only what may be part of *lure*, the trap it is most like.
    """

    part: Sequence[Seen]
    said: Pattern
    pattern: Pattern
    lure: Lure | None
    level: Level
    weights: tuple[Counted, ...]
    worded: Worded | None = None
    is_lowered: bool = False  # by the wording: the cues alone would have said more


def weigh(
    window: Sequence[Seen],
    *,
    rules: Rules,
    earlier: Iterable[str] = (),
    later: Sequence[Seen] = (),
) -> Weighed:
    """Sum *window* up; or a message of it that is worth a warning by itself: it is in any company.

    *later*: what came after the window and is still there, so that its wording is known.
    """
    before = _said_by_others(earlier, rules)
    there = {finding.signal for seen in (*window, *later) for finding in seen.findings}
    whole = _sum_up(window, rules=rules, before=before, is_all_heard=set(before) <= there)
    if whole.level != LEVELS[0]:
        return whole
    alone = (_sum_up((seen,), rules=rules) for seen in window if len(seen.findings) > 1)
    enough = next((one for one in alone if one.level != LEVELS[0]), None)
    return replace(enough, said=whole.said) if enough else whole


def _sum_up(
    part: Sequence[Seen],
    *,
    rules: Rules,
    before: Sequence[str] = (),
    is_all_heard: bool = True,
) -> Weighed:
    """Sum *part* up for each lure it may be, and take the one that is most of a trap.

    *before*: signals that have scrolled out.
    """
    signals, lures = rules.signals, rules.lures
    findings = _all_findings(part, rules=rules)
    numbered = [(n, f) for n, f in findings if not _is_own(f, rules)]
    others = [finding for _, finding in numbered]
    heavier = same_words(others, [number for number, _ in numbered])
    effective = effective_weights(others, signals=signals, earlier=before)
    counted = list(zip(others, effective, strict=True))
    own = [(f, f.reduced_weight) for _, f in findings if _is_own(f, rules)]
    context = [pair for pair in own if not signals[pair[0].signal].opens_help]
    own_points = min(pattern_of(context, signals=signals).points, THRESHOLDS.own_points)
    worded = how_worded(part)
    spoken_for: Lure | None = None
    best, by_cues, level = NOTHING, LEVELS[0], LEVELS[0]
    counts: Sequence[Counted] = counted
    heard = voices(counted, signals=signals, lures=lures, earlier=before)
    candidates: Sequence[Lure | None] = _most_alike_first(heard, part) or (None,)
    for lure in candidates:
        once = heard_once(counted, heavier, lure, lures=lures)
        pattern = pattern_for(lure, once, signals=signals, lures=lures, earlier=before)
        if pattern.weights:
            pattern = replace(pattern, own_points=own_points)
        told = level_of(pattern, severity=lure.severity if lure else 0)
        reached = told if worded is None else heard_by_two(told, pattern, worded)
        # What has scrolled out cannot be heard any more: its wording is not held against it.
        if not is_all_heard:
            reached = highest(reached, told)
        if spoken_for is None or LEVELS.index(reached) > LEVELS.index(level):
            best, spoken_for, by_cues, level = pattern, lure, told, reached
            counts = once
    links = [link for seen in part for link in seen.links]
    is_backed = any(
        weight for (number, _), (_, weight) in zip(numbered, counts, strict=True) if number != _LINK
    )
    by_links = level_of_links([link.strength for link in links], is_backed=is_backed)
    if level == LEVELS[0] != by_links:  # a cue that warns of nothing names no trap either
        spoken_for = _lure_of(links, rules)
    with_links = highest(level, by_links)
    return Weighed(
        part=part,
        said=pattern_of(counts, signals=signals, earlier=before),
        pattern=best,
        lure=spoken_for,
        level=with_links,
        weights=(*counts, *own),
        worded=worded,
        is_lowered=LEVELS.index(with_links) < LEVELS.index(by_cues),
    )


def how_worded(window: Iterable[Seen]) -> Worded | None:
    """How *window* is worded; None where nobody looked."""
    return worded_as([s.wording.resemblance for s in window if s.wording is not None])


def _most_alike_first(heard: Sequence[Lure], window: Sequence[Seen]) -> list[Lure]:
    """The lures that cues speak for, in the order in which the wording is theirs.

    Cues that many traps share say that there is one; which it is shows in all of the words.
    """
    worded = [seen.wording.lures for seen in window if seen.wording is not None]
    alike = {lure.id: fsum(lures.get(lure.id, 0.0) for lures in worded) for lure in heard}
    return sorted(heard, key=lambda lure: alike[lure.id], reverse=True)


def _judge(
    identifier: str, window: Sequence[Seen], *, rules: Rules, earlier: tuple[str, ...]
) -> Verdict:
    hidden = _hidden(window, rules=rules)
    if not earlier and not any(seen.findings or seen.links for seen in window):
        return Verdict(id=identifier, reasons=hidden)  # nearly every message
    weighed = weigh(window, rules=rules, earlier=earlier)
    told = _told(window, rules=rules)
    if weighed.level == "no_information":
        return Verdict(
            id=identifier,
            watched=told is not None,  # whoever frightens them may see this screen
            title=told.why if told else None,
            stages=weighed.said.stages,
            signals=tuple(weighed.said.weights),
            reasons=hidden,
            first_action=told.first_action if told else None,
            help=told is not None,
        )
    quoted = _reasons(weighed, rules=rules)
    if quoted and earlier and weigh(window, rules=rules).level == LEVELS[0]:
        quoted = (SEEN_EARLIER, *quoted)  # a mere greeting is not why
    verdict = _verdict(
        identifier,
        weighed.level,
        weighed.lure,
        (*quoted, *hidden)[: LIMITS.reasons],
        rules=rules,
        stages=weighed.pattern.stages,
        signals=tuple(weighed.said.weights),
    )
    return structs.replace(verdict, help=told is not None)


def _hidden(window: Sequence[Seen], *, rules: Rules) -> tuple[Reason, ...]:
    """What is said of addresses that do not show where they lead."""
    links = [(seen.message, link) for seen in window for link in seen.hidden]
    return tuple(
        reason_of(message.id, message.text, link_as_finding(link, signals=rules.signals))
        for message, link in links[: LIMITS.reasons]
    )


def _told(window: Sequence[Seen], *, rules: Rules) -> Signal | None:
    """What the child tells of what is done to them; the first in signals.toml where it is more."""
    findings = (finding for seen in window for finding in seen.findings)
    told = {finding.signal for finding in findings if finding.reduced_weight > 0}
    opening = (signal for signal in rules.signals.values() if signal.opens_help)
    return next((signal for signal in opening if signal.name in told), None)


def _said_by_others(earlier: Iterable[str], rules: Rules) -> list[str]:
    known = (rules.signals[name] for name in earlier if name in rules.signals)
    return [signal.name for signal in known if signal.said_by is None]


def _is_own(finding: Finding, rules: Rules) -> bool:
    """Whether the child says it: context beside what others say, and never a reason."""
    signal = rules.signals.get(finding.signal)
    return signal is not None and signal.said_by is not None


_NOTHING_SEEN: frozenset[tuple[object, ...]] = frozenset()


def _what_counts(seen: Seen) -> frozenset[tuple[object, ...]]:
    """Everything of a message on which a level can depend."""
    if not seen.findings and not seen.links:
        return _NOTHING_SEEN  # nearly every message
    cues = {(f.signal, f.lure, f.weight, f.reduced_weight, f.words) for f in seen.findings}
    return frozenset(cues | {(link.strength, link.lure) for link in seen.links})


_LINK = -1  # stands for the number of a message; the words of an address are nobody else's


def _lure_of(links: Iterable[LinkFinding], rules: Rules) -> Lure | None:
    """The trap that an address stands for, the first that any of *links* knows."""
    return next((rules.lures.get(link.lure) for link in links if link.lure is not None), None)


def _all_findings(window: Sequence[Seen], *, rules: Rules) -> list[tuple[int, Finding]]:
    """Cues, each with the number of its message, and as one more signal the addresses in them."""
    found = [(number, finding) for number, seen in enumerate(window) for finding in seen.findings]
    links = [link for seen in window for link in seen.links]
    return [*found, *((_LINK, link_as_finding(link, signals=rules.signals)) for link in links)]


def _reasons(weighed: Weighed, *, rules: Rules) -> tuple[Reason, ...]:
    """The strongest finding of each signal, strongest first, with the words it was seen in."""
    weights = iter(weighed.weights)
    best: dict[str, tuple[int, Reason]] = {}
    links: list[Reason] = []
    for seen in weighed.part:
        identifier, text = seen.message.id, seen.message.text
        links += (
            reason_of_link(identifier, text, link, signals=rules.signals) for link in seen.links
        )
        for finding in seen.findings:
            if _is_own(finding, rules):
                continue
            _, weight = next(weights)
            is_part = may_be_part(finding, weighed.lure, lures=rules.lures)
            if is_part and weight > best.get(finding.signal, (0,))[0]:
                best[finding.signal] = (weight, reason_of(identifier, text, finding))
    strongest_first = sorted(best.values(), key=lambda pair: -pair[0])
    return (*links, *(reason for _, reason in strongest_first))[: LIMITS.reasons]


def _verdict(
    identifier: str,
    level: Level,
    lure: Lure | None,
    reasons: tuple[Reason, ...],
    *,
    rules: Rules,
    stages: tuple[Stage, ...] = (),
    signals: tuple[str, ...] = (),
) -> Verdict:
    said = lure or rules.lures.get(ANY)
    return Verdict(
        id=identifier,
        level=level,
        lure=lure.id if lure else None,
        severity=said.severity if said else 0,
        watched=said.watched if said else False,
        title=said.title if said else None,
        stages=stages,
        signals=signals,
        reasons=reasons,
        first_action=said.first_action if said else None,
    )
