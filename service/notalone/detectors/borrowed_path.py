"""Does the path borrow a brand's name, on a host that has no name of its own to lose?

`/netflix/login.php` on a bare number, on free hosting, or among the files of a site that was broken
into. On an ordinary host little is said: shops take PayPal, and sites let one in with Facebook.
"""

from __future__ import annotations

from notalone.detectors.lookalike import finding
from notalone.detectors.paths import (
    BorrowedSegment,
    PathSigns,
    act_in,
    borrowed_segments,
    is_store,
    signs_in_path,
)
from notalone.detectors.shown import Shown
from notalone.model import LinkFinding, LinkStrength

_RULE = "lookalike.brand_in_path"
# Give their users names in the path: /view/vietcombank-dang-nhap.
_PLACES = frozenset(
    {"beacons.ai", "bio.link", "bio.site", "linktr.ee", "sites.google.com", "telegra.ph"}
)
_SHORT = 5  # letters; a shorter name says something only beside a log-in
# What nobody builds into a page of his own: shops take PayPal, forums let one in with Google.
_NEVER_BUILT_IN = frozenset({"bank", "crypto", "post", "state"})
# What a copy of is no student's work.
_NEVER_PRACTISED = frozenset({"bank", "card", "crypto", "loan", "state", "wallet"})


def findings(shown: Shown) -> list[LinkFinding]:
    """The brand's name in the path of *shown*, or nothing."""
    if shown.path == "/" or shown.is_too_long:
        return []
    address, index = shown.address, shown.index
    found = list(borrowed_segments(shown.path, index=index))
    if not found or (shown.is_owned and not _is_strangers(shown)):
        return []
    signs = signs_in_path(address.host, shown.path, index=index)
    for segment in found:
        strength = _strength(segment, signs, shown)
        if strength is not None:
            return [_finding(segment, strength, shown)]
    return []


def _strength(segment: BorrowedSegment, signs: PathSigns, shown: Shown) -> LinkStrength | None:
    """How much *segment* says; None where it may be anybody's."""
    category = segment.brand.category
    is_wanted = signs.is_app or signs.act != ""
    if len(segment.name) < _SHORT and not is_wanted:
        return None
    if shown.is_ip or signs.is_kit:
        # Schools run VNPT's programs on a bare number, shops keep VNPAY's among their files.
        is_at_home = segment.brand.is_word if shown.is_ip else category == "wallet"
        if is_at_home:
            return None
        return "likeness_with_act" if is_wanted else "likeness"
    if not is_wanted or not (signs.is_app or _comes_first(segment, shown)):
        return None
    if _has_no_standing(shown):
        is_grave = signs.is_app or _is_thrown_away(shown) or category in _NEVER_PRACTISED
        return "likeness_with_act" if is_grave else "likeness"
    if shown.address.host in _PLACES or signs.is_stored or signs.is_in_store:
        return "likeness"
    is_script = ".php" in shown.path and segment.text == segment.name
    return "likeness" if is_script and category in _NEVER_BUILT_IN else None


def _comes_first(segment: BorrowedSegment, shown: Shown) -> bool:
    """Whether the name says whose page it is: /momo/dang-nhap, and not /thanh-toan/momo."""
    path = shown.path.partition("?")[0]
    before = path[: path.find(f"/{segment.text}")]
    if segment.brand.category not in _NEVER_BUILT_IN:
        return before == "" or shown.address.host in _PLACES
    return not act_in(before, index=shown.index)


def _finding(segment: BorrowedSegment, strength: LinkStrength, shown: Shown) -> LinkFinding:
    address = shown.address
    start = address.url.lower().find(f"/{segment.text}") + 1
    if not start:  # it is written with percent signs
        return finding(_RULE, segment.brand, strength, *address.host_span)
    return finding(_RULE, segment.brand, strength, start, start + len(segment.text))


def _is_strangers(shown: Shown) -> bool:
    host = shown.address.host
    return host in _PLACES or is_store(host, index=shown.index)


def _has_no_standing(shown: Shown) -> bool:
    place = shown.place
    return place is not None and (place.is_hosted or _is_thrown_away(shown))


def _is_thrown_away(shown: Shown) -> bool:
    """Whether the host is of those that nobody keeps for long."""
    place, words = shown.place, shown.index.words
    return place is not None and (place.ending in words.passing or place.ending in words.cheap)
