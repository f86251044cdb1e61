"""Fragments: words that were cut up, put together again: "c.ô.n.g a.n", "za-lo", "t i ề n"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from notalone.folding.syllable import is_syllable
from notalone.folding.tokens import Token

_GLUE = r"[^\w\s'’\ue000-\uf8ff]{1,3}|_{1,3}"  # private-use letters are masked entities
_IS_GLUE = re.compile(_GLUE)
_SPACED = re.compile(r"[^\w\n'’\ue000-\uf8ff]{1,6}")
_HAS_ROW = re.compile(r"(?<![^\W_])(?:[^\W_][^\w\n'’\ue000-\uf8ff]{1,6}){2}[^\W_](?![^\W_])")
_MIN_LETTERS = 3  # "a b" are two names; "o t p" is a word
_MAX_FRAGMENTS = 12  # of one word
# What a reading costs. Words are cheap, so that "mẹ/bố" stays two of them; a letter that is short
# for a word is cheaper than to read "đi.a" (đi anh) as "đia".
_WORD, _SYLLABLE, _SHORT, _JOINED, _LIKELY, _LETTER, _STRANGE, _NEVER = 2, 3, 4, 5, 8, 8, 12, 1000
_MIN_JOINED = 0.6  # of the letters in a row, to believe that it was cut up at all


def may_be_spaced(text: str, tokens: Sequence[str]) -> bool:
    """Whether a word may stand there letter by letter: "t i ề n"."""
    few = [*map(len, tokens)].count(1) < _MIN_LETTERS
    return not few and _HAS_ROW.search(text) is not None


def join_fragments(text: str, tokens: Iterable[Token], known: Container[str]) -> list[Token]:
    """*tokens* of *text*, cut words joined where a word of *known* comes of it.

    >>> text = "za-lo của mẹ/bố, o . t . p"
    >>> tokens = [(found[0], found.span()) for found in re.finditer("[^\\\\W_]+", text)]
    >>> [word for word, _ in join_fragments(text, tokens, {"zalo", "mẹ", "bố", "otp"})]
    ['zalo', 'của', 'mẹ', 'bố', 'otp']
    """
    joined: list[Token] = []
    chunk: list[Token] = []
    for token in tokens:
        if chunk and not _belong_together(text, chunk[-1], token):
            joined += _read_chunk(text, chunk, known)
            chunk = []
        chunk.append(token)
    return joined + _read_chunk(text, chunk, known)


def _belong_together(text: str, before: Token, after: Token) -> bool:
    (left, (_, end)), (right, (start, _)) = before, after
    if not (left[0].isalnum() and right[0].isalnum()):
        return False
    between = text[end:start]
    if len(left) == len(right) == 1:
        return _SPACED.fullmatch(between) is not None
    return _IS_GLUE.fullmatch(between) is not None


def _read_chunk(text: str, chunk: list[Token], known: Container[str]) -> list[Token]:
    if len(chunk) < 2:
        return chunk
    gaps = [_spaces(text, *pair) for pair in pairwise(chunk)]
    narrow, wide = min(gaps), max(gaps)
    groups = [[chunk[0]]]
    for gap, token in zip(gaps, chunk[1:], strict=True):
        if gap > narrow:  # a wider gap between words than between letters
            groups.append([])
        groups[-1].append(token)
    read: list[Token] = []
    loose: list[Token] = []  # letters in a row of their own: "c.h.u.y.ể.n k h o ả n"
    for group in groups:
        if len(group) == 1 and len(group[0][0]) == 1:
            loose += group
            continue
        read += _read_group(loose, known, is_whole=False)
        read += _read_group(group, known, is_whole=narrow == 0 or wide > narrow)
        loose = []
    return read + _read_group(loose, known, is_whole=False)


def _spaces(text: str, before: Token, after: Token) -> int:
    return sum(map(str.isspace, text[before[1][1] : after[1][0]]))


def _read_group(group: list[Token], known: Container[str], *, is_whole: bool) -> list[Token]:
    """*group* in as few and as well known words as it gives.

    *is_whole*: the page shows where the group begins and ends, so letters nobody knows are still
    one word. Otherwise single letters stay apart unless all of them become words.
    """
    words = [word for word, _ in group]
    if len(words) < 2:
        return group
    all_letters = all(len(word) == 1 for word in words)
    cuts = _cheapest_cuts(words, known)
    read = [_joined(group[start:end]) for start, end in pairwise(cuts)]
    if not all_letters:
        return read
    if is_whole and len(words) >= _MIN_LETTERS:
        is_read = all(len(word) > 1 for word, _ in read)
        return read if is_read else [_joined(group)]
    joined = [len(word) for word, _ in read if len(word) > 1]
    is_cut_up = max(joined, default=0) >= _MIN_LETTERS and sum(joined) >= _MIN_JOINED * len(words)
    return read if is_cut_up or (is_whole and len(read) == 1) else group


def _cheapest_cuts(words: list[str], known: Container[str]) -> list[int]:
    best: list[tuple[int, int]] = [(0, 0)]  # cost so far, and where the last word began
    for end in range(1, len(words) + 1):
        readings = [
            (best[start][0] + _cost(words[start:end], known), start)
            for start in range(max(0, end - _MAX_FRAGMENTS), end)
        ]
        best.append(min(readings))
    cuts = [len(words)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return cuts[::-1]


def _cost(words: list[str], known: Container[str]) -> int:
    word = "".join(words)
    if len(words) > 1:
        return _JOINED if word in known else _LIKELY if is_syllable(word) else _NEVER
    if len(word) == 1:
        return _SHORT if word in known else _LETTER
    return _WORD if word in known else _SYLLABLE if is_syllable(word) else _STRANGE


def _joined(group: Sequence[Token]) -> Token:
    return "".join(word for word, _ in group), (group[0][1][0], group[-1][1][1])
