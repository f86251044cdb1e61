"""The cues, their spellings and what a message is looked through for, as they are kept.

To read them from their files takes over a second, at each start of the service.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec

from notalone import kept
from notalone.config import KEPT_RULES
from notalone.detectors.cues import Prefilters
from notalone.folding.spelling import Spelling, Words, meaning_in_rules
from notalone.glossary import Glossary
from notalone.model import Bilingual
from notalone.phrases import Choice, Gap, Phrase
from notalone.rulebook import Cue, RuleBook, Scope, Status

T = TypeVar("T")
_GAP = -1  # among the choices of a phrase


def read_kept(data: Path, glossary: Glossary) -> tuple[RuleBook, Prefilters] | None:
    """What `keep` has put into the data folder for the rules of *glossary*; None without it."""
    found = kept.read(data / KEPT_RULES, _Kept, version=glossary.version)
    return None if found is None else _unpacked(found, glossary)


def keep(data: Path, book: RuleBook, prefilters: Prefilters) -> None:
    """Keep what was read, unless something of it was wrong: that is to be said at each start."""
    if not book.errors:
        kept.write(data / KEPT_RULES, _packed(book, prefilters), version=book.glossary.version)


# --- as numbers and texts ------------------------------------------------------------------------

_Numbers = tuple[int, ...]


class _KeptCue(msgspec.Struct, frozen=True, array_like=True):
    """A cue; its phrases by number."""

    id: str
    lure: str | None
    signal: str
    status: Status
    lang: str
    phrases: _Numbers
    unless: _Numbers
    references: tuple[str, ...]
    added: str
    exact: bool
    why: Bilingual | None
    path: str


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """Every word, run of words, choice and phrase once; whatever holds them has their numbers."""

    words: tuple[str, ...]
    runs: tuple[_Numbers, ...]
    choices: tuple[tuple[bool, _Numbers], ...]
    phrases: tuple[_Numbers, ...]
    cues: tuple[_KeptCue, ...]
    scope: dict[str, _Numbers]
    spelling: Spelling  # without its tables
    meanings: tuple[Words, ...]
    table: dict[str, int]
    doubtful: dict[str, int]
    prefilters: Prefilters


def _packed(book: RuleBook, prefilters: Prefilters) -> _Kept:
    cues, scope, spelling = book.cues, book.scope, book.spelling
    asked = chain.from_iterable((*cue.phrases, *cue.unless) for cue in cues)
    phrases = _numbered(chain(asked, scope.phrases))
    choices = _numbered(
        part for phrase in phrases for part in phrase.parts if isinstance(part, Choice)
    )
    runs = _numbered(chain.from_iterable(choice.runs for choice in choices))
    words = _numbered(chain.from_iterable(runs))
    meanings = _numbered(chain(spelling.table.values(), spelling.doubtful.values()))
    return _Kept(
        words=tuple(words),
        runs=tuple(_of(words, run) for run in runs),
        choices=tuple((choice.is_optional, _of(runs, choice.runs)) for choice in choices),
        phrases=tuple(
            tuple(choices[part] if isinstance(part, Choice) else _GAP for part in phrase.parts)
            for phrase in phrases
        ),
        cues=tuple(
            _KeptCue(
                id=cue.id,
                lure=cue.lure,
                signal=cue.signal,
                status=cue.status,
                lang=cue.lang,
                phrases=_of(phrases, cue.phrases),
                unless=_of(phrases, cue.unless),
                references=cue.references,
                added=cue.added,
                exact=cue.exact,
                why=cue.why,
                path=cue.path.as_posix(),
            )
            for cue in cues
        ),
        scope={kind: _of(phrases, framing) for kind, framing in scope.by_kind.items()},
        spelling=replace(spelling, table={}, doubtful={}),
        meanings=tuple(meaning.words for meaning in meanings),
        table={typed: meanings[meaning] for typed, meaning in spelling.table.items()},
        doubtful={typed: meanings[meaning] for typed, meaning in spelling.doubtful.items()},
        prefilters=prefilters,
    )


def _unpacked(found: _Kept, glossary: Glossary) -> tuple[RuleBook, Prefilters]:
    words = [*map(sys.intern, found.words)]  # as the parser does: the spellings name them too
    runs = [tuple([words[word] for word in run]) for run in found.runs]
    choices: list[Choice | Gap] = [
        Choice(tuple([runs[run] for run in of]), is_optional) for is_optional, of in found.choices
    ]
    choices.append(Gap())  # stands at _GAP
    phrases = [Phrase("", tuple([choices[part] for part in parts])) for parts in found.phrases]

    def numbered(numbers: _Numbers) -> tuple[Phrase, ...]:
        return tuple([phrases[number] for number in numbers])

    paths = {path: Path(path) for path in {cue.path for cue in found.cues}}
    cues = tuple(
        Cue(
            id=cue.id,
            lure=cue.lure,
            signal=cue.signal,
            status=cue.status,
            lang=cue.lang,
            phrases=numbered(cue.phrases),
            unless=numbered(cue.unless),
            match=(),
            no_match=(),
            references=tuple(map(sys.intern, cue.references)),  # a few, and hundreds of cues
            added=sys.intern(cue.added),
            exact=cue.exact,
            why=cue.why,
            path=paths[cue.path],
        )
        for cue in found.cues
    )
    scope = Scope(**{kind: numbered(framing) for kind, framing in found.scope.items()})
    meanings = [meaning_in_rules(words) for words in found.meanings]
    meant = {word: word for meaning in meanings for pair in meaning.words for word in pair}
    spelling = replace(
        found.spelling,
        # A third of what is typed is the very word that is meant: one string for both.
        table={meant.get(typed, typed): meanings[of] for typed, of in found.table.items()},
        doubtful={typed: meanings[of] for typed, of in found.doubtful.items()},
    )
    return RuleBook(glossary, cues, scope, spelling, glossary.errors), found.prefilters


def _numbered(things: Iterable[T]) -> dict[T, int]:
    """Each of *things* once, with its number."""
    return {thing: number for number, thing in enumerate(dict.fromkeys(things))}


def _of(numbers: Mapping[T, int], things: Iterable[T]) -> _Numbers:
    return tuple(numbers[thing] for thing in things)
