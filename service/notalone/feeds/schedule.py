"""When a home pulls its lists: daily, at no particular minute, behind everything else.

The service itself never speaks to anybody outside: a thread that mostly sleeps starts
`notalone feeds pull --due` as a process of its own. The first time is some minutes after the start,
so that a home that has just been set up does not wait for a day; what failed is tried again after
an hour, two, four, and then daily.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from notalone.config import rules_dir
from notalone.feeds.age import moment
from notalone.feeds.catalogue import load_feeds
from notalone.feeds.snapshot import State, feeds_dir, read_state
from notalone.feeds.switch import may_pull, read_switches, wanted

FIRST_WAIT_S = (120.0, 600.0)
WAIT_S = (1200.0, 2400.0)
PULL_EVERY = timedelta(hours=23)  # with the waits above: a day, and every day at another minute
_BACK_OFF = timedelta(hours=1)
_DOUBLED_AT_MOST = 5

Sleep = Callable[[float], bool]  # True when it is time to end


def is_due(state: State, *, now: datetime) -> bool:
    """Whether a feed in this state is to be pulled again."""
    pulled, tried = moment(state.pulled_at), moment(state.tried_at)
    if tried is None or tried > now:  # never, or the clock was wrong then
        return True
    if state.failures:
        waits = _BACK_OFF * (1 << min(state.failures - 1, _DOUBLED_AT_MOST))
        return now >= tried + min(waits, PULL_EVERY)
    return pulled is None or now >= pulled + PULL_EVERY


def due_feeds(data: Path, rules: Path, *, now: datetime) -> list[str]:
    """The ids of the wanted feeds that are to be pulled; none while pulling is switched off."""
    if not may_pull(data):
        return []
    feeds, _ = load_feeds(rules)
    return [
        feed.id
        for feed in wanted(feeds.values(), read_switches(data))
        if is_due(read_state(feeds_dir(data) / feed.id), now=now)
    ]


class Schedule:
    """Pulls what is due, until it is stopped."""

    def __init__(
        self,
        data: Path,
        *,
        rules: Path | None = None,
        pull: Callable[[], None] | None = None,
        sleep: Sleep | None = None,
        between: Callable[[float, float], float] = random.uniform,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._data = data
        self._rules = rules or rules_dir()
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._pull = pull or self._pull_apart
        self._sleep = sleep or self._stopping.wait
        self._between = between
        self._now = now

    def run(self) -> None:
        """Sleep, pull what is due, and so on."""
        wait_s = FIRST_WAIT_S
        while not self._sleep(self._between(*wait_s)):
            if due_feeds(self._data, self._rules, now=self._now()):
                self._pull()
            wait_s = WAIT_S

    def stop(self) -> None:
        """End at once, a pull under way too: whatever it has finished stays."""
        self._stopping.set()
        process = self._process
        if process is not None:
            process.terminate()

    def _pull_apart(self) -> None:
        quiet = subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "notalone", "feeds", "pull", "--due"],
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
            )
        except OSError:  # out of memory or processes: there will be another time
            return
        if self._stopping.is_set():  # between the two
            self._process.terminate()
        self._process.wait()


@contextmanager
def pulling(data: Path) -> Iterator[None]:
    """Keep the lists of *data* fresh meanwhile."""
    schedule = Schedule(data)
    thread = threading.Thread(target=schedule.run, name="lists", daemon=True)
    thread.start()
    try:
        yield
    finally:
        schedule.stop()
        thread.join(timeout=5)
