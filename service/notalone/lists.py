"""Addresses that people reported, and addresses that are never flagged: domains/*.csv.

Host, subtree and URL are different kinds and nothing widens by itself: a listed page never blocks
its host, a listed host never its parent. `allowed.csv` wins.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast

from notalone.address import Address, decode, is_public_suffix, parents, read_address
from notalone.brands import Brand, Platforms, platform_of
from notalone.compiled import CompiledList, Sighting
from notalone.errors import RuleError, RuleLocation
from notalone.feeds.entry import ListedKind
from notalone.host_index import NOTHING, Covering, HostIndex, key_of, question_of
from notalone.model import Bilingual
from notalone.rulefile import one_of, shown_path

_KINDS = ("host", "subtree", "url")
BLOCKED_COLUMNS = ("kind", "address", "reason", "lure", "source", "added", "expires")
ALLOWED_COLUMNS = ("kind", "address", "reason", "source", "added")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """One row of a list."""

    kind: ListedKind
    address: str  # a host; for `url`, host and path without scheme
    reason: str
    source: str
    added: date
    lure: str | None = None
    expires: date | None = None

    def is_expired(self, today: date) -> bool:
        """Whether the report is too old to block on: the name may have a new owner."""
        return self.expires is not None and self.expires <= today

    def covers_path(self, path: str) -> bool:
        """Whether a `url` row covers *path*, on the borders of path segments only."""
        prefix = decode("/" + self.address.partition("/")[2])
        path = decode(path)
        if not path.startswith(prefix):
            return False
        return len(path) == len(prefix) or prefix[-1] in "/?&=" or path[len(prefix)] in "/?&"


@dataclass(frozen=True, slots=True)
class AddressTable:
    """Rows by kind."""

    hosts: Mapping[str, ListedAddress] = field(default_factory=dict)
    subtrees: Mapping[str, ListedAddress] = field(default_factory=dict)
    urls: Mapping[str, tuple[ListedAddress, ...]] = field(default_factory=dict)

    @property
    def names(self) -> HostIndex:
        """Which hosts any row covers."""
        kinds: Mapping[ListedKind, Mapping[str, object]] = {
            "host": self.hosts,
            "subtree": self.subtrees,
            "url": self.urls,
        }
        return HostIndex.of(key_of(kind, host) for kind, rows in kinds.items() for host in rows)

    def find(self, address: Address) -> ListedAddress | None:
        """The closest row that covers *address*: a page before its host, a host before parents."""
        host = address.host
        for row in self.urls.get(host, ()):
            if row.covers_path(address.path):
                return row
        exact = self.hosts.get(host)
        if exact is not None:
            return exact
        return next((self.subtrees[name] for name in parents(host) if name in self.subtrees), None)


@dataclass(frozen=True, slots=True)
class DomainLists:
    """What is blocked and what is allowed.

    *blocked* and *allowed* are our own rows, *compiled* is what feeds say, *owned* are the names of
    brands.
    """

    blocked: AddressTable = AddressTable()
    allowed: AddressTable = AddressTable()
    compiled: CompiledList | None = None
    owned: frozenset[str] = frozenset()
    platforms: Platforms = field(default_factory=dict)
    covered_by_ours: Covering = field(init=False, compare=False, repr=False)
    covered_by_feeds: Covering = field(init=False, compare=False, repr=False)
    _spared: Covering = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        fed = NOTHING if self.compiled is None else self.compiled.names
        spared = {*self.allowed.hosts, *self.allowed.subtrees, *self.allowed.urls}
        spared |= {*self.owned, *self.platforms}
        guarded = HostIndex.of(key_of("subtree", name) for name in spared)
        object.__setattr__(self, "covered_by_ours", self.blocked.names.covering)
        object.__setattr__(self, "covered_by_feeds", fed.covering)
        object.__setattr__(self, "_spared", guarded.covering)

    def find(self, address: Address) -> ListedAddress | None:
        """Our own row that blocks *address*, or None; an allowed address is never blocked."""
        row = self.blocked.find(address)
        return None if row is None or self.allows(address) else row

    def without_spared(self, found: tuple[Sighting, ...], address: Address) -> tuple[Sighting, ...]:
        """What is left of the sightings *found* of *address* without those that no feed may block.

        The build has left them out; rules may have changed since.
        """
        if not found or not self._spared(question_of(address.host)):
            return found
        if self.allows(address):
            return ()
        place = platform_of(address.host, self.platforms)
        if place is not None:
            return tuple(one for one in found if place.is_own_place(one.kind, one.host))
        return () if any(name in self.owned for name in parents(address.host)) else found

    def allows(self, address: Address) -> bool:
        """Whether *address* stands in `allowed.csv`."""
        return self.allowed.find(address) is not None


def load_lists(
    folder: Path,
    *,
    brands: Iterable[Brand] = (),
    platforms: Platforms | None = None,
    lures: Collection[str] | None = None,
    check_suffixes: bool = True,
) -> tuple[DomainLists, list[RuleError]]:
    """Read both lists of the rule *folder*; a wrong row is named and left out, the rest stands.

    *lures*, when given, are the ids that a row may name. *check_suffixes* refuses `gov.vn` or
    `github.io` by the public suffix list, which costs 0.3 s: for the linter and for whoever builds
    lists, not for the start of the service (which still refuses every name of one label).
    """
    errors: list[RuleError] = []
    owned = {host: brand.name for brand in brands for host in brand.domains}
    shape = _Checks(owned, platforms or {}, lures, check_suffixes)
    domains = folder / "domains"

    allowed = _table(_read(domains / "allowed.csv", ALLOWED_COLUMNS, shape.form_problems, errors))

    def blocked_problems(row: ListedAddress, address: Address) -> Iterator[_Problem]:
        yield from shape.form_problems(row, address)
        yield from shape.harm_problems(row, address)
        if allowed.find(address) is not None:
            yield _Problem(
                row.address,
                Bilingual("có cả trong allowed.csv", "stands in allowed.csv too"),
                Bilingual("bỏ khỏi một trong hai danh sách", "take it out of one list"),
            )

    blocked = _table(_read(domains / "blocked.csv", BLOCKED_COLUMNS, blocked_problems, errors))
    return DomainLists(blocked, allowed, owned=frozenset(owned), platforms=shape.platforms), errors


class _Problem(NamedTuple):
    """What is wrong with a row: the text to point at, the mistake, the fix."""

    text: str
    problem: Bilingual
    fix: Bilingual


@dataclass(frozen=True, slots=True)
class _Checks:
    owned: Mapping[str, str]
    platforms: Platforms
    lures: Collection[str] | None
    check_suffixes: bool

    def form_problems(self, row: ListedAddress, address: Address) -> Iterator[_Problem]:
        """What is wrong with the row whichever list it stands in."""
        host, _, path = row.address.partition("/")
        if row.kind not in _KINDS:
            problem = Bilingual(f"không có loại {row.kind!r}", f"{row.kind!r} is no kind")
            yield _Problem(row.kind, problem, one_of(_KINDS))
        if address.host != host:
            problem = Bilingual(
                f"trình duyệt không viết tên miền là {host!r}",
                f"{host!r} is not how browsers write a host",
            )
            fix = Bilingual(
                f"viết {address.host}: chữ thường, tên có dấu thành xn--…, không có https:// hay số"
                " cổng",
                f"write {address.host}: lower case, punycode, no scheme or port",
            )
            yield _Problem(host, problem, fix)
        if row.kind == "url" and address.path == "/":
            yield _Problem(
                row.address,
                Bilingual("dòng loại url cần phần sau dấu /", "a url row needs a path"),
                Bilingual('cả tên miền thì dùng loại "host"', 'use kind "host" for a whole host'),
            )
        elif row.kind == "url" and decode(address.path) != decode(f"/{path}"):
            problem = Bilingual(
                "trình duyệt không viết phần sau dấu / như vậy", "is not how browsers write a path"
            )
            written = f"{host}{address.path}"
            fix = Bilingual(f"viết {written}", f"write {written}")
            yield _Problem(row.address, problem, fix)
        if row.kind != "url" and "/" in row.address:
            problem = Bilingual(
                f"dòng loại {row.kind} không có phần sau dấu /", f"a {row.kind} row has no path"
            )
            yield _Problem(row.address, problem, _use_kind("url"))
        if address.is_ip and row.kind == "subtree":
            problem = Bilingual(
                "địa chỉ IP không có tên miền con", "an IP address has no sub-domains"
            )
            yield _Problem("subtree", problem, _use_kind("host"))
        if not row.reason:
            yield _Problem(
                row.address,
                Bilingual("reason còn trống", "reason is empty"),
                Bilingual("ghi vài chữ vì sao có dòng này", "say in a few words why it is listed"),
            )
        if not row.source:
            yield _Problem(
                row.address,
                Bilingual("source còn trống", "source is empty"),
                Bilingual("ghi ai đã báo", "say who reported it"),
            )
        if row.expires is not None and row.expires <= row.added:
            problem = Bilingual("expires không sau added", "expires is not after added")
            fix = Bilingual(
                "cho 90 ngày (30 ngày nếu là chỗ đặt trang miễn phí)",
                "give it 90 days (30 on free hosting)",
            )
            yield _Problem(row.expires.isoformat(), problem, fix)
        if row.lure is not None and self.lures is not None and row.lure not in self.lures:
            problem = Bilingual(f"không có kiểu bẫy {row.lure!r}", f"there is no lure {row.lure!r}")
            fix = Bilingual(
                "dùng tên một thư mục trong rules/lures", "use the name of a folder in rules/lures"
            )
            yield _Problem(row.lure, problem, fix)

    def harm_problems(self, row: ListedAddress, address: Address) -> Iterator[_Problem]:
        """Whom the row would hit who has done nothing."""
        host = address.host
        place = platform_of(host, self.platforms)
        if place is not None and not place.is_own_place(row.kind, host):
            problem = Bilingual(
                f"{place.host} là nơi nhiều người dùng chung",
                f"{place.host} is a platform that many share",
            )
            fix = Bilingual("ghi riêng trang ấy, loại url", "list the page itself with kind url")
            yield _Problem(row.address, problem, fix)
        owner = next((self.owned[name] for name in parents(host) if name in self.owned), None)
        if owner is not None and place is None:
            problem = Bilingual(
                f"đây là tên miền thật của {owner}", f"this is {owner}'s own domain"
            )
            yield _Problem(row.address, problem, Bilingual("bỏ dòng này", "take the row out"))
        if row.kind == "subtree":
            below = _first_below(host, (*self.platforms, *self.owned))
            if below is not None:
                problem = Bilingual(
                    f"{below}, nơi nhiều người dùng, nằm dưới tên này",
                    f"{below}, which many use, lies below it",
                )
                fix = Bilingual('dùng loại "host" hoặc "url"', 'use kind "host" or "url"')
                yield _Problem(row.address, problem, fix)
        if row.kind != "url" and not address.is_ip and self._is_suffix(host):
            problem = Bilingual(
                f"người lạ cũng đăng ký tên dưới {host}", f"strangers register names under {host}"
            )
            fix = Bilingual("ghi một tên cụ thể dưới nó", "list a name below it")
            yield _Problem(row.address, problem, fix)

    def _is_suffix(self, host: str) -> bool:
        return "." not in host or (self.check_suffixes and is_public_suffix(host))


def _use_kind(kind: ListedKind) -> Bilingual:
    return Bilingual(f'dùng loại "{kind}"', f'use kind "{kind}"')


def _first_below(host: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if name.endswith(f".{host}")), None)


def _read(
    path: Path,
    columns: tuple[str, ...],
    problems: Callable[[ListedAddress, Address], Iterator[_Problem]],
    errors: list[RuleError],
) -> Iterator[ListedAddress]:
    shown = shown_path(path, root=path.parent.parent)
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except OSError as failure:
        problem = Bilingual("không đọc được tệp", f"cannot be read ({type(failure).__name__})")
        header = ",".join(columns)
        fix = Bilingual(
            f"để tệp lại chỗ cũ; danh sách trống chỉ có một dòng {header}",
            f"put it back; an empty list is the one line {header}",
        )
        errors.append(RuleError(problem, fix=fix, at=RuleLocation(shown)))
        return
    if not lines or lines[0].decode("utf-8", "replace") != ",".join(columns):
        problem = Bilingual("dòng đầu không đúng", "has another heading")
        header = ",".join(columns)
        fix = Bilingual(f"dòng đầu phải là {header}", f"make the first line {header}")
        errors.append(RuleError(problem, fix=fix, at=RuleLocation(shown, 1, 1)))
        return
    seen: dict[tuple[str, str], int] = {}
    last = ""
    for number, raw in enumerate(lines[1:], 2):
        line = raw.decode("utf-8", "replace")
        try:
            row, address = _parse_row(line, columns)
        except _RowError as failure:
            errors.append(_error(shown, number, line, failure.problem))
            continue
        found = list(problems(row, address))
        first = seen.setdefault((row.kind, row.address), number)
        if first != number:
            twice = Bilingual(f"đã có ở dòng {first}", f"is in line {first} already")
            found.append(_Problem(row.address, twice, Bilingual("giữ một", "keep one")))
        if row.address < last:  # only untidy, so the row itself stands
            untidy = _Problem(
                row.address,
                Bilingual("không đúng thứ tự", "is out of order"),
                Bilingual("xếp các dòng theo địa chỉ", "sort the rows by address"),
            )
            errors.append(_error(shown, number, line, untidy))
        last = max(last, row.address)
        errors += [_error(shown, number, line, problem) for problem in found]
        if not found:
            yield row


class _RowError(ValueError):
    """A row that cannot be read at all."""

    def __init__(self, text: str, problem: Bilingual, fix: Bilingual) -> None:
        super().__init__(problem.en)
        self.problem = _Problem(text, problem, fix)


def _parse_row(line: str, columns: tuple[str, ...]) -> tuple[ListedAddress, Address]:
    if "\ufffd" in line:
        raise _RowError(
            "\ufffd",
            Bilingual("chữ ở đây không phải UTF-8", "is not UTF-8 here"),
            Bilingual("lưu tệp dạng UTF-8", "save the file as UTF-8"),
        )
    cells = next(csv.reader([line]), [])
    if len(cells) != len(columns):
        problem = Bilingual(
            f"có {len(cells)} cột thay vì {len(columns)}",
            f"{len(cells)} columns instead of {len(columns)}",
        )
        fix = Bilingual(
            'chữ nào có dấu phẩy thì đặt trong "…"', 'put "…" around a text that holds a comma'
        )
        raise _RowError("", problem, fix)
    values = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    address = read_address("http://" + values["address"])
    if not values["address"] or address is None:
        problem = Bilingual("không phải địa chỉ trang", "is not a web address")
        fix = Bilingual(
            "viết tên miền; loại url thì tên miền/phần sau",
            "write a host, or host/path for kind url",
        )
        raise _RowError(values["address"], problem, fix)
    row = ListedAddress(
        kind=cast(ListedKind, values["kind"]),  # checked by form_problems
        address=values["address"],
        reason=values["reason"],
        source=values["source"],
        added=_day(values["added"]),
        lure=values.get("lure") or None,
        expires=_day(values["expires"]) if "expires" in values else None,
    )
    return row, address


def _day(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _RowError(
        text,
        Bilingual(f"{text!r} không phải ngày", f"{text!r} is not a date"),
        Bilingual("viết như 2026-11-22", "write it as 2026-11-22"),
    )


def _error(path: Path, number: int, line: str, problem: _Problem) -> RuleError:
    column = line.find(problem.text) + 1 if problem.text else 1
    at = RuleLocation(path, number, column)
    return RuleError(problem.problem, fix=problem.fix, at=at)


def _table(rows: Iterator[ListedAddress]) -> AddressTable:
    hosts: dict[str, ListedAddress] = {}
    subtrees: dict[str, ListedAddress] = {}
    urls: dict[str, tuple[ListedAddress, ...]] = {}
    for row in rows:
        if row.kind == "url":
            host = row.address.partition("/")[0]
            urls[host] = (*urls.get(host, ()), row)
        else:
            (hosts if row.kind == "host" else subtrees)[row.address] = row
    return AddressTable(hosts, subtrees, urls)
