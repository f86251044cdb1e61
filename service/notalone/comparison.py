"""Two names lined up: the one that is borrowed, the one that is really opened, and where they part.

Whoever reads "vietcornbank" sees what they expect to see. So the letters in which it differs from
the brand's own name are told apart, and a disguise is named in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from typing import NamedTuple

from msgspec import structs

from notalone.address import Address, split_host
from notalone.brands import Brand, Platforms, platform_of
from notalone.folding.text import clean_text, strip_marks, utf16_position
from notalone.likeness import BrandIndex, skeleton
from notalone.model import Bilingual, Comparison, LinkFinding

_LIKENESS = "lookalike."
_ALIKE = 0.75  # of difflib's ratio: one or two letters of a long name
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_FRONT_LETTERS = 40  # of what stands before the real name; the real name itself is never cut
_FEW_LETTERS = 2
_CUT = "…"


class Compared(NamedTuple):
    """Two names lined up, and what is said about them."""

    comparison: Comparison
    real: str
    """The domain somebody registered, as the browser writes it: `xn--…` for foreign letters."""
    note: Bilingual | None = None
    """Which letter is not what it seems to be; None where the names differ in whole words."""


class _Label(NamedTuple):
    """One part of a host, as people see it and with its letters folded: one for one."""

    shown: str
    plain: str


class _Host(NamedTuple):
    """A host cut where its owner's part begins: *front* . *own* . *ending*.

    *name* is the owner's part as people see it, *real* as the browser writes it.
    """

    front: Sequence[_Label]
    own: _Label
    ending: str
    name: str
    real: str


class _Name(NamedTuple):
    """What a brand is called, and that with letters that are drawn alike made one."""

    text: str
    shape: str


class _Borrowed(NamedTuple):
    """Letters *start* to *end* of a label stand for the whole of *name*."""

    name: str
    start: int
    end: int


class _Edit(NamedTuple):
    """Letters *start* to *end* of a label stand where the borrowed name has *meant*."""

    start: int
    end: int
    meant: str


def with_comparison(finding: LinkFinding, address: Address, *, index: BrandIndex) -> LinkFinding:
    """*finding*, and where it names a brand, that name and the one of *address* lined up."""
    brand = index.by_id.get(finding.brand or "")
    if brand is None:
        return finding
    compared = compare_names(address, brand, index=index)
    why = _why(compared) if finding.rule.startswith(_LIKENESS) else finding.why
    return structs.replace(finding, why=why, compare=compared.comparison)


def compare_names(address: Address, brand: Brand, *, index: BrandIndex) -> Compared:
    """The name of *address* beside a domain that *brand* really owns."""
    host = _cut(address, index)
    names = _names(brand.aliases, brand.domains[0])
    borrowed = _borrowed(host.own.plain, names)
    if borrowed is not None:
        return _in_own_name(host, borrowed, like=_domain_called(borrowed.name, brand.domains))
    before = ((at, _borrowed(label.plain, names)) for at, label in enumerate(host.front))
    at, found = next(((at, found) for at, found in before if found is not None), (0, None))
    if found is None:
        return Compared(_lined_up(brand.domains[0], host.name, [(0, len(host.name))]), host.real)
    whole = f"{_shortened(host.front, at)}.{host.name}"
    marks = [(len(whole) - len(host.name), len(whole))]
    return Compared(_lined_up(_domain_called(found.name, brand.domains), whole, marks), host.real)


@lru_cache(maxsize=1024)
def _names(aliases: tuple[str, ...], domain: str) -> tuple[_Name, ...]:
    """What a brand is called, the longest first."""
    names = sorted({*aliases, split_host(domain)[1]} - {""})
    return tuple(_Name(name, skeleton(name)) for name in sorted(names, key=len, reverse=True))


def _in_own_name(host: _Host, borrowed: _Borrowed, *, like: str) -> Compared:
    """Somebody registered a name that holds *borrowed*, or nearly does."""
    own = host.own
    edits = _edits(borrowed, own.plain)
    marks = [_mark(edit, own) for edit in edits]
    marks += [(i, i + 1) for i in _disguised(own)]
    marks += [(0, borrowed.start), (borrowed.end, len(own.shown))]
    if host.ending != split_host(like)[2]:
        marks.append((len(own.shown), len(host.name)))
    marks = _joined(marks) or [(0, len(own.shown))]
    return Compared(_lined_up(like, host.name, marks), host.real, _note(own, borrowed, edits))


@lru_cache(maxsize=1024)
def _domain_called(name: str, domains: tuple[str, ...]) -> str:
    """That one of a brand's *domains* which is called so, else the one to show people."""
    called = (domain for domain in domains if split_host(domain)[1] == name)
    return next(called, domains[0])


def _cut(address: Address, index: BrandIndex) -> _Host:
    if address.is_ip:
        own = _Label(address.host, address.host)
        return _Host((), own, "", address.host, address.host)
    hosts = address.host.split(".")
    labels = [
        _label(host, shown, index)
        for host, shown in zip(hosts, address.shown_host.split("."), strict=True)
    ]
    at = _own_label(address.host, index.platforms)
    return _Host(
        front=labels[:at],
        own=labels[at],
        ending=".".join(hosts[at + 1 :]),
        name=".".join(label.shown for label in labels[at:]),
        real=".".join(hosts[at:]),
    )


def _own_label(host: str, platforms: Platforms) -> int:
    """Which label of *host* begins the name that somebody registered, or was given on a platform.

    >>> _own_label("login.shop.com.vn", {})
    1
    """
    labels = host.count(".") + 1
    platform = platform_of(host, platforms)
    if platform is None:
        return max(0, labels - 2 - split_host(host)[2].count("."))
    begins = labels - platform.host.count(".") - 1
    return begins - 1 if platform.users == "subdomain" and begins else begins


def _label(host: str, shown: str, index: BrandIndex) -> _Label:
    """One part of a host: in its letters where each of them can pass for a Latin one.

    Any other part is shown as punycode, as browsers do, so that nothing runs from right to left.
    """
    if shown == host:
        return _Label(host, host)
    plain = [strip_marks(clean_text(letter, homoglyphs=index.homoglyphs).text) for letter in shown]
    return _Label(shown, "".join(plain)) if _PLAIN.issuperset(plain) else _Label(host, host)


def _borrowed(label: str, names: Sequence[_Name]) -> _Borrowed | None:
    """Where *label* holds one of *names*, the longest, or what is nearly one; None if nowhere."""
    shape = skeleton(label)
    for name in names:
        place = _drawn_as(name, label, shape)
        if place is not None:
            return _Borrowed(name.text, *place)
    for word in dict.fromkeys((label, *label.split("-"))):
        may_be = [name.text for name in names if _may_be_alike(name.text, word)]
        if near := may_be and get_close_matches(word, may_be, n=1, cutoff=_ALIKE):
            start = label.index(word)
            return _Borrowed(near[0], start, start + len(word))
    return None


def _may_be_alike(name: str, word: str) -> bool:
    """Whether the two share enough letters; difflib takes long to see that they do not."""
    enough = _ALIKE * (len(name) + len(word)) / 2
    return (
        min(len(name), len(word)) >= enough
        and sum(letter in word for letter in name) >= enough
        and sum(letter in name for letter in word) >= enough
    )


def _drawn_as(name: _Name, label: str, label_shape: str) -> tuple[int, int] | None:
    """Where *label* holds what is drawn like *name*: "rn" for "m" makes it up to twice as long.

    *label_shape* is the skeleton of *label*.
    """
    text, shape = name
    if text in label:
        at = label.index(text)
        return at, at + len(text)
    if shape not in label_shape:
        return None
    for start in range(len(label)):
        for end in range(start + len(shape), min(len(label), start + 2 * len(shape)) + 1):
            if skeleton(label[start:end]) == shape:
                return start, end
    return None


def _edits(borrowed: _Borrowed, label: str) -> list[_Edit]:
    """What was done to the borrowed name to make of it what stands in *label*."""
    name, at = borrowed.name, borrowed.start
    typed = label[at : borrowed.end]
    if typed == name:
        return []
    apart = [i for i, (a, b) in enumerate(zip(name, typed, strict=False)) if a != b]
    if len(name) == len(typed) and len(apart) == _FEW_LETTERS:
        start, end = apart[0], apart[1] + 1
        if name[start:end] == typed[start:end][::-1]:  # two letters have changed places
            return [_Edit(at + start, at + end, name[start:end])]
    found = SequenceMatcher(None, name, typed, autojunk=False).get_opcodes()
    return [
        _Edit(at + j1, at + j2, name[i1:i2]) for kind, i1, i2, j1, j2 in found if kind != "equal"
    ]


def _mark(edit: _Edit, own: _Label) -> tuple[int, int]:
    """The letters of *edit*; where some are missing, those that meet there."""
    if edit.start < edit.end:
        return edit.start, edit.end
    return max(0, edit.start - 1), min(edit.end + 1, len(own.shown))


def _disguised(label: _Label) -> list[int]:
    return [i for i, (a, b) in enumerate(zip(label.shown, label.plain, strict=True)) if a != b]


def _joined(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """*marks* in order, those that touch as one.

    >>> _joined([(4, 6), (0, 2), (2, 3), (8, 8)])
    [(0, 3), (4, 6)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(mark for mark in marks if mark[0] < mark[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _shortened(labels: Sequence[_Label], borrows: int) -> str:
    """What stands before the real name, cut around the label that *borrows* a known one."""
    front = ".".join(label.shown for label in labels)
    begin = len(".".join(label.shown for label in labels[:borrows]))
    if begin + len(labels[borrows].shown) <= _FRONT_LETTERS:
        begin = 0
    kept = front[begin : begin + _FRONT_LETTERS]
    return _CUT * (begin > 0) + kept + _CUT * (begin + len(kept) < len(front))


def _lined_up(like: str, actual: str, marks: Iterable[tuple[int, int]]) -> Comparison:
    places = (tuple(utf16_position(actual, place) for place in mark) for mark in marks)
    return Comparison(like, actual, tuple((start, end) for start, end in places))


def _note(own: _Label, borrowed: _Borrowed, edits: Sequence[_Edit]) -> Bilingual | None:
    """Which letter was put in, left out or exchanged, for whoever cannot see or hear it."""
    inside = range(borrowed.start, borrowed.end)
    letter = next((i for i in _disguised(own) if i in inside), None)
    if letter is not None:
        shown, plain = own.shown[letter], own.plain[letter]
        return Bilingual(
            f"Chữ «{shown}» ở đây không phải chữ {plain}.",
            f"The letter «{shown}» here is not the letter {plain}.",
        )
    for start, end, meant in edits:
        typed = own.shown[start:end]
        if max(len(typed), len(meant)) > _FEW_LETTERS:
            continue
        if not typed:
            return Bilingual(f"Ở đây thiếu «{meant}».", f"Here «{meant}» is missing.")
        if meant:
            return Bilingual(
                f"Ở đây «{typed}» đứng thay cho «{meant}».",
                f"Here «{typed}» stands in for «{meant}».",
            )
        if len(typed) == 1:
            return Bilingual(f"Ở đây có thêm «{typed}».", f"Here «{typed}» has been added.")
    return None


def _why(compared: Compared) -> Bilingual:
    like, real = compared.comparison.like, compared.real
    said = Bilingual(
        f"Địa chỉ này giống {like} nhưng tên miền thật là {real}.",
        f"This address looks like {like}, but the real name is {real}.",
    )
    if compared.note is None:
        return said
    return Bilingual(f"{said.vi} {compared.note.vi}", f"{said.en} {compared.note.en}")
