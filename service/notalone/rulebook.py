"""The rule folder as one immutable value: signals, lures, cues, and the words that frame them.

A mistake in one file never takes the rest down: it is collected in `RuleBook.errors`, and
everything that could be read is used.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from notalone.errors import RuleError, RuleLocation
from notalone.model import Bilingual, Stage, Tactic
from notalone.phrases import Phrase, PhraseError, has_weak_anchors, parse_phrase
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
    errors: list[RuleError] = []
    signals = _load_signals(folder, errors)
    lures: dict[str, Lure] = {}
    cues: list[Cue] = []
    for path in sorted(folder.glob("lures/*/*.toml")):
        try:
            if path.name == "lure.toml":
                lures[path.parent.name] = _load_lure(path, root=folder)
                continue
            cue = _load_cue(path, root=folder, signals=signals, errors=errors)
        except RuleError as error:
            errors.append(error)
        else:
            cues.append(cue)
    spelling, spelling_errors = load_spelling(folder / "text")
    errors.extend(spelling_errors)
    scope = _load_scope(folder, errors)
    return RuleBook(
        signals=signals,
        lures=lures,
        cues=tuple(cues),
        scope=scope,
        spelling=spelling,
        version=_version(folder),
        built=max((cue.added for cue in cues), default=""),
        errors=tuple(errors),
    )


def _load_signals(folder: Path, errors: list[RuleError]) -> dict[str, Signal]:
    path = folder / "signals.toml"
    try:
        table = read_rule_file(path, dict[str, _SignalFile], root=folder)
    except RuleError as error:
        errors.append(error)
        return {}
    return {
        name: Signal(name=name, **msgspec.structs.asdict(signal)) for name, signal in table.items()
    }


def _load_lure(path: Path, *, root: Path) -> Lure:
    written = read_rule_file(path, _LureFile, root=root)
    if written.id != path.parent.name:
        raise _wrong_id(path, root=root, expected=path.parent.name)
    return Lure(**msgspec.structs.asdict(written))


def _load_cue(
    path: Path, *, root: Path, signals: Mapping[str, Signal], errors: list[RuleError]
) -> Cue:
    written = read_rule_file(path, _CueFile, root=root)
    folder = path.parent.name
    if written.id != f"{folder}.{path.stem}":
        raise _wrong_id(path, root=root, expected=f"{folder}.{path.stem}")
    source = path.read_text("utf-8")
    if signals and written.signal not in signals:
        raise RuleError(
            f"signal {written.signal} is not in signals.toml",
            fix="take one of its names, or add the signal there",
            at=RuleLocation(shown_path(path, root=root), *find_key(source, "signal")),
        )

    def parse(phrases: tuple[str, ...], *, anchored: bool) -> tuple[Phrase, ...]:
        at = _phrase_place(path, source, root=root)
        return _parse_all(phrases, at=at, errors=errors, anchored=anchored)

    phrases = parse(written.phrases, anchored=True)
    if not phrases:
        raise RuleError(
            "none of its phrases can be used",
            fix="mend the phrases named above",
            at=RuleLocation(shown_path(path, root=root), *find_key(source, "phrases")),
        )
    return Cue(
        id=written.id,
        lure=None if folder == ANY else folder,
        signal=written.signal,
        status=written.status,
        lang=written.lang,
        phrases=phrases,
        unless=parse(written.unless, anchored=False),
        match=written.match,
        no_match=written.no_match,
        references=written.references,
        added=written.added.isoformat(),
        exact=written.exact,
        why=written.why,
        path=shown_path(path, root=root),
    )


def _load_scope(folder: Path, errors: list[RuleError]) -> Scope:
    path = folder / "text" / "scope.toml"
    try:
        written = read_rule_file(path, _ScopeFile, root=folder)
        at = _phrase_place(path, path.read_text("utf-8"), root=folder)
    except RuleError as error:
        errors.append(error)
        return Scope()
    return Scope(
        **{
            name: _parse_all(getattr(written, name), at=at, errors=errors, anchored=False)
            for name in _ScopeFile.__struct_fields__
        }
    )


def _phrase_place(path: Path, source: str, *, root: Path) -> Callable[[str, int], RuleLocation]:
    def place(phrase: str, column: int) -> RuleLocation:
        line, first = find_text(source, phrase)
        return RuleLocation(shown_path(path, root=root), line, first + column - 1)

    return place


def _parse_all(
    phrases: tuple[str, ...],
    *,
    at: Callable[[str, int], RuleLocation],
    errors: list[RuleError],
    anchored: bool,
) -> tuple[Phrase, ...]:
    """Every phrase that can be read; the others go to *errors*. *anchored*: must prefilter."""
    parsed: list[Phrase] = []
    for written in phrases:
        try:
            phrase = parse_phrase(written)
        except PhraseError as error:
            errors.append(RuleError(error.problem, fix=error.fix, at=at(written, error.column)))
            continue
        if anchored and has_weak_anchors(phrase):
            errors.append(
                RuleError(
                    "nothing in this phrase is distinctive enough to look for first",
                    fix="add a word that stands in every match, or longer alternatives",
                    at=at(written, 1),
                )
            )
            continue
        parsed.append(phrase)
    return tuple(parsed)


def _wrong_id(path: Path, *, root: Path, expected: str) -> RuleError:
    line, column = find_key(path.read_text("utf-8"), "id")
    return RuleError(
        "the id does not follow from the file's place",
        fix=f'write id = "{expected}"',
        at=RuleLocation(shown_path(path, root=root), line, column),
    )


def _version(folder: Path) -> str:
    """The first twelve hex digits of a hash over every rule file's name and bytes."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".toml", ".csv"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
