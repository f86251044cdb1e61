"""The same is said in both languages, with numbers written as people write them there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import msgspec
import pytest

from harness.service_process import REPOSITORY
from notalone.feeds import telling
from notalone.feeds.build import Report
from notalone.feeds.catalogue import Feed, FeedKind, load_feeds
from notalone.feeds.fault import FeedError
from notalone.feeds.pull import Pulled
from notalone.feeds.snapshot import State
from notalone.model import Bilingual

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def feed() -> Feed:
    return next(iter(load_feeds(REPOSITORY / "rules")[0].values()))


@pytest.mark.parametrize("kind", get_args(FeedKind))
def test_every_kind_of_list_has_a_name_in_both_languages(kind: FeedKind, feed: Feed) -> None:
    told, source = telling.described(msgspec.structs.replace(feed, kind=kind))
    assert told.vi != told.en
    assert feed.licence in told.vi
    assert feed.source in source.en


@pytest.mark.parametrize(("can_travel", "said"), ((True, "may be"), (False, "not to be")))
def test_whether_a_list_may_travel_is_said(can_travel: bool, said: str, feed: Feed) -> None:
    told, _ = telling.described(msgspec.structs.replace(feed, redistribute=can_travel))
    assert f"{said} redistributed" in told.en


def test_mirrors_are_told_apart_from_who_is_asked_every_day(feed: Feed) -> None:
    feed = msgspec.structs.replace(
        feed, urls=("https://first.example/l", "https://mirror.example/l")
    )
    told = telling.who_is_asked([feed]).en
    assert "asks: first.example. When one of them fails: mirror.example." in told
    feed = msgspec.structs.replace(feed, urls=feed.urls[:1])
    assert "fails" not in telling.who_is_asked([feed]).en
    assert "first.example" in telling.who_is_asked([feed]).vi


@pytest.mark.parametrize(
    ("rows", "vi", "en"),
    ((1, "1 địa chỉ", "1 address,"), (1_234_567, "1.234.567 địa chỉ", "1,234,567 addresses,")),
)
def test_numbers_are_written_as_people_write_them(rows: int, vi: str, en: str) -> None:
    told = telling.built(Report(date(2026, 11, 23), rows, {}))
    assert vi in told.vi
    assert en in told.en


@pytest.mark.parametrize("report", (None, Report(date(2026, 11, 23), 0, {})))
def test_no_list_is_said_with_what_to_do(report: Report | None) -> None:
    assert "notalone feeds pull" in telling.built(report).vi


def test_way_out_is_said_once_for_all_that_it_mends() -> None:
    errors = [FeedError("offline", Bilingual(one, one)) for one in "ab"]
    errors.append(FeedError("shrunk", Bilingual("c", "c")))
    assert len(list(telling.ways_out(errors))) == 2


def test_a_fault_is_told_without_its_way_out_and_unchanged_without_what_was_left_out(
    feed: Feed,
) -> None:
    state = State(rows=2, refused={"brand": 1_000}, examples={"brand": ("3: brand.example",)})
    error = FeedError("offline", Bilingual("hỏng", "broken"))
    (told,) = telling.pulled(Pulled(feed, state, error))
    assert told.vi == f"{feed.id}: hỏng"
    (told,) = telling.pulled(Pulled(feed, state, is_modified=False))
    assert told.en == f"{feed.id}: 2 addresses, unchanged"
    _, left_out = telling.pulled(Pulled(feed, state))
    assert "bỏ 1.000 dòng" in left_out.vi
    assert "line 3: brand.example" in left_out.en


@pytest.mark.parametrize(("days", "is_told"), ((89, False), (90, True)))
def test_list_that_nobody_minds_any_more_is_told(days: int, is_told: bool, feed: Feed) -> None:
    state = State(changed_at=(NOW - timedelta(days=days)).isoformat(), pulled_at=NOW.isoformat())
    lines = [told.vi for told in telling.state_of(feed, state, now=NOW)]
    assert bool([line for line in lines if "không thay đổi" in line]) is is_told


def test_list_that_names_nobody_for_corrections_has_no_such_line(feed: Feed) -> None:
    own = msgspec.structs.replace(feed, correction="")
    lines = [told.en for told in telling.state_of(own, State(), now=NOW)]
    assert not [line for line in lines if "corrections" in line]
    assert "not pulled yet" in lines[1]
