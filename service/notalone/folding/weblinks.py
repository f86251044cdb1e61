"""Addresses as they stand in a message, plain or unmade for a filter: "a[.]com", "a chấm com".

A plain address is left to `address.read_address`; a disguised one is written out here, since only
the words around it tell an address from the end of one sentence and the start of the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from notalone.folding.syllable import is_syllable

# Endings of addresses, from popular names and published scam lists. A bare name needs one.
_PLAIN_ENDINGS = {"com", "net", "org", "vn", "xyz", "cc", "edu", "gov"}
_WORD_ENDINGS = {  # words of English or Vietnamese as well
    "info", "top", "vip", "shop", "site", "online", "club", "io", "app", "link", "live",
    "pro", "page", "dev", "store", "fun", "click", "icu", "bet", "win", "vin", "cfd", "sbs",
    "cyou", "bond", "asia", "biz", "life", "space", "website", "tech", "cloud", "work",
    "world", "ltd", "buzz", "mobi", "games", "pw", "me", "tk", "tv", "example", "test",
}  # fmt: skip
_SYLLABLES = {"me", "tk", "tv"}  # "roi.me" is "rồi. Mẹ"
_ENGLISH = {"win", "life", "work", "world", "fun", "games", "space", "click", "bet", "live"}
_WITH_PATH = {  # too short to mean an address alone
    "ly", "gg", "gl", "us", "co", "la", "ws", "to", "id", "in", "at", "be", "uk", "ru", "cn",
    "ml", "ga", "cf", "gq", "im", "sh", "st", "so", "it", "ai", "ee",
}  # fmt: skip
# Shorteners whose ending says little by itself; rules/platforms.toml has all of them. A path behind
# one of these is a link without any other sign: "to.do/it" is none.
_SHORTENERS = {
    "1drv.ms", "adf.ly", "adfoc.us", "amzn.to", "bc.vc", "bit.ly", "bl.ink", "bom.so", "buff.ly",
    "clck.ru", "cutt.ly", "cutt.us", "da.gd", "dlvr.it", "dub.sh", "g.co", "goo.by", "goo.gl",
    "goo.su", "ift.tt", "is.gd", "j.mp", "kutt.it", "l8r.it", "lin.ee", "link4m.co", "lnkd.in",
    "lzd.co", "maps.app.goo.gl", "n9.cl", "onelink.to", "ouo.press", "ow.ly", "qr.ae", "qrco.de",
    "rb.gy", "rebrand.ly", "rotf.lol", "s.id", "shope.ee", "shorturl.at", "shorturl.gg", "shp.ee",
    "smarturl.it", "snip.ly", "spoti.fi", "surl.li", "t.cn", "t.co", "t.ly", "temu.to", "tinu.be",
    "tiny.ee", "tiny.one", "tr.ee", "trib.al", "u.to", "urlz.fr", "v.gd", "vo.la", "x.gd",
    "zurl.co",
}  # fmt: skip
SHORT_LINK = "(?:{endings})/(?:{hosts})".format(  # its dot stands in front, as most texts have none
    endings="|".join(sorted({host.rpartition(".")[2] for host in _SHORTENERS})),
    hosts="|".join(rf"(?<=[^\w.-]{re.escape(host)}/)" for host in sorted(_SHORTENERS)),
)
_KNOWN = _PLAIN_ENDINGS | _WORD_ENDINGS
ENDINGS = "|".join(sorted(_KNOWN, key=lambda ending: (-len(ending), ending)))

LABEL = r"[a-z0-9][a-z0-9-]{0,62}"
_BRACKETED = r" ?[\[({<] ?(?:\.|d[o0]t|chấm|cham) ?[\])}>] ?"
_SAID = r"[ _-]?chấm[ _-]?|[ _-](?:cham|d[o0]t)[ _-]"
_BLANK = r" {1,2}\. {0,2}|\. {1,2}"
_ODD = r"[,·•。]"
_START = r"(?<![\w@.-])"
_PATH = r"(?::\d{2,5}(?!\d))?(?P<path>[/?#][^\s<>\"'\0]*)?"
_CLOSING = ".,;:!?)]}>»”’"  # written after an address, not in it

# What stands before the last @ in front of the path is no host: "https://bank.example@a.example".
_USER = r"(?:[^\s<>\"'\0/\\?#]*@)?"
_NO_BLANK = r"[^\s<>\"'\0]"
_OPEN = re.compile(  # a browser asks for no slashes, but "http:" is a word too
    rf"(?P<opening>h(?:tt|xx)ps?:(?:[/\\]{{2}}|[/\\]?(?={_NO_BLANK}{{0,250}}[.。．｡[]{_NO_BLANK})))"
    rf"{_NO_BLANK}+"
)
_WWW = re.compile(rf"(?P<opening>{_START}www\.)[^\s<>\"'\0]+")
_IP = re.compile(rf"{_START}\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?=[:/]){_PATH}(?<=[/\w])")
_BARE = re.compile(
    rf"{_START}(?P<host>(?:[^\W_][\w-]{{0,62}}\.){{1,5}}(?P<ending>[a-z]{{2,24}}))(?![\w@-]|\.\w){_PATH}"
)
_OPEN_LOOSELY = re.compile(
    rf"{_START}(?P<scheme>h(?:tt|xx)ps? ?: ?/ ?/ ?){_USER}"
    rf"(?P<host>{LABEL}(?:(?:{_BRACKETED}|{_SAID}|\.|{_BLANK}){LABEL}){{0,4}}"
    rf"(?:{_BRACKETED}|{_SAID}|\.|{_BLANK})(?:{ENDINGS}))(?![\w-]){_PATH}"
)
_SPOKEN = re.compile(
    rf"{_START}(?P<host>(?P<left>(?:{LABEL}(?:\.|{_BRACKETED}|{_SAID})){{0,4}}{LABEL})"
    rf"(?P<dot>{_BRACKETED}|{_SAID})(?P<ending>{ENDINGS})(?![\w-])"
    rf"(?:(?:\.|{_BRACKETED}|{_SAID})(?:{ENDINGS})(?![\w-])){{0,2}}){_PATH}"
)
_PARTED = re.compile(
    rf"{_START}(?P<host>(?P<left>(?:{LABEL}\.){{0,4}}{LABEL})(?P<dot>{_BLANK}|{_ODD})"
    rf"(?P<ending>{ENDINGS})(?![\w-])(?:(?:\.|{_BLANK}|{_ODD})vn(?!\w))?){_PATH}"
)
# What `address.read_address` understands by itself, and quotes more closely.
_READABLE = re.compile(r"(?:[a-z0-9.-]|[\[({](?:\.|dot|chấm|cham)[\])}])+")
_ANY_DOT = re.compile(rf"{_BRACKETED}|{_SAID}|{_BLANK}|{_ODD}")

_NAMED_LIKE_A_SITE = re.compile(r"[a-z]{2,}-[a-z]{2,}|^(?=.{5})[a-z]+\d+[a-z0-9]*$")
_LONG_WORD = 8  # letters: no syllable of Vietnamese has as many
_NO_SITE = {"the", "this", "that", "my", "your", "a", "of"}  # "the dot com bubble"


class Link(NamedTuple):
    """*address* is what a disguised link stands for; None where it can be read as it stands."""

    start: int
    end: int
    address: str | None = None


def _opened(text: str) -> Iterator[Link]:
    return _without_end(_OPEN, text)


def _www(text: str) -> Iterator[Link]:
    return _without_end(_WWW, text)


def _without_end(opened: re.Pattern[str], text: str) -> Iterator[Link]:
    for match in opened.finditer(text):
        start, end = _trimmed(match)
        if end > match.end("opening"):
            yield Link(start, end)


def _opened_loosely(text: str) -> Iterator[Link]:
    for match in _OPEN_LOOSELY.finditer(text):
        whole = match[0].partition(" ")[0].rstrip(".")
        is_complete = "://" in whole and whole.rpartition(".")[2] in _KNOWN
        is_readable = " " not in match["scheme"] and _READABLE.fullmatch(match["host"])
        if not is_complete and not is_readable:
            yield _written_out(match, scheme="https://")


def _without_name(text: str) -> Iterator[Link]:
    for match in _IP.finditer(text):
        yield Link(*_trimmed(match))


def _bare(text: str) -> Iterator[Link]:
    for match in _BARE.finditer(text):
        if _is_bare_host(match["host"], match["ending"], has_path=bool(match["path"])):
            yield Link(*_trimmed(match))


def _spoken(text: str) -> Iterator[Link]:
    for match in _SPOKEN.finditer(text):
        if _READABLE.fullmatch(match["host"]):
            yield Link(*_trimmed(match))
        elif _is_spoken_host(match["left"], match["dot"], match["ending"]):
            yield _written_out(match)


def _parted(text: str) -> Iterator[Link]:
    for match in _PARTED.finditer(text):
        label = match["left"].rpartition(".")[2]
        if (match["path"] and _is_name(label)) or _is_parted_host(
            label, match["dot"], match["ending"]
        ):
            yield _written_out(match)


_SIGN_OF_SCHEME = re.compile(r"h(?:tt|xx)ps? ?:")
_SIGN_OF_WWW = re.compile(r"www\.")
_SIGN_OF_SPOKEN = re.compile(r"ch[ấa]m|d[o0]t|[\[({<] ?\.")
_SIGN_OF_IP = re.compile(r"\.[0-9]{1,3}[:/]")
_SIGN_OF_BARE = re.compile(r"\.[a-z0-9]")
_SIGN_OF_PARTED = re.compile(rf"[.,·•。] {{0,2}}(?:{ENDINGS})(?!\w)")
# Each with a sign without which it need not look. Finds come in order and never overlap; what one
# has found is hidden from the next.
_Finders = tuple[tuple[re.Pattern[str], Callable[[str], Iterator[Link]]], ...]
# These before e-mails are looked for, which they may hold; the others after, for those hold them.
OPENED_LINK_FINDERS: _Finders = (
    (_SIGN_OF_SCHEME, _opened_loosely),
    (_SIGN_OF_SCHEME, _opened),
)
LINK_FINDERS: _Finders = (
    (_SIGN_OF_WWW, _www),
    (_SIGN_OF_SPOKEN, _spoken),
    (_SIGN_OF_IP, _without_name),
    (_SIGN_OF_BARE, _bare),
    (_SIGN_OF_PARTED, _parted),
)


def _is_bare_host(host: str, ending: str, *, has_path: bool) -> bool:
    labels = host.split(".")[:-1]
    if has_path and host in _SHORTENERS:
        return True
    if ending not in _KNOWN:
        return has_path and ending in _WITH_PATH and host.isascii()
    label = labels[-1]
    if has_path or len(labels) > 1 or _NAMED_LIKE_A_SITE.search(label):
        return True
    if label.isdecimal():
        return len(label) > 2  # "1.vip" is the first of a list
    if not label.isascii():
        return len(label) >= _LONG_WORD  # "nhà.vn" is the end of a sentence
    if ending in _ENGLISH:
        return False  # "quiz.Win" is two sentences
    return ending not in _SYLLABLES or _is_name(label)


def _is_spoken_host(left: str, dot: str, ending: str) -> bool:
    """Whether somebody spells out an address: "giám khảo chấm top" is none."""
    label = left.rpartition(".")[2]
    said = dot.strip(" _-")
    if not said.isalnum():
        return len(label) > 1  # brackets around a dot mean nothing else
    if said != "chấm" and label in _NO_SITE:
        return False
    if said != "cham" and ending in _PLAIN_ENDINGS:  # "hoc cham com" is "học chăm, cơm"
        return True
    return _is_name(label) or _ANY_DOT.search(left) is not None


def _is_parted_host(label: str, dot: str, ending: str) -> bool:
    """Whether a blank or a comma parts an address, and not two sentences."""
    if _NAMED_LIKE_A_SITE.search(label):
        return True
    if dot[0] == " ":
        return _is_name(label) and len(label) > 3
    return _is_name(label) and ending in _PLAIN_ENDINGS - {"vn"} and len(label) > 5


def _is_name(label: str) -> bool:
    """Whether *label* is a name, and no word of Vietnamese."""
    return len(label) > 1 and not label.isdecimal() and not is_syllable(label)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    written = match[0].rstrip(_CLOSING)
    if written.count("[") > written.count("]") and match[0][len(written) :][:1] == "]":
        written += "]"  # of an IPv6 address
    return match.start(), match.start() + len(written)


def _written_out(match: re.Match[str], *, scheme: str = "") -> Link:
    start, end = _trimmed(match)
    host_end = match.end("host")
    host = _ANY_DOT.sub(".", match["host"])
    return Link(start, end, f"{scheme}{host}{match.string[host_end:end]}")
