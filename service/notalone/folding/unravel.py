"""Unravel: a disguised message as the text that it says, with the way back to what was written.

Leet is read, cut words are joined, letters held for effect are let go, aliases are written out.
Only a message that shows a sign of such things comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notalone.folding.fragments import join_fragments
from notalone.folding.leet import read_leet
from notalone.folding.spelling import NEAR_WORDS, Meaning, Spelling
from notalone.folding.text import CleanText, hold_less, strip_marks
from notalone.folding.tokens import MASKED, Token, find_tokens


def has_alias(tokens: list[str], *, spelling: Spelling) -> bool:
    """Whether `unravel` may find another name among these words."""
    aliases = spelling.aliases
    if aliases.keys().isdisjoint(tokens):
        return False
    return any(
        [*map(strip_marks, tokens[index : index + len(alias.typed)])] == [*alias.typed]
        for index, token in enumerate(tokens)
        for alias in aliases.get(token, ())
    )


def unravel(clean: CleanText, masked: str, *, spelling: Spelling) -> CleanText:
    """*clean* with its disguises undone; *masked* is its text with the entities masked."""
    text = read_leet(masked, spelling.table)
    # A word that is not as it was written leads back to all of what was written, as a whole.
    tokens = join_fragments(text, find_tokens(text), spelling.table)
    tokens = [(_let_go(word, spelling.table), place) for word, place in tokens]
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0

    def keep(written: str, first: int) -> None:
        letters.append(written)
        for place in range(first, first + len(written)):
            start, end = clean.span(place, place + 1)
            starts.append(start)
            ends.append(end)

    for word, (first, last) in _read_aliases(tokens, spelling):
        keep(text[position:first], position)
        if word[0] in MASKED:
            keep(clean.text[first:last], first)
        elif word == masked[first:last]:
            keep(word, first)
        else:
            start, end = clean.span(first, last)
            letters.append(word)
            starts += [start] * len(word)
            ends += [end] * len(word)
        position = last
    keep(text[position:], position)
    return CleanText(clean.original, "".join(letters), tuple(starts), tuple(ends))


def _let_go(word: str, table: Mapping[str, Meaning]) -> str:
    """*word* without letters held for effect; "apppp" keeps two, because "app" is the word."""
    if word in table:
        return word
    held = hold_less(word)
    return next((less for less in held if less in table), held[0])


def _read_aliases(tokens: list[Token], spelling: Spelling) -> Iterator[Token]:
    index = 0
    while index < len(tokens):
        token, (start, end) = tokens[index]
        last = index + 1
        for alias in spelling.aliases.get(token, ()):
            after = index + len(alias.typed)
            beside = tokens[max(0, index - NEAR_WORDS) : index] + tokens[after:][:NEAR_WORDS]
            if tuple(strip_marks(word) for word, _ in tokens[index:after]) == alias.typed and (
                not alias.near or not alias.near.isdisjoint(strip_marks(word) for word, _ in beside)
            ):
                token, end, last = " ".join(alias.words), tokens[after - 1][1][1], after
                break
        yield token, (start, end)
        index = last
