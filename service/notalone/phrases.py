"""Phrases: what a rule looks for, in parts, and what of it must stand in a message.

A phrase becomes two things: *anchors*, plain strings that must stand in a message before spaCy is
asked at all, and token patterns (`patterns.py`), with which spaCy alone decides. How it is written
is `phrase_language.py`'s.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple, get_args

from notalone.folding.entities import EntityKind
from notalone.folding.spelling import SENTENCE_END
from notalone.folding.text import strip_marks

GAP_WORDS = 4  # `…` stands for none to four words
MAX_ANCHORS = 64  # to which neighbouring alternatives are multiplied out
LITERALLY = "="  # put before a word typed without marks in a message that uses marks

Run = tuple[str, ...]  # words in a row
NUMBER = "<number>"
SMALL_NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
ENTITIES = frozenset(f"<{kind}>" for kind in get_args(EntityKind))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several runs of words; a lone run when the phrase offers no alternatives."""

    runs: tuple[Run, ...]
    is_optional: bool = False

    @property
    def is_one_word(self) -> bool:
        """Whether a single word stands there, whichever of them."""
        return max(map(len, self.runs)) == 1


@dataclass(frozen=True, slots=True)
class Gap:
    """None to GAP_WORDS words, never across a sentence end."""


class Step(NamedTuple):
    """A part that must stand there, or words in a row, and how far behind the one before it.

    *runs*: how each word of each alternative may be spelt. *within*: the most words from the
    beginning of the part before to that of this one.
    """

    runs: tuple[tuple[frozenset[str], ...], ...]
    within: int


Parts = tuple[Choice | Gap, ...]


@dataclass(frozen=True, eq=False)
class Phrase:
    """A parsed phrase. *source*: as it was written, for maintainers; "" in a family's service."""

    source: str
    parts: Parts

    @property
    def words(self) -> frozenset[str]:
        """Every word the phrase knows, marks kept."""
        return frozenset(
            word
            for part in self.parts
            if isinstance(part, Choice)
            for run in part.runs
            for word in run
        )

    @property
    def anchors(self) -> tuple[frozenset[str], ...]:
        """Sets of plain strings; every match holds one of each set.

        >>> from notalone.phrase_language import parse_phrase
        >>> [sorted(anchors) for anchors in parse_phrase("em (kể|nói) … bí mật").anchors]
        [[' em ke ', ' em noi '], [' bi mat ']]
        """
        return tuple(self.stretches())

    def known(self, seen: Set[str]) -> frozenset[str]:
        """Those of *seen* that are words of the phrase."""
        return self._spellings & seen

    def may_stand(self, seen: Set[str]) -> bool:
        """Whether a message can hold the phrase that shows these words, in whatever order.

        They may be all without marks: then more phrases may stand there than do.

        >>> from notalone.phrase_language import parse_phrase
        >>> parse_phrase("em (kể|nói ra) … (bố|mẹ)?").may_stand({"em", "nói", "ra"})
        True
        """
        for runs in self._needed:
            for words in runs:
                for word in words:
                    if word.isdisjoint(seen):
                        break
                else:
                    break  # this run may stand there
            else:
                return False
        return True

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset().union(*map(spellings_of, self.words))

    @cached_property
    def _needed(self) -> tuple[tuple[tuple[frozenset[str], ...], ...], ...]:
        return tuple(sorted((step.runs for step in self.steps), key=len))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The parts that must stand there, in order."""
        steps: list[Step] = []
        within = 0
        for part in self.parts:
            if isinstance(part, Gap):
                within += GAP_WORDS
                continue
            longest = max(map(len, part.runs))
            if part.is_optional:
                within += longest
                continue
            runs = tuple(map(_needs, part.runs))
            before = steps[-1] if steps else None
            if before and len(before.runs) == len(runs) == 1 and within == len(before.runs[0]):
                steps[-1] = before._replace(runs=((*before.runs[0], *runs[0]),))
                within += longest
            else:
                steps.append(Step(runs, within if steps else 0))
                within = longest
        return tuple(steps)

    @cached_property
    def longest_gap(self) -> int:
        """How many words can stand between two of the phrase that nothing else parts.

        >>> from notalone.phrase_language import parse_phrase
        >>> parse_phrase("đọc … mã").longest_gap, parse_phrase("đọc … (giúp)? … mã").longest_gap
        (4, 8)
        """
        longest = in_a_row = 0
        for part in self.parts:
            if isinstance(part, Gap):
                in_a_row += GAP_WORDS
                longest = max(longest, in_a_row)
            elif not part.is_optional:
                in_a_row = 0
        return longest

    @property
    def is_one_word(self) -> bool:
        """Whether it is a single word, or a choice of single words: every place of one matches."""
        return len(self.parts) == 1 and self.required_choices[0].is_one_word

    @property
    def required_choices(self) -> tuple[Choice, ...]:
        """The parts that must stand there, those with the fewest alternatives first."""
        choices = (part for part in self.parts if isinstance(part, Choice) and not part.is_optional)
        return tuple(sorted(choices, key=lambda choice: len(choice.runs)))

    def stretches(self) -> Iterator[frozenset[str]]:
        """Each stretch that must occur, its alternatives multiplied out while they are few.

        The same as `anchors`, but one by one: often the first tells enough.
        """
        stretch: list[str] = []
        for part in (*self.parts, None):
            runs: list[str] = []
            if isinstance(part, Choice) and not part.is_optional:
                runs = [strip_marks(" ".join(run)) for run in part.runs]
                longer = [f"{before} {run}" for before in stretch for run in runs] or runs
                if len(longer) <= MAX_ANCHORS or not stretch:
                    stretch = longer
                    continue
            anchors = frozenset(map(_anchor, stretch))
            if anchors and "" not in anchors:
                yield anchors
            stretch = runs


def _anchor(words: str) -> str:
    """What of *words* can be looked for as it stands: its longest part without a number."""
    parts = words.split(NUMBER) if NUMBER in words else (words,)  # nearly all
    longest = max(map(str.strip, parts), key=len)
    return f" {longest} " if longest else ""


@cache
def spellings_of(word: str) -> frozenset[str]:
    """How *word* of a rule may stand in a message: with its marks, or without any."""
    plain = sys.intern(strip_marks(word))
    if word == NUMBER:
        return frozenset({word}).union(*map(spellings_of, SMALL_NUMBERS))
    if word in ENTITIES:
        return frozenset({word})
    return frozenset({word, LITERALLY + word} if word == plain else {word, plain})


@cache
def _needs(run: Run) -> tuple[frozenset[str], ...]:
    """How each word of *run* may stand in a message."""
    return tuple(map(spellings_of, run))


def lexicon_of(phrases: Iterable[Phrase]) -> frozenset[str]:
    """Every spelling of every word in *phrases*: the only words a spaCy Doc will hold."""
    words = set(SMALL_NUMBERS)
    for part in {id(part): part for phrase in phrases for part in phrase.parts}.values():
        if isinstance(part, Choice):  # thousands of phrases share a few
            words.update(*part.runs)
    return frozenset(words | {strip_marks(word) for word in words} | {SENTENCE_END})
