"""What a feed said at its last good pull: `lists/feeds/<id>/snapshot.tsv`, and `state.json`.

One line an entry, sorted by address and kind: kind, address, added, seen (ISO dates, tabs between).
An entry that a feed has dropped keeps the day on which it was last there, so that it is greyed at
once and not red for ever; when its time is over it is forgotten. One that comes back is new.

Sorting and joining are done in runs on the disk: a list of ten million lines needs no more memory
than one of a quarter of a million.
"""

from __future__ import annotations

import heapq
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import IO, NamedTuple, cast, get_args

import msgspec

from notalone import native_host
from notalone.address import parents
from notalone.feeds.entry import Entry, ListedKind
from notalone.feeds.fault import FeedError
from notalone.model import Bilingual

SNAPSHOT, STATE = "snapshot.tsv", "state.json"
_KINDS = get_args(ListedKind)
_RUN_ENTRIES = 250_000


class Kept(NamedTuple):
    """One line of a snapshot."""

    kind: ListedKind
    address: str
    added: date  # the feed's own date, or the day we first saw it
    seen: date  # the last pull that held it


class State(msgspec.Struct, frozen=True):
    """How the last pulls of a feed went. Times are UTC, ISO 8601; "" means never."""

    pulled_at: str = ""  # the last good pull; "not modified" is a good one
    tried_at: str = ""
    changed_at: str = ""  # the last good pull that brought another list than the one before
    digest: str = ""  # SHA-256 of the list as it came, to tell
    is_dated: bool = False  # whether the list gives its entries dates of its own
    rows: int = 0  # addresses that the feed held at its last good pull
    refused: dict[str, int] = {}  # reason → rows left out then
    examples: dict[str, tuple[str, ...]] = {}  # reason → the first few of them, with their lines
    failures: int = 0  # in a row
    error: str = ""  # code of the last failure
    told_vi: str = ""
    told_en: str = ""
    etag: str = ""
    last_modified: str = ""
    url: str = ""  # the mirror that *etag* belongs to


def feeds_dir(data: Path) -> Path:
    """Where the snapshots of all feeds are, below the data folder *data*."""
    return data / "lists" / "feeds"


def make_private(folder: Path) -> None:
    """Make *folder* and those above it that are missing, for this user alone.

    `Path.mkdir(parents=True)` would let others look into all but the last.
    """
    for one in reversed((folder, *folder.parents)):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)


def read_state(folder: Path) -> State:
    """The state beside a snapshot; one that is missing or damaged says "never pulled"."""
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        return State()


def write_state(folder: Path, state: State) -> None:
    """Put *state* in its place in one step.

    Raises: FeedError when the disk does not take it.
    """
    try:
        make_private(folder)
        native_host.write_private(str(folder / STATE), msgspec.json.encode(state))
    except OSError as error:
        raise unwritable(error) from error


def read_snapshot(path: Path) -> Iterator[Kept]:
    """Every line of the snapshot at *path*; nothing when there is none, and no damaged line."""
    try:
        file = path.open(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    with file:
        for line in file:
            try:
                kind, address, added, seen = line.rstrip("\n").split("\t")
                days = date.fromisoformat(added), date.fromisoformat(seen)
            except ValueError:
                continue
            if kind in _KINDS:
                yield Kept(cast(ListedKind, kind), address, *days)


class Draft:
    """A snapshot in the making: sorted runs on the disk, put together by `finish`."""

    def __init__(self, folder: Path, *, run_entries: int = _RUN_ENTRIES) -> None:
        make_private(folder)
        self._folder = folder
        self._run_entries = run_entries
        self._open = ExitStack()
        self._runs: list[IO[str]] = []

    def __enter__(self) -> Draft:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in *entries*, in any order and as often as they come.

        Raises: FeedError when the disk is full.
        """
        try:
            run: set[str] = set()
            for entry in entries:
                added = entry.added.isoformat() if entry.added else ""
                run.add(f"{entry.address}\t{entry.kind}\t{added}\n")
                if len(run) == self._run_entries:
                    self._spill(run)
                    run = set()
            self._spill(run)
        except OSError as error:
            raise unwritable(error) from error

    def _spill(self, run: set[str]) -> None:
        file = self._open.enter_context(
            tempfile.TemporaryFile("w+", encoding="utf-8", dir=self._folder)  # noqa: SIM115 - it is
        )
        file.writelines(sorted(run))
        file.seek(0)
        self._runs.append(file)

    def entries(self, *, exceptions: Iterable[str] = ()) -> Iterator[Entry]:
        """The entries in order, each once, without those at or below one of *exceptions*."""
        excepted = frozenset(exceptions)
        last: tuple[str, str] | None = None
        for file in self._runs:
            file.seek(0)
        for line in heapq.merge(*self._runs):
            address, kind, added = line[:-1].split("\t")
            if (address, kind) == last:  # without a date sorts first: keep that one
                continue
            last = (address, kind)
            if excepted and any(n in excepted for n in parents(address.partition("/")[0])):
                continue
            day = date.fromisoformat(added) if added else None
            yield Entry(cast(ListedKind, kind), address, day)

    def count(self, *, exceptions: Iterable[str] = ()) -> int:
        """How many entries `finish` will write."""
        return sum(1 for _ in self.entries(exceptions=exceptions))

    def finish(self, *, today: date, expiry_days: int, exceptions: Iterable[str] = ()) -> None:
        """Join with what was known before, and put the new snapshot in the old one's place.

        Raises: FeedError when the disk is full; the old snapshot stays.
        """
        path = self._folder / SNAPSHOT
        joined = _join(self.entries(exceptions=exceptions), path, today, expiry_days)
        _replace(path, joined)


def renew(folder: Path, *, today: date) -> None:
    """Say that everything the feed held at its last pull is still there: it was not modified."""
    path = folder / SNAPSHOT
    latest = max((kept.seen for kept in read_snapshot(path)), default=today)
    if latest < today:
        renewed = (
            kept._replace(seen=today) if kept.seen == latest else kept
            for kept in read_snapshot(path)
        )
        _replace(path, renewed)


_Row = tuple[str, str, Entry | Kept]


def _join(entries: Iterable[Entry], path: Path, today: date, expiry_days: int) -> Iterator[Kept]:
    """The new *entries* beside those of the snapshot at *path*; both are sorted."""
    latest = max((kept.seen for kept in read_snapshot(path)), default=None)
    now: Iterator[_Row] = ((entry.address, entry.kind, entry) for entry in entries)
    before: Iterator[_Row] = ((kept.address, kept.kind, kept) for kept in read_snapshot(path))
    known: Kept | None = None
    for address, kind, one in heapq.merge(before, now, key=lambda row: (row[0], row[1])):
        if isinstance(one, Kept):  # stands before the entry of the same name
            if known is not None:
                yield from _dropped(known, today, expiry_days)
            known = one
            continue
        if known is not None and (known.address, known.kind) != (address, kind):
            yield from _dropped(known, today, expiry_days)
            known = None
        is_back = known is not None and known.seen != latest
        first = known.added if known is not None and not is_back else today
        added = one.added or first
        yield Kept(one.kind, address, min(added, today), today)
        known = None
    if known is not None:
        yield from _dropped(known, today, expiry_days)


def _dropped(kept: Kept, today: date, expiry_days: int) -> Iterator[Kept]:
    seen = min(kept.seen, today - timedelta(days=1))  # dropped on the day it was seen: not today
    if (today - seen).days <= expiry_days:
        yield kept._replace(seen=seen)


def _replace(path: Path, rows: Iterable[Kept]) -> None:
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for kind, address, added, seen in rows:
                file.write(f"{kind}\t{address}\t{added.isoformat()}\t{seen.isoformat()}\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise unwritable(error) from error
    finally:
        part.unlink(missing_ok=True)


def unwritable(error: OSError) -> FeedError:
    """The error that says so."""
    problem = Bilingual(
        "không ghi được vào thư mục dữ liệu",
        f"the data folder cannot be written ({error.strerror})",
    )
    return FeedError("unwritable", problem)
