"""A conversation as a maintainer has it: one message, a text file, TOML or JSON lines.

*.toml    as in tests/corpus            *.json, *.jsonl   {"messages": [{"text", "from_me"}]}
others    one message a line; lines that begin with "> " are the child's own
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from notalone.config import LIMITS
from notalone.errors import SetupError
from notalone.model import Message

_OWN = ">"
_KNOWN_ENDINGS = frozenset({".toml", ".json", ".jsonl", ".ndjson", ".txt"})


@dataclass(frozen=True, slots=True)
class Conversation:
    """The newest messages, as many as the extension sends. *left_out*: how many stand before."""

    title: str
    messages: tuple[Message, ...]
    left_out: int = 0


class _Written(msgspec.Struct, frozen=True):
    text: str
    from_me: bool | None = None


class _Table(msgspec.Struct, frozen=True):
    messages: Annotated[tuple[_Written, ...], msgspec.Meta(min_length=1)]
    id: str = ""


def read_conversations(text_or_file: str) -> list[Conversation]:
    """The conversations of a file, or the text itself as one message of unknown author.

    Raises: SetupError naming file, line and the way to mend it.
    """
    path = Path(text_or_file)
    if not _is_file(path):
        if path.suffix in _KNOWN_ENDINGS and len(text_or_file.split()) == 1:
            raise SetupError(f"{path}: there is no such file")
        return [_conversation("", [_Written(text_or_file.strip())])]
    try:
        source = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise SetupError(
            f"{path}: cannot be read ({type(problem).__name__}); save it as UTF-8"
        ) from None
    found = [
        _conversation(table.id or path.stem, table.messages) for table in _tables(path, source)
    ]
    if not found:
        raise SetupError(f"{path}: holds no message")
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # longer than a name may be, or holds NUL
        return False


def _tables(path: Path, source: str) -> Iterator[_Table]:
    if path.suffix == ".toml":
        try:
            yield msgspec.convert(tomllib.loads(source), _Table)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
            raise SetupError(f"{path}: {problem}") from None
    elif path.suffix == ".json":
        yield _decoded(path, 1, source)
    elif path.suffix in (".jsonl", ".ndjson"):
        for number, line in enumerate(source.splitlines(), 1):
            if line.strip():
                yield _decoded(path, number, line)
    elif messages := [_line(line) for line in source.splitlines() if line.strip(" >\t")]:
        yield _Table(tuple(messages))


def _decoded(path: Path, number: int, line: str) -> _Table:
    try:
        return msgspec.json.decode(line, type=_Table)
    except (msgspec.DecodeError, RecursionError) as problem:
        raise SetupError(f"{path}:{number}: {problem}") from None


def _line(line: str) -> _Written:
    line = line.strip()
    if line.startswith(_OWN):
        return _Written(line.removeprefix(_OWN).strip(), from_me=True)
    return _Written(line, from_me=False)


def _conversation(title: str, written: list[_Written] | tuple[_Written, ...]) -> Conversation:
    newest = written[-LIMITS.messages :]
    messages = tuple(
        Message(str(number), one.text[: LIMITS.text_chars], one.from_me)
        for number, one in enumerate(newest, 1 + len(written) - len(newest))
    )
    return Conversation(title, messages, left_out=len(written) - len(newest))
