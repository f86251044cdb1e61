"""How a message was read: what was typed, and what it was taken for.

Rules and messages meet in a spelling of their own ("kĩ" for "kỹ", hỏi for ngã). Nobody writes so,
and whoever reads an explanation must not stumble: words are shown as the rules' authors write them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from notalone.folding.spelling import SENTENCE_END, WORD, spell_words
from notalone.folding.text import spell, strip_marks
from notalone.folding.words import FoldedText, Word

Note = Literal["hidden", "foreign", ""]
_DRAWS_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


@dataclass(frozen=True, slots=True)
class Change:
    """*typed* was read as *read*. It held a character that draws nothing, or foreign letters."""

    typed: str
    read: str
    note: Note = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """*marked* and *plain* are the two views in which phrases are looked for."""

    changes: tuple[Change, ...]
    marked: str
    plain: str
    is_as_typed: bool  # *marked* holds the very words that were typed


def readable_words(texts: Iterable[str]) -> dict[str, str]:
    """The usual way of writing each spelt word, learnt from *texts* that people wrote.

    >>> readable_words(["Giữ kín nhé", "giữ kỹ"])["giử"]
    'giữ'
    """
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in WORD.findall(text.lower()):
            written[spell(word)][word] += 1
    return {spelt: forms.most_common(1)[0][0] for spelt, forms in written.items()}


def read(folded: FoldedText, *, readable: Mapping[str, str]) -> Reading:
    """How *folded* was read. *readable*: see `readable_words`."""
    changes: dict[tuple[str, str], Change] = {}
    shown: list[str] = []
    for typed, words in _groups(folded):
        if words == (SENTENCE_END,):
            if shown and not shown[-1].endswith(SENTENCE_END):
                shown[-1] += SENTENCE_END
            continue
        as_typed = _visible(unicodedata.normalize("NFC", typed).lower())
        if words[0].startswith("<") or spell_words(as_typed) == words:
            shown.append(as_typed)
            if (note := _note(typed)) and not words[0].startswith("<"):
                changes.setdefault((typed, as_typed), Change(_visible(typed), as_typed, note))
            continue
        meant = " ".join(readable.get(word, word) for word in words)
        shown.append(meant)
        changes.setdefault((as_typed, meant), Change(_visible(typed), meant, _note(typed)))
    marked = " ".join(shown)
    return Reading(
        changes=tuple(changes.values()),
        marked=marked,
        plain=strip_marks(marked),
        is_as_typed=_only_words(marked) == _only_words(folded.original),
    )


def _groups(folded: FoldedText) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What was typed in one piece, and the words that were made of it."""

    def place(word: Word) -> tuple[int, int]:
        return word.start, word.end

    for (start, end), words in groupby(folded.words, key=place):
        yield folded.original[start:end], tuple(word.marked for word in words)


def _only_words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def _visible(typed: str) -> str:
    return "".join(letter for letter in typed if not _is_hidden(letter))


def _note(typed: str) -> Note:
    if any(map(_is_hidden, typed)):
        return "hidden"
    return "foreign" if any(map(_is_foreign, typed)) else ""


def _is_hidden(letter: str) -> bool:
    return letter in _DRAWS_NOTHING or unicodedata.category(letter) == "Cf"


def _is_foreign(letter: str) -> bool:
    """Whether it only looks like one of our letters: Cyrillic, Greek, circled, full-width …"""
    return letter.isalpha() and (
        not unicodedata.name(letter, "").startswith("LATIN ")
        or unicodedata.normalize("NFKC", letter) != letter
        or "SMALL CAPITAL" in unicodedata.name(letter, "")
    )
