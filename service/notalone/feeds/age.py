"""How old the lists of this home are, in the words that a family and the doctor use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from notalone.feeds.catalogue import Feed
from notalone.feeds.snapshot import State, feeds_dir, read_state
from notalone.model import Bilingual

OLD_AFTER_DAYS = 7


class ListsAge(NamedTuple):
    """All wanted feeds together."""

    state: Literal["fresh", "old", "missing"]
    days: int  # since the newest good pull; 0 when there was none
    rows: int  # addresses, those of several feeds counted several times
    failing: tuple[tuple[Feed, State], ...]  # without a good pull for so long that it shows


def lists_age(data: Path, feeds: Iterable[Feed], *, now: datetime) -> ListsAge:
    """The age of what was pulled of *feeds* into the data folder *data*."""
    states = [(feed, read_state(feeds_dir(data) / feed.id)) for feed in feeds]
    ages = {feed.id: days_since(state.pulled_at, now=now) for feed, state in states}
    known = [age for age in ages.values() if age is not None]
    failing = tuple(
        (feed, state)
        for feed, state in states
        if state.error and ((age := ages[feed.id]) is None or age > OLD_AFTER_DAYS)
    )
    if not known:
        return ListsAge("missing", 0, 0, failing)
    rows = sum(state.rows for _, state in states)
    return ListsAge("old" if min(known) > OLD_AFTER_DAYS else "fresh", min(known), rows, failing)


def ago(days: int) -> Bilingual:
    """How long ago that was, as people say it."""
    if not days:
        return Bilingual("trong vòng một ngày", "within a day")
    return Bilingual(f"{days} ngày trước", f"{days} day{'' if days == 1 else 's'} ago")


def moment(stamp: str) -> datetime | None:
    """When that was, None for "" and for what is no time."""
    try:
        read = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def days_since(stamp: str, *, now: datetime) -> int | None:
    """Whole days since *stamp*, never less than 0; None when it is no time."""
    then = moment(stamp)
    return None if then is None else max(0, (now - then).days)
