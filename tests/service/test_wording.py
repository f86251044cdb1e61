"""A verdict for a person: Vietnamese first, the words quoted, what to do at the end."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from notalone.model import LEVELS, Bilingual, Comparison, Level, Reason, Verdict
from notalone.wording import LEVEL_NAMES, describe

REASON = Reason("any.x", "SECRECY", "secrecy", "1", "lời", 0, 3, Bilingual("vì sao", "why"))


def test_vietnamese_comes_first_and_the_words_are_quoted() -> None:
    verdict = Verdict(
        id="1",
        level="caution",
        title=Bilingual("Tiêu đề", "Title"),
        reasons=(REASON,),
        first_action=Bilingual("Hỏi đã.", "Ask first."),
    )
    lines = list(describe(verdict))
    assert lines[0] == "NÊN CẨN THẬN · CAUTION"
    assert "  Tiêu đề / Title" in lines
    assert lines[lines.index("  «lời»") + 1] == "      vì sao / why"
    assert lines[-2:] == ["  → Hỏi đã.", "    Ask first."]


@pytest.mark.parametrize(
    ("actual", "differs", "below"),
    (
        ("vietcornbank.test", ((6, 8), (12, 17)), "      ^^    ^^^^^"),
        ("\U0001043fvietcombank.test", ((2, 6), (13, 18)), " ^^^^       ^^^^^"),
    ),
    ids=("letters", "a letter of two units in front"),
)
def test_two_names_stand_one_over_the_other_and_what_differs_below(
    actual: str, differs: tuple[tuple[int, int], ...], below: str
) -> None:
    compare = Comparison("vietcombank.com.vn", actual, differs)
    lines = list(describe(Verdict("1", reasons=(replace(REASON, compare=compare),))))
    at = lines.index("        vietcombank.com.vn")
    assert lines[at + 1 : at + 3] == [f"        {actual}", f"        {below}"]


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_a_name_and_none_promises_safety(level: Level) -> None:
    said = " ".join(describe(Verdict(id="1", level=level))).lower()
    assert LEVEL_NAMES[level][0].lower() in said
    assert "an toàn" not in said
    assert "safe" not in said
