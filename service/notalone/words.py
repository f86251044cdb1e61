"""Words: a clean message as a row of normalised words, its short forms written out.

A rule and a message meet here: both are spelt by the same function, so that "k dc ke vs bme",
"khong duoc ke voi bo me" and "không được kể với bố mẹ" become the same row of words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from notalone.entities import Entity, find_entities
from notalone.errors import RuleError, RuleLocation
from notalone.text import CleanText, clean_text, is_drawn_out, spell, squeeze, strip_marks

SENTENCE_END = "."
_TOKEN = re.compile(r"(?P<word>[^\W_]+(?:['’][^\W_]+)*)|(?P<stop>[!?…\n]+|\.(?=\s|$))")
_NEAR_WORDS = 3  # on either side, for a short form that means something only in company
_MONEY_KINDS = frozenset({"money", "account", "number"})


class Word(NamedTuple):  # not a dataclass: thousands are made for one page
    """One normalised word.

    *marked* is its spelling with the marks that were typed, `<money>` and the like for an entity,
    or `.` at a sentence end; *plain* the same without marks. *start*/*end* are code points of the
    original text. Words written out of one short form share them.
    """

    marked: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A message as words, with the way back to what the person wrote."""

    original: str
    words: tuple[Word, ...]
    entities: tuple[Entity, ...]
    clean: CleanText
    is_marked: bool  # mostly typed with marks: then a word without any is meant without

    @property
    def scan(self) -> str:
        """The words without marks in one string, each between spaces, for the prefilter."""
        return " " + " ".join(word.plain for word in self.words) + " "


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A token that is written out only when a word of *near*, or money, stands close by."""

    words: tuple[str, ...]
    near: frozenset[str]
    near_money: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """The tables of rules/text: look-alike letters and short forms."""

    homoglyphs: Mapping[str, str]
    always: Mapping[str, tuple[str, ...]]
    near: Mapping[str, ShortForm]


def spell_words(text: str) -> tuple[str, ...]:
    """The normalised words of a rule's *text*, marks kept.

    >>> spell_words("Don't tell, công ty")
    ('dont', 'tell', 'công', 'ti')
    """
    return tuple(
        spell(match["word"]) for match in _TOKEN.finditer(text.lower()) if match["word"] is not None
    )


def fold_text(original: str, *, spelling: Spelling) -> FoldedText:
    """Turn *original* into normalised words that still know where they came from.

    >>> nothing = Spelling(homoglyphs={}, always={"k": ("không",)}, near={})
    >>> [word.marked for word in fold_text("K kể ai. Gửi 500k", spelling=nothing).words]
    ['không', 'kể', 'ai', '.', 'gửi', '<money>']
    """
    clean = clean_text(original, homoglyphs=spelling.homoglyphs)
    entities = find_entities(clean.text)
    tokens = _tokens(clean, entities)
    words: list[Word] = []
    for index, token in enumerate(tokens):
        if token.marked != token.plain or not token.plain.isalnum():
            words.append(token)
            continue
        expansion = _written_out(tokens, index, spelling)
        words.extend(
            Word(word, strip_marks(word), token.start, token.end) for word in expansion
        ) if expansion else words.append(token)
    return FoldedText(original, tuple(words), entities, clean, _is_marked(tokens))


def _tokens(clean: CleanText, entities: tuple[Entity, ...]) -> list[Word]:
    tokens: list[Word] = []
    position = 0
    is_held = is_drawn_out(clean.text)
    for entity in (*entities, None):
        end = len(clean.text) if entity is None else entity.start
        for match in _TOKEN.finditer(clean.text, position, end):
            span = clean.span(match.start(), match.end())
            if match["word"] is None:
                tokens.append(Word(SENTENCE_END, SENTENCE_END, *span))
            else:
                word = squeeze(match["word"]) if is_held else match["word"]
                marked = spell(word)
                tokens.append(Word(marked, strip_marks(marked), *span))
        if entity is not None:
            tag = f"<{entity.kind}>"
            tokens.append(Word(tag, tag, *clean.span(entity.start, entity.end)))
            position = entity.end
    return tokens


def _written_out(tokens: list[Word], index: int, spelling: Spelling) -> tuple[str, ...]:
    """The words a short form stands for here; empty when it stands for itself."""
    short = tokens[index].plain
    form = spelling.near.get(short)
    if form is not None:
        beside = tokens[max(0, index - _NEAR_WORDS) : index]
        beside += tokens[index + 1 : index + 1 + _NEAR_WORDS]
        if any(word.plain in form.near for word in beside) or (
            form.near_money and any(word.plain.strip("<>") in _MONEY_KINDS for word in beside)
        ):
            return form.words
    return spelling.always.get(short, ())


def _is_marked(tokens: list[Word]) -> bool:
    """True when marks were plainly used: at least three words, and half of all."""
    letters = [token for token in tokens if token.plain.isalpha()]
    marked = sum(token.marked != token.plain for token in letters)
    return marked >= 3 and 2 * marked >= len(letters)


def load_spelling(folder: Path) -> tuple[Spelling, list[RuleError]]:
    """Read *folder* (rules/text); what cannot be read is reported and left out."""
    errors: list[RuleError] = []
    homoglyphs: dict[str, str] = {}
    for latin, imitations in _table(folder / "homoglyphs.toml", "latin", errors).items():
        homoglyphs.update(dict.fromkeys(imitations, latin))
    teencode = folder / "teencode.toml"
    always = {
        short: spell_words(words) for short, words in _table(teencode, "always", errors).items()
    }
    near = {
        short: ShortForm(
            words=spell_words(form["is"]),
            near=frozenset(form.get("with", ())),
            near_money=bool(form.get("money", False)),
        )
        for short, form in _table(teencode, "near", errors).items()
    }
    return Spelling(homoglyphs=homoglyphs, always=always, near=near), errors


def _table(path: Path, name: str, errors: list[RuleError]) -> dict[str, Any]:
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text("utf-8")).get(name, {})
    except (OSError, ValueError) as problem:
        errors.append(
            RuleError(str(problem), fix="mend or restore this file", at=RuleLocation(path))
        )
        return {}
    return table
