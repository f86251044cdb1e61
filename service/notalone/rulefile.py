"""One rule file: TOML read into a type, every mistake with its line, column and the way out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from notalone.errors import RuleError, RuleLocation
from notalone.model import Bilingual

T = TypeVar("T")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)")
_TABLE = re.compile(r"\[([^\]]+)\]\s*(?:#.*)?$")
_MISSING = re.compile(r"missing required field `([^`]+)`")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_AT_KEY = re.compile(r"`\$\.([^`.\[]+)")
_EXPECTED = re.compile(r"Expected `(?P<kind>\w+)[^`]*`(?P<least> of length >= 1)?")


def read_rule_file(path: Path, kind: type[T], *, root: Path) -> T:
    """Read *path* into *kind*; unknown keys are mistakes too. Paths are shown below *root*.

    Raises: RuleError saying where and how to mend it.
    """
    return rule_file(path, root=root).read(kind)


def rule_file(path: Path, *, root: Path) -> RuleTable:
    """The whole of *path* as one table.

    Raises: RuleError when it cannot be read, or is no TOML.
    """
    shown = shown_path(path, root=root)
    source = _text_of(path, shown)
    return RuleTable("", _parse(source, shown, lines_above=0), shown, 0, source)


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One `[name]` table of a rule file, or a whole file, and where it stands."""

    name: str
    values: dict[str, Any]
    path: Path  # as shown
    line: int  # of the [name] line; 0 for a whole file
    source: str  # the lines below it

    def read(self, kind: type[T]) -> T:
        """The values as *kind*.

        Raises: RuleError at the key that is wrong.
        """
        try:
            return msgspec.convert(self.values, kind)
        except msgspec.ValidationError as problem:
            raise self._mistake(_in_plain_words(str(problem), kind)) from problem

    def mistakes(self, kind: type[msgspec.Struct]) -> dict[str, RuleError]:
        """Every key that is missing, unknown or wrong for *kind*; `read` names the first alone.

        All that are missing share one error.
        """
        found: dict[str, RuleError] = {}
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        for name in (name for name in self.values if name not in fields):
            found[name] = self._mistake(_unknown(name, kind))
        for name, field in fields.items():
            if name in self.values:
                alone = msgspec.defstruct(kind.__name__, [(name, field.type)])
                try:
                    msgspec.convert({name: self.values[name]}, alone)
                except msgspec.ValidationError as problem:
                    found[name] = self._mistake(_in_plain_words(str(problem), kind))
        missing = [
            name for name, field in fields.items() if field.required and name not in self.values
        ]
        if missing:
            found |= dict.fromkeys(missing, self._mistake(_missing(missing)))
        return found

    def _mistake(self, told: _Told) -> RuleError:
        key, what, fix = told
        table = f"[{self.name}] " if self.name else ""
        return self.error(Bilingual(table + what.vi, table + what.en), fix, key=key)

    def error(
        self, problem: Bilingual, fix: Bilingual, *, key: str = "", text: str = ""
    ) -> RuleError:
        """A RuleError at *key* or at the quoted *text*, else at the head of the table."""
        line, column = find_key(self.source, key) if key else find_text(self.source, text)
        if self.line and not key and not text:
            line = 0
        return RuleError(problem, fix=fix, at=RuleLocation(self.path, self.line + line, column))


def read_rule_tables(path: Path, errors: list[RuleError], *, root: Path) -> Iterator[RuleTable]:
    """Each `[name]` table of *path* by itself, so that a mistake costs only its own table.

    What cannot be read goes to *errors*.
    """
    shown = shown_path(path, root=root)
    try:
        lines = _text_of(path, shown).splitlines()
    except RuleError as error:
        errors.append(error)
        return
    heads = [(n, head[1]) for n, line in enumerate(lines) if (head := _TABLE.match(line))]
    for n, line in enumerate(lines[: heads[0][0] if heads else None], 1):
        if line.strip() and not line.lstrip().startswith("#"):
            at = RuleLocation(shown, n, 1)
            problem = Bilingual("chưa thuộc mục [tên] nào", "stands in no table")
            fix = Bilingual("thêm một dòng [tên] ở trên", "put a [name] line above it")
            errors.append(RuleError(problem, fix=fix, at=at))
    seen: set[str] = set()
    ends = [*[n for n, _ in heads][1:], len(lines)]
    for (start, name), end in zip(heads, ends, strict=False):  # no table at all: no round
        source = "\n".join(lines[start + 1 : end])
        try:
            values = _parse(source, shown, lines_above=start + 1)
        except RuleError as error:
            errors.append(error)
            continue
        table = RuleTable(name, values, shown, start + 1, source)
        if name in seen:
            problem = Bilingual(f"[{name}] có hai lần", f"[{name}] is here twice")
            errors.append(table.error(problem, Bilingual("gộp hai mục lại", "join the two")))
        else:
            seen.add(name)
            yield table


def _text_of(path: Path, shown: Path) -> str:
    try:
        # Notepad puts a mark of its own at the start; some keyboards write letters in pieces.
        return unicodedata.normalize("NFC", path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as problem:
        raise RuleError(
            Bilingual("không đọc được tệp", f"cannot be read ({problem.__class__.__name__})"),
            fix=Bilingual(
                "xem tệp có ở đó và mở được không, rồi lưu lại dạng UTF-8",
                "save it as UTF-8 text that this user may read",
            ),
            at=RuleLocation(shown),
        ) from problem


def _parse(source: str, shown: Path, *, lines_above: int) -> dict[str, Any]:
    import tomllib  # a usual start reads no rule file before its first link

    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as problem:
        place = _TOML_PLACE.search(str(problem))
        line, column = (
            (int(place[1]), int(place[2]))
            if place and place[1]
            else _line_and_column(source, len(source))
        )
        raise RuleError(
            _not_toml(_TOML_PLACE.sub("", str(problem))),
            fix=Bilingual(
                'xem lại dấu nháy, dấu phẩy và ngoặc ở dòng này; chữ đặt trong "…"',
                'check quotes, commas and brackets on this line; texts stand in "…"',
            ),
            at=RuleLocation(shown, lines_above + line, column),
        ) from problem


# What Python's TOML reader says of the mistakes people make most, by how it begins.
_TOML_MISTAKES = (
    ("Expected '='", "thiếu dấu = sau tên"),
    ("Invalid value", "sau dấu = còn thiếu, hoặc chữ chưa đặt trong ngoặc kép"),
    ("Illegal character", "thiếu dấu nháy đóng, hoặc có ký tự lạ"),
    ("Unterminated string", "thiếu dấu nháy đóng"),
    ("Unclosed array", "thiếu dấu phẩy, hoặc thiếu ngoặc ] đóng"),
    ("Unclosed inline table", "thiếu dấu phẩy, hoặc thiếu ngoặc } đóng"),
    ("Expected newline", "thừa chữ ở cuối dòng"),
    ("Cannot overwrite", "tên này đã có ở trên"),
)


def _not_toml(said: str) -> Bilingual:
    told = (f": {vi}" for start, vi in _TOML_MISTAKES if said.startswith(start))
    return Bilingual(f"viết chưa đúng{next(told, '')}", f"is not valid TOML: {said}")


_Told = tuple[str, Bilingual, Bilingual]  # the key, what is wrong with it, what to write instead


def _in_plain_words(problem: str, kind: type[T]) -> _Told:
    """What msgspec complains of."""
    if missing := _MISSING.search(problem):
        return _missing([missing[1]])
    if unknown := _UNKNOWN.search(problem):
        return _unknown(unknown[1], kind)
    place = _AT_KEY.search(problem)
    key = place[1] if place else ""
    choices = _fields(kind).get(key, ())
    if choices:
        told = Bilingual(f"{key} không nhận giá trị này", f"{key} has a value it cannot have")
        return key, told, one_of(choices)
    what = problem.partition(" - at ")[0]
    named = f"{key}: " if key else ""
    told = Bilingual(named + _wanted(what), named + what)
    return (
        key,
        told,
        Bilingual("xem các tệp bên cạnh viết thế nào", "compare with the files beside it"),
    )


def _missing(names: Sequence[str]) -> _Told:
    """*names* have no key to point at."""
    listed = ", ".join(names)
    if len(names) > 1:
        fix = Bilingual(
            "mỗi tên thêm một dòng, như trong các tệp bên cạnh",
            "add a line for each, as in the files beside it",
        )
        return "", Bilingual(f"thiếu {listed}", f"{listed} are missing"), fix
    fix = Bilingual(
        f"thêm một dòng {listed} = …, như trong các tệp bên cạnh",
        f"add a line {listed} = …, as in the files beside it",
    )
    return "", Bilingual(f"thiếu {listed}", f"{listed} is missing"), fix


def _unknown(name: str, kind: type[Any]) -> _Told:
    fields = _fields(kind)
    near = get_close_matches(name, fields, n=1)
    fix = (
        Bilingual(f"ý bạn là {near[0]}?", f"did you mean {near[0]}?")
        if near
        else one_of(sorted(fields))
    )
    return name, Bilingual(f"ở đây không dùng tên {name}", f"{name} is not a key here"), fix


def one_of(names: Iterable[str]) -> Bilingual:
    """The fix where only some words may stand."""
    listed = ", ".join(names)
    return Bilingual(f"dùng một trong: {listed}", f"use one of {listed}")


_KINDS = {
    "str": 'chữ đặt trong "…"',
    "int": "một con số",
    "bool": "true hoặc false",
    "array": "danh sách trong […]",
    "object": "các mục trong { … }",
    "date": "ngày, như 2026-11-22",
}


def _wanted(problem: str) -> str:
    """In Vietnamese what msgspec expected at a place.

    >>> _wanted("Expected `int`, got `str`")
    'phải là một con số'
    """
    expected = _EXPECTED.match(problem)
    if expected is None or expected["kind"] not in _KINDS:
        return "giá trị chưa đúng"
    if expected["least"]:
        return "còn để trống"
    return f"phải là {_KINDS[expected['kind']]}"


def _fields(kind: type[T]) -> dict[str, tuple[str, ...]]:
    """The keys that *kind* knows, with the words each may hold where those are few."""
    known = msgspec.inspect.type_info(kind)
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
