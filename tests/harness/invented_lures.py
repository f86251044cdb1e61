"""Invented signals and lures, and messages in which they are found, for the judge's tests."""

from __future__ import annotations

from dataclasses import replace

from notalone.glossary import Asks, Lure, Signal
from notalone.judge import Rules, Seen, judge_conversation
from notalone.model import (
    Bilingual,
    Finding,
    Level,
    LinkFinding,
    LinkStrength,
    Message,
    Stage,
    Wording,
)

TEXT = Bilingual("chữ", "text")
TITLE = Bilingual("Có ai dọa bạn?", "Is somebody threatening you?")
ACTION = Bilingual("Kể với người bạn tin", "Tell someone you trust")


def signal(name: str, stage: Stage, weight: int, asks: Asks | None = None) -> Signal:
    return Signal(name=name, why=TEXT, stage=stage, weight=weight, asks=asks)


def lure(name: str, severity: int, *signals: str, watched: bool = False) -> Lure:
    return Lure(name, severity, TEXT, TEXT, TEXT, (TEXT,), signals, (), watched)


SIGNALS = {
    known.name: known
    for known in (
        signal("CLAIM", "trust", 1),
        signal("OFFER", "trust", 2),
        signal("ALONE", "isolate", 2),
        signal("LEAVE", "isolate", 3),
        signal("SECRET", "secrecy", 3, "silence"),
        signal("FAVOUR", "demand", 1, "money"),
        signal("PAY", "demand", 3, "money"),
        signal("CODE", "demand", 3, "code"),
        signal("THREAT", "demand", 4, "threat"),
        signal("BRAND_SPOOF", "trust", 1),
        Signal(name="PAID", why=TEXT, stage="demand", weight=1, said_by="me"),
        Signal(name="HUSHED", why=TEXT, stage="secrecy", weight=2, said_by="me"),
        Signal(
            name="TOLD", why=TITLE, weight=2, said_by="me", opens_help=True, first_action=ACTION
        ),
        Signal(name="FEARED", why=TEXT, weight=2, said_by="me", opens_help=True, first_action=TEXT),
    )
}
OWN = {"PAID", "HUSHED", "TOLD", "FEARED"}
ANY_TEXT = Bilingual("chung", "general")
GENERAL = Lure("any", 2, ANY_TEXT, ANY_TEXT, ANY_TEXT, (), ("SECRET",), ())
LURES = {
    "any": GENERAL,
    "police": lure("police", 4, "CLAIM", "PAY", watched=True),
    "shop": lure("shop", 2, "OFFER"),
}
RULES = Rules(signals=SIGNALS, lures=LURES)


def found(name: str, *, start: int = 0, end: int = 3, lure: str | None = None) -> Finding:
    """A finding at words of three letters each, one blank between them."""
    known = SIGNALS[name]
    return Finding(
        rule=f"any.{name}", signal=name, stage=known.stage, weight=known.weight,
        reduced_weight=known.weight, start=start, end=end, lure=lure, why=TEXT,
        words=range(start // 4, (end + 1) // 4),
    )  # fmt: skip


WORDS = "một hai bốn năm sáu bảy tám"  # three letters each, for a signal each


def seen(identifier: str, *names: str, text: str = WORDS, lure: str | None = None) -> Seen:
    """A message with each of *names* at a word of its own."""
    return Seen(
        Message(identifier, text),
        tuple(found(name, start=4 * n, end=4 * n + 3, lure=lure) for n, name in enumerate(names)),
    )


def worded(
    *names: str,
    resemblance: float | None = 1.5,
    identifier: str = "a",
    lure: str | None = None,
) -> Seen:
    """Such a message, as much like known traps as *resemblance* says; None: nobody looked."""
    wording = None if resemblance is None else Wording(resemblance)
    return replace(seen(identifier, *names, lure=lure), wording=wording)


def link(strength: LinkStrength) -> LinkFinding:
    return LinkFinding("listed.x", strength, 0, 9, TEXT, "a source", "2026-11-22")


def level_after(*window: Seen) -> Level:
    return judge_conversation("c", window, rules=RULES).level
