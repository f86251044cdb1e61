"""Where a link leads that only passes its reader on: l.facebook.com/l.php?u=…, read from itself.

Nothing is ever fetched; a shortened link therefore stays what it is. The wrappers are data
(`rules/wrappers.toml`): a known one stands for its destination alone, while on any other site a
parameter like `next=` only adds what it names, since nobody knows whether it is followed.
"""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import unquote_plus

import msgspec

from notalone.address import Address, is_canonical_host, parents, read_address
from notalone.errors import RuleError
from notalone.model import Bilingual
from notalone.rulefile import RuleTable, read_rule_tables

FILE = "wrappers.toml"
DEPTH = 5  # a wrapper in a wrapper in a wrapper …
MOST = 50  # addresses in one link: more stand in none that people send
_ANYWHERE = "anywhere"  # the table without hosts
_LAYERS = 3  # of percent-encoding or base64 below the first
_ABSOLUTE = re.compile(r"\s*(?:https?:|[/\\]{2})", re.IGNORECASE)
_SIGN_OF_ABSOLUTE = re.compile(r"=[\s+]*(?:h|[/\\%]|aHR0c)", re.IGNORECASE)
_BASE64 = re.compile(r"aHR0c[\w+/-]+=*")  # "http" in base64

Holds = Literal["parameter", "path", "host"]


class Wrapper(NamedTuple):
    """One site that passes on, and where in its addresses the destination stands."""

    paths: tuple[str, ...]  # the longest first
    holds: Holds
    parameters: frozenset[str]
    mark: str  # in front of base64

    def path_of(self, path: str) -> str | None:
        """The one of `paths` at or under which *path* is; None for no such."""
        page = path.partition("?")[0]
        for prefix in self.paths:
            if page == prefix or page.startswith(prefix.rstrip("/") + "/"):
                return prefix
        return None


class Reached(msgspec.Struct, frozen=True, gc=False):
    """An address that a link leads to, and what of the link stands for it, in code points.

    A Struct, because one is made for every link of a page.
    """

    address: Address
    start: int
    end: int


class Place(NamedTuple):
    """An address in a message, and where in the original it stands."""

    address: Address
    start: int
    end: int
    is_written_out: bool = True  # that part of the text is the address itself


class _Held(NamedTuple):
    """A destination, and the text in the address that holds it."""

    text: str
    address: Address


@dataclass(frozen=True, slots=True)
class Wrappers:
    """Every wrapper of `wrappers.toml`, ready to be asked."""

    by_host: Mapping[str, Sequence[Wrapper]] = field(default_factory=dict)
    anywhere: frozenset[str] = frozenset()
    not_on: frozenset[str] = frozenset()  # sites that tell of an address and follow none
    without_parameter: tuple[str, ...] = ()  # endings of hosts: their destination needs no "?"

    def reached_by(self, address: Address) -> Sequence[Reached]:
        """Every address that somebody may reach who clicks *address*, itself where it is one.

        In the order in which they are come by, each once, to a depth of `DEPTH`.
        """
        whole = Reached(address, 0, len(address.url))
        if "?" not in address.url and not address.host.endswith(self.without_parameter):
            return (whole,)  # nearly every link
        reached: dict[str, Reached] = {}
        waiting = deque([(whole, 0)])
        while waiting and len(reached) < MOST:
            at, depth = waiting.popleft()
            passes_on, held = self._held_by(at.address) if depth < DEPTH else (False, [])
            if not passes_on:
                reached.setdefault(at.address.url, at)
            for text, destination in held:
                start = at.address.url.find(text) if depth == 0 else -1
                place = (start, start + len(text)) if start >= 0 else (at.start, at.end)
                waiting.append((Reached(destination, *place), depth + 1))
        return tuple(reached.values()) or (whole,)

    def passes_on(self, address: Address) -> bool:
        """Whether *address* stands for another one alone, which `reached_by` then tells of."""
        if "?" not in address.url and not address.host.endswith(self.without_parameter):
            return False
        return self._held_by(address)[0]

    def _held_by(self, address: Address) -> tuple[bool, list[_Held]]:
        """Whether *address* only passes on, and every destination that stands in it."""
        for name in parents(address.host):
            for wrapper in self.by_host.get(name, ()):
                held = list(_held_by_wrapper(address, name, wrapper))
                if held:
                    return True, held
            if name in self.not_on:
                return False, []
        return False, list(_held_anywhere(address, self.anywhere))


def load_wrappers(folder: Path) -> tuple[Wrappers, list[RuleError]]:
    """Read `wrappers.toml` of the rule *folder*; a wrong table is named and left out."""
    by_host: dict[str, list[Wrapper]] = {}
    anywhere = _AnywhereRow((), "")
    errors: list[RuleError] = []
    for table in read_rule_tables(folder / FILE, errors, root=folder):
        try:
            if table.name == _ANYWHERE:
                anywhere = table.read(_AnywhereRow)
                errors += _wrong_hosts(anywhere.not_on, table)
                continue
            row = table.read(_WrapperRow)
        except RuleError as error:
            errors.append(error)
            continue
        problems = list(_problems(row, table))
        errors += problems
        if not problems:
            paths = tuple(sorted(row.paths, key=len, reverse=True))
            wrapper = Wrapper(paths, row.holds, frozenset(row.parameters), row.mark)
            for host in row.hosts:
                by_host.setdefault(host, []).append(wrapper)
    without_parameter = tuple(
        host
        for host, wrappers in by_host.items()
        if any(wrapper.holds != "parameter" for wrapper in wrappers)
    )
    parameters, not_on = frozenset(anywhere.parameters), frozenset(anywhere.not_on)
    return Wrappers(by_host, parameters, not_on, without_parameter), errors


# --- what stands in an address ----------------------------------------------------------------


def _held_by_wrapper(address: Address, name: str, wrapper: Wrapper) -> Iterator[_Held]:
    path = wrapper.path_of(address.path)
    if path is None:
        return
    if wrapper.holds == "parameter":
        for parameter, value in _parameters(address.path):
            if parameter in wrapper.parameters:
                yield from _read(value, mark=wrapper.mark, absolute=False)
    elif wrapper.holds == "path":
        yield from _read(address.path[len(path) :].lstrip("/"), absolute=False)
    else:
        label = address.host.removesuffix(name).rstrip(".")
        host = label.replace("--", "\0").replace("-", ".").replace("\0", "-")
        destination = read_address(f"https://{host}{address.path}") if "." in host else None
        if destination is not None:
            yield _Held(address.url[slice(*address.host_span)], destination)


def _held_anywhere(address: Address, parameters: frozenset[str]) -> Iterator[_Held]:
    if not _SIGN_OF_ABSOLUTE.search(address.path):
        return  # nearly every query
    for parameter, value in _parameters(address.path):
        if parameter in parameters:
            yield from _read(value, absolute=True)


def _parameters(path: str) -> Iterator[tuple[str, str]]:
    """Each name, in lower case, and its value as it stands in *path*."""
    for pair in path.partition("?")[2].split("&"):
        name, _, value = pair.partition("=")
        if value:
            yield name.lower(), value


def _read(value: str, *, mark: str = "", absolute: bool) -> Iterator[_Held]:
    """The web address that *value* is, under layers of percent-encoding or in base64.

    *absolute*: one that does not begin with a scheme or with // is none.
    """
    text = unquote_plus(value)  # as whoever follows it does; more layers hide it from filters
    for _ in range(_LAYERS):
        if _ABSOLUTE.match(text):
            break
        encoded = _BASE64.fullmatch(text.removeprefix(mark))
        text = unquote_plus(text) if encoded is None else from_base64(encoded[0])
    if absolute and not _ABSOLUTE.match(text):
        return
    address = read_address(text)
    if address is not None:
        yield _Held(value, address)


def from_base64(encoded: str) -> str:
    """*encoded* in either alphabet, padded or not; "" when it is none."""
    plain = encoded.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8", "replace")
    except binascii.Error:
        return ""


# --- the file, as its authors write it --------------------------------------------------------

_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Name = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_.-]+$")]
_Path = Annotated[str, msgspec.Meta(pattern="^/[^?#]*$")]


class _AnywhereRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    parameters: Annotated[tuple[_Name, ...], msgspec.Meta(min_length=1)]
    source: _Text
    not_on: tuple[_Text, ...] = ()
    note: str = ""


class _WrapperRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hosts: Annotated[tuple[_Text, ...], msgspec.Meta(min_length=1)]
    source: _Text
    paths: Annotated[tuple[_Path, ...], msgspec.Meta(min_length=1)] = ("/",)
    holds: Holds = "parameter"
    parameters: tuple[_Name, ...] = ()
    mark: str = ""
    note: str = ""


def _wrong_hosts(hosts: Iterable[str], table: RuleTable) -> Iterator[RuleError]:
    for host in hosts:
        if not is_canonical_host(host) or "." not in host or "*" in host:
            problem = Bilingual(f"{host!r} không phải tên miền", f"{host!r} is not a host name")
            fix = Bilingual(
                "viết như trình duyệt: chữ thường, không có https://, /… hay *",
                "write it as browsers do: lower case, without scheme, path or *",
            )
            yield table.error(problem, fix, text=host)


def _problems(row: _WrapperRow, table: RuleTable) -> Iterator[RuleError]:
    yield from _wrong_hosts(row.hosts, table)
    if (row.holds == "parameter") != bool(row.parameters):
        problem = Bilingual(
            f'holds = "{row.holds}" không đi cùng parameters như vậy',
            f'holds = "{row.holds}" does not go with these parameters',
        )
        fix = Bilingual(
            'ghi parameters chỉ khi holds = "parameter"',
            'give parameters where holds = "parameter", and nowhere else',
        )
        keys = ("parameters", "holds")
        yield table.error(problem, fix, key=next((key for key in keys if key in table.values), ""))
