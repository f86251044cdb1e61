"""The lines between nothing, caution and danger: by cues, by both witnesses, by addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.invented_lures import RULES, SIGNALS, found, level_after, seen, worded
from notalone.detectors.stages import Pattern, pattern_of
from notalone.judge import judge_conversation
from notalone.levels import (
    Worded,
    evidence_of,
    level_of,
    level_of_both,
    level_of_links,
    resemblance_of_window,
    worded_as,
)
from notalone.model import LEVELS, Level, LinkStrength, Stage, Wording


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
        pytest.param(["CLAIM", "ALONE"], 3, 2, "no_information", id="not that severe"),
        pytest.param(["CLAIM", "FAVOUR"], 4, 2, "no_information", id="too light for a severe one"),
        pytest.param(["CLAIM", "LEAVE"], 4, 1, "caution", id="an officer, and come alone"),
        pytest.param(["CLAIM", "ALONE"], 4, 1, "no_information", id="the same, but lighter"),
        pytest.param(["CLAIM", "PAY"], 4, 1, "no_information", id="an officer, nobody cut off"),
        pytest.param(["SECRET", "FAVOUR", "CLAIM"], 2, 0, "danger", id="tell nobody, five points"),
        pytest.param(
            ["CLAIM", "OFFER", "BRAND_SPOOF", "SECRET"], 2, 0, "danger", id="seven, and a secret"
        ),
    ),
)
def test_level(names: list[str], severity: int, telling: int, level: str) -> None:
    counted = [(found(name), SIGNALS[name].weight) for name in names]
    pattern = replace(pattern_of(counted, signals=SIGNALS), telling=telling)
    assert level_of(pattern, severity=severity) == level


def test_many_points_of_mere_talk_are_no_danger() -> None:
    talk = Pattern({"HELLO": 3, "CLAIM": 3, "OFFER": 3}, ("contact", "trust"), frozenset())
    assert level_of(talk, severity=5) == "caution"


def test_wording_lifts_a_talk_with_one_sign_to_caution_and_no_higher() -> None:
    window = (worded(resemblance=9.0), worded("SECRET", identifier="b"))
    assert level_after(*window) == "caution"
    assert level_after(*(replace(one, wording=Wording(0.1)) for one in window)) == "no_information"
    reasons = judge_conversation("c", window, rules=RULES).reasons
    assert [reason.signal for reason in reasons] == ["SECRET"]


def test_wording_alone_accuses_nobody() -> None:
    assert (
        level_after(worded(resemblance=9.0), worded(resemblance=9.0, identifier="b")) == LEVELS[0]
    )


def test_an_act_that_is_to_be_kept_secret_needs_half_a_second_witness() -> None:
    for resemblance, level in ((0.3, "caution"), (0.6, "danger")):
        assert level_after(worded("SECRET", "PAY", resemblance=resemblance)) == level


def test_a_long_harmless_talk_is_no_more_of_a_trap_for_its_length() -> None:
    talk = [worded(resemblance=0.4, identifier=f"m{n}") for n in range(50)]
    assert level_after(worded("SECRET", resemblance=0.4), *talk) == "no_information"


def test_a_single_message_needs_two_signals_beside_its_wording() -> None:
    assert level_after(worded("SECRET")) == "no_information"
    assert level_after(worded("CLAIM", "ALONE")) == "caution"
    own = replace(seen("b"), wording=None)  # the child's answer is no second message
    assert level_after(worded("SECRET"), own) == "no_information"


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
        assert level_after(worded(*names, resemblance=resemblance)) == level


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
    assert level_after(worded(*names, resemblance=0.8), hello) in plain
    assert level_after(worded(*names, resemblance=1.1), hello) == like_a_trap


@pytest.mark.parametrize(
    ("names", "resemblance", "level"),
    (
        (("ALONE",), 1.03, "no_information"),  # 2 points: 10 %
        (("ALONE",), 1.04, "caution"),
        (("CLAIM",), 0.99, "no_information"),  # one point, and a sign of this very lure
        (("CLAIM",), 1.0, "caution"),
        (("LEAVE", "ALONE"), 0.81, "no_information"),  # 5 points in one step: the cues would warn
        (("LEAVE", "ALONE"), 0.82, "caution"),
        (("LEAVE", "ALONE", "SECRET"), 0.86, "caution"),  # 8 points in two steps
        (("LEAVE", "ALONE", "SECRET"), 0.87, "danger"),
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
    assert level_after(*window, worded(resemblance=0.0, identifier="last")) == level


@pytest.mark.parametrize(
    ("names", "resemblance", "level"),
    (
        (("CLAIM", "ALONE"), 0.62, "no_information"),  # 3 points, and a sign of this very lure
        (("CLAIM", "ALONE"), 0.63, "caution"),
        (("OFFER", "LEAVE"), 0.52, "no_information"),  # 5 points, one sign: the cues would warn
        (("OFFER", "LEAVE"), 0.53, "caution"),
    ),
)
def test_a_single_message_needs_less_of_both(
    names: tuple[str, ...], resemblance: float, level: Level
) -> None:
    assert level_after(worded(*names, resemblance=resemblance)) == level


def pattern(*stages: Stage, points: int, telling: int = 0) -> Pattern:
    """One signal a stage; all but one weigh 1."""
    weights: dict[str, int] = {**dict.fromkeys(stages, 1), stages[0]: points - len(stages) + 1}
    return Pattern(weights, stages, frozenset(), telling=telling)


def test_evidence_is_the_resemblance_and_more_for_each_point_and_each_sign_of_the_very_lure() -> (
    None
):
    worded = Worded(50, is_alone=False)
    assert evidence_of(pattern("trust", points=1), worded) == 55
    assert evidence_of(pattern("trust", points=3), worded) == 65
    assert evidence_of(pattern("trust", "demand", points=3, telling=2), worded) == 83


@pytest.mark.parametrize(
    ("stages", "points", "level"),
    (
        pytest.param(("trust", "demand"), 4, "danger", id="two steps, and a demand"),
        pytest.param(("trust", "demand"), 3, "caution", id="too little said by cues"),
        pytest.param(("contact", "trust"), 4, "caution", id="nothing beyond talk"),
        pytest.param(("demand",), 4, "caution", id="one step"),
    ),
)
def test_however_much_it_sounds_like_a_trap_danger_takes_steps(
    stages: tuple[Stage, ...], points: int, level: Level
) -> None:
    worded = Worded(200, is_alone=False)
    assert level_of_both("no_information", pattern(*stages, points=points), worded) == level


def test_the_two_messages_most_like_a_trap_are_heard() -> None:
    assert resemblance_of_window([0.1, 0.4, -2.0, 0.3]) == pytest.approx(0.5)
    assert worded_as([0.1, 0.4, -2.0, 0.3]) == Worded(50, is_alone=False)
    assert worded_as([0.5]) == Worded(50, is_alone=True)
    assert worded_as([]) is None


@pytest.mark.parametrize(
    ("strengths", "by_itself", "beside_a_cue"),
    (
        ((), "no_information", "no_information"),
        (("likeness",), "caution", "caution"),
        (("spoken_for",), "caution", "danger"),
        (("spoken_for_hidden",), "caution", "caution"),
        (("expired",), "caution", "caution"),
        (("expired", "listed"), "danger", "danger"),
        (("likeness", "likeness_with_act"), "danger", "danger"),
    ),
)
def test_addresses_have_the_level_of_the_strongest(
    strengths: tuple[LinkStrength, ...], by_itself: Level, beside_a_cue: Level
) -> None:
    assert level_of_links(strengths) == by_itself
    assert level_of_links(strengths, is_backed=True) == beside_a_cue
