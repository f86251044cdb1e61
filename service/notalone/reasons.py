"""Reasons: what a verdict quotes, in the page's own words and positions."""

from __future__ import annotations

from collections.abc import Mapping

from notalone.folding.text import utf16_position
from notalone.glossary import Signal
from notalone.model import Bilingual, Finding, LinkFinding, Reason

LINK_SIGNAL = "BRAND_SPOOF"  # what a link finding counts as inside a conversation
HIDDEN_LINK = "HIDDEN_LINK"  # a shortened one is told of, and counts as nothing
SEEN_EARLIER = Reason(  # and is no longer there to be quoted
    rule="earlier",
    signal="EARLIER",
    stage="contact",
    message="",
    quote="",
    start=0,
    end=0,
    why=Bilingual(
        "Trước đó, trong cuộc trò chuyện này đã có những lời giống như trong các vụ lừa đảo.",
        "Earlier, this conversation held words like those of known scams.",
    ),
)


def link_as_finding(link: LinkFinding, *, signals: Mapping[str, Signal]) -> Finding:
    """An address as one more finding; it weighs nothing where the rules do not know LINK_SIGNAL."""
    name = _signal_of(link)
    signal = signals.get(name)
    weight = signal.weight if signal else 0
    return Finding(
        rule=link.rule,
        signal=name,
        stage=signal.stage if signal else "trust",
        weight=weight,
        reduced_weight=weight,
        start=link.start,
        end=link.end,
        lure=link.lure,
        why=link.why,
        source=link.source,
        added=link.added,
    )


def reason_of(identifier: str, text: str, finding: Finding) -> Reason:
    """*finding* as the card shows it. *identifier*: of the message or link that says *text*."""
    return Reason(
        rule=finding.rule,
        signal=finding.signal,
        stage=finding.stage,
        message=identifier,
        quote=text[finding.start : finding.end],
        start=utf16_position(text, finding.start),
        end=utf16_position(text, finding.end),
        why=finding.why,
        source=finding.source,
        added=finding.added,
    )


def reason_of_link(
    identifier: str, text: str, link: LinkFinding, *, signals: Mapping[str, Signal]
) -> Reason:
    """An address as the card shows it, lined up with the name that it borrows."""
    name = _signal_of(link)
    signal = signals.get(name)
    return Reason(
        rule=link.rule,
        signal=name,
        stage=signal.stage if signal else "trust",
        message=identifier,
        quote=text[link.start : link.end],
        start=utf16_position(text, link.start),
        end=utf16_position(text, link.end),
        why=link.why,
        source=link.source,
        added=link.added,
        compare=link.compare,
    )


def _signal_of(link: LinkFinding) -> str:
    return HIDDEN_LINK if link.strength == "hides" else LINK_SIGNAL
