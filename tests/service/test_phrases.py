"""Phrases: what they match, and that they can be looked for first."""

from __future__ import annotations

import pytest
import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from notalone.detectors.matching import read_for_phrases
from notalone.folding.spelling import Spelling
from notalone.folding.words import fold_text
from notalone.patterns import token_patterns
from notalone.phrase_language import parse_phrase
from notalone.phrases import lexicon_of

PLAIN = Spelling(homoglyphs={}, always={}, near={})
VOCAB = spacy.blank("xx").vocab


def hits(written: str, text: str, *, exact: bool = False) -> bool:
    phrase = parse_phrase(written)
    matcher = Matcher(VOCAB, validate=True)
    matcher.add("phrase", token_patterns(phrase, exact=exact))
    folded = fold_text(text, spelling=PLAIN.for_words(lexicon_of([phrase])))
    words = read_for_phrases(folded, lexicon=lexicon_of([phrase]))
    found = bool(matcher(Doc(VOCAB, words=words)))
    for anchors in phrase.anchors:
        assert not found or any(anchor in folded.scan for anchor in anchors)
    return found


@pytest.mark.parametrize(
    ("phrase", "text"),
    (
        ("vụ án … bí mật", "Vụ án này là bí mật"),
        ("vụ án … bí mật", "vu an bi mat"),
        ("(kể|nói ra) với (bố mẹ|ai)", "đừng nói ra với ai"),
        ("chuyển (gấp)? <money>", "chuyển 500k"),
        ("chuyển (gấp)? <money>", "chuyển gấp 3 triệu"),
        ("công ty", "công ti"),
        ("<number> tuổi", "16 tuổi"),
        ("<number> tuổi", "chín tuổi"),
        ("<number> hôm", "nhớ giữ kín hai hôm đấy"),
        ("<number> hom", "giu kin bay hom nha"),
        ("gửi <number> tấm", "gui 25 tam"),
        ("don't tell", "dont tell"),
        ("Tranh thủ mẹ ngủ", "tranh thu me ngu"),
    ),
)
def test_matches(phrase: str, text: str) -> None:
    assert hits(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    (
        pytest.param("bí mật", "bị mất điện rồi", id="other marks are another word"),
        pytest.param("gửi ảnh", "để mẹ gửi anh cái bánh nhé", id="typed without, meant without"),
        pytest.param("vụ án … bí mật", "Vụ án xong. Bí mật nhé", id="not across a sentence end"),
        pytest.param("vụ án … bí mật", "vụ án một hai ba bốn năm bí mật", id="gap of five"),
    ),
)
def test_does_not_match(phrase: str, text: str) -> None:
    assert not hits(phrase, text)


def test_exact_refuses_words_without_marks() -> None:
    assert hits("gửi mã", "gui ma")
    assert not hits("gửi mã", "gui ma", exact=True)
    assert hits("gửi mã", "gửi mã", exact=True)


@pytest.mark.parametrize(
    ("phrase", "anchors"),
    (
        ("em … (bảo mật|bí mật)", [[" em "], [" bao mat ", " bi mat "]]),
        ("đừng (nói|kể) với", [[" dung ke voi ", " dung noi voi "]]),
        ("giữ (thật)? kín", [[" giu "], [" kin "]]),
        ("<number> đứa mình", [[" dua minh "]]),
    ),
)
def test_anchors_are_what_every_match_holds(phrase: str, anchors: list[list[str]]) -> None:
    assert [sorted(each) for each in parse_phrase(phrase).anchors] == anchors
