"""`notalone check`: one verdict for a person to read, or a stream of them for a program."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from notalone.address import read_address
from notalone.checker import Checker, build_checker
from notalone.config import LIMITS
from notalone.folding.entities import find_entities
from notalone.glossary import Signal
from notalone.model import CheckRequest, Identifier, Link, Message, MessageText, Url, Verdict
from notalone.wording import describe


class Line(msgspec.Struct, frozen=True):
    """One line in: a link, a text, or messages in order."""

    id: Identifier
    link: Url | None = None
    text: MessageText | None = None
    messages: Annotated[tuple[Message, ...], msgspec.Meta(min_length=1)] | None = None


class LineError(ValueError):
    """Why a line cannot be read; never holds what was written in it."""


def check_one(text: str) -> int:
    """Judge *text*, a link when it is nothing but an address, and print the verdict."""
    text = text.strip()
    if not text:
        print("Chưa có chữ nào để xem. / There is nothing to look at.", file=sys.stderr)
        return 2
    checker = build_checker()
    if read_address(text) is not None and len(text.split()) == 1 and _is_only_a_link(text):
        request = CheckRequest(links=(Link(id="1", url=text),))
        verdict = checker.check(request).links[0]
    else:
        request = CheckRequest(messages=(Message(id="1", text=text[: LIMITS.text_chars]),))
        verdict = checker.check(request).conversation
    for line in (*describe(verdict), *too_few(verdict, checker.signals)):
        print(line)
    return 0


def too_few(verdict: Verdict, signals: Mapping[str, Signal]) -> Iterator[str]:
    """For maintainers: the signs that were seen where they do not add up to a warning."""
    if verdict.level != "no_information" or not verdict.signals:
        return
    yield "  Có thấy, nhưng chưa đủ để nhắc / seen, but too little for a card:"
    for name in verdict.signals:
        yield f"      {name}: {signals[name].why.vi} / {signals[name].why.en}"


def check_stream(name: str) -> int:
    """Judge one JSON object a line of the file *name* ("-": standard input), in order."""
    was_refused = False
    try:
        source = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115 - closed below
    except OSError as problem:
        print(f"{name}: {problem.strerror}", file=sys.stderr)
        return 2
    checker = build_checker()
    with source:
        for answer in answers(source, checker):
            was_refused |= "error" in answer
            print(msgspec.json.encode(answer).decode(), flush=True)
    return 1 if was_refused else 0


def answers(lines: Iterable[bytes], checker: Checker) -> Iterator[dict[str, Any]]:
    """The answer to each of *lines*; one that cannot be read becomes an error in its place."""
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            yield _answer(_read(raw), checker)
        except LineError as error:
            yield {"line": number, "error": str(error)}


def _read(raw: bytes) -> Line:
    try:
        line = msgspec.json.decode(raw, type=Line)
    except RecursionError as problem:
        raise LineError("too deeply nested") from problem
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:  # ValidationError is one too
        raise LineError(str(problem)) from problem
    if sum(part is not None for part in (line.link, line.text, line.messages)) != 1:
        raise LineError('give one of "link", "text" or "messages"')
    return line


def _answer(line: Line, checker: Checker) -> dict[str, Any]:
    if line.link is not None:
        link = Link(id=line.id, url=line.link)
        verdict = checker.check(CheckRequest(links=(link,))).links[0]
        return {"id": line.id, "level": verdict.level, "reasons": verdict.reasons}
    messages = line.messages or (Message(id=line.id, text=line.text or ""),)
    conversation = checker.check(CheckRequest(messages=messages)).conversation
    answer: dict[str, Any] = {
        "id": line.id,
        "level": conversation.level,
        "lure": conversation.lure,
        "stages": conversation.stages,
        "reasons": conversation.reasons,
    }
    if line.messages is not None:
        answer |= {"levels": conversation.levels, "by_message": conversation.by_message}
    return answer


def _is_only_a_link(text: str) -> bool:
    """Whether *text* is an address, and not a word that happens to hold a dot."""
    if "://" in text:
        return True
    return any(
        entity.kind == "link" and entity.address is None and entity.end - entity.start == len(text)
        for entity in find_entities(text.lower())
    )
