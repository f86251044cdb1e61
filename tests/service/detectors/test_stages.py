"""What a window of messages adds up to: each signal once, at its strongest, in any order."""

from __future__ import annotations

from notalone.detectors.stages import Counted, effective_weights, pattern_of
from notalone.glossary import Asks, Signal
from notalone.model import Bilingual, Finding, Stage

WHY = Bilingual("vì", "why")


def signal(name: str, stage: Stage, weight: int, asks: Asks | None = None) -> Signal:
    return Signal(name=name, why=WHY, stage=stage, weight=weight, asks=asks)


SIGNALS = {
    "CLAIM": signal("CLAIM", "trust", 1),
    "SECRET": signal("SECRET", "secrecy", 3, "silence"),
    "PAY": signal("PAY", "demand", 3, "money"),
}


def found(name: str, *, reduced: int | None = None) -> Finding:
    known = SIGNALS[name]
    return Finding(
        rule=f"any.{name}",
        signal=name,
        stage=known.stage,
        weight=known.weight,
        reduced_weight=known.weight if reduced is None else reduced,
        start=0,
        end=1,
        lure=None,
        why=WHY,
    )


def counted(*findings: Finding) -> list[Counted]:
    return list(zip(findings, effective_weights(findings, signals=SIGNALS), strict=True))


def test_a_signal_counts_once() -> None:
    assert pattern_of(counted(found("SECRET"), found("SECRET")), signals=SIGNALS).points == 3


def test_order_does_not_matter() -> None:
    findings = counted(found("PAY"), found("CLAIM"), found("SECRET"))
    forward = pattern_of(findings, signals=SIGNALS)
    assert forward == pattern_of(findings[::-1], signals=SIGNALS)
    assert forward.stages == ("trust", "secrecy", "demand")


def test_a_reducer_works_where_nothing_dangerous_is_asked() -> None:
    assert effective_weights([found("SECRET", reduced=1)], signals=SIGNALS) == [1]


def test_no_reducer_works_in_a_window_that_asks_for_money() -> None:
    findings = [found("SECRET", reduced=0), found("PAY")]
    assert effective_weights(findings, signals=SIGNALS) == [3, 3]


def test_earlier_signals_count_and_unknown_ones_do_not() -> None:
    pattern = pattern_of(counted(found("CLAIM")), signals=SIGNALS, earlier=["SECRET", "INVENTED"])
    assert pattern.points == 4
    assert pattern.asks == {"silence"}


def test_a_finding_reduced_to_nothing_shows_no_stage() -> None:
    assert pattern_of(counted(found("SECRET", reduced=0)), signals=SIGNALS).stages == ()
