"""A link as the detectors of likeness see it."""

from __future__ import annotations

from notalone.address import read_address
from notalone.detectors.shown import Shown
from notalone.likeness import BrandIndex


def shown(url: str, index: BrandIndex) -> Shown:
    """What *url* shows to whoever knows the brands of *index*."""
    address = read_address(url)
    assert address is not None
    return Shown(address, index)
