"""A link as the browser will open it: host, path, and the domain that somebody registered.

Only can_ada (the WHATWG rules that browsers follow) reads an address, and only tldextract knows
where a registrable domain begins. tldextract costs 0.3 s to import, so it is loaded at its first
use: looking an address up in a list never needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote  # percent-decoding only; can_ada does the parsing

from can_ada import idna_decode, idna_encode, parse
from msgspec import Struct

if TYPE_CHECKING:
    from tldextract import TLDExtract

# Nearly every link: what a browser reads as it stands. Whatever else may be said comes after it.
_PLAIN = re.compile(r"https?://([a-z0-9_-][a-z0-9._-]*\.[a-z]{2,63})(?![^/?#])")
# What a browser leaves as it is: no fragment, nothing to encode, not a bare "?"; "/./" apart.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.~!*+,;:@&=-]*(?:\?[A-Za-z0-9/_.~!*+,;:@&=?-]+)?")
_EDGE = "".join(map(chr, range(0x21))) + "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DEFANGED_DOT = re.compile(r"[\[({](?:\.|dot|cham|chấm)[\])}]", re.IGNORECASE)
_DEFANGED_SCHEME = re.compile(r"^(h(?:tt|xx)ps?)[\[({](:/{0,2})[\])}]", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB_SCHEMES = {"http": "http", "https": "https", "hxxp": "http", "hxxps": "https"}
_AUTHORITY = re.compile(  # the parser drops tabs and line ends anywhere, so they may stand here
    r"(?:h[\t\n\r]*[tx][\t\n\r]*[tx][\t\n\r]*p[\t\n\r]*s?[\t\n\r]*(?:[\[({]:/{0,2}[\])}]|:))?"
    r"[/\\\t\n\r]*([^/\\?#]*)",
    re.IGNORECASE,
)
_PORT = re.compile(r":[0-9\s]*$")
_HOST_LIKE = re.compile(
    r"(?:(?:[^\s/\\?#@:.。．｡]+[.。．｡])+(?:[a-z]{2,63}|xn--[a-z0-9-]+)\.?"
    r"|\d{1,3}(?:\.\d{1,3}){3})"
    r"(?::\d{1,5})?(?:[/\\?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


class Address(Struct, frozen=True, gc=False):
    """One web address. *url* is as it was given; the rest is what the browser makes of it.

    A Struct, because one is made for every link of a page: a fifth of a dataclass's cost.
    """

    url: str
    host: str
    """Lower case, punycode, no trailing dot; an IPv6 host keeps its brackets."""
    given_path: str | None = None

    @property
    def path(self) -> str:
        """Path and query, still percent-encoded; of a plain link read only now, as few need it."""
        if self.given_path is not None:
            return self.given_path
        path = self.url[self.host_span[1] :]
        if "/." not in path and _PLAIN_PATH.fullmatch(path):
            return path if path[:1] == "/" else f"/{path}"
        parsed = parse(_whole(self.url))
        return parsed.pathname + parsed.search

    @property
    def is_ip(self) -> bool:
        """Whether the host is a bare IPv4 or IPv6 address."""
        host = self.host
        return host[-1] == "]" or (host[-1].isdigit() and host.rpartition(".")[2].isdigit())

    @property
    def shown_host(self) -> str:
        """The host in the letters that people see; `host` itself when it has no others."""
        if "xn--" not in self.host:
            return self.host
        return idna_decode(self.host.encode())  # type: ignore[arg-type]  # its stub is wrong

    @property
    def registrable(self) -> str:
        """The domain that somebody registered, "" when the host is an IP or a public suffix."""
        return "" if self.is_ip else registrable_domain(self.host)

    @property
    def decoded_path(self) -> str:
        """Path and query in lower case with every layer of percent-encoding taken off."""
        return decode(self.path).lower()

    @property
    def host_span(self) -> tuple[int, int]:
        """Where the host stands in *url*, in code points; the whole of *url* when unsure.

        >>> address = read_address("https://a@b.example/x")
        >>> address.url[slice(*address.host_span)]
        'b.example'
        """
        if self.given_path is None:  # a plain one
            start = self.url.index("/") + 2
            return start, start + len(self.host)
        lead = len(self.url) - len(self.url.lstrip(_EDGE))
        match = _AUTHORITY.match(self.url, lead)
        start, end = match.span(1) if match else (0, 0)
        start = max(start, self.url.rfind("@", start, end) + 1)
        port = _PORT.search(self.url, start, end)
        if port:
            end = port.start()
        return (start, end) if start < end else (0, len(self.url))


def read_address(text: str) -> Address | None:
    """Read *text* as a web address; None when it is not one (`javascript:`, `mailto:`, words).

    A scheme may be missing when the rest looks like a host, and links that were made unclickable
    (`hxxp://`, `[.]`) are read as what they stand for.
    >>> read_address("https://vietcombank.com.vn@evil.example/login").host
    'evil.example'
    >>> read_address("HTTPS:\\\\\\\\Evil。Example.").host
    'evil.example'
    >>> read_address("hxxps://vnpost[.]example").host
    'vnpost.example'
    >>> read_address("javascript:alert(1)") is None
    True
    """
    plain = _PLAIN.match(text)
    if plain is not None:
        host = plain[1]
        if "xn--" not in host and ".." not in host:
            return Address(text, host)
    url = text
    if not url.startswith(("https://", "http://")) or "[" in url or "(" in url or "{" in url:
        mended = _with_web_scheme(text)
        if mended is None:
            return None
        url = mended
    try:
        parsed = parse(url)
    except TypeError:  # a lone surrogate, which a browser reads as U+FFFD
        whole = read_address(_whole(url))
        return whole and Address(text, whole.host, whole.path)
    except ValueError:
        return None
    host = parsed.hostname
    if host[-1:] == ".":
        host = host[:-1]
    if ".." in host or host[:1] in ("", ".") or host[-1] == ".":
        return None
    return Address(text, host, parsed.pathname + parsed.search)


def _whole(text: str) -> str:
    """*text* with half a surrogate pair as U+FFFD, as a browser reads it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _with_web_scheme(text: str) -> str | None:
    """*text* with a scheme that the parser knows, or None when it is no web address."""
    url = text.strip(_EDGE).replace("\t", "").replace("\n", "").replace("\r", "")
    url = _DEFANGED_SCHEME.sub(r"\1\2", url)
    before_path = _AUTHORITY.match(url)
    if before_path and _DEFANGED_DOT.search(before_path[0]):
        url = _DEFANGED_DOT.sub(".", before_path[0]) + url[before_path.end() :]
    scheme = _SCHEME.match(url)
    if scheme:
        web = _WEB_SCHEMES.get(scheme[1].lower())
        if web:
            return web + url[scheme.end(1) :]
    if url.startswith(("//", "\\\\")):
        return "https:" + url
    return "http://" + url if _HOST_LIKE.fullmatch(url) else None


def parents(host: str) -> Iterator[str]:
    """*host* and every name above it, longest first.

    >>> list(parents("a.shop.com.vn"))
    ['a.shop.com.vn', 'shop.com.vn', 'com.vn', 'vn']
    """
    while host:
        yield host
        host = host.partition(".")[2]


def is_canonical_host(text: str) -> bool:
    """Whether *text* is a host exactly as `Address.host` writes it.

    >>> is_canonical_host("shop.example"), is_canonical_host("Shop.example/x")
    (True, False)
    """
    address = read_address(f"http://{text}/")
    return address is not None and address.host == text


def decode(path: str) -> str:
    """*path* with percent-encoding taken off, three layers at most: `%2520` is a space too."""
    for _ in range(3):
        if "%" not in path:
            break
        path = unquote(path, errors="replace")
    return path


@lru_cache(maxsize=1)
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    # The bundled list only: no download, no cache on disk. With private domains, so that one bad
    # x.github.io never speaks for github.io.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=4096)
def split_host(host: str) -> tuple[str, str, str]:
    """*host* as sub-domain, registrable label and public suffix; not for IP addresses.

    An unknown suffix counts as one label, as browsers do.
    >>> split_host("www.shop.com.vn"), split_host("a.b.example")
    (('www', 'shop', 'com.vn'), ('a', 'b', 'example'))
    """
    parts = _suffixes().extract_str(host)
    if parts.suffix:
        return parts.subdomain, parts.domain, parts.suffix
    rest, _, suffix = host.rpartition(".")
    front, _, label = rest.rpartition(".")
    return front, label, suffix


def registrable_domain(host: str) -> str:
    """The domain that somebody registered; *host* must not be an IP address.

    >>> registrable_domain("www.shop.com.vn"), registrable_domain("gov.vn")
    ('shop.com.vn', '')
    """
    _, label, suffix = split_host(host)
    return f"{label}.{suffix}" if label else ""


def is_public_suffix(host: str) -> bool:
    """Whether names under *host* belong to strangers: `vn`, `com.vn`, `github.io`."""
    return not split_host(host)[1]


def public_suffixes() -> frozenset[str]:
    """The public suffix list as it is written: `vn`, `github.io`, `*.ck`; names in punycode."""
    return _in_punycode(_suffixes().tlds)


def hosting_suffixes() -> frozenset[str]:
    """Suffixes under which not registries but platforms give names away: `github.io`."""
    from tldextract import TLDExtract

    registries = TLDExtract(suffix_list_urls=(), cache_dir=None)
    given = public_suffixes() - _in_punycode(registries.tlds)
    return frozenset(suffix.removeprefix("*.") for suffix in given if suffix[0] != "!")


def _in_punycode(suffixes: list[str]) -> frozenset[str]:
    return frozenset(
        suffix if suffix.isascii() else idna_encode(suffix).decode() for suffix in suffixes
    )
