"""A rule and a message meet in the same words, however the message was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.spelling import load_spelling, spell_words
from notalone.words import fold_text

RULES = Path(__file__).resolve().parents[2] / "rules"
SPELLING, _ = load_spelling(RULES / "text")


def plain(text: str) -> str:
    return " ".join(word.plain for word in fold_text(text, spelling=SPELLING).words)


@pytest.mark.parametrize(
    "typed",
    ("Em không được kể với bố mẹ", "em khong duoc ke voi bo me", "e k dc ke vs bme",
     "EM KHÔNG ĐƯỢC KỂ VỚI BỐ MẸ", "em khôngggg được kể với bố mẹ"),
)  # fmt: skip
def test_every_way_of_typing_gives_the_same_words(typed: str) -> None:
    assert plain(typed) == "em khong duoc ke voi bo me"


@pytest.mark.parametrize(
    ("typed", "meant"),
    (
        pytest.param("ck 500k nha", "chuyen khoan <money> nha", id="ck beside money"),
        pytest.param("ck mk iu lắm", "ck minh yeu lam", id="ck alone is a husband"),
        pytest.param("2 đứa mình thôi", "hai dua minh thoi", id="a small number is a word"),
        pytest.param("12 đứa, 2.5 điểm", "<number> dua <number> diem", id="a larger one is not"),
        pytest.param("khoa tk", "khoa tai khoan", id="tk beside a lock"),
    ),
)
def test_short_forms_are_read_in_company(typed: str, meant: str) -> None:
    assert plain(typed) == meant


def test_a_dot_inside_words_is_no_sentence_end() -> None:
    assert plain("Đi rồi. Về.nhà") == "di roi . ve nha"


def test_unmarked_words_in_a_marked_message_are_meant_without_marks() -> None:
    assert fold_text("để mẹ gửi anh cái bánh", spelling=SPELLING).is_marked
    assert not fold_text("de me gui anh cai banh", spelling=SPELLING).is_marked


@given(
    st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ .,!?\u0301\u200b1234567890k", max_size=80)
)
def test_words_slice_the_original(text: str) -> None:
    words = fold_text(text, spelling=SPELLING).words
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)


def test_a_rule_is_spelt_like_a_message() -> None:
    assert spell_words("Công ty, hoà") == ("công", "ti", "hoà")


def test_a_broken_table_is_named_and_the_other_still_works(tmp_path: Path) -> None:
    (tmp_path / "homoglyphs.toml").write_text('[latin]\na = "а', "utf-8")
    (tmp_path / "teencode.toml").write_text('[always]\nko = "không"\n', "utf-8")
    spelling, errors = load_spelling(tmp_path)
    assert [error.at.path.name for error in errors] == ["homoglyphs.toml"]
    assert fold_text("ko", spelling=spelling).words[0].marked == "không"
