"""What was accepted is kept readably, and a group that fell is named in cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from notalone.errors import SetupError
from notalone.instruments.accepted import (
    Accepted,
    Groups,
    Levels,
    compare,
    moves,
    read_accepted,
    write_accepted,
)
from notalone.instruments.tally import Share
from notalone.model import Bilingual


def lures(*, warned: Share) -> Groups:
    return {"lures by script": {"teencode": {"warned": warned}}}


def harmless(*, warned: Share) -> Groups:
    return {"harmless by set": {"benign": {"warned": warned}}}


@pytest.mark.parametrize(
    ("before", "now", "said"),
    (
        pytest.param(
            lures(warned=Share(9, 16)),
            lures(warned=Share(7, 16)),
            [
                Bilingual(
                    "bẫy, theo cách gõ, teencode: có nhắc 9/16 → 7/16 (kém đi 2 cuộc)",
                    "lures by script, teencode: warned 9/16 → 7/16 (2 cases worse)",
                )
            ],
            id="a lure that is found no more is worse",
        ),
        pytest.param(
            lures(warned=Share(9, 16)),
            lures(warned=Share(10, 16)),
            [
                Bilingual(
                    "bẫy, theo cách gõ, teencode: có nhắc 9/16 → 10/16 (tốt hơn 1 cuộc)",
                    "lures by script, teencode: warned 9/16 → 10/16 (1 case better)",
                )
            ],
            id="a lure more is better",
        ),
        pytest.param(
            harmless(warned=Share(2, 170)),
            harmless(warned=Share(3, 170)),
            [
                Bilingual(
                    "vô hại, theo bộ, benign: có nhắc 2/170 → 3/170 (kém đi 1 cuộc)",
                    "harmless by set, benign: warned 2/170 → 3/170 (1 case worse)",
                )
            ],
            id="a disturbed family is worse",
        ),
        pytest.param(
            lures(warned=Share(10, 20)),
            lures(warned=Share(19, 40)),
            [
                Bilingual(
                    "bẫy, theo cách gõ, teencode: có nhắc 10/20 → 19/40 (kém đi 1 cuộc)",
                    "lures by script, teencode: warned 10/20 → 19/40 (1 case worse)",
                )
            ],
            id="a grown set is held to the same share",
        ),
        pytest.param(
            harmless(warned=Share(0, 170)),
            harmless(warned=Share(0, 290)),
            [],
            id="a grown harmless set that stays quiet is as accepted",
        ),
        pytest.param({}, lures(warned=Share(0, 3)), [], id="a new group has nothing to fall below"),
    ),
)
def test_what_changed_is_told_in_cases(before: Groups, now: Groups, said: list[Bilingual]) -> None:
    assert [change.told for change in compare(before, now)] == said


def test_a_conversation_that_is_judged_otherwise_is_named() -> None:
    before: Levels = {"lures": {"grooming/one": "danger", "grooming/two": "caution"}}
    now: Levels = {
        "lures": {"grooming/one": "no_information", "grooming/two": "caution", "new": "danger"}
    }
    assert [move.told for move in moves(before, now)] == [
        Bilingual(
            "grooming/one: nguy hiểm → chưa đủ để nhắc", "grooming/one: danger → no information"
        )
    ]


def test_what_is_written_is_read_again_and_reads_well(tmp_path: Path) -> None:
    groups: Groups = {
        "lures by script": {
            "teencode": {"warned": Share(1, 2), "in_time": Share(0, 2)},
            "none": {"warned": Share(3, 4)},
        },
        "harmless by set": {},
    }
    accepted = Accepted(groups, {"lures": {"grooming/one": "danger"}})
    path = tmp_path / "accepted.json"
    write_accepted(path, accepted)
    assert read_accepted(path) == accepted
    written = path.read_text("utf-8")
    assert '    "none": {"warned": [3, 4]},\n    "teencode": {"in_time": [0, 2]' in written
    assert '\n    "grooming/one": "danger"\n' in written


def test_nothing_accepted_yet_is_no_mistake(tmp_path: Path) -> None:
    assert read_accepted(tmp_path / "accepted.json") is None


@pytest.mark.parametrize(
    "written",
    ("{", "[]", '{"groups": {"a": {"b": {"c": 1}}}, "levels": {}}', '{"groups": {}}'),
)
def test_a_broken_file_says_how_to_write_it_anew(tmp_path: Path, written: str) -> None:
    path = tmp_path / "accepted.json"
    path.write_text(written, "utf-8")
    with pytest.raises(SetupError, match="score --accept"):
        read_accepted(path)
