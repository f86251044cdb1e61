"""The compiled list: what all feeds say, in one file that is quick to ask and costs little memory.

    names      which names are listed, and how far each entry reaches: a HostIndex, in memory
    hosts      who listed them and when: where each bucket of hashes of keys begins, those hashes in
               order, and as many sightings
    urls       the same for pages
    texts      the addresses of those pages
    header     JSON: format, sizes, feeds
    end        a checksum of all before it, how long the header is

All but the names stay on the disk and are touched by a hit only. The names say exactly whether a
host is listed and a page is compared letter by letter; a hash only leads to the sightings of what
is known to be there, and the build makes sure that no two keys share one.

It is read, not mapped: a mapped file that somebody cuts short ends the whole process.
"""

from __future__ import annotations

import hashlib
import os
import struct
import threading
import time
import weakref
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from notalone.address import Address, decode
from notalone.errors import RuleError, RuleLocation
from notalone.feeds.entry import ListedKind
from notalone.feeds.store import Store
from notalone.host_index import HostIndex, question_of, read_key
from notalone.model import Bilingual

FORMAT = 2
MAGIC = b"notalone"
END = struct.Struct("<I8sI")  # the checksum of all before it, MAGIC, the length of the header
_A_READ = 1 << 18  # bytes
HASH_BYTES = 8
START_BYTES = 4
A_BUCKET = 256  # hashes, about: what one read brings
SIGHTING = struct.Struct("<HHBB")  # the fields of `_Told`, but for the last
PAGE = struct.Struct("<HHBBI")
TEXT_LENGTH = struct.Struct("<H")
DAY_ZERO = date(2000, 1, 1)
HOSTED_DAYS = 30  # a name on free hosting soon has another owner, or none
LOOK_EVERY_S = 5.0
_DAY_ZERO = DAY_ZERO.toordinal()

FeedKind = Literal["phishing", "scam", "shop", "crypto", "game", "malware", "gambling", "adult"]


class ListedBy(msgspec.Struct, frozen=True):
    """A feed, as far as a reader of its entries has to know it."""

    id: str
    name: str
    kind: FeedKind
    source: str  # its home page
    expiry_days: int = 90
    is_dated: bool = False  # whether `added` is its own word, and not the day of our first look
    changed: date | None = None  # the last pull that brought another list than the one before
    pulled: date | None = None  # the last pull that it answered

    def expires(self, added: date, seen: date, *, is_hosted: bool) -> date:
        """Until when an entry weighs in full.

        At once when the feed takes it back. As long as the feed repeats it, it stands, but only
        while somebody minds the feed: the days count from the entry's own date, else from the last
        time the list changed, or could last be pulled.
        """
        if self.pulled is not None and seen < self.pulled:
            return seen
        since = added if self.is_dated else min(seen, self.changed or seen)
        return since + timedelta(days=HOSTED_DAYS if is_hosted else self.expiry_days)


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file says of itself. Sizes in bytes, in the order in which the parts stand."""

    format: int
    names: int
    hosts: int  # how many sightings
    urls: int
    texts: int
    salt: int  # with which no two keys have one hash
    rows: int  # how many addresses
    feeds: tuple[ListedBy, ...]


class Sighting(NamedTuple):
    """One feed's word on one address."""

    feed: str  # its id
    kind: ListedKind
    address: str
    added: date
    seen: date  # the last pull that held it
    expires: date

    @property
    def host(self) -> str:
        """The host of the address."""
        return self.address.partition("/")[0]

    def is_expired(self, today: date) -> bool:
        """Whether the report is too old to block on, or the feed took it back."""
        return self.expires <= today


def hash_of(key: str, *, salt: int) -> int:
    """The hash under which the sightings of *key* stand."""
    digest = hashlib.blake2b(
        key.encode("utf-8", "surrogatepass"),
        digest_size=HASH_BYTES,
        key=salt.to_bytes(4, "little"),
    )
    return int.from_bytes(digest.digest(), "little")


def checksum_of(path: Path, size: int) -> int:
    """The CRC-32 of the first *size* bytes of *path*: damage is what it is to find, at every start
    of the service. Whoever publishes a list names it by its SHA-256, which takes three times as
    long.

    Raises: OSError when it cannot be read.
    """
    checksum = 0
    with path.open("rb", buffering=0) as file:
        while size > 0 and (content := file.read(min(size, _A_READ))):
            checksum = zlib.crc32(content, checksum)
            size -= len(content)
    return checksum


def padded(size: int) -> int:
    """*size* bytes, and as many more as numbers of eight bytes need to begin on their border."""
    return -size % HASH_BYTES + size


class CompiledList:
    """One version of the compiled list. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open *path*.

        Raises: OSError when it cannot be read, ValueError when it is damaged or of another format.
        """
        self._file = _File(path)
        self.is_damaged = False  # since it was opened
        self.version = path.stem
        self.header = header = _header_of(self._file)
        self.feeds = {feed.id: feed for feed in header.feeds}
        self.names = HostIndex.load(path, size=header.names)
        self._hosts = _Sightings(self._file, padded(header.names), header.hosts, SIGHTING)
        self._urls = _Sightings(self._file, self._hosts.end, header.urls, PAGE)
        self._texts = self._urls.end

    @property
    def rows(self) -> int:
        """How many addresses are listed."""
        return self.header.rows

    @property
    def pulled(self) -> date | None:
        """The day on which the newest of its feeds was pulled."""
        return max((feed.pulled for feed in self.header.feeds if feed.pulled), default=None)

    def find(self, address: Address) -> tuple[Sighting, ...]:
        """What covers *address*: of each feed that lists it the entry that stands longest.

        Where they stand equally long a page comes before its host, and a host before its parents.
        """
        keys = self.names.covering(question_of(address.host))
        return self.sightings(keys, address) if keys else ()

    def sightings(self, keys: Sequence[str], address: Address) -> tuple[Sighting, ...]:
        """The same, where *keys* are known to cover the host of *address*.

        Nothing where the file was damaged meanwhile: nobody could say who listed it, nor when.
        """
        try:
            return self._sightings(keys, address)
        except OSError:
            self.is_damaged = True
            return ()

    def _sightings(self, keys: Sequence[str], address: Address) -> tuple[Sighting, ...]:
        found: dict[str, Sighting] = {}  # by feed
        for key in reversed(keys):  # the closest first
            kind, host = read_key(key)
            told = self._pages(key, address) if kind == "url" else self._host(key, kind, host)
            for sighting in told:
                known = found.setdefault(sighting.feed, sighting)
                if sighting.expires > known.expires:
                    found[sighting.feed] = sighting
        return tuple(found.values())

    def _host(self, key: str, kind: ListedKind, host: str) -> list[Sighting]:
        told = self._hosts.at(hash_of(key, salt=self.header.salt))
        return [self._sighting(one, kind, host) for one in told]

    def _pages(self, key: str, address: Address) -> Iterator[Sighting]:
        for path in prefixes_of(decode(address.path)):
            page = address.host + path
            for told in self._urls.at(hash_of(key + path, salt=self.header.salt)):
                if self._text_at(told.text) == page:
                    yield self._sighting(told, "url", page)

    def _text_at(self, offset: int) -> str:
        at = self._texts + offset
        (length,) = TEXT_LENGTH.unpack(self._file.read(at, TEXT_LENGTH.size))
        return self._file.read(at + TEXT_LENGTH.size, length).decode("utf-8")

    def _sighting(self, told: _Told, kind: ListedKind, address: str) -> Sighting:
        feed = self.header.feeds[told.feed]
        added, seen = day_of(told.added), day_of(told.seen)
        expires = feed.expires(added, seen, is_hosted=bool(told.is_hosted))
        return Sighting(feed.id, kind, address, added, seen, expires)


class _Told(NamedTuple):
    """One sighting as it stands in the file."""

    added: int
    seen: int
    feed: int
    is_hosted: int
    text: int = 0  # where the text of a page stands


class _Sightings:
    """*count* hashes in order from byte *begin*, and as many sightings, each laid out as *told*."""

    def __init__(self, file: _File, begin: int, count: int, told: struct.Struct) -> None:
        self._file = file
        self._layout = told
        bits = bucket_bits(count)
        size = ((1 << bits) + 1) * START_BYTES
        self._shift = 8 * HASH_BYTES - bits
        self._starts = array("I", file.read(begin, size))
        self._hashes = begin + padded(size)
        self._told = self._hashes + count * HASH_BYTES
        self.end = padded(self._told + count * told.size)

    def at(self, wanted: int) -> list[_Told]:
        """The sightings under the hash *wanted*: one for each feed."""
        bucket = wanted >> self._shift
        first, end = self._starts[bucket], self._starts[bucket + 1]
        place, size = self._hashes + first * HASH_BYTES, (end - first) * HASH_BYTES
        hashes = array("Q", self._file.read(place, size))
        row = bisect_left(hashes, wanted)
        count = bisect_right(hashes, wanted, row) - row
        if not count:
            return []
        size = self._layout.size
        told = self._file.read(self._told + (first + row) * size, count * size)
        return [_Told(*one) for one in self._layout.iter_unpack(told)]


class _File:
    """A file that several threads read at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._descriptor)
        self._seeking = threading.Lock()
        self.size = os.fstat(self._descriptor).st_size

    def read(self, at: int, size: int) -> bytes:
        """*size* bytes from byte *at*.

        Raises: OSError, also where there are not so many.
        """
        if hasattr(os, "pread"):
            content = os.pread(self._descriptor, size, at)
        else:  # Windows
            with self._seeking:
                os.lseek(self._descriptor, at, os.SEEK_SET)
                content = os.read(self._descriptor, size)
        if len(content) < size:
            raise OSError("the file was cut short")
        return content


def bucket_bits(count: int) -> int:
    """How many leading bits of a hash say in which bucket it is, where there are *count*."""
    return (count // A_BUCKET).bit_length()


@lru_cache(maxsize=4096)
def day_of(number: int) -> date:
    """The day that stands in a file as *number*."""
    return date.fromordinal(_DAY_ZERO + number)


def prefixes_of(path: str) -> Iterator[str]:
    """*path* and what stands before each border in it, longest first: rows that would cover it.

    >>> list(prefixes_of("/view/a?id=1"))
    ['/view/a?id=1', '/view/a?id=', '/view/a?', '/view/a', '/view/', '/view', '/']
    """
    yield path
    for end in range(len(path) - 1, 0, -1):
        if path[end - 1] in "/?&=" or path[end] in "/?&":
            yield path[:end]


def _header_of(file: _File) -> Header:
    end = file.size - END.size
    if end < 0:
        raise ValueError("this is no compiled list")
    checksum, magic, length = END.unpack(file.read(end, END.size))
    if magic != MAGIC:
        raise ValueError("this is no compiled list")
    given = file.read(end - length, length)
    if msgspec.json.decode(given, type=_Format).format != FORMAT:
        raise ValueError("this was made by another version of the program")
    if checksum_of(file.path, end) != checksum:
        raise ValueError("the content was damaged")
    return msgspec.json.decode(given, type=Header)


class _Format(msgspec.Struct):
    format: int


def open_compiled(folder: Path, errors: list[RuleError] | None = None) -> CompiledList | None:
    """The newest list in *folder* that is whole; None where there is none.

    Each one that is not whole goes to *errors*, with the way to mend it.
    """
    for path in Store(folder).newest_first():
        try:
            return CompiledList(path)
        except (OSError, ValueError, struct.error, msgspec.MsgspecError) as failure:
            if errors is not None:
                errors.append(_damaged(path, failure))
    return None


def _damaged(path: Path, failure: Exception) -> RuleError:
    name = Path(f"{path.stem[:12]}…{path.suffix}")
    return RuleError(
        Bilingual(
            "danh sách này không đọc được, đang dùng bản trước nếu có",
            f"this list cannot be used ({failure}); the one before it is, where there is one",
        ),
        fix=Bilingual("chạy `notalone feeds build`", "run `notalone feeds build`"),
        at=RuleLocation(name),
    )


class CurrentList:
    """The list in use. A newer one is taken up while the service runs, beside the answers.

    Whoever answers takes `now()` once and keeps to it: one check, one version.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = Store(folder)
        self._clock = clock
        self._signature = self._store.signature()
        self._errors: list[RuleError] = []
        self._list = open_compiled(folder, self._errors)
        self._next_look = clock() + LOOK_EVERY_S
        self._looking = threading.Lock()

    @property
    def errors(self) -> tuple[RuleError, ...]:
        """Lists that could not be opened at the last look."""
        return tuple(self._errors)

    def now(self) -> CompiledList | None:
        """The list to answer with. Every few seconds a look at the pointer is started."""
        if self._clock() >= self._next_look:
            self._next_look = self._clock() + LOOK_EVERY_S
            if self._is_due():
                self.start_look()
        return self._list

    def _is_due(self) -> bool:
        is_damaged = self._list is not None and self._list.is_damaged
        return is_damaged or self._store.signature() != self._signature

    def start_look(self) -> None:
        """`look`, beside whoever is answering."""
        threading.Thread(target=self.look, name="lists", daemon=True).start()

    def look(self) -> None:
        """Take up the list that the pointer names, if it is another one and whole."""
        with self._looking:
            if not self._is_due():
                return
            signature = self._store.signature()
            errors: list[RuleError] = []
            found = open_compiled(self._store.folder, errors)
            self._list = found or self._list  # better an old one than none
            self._signature, self._errors = signature, errors
