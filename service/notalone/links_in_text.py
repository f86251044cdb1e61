"""Links as they stand in a text, and every address that somebody reaches who follows one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from notalone.address import Address, read_address
from notalone.detectors import LinkRules, hidden, link_findings
from notalone.model import LinkFinding
from notalone.wrappers import Place, Wrappers

if TYPE_CHECKING:
    from notalone.folding.words import FoldedText


class WrittenLink(NamedTuple):
    """A link in a text: where it stands, and every address that is reached by it."""

    start: int
    end: int
    places: Sequence[Place]


def links_in(folded: FoldedText, wrappers: Wrappers) -> Iterator[WrittenLink]:
    """Every link of a message that can be read, placed in the original."""
    for entity in folded.entities:
        if entity.kind != "link":
            continue
        start, end = folded.clean.span(entity.start, entity.end)
        typed = folded.original[start:end]
        # An ending of wide letters, or with signs nobody sees, is read as it was folded.
        address = read_address(entity.address or typed) or read_address(
            folded.clean.text[entity.start : entity.end]
        )
        if address is not None:
            is_written_out = address.url == typed
            places = places_of(address, start, end, wrappers, is_written_out=is_written_out)
            yield WrittenLink(start, end, places)


def places_of(
    address: Address, start: int, end: int, wrappers: Wrappers, *, is_written_out: bool = True
) -> list[Place]:
    """Every address that is reached by *address*, which stands from *start* to *end*."""
    return [
        Place(at.address, start + at.start, start + at.end, at.address is address)
        if is_written_out
        else Place(at.address, start, end, is_written_out=False)
        for at in wrappers.reached_by(address)
    ]


def known_of(
    place: Place, text: str, rules: LinkRules, *, today: datetime.date
) -> Iterator[LinkFinding]:
    """What is known about an address in *text*, placed there."""
    known = link_findings(place.address, rules, today=today)
    hides = hidden.findings(
        place.address, platforms=rules.brands.platforms, wrappers=rules.wrappers
    )
    for finding in (*known, *hides):
        if place.is_written_out:
            yield finding.moved(place.start)
            continue
        # Behind a disguise or in a wrapper: quoted is that part of it if it stands there as it
        # is, else all that was written for it.
        quote = place.address.url[finding.start : finding.end]
        start = text.find(quote, place.start, place.end)
        end = start + len(quote)
        if start < 0:
            start, end = place.start, place.end
        yield structs.replace(finding, start=start, end=end)
