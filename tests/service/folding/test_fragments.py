"""Words that were cut up."""

from __future__ import annotations

import pytest

from notalone.folding.fragments import join_fragments, may_be_spaced
from notalone.folding.tokens import find_tokens

KNOWN = {
    "chuyển", "khoản", "tiền", "công", "an", "zalo", "telegram", "otp", "mẹ", "bố", "e", "a", "k",
    "m", "em", "anh", "come", "co", "me",
}  # fmt: skip


def join(text: str) -> str:
    return "|".join(word for word, _ in join_fragments(text, find_tokens(text), KNOWN))


@pytest.mark.parametrize(
    ("text", "words"),
    (
        pytest.param("c.h.u.y.ể.n k.h.o.ả.n", "chuyển|khoản", id="dots"),
        pytest.param("c-h-u-y-ể-n", "chuyển", id="dashes"),
        pytest.param("c🙂h🙂u🙂y🙂ể🙂n", "chuyển", id="pictures"),
        pytest.param("c h u y ể n   k h o ả n", "chuyển|khoản", id="wider blanks between words"),
        pytest.param("c h u y ể n k h o ả n", "chuyển|khoản", id="even blanks"),
        pytest.param("c.h.u.y.ể.n k h o ả n", "chuyển|khoản", id="dots, then blanks"),
        pytest.param("o - t - p", "otp", id="dashes and blanks"),
        pytest.param("c.ô.n.g a.n phường", "công|an|phường", id="then a whole word"),
        pytest.param("za-lo te.le.gram", "zalo|telegram", id="pieces"),
        pytest.param("kho.ản ch✨uyển", "khoản|chuyển", id="one sign inside"),
        pytest.param("e c h u y ể n a", "e|chuyển|a", id="beside short forms"),
        pytest.param("x y z   q w t", "xyz|qwt", id="a wider blank shows where words end"),
        pytest.param("x.y.z", "xyz", id="letters nobody knows are one word"),
    ),
)
def test_cut_words_are_joined(text: str, words: str) -> None:
    assert join(text) == words


@pytest.mark.parametrize(
    "text",
    (
        "mẹ/bố",
        "mẹ.bố",
        "anh.em",
        "co.me",
        "e a k m",
        "e k a",
        "rồi.mình",
        "x y z",
        "a. b. c",
        "đi.a",
    ),
)
def test_what_was_not_cut_stays_apart(text: str) -> None:
    assert join(text) == "|".join(word for word, _ in find_tokens(text))


def test_a_joined_word_leads_back_to_all_its_pieces() -> None:
    text = "xin o.t.p nhé"
    places = dict(join_fragments(text, find_tokens(text), KNOWN))
    assert text[slice(*places["otp"])] == "o.t.p"


@pytest.mark.parametrize(
    ("text", "expected"), (("o t p", True), ("e ở đây k", False), ("mẹ đi chợ", False))
)
def test_a_quick_look_says_whether_letters_stand_in_a_row(text: str, *, expected: bool) -> None:
    assert may_be_spaced(text, [word for word, _ in find_tokens(text)]) is expected
