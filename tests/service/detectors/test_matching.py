"""Where phrases stand: what the prefilter lets through, and what spaCy then decides."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.matcher import Matcher
from spacy.tokens import Doc

from notalone.detectors.matching import Anchors, PhraseFinder, longest_apart, read_for_phrases
from notalone.folding.spelling import Spelling
from notalone.folding.words import FoldedText, fold_text
from notalone.patterns import token_patterns
from notalone.phrase_language import parse_phrase
from notalone.phrases import Phrase, lexicon_of

PHRASES = tuple(
    map(
        parse_phrase,
        ("vụ án … bí mật", "(đừng|không được) (kể|nói ra) … (bố mẹ|ai)", "chuyển (gấp)? <money>",
         "đọc mã", "an toàn", "mật khẩu", "gửi … (giúp)? … ảnh", "(này)? … bảo … (nhé)?"),
    )
)  # fmt: skip
TABLES = Spelling(homoglyphs={}, always={"k": ("không",)}, near={}).for_words(lexicon_of(PHRASES))


def fold(text: str) -> FoldedText:
    return fold_text(text, spelling=TABLES)


def candidates(phrases: list[Phrase], text: str) -> list[int]:
    tables = Spelling(homoglyphs={}, always={}, near={}).for_words(lexicon_of(phrases))
    return Anchors(phrases).candidates(fold_text(text, spelling=tables))


ANCHORS = Anchors(PHRASES)
FINDER = PhraseFinder(PHRASES)
VOCAB = spacy.blank("xx").vocab


def found(phrase: Phrase, text: str) -> list[str]:
    folded = fold(text)
    spans = FINDER.spans(phrase, FINDER.read(folded))
    return [" ".join(word.marked for word in folded.words[start:end]) for start, end in spans]


@pytest.mark.parametrize(
    ("text", "numbers"),
    (
        ("Vụ án này bí mật", [0]),
        ("vu an bi mat, dung ke voi bo me", [0, 1]),
        ("chuyển 500k", [2]),
        ("vụ án này ai cũng biết", []),
        ("doc ma", [3]),
        ("ban toan an", []),
        ("", []),
    ),
)
def test_only_phrases_whose_anchors_all_stand_there_are_candidates(
    text: str, numbers: list[int]
) -> None:
    assert ANCHORS.candidates(fold(text)) == numbers


def test_of_a_run_of_words_all_must_stand_there() -> None:
    phrases = [parse_phrase("(mật khẩu|mã thẻ) … (của anh|của chị)")]
    assert candidates(phrases, "mat khau la cua anh") == [0]
    assert candidates(phrases, "mat khau la cua em") == []
    assert candidates(phrases, "mat khau la anh") == []


def test_a_number_may_be_typed_and_is_not_waited_for() -> None:
    phrases = [parse_phrase("(<number>|mấy) … khách hàng"), parse_phrase("mã (<number>|số)")]
    assert candidates(phrases, "ba khách hàng, mã ba") == [0, 1]
    assert candidates(phrases, "25 khach hang, ma 25") == [0, 1]


def test_words_with_other_marks_are_no_candidates() -> None:
    phrases = [parse_phrase("(bắn|tặng) … (mã thẻ|thẻ cào)")]
    assert candidates(phrases, "bạn nói mà the cao") == []
    assert candidates(phrases, "ban nói mã thẻ") == [0]


WORDS = sorted({word for phrase in PHRASES for word in phrase.words if word.isalpha()})


@given(st.lists(st.sampled_from([*WORDS, "này", "500k", "k", ".", "vu", "bi"]), max_size=12))
def test_whatever_spacy_finds_was_a_candidate(words: list[str]) -> None:
    text = " ".join(words)
    candidates = set(ANCHORS.candidates(fold(text)))
    hits = {number for number, phrase in enumerate(PHRASES) if found(phrase, text)}
    assert hits <= candidates


@given(
    st.sampled_from(PHRASES[:7]),
    st.lists(st.sampled_from([*WORDS, *["x1"] * 20, "500k", ".", "noi", "gui"]), max_size=24),
)
def test_nothing_is_lost_that_spacy_finds_in_the_whole_message(
    phrase: Phrase, words: list[str]
) -> None:
    seen = FINDER.read(fold(" ".join(words)))
    matcher = Matcher(VOCAB)
    matcher.add("phrase", token_patterns(phrase))
    whole = {(start, end) for _, start, end in matcher(Doc(VOCAB, words=seen.words))}
    assert {*FINDER.spans(phrase, seen)} == whole


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    (
        (1, "đừng kể với bố mẹ nhé", ["đừng kể với bố mẹ"]),
        (1, "đừng nói ra với bất kì ai", ["đừng nói ra với bất kì ai"]),
        (1, "đừng nói. bố mẹ", []),
        (2, "chuyển gấp 500k", ["chuyển gấp <money>"]),
        (3, "độc mã", []),
        (6, "gửi a1 b2 c3 d4 ảnh", ["gửi a1 b2 c3 d4 ảnh"]),
        (6, "gửi a1 b2 c3 d4 e5 f6 g7 h8 ảnh", ["gửi a1 b2 c3 d4 e5 f6 g7 h8 ảnh"]),
        (6, "gửi a1 b2 c3 d4 giúp f6 g7 h8 i9 ảnh", ["gửi a1 b2 c3 d4 giúp f6 g7 h8 i9 ảnh"]),
        (6, "gửi a1 b2 c3 d4 e5 f6 g7 h8 i9 ảnh", []),
        (6, "gửi a1 b2 c3. d4 ảnh", []),
        (6, "ảnh gửi", []),
        (7, "bảo", ["bảo"]),
        (3, "thôi khỏi, đọc mã, đi ngủ rồi đọc mã", ["đọc mả", "đọc mả"]),
    ),
)
def test_spans(number: int, text: str, expected: list[str]) -> None:
    assert found(PHRASES[number], text) == expected


def test_a_word_without_marks_among_marked_ones_is_meant_so() -> None:
    lexicon = lexicon_of(PHRASES)
    read = read_for_phrases(fold("đừng nói mật khẩu cho ai doc"), lexicon=lexicon)
    assert read[-1] == "=doc"
    assert read_for_phrases(fold("doc ma"), lexicon=lexicon) == ["doc", "ma"]


def test_a_long_message_of_words_in_the_wrong_order_is_not_given_to_spacy() -> None:
    spread = "bố mẹ " + "x1 " * 9 + "nói ra " + "x2 " * 9 + "đừng " + "x3 " * 9
    folded = fold(spread * 3 + "ra nói bố")
    assert not FINDER.read(folded).last_steps(PHRASES[1])
    assert FINDER.read(fold(spread + "đừng nói ra với ai")).last_steps(PHRASES[1])


def test_words_no_rule_names_are_one_word_for_spacy() -> None:
    finder = PhraseFinder(PHRASES)
    before = finder.known_words
    for number in range(200):
        assert finder.spans(PHRASES[3], finder.read(fold(f"lạ{number} đọc mã kia{number}")))
    assert finder.known_words <= before + 10


@pytest.mark.parametrize(
    ("spans", "kept"),
    (
        ([(0, 3), (1, 2)], [(0, 3)]),
        ([(0, 2), (2, 4)], [(0, 2), (2, 4)]),
        ([(3, 6), (0, 4)], [(0, 4)]),
        ([], []),
    ),
)
def test_of_spans_that_overlap_the_longest_stays(
    spans: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    assert longest_apart(spans) == kept


SEVERAL_LOAD = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor

from notalone.detectors.matching import load_spacy

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("spacy."):
            importers.add(threading.get_ident())
            if "spacy.attrs" in sys.modules:
                begun.set()  # the first thread is in the middle of it

importers, begun = set(), threading.Event()
sys.meta_path.insert(0, Watch())
sys.setswitchinterval(1e-6)
with ThreadPoolExecutor() as threads:
    threads.submit(load_spacy)
    begun.wait()
    for _ in range(3):
        threads.submit(load_spacy)
print(len(importers))
"""


def test_one_thread_alone_imports_spacy() -> None:
    """Its modules import each other in circles: a second thread may be given half of one."""
    done = subprocess.run(
        [sys.executable, "-c", SEVERAL_LOAD], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"
