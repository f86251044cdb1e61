"""All that the service remembers of what it was asked: what was found, never in what.

Everything lies under a keyed hash that no other process can compute. What names an address or
quotes a word is not remembered at all: it is looked for again, and there is little of it.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from cachetools import LRUCache

from notalone.model import Finding, Wording

T = TypeVar("T")
KEY_BYTES = 16
_SECRET = secrets.token_bytes(32)  # of this process


def keyed(about: bytes, version: str = "") -> Callable[[str], bytes]:
    """What turns a text into its key. *about*, *version* (hex): as what, and by which list.

    >>> len(keyed(b"link")("https://example.test/")), keyed(b"a")("x") == keyed(b"b")("x")
    (16, False)
    """
    salt = bytes.fromhex(version)[:KEY_BYTES]
    begun = hashlib.blake2b(digest_size=KEY_BYTES, key=_SECRET, person=about, salt=salt)

    def key(text: str) -> bytes:
        whole = begun.copy()  # a third of the cost of beginning anew
        whole.update(text.encode("utf-8", "surrogatepass"))
        return whole.digest()

    return key


class Remembered(Generic[T]):
    """The last *most* findings that were asked for, by key. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._kept: LRUCache[bytes, T] = LRUCache(maxsize=most)
        self._lock = threading.Lock()

    def known(self, keys: Iterable[bytes]) -> dict[bytes, T]:
        """What is remembered of *keys*."""
        kept = self._kept
        with self._lock:
            return {key: kept[key] for key in keys if key in kept}

    def keep(self, found: Mapping[bytes, T]) -> None:
        """Remember *found*, and forget what nobody has asked for since long."""
        with self._lock:
            self._kept.update(found)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)

    def __repr__(self) -> str:
        return f"Remembered({dict(self._kept)!r})"


def _of(most: int) -> Callable[[], Remembered[T]]:
    return lambda: Remembered(most)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered between requests; the tests look here for what must not be."""

    # Links of which nothing is known, and messages beside the one before them that add nothing.
    links: Remembered[None] = field(default_factory=_of(20_000))
    pairs: Remembered[None] = field(default_factory=_of(5_000))
    # Messages without an address of which anything is known; about 1 kB where there are findings.
    findings: Remembered[tuple[Finding, ...]] = field(default_factory=_of(5_000))
    wordings: Remembered[Wording] = field(default_factory=_of(5_000))
