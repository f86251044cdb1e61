"""Does this address borrow the name of an organisation it does not belong to?

A likeness alone is only a hint. Names that are also words need a lure word beside them; owned
domains, allowed addresses and the platforms themselves are never flagged. Compared are the folded
names (0 as o, rn as m, Cyrillic а as a), on labels of the host only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs
import can_ada

from notalone.address import Address, parents, split_host
from notalone.brands import Brand, LinkWords, Platforms, platform_of
from notalone.model import Bilingual, LinkFinding, LinkStrength
from notalone.text import clean_text, strip_marks

_LONG_ALIAS = 5  # a shorter name needs a lure word beside it
_GLUED_ALIAS = 9  # so long that it means the brand even inside a longer word
_TYPO_ALIAS = 6  # shorter names have too many innocent neighbours
_BANK_ALIAS = 8  # and so have shorter names that end in "bank"
# Organisations that people entrust with money or papers: rarely anybody's sub-domain.
_TRUSTED = frozenset({"bank", "loan", "wallet", "state", "utility", "card", "crypto"})
_CHECKED_ENDINGS = frozenset({"gov.vn", "edu.vn", "int.vn", "mil.vn"})  # given out on papers only
_SKELETON = str.maketrans("0135i", "olesl")
_FALSE_ENDING = re.compile(r"(?:com|net|org|gov|edu|vn)-[a-z0-9]")
_STATE_ENDING = re.compile(r"(?:^|[-.])(gov|edu)[-.]?vn(?:$|[-.])")


class _Place(NamedTuple):
    """A host cut where its owner begins: *front* . *own* . *ending*."""

    front: str
    own: str
    ending: str


class _Likeness(NamedTuple):
    rule: str
    brand: Brand
    alias: str
    needs_lure: bool
    around: str  # what stands beside the name in the same label


@dataclass(frozen=True, slots=True)
class BrandIndex:
    """Everything `findings` compares with, built once."""

    platforms: Platforms
    words: LinkWords
    homoglyphs: Mapping[str, str]
    owned: frozenset[str]
    aliases: tuple[tuple[str, Brand], ...]  # in the order the automaton counts them
    typos: Mapping[str, tuple[tuple[str, Brand], ...]]
    innocent: frozenset[str]
    names: ahocorasick_rs.AhoCorasick


def build_index(
    brands: Iterable[Brand],
    *,
    platforms: Platforms,
    words: LinkWords,
    homoglyphs: Mapping[str, str],
) -> BrandIndex:
    """Compile *brands* for `findings`."""
    brands = tuple(brands)
    aliases = tuple((alias, brand) for brand in brands for alias in brand.aliases)
    typos: dict[str, tuple[tuple[str, Brand], ...]] = {}
    for alias, brand in aliases:
        if _has_few_neighbours(alias) and not brand.is_word:
            for shape in _shapes(alias):
                typos[shape] = (*typos.get(shape, ()), (alias, brand))
    owned = frozenset(host for brand in brands for host in brand.domains)
    return BrandIndex(
        platforms=platforms,
        words=words,
        homoglyphs=homoglyphs,
        owned=owned,
        aliases=aliases,
        typos=typos,
        innocent=frozenset(name for brand in brands for name in brand.not_like)
        | frozenset(host.partition(".")[0] for host in owned)
        | frozenset(alias for alias, _ in aliases),
        names=ahocorasick_rs.AhoCorasick([skeleton(alias) for alias, _ in aliases]),
    )


def findings(address: Address, *, index: BrandIndex) -> list[LinkFinding]:
    """The strongest likeness of *address* to a brand that does not own it, or nothing.

    Whether `allowed.csv` lets it be is the caller's question (`DomainLists.allows`).
    """
    host = _folded(address.host, index.homoglyphs)
    if not _may_be_like(host, index) or address.is_ip:
        return []
    if any(name in index.owned for name in parents(address.host)):
        return []
    place = _place(address.host, host, index.platforms)
    if place is None:
        return []
    found = [
        judged
        for likeness in _likenesses(host, place, index)
        if (judged := _strength(likeness, address, index.words)) is not None
    ]
    if found:
        likeness, strength = max(found, key=lambda pair: (pair[1], len(pair[0].alias)))
        why = _why(likeness.brand.domains[0])
        source = likeness.brand.sources[0]
        checked = likeness.brand.checked.isoformat()
        start, end = address.host_span
        return [
            LinkFinding(
                likeness.rule, strength, start, end, why, source, checked, None, likeness.brand.id
            )
        ]
    return []


def skeleton(name: str) -> str:
    """*name* with letters that are drawn alike made one.

    >>> skeleton("v1etc0mbank") == skeleton("vietcombank")
    True
    """
    return name.translate(_SKELETON).replace("rn", "m").replace("vv", "w")


def is_one_letter_off(name: str, other: str) -> bool:
    """Whether one letter added, left out, changed, or swapped with its neighbour parts the two.

    >>> [is_one_letter_off(name, "shopee") for name in ("shoppee", "sohpee", "shopee", "shope")]
    [True, True, False, True]
    """
    if name == other or abs(len(name) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(name), len(other)) and name[start] == other[start]:
        start += 1
    left, right = name[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def _has_few_neighbours(alias: str) -> bool:
    # hlbank, vrbank, hdbank … are all real banks
    return len(alias) >= _TYPO_ALIAS and not (alias.endswith("bank") and len(alias) < _BANK_ALIAS)


def _shapes(name: str) -> set[str]:
    """*name* itself and with each letter left out: two names one letter apart share one."""
    return {name, *(name[:n] + name[n + 1 :] for n in range(len(name)))}


def _folded(host: str, homoglyphs: Mapping[str, str]) -> str:
    if "xn--" not in host:
        return host
    shown = can_ada.idna_decode(host.encode())
    return strip_marks(clean_text(shown, homoglyphs=homoglyphs).text)


def _may_be_like(host: str, index: BrandIndex) -> bool:
    """Cheap first look, so that nearly every link is done here."""
    if index.names.find_matches_as_indexes(skeleton(host)):
        return True
    for label in host.split(".")[-4:-1]:
        if _FALSE_ENDING.match(label):
            return True
        if len(label) >= _TYPO_ALIAS - 1 and not index.typos.keys().isdisjoint(_shapes(label)):
            return True
    return False


def _place(host: str, folded: str, platforms: Platforms) -> _Place | None:
    """Where *host* is cut; None when it is a platform's own, a suffix, or vouched for."""
    platform = platform_of(host, platforms)
    if platform is not None:
        labels = folded.split(".")[: -1 - platform.host.count(".")]
        if not labels or platform.users != "subdomain" or labels == ["www"]:
            return None
        return _Place(".".join(labels[:-1]), labels[-1], platform.host)
    _, own, ending = split_host(host)
    if not own or ending in _CHECKED_ENDINGS:
        return None
    labels = folded.split(".")
    depth = len(labels) - (ending.count(".") + 1 if ending else 0)
    return _Place(".".join(labels[: depth - 1]), labels[depth - 1], ending)


def _likenesses(host: str, place: _Place, index: BrandIndex) -> Iterator[_Likeness]:
    front = place.front.removeprefix("www.")
    for number, _, _ in index.names.find_matches_as_indexes(skeleton(host), overlapping=True):
        alias, brand = index.aliases[number]
        yield from _in_own_label(alias, brand, place)
        yield from _in_front(alias, brand, front, place)
    for alias, brand in {
        pair for shape in _shapes(place.own) for pair in index.typos.get(shape, ())
    }:
        if is_one_letter_off(place.own, alias) and place.own not in index.innocent:
            yield _Likeness("lookalike.one_letter_off", brand, alias, False, "")


def _in_own_label(alias: str, brand: Brand, place: _Place) -> Iterator[_Likeness]:
    shape, own = skeleton(alias), skeleton(place.own)
    at = own.find(shape)
    if at < 0:
        return
    if alias not in place.own:
        if len(alias) >= _LONG_ALIAS:
            around = own[:at] + "-" + own[at + len(shape) :]
            bare = not around.strip("-")
            yield _Likeness(
                "lookalike.disguised_letters", brand, alias, brand.is_word and not bare, around
            )
        return
    at = place.own.find(alias)
    before, after = place.own[:at], place.own[at + len(alias) :]
    around = f"{before}-{after}"
    if not before and not after:
        country_ending = len(place.ending.rpartition(".")[2]) == 2
        if brand.is_word or len(alias) < _LONG_ALIAS or (brand.everywhere and country_ending):
            return
        yield _Likeness("lookalike.other_ending", brand, alias, False, around)
        return
    bounded = before[-1:] in ("", "-") and after[:1] in ("", "-")
    if not bounded and len(alias) < _LONG_ALIAS:
        return
    plain = (bounded and len(alias) >= _LONG_ALIAS) or len(alias) >= _GLUED_ALIAS
    yield _Likeness("lookalike.brand_in_name", brand, alias, brand.is_word or not plain, around)


def _in_front(alias: str, brand: Brand, front: str, place: _Place) -> Iterator[_Likeness]:
    for label in front.split("."):
        at = label.find(alias)
        if at < 0:
            continue
        before, after = label[:at], label[at + len(alias) :]
        if before[-1:] not in ("", "-") or after[:1] not in ("", "-"):
            continue
        around = f"{before}-{after}-{place.own}"
        if label == alias and _FALSE_ENDING.match(place.own):
            yield _Likeness("lookalike.false_ending", brand, alias, False, around)
        elif any(domain in (front, front.removeprefix("m.")) for domain in brand.domains):
            yield _Likeness("lookalike.brand_in_front", brand, alias, False, around)
        else:
            sure = brand.category in _TRUSTED and len(alias) >= _LONG_ALIAS
            yield _Likeness(
                "lookalike.brand_in_front", brand, alias, brand.is_word or not sure, around
            )


def _strength(
    likeness: _Likeness, address: Address, words: LinkWords
) -> tuple[_Likeness, LinkStrength] | None:
    beside = set(_words(likeness.around, words.act | words.lure))
    acts = not beside.isdisjoint(words.act)
    if likeness.needs_lure:
        return (likeness, "likeness") if beside else None
    if not acts:
        acts = any(True for _ in _words(address.decoded_path, words.act))
    return likeness, ("likeness_with_act" if acts else "likeness")


def _words(text: str, known: frozenset[str]) -> Iterator[str]:
    """Which *known* words stand in *text*, alone or written together as in `dang-nhap`."""
    parts = re.findall(r"[a-z]+", text)
    yield from known.intersection(parts)
    joined = "".join(parts)
    yield from (word for word in known if len(word) >= 6 and word in joined)


def _why(domain: str) -> Bilingual:
    return Bilingual(
        f"Địa chỉ này giống {domain} nhưng không phải.",
        f"This address looks like {domain} but is not it.",
    )
