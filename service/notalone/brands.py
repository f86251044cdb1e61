"""Whose names scammers borrow, and which platforms nobody may block whole.

Reads `brands.toml` and `platforms.toml` table by table, so that a mistake in one table names its
line and the others still load.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, cast, get_args

import msgspec
from msgspec.structs import asdict

from notalone.address import is_canonical_host
from notalone.errors import RuleError
from notalone.feeds.entry import ListedKind
from notalone.model import Bilingual
from notalone.rulefile import RuleTable, one_of, read_rule_file, read_rule_tables

PlatformKind = Literal["hosting", "social", "chat", "file", "form", "shortener", "search"]
UserPlace = Literal["subdomain", "path", "none"]

BRANDS_FILE = "brands.toml"
_ALIAS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ALIAS_LETTERS = 2  # and so short a name counts only beside a lure: detectors/lookalike.py
_HOST_FIX = Bilingual(
    "viết như trình duyệt: chữ thường, tên có dấu thành xn--…, không có https:// hay /…",
    "write it as browsers do: lower case, punycode, no scheme or path",
)


@dataclass(frozen=True, slots=True)
class Brand:
    """An organisation whose name scammers borrow, and the domains it really owns."""

    id: str
    name: str
    category: str
    country: str  # ISO 3166 code in lower case, or "world"
    domains: tuple[str, ...]  # the first is the one to show people
    aliases: tuple[str, ...]  # how the name is written in addresses
    sources: tuple[str, ...]
    checked: datetime.date
    is_word: bool = False  # also used innocently: a lure word must stand beside it
    everywhere: bool = False  # registers its name under country suffixes too: shopee.co.id
    not_like: tuple[str, ...] = ()  # innocent names one letter away
    called: tuple[str, ...] = ()  # what messages that speak as it say; none: nobody does


@dataclass(frozen=True, slots=True)
class Platform:
    """A host where strangers have their own pages: one bad page never speaks for the host."""

    host: str
    kind: PlatformKind
    users: UserPlace  # where a user's own place begins

    def is_own_place(self, kind: ListedKind, host: str) -> bool:
        """Whether a row of *kind* for *host* means one user's place here, not the platform."""
        if kind == "url" or self.users == "none":
            return self.users != "none"
        is_below = host.endswith(f".{self.host}") and host != f"www.{self.host}"
        return self.users == "subdomain" and is_below


Platforms = Mapping[str, Platform]


@dataclass(frozen=True, slots=True)
class LinkWords:
    """Words in addresses that make a borrowed name worse, and endings that cost nothing."""

    act: frozenset[str] = frozenset()  # a log-in, a payment, a code, an app
    near: frozenset[str] = frozenset()  # the same, but only next to a borrowed name
    lure: frozenset[str] = frozenset()  # a prize, a delivery, a loan, a job
    fill: frozenset[str] = frozenset()  # what else is put next to a borrowed name
    web: frozenset[str] = frozenset()  # belong to addresses, not into names: https, com
    cheap: frozenset[str] = frozenset()  # suffixes that are nearly free
    passing: frozenset[str] = frozenset()  # hosts handed out for a day
    settled: frozenset[str] = frozenset()  # platforms where people have been for years
    practice: frozenset[str] = frozenset()  # in the names of what students build
    branch: frozenset[str] = frozenset()  # what a company of Viet Nam adds to its name itself
    stores: frozenset[str] = frozenset()  # of files, where a page belongs to no site
    about: frozenset[str] = frozenset()  # sites whose sub-domains are named after what they tell of


def platform_of(host: str, platforms: Platforms) -> Platform | None:
    """The platform that *host* is or lies under."""
    while host:  # every link passes here: a loop takes a third of the time of parents()
        if (platform := platforms.get(host)) is not None:
            return platform
        host = host.partition(".")[2]
    return None


def load_brands(folder: Path) -> tuple[tuple[Brand, ...], list[RuleError]]:
    """Read `brands.toml` of the rule *folder*; a wrong table is named and left out."""
    brands: list[Brand] = []
    owners: dict[str, str] = {}
    errors: list[RuleError] = []
    for table in read_rule_tables(folder / BRANDS_FILE, errors, root=folder):
        try:
            row = table.read(_BrandRow)
        except RuleError as error:
            errors.append(error)
            continue
        problems = list(_brand_problems(row, table, owners))
        errors += problems
        if not problems:
            brands.append(Brand(id=table.name, **asdict(row)))
            owners |= dict.fromkeys(row.domains, table.name)
    return tuple(brands), errors


def load_platforms(folder: Path) -> tuple[Platforms, list[RuleError]]:
    """Read `platforms.toml` of the rule *folder*; a wrong entry is named and left out."""
    platforms: dict[str, Platform] = {}
    errors: list[RuleError] = []
    kinds, places = get_args(PlatformKind), get_args(UserPlace)
    for table in read_rule_tables(folder / "platforms.toml", errors, root=folder):
        if table.name not in kinds:
            problem = Bilingual(
                f"không có loại trang [{table.name}]", f"[{table.name}] is no kind of platform"
            )
            errors.append(table.error(problem, one_of(kinds)))
            continue
        for host, users in table.values.items():
            if not is_canonical_host(host):
                errors.append(table.error(_not_a_host(host), _HOST_FIX, text=host))
            elif users not in places:
                problem = Bilingual(f"không có chỗ {users!r}", f"{users!r} is no place")
                errors.append(table.error(problem, one_of(places), text=host))
            elif host in platforms:
                problem = Bilingual(f"{host} có hai lần", f"{host} is here twice")
                errors.append(table.error(problem, Bilingual("giữ một", "keep one"), text=host))
            else:
                platforms[host] = Platform(host, cast(PlatformKind, table.name), users)
    return platforms, errors


def load_link_words(folder: Path) -> tuple[LinkWords, list[RuleError]]:
    """Read `link_words.toml` of the rule *folder*."""
    try:
        row = read_rule_file(folder / "link_words.toml", _LinkWordsFile, root=folder)
    except RuleError as error:
        return LinkWords(), [error]
    return LinkWords(**{name: frozenset(texts) for name, texts in asdict(row).items()}), []


# --- the files, as their authors write them ---------------------------------------------------

_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Word = Annotated[str, msgspec.Meta(pattern="^[a-z]{3,}$")]
_Texts = Annotated[tuple[_Text, ...], msgspec.Meta(min_length=1)]


class _BrandRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: _Text
    category: _Text
    country: _Text
    domains: _Texts
    aliases: _Texts
    sources: _Texts
    checked: datetime.date
    is_word: bool = False
    everywhere: bool = False
    not_like: tuple[_Text, ...] = ()
    called: tuple[_Text, ...] = ()


class _LinkWordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    act: tuple[_Word, ...]
    lure: tuple[_Word, ...]
    near: tuple[_Word, ...] = ()
    fill: tuple[_Word, ...] = ()
    web: tuple[_Word, ...] = ()
    cheap: tuple[_Text, ...] = ()
    passing: tuple[_Text, ...] = ()
    settled: tuple[_Text, ...] = ()
    practice: tuple[_Text, ...] = ()
    branch: tuple[_Text, ...] = ()
    stores: tuple[_Text, ...] = ()
    about: tuple[_Text, ...] = ()


def _brand_problems(
    row: _BrandRow, table: RuleTable, owners: Mapping[str, str]
) -> Iterator[RuleError]:
    for host in row.domains:
        if not is_canonical_host(host) or "." not in host:
            yield table.error(_not_a_host(host), _HOST_FIX, text=host)
        elif host in owners:
            problem = Bilingual(
                f"{host} đã thuộc về [{owners[host]}]",
                f"{host} belongs to [{owners[host]}] already",
            )
            fix = Bilingual("để ở một thương hiệu thôi", "keep it with one brand")
            yield table.error(problem, fix, text=host)
    for alias in (*row.aliases, *row.not_like):
        if not _ALIAS.fullmatch(alias) or len(alias) < _ALIAS_LETTERS:
            problem = Bilingual(
                f"{alias!r} không thể nằm trong một địa chỉ",
                f"{alias!r} cannot stand in an address",
            )
            fix = Bilingual(
                f"dùng a-z, 0-9 và dấu - đơn, ít nhất {_ALIAS_LETTERS} ký tự",
                f"use a-z, 0-9 and single hyphens, at least {_ALIAS_LETTERS} characters",
            )
            yield table.error(problem, fix, text=alias)


def _not_a_host(host: str) -> Bilingual:
    return Bilingual(f"{host!r} không phải tên miền", f"{host!r} is not a host name")
