"""A phrase written out: the plain texts it stands for, so that the engine can be tried on them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from notalone.folding.entities import EntityKind

_PIECE = re.compile(r"\((?P<group>[^()]*)\)(?P<maybe>\??)|(?P<gap>…|\.\.\.)|(?P<word>[^\s()|?…]+)")
FILLER = "blim"  # a word that no rule knows
# One text of each kind, and what must stand near it to be read so.
SAMPLES: Mapping[EntityKind, tuple[str, str]] = {
    "money": ("500k", ""),
    "phone": ("0900 000 111", ""),
    "account": ("9704180012345", "stk"),
    "otp": ("482913", "mã otp"),
    "link": ("https://trang.example/a", ""),
    "time": ("15 phút", ""),
    "number": ("127", ""),
    "email": ("ban@thu.example", ""),
    "handle": ("@ten_nick", ""),
}

Row = tuple[int, ...]  # which alternative of each slot; one past the last: none at all


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a phrase; no alternatives for a gap. *columns* count from 1 in the phrase."""

    alternatives: tuple[str, ...]
    columns: tuple[int, ...]
    is_optional: bool = False

    @property
    def ways(self) -> int:
        """In how many ways it can be written."""
        return len(self.alternatives) + self.is_optional if self.alternatives else 1

    def written(self, way: int) -> str:
        return self.alternatives[way] if way < len(self.alternatives) else ""


def slots_of(source: str) -> tuple[Slot, ...]:
    """The places of a phrase that `parse_phrase` could read.

    >>> [slot.alternatives for slot in slots_of("(kể|nói) … ai")]
    [('kể', 'nói'), (), ('ai',)]
    """
    slots = []
    for piece in _PIECE.finditer(source):
        if piece["group"] is None:
            words = () if piece["gap"] else (piece["word"],)
            slots.append(Slot(words, (piece.start() + 1,)[: len(words)]))
            continue
        alternatives, columns = [], []
        at = piece.start("group") + 1
        for alternative in piece["group"].split("|"):
            alternatives.append(alternative.strip())
            columns.append(at + len(alternative) - len(alternative.lstrip()))
            at += len(alternative) + 1
        slots.append(Slot(tuple(alternatives), tuple(columns), piece["maybe"] == "?"))
    return tuple(slots)


def covering_rows(slots: tuple[Slot, ...]) -> Iterator[Row]:
    """Few rows that hold every way of every slot at least once."""
    for turn in range(max(slot.ways for slot in slots)):
        yield tuple(turn % slot.ways for slot in slots)


def all_rows(slots: tuple[Slot, ...], *, limit: int) -> Iterator[Row]:
    """Every row, or *limit* of them picked evenly at random when there are more."""
    ways = [range(slot.ways) for slot in slots]
    if prod(map(len, ways)) <= limit:
        yield from product(*ways)
    else:
        rng = random.Random(limit)  # noqa: S311 - the same rows on every run
        yield from (tuple(rng.choice(way) for way in ways) for _ in range(limit))


def rows_with(slots: tuple[Slot, ...], place: int, way: int, *, limit: int) -> Iterator[Row]:
    """Rows in which the slot at *place* is written in one certain *way*."""
    fixed = [slot if i != place else Slot(("",), (0,)) for i, slot in enumerate(slots)]
    for row in all_rows(tuple(fixed), limit=limit):
        yield (*row[:place], way, *row[place + 1 :])


def write_out(slots: tuple[Slot, ...], row: Row, *, gap_words: int = 0) -> tuple[str, str]:
    """The text of *row*, every gap filled with so many unknown words; and what belongs near it."""
    written: list[str] = []
    near: list[str] = []
    for slot, way in zip(slots, row, strict=True):
        if not slot.alternatives:
            written += [FILLER] * gap_words
        for word in slot.written(way).split():
            sample, beside = _SAMPLE_OF.get(word, (word, ""))
            written.append(sample)
            if beside:
                near.append(beside)
    return " ".join(written), " ".join(near)


_SAMPLE_OF = {f"<{kind}>": sample for kind, sample in SAMPLES.items()}
