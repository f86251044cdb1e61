"""A feed's file from bytes to lines: unpacked, never more than the limit, and no web page."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from notalone.feeds.fault import FeedError
from notalone.feeds.tally import ReadLimits
from notalone.model import Bilingual

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TOO_LONG = "\0"  # stands for a line that is too long, which no list holds

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PACKINGS = 2  # a packed file may be sent packed once more
_CHUNK = 2**16
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)


class Unpacked:
    """*file* without gzip or zstd around it, and never more of it than the limit."""

    def __init__(self, file: BinaryIO, limits: ReadLimits) -> None:
        self._left = limits.unpacked_bytes
        self._stream = _buffered(_Source(file))
        for _ in range(_PACKINGS):
            head = self._peek()
            if head.startswith(_GZIP):
                self._stream = _buffered(gzip.GzipFile(fileobj=self._stream, mode="rb"))
            elif head.startswith(_ZSTD):
                self._stream = _buffered(zstd.ZstdFile(self._stream))
        if _HTML.match(self._peek()):
            problem = Bilingual("là một trang web, không phải danh sách", "is a web page, no list")
            raise FeedError("html", problem)

    def chunk(self) -> bytes:
        """The next bytes, b"" at the end."""
        read = _guarded(lambda: self._stream.read1(_CHUNK))
        self._left -= len(read)
        if self._left < 0:
            problem = Bilingual("bung ra quá lớn", "is too large once it is unpacked")
            raise FeedError("too_large", problem)
        return read

    def _peek(self) -> bytes:
        return _guarded(lambda: self._stream.peek(_CHUNK))


class _Source(io.RawIOBase):
    """*file* beneath a reader that closes what it stands on when it is done: *file* stays open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _buffered(stream: Any) -> io.BufferedReader:
    return io.BufferedReader(stream, _CHUNK)


def _guarded(read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except (EOFError, zlib.error, gzip.BadGzipFile, zstd.ZstdError) as error:
        problem = Bilingual("tệp nén bị hỏng hoặc bị cắt", "is packed, and damaged or cut off")
        raise FeedError("damaged", problem) from error
    except OSError as error:
        problem = Bilingual("không đọc được tệp", f"cannot be read ({error.strerror})")
        raise FeedError("unreadable", problem) from error


def lines(unpacked: Unpacked, limits: ReadLimits) -> Iterator[str]:
    """Every line without its end; one that is too long comes as TOO_LONG, so that it is counted."""
    count, rest, is_long = 0, b"", False
    while chunk := unpacked.chunk():
        *whole, last = (rest + chunk).split(b"\n")
        count += len(whole)
        if count > limits.lines:
            raise FeedError(
                "too_many_lines",
                Bilingual(f"hơn {limits.lines} dòng", f"has more than {limits.lines} lines"),
            )
        for line in whole:
            yield TOO_LONG if is_long or len(line) > limits.line_bytes else _text(line)
            is_long = False
        is_long = is_long or len(last) > limits.line_bytes
        rest = b"" if is_long else last
    if is_long or rest:
        yield TOO_LONG if is_long else _text(rest)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip(" \t\r\ufeff")
