"""A feed's file, in whichever of the usual formats, as entries; one bad line costs itself only.

What becomes of a line is decided by what it says, never widened:

    hosts     "0.0.0.0 name"              that name alone
    plain     "name", "*.name"            that name alone; with "*." or "." in front all below it
    urls      "https://name/page"         the page and what lies below it; without a path the name
    adblock   "||name^", "||name/page"    the name and all below it; the page
    csv json  either a name or an address, as in urls

"www.name" is another name than "name". Ad blockers take them for one; here a shop's front page
says nothing about its neighbours, so a list that means both has to say both, as most do.
What is no plain block (exceptions, patterns, options that ask for more) is counted, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from notalone.feeds.catalogue import Shape
from notalone.feeds.entry import Entry
from notalone.feeds.line_formats import READERS, excepted, line_rows
from notalone.feeds.row import Row
from notalone.feeds.table_formats import csv_rows, json_rows
from notalone.feeds.tally import READ_LIMITS, ReadLimits, Reason, Refusal, Tally
from notalone.feeds.unpacking import Unpacked, lines

Guard = Callable[[Entry], Reason | None]


def read_entries(
    file: BinaryIO,
    shape: Shape,
    tally: Tally,
    *,
    guard: Guard = lambda _: None,
    limits: ReadLimits = READ_LIMITS,
) -> Iterator[Entry]:
    """The entries of *file*, packed or not; what is refused is counted in *tally*, by line.

    *guard* says why an entry must not be used. Streams, but for json.
    Raises: FeedError when the file is none of what it should be.
    """
    unpacked = Unpacked(file, limits)
    if shape.format == "json":
        rows: Iterable[tuple[int, Row]] = json_rows(unpacked, shape, limits)
    elif shape.format == "csv":
        rows = csv_rows(lines(unpacked, limits), shape)
    else:
        rows = line_rows(lines(unpacked, limits), READERS[shape.format])
    for line, row in rows:
        if isinstance(row, Refusal):
            tally.refuse(row, line)
            if row.reason == "exception":
                tally.exceptions |= excepted(row.text)
        elif (reason := guard(row)) is not None:
            tally.refuse(Refusal(reason, row.address), line)
        else:
            tally.entries += 1
            yield row
