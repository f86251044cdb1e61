"""Names by their consonants: what stays when somebody changes the vowels a hundred times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick_rs

from notalone.brands import Brand

_WEAK = b"aeiouyhw-.0123456789"
_TWICE = re.compile(r"(.)\1+")
_LETTERS = 5  # of the name
_KEY = 4  # consonants by which a name is known anywhere
_SHORT_KEY = 3  # only right beside the log-in: kucoin is k-c-n
_ACT = "lg|xtn"  # login, logon, lugin; extension
# Of a wallet: wallet, start, suite, setup, live, connect, desktop.
_ACT_OF_WALLET = rf"{_ACT}|lt|strt|st|lv|cnct|dsk"


class Misspelt(NamedTuple):
    """The names to look for, as one pattern over consonants."""

    pattern: re.Pattern[str]
    brands: dict[str, Brand]
    keys: ahocorasick_rs.AhoCorasick  # of the brands

    def find(self, name: str) -> Brand | None:
        """The brand that stands misspelt in *name*, beside a word for a log-in; or None."""
        letters = consonants(name)
        if not self.keys.find_matches_as_indexes(letters):
            return None  # nearly every name: the pattern takes twenty times as long
        found = self.pattern.search(letters)
        return None if found is None else self.brands[found[found.lastindex or 0]]


def consonants(name: str) -> str:
    """*name* without vowels, weak consonants, signs and repetitions.

    >>> consonants("kuucooinn-luginis"), consonants("kucoin-logins")
    ('kcnlgns', 'kcnlgns')
    """
    return _TWICE.sub(r"\1", name.encode().translate(None, _WEAK).decode())


def compile_names(brands: Iterable[Brand]) -> Misspelt:
    """The names of *brands* that are known by their consonants."""
    keys = dict(_keys(brands))
    groups: dict[str, list[str]] = {"anywhere": [], "wallet": [], "short": []}
    for key, brand in keys.items():
        is_wallet = brand.category == "crypto"
        kind = "short" if len(key) < _KEY else "wallet" if is_wallet else "anywhere"
        groups[kind].append(re.escape(key))
    any_of = {kind: "|".join(sorted(texts, key=len)[::-1]) for kind, texts in groups.items()}
    forms = {
        "anywhere": (r"({0}).*(?:{1})", r"(?:{1}).*({0})", _ACT),
        "wallet": (r"({0}).*(?:{1})", r"(?:{1}).*({0})", _ACT_OF_WALLET),
        "short": (r"^({0})(?:{1})", r"(?:{1})n?({0})$", _ACT),
    }
    patterns = [
        form.format(any_of[kind], act)
        for kind, (first, last, act) in forms.items()
        for form in (first, last)
        if any_of[kind]
    ]
    pattern = re.compile("|".join(patterns) or r"(?!)")
    return Misspelt(pattern, keys, ahocorasick_rs.AhoCorasick(sorted(keys)))


def _keys(brands: Iterable[Brand]) -> Iterator[tuple[str, Brand]]:
    for brand in brands:
        for alias in brand.aliases:
            key = consonants(alias)
            # Wallets are what these pages are made for; two banks in three differ by a vowel.
            least = _SHORT_KEY if brand.category == "crypto" else _KEY
            if len(alias) >= _LETTERS and len(key.removesuffix("bnk")) >= least:
                yield key, brand
