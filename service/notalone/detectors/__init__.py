"""What looks for signs, in the order it looks.

    links     listed → lookalike → misspelt → borrowed_path → throwaway
                                          no heavy import, answered at once
    messages  cues → evasion → speaks_as → stages   read with the engine, see cues.py

A new link detector is one module here and one line in `link_findings`; `speaks_as` finds links too,
but needs the words around them. `hidden` tells of shortened links, and accuses none.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from notalone.address import Address
from notalone.brands import (
    Brand,
    LinkWords,
    Platform,
    load_brands,
    load_link_words,
    load_platforms,
)
from notalone.comparison import with_comparison
from notalone.compiled import CompiledList
from notalone.detectors import borrowed_path, listed, lookalike, misspelt, throwaway
from notalone.detectors.shown import Shown
from notalone.errors import RuleError
from notalone.likeness import BrandIndex, build_index
from notalone.lists import DomainLists, load_lists
from notalone.model import LinkFinding
from notalone.wrappers import Wrappers, load_wrappers


@dataclass(frozen=True, slots=True)
class LinkRules:
    """Everything the link detectors read."""

    lists: DomainLists
    brands: BrandIndex
    errors: tuple[RuleError, ...] = ()
    wrappers: Wrappers = field(default_factory=Wrappers)

    @property
    def version(self) -> str:
        """Of the compiled list, in hex; "" where there is none. All else is read only once."""
        return "" if self.lists.compiled is None else self.lists.compiled.version

    def with_list(self, compiled: CompiledList | None) -> LinkRules:
        """The same rules beside another version of the compiled list."""
        return replace(self, lists=replace(self.lists, compiled=compiled))


class LinkTables(NamedTuple):
    """What stands in the files about links, but for the lists."""

    brands: tuple[Brand, ...]
    platforms: dict[str, Platform]
    words: LinkWords
    wrappers: Wrappers
    homoglyphs: dict[str, str]


def read_link_tables(folder: Path) -> tuple[LinkTables, tuple[RuleError, ...]]:
    """Read what stands about links in the rule *folder*; a wrong table is named and left out."""
    from notalone.folding.spelling import load_spelling  # needed only where nothing was kept

    brands, brand_errors = load_brands(folder)
    platforms, platform_errors = load_platforms(folder)
    words, word_errors = load_link_words(folder)
    wrappers, wrapper_errors = load_wrappers(folder)
    spelling, _ = load_spelling(folder / "text")  # its errors are the rule book's
    tables = LinkTables(brands, {**platforms}, words, wrappers, {**spelling.homoglyphs})
    return tables, (*brand_errors, *platform_errors, *word_errors, *wrapper_errors)


def load_link_rules(
    folder: Path,
    *,
    lures: Collection[str],
    check_suffixes: bool = False,
    tables: LinkTables | None = None,
) -> LinkRules:
    """Read brands, platforms and domain lists of the rule *folder*; see `LinkRules.errors`.

    *tables*: when they have been read already.
    """
    errors: tuple[RuleError, ...] = ()
    if tables is None:
        tables, errors = read_link_tables(folder)
    brands, platforms, words, wrappers, homoglyphs = tables
    lists, list_errors = load_lists(
        folder, brands=brands, platforms=platforms, lures=lures, check_suffixes=check_suffixes
    )
    index = build_index(brands, platforms=platforms, words=words, homoglyphs=homoglyphs)
    return LinkRules(lists, index, (*errors, *list_errors), wrappers)


_BY_THEMSELVES = (
    lookalike.findings,
    misspelt.findings,
    borrowed_path.findings,
    throwaway.findings,
)


def link_findings(
    address: Address, rules: LinkRules, *, today: datetime.date
) -> tuple[LinkFinding, ...]:
    """What is known about *address*: one that is listed now needs no likeness beside it."""
    found = listed.findings(address, lists=rules.lists, today=today)
    if not found or found[0].strength != "listed":
        found += unlisted_findings(address, rules)
    if not found:
        return ()  # nearly every link
    return tuple(with_comparison(finding, address, index=rules.brands) for finding in found)


def unlisted_findings(address: Address, rules: LinkRules) -> tuple[LinkFinding, ...]:
    """What *address* shows by itself, whether or not anybody reported it."""
    shown = Shown(address, rules.brands)
    for findings in _BY_THEMSELVES:
        if found := findings(shown):
            return () if rules.lists.allows(address) else tuple(found)
    return ()
