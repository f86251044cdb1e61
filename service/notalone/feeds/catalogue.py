"""Which feeds there are: `feeds.toml`, read table by table, so that one mistake costs one feed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from notalone.address import read_address
from notalone.errors import RuleError
from notalone.model import Bilingual
from notalone.rulefile import RuleTable, read_rule_tables

FEEDS_FILE = "feeds.toml"
LOCAL = "local"  # what a maintainer imports from a file of their own

FeedKind = Literal[
    "phishing", "scam", "shop", "crypto", "game", "malware", "gambling", "adult"
]  # fmt: skip
Format = Literal["hosts", "plain", "adblock", "csv", "json", "urls"]

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Days = Annotated[int, msgspec.Meta(ge=1, le=365)]
_Delimiter = Annotated[str, msgspec.Meta(pattern=r'^[^"\r\n]\Z')]
_Trust = Annotated[int, msgspec.Meta(ge=1, le=3)]


class Shape(msgspec.Struct, frozen=True):
    """How a feed's file is written."""

    format: Format
    column: str = "url"  # csv: the heading over the addresses
    date_column: str = ""  # csv: the heading over ISO dates, "" where there is none
    delimiter: str = ","  # csv
    path: str = ""  # json: the keys down to the array, with dots; "" when the file is the array
    field: str = ""  # json: the key of the address in each object; "" when they are texts


class Feed(msgspec.Struct, frozen=True):
    """One feed. Everything was looked up on the day *checked* at *source*."""

    id: str
    name: str
    urls: tuple[str, ...]  # the same list at several places, the first to be asked first
    shape: Shape
    licence: str
    redistribute: bool  # whether the licence lets the list travel in a pack of ours
    kind: FeedKind
    trust: int  # 3: people look at each entry · 2: mostly · 1: gathered by machines
    correction: str  # where an owner asks for a name to be taken out
    source: str  # its home page
    checked: datetime.date
    expiry_days: int = 90
    enabled: bool = True
    redirects_to: tuple[str, ...] = ()  # further hosts that its server may send us to

    @property
    def format(self) -> Format:
        """How its file is written, in one word."""
        return self.shape.format

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that a pull of this feed may talk to."""
        return _hosts(self.urls) | {*self.redirects_to}

    @property
    def first_hosts(self) -> frozenset[str]:
        """Those that it talks to while the first of its mirrors answers."""
        return _hosts(self.urls[:1]) | {*self.redirects_to}


def _hosts(urls: Iterable[str]) -> frozenset[str]:
    return frozenset(one.host for one in map(read_address, urls) if one is not None)


def load_feeds(folder: Path) -> tuple[Mapping[str, Feed], list[RuleError]]:
    """Read `feeds.toml` of the rule *folder*; a wrong entry is named and left out."""
    feeds: dict[str, Feed] = {}
    asked: dict[str, str] = {}
    errors: list[RuleError] = []
    for table in read_rule_tables(folder / FEEDS_FILE, errors, root=folder):
        try:
            row = table.read(_Row)
        except RuleError as error:
            errors.append(error)
            continue
        problems = list(_problems(row, table, asked))
        errors += problems
        if not problems:
            feeds[table.name] = row.feed(table.name)
            asked |= dict.fromkeys(row.urls, table.name)
    return feeds, errors


def local_feed(shape: Shape, *, today: datetime.date) -> Feed:
    """The feed that holds what was imported from a file and belongs to no other."""
    return Feed(
        id=LOCAL,
        name="Danh sách riêng · Own list",
        urls=(),
        shape=shape,
        licence="own",
        redistribute=False,
        kind="scam",
        trust=3,
        correction="",
        source="",
        checked=today,
    )


# --- the file, as its authors write it --------------------------------------------------------


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: _Text
    urls: Annotated[tuple[_Text, ...], msgspec.Meta(min_length=1)]
    format: Format
    licence: _Text
    redistribute: bool
    kind: FeedKind
    trust: _Trust
    correction: _Text
    source: _Text
    checked: datetime.date
    column: str = ""
    date_column: str = ""
    delimiter: _Delimiter = ","
    path: str = ""
    field: str = ""
    expiry_days: _Days = 90
    enabled: bool = True
    redirects_to: tuple[_Text, ...] = ()

    def feed(self, identifier: str) -> Feed:
        fields = msgspec.structs.asdict(self)
        shape = Shape(**{name: fields.pop(name) for name in Shape.__struct_fields__})
        return Feed(id=identifier, shape=shape, **fields)


def _problems(row: _Row, table: RuleTable, asked: Mapping[str, str]) -> Iterator[RuleError]:
    if not _ID.fullmatch(table.name) or table.name == LOCAL:
        problem = Bilingual(
            f"[{table.name}] không dùng làm tên được", f"[{table.name}] cannot be a feed's id"
        )
        fix = Bilingual(
            f"dùng a-z, 0-9 và dấu _, khác {LOCAL!r}",
            f"use a-z, 0-9 and single underscores, and not {LOCAL!r}",
        )
        yield table.error(problem, fix)
    for url in (*row.urls, row.source, row.correction):
        if not _is_https(url):
            problem = Bilingual(f"{url!r} không phải địa chỉ https", f"{url!r} is no https address")
            fix = Bilingual("viết cả địa chỉ, từ https://", "write all of it, from https:// on")
            yield table.error(problem, fix, text=url)
    for url in row.urls:
        if url in asked or row.urls.count(url) > 1:
            owner = asked.get(url, table.name)
            problem = Bilingual(f"{url} đã có ở [{owner}]", f"{url} stands in [{owner}] already")
            fix = Bilingual("giữ ở một chỗ", "keep it in one place")
            yield table.error(problem, fix, text=url)
            break
    if row.format == "csv" and not row.column:
        problem = Bilingual("csv thiếu column", "csv needs a column")
        fix = Bilingual(
            "ghi tên cột có địa chỉ, như trong dòng đầu của tệp ấy",
            "name the column with the addresses, as the file's first line does",
        )
        yield table.error(problem, fix, key="format")


def _is_https(url: str) -> bool:
    return url.startswith("https://") and read_address(url) is not None
