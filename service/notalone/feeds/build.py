"""All snapshots become one compiled list; run in a process of its own, which costs others little.

Neither the rows nor the names are ever all in memory: names are sorted in runs on the disk and go
into the DAWG as they come out of it.
"""

from __future__ import annotations

import heapq
import itertools
import os
import re
import subprocess
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO, Literal, NamedTuple, cast

import msgspec
import numpy as np

from notalone.address import decode
from notalone.compiled import (
    DAY_ZERO,
    END,
    FORMAT,
    MAGIC,
    PAGE,
    SIGHTING,
    TEXT_LENGTH,
    Header,
    ListedBy,
    bucket_bits,
    checksum_of,
    hash_of,
    padded,
)
from notalone.config import rules_dir
from notalone.errors import SetupError
from notalone.feeds.entry import ListedKind
from notalone.feeds.pruning import Harm, Pruning
from notalone.feeds.store import REPORT_SUFFIX, Store, compiled_folder
from notalone.host_index import HostIndex, key_of

Refused = Harm | Literal["unreadable", "twice"]

EXAMPLES = 5  # of each reason
MOST_FEEDS = 255
_LINE = re.compile(
    r"(host|subtree|url)\t([^\t/?#@\sA-Z]{1,253})((?:/[^\t\n]{0,4096})?)"
    r"\t(\d{4}-\d\d-\d\d)\t(\d{4}-\d\d-\d\d)\n?"
)
_PAGES = key_of("url", "")
_LAST_DAY = 0xFFFF
_SHOWN = 120  # characters of an example
_RUN = 200_000  # keys that are sorted at once, some 15 MB
_NICENESS = 15


class Refusals(msgspec.Struct, frozen=True):
    """Rows left out for one reason."""

    rows: int
    examples: tuple[str, ...]


class FeedReport(msgspec.Struct, frozen=True):
    """What became of one feed's snapshot."""

    rows: int  # taken
    refused: dict[str, Refusals]  # by `Refused`
    is_missing: bool = False  # there was no snapshot to read


class Report(msgspec.Struct, frozen=True):
    """What went into a compiled list."""

    built: date
    rows: int  # addresses, each counted once whoever lists it
    feeds: dict[str, FeedReport]


def snapshot_path(data: Path, feed: str) -> Path:
    """Where the snapshot of *feed* lies in the data folder *data*."""
    return data / "lists" / "feeds" / feed / "snapshot.tsv"


def build(
    data: Path,
    feeds: Sequence[ListedBy],
    *,
    pruning: Pruning | None = None,
    today: date | None = None,
) -> Report | None:
    """Compile the snapshots of *feeds* in the data folder *data* and make that the newest list.

    A feed without a snapshot is named in the report and costs nothing else; where that would leave
    nothing of what is still wanted, the list stays as it was. None when another build is under way.
    Raises: OSError when the disk is full or the folder cannot be written; the list stays as it was.
    """
    store = Store(compiled_folder(data))
    with store.building() as part:
        if part is None:
            return None
        pruning = pruning or Pruning(rules_dir())
        for salt in itertools.count():
            gathered = _Gathered(part, pruning, salt=salt)
            for feed in feeds[:MOST_FEEDS]:
                gathered.read(feed, snapshot_path(data, feed.id))
            path = part / f"list-{salt}"
            if gathered.write(path):  # another round is needed once in a million builds
                report = Report(today or date.today(), gathered.rows, gathered.reports)  # noqa: DTZ011 - a day here
                if not _loses_all(report, read_report(data)):
                    store.publish(path, msgspec.json.encode(report))
                return report
    return None


def read_report(data: Path) -> Report | None:
    """The report on the newest list of the data folder *data*; None where there is none."""
    for path in Store(compiled_folder(data)).newest_first():
        with suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode(path.with_suffix(REPORT_SUFFIX).read_bytes(), type=Report)
    return None


def _loses_all(report: Report, last: Report | None) -> bool:
    """Whether every snapshot is gone, but not since nobody wants what *last* was made of."""
    if not report.feeds or not all(feed.is_missing for feed in report.feeds.values()):
        return False
    return last is None or any(
        feed.rows and id_ in report.feeds for id_, feed in last.feeds.items()
    )


def build_apart(data: Path, feeds: Sequence[ListedBy]) -> Report | None:
    """`build` in a process of its own, behind everything else that this computer does.

    Raises: SetupError when it failed.
    """
    asked = msgspec.json.encode(_Asked(str(data), tuple(feeds)))
    done = subprocess.run(
        [sys.executable, "-P", "-m", "notalone.feeds.build"],
        input=asked,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise SetupError(
            f"Không làm được danh sách mới ({said[-1]}); danh sách cũ vẫn dùng.\n"
            f"No new list could be built ({said[-1]}); the old one stays in use."
        )
    return msgspec.json.decode(done.stdout, type=Report | None)


class _Asked(msgspec.Struct, frozen=True):
    data: str
    feeds: tuple[ListedBy, ...]


def main() -> int:
    """Build what standard input asks for; the report goes to standard output."""
    with suppress(AttributeError, OSError):  # Windows has no niceness
        os.nice(_NICENESS)
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=_Asked)
    try:
        report = build(Path(asked.data), asked.feeds)
    except OSError as error:
        print(f"{type(error).__name__}: {error.strerror}", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(msgspec.json.encode(report))
    return 0


# --- reading the snapshots -----------------------------------------------------------------------


class _Row(NamedTuple):
    kind: ListedKind
    host: str
    path: str
    added: int
    seen: int
    is_hosted: bool


class _Gathered:
    """Everything that was read so far: names on the disk, sightings as numbers."""

    def __init__(self, part: Path, pruning: Pruning, *, salt: int) -> None:
        self.reports: dict[str, FeedReport] = {}
        self._pruning = pruning
        self._feeds: list[ListedBy] = []
        self._names = _SortedRuns(part)
        self._different = 0
        self._salt = salt
        self._hosts = _Table(SIGHTING.size)
        self._urls = _Table(PAGE.size)
        self._texts = bytearray()

    def read(self, feed: ListedBy, snapshot: Path) -> None:
        """Take the rows of *feed* that do no harm."""
        number = len(self._feeds)
        refused = _Refusals()
        rows = newest = 0
        try:
            lines = snapshot.open(encoding="utf-8", errors="replace", newline="\n")
        except OSError:
            self.reports[feed.id] = FeedReport(0, {}, is_missing=True)
            return
        with lines:
            for row in self._rows(lines, refused):
                self._take(row, number)
                rows += 1
                newest = max(newest, row.seen)
        self.reports[feed.id] = FeedReport(rows, refused.report())
        pulled = date.fromordinal(DAY_ZERO.toordinal() + newest) if rows else None
        self._feeds.append(msgspec.structs.replace(feed, pulled=pulled))

    def _rows(self, lines: Iterable[str], refused: _Refusals) -> Iterator[_Row]:
        last: tuple[str, str] | None = None
        for line in lines:
            match = _LINE.fullmatch(line)
            if match is None:
                refused.add("unreadable", line)
                continue
            kind = cast(ListedKind, match[1])
            host, path, added, seen = match[2], match[3], _day(match[4]), _day(match[5])
            address = host + path
            if (kind == "url") is not bool(path) or None in (added, seen):
                refused.add("unreadable", address)
            elif (address, kind) == last:
                refused.add("twice", address)
            else:
                last = address, kind
                harm, is_hosted = self._pruning.look(kind, address)
                if harm is None:
                    yield _Row(kind, host, path, added or 0, seen or 0, is_hosted)
                else:
                    refused.add(harm, address)

    def _take(self, row: _Row, feed: int) -> None:
        key = key_of(row.kind, row.host)
        self._names.add(key)
        if row.kind != "url":
            told = SIGHTING.pack(row.added, row.seen, feed, row.is_hosted)
            self._hosts.add(hash_of(key, salt=self._salt), told)
            return
        path = decode(row.path)
        text = (row.host + path).encode("utf-8", "replace")
        told = PAGE.pack(row.added, row.seen, feed, row.is_hosted, len(self._texts))
        self._urls.add(hash_of(key + path, salt=self._salt), told)
        self._texts += TEXT_LENGTH.pack(len(text)) + text

    # --- writing the list ------------------------------------------------------------------------

    @property
    def rows(self) -> int:
        """How many addresses there are."""
        return self._hosts.distinct + self._urls.distinct

    def write(self, path: Path) -> bool:
        """Write all of it to *path*; False when two names share a hash, and no reader could tell
        whose sightings are under it.

        Raises: OSError.
        """
        with path.open("xb") as file:
            names = HostIndex.of_sorted(self._counted(self._names.merged())).to_bytes()
            if self._hosts.distinct != self._different:
                return False
            _write_padded(file, names)
            self._hosts.write(file)
            self._urls.write(file)
            file.write(self._texts)
            header = msgspec.json.encode(
                Header(
                    format=FORMAT,
                    names=len(names),
                    hosts=len(self._hosts),
                    urls=len(self._urls),
                    texts=len(self._texts),
                    salt=self._salt,
                    rows=self.rows,
                    feeds=tuple(self._feeds),
                )
            )
            file.write(header)
            file.flush()
            file.write(END.pack(checksum_of(path, file.tell()), MAGIC, len(header)))
        return True

    def _counted(self, keys: Iterable[str]) -> Iterator[str]:
        """*keys*, counting those with sightings of their own: those of pages are under the page."""
        self._different = 0
        for key in keys:
            self._different += not key.endswith(_PAGES)
            yield key


class _Table:
    """Hashes, and beside each one sighting, in any order until they are written."""

    def __init__(self, told_bytes: int) -> None:
        self._told_bytes = told_bytes
        self._hashes = array("Q")
        self._told = bytearray()

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, key_hash: int, told: bytes) -> None:
        self._hashes.append(key_hash)
        self._told += told

    @cached_property
    def distinct(self) -> int:
        """How many different hashes there are."""
        return int(np.unique(self._as_numbers()).size)

    def write(self, file: IO[bytes]) -> None:
        """Write both, in the order of the hashes; those of one key in the order they came."""
        hashes = self._as_numbers()
        order = np.argsort(hashes, kind="stable")
        told = np.frombuffer(self._told, dtype=np.dtype((np.void, self._told_bytes)))
        hashes = hashes[order]
        bits = bucket_bits(len(hashes))
        buckets = np.arange(1 << bits, dtype=np.uint64) << np.uint64(64 - bits) if bits else [0]
        starts = [*np.searchsorted(hashes, buckets), len(hashes)]
        _write_padded(file, np.array(starts, dtype="<u4").tobytes())
        file.write(hashes.astype("<u8").tobytes())
        _write_padded(file, told[order].tobytes())

    def _as_numbers(self) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        return np.frombuffer(self._hashes, dtype=np.uint64)


def _write_padded(file: IO[bytes], content: bytes) -> None:
    file.write(content.ljust(padded(len(content)), b"\0"))


class _SortedRuns:
    """Texts without line ends, sorted in runs in *folder* and read back as one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: list[str] = []
        self._runs: list[Path] = []

    def add(self, text: str) -> None:
        self._texts.append(text)
        if len(self._texts) == _RUN:
            self._put_aside()

    def merged(self) -> Iterator[str]:
        """Each text once, in order."""
        self._put_aside()
        with ExitStack() as stack:
            runs = [stack.enter_context(path.open(encoding="utf-8")) for path in self._runs]
            for line, _ in itertools.groupby(heapq.merge(*runs)):
                yield line[:-1]

    def _put_aside(self) -> None:
        path = self._folder / f"run-{len(self._runs)}"
        self._texts.sort()
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{text}\n" for text in self._texts)
        self._runs.append(path)
        self._texts.clear()


class _Refusals:
    """Rows of one feed that were left out."""

    def __init__(self) -> None:
        self._rows = Counter[Refused]()
        self._examples: dict[Refused, list[str]] = {}

    def add(self, reason: Refused, row: str) -> None:
        self._rows[reason] += 1
        examples = self._examples.setdefault(reason, [])
        if len(examples) < EXAMPLES:
            examples.append(row.strip()[:_SHOWN])

    def report(self) -> dict[str, Refusals]:
        return {
            reason: Refusals(rows, tuple(self._examples[reason]))
            for reason, rows in self._rows.most_common()
        }


@lru_cache(maxsize=4096)
def _day(text: str) -> int | None:
    """The day *text* as it stands in a list, None when there is none such."""
    try:
        number = date.fromisoformat(text).toordinal() - DAY_ZERO.toordinal()
    except ValueError:
        return None
    return number if 0 <= number <= _LAST_DAY else None


if __name__ == "__main__":
    sys.exit(main())
