"""What an address shows, read once for all detectors of likeness."""

from __future__ import annotations

from functools import cached_property

from notalone.address import Address
from notalone.brands import platform_of
from notalone.hostname import HOST_LETTERS, HostName, cut, latin
from notalone.likeness import BrandIndex, Written


class Shown:
    """*address* as it is compared with *index*.

    What every link needs is read at once; where its owner begins only where something was found.
    """

    def __init__(self, address: Address, index: BrandIndex) -> None:
        self.address = address
        self.index = index
        self.host, self.is_disguised = latin(address, index.homoglyphs)
        self.name = self.host.rpartition(".")[0]
        """The host without its last label."""
        self.path = address.decoded_path
        self.is_ip = address.is_ip
        self.is_too_long = len(address.host) > HOST_LETTERS or len(self.host) > HOST_LETTERS
        self.platform = platform_of(address.host, index.platforms)

    @cached_property
    def is_owned(self) -> bool:
        """Whether the address belongs to a brand that we know."""
        return is_owned(self.address, index=self.index)

    @cached_property
    def place(self) -> HostName | None:
        """The host cut where its owner begins; None where nobody chose a name. Not for numbers."""
        return cut(self.address, self.host, is_disguised=self.is_disguised, platform=self.platform)

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """All names and words in `place`."""
        return () if self.place is None else self.index.written_in(self.place.name)


def is_owned(address: Address, *, index: BrandIndex) -> bool:
    """Whether *address* belongs to a brand that we know.

    A place on a platform is a stranger's, even if the platform is the brand's: x.amazonaws.com.
    """
    name = address.host
    while name:
        platform = index.platforms.get(name)
        if platform is not None and platform.is_own_place("host", address.host):
            return False
        if name in index.owned:
            return True
        name = name.partition(".")[2]
    return False
