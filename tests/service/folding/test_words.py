"""A rule and a message meet in the same words, however the message was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.folding.spelling import Spelling, load_spelling, spell_words
from notalone.folding.words import fold_text

RULES = Path(__file__).resolve().parents[3] / "rules"
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


KNOWN = SPELLING.for_words(spell_words("gửi người mật khẩu chuyển khoản tiền otp với triệu"))


@pytest.mark.parametrize(
    ("typed", "read"),
    (
        pytest.param("guwri maatj khaaur", "gửi mật khẩu", id="Telex"),
        pytest.param("tie62n gu73i", "tiền gửi", id="VNI"),
        pytest.param("chuyeenr khoanr", "chuyển khoản", id="doubtful keys beside sure ones"),
        pytest.param("khoanr", "khoanr", id="doubtful keys alone"),
        pytest.param("c.h.u.y.ể.n k h o ả n", "chuyển khoản", id="cut up"),
        pytest.param("m@t kh4u 0tp", "mat khau otp", id="leet"),
        pytest.param("tiềnnnn", "tiền", id="held"),
        pytest.param("🅞🅣🅟 ⒪⒯⒫ 🇴🇹🇵", "otp otp otp", id="circled, in brackets, of flags"),
        pytest.param("ВẢO МẬT", "bảo mật", id="capitals that imitate others than their small ones"),
        pytest.param("o⃣t⃣p⃣", "otp", id="in boxes"),
        pytest.param("gửi Ðừng", "gửi đừng", id="the other Đ"),
    ),
)
def test_disguises_are_read(typed: str, read: str) -> None:
    assert " ".join(word.marked for word in fold_text(typed, spelling=KNOWN).words) == read


@pytest.mark.parametrize(
    ("text", "sentences"),
    (("a b. c", ["a b", "a b", "a b", "c"]), ("a!", ["a", "a"]), ("", [])),
)
def test_each_word_knows_its_sentence(text: str, sentences: list[str]) -> None:
    nothing = Spelling(homoglyphs={}, always={}, near={}).for_words(())
    folded = fold_text(text, spelling=nothing)
    words = [word.marked for word in folded.words]
    said = [" ".join(words[i] for i in folded.sentence(index)) for index in range(len(words))]
    assert said == sentences


def test_a_full_width_comma_is_a_comma() -> None:
    folded = fold_text("đừng lo，đừng kể", spelling=KNOWN)
    assert [folded.has_comma(index, index + 1) for index in range(3)] == [False, True, False]


def test_a_word_read_out_of_a_disguise_is_not_as_it_was_typed() -> None:
    folded = fold_text("Gửi m@t khẩu cho mẹ với", spelling=KNOWN)
    read = {word.marked: folded.is_as_typed(index) for index, word in enumerate(folded.words)}
    assert (read["mat"], read["cho"], read["gửi"]) == (False, True, True)


def test_a_word_or_two_with_marks_are_no_habit() -> None:
    assert not fold_text("đi chơi nha", spelling=KNOWN).is_marked


def test_an_entity_is_seen_in_a_word_that_was_cut() -> None:
    folded = fold_text("gửi ba tri.ệu", spelling=KNOWN)
    assert [word.marked for word in folded.words] == ["gửi", "<money>"]
