"""How organisations are called, and how a message sounds that speaks as one of them.

Reads `called` of the brands and `speaking.toml`, whose phrases become regular expressions over a
row of words: a few messages in a hundred hold an address, and spaCy is not needed for these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec

from notalone.brands import BRANDS_FILE, Brand
from notalone.errors import RuleError, RuleLocation
from notalone.folding.spelling import Spelling
from notalone.folding.text import strip_marks
from notalone.folding.words import fold_text
from notalone.model import Bilingual
from notalone.phrase_language import PhraseError, parse_phrase
from notalone.phrases import GAP_WORDS, Gap, Phrase, spellings_of
from notalone.rulefile import find_text, read_rule_file, shown_path

SPEAKING_FILE = "speaking.toml"
NAME = "<name>"  # stands in a row, and in a phrase, for whatever an organisation is called
Ask = Literal["account", "pay", "papers", "install", "claim"]
Words = tuple[str, ...]
Patterns = tuple[re.Pattern[str], ...]  # over a row: every word with one blank behind it


class Name(NamedTuple):
    """What an organisation is called: as words of a row, and as people write it."""

    words: Words
    brand: Brand
    called: str


Names = Mapping[str, tuple[Name, ...]]  # by the first word without its marks
_IN_PHRASES = "xnamex"  # as long as NAME; the phrase language knows no names
_NAME_GROUP = f"(?P<name>{NAME} )"


@dataclass(frozen=True, slots=True)
class Speaking:
    """What the file says, compiled. By default nobody has a name.

    *opening* and each of *speaks* and *opens* hold a group `name`; *titled* is what may
    stand before it. *asks* stand in the order of the file.
    """

    names: Names = field(default_factory=dict)  # the longest first
    tails: tuple[Words, ...] = ()  # the longest first
    opening: re.Pattern[str] | None = None
    titled: re.Pattern[str] | None = None
    number: Patterns = ()
    person: Patterns = ()
    speaks: Patterns = ()
    opens: Patterns = ()
    courtesy: Patterns = ()
    addressed: Patterns = ()
    curt: Patterns = ()
    tells: Patterns = ()
    asides: Patterns = ()
    familiar: Patterns = ()
    particles: Patterns = ()
    advertises: Patterns = ()
    asks: Mapping[Ask, Patterns] = field(default_factory=dict)
    told: Patterns = ()  # beside these each of *reacts* asks for the account
    reacts: Patterns = ()


NOBODY = Speaking()


def load_speaking(
    folder: Path, *, brands: Iterable[Brand], spelling: Spelling
) -> tuple[Speaking, list[RuleError]]:
    """Read `speaking.toml` of the rule *folder*; a phrase that cannot be read is left out.

    *spelling*: that by which messages are folded, so that a name is read as it will be there.
    """
    path = folder / SPEAKING_FILE
    try:
        written = read_rule_file(path, _SpeakingFile, root=folder)
    except RuleError as error:
        return NOBODY, [error]
    errors: list[RuleError] = []

    def sources(phrases: Iterable[str]) -> list[str]:
        return [*_regular_expressions(phrases, path, spelling, errors, root=folder)]

    def patterns(phrases: Iterable[str]) -> Patterns:
        return tuple(re.compile(f"(?<= ){source}") for source in sources(phrases))

    # Possessive: a title that could be read in two ways must not be tried in all of them.
    titles = "|".join((*sorted(sources(written.title), key=_length), r"\. "))
    return Speaking(
        names=_names(brands, spelling, errors, root=folder),
        tails=tuple(sorted((_words(tail, spelling) for tail in written.tail), key=_length)),
        opening=re.compile(f" (?:{titles})*+{_NAME_GROUP}"),
        titled=re.compile(f" (?:{titles})*+"),
        number=patterns(written.number),
        person=patterns(written.person),
        speaks=patterns(written.speaks),
        opens=patterns(written.opens),
        courtesy=patterns(written.courtesy),
        addressed=patterns(written.addressed),
        curt=patterns(written.curt),
        tells=patterns(written.tells),
        asides=patterns(written.asides),
        familiar=patterns(written.familiar),
        particles=patterns(written.particles),
        advertises=patterns(written.advertises),
        asks={ask: patterns(phrases) for ask, phrases in written.asks.items()},
        told=patterns(written.reacts.told),
        reacts=patterns(written.reacts.asks),
    ), errors


# --- the file, as its authors write it --------------------------------------------------------

_Texts = Annotated[
    tuple[Annotated[str, msgspec.Meta(min_length=1)], ...], msgspec.Meta(min_length=1)
]


class _Reacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    told: _Texts
    asks: _Texts


class _SpeakingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: _Texts
    tail: _Texts
    number: _Texts
    person: _Texts
    speaks: _Texts
    opens: _Texts
    courtesy: _Texts
    addressed: _Texts
    curt: _Texts
    tells: _Texts
    asides: _Texts
    familiar: _Texts
    particles: _Texts
    advertises: _Texts
    asks: dict[Ask, _Texts]
    reacts: _Reacts


def _names(
    brands: Iterable[Brand], spelling: Spelling, errors: list[RuleError], *, root: Path
) -> Names:
    names: dict[str, list[Name]] = defaultdict(list)
    for brand in brands:
        for called in brand.called:
            words = _words(called, spelling)
            if words and all(word.isalnum() for word in words):
                names[strip_marks(words[0])].append(Name(words, brand, called))
            else:
                errors.append(_no_name(called, root=root))
    return {
        first: tuple(sorted(known, key=lambda name: _length(name.words)))
        for first, known in names.items()
    }


def _words(text: str, spelling: Spelling) -> Words:
    return tuple(word.marked for word in fold_text(text, spelling=spelling).words)


def _length(words: Words | str) -> int:
    """Sorts the longest first."""
    return -len(words)


def _no_name(called: str, *, root: Path) -> RuleError:
    path = root / BRANDS_FILE
    line, column = find_text(path.read_text("utf-8"), called)
    return RuleError(
        Bilingual(f"{called!r} không đọc được thành tên", f"{called!r} cannot be read as a name"),
        fix=Bilingual("chỉ viết chữ, không viết địa chỉ", "write words, no address"),
        at=RuleLocation(shown_path(path, root=root), line, column),
    )


def _regular_expressions(
    phrases: Iterable[str],
    path: Path,
    spelling: Spelling,
    errors: list[RuleError],
    *,
    root: Path,
) -> Iterator[str]:
    for written in phrases:
        try:
            phrase = parse_phrase(written.replace(NAME, _IN_PHRASES), short_forms=spelling.always)
        except PhraseError as error:
            line, first = find_text(path.read_text("utf-8"), written)
            at = RuleLocation(shown_path(path, root=root), line, first + error.column - 1)
            errors.append(RuleError(error.problem, fix=error.fix, at=at))
        else:
            yield _regular_expression(phrase)


def _regular_expression(phrase: Phrase) -> str:
    parts: list[str] = []
    for part in phrase.parts:
        if isinstance(part, Gap):
            parts.append(rf"(?:(?!\. )\S+ ){{0,{GAP_WORDS}}}?")
        else:
            runs = ("".join(map(_spelt, run)) for run in part.runs)
            parts.append(f"(?:{'|'.join(runs)})" + "?" * part.is_optional)
    return "".join(parts)


def _spelt(word: str) -> str:
    """*word* as it may stand in a row, and the blank behind it."""
    if word == _IN_PHRASES:
        return _NAME_GROUP
    return f"(?:{'|'.join(map(re.escape, sorted(spellings_of(word))))}) "
