"""The words of the rule folder: signals, lures, and which rules these are.

Small enough to be read before the first question is answered; the cues are `rulebook.py`'s.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from notalone.errors import RuleError, RuleLocation
from notalone.model import Bilingual, Stage, Tactic
from notalone.rulefile import find_key, read_rule_file, read_rule_tables, shown_path

LURE_FILE = "lure.toml"
ANY = "any"  # the folder of cues that every lure shares
Asks = Literal["money", "code", "image", "travel", "threat", "silence", "install", "credentials"]
# design.md 5.4: in a window that holds one of these, no reducer works.
HARD_ASKS: frozenset[Asks] = frozenset({"money", "code", "image", "travel", "threat"})
ACTS: frozenset[Asks] = HARD_ASKS - {"threat"}  # what the reader is to do
_Short = Annotated[str, msgspec.Meta(min_length=1)]
# At the start of a line. With "^" it would take ten times as long, before the first link's answer.
_ADDED = re.compile(rb"\nadded *= *(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Signal:
    """What a cue shows. A reducer has *reduces* instead of stage, tactic and weight.

    One that is *said_by* "me" is looked for in the child's own words, all others never there. It
    either *opens_help*, and then has a *first_action* to offer, or stands beside what others say.
    One *by_link* shows nothing where every address of the message is its owner's own.
    """

    name: str
    why: Bilingual
    stage: Stage = "contact"
    tactic: Tactic = "trust"
    weight: int = 0
    asks: Asks | None = None
    reduces: int = 0
    said_by: Literal["me"] | None = None
    opens_help: bool = False
    first_action: Bilingual | None = None
    by_link: bool = False

    def may_stand_in(self, *, from_me: bool | None) -> bool:
        """Whether to look for it in a message of this author; None when the page does not tell."""
        if from_me is None:
            return self.said_by is None or self.opens_help
        return (self.said_by == "me") is from_me


class Lure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of trap, and what we say about it: lure.toml as it is written."""

    id: _Short
    severity: Annotated[int, msgspec.Meta(ge=1, le=4)]
    title: Bilingual
    about: Bilingual
    first_action: Bilingual
    next_steps: tuple[Bilingual, ...]
    signals: tuple[str, ...]
    sources: tuple[str, ...]
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a verdict is worded with, and which rules it comes from."""

    signals: Mapping[str, Signal]
    lures: Mapping[str, Lure]
    version: str  # hash of every rule file, "" when there is none
    built: str  # ISO date of the newest cue, "" when there is none
    errors: tuple[RuleError, ...]


class _SignalTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    why: Bilingual
    stage: Stage = "contact"
    tactic: Tactic = "trust"
    weight: Annotated[int, msgspec.Meta(ge=0, le=4)] = 0
    asks: Asks | None = None
    reduces: Annotated[int, msgspec.Meta(ge=0, le=4)] = 0
    said_by: Literal["me"] | None = None
    opens_help: bool = False
    first_action: Bilingual | None = None
    by_link: bool = False


def load_glossary(folder: Path) -> Glossary:
    """Read signals and lures below *folder*.

    Raises: nothing for a wrong file; see `Glossary.errors`.
    """
    errors: list[RuleError] = []
    lures: dict[str, Lure] = {}
    for path in sorted(folder.glob(f"lures/*/{LURE_FILE}")):
        try:
            lures[path.parent.name] = _load_lure(path, root=folder)
        except RuleError as error:
            errors.append(error)
    signals = _load_signals(folder, errors)
    version, built = version_of(folder)
    return Glossary(signals, lures, version, built, tuple(errors))


def _load_signals(folder: Path, errors: list[RuleError]) -> dict[str, Signal]:
    signals: dict[str, Signal] = {}
    for table in read_rule_tables(folder / "signals.toml", errors, root=folder):
        try:
            written = table.read(_SignalTable)
        except RuleError as error:
            errors.append(error)
            continue
        if written.opens_help and (written.said_by is None or written.first_action is None):
            errors.append(
                table.error(
                    Bilingual(
                        f"[{table.name}] mở lời giúp, mà không phải lời bạn trẻ hoặc chưa chỉ việc"
                        " nên làm",
                        f"[{table.name}] opens help, but not on the child's word or with nothing to"
                        " do",
                    ),
                    Bilingual(
                        'thêm said_by = "me" và first_action = { vi = …, en = … }',
                        'add said_by = "me" and first_action = { vi = …, en = … }',
                    ),
                    key="opens_help",
                )
            )
        else:
            signals[table.name] = Signal(name=table.name, **msgspec.structs.asdict(written))
    return signals


def _load_lure(path: Path, *, root: Path) -> Lure:
    lure = read_rule_file(path, Lure, root=root)
    require_id(path, lure.id, expected=path.parent.name, root=root)
    return lure


def require_id(path: Path, written: str, *, expected: str, root: Path) -> None:
    """Raises: RuleError unless the id *written* in *path* is the *expected* one."""
    if written != expected:
        raise RuleError(
            Bilingual(
                "id không khớp với chỗ của tệp", "the id does not follow from the file's place"
            ),
            fix=Bilingual(f'viết id = "{expected}"', f'write id = "{expected}"'),
            at=RuleLocation(shown_path(path, root=root), *find_key(path.read_text("utf-8"), "id")),
        )


def version_of(folder: Path) -> tuple[str, str]:
    """Which rules lie in *folder*, and the date of the newest cue; both "" where none do.

    The version is twelve hex digits of a hash over every rule file's name and bytes.
    """
    digest = hashlib.sha256()
    dates = [b""]
    names = sorted(_rule_files(folder), key=lambda name: name.split("/"))
    for name in names:
        # Before the first link's answer: `Path` would take twice the time.
        with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123
            content = file.readall()
        digest.update(name.encode() + b"\0" + content + b"\0")
        dates += _ADDED.findall(b"\n" + content)
    return digest.hexdigest()[:12] if names else "", max(dates).decode("ascii")


def stamp_of(folder: Path) -> str:
    """Stands for the rule files in *folder* as far as can be told without opening them."""
    digest = hashlib.sha256()
    for name in sorted(_rule_files(folder)):
        seen = os.stat(f"{folder}/{name}")  # noqa: PTH116
        about = f"{name} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"
        digest.update(about.encode() + b"\n")
    return digest.hexdigest()


def _rule_files(folder: Path) -> Iterator[str]:
    """Where each rule file lies below *folder*."""
    for top, _, names in os.walk(folder):
        below = Path(top).relative_to(folder).as_posix()
        start = "" if below == "." else f"{below}/"
        yield from (start + name for name in names if name.endswith((".toml", ".csv", ".npz")))
