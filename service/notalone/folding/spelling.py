"""Spelling: the tables of rules/text, and every way of typing the words that the rules name.

Made once, when the rules are read. A message word is then one look-up, and a miss means that no
rule cares for it: nothing that people write is remembered to make folding quick.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, NamedTuple, TypeVar

import msgspec

from notalone.errors import RuleError
from notalone.folding.text import spell, strip_marks
from notalone.folding.variants import clipped_variants, key_variants, spelt_variants, teen_variants
from notalone.rulefile import read_rule_file

SENTENCE_END = "."
SENTENCE_ENDS = (SENTENCE_END, "!", "?", "…", "\n")
NEAR_WORDS = 3  # on either side, for what means something only in company
UNKNOWN = "¤"  # a word that no rule knows, in the prefilter's string and in spaCy's Doc
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


Words = tuple[tuple[str, str], ...]  # each with its marks, and without


class Meaning(NamedTuple):
    """What one token stands for: (marked, plain) words, and the plain ones in a row."""

    words: Words
    scan: str


def meaning_of(*marked: str) -> Meaning:
    """The meaning of a token that stands for these words.

    >>> meaning_of("tài", "khoản").scan
    'tai khoan'
    """
    words = tuple((word, strip_marks(word)) for word in marked)
    return Meaning(words, " ".join(plain for _, plain in words))


def meaning_in_rules(words: Words) -> Meaning:
    """The meaning of a token that stands for *words* of the rules.

    Interned, because thousands of spellings mean the same few. Words of a message are not: CPython
    3.12.0 to 3.12.6 never let go of what is interned.
    """
    interned = tuple([(sys.intern(marked), sys.intern(plain)) for marked, plain in words])
    return Meaning(interned, " ".join([plain for _, plain in interned]))


def _meaning_in_rules(*marked: str) -> Meaning:
    return meaning_in_rules(tuple([(word, strip_marks(word)) for word in marked]))


NO_MEANING = Meaning((), UNKNOWN)
STOP = Meaning(((SENTENCE_END, SENTENCE_END),), SENTENCE_END)


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A token that is written out only when a word of *near*, or money, stands close by."""

    words: tuple[str, ...]
    near: frozenset[str]
    near_money: bool


@dataclass(frozen=True, slots=True)
class Alias:
    """Words that people type for another one; *near* as for a short form, empty when always."""

    typed: tuple[str, ...]  # without marks
    words: tuple[str, ...]
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a message is read by.

    *aliases* stand under their first word, with and without marks. *keep* are tokens that are
    words of their own, however much they look like a variant. *doubtful* are Telex and VNI keys
    that are read only in a message that holds sure ones.
    """

    homoglyphs: Mapping[str, str]
    always: Mapping[str, tuple[str, ...]]
    near: Mapping[str, ShortForm]
    aliases: Mapping[str, tuple[Alias, ...]] = field(default_factory=dict)
    keep: frozenset[str] = frozenset()
    table: Mapping[str, Meaning] = field(default_factory=dict)
    doubtful: Mapping[str, Meaning] = field(default_factory=dict)

    def for_words(self, words: Iterable[str]) -> Spelling:
        """The same with every way of typing *words*, which are spelt as `spell_words` does."""
        marked = {word: _meaning_in_rules(word) for word in sorted(set(words)) if word.isalnum()}
        plain = {plain: _meaning_in_rules(plain) for plain in map(strip_marks, marked)}
        table = dict.fromkeys(SENTENCE_ENDS, STOP)
        table |= {short: _meaning_in_rules(*meant) for short, meant in self.always.items()}
        doubtful: dict[str, Meaning] = {}
        # From the surest reading to the least: the first to claim a spelling has it.
        for word, meaning in marked.items():
            table.setdefault(word, meaning)
        every = [
            (word, meaning, tuple(spelt_variants(word)))
            for word, meaning in (*marked.items(), *plain.items())
        ]
        for _, meaning, spelt in every:
            for typed in spelt:
                table.setdefault(typed, meaning)
        for word, meaning, spelt in every:
            teen = (typed for form in spelt for typed in teen_variants(form))
            for typed in (*clipped_variants(word), *teen):
                if typed not in self.keep:
                    table.setdefault(typed, meaning)
        for word, meaning in marked.items():
            for typed, is_sure in key_variants(word):
                if typed not in self.keep and typed not in self.near:
                    (table if is_sure else doubtful).setdefault(typed, meaning)
        doubtful = {typed: doubtful[typed] for typed in doubtful.keys() - table.keys()}
        return replace(self, table=table, doubtful=doubtful)


def spell_words(text: str) -> tuple[str, ...]:
    """The normalised words of a rule's *text*, marks kept.

    >>> spell_words("Don't tell, công ty")
    ('dont', 'tell', 'công', 'ti')
    """
    # Interned, because thousands of phrases name the same few words.
    return tuple(sys.intern(spell(word)) for word in WORD.findall(text.lower()))


_Words = Annotated[str, msgspec.Meta(pattern=r"\S")]
_File = TypeVar("_File", bound=msgspec.Struct)


class _Near(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: _Words = msgspec.field(name="is")
    near: frozenset[str] = msgspec.field(name="with", default=frozenset())
    money: bool = False


class _Mixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meant: Mapping[str, _Words] = msgspec.field(name="is", default_factory=dict)
    near: frozenset[str] = msgspec.field(name="with", default=frozenset())


class _Alias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: _Words = msgspec.field(name="is")
    typed: tuple[_Words, ...]
    near: frozenset[str] = msgspec.field(name="with", default=frozenset())


class _Homoglyphs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    latin: Mapping[str, str] = {}


class _Teencode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    always: Mapping[str, _Words] = {}
    near: Mapping[str, _Near] = {}
    mixed: _Mixed = _Mixed()
    alias: tuple[_Alias, ...] = ()
    keep: frozenset[str] = frozenset()


def load_spelling(folder: Path) -> tuple[Spelling, list[RuleError]]:
    """Read *folder* (rules/text); what cannot be read is reported and left out."""
    errors: list[RuleError] = []
    homoglyphs: dict[str, str] = {}
    for latin, imitations in _read(folder / "homoglyphs.toml", _Homoglyphs, errors).latin.items():
        homoglyphs.update(dict.fromkeys(imitations, latin))
    written = _read(folder / "teencode.toml", _Teencode, errors)
    spelling = Spelling(
        homoglyphs=homoglyphs,
        always={short: spell_words(words) for short, words in written.always.items()},
        near=_short_forms(written),
        aliases=_aliases(written.alias),
        keep=written.keep,
    )
    return spelling.for_words(()), errors


def _short_forms(written: _Teencode) -> dict[str, ShortForm]:
    mixed = {
        english: ShortForm(spell_words(words), near=written.mixed.near, near_money=False)
        for english, words in written.mixed.meant.items()
    }
    return mixed | {
        short: ShortForm(spell_words(form.words), near=form.near, near_money=form.money)
        for short, form in written.near.items()
    }


def _aliases(written: Iterable[_Alias]) -> dict[str, tuple[Alias, ...]]:
    found: dict[str, list[Alias]] = defaultdict(list)
    for form in written:
        for typed in form.typed:
            words = tuple(typed.split())
            alias = Alias(
                typed=tuple(strip_marks(word) for word in words),
                words=spell_words(form.words),
                near=form.near,
            )
            for first in {words[0], strip_marks(words[0])}:
                found[first].append(alias)
    longest_first = {
        first: sorted(aliases, key=lambda alias: -len(alias.typed))
        for first, aliases in found.items()
    }
    return {first: tuple(aliases) for first, aliases in longest_first.items()}


def _read(path: Path, kind: type[_File], errors: list[RuleError]) -> _File:
    try:
        return read_rule_file(path, kind, root=path.parent.parent)
    except RuleError as error:
        errors.append(error)
        return kind()
