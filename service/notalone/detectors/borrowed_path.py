"""Does the path borrow a brand's name, on a host that has no name of its own to lose?

`/netflix/login.php` on a bare number, on free hosting, or among the files of a site that was broken
into. On an ordinary host nothing is said: shops take PayPal, and sites let one in with Facebook.
"""

from __future__ import annotations

from notalone.detectors.lookalike import finding
from notalone.detectors.paths import borrowed_segments, signs_in_path
from notalone.detectors.shown import Shown
from notalone.model import LinkFinding, LinkStrength

_RULE = "lookalike.brand_in_path"
_PLACES = "sites.google.com"  # gives its users names in the path: /view/vietcombank-dang-nhap


def findings(shown: Shown) -> list[LinkFinding]:
    """The brand's name in the path of *shown*, or nothing."""
    if shown.path == "/" or shown.is_too_long:
        return []
    address, index = shown.address, shown.index
    found = next(borrowed_segments(shown.path, index=index), None)
    if found is None or (shown.is_owned and address.host != _PLACES):
        return []
    signs = signs_in_path(address.host, shown.path, index=index)
    is_broken_into = signs.is_kit or address.is_ip
    is_wanted = signs.is_app or signs.act != ""
    if not is_broken_into and not (is_wanted and _has_no_standing(shown)):
        return []
    strength: LinkStrength = "likeness"
    if is_wanted and (is_broken_into or signs.is_app):
        strength = "likeness_with_act"
    start = address.url.lower().find(f"/{found.text}") + 1
    if not start:  # it is written with percent signs
        return [finding(_RULE, found.brand, strength, *address.host_span)]
    return [finding(_RULE, found.brand, strength, start, start + len(found.text))]


def _has_no_standing(shown: Shown) -> bool:
    if shown.address.host == _PLACES:
        return True
    place, words = shown.place, shown.index.words
    if place is None:
        return False
    return place.is_hosted or place.ending in words.passing or place.ending in words.cheap
