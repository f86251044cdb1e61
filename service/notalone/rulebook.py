"""The rule folder as one immutable value: signals, lures, cues, and the words that frame them.

A mistake in one file never takes the rest down: it is collected in `RuleBook.errors`, and
everything that could be read is used.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from notalone.errors import RuleError, RuleLocation
from notalone.model import Bilingual, Stage, Tactic
from notalone.phrases import Phrase, PhraseError, parse_phrase, require_anchors
from notalone.rulefile import find_key, find_text, read_rule_file, shown_path
from notalone.words import Spelling, load_spelling

ANY = "any"  # the folder of cues that every lure shares
Asks = Literal["money", "code", "image", "travel", "threat", "silence", "install", "credentials"]
# design.md 5.4: in a window that holds one of these, no reducer works.
HARD_ASKS: frozenset[Asks] = frozenset({"money", "code", "image", "travel", "threat"})
Status = Literal["draft", "test", "stable", "retired"]


@dataclass(frozen=True, slots=True)
class Signal:
    """What a cue shows. A reducer has *reduces* instead of stage, tactic and weight."""

    name: str
    why: Bilingual
    stage: Stage = "contact"
    tactic: Tactic = "trust"
    weight: int = 0
    asks: Asks | None = None
    reduces: int = 0


@dataclass(frozen=True, slots=True)
class Lure:
    """A kind of trap, and what we say about it."""

    id: str
    severity: int
    title: Bilingual
    about: Bilingual
    first_action: Bilingual
    next_steps: tuple[Bilingual, ...]
    signals: tuple[str, ...]
    sources: tuple[str, ...]
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """One wording of a signal: phrases, and examples that prove them."""

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

    @property
    def is_active(self) -> bool:
        """A draft waits for its author; a retired cue only keeps its id."""
        return self.status in ("test", "stable")


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that turn an order round (negation, unless it asks or threatens) or report it."""

    negation: tuple[Phrase, ...] = ()
    question: tuple[Phrase, ...] = ()
    condition: tuple[Phrase, ...] = ()
    report: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything the message engine reads."""

    signals: Mapping[str, Signal]
    lures: Mapping[str, Lure]
    cues: tuple[Cue, ...]
    scope: Scope
    spelling: Spelling
    version: str  # hash of every file
    built: str  # ISO date of the newest rule
    errors: tuple[RuleError, ...]


# --- the files, as their authors write them ---------------------------------------------------

_File = TypeVar("_File")
_Short = Annotated[str, msgspec.Meta(min_length=1)]


class _SignalFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    why: Bilingual
    stage: Stage = "contact"
    tactic: Tactic = "trust"
    weight: Annotated[int, msgspec.Meta(ge=0, le=4)] = 0
    asks: Asks | None = None
    reduces: Annotated[int, msgspec.Meta(ge=0, le=4)] = 0


class _LureFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: _Short
    severity: Annotated[int, msgspec.Meta(ge=1, le=4)]
    title: Bilingual
    about: Bilingual
    first_action: Bilingual
    next_steps: tuple[Bilingual, ...]
    signals: tuple[str, ...]
    sources: tuple[str, ...]
    watched: bool = False


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


class _ScopeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    negation: tuple[_Short, ...]
    question: tuple[_Short, ...]
    condition: tuple[_Short, ...]
    report: tuple[_Short, ...]


def load_rulebook(folder: Path) -> RuleBook:
    """Read every rule under *folder*.

    Raises: nothing for a wrong rule; see `RuleBook.errors`.
    """
    spelling, errors = load_spelling(folder / "text")
    loader = _Loader(folder, spelling, errors)
    signals = loader.signals()
    lures: dict[str, Lure] = {}
    cues: list[Cue] = []
    for path in sorted(folder.glob("lures/*/*.toml")):
        try:
            if path.name == "lure.toml":
                lures[path.parent.name] = loader.lure(path)
            else:
                cues.append(loader.cue(path, signals=signals))
        except RuleError as error:
            errors.append(error)
    return RuleBook(
        signals=signals,
        lures=lures,
        cues=tuple(cues),
        scope=loader.scope(),
        spelling=spelling,
        version=_version(folder),
        built=max((cue.added for cue in cues), default=""),
        errors=tuple(errors),
    )


@dataclass(frozen=True, slots=True)
class _Loader:
    """Reads files below *root*; what does not take a whole file down goes to *errors*."""

    root: Path
    spelling: Spelling
    errors: list[RuleError]

    def signals(self) -> dict[str, Signal]:
        try:
            table = self._read(self.root / "signals.toml", dict[str, _SignalFile])
        except RuleError as error:
            self.errors.append(error)
            return {}
        return {
            name: Signal(name=name, **msgspec.structs.asdict(signal))
            for name, signal in table.items()
        }

    def lure(self, path: Path) -> Lure:
        written = self._read(path, _LureFile)
        self._require_id(path, written.id, expected=path.parent.name)
        return Lure(**msgspec.structs.asdict(written))

    def cue(self, path: Path, *, signals: Mapping[str, Signal]) -> Cue:
        written = self._read(path, _CueFile)
        folder = path.parent.name
        self._require_id(path, written.id, expected=f"{folder}.{path.stem}")
        if signals and written.signal not in signals:
            raise RuleError(
                f"signal {written.signal} is not in signals.toml",
                fix="take one of its names, or add the signal there",
                at=self._at(path, key="signal"),
            )
        phrases = self._phrases(path, written.phrases, anchored=True)
        if not phrases:
            raise RuleError(
                "none of its phrases can be used",
                fix="mend the phrases named beside this",
                at=self._at(path, key="phrases"),
            )
        return Cue(
            id=written.id,
            lure=None if folder == ANY else folder,
            signal=written.signal,
            status=written.status,
            lang=written.lang,
            phrases=phrases,
            unless=self._phrases(path, written.unless, anchored=False),
            match=written.match,
            no_match=written.no_match,
            references=written.references,
            added=written.added.isoformat(),
            exact=written.exact,
            why=written.why,
            path=shown_path(path, root=self.root),
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
                phrase = parse_phrase(written, short_forms=self.spelling.always)
                if anchored:
                    require_anchors(phrase)
            except PhraseError as error:
                line, first = find_text(path.read_text("utf-8"), written)
                at = RuleLocation(shown_path(path, root=self.root), line, first + error.column - 1)
                self.errors.append(RuleError(error.problem, fix=error.fix, at=at))
            else:
                parsed.append(phrase)
        return tuple(parsed)

    def _require_id(self, path: Path, written: str, *, expected: str) -> None:
        if written != expected:
            raise RuleError(
                "the id does not follow from the file's place",
                fix=f'write id = "{expected}"',
                at=self._at(path, key="id"),
            )

    def _at(self, path: Path, *, key: str) -> RuleLocation:
        return RuleLocation(
            shown_path(path, root=self.root), *find_key(path.read_text("utf-8"), key)
        )


def _version(folder: Path) -> str:
    """The first twelve hex digits of a hash over every rule file's name and bytes."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".toml", ".csv"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
