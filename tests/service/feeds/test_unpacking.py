"""A file is unpacked by what it is, line by line, and never without an end."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from typing import Any

import pytest

from harness.feed_files import SMALL, read_file, zstd
from notalone.feeds.fault import FeedError
from notalone.feeds.tally import READ_LIMITS
from notalone.feeds.unpacking import TOO_LONG, Unpacked, lines


@pytest.mark.parametrize("pack", (gzip.compress, zstd.compress), ids=("gzip", "zstd"))
def test_packed_files_are_recognised_by_themselves_also_when_packed_twice(
    pack: Callable[[bytes], bytes],
) -> None:
    once = pack(b"a.example\nb.example\n")
    for packed in (once, gzip.compress(once)):
        assert read_file(packed, "plain")[0] == [("host", "a.example"), ("host", "b.example")]


@pytest.mark.parametrize(
    ("content", "code"),
    (
        (b"  <!DOCTYPE html><title>x</title>", "html"),
        (b"\xef\xbb\xbf<html><p>moved", "html"),
        (gzip.compress(b"<html>not found</html>", mtime=0), "html"),
        (gzip.compress(b"a.example\n" * 900, mtime=0)[:-9], "damaged"),
        (zstd.compress(b"a.example\n" * 900)[:-9], "damaged"),
        (b"\x1f\x8b\x08rubbish", "damaged"),
        (b"\x28\xb5\x2f\xfd" + b"rubbish" * 9, "damaged"),
        (gzip.compress(b"\0" * 1_000_000, mtime=0), "too_large"),
        (zstd.compress(b"\0" * 1_000_000), "too_large"),
        (zstd.compress(b"a.example\n" * 5_000), "too_many_lines"),
        (b"a.example\n" * 1_001, "too_many_lines"),
    ),
)
def test_what_is_no_list_at_all_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(FeedError) as caught:
        read_file(content, "plain")
    assert caught.value.code == code
    assert caught.value.told.vi != caught.value.told.en


class _Endless(io.RawIOBase):
    """Line ends, and how many were taken."""

    given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = b"\n" * len(buffer)
        self.given += len(buffer)
        return len(buffer)


def test_ten_million_lines_are_too_many_and_need_no_memory() -> None:
    endless = _Endless()
    unpacked = Unpacked(io.BufferedReader(endless), READ_LIMITS)
    with pytest.raises(FeedError) as caught:
        for _ in lines(unpacked, READ_LIMITS):
            pass
    assert caught.value.code == "too_many_lines"
    assert endless.given < 10_200_000


def test_a_line_that_is_too_long_is_counted_and_the_next_one_read() -> None:
    content = io.BytesIO(b"a" * 70_000 + b"\nok.example\r\n" + b"b" * 300 + b"\n" + b"c" * 300)
    read = list(lines(Unpacked(content, SMALL), SMALL))
    assert read == [TOO_LONG, "ok.example", TOO_LONG, TOO_LONG]


def test_the_file_stays_open_for_whoever_opened_it() -> None:
    content = io.BytesIO(gzip.compress(b"a.example\n"))
    assert list(lines(Unpacked(content, SMALL), SMALL)) == ["a.example"]
    assert not content.closed
