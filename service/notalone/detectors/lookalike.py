"""Does this address borrow the name of an organisation it does not belong to?

A likeness alone is only a hint. Names that are also words need a lure word beside them; owned
domains, allowed addresses and the platforms themselves are never flagged. Compared are the folded
names (0 as o, rn as m, Cyrillic а as a), on labels of the host only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from notalone.address import Address, split_host
from notalone.brands import Brand, platform_of
from notalone.detectors.paths import act_in
from notalone.detectors.shown import Shown, is_owned
from notalone.hostname import HOST_LETTERS, HostName
from notalone.likeness import (
    GLUED_BESIDE,
    TWO_SLIPS,
    TYPO_LETTERS,
    BrandIndex,
    Written,
    edges,
    is_one_letter_off,
    skeleton,
    slips,
)
from notalone.model import Bilingual, LinkFinding, LinkStrength

_TWO_LETTERS = 2  # of a name: fb
_LONG_ALIAS = 5  # a shorter name needs a lure word beside it
_GLUED_ALIAS = 9  # so long that it means the brand even inside a longer word
_LONG_IN_FRONT = 8  # what stands before a stranger's name has no innocent owner
_LONG_TYPO = 8
_FEW_LETTERS = 3
_NUMBER = re.compile(r"\d{2}")
_SIGNS_BETWEEN = re.compile(r"[-.]")
# The same shop once more: tiki55, sendovn, appleshopvn. Of a brand from abroad only with "vn".
_ONCE_MORE = re.compile(r"(?:vn|vietnam|shop|store|mall|vip|tv|web|app|sale|market|24h|[-\d])+")
_NUMBERED = re.compile(r"\d|vn|vietnam")
_OF_VIETNAM = re.compile(r"vn|vietnam")
_COUNTRY_LETTERS = 2
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
# Nobody practises on these: a copy of a shop or a game is a student's work more often than a trap.
_OF_MONEY = frozenset({"bank", "card", "crypto", "loan", "wallet"})
_OWN_RULE = "Không Một Mình"
_OWN_RULE_ADDED = "2026-11-22"
_GIVEN_ON_PAPERS = frozenset({"ac.vn", "edu.vn", "gov.vn"})  # public suffixes
# Latin letters with Cyrillic or Greek ones in one label (mixed-script, Unicode TR39 5.1).
_MIXED = re.compile(
    r"[a-z][^.]*[\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][^.]*[a-z]"
)
# vcb.com.vn-abc.example: the ending that people look for, where the ending is not.
_FALSE_ENDING = re.compile(
    r"(?:^|\.)(?:com|net|org|gov|edu|vn)-[a-z0-9]"  # opens the owner's own label
    r"|\.(?:com|gov|edu)\.vn\."  # stands whole in front of it
    r"|(?:^|[-.])gov-?vn(?:[-.]|$)"  # is written with a hyphen
)

_TELLING_ENDING = re.compile(r"com|gov")  # "net-" and "vn-" begin many a name
_STATE_OF_VIETNAM = re.compile(r"(?:^|-)gov-?vn(?:-|$)")
_OF_STATE = re.compile(r"(?:^|[-.])gov(?:[-.]|$)")  # which is likened to, then

Need = Literal["nothing", "sign", "word", "lure"]


class _Likeness(NamedTuple):
    rule: str
    brand: Brand
    start: int  # of the borrowed name in `HostName.name`
    end: int
    needs: Need = "nothing"
    """What must stand beside it: nothing, any second sign, a word of the trade, or a clear lure."""
    is_bounded: bool = True


def findings(shown: Shown) -> list[LinkFinding]:
    """The strongest likeness of *shown* to a brand that does not own it, or nothing.

    Whether `allowed.csv` lets it be is the caller's question (`DomainLists.allows`).
    """
    index = shown.index
    if "@" in shown.address.url and (borrowed := list(_before_the_host(shown))):
        return borrowed
    if shown.is_too_long or shown.is_ip:
        return []
    if shown.host is not shown.address.host and _MIXED.search(shown.address.shown_host):
        mixed = [_unbranded("mixed_letters", "likeness", _MIXES, shown)]
    else:
        mixed = []
    if not _may_be_like(shown, index):
        return mixed
    place = None if shown.is_owned else shown.place
    if place is None or not index.words.about.isdisjoint((place.registered, place.ending)):
        return []
    start, end = shown.address.host_span
    found = [*_judged(_likenesses(place, shown.written, index), place, shown)]
    if not found:  # costs most, so it comes last
        found = [*_judged(_two_letters_off(place, index), place, shown)]
    if found:
        likeness, strength = max(found, key=_weight)
        return [finding(likeness.rule, likeness.brand, strength, start, end)]
    if _has_false_ending(place, index):
        is_grave = _OF_STATE.search(place.name) is not None and _says_act(shown)
        grave: LinkStrength = "likeness_with_act" if is_grave else "likeness"
        return [_unbranded("false_ending", grave, _really(place.registered), shown)]
    return mixed


def _unbranded(rule: str, strength: LinkStrength, why: Bilingual, shown: Shown) -> LinkFinding:
    start, end = shown.address.host_span
    return LinkFinding(
        rule=f"lookalike.{rule}",
        strength=strength,
        start=start,
        end=end,
        why=why,
        source=_OWN_RULE,
        added=_OWN_RULE_ADDED,
    )


def _before_the_host(shown: Shown) -> Iterator[LinkFinding]:
    """A brand's domain where a user's name may stand: https://vietcombank.com.vn@evil.example/."""
    address = shown.address
    start, end = address.host_span
    user = address.url[:start].rpartition("//")[2]
    if not user.endswith("@") or len(user) > HOST_LETTERS or shown.is_owned:
        return
    text = f".{user.lower()}"
    for domain, brand in shown.index.domains_in(text):
        if f".{domain}@" in text or f".{domain}:" in text:
            says = act_in(shown.path, index=shown.index)
            strength: LinkStrength = "likeness_with_act" if says else "likeness"
            yield finding("lookalike.brand_in_front", brand, strength, start, end)
            return


def finding(rule: str, brand: Brand, strength: LinkStrength, start: int, end: int) -> LinkFinding:
    """That what stands at *start* to *end* of the address is like *brand* and is not it."""
    return LinkFinding(
        rule=rule,
        strength=strength,
        start=start,
        end=end,
        why=_like(brand.domains[0]),
        source=brand.sources[0],
        added=brand.checked.isoformat(),
        lure=_LURES.get(brand.category) if strength == "likeness_with_act" else None,
        brand=brand.id,
    )


def is_vouched_for(address: Address, *, index: BrandIndex) -> bool:
    """Whether *address* is its owner's own: a known brand's, or under an ending given on papers.

    Where strangers may put up pages of their own, a form for example, nobody vouches for these.
    """
    if address.is_ip or platform_of(address.host, index.platforms) is not None:
        return False
    return is_owned(address, index=index) or split_host(address.host)[2] in _GIVEN_ON_PAPERS


def _may_be_like(shown: Shown, index: BrandIndex) -> bool:
    """Cheap first look, so that nearly every link is done here."""
    host = shown.host
    drawn = skeleton(host)
    if index.names.find_matches_as_indexes(drawn):
        return True
    if "-" in drawn and index.names.find_matches_as_indexes(drawn.replace("-", "")):
        return True
    if ("-" in host or "vn" in host) and _FALSE_ENDING.search(host):
        return True
    for part in shown.name.replace("-", ".").split("."):
        if index.may_be_mistyped(part) and (index.typos_of(part) or _nearly(part, index)):
            return True
    return False


def _has_false_ending(place: HostName, index: BrandIndex) -> bool:
    if _STATE_OF_VIETNAM.search(place.own):
        return True
    front = place.front.removeprefix("www").removeprefix(".")
    found = _FALSE_ENDING.search(f"{front}.{place.own}.") if front else None
    if found is None:
        return False
    # login.net-solutions.vn: what stands in front is no name, or what follows no ending
    is_service = index.is_word(front.rpartition(".")[2])
    is_common = _TELLING_ENDING.search(found[0]) is None
    return not is_service and not (is_common and place.ending not in index.words.cheap)


def _likenesses(
    place: HostName, written: tuple[Written, ...], index: BrandIndex
) -> Iterator[_Likeness]:
    names = [
        one
        for one in written
        if one.brand is not None and _around(one, place.name) not in index.not_like
    ]
    own_at = len(place.name) - len(place.own)
    for one in names:
        if not place.is_disguised:
            yield from (
                _in_own_label(one, place, own_at, index)
                if one.start >= own_at
                else _in_front(one, place)
            )
    yield from _whole_domains(place, index)
    yield from _disguised(place, own_at, names, index)
    yield from _typos(place, index)


def _around(one: Written, name: str) -> str:
    """The whole run of letters and digits that *one* stands in: huaweicloud around icloud."""
    before = _SIGNS_BETWEEN.split(name[: one.start])[-1]
    after = _SIGNS_BETWEEN.split(name[one.end :])[0]
    return f"{before}{name[one.start : one.end]}{after}"


def _in_own_label(
    one: Written, place: HostName, own_at: int, index: BrandIndex
) -> Iterator[_Likeness]:
    brand, alias = one.brand, one.text
    assert brand is not None  # noqa: S101 - the caller chose names only
    before, after = place.name[own_at : one.start], place.name[one.end :]
    if not before and not after:
        yield from _other_ending(one, brand, place)
        return
    is_bounded = not before[-1:].isalpha() and not after[:1].isalpha()
    is_long = len(alias) >= _LONG_ALIAS
    added = before + after
    needs: Need
    if _is_once_more(brand, added):
        needs = "nothing"
    elif not is_long and (len(alias) <= _TWO_LETTERS or not is_bounded):
        if not one.is_bounded:
            return
        needs = "lure"  # pubgspin: nothing but words around it
    elif brand.category == "game" and (brand.is_word or _is_blog(place, index)):
        needs = "lure"  # servers and guides are called after the game
    elif brand.is_word:
        is_bank = brand.country == "vn" and brand.category == "bank"
        needs = "sign" if is_bounded and (is_long or is_bank) else "word"
    elif (
        (is_bounded and is_long)
        # shopeevip26: next to nothing was added
        or (not before and _letters(added) <= _FEW_LETTERS and len(alias) >= TYPO_LETTERS)
        or len(alias) >= _GLUED_ALIAS
    ):
        needs = "nothing"
    else:
        needs = "sign"
    yield _Likeness("lookalike.brand_in_name", brand, one.start, one.end, needs, is_bounded)


def _is_blog(place: HostName, index: BrandIndex) -> bool:
    return not index.words.settled.isdisjoint(
        (place.ending, f"{place.ending.partition('.')[0]}.com")
    )


def _is_once_more(brand: Brand, added: str) -> bool:
    telling = _NUMBERED if brand.country == "vn" else _OF_VIETNAM
    return bool(_ONCE_MORE.fullmatch(added) and telling.search(added))


def _letters(text: str) -> int:
    return len(text.strip("-0123456789"))


def _other_ending(one: Written, brand: Brand, place: HostName) -> Iterator[_Likeness]:
    """Nothing but the brand's name, where the brand is not: vietcombank.example."""
    if brand.everywhere and len(place.ending.rpartition(".")[2]) == _COUNTRY_LETTERS:
        return
    if len(one.text) >= _LONG_ALIAS:
        needs: Need = "sign" if brand.is_word else "nothing"
        yield _Likeness("lookalike.other_ending", brand, one.start, one.end, needs)


def _in_front(one: Written, place: HostName) -> Iterator[_Likeness]:
    brand = one.brand
    assert brand is not None  # noqa: S101 - the caller chose names only
    before, after = place.name[one.start - 1 : one.start], place.name[one.end : one.end + 1]
    is_whole = before in ("", ".") and after == "."
    if is_whole and _FALSE_ENDING.match(place.own):
        yield _Likeness("lookalike.false_ending", brand, one.start, one.end)
        return
    is_long = len(one.text) >= _LONG_ALIAS
    needs: Need
    is_clear = is_whole or len(one.text) >= (TYPO_LETTERS if one.is_bounded else _LONG_IN_FRONT)
    if len(one.text) <= _TWO_LETTERS and one.is_bounded:
        needs = "lure"
    elif is_long and not brand.is_word and is_clear:
        needs = "nothing"
    elif is_long and (is_whole or one.is_bounded) and (is_whole or not brand.is_word):
        needs = "sign"
    elif one.is_bounded:
        needs = "word"
    else:
        return
    yield _Likeness("lookalike.brand_in_front", brand, one.start, one.end, needs)


def _whole_domains(place: HostName, index: BrandIndex) -> Iterator[_Likeness]:
    """A whole domain of a brand stands before the real one: apple.com-id1.example."""
    name = f".{place.name}"
    for domain, brand in index.domains_in(name):
        at = name.find(f".{domain}")
        if at >= 0 and name[at + 1 + len(domain) :][:1] in ("-", "."):
            yield _Likeness("lookalike.brand_in_front", brand, at, at + len(domain))


def _disguised(
    place: HostName, own_at: int, names: list[Written], index: BrandIndex
) -> Iterator[_Likeness]:
    """A name in letters that are drawn alike, digits for letters, or foreign ones."""
    plain = set() if place.is_disguised else {one.text for one in names}
    for part, at in ((place.own, own_at), (place.front, 0)):
        drawn = skeleton(part)
        least = _LONG_ALIAS if at == own_at else _LONG_IN_FRONT
        for number, start, end in index.names.find_matches_as_indexes(drawn, overlapping=True):
            alias, brand = index.aliases[number]
            if alias in plain or len(alias) < least or part in index.not_like:
                continue
            around = f"{drawn[:start]}{drawn[end:]}".strip("-.")
            needs: Need = "sign" if brand.is_word and around else "nothing"
            yield _Likeness("lookalike.disguised_letters", brand, at + start, at + end, needs)


def _typos(place: HostName, index: BrandIndex) -> Iterator[_Likeness]:
    for match in re.finditer(r"[a-z0-9]+", place.name):
        part = match[0]
        if part in index.innocent:
            continue
        is_own = part == place.own
        for alias, brand in index.typos_of(part):
            # icloud and ecloud, binance and finance: people do not mistype the first letter
            if is_one_letter_off(part, alias) and (part[0] == alias[0] or len(alias) >= _LONG_TYPO):
                needs: Need = "nothing" if is_own else "sign"
                yield _Likeness("lookalike.one_letter_off", brand, *match.span(), needs)


def _two_letters_off(place: HostName, index: BrandIndex) -> Iterator[_Likeness]:
    for match in re.finditer(r"[a-z0-9]+", place.name):
        part = match[0]
        if part in index.innocent:
            continue
        for alias, brand in _nearly(part, index):
            # vnexpress and jtexpress, express and jtexpress: other names, nobody's slip
            if part[0] == alias[0] and part not in alias and slips(part, alias) == TWO_SLIPS:
                yield _Likeness("lookalike.two_letters_off", brand, *match.span(), "sign")


def _nearly(part: str, index: BrandIndex) -> set[tuple[str, Brand]]:
    """Long names that begin or end as *part* does, are about as long and of nearly its letters."""
    letters = set(part)
    return {
        pair
        for edge in edges(part)
        for pair in index.long_names.get(edge, ())
        if abs(len(pair[0]) - len(part)) <= TWO_SLIPS
        and len(letters.symmetric_difference(pair[0])) <= 2 * TWO_SLIPS
    }


def _judged(
    likenesses: Iterable[_Likeness],
    place: HostName,
    shown: Shown,
) -> Iterator[tuple[_Likeness, LinkStrength]]:
    for likeness in likenesses:
        strength = _strength(likeness, place, shown)
        if strength is not None:
            yield likeness, strength


def _says_act(shown: Shown) -> bool:
    """Whether host or path asks for a log-in, a payment, a code or an app."""
    in_host = any(one.kind in ("act", "near") and one.is_bounded for one in shown.written)
    return in_host or act_in(shown.path, index=shown.index) != ""


def _strength(likeness: _Likeness, place: HostName, shown: Shown) -> LinkStrength | None:
    words = [
        one
        for one in shown.written
        if (one.is_bounded or len(one.text) >= GLUED_BESIDE)
        and not one.overlaps(likeness.start, likeness.end)
    ]
    # "download" is none where "downloader" stands
    beside = {one.kind for one in words if not any(other.holds(one) for other in words)}
    is_lure = not beside.isdisjoint(("act", "lure"))
    says = is_lure or (likeness.is_bounded and not beside.isdisjoint(("near", "fill")))
    if (likeness.needs == "word" and not says) or (likeness.needs == "lure" and not is_lure):
        return None
    if likeness.needs == "sign" and not says and not _is_throwaway(likeness, place, shown.index):
        return None
    if _is_practice(likeness, place, shown.index):
        return None
    if _is_branch(likeness, place, shown.index):
        return "likeness"
    if not beside.isdisjoint(("act", "near")) or act_in(shown.path, index=shown.index):
        return "likeness_with_act"
    rest = f"{place.name[: likeness.start]}-{place.name[likeness.end :]}"
    return "likeness_with_act" if shown.index.misspells_act(rest) else "likeness"


def _is_practice(likeness: _Likeness, place: HostName, index: BrandIndex) -> bool:
    """Whether it says of itself that somebody learns by it: netflix-clone.vercel.app."""
    is_theirs = place.is_hosted and likeness.brand.category not in _OF_MONEY
    return is_theirs and not index.words.practice.isdisjoint(_SIGNS_BETWEEN.split(place.name))


def _is_branch(likeness: _Likeness, place: HostName, index: BrandIndex) -> bool:
    """Whether it may be the brand's own in a province, which nobody has listed: vnpt-hue.com.vn.

    Names under .vn are given on papers; a log-in in front of one accuses nobody yet.
    """
    own_at = len(place.name) - len(place.own)
    if likeness.brand.country != "vn" or not f".{place.ending}".endswith(".vn"):
        return False
    rest = f"{place.name[own_at : likeness.start]}{place.name[likeness.end :]}"
    return likeness.start >= own_at and rest.replace("-", "") in index.words.branch


def _is_throwaway(likeness: _Likeness, place: HostName, index: BrandIndex) -> bool:
    """Whether it stands where nobody keeps a name for long, or is one of a row: paypal-0412."""
    return (
        (place.is_hosted and (not likeness.brand.is_word or likeness.brand.category in _OF_MONEY))
        or place.ending in index.words.cheap
        or place.ending in index.words.passing
        or _NUMBER.search(place.name[: likeness.start]) is not None
        or _NUMBER.search(place.name[likeness.end :]) is not None
    )


def _weight(judged: tuple[_Likeness, LinkStrength]) -> tuple[bool, int, str]:
    likeness, strength = judged
    return strength == "likeness_with_act", likeness.end - likeness.start, likeness.brand.id


_MIXES = Bilingual(
    "Tên này trộn chữ Latinh với chữ nước khác trông giống hệt.",
    "This name mixes Latin letters with foreign ones that look the same.",
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
