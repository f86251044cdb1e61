"""Formats with an entry a line: hosts, plain, urls and ad blockers' filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from notalone.feeds.catalogue import Format
from notalone.feeds.entry import Entry
from notalone.feeds.row import Row, read_link, read_name
from notalone.feeds.tally import Refusal
from notalone.feeds.unpacking import TOO_LONG

_SINKS = frozenset(("0.0.0.0", "127.0.0.1", "0", "::", "::1", "::0"))  # noqa: S104 - not bound to
_BOILERPLATE = frozenset(  # what hosts files begin with
    ("localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost")
) | {f"ip6-{name}" for name in ("loopback", "localnet", "mcastprefix", "allnodes", "allrouters")}
_BLOCKS_ALL = frozenset(("all", "document", "doc", "important", "popup"))
_ADBLOCK_NAME = re.compile(r"\|\|([^/^$*|]+)\^?(?:\$(.*))?")


def line_rows(
    lines: Iterable[str], reader: Callable[[str], Iterable[Row]]
) -> Iterator[tuple[int, Row]]:
    """What *reader* makes of each of *lines*, with its number from 1."""
    for number, line in enumerate(lines, 1):
        if line == TOO_LONG:
            yield number, Refusal("too_long", "")
        elif line:
            for row in reader(line):
                yield number, row


def _hosts(line: str) -> Iterator[Row]:
    sink, *names = line.partition("#")[0].split()[:100] or [""]
    if not sink:
        return
    if sink not in _SINKS or not names:
        yield Refusal("not_a_block", line)
        return
    yield from (read_name(name) for name in names if name not in _BOILERPLATE)


def _plain(line: str) -> Iterator[Row]:
    if line[0] in "#!;":
        return
    name = line.partition(" #")[0].rstrip()
    below = name.removeprefix("*.") if name.startswith("*.") else name.removeprefix(".")
    yield read_name(below, kind="host" if below == name else "subtree")


def _urls(line: str) -> Iterator[Row]:
    if line[0] not in "#!;":
        yield read_link(line)


def _adblock(line: str) -> Iterator[Row]:
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
            yield read_name(name, kind="subtree")
    elif line.startswith(("||", "|http://", "|https://")) and not _is_pattern(line):
        yield read_link(line.lstrip("|").rstrip("^|"), or_name=False)
    else:
        yield Refusal("option" if "$" in line else "pattern", line)


def _is_pattern(line: str) -> bool:
    return "*" in line or "$" in line or "^" in line[:-1] or "##" in line


def excepted(line: str) -> set[str]:
    """The name that an "@@||name^" line takes out; others take out nothing."""
    match = _ADBLOCK_NAME.fullmatch(line.removeprefix("@@"))
    row = read_name(match[1]) if match else None
    return {row.address} if isinstance(row, Entry) else set()


READERS: dict[Format, Callable[[str], Iterable[Row]]] = {
    "hosts": _hosts,
    "plain": _plain,
    "urls": _urls,
    "adblock": _adblock,
}
