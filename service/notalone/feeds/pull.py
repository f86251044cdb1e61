"""One feed, from its server or a file, to its snapshot; what goes wrong leaves the old one."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from notalone import native_host
from notalone.brands import load_brands, load_platforms
from notalone.feeds.catalogue import Feed
from notalone.feeds.download import NETWORK, Network, Progress, Validators, download
from notalone.feeds.fault import FeedError
from notalone.feeds.formats import read_entries
from notalone.feeds.sanity import Harmless, check_change, check_tally, harmless
from notalone.feeds.snapshot import (
    SNAPSHOT,
    Draft,
    State,
    feeds_dir,
    make_private,
    read_state,
    renew,
    unwritable,
    write_state,
)
from notalone.feeds.tally import READ_LIMITS, ReadLimits, Tally
from notalone.lists import load_lists
from notalone.model import Bilingual

_LOCK = "pull.lock"


class Pulled(NamedTuple):
    """What became of one feed."""

    feed: Feed
    state: State
    error: FeedError | None = None
    is_modified: bool = True


class Puller:
    """Pulls feeds into the data folder *data*, minding what the rule folder *rules* vouches for."""

    def __init__(
        self,
        data: Path,
        rules: Path,
        *,
        network: Network = NETWORK,
        limits: ReadLimits = READ_LIMITS,
        accept: bool = False,
    ) -> None:
        self._data = data
        self._network = network
        self._limits = limits
        self._accept = accept  # a list that has shrunk or grown as no list should
        self._rules = rules

    @cached_property
    def _guard(self) -> Harmless:
        return load_guard(self._rules)  # 0.2 s: not where nothing was modified

    def pull(
        self,
        feed: Feed,
        *,
        now: datetime | None = None,
        progress: Progress = lambda _got, _all: None,
    ) -> Pulled:
        """Ask the servers of *feed* for it; never raises for what a feed or its server does."""
        now = now or datetime.now(UTC)
        folder = feeds_dir(self._data) / feed.id
        state = read_state(folder)
        known = Validators(state.url, state.etag, state.last_modified)
        try:
            with _file_in(folder) as file:
                got = download(
                    feed,
                    file,
                    known=known if (folder / SNAPSHOT).exists() else None,
                    network=self._network,
                    progress=progress,
                )
                if got.is_modified:
                    state = self._take(feed, file, state, now)
                    url, etag, last_modified = got.validators
                    state = msgspec.structs.replace(
                        state, url=url, etag=etag, last_modified=last_modified
                    )
                else:
                    renew(folder, today=_day(now))
                    state = _well(state, now)
                write_state(folder, state)
                return Pulled(feed, state, is_modified=got.is_modified)
        except FeedError as error:
            return self._failed(feed, state, error, now)
        except OSError as error:  # a full disk may show when a file is closed, and not before
            return self._failed(feed, state, unwritable(error), now)

    def take_in(self, feed: Feed, file: BinaryIO, *, now: datetime | None = None) -> Pulled:
        """Take what *file* holds for what *feed* says today; a refused file leaves no trace."""
        now = now or datetime.now(UTC)
        folder = feeds_dir(self._data) / feed.id
        state = read_state(folder)
        try:
            state = self._take(feed, file, state, now)
            state = msgspec.structs.replace(state, url="", etag="", last_modified="")
            write_state(folder, state)
            return Pulled(feed, state)
        except FeedError as error:
            return Pulled(feed, state, error.of_file())
        except OSError as error:
            return Pulled(feed, state, unwritable(error))

    def _take(self, feed: Feed, file: BinaryIO, state: State, now: datetime) -> State:
        """Read *file*, look whether it can be true, and make it the snapshot."""
        digest = _digest_of(file)
        tally = Tally()
        with Draft(feeds_dir(self._data) / feed.id) as draft:
            draft.add(
                read_entries(file, feed.shape, tally, guard=self._guard.reason, limits=self._limits)
            )
            check_tally(tally)
            rows = draft.count(exceptions=tally.exceptions)
            if not (self._accept and rows):
                check_change(rows, state.rows)
            draft.finish(today=_day(now), expiry_days=feed.expiry_days, exceptions=tally.exceptions)
        return msgspec.structs.replace(
            _well(state, now),
            digest=digest,
            changed_at=state.changed_at if digest == state.digest else _stamp(now),
            is_dated=bool(feed.shape.date_column),
            rows=rows,
            refused=dict(tally.refused),
            examples={reason: tuple(lines) for reason, lines in tally.examples.items()},
        )

    def _failed(self, feed: Feed, state: State, error: FeedError, now: datetime) -> Pulled:
        state = msgspec.structs.replace(
            state,
            tried_at=_stamp(now),
            failures=state.failures + 1,
            error=error.code,
            told_vi=error.told.vi,
            told_en=error.told.en,
        )
        try:
            write_state(feeds_dir(self._data) / feed.id, state)
        except FeedError as disk:
            return Pulled(feed, state, disk)
        return Pulled(feed, state, error)


def load_guard(rules: Path) -> Harmless:
    """Whom the rule folder *rules* vouches for; what is wrong in it is the linter's business."""
    brands, _ = load_brands(rules)
    platforms, _ = load_platforms(rules)
    lists, _ = load_lists(rules, brands=brands, platforms=platforms, check_suffixes=False)
    return harmless(brands, platforms, lists.allowed)


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the right to pull into *data*: the service and a person may want to at once.

    Raises: FeedError `busy` when somebody else holds it, `unwritable` when the disk is full.
    """
    folder = data / "lists"
    try:
        make_private(folder)
        lock = native_host.take_lock(str(folder / _LOCK), wait_s=0)
    except OSError as error:
        raise unwritable(error) from error
    if lock is None:
        problem = Bilingual("danh sách đang được tải", "the lists are being pulled already")
        raise FeedError("busy", problem)
    try:
        yield
    finally:
        os.close(lock)


@contextmanager
def _file_in(folder: Path) -> Iterator[BinaryIO]:
    try:
        make_private(folder)
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
    except OSError as error:
        raise unwritable(error) from error
    with file:
        yield file


def _digest_of(file: BinaryIO) -> str:
    """The SHA-256 of all of *file*, which then stands at its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(2**20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _well(state: State, now: datetime) -> State:
    return msgspec.structs.replace(
        state,
        pulled_at=_stamp(now),
        tried_at=_stamp(now),
        failures=0,
        error="",
        told_vi="",
        told_en="",
    )


def _day(now: datetime) -> date:
    """The day on which people here say it is: what is pulled at dawn is of today."""
    return now.astimezone().date()


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
