"""What a window adds up to, and that every warning has its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from harness.invented_lures import (
    ACTION,
    ANY_TEXT,
    OWN,
    RULES,
    SIGNALS,
    TEXT,
    TITLE,
    WORDS,
    found,
    level_after,
    link,
    seen,
    worded,
)
from notalone.judge import Seen, judge_conversation, judge_link, judge_message, weigh
from notalone.levels import LINK_LEVELS
from notalone.model import LEVELS, Finding, LinkStrength, Message, Wording, highest


def test_levels_rise_message_by_message_and_never_fall() -> None:
    window = [seen("a"), seen("b", "CLAIM"), seen("c", "SECRET"), seen("d", "PAY"), seen("e")]
    verdict = judge_conversation("c", window, rules=RULES)
    assert list(verdict.levels.values()) == [
        "no_information", "no_information", "caution", "danger", "danger",
    ]  # fmt: skip
    assert verdict.by_message == "c"
    assert verdict.level == "danger"


def test_who_comes_back_to_a_talk_finds_the_warning_where_it_was() -> None:
    window = [seen("a", "CLAIM"), seen("b", "SECRET"), seen("c", "PAY"), seen("d")]
    first = judge_conversation("c", window, rules=RULES)
    again = judge_conversation("c", window, rules=RULES, earlier=first.signals)
    assert again.levels == first.levels

    # What has scrolled out still helps: nothing that is left would warn by itself.
    rest = judge_conversation("c", [seen("d", "CLAIM"), seen("e")], rules=RULES, earlier=["PAY"])
    assert rest.levels == {"d": rest.level, "e": rest.level}
    assert rest.level != "no_information"


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
    assert (verdict.signals, verdict.stages) == (("SECRET",), ("secrecy",))


def test_earlier_signals_help_but_never_warn_without_something_to_quote() -> None:
    earlier = ["SECRET", "PAY"]
    assert judge_conversation("c", [seen("a")], rules=RULES, earlier=earlier).level == (
        "no_information"
    )
    assert judge_conversation("c", [seen("a", "CLAIM")], rules=RULES, earlier=earlier).level == (
        "danger"
    )


def test_what_was_seen_earlier_is_said_where_it_is_why() -> None:
    """The words of before are not kept: a greeting must not be quoted as if it were the reason."""
    window = [seen("a", "CLAIM"), seen("b")]
    verdict = judge_conversation("c", window, rules=RULES, earlier=["SECRET", "PAY"])
    first, second = verdict.reasons
    assert (first.rule, first.message, first.quote) == ("earlier", "", "")
    assert "Trước đó" in first.why.vi
    assert second.signal == "CLAIM"

    window = [seen("a", "CLAIM"), seen("b", "SECRET", "PAY")]  # is a warning by itself
    verdict = judge_conversation("c", window, rules=RULES, earlier=["SECRET", "PAY"])
    assert [reason.signal for reason in verdict.reasons] == ["SECRET", "PAY", "CLAIM"]


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
    assert level_after(others) == "no_information"
    assert level_after(others, seen("b", "PAID")) == "no_information"  # two that met by chance
    others = seen("a", "OFFER", "FAVOUR", lure="shop")
    assert level_after(others) == "no_information"
    assert level_after(others, seen("b", "PAID")) == "caution"
    assert level_after(seen("a", "SECRET"), seen("b", "PAID", "HUSHED")) == "no_information"
    assert weigh([seen("b", "PAID", "HUSHED")], rules=RULES).pattern.points == 0
    weighed = weigh([others, seen("b", "PAID", "HUSHED")], rules=RULES)
    assert weighed.pattern.own_points == 2  # of three: no more, however much is answered
    assert weigh([others, seen("b", "TOLD")], rules=RULES).pattern.own_points == 0


def test_two_weak_signals_of_two_traps_are_not_one_trap() -> None:
    shop, police = seen("a", "OFFER", lure="shop"), seen("b", "ALONE", lure="police")
    verdict = judge_conversation("c", [shop, police], rules=RULES)
    assert verdict.level == "no_information"
    assert (verdict.signals, verdict.stages) == (("OFFER", "ALONE"), ("trust", "isolate"))
    assert level_after(shop, seen("b", "ALONE", lure="shop")) == "caution"


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


def test_a_message_after_the_cue_may_lift_it_and_small_talk_does_not_undo_it() -> None:
    window = [
        worded("SECRET", resemblance=0.2),
        worded(resemblance=1.2, identifier="b"),
        worded(resemblance=-3.0, identifier="c"),
    ]
    levels = judge_conversation("c", window, rules=RULES).levels
    assert list(levels.values()) == ["no_information", "caution", "caution"]


def test_what_is_worth_a_warning_by_itself_stays_so_in_company() -> None:
    sms = worded("OFFER", "ALONE", resemblance=0.7)
    assert level_after(sms) == "caution"
    for company in (worded(resemblance=0.0, identifier="b"), worded("CLAIM", identifier="b")):
        verdict = judge_conversation("c", [sms, company], rules=RULES)
        assert verdict.level != "no_information"
        assert verdict.reasons
        assert judge_conversation("c", [company, sms], rules=RULES).level == verdict.level


def test_a_warning_for_one_message_quotes_it_alone_and_keeps_the_signals_of_all() -> None:
    sms = worded("OFFER", "ALONE", resemblance=0.7)
    company = worded("FAVOUR", resemblance=0.1, identifier="b")
    for window in ([sms, company], [company, sms]):
        verdict = judge_conversation("c", window, rules=RULES)
        assert (verdict.level, verdict.lure, verdict.by_message) == ("caution", "shop", "a")
        assert [(one.signal, one.message) for one in verdict.reasons] == [
            ("OFFER", "a"),
            ("ALONE", "a"),
        ]
        assert verdict.stages == ("trust", "isolate")  # of the trap that is quoted
        assert set(verdict.signals) == {"OFFER", "ALONE", "FAVOUR"}  # all of it may matter later
        weighed = weigh(window, rules=RULES)
        assert weighed.part == (sms,)
        assert weighed.said.stages == ("trust", "isolate", "demand")


def test_of_several_messages_that_are_worth_a_warning_the_first_is_quoted() -> None:
    """Together they are less of a trap than a talk must be."""
    first = worded("CLAIM", "ALONE", resemblance=0.54, lure="shop")
    later = replace(first, message=Message("b", WORDS), wording=Wording(0.545))
    dull = worded("CLAIM", "ALONE", resemblance=0.4, identifier="c", lure="shop")
    assert [level_after(one) for one in (first, later, dull)] == ["caution", "caution", LEVELS[0]]
    for window in ([first, later, dull], [dull, later, first]):
        weighed = weigh(window, rules=RULES)
        assert weighed.level == "caution"
        assert weighed.part == (next(one for one in window if one is not dull),)


def test_what_has_scrolled_out_makes_no_message_worth_a_warning_by_itself() -> None:
    sms = worded("CLAIM", "BRAND_SPOOF", resemblance=0.54)
    window = [sms, worded("SECRET", resemblance=0.1, identifier="b")]
    for earlier in ([], ["SECRET"]):
        assert weigh(window, rules=RULES, earlier=earlier).level == "no_information"


def test_a_message_is_not_worth_more_for_what_the_child_answers() -> None:
    sms = worded("OFFER", "FAVOUR", resemblance=0.1, lure="shop")
    paid = replace(seen("b", "PAID"), wording=None)
    assert weigh([sms], rules=RULES).pattern.own_points == 0
    assert weigh([sms, paid], rules=RULES).pattern.own_points == 1


def test_an_address_alone_names_the_trap_that_it_knows_or_none() -> None:
    text = "a.example vào đi"
    for named, lure in ((None, None), ("shop", "shop")):
        finding = structs.replace(link("spoken_for"), lure=named)
        window = [Seen(Message("a", text), (found("CLAIM", end=3),), (finding,), Wording(0.2))]
        verdict = judge_conversation("c", window, rules=RULES)
        assert (verdict.level, verdict.lure) == ("danger", lure)


def test_where_cues_warn_they_name_the_trap_and_no_address_does() -> None:
    known = structs.replace(link("likeness"), lure="shop")
    window = [replace(seen("a", "SECRET", "PAY"), links=(known,))]
    assert judge_conversation("c", window, rules=RULES).lure == "police"


def test_speaking_for_somebody_is_a_danger_beside_a_cue_and_a_caution_without() -> None:
    text = "a.example vào đi"
    alone = Seen(Message("a", text), (), (link("spoken_for"),), Wording(0.2))
    backed = replace(alone, findings=(found("CLAIM", end=3),))
    assert level_after(alone) == "caution"
    assert level_after(backed) == "danger"
    doubted = replace(found("CLAIM", end=3), reduced_weight=0)
    assert level_after(replace(alone, findings=(doubted,))) == "caution"


def test_an_address_further_down_raises_the_level_there() -> None:
    known = Seen(Message("b", "a.example vào đi"), (), (link("listed"),))
    verdict = judge_conversation("c", [seen("a", "CLAIM"), known, seen("c")], rules=RULES)
    assert list(verdict.levels.values()) == ["no_information", "danger", "danger"]


def test_a_sign_that_comes_again_without_its_doubt_raises_the_level_there() -> None:
    sure = Seen(Message("b", WORDS), (found("OFFER"), found("LEAVE", start=4, end=7)))
    doubted = replace(sure.findings[1], reduced_weight=0)
    window = [Seen(Message("a", WORDS), (sure.findings[0], doubted)), sure, seen("c")]
    levels = judge_conversation("c", window, rules=RULES).levels
    assert list(levels.values()) == ["no_information", "caution", "caution"]


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
    assert level_after(*window) == "danger"


def test_a_trap_that_sounds_like_one_later_is_warned_of_then() -> None:
    asked = worded("OFFER", "ALONE", "LEAVE", resemblance=0.3)
    window = [asked, worded(resemblance=1.0, identifier="b")]
    levels = judge_conversation("c", window, rules=RULES).levels
    assert list(levels.values()) == ["caution", "danger"]


def test_a_cue_that_something_harmless_takes_back_is_not_lifted() -> None:
    film = replace(found("SECRET"), reduced_weight=0)
    window = [replace(worded(), findings=(film,)), worded(identifier="b")]
    assert level_after(*window) == "no_information"


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


@given(WINDOWS)
def test_the_level_after_each_message_is_that_of_the_window_so_far(window: list[Seen]) -> None:
    levels = judge_conversation("c", window, rules=RULES).levels
    assert list(levels.values()) == [level_after(*window[:n]) for n in range(1, len(window) + 1)]


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
    assert level_after(*told) == level_after(*window)
    assert judge_conversation("c", told, rules=RULES).help


@given(WINDOWS, st.lists(st.sampled_from((*NAMES, "INVENTED")), max_size=4))
def test_what_is_weighed_is_what_is_judged(window: list[Seen], earlier: list[str]) -> None:
    weighed = weigh(window, rules=RULES, earlier=earlier)
    verdict = judge_conversation("c", window, rules=RULES, earlier=earlier)
    assert weighed.level == verdict.level
    assert len(weighed.weights) == sum(len(seen.findings) for seen in weighed.part)
    assert tuple(weighed.part) in (tuple(window), *((seen,) for seen in window))
    if verdict.level != "no_information":
        assert weighed.lure is None or verdict.lure == weighed.lure.id
