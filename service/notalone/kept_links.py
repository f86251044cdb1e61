"""What links need of the rules, as it is kept: the first link is waited for by somebody."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from notalone import kept
from notalone.config import KEPT_LINKS
from notalone.detectors import LinkRules, LinkTables, load_link_rules, read_link_tables
from notalone.glossary import Glossary, Lure, Signal, load_glossary, stamp_of


class _Kept(NamedTuple):
    signals: dict[str, Signal]
    lures: dict[str, Lure]
    version: str
    built: str
    tables: LinkTables


def load_for_links(folder: Path, *, data: Path | None) -> tuple[Glossary, LinkRules]:
    """Read the words of the rule *folder* and all that is known of links.

    *data*: the data folder in which both are kept for the next start, if they may be. What holds a
    mistake is not: that is to be said at each start.
    """
    if data is None:
        glossary = load_glossary(folder)
        return glossary, load_link_rules(folder, lures=glossary.lures)
    stamp = stamp_of(folder)  # to read every file again would take longer than all the rest
    found = kept.read(data / KEPT_LINKS, _Kept, version=stamp)
    if found is not None:
        glossary = Glossary(found.signals, found.lures, found.version, found.built, ())
        return glossary, load_link_rules(folder, lures=found.lures, tables=found.tables)
    glossary = load_glossary(folder)
    tables, errors = read_link_tables(folder)
    if errors or glossary.errors:
        return glossary, load_link_rules(folder, lures=glossary.lures)
    signals, lures = {**glossary.signals}, {**glossary.lures}
    value = _Kept(signals, lures, glossary.version, glossary.built, tables)
    kept.write(data / KEPT_LINKS, value, version=stamp)
    return glossary, load_link_rules(folder, lures=lures, tables=tables)
