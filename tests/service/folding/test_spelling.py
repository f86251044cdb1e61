"""The tables of rules/text, and what they make of the words that rules name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from notalone.folding.spelling import load_spelling, spell_words
from notalone.folding.words import fold_text

RULES = Path(__file__).resolve().parents[3] / "rules"
TABLES, ERRORS = load_spelling(RULES / "text")
SPELLING = TABLES.for_words(spell_words("tiền phần tên mã khoản nghỉ môn không"))


def meant(typed: str) -> str | None:
    meaning = SPELLING.table.get(typed)
    return None if meaning is None else " ".join(marked for marked, _ in meaning.words)


def test_the_shipped_tables_can_be_read() -> None:
    assert ERRORS == []


@pytest.mark.parametrize(
    ("typed", "word"),
    (("tiền", "tiền"), ("tien", "tien"), ("tieenf", "tiền"), ("nghĩ", "nghỉ"), ("ko", "không"),
     ("fần", "phần"), ("bme", "bố mẹ"), ("mã", "mả")),
)  # fmt: skip
def test_each_way_of_typing_is_one_look_up(typed: str, word: str) -> None:
    assert meant(typed) == word


@pytest.mark.parametrize("english", ("fan", "teen", "moon", "max", "as", "son"))
def test_words_of_their_own_are_kept(english: str) -> None:
    assert meant(english) is None
    assert english not in SPELLING.doubtful


def test_a_word_no_rule_names_is_not_in_the_table() -> None:
    assert meant("khủng") is None


def test_keys_that_may_be_something_else_wait_for_company() -> None:
    assert "khoanr" not in SPELLING.table
    assert SPELLING.doubtful["khoanr"].words == (("khoản", "khoan"),)


def test_what_people_write_is_not_interned() -> None:
    """CPython 3.12.0 to 3.12.6 never let go of an interned string, whoever still needs it."""
    for word in fold_text("Zuỳnhlắc quạcxon", spelling=SPELLING).words:
        for written in (word.marked, word.plain):
            same = f"{written} "[:-1]  # equal, and another object
            assert sys.intern(same) is same


def test_a_rule_is_spelt_like_a_message() -> None:
    assert spell_words("Công ty, hoà") == ("công", "ti", "hoà")


def test_a_broken_table_is_named_and_the_other_still_works(tmp_path: Path) -> None:
    (tmp_path / "homoglyphs.toml").write_text('[latin]\na = "а', "utf-8")
    (tmp_path / "teencode.toml").write_text('[always]\nko = "không"\n', "utf-8")
    spelling, errors = load_spelling(tmp_path)
    assert [error.at.path.name for error in errors] == ["homoglyphs.toml"]
    assert spelling.table["ko"].scan == "khong"


@pytest.mark.parametrize(
    "written",
    (
        "[always]\nko = 5",
        '[near.ck]\nwith = ["stk"]',
        '[near]\nck = "chuyển khoản"',
        '[[alias]]\nis = "zalo"\ntyped = [""]',
        "keep = 3",
        '[allways]\nko = "không"',
    ),
)
def test_a_table_of_another_shape_is_named_too(written: str, tmp_path: Path) -> None:
    (tmp_path / "homoglyphs.toml").write_text('[latin]\na = "а"', "utf-8")
    (tmp_path / "teencode.toml").write_text(written, "utf-8")
    spelling, errors = load_spelling(tmp_path)
    assert [error.at.path.name for error in errors] == ["teencode.toml"]
    assert errors[0].at.line
    assert spelling.homoglyphs == {"а": "a"}
