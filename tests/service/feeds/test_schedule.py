"""A home pulls daily, steps back after failures, and stops when it is told to."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.service_process import REPOSITORY
from harness.waiting import wait_for
from notalone.feeds.catalogue import load_feeds
from notalone.feeds.schedule import FIRST_WAIT_S, WAIT_S, Schedule, due_feeds, is_due, pulling
from notalone.feeds.snapshot import State, feeds_dir, write_state
from notalone.feeds.switch import Switches, write_switches

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
RULES = REPOSITORY / "rules"


@pytest.fixture(autouse=True)
def as_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTALONE_FEEDS", raising=False)


def ago(hours: float) -> str:
    return (NOW - timedelta(hours=hours)).isoformat()


def well(hours: float) -> State:
    return State(pulled_at=ago(hours), tried_at=ago(hours))


def failed(hours: float, failures: int) -> State:
    return State(pulled_at=ago(99), tried_at=ago(hours), failures=failures, error="offline")


@pytest.mark.parametrize(
    ("state", "due"),
    (
        (State(), True),
        (well(22), False),
        (well(23), True),
        (well(-5), True),  # the clock was wrong then
        (failed(0.9, 1), False),
        (failed(1, 1), True),
        (failed(3.9, 3), False),
        (failed(4, 3), True),
        (failed(22, 99), False),
        (failed(23, 99), True),
        (State(tried_at="soon"), True),
    ),
)
def test_daily_and_after_failures_an_hour_then_two_then_four(state: State, due: bool) -> None:
    assert is_due(state, now=NOW) is due


def test_only_what_is_due_and_wanted_is_pulled(tmp_path: Path) -> None:
    feeds, _ = load_feeds(RULES)
    enabled = [feed.id for feed in feeds.values() if feed.enabled]
    assert due_feeds(tmp_path, RULES, now=NOW) == enabled
    write_state(feeds_dir(tmp_path) / enabled[0], well(1))
    write_switches(tmp_path, Switches(feeds={enabled[1]: False}))
    assert due_feeds(tmp_path, RULES, now=NOW) == enabled[2:]


def test_nothing_is_due_while_it_is_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_switches(tmp_path, Switches(pulls=False))
    assert due_feeds(tmp_path, RULES, now=NOW) == []
    write_switches(tmp_path, Switches())
    monkeypatch.setenv("NOTALONE_FEEDS", "off")
    assert due_feeds(tmp_path, RULES, now=NOW) == []


def rounds(data: Path, count: int, pull: Callable[[], None]) -> list[tuple[float, float]]:
    """Let a schedule go round *count* times without a clock; between what it chose each wait."""
    waits: list[tuple[float, float]] = []

    def between(least: float, most: float) -> float:
        waits.append((least, most))
        return least

    Schedule(
        data,
        rules=RULES,
        pull=pull,
        sleep=lambda _: len(waits) > count,
        between=between,
        now=lambda: NOW,
    ).run()
    return waits


def test_the_first_pull_is_minutes_after_the_start_and_never_at_a_fixed_one(
    tmp_path: Path,
) -> None:
    pulls: list[None] = []
    waits = rounds(tmp_path, 3, lambda: pulls.append(None))
    assert waits[:3] == [FIRST_WAIT_S, WAIT_S, WAIT_S]
    assert len(pulls) == 3
    assert 60 <= FIRST_WAIT_S[0] < FIRST_WAIT_S[1] <= 900
    assert WAIT_S[0] < WAIT_S[1]


def test_a_home_whose_lists_are_fresh_starts_nothing(tmp_path: Path) -> None:
    for feed in load_feeds(RULES)[0].values():
        write_state(feeds_dir(tmp_path) / feed.id, well(1))
    pulls: list[None] = []
    rounds(tmp_path, 3, lambda: pulls.append(None))
    assert pulls == []


def test_a_service_that_ends_before_the_first_pull_ends_at_once(tmp_path: Path) -> None:
    with pulling(tmp_path):
        names = [thread.name for thread in threading.enumerate()]
        assert "lists" in names
    assert "lists" not in [thread.name for thread in threading.enumerate()]


def test_a_pull_under_way_ends_with_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(command: list[str], **_: int) -> subprocess.Popen[bytes]:
        assert command == [sys.executable, "-m", "notalone", "feeds", "pull", "--due"]
        started.append(real([sys.executable, "-c", "import time; time.sleep(600)"]))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    schedule = Schedule(tmp_path, rules=RULES, between=lambda _least, _most: 0.0)
    thread = threading.Thread(target=schedule.run)
    thread.start()
    wait_for(lambda: started, what="the pull to start")
    schedule.stop()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert started[0].poll() is not None
