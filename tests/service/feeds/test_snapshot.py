"""What a feed said survives: new, still there, dropped, forgotten, back again."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.feeds.entry import Entry
from notalone.feeds.fault import FeedError
from notalone.feeds.snapshot import (
    SNAPSHOT,
    STATE,
    Draft,
    Kept,
    State,
    read_snapshot,
    read_state,
    renew,
    write_state,
)

DAY = date(2026, 11, 1)


def put(
    folder: Path,
    entries: Iterable[Entry],
    today: date,
    *,
    run_entries: int = 2,
    exceptions: Iterable[str] = (),
) -> list[Kept]:
    with Draft(folder, run_entries=run_entries) as draft:
        draft.add(entries)
        draft.finish(today=today, expiry_days=90, exceptions=exceptions)
    return list(read_snapshot(folder / SNAPSHOT))


def hosts(*names: str) -> list[Entry]:
    return [Entry("host", name) for name in names]


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def test_lines_are_sorted_and_each_stands_once(tmp_path: Path) -> None:
    entries = [*hosts("b.example", "a.example", "b.example"), Entry("subtree", "a.example")]
    kept = put(tmp_path, [*entries, Entry("url", "a.example/x", date(2026, 10, 5))], DAY)
    assert (tmp_path / SNAPSHOT).read_text() == (
        "host\ta.example\t2026-11-01\t2026-11-01\n"
        "subtree\ta.example\t2026-11-01\t2026-11-01\n"
        "url\ta.example/x\t2026-10-05\t2026-11-01\n"
        "host\tb.example\t2026-11-01\t2026-11-01\n"
    )
    assert len(kept) == 4


def test_an_entry_that_stays_keeps_its_first_day(tmp_path: Path) -> None:
    put(tmp_path, hosts("a.example"), DAY)
    assert put(tmp_path, hosts("a.example"), after(5)) == [Kept("host", "a.example", DAY, after(5))]


def test_a_dropped_entry_is_greyed_at_once_and_forgotten_later(tmp_path: Path) -> None:
    put(tmp_path, hosts("a.example", "b.example"), DAY)
    kept = put(tmp_path, hosts("b.example"), after(1))
    assert kept[0] == Kept("host", "a.example", DAY, DAY)
    assert put(tmp_path, hosts("b.example"), after(90))[0].address == "a.example"
    assert [one.address for one in put(tmp_path, hosts("b.example"), after(91))] == ["b.example"]


def test_an_entry_dropped_on_the_day_it_was_seen_is_not_of_today(tmp_path: Path) -> None:
    put(tmp_path, hosts("a.example", "b.example"), DAY)
    assert put(tmp_path, hosts("b.example"), DAY)[0].seen == after(-1)


def test_an_entry_that_comes_back_is_new(tmp_path: Path) -> None:
    put(tmp_path, hosts("a.example", "b.example"), DAY)
    put(tmp_path, hosts("b.example"), after(1))
    kept = put(tmp_path, hosts("a.example", "b.example"), after(2))
    assert kept[0] == Kept("host", "a.example", after(2), after(2))
    assert kept[1] == Kept("host", "b.example", DAY, after(2))


def test_a_date_of_the_future_is_today(tmp_path: Path) -> None:
    assert put(tmp_path, [Entry("host", "a.example", after(9))], DAY)[0].added == DAY


def test_exceptions_take_out_a_name_and_all_below_it(tmp_path: Path) -> None:
    entries = [*hosts("a.example", "b.a.example", "ba.example"), Entry("url", "a.example/x")]
    kept = put(tmp_path, entries, DAY, exceptions=["a.example"])
    assert [one.address for one in kept] == ["ba.example"]


def test_not_modified_renews_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, hosts("a.example", "b.example"), DAY)
    put(tmp_path, hosts("b.example"), after(1))
    renew(tmp_path, today=after(7))
    assert [one.seen for one in read_snapshot(tmp_path / SNAPSHOT)] == [DAY, after(7)]


@given(
    pulls=st.lists(
        st.lists(st.sampled_from("abcdefgh"), min_size=1).map(lambda names: set(names)), max_size=5
    ),
    run_entries=st.integers(1, 4),
)
def test_a_snapshot_is_what_a_plain_dictionary_would_hold(
    pulls: list[set[str]], run_entries: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("snapshot")
    known: dict[str, tuple[date, date]] = {}
    for number, names in enumerate(pulls):
        today = after(30 * number)
        latest = after(30 * (number - 1))
        for name in names:
            added, seen = known.get(name, (today, today))
            known[name] = (added if seen == latest else today, today)
        known = {n: (a, s) for n, (a, s) in known.items() if (today - s).days <= 90}
        entries = hosts(*(f"{name}.example" for name in names))
        kept = put(folder, entries, today, run_entries=run_entries)
        assert {one.address[0]: (one.added, one.seen) for one in kept} == known
        assert [one.address for one in kept] == sorted(one.address for one in kept)


def test_a_damaged_line_costs_itself_only(tmp_path: Path) -> None:
    put(tmp_path, hosts("a.example"), DAY)
    with (tmp_path / SNAPSHOT).open("ab") as file:
        file.write(b"\xff\xfe\0\n" + b"page\tb.example\t2026-11-01\t2026-11-01\nhalf a li")
    assert [one.address for one in read_snapshot(tmp_path / SNAPSHOT)] == ["a.example"]
    assert [one.address for one in put(tmp_path, hosts("c.example"), DAY)] == [
        "a.example",
        "c.example",
    ]


def test_nothing_is_left_beside_a_snapshot(tmp_path: Path) -> None:
    put(tmp_path, hosts("a.example", "b.example", "c.example"), DAY)
    assert [path.name for path in tmp_path.iterdir()] == [SNAPSHOT]


def test_state_is_kept_and_a_damaged_one_means_never(tmp_path: Path) -> None:
    state = State(rows=3, refused={"brand": 1}, examples={"brand": ("1: x",)}, etag='"e"')
    write_state(tmp_path, state)
    assert read_state(tmp_path) == state
    (tmp_path / STATE).write_text("{")
    assert read_state(tmp_path) == State()


def test_nobody_else_may_look_into_the_folders(tmp_path: Path) -> None:
    write_state(tmp_path / "lists" / "feeds" / "x", State())
    for folder in ("lists", "lists/feeds", "lists/feeds/x"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700


def test_a_place_that_cannot_be_written_is_a_fault_with_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FeedError) as caught:
        write_state(tmp_path / "file", State())
    assert caught.value.code == "unwritable"
