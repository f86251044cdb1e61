"""One name or one address of a feed, as an entry or with the reason why it cannot be one."""

from __future__ import annotations

import ipaddress
import re
from datetime import date
from typing import Literal

from notalone.address import read_address
from notalone.feeds.entry import Entry
from notalone.feeds.tally import READ_LIMITS, Refusal

Row = Entry | Refusal

_IP_RANGE = re.compile(
    r"[0-9a-f.:]*[.:][0-9a-f.:]*(?:/\d{1,3}|\s*-\s*[0-9a-f.:]*[.:][0-9a-f.:]*)", re.IGNORECASE
)
_NOT_IN_NAMES = frozenset("/\\?#@:|^*=$,;!<>()\"' \t")
_OWN_NETWORKS = (
    *map(ipaddress.ip_network, ("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16")),
    *map(ipaddress.ip_network, ("172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3")),
    *map(ipaddress.ip_network, ("::/127", "fc00::/7", "fe80::/10", "ff00::/8")),
)


def read_name(name: str, *, kind: Literal["host", "subtree"] = "host") -> Row:
    """*name*, which is a host and nothing more."""
    if _IP_RANGE.fullmatch(name):
        return Refusal("ip_range", name)
    if not _NOT_IN_NAMES.isdisjoint(name) and not (name[:1] == "[" and name[-1:] == "]"):
        return Refusal("not_an_address", name)
    return _canonical(f"http://{name}/", name, kind=kind)


def read_link(text: str, *, added: date | None = None, or_name: bool = True) -> Row:
    """*text* with or without a scheme; without a path it is a host, refused unless *or_name*."""
    if _IP_RANGE.fullmatch(text):
        return Refusal("ip_range", text)
    scheme, colon, _ = text.partition("://")
    if colon and scheme.lower() not in ("http", "https", "hxxp", "hxxps"):
        return Refusal("not_an_address", text)
    row = _canonical(text if colon else f"http://{text}", text, added=added)
    if isinstance(row, Entry) and row.kind == "host" and not or_name:
        return Refusal("pattern", text)
    return row


def _canonical(
    url: str, text: str, *, kind: Literal["host", "subtree"] = "host", added: date | None = None
) -> Row:
    address = None if any(sign in text for sign in " \t\ufffd") else read_address(url)
    if address is None or not text:
        return Refusal("not_an_address", text)
    if address.is_ip:
        kind = "host"  # nothing lies below an IP address
        if _is_own_network(address.host):
            return Refusal("own_network", text)
    written = address.host + address.path
    if len(written) > READ_LIMITS.address_chars:
        return Refusal("too_long", text)
    if address.path == "/":
        return Entry(kind, address.host, added)
    return Entry("url", written, added)


def _is_own_network(host: str) -> bool:
    try:
        ip = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True  # no such address can be opened
    return any(ip in network for network in _OWN_NETWORKS)
