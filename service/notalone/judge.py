"""Findings become a verdict. Every threshold of the project stands in this file.

A pure function of an ordered window and the signals that have scrolled out of it: how messages were
batched or cached changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

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
    together,
    voices,
)
from notalone.glossary import ACTS, ANY, Lure, Signal
from notalone.model import (
    LEVELS,
    ConversationVerdict,
    Finding,
    Level,
    LinkFinding,
    LinkStrength,
    Message,
    Reason,
    Stage,
    Verdict,
    Wording,
    highest,
)
from notalone.reasons import LINK_SIGNAL, link_as_finding, reason_of


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the lines are, and why. Start values: lures.md 0.1, tuned with `notalone score`."""

    # One signal alone proves nothing: a mother asks for a code, a friend keeps a birthday secret.
    caution_signals: int = 2
    # Two stages, because a trap moves somebody along; ordinary talk stays where it is.
    caution_stages: int = 2
    caution_points: int = 4
    # Two light signals meet by chance in any long talk: "gấp nha" here, "đừng kể mẹ" there. They
    # must weigh this much, or both speak for one lure, or one of them keep the other secret; in a
    # severe lure one may speak for it and the other cut the reader off: "công an", "tắt máy đi".
    pair_points: int = 5
    cutting_off: tuple[Stage, ...] = ("isolate", "secrecy")
    # Demands alone, but heavy ones and more than one: a code, and then the password.
    one_stage_points: int = 5
    # Where body or freedom is at stake a calm false tip costs less than a silent miss.
    severe_caution_points: int = 3
    severe_from: int = 4  # a lure's severity
    # design.md 1.5: stages with one of isolate, secrecy or demand, past this line.
    danger_points: int = 7
    danger_stages: tuple[Stage, ...] = ("isolate", "secrecy", "demand")
    # An order or threat of this weight needs no company: "gửi thêm nữa mới xóa".
    danger_alone: int = 4
    # "Tell nobody" together with an act. Below this the act is a small favour between friends.
    danger_silence_points: int = 5
    # The wording of the whole talk is a second witness beside its cues (detectors/classifier.py),
    # and the two are heard together. Evidence is the resemblance to known traps, where one in a
    # hundred harmless talks comes to 100 (per cent), and this much for each point of its cues and
    # for each signal of the very lure; the lines were drawn on talks the classifier had not seen.
    # Without a cue nothing is said. What the cues would warn of by themselves needs a little less
    # than what they would not, and counts for one level less below that. A direct threat stands; so
    # does an act that is to be kept secret, which is never nothing.
    point_evidence: int = 5
    caution_evidence: int = 102
    told_evidence: int = 97
    # Danger takes two steps of a trap too, and enough said by cues.
    danger_evidence: int = 122
    danger_points_heard: int = 4
    # So many messages that are most like a trap: a long harmless talk is not more of a trap for it.
    messages_heard: int = 2
    # A single message has few words to judge by, and a bank's resembles a scammer's: two signals.
    # With two of them it is more of a trap than a talk in which they stand far apart.
    lone_message_signals: int = 2
    lone_message_evidence: int = 86
    # "Em chuyển rồi ạ" confirms what others asked; it is no sign by itself, however often said.
    own_points: int = 2


THRESHOLDS = Thresholds()
# design.md 1.5: likeness with a login, payment, code or APK word beside it may be danger.
LINK_LEVELS: Mapping[LinkStrength, Level] = {
    "listed": "danger",
    "likeness_with_act": "danger",
    "spoken_for": "caution",  # by itself; beside a cue see `_level_with_links`
    "spoken_for_hidden": "caution",
    "expired": "caution",
    "likeness": "caution",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the judge needs to know of the rule book."""

    signals: Mapping[str, Signal]
    lures: Mapping[str, Lure]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the detectors saw in one message: cues, and the addresses inside it.

    *wording*: None for the child's own words, and where nobody asked for it.
    """

    message: Message
    findings: tuple[Finding, ...] = ()
    links: tuple[LinkFinding, ...] = ()
    wording: Wording | None = None


def level_of(pattern: Pattern, *, severity: int) -> Level:
    """The level of a pattern. *severity*: that of the lure it speaks for, 0 when none."""
    lines = THRESHOLDS
    if pattern.strongest >= lines.danger_alone:
        return "danger"
    points, stages = pattern.points, pattern.stages
    if _is_silenced(pattern) and points >= lines.danger_silence_points:
        return "danger"
    if len(pattern.weights) < lines.caution_signals:
        return "no_information"
    if len(stages) < lines.caution_stages:
        return "caution" if points >= lines.one_stage_points else "no_information"
    if points >= lines.danger_points and is_deep(stages):
        return "danger"
    is_severe = severity >= lines.severe_from
    needed = lines.severe_caution_points if is_severe else lines.caution_points
    if points < needed or not belong_together(pattern, is_severe=is_severe):
        return "no_information"
    return "caution"


def is_deep(stages: Iterable[Stage]) -> bool:
    """Whether it has gone beyond talk: to cutting off, secrecy, or a demand."""
    return not set(stages).isdisjoint(THRESHOLDS.danger_stages)


def _is_silenced(pattern: Pattern) -> bool:
    """Whether somebody is to do something and to tell nobody about it."""
    return "silence" in pattern.asks and not pattern.asks.isdisjoint(ACTS)


def belong_together(pattern: Pattern, *, is_severe: bool) -> bool:
    """Whether the signals are one trap, and did not just meet in a long talk."""
    lines = THRESHOLDS
    if len(pattern.weights) > lines.caution_signals or pattern.points >= lines.pair_points:
        return True
    if pattern.telling >= lines.caution_signals or _is_silenced(pattern):
        return True
    cuts_off = not set(pattern.stages).isdisjoint(lines.cutting_off)
    is_heavy = pattern.points >= lines.caution_points
    return is_severe and pattern.telling > 0 and cuts_off and is_heavy


def judge_link(
    identifier: str, url: str, findings: Sequence[LinkFinding], *, rules: Rules
) -> Verdict:
    """The verdict on one address."""
    level = _link_level(findings)
    if level == "no_information":
        return Verdict(id=identifier)
    found = [link_as_finding(finding, signals=rules.signals) for finding in findings]
    reasons = tuple(reason_of(identifier, url, finding) for finding in found)
    lure = rules.lures.get(next((f.lure for f in findings if f.lure is not None), ""))
    return _verdict(identifier, level, lure, reasons, rules=rules, signals=(LINK_SIGNAL,))


def judge_message(seen: Seen, *, rules: Rules) -> Verdict:
    """The verdict on one message by itself."""
    return _judge(seen.message.id, (seen,), rules=rules, earlier=())


def judge_conversation(
    identifier: str, window: Sequence[Seen], *, rules: Rules, earlier: Iterable[str] = ()
) -> ConversationVerdict:
    """The verdict on the ordered *window*, and the level after each of its messages."""
    before = tuple(earlier)
    whole = _judge(identifier, window, rules=rules, earlier=before)
    levels: dict[str, Level] = {}
    level: Level = "no_information"
    known: set[frozenset[tuple[object, ...]]] = set()
    heard: Worded | None = None
    for count, seen in enumerate(window, 1):
        new = {_what_counts(seen)} - known - {_NOTHING_SEEN}  # more of the same adds nothing
        known |= new
        if known and level != LEVELS[-1]:
            wording = how_worded(window[:count])
            if new or wording != heard:
                is_part = count < len(window)
                some, later = window[:count], window[count:]
                level = (
                    weigh(some, rules=rules, earlier=before, later=later) if is_part else whole
                ).level
            heard = wording
        levels[seen.message.id] = level  # levels never fall
    return ConversationVerdict(
        **structs.asdict(whole),
        levels=levels,
        by_message=next((m for m, level in levels.items() if level != "no_information"), None),
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sum behind a verdict: every finding with its effective weight, and what they make.

    *pattern* holds only what may be part of *lure*, the trap the window is most like.
    """

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
    """Sum the window up for each lure it may be, and take the one that is most of a trap.

    A message that is worth a warning by itself stays so in any company. *later*: what came after
    the window and is still there, so that its wording is known.
    """
    before = _said_by_others(earlier, rules)
    there = {finding.signal for seen in (*window, *later) for finding in seen.findings}
    whole = _sum_up(window, rules=rules, before=before, is_all_heard=set(before) <= there)
    if whole.level != LEVELS[0] or len(window) == 1:
        return whole
    for number, seen in enumerate(window):
        if len({finding.signal for finding in seen.findings}) >= THRESHOLDS.lone_message_signals:
            alone = _sum_up(window, rules=rules, only=number)
            if alone.level != LEVELS[0]:
                return alone
    return whole


def _sum_up(
    window: Sequence[Seen],
    *,
    rules: Rules,
    before: Sequence[str] = (),
    is_all_heard: bool = True,
    only: int | None = None,
) -> Weighed:
    """*before*: signals that have scrolled out; *only*: the one message that is to count."""
    signals, lures = rules.signals, rules.lures
    heard_part = window if only is None else (window[only],)
    findings = _all_findings(window, rules=rules)
    numbered = [(n, f) for n, f in findings if not _is_own(f, rules)]
    others = [finding for _, finding in numbered]
    heavier = same_words(others, [number for number, _ in numbered])
    effective = effective_weights(others, signals=signals, earlier=before)
    if only is not None:
        alone = [finding for number, finding in numbered if number == only]
        weights = iter(effective_weights(alone, signals=signals))
        effective = [next(weights) if number == only else 0 for number, _ in numbered]
    counted = list(zip(others, effective, strict=True))
    own = [(f, f.reduced_weight) for _, f in findings if _is_own(f, rules)]
    context = [pair for pair in own if not signals[pair[0].signal].opens_help]
    own_points = min(pattern_of(context, signals=signals).points, THRESHOLDS.own_points)
    worded = how_worded(heard_part)
    spoken_for: Lure | None = None
    best, by_cues, level = NOTHING, LEVELS[0], LEVELS[0]
    counts: Sequence[Counted] = counted
    heard = voices(counted, signals=signals, lures=lures, earlier=before)
    candidates: Sequence[Lure | None] = _most_alike_first(heard, heard_part) or (None,)
    for lure in candidates:
        once = heard_once(counted, heavier, lure, lures=lures)
        pattern = pattern_for(lure, once, signals=signals, lures=lures, earlier=before)
        if pattern.weights and only is None:
            pattern = replace(pattern, own_points=own_points)
        told = level_of(pattern, severity=lure.severity if lure else 0)
        reached = told if worded is None else heard_by_two(told, pattern, worded)
        # What has scrolled out cannot be heard any more: its wording is not held against it.
        if not is_all_heard:
            reached = highest(reached, told)
        if spoken_for is None or LEVELS.index(reached) > LEVELS.index(level):
            best, spoken_for, by_cues, level = pattern, lure, told, reached
            counts = once
    by_cue = [
        weight for (number, _), (_, weight) in zip(numbered, counts, strict=True) if number >= 0
    ]
    with_links = highest(level, _level_with_links(window, is_backed=any(by_cue)))
    if level == LEVELS[0] != with_links:  # a cue that warns of nothing names no trap either
        named = next((link.lure for seen in window for link in seen.links if link.lure), "")
        spoken_for = lures.get(named)
    return Weighed(
        pattern=best,
        lure=spoken_for,
        level=with_links,
        weights=(*counts, *own),
        worded=worded,
        is_lowered=LEVELS.index(with_links) < LEVELS.index(by_cues),
    )


def heard_by_two(told: Level, pattern: Pattern, worded: Worded) -> Level:
    """What the cues *told*, heard together with how all of it is *worded*."""
    heard = level_of_both(told, pattern, worded)
    if told == LEVELS[0] or pattern.strongest >= THRESHOLDS.danger_alone:
        return highest(told, heard)
    if _is_silenced(pattern):
        return highest(told, heard) if heard != LEVELS[0] else "caution"
    return highest(LEVELS[LEVELS.index(told) - 1], heard)


def level_of_both(told: Level, pattern: Pattern, worded: Worded) -> Level:
    """The level of cues and wording together. *told*: that of the cues by themselves."""
    lines = THRESHOLDS
    evidence = evidence_of(pattern, worded)
    if evidence < worded.enough_for(told) or len(pattern.weights) < worded.signals_to_lift:
        return "no_information"
    has_steps = len(pattern.stages) >= lines.caution_stages and is_deep(pattern.stages)
    is_far = has_steps and pattern.points >= lines.danger_points_heard
    return "danger" if is_far and evidence >= lines.danger_evidence else "caution"


def evidence_of(pattern: Pattern, worded: Worded) -> int:
    """What cues and wording say together, in per cent: see `Thresholds`."""
    return worded.per_cent + THRESHOLDS.point_evidence * (pattern.points + pattern.telling)


class Worded(NamedTuple):
    """How all that others say in a window is worded: see `model.Wording`."""

    per_cent: int  # resemblance to known traps
    is_alone: bool  # they said it in a single message

    @property
    def signals_to_lift(self) -> int:
        """How many signals must stand beside a wording like a trap's for it to count."""
        return THRESHOLDS.lone_message_signals if self.is_alone else 1

    def enough_for(self, told: Level) -> int:
        """The evidence from which it is worth a warning. *told*: by the cues alone."""
        lines = THRESHOLDS
        line = lines.lone_message_evidence if self.is_alone else lines.caution_evidence
        return line if told == LEVELS[0] else min(line, lines.told_evidence)


def how_worded(window: Sequence[Seen]) -> Worded | None:
    """How *window* is worded; None where nobody looked."""
    known = [seen.wording.resemblance for seen in window if seen.wording is not None]
    if not known:
        return None
    return Worded(round(100 * resemblance_of_window(known)), is_alone=len(known) == 1)


def resemblance_of_window(messages: Iterable[float]) -> float:
    """The resemblance of a conversation to known traps, from that of each of its *messages*."""
    return together(sorted(messages)[-THRESHOLDS.messages_heard :])


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
    if not earlier and not any(seen.findings or seen.links for seen in window):
        return Verdict(id=identifier)  # nearly every message
    weighed = weigh(window, rules=rules, earlier=earlier)
    heard = [pair for pair in weighed.weights if not _is_own(pair[0], rules)]
    before = _said_by_others(earlier, rules)
    everything = pattern_of(heard, signals=rules.signals, earlier=before)
    told = _told(window, rules=rules)
    if weighed.level == "no_information":
        return Verdict(
            id=identifier,
            watched=told is not None,  # whoever frightens them may see this screen
            title=told.why if told else None,
            stages=everything.stages,
            signals=tuple(everything.weights),
            first_action=told.first_action if told else None,
            help=told is not None,
        )
    verdict = _verdict(
        identifier,
        weighed.level,
        weighed.lure,
        _reasons(window, weighed, rules=rules),
        rules=rules,
        stages=weighed.pattern.stages,
        signals=tuple(everything.weights),
    )
    return structs.replace(verdict, help=told is not None)


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


def _link_level(findings: Iterable[LinkFinding]) -> Level:
    return highest(*(LINK_LEVELS[finding.strength] for finding in findings))


def _level_with_links(window: Sequence[Seen], *, is_backed: bool) -> Level:
    """The level by addresses. *is_backed*: whether a cue says that something is wanted, too.

    design.md 1.5: who speaks as a bank and leads elsewhere is a danger. A name is easily mistaken
    for the speaker's, so it takes both.
    """
    links = [link for seen in window for link in seen.links]
    level = _link_level(links)
    is_spoken_for = any(link.strength == "spoken_for" for link in links)
    return highest(level, "danger") if is_backed and is_spoken_for else level


def _all_findings(window: Sequence[Seen], *, rules: Rules) -> list[tuple[int, Finding]]:
    """Cues, each with the number of its message, and as one more signal the addresses in them."""
    found = [(number, finding) for number, seen in enumerate(window) for finding in seen.findings]
    links = [link for seen in window for link in seen.links]
    return [*found, *((-1, link_as_finding(link, signals=rules.signals)) for link in links)]


def _reasons(window: Sequence[Seen], weighed: Weighed, *, rules: Rules) -> tuple[Reason, ...]:
    """The strongest finding of each signal, strongest first, with the words it was seen in."""
    weights = iter(weighed.weights)
    best: dict[str, tuple[int, Reason]] = {}
    links: list[Reason] = []
    for seen in window:
        identifier, text = seen.message.id, seen.message.text
        for link in seen.links:
            found = link_as_finding(link, signals=rules.signals)
            links.append(reason_of(identifier, text, found))
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
