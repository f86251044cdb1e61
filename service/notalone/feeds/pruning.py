"""Whom a row of a feed would hit who has done nothing: such rows are left out of every list."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from notalone.address import Address, hosting_suffixes, is_public_suffix, parents, public_suffixes
from notalone.brands import load_brands, load_platforms, platform_of
from notalone.feeds.entry import ListedKind
from notalone.host_index import HostIndex, key_of, question_of
from notalone.lists import load_lists

Harm = Literal["platform", "suffix", "brand", "allowed", "above"]


class Looked(NamedTuple):
    """What is known about the place of a row."""

    harm: Harm | None = None
    is_hosted: bool = False  # on a platform where strangers have places of their own


_NOTHING = Looked()


class Pruning:
    """Knows platforms, public suffixes, brands' own names and `allowed.csv` of a rule *folder*."""

    def __init__(self, folder: Path) -> None:
        brands, _ = load_brands(folder)
        self._platforms, _ = load_platforms(folder)
        lists, _ = load_lists(folder, brands=brands, platforms=self._platforms)
        self._allowed = lists.allowed
        self._owned = frozenset(host for brand in brands for host in brand.domains)
        self._suffixes = public_suffixes()
        self._hosting = hosting_suffixes()
        allowed = {*self._allowed.hosts, *self._allowed.subtrees, *self._allowed.urls}
        named = {*self._platforms, *self._owned, *allowed}
        self._above = frozenset(name for host in named for name in parents(host)) - named
        # Nearly every row lies under none of these, and one look says so.
        self._guarded = HostIndex.of(
            {key_of("subtree", host) for host in (*named, *self._hosting) if host}
        )

    def look(self, kind: ListedKind, address: str) -> Looked:
        """Whether the row *kind*, *address* would do harm, platforms first."""
        host, slash, path = address.partition("/")
        if kind != "url" and self._is_suffix(host):
            is_shared = host in self._platforms or host in self._hosting
            return Looked("platform" if is_shared else "suffix")
        if kind == "subtree" and host in self._above:
            return Looked("above")
        if not self._guarded.covering(question_of(host)):
            return _NOTHING
        place = platform_of(host, self._platforms)
        if place is not None:
            if not place.is_own_place(kind, host):
                return Looked("platform")
        elif any(name in self._owned for name in parents(host)):
            return Looked("brand")
        if self._allowed.find(Address(f"http://{address}", host, slash + path or "/")) is not None:
            return Looked("allowed")
        is_hosted = place is not None or _is_below(host, self._hosting)
        return Looked(is_hosted=is_hosted)

    def _is_suffix(self, host: str) -> bool:
        _, dot, parent = host.partition(".")
        if not dot:
            return host[0] != "["  # an IPv6 address has no dots either
        return (host in self._suffixes or f"*.{parent}" in self._suffixes) and is_public_suffix(
            host
        )


def _is_below(host: str, names: Iterable[str]) -> bool:
    return any(name in names for name in parents(host) if name != host)
