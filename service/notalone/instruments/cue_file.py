"""A new cue as a file: six lines of strings, written once and never over another."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path

from notalone.errors import SetupError


@dataclass(frozen=True, slots=True)
class NewCue:
    """What a maintainer answered. *folder* is the lure, or `any`."""

    folder: str
    name: str
    signal: str
    lang: str
    phrases: tuple[str, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    references: tuple[str, ...]
    unless: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.folder}.{self.name}"

    def path(self, root: Path) -> Path:
        """Its place below the rule folder *root*."""
        return root / "lures" / self.folder / f"{self.name}.toml"


def to_toml(cue: NewCue, *, added: datetime.date) -> str:
    """*cue* as the text of its file, a draft until somebody has looked at it.

    >>> cue = NewCue("any", "x", "SECRECY", "vi", ("giữ kín",), ("Giữ kín",), ("Kín gió",), ("u",))
    >>> print(to_toml(cue, added=datetime.date(2026, 11, 22)).splitlines()[4])
    phrases = ["giữ kín"]
    """
    lines = [
        f"id = {_text(cue.id)}",
        f"signal = {_text(cue.signal)}",
        'status = "draft"',
        f"lang = {_text(cue.lang)}",
        f"phrases = {_list(cue.phrases)}",
    ]
    if cue.unless:
        lines.append(f"unless = {_list(cue.unless)}")
    lines += [
        f"match = {_list(cue.match)}",
        f"no_match = {_list(cue.no_match)}",
        f"references = {_list(cue.references)}",
        f"added = {added.isoformat()}",
    ]
    return "\n".join(lines) + "\n"


def write_cue(cue: NewCue, *, root: Path, added: datetime.date) -> Path:
    """Write *cue* below the rule folder *root*.

    Raises: SetupError when a file of that name is there, or the folder cannot be written.
    """
    path = cue.path(root)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(to_toml(cue, added=added))
    except FileExistsError:
        raise SetupError(f"{path}: is there already; give the cue another --name") from None
    except OSError as problem:
        raise SetupError(f"{path}: cannot be written ({problem.strerror})") from None
    return path


def _text(value: str) -> str:
    # A JSON string is a TOML string too (as long as it holds no DEL, which `interview` refuses),
    # so that these few lines need no TOML writer, which the standard library does not have.
    return json.dumps(value, ensure_ascii=False)


def _list(values: tuple[str, ...]) -> str:
    if len(values) == 1:
        return f"[{_text(values[0])}]"
    return "[\n" + "".join(f"  {_text(value)},\n" for value in values) + "]"
