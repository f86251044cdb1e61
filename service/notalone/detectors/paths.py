"""What the path of an address adds: borrowed names in it, broken-into sites, apps, stores of files.

A path by itself is anybody's: newspapers write about banks, shops take PayPal, and every site has a
`/login`. It counts only where the host is a stranger's of no standing, or where the path shows that
somebody put a page among another's files.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from notalone.address import parents
from notalone.brands import Brand
from notalone.likeness import BrandIndex
from notalone.wrappers import from_base64

_KIT = re.compile(
    r"/(?:wp-(?:content|includes)|wp-admin/(?:css|images|includes|js|maint|network|user)"
    r"|\.well-known(?!/(?:acme-challenge|apple-app|assetlinks|change-password|security))"
    r"|cgi-bin|~[a-z0-9]+)/"
)
_PAGE = re.compile(r"\.(?:php\d?|html?|aspx?)(?:[?/]|$)")
_APP = re.compile(r"\.apk(?:[?/]|$)")
# Content ids of IPFS, version 0 and 1: https://docs.ipfs.tech/concepts/content-addressing/
_S3 = re.compile(r"(?:^|\.)s3[.-](?:[a-z0-9-]+\.)*amazonaws\.com$")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BASE64 = re.compile(r"[\w+/-]{12,}=*")
_CONTENT_ID = re.compile(r"(?:^|[/.])(?:qm[1-9a-z]{44}|baf[a-z2-7]{50,})(?:[/.?]|$)")
_NO_LETTERS = (string.digits + string.punctuation).encode()
_SYLLABLES = 4  # joined at most: "khoa-tai-khoan"
_LONG_ALIAS = 5
_FILLERS = frozenset({"aspx", "com", "en", "htm", "html", "index", "page", "php", "vn", "www"})


class PathSigns(NamedTuple):
    """What a path shows, before anybody asks whose host it is."""

    act: str
    """A word for a log-in, a payment or a code; "" when there is none."""
    is_kit: bool
    """Whether a page lies where a site keeps its machinery, as if somebody had broken in."""
    is_page: bool
    is_app: bool
    """Whether it is an app for Android."""
    is_stored: bool
    """Whether it is a file of IPFS, which nobody can take down."""
    is_in_store: bool
    """Whether it is a page in a store of files."""
    addressee: str
    """Where an e-mail address stands that tells the page whom it has caught; "" for nowhere."""


class BorrowedSegment(NamedTuple):
    """A part of the path that is a brand's name, with nothing beside it but words of the trade."""

    brand: Brand
    text: str
    name: str
    """What of it is the name."""


def signs_in_path(host: str, path: str, *, index: BrandIndex, fragment: str = "") -> PathSigns:
    """Read *path*, decoded and with its query, on *host*, and what follows the "#"."""
    is_page = _PAGE.search(path) is not None
    is_app = ".apk" in path and _APP.search(path) is not None
    is_directory = path.partition("?")[0].endswith("/")
    is_site_of_ipfs = is_directory and _CONTENT_ID.search(host) is not None
    return PathSigns(
        act=act_in(path, index=index),
        is_kit=(is_page or is_directory or is_app) and _KIT.search(path) is not None,
        is_page=is_page or is_site_of_ipfs,
        is_app=is_app,
        is_stored=_is_stored(f"{host}{path}"),
        is_in_store=is_page and is_store(host, index=index),
        addressee="fragment" if _names_reader(fragment) else "query" if "@" in path else "",
    )


def is_store(host: str, *, index: BrandIndex) -> bool:
    """Whether strangers put files there, each by itself."""
    return _S3.search(host) is not None or not index.words.stores.isdisjoint(parents(host))


def _is_stored(address: str) -> bool:
    # Searched for where it can stand: to try at every letter takes longer than all the rest.
    return ("qm" in address or "baf" in address) and _CONTENT_ID.search(address) is not None


def _names_reader(fragment: str) -> bool:
    """Whether *fragment* is an e-mail address, in base64 or not."""
    if not fragment:
        return False  # nearly always
    text = unquote(fragment)
    if _BASE64.fullmatch(text):
        text = from_base64(text)
    return _MAIL.fullmatch(text) is not None


def act_in(path: str, *, index: BrandIndex) -> str:
    """The word for a log-in in *path*, hyphens or not: `dangnhap`, `dang-nhap`; or ""."""
    letters = path.encode().translate(None, _NO_LETTERS).decode()
    if letters.isascii() and not index.acts.find_matches_as_indexes(letters):
        return ""  # nearly every path is done here
    parts = re.findall(r"[a-z]+", path)
    return next(
        (
            word
            for start in range(len(parts))
            for end in range(start + 1, start + _SYLLABLES + 1)
            if (word := "".join(parts[start:end])) in index.words.act
        ),
        "",
    )


def borrowed_segments(path: str, *, index: BrandIndex) -> Iterator[BorrowedSegment]:
    """The parts of *path*, decoded, made to look like a brand's: `/netflix/`, `/paypal-login/`.

    A headline about the brand, or a name inside a longer word, is none; a short name must stand
    alone.
    """
    path = path.partition("?")[0]
    if not index.plain_names.find_matches_as_indexes(path):
        return
    words = index.words
    trade = words.act | words.near | words.lure | _FILLERS
    for segment in path.split("/"):
        for one in index.written_in(segment):
            if one.brand is None or not one.is_bounded:
                continue
            if len(one.text) < _LONG_ALIAS and one.text != segment:
                continue
            rest = re.findall(r"[a-z]+", f"{segment[: one.start]}-{segment[one.end :]}")
            if "".join(rest) in trade or all(word in trade for word in rest):
                yield BorrowedSegment(one.brand, segment, one.text)
