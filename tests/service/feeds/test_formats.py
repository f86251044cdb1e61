"""Every usual format becomes the same entries; what cannot be used is counted, never guessed."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.feeds.catalogue import Format, Shape
from notalone.feeds.entry import Entry
from notalone.feeds.fault import FeedError
from notalone.feeds.formats import ReadLimits, Tally, read_entries

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FORMATS: tuple[Format, ...] = ("hosts", "plain", "adblock", "csv", "json", "urls")
SMALL = ReadLimits(unpacked_bytes=100_000, document_bytes=10_000, lines=1_000, line_bytes=200)


def read(
    content: bytes | str, shape: Shape | Format, limits: ReadLimits = SMALL
) -> tuple[list[tuple[str, str]], Tally]:
    """Kind and address of every entry, and what became of the rest."""
    raw = content.encode() if isinstance(content, str) else content
    tally = Tally()
    form = Shape(shape) if isinstance(shape, str) else shape
    entries = read_entries(io.BytesIO(raw), form, tally, limits=limits)
    return [(entry.kind, entry.address) for entry in entries], tally


def test_hosts_file() -> None:
    entries, tally = read(
        "# Title: a list\n127.0.0.1 localhost\n::1 ip6-localhost\n\n"
        "0.0.0.0 scam.example\n0.0.0.0\tWWW.Scam.example scam.test # twice\r\n"
        "203.0.113.9 elsewhere.example\n",
        "hosts",
    )
    assert entries == [
        ("host", "scam.example"),
        ("host", "www.scam.example"),
        ("host", "scam.test"),
    ]
    assert tally.refused == {"not_a_block": 1}
    assert tally.examples == {"not_a_block": ["7: 203.0.113.9 elsewhere.example"]}


def test_names_one_a_line() -> None:
    entries, tally = read(
        "\ufeff# c\n! c\nscam.example\nbücher.example.\n*.all.example\n.dot.example\n"
        "198.51.100.7\n10.0.0.0/8\n198.51.100.1-198.51.100.9\n192.168.1.1\na b\nx.example/p\n",
        "plain",
    )
    assert entries == [
        ("host", "scam.example"),
        ("host", "xn--bcher-kva.example"),
        ("subtree", "all.example"),
        ("subtree", "dot.example"),
        ("host", "198.51.100.7"),
    ]
    assert tally.refused == {"ip_range": 2, "own_network": 1, "not_an_address": 2}


def test_www_is_another_name_and_nothing_is_widened() -> None:
    entries, _ = read("scam.example\n", "plain")
    assert entries == [("host", "scam.example")]


def test_addresses() -> None:
    entries, tally = read(
        "https://a.example/log in?x=1#top\nhttps://a.example/login?x=1#top\nhttp://B.example\n"
        "hxxps://c[.]example/pay\nd.example/%70ay\nftp://e.example/x\n"
        "https://user@f.example:8443/\njavascript:alert(1)\n198.51.100.0/24\n",
        "urls",
    )
    assert entries == [
        ("url", "a.example/login?x=1"),
        ("host", "b.example"),
        ("url", "c.example/pay"),
        ("url", "d.example/%70ay"),
        ("host", "f.example"),
    ]
    assert tally.refused == {"not_an_address": 3, "ip_range": 1}


def test_adblock_filters() -> None:
    entries, tally = read(
        "[Adblock Plus 2.0]\n! Title\n||a.example^\n||b.example^$all\n||c.example^$document,popup\n"
        "||d.example/pay/\n|https://e.example/x|\n||198.51.100.7^\n"
        "||f.example^$third-party\n||g.example\n/regex[0-9]/\nh.example##.banner\n"
        "@@||i.example^\n||j.example/*.js\n",
        "adblock",
    )
    assert entries == [
        ("subtree", "a.example"),
        ("subtree", "b.example"),
        ("subtree", "c.example"),
        ("url", "d.example/pay/"),
        ("url", "e.example/x"),
        ("host", "198.51.100.7"),
    ]
    assert tally.refused == {"option": 1, "pattern": 4, "exception": 1}
    assert tally.exceptions == {"i.example"}


def test_csv_with_a_named_column() -> None:
    shape = Shape("csv", column="url", date_column="added", delimiter=";")
    tally = Tally()
    content = (
        b'# made by us\nid;url;added\n1;"https://a.example/x";2026-01-02T08:00\n2;b.example;?\n3\n'
    )
    assert list(read_entries(io.BytesIO(content), shape, tally)) == [
        Entry("url", "a.example/x", date(2026, 1, 2)),
        Entry("host", "b.example", None),
    ]
    assert tally.refused == {"no_column": 1}


def test_json_at_a_path() -> None:
    texts = json.dumps({"a": {"deny": ["x.example", "http://y.example/z", 3]}})
    entries, tally = read(texts, Shape("json", path="a.deny"))
    assert entries == [("host", "x.example"), ("url", "y.example/z")]
    assert tally.refused == {"not_an_address": 1}
    objects = json.dumps([{"domain": "x.example"}, {"name": "y"}])
    entries, tally = read(objects, Shape("json", field="domain"))
    assert entries == [("host", "x.example")]
    assert tally.refused == {"not_an_address": 1}


@pytest.mark.parametrize("pack", (gzip.compress, zstd.compress), ids=("gzip", "zstd"))
def test_packed_files_are_recognised_by_themselves_also_when_packed_twice(pack) -> None:  # type: ignore[no-untyped-def]  # two of the same shape
    once = pack(b"a.example\nb.example\n")
    for packed in (once, gzip.compress(once)):
        assert read(packed, "plain")[0] == [("host", "a.example"), ("host", "b.example")]


@pytest.mark.parametrize(
    ("content", "shape", "code"),
    (
        (b"  <!DOCTYPE html><title>x</title>", "plain", "html"),
        (gzip.compress(b"<html>not found</html>", mtime=0), "hosts", "html"),
        (gzip.compress(b"a.example\n" * 900, mtime=0)[:-9], "plain", "damaged"),
        (zstd.compress(b"a.example\n" * 900)[:-9], "plain", "damaged"),
        (b"\x1f\x8b\x08rubbish", "plain", "damaged"),
        (gzip.compress(b"\0" * 1_000_000, mtime=0), "plain", "too_large"),
        (zstd.compress(b"a.example\n" * 100_000), "plain", "too_many_lines"),
        (b"a.example\n" * 1_001, "plain", "too_many_lines"),
        (b'{"deny": ["a.exam', Shape("json", path="deny"), "wrong_format"),
        (b'{"block": []}', Shape("json", path="deny"), "wrong_format"),
        (b"[" * 9_000, "json", "wrong_format"),
        (b'["' + b"a" * 20_000, "json", "too_large"),
        (b"name,added\na.example,1\n", Shape("csv", column="url"), "wrong_format"),
    ),
)
def test_what_is_no_such_list_is_refused_whole(
    content: bytes, shape: Shape | Format, code: str
) -> None:
    with pytest.raises(FeedError) as caught:
        read(content, shape)
    assert caught.value.code == code
    assert caught.value.told.vi != caught.value.told.en


def test_ten_million_lines_are_too_many_and_need_no_memory() -> None:
    class Lines:
        given = 0

        def read(self, size: int) -> bytes:
            self.given += size
            return b"\n" * size

    lines = Lines()
    with pytest.raises(FeedError) as caught:
        list(read_entries(lines, Shape("plain"), Tally()))  # type: ignore[arg-type]  # it reads
    assert caught.value.code == "too_many_lines"
    assert lines.given < 10_200_000


def test_a_line_without_an_end_is_counted_and_the_next_one_read() -> None:
    entries, tally = read(b"a" * 70_000 + b"\nok.example\n" + b"b" * 300, "plain")
    assert entries == [("host", "ok.example")]
    assert tally.refused == {"too_long": 2}


def test_only_the_first_examples_are_kept_with_their_lines() -> None:
    _, tally = read("10.0.0.0/8\n" * 9, "plain")
    assert tally.examples == {"ip_range": [f"{n}: 10.0.0.0/8" for n in (1, 2, 3)]}


def test_an_example_never_moves_the_cursor_of_a_terminal() -> None:
    _, tally = read("\x1b[31mRED\x1b]0;t\x07 x\n", "plain")
    (shown,) = tally.examples["not_an_address"]
    assert shown.isprintable()
    assert "RED" in shown


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
    _, tally = read("\n".join(names), "plain")
    assert tally.rows == sum(1 for name in names if name and name[0] != "#")
