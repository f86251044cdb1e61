"""When one name is drawn or typed so like another that people take it for that one.

Holds the brands compiled for quick comparison; which likeness means what is decided in
detectors/lookalike.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from notalone.brands import Brand, LinkWords, Platforms

TYPO_LETTERS = 6  # shorter names have too many innocent neighbours
_TYPO_LETTERS_BANK = 8  # and so have shorter names that end in "bank"
_SKELETON = str.maketrans("0135i", "olesl")


@dataclass(frozen=True, slots=True)
class BrandIndex:
    """Everything an address is compared with, built once."""

    brands: tuple[Brand, ...]
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
    """Compile *brands* for comparison."""
    brands = tuple(brands)
    aliases = tuple((alias, brand) for brand in brands for alias in brand.aliases)
    typos: dict[str, tuple[tuple[str, Brand], ...]] = {}
    for alias, brand in aliases:
        if _has_few_neighbours(alias) and not brand.is_word:
            for shape in shapes(alias):
                typos[shape] = (*typos.get(shape, ()), (alias, brand))
    owned = frozenset(host for brand in brands for host in brand.domains)
    return BrandIndex(
        brands=brands,
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
    return len(alias) >= TYPO_LETTERS and not (
        alias.endswith("bank") and len(alias) < _TYPO_LETTERS_BANK
    )


def shapes(name: str) -> set[str]:
    """*name* itself and with each letter left out: two names one letter apart share one."""
    return {name, *(name[:n] + name[n + 1 :] for n in range(len(name)))}
