"""One rule file: TOML read into a type, every mistake with its line, column and the way out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from notalone.errors import RuleError, RuleLocation

T = TypeVar("T")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)")
_WRONG_KEY = re.compile(r"unknown field `([^`]+)`|missing required field `([^`]+)`|`\$\.([^`.\[]+)")


def read_rule_file(path: Path, kind: type[T], *, root: Path) -> T:
    """Read *path* into *kind*; unknown keys are mistakes too. Paths are shown below *root*.

    Raises: RuleError saying where and how to mend it.
    """
    shown = shown_path(path, root=root)
    try:
        source = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise RuleError(
            f"cannot be read ({problem.__class__.__name__})",
            fix="save it as UTF-8 text that this user may read",
            at=RuleLocation(shown),
        ) from problem
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as problem:
        place = _TOML_PLACE.search(str(problem))
        line, column = (
            (int(place[1]), int(place[2]))
            if place and place[1]
            else _line_and_column(source, len(source))
        )
        raise RuleError(
            "is not valid TOML: " + _TOML_PLACE.sub("", str(problem)),
            fix='check quotes, commas and brackets on this line; texts stand in "…"',
            at=RuleLocation(shown, line, column),
        ) from problem
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as problem:
        key = _WRONG_KEY.search(str(problem))
        name = next((group for group in key.groups() if group), "") if key else ""
        line, column = find_key(source, name)
        raise RuleError(
            str(problem).replace("Object", "it").replace(" - at `$`", ""),
            fix="compare with a file beside it, or CONTRIBUTING.md",
            at=RuleLocation(shown, line, column),
        ) from problem


def shown_path(path: Path, *, root: Path) -> Path:
    """*path* as a maintainer knows it: below the rule folder."""
    return path.relative_to(root.parent) if path.is_relative_to(root.parent) else path


def find_key(source: str, key: str) -> tuple[int, int]:
    """Line and column of *key* in TOML *source*; (1, 1) when it is not there."""
    match = re.search(rf"^\s*\[*\s*\"?{re.escape(key)}\b", source, re.MULTILINE) if key else None
    return _line_and_column(source, match.end() - len(key)) if match else (1, 1)


def find_text(source: str, text: str) -> tuple[int, int]:
    """Line and column of the first character of the quoted *text*; (1, 1) when it is escaped."""
    for quote in ('"', "'"):
        position = source.find(f"{quote}{text}{quote}")
        if position >= 0:
            return _line_and_column(source, position + 1)
    return 1, 1


def _line_and_column(source: str, position: int) -> tuple[int, int]:
    before = source[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
