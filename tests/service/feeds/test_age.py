"""Old after a week, missing before the first pull; one broken list does not make all old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from harness.service_process import REPOSITORY
from notalone.feeds.age import ago, days_since, lists_age, moment
from notalone.feeds.catalogue import Feed, load_feeds
from notalone.feeds.snapshot import State, feeds_dir, write_state

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def pair() -> list[Feed]:
    return list(load_feeds(REPOSITORY / "rules")[0].values())[:2]


def pulled(data: Path, feed: Feed, days: float, *, error: str = "") -> None:
    stamp = (NOW - timedelta(days=days)).isoformat() if days >= 0 else ""
    state = State(pulled_at=stamp, rows=10, failures=len(error), error=error)
    write_state(feeds_dir(data) / feed.id, state)


def test_before_the_first_pull_lists_are_missing(pair: list[Feed], tmp_path: Path) -> None:
    assert lists_age(tmp_path, pair, now=NOW).state == "missing"
    pulled(tmp_path, pair[0], -1, error="offline")
    age = lists_age(tmp_path, pair, now=NOW)
    assert (age.state, [feed for feed, _ in age.failing]) == ("missing", pair[:1])


@pytest.mark.parametrize(("days", "state"), ((0, "fresh"), (7.9, "fresh"), (8, "old")))
def test_lists_are_old_after_a_week(
    days: float, state: str, pair: list[Feed], tmp_path: Path
) -> None:
    for feed in pair:
        pulled(tmp_path, feed, days)
    age = lists_age(tmp_path, pair, now=NOW)
    assert (age.state, age.days, age.rows) == (state, int(days), 20)


def test_one_list_that_fails_for_long_is_named_and_the_rest_is_fresh(
    pair: list[Feed], tmp_path: Path
) -> None:
    pulled(tmp_path, pair[0], 1, error="http_status")
    pulled(tmp_path, pair[1], 20, error="http_status")
    age = lists_age(tmp_path, pair, now=NOW)
    assert age.state == "fresh"
    assert [feed for feed, _ in age.failing] == [pair[1]]


@pytest.mark.parametrize(
    ("days", "said"), ((0, "within a day"), (1, "1 day ago"), (9, "9 days ago"))
)
def test_age_in_words(days: int, said: str) -> None:
    assert ago(days).en == said
    assert ("trước" in ago(days).vi) is bool(days)


@pytest.mark.parametrize("stamp", ("", "yesterday", "2026-13-01"))
def test_what_is_no_time_was_never(stamp: str) -> None:
    assert moment(stamp) is None
    assert days_since(stamp, now=NOW) is None


def test_a_clock_that_was_wrong_makes_nothing_younger_than_new(
    pair: list[Feed], tmp_path: Path
) -> None:
    pulled(tmp_path, pair[0], -0.0)
    state = State(pulled_at="2031-01-01T00:00:00", rows=1)
    write_state(feeds_dir(tmp_path) / pair[0].id, msgspec.structs.replace(state))
    assert lists_age(tmp_path, pair, now=NOW).days == 0
