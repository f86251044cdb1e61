"""Tables and documents: where the address stands is told by the catalogue, and must be there."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from harness.feed_files import read_file
from notalone.feeds.catalogue import Format, Shape
from notalone.feeds.entry import Entry
from notalone.feeds.fault import FeedError
from notalone.feeds.formats import read_entries
from notalone.feeds.tally import Tally


def test_byte_that_is_no_utf_8_costs_its_own_row_of_a_json() -> None:
    entries, tally = read_file(b'["a.example", "\xa4\xff", "b.example"]', "json")
    assert [address for _, address in entries] == ["a.example", "b.example"]
    assert tally.refused == {"not_an_address": 1}


def test_json_cut_off_after_such_a_byte_is_said() -> None:
    with pytest.raises(FeedError) as refused:
        read_file(b'{"\xa4":{"b"', "json")
    assert refused.value.code == "wrong_format"


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
    entries, tally = read_file(texts, Shape("json", path="a.deny"))
    assert entries == [("host", "x.example"), ("url", "y.example/z")]
    assert tally.refused == {"not_an_address": 1}
    objects = json.dumps([{"domain": "x.example"}, {"name": "y"}])
    entries, tally = read_file(objects, Shape("json", field="domain"))
    assert entries == [("host", "x.example")]
    assert tally.refused == {"not_an_address": 1}


def test_heading_may_be_a_comment_below_others() -> None:
    entries, tally = read_file("# made by us\n#\n# id,url\n# newest first\n1,a.example\n", "csv")
    assert entries == [("host", "a.example")]
    assert not tally.refused


def test_table_of_comments_alone_holds_nothing() -> None:
    assert read_file("# made by us\n\n# nothing today\n", "csv")[1].rows == 0


@pytest.mark.parametrize(
    ("content", "shape", "code", "said"),
    (
        (b'{"deny": ["a.exam', Shape("json", path="deny"), "wrong_format", "JSON"),
        (b'{"block": []}', Shape("json", path="deny"), "wrong_format", "deny"),
        (b"[" * 9_000, "json", "wrong_format", "JSON"),
        (b'["' + b"a" * 20_000, "json", "too_large", "MB"),
        (json.dumps(["a.example"] * 1_001).encode()[:-1] + b"]", "json", "too_large", "MB"),
        (b"[" + b"1," * 1_001 + b"1]", "json", "too_many_lines", "1000"),
        (b"name;added\na.example;1\n", Shape("csv", column="url"), "wrong_format", "name;added"),
        (b"url,added\na,1\n", Shape("csv", date_column="seen"), "wrong_format", "'seen'"),
        (b"u\x1b[2J\n", "csv", "wrong_format", "\\x1b[2J"),
    ),
)
def test_what_is_no_such_table_is_refused_whole_and_says_what_it_saw(
    content: bytes, shape: Shape | Format, code: str, said: str
) -> None:
    with pytest.raises(FeedError) as caught:
        read_file(content, shape)
    assert caught.value.code == code
    assert said in caught.value.told.en
    assert caught.value.told.vi != caught.value.told.en
