"""The lines between nothing, caution and danger, and that every warning has its reason."""

from __future__ import annotations

import pytest

from notalone.detectors.stages import pattern_of
from notalone.glossary import Asks, Lure, Signal
from notalone.judge import (
    LINK_LEVELS,
    Rules,
    Seen,
    judge_conversation,
    judge_link,
    judge_message,
    level_of,
)
from notalone.model import Bilingual, Finding, LinkFinding, LinkStrength, Message, Stage

TEXT = Bilingual("chữ", "text")


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
    )
}
ANY_TEXT = Bilingual("chung", "general")
GENERAL = Lure("any", 2, ANY_TEXT, ANY_TEXT, ANY_TEXT, (), (), ())
LURES = {
    "any": GENERAL,
    "police": lure("police", 4, "CLAIM", "PAY", watched=True),
    "shop": lure("shop", 2, "OFFER"),
}
RULES = Rules(signals=SIGNALS, lures=LURES)


def found(name: str, *, start: int = 0, end: int = 3, lure: str | None = None) -> Finding:
    known = SIGNALS[name]
    return Finding(
        rule=f"any.{name}", signal=name, stage=known.stage, weight=known.weight,
        reduced_weight=known.weight, start=start, end=end, lure=lure, why=TEXT,
    )  # fmt: skip


def seen(identifier: str, *names: str, text: str = "một hai ba", lure: str | None = None) -> Seen:
    return Seen(Message(identifier, text), tuple(found(name, lure=lure) for name in names))


@pytest.mark.parametrize(
    ("names", "severity", "level"),
    (
        pytest.param(["SECRET"], 4, "no_information", id="one signal proves nothing"),
        pytest.param(["PAY", "FAVOUR"], 4, "no_information", id="one stage, and little in it"),
        pytest.param(["PAY", "CODE"], 2, "caution", id="one stage, but two heavy demands"),
        pytest.param(["CLAIM", "ALONE"], 2, "no_information", id="below the line"),
        pytest.param(["CLAIM", "ALONE"], 4, "caution", id="a severe lure has a lower line"),
        pytest.param(["OFFER", "ALONE"], 2, "caution", id="two stages, four points"),
        pytest.param(["SECRET", "FAVOUR"], 2, "caution", id="a favour between friends"),
        pytest.param(["SECRET", "PAY"], 0, "danger", id="tell nobody, and pay"),
        pytest.param(["OFFER", "ALONE", "LEAVE"], 2, "danger", id="seven points with isolation"),
        pytest.param(["THREAT"], 0, "danger", id="a threat stands alone"),
    ),
)
def test_level(names: list[str], severity: int, level: str) -> None:
    pattern = pattern_of([found(name) for name in names], signals=SIGNALS)
    assert level_of(pattern, severity=severity) == level


def test_levels_rise_message_by_message_and_never_fall() -> None:
    window = [seen("a"), seen("b", "CLAIM"), seen("c", "SECRET"), seen("d", "PAY"), seen("e")]
    verdict = judge_conversation("c", window, rules=RULES)
    assert list(verdict.levels.values()) == [
        "no_information", "no_information", "caution", "danger", "danger",
    ]  # fmt: skip
    assert verdict.by_message == "c"
    assert verdict.level == "danger"


def test_every_warning_quotes_its_reasons_strongest_first() -> None:
    window = [seen("a", "CLAIM", text="tôi là công an"), seen("b", "SECRET", "PAY")]
    reasons = judge_conversation("c", window, rules=RULES).reasons
    assert [reason.signal for reason in reasons] == ["SECRET", "PAY", "CLAIM"]
    assert reasons[2].quote == "tôi"
    assert reasons[2].message == "a"


def test_positions_are_those_of_javascript() -> None:
    message = Message("a", "🙂🙂 một hai")
    window = [Seen(message, (found("SECRET", start=3, end=6), found("PAY", start=7, end=10)))]
    reasons = judge_conversation("c", window, rules=RULES).reasons
    assert (reasons[0].quote, reasons[0].start, reasons[0].end) == ("một", 5, 8)


def test_below_a_warning_there_is_no_reason_but_the_signals_are_kept_for_later() -> None:
    verdict = judge_message(seen("a", "SECRET"), rules=RULES)
    assert (verdict.level, verdict.reasons, verdict.title) == ("no_information", (), None)
    assert verdict.signals == ("SECRET",)


def test_earlier_signals_help_but_never_warn_without_something_to_quote() -> None:
    earlier = ["SECRET", "PAY"]
    assert judge_conversation("c", [seen("a")], rules=RULES, earlier=earlier).level == (
        "no_information"
    )
    assert judge_conversation("c", [seen("a", "CLAIM")], rules=RULES, earlier=earlier).level == (
        "danger"
    )


def test_a_cue_of_its_own_folder_names_the_lure() -> None:
    verdict = judge_conversation("c", [seen("a", "SECRET", "PAY", lure="shop")], rules=RULES)
    assert (verdict.lure, verdict.watched) == ("shop", False)


def test_shared_cues_name_the_lure_their_signals_speak_for() -> None:
    verdict = judge_conversation("c", [seen("a", "SECRET", "PAY")], rules=RULES)
    assert (verdict.lure, verdict.watched, verdict.title) == ("police", True, TEXT)


def link(strength: LinkStrength) -> LinkFinding:
    return LinkFinding("listed.x", strength, 0, 9, TEXT, "a source", "2026-11-22")


@pytest.mark.parametrize(("strength", "level"), list(LINK_LEVELS.items()))
def test_a_link_has_its_level_and_its_reason(strength: LinkStrength, level: str) -> None:
    verdict = judge_link("1", "a.example/x", [link(strength)], rules=RULES)
    assert verdict.level == level
    assert verdict.reasons[0].quote == "a.example"


def test_an_unknown_link_is_never_called_safe() -> None:
    verdict = judge_link("1", "a.example", [], rules=RULES)
    assert (verdict.level, verdict.reasons) == ("no_information", ())


def test_a_listed_address_inside_a_message_is_danger() -> None:
    window = [Seen(Message("a", "a.example vào đi"), (), (link("listed"),))]
    verdict = judge_conversation("c", window, rules=RULES)
    assert (verdict.level, verdict.reasons[0].quote) == ("danger", "a.example")


def test_where_no_lure_speaks_something_general_is_said() -> None:
    verdict = judge_link("1", "a.example/x", [link("listed")], rules=RULES)
    assert (verdict.lure, verdict.title, verdict.first_action) == (None, ANY_TEXT, ANY_TEXT)
