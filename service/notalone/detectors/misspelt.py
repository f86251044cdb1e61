"""Is it a brand's name with its vowels changed, beside a word for logging in changed the same way?

`kuucooinnlugini`, `meetumaskuluggin`, `krakuen-legin`: pages on free hosting that are made by the
hundred, so that no list has the next one. What stays is the order of the consonants. By themselves
they are in many names; the brand's and those of "login" together are in hardly any.
"""

from __future__ import annotations

from notalone.detectors.lookalike import finding
from notalone.detectors.shown import Shown
from notalone.model import LinkFinding

_RULE = "lookalike.vowels_changed"


def findings(shown: Shown) -> list[LinkFinding]:
    """The brand whose name is misspelt in *shown*, on free hosting; or nothing."""
    platform, index = shown.platform, shown.index
    if platform is None or platform.users != "subdomain" or shown.is_too_long:
        return []
    if platform.host in index.words.settled or shown.is_owned:
        return []  # blogs are named in whole sentences
    name = shown.address.host.removesuffix(platform.host)
    brand = index.misspelt.brand_in(name)
    if brand is None:
        return []
    return [finding(_RULE, brand, "likeness_with_act", *shown.address.host_span)]
