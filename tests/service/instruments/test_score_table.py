"""The table says what a maintainer needs to decide, and JSON says all of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

import pytest

from notalone.instruments.accepted import Change, Move
from notalone.instruments.corpus import Case
from notalone.instruments.explain_words import Language
from notalone.instruments.score_table import Report, against_plain, lines_of, table_for_programs
from notalone.instruments.tally import Outcome, Share
from notalone.model import Level, Message

CHANGE = Change("lures by set", "s", "warned", Share(2, 2), Share(1, 2), Fraction(-1))


def outcome(name: str, level: Level, *, is_lure: bool = True, did_without: bool = False) -> Outcome:
    messages = (Message("1", "những lời không được in ra"),)
    near = None if is_lure else "grooming"
    case = Case(name, "a set", messages, is_lure, "grooming", "none", near=near)
    warned_at = None if level == "no_information" else 0
    return Outcome(case, level, "grooming", warned_at, did_without=did_without)


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
    return Report(date="2026-11-22", version="0123", built="2026-11-21", outcomes=PLAIN, **more)  # type: ignore[arg-type]


def test_the_head_says_when_and_by_which_rules() -> None:
    assert lines_of(report(), language="en")[0] == (
        "notalone score, 2026-11-22, rules 0123 of 2026-11-21; shares with 95 % intervals"
    )
    assert lines_of(report())[0] == (
        "notalone score, 2026-11-22, bộ dấu hiệu 0123 ngày 2026-11-21; tỉ lệ kèm khoảng tin cậy"
        " 95 %"
    )


def test_who_is_disturbed_is_named_and_quoted_nowhere() -> None:
    lines = lines_of(report(), language="en")
    assert lines[-2].startswith("worst harmless set: a set,  50.0%")
    assert lines[-1] == "  a set: talk/two (caution)"
    in_vietnamese = lines_of(report())
    assert in_vietnamese[-2].startswith("bộ vô hại bị nhắc nhầm nhiều nhất: a set,  50.0%")
    assert in_vietnamese[-1] == "  a set: talk/two (nên cẩn thận)"
    assert "không được in ra" not in "\n".join(lines) + json.dumps(table_for_programs(report()))


HEADS: Mapping[Language, tuple[str, ...]] = {
    "vi": (
        "BẪY",
        "VÔ HẠI",
        "có nhắc",
        "nguy hiểm",
        "kịp lúc",
        "đủ mức",
        "đúng kiểu",
        "mở lời giúp",
    ),
    "en": ("LURES", "HARMLESS", "warned", "danger", "in time", "level", "named", "help"),
}


@pytest.mark.parametrize("language", ("vi", "en"))
def test_columns_stand_under_each_other(language: Language) -> None:
    lines = lines_of(report(), language=language)
    lures, harmless, warned, danger, *measures, help_opened = HEADS[language]
    heads = [line for line in lines if line.startswith((lures, harmless))]
    assert len(heads) == 7
    assert len({line.index(f" {warned} ") for line in heads}) == 1
    assert len({line.index(f" {danger} ") for line in heads}) == 1
    row = next(line for line in lines if line.startswith("  a set") and len(line.split()) > 8)
    for measure, shown in zip(measures, ("66.7%", "66.7%", "100.0%"), strict=True):
        end = heads[0].index(measure) + len(measure)
        assert row[:end].endswith(shown)
    assert heads[-1].endswith(help_opened)
    assert max(map(len, lines)) <= 112


def test_scripts_and_levels_are_named_in_words() -> None:
    lines = lines_of(report())
    assert any(line.startswith("  không dấu ") for line in lines)
    assert any(line.startswith("  nên cẩn thận ") for line in lines)


def test_disguises_are_measured_on_what_was_found_in_plain_words() -> None:
    cost = against_plain(PLAIN, HIDDEN)
    assert (cost.kept, cost.kept_level) == (Share(2, 2), Share(1, 2))
    assert cost.points == -50.0


def test_both_recalls_stand_side_by_side() -> None:
    without = [outcome("lure/one", "no_information", did_without=True), *PLAIN[1:]]
    lines = lines_of(report(cross_validated=without), language="en")
    assert "WITHOUT CUES AND LEARNING FROM IT: 1 of 5 have such" in lines
    assert any(line.endswith(" 1/3") and " 2/3 " in line for line in lines)
    in_vietnamese = lines_of(report(cross_validated=without))
    assert "BỎ MẪU CÂU VÀ ĐIỀU ĐÃ HỌC LẤY TỪ CHÍNH NÓ: 1 trong 5 cuộc có" in in_vietnamese
    assert any(line.split("  ")[1:2] == ["có nhắc"] for line in in_vietnamese)


def test_the_cost_of_disguises_is_told_in_both_languages() -> None:
    told = "\n".join(lines_of(report(disguised=HIDDEN), language="en"))
    assert "IN DISGUISE, 2 to 4 on every message\n  lures still warned of " in told
    assert told.endswith(" 0/2 (-50.00 points)")
    in_vietnamese = "\n".join(lines_of(report(disguised=HIDDEN)))
    assert "CHỮ BIẾN DẠNG, 2 đến 4 kiểu trong mỗi tin\n  bẫy vẫn được nhắc " in in_vietnamese
    assert in_vietnamese.endswith(" 0/2 (-50.00 điểm phần trăm)")


def test_a_fall_is_told_and_what_to_do_when_it_is_right() -> None:
    moves = [Move("lure/three", "caution", "no_information")]
    assert lines_of(report(changes=[CHANGE], moves=moves), language="en")[-5:] == [
        "FELL below what was accepted",
        "  lures by set, s: warned 2/2 → 1/2 (1 case worse)",
        "judged otherwise than when it was accepted",
        "  lure/three: caution → no information",
        "when this is right, or worth it: notalone score --accept",
    ]
    assert lines_of(report(changes=[CHANGE], moves=moves))[-5:] == [
        "KÉM HƠN mức đã chấp nhận",
        "  bẫy, theo bộ, s: có nhắc 2/2 → 1/2 (kém đi 1 cuộc)",
        "nay xét khác lần chấp nhận trước",
        "  lure/three: nên cẩn thận → chưa đủ để nhắc",
        "nếu vậy là đúng, hoặc đáng đổi: notalone score --accept",
    ]
    assert lines_of(report(changes=[]), language="en")[-1] == "as accepted: no group changed"
    assert lines_of(report(changes=[]))[-1] == "như lần chấp nhận trước: không nhóm nào đổi"


def test_programs_get_everything_with_intervals() -> None:
    table = table_for_programs(report(changes=[CHANGE], cross_validated=PLAIN, disguised=HIDDEN))
    table = json.loads(json.dumps(table))
    assert table["rules"] == "0123 of 2026-11-21"
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


def test_cues_alone_stand_beside_the_whole() -> None:
    lines = lines_of(report(cues_only=HIDDEN), language="en")
    start = lines.index("BY CUES ALONE, WITHOUT THE CLASSIFIER")
    sets = [line.split() for line in lines[start + 2 : start + 4]]
    assert [(row[4], row[7]) for row in sets] == [("2/3", "3/3"), ("1/2", "0/2")]
    assert "cues_only" in table_for_programs(report(cues_only=HIDDEN))
