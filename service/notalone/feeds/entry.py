"""One reported address, as it was read from a feed."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

ListedKind = Literal["host", "subtree", "url"]


class Entry(NamedTuple):
    """One address of a feed. *added* is None where the feed gives no date."""

    kind: ListedKind
    address: str  # a host; for `url`, host and path without scheme
    added: date | None = None
