"""The lines between nothing, caution and danger, and that every warning has its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    weigh,
)
from notalone.model import (
    LEVELS,
    Bilingual,
    Finding,
    Level,
    LinkFinding,
    LinkStrength,
    Message,
    Stage,
    Wording,
    highest,
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
        Signal(name="HUSHED", why=TEXT, stage="secrecy", weight=1, said_by="me"),
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


@pytest.mark.parametrize(
    ("names", "severity", "telling", "level"),
    (
        pytest.param(["SECRET"], 4, 0, "no_information", id="one signal proves nothing"),
        pytest.param(["PAY", "FAVOUR"], 4, 0, "no_information", id="one stage, and little in it"),
        pytest.param(["PAY", "CODE"], 2, 0, "caution", id="one stage, but two heavy demands"),
        pytest.param(["CLAIM", "ALONE"], 2, 2, "no_information", id="below the line"),
        pytest.param(["CLAIM", "ALONE"], 4, 2, "caution", id="a severe lure has a lower line"),
        pytest.param(["OFFER", "ALONE"], 2, 2, "caution", id="two stages, four points"),
        pytest.param(["SECRET", "FAVOUR"], 2, 0, "caution", id="a favour between friends"),
        pytest.param(["SECRET", "PAY"], 0, 0, "danger", id="tell nobody, and pay"),
        pytest.param(["OFFER", "ALONE", "LEAVE"], 2, 0, "danger", id="seven points with isolation"),
        pytest.param(["THREAT"], 0, 0, "danger", id="a threat stands alone"),
        pytest.param(["CLAIM", "SECRET"], 2, 1, "no_information", id="two that met by chance"),
        pytest.param(["CLAIM", "SECRET"], 4, 1, "caution", id="an officer, and tell nobody"),
        pytest.param(["CLAIM", "SECRET"], 4, 0, "no_information", id="nothing tells which trap"),
        pytest.param(["OFFER", "LEAVE"], 2, 0, "caution", id="two, but heavy"),
        pytest.param(["CLAIM", "ALONE", "FAVOUR"], 2, 0, "caution", id="three light ones"),
    ),
)
def test_level(names: list[str], severity: int, telling: int, level: str) -> None:
    counted = [(found(name), SIGNALS[name].weight) for name in names]
    pattern = replace(pattern_of(counted, signals=SIGNALS), telling=telling)
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


def test_the_childs_own_words_of_before_are_nobody_elses_signals() -> None:
    earlier = ["PAID", "TOLD", "SECRET"]
    verdict = judge_conversation("c", [seen("a", "CLAIM")], rules=RULES, earlier=earlier)
    assert set(verdict.signals) == {"SECRET", "CLAIM"}


def test_telling_opens_help_with_its_own_words() -> None:
    verdict = judge_conversation("c", [seen("a", "FEARED", "TOLD")], rules=RULES)
    assert (verdict.help, verdict.title, verdict.first_action) == (True, TITLE, ACTION)
    assert (verdict.level, verdict.lure, verdict.reasons) == ("no_information", None, ())
    assert verdict.watched


def test_beside_a_warning_help_leaves_the_words_to_the_lure() -> None:
    verdict = judge_conversation(
        "c", [seen("a", "THREAT", "CLAIM"), seen("b", "TOLD")], rules=RULES
    )
    assert (verdict.help, verdict.level, verdict.title) == (True, "danger", TEXT)


def test_telling_that_an_unless_word_takes_back_opens_nothing() -> None:
    film = replace(found("TOLD"), reduced_weight=0)
    verdict = judge_message(Seen(Message("a", "một hai ba"), (film,)), rules=RULES)
    assert (verdict.help, verdict.title) == (False, None)


def test_going_along_adds_a_little_to_what_others_say_and_is_no_sign_itself() -> None:
    others = seen("a", "OFFER", "FAVOUR")
    assert level_after([others]) == "no_information"
    assert level_after([others, seen("b", "PAID")]) == "no_information"  # two that met by chance
    others = seen("a", "OFFER", "FAVOUR", lure="shop")
    assert level_after([others]) == "no_information"
    assert level_after([others, seen("b", "PAID")]) == "caution"
    assert level_after([seen("a", "SECRET"), seen("b", "PAID", "HUSHED")]) == "no_information"
    assert weigh([seen("b", "PAID", "HUSHED")], rules=RULES).pattern.points == 0


def test_two_weak_signals_of_two_traps_are_not_one_trap() -> None:
    shop, police = seen("a", "OFFER", lure="shop"), seen("b", "ALONE", lure="police")
    assert level_after([shop, police]) == "no_information"
    assert level_after([shop, seen("b", "ALONE", lure="shop")]) == "caution"


def test_only_what_may_be_part_of_the_named_lure_is_quoted() -> None:
    window = [seen("a", "OFFER", lure="shop"), seen("b", "CLAIM", "PAY", lure="police")]
    verdict = judge_conversation("c", window, rules=RULES)
    assert verdict.lure == "police"
    assert {reason.signal for reason in verdict.reasons} == {"CLAIM", "PAY"}
    assert set(verdict.signals) == {"OFFER", "CLAIM", "PAY"}  # all of it may matter later


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


def test_the_same_words_are_one_sign_the_heaviest() -> None:
    """ "Chuyển hết tiền vào tài khoản tạm giữ" is one demand, however many cues know it."""
    claim, pay, code = found("CLAIM", end=5), found("PAY", end=20), found("CODE", start=2, end=18)
    window = [Seen(Message("a", WORDS), (claim, pay, code))]
    assert dict(weigh(window, rules=RULES).pattern.weights) == {"PAY": 3}
    apart = [Seen(Message("a", WORDS), (claim, pay)), Seen(Message("b", WORDS), (code,))]
    assert len(weigh(apart, rules=RULES).pattern.weights) == 2  # the same place of another message


def test_what_stands_for_other_words_is_of_the_same_trap() -> None:
    police, shop = found("PAY", end=20, lure="shop"), found("FAVOUR", start=2, end=18)
    weighed = weigh([Seen(Message("a", WORDS), (police, shop))], rules=RULES)
    assert len(weighed.pattern.weights) == 1


# --- the wording of the whole ---------------------------------------------------------------------


def worded(*names: str, resemblance: float | None = 1.5, identifier: str = "a") -> Seen:
    wording = None if resemblance is None else Wording(resemblance)
    return replace(seen(identifier, *names), wording=wording)


def lifted(*window: Seen) -> Level:
    return judge_conversation("c", window, rules=RULES).level


def test_wording_lifts_a_talk_with_one_sign_to_caution_and_no_higher() -> None:
    window = (worded(resemblance=9.0), worded("SECRET", identifier="b"))
    assert lifted(*window) == "caution"
    assert lifted(*(replace(one, wording=Wording(0.1)) for one in window)) == "no_information"
    reasons = judge_conversation("c", window, rules=RULES).reasons
    assert [reason.signal for reason in reasons] == ["SECRET"]


def test_wording_alone_accuses_nobody() -> None:
    assert lifted(worded(resemblance=9.0), worded(resemblance=9.0, identifier="b")) == LEVELS[0]


def test_an_act_that_is_to_be_kept_secret_needs_half_a_second_witness() -> None:
    for resemblance, level in ((0.3, "caution"), (0.6, "danger")):
        assert lifted(worded("SECRET", "PAY", resemblance=resemblance)) == level


def test_a_long_harmless_talk_is_no_more_of_a_trap_for_its_length() -> None:
    talk = [worded(resemblance=0.4, identifier=f"m{n}") for n in range(50)]
    assert lifted(worded("SECRET", resemblance=0.4), *talk) == "no_information"


def test_a_single_message_needs_two_signals_beside_its_wording() -> None:
    assert lifted(worded("SECRET")) == "no_information"
    assert lifted(worded("CLAIM", "ALONE")) == "caution"
    own = replace(seen("b"), wording=None)  # the child's answer is no second message
    assert lifted(worded("SECRET"), own) == "no_information"


def test_a_message_after_the_cue_may_lift_it_and_small_talk_does_not_undo_it() -> None:
    window = [
        worded("SECRET", resemblance=0.2),
        worded(resemblance=1.2, identifier="b"),
        worded(resemblance=-3.0, identifier="c"),
    ]
    levels = judge_conversation("c", window, rules=RULES).levels
    assert list(levels.values()) == ["no_information", "caution", "caution"]


@pytest.mark.parametrize(
    ("names", "alone", "everyday"),
    (
        pytest.param(("OFFER", "ALONE", "LEAVE"), "danger", "caution", id="one level less"),
        pytest.param(("SECRET", "PAY"), "danger", "caution", id="pay, and tell nobody"),
        pytest.param(
            ("SECRET", "PAY", "OFFER"), "danger", "caution", id="pay, tell nobody, and more"
        ),
        pytest.param(("SECRET", "FAVOUR"), "caution", "caution", id="a little, and tell nobody"),
        pytest.param(("OFFER", "LEAVE"), "caution", "no_information", id="nothing is left"),
        pytest.param(("THREAT",), "danger", "danger", id="a threat needs no second witness"),
    ),
)
def test_cues_in_everyday_wording_count_for_less(
    names: tuple[str, ...], alone: Level, everyday: Level
) -> None:
    for resemblance, level in ((None, alone), (0.2, everyday)):
        assert lifted(worded(*names, resemblance=resemblance)) == level


@pytest.mark.parametrize(
    ("names", "like_a_trap"),
    (
        pytest.param(("OFFER", "ALONE"), "danger", id="two steps, and the reader is cut off"),
        pytest.param(("CLAIM", "ALONE"), "caution", id="too light"),
        pytest.param(("CODE", "FAVOUR"), "caution", id="one step"),
    ),
)
def test_with_two_witnesses_less_is_a_danger(names: tuple[str, ...], like_a_trap: Level) -> None:
    plain = ("no_information", "caution")
    hello = worded(resemblance=0.1, identifier="b")  # a talk, not a lone message
    assert lifted(worded(*names, resemblance=0.8), hello) in plain
    assert lifted(worded(*names, resemblance=1.1), hello) == like_a_trap


@pytest.mark.parametrize(
    ("names", "resemblance", "level"),
    (
        (("ALONE",), 0.91, "no_information"),  # 2 points: 10 %
        (("ALONE",), 0.92, "caution"),
        (("CLAIM",), 0.91, "no_information"),  # one point, and a sign of this very lure
        (("CLAIM",), 0.92, "caution"),
        (("LEAVE", "ALONE"), 0.71, "no_information"),  # 5 points in one step: the cues would warn
        (("LEAVE", "ALONE"), 0.72, "caution"),
        (("LEAVE", "ALONE", "SECRET"), 0.81, "caution"),  # 8 points in two steps
        (("LEAVE", "ALONE", "SECRET"), 0.82, "danger"),
    ),
)
def test_the_more_the_cues_say_the_less_the_wording_must(
    names: tuple[str, ...], resemblance: float, level: Level
) -> None:
    """One signal a message, all of the wording in the first."""
    window = [
        worded(name, resemblance=0.0 if number else resemblance, identifier=str(number))
        for number, name in enumerate(names)
    ]
    assert lifted(*window, worded(resemblance=0.0, identifier="last")) == level


def test_what_is_worth_a_warning_by_itself_stays_so_in_company() -> None:
    sms = worded("OFFER", "ALONE", resemblance=0.7)
    assert lifted(sms) == "caution"
    for company in (worded(resemblance=0.0, identifier="b"), worded("CLAIM", identifier="b")):
        verdict = judge_conversation("c", [sms, company], rules=RULES)
        assert verdict.level != "no_information"
        assert verdict.reasons
        assert judge_conversation("c", [company, sms], rules=RULES).level == verdict.level


def test_an_address_alone_names_the_trap_that_it_knows_or_none() -> None:
    text = "a.example vào đi"
    for named, lure in ((None, None), ("shop", "shop")):
        finding = replace(link("spoken_for"), lure=named)
        window = [Seen(Message("a", text), (found("CLAIM", end=3),), (finding,), Wording(0.2))]
        verdict = judge_conversation("c", window, rules=RULES)
        assert (verdict.level, verdict.lure) == ("danger", lure)


def test_speaking_for_somebody_is_a_danger_beside_a_cue_and_a_caution_without() -> None:
    text = "a.example vào đi"
    alone = Seen(Message("a", text), (), (link("spoken_for"),), Wording(0.2))
    backed = replace(alone, findings=(found("CLAIM", end=3),))
    assert lifted(alone) == "caution"
    assert lifted(backed) == "danger"


def test_the_same_signs_apart_are_more_than_on_the_same_words() -> None:
    together = Seen(Message("a", WORDS), (found("LEAVE"), found("SECRET")))
    apart = Seen(Message("b", WORDS), (found("LEAVE"), found("SECRET", start=4, end=7)))
    verdict = judge_conversation("c", [together, apart], rules=RULES)
    assert list(verdict.levels.values()) == ["no_information", verdict.level]
    assert verdict.level == "caution"


def test_words_in_the_middle_of_a_heavier_sign_are_that_sign() -> None:
    window = [Seen(Message("a", WORDS), (found("PAY", end=20), found("CLAIM", start=12, end=15)))]
    assert dict(weigh(window, rules=RULES).pattern.weights) == {"PAY": 3}


def test_a_doubted_sign_does_not_hide_the_same_sign_without_a_doubt() -> None:
    doubted = replace(found("CLAIM", end=20), reduced_weight=0)
    window = [Seen(Message("a", WORDS), (doubted, found("CLAIM", end=11)))]
    assert dict(weigh(window, rules=RULES).pattern.weights) == {"CLAIM": 1}


def test_a_sign_that_a_doubt_has_silenced_hides_no_other() -> None:
    doubted = replace(found("OFFER", end=20), reduced_weight=0)
    window = [Seen(Message("a", WORDS), (doubted, found("CLAIM", start=2, end=11)))]
    assert dict(weigh(window, rules=RULES).pattern.weights) == {"CLAIM": 1}


def test_what_covers_a_sign_in_one_message_does_not_in_the_next() -> None:
    """The level after a message is that of the window so far, also where a sign comes again."""
    both = Seen(Message("a", WORDS), (found("LEAVE"), found("SECRET"), found("CLAIM", start=4)))
    again = Seen(Message("b", WORDS), (found("SECRET"),))
    verdict = judge_conversation("c", [both, again], rules=RULES)
    assert list(verdict.levels.values())[-1] == verdict.level


def test_the_wording_says_which_of_the_traps_it_is() -> None:
    """Somebody asks for money: cues leave open who, and the words around them tell."""
    plain = seen("a", "PAY", "SECRET", "CLAIM", "OFFER")
    for likely, unlikely in (("police", "shop"), ("shop", "police")):
        wording = Wording(1.2, {likely: 2.0, unlikely: 1.0})
        verdict = judge_conversation("c", [replace(plain, wording=wording)], rules=RULES)
        assert (verdict.level, verdict.lure) == ("danger", likely)


def test_no_wording_names_a_trap_that_no_cue_speaks_for() -> None:
    wording = Wording(1.2, {"shop": 9.0})
    window = [replace(seen("a", "PAY", "SECRET", "CLAIM"), wording=wording)]
    assert judge_conversation("c", window, rules=RULES).lure == "police"


def test_a_trap_that_has_scrolled_out_is_not_judged_by_the_small_talk_after_it() -> None:
    """`earlier` carries signals and no wording; only signals still in the window are heard."""
    window = [worded("LEAVE", resemblance=0.1), worded(resemblance=0.1, identifier="b")]
    for earlier, level in ((["SECRET"], "caution"), ([], "no_information")):
        assert judge_conversation("c", window, rules=RULES, earlier=earlier).level == level
    asked = [worded("OFFER", "ALONE", "LEAVE", resemblance=0.1)]
    alone = judge_conversation("c", asked, rules=RULES)
    again = judge_conversation("c", asked, rules=RULES, earlier=alone.signals)
    assert again.level == alone.level == "caution"  # the worker sends back what it was told


def test_no_level_on_the_way_is_above_the_verdict_when_its_own_signals_come_back() -> None:
    """The worker sends back what it was told; the sign stands further down in the same window."""
    window = [
        worded("OFFER", "LEAVE", resemblance=0.1),
        worded(resemblance=0.1, identifier="b"),
        worded("SECRET", resemblance=0.1, identifier="c"),
    ]
    verdict = judge_conversation("c", window, rules=RULES, earlier=["SECRET"])
    assert highest(*verdict.levels.values()) == verdict.level


def test_a_listed_address_needs_no_second_witness() -> None:
    window = [Seen(Message("a", "a.example vào đi"), (), (link("listed"),), Wording(0.0))]
    assert lifted(*window) == "danger"


def test_a_trap_that_sounds_like_one_later_is_warned_of_then() -> None:
    asked = worded("OFFER", "ALONE", "LEAVE", resemblance=0.3)
    window = [asked, worded(resemblance=1.0, identifier="b")]
    levels = judge_conversation("c", window, rules=RULES).levels
    assert list(levels.values()) == ["caution", "danger"]


def test_a_cue_that_something_harmless_takes_back_is_not_lifted() -> None:
    film = replace(found("SECRET"), reduced_weight=0)
    window = [replace(worded(), findings=(film,)), worded(identifier="b")]
    assert lifted(*window) == "no_information"


# --- what holds for every window ----------------------------------------------------------------

NAMES = tuple(SIGNALS)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    start = draw(st.integers(0, 10))
    made = found(
        draw(st.sampled_from(NAMES)),
        start=start,
        end=start + draw(st.integers(1, 12)),
        lure=draw(st.sampled_from((None, "police", "shop"))),
    )
    return replace(made, reduced_weight=draw(st.integers(0, made.weight)))


RESEMBLANCES = st.one_of(st.sampled_from((0.0, 0.5, 0.8, 1.0)), st.floats(0, 2))
MESSAGES = st.tuples(st.lists(findings(), max_size=3), RESEMBLANCES)


def as_window(rows: list[tuple[list[Finding], float]], is_compared: bool) -> list[Seen]:
    """Each row as a message; the wording is looked at in all of them or in none."""
    return [
        Seen(
            Message(str(i), WORDS),
            tuple(row),
            wording=Wording(resemblance) if is_compared else None,
        )
        for i, (row, resemblance) in enumerate(rows)
    ]


WINDOWS = st.builds(as_window, st.lists(MESSAGES, max_size=6), st.booleans())


def level_after(window: Sequence[Seen]) -> Level:
    return judge_conversation("c", window, rules=RULES).level


@given(WINDOWS)
def test_the_level_after_each_message_is_that_of_the_window_so_far(window: list[Seen]) -> None:
    levels = judge_conversation("c", window, rules=RULES).levels
    assert list(levels.values()) == [level_after(window[:n]) for n in range(1, len(window) + 1)]


@given(WINDOWS)
def test_levels_never_fall_along_the_window(window: list[Seen]) -> None:
    ranks = [LEVELS.index(x) for x in judge_conversation("c", window, rules=RULES).levels.values()]
    assert ranks == sorted(ranks)


@given(WINDOWS.flatmap(lambda window: st.tuples(st.just(window), st.permutations(window))))
def test_the_order_of_messages_changes_the_moment_and_not_the_verdict(
    windows: tuple[list[Seen], list[Seen]],
) -> None:
    one, other = (judge_conversation("c", window, rules=RULES) for window in windows)
    assert (one.level, one.lure, one.help, one.stages) == (
        other.level,
        other.lure,
        other.help,
        other.stages,
    )
    assert set(one.signals) == set(other.signals)


@given(WINDOWS)
def test_every_warning_has_a_reason_and_none_of_them_is_the_childs_own(window: list[Seen]) -> None:
    verdict = judge_conversation("c", window, rules=RULES)
    assert bool(verdict.reasons) is (verdict.level != "no_information")
    assert {reason.signal for reason in verdict.reasons}.isdisjoint(OWN)


@given(WINDOWS)
def test_own_words_alone_never_reach_a_level(window: list[Seen]) -> None:
    own = [
        replace(seen, findings=tuple(f for f in seen.findings if f.signal in OWN))
        for seen in window
    ]
    verdict = judge_conversation("c", own, rules=RULES)
    assert (verdict.level, verdict.signals, verdict.reasons) == ("no_information", (), ())


@given(WINDOWS)
def test_telling_changes_no_level(window: list[Seen]) -> None:
    told = [*window, Seen(Message("told", "một hai ba"), (found("TOLD"),))]
    assert level_after(told) == level_after(window)
    assert judge_conversation("c", told, rules=RULES).help


@given(WINDOWS, st.lists(st.sampled_from((*NAMES, "INVENTED")), max_size=4))
def test_what_is_weighed_is_what_is_judged(window: list[Seen], earlier: list[str]) -> None:
    weighed = weigh(window, rules=RULES, earlier=earlier)
    verdict = judge_conversation("c", window, rules=RULES, earlier=earlier)
    assert weighed.level == verdict.level
    assert len(weighed.weights) == sum(len(seen.findings) for seen in window)
    if verdict.level != "no_information":
        assert weighed.lure is None or verdict.lure == weighed.lure.id
