"""One rule file: TOML read into a type, every mistake with its line, column and the way out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from notalone.errors import RuleError, RuleLocation

T = TypeVar("T")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)")
_MISSING = re.compile(r"missing required field `([^`]+)`")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_AT_KEY = re.compile(r"`\$\.([^`.\[]+)")


def read_rule_file(path: Path, kind: type[T], *, root: Path) -> T:
    """Read *path* into *kind*; unknown keys are mistakes too. Paths are shown below *root*.

    Raises: RuleError saying where and how to mend it.
    """
    source, table = _read(path, root=root)
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as problem:
        key, what, fix = _in_plain_words(str(problem), kind)
        at = RuleLocation(shown_path(path, root=root), *find_key(source, key))
        raise RuleError(what, fix=fix, at=at) from problem


def read_rule_tables(
    path: Path, kind: type[T], *, root: Path
) -> tuple[dict[str, T], list[RuleError]]:
    """Read each `[name]` table of *path* into *kind*; a wrong one is told and left out.

    Raises: RuleError when the file as a whole cannot be read.
    """
    source, tables = _read(path, root=root)
    read: dict[str, T] = {}
    errors: list[RuleError] = []
    for name, table in tables.items():
        try:
            read[name] = msgspec.convert(table, kind)
        except msgspec.ValidationError as problem:
            _, what, fix = _in_plain_words(str(problem), kind)
            at = RuleLocation(shown_path(path, root=root), *find_key(source, name))
            errors.append(RuleError(f"{name}: {what}", fix=fix, at=at))
    return read, errors


def _read(path: Path, *, root: Path) -> tuple[str, dict[str, Any]]:
    """The text of *path*, and the TOML in it."""
    shown = shown_path(path, root=root)
    try:
        # Notepad puts a mark of its own at the start; some keyboards write letters in pieces.
        source = unicodedata.normalize("NFC", path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as problem:
        raise RuleError(
            f"cannot be read ({problem.__class__.__name__})",
            fix="save it as UTF-8 text that this user may read",
            at=RuleLocation(shown),
        ) from problem
    try:
        return source, tomllib.loads(source)
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


def _in_plain_words(problem: str, kind: type[T]) -> tuple[str, str, str]:
    """The key that msgspec complains of, what is wrong with it, and what to write instead."""
    fields = _fields(kind)
    if missing := _MISSING.search(problem):
        return (
            "",
            f"{missing[1]} is missing",
            f"add a line {missing[1]} = …, as in the files beside it",
        )
    if unknown := _UNKNOWN.search(problem):
        near = get_close_matches(unknown[1], fields, n=1)
        return (
            unknown[1],
            f"{unknown[1]} is not a key here",
            f"did you mean {near[0]}?" if near else "use one of " + ", ".join(sorted(fields)),
        )
    place = _AT_KEY.search(problem)
    key = place[1] if place else ""
    choices = fields.get(key, ())
    if choices:
        return key, f"{key} has a value it cannot have", "use one of " + ", ".join(choices)
    what = problem.partition(" - at ")[0]
    return key, f"{key}: {what}" if key else what, "compare with the files beside it"


def _fields(kind: type[T]) -> dict[str, tuple[str, ...]]:
    """The keys that *kind* knows, with the words each may hold where those are few."""
    known = msgspec.inspect.type_info(kind)
    if isinstance(known, msgspec.inspect.DictType):
        known = known.value_type
    if not isinstance(known, msgspec.inspect.StructType):
        return {}
    return {
        field.encode_name: tuple(str(value) for value in field.type.values)
        if isinstance(field.type, msgspec.inspect.LiteralType)
        else ()
        for field in known.fields
    }


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
