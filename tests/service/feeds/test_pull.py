"""A pull takes a good list, refuses a bad one with a reason, and never loses the last good one."""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.feed_files import zstd
from harness.feed_server import (
    Answer,
    FeedServer,
    body,
    endless,
    feed_server,
    modified_since,
    redirect,
    slow,
    status,
)
from harness.service_process import REPOSITORY
from notalone.feeds.download import Limits, Network
from notalone.feeds.fault import FeedError
from notalone.feeds.pull import Pulled, Puller, alone
from notalone.feeds.snapshot import SNAPSHOT, feeds_dir, read_snapshot, read_state
from notalone.feeds.tally import ReadLimits

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
NETWORK = Network(Limits(bytes=2**21, total_s=2.0), loopback_only=True)
LIMITS = ReadLimits(unpacked_bytes=2**22, lines=20_000)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_server() as serving:
        yield serving


@pytest.fixture
def puller(tmp_path: Path) -> Puller:
    return Puller(tmp_path, REPOSITORY / "rules", network=NETWORK, limits=LIMITS)


def names(count: int, start: int = 0) -> bytes:
    return b"".join(b"scam%d.example\n" % number for number in range(start, start + count))


def addresses(data: Path) -> list[str]:
    return [kept.address for kept in read_snapshot(feeds_dir(data) / "test" / SNAPSHOT)]


def test_a_list_is_pulled_and_what_became_of_it_is_known(
    server: FeedServer, puller: Puller, tmp_path: Path
) -> None:
    server.answers["/l"] = body(b"# c\nscam.example\ngoogle.com\n10.0.0.0/8\nscam.test\n")
    pulled = puller.pull(server.feed("/l"), now=NOW)
    assert pulled.error is None
    assert addresses(tmp_path) == ["scam.example", "scam.test"]
    state = read_state(feeds_dir(tmp_path) / "test")
    assert (state.rows, state.refused) == (2, {"brand": 1, "ip_range": 1})
    assert state.examples["brand"] == ("3: google.com",)
    assert state.pulled_at == "2026-11-23T08:00:00+00:00"


def test_not_modified_is_as_good_as_new(server: FeedServer, puller: Puller, tmp_path: Path) -> None:
    server.answers["/l"] = modified_since(names(3), '"e"')
    puller.pull(server.feed("/l"), now=NOW)
    later = puller.pull(server.feed("/l"), now=NOW + timedelta(days=9))
    assert (later.error, later.is_modified, later.state.rows) == (None, False, 3)
    assert later.state.pulled_at == "2026-12-02T08:00:00+00:00"
    seen = {kept.seen for kept in read_snapshot(feeds_dir(tmp_path) / "test" / SNAPSHOT)}
    assert seen == {(NOW + timedelta(days=9)).date()}


def test_whoever_lost_the_snapshot_asks_for_all_of_it(
    server: FeedServer, puller: Puller, tmp_path: Path
) -> None:
    server.answers["/l"] = modified_since(names(3), '"e"')
    puller.pull(server.feed("/l"), now=NOW)
    (feeds_dir(tmp_path) / "test" / SNAPSHOT).unlink()
    puller.pull(server.feed("/l"), now=NOW)
    assert len(addresses(tmp_path)) == 3


def test_a_list_is_known_to_have_changed_by_what_it_holds_alone(
    server: FeedServer, puller: Puller
) -> None:
    changed = []
    for day, content in enumerate((names(3), names(3), names(4))):  # no server says "unchanged"
        server.answers["/l"] = body(content)
        pulled = puller.pull(server.feed("/l"), now=NOW + timedelta(days=day))
        changed.append(pulled.state.changed_at[:10])
    assert changed == ["2026-11-23", "2026-11-23", "2026-11-25"]
    server.answers["/l"] = modified_since(names(4), '"e"')
    for day in (4, 5):
        pulled = puller.pull(server.feed("/l"), now=NOW + timedelta(days=day))
        assert pulled.state.changed_at.startswith("2026-11-25")


def test_what_is_pulled_at_dawn_is_of_today(
    server: FeedServer, puller: Puller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    try:
        server.answers["/l"] = body(names(1))
        puller.pull(server.feed("/l"), now=datetime(2026, 11, 22, 23, tzinfo=UTC))
    finally:
        monkeypatch.undo()
        time.tzset()
    (kept,) = read_snapshot(feeds_dir(tmp_path) / "test" / SNAPSHOT)
    assert (kept.added, kept.seen) == (NOW.date(), NOW.date())


GOOD = names(3_000)
BAD: dict[str, tuple[Answer, str]] = {
    "404": (status(404), "http_status"),
    "500": (status(500), "http_status"),
    "a web page": (body(b"<!doctype html><p>moved"), "html"),
    "endless": (endless, "too_large"),
    "slow": (slow, "too_slow"),
    "cut off": (lambda handler: handler.begin(200, {"Content-Length": "90000"}), "cut_off"),
    "longer than it is": (body(GOOD, Content_Length=str(len(GOOD) + 1)), "cut_off"),
    "redirect elsewhere": (redirect("http://elsewhere.example/l"), "redirect"),
    "IP ranges": (body(b"198.51.100.0/24\n203.0.113.0-203.0.113.9\n" * 900), "wrong_format"),
    "half a zstd": (body(zstd.compress(GOOD)[:-40]), "damaged"),
    "a zstd bomb": (body(zstd.compress(b"\0" * 2**23)), "too_large"),
    "half a gzip": (body(gzip.compress(GOOD)[:-40]), "damaged"),
    "a gzip bomb": (body(gzip.compress(b"\0" * 2**23)), "too_large"),
    "too many lines": (body(b"a.example\n" * 20_001), "too_many_lines"),
    "empty": (body(b""), "empty"),
    "only comments": (body(b"# nothing today\n"), "empty"),
    "shrunk": (body(names(1_400)), "shrunk"),
    "accuses": (body(names(2_900) + b"com\nvn\ngov.vn\ngoogle.com\n" * 50), "harmful"),
    "other format": (body(b"0.0.0.0 a.example\n" * 3_000), "wrong_format"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_list_is_refused_and_the_last_good_one_stays(
    name: str, server: FeedServer, puller: Puller, tmp_path: Path
) -> None:
    server.answers["/l"] = body(GOOD, ETag='"good"')
    puller.pull(server.feed("/l"), now=NOW)
    before = (feeds_dir(tmp_path) / "test" / SNAPSHOT).read_bytes()

    server.answers["/l"], code = BAD[name]
    for failures in (1, 2):
        pulled = puller.pull(server.feed("/l"), now=NOW + timedelta(days=failures))
        assert pulled.error is not None
        assert pulled.error.code == code
        assert (feeds_dir(tmp_path) / "test" / SNAPSHOT).read_bytes() == before
        state = read_state(feeds_dir(tmp_path) / "test")
        assert (state.error, state.failures, state.rows) == (code, failures, 3_000)
        assert state.told_vi
        assert state.pulled_at.startswith("2026-11-23")
        assert state.etag == '"good"'
    assert len(list((feeds_dir(tmp_path) / "test").iterdir())) == 2

    server.answers["/l"] = body(GOOD)
    mended = puller.pull(server.feed("/l"), now=NOW)
    assert (mended.error, mended.state.failures, mended.state.error) == (None, 0, "")


def test_a_great_change_can_be_accepted_by_a_person(
    server: FeedServer, puller: Puller, tmp_path: Path
) -> None:
    server.answers["/l"] = body(names(3_000))
    puller.pull(server.feed("/l"), now=NOW)
    server.answers["/l"] = body(names(10))
    accepting = Puller(tmp_path, REPOSITORY / "rules", network=NETWORK, limits=LIMITS, accept=True)
    assert accepting.pull(server.feed("/l"), now=NOW).error is None
    server.answers["/l"] = body(b"# gone\n")
    refused = accepting.pull(server.feed("/l"), now=NOW).error
    assert refused is not None
    assert refused.code == "empty"
    server.answers["/l"] = body(b"||a.example^\n||b.a.example^\n@@||a.example^\n")
    refused = accepting.pull(server.feed("/l", format="adblock"), now=NOW).error
    assert refused is not None
    assert refused.code == "empty"


def test_a_file_is_taken_in_like_a_pull(server: FeedServer, puller: Puller, tmp_path: Path) -> None:
    feed = server.feed("/l", format="csv", column="host", date_column="first_seen")
    content = io.BytesIO(b"host,first_seen\nscam.example,2026-01-05\ncom,2026-01-05\n")
    taken: Pulled = puller.take_in(feed, content, now=NOW)
    assert (taken.error, taken.state.rows, taken.state.refused) == (None, 1, {"public_suffix": 1})
    (kept,) = read_snapshot(feeds_dir(tmp_path) / "test" / SNAPSHOT)
    assert kept.added.isoformat() == "2026-01-05"
    assert server.asked == []


def test_after_a_file_the_server_is_asked_for_all_of_its_own_list(
    server: FeedServer, puller: Puller, tmp_path: Path
) -> None:
    server.answers["/l"] = modified_since(b"theirs.example\n", '"e"')
    puller.pull(server.feed("/l"), now=NOW)
    puller.take_in(server.feed("/l"), io.BytesIO(b"ours.example\n"), now=NOW)
    puller.pull(server.feed("/l"), now=NOW + timedelta(days=1))
    current = [
        kept.address
        for kept in read_snapshot(feeds_dir(tmp_path) / "test" / SNAPSHOT)
        if kept.seen > NOW.date()
    ]
    assert current == ["theirs.example"]


def test_a_refused_file_leaves_no_trace(server: FeedServer, puller: Puller, tmp_path: Path) -> None:
    server.answers["/l"] = body(GOOD)
    before = puller.pull(server.feed("/l"), now=NOW).state
    taken = puller.take_in(server.feed("/l"), io.BytesIO(b"<html>"), now=NOW)
    assert taken.error is not None
    assert "--format" in taken.error.told.en
    assert read_state(feeds_dir(tmp_path) / "test") == before


def test_a_list_that_dates_its_entries_is_known_to(server: FeedServer, puller: Puller) -> None:
    plain = puller.take_in(server.feed("/l"), io.BytesIO(b"a.example\n"), now=NOW)
    dated = server.feed("/l", format="csv", date_column="seen")
    table = puller.take_in(dated, io.BytesIO(b"url,seen\na.example,2026-01-05\n"), now=NOW)
    assert (plain.state.is_dated, table.state.is_dated) == (False, True)


def test_exceptions_of_a_list_count_wherever_they_stand(
    server: FeedServer, puller: Puller, tmp_path: Path
) -> None:
    server.answers["/l"] = body(b"||a.example^\n||b.example^\n||x.b.example/p\n@@||b.example^\n")
    pulled = puller.pull(server.feed("/l", format="adblock"), now=NOW)
    assert addresses(tmp_path) == ["a.example"]
    assert pulled.state.rows == 1


def test_a_full_or_closed_disk_is_a_fault_of_that_feed(
    server: FeedServer, puller: Puller, tmp_path: Path
) -> None:
    server.answers["/l"] = body(GOOD)
    feeds_dir(tmp_path).mkdir(parents=True)
    (feeds_dir(tmp_path) / "test").write_text("in the way")
    error = puller.pull(server.feed("/l"), now=NOW).error
    assert error is not None
    assert error.code == "unwritable"


@pytest.mark.parametrize("room", (0, 1_000, 20_000, 83_000, 100_000, 113_000))
def test_a_disk_that_is_full_at_any_moment_leaves_the_last_list(
    room: int, server: FeedServer, puller: Puller, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    server.answers["/l"] = body(GOOD)
    puller.pull(server.feed("/l"), now=NOW)
    before = (feeds_dir(tmp_path) / "test" / SNAPSHOT).read_bytes()
    server.answers["/l"] = body(names(5_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        pulled = puller.pull(server.feed("/l"), now=NOW)
        taken = puller.take_in(server.feed("/l"), io.BytesIO(names(5_000)), now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    for error in (pulled.error, taken.error):
        assert error is not None
        assert error.code == "unwritable"
    assert (feeds_dir(tmp_path) / "test" / SNAPSHOT).read_bytes() == before


def test_two_never_pull_at_once(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(FeedError) as caught, alone(tmp_path):
        pass
    assert caught.value.code == "busy"
    with alone(tmp_path):
        pass
