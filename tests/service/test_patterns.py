"""A phrase as spaCy takes it, whole and narrowed to the words of one message."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.matcher import Matcher
from spacy.tokens import Doc

from notalone.patterns import token_patterns
from notalone.phrase_language import parse_phrase
from notalone.phrases import Phrase

VOCAB = spacy.blank("xx").vocab
PHRASES = tuple(
    map(
        parse_phrase,
        ("vụ án … (bí mật|mật)", "(đừng|không được) (kể|nói ra) (cho)? … (bố mẹ|ai)",
         "chuyển (gấp|ngay lập tức)? <money>", "<number> tuổi", "a … a"),
    )
)  # fmt: skip
WORDS = sorted({spelling for phrase in PHRASES for spelling in phrase.known(
    {"vụ", "án", "bí", "mật", "mat", "đừng", "dung", "không", "được", "kể", "ke", "nói", "ra",
     "cho", "=cho", "bố", "mẹ", "ai", "=ai", "chuyển", "gấp", "ngay", "lập", "tức", "<money>",
     "<number>", "hai", "=hai", "tuổi", "a", "=a"}
)})  # fmt: skip


def spans(phrase: Phrase, words: list[str], *, narrowed: bool, exact: bool) -> set[tuple[int, int]]:
    matcher = Matcher(VOCAB, validate=True)
    patterns = token_patterns(phrase, exact=exact, seen=frozenset(words) if narrowed else None)
    if not patterns:
        return set()
    matcher.add("phrase", patterns)
    return {(start, end) for _, start, end in matcher(Doc(VOCAB, words=words))}


@given(
    st.sampled_from(PHRASES),
    st.lists(st.sampled_from([*WORDS, ".", "¤"]), min_size=1, max_size=12),
    st.booleans(),
)
def test_a_narrowed_phrase_finds_what_the_whole_one_finds(
    phrase: Phrase, words: list[str], exact: bool
) -> None:
    if not phrase.may_stand(frozenset(words)):
        assert spans(phrase, words, narrowed=False, exact=exact) == set()
    else:
        whole = spans(phrase, words, narrowed=False, exact=exact)
        assert spans(phrase, words, narrowed=True, exact=exact) == whole


@pytest.mark.parametrize(
    ("phrase", "words", "exact", "found"),
    (
        ("mã … này", "mã ¤ ¤ ¤ ¤ này", False, True),
        ("mã … này", "mã ¤ ¤ ¤ ¤ ¤ này", False, False),
        ("mã … này", "mã ¤ . này", False, False),
        ("mã này", "ma nay", False, True),
        ("mã này", "ma này", True, False),
        ("gửi (gấp)? mã", "gửi mả", False, True),
    ),
)
def test_what_matches(phrase: str, words: str, *, exact: bool, found: bool) -> None:
    hits = spans(
        parse_phrase(phrase), words.replace("mã", "mả").split(), narrowed=True, exact=exact
    )
    assert bool(hits) is found


def test_narrowing_leaves_out_what_cannot_stand_there() -> None:
    phrase = parse_phrase("(đọc|gửi|báo|nhắn) (mã otp|mã này|số này)")
    narrow = token_patterns(phrase, seen={"gửi", "số", "này"})
    assert narrow == [[{"ORTH": "gửi"}, {"ORTH": "số"}, {"ORTH": "này"}]]


def test_a_gap_before_an_end_that_is_left_out_takes_no_words() -> None:
    """What is quoted, and what counts as the same words, ends with the last word that matched."""
    phrase = parse_phrase("kể … (bố mẹ)? … (nha|nhé)?")
    words = ["kể", "chuyện", "này", "nha", "rồi", "chuyển", "tiền"]
    for narrowed in (True, False):
        assert spans(phrase, words, narrowed=narrowed, exact=False) == {(0, 1), (0, 4)}
