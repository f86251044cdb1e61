"""What the readers of feeds make of a file, in a form that is quick to compare."""

from __future__ import annotations

import io
import sys

from notalone.feeds.catalogue import Format, Shape
from notalone.feeds.formats import read_entries
from notalone.feeds.tally import ReadLimits, Tally

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ("SMALL", "read_file", "zstd")

SMALL = ReadLimits(unpacked_bytes=100_000, document_bytes=10_000, lines=1_000, line_bytes=200)


def read_file(
    content: bytes | str, shape: Shape | Format, limits: ReadLimits = SMALL
) -> tuple[list[tuple[str, str]], Tally]:
    """Kind and address of every entry, and what became of the rest."""
    raw = content.encode() if isinstance(content, str) else content
    tally = Tally()
    form = Shape(shape) if isinstance(shape, str) else shape
    entries = read_entries(io.BytesIO(raw), form, tally, limits=limits)
    return [(entry.kind, entry.address) for entry in entries], tally
