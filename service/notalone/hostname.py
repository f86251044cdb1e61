"""A host cut where its owner begins, in the Latin letters that people take it for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from notalone.address import Address, split_host
from notalone.brands import Platform
from notalone.folding.text import clean_text, strip_marks

HOST_LETTERS = 253  # no longer name can be looked up: RFC 1035
_BLOG = "blogspot"  # is itself under every country's suffix
# Given out on papers only: "edu" and "ac.uk". A bare ".ac" and "edu.eu.org" anybody can have.
_VOUCHED_ENDING = re.compile(r"(?:edu|gov|mil)|(?:.+\.)?(?:ac|edu|gov|mil)\.[a-z]{2}")


class HostName(NamedTuple):
    """*front* . *own* . *ending*: "secure.pay" . "vcb-login" . "top"."""

    front: str
    """What the owner put before it; may be ""."""
    own: str
    """The label that somebody registered, or was given by a platform."""
    ending: str
    """The public suffix, or the platform."""
    is_hosted: bool
    """Whether *own* is a place on somebody else's platform, to be had in a minute."""
    is_disguised: bool
    """Whether foreign letters stand in for Latin ones."""

    @property
    def name(self) -> str:
        """All that somebody chose: without the ending."""
        return f"{self.front}.{self.own}" if self.front else self.own

    @property
    def registered(self) -> str:
        """The part that has one owner."""
        return f"{self.own}.{self.ending}"


def latin(address: Address, homoglyphs: Mapping[str, str]) -> tuple[str, bool]:
    """The host in plain Latin letters, and whether foreign letters stood in for them."""
    if "xn--" not in address.host:
        return address.host, False  # nearly every one
    shown = address.shown_host
    folded = strip_marks(clean_text(shown, homoglyphs=homoglyphs).text)
    return folded, any(letter in homoglyphs for letter in shown)


def cut(
    address: Address, host: str, *, is_disguised: bool, platform: Platform | None
) -> HostName | None:
    """*host*, the Latin form of the address's own, cut in its three parts.

    *platform* is the one that it lies on. None when it is a suffix, a platform itself, a page on a
    platform that gives no names, or an ending that vouches for its names.
    """
    if platform is not None:
        ending = platform.host
        if platform.users != "subdomain":
            return None
    else:
        ending = split_host(address.host)[2]
        if _VOUCHED_ENDING.fullmatch(ending):
            return None
    labels = host.split(".")[: -1 - ending.count(".")]
    is_blog = platform is None and len(labels) > 1 and labels[-1] == _BLOG  # blogspot.de, .com.br
    if is_blog:
        ending = f"{labels.pop()}.{ending}"
    if not labels or labels == ["www"]:
        return None
    is_hosted = is_blog or platform is not None
    return HostName(".".join(labels[:-1]), labels[-1], ending, is_hosted, is_disguised)
