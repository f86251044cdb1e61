"""Is it a brand's name with its vowels changed, beside a word for logging in changed the same way?

`kuucooinnlugini`, `meetumaskuluggin`, `krakuen-legin`: pages on free hosting that are made by the
hundred, so that no list has the next one. What stays is the order of the consonants. By themselves
they are in many names; the brand's and those of "login" together are in hardly any.
"""

from __future__ import annotations

from notalone.address import Address
from notalone.brands import platform_of
from notalone.detectors.lookalike import finding, is_owned
from notalone.hostname import HOST_LETTERS
from notalone.likeness import BrandIndex
from notalone.misspelling import consonants
from notalone.model import LinkFinding

_RULE = "lookalike.vowels_changed"


def findings(address: Address, *, index: BrandIndex) -> list[LinkFinding]:
    """The brand whose name is misspelt in *address*, on free hosting; or nothing."""
    if address.is_ip or len(address.host) > HOST_LETTERS:
        return []
    platform = platform_of(address.host, index.platforms)
    if platform is None or platform.users != "subdomain":
        return []
    if platform.host in index.words.settled or is_owned(
        address, index=index
    ):  # blogs are named in whole sentences
        return []
    name = address.host.removesuffix(platform.host)
    found = index.misspelt.pattern.search(consonants(name))
    if found is None:
        return []
    brand = index.misspelt.brands[found[found.lastindex or 0]]
    return [finding(_RULE, brand, "likeness_with_act", *address.host_span)]
