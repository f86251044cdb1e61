"""Words: a message as a row of normalised words, its short forms and disguises written out.

A rule and a message meet here, so that "k dc ke vs bme", "khong duoc ke voi bo me" and "không được
kể với bố mẹ" become the same row of words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from notalone.folding.entities import Entity, find_entities
from notalone.folding.fragments import may_be_spaced
from notalone.folding.leet import has_leet
from notalone.folding.spelling import (
    NEAR_WORDS,
    NO_MEANING,
    SENTENCE_END,
    STOP,
    UNKNOWN,
    Meaning,
    Spelling,
    meaning_of,
)
from notalone.folding.syllable import is_syllable
from notalone.folding.text import CleanText, clean_text, hold_less, spell, strip_marks
from notalone.folding.tokens import MASKED, TOKEN, Place, mask
from notalone.folding.unravel import has_alias, unravel

_TAIL = '.,!?…:;)"”'  # what ends a word and is none of its letters
_STOPS = frozenset("!?…")
_VOWELS = frozenset("aeiouy")  # "kho.ản" was cut before one; "rồi.mình" is two words
_HELD = re.compile(r"(.)\1\1")
# A chunk between spaces that may be a disguise: a sign between letters, or digits among them.
_ODD_CHUNK = re.compile(
    r"[^\W\d_](?:[^\w\s'’\ue000-\uf8ff]{1,3}|_{1,3})[^\W_]|[0-9@$+|][^\W\d_]|[^\W\d_][0-9@$+|]"
)
_MONEY = frozenset({"<money>", "<account>", "<number>"})
_UNREAD = (UNKNOWN, UNKNOWN)


class Word(NamedTuple):
    """One normalised word.

    *marked* is its spelling with the marks that were typed, `<money>` and the like for an entity,
    or `.` at a sentence end; *plain* the same without marks. *start*/*end* are code points of the
    original text. Words written out of one short form share them.
    """

    marked: str
    plain: str
    start: int
    end: int


@dataclass(eq=False)  # never changed; frozen would cost more than all its fields
class FoldedText:
    """A message as words, with the way back to what the person wrote.

    Most messages end at `scan`: words with their places are made only where somebody asks.
    """

    original: str
    entities: tuple[Entity, ...]
    clean: CleanText  # disguises undone
    _text: str  # the same with the entities masked
    _tokens: list[str]  # as TOKEN finds them in it
    _meanings: list[Meaning]

    @cached_property
    def scan(self) -> str:
        """The words without marks in one string, each between spaces, for the prefilter."""
        return f" {' '.join([meaning.scan for meaning in self._meanings])} "

    @property
    def spelt(self) -> list[str]:
        """The words that rules know, with the marks that were typed."""
        return [marked for meaning in self._meanings for marked, _ in meaning.words]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word, those that no rule names too."""
        places = self._places
        if self.clean.starts is not None:
            places = [self.clean.span(*place) for place in places]
        return tuple(
            [
                Word(marked, plain, start, end)
                for (start, end), (marked, plain) in zip(places, self._every_word, strict=True)
            ]
        )

    def sentence(self, index: int) -> range:
        """The positions of the words that stand in one sentence with the word at *index*."""
        stop = bisect_left(self._stops, index)
        start = self._stops[stop - 1] + 1 if stop else 0
        return range(start, self._stops[stop] if stop < len(self._stops) else len(self._read))

    @cached_property
    def _stops(self) -> list[int]:
        if f" {SENTENCE_END} " not in self.scan:
            return []
        return [index for index, word in enumerate(self._read) if word[0] == SENTENCE_END]

    @cached_property
    def _read(self) -> list[tuple[str, str]]:
        """Like `words`, but one that no rule knows is left unread."""
        return [word for meaning in self._meanings for word in meaning.words or (_UNREAD,)]

    @property
    def plain_words(self) -> list[str]:
        """Every word without its marks: `plain` of `words`, at a fifth of the cost."""
        return [plain for _, plain in self._every_word]

    @property
    def _every_word(self) -> Iterator[tuple[str, str]]:
        for token, meaning in zip(self._tokens, self._meanings, strict=True):
            yield from meaning.words or _strange(token).words

    @cached_property
    def _places(self) -> list[Place]:
        places = [match.span() for match in TOKEN.finditer(self._text)]
        if len(self._read) == len(places):
            return places
        return [
            place
            for place, meaning in zip(places, self._meanings, strict=True)
            for _ in meaning.words or (None,)
        ]

    def word(self, index: int) -> tuple[str, str]:
        """One word as it is read, with and without marks; UNKNOWN where no rule knows it."""
        return self._read[index]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the original behind the words from *start* to *end* (exclusive)."""
        first, last = self._places[start], self._places[end - 1]
        return self.clean.span(*first)[0], self.clean.span(*last)[1]

    @property
    def readings(self) -> Iterator[tuple[str, Meaning]]:
        """Each token as it stands in the clean text, and what it is read as.

        A meaning without words is one that no rule knows; `words` holds one word there.
        """
        return zip(self._tokens, self._meanings, strict=True)

    @cached_property
    def is_marked(self) -> bool:
        """Mostly typed with marks: then a word without any is meant without.

        At least three words, and half of all.
        """
        words = [token for token in self._tokens if token.isalpha()]
        marked = len(words) - [*map(str.isascii, words)].count(True)
        return marked >= 3 and 2 * marked >= len(words)

    def is_as_typed(self, index: int) -> bool:
        """Whether the word stands so in the message, and was not read out of a disguise."""
        if self.clean.starts is None:
            return True
        start, end = self._places[index]
        return end - start == 1 or self.clean.span(start, start + 1) != self.clean.span(start, end)

    def has_comma(self, start: int, end: int) -> bool:
        """Whether a comma stands between the words *start* and *end*."""
        return "," in self._text[self._places[start][1] : self._places[end][0]]


def fold_text(original: str, *, spelling: Spelling) -> FoldedText:
    """Turn *original* into normalised words that still know where they came from.

    >>> nothing = Spelling(homoglyphs={}, always={"k": ("không",)}, near={}).for_words(())
    >>> [word.marked for word in fold_text("K kể ai. Gửi 500k", spelling=nothing).words]
    ['không', 'kể', 'ai', '.', 'gửi', '<money>']
    """
    clean = clean_text(original, homoglyphs=spelling.homoglyphs)
    entities = find_entities(clean.text)
    text = mask(clean.text, entities)
    table = spelling.table
    read = _read_plainly(text, table)
    if read is None or has_alias(read[0], spelling=spelling) or may_be_spaced(text, read[0]):
        clean = unravel(clean, text, spelling=spelling)
        entities = find_entities(clean.text)
        text = mask(clean.text, entities)
        found = TOKEN.findall(text)
        read = found, [table.get(token) or _missed(token, table) for token in found]
    tokens, meanings = read
    if not spelling.doubtful.keys().isdisjoint(tokens):
        _read_doubtful_keys(tokens, meanings, spelling)
    if not spelling.near.keys().isdisjoint(tokens):
        _read_in_company(tokens, meanings, spelling)
    return FoldedText(original, entities, clean, text, tokens, meanings)


def _read_plainly(
    text: str, table: Mapping[str, Meaning]
) -> tuple[list[str], list[Meaning]] | None:
    """The tokens that TOKEN finds and what they mean; None when some chunk may be a disguise.

    Nearly every message is read here, chunk by chunk, at a quarter of the cost.
    """
    tokens: list[str] = []
    meanings: list[Meaning] = []
    for chunk in text.replace("\n", " ! ").split():
        meaning = table.get(chunk)
        if meaning is not None:
            tokens.append(chunk)
            meanings.append(meaning)
            continue
        word = chunk.rstrip(_TAIL)
        if word.isalpha():
            tokens.append(word)
            meanings.append(table.get(word) or _held(word, table))
            for sign in chunk[len(word) :]:
                if sign in _STOPS:
                    tokens.append(sign)
                    meanings.append(STOP)
            if chunk[-1] == SENTENCE_END:
                tokens.append(SENTENCE_END)
                meanings.append(STOP)
        elif _ODD_CHUNK.search(chunk) and _may_be_disguised(chunk, table):
            return None
        else:
            for token in TOKEN.findall(chunk):
                tokens.append(token)
                meanings.append(table.get(token) or _missed(token, table))
    return tokens, meanings


def _may_be_disguised(chunk: str, table: Mapping[str, Meaning]) -> bool:
    """Not so "rồi.mình", where somebody left out a blank, nor "11a3"."""
    if has_leet(chunk):
        return True
    words = [token for token in TOKEN.findall(chunk) if token[0].isalnum()]
    return len(words) > 2 or not all(_is_whole(word, table) for word in words)


def _is_whole(word: str, table: Mapping[str, Meaning]) -> bool:
    if len(word) > 1 and (word in table or word[0].isdigit()):
        return True
    return strip_marks(word[0]) not in _VOWELS and is_syllable(word)


def _held(word: str, table: Mapping[str, Meaning]) -> Meaning:
    """What *word* means without the letters that are held for effect."""
    if _HELD.search(word) is None:
        return NO_MEANING
    return next((table[less] for less in hold_less(word) if less in table), NO_MEANING)


def _strange(token: str) -> Meaning:
    """A word that no rule knows, for people who ask how the message was read."""
    return meaning_of(spell(hold_less(token)[0]))


def _missed(token: str, table: Mapping[str, Meaning]) -> Meaning:
    """What a token means that does not stand in *table* as it was typed."""
    if token[0] in MASKED:
        return MASKED[token[0]]
    if "'" in token or "’" in token:
        return table.get(spell(token), NO_MEANING)
    return _held(token, table)


def _read_doubtful_keys(tokens: list[str], meanings: list[Meaning], spelling: Spelling) -> None:
    """ "khoanr" is "khoản" in a message that also holds "chuyeenr", which nothing else can be."""
    is_sure = any(
        token.isascii() and token not in spelling.always and not meaning.words[0][0].isascii()
        for token, meaning in zip(tokens, meanings, strict=True)
        if meaning.words
    )
    for index, token in enumerate(tokens):
        if is_sure and not meanings[index].words:
            meanings[index] = spelling.doubtful.get(token, meanings[index])


def _read_in_company(tokens: list[str], meanings: list[Meaning], spelling: Spelling) -> None:
    """Write out the short forms whose neighbours say what they stand for.

    Single letters are no company: "a" is "anh" to us, and an article in "to a secure account".
    """
    plain = [
        meaning.scan if meaning.words and len(token) > 1 else strip_marks(token)
        for token, meaning in zip(tokens, meanings, strict=True)
    ]
    for index, token in enumerate(tokens):
        form = spelling.near.get(token)
        if form is None:
            continue
        beside = plain[max(0, index - NEAR_WORDS) : index] + plain[index + 1 :][:NEAR_WORDS]
        words = {word for scan in beside for word in scan.split()}
        words |= {*tokens[max(0, index - NEAR_WORDS) : index + 1 + NEAR_WORDS]} - {token}
        if not form.near.isdisjoint(words) or (form.near_money and not _MONEY.isdisjoint(words)):
            meanings[index] = meaning_of(*form.words)
