"""`notalone feeds …`: pull other people's lists, look at them, stop it, build the one we ask."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from notalone.compiled import ListedBy
from notalone.config import data_dir, rules_dir
from notalone.errors import NotAloneError
from notalone.feeds import telling
from notalone.feeds.age import lists_age, moment
from notalone.feeds.build import build_apart, read_report
from notalone.feeds.catalogue import LOCAL, Feed, Shape, load_feeds, local_feed
from notalone.feeds.download import NETWORK, Network, Progress
from notalone.feeds.fault import FeedError
from notalone.feeds.pull import Pulled, Puller, alone
from notalone.feeds.schedule import due_feeds
from notalone.feeds.snapshot import SNAPSHOT, State, feeds_dir, read_state
from notalone.feeds.switch import (
    is_forbidden,
    may_pull,
    read_switches,
    wanted,
    why_off,
    write_switches,
)
from notalone.model import Bilingual

Language = Literal["vi", "en"]
DONE, REFUSED, WRONG_CALL = 0, 1, 2
_NICENESS = 15


class FeedsCommand:
    """One call of `notalone feeds`; what it prints is in *language*."""

    def __init__(
        self,
        language: Language = "vi",
        *,
        data: Path | None = None,
        rules: Path | None = None,
        network: Network = NETWORK,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._language = language
        self._data = data or data_dir()
        self._rules = rules or rules_dir()
        self._network = network
        self._now = now
        self._feeds, self._errors = load_feeds(self._rules)

    # --- what a person or the schedule asks for --------------------------------------------------

    def pull(self, ids: Sequence[str] = (), *, due: bool = False, accept: bool = False) -> int:
        """Pull the feeds *ids*, by default all that are wanted, or only those *due*; then build."""
        if LOCAL in ids and self._own():
            self._complain(telling.NOT_PULLED)
            return WRONG_CALL
        if self._is_unknown(ids):
            return WRONG_CALL
        for error in self._errors:
            self._complain(error.told)
        if not may_pull(self._data):
            self._complain(why_off())
            return REFUSED
        if due:
            _step_back()
            ids = due_feeds(self._data, self._rules, now=self._now())
            if not ids:
                return DONE
        chosen = [self._feeds[one] for one in ids] if ids else self._wanted()
        with alone(self._data):
            puller = Puller(self._data, self._rules, network=self._network, accept=accept)
            failed: list[FeedError] = []
            for feed in chosen:
                with _progress(feed.id) as progress:
                    pulled = puller.pull(feed, now=self._now(), progress=progress)
                self._say_pulled(pulled)
                if pulled.error is not None:
                    failed.append(pulled.error)
            self._complain(*telling.ways_out(failed))
            built = self._build() if len(failed) < len(chosen) else DONE  # nothing new otherwise
        return REFUSED if failed or self._errors or built != DONE else DONE

    def take_in(
        self, path: Path, identifier: str, shape: Shape | None = None, *, accept: bool = False
    ) -> int:
        """Take the file at *path* for what the feed *identifier* says today; then build."""
        if identifier != LOCAL and self._is_unknown([identifier]):
            return WRONG_CALL
        if identifier == LOCAL and shape is None:
            self._complain(telling.NEEDS_FORMAT)
            return WRONG_CALL
        if identifier == LOCAL and shape is not None:
            feed = local_feed(shape, today=self._now().date())
        else:
            feed = self._feeds[identifier]
            feed = msgspec.structs.replace(feed, shape=shape or feed.shape)
        try:
            file = path.open("rb")
        except OSError as error:
            self._complain(telling.cannot_be_opened(path, error))
            return REFUSED
        with file, alone(self._data):
            pulled = Puller(self._data, self._rules, accept=accept).take_in(
                feed, file, now=self._now()
            )
            self._say_pulled(pulled)
            if pulled.error is not None:
                self._complain(*telling.ways_out([pulled.error]))
                return REFUSED
            if identifier not in {used.id for used in self._in_use()}:
                self._say(telling.not_in_use(identifier))
            return self._build()

    def build(self) -> int:
        """Make one list of everything that was pulled."""
        with alone(self._data):
            return self._build()

    def turn(self, ids: Sequence[str], *, on: bool) -> int:
        """Switch pulling on or off, or only the feeds *ids*."""
        if self._is_unknown(one for one in ids if one != LOCAL or not self._own()):
            return WRONG_CALL
        switches = read_switches(self._data)
        if ids:
            feeds = {**switches.feeds, **dict.fromkeys(ids, on)}
            switches = msgspec.structs.replace(switches, feeds=feeds)
        else:
            switches = msgspec.structs.replace(switches, pulls=on)
        write_switches(self._data, switches)
        self._say(telling.switched(ids, on=on))
        missing = [one for one in ids if not self._has_snapshot(one)]
        if on and (is_forbidden() if not ids else not may_pull(self._data)):
            self._complain(why_off())
        elif on and missing:
            self._say(telling.waiting(missing))
        return self.build() if ids else DONE  # a list counts, or no longer does, from now on

    def show_catalogue(self) -> int:
        """Every feed with its licence, and the hosts that a pull calls."""
        chosen = {feed.id for feed in self._in_use()}
        for feed in (*self._feeds.values(), *self._own()):
            mark = "+" if feed.id in chosen else "-"
            print(f"{mark} {feed.id:18} {feed.name}")
            self._say(*telling.described(feed))
        print()
        self._say(telling.MARKS)
        may = may_pull(self._data)
        self._say(telling.who_is_asked(self._wanted()) if may else why_off())
        for error in self._errors:
            self._complain(error.told)
        return REFUSED if self._errors else DONE

    def show_status(self) -> int:
        """What was pulled of each feed, when, and what went wrong; 1 when that is not fresh."""
        now, chosen = self._now(), list(self._in_use())
        for feed in chosen:
            state = read_state(feeds_dir(self._data) / feed.id)
            self._say(*telling.state_of(feed, state, now=now))
        age = lists_age(self._data, chosen, now=now)
        print()
        if not may_pull(self._data):
            self._say(why_off())
        self._say(telling.age_of_all(age))
        if age.state != "missing":
            self._say(telling.built(read_report(self._data)))
        return DONE if age.state == "fresh" else REFUSED

    # --- what it is made of ----------------------------------------------------------------------

    def _wanted(self) -> list[Feed]:
        return list(wanted(self._feeds.values(), read_switches(self._data)))

    def _in_use(self) -> Iterator[Feed]:
        return wanted((*self._feeds.values(), *self._own()), read_switches(self._data))

    def _own(self) -> Sequence[Feed]:
        """What was imported from a file of one's own, if anything was."""
        if not self._has_snapshot(LOCAL):
            return ()
        return (local_feed(Shape("plain"), today=self._now().date()),)

    def _has_snapshot(self, identifier: str) -> bool:
        return (feeds_dir(self._data) / identifier / SNAPSHOT).exists()

    def _build(self) -> int:
        try:
            build_list(self._data, list(self._in_use()))
        except (NotAloneError, OSError) as error:
            print(error, file=sys.stderr)
            return REFUSED
        self._say(telling.built(read_report(self._data)))
        return DONE

    def _is_unknown(self, ids: Iterable[str]) -> bool:
        unknown = [one for one in ids if one not in self._feeds]
        if unknown:
            known = (*self._feeds, *(own.id for own in self._own()))
            self._complain(telling.unknown(unknown, known))
        return bool(unknown)

    # --- how it says so ---------------------------------------------------------------------------

    def _say_pulled(self, pulled: Pulled) -> None:
        say = self._say if pulled.error is None else self._complain
        say(*telling.pulled(pulled))

    def _say(self, *told: Bilingual) -> None:
        for one in told:
            print(self._text(one), flush=True)

    def _complain(self, *told: Bilingual) -> None:
        for one in told:
            print(self._text(one), file=sys.stderr, flush=True)

    def _text(self, told: Bilingual) -> str:
        return told.vi if self._language == "vi" else told.en


# --- the list that is asked -----------------------------------------------------------------------


def build_list(data: Path, feeds: Sequence[Feed]) -> None:
    """Make one compiled list of the snapshots of *feeds*, in a process of its own."""
    build_apart(data, [_listed_by(feed, read_state(feeds_dir(data) / feed.id)) for feed in feeds])


def _listed_by(feed: Feed, state: State) -> ListedBy:
    changed = moment(state.changed_at)
    return ListedBy(
        id=feed.id,
        name=feed.name,
        kind=feed.kind,
        source=feed.source,
        expiry_days=feed.expiry_days,
        is_dated=state.is_dated,
        changed=None if changed is None else changed.astimezone().date(),
    )


def _step_back() -> None:
    """Leave the computer to whoever uses it."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


@contextmanager
def _progress(name: str) -> Iterator[Progress]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _got, _all: None
        return
    from tqdm import tqdm

    with tqdm(desc=name, unit="B", unit_scale=True, leave=False) as bar:

        def show(got: int, total: int | None) -> None:
            bar.total = total
            bar.update(got - bar.n)

        yield show
