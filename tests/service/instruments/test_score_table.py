"""The table says what a maintainer needs to decide, and JSON says all of it."""

from __future__ import annotations

import json
from fractions import Fraction

from notalone.instruments.accepted import Change, Move
from notalone.instruments.corpus import Case
from notalone.instruments.score_table import Report, against_plain, lines_of, table_for_programs
from notalone.instruments.tally import Outcome, Share
from notalone.model import Level, Message

CHANGE = Change("lures by set", "s", "warned", Share(2, 2), Share(1, 2), Fraction(-1))


def outcome(name: str, level: Level, *, is_lure: bool = True, switched_off: int = 0) -> Outcome:
    messages = (Message("1", "những lời không được in ra"),)
    near = None if is_lure else "grooming"
    case = Case(name, "a set", messages, is_lure, "grooming", "none", near=near)
    warned_at = None if level == "no_information" else 0
    return Outcome(case, level, "grooming", warned_at, switched_off=switched_off)


PLAIN = [
    outcome("lure/one", "danger"),
    outcome("lure/two", "caution"),
    outcome("lure/three", "no_information"),
    outcome("talk/one", "no_information", is_lure=False),
    outcome("talk/two", "caution", is_lure=False),
]
HIDDEN = [
    outcome("lure/one", "caution"),
    outcome("lure/two", "caution"),
    outcome("lure/three", "caution"),
    outcome("talk/one", "no_information", is_lure=False),
    outcome("talk/two", "no_information", is_lure=False),
]


def report(**more: object) -> Report:
    return Report(date="2026-11-22", rules="0123 of 2026-11-22", outcomes=PLAIN, **more)  # type: ignore[arg-type]


def test_the_head_says_when_and_by_which_rules() -> None:
    assert lines_of(report())[0].startswith("notalone score, 2026-11-22, rules 0123 of 2026-11-22;")


def test_who_is_disturbed_is_named_and_quoted_nowhere() -> None:
    lines = lines_of(report())
    assert lines[-2].startswith("worst harmless set: a set,  50.0%")
    assert lines[-1] == "  a set: talk/two (caution)"
    assert "không được in ra" not in "\n".join(lines) + json.dumps(table_for_programs(report()))


def test_columns_stand_under_each_other() -> None:
    lines = lines_of(report())
    heads = [line for line in lines if line.startswith(("LURES", "HARMLESS"))]
    assert len({line.index("warned") for line in heads}) == 1
    assert max(map(len, lines)) <= 112


def test_disguises_are_measured_on_what_was_found_in_plain_words() -> None:
    cost = against_plain(PLAIN, HIDDEN)
    assert (cost.kept, cost.kept_level) == (Share(2, 2), Share(1, 2))
    assert cost.points == -50.0


def test_both_recalls_stand_side_by_side() -> None:
    without = [outcome("lure/one", "no_information", switched_off=2), *PLAIN[1:]]
    lines = lines_of(report(cross_validated=without))
    assert "WITHOUT THE CUES WRITTEN FROM IT: 1 of 5 have such cues" in lines
    assert any(line.endswith(" 1/3") and " 2/3 " in line for line in lines)


def test_a_fall_is_told_and_what_to_do_when_it_is_right() -> None:
    moves = [Move("lure/three", "caution", "no_information")]
    assert lines_of(report(changes=[CHANGE], moves=moves))[-5:] == [
        "FELL below what was accepted",
        "  lures by set, s: warned 2/2 → 1/2 (1 case worse)",
        "judged otherwise than when it was accepted",
        "  lure/three: caution → no information",
        "when this is right, or worth it: notalone score --accept",
    ]
    assert lines_of(report(changes=[]))[-1] == "as accepted: no group changed"


def test_programs_get_everything_with_intervals() -> None:
    table = table_for_programs(report(changes=[CHANGE], cross_validated=PLAIN, disguised=HIDDEN))
    table = json.loads(json.dumps(table))
    assert table["groups"]["lures by set"]["a set"]["warned"]["of"] == 3
    assert set(table["groups"]["harmless by script"]["none"]["danger"]) == {
        "hits", "of", "share", "low", "high",
    }  # fmt: skip
    assert table["worst_harmless_set"]["name"] == "a set"
    assert [case["id"] for case in table["disturbed"]] == ["talk/two"]
    assert [case["id"] for case in table["missed"]] == ["lure/three"]
    assert table["cross_validated"]["lures by lure"]["grooming"]["cases"] == 3
    assert table["disguised"]["points"] == -50.0
    assert table["changes"][0]["cases"] == -1
