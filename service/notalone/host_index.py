"""Which listed names cover a host: one look into a DAWG, however many names there are.

Names are stored from their end, with a mark behind them that says how far they reach, so that all
that cover a host are prefixes of one question:

    bad.example, all below it   elpmaxe.dab.
    bad.example alone           elpmaxe.dab./
    pages of bad.example        elpmaxe.dab.//
    the question                elpmaxe.dab.//      for a.bad.example: elpmaxe.dab.a.//

The dot keeps to the borders of labels, and no host holds a slash: what is found is exact.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import dawg

from notalone.feeds.entry import ListedKind

_MARKS: Mapping[ListedKind, str] = {"subtree": ".", "host": "./", "url": ".//"}
_KINDS: Mapping[str, ListedKind] = {mark: kind for kind, mark in _MARKS.items()}
QUESTION = _MARKS["url"]  # begins with every other mark
ON_POSIX = os.name == "posix"


Covering = Callable[[str], list[str]]


def key_of(kind: ListedKind, host: str) -> str:
    """How *host* stands in an index.

    >>> key_of("host", "bad.example")
    'elpmaxe.dab./'
    """
    return host[::-1] + _MARKS[kind]


def read_key(key: str) -> tuple[ListedKind, str]:
    """The kind and the host that *key* stands for.

    >>> read_key("elpmaxe.dab./")
    ('host', 'bad.example')
    """
    name = key.rstrip("/")
    return _KINDS[key[len(name) - 1 :]], name[-2::-1]


def question_of(host: str) -> str:
    """What to ask an index about *host*."""
    return host[::-1] + QUESTION


class HostIndex:
    """A set of keys (`key_of`) that knows which of them cover a host.

    `covering` takes the question about a host and gives those keys, the closest last. It is the
    library's own function: this is the hottest line there is.
    >>> index = HostIndex.of([key_of("subtree", "bad.example"), key_of("host", "b.example")])
    >>> [read_key(key) for key in index.covering(question_of("a.bad.example"))]
    [('subtree', 'bad.example')]
    >>> index.covering(question_of("a.b.example")), index.covering(question_of("notbad.example"))
    ([], [])
    """

    __slots__ = ("_dawg", "covering")

    def __init__(self, names: dawg.DAWG) -> None:
        self._dawg = names
        self.covering: Covering = names.prefixes

    @classmethod
    def of(cls, keys: Iterable[str]) -> HostIndex:
        """Index *keys*, in whatever order they come."""
        return cls.of_sorted(sorted(keys))

    @classmethod
    def of_sorted(cls, keys: Iterable[str]) -> HostIndex:
        """Index *keys* that come in order, without ever holding all of them."""
        return cls(dawg.DAWG(keys, input_is_sorted=True))

    @classmethod
    def load(cls, path: Path, *, size: int) -> HostIndex:
        """Read what `to_bytes` gave from the first *size* bytes of *path*.

        Raises: OSError when it cannot be read.
        """
        names = dawg.DAWG()
        # Five times as quick, but the library opens a path in the C library's own encoding, which
        # on Windows cannot say "C:\\Users\\Hường".
        if ON_POSIX or str(path).isascii():
            names.load(str(path))
        else:
            with path.open("rb") as file:
                names.frombytes(file.read(size))
        return cls(names)

    def to_bytes(self) -> bytes:
        """The index as it stands in a file."""
        content: bytes = self._dawg.tobytes()
        return content


NOTHING = HostIndex.of(())
