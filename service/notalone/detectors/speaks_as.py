"""Does a message speak as an organisation, and send its reader to somebody else's address?

A bank that says "đăng nhập tại …" names its own site. Who speaks is told by where the name stands:
before the colon that opens the message, in "X trân trọng thông báo", in "tài khoản X của quý
khách". A mention ("mua trên Shopee đi") says nothing, nor does whoever tells of such a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from notalone.address import Address, parents, split_host
from notalone.brands import Brand, platform_of
from notalone.detectors.lookalike import is_vouched_for
from notalone.folding.text import clean_text, strip_marks
from notalone.folding.words import FoldedText
from notalone.likeness import BrandIndex
from notalone.lists import DomainLists
from notalone.model import Bilingual, LinkFinding, LinkStrength
from notalone.phrases import LITERALLY, spellings_of
from notalone.speaking import NAME, Ask, Patterns, Speaking, Words

MAX_NAMES = 20  # a message with more of them lists organisations, and speaks as none
# Whoever holds money or papers sends nobody to a partner's site for them. Shops, networks and the
# like give things away there, so that a gift alone is only half a sign.
_HOLD_MONEY_OR_PAPERS = frozenset(
    {"bank", "card", "crypto", "loan", "post", "state", "utility", "wallet"}
)
_GIFTS: frozenset[Ask] = frozenset({"claim"})
_VIETNAMESE = ".vn"  # whoever registers a name there shows papers
_OTHERS_PAGES = frozenset({"hosting", "shortener"})  # anywhere else it may have a page of its own
_LURE_OF_CATEGORY: Mapping[str, str] = {
    "bank": "fake_bank",
    "card": "fake_bank",
    "loan": "fake_bank",
    "wallet": "fake_bank",
}
_LURE_OF_ASK: Mapping[Ask, str] = {"install": "fake_app", "claim": "fake_prize"}
_LURE_OF_OTHERS: Mapping[str, str] = {"state": "fake_authority", "utility": "fake_app"}
_LURE_OF_ACCOUNTS: Mapping[str, str] = {"telecom": "sim_lock"}
_ENDS_NAME = re.compile(r"""["'”’)\]+]*\s*(?:[:|\]\n]|[-–—]\s)""")  # "VCB:", "[VCB]", "VCB - "
_BEHIND = 12  # characters in which a name may come to its end, some of them unseen
_TRACKED = re.compile(r"([a-z]+)[0-9][a-z0-9]{5,}")  # SPX2024…: a courier's name and a number
Place = tuple[Address, int, int]  # an address and the code points of the message it is written in


class _Named(NamedTuple):
    """A name in a message: where in the row it stands, and the last of the words it was."""

    brand: Brand
    token: int
    last: int


def findings(
    folded: FoldedText,
    places: Sequence[Place],
    *,
    speaking: Speaking,
    index: BrandIndex,
    lists: DomainLists,
) -> list[LinkFinding]:
    """Those of *places* that are not of the organisation as which the message speaks."""
    if not places or not speaking.names:
        return []
    row, named = _row(folded, speaking)
    if not 0 < len(named) <= MAX_NAMES or _stands(speaking.tells, row):
        return []
    asks = [ask for ask, patterns in speaking.asks.items() if _stands(patterns, row)]
    brand = _speaker(folded, row, named, speaking) if asks else None
    if brand is None or any(_belongs_to(brand, address) for address, _, _ in places):
        return []
    if _is_gift(asks) and _stands(speaking.advertises, row):
        return []
    return [
        _finding(brand, asks, strength, start, end)
        for address, start, end in places
        if (strength := _strength(address, brand, asks, index=index, lists=lists)) is not None
    ]


def _row(folded: FoldedText, speaking: Speaking) -> tuple[str, list[_Named]]:
    """The words of *folded* with one blank behind each, every name as NAME.

    They keep the marks that were typed; one without any among marked words begins with LITERALLY.
    """
    words = [word.marked for word in folded.words]
    if folded.is_marked:
        words = [LITERALLY + word if word.isascii() and word.isalnum() else word for word in words]
    tokens: list[str] = []
    named: list[_Named] = []
    at = 0
    while at < len(words) and len(named) <= MAX_NAMES:
        length, brand = _name_at(words, at, speaking)
        if brand is None:
            tokens.append(words[at])
        else:
            named.append(_Named(brand, len(tokens), at + length - 1))
            tokens.append(NAME)
        at += length
    return f" {' '.join(tokens)} ", named


def _name_at(words: Sequence[str], at: int, speaking: Speaking) -> tuple[int, Brand | None]:
    """How many words from *at* on are the name of which organisation; 1 and None for no name."""
    first = strip_marks(words[at].removeprefix(LITERALLY))
    for name, brand in speaking.names.get(first, ()):
        if _stand_at(words, at, name):
            end = at + len(name)
            while tail := next((t for t in speaking.tails if _stand_at(words, end, t)), None):
                end += len(tail)
            return end - at, brand
    tracked = _TRACKED.fullmatch(first)
    for name, brand in speaking.names.get(tracked[1], ()) if tracked else ():
        if len(name) == 1:
            return 1, brand
    return 1, None


def _stand_at(words: Sequence[str], at: int, said: Words) -> bool:
    """Whether the words of *said* stand from *at* on, with their marks or without any."""
    typed = words[at : at + len(said)]
    return len(typed) == len(said) and all(
        word in spellings_of(meant) for word, meant in zip(typed, said, strict=True)
    )


def _speaker(
    folded: FoldedText, row: str, named: Sequence[_Named], speaking: Speaking
) -> Brand | None:
    """As whom the message speaks: by how it opens, else by what is said around a name."""
    names = {name.token: name for name in named}
    is_addressed = _stands(speaking.addressed, row)
    opening = speaking.opening.match(row) if speaking.opening else None
    if opening is not None:
        name = names[_token_at(row, opening.start("name"))]
        end = folded.words[name.last].end
        behind = clean_text(folded.original[end:][:_BEHIND], homoglyphs={}).text
        is_open = _ENDS_NAME.match(behind)
        if is_open and (is_addressed or name.brand.category in _HOLD_MONEY_OR_PAPERS):
            return name.brand
    if not is_addressed:
        return None  # a headline speaks about somebody
    said = (pattern.search(row) for pattern in speaking.speaks)
    match = next((match for match in said if match is not None), None)
    return names[_token_at(row, match.start("name"))].brand if match else None


def _token_at(row: str, position: int) -> int:
    return row.count(" ", 0, position) - 1


def _stands(patterns: Patterns, row: str) -> bool:
    return any(pattern.search(row) for pattern in patterns)


def _belongs_to(brand: Brand, address: Address) -> bool:
    return not set(brand.domains).isdisjoint(parents(address.host))


def _is_gift(asks: Iterable[Ask]) -> bool:
    """Whether it only wants something to be taken: a prize, points, a present."""
    return _GIFTS.issuperset(asks)


def _strength(
    address: Address,
    brand: Brand,
    asks: Sequence[Ask],
    *,
    index: BrandIndex,
    lists: DomainLists,
) -> LinkStrength | None:
    """What it means that *brand* is said to want this at *address*; None for nothing."""
    platform = platform_of(address.host, index.platforms)
    if platform is not None and platform.kind not in _OTHERS_PAGES:
        return None
    if is_vouched_for(address, index=index) or lists.allows(address):
        return None
    is_hidden = platform is not None and platform.kind == "shortener"  # it may lead home
    is_vietnamese = address.host.endswith(_VIETNAMESE)
    doubts = int(is_hidden)
    if is_hidden or is_vietnamese:
        doubts += _holds_whole_name(address, brand)
    if _is_gift(asks):  # partners' sites, of which most are Vietnamese
        doubts += (brand.category not in _HOLD_MONEY_OR_PAPERS) + is_vietnamese
    strengths: tuple[LinkStrength, ...] = ("spoken_for", "spoken_for_hidden")
    return strengths[doubts] if doubts < len(strengths) else None


def _holds_whole_name(address: Address, brand: Brand) -> bool:
    """Whether it is called as *brand* is: shb.vn or shb.onelink.me may be one nobody has listed."""
    names = {"".join(strip_marks(name.lower()).split()) for name in brand.called}
    front, own, _ = split_host(address.host)
    return (own if address.host.endswith(_VIETNAMESE) else front) in names.union(brand.aliases)


def _finding(
    brand: Brand, asks: Sequence[Ask], strength: LinkStrength, start: int, end: int
) -> LinkFinding:
    return LinkFinding(
        rule=f"speaks_as.{strength}",
        strength=strength,
        start=start,
        end=end,
        why=why_not(brand.name, brand.domains[0]),
        source=brand.sources[0],
        added=brand.checked.isoformat(),
        lure=_lure(brand.category, asks),
        brand=brand.id,
    )


def _lure(category: str, asks: Sequence[Ask]) -> str | None:
    """What the trap is called; None where no lure tells of it, as of parcels."""
    if category in _LURE_OF_CATEGORY:
        return _LURE_OF_CATEGORY[category]
    by_ask = next((_LURE_OF_ASK[ask] for ask in asks if ask in _LURE_OF_ASK), None)
    if by_ask or category in _LURE_OF_OTHERS:
        return by_ask or _LURE_OF_OTHERS[category]
    if "account" not in asks or category == "post":
        return None
    return _LURE_OF_ACCOUNTS.get(category, "account_theft")


def why_not(name: str, domain: str) -> Bilingual:
    """Whose *name* it is, and whose *domain* the address would have to be under."""
    return Bilingual(
        f"Tin này xưng là {name}, nhưng link không dẫn tới {domain}.",
        f"It speaks as {name}, but the link does not lead to {domain}.",
    )
