"""Patterns: a parsed phrase as spaCy's Matcher takes it."""

from __future__ import annotations

from collections.abc import Set
from itertools import product
from math import prod
from typing import Any

from notalone.phrases import GAP_WORDS, Gap, Phrase, Run, spellings_of

MAX_SPELT_OUT = 8
TokenPattern = dict[str, Any]
# Everything but a sentence end. By flag, because spaCy compares a list of words for each token.
_GAP: TokenPattern = {"IS_PUNCT": False, "OP": f"{{0,{GAP_WORDS}}}"}


def token_patterns(
    phrase: Phrase, *, exact: bool = False, seen: Set[str] | None = None
) -> list[list[TokenPattern]]:
    """spaCy Matcher patterns for *phrase*.

    *exact*: words typed without marks do not match. *seen*: leave out what a message of these
    words cannot hold; what is left is quicker to look for.
    """
    columns: list[list[list[TokenPattern]]] = []
    end = _end(phrase)
    for number, part in enumerate(phrase.parts):
        if isinstance(part, Gap):
            columns.append([[_GAP]])
            continue
        runs = [_tokens(run, exact=exact, seen=seen) for run in part.runs]
        left = [run for run in runs if run is not None]
        if all(len(run) == 1 for run in left):
            column = [[_token(frozenset().union(*(run[0] for run in left)))]] if left else []
            if part.is_optional and number > end:
                column.append([])
            elif part.is_optional:
                column = [[column[0][0] | {"OP": "?"}]] if left else [[]]
        else:
            # The single words of a mixed group share one token, which keeps the patterns few.
            singles = frozenset().union(*(run[0] for run in left if len(run) == 1))
            column = [list(map(_token, run)) for run in left if len(run) > 1]
            column += [[_token(singles)]] if singles else []
            column += [[]] if part.is_optional else []
        columns.append(column)
    patterns = [
        _without_end_gap([token for piece in pieces for token in piece])
        for pieces in product(*columns)
    ]
    if seen is None:
        return patterns
    return [spelt_out for pattern in patterns for spelt_out in _spelt_out(pattern)]


def _end(phrase: Phrase) -> int:
    """Where in *phrase* the last part stands that must be there."""
    return max(
        (
            n
            for n, part in enumerate(phrase.parts)
            if not isinstance(part, Gap) and not part.is_optional
        ),
        default=len(phrase.parts),
    )


def _without_end_gap(pattern: list[TokenPattern]) -> list[TokenPattern]:
    """*pattern* as far as words of the phrase go: "kể … (nha)?" ends with "kể" where no nha is."""
    while pattern and pattern[-1] is _GAP:
        pattern.pop()
    return pattern


def _spelt_out(pattern: list[TokenPattern]) -> list[list[TokenPattern]]:
    """One pattern for each spelling while they are few.

    To compare a word with one other costs spaCy nothing; with a list, a look at every word.
    """
    choices = [
        [token | {"ORTH": word} for word in token["ORTH"]["IN"]]
        if isinstance(token.get("ORTH"), dict)
        else [token]
        for token in pattern
    ]
    return (
        [*map(list, product(*choices))] if prod(map(len, choices)) <= MAX_SPELT_OUT else [pattern]
    )


def _tokens(run: Run, *, exact: bool, seen: Set[str] | None) -> list[frozenset[str]] | None:
    """The spellings of *run* that can stand there; None when one of its words cannot."""
    tokens: list[frozenset[str]] = []
    for word in run:
        left = spellings_of(word)
        if exact:
            left = frozenset(typed for typed in left if not typed.isascii()) or left
        if seen is not None:
            left &= seen
        if not left:
            return None
        tokens.append(left)
    return tokens


def _token(spellings: frozenset[str]) -> TokenPattern:
    return (
        {"ORTH": next(iter(spellings))} if len(spellings) == 1 else {"ORTH": {"IN": [*spellings]}}
    )
