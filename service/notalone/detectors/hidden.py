"""Does this address hide where it leads? A shortened one does; nobody follows it to find out.

That is no sign of a trap, and never a warning: it is said so that nobody takes the short name for
the place.
"""

from __future__ import annotations

from notalone.address import Address
from notalone.brands import Platforms, platform_of
from notalone.model import Bilingual, LinkFinding

RULE = "hides.shortener"
_ADDED = "2026-11-23"
_SOURCE = "Không Một Mình"
_HIDDEN = Bilingual(
    "Địa chỉ rút gọn: không thấy trước nó dẫn tới đâu.",
    "A shortened address: it does not show where it leads.",
)


def findings(address: Address, *, platforms: Platforms) -> list[LinkFinding]:
    """One finding when *address* is somebody's short link; the shortener's own page is none."""
    platform = platform_of(address.host, platforms)
    if platform is None or platform.kind != "shortener":
        return []
    if platform.users == "path" and address.path.strip("/?") == "":
        return []
    start, end = address.host_span
    return [
        LinkFinding(
            rule=RULE,
            strength="hides",
            start=start,
            end=end,
            why=_HIDDEN,
            source=_SOURCE,
            added=_ADDED,
        )
    ]
