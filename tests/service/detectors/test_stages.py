"""What a window of messages adds up to: each signal once, at its strongest, in any order."""

from __future__ import annotations

from notalone.detectors.stages import (
    NOTHING,
    Counted,
    effective_weights,
    may_be_part,
    pattern_for,
    pattern_of,
    voices,
)
from notalone.glossary import Asks, Lure, Signal
from notalone.model import Bilingual, Finding, Stage

WHY = Bilingual("vì", "why")


def signal(name: str, stage: Stage, weight: int, asks: Asks | None = None) -> Signal:
    return Signal(name=name, why=WHY, stage=stage, weight=weight, asks=asks)


SIGNALS = {
    "CLAIM": signal("CLAIM", "trust", 1),
    "SECRET": signal("SECRET", "secrecy", 3, "silence"),
    "PAY": signal("PAY", "demand", 3, "money"),
}


def lure(name: str, severity: int, *signals: str) -> Lure:
    return Lure(name, severity, WHY, WHY, WHY, (), signals, ())


LURES = {
    "any": lure("any", 2, "SECRET"),
    "police": lure("police", 4, "CLAIM"),
    "shop": lure("shop", 2, "PAY"),
}


def found(name: str, *, reduced: int | None = None, lure: str | None = None) -> Finding:
    known = SIGNALS[name]
    return Finding(
        rule=f"any.{name}",
        signal=name,
        stage=known.stage,
        weight=known.weight,
        reduced_weight=known.weight if reduced is None else reduced,
        start=0,
        end=1,
        lure=lure,
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


def test_a_cue_of_another_trap_is_no_part_of_this_one() -> None:
    pay, secret = found("PAY", lure="shop"), found("SECRET", lure="shop")
    assert not may_be_part(pay, LURES["police"], lures=LURES)
    assert may_be_part(pay, LURES["shop"], lures=LURES)
    assert may_be_part(secret, LURES["police"], lures=LURES)  # "tell nobody" is part of any trap
    assert may_be_part(found("PAY"), LURES["police"], lures=LURES)  # a cue every lure shares
    assert may_be_part(found("PAY", lure="gone"), LURES["police"], lures=LURES)  # lure.toml broken


def test_what_tells_which_trap_it_is_is_counted() -> None:
    window = counted(found("CLAIM"), found("SECRET"), found("PAY", lure="shop"))
    police = pattern_for(LURES["police"], window, signals=SIGNALS, lures=LURES)
    assert (set(police.weights), police.telling) == ({"CLAIM", "SECRET"}, 1)
    shop = pattern_for(LURES["shop"], window, signals=SIGNALS, lures=LURES)
    assert (set(shop.weights), shop.telling) == ({"CLAIM", "SECRET", "PAY"}, 1)


def test_earlier_signals_count_for_the_traps_they_belong_to() -> None:
    window = counted(found("SECRET"))
    earlier = ["CLAIM", "INVENTED"]
    police = pattern_for(LURES["police"], window, signals=SIGNALS, lures=LURES, earlier=earlier)
    assert (police.points, police.telling) == (4, 1)
    shop = pattern_for(LURES["shop"], window, signals=SIGNALS, lures=LURES, earlier=earlier)
    assert shop.points == 3
    assert (
        pattern_for(LURES["police"], [], signals=SIGNALS, lures=LURES, earlier=earlier) == NOTHING
    )


def test_the_loudest_lure_comes_first_and_of_two_even_ones_the_more_severe() -> None:
    def heard(*findings: Finding, earlier: tuple[str, ...] = ()) -> list[str]:
        found_lures = voices(counted(*findings), signals=SIGNALS, lures=LURES, earlier=earlier)
        return [lure.id for lure in found_lures]

    assert heard(found("PAY"), found("CLAIM")) == ["shop", "police"]
    assert heard(found("CLAIM", lure="shop")) == ["shop", "police"]
    assert heard(found("SECRET")) == []
    assert heard(found("SECRET"), earlier=("CLAIM",)) == ["police"]
    even = {**LURES, "shop": lure("shop", 2, "CLAIM")}
    assert [x.id for x in voices(counted(found("CLAIM")), signals=SIGNALS, lures=even)] == [
        "police",
        "shop",
    ]
