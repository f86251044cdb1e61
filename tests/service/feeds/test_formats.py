"""Whatever the format, every row becomes an entry or is counted, and no bytes break it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.feed_files import SMALL, read_file
from notalone.feeds.catalogue import Format, Shape
from notalone.feeds.entry import Entry
from notalone.feeds.fault import FeedError
from notalone.feeds.formats import read_entries
from notalone.feeds.tally import Tally

FORMATS: tuple[Format, ...] = get_args(Format)


def test_what_a_guard_refuses_is_counted_too() -> None:
    tally = Tally()
    guarded = read_entries(
        io.BytesIO(b"com\nscam.example\n"),
        Shape("plain"),
        tally,
        guard=lambda entry: "public_suffix" if entry.address == "com" else None,
    )
    assert [entry.address for entry in guarded] == ["scam.example"]
    assert (tally.rows, tally.refused) == (2, {"public_suffix": 1})


_MARKS = (
    "||",
    "^",
    "$",
    "@@",
    "##",
    "#",
    "!",
    "|",
    "://",
    ",",
    '"',
    "[",
    "]",
    "{",
    "}",
    "\0",
    "*.",
)
_WORDS = (
    "a.example",
    "http://",
    "127.0.0.1 ",
    "::",
    "1.2.3.4",
    "/8",
    "-",
    "/x",
    " ",
    "\t",
    "\r\n",
    "\n",
)
FRAGMENTS = st.sampled_from(_MARKS) | st.sampled_from(_WORDS)
BYTES = st.binary(max_size=300) | st.lists(FRAGMENTS, max_size=40).map("".join).map(str.encode)


@pytest.mark.parametrize("shape", FORMATS)
@given(content=BYTES)
def test_no_bytes_break_a_reader_and_every_row_is_an_entry_or_is_counted(
    shape: Format, content: bytes
) -> None:
    tally = Tally()
    entries: list[Entry] = []

    def kept() -> Iterator[Entry]:
        for entry in read_entries(io.BytesIO(content), Shape(shape), tally, limits=SMALL):
            entries.append(entry)
            yield entry

    try:
        list(kept())
    except FeedError:
        return
    assert len(entries) == tally.entries
    assert tally.rows == len(entries) + tally.refused.total()
    for entry in entries:
        assert not set(entry.address) & set("\t\n\r ")
        assert (entry.kind == "url") == ("/" in entry.address)


@given(names=st.lists(st.sampled_from(["a.example", "10.0.0.0/8", "# c", "", "x/y", "b.test"])))
def test_rows_are_all_lines_but_comments_and_blanks(names: list[str]) -> None:
    _, tally = read_file("\n".join(names), "plain")
    assert tally.rows == sum(1 for name in names if name and name[0] != "#")
