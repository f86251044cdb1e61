"""Formats in which the address is one thing of several: csv and json."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from notalone.feeds.catalogue import Shape
from notalone.feeds.fault import FeedError
from notalone.feeds.row import Row, read_link
from notalone.feeds.tally import ReadLimits, Refusal
from notalone.feeds.unpacking import TOO_LONG, Unpacked
from notalone.model import Bilingual


def csv_rows(lines: Iterable[str], shape: Shape) -> Iterator[tuple[int, Row]]:
    """Rows below the heading; a text that runs over a line's end costs both lines.

    Raises: FeedError `wrong_format` where the heading lacks a column of *shape*.
    """
    numbered = enumerate(lines, 1)
    addresses, dates = _columns(numbered, shape)
    for number, line in numbered:
        if line == TOO_LONG:
            yield number, Refusal("too_long", "")
        elif line and line[0] != "#":
            cells = _cells(line, shape.delimiter)
            if addresses < len(cells):
                added = _day(cells[dates]) if 0 <= dates < len(cells) else None
                yield number, read_link(cells[addresses].strip(), added=added)
            else:
                yield number, Refusal("no_column", line)


def _columns(numbered: Iterable[tuple[int, str]], shape: Shape) -> tuple[int, int]:
    """Where addresses and dates stand, the latter -1 where there are none.

    The heading may be a comment, and others may stand above it.
    """
    for _, line in numbered:
        heading = [cell.strip().lstrip("# ") for cell in _cells(line, shape.delimiter)]
        if shape.column in heading:
            if shape.date_column and shape.date_column not in heading:
                raise _no_column(shape.date_column, line)
            dates = heading.index(shape.date_column) if shape.date_column else -1
            return heading.index(shape.column), dates
        if line and line[0] != "#":
            raise _no_column(shape.column, line)
    return -1, -1  # comments at the most


def _no_column(name: str, heading: str) -> FeedError:
    top = heading[:80]
    return _wrong(f"không có cột {name!r} ở dòng đầu {top!r}", f"has no column {name!r} in {top!r}")


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def json_rows(unpacked: Unpacked, shape: Shape, limits: ReadLimits) -> Iterator[tuple[int, Row]]:
    """The texts in the array; what stands for the line is the place in the array, from 1."""
    document = bytearray()
    while chunk := unpacked.chunk():
        document += chunk
        if len(document) > limits.document_bytes:
            megabytes = limits.document_bytes // 2**20
            raise FeedError(
                "too_large", Bilingual(f"hơn {megabytes} MB", f"has more than {megabytes} MB")
            )
    try:
        found = _decoded(document)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _wrong("không phải JSON", "is not JSON") from error
    for key in filter(None, shape.path.split(".")):
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        where = shape.path or "."
        raise _wrong(f"không có danh sách ở {where!r}", f"has no array at {where!r}")
    if len(found) > limits.lines:
        raise FeedError(
            "too_many_lines",
            Bilingual(f"hơn {limits.lines} dòng", f"has more than {limits.lines} rows"),
        )
    for number, item in enumerate(found, 1):
        text = item.get(shape.field) if isinstance(item, dict) and shape.field else item
        if isinstance(text, str):
            yield number, read_link(text.strip())
        else:
            yield number, Refusal("not_an_address", repr(text)[:80])


def _decoded(document: bytearray) -> Any:
    try:
        return msgspec.json.decode(document)
    except UnicodeDecodeError:  # a byte that is no UTF-8 costs its own row, as in a list of lines
        return msgspec.json.decode(document.decode("utf-8", "replace"))


def _wrong(vi: str, en: str) -> FeedError:
    return FeedError("wrong_format", Bilingual(vi, en))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
