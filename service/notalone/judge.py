"""Findings become a verdict. Every threshold of the project stands in this file.

A pure function of an ordered window: how it was cut into requests or cached changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from notalone.config import LIMITS
from notalone.detectors.stages import Pattern, effective_weights, pattern_of
from notalone.glossary import ANY, HARD_ASKS, Lure, Signal
from notalone.model import (
    ConversationVerdict,
    Finding,
    Level,
    LinkFinding,
    LinkStrength,
    Message,
    Reason,
    Stage,
    Verdict,
    highest,
)
from notalone.text import utf16_position


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the lines are, and why. Start values: lures.md 0.1, tuned with `notalone score`."""

    # One signal alone proves nothing: a mother asks for a code, a friend keeps a birthday secret.
    caution_signals: int = 2
    # Two stages, because a trap moves somebody along; ordinary talk stays where it is.
    caution_stages: int = 2
    caution_points: int = 4
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


THRESHOLDS = Thresholds()
# design.md 1.5: likeness with a login, payment, code or APK word beside it may be danger.
LINK_LEVELS: Mapping[LinkStrength, Level] = {
    "listed": "danger",
    "likeness_with_act": "danger",
    "expired": "caution",
    "likeness": "caution",
}
LINK_SIGNAL = "BRAND_SPOOF"  # what a link finding counts as inside a conversation
_OWN_LURE = 2  # a cue of the lure's own folder speaks twice as loud as a shared one


@dataclass(frozen=True, slots=True)
class Rules:
    """What the judge needs to know of the rule book."""

    signals: Mapping[str, Signal]
    lures: Mapping[str, Lure]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the detectors saw in one message: cues, and the addresses inside it."""

    message: Message
    findings: tuple[Finding, ...] = ()
    links: tuple[LinkFinding, ...] = ()


def level_of(pattern: Pattern, *, severity: int) -> Level:
    """The level of a pattern. *severity*: that of the lure it speaks for, 0 when none."""
    lines = THRESHOLDS
    if pattern.strongest >= lines.danger_alone:
        return "danger"
    points, stages = pattern.points, pattern.stages
    is_silenced = "silence" in pattern.asks and not pattern.asks.isdisjoint(HARD_ASKS - {"threat"})
    if is_silenced and points >= lines.danger_silence_points:
        return "danger"
    if len(pattern.weights) < lines.caution_signals:
        return "no_information"
    if len(stages) < lines.caution_stages:
        return "caution" if points >= lines.one_stage_points else "no_information"
    if points >= lines.danger_points and not set(stages).isdisjoint(lines.danger_stages):
        return "danger"
    is_severe = severity >= lines.severe_from
    needed = lines.severe_caution_points if is_severe else lines.caution_points
    return "caution" if points >= needed else "no_information"


def judge_link(
    identifier: str, url: str, findings: Sequence[LinkFinding], *, rules: Rules
) -> Verdict:
    """The verdict on one address."""
    level = _link_level(findings)
    if level == "no_information":
        return Verdict(id=identifier)
    reasons = tuple(_link_reason(identifier, url, finding, rules=rules) for finding in findings)
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
    levels: dict[str, Level] = {}
    level: Level = "no_information"
    for count, seen in enumerate(window, 1):
        if seen.findings or seen.links:
            level = _level(window[:count], rules=rules, earlier=before)
        levels[seen.message.id] = highest(level, levels.get(seen.message.id, level))
    whole = _judge(identifier, window, rules=rules, earlier=before)
    return ConversationVerdict(
        id=identifier,
        level=whole.level,
        lure=whole.lure,
        severity=whole.severity,
        watched=whole.watched,
        title=whole.title,
        stages=whole.stages,
        signals=whole.signals,
        reasons=whole.reasons,
        first_action=whole.first_action,
        levels=levels,
        by_message=next((m for m, level in levels.items() if level != "no_information"), None),
    )


def _judge(
    identifier: str, window: Sequence[Seen], *, rules: Rules, earlier: tuple[str, ...]
) -> Verdict:
    findings = _all_findings(window, rules=rules)
    pattern = pattern_of(findings, signals=rules.signals, earlier=earlier)
    level = _level(window, rules=rules, earlier=earlier)
    if level == "no_information":
        return Verdict(id=identifier, stages=pattern.stages, signals=tuple(pattern.weights))
    lure = _speaks_for(findings, rules=rules)
    reasons = _reasons(window, rules=rules, earlier=earlier)
    return _verdict(
        identifier,
        level,
        lure,
        reasons,
        rules=rules,
        stages=pattern.stages,
        signals=tuple(pattern.weights),
    )


def _level(window: Sequence[Seen], *, rules: Rules, earlier: tuple[str, ...]) -> Level:
    findings = _all_findings(window, rules=rules)
    links = highest(*(_link_level(seen.links) for seen in window))
    if not findings:
        return links  # nothing here to quote: `earlier` alone never warns
    lure = _speaks_for(findings, rules=rules)
    pattern = pattern_of(findings, signals=rules.signals, earlier=earlier)
    return highest(links, level_of(pattern, severity=lure.severity if lure else 0))


def _link_level(findings: Iterable[LinkFinding]) -> Level:
    return highest(*(LINK_LEVELS[finding.strength] for finding in findings))


def _all_findings(window: Sequence[Seen], *, rules: Rules) -> list[Finding]:
    """Cues and, as one more signal, the addresses found inside messages."""
    found = [finding for seen in window for finding in seen.findings]
    signal = rules.signals.get(LINK_SIGNAL)
    if signal is not None:
        found += [
            Finding(
                rule=link.rule,
                signal=signal.name,
                stage=signal.stage,
                weight=signal.weight,
                reduced_weight=signal.weight,
                start=link.start,
                end=link.end,
                lure=link.lure,
                why=link.why,
                source=link.source,
                added=link.added,
            )
            for seen in window
            for link in seen.links
        ]
    return found


def _speaks_for(findings: Sequence[Finding], *, rules: Rules) -> Lure | None:
    """The lure the findings speak for most; the more severe one where they are even."""
    scores: dict[str, int] = {}
    for finding in findings:
        if finding.lure is not None:
            scores[finding.lure] = scores.get(finding.lure, 0) + _OWN_LURE * finding.weight
        for lure in rules.lures.values():
            if finding.signal in lure.signals:
                scores[lure.id] = scores.get(lure.id, 0) + finding.weight
    known = [
        (score, rules.lures[name].severity, name)
        for name, score in scores.items()
        if name in rules.lures
    ]
    return rules.lures[max(known)[2]] if known else None


def _reasons(
    window: Sequence[Seen], *, rules: Rules, earlier: tuple[str, ...]
) -> tuple[Reason, ...]:
    """The strongest finding of each signal, strongest first, with the words it was seen in."""
    everything = [finding for seen in window for finding in seen.findings]
    weights = iter(effective_weights(everything, signals=rules.signals, earlier=earlier))
    best: dict[str, tuple[int, Reason]] = {}
    links: list[Reason] = []
    for seen in window:
        links += [
            _link_reason(seen.message.id, seen.message.text, link, rules=rules)
            for link in seen.links
        ]
        for finding in seen.findings:
            weight = next(weights)
            if weight > best.get(finding.signal, (0,))[0]:
                best[finding.signal] = (weight, _reason(seen.message, finding))
    strongest_first = sorted(best.values(), key=lambda pair: -pair[0])
    return (*links, *(reason for _, reason in strongest_first))[: LIMITS.reasons]


def _reason(message: Message, finding: Finding) -> Reason:
    return Reason(
        rule=finding.rule,
        signal=finding.signal,
        stage=finding.stage,
        message=message.id,
        quote=message.text[finding.start : finding.end],
        start=utf16_position(message.text, finding.start),
        end=utf16_position(message.text, finding.end),
        why=finding.why,
        source=finding.source,
        added=finding.added,
    )


def _link_reason(identifier: str, text: str, finding: LinkFinding, *, rules: Rules) -> Reason:
    signal = rules.signals.get(LINK_SIGNAL)
    return Reason(
        rule=finding.rule,
        signal=LINK_SIGNAL,
        stage=signal.stage if signal else "trust",
        message=identifier,
        quote=text[finding.start : finding.end],
        start=utf16_position(text, finding.start),
        end=utf16_position(text, finding.end),
        why=finding.why,
        source=finding.source,
        added=finding.added,
    )


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
