"""What must hold for every message, not only for those somebody thought of.

Over tests/corpus and the rules' own examples. hypothesis draws the same examples every time in CI
(its own profile there is derandomised).
"""

from __future__ import annotations

import functools
import itertools
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harness import shipped
from harness.shipped import checker, rulebook
from notalone.detectors.cues import CueDetector
from notalone.folding.spelling import SENTENCE_END
from notalone.folding.words import FoldedText, Word, fold_text
from notalone.instruments.corpus import Case
from notalone.instruments.disguise import ALL, disguise
from notalone.model import LEVELS, CheckRequest, Level, Message

pytestmark = pytest.mark.long

ALL_CASES = shipped.conversations()
SOME_CASES = ALL_CASES[::4]  # enough words of many hands, and quick enough
# Two sets are enough for what is tried with every conversation, and quick enough.
CASES = [case for case in ALL_CASES if case.source.startswith(("corpus 1", "corpus 2"))]
LURES = [case for case in CASES if case.is_lure]
BENIGN = [case for case in CASES if not case.is_lure]

# lures.md 5: words typed without marks collide ("dừng nói", "đừng nói"), so few of them weigh less,
# and what a comma or a mark told apart is one run of words. Counted on this corpus; only down.
FALLEN_WITHOUT_MARKS = 4
RISEN_WITHOUT_MARKS = 3
# Of all 83,810 ordered pairs of two harmless talks, read as one window: wide cues of two lures add
# up, and so does their wording. With 305 cues and no classifier it was 10 and 28; what the others
# find says `notalone score`.
RISEN_PAIRS = {"as_typed": 356, "without_marks": 1172}


@functools.cache
def detector() -> CueDetector:
    return CueDetector(rulebook())


def fold(text: str) -> FoldedText:
    return fold_text(text, spelling=rulebook().spelling)


def plain_words(text: str) -> list[str]:
    return [word.plain for word in fold(text).words]


def level(messages: tuple[Message, ...]) -> Level:
    return checker().check(CheckRequest(messages=messages)).conversation.level


def rank(messages: tuple[Message, ...]) -> int:
    return LEVELS.index(level(messages))


def with_texts(case: Case, change: Callable[[str], str]) -> tuple[Message, ...]:
    return tuple(replace(message, text=change(message.text)) for message in case.messages)


@functools.cache  # asked for by every message that is drawn
def known_texts() -> list[str]:
    texts = {message.text for case in SOME_CASES for message in case.messages}
    texts |= {text for cue in rulebook().cues for text in (*cue.match, *cue.no_match)}
    return sorted(texts)


def is_one_letter(sign: str) -> bool:
    """Not "¼" or "㎏": one sign that stands for several, which no word can cut in two."""
    return len(unicodedata.normalize("NFKC", sign)) == 1


NOISE = st.text(st.characters().filter(is_one_letter), max_size=8)


@st.composite
def messages_as_typed(draw: st.DrawFn) -> str:
    """A known message, plain or under up to four disguises, sometimes with noise around it."""
    text = draw(st.sampled_from(known_texts()))
    kinds = draw(st.sets(st.sampled_from(ALL), max_size=4))
    rng = random.Random(draw(st.integers(0, 999)))
    return draw(NOISE) + disguise(text, count=len(kinds), rng=rng, kinds=kinds) + draw(NOISE)


# --- offsets ----------------------------------------------------------------------------------


def is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Me")


@settings(max_examples=300)
@given(messages_as_typed())
def test_words_stand_in_order_inside_the_message(text: str) -> None:
    words = fold(text).words
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)


@settings(max_examples=300)
@given(messages_as_typed())
def test_no_word_cuts_a_letter_from_its_marks(text: str) -> None:
    for word in fold(text).words:
        assert word.start == 0 or not is_mark(text[word.start])
        assert word.end == len(text) or not is_mark(text[word.end])


@settings(max_examples=300)
@given(messages_as_typed())
def test_what_is_quoted_holds_the_words_of_the_rule(text: str) -> None:
    folded = fold(text)
    for sighting in detector().sightings(folded):
        words = folded.words[sighting.start : sighting.end]
        if not any(is_read_in_company(text, word) or word.plain[0] == "<" for word in words):
            quote = text[words[0].start : words[-1].end]
            assert plain_words(quote) == [word.plain for word in words]


def is_read_in_company(text: str, word: Word) -> bool:
    """Whether *word* is read so because of what stands near it, outside the quote perhaps."""
    spelling = rulebook().spelling
    typed = fold(text[word.start : word.end]).clean.text
    is_of_a_spaced_word = len(typed) == 1 or " " in typed
    return is_of_a_spaced_word or typed in spelling.near or typed in spelling.doubtful


# Three of four drawn messages hold a word that is read by its neighbours, and are left out.
@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
@given(messages_as_typed())
def test_writing_out_what_was_read_changes_nothing(text: str) -> None:
    once = written_out(text)
    # An amount in disguised words ("bốn trjệu") is found only once they are written out.
    assume(kinds_of_entities(once) == kinds_of_entities(text))
    # Short forms that hang on the words beside them, which are written out now.
    for written in (text, once):
        assume(not any(is_read_in_company(written, word) for word in fold(written).words))
    assert fold(once).scan == fold(text).scan


def kinds_of_entities(text: str) -> list[str]:
    return [entity.kind for entity in fold(text).entities]


def written_out(text: str) -> str:
    """*text* with every word spelt as it was read."""
    read: dict[tuple[int, int], list[str]] = {}
    for word in fold(text).words:
        if word.plain.isalpha():
            read.setdefault((word.start, word.end), []).append(word.marked)
    parts: list[str] = []
    position = 0
    for (start, end), words in read.items():
        parts += text[position:start], " ".join(words)
        position = end
    return "".join((*parts, text[position:]))


# --- spellings --------------------------------------------------------------------------------

FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


def without_marks(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(sign for sign in letters if not is_mark(sign)))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "full_width": lambda text: text.translate(FULL_WIDTH),
    "zero_width": lambda text: "\u200b".join(text),
    "capitals": str.upper,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("case", LURES, ids=lambda case: case.id)
def test_a_lure_keeps_its_level_in_every_spelling(case: Case, spelling: str) -> None:
    plain = checker().check(CheckRequest(messages=case.messages))
    spelt = checker().check(CheckRequest(messages=with_texts(case, SPELLINGS[spelling])))
    assert spelt.conversation.levels == plain.conversation.levels
    assert [one.level for one in spelt.messages] == [one.level for one in plain.messages]


def test_few_lures_change_their_level_without_marks() -> None:
    changed = {
        case.id: rank(with_texts(case, without_marks)) - rank(case.messages) for case in LURES
    }
    fallen = sorted(name for name, change in changed.items() if change < 0)
    risen = sorted(name for name, change in changed.items() if change > 0)
    assert len(fallen) <= FALLEN_WITHOUT_MARKS, fallen
    assert len(risen) <= RISEN_WITHOUT_MARKS, risen


# --- windows ----------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.sampled_from(CASES), st.integers(1, 12), st.booleans())
def test_a_verdict_hangs_on_the_ordered_window_alone(case: Case, cut: int, is_cached: bool) -> None:
    used = checker()
    if not is_cached:
        for memory in (used._memory.findings, used._memory.pairs, used._memory.wordings):
            memory.clear()
    whole = used.check(CheckRequest(messages=case.messages))
    for part in (case.messages[:cut], case.messages[cut:], case.messages[::-1]):
        used.check(CheckRequest(messages=part))
    assert used.check(CheckRequest(messages=case.messages)) == whole
    start = used.check(CheckRequest(messages=case.messages[:cut]))
    assert start.messages == whole.messages[:cut]
    reached = whole.conversation.levels
    assert start.conversation.levels == {m.id: reached[m.id] for m in case.messages[:cut]}


def renumbered(*talks: tuple[Message, ...]) -> tuple[Message, ...]:
    joined = [message for talk in talks for message in talk]
    return tuple(replace(message, id=str(number)) for number, message in enumerate(joined))


TYPED: dict[str, Callable[[str], str]] = {"as_typed": str, "without_marks": without_marks}


@pytest.mark.parametrize("typed", TYPED)
def test_harmless_talk_after_harmless_talk_stays_harmless(typed: str) -> None:
    talks = {case.id: with_texts(case, TYPED[typed]) for case in BENIGN}
    # A talk in which nothing is seen changes nothing beside another.
    telling = {
        name: rank(talk)
        for name, talk in talks.items()
        if any(seen.findings or seen.links for seen in checker().see(talk))
    }
    risen = [
        (first, second)
        for first, second in itertools.permutations(telling, 2)
        if rank(renumbered(talks[first], talks[second])) > max(telling[first], telling[second])
    ]
    assert len(telling) > 1
    assert len(risen) <= RISEN_PAIRS[typed], risen


# --- what must not disarm a lure --------------------------------------------------------------

_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
FRAMES = (
    "Cảnh báo lừa đảo:", "Lưu ý:", "Ngân hàng khuyến cáo", "Tuyệt đối không cung cấp OTP cho ai,",
    "Kẻ xấu thường", "Nghe nói", "Trong phim", "Đọc báo thấy", "Beware of scammers:",
)  # fmt: skip


@functools.cache
def soft_words() -> list[str]:
    """Everything a scammer might type to lower a weight: the rules' own `unless` and frames."""
    unless = {phrase.source for cue in rulebook().cues for phrase in cue.unless}
    return [*sorted({word for word in unless if word.replace(" ", "").isalpha()}), *FRAMES]


@settings(max_examples=150)
@given(st.data())
def test_a_soft_word_takes_away_no_more_than_its_own_sentence(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(LURES))
    at = data.draw(st.integers(0, len(case.messages) - 1))
    sentences = _SENTENCE.split(case.messages[at].text)
    number = data.draw(st.integers(0, len(sentences) - 1))
    word = data.draw(st.sampled_from(soft_words()))
    # Dots inside words may hide where a sentence ends: then others are cut anew with it.
    folded = " ".join(plain_words(case.messages[at].text)).split(SENTENCE_END)
    assume(sum(bool(part.strip()) for part in folded) == len(sentences))
    before = f"{word} {sentences[number]}"
    after = f"{sentences[number].rstrip('.!?… ')} {word}."

    def with_sentence(*instead: str) -> tuple[Message, ...]:
        text = " ".join((*sentences[:number], *instead, *sentences[number + 1 :]))
        changed = replace(case.messages[at], text=text)
        return (*case.messages[:at], changed, *case.messages[at + 1 :])

    assert rank(with_sentence(before)) >= rank(with_sentence())
    assert rank(with_sentence(after)) >= rank(with_sentence())
    assert rank(with_sentence(f"{word}.", sentences[number])) >= rank(case.messages)
