"""When one name is drawn or typed so like another that people take it for that one.

Holds the brands compiled for quick comparison; which likeness means what is decided in
detectors/lookalike.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import ahocorasick_rs

from notalone.brands import Brand, LinkWords, Platforms
from notalone.misspelling import Misspelt, compile_names, is_log_in_misspelt

TYPO_LETTERS = 6  # shorter names have too many innocent neighbours
GLUED_WORD = 6  # letters; shorter words are in too many others to be looked for inside them
GLUED_BESIDE = 5  # the same beside a borrowed name
TWO_SLIPS = 2
TWO_SLIPS_LETTERS = 9  # so long a name is still read with two letters wrong
_EDGE_LETTERS = 4
_TYPO_LETTERS_BANK = 8  # and so have shorter names that end in "bank"
_SKELETON = bytes.maketrans(b"0135i", b"olesl")  # of bytes: a tenth of a str's cost
ACT_TYPO_LETTERS = 5  # so long a word for a log-in is still read with one letter wrong
_PARTS = re.compile(r"[a-z0-9]+")
_SEAM_LETTERS = 4  # so long is a word beside which another may begin: "paypallogin"

WordKind = Literal["name", "act", "near", "lure", "fill", "web"]


class Known(NamedTuple):
    """Something that may stand in a host: a brand's name, or a word."""

    text: str
    kind: WordKind
    brand: Brand | None = None


class Written(NamedTuple):
    """A known text that stands in a host name, at *start* to *end*."""

    text: str
    kind: WordKind
    brand: Brand | None
    start: int
    end: int
    opens: bool  # no letter stands before it, but those of another known text
    closes: bool  # nor behind it

    @property
    def is_bounded(self) -> bool:
        return self.opens and self.closes

    def holds(self, other: Written) -> bool:
        """Whether *other* is only a part of it."""
        is_longer = self.end - self.start > other.end - other.start
        return is_longer and self.start <= other.start and other.end <= self.end

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class BrandIndex:
    """Everything an address is compared with, built once."""

    brands: tuple[Brand, ...]
    platforms: Platforms
    words: LinkWords
    cheap: tuple[str, ...]  # of the words, to be asked for at the end of a host
    passing: tuple[str, ...]  # the same
    homoglyphs: Mapping[str, str]
    by_id: Mapping[str, Brand]
    owned: frozenset[str]
    aliases: tuple[tuple[str, Brand], ...]  # in the order the automaton counts them
    typos: Mapping[str, tuple[tuple[str, Brand], ...]]
    typo_edges: Mapping[int, frozenset[str]]  # by how many letters somebody typed
    innocent: frozenset[str]
    not_like: frozenset[str]  # of the innocent ones: other owners' names, in which one may stand
    names: ahocorasick_rs.AhoCorasick  # of the aliases, as skeletons
    plain_names: ahocorasick_rs.AhoCorasick  # of the aliases, as they are written
    acts: ahocorasick_rs.AhoCorasick  # of the words for a log-in
    known: tuple[Known, ...]  # in the order the automaton counts them
    texts: ahocorasick_rs.AhoCorasick  # of all that is known, as it is written
    telling: ahocorasick_rs.AhoCorasick  # of those that are words for what is wanted
    telling_kinds: tuple[WordKind, ...]  # in the order that automaton counts them
    misspelt: Misspelt
    long_names: Mapping[str, tuple[tuple[str, Brand], ...]]  # by how they begin and how they end
    act_shapes: Mapping[str, tuple[str, ...]]  # words for a log-in, as a slip may leave them
    domains: tuple[tuple[str, Brand], ...]  # in the order the automaton counts them
    domain_texts: ahocorasick_rs.AhoCorasick

    def domains_in(self, name: str) -> Iterator[tuple[str, Brand]]:
        """The whole domains of brands that stand in *name*."""
        hits = self.domain_texts.find_matches_as_indexes(name, overlapping=True)
        return (self.domains[number] for number, _, _ in hits)

    def may_be_mistyped(self, part: str) -> bool:
        """Whether *part* can be a name with a letter or two wrong: a cheap first look."""
        edges_of_typos = self.typo_edges.get(len(part))
        if edges_of_typos is None:  # too short or too long
            return False
        return not (
            edges_of_typos.isdisjoint(_edges_of_typo(part))
            and self.long_names.keys().isdisjoint(edges(part))
        )

    def typos_of(self, part: str) -> set[tuple[str, Brand]]:
        """The names that *part* may be with one letter wrong."""
        edges_of_typos = self.typo_edges.get(len(part))
        if edges_of_typos is None or edges_of_typos.isdisjoint(_edges_of_typo(part)):
            return set()
        return {pair for shape in shapes(part) for pair in self.typos.get(shape, ())}

    def misspells_act(self, text: str) -> bool:
        """Whether a part of *text* is a word for a log-in drawn or typed wrong: logln, wallit.

        Asked only beside a borrowed name: by themselves they are too near to other words.
        """
        return any(
            len(part) >= ACT_TYPO_LETTERS and (self._is_act_slip(part) or is_log_in_misspelt(part))
            for part in _PARTS.findall(text)
        )

    def _is_act_slip(self, part: str) -> bool:
        drawn = skeleton(part)
        near = {word for shape in shapes(drawn) for word in self.act_shapes.get(shape, ())}
        return any(
            drawn == word or (drawn[0] == word[0] and is_one_letter_off(drawn, word))
            for word in near
        )

    def is_word(self, label: str) -> bool:
        """Whether *label* is nothing but a word that services are called by: login, mail, app."""
        words = self.words
        return label in words.act or label in words.near or label in words.fill

    def mentions_anything(self, name: str) -> bool:
        """Whether any alias or word can stand in *name*: a cheap first look."""
        find = self.texts.find_matches_as_indexes
        return bool(find(name)) or ("-" in name and bool(find(name.replace("-", ""))))

    def telling_in(self, name: str) -> list[WordKind]:
        """The words that can stand in *name* and say what is wanted there: a cheap first look."""
        letters = name.replace("-", "")
        hits = self.telling.find_matches_as_indexes(letters, overlapping=True)
        return [self.telling_kinds[number] for number, _, _ in hits]

    def written_in(self, name: str) -> tuple[Written, ...]:
        """All aliases and words that stand in *name*, the part of a host that somebody chose.

        They may overlap. Words are found with their syllables apart, too: `dang-nhap`,
        and long names cut in two: `tele-gram`.
        """
        hits = self.texts.find_matches_as_indexes(name, overlapping=True)
        found = list(self._written(name, hits)) if hits else []
        if "-" in name:
            found += self._syllables(name)
        return tuple(found)

    def _written(self, name: str, hits: Iterable[tuple[int, int, int]]) -> Iterator[Written]:
        seams = [
            (start, end)
            for number, start, end in hits
            if end - start >= _SEAM_LETTERS
            or (self.known[number].kind == "web" and not name[end : end + 1].isalpha())
        ]
        starts, ends = {start for start, _ in seams}, {end for _, end in seams}
        for number, start, end in hits:
            opens = start == 0 or not name[start - 1].isalpha() or start in ends
            closes = not name[end : end + 1].isalpha() or end in starts
            yield Written(*self.known[number], start, end, opens, closes)

    def _syllables(self, name: str) -> Iterator[Written]:
        places = [at for at, letter in enumerate(name) if letter != "-"]
        joined = name.replace("-", "")
        for number, start, end in self.texts.find_matches_as_indexes(joined, overlapping=True):
            first, last = places[start], places[end - 1] + 1
            is_apart = last - first > end - start
            opens = first == 0 or not name[first - 1].isalpha()
            closes = not name[last : last + 1].isalpha()
            brand = self.known[number].brand
            is_told = brand is None or (end - start >= TYPO_LETTERS and not brand.is_word)
            is_other = name[first:last] in self.not_like
            if is_apart and opens and closes and is_told and not is_other:
                yield Written(*self.known[number], first, last, opens, closes)


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
    for named in aliases:
        alias, brand = named
        if _has_few_neighbours(alias) and not brand.is_word:
            for shape in shapes(alias):
                typos[shape] = (*typos.get(shape, ()), named)
    act_shapes: dict[str, tuple[str, ...]] = {}
    for word in sorted(skeleton(word) for word in words.act if len(word) >= ACT_TYPO_LETTERS):
        for shape in shapes(word):
            act_shapes[shape] = (*act_shapes.get(shape, ()), word)
    owned = frozenset(host for brand in brands for host in brand.domains)
    own_names = {alias for alias, _ in aliases}
    not_like = frozenset(name for brand in brands for name in brand.not_like) - own_names
    known = tuple(_known(aliases, words))
    telling = [one for one in known if one.kind not in ("name", "fill")]
    domains = tuple((domain, brand) for brand in brands for domain in brand.domains)
    return BrandIndex(
        brands=brands,
        platforms=platforms,
        words=words,
        cheap=tuple(words.cheap),
        passing=tuple(words.passing),
        homoglyphs=homoglyphs,
        by_id={brand.id: brand for brand in brands},
        owned=owned,
        aliases=aliases,
        typos=typos,
        typo_edges=_typo_edges({alias for pairs in typos.values() for alias, _ in pairs}),
        not_like=not_like,
        innocent=not_like | frozenset(host.partition(".")[0] for host in owned) | own_names,
        names=ahocorasick_rs.AhoCorasick([skeleton(alias) for alias, _ in aliases]),
        plain_names=ahocorasick_rs.AhoCorasick([alias for alias, _ in aliases]),
        acts=ahocorasick_rs.AhoCorasick(sorted(words.act)),
        known=known,
        misspelt=compile_names(brands),
        long_names=_by_edges(aliases),
        act_shapes=act_shapes,
        domains=domains,
        domain_texts=ahocorasick_rs.AhoCorasick([domain for domain, _ in domains]),
        texts=ahocorasick_rs.AhoCorasick([one.text for one in known]),
        telling=ahocorasick_rs.AhoCorasick([one.text for one in telling]),
        telling_kinds=tuple(one.kind for one in telling),
    )


def _by_edges(aliases: Iterable[tuple[str, Brand]]) -> Mapping[str, tuple[tuple[str, Brand], ...]]:
    """Names so long that two slips leave them readable, by both edges: one edge stays whole."""
    found: dict[str, tuple[tuple[str, Brand], ...]] = {}
    for alias, brand in aliases:
        if len(alias) >= TWO_SLIPS_LETTERS and not brand.is_word:
            for edge in edges(alias):
                found[edge] = (*found.get(edge, ()), (alias, brand))
    return found


def edges(name: str) -> tuple[str, ...]:
    """How *name* begins and how it ends, as keys; none for a short one.

    >>> edges("pancakeswap"), edges("apple")
    (('panc', '>swap'), ())
    """
    if len(name) < TWO_SLIPS_LETTERS - TWO_SLIPS:
        return ()
    return name[:_EDGE_LETTERS], f">{name[-_EDGE_LETTERS:]}"


def _typo_edges(aliases: Iterable[str]) -> Mapping[int, frozenset[str]]:
    """Keys that a typo of one of *aliases* has, by the number of its letters."""
    found: dict[int, set[str]] = {}
    for alias in aliases:
        for letters in range(len(alias) - 1, len(alias) + 2):
            found.setdefault(letters, set()).update(_edges_of_typo(alias))
    lengths = range(min(found, default=0), max(found, default=0) + 1)  # no gap between them
    return {letters: frozenset(found.get(letters, ())) for letters in lengths}


def _edges_of_typo(name: str) -> tuple[str, str, str]:
    """Keys of *name*: a typo of it has one of them, too.

    One letter wrong leaves one half whole; the last is for the two in the middle changing places.
    >>> sorted({*_edges_of_typo("shopee")} & {*_edges_of_typo("shoppee")})
    ['>pee', 'sh>ee', 'sho']
    """
    return name[:3], f">{name[-3:]}", f"{name[:2]}>{name[-2:]}"


def _known(aliases: Iterable[tuple[str, Brand]], words: LinkWords) -> Iterator[Known]:
    for alias, brand in aliases:
        yield Known(alias, "name", brand)
    kinds: tuple[tuple[WordKind, frozenset[str]], ...] = (
        ("act", words.act),
        (
            "lure",
            words.lure,
        ),  # before "near": a word of both weighs as a lure where it stands alone
        ("near", words.near),
        ("fill", words.fill),
        ("web", words.web),
    )
    for kind, texts in kinds:
        for text in sorted(texts):
            yield Known(text, kind)


def skeleton(name: str) -> str:
    """*name* with letters that are drawn alike made one.

    >>> skeleton("v1etc0mbank") == skeleton("vietcombank")
    True
    """
    drawn = name.encode().translate(_SKELETON).decode()
    return drawn.replace("rn", "m").replace("vv", "w")


def is_one_letter_off(name: str, other: str) -> bool:
    """Whether one letter added, left out, changed, or swapped with its neighbour parts the two.

    >>> [is_one_letter_off(name, "shopee") for name in ("shoppee", "sohpee", "shopee", "shope")]
    [True, True, False, True]
    """
    if name == other or abs(len(name) - len(other)) > 1:
        return False
    start = _alike_from_the_start(name, other)
    left, right = name[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def slips(name: str, other: str) -> int:
    """How many letters added, left out, changed, or swapped with a neighbour part the two.

    Optimal string alignment distance (Damerau 1964, without editing a swapped pair again).
    >>> [slips(name, "pancakeswap") for name in ("pancakeswap", "pancaksewap", "pamcakeswp")]
    [0, 1, 2]
    """
    name, other = _without_common_edges(name, other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(name, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and wanted == name[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _without_common_edges(name: str, other: str) -> tuple[str, str]:
    """What is left of both without the letters with which both begin, and those at the end."""
    front = _alike_from_the_start(name, other)
    name, other = name[front:], other[front:]
    back = _alike_from_the_start(name[::-1], other[::-1])
    return name[: len(name) - back], other[: len(other) - back]


def _alike_from_the_start(name: str, other: str) -> int:
    letters = 0
    for one, another in zip(name, other, strict=False):
        if one != another:
            break
        letters += 1
    return letters


def _has_few_neighbours(alias: str) -> bool:
    # hlbank, vrbank, hdbank … are all real banks
    return len(alias) >= TYPO_LETTERS and not (
        alias.endswith("bank") and len(alias) < _TYPO_LETTERS_BANK
    )


def shapes(name: str) -> set[str]:
    """*name* itself and with each letter left out: two names one letter apart share one."""
    return {name, *(name[:n] + name[n + 1 :] for n in range(len(name)))}
