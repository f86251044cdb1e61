"""Does this address borrow the name of an organisation it does not belong to?

A likeness alone is only a hint. Names that are also words need a lure word beside them; owned
domains, allowed addresses and the platforms themselves are never flagged. Compared are the folded
names (0 as o, rn as m, Cyrillic а as a), on labels of the host only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from notalone.address import Address, parents, split_host
from notalone.brands import Brand, LinkWords, Platforms, platform_of
from notalone.folding.text import clean_text, strip_marks
from notalone.likeness import TYPO_LETTERS, BrandIndex, is_one_letter_off, shapes, skeleton
from notalone.model import Bilingual, LinkFinding, LinkStrength

_LONG_ALIAS = 5  # a shorter name needs a lure word beside it
_GLUED_ALIAS = 9  # so long that it means the brand even inside a longer word
_FEW_LETTERS = 3
_GLUED_WORD = 6  # "kyc" is in too many words to be looked for inside them
_SYLLABLES = 4  # joined at most: "khoa-tai-khoan"
_COUNTRY_LETTERS = 2
_HOST_LETTERS = 253  # no longer name can be looked up: RFC 1035
# What is usually wanted where the name is borrowed and a log-in or a code is asked for.
_LURES = {
    "bank": "fake_bank",
    "card": "fake_bank",
    "loan": "fake_bank",
    "wallet": "fake_bank",
    "account": "account_theft",
    "chat": "account_theft",
    "crypto": "account_theft",
    "game": "account_theft",
    "social": "account_theft",
    "state": "fake_app",
    "utility": "fake_app",
}
_OWN_RULE = "Không Một Mình"
_OWN_RULE_ADDED = "2026-11-22"
# Given out on papers only: "edu" and "ac.uk". A bare ".ac" and "edu.eu.org" anybody can have.
_VOUCHED_ENDING = re.compile(r"(?:edu|gov|mil)|(?:.+\.)?(?:ac|edu|gov|mil)\.[a-z]{2}")
_GIVEN_ON_PAPERS = frozenset({"ac.vn", "edu.vn", "gov.vn"})  # public suffixes
# vcb.com.vn-abc.example: the ending that people look for, where the ending is not.
_FALSE_ENDING = re.compile(
    r"(?:^|\.)(?:com|net|org|gov|edu|vn)-[a-z0-9]"  # opens the owner's own label
    r"|\.(?:com|gov|edu)\.vn\."  # stands whole in front of it
    r"|(?:^|[-.])gov-?vn(?:[-.]|$)"  # is written with a hyphen
)


class _Place(NamedTuple):
    """A host cut where its owner begins: *front* . *own* . *ending*, letters folded."""

    front: str
    own: str
    ending: str
    disguised: bool  # foreign letters stand in for Latin ones


class _Likeness(NamedTuple):
    rule: str
    brand: Brand
    alias: str
    around: str  # what stands beside the name
    needs_lure: bool = False


def findings(address: Address, *, index: BrandIndex) -> list[LinkFinding]:
    """The strongest likeness of *address* to a brand that does not own it, or nothing.

    Whether `allowed.csv` lets it be is the caller's question (`DomainLists.allows`).
    """
    host, disguised = _folded(address, index.homoglyphs)
    if len(host) > _HOST_LETTERS or address.is_ip or not _may_be_like(host, index):
        return []
    if is_owned(address, index=index):
        return []
    place = _place(address.host, host, disguised, index.platforms)
    if place is None:
        return []
    start, end = address.host_span
    found = [
        judged
        for likeness in _likenesses(host, place, index)
        if (judged := _strength(likeness, address, index.words)) is not None
    ]
    if found:
        likeness, strength = max(found, key=_weight)
        brand = likeness.brand
        return [
            LinkFinding(
                rule=likeness.rule,
                strength=strength,
                start=start,
                end=end,
                why=_like(brand.domains[0]),
                source=brand.sources[0],
                added=brand.checked.isoformat(),
                lure=_LURES.get(brand.category) if strength == "likeness_with_act" else None,
                brand=brand.id,
            )
        ]
    if _has_false_ending(place):
        return [
            LinkFinding(
                rule="lookalike.false_ending",
                strength="likeness",
                start=start,
                end=end,
                why=_really(f"{place.own}.{place.ending}"),
                source=_OWN_RULE,
                added=_OWN_RULE_ADDED,
            )
        ]
    return []


def is_owned(address: Address, *, index: BrandIndex) -> bool:
    """Whether *address* belongs to a brand that we know."""
    return any(name in index.owned for name in parents(address.host))


def is_vouched_for(address: Address, *, index: BrandIndex) -> bool:
    """Whether *address* is its owner's own: a known brand's, or under an ending given on papers.

    Where strangers may put up pages of their own, a form for example, nobody vouches for these.
    """
    if address.is_ip or platform_of(address.host, index.platforms) is not None:
        return False
    return is_owned(address, index=index) or split_host(address.host)[2] in _GIVEN_ON_PAPERS


def _folded(address: Address, homoglyphs: Mapping[str, str]) -> tuple[str, bool]:
    """The host in plain Latin letters, and whether foreign letters stood in for them."""
    shown = address.shown_host
    if shown is address.host:
        return shown, False
    folded = strip_marks(clean_text(shown, homoglyphs=homoglyphs).text)
    return folded, any(letter in homoglyphs for letter in shown)


def _may_be_like(host: str, index: BrandIndex) -> bool:
    """Cheap first look, so that nearly every link is done here."""
    if index.names.find_matches_as_indexes(skeleton(host)) or _FALSE_ENDING.search(host):
        return True
    return any(
        len(label) >= TYPO_LETTERS - 1 and not index.typos.keys().isdisjoint(shapes(label))
        for label in host.split(".")[-4:-1]
    )


def _place(host: str, folded: str, disguised: bool, platforms: Platforms) -> _Place | None:
    """Where *host* is cut; None when it is a platform's own, a suffix, or vouched for."""
    labels = folded.split(".")
    platform = platform_of(host, platforms)
    if platform is not None:
        ending = platform.host
        if platform.users != "subdomain":
            return None
    else:
        ending = split_host(host)[2]
        if _VOUCHED_ENDING.fullmatch(ending):
            return None
    labels = labels[: -1 - ending.count(".")]
    if not labels or labels == ["www"]:
        return None
    return _Place(".".join(labels[:-1]), labels[-1], ending, disguised)


def _has_false_ending(place: _Place) -> bool:
    front = place.front.removeprefix("www").removeprefix(".")
    found = _FALSE_ENDING.search(f"{front}.{place.own}.") if front else None
    return found is not None or re.search(r"(?:^|-)gov-?vn(?:-|$)", place.own) is not None


def _likenesses(host: str, place: _Place, index: BrandIndex) -> Iterator[_Likeness]:
    seen = index.names.find_matches_as_indexes(skeleton(host), overlapping=True)
    for number in sorted({number for number, _, _ in seen}):
        alias, brand = index.aliases[number]
        yield from _in_own_label(alias, brand, place)
        yield from _in_front(alias, brand, place)
    if place.own not in index.innocent:
        pairs = {pair for shape in shapes(place.own) for pair in index.typos.get(shape, ())}
        for alias, brand in pairs:
            if is_one_letter_off(place.own, alias):
                yield _Likeness("lookalike.one_letter_off", brand, alias, "")


def _in_own_label(alias: str, brand: Brand, place: _Place) -> Iterator[_Likeness]:
    at = place.own.find(alias)
    if at < 0 or place.disguised:
        yield from _disguised(alias, brand, place)
        return
    before, after = place.own[:at], place.own[at + len(alias) :]
    around = f"{before}-{after}"
    if not before and not after:
        abroad = brand.everywhere and len(place.ending.rpartition(".")[2]) == _COUNTRY_LETTERS
        if len(alias) >= _LONG_ALIAS and not brand.is_word and not abroad:
            yield _Likeness("lookalike.other_ending", brand, alias, around)
        return
    bounded = before[-1:] in ("", "-") and after[:1] in ("", "-")
    if not bounded and len(alias) < _LONG_ALIAS:
        return
    added = len(around.strip("-0123456789"))  # shopeevip26: next to nothing was added
    plain = (
        (bounded and len(alias) >= _LONG_ALIAS)
        or (not before and added <= _FEW_LETTERS and len(alias) >= TYPO_LETTERS)
        or len(alias) >= _GLUED_ALIAS
    )
    yield _Likeness("lookalike.brand_in_name", brand, alias, around, brand.is_word or not plain)


def _disguised(alias: str, brand: Brand, place: _Place) -> Iterator[_Likeness]:
    shape, own = skeleton(alias), skeleton(place.own)
    at = own.find(shape)
    if at < 0 or len(alias) < _LONG_ALIAS:
        return
    around = f"{own[:at]}-{own[at + len(shape) :]}"
    needs_lure = brand.is_word and around != "-"
    yield _Likeness("lookalike.disguised_letters", brand, alias, around, needs_lure)


def _in_front(alias: str, brand: Brand, place: _Place) -> Iterator[_Likeness]:
    if _holds_domain_of(brand, place):
        around = f"{place.front}-{place.own}"
        yield _Likeness("lookalike.brand_in_front", brand, alias, around)
        return
    for label in place.front.split("."):
        at = label.find(alias)
        if at < 0:
            continue
        before, after = label[:at], label[at + len(alias) :]
        if before[-1:] not in ("", "-") or after[:1] not in ("", "-"):
            continue
        around = f"{before}-{after}-{place.own}"
        if label == alias and _FALSE_ENDING.match(place.own):
            yield _Likeness("lookalike.false_ending", brand, alias, around)
        else:
            plain = label == alias and len(alias) >= _LONG_ALIAS
            needs_lure = brand.is_word or not plain
            yield _Likeness("lookalike.brand_in_front", brand, alias, around, needs_lure)


def _holds_domain_of(brand: Brand, place: _Place) -> bool:
    """Whether a whole domain of *brand* stands before the real one: apple.com-id1.example."""
    name = f".{place.front}.{place.own}"
    for domain in brand.domains:
        at = name.find(f".{domain}")
        if at >= 0 and name[at + 1 + len(domain) :][:1] in ("-", "."):
            return True
    return False


def _strength(
    likeness: _Likeness, address: Address, words: LinkWords
) -> tuple[_Likeness, LinkStrength] | None:
    wants_act = _has_word(likeness.around, words.act, inside=True)
    if likeness.needs_lure:
        is_lured = wants_act or _has_word(likeness.around, words.lure, inside=True)
        return (likeness, "likeness") if is_lured else None
    if wants_act or _has_word(address.decoded_path, words.act, inside=False):
        return likeness, "likeness_with_act"
    return likeness, "likeness"


def _weight(judged: tuple[_Likeness, LinkStrength]) -> tuple[bool, int, str]:
    likeness, strength = judged
    return strength == "likeness_with_act", len(likeness.alias), likeness.alias


def _has_word(text: str, known: frozenset[str], *, inside: bool) -> bool:
    """Whether a *known* word stands in *text*, hyphens or not: `dangnhap`, `dang-nhap`.

    *inside*: also as a part of something longer, as host names glue words together.
    """
    parts = re.findall(r"[a-z]+", text)
    for start in range(len(parts)):
        for end in range(start + 1, start + _SYLLABLES + 1):
            if "".join(parts[start:end]) in known:
                return True
    return inside and any(
        word in part for word in known if len(word) >= _GLUED_WORD for part in parts
    )


def _like(domain: str) -> Bilingual:
    return Bilingual(
        f"Địa chỉ này giống {domain} nhưng không phải.",
        f"This address looks like {domain} but is not it.",
    )


def _really(domain: str) -> Bilingual:
    return Bilingual(
        f"Tên thật của trang này là {domain}, không phải phần đứng trước.",
        f"This site is really {domain}, not what stands before it.",
    )
