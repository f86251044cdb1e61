"""Whatever a page holds becomes one clean string, and every slice leads back to the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.folding.text import clean_text, hold_less, spell, strip_marks, utf16_position

HOMOGLYPHS = {"о": "o", "т": "t", "ᴄ": "c", "ѕ": "s"}


@pytest.mark.parametrize(
    ("written", "clean"),
    (
        pytest.param("Chuyển KHOẢN", "chuyển khoản", id="ordinary"),
        pytest.param(unicodedata.normalize("NFD", "Chuyển khoản"), "chuyển khoản", id="NFD"),
        pytest.param("chuyê\u0309n", "chuyển", id="hat composed, tone apart"),
        pytest.param("ch\u200buy\u2060ển", "chuyển", id="zero width"),
        pytest.param("chuyển\U000e0041", "chuyển", id="tag character"),
        pytest.param("\u202echuyển\u202c", "chuyển", id="bidi override"),
        pytest.param("ｏｔｐ 𝐎𝐓𝐏 ⓞⓣⓟ", "otp otp otp", id="full width, mathematical, circled"),
        pytest.param("оᴛp", "oᴛp", id="only what the table knows"),
        pytest.param("ᴄhuyển", "chuyển", id="small capital"),
        pytest.param("o⃣tp", "otp", id="in a box"),
        pytest.param("d\u0335ừng", "đừng", id="a d struck through"),
        pytest.param("đi 🇻🇳 chơi", "đi    chơi", id="a flag spells nothing"),
        pytest.param("ñói çhuyển", "nói chuyển", id="marks Vietnamese does not have"),
        pytest.param("a" + "\u0301" * 4000, "á", id="a tower of marks"),
        pytest.param("", "", id="nothing"),
    ),
)
def test_disguises_fold_to_the_same_letters(written: str, clean: str) -> None:
    assert clean_text(written, homoglyphs=HOMOGLYPHS).text == clean


@given(st.text(max_size=60))
def test_every_clean_character_leads_back_inside_the_original(written: str) -> None:
    clean = clean_text(written, homoglyphs=HOMOGLYPHS)
    for position in range(len(clean.text)):
        start, end = clean.span(position, position + 1)
        assert 0 <= start < end <= len(written)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(written: str) -> None:
    once = clean_text(written, homoglyphs=HOMOGLYPHS).text
    twice = clean_text(once, homoglyphs=HOMOGLYPHS).text
    assert clean_text(twice, homoglyphs=HOMOGLYPHS).text == twice


@pytest.mark.parametrize(
    ("one", "other"),
    (("hoà", "hòa"), ("thuý", "thúy"), ("kỹ", "kĩ"), ("ty", "ti"),
     ("cũng", "củng"), ("don't", "dont"), ("đừg", "đừng"), ("lạh", "lạnh"), ("trog", "trong")),
)  # fmt: skip
def test_one_word_has_one_spelling(one: str, other: str) -> None:
    assert spell(one) == spell(other)


@pytest.mark.parametrize(
    ("one", "other"),
    (("tai", "tay"), ("mã", "mà"), ("quý", "quá"), ("log", "long")),
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert spell(one) != spell(other)


def test_marks_come_off_as_people_type() -> None:
    assert strip_marks("đường dây ở huế") == "duong day o hue"


def test_positions_count_as_javascript_does() -> None:
    text = "🙂 đừng kể"
    start = text.index("đừng")
    units = text.encode("utf-16-le")
    begin = 2 * utf16_position(text, start)
    assert units[begin : begin + 8].decode("utf-16-le") == "đừng"


@pytest.mark.parametrize(
    ("word", "less"),
    (("đừnggg", "đừng đừngg"), ("apppp", "ap app"), ("cccd", "cccd cccd"), ("ok", "ok ok")),
)
def test_letters_held_for_effect_are_let_go(word: str, less: str) -> None:
    assert " ".join(hold_less(word)) == less


def test_a_mark_that_draws_nothing_belongs_to_the_letter_before_it() -> None:
    clean = clean_text("đi\u034f nhé", homoglyphs=HOMOGLYPHS)
    assert clean.text == "đi nhé"
    assert clean.span(0, 2) == (0, 3)
