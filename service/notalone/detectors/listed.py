"""Is this very address in a list of reported ones?"""

from __future__ import annotations

from datetime import date

from notalone.address import Address
from notalone.lists import DomainLists
from notalone.model import Bilingual, LinkFinding

_LISTED = Bilingual(
    "Địa chỉ này có trong danh sách bị báo cáo lừa đảo.",
    "This address is on a list of reported scams.",
)
_EXPIRED = Bilingual(
    "Địa chỉ này từng bị báo cáo; tin báo đã cũ, nên cẩn thận.",
    "This address was reported before; the report is old, so take care.",
)


def findings(address: Address, *, lists: DomainLists, today: date) -> list[LinkFinding]:
    """One finding when a row of the lists covers *address*; an expired row is a weaker one."""
    row = lists.find(address)
    if row is None:
        return []
    expired = row.is_expired(today)
    start, end = address.host_span
    return [
        LinkFinding(
            rule="listed.expired" if expired else "listed.blocked",
            strength="expired" if expired else "listed",
            start=start,
            end=len(address.url) if row.kind == "url" else end,
            why=_EXPIRED if expired else _LISTED,
            source=row.source,
            added=row.added.isoformat(),
            lure=row.lure,
        )
    ]
