"""Names by their consonants: what stays when somebody changes the vowels a hundred times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from notalone.brands import Brand

_WEAK = b"aeiouyhw-.0123456789"
_TWICE = re.compile(r"(.)\1+")
_LETTERS = 5  # of the name
_KEY = 4  # consonants by which a name is known anywhere
_SHORT_KEY = 3  # only right beside the log-in: kucoin is k-c-n
_LONG_KEY = 5  # consonants that are known with one of them changed or left out
_GAP = 6  # consonants between a name that is not quite itself and the log-in
_CONSONANTS = "bcdfgjklmnpqrstvxz"
_ACT = "lg|xtn"  # login, logon, lugin; extension
# Of a wallet: wallet, start, suite, setup, live, connect, desktop.
_ACT_OF_WALLET = rf"{_ACT}|lt|strt|st|lv|cnct|dsk"
_LOG_IN = re.compile(_ACT)
_ONLY_LOG_IN = re.compile(r"(?:l[gq]n|sgn|xtnsn)[a-z]?")
_WALLET = "crypto"


@dataclass(frozen=True, slots=True)
class Misspelt:
    """The names to look for, by their consonants."""

    pattern: re.Pattern[str]  # a name beside a log-in, the name as a group
    brands: Mapping[str, Brand]
    keys: ahocorasick_rs.AhoCorasick  # of the brands
    near: Mapping[str, Brand]  # wallets with one consonant wrong
    near_lengths: range

    def brand_in(self, name: str) -> Brand | None:
        """The brand whose name stands in *name* beside a log-in, whatever their vowels."""
        kept = consonants(name)
        if self.keys.find_matches_as_indexes(kept):  # the pattern takes twenty times as long
            found = self.pattern.search(kept)
            if found is not None:
                return self.brands[found[found.lastindex or 0]]
        for act in _LOG_IN.finditer(kept):
            for start in range(len(kept)):
                for end in (start + letters for letters in self.near_lengths):
                    is_beside = end <= act.start() <= end + _GAP or (
                        start - _GAP <= act.end() <= start
                    )
                    if is_beside and (brand := self.near.get(kept[start:end])) is not None:
                        return brand
        return None


def consonants(name: str) -> str:
    """*name* without vowels, weak consonants, signs and repetitions.

    >>> consonants("kuucooinn-luginis"), consonants("kucoin-logins")
    ('kcnlgns', 'kcnlgns')
    """
    return _TWICE.sub(r"\1", name.encode().translate(None, _WEAK).decode())


def is_log_in_misspelt(word: str) -> bool:
    """Whether nothing but the consonants of a log-in is left of *word*: lougiene, extansionei.

    >>> [is_log_in_misspelt(word) for word in ("lougiene", "exteensn", "catalog")]
    [True, True, False]
    """
    return _ONLY_LOG_IN.fullmatch(consonants(word)) is not None


def compile_names(brands: Iterable[Brand]) -> Misspelt:
    """The names of *brands* that are known by their consonants."""
    keys = dict(_keys(brands))
    groups: dict[str, list[str]] = {"anywhere": [], "wallet": [], "short": []}
    for key, brand in keys.items():
        is_wallet = brand.category == _WALLET
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
    near = {
        typed: brand
        for key, brand in keys.items()
        if brand.category == _WALLET and len(key) >= _KEY
        for typed in _one_off(key)
    }
    lengths = {len(typed) for typed in near}
    return Misspelt(
        re.compile("|".join(patterns) or r"(?!)"),
        keys,
        ahocorasick_rs.AhoCorasick(sorted(keys)),
        near,
        range(min(lengths, default=0), max(lengths, default=-1) + 1),
    )


def _one_off(key: str) -> Iterator[str]:
    """*key* with a consonant too many inside or, where it is long, one changed or left out."""
    for at in range(1, len(key)):
        before, after = key[:at], key[at:]
        yield from (f"{before}{other}{after}" for other in _CONSONANTS)
        if len(key) >= _LONG_KEY:
            yield f"{before}{after[1:]}"
            yield from (f"{before}{other}{after[1:]}" for other in _CONSONANTS)


def _keys(brands: Iterable[Brand]) -> Iterator[tuple[str, Brand]]:
    for brand in brands:
        for alias in brand.aliases:
            key = consonants(alias)
            # Wallets are what these pages are made for; two banks in three differ by a vowel.
            least = _SHORT_KEY if brand.category == _WALLET else _KEY
            if len(alias) >= _LETTERS and len(key.removesuffix("bnk")) >= least:
                yield key, brand
