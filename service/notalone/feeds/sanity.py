"""What no feed may say, and which change of a feed is too large to be true.

A list of a million names holds mistakes: a bank, a ministry, the whole of `com`. Such an entry is
left out and counted. Many of them, or a list that all at once is empty, half or ten times as long,
mean that something is wrong with the list itself; then the last good one stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from notalone.address import Address, is_public_suffix, parents, split_host
from notalone.brands import Brand, Platform, Platforms, platform_of
from notalone.feeds.entry import Entry
from notalone.feeds.fault import FeedError
from notalone.feeds.tally import WHY, Reason, Tally
from notalone.lists import AddressTable
from notalone.model import Bilingual

LARGE_ROWS = 1_000  # fewer may come and go as they like
SHRINKS_TO = 0.5
GROWS_TO = 10
LEAST_ROWS_TO_GROW_FROM = 100
HARMFUL_ROWS, HARMFUL_SHARE = 5, 0.05
UNREADABLE_SHARE = 0.5

_HARMS: frozenset[Reason] = frozenset(("public_suffix", "brand", "state", "allowed"))
_STATE = frozenset(("gov", "mil", "edu"))  # gov.vn, gov, mil, edu: given only to whom they name
_OPEN_TO_ALL = frozenset(("edu.vn",))  # taken by language centres and by scammers alike


@dataclass(frozen=True, slots=True)
class Harmless:
    """Whom no feed may accuse: what our own rule files vouch for."""

    owned: frozenset[str]
    platforms: Platforms
    above: frozenset[str] = frozenset()  # names below which owned names or platforms lie
    allowed: AddressTable = field(default_factory=AddressTable)

    def reason(self, entry: Entry) -> Reason | None:
        """Why *entry* must not be used, None when it may."""
        host, slash, path = entry.address.partition("/")
        platform = platform_of(host, self.platforms)
        address = Address(f"http://{entry.address}", host, f"/{path}")
        if self.allowed.find(address) is not None:
            return "allowed"
        if not slash and not address.is_ip and is_public_suffix(host):
            return "platform" if platform is not None else "public_suffix"
        if host in self.owned or (platform is None and self._is_owned(host)):
            return "brand"
        if platform is not None and not _has_own_place(platform, host, is_page=bool(slash)):
            return "platform"
        if entry.kind == "subtree" and host in self.above:
            return "brand"
        return "state" if not slash and not address.is_ip and _is_state(host) else None

    def _is_owned(self, host: str) -> bool:
        return any(name in self.owned for name in parents(host))


def _has_own_place(platform: Platform, host: str, *, is_page: bool) -> bool:
    """Whether an entry can mean one user of *platform* alone."""
    if platform.users == "subdomain":
        return is_page or host != platform.host
    return platform.users == "path" and is_page


def harmless(brands: Iterable[Brand], platforms: Platforms, allowed: AddressTable) -> Harmless:
    """What the rule files vouch for, put together."""
    owned = frozenset(name for brand in brands for name in brand.domains)
    above = (name for host in (*owned, *platforms) for name in parents(host.partition(".")[2]))
    return Harmless(owned, platforms, frozenset(above), allowed)


def _is_state(host: str) -> bool:
    suffix = split_host(host)[2]
    return suffix.partition(".")[0] in _STATE and suffix not in _OPEN_TO_ALL


def check_tally(tally: Tally) -> None:
    """Refuse a file in which too little could be read or too much accuses the innocent.

    Raises: FeedError `empty`, `wrong_format` or `harmful`.
    """
    if not tally.rows:
        raise FeedError("empty", Bilingual("không có dòng nào", "holds no address at all"))
    harms = sum(tally.refused[reason] for reason in _HARMS)
    if harms >= HARMFUL_ROWS and harms > HARMFUL_SHARE * tally.rows:
        shown = ", ".join(
            line.partition(": ")[2] for reason in _HARMS for line in tally.examples.get(reason, ())
        )
        raise FeedError(
            "harmful",
            Bilingual(
                f"{harms} trên {tally.rows} dòng là nơi vô hại ({shown})",
                f"{harms} of {tally.rows} rows accuse the innocent ({shown})",
            ),
        )
    if tally.refused.total() > UNREADABLE_SHARE * tally.rows:
        reason, count = tally.refused.most_common(1)[0]
        lines = "; ".join(tally.examples[reason])
        raise FeedError(
            "wrong_format",
            Bilingual(
                f"không dùng được {tally.refused.total()} trên {tally.rows} dòng,"
                f" {count} dòng: {WHY[reason].vi} (dòng {lines})",
                f"{tally.refused.total()} of {tally.rows} rows cannot be used,"
                f" {count} of them: {WHY[reason].en} (line {lines})",
            ),
        )


def check_change(rows: int, before: int) -> None:
    """Refuse a list of *rows* addresses that had *before* at its last good pull (0: none yet).

    Raises: FeedError `empty`, `shrunk` or `grown`.
    """
    told = Bilingual(
        f"trước có {before} địa chỉ, nay {rows}", f"had {before} addresses, now {rows}"
    )
    if not rows:
        raise FeedError("empty", told)
    if before > LARGE_ROWS and rows < SHRINKS_TO * before:
        raise FeedError("shrunk", told)
    if before >= LEAST_ROWS_TO_GROW_FROM and rows > GROWS_TO * before:
        raise FeedError("grown", told)
