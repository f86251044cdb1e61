"""One sentence, however it is typed, becomes the same words; each step has its own test beside."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from notalone.folding.spelling import load_spelling, spell_words
from notalone.folding.words import fold_text

RULES = Path(__file__).resolve().parents[3] / "rules"
SENTENCE = "Em không được kể với bố mẹ, chuyển khoản gấp"
SPELLING = load_spelling(RULES / "text")[0].for_words(spell_words(SENTENCE))


@pytest.mark.parametrize(
    "typed",
    (
        pytest.param(SENTENCE, id="with marks"),
        pytest.param(unicodedata.normalize("NFD", SENTENCE), id="marks apart"),
        pytest.param("em khong duoc ke voi bo me, chuyen khoan gap", id="no marks"),
        pytest.param("e k dc ke vs bme, chuyen khoan gap", id="teencode"),
        pytest.param("e.m k.h.ô.n.g đ.ư.ợ.c kể vs bme, ch.uyển kho.ản gấp", id="dotted"),
        pytest.param("e m k h ô n g   được kể với bố mẹ, chuyển khoản gấp", id="spaced"),
        pytest.param("Em khoong dduwowcj keer vowsi boos mej, chuyeenr khoanr gaasp", id="Telex"),
        pytest.param("Em kh0ng đư0c kể v0i bố mẹ, chuy3n kh0@n g4p", id="leet"),
        pytest.param("Εm\u200b khôngggg được kể vớі bố mẹ, ｃｈｕｙển khoản gấp", id="look-alikes"),
    ),
)
def test_every_way_of_typing_becomes_the_same_words(typed: str) -> None:
    folded = fold_text(typed, spelling=SPELLING)
    assert [word.plain for word in folded.words] == [
        "em", "khong", "duoc", "ke", "voi", "bo", "me", "chuyen", "khoan", "gap"
    ]  # fmt: skip
