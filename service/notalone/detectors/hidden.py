"""Does this address hide where it leads? A shortened one does; nobody follows it to find out.

So does one that passes on to one that passes on …, more often than anybody needs.

That is no sign of a trap, and never a warning: it is said so that nobody takes the short name for
the place.
"""

from __future__ import annotations

from notalone.address import Address
from notalone.brands import Platforms, platform_of
from notalone.model import Bilingual, LinkFinding
from notalone.wrappers import Wrappers

RULE = "hides.shortener"
NESTED_RULE = "hides.nested"
_ADDED = "2026-11-23"
_SOURCE = "Không Một Mình"
_HIDDEN = Bilingual(
    "Địa chỉ rút gọn: không thấy trước nó dẫn tới đâu.",
    "A shortened address: it does not show where it leads.",
)


_NESTED = Bilingual(
    "Địa chỉ này chuyển tiếp quá nhiều lần: không thấy nó dẫn tới đâu.",
    "This address passes on too many times to show where it leads.",
)


def findings(
    address: Address, *, platforms: Platforms, wrappers: Wrappers | None = None
) -> list[LinkFinding]:
    """One finding when *address* is somebody's short link; the shortener's own page is none.

    *wrappers*: asked whether *address*, reached as the last of many, still only passes on.
    """
    if wrappers is not None and wrappers.passes_on(address):
        return [_hides(NESTED_RULE, _NESTED, address)]
    platform = platform_of(address.host, platforms)
    if platform is None or platform.kind != "shortener":
        return []
    if platform.users == "path" and address.path.strip("/?") == "":
        return []
    return [_hides(RULE, _HIDDEN, address)]


def _hides(rule: str, why: Bilingual, address: Address) -> LinkFinding:
    start, end = address.host_span
    return LinkFinding(
        rule=rule,
        strength="hides",
        start=start,
        end=end,
        why=why,
        source=_SOURCE,
        added=_ADDED,
    )
