"""A feed's file, in whichever of the usual formats, as entries; one bad line costs itself only.

What becomes of a line is decided by what it says, never widened:

    hosts     "0.0.0.0 name"              that name alone
    plain     "name", "*.name"            that name alone; with "*." or "." in front all below it
    urls      "https://name/page"         the page and what lies below it; without a path the name
    adblock   "||name^", "||name/page"    the name and all below it; the page
    csv json  either a name or an address, as in urls

"www.name" is another name than "name". Ad blockers take them for one; here a shop's front page
says nothing about its neighbours, so a list that means both has to say both, as most do.
What is no plain block (exceptions, patterns, options that ask for more) is counted, not guessed.
"""

from __future__ import annotations

import csv
import gzip
import io
import ipaddress
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, Literal, NamedTuple, get_args

import msgspec

from notalone.address import read_address
from notalone.feeds.catalogue import Format, Shape
from notalone.feeds.entry import Entry
from notalone.feeds.fault import FeedError
from notalone.model import Bilingual

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Reason = Literal[
    "not_an_address", "ip_range", "own_network", "not_a_block", "pattern", "option", "exception",
    "too_long", "no_column",
    # what sanity.py adds: whom the line would hit who has done nothing
    "public_suffix", "platform", "brand", "state", "allowed",
]  # fmt: skip
REASONS: tuple[Reason, ...] = get_args(Reason)
WHY: Mapping[Reason, Bilingual] = {
    "not_an_address": Bilingual("không phải địa chỉ trang", "no web address"),
    "ip_range": Bilingual("cả một dải địa chỉ IP", "a range of IP addresses"),
    "own_network": Bilingual("địa chỉ trong mạng riêng", "an address of a private network"),
    "not_a_block": Bilingual("không phải dòng chặn", "not a blocking line"),
    "pattern": Bilingual("mẫu chung, không phải một trang", "a pattern, not one site"),
    "option": Bilingual("có điều kiện kèm theo", "with a condition"),
    "exception": Bilingual("dòng loại trừ", "an exception"),
    "too_long": Bilingual("dài quá", "too long"),
    "no_column": Bilingual("thiếu cột", "without the column"),
    "public_suffix": Bilingual("đuôi tên miền chung", "a public suffix"),
    "platform": Bilingual("nơi nhiều người dùng chung", "a platform that many share"),
    "brand": Bilingual("tên miền thật của một tổ chức", "an organisation's own domain"),
    "state": Bilingual("của nhà nước hoặc trường học", "of a state or a school"),
    "allowed": Bilingual("có trong allowed.csv", "in allowed.csv"),
}


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much of a file is read at most."""

    unpacked_bytes: int = 512 * 2**20
    document_bytes: int = 64 * 2**20  # json has to be read whole
    lines: int = 10_000_000
    line_bytes: int = 8192
    address_chars: int = 2048
    examples: int = 3  # of each reason


READ_LIMITS = ReadLimits()


class Refusal(NamedTuple):
    """What a line held that cannot be used."""

    reason: Reason
    text: str


@dataclass(slots=True)
class Tally:
    """What became of a file's rows; comments and blank lines are no rows."""

    entries: int = 0
    refused: Counter[Reason] = field(default_factory=Counter)
    examples: dict[Reason, list[str]] = field(default_factory=dict)
    exceptions: set[str] = field(default_factory=set)
    """Names that an "@@||name^" line takes out, with all below them."""

    @property
    def rows(self) -> int:
        """Every row that was looked at."""
        return self.entries + self.refused.total()

    def refuse(self, refusal: Refusal, line: int) -> None:
        """Count *refusal*, and keep the first few of a kind to be shown."""
        self.refused[refusal.reason] += 1
        kept = self.examples.setdefault(refusal.reason, [])
        if len(kept) < READ_LIMITS.examples:
            # what moves a terminal's cursor or hides text is not for a stranger's list to print
            shown = "".join(
                c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in refusal.text[:80]
            )
            kept.append(f"{line}: {shown}")


Guard = Callable[[Entry], Reason | None]
_Row = Entry | Refusal


def read_entries(
    file: BinaryIO,
    shape: Shape,
    tally: Tally,
    *,
    guard: Guard = lambda _: None,
    limits: ReadLimits = READ_LIMITS,
) -> Iterator[Entry]:
    """The entries of *file*, packed or not; what is refused is counted in *tally*, by line.

    *guard* says why an entry must not be used. Streams, but for json.
    Raises: FeedError when the file is none of what it should be.
    """
    unpacked = _Unpacked(file, limits)
    if shape.format == "json":
        rows: Iterable[tuple[int, _Row]] = _json_rows(unpacked, shape, limits)
    elif shape.format == "csv":
        rows = _csv_rows(_lines(unpacked, limits), shape)
    else:
        rows = _line_rows(_lines(unpacked, limits), _READERS[shape.format])
    for line, row in rows:
        if isinstance(row, Refusal):
            tally.refuse(row, line)
            if row.reason == "exception":
                tally.exceptions |= _excepted(row.text)
        elif (reason := guard(row)) is not None:
            tally.refuse(Refusal(reason, row.address), line)
        else:
            tally.entries += 1
            yield row


# --- from bytes to lines ------------------------------------------------------------------------

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PACKINGS = 2  # a packed file may be sent packed once more
_CHUNK = 2**16
_HTML = re.compile(rb"\s*<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)


class _Unpacked:
    """*file* without gzip or zstd around it, and never more of it than the limit."""

    def __init__(self, file: BinaryIO, limits: ReadLimits) -> None:
        self._left = limits.unpacked_bytes
        self._stream = _buffered(_Source(file))
        for _ in range(_PACKINGS):
            head = self._peek()
            if head.startswith(_GZIP):
                self._stream = _buffered(gzip.GzipFile(fileobj=self._stream, mode="rb"))
            elif head.startswith(_ZSTD):
                self._stream = _buffered(zstd.ZstdFile(self._stream))
        if _HTML.match(self._peek()):
            problem = Bilingual("là một trang web, không phải danh sách", "is a web page, no list")
            raise FeedError("html", problem)

    def chunk(self) -> bytes:
        """The next bytes, b"" at the end."""
        read = _guarded(lambda: self._stream.read1(_CHUNK))
        self._left -= len(read)
        if self._left < 0:
            problem = Bilingual("bung ra quá lớn", "is too large once it is unpacked")
            raise FeedError("too_large", problem)
        return read

    def _peek(self) -> bytes:
        return _guarded(lambda: self._stream.peek(_CHUNK))


class _Source(io.RawIOBase):
    """*file* beneath a reader that closes what it stands on when it is done: *file* stays open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _buffered(stream: Any) -> io.BufferedReader:
    return io.BufferedReader(stream, _CHUNK)


def _guarded(read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except (EOFError, zlib.error, gzip.BadGzipFile, zstd.ZstdError) as error:
        problem = Bilingual("tệp nén bị hỏng hoặc bị cắt", "is packed, and damaged or cut off")
        raise FeedError("damaged", problem) from error
    except OSError as error:
        problem = Bilingual("không đọc được tệp", f"cannot be read ({error.strerror})")
        raise FeedError("unreadable", problem) from error


def _lines(unpacked: _Unpacked, limits: ReadLimits) -> Iterator[str]:
    """Every line without its end; one that is too long comes as "\\0", so that it is counted."""
    count, rest, is_long = 0, b"", False
    while chunk := unpacked.chunk():
        *whole, last = (rest + chunk).split(b"\n")
        count += len(whole)
        if count > limits.lines:
            raise FeedError(
                "too_many_lines",
                Bilingual(f"hơn {limits.lines} dòng", f"has more than {limits.lines} lines"),
            )
        for line in whole:
            yield "\0" if is_long or len(line) > limits.line_bytes else _text(line)
            is_long = False
        is_long = is_long or len(last) > limits.line_bytes
        rest = b"" if is_long else last
    if is_long or rest:
        yield "\0" if is_long else _text(rest)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip(" \t\r\ufeff")


# --- from lines to entries ----------------------------------------------------------------------

_TOO_LONG = Refusal("too_long", "")
_IP_RANGE = re.compile(
    r"[0-9a-f.:]*[.:][0-9a-f.:]*(?:/\d{1,3}|\s*-\s*[0-9a-f.:]*[.:][0-9a-f.:]*)", re.IGNORECASE
)
_NOT_IN_NAMES = frozenset("/\\?#@:|^*=$,;!<>()\"' \t")
_SINKS = frozenset(("0.0.0.0", "127.0.0.1", "0", "::", "::1", "::0"))  # noqa: S104 - not bound to
_BOILERPLATE = frozenset(  # what hosts files begin with
    ("localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost")
) | {f"ip6-{name}" for name in ("loopback", "localnet", "mcastprefix", "allnodes", "allrouters")}
_OWN_NETWORKS = (
    *map(ipaddress.ip_network, ("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16")),
    *map(ipaddress.ip_network, ("172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3")),
    *map(ipaddress.ip_network, ("::/127", "fc00::/7", "fe80::/10", "ff00::/8")),
)
_BLOCKS_ALL = frozenset(("all", "document", "doc", "important", "popup"))
_ADBLOCK_NAME = re.compile(r"\|\|([^/^$*|]+)\^?(?:\$(.*))?")


def _line_rows(
    lines: Iterable[str], reader: Callable[[str], Iterable[_Row]]
) -> Iterator[tuple[int, _Row]]:
    for number, line in enumerate(lines, 1):
        if line == "\0":
            yield number, _TOO_LONG
        elif line:
            for row in reader(line):
                yield number, row


def _hosts(line: str) -> Iterator[_Row]:
    sink, *names = line.partition("#")[0].split()[:100] or [""]
    if not sink:
        return
    if sink not in _SINKS or not names:
        yield Refusal("not_a_block", line)
        return
    yield from (_name(name) for name in names if name not in _BOILERPLATE)


def _plain(line: str) -> Iterator[_Row]:
    if line[0] in "#!;":
        return
    name = line.partition(" #")[0].rstrip()
    below = name.removeprefix("*.") if name.startswith("*.") else name.removeprefix(".")
    yield _name(below, kind="host" if below == name else "subtree")


def _urls(line: str) -> Iterator[_Row]:
    if line[0] not in "#!;":
        yield _address(line)


def _adblock(line: str) -> Iterator[_Row]:
    is_comment = line[0] == "!" or (line[0] == "#" and "##" not in line)
    if is_comment or (line[0] == "[" and line[-1] == "]"):
        return
    if line.startswith("@@"):
        yield Refusal("exception", line)
    elif match := _ADBLOCK_NAME.fullmatch(line):
        name, options = match[1], match[2]
        if options is not None and not _BLOCKS_ALL.issuperset(options.split(",")):
            yield Refusal("option", line)
        elif "^" not in line:  # "||name" is also the beginning of other names
            yield Refusal("pattern", line)
        else:
            yield _name(name, kind="subtree")
    elif line.startswith(("||", "|http://", "|https://")) and not _is_pattern(line):
        yield _address(line.lstrip("|").rstrip("^|"), or_name=False)
    else:
        yield Refusal("option" if "$" in line else "pattern", line)


def _is_pattern(line: str) -> bool:
    return "*" in line or "$" in line or "^" in line[:-1] or "##" in line


def _excepted(line: str) -> set[str]:
    """The name that an "@@||name^" line takes out; others take out nothing."""
    match = _ADBLOCK_NAME.fullmatch(line.removeprefix("@@"))
    row = _name(match[1]) if match else None
    return {row.address} if isinstance(row, Entry) else set()


_READERS: dict[Format, Callable[[str], Iterable[_Row]]] = {
    "hosts": _hosts,
    "plain": _plain,
    "urls": _urls,
    "adblock": _adblock,
}


def _csv_rows(lines: Iterator[str], shape: Shape) -> Iterator[tuple[int, _Row]]:
    """Rows below the heading; a text that runs over a line's end costs both lines."""
    number, column, dates = 0, -1, -1
    for number, line in enumerate(lines, 1):
        if line == "\0":
            yield number, _TOO_LONG
            continue
        if not line or (line[0] == "#" and column >= 0):
            continue
        cells = _cells(line, shape.delimiter)
        if column < 0:
            heading = [cell.strip().lstrip("# ") for cell in cells]
            if shape.column in heading:
                column = heading.index(shape.column)
                dates = heading.index(shape.date_column) if shape.date_column in heading else -1
            elif line[0] != "#":
                break
        elif column < len(cells):
            added = _day(cells[dates]) if 0 <= dates < len(cells) else None
            yield number, _address(cells[column].strip(), added=added)
        else:
            yield number, Refusal("no_column", line)
    if number and column < 0:
        raise _wrong(
            f"không có cột {shape.column!r} ở dòng đầu", f"has no column {shape.column!r} on top"
        )


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _json_rows(unpacked: _Unpacked, shape: Shape, limits: ReadLimits) -> Iterator[tuple[int, _Row]]:
    """The texts in the array; what stands for the line is the place in the array, from 1."""
    document = bytearray()
    while chunk := unpacked.chunk():
        document += chunk
        if len(document) > limits.document_bytes:
            megabytes = limits.document_bytes // 2**20
            raise FeedError(
                "too_large", Bilingual(f"hơn {megabytes} MB", f"has more than {megabytes} MB")
            )
    try:
        found = msgspec.json.decode(document)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _wrong("không phải JSON", "is not JSON") from error
    for key in filter(None, shape.path.split(".")):
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        where = shape.path or "."
        raise _wrong(f"không có danh sách ở {where!r}", f"has no array at {where!r}")
    if len(found) > limits.lines:
        raise FeedError(
            "too_many_lines",
            Bilingual(f"hơn {limits.lines} dòng", f"has more than {limits.lines} rows"),
        )
    for number, item in enumerate(found, 1):
        text = item.get(shape.field) if isinstance(item, dict) and shape.field else item
        if isinstance(text, str):
            yield number, _address(text.strip())
        else:
            yield number, Refusal("not_an_address", repr(text)[:80])


def _wrong(vi: str, en: str) -> FeedError:
    return FeedError("wrong_format", Bilingual(vi, en))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


# --- one name, one address ----------------------------------------------------------------------


def _name(name: str, *, kind: Literal["host", "subtree"] = "host") -> _Row:
    if _IP_RANGE.fullmatch(name):
        return Refusal("ip_range", name)
    if not _NOT_IN_NAMES.isdisjoint(name) and not (name[:1] == "[" and name[-1:] == "]"):
        return Refusal("not_an_address", name)
    return _canonical(f"http://{name}/", name, kind=kind)


def _address(text: str, *, added: date | None = None, or_name: bool = True) -> _Row:
    """*text* with or without a scheme; without a path it is a host."""
    if _IP_RANGE.fullmatch(text):
        return Refusal("ip_range", text)
    scheme, colon, _ = text.partition("://")
    if colon and scheme.lower() not in ("http", "https", "hxxp", "hxxps"):
        return Refusal("not_an_address", text)
    row = _canonical(text if colon else f"http://{text}", text, added=added)
    if isinstance(row, Entry) and row.kind == "host" and not or_name:
        return Refusal("pattern", text)
    return row


def _canonical(
    url: str, text: str, *, kind: Literal["host", "subtree"] = "host", added: date | None = None
) -> _Row:
    address = None if any(sign in text for sign in " \t\ufffd") else read_address(url)
    if address is None or not text:
        return Refusal("not_an_address", text)
    if address.is_ip:
        kind = "host"  # nothing lies below an IP address
        if _is_own_network(address.host):
            return Refusal("own_network", text)
    written = address.host + address.path
    if len(written) > READ_LIMITS.address_chars:
        return Refusal("too_long", text)
    if address.path == "/":
        return Entry(kind, address.host, added)
    return Entry("url", written, added)


def _is_own_network(host: str) -> bool:
    try:
        ip = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True  # no such address can be opened
    return any(ip in network for network in _OWN_NETWORKS)
