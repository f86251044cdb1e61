"""Does this address look thrown together to ask for something, though it borrows no known name?

No sign here says much by itself: whole streets of honest people live on cheap suffixes and free
hosting, and many shops have a log-in. So signs are added up, and a warning takes two of them at
least; those of `ONLY_THIRD` count beside two others and never in their place. The weights stand in
`SIGNS`; they were drawn on one half of the measuring data and are reported on the other
(`notalone score --links`).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from notalone.detectors.paths import PathSigns, signs_in_path
from notalone.detectors.shown import Shown
from notalone.hostname import HostName
from notalone.likeness import GLUED_WORD, BrandIndex, Written
from notalone.model import Bilingual, LinkFinding

LINE = 5  # points from which on it is worth a warning
COUNT = 2  # of signs at least
# A bank is called a bank, a company joins "auth" to its name or has login.company.com, and short
# forms look typed at random.
ONLY_THIRD = frozenset({"joined", "near", "in_front", "random"})


class Sign(NamedTuple):
    """What one sign weighs, and what people are told."""

    points: int
    more: int
    """Points of each further one of the same kind."""
    why: Bilingual


SIGNS: Mapping[str, Sign] = {
    # login, verify, payee, naptien: a page of one's own bank has it in the path, not in the name
    "act": Sign(4, 2, Bilingual("tên có chữ «{}»", "its name says «{}»")),
    # support, redelivery, chamsockhachhang: a shop may be called so, two of them rarely
    "lure": Sign(3, 1, Bilingual("tên có chữ «{}»", "its name says «{}»")),
    # abc-card, online-bank: plain words of money, beside others
    "near": Sign(1, 1, Bilingual("tên có chữ «{}»", "its name says «{}»")),
    # secure-abc, abc-login: a company puts its log-in before its name, with a dot
    "joined": Sign(1, 0, Bilingual("nối «{}» vào tên khác", "«{}» is joined to a name")),
    # login.company.com: every company has one
    "in_front": Sign(1, 0, Bilingual("phía trước có «{}»", "«{}» stands before it")),
    # weebly, vercel.app: free, and nobody asks who one is; children's first pages are here too
    "hosted": Sign(1, 0, Bilingual("nằm ở nơi ai cũng mở trang được", "anybody can put it there")),
    # duckdns, trycloudflare: gone tomorrow; hardly anybody gives such an address to others
    "passing": Sign(4, 0, Bilingual("là địa chỉ tạm «{}»", "«{}» is an address for a day")),
    # 100.200.30.40: a machine without a name
    "number": Sign(3, 0, Bilingual("chỉ là số, không có tên", "it is a number without a name")),
    # .top, .icu: a second sign only
    "cheap": Sign(2, 0, Bilingual("đuôi «.{}» gần như miễn phí", "«.{}» is nearly free")),
    # "https-", "-com": belongs to an address, and is in a name to look like one
    "web": Sign(3, 1, Bilingual("có «{}» nằm giữa tên", "«{}» stands inside the name")),
    # case-1029384: made in rows
    "digits": Sign(1, 0, Bilingual("có dãy số «{}»", "it has the number «{}»")),
    # case-id-1000228.bakery.com: one of hundreds, before the name of a site that was broken into
    "case": Sign(4, 0, Bilingual("có số hồ sơ «{}» trước tên", "case number «{}» before a name")),
    "hyphens": Sign(1, 0, Bilingual("ghép nhiều từ bằng dấu gạch", "many words are hyphened")),
    # v1-dot-project.appspot.com: a trial, which its maker alone should see
    "trial": Sign(4, 0, Bilingual("là bản chạy thử", "it is a trial version")),
    # /login is on every site, so it counts only where the host has no standing
    "act_in_path": Sign(2, 0, Bilingual("mở trang «{}»", "it opens «{}»")),
    # /wp-content/…/index.php: a page among the machinery of somebody's site
    "kit": Sign(3, 0, Bilingual("trang giấu trong thư mục máy chủ", "the page hides among files")),
    # an app from outside the store can read every message
    "app": Sign(4, 0, Bilingual("tải ứng dụng .apk", "it downloads an .apk app")),
    # IPFS, a bucket of files: a page there belongs to no site
    "stored": Sign(3, 0, Bilingual("là tệp trong kho chung", "it is a file in a common store")),
    # a bucket's index.html: lessons and reports lie so, too
    "store": Sign(2, 0, Bilingual("nằm trong kho tệp", "it lies in a store of files")),
    # …#you@school.example: the page is told whom it has caught; newsletters have it in the query
    "reader": Sign(4, 0, Bilingual("mang sẵn e-mail người nhận", "it carries its reader's e-mail")),
    "reader_asked": Sign(2, 0, Bilingual("mang sẵn e-mail", "it carries an e-mail address")),
    "page": Sign(2, 0, Bilingual("là trang lẻ, không thuộc site nào", "a page without a site")),
    "random": Sign(1, 0, Bilingual("có đoạn «{}» như gõ bừa", "«{}» looks typed at random")),
}
_OF_NO_STANDING = frozenset({"hosted", "passing", "kit", "stored", "store"})
# These count only beside one of those: under cheap suffixes everybody has a log-in, too.
_ONLY_THERE = frozenset({"act_in_path", "reader", "reader_asked"})
# The first look asks for all but these, which may stand in any address.
_ALWAYS = SIGNS["random"].points
_LONG_NUMBER = re.compile(r"(?<!\d)\d{4,}(?![a-z\d])")
_OF_IPFS = re.compile(r"(?:^|\.)ipfs\.")
_SERIAL = re.compile(r"[0-9a-f]{24}")  # a bucket's: its digits are nobody's case
_CASE_NUMBER = re.compile(r"[a-z]-(\d{6,})(?:\.|$)")
_MADE_UP = re.compile(r"[-\d]")
_MANY_HYPHENS = 3
_RANDOM_LETTERS = 10
_FEW_VOWELS = 0.2
_VOWELS = re.compile(r"[aeiouy]")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}")
_CHANGES = re.compile(r"[a-z](?=\d)|\d(?=[a-z])")  # from letters to digits, or back
_MANY_CHANGES = 3
_QUOTED = 24  # letters
_OWN_RULE = "Không Một Mình"
_OWN_RULE_ADDED = "2026-11-23"


class _Seen(NamedTuple):
    sign: str
    points: int
    quote: str = ""


def findings(shown: Shown) -> list[LinkFinding]:
    """One finding when the signs of *shown* together are worth a warning, or nothing.

    Whether `allowed.csv` lets it be is the caller's question (`DomainLists.allows`).
    """
    seen = _signs(shown)
    if not seen:
        return []  # nearly every link
    if not _are_enough(seen) or sum(one.points for one in seen) < LINE:
        return []
    start, end = shown.address.host_span
    told = sorted(seen, key=lambda one: -one.points)[:COUNT]
    return [
        LinkFinding(
            rule=f"throwaway.{told[0].sign}",
            strength="likeness",
            start=start,
            end=end,
            why=_why(told),
            source=_OWN_RULE,
            added=_OWN_RULE_ADDED,
        )
    ]


def _signs(shown: Shown) -> list[_Seen]:
    if shown.is_too_long:
        return []
    index, host = shown.index, shown.address.host
    path = _path_of(shown)
    if shown.is_ip:
        return [] if _is_near(host) else [_one("number"), *_path(path, is_loose=True)]
    if not _may_be_enough(shown, path):
        return []
    if path is not None and path.is_in_store:
        return _in_store(shown, path)
    if shown.is_owned:
        return []
    place = shown.place
    if place is None:  # a page of IPFS lies on a platform that gives no names
        return [*_path(path, is_loose=True)] if path is not None and path.is_stored else []
    seen = [
        *_words(place, shown.written),
        *_place(place, index),
        *_shape(place, index.words.passing),
        *_path(path, is_loose=place.ending in index.words.passing),
    ]
    if _OF_NO_STANDING.isdisjoint(one.sign for one in seen):
        seen = [one for one in seen if one.sign not in _ONLY_THERE]
    if _are_enough(seen) and (odd := _typed_at_random(place.name)):
        seen.append(_one("random", odd))
    return seen


def _are_enough(seen: list[_Seen]) -> bool:
    first = sum(one.sign not in ONLY_THIRD for one in seen)
    # verify-ebank24: joined, and to the trade itself
    is_of_trade = {"joined", "near"} <= {one.sign for one in seen}
    return first + is_of_trade >= COUNT


def _path_of(shown: Shown) -> PathSigns | None:
    """What follows the host, where anything does that can count."""
    host, fragment = shown.address.host, shown.address.url.partition("#")[2]
    if shown.path == "/" and not fragment and not _OF_IPFS.search(host):
        return None
    return signs_in_path(host, shown.path, index=shown.index, fragment=fragment)


def _in_store(shown: Shown, path: PathSigns) -> list[_Seen]:
    """A page in a store of files: its bucket is no name of a site."""
    seen = [_one("store"), *_path(path, is_loose=True)]
    bucket = shown.address.host.partition(".")[0]
    if odd := _typed_at_random(bucket):
        seen.append(_one("random", odd))
    return seen


def _may_be_enough(shown: Shown, path: PathSigns | None) -> bool:
    """Cheap first look, so that nearly every link is done here.

    Without a word nothing is said of a host alone. A plain name of its own that says nothing falls
    short, too: that it is cheap, as if typed at random, and asks for a log-in makes four points.
    """
    index, host = shown.index, shown.address.host
    if path is not None and (path.is_kit or path.is_app or path.is_stored or path.is_in_store):
        return True
    words = index.telling_in(shown.name)
    if path is None and not words and not index.mentions_anything(shown.name):
        return False
    is_made_up = _MADE_UP.search(host) is not None
    is_passing = host.endswith(index.passing)
    if not (words or is_made_up or is_passing or shown.platform is not None):
        return False
    # All that may be seen, before anybody has cut the host where its owner begins.
    signs: list[str] = [*words]
    if "act" in words:
        signs.append("joined")
    if host.endswith(index.cheap):
        signs.append("cheap")
    is_hosted = shown.platform is not None or "blogspot." in host
    if is_passing:
        signs += ("passing", "page")
    elif is_hosted:
        signs.append("hosted")
    if path is not None and (is_passing or is_hosted):  # elsewhere these do not count
        if path.act:
            signs.append("act_in_path")
        if path.addressee:
            signs.append("reader")
    if is_made_up:
        signs += ("digits", "hyphens")
        if _CASE_NUMBER.search(host):
            signs.append("case")
        if "-dot-" in host:
            signs.append("trial")
    return _ALWAYS + sum(SIGNS[sign].points for sign in signs) >= LINE


def _one(sign: str, quote: str = "") -> _Seen:
    return _Seen(sign, SIGNS[sign].points, quote)


def _is_near(host: str) -> bool:
    """Whether a number is a machine at home or at school, not one on the internet."""
    return not ipaddress.ip_address(host.strip("[]")).is_global


def _words(place: HostName, written: tuple[Written, ...]) -> Iterator[_Seen]:
    is_one_name = place.is_hosted or _CASE_NUMBER.search(place.front) is not None
    own_at = 0 if is_one_name else len(place.name) - len(place.own)
    told: set[str] = set()
    taken: list[Written] = []
    for one in sorted(written, key=lambda one: (one.start - one.end, one.start)):
        is_clear = one.is_bounded or (len(one.text) >= GLUED_WORD and one.kind != "web")
        if not is_clear or any(one.overlaps(other.start, other.end) for other in taken):
            continue
        taken.append(one)
        if one.kind in ("name", "fill"):
            continue
        kind: str = one.kind
        if one.start < own_at:
            if kind in ("web", "near"):
                continue
            kind = "in_front"
        sign = SIGNS[kind]
        yield _Seen(kind, sign.more if kind in told else sign.points, one.text)
        told.add(kind)
        if kind == "act" and "joined" not in told and _is_joined(one, place):
            told.add("joined")
            yield _one("joined", one.text)


def _is_joined(one: Written, place: HostName) -> bool:
    """Whether a hyphen and a whole word stand beside it, in the label of the owner."""
    if place.is_hosted or not one.is_bounded:
        return False
    return place.name[: one.start].endswith("-") or place.name[one.end :].startswith("-")


def _place(place: HostName, index: BrandIndex) -> Iterator[_Seen]:
    if place.ending in index.words.passing:
        yield _one("passing", place.ending)
    elif place.is_hosted and index.words.settled.isdisjoint((place.ending, _stem(place.ending))):
        yield _one("hosted")
    if place.ending in index.words.cheap:
        yield _one("cheap", place.ending)


def _stem(ending: str) -> str:
    """blogspot.com for blogspot.com.br: the platform that *ending* is a branch of."""
    return f"{ending.partition('.')[0]}.com"


def _shape(place: HostName, passing: Container[str]) -> Iterator[_Seen]:
    name = place.name if place.is_hosted else place.own
    if (number := _LONG_NUMBER.search(name)) and not _SERIAL.search(name):
        yield _one("digits", number[0])
    if not place.is_hosted and (case := _CASE_NUMBER.search(place.front)):
        yield _one("case", case[1])
    # Tunnels and previews get four words at random from their platform.
    if name.count("-") >= _MANY_HYPHENS and place.ending not in passing:
        yield _one("hyphens")
    if "-dot-" in name:
        yield _one("trial")


def _path(path: PathSigns | None, *, is_loose: bool) -> Iterator[_Seen]:
    """*is_loose*: the host is no site of anybody's, so that a page there stands by itself."""
    if path is None:
        return
    if path.act:
        yield _one("act_in_path", path.act)
    if path.is_kit and path.is_page:
        yield _one("kit")
    if path.is_app:
        yield _one("app")
    if path.is_stored:
        yield _one("stored")
    if path.is_page and (path.is_stored or is_loose):
        yield _one("page")
    if path.addressee:
        yield _one("reader" if path.addressee == "fragment" else "reader_asked")


def _typed_at_random(name: str) -> str:
    """The first part of *name* that nobody can pronounce; "" for none."""
    for part in re.split(r"[-.]", name):
        if len(part) < _RANDOM_LETTERS:
            continue
        few_vowels = len(_VOWELS.findall(part)) < _FEW_VOWELS * len(part)
        if few_vowels or _CONSONANTS.search(part) or len(_CHANGES.findall(part)) >= _MANY_CHANGES:
            return part
    return ""


def _why(told: list[_Seen]) -> Bilingual:
    parts = [(SIGNS[one.sign].why, one.quote[:_QUOTED]) for one in told]
    vi = " và ".join(why.vi.format(quote) for why, quote in parts)
    en = ", ".join(why.en.format(quote) for why, quote in parts)
    return Bilingual(f"Địa chỉ này {vi}.", f"This address: {en}.")
