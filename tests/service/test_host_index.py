"""What covers a host, and that nothing else does, whatever the names are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.address import parents
from notalone.feeds.entry import ListedKind
from notalone.host_index import HostIndex, key_of, question_of, read_key

Row = tuple[ListedKind, str]
LABELS = st.sampled_from(("a", "b", "ab", "ba", "evil", "vietcombank", "xn--a", "-", "1"))
HOSTS = st.lists(LABELS, min_size=1, max_size=4).map(".".join)
KINDS: st.SearchStrategy[ListedKind] = st.sampled_from(("host", "subtree", "url"))
ROWS = st.lists(st.tuples(KINDS, HOSTS), max_size=12)


def covering(rows: list[Row], host: str) -> list[Row]:
    index = HostIndex.of(key_of(kind, name) for kind, name in rows)
    return [read_key(key) for key in index.covering(question_of(host))]


@pytest.mark.parametrize(
    ("row", "host", "expected"),
    (
        (("host", "bad.example"), "bad.example", True),
        (("host", "bad.example"), "a.bad.example", False),
        (("host", "bad.example"), "example", False),
        (("subtree", "bad.example"), "bad.example", True),
        (("subtree", "bad.example"), "a.b.bad.example", True),
        (("subtree", "vietcombank.example"), "evilvietcombank.example", False),
        (("subtree", "bad.example"), "bad.example.test", False),
        (("url", "bad.example"), "bad.example", True),
        (("url", "bad.example"), "a.bad.example", False),
        (("host", "[2001:db8::1]"), "[2001:db8::1]", True),
        (("host", "192.0.2.7"), "192.0.2.71", False),
    ),
)
def test_row_covers_exactly_its_kind(row: Row, host: str, expected: bool) -> None:
    assert covering([row], host) == ([row] if expected else [])


@given(ROWS, HOSTS)
def test_index_says_what_a_plain_search_says(rows: list[Row], host: str) -> None:
    above = set(parents(host))
    wanted = {(kind, name) for kind, name in rows if name == host or kind == "subtree"}
    assert set(covering(rows, host)) == {row for row in wanted if row[1] in above}


def test_closest_comes_last() -> None:
    rows: list[Row] = [("url", "a.b.test"), ("subtree", "b.test"), ("host", "a.b.test")]
    assert covering(rows, "a.b.test") == [rows[1], rows[2], rows[0]]


@pytest.mark.parametrize("system", ("posix", "nt"))
def test_index_is_read_from_the_front_of_a_file(
    tmp_path: Path, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = HostIndex.of([key_of("host", "bad.example")]).to_bytes()
    path = tmp_path / "Hường"
    path.write_bytes(content + b"and more")
    monkeypatch.setattr("notalone.host_index.ON_POSIX", system == "posix")
    index = HostIndex.load(path, size=len(content))
    assert index.covering(question_of("bad.example"))
    assert not index.covering(question_of("good.example"))
