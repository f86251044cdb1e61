"""The map shows where cues are missing, and hides nothing."""

from __future__ import annotations

from notalone.instruments.corpus import Case
from notalone.instruments.coverage import coverage, lines_of, table_for_programs
from notalone.instruments.tally import Outcome
from notalone.model import Message, Stage


def outcome(lure: str, script: str, *stages: Stage, is_lure: bool = True) -> Outcome:
    case = Case("x", "a set", (Message("1", "…"),), is_lure, lure, script)
    return Outcome(case, "no_information", None, None, stages=frozenset(stages))


SEEN = (
    outcome("grooming", "none", "trust"),
    outcome("grooming", "none", "secrecy", "demand"),
    outcome("grooming", "teencode"),
    outcome("fake_bank", "english", "demand"),
    outcome("fake_bank", "english", is_lure=False),
)


def test_a_cell_holds_what_was_seen_in_any_of_its_conversations() -> None:
    found = coverage(SEEN)
    assert str(found["grooming"]["none"]) == "·T·SD 2"
    assert str(found["grooming"]["teencode"]) == "····· 1"
    assert found["fake_bank"]["english"].conversations == 1


def test_people_see_a_row_a_lure_a_column_a_script_and_how_many_show_anything() -> None:
    lines = list(lines_of(SEEN, language="en"))
    assert lines[0].split()[-5:] == ["none", "teencode", "english", "any", "cue"]
    assert lines[1].split() == ["fake_bank", "····D", "1", "1/1"]
    assert lines[2].split() == ["grooming", "·T·SD", "2", "·····", "1", "2/3"]
    assert "S secrecy" in lines[-1]
    assert "S bắt giữ kín" in list(lines_of(SEEN))[-1]


def test_programs_get_the_same() -> None:
    cell = table_for_programs(SEEN)["grooming"]["none"]
    assert cell == {"conversations": 2, "stages": ["trust", "secrecy", "demand"]}
