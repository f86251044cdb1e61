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
from notalone.comparison import with_comparison
from notalone.detectors.lookalike import findings as looks_like
from notalone.detectors.lookalike import is_vouched_for
from notalone.detectors.shown import Shown
from notalone.folding.text import clean_text, strip_marks
from notalone.folding.words import FoldedText
from notalone.likeness import BrandIndex
from notalone.lists import DomainLists
from notalone.model import Bilingual, LinkFinding, LinkStrength
from notalone.phrases import LITERALLY, spellings_of
from notalone.speaking import NAME, Ask, Name, Patterns, Speaking, Words
from notalone.wrappers import Place

MAX_BRANDS = 20  # a message with more of them lists organisations, and speaks as none
_NEAR = 8  # words from the name or the beginning
# Everybody has a page or an account there: "Facebook: Cô Hạnh Toán" tells where to find her.
_PLACES_OF_PEOPLE = frozenset({"account", "chat", "social"})
# Whoever holds money or papers sends nobody to a partner's site for them. Shops, networks and the
# like give things away there, so that a gift alone is only half a sign.
_HOLD_MONEY_OR_PAPERS = frozenset(
    {"bank", "card", "crypto", "loan", "post", "state", "utility", "wallet"}
)
_GIFTS: frozenset[Ask] = frozenset({"claim"})
# Their links open an app that is there already or its page in the store.
_OPENS_APPS = "onelink.me"
_VIETNAMESE = ".vn"  # whoever registers a name there shows papers
CALLED_AS_TYPED = frozenset({"state", "utility"})  # "Công an" is not the whole ministry
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
_ENDS_NAME = re.compile(  # "VCB:", "[VCB]", "VCB - ", "VCB!!", "*VCB* ", "VCB 💥"
    r"""["'”’+\s]*(?:[:|\])>*!\n]|[.…]+(?:\s|$)|[-–—]\s|[\u2190-\u2bff\U0001f000-\U0001faff])"""
)
_FEW_WORDS = re.compile(r"((?:\w+\.? ){1,3}\w+)\s*(?:[-–—.,;(\n|\d]|$)")
_BEHIND = 12  # characters in which a name may come to its end, some of them unseen
_TRACKED = re.compile(r"([a-z]+)[0-9][a-z0-9]{5,}")  # SPX2024…: a courier's name and a number


class _Named(NamedTuple):
    """A name in a message: where in the row it stands, and the last of the words it was."""

    brand: Brand
    called: str
    token: int
    last: int


class _Wish(NamedTuple):
    """As whom a message speaks, what it wants, and what makes that doubtful."""

    name: _Named
    asks: Sequence[Ask]
    is_aside: bool  # somebody talks about the organisation
    is_familiar: bool
    is_beside_own: bool  # an address of the organisation itself stands there too


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
    if not 0 < len({name.brand.id for name in named}) <= MAX_BRANDS or _stands(speaking.tells, row):
        return []
    asks = _asks(row, speaking)
    name = _speaker(folded, row, named, speaking) if asks else None
    if name is None or (_is_gift(asks) and _stands(speaking.advertises, row)):
        return []
    strange = [place for place in places if not _belongs_to(name.brand, place.address)]
    wish = _Wish(
        name,
        asks,
        is_aside=_is_aside(folded, row, name, asks, speaking),
        is_familiar=_stands(speaking.familiar, row)
        or (folded.is_marked and _stands(speaking.particles, row)),
        is_beside_own=len(strange) < len(places),
    )
    return [
        _finding(wish, place, strength, index=index)
        for place in strange
        if (strength := _strength(place.address, wish, index=index, lists=lists)) is not None
    ]


def _asks(row: str, speaking: Speaking) -> list[Ask]:
    asks = [ask for ask, patterns in speaking.asks.items() if _stands(patterns, row)]
    if "account" not in asks and _stands(speaking.reacts, row) and _stands(speaking.told, row):
        asks.insert(0, "account")
    return asks


def _is_aside(
    folded: FoldedText, row: str, name: _Named, asks: Sequence[Ask], speaking: Speaking
) -> bool:
    """Whether it sounds as if somebody talked about the organisation, or wrote a headline."""
    if "?" in folded.original and "account" not in asks:
        return True
    near = max(_NEAR, name.token + _NEAR)
    return any(
        _token_at(row, match.start()) <= near
        for pattern in speaking.asides
        if (match := pattern.search(row)) is not None
    )


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
    while at < len(words):
        length, name = _name_at(words, at, speaking)
        if name is None:
            tokens.append(words[at])
        else:
            named.append(_Named(name.brand, name.called, len(tokens), at + length - 1))
            tokens.append(NAME)
        at += length
    return f" {' '.join(tokens)} ", named


def _name_at(words: Sequence[str], at: int, speaking: Speaking) -> tuple[int, Name | None]:
    """How many words from *at* on are the name of which organisation; 1 and None for no name."""
    first = strip_marks(words[at].removeprefix(LITERALLY))
    for name in speaking.names.get(first, ()):
        if _stand_at(words, at, name.words):
            end = at + len(name.words)
            while tail := next((t for t in speaking.tails if _stand_at(words, end, t)), None):
                end += len(tail)
            return end - at, name
    tracked = _TRACKED.fullmatch(first)
    for name in speaking.names.get(tracked[1], ()) if tracked else ():
        if len(name.words) == 1:
            return 1, name
    return 1, None


def _stand_at(words: Sequence[str], at: int, said: Words) -> bool:
    """Whether the words of *said* stand from *at* on, with their marks or without any."""
    typed = words[at : at + len(said)]
    return len(typed) == len(said) and all(
        word in spellings_of(meant) for word, meant in zip(typed, said, strict=True)
    )


def _speaker(
    folded: FoldedText, row: str, named: Sequence[_Named], speaking: Speaking
) -> _Named | None:
    """As whom the message speaks: by how it opens, else by what is said around a name."""
    is_addressed = _stands(speaking.addressed, row)
    if not is_addressed and not _stands(speaking.curt, row):
        return None  # a headline speaks about somebody
    names = {name.token: name for name in named}
    opening = speaking.opening.match(row) if speaking.opening else None
    if opening is not None:
        name = names[_token_at(row, opening.start("name"))]
        is_speaker = name.brand.category not in _PLACES_OF_PEOPLE
        if (
            is_speaker
            and _ends(folded, name)
            and not _is_label(folded, row, opening.end(), name, speaking)
        ):
            return name
    if not is_addressed:
        return None
    for pattern in speaking.speaks:
        if match := pattern.search(row):
            return names[_token_at(row, match.start("name"))]
    is_courteous = _stands(speaking.courtesy, row)
    for pattern in speaking.opens:
        match = pattern.search(row)
        if match and (is_courteous or _opens(match, row, speaking)):
            return names[_token_at(row, match.start("name"))]
    return None


def _ends(folded: FoldedText, name: _Named) -> bool:
    behind = folded.original[folded.words[name.last].end :][:_BEHIND]
    return _ENDS_NAME.match(clean_text(behind, homoglyphs={}).text or behind) is not None


def _is_label(folded: FoldedText, row: str, behind: int, name: _Named, speaking: Speaking) -> bool:
    """Whether the name tells where an account or a person is found: "VCB: 0071… Nguyễn Thị Lan"."""
    if any(pattern.match(row, behind) for pattern in speaking.number):
        return True
    found = (pattern.match(row, behind) for pattern in speaking.person)
    match = next((match for match in found if match is not None), None)
    if match is None:
        return False
    last = _token_at(row, match.end() - 1)  # no other name stands between
    start = folded.words[name.last + last - name.token].start
    few = _FEW_WORDS.match(folded.original, start)
    return few is not None and all(word[0].isupper() for word in few[1].split())


def _opens(match: re.Match[str], row: str, speaking: Speaking) -> bool:
    """Whether nothing but titles stands before *match*."""
    start = match.start()
    return speaking.titled is not None and bool(speaking.titled.fullmatch(row, 0, start))


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
    address: Address, wish: _Wish, *, index: BrandIndex, lists: DomainLists
) -> LinkStrength | None:
    """What it means that an organisation is said to want this at *address*; None for nothing."""
    platform = platform_of(address.host, index.platforms)
    if platform is not None and platform.kind not in _OTHERS_PAGES:
        return None
    if is_vouched_for(address, index=index) or lists.allows(address):
        return None
    brand = wish.name.brand
    is_hidden = _is_unseen(address, index=index)  # it may lead home
    is_wallets_app = brand.category == "wallet" and _OPENS_APPS in parents(address.host)
    if is_hidden and (wish.is_beside_own or is_wallets_app or _holds_whole_name(address, brand)):
        return None
    is_vietnamese = address.host.endswith(_VIETNAMESE) and not looks_like(Shown(address, index))
    doubts = (
        wish.is_aside,
        is_hidden,
        is_vietnamese,
        is_vietnamese and wish.is_beside_own,  # a partner's
        _is_gift(wish.asks) and brand.category not in _HOLD_MONEY_OR_PAPERS,  # partners' sites
        wish.is_familiar and not is_hidden,
    )
    by_doubts: Mapping[int, LinkStrength] = {0: "spoken_for", 1: "spoken_for_hidden"}
    return by_doubts.get(sum(doubts))


def _is_unseen(address: Address, *, index: BrandIndex) -> bool:
    """Whether the address is a shortened one."""
    platform = platform_of(address.host, index.platforms)
    return platform is not None and platform.kind == "shortener"


def _holds_whole_name(address: Address, brand: Brand) -> bool:
    """Whether it is called as *brand* is: shb.onelink.me may be one that nobody has listed."""
    names = {"".join(strip_marks(name.lower()).split()) for name in brand.called}
    front, _, _ = split_host(address.host)
    return front in names.union(brand.aliases)


def _finding(
    wish: _Wish, place: Place, strength: LinkStrength, *, index: BrandIndex
) -> LinkFinding:
    brand = wish.name.brand
    name = wish.name.called if brand.category in CALLED_AS_TYPED else brand.name
    is_unseen = _is_unseen(place.address, index=index)
    finding = LinkFinding(
        rule=f"speaks_as.{strength}",
        strength=strength,
        start=place.start,
        end=place.end,
        why=why_unseen(name) if is_unseen else why_not(name, brand.domains[0]),
        source=brand.sources[0],
        added=brand.checked.isoformat(),
        lure=_lure(brand.category, wish.asks),
        brand=brand.id,
    )
    # Where nobody can see whose the address is, there is nothing to line up.
    return finding if is_unseen else with_comparison(finding, place.address, index=index)


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


def why_unseen(name: str) -> Bilingual:
    """Whose *name* it is, beside a shortened link."""
    return Bilingual(
        f"Tin này xưng là {name}, mà không thấy được đường link dẫn tới đâu.",
        f"It speaks as {name}, and nobody can see where the link leads.",
    )
