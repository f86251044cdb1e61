"""Is this very address in a list of reported ones?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from notalone.address import Address
from notalone.compiled import FeedKind, ListedBy, Sighting
from notalone.host_index import QUESTION
from notalone.lists import DomainLists, ListedAddress
from notalone.model import Bilingual, LinkFinding, LinkStrength

_LISTED = Bilingual(
    "Địa chỉ này có trong danh sách bị báo cáo lừa đảo.",
    "This address is on a list of reported scams.",
)
_EXPIRED = Bilingual(
    "Địa chỉ này từng bị báo cáo; tin báo đã cũ, nên cẩn thận.",
    "This address was reported before; the report is old, so take care.",
)
# What advertises to the young without a lie: never more than a caution.
_BAITS: Mapping[FeedKind, str] = {"gambling": "gambling_bait", "adult": "adult_service_bait"}
_SCAMS = Bilingual("bị báo cáo lừa đảo", "reported scams")
_LISTS: Mapping[FeedKind, Bilingual] = {
    "malware": Bilingual("phát tán mã độc", "pages that spread malware"),
    "gambling": Bilingual("trang cờ bạc", "gambling sites"),
    "adult": Bilingual("trang người lớn", "adult sites"),
}
_NAMED = 2  # feeds in one reason; how many more is said


def findings(address: Address, *, lists: DomainLists, today: date) -> list[LinkFinding]:
    """One finding when the lists cover *address*; an expired report is a weaker one.

    Our own rows come before those of feeds.
    """
    # For nearly every link this is all: two looks, and it is on the way to each of them.
    question = address.host[::-1] + QUESTION
    is_ours, keys = lists.covered_by_ours(question), lists.covered_by_feeds(question)
    if not is_ours and not keys:
        return []

    row = lists.find(address) if is_ours else None
    compiled = lists.compiled
    found = compiled.sightings(keys, address) if compiled is not None else ()
    found = lists.without_spared(found, address)
    if row is not None and (not row.is_expired(today) or not _fresh(found, today)):
        return [_of_row(row, address, today)]
    if compiled is not None and found:
        return [_of_feeds(found, compiled.feeds, address, today)]
    return []


def _of_row(row: ListedAddress, address: Address, today: date) -> LinkFinding:
    expired = row.is_expired(today)
    start, end = address.host_span
    return LinkFinding(
        rule="listed.expired" if expired else "listed.blocked",
        strength="expired" if expired else "listed",
        start=start,
        end=len(address.url) if row.kind == "url" else end,
        why=_EXPIRED if expired else _LISTED,
        source=row.source,
        added=row.added.isoformat(),
        lure=row.lure,
    )


def _fresh(sightings: Sequence[Sighting], today: date) -> list[Sighting]:
    return [sighting for sighting in sightings if not sighting.is_expired(today)]


def _of_feeds(
    sightings: Sequence[Sighting], feeds: Mapping[str, ListedBy], address: Address, today: date
) -> LinkFinding:
    """What the *sightings* that weigh most say: those of scams, then baits, then old ones."""
    fresh = _fresh(sightings, today)
    harmful = [one for one in fresh if feeds[one.feed].kind not in _BAITS]
    told = harmful or fresh or sightings
    first = told[0]
    kind = feeds[first.feed].kind
    strength: LinkStrength = "listed" if harmful else "listed_bait" if fresh else "expired"
    names = [feeds[one.feed].name for one in told]
    start, end = address.host_span
    return LinkFinding(
        rule="listed.feed" if fresh else "listed.expired",
        strength=strength,
        start=start,
        end=len(address.url) if first.kind == "url" else end,
        why=_why(kind, tuple(names), first.added) if fresh else _why_old(names, first.added),
        source=feeds[first.feed].source,
        added=first.added.isoformat(),
        lure=_BAITS.get(kind),
    )


@lru_cache(maxsize=256)
def _why(kind: FeedKind, names: tuple[str, ...], added: date) -> Bilingual:
    what, by = _LISTS.get(kind, _SCAMS), _joined(names)
    return Bilingual(
        f"Địa chỉ này có trong danh sách {what.vi} của {by.vi}, từ {_day(added)}.",
        f"This address is on a list of {what.en} by {by.en}, since {added.isoformat()}.",
    )


def _why_old(names: Sequence[str], added: date) -> Bilingual:
    by = _joined(names)
    return Bilingual(
        f"Địa chỉ này từng bị báo cáo ({by.vi}, {_day(added)}); tin báo đã cũ, nên cẩn thận.",
        f"This address was reported before ({by.en}, {added.isoformat()}); the report is old, so"
        " take care.",
    )


def _joined(names: Sequence[str]) -> Bilingual:
    """
    >>> _joined(["A", "B", "C"]).vi
    'A, B và 1 danh sách nữa'
    """
    shown, more = names[:_NAMED], len(names) - _NAMED
    if more > 0:
        listed = ", ".join(shown)
        return Bilingual(f"{listed} và {more} danh sách nữa", f"{listed} and {more} more")
    return Bilingual(" và ".join(shown), " and ".join(shown))


def _day(day: date) -> str:
    """*day* as it is written in Viet Nam.

    >>> _day(date(2026, 11, 3))
    '3/11/2026'
    """
    return f"{day.day}/{day.month}/{day.year}"
