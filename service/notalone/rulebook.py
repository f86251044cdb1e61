"""The cues as one immutable value, with the words that frame them and those that explain them.

A mistake in one file never takes the rest down: it is collected in `RuleBook.errors`, and
everything that could be read is used.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from notalone.errors import RuleError, RuleLocation
from notalone.folding.spelling import Spelling, load_spelling, spell_words
from notalone.glossary import (
    ANY,
    LURE_FILE,
    Glossary,
    Lure,
    Signal,
    load_glossary,
    require_id,
)
from notalone.model import Bilingual
from notalone.phrase_language import Known, PhraseError, parse_phrase, require_anchors
from notalone.phrases import Parts, Phrase, lexicon_of
from notalone.rulefile import (
    RuleTable,
    find_key,
    find_text,
    read_rule_file,
    rule_file,
    shown_path,
)

Status = Literal["draft", "test", "stable", "retired"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One wording of a signal: phrases, and examples that prove them.

    A family's service knows no examples, nor which conversations they were written from.
    """

    id: str
    lure: str | None
    signal: str
    status: Status
    lang: str
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    references: tuple[str, ...]
    added: str
    exact: bool
    why: Bilingual | None
    path: Path
    written_from: tuple[str, ...] = ()  # ids of the conversations that gave its author the wording

    @property
    def is_active(self) -> bool:
        """A draft waits for its author; a retired cue only keeps its id."""
        return self.status in ("test", "stable")

    @property
    def is_tried(self) -> bool:
        """Whether `rules test` runs its examples: a draft's too, before anybody relies on it."""
        return self.status != "retired"

    def names(self, word: str) -> bool:
        """Whether *word*, as it stands in a message, is one of its phrases' words."""
        return any(phrase.known({word}) for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that turn an order round (negation, unless it asks or threatens) or report it."""

    negation: tuple[Phrase, ...] = ()
    question: tuple[Phrase, ...] = ()
    condition: tuple[Phrase, ...] = ()
    report: tuple[Phrase, ...] = ()

    @property
    def by_kind(self) -> dict[str, tuple[Phrase, ...]]:
        """Each kind of words by its name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All of them."""
        return tuple(chain.from_iterable(self.by_kind.values()))


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything the message engine reads."""

    glossary: Glossary
    cues: tuple[Cue, ...]
    scope: Scope
    spelling: Spelling
    errors: tuple[RuleError, ...]  # those of the glossary too
    refused: tuple[Cue, ...] = ()  # warn nobody, for their errors; for `rules lint` to say the rest

    @property
    def signals(self) -> Mapping[str, Signal]:
        return self.glossary.signals

    @property
    def lures(self) -> Mapping[str, Lure]:
        return self.glossary.lures


# --- the files, as their authors write them ---------------------------------------------------

_File = TypeVar("_File")
_Short = Annotated[str, msgspec.Meta(min_length=1)]


class _CueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: _Short
    signal: _Short
    status: Status
    lang: Literal["vi", "en"]
    phrases: Annotated[tuple[_Short, ...], msgspec.Meta(min_length=1)]
    match: tuple[_Short, ...]
    no_match: tuple[_Short, ...]
    references: tuple[str, ...]
    added: datetime.date
    unless: tuple[_Short, ...] = ()
    exact: bool = False
    why: Bilingual | None = None
    written_from: tuple[_Short, ...] = ()


_STAND_IN = {
    "id": "?",
    "signal": "?",
    "status": "draft",
    "lang": "vi",
    "phrases": ("?",),
    "match": (),
    "no_match": (),
    "references": (),
    "added": datetime.date.min,
}


class _ScopeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    negation: tuple[_Short, ...]
    question: tuple[_Short, ...]
    condition: tuple[_Short, ...]
    report: tuple[_Short, ...]


def load_rulebook(
    folder: Path, glossary: Glossary | None = None, *, for_maintainers: bool = True
) -> RuleBook:
    """Read every rule under *folder*. *glossary*: when it has been read already.

    *for_maintainers*: keep what a service never looks at, examples and phrases as written.
    Raises: nothing for a wrong rule; see `RuleBook.errors`.
    """
    glossary = glossary or load_glossary(folder)
    spelling, errors = load_spelling(folder / "text")
    loader = _Loader(folder, glossary, spelling, errors, for_maintainers)
    cues, scope = loader.cues(), loader.scope()
    # Only now, when what reading took is free again: thousands of spellings fill its place.
    spelling = spelling.for_words(_words_of(cues, scope))
    refused = tuple(loader.refused) if for_maintainers else ()
    return RuleBook(glossary, cues, scope, spelling, (*glossary.errors, *errors), refused)


# Words that name an amount or a time: a cut "tri.ệu" is joined again because it stands here.
_UNITS = spell_words(
    "trăm nghìn ngàn triệu tỷ đồng củ phút giờ tiếng ngày hôm nay mai tối chấm com vn"
)


def _words_of(cues: Iterable[Cue], scope: Scope) -> frozenset[str]:
    """Every word that a cue or a frame names, with and without marks."""
    phrases = [phrase for cue in cues for phrase in (*cue.phrases, *cue.unless)]
    return lexicon_of((*phrases, *scope.phrases)).union(_UNITS)


@dataclass(frozen=True, slots=True)
class _Loader:
    """Reads files below *root*; what does not take a whole file down goes to *errors*."""

    root: Path
    glossary: Glossary
    spelling: Spelling
    errors: list[RuleError]
    for_maintainers: bool
    known: Known = field(default_factory=Known)
    phrases: dict[Parts, Phrase] = field(default_factory=dict)  # that cues share, mostly `unless`
    refused: list[Cue] = field(default_factory=list)

    def cues(self) -> tuple[Cue, ...]:
        """Those that can be used; the others, as far as they could be read, go to *refused*."""
        cues: list[Cue] = []
        for path in sorted(self.root.glob("lures/*/*.toml")):
            if path.name == LURE_FILE:
                continue
            try:
                file = rule_file(path, root=self.root)
            except RuleError as error:
                self.errors.append(error)
                continue
            written, wrong = _written(file)
            cue = self._cue(path, written, wrong)
            told = dict.fromkeys(wrong.values())  # each once
            self.errors.extend(sorted(told, key=lambda error: error.at.line))
            (self.refused if wrong else cues).append(cue)
        self.errors.extend(self.stray_files())
        return tuple(cues)

    def _cue(self, path: Path, written: _CueFile, wrong: dict[str, RuleError]) -> Cue:
        """The cue; what is not right in this place goes to *wrong*, by its key."""
        if "id" not in wrong:
            try:
                expected = f"{path.parent.name}.{path.stem}"
                require_id(path, written.id, expected=expected, root=self.root)
            except RuleError as error:
                wrong["id"] = error
        signals = self.glossary.signals
        if "signal" not in wrong and written.signal not in signals:
            wrong["signal"] = RuleError(
                Bilingual(
                    f"không có dấu hiệu {written.signal} trong signals.toml",
                    f"signal {written.signal} is not in signals.toml",
                ),
                fix=_did_you_mean(written.signal.upper(), signals),
                at=self._at(path, key="signal"),
            )
        phrases = () if "phrases" in wrong else self._phrases(path, written.phrases, anchored=True)
        if not phrases and "phrases" not in wrong:
            wrong["phrases"] = RuleError(
                Bilingual("không cụm từ nào dùng được", "none of its phrases can be used"),
                fix=Bilingual(
                    "sửa các cụm từ bị báo lỗi trong tệp này", "mend the phrases named beside this"
                ),
                at=self._at(path, key="phrases"),
            )
        folder = path.parent.name
        return Cue(
            id=written.id,
            lure=None if folder == ANY else folder,
            signal=written.signal,
            status=written.status,
            lang=written.lang,
            phrases=phrases,
            unless=self._phrases(path, written.unless, anchored=False),
            match=written.match if self.for_maintainers else (),
            no_match=written.no_match if self.for_maintainers else (),
            references=written.references,
            added=written.added.isoformat(),
            exact=written.exact,
            why=written.why,
            path=shown_path(path, root=self.root),
            written_from=written.written_from if self.for_maintainers else (),
        )

    def stray_files(self) -> Iterator[RuleError]:
        """Whatever lies in a lure's folder and would silently not be read."""
        for path in sorted(self.root.glob("lures/*/*")):
            if path.suffix != ".toml" and not path.name.startswith("."):
                at = RuleLocation(shown_path(path, root=self.root))
                yield RuleError(
                    Bilingual("tệp này không được đọc", "is not read"),
                    fix=Bilingual(
                        "đổi đuôi tệp thành .toml, hoặc bỏ tệp ra", "name it *.toml, or take it out"
                    ),
                    at=at,
                )

    def scope(self) -> Scope:
        path = self.root / "text" / "scope.toml"
        try:
            written = self._read(path, _ScopeFile)
        except RuleError as error:
            self.errors.append(error)
            return Scope()
        return Scope(
            **{
                name: self._phrases(path, getattr(written, name), anchored=False)
                for name in _ScopeFile.__struct_fields__
            }
        )

    def _read(self, path: Path, kind: type[_File]) -> _File:
        return read_rule_file(path, kind, root=self.root)

    def _phrases(
        self, path: Path, phrases: tuple[str, ...], *, anchored: bool
    ) -> tuple[Phrase, ...]:
        """Every phrase that can be read. *anchored*: it must also work as a prefilter."""
        parsed: list[Phrase] = []
        for written in phrases:
            try:
                phrase = self._phrase(written)
                if anchored:
                    require_anchors(phrase)
            except PhraseError as error:
                line, first = find_text(path.read_text("utf-8"), written)
                at = RuleLocation(shown_path(path, root=self.root), line, first + error.column - 1)
                self.errors.append(RuleError(error.problem, fix=error.fix, at=at))
            else:
                parsed.append(phrase)
        return tuple(parsed)

    def _phrase(self, written: str) -> Phrase:
        phrase = parse_phrase(written, short_forms=self.spelling.always, known=self.known)
        if self.for_maintainers:
            return phrase
        return self.phrases.setdefault(phrase.parts, Phrase("", phrase.parts))

    def _at(self, path: Path, *, key: str) -> RuleLocation:
        return RuleLocation(
            shown_path(path, root=self.root), *find_key(path.read_text("utf-8"), key)
        )


def _written(file: RuleTable) -> tuple[_CueFile, dict[str, RuleError]]:
    """A cue as it stands there, and by its key all that is wrong, which has a stand-in instead.

    All of it, so that it is mended in one go.
    """
    try:
        return file.read(_CueFile), {}  # nearly always
    except RuleError:
        wrong = file.mistakes(_CueFile)
        right = {key: value for key, value in file.values.items() if key not in wrong}
        return msgspec.convert(_STAND_IN | right, _CueFile), wrong


def _did_you_mean(name: str, known: Iterable[str]) -> Bilingual:
    near = get_close_matches(name, known, n=1)
    if near:
        return Bilingual(f"ý bạn là {near[0]}?", f"did you mean {near[0]}?")
    return Bilingual(
        "chọn một tên ở đó, hoặc thêm dấu hiệu này vào đó",
        "take one of its names, or add the signal there",
    )
