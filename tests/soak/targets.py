"""What a fuzzer may hand any bytes to: each reads them, and fails only where it found a mistake.

Shared by hypothesis in `make test` and by atheris, which is guided by coverage, in `make soak`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from functools import cache
from typing import get_args

import msgspec

from harness.feed_files import read_file
from notalone.address import read_address
from notalone.app import decode
from notalone.config import LIMITS, rules_dir
from notalone.errors import RequestError
from notalone.feeds.catalogue import Format, Shape
from notalone.feeds.fault import FeedError
from notalone.folding.spelling import Spelling, load_spelling
from notalone.folding.words import fold_text
from notalone.model import CheckRequest, HelloRequest
from notalone.phrase_language import PhraseError, parse_phrase, require_anchors

FORMATS: tuple[Format, ...] = get_args(Format)
SHAPES = (*map(Shape, FORMATS), Shape("json", path="a.b", field="url"), Shape("csv", delimiter=";"))


def text_of(data: bytes) -> str:
    """*data* as a text no longer than a message; what is no UTF-8 becomes half letters."""
    return data.decode("utf-8", "surrogateescape")[: LIMITS.text_chars]


def body(data: bytes) -> None:
    """The body parser refuses, or reads what msgspec's own strict parser reads."""
    with contextlib.suppress(RequestError):
        check = decode(data, CheckRequest)
        assert check == msgspec.json.decode(data, type=CheckRequest)
    with contextlib.suppress(RequestError):
        hello = decode(data, HelloRequest)
        assert hello == msgspec.json.decode(data, type=HelloRequest)


def address(data: bytes) -> None:
    """An address that was read has a host that is read as itself, and a place in its text."""
    text = text_of(data)[: LIMITS.url_chars]
    read = read_address(text)
    if read is None:
        return
    assert read.host
    again = read_address(f"http://{read.host}/")
    assert again is not None, read.host
    assert again.host == read.host
    start, end = read.host_span
    assert 0 <= start <= end <= len(text)
    assert read.path.startswith("/")


def feed(data: bytes) -> None:
    """A feed's file is read or refused as a whole, and every line is counted once at most."""
    shape = SHAPES[data[0] % len(SHAPES)] if data else SHAPES[0]
    try:
        entries, tally = read_file(data[1:], shape)
    except FeedError:
        return
    assert tally.entries == len(entries)
    for kind, entry in entries:
        assert kind in ("host", "subtree", "url")
        assert read_address(f"http://{entry}") is not None, entry


def folding(data: bytes) -> None:
    """The words of a message stand in order inside it."""
    text = text_of(data)
    words = fold_text(text, spelling=_spelling()).words
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)


def phrase(data: bytes) -> None:
    """The phrase compiler compiles, or refuses."""
    try:
        require_anchors(parse_phrase(text_of(data)))
    except PhraseError:
        return


@cache
def _spelling() -> Spelling:
    return load_spelling(rules_dir() / "text")[0]


TARGETS: dict[str, Callable[[bytes], None]] = {
    "body": body,
    "address": address,
    "feed": feed,
    "folding": folding,
    "phrase": phrase,
}
# What is right, for a fuzzer to begin with.
SEEDS: dict[str, tuple[bytes, ...]] = {
    "body": (
        json.dumps(
            {
                "links": [{"id": "1", "url": "https://a.example/", "text": "a"}],
                "messages": [{"id": "m", "text": "Đừng kể với ai \U0001f600", "from_me": None}],
                "earlier": ["SECRECY"],
                "audience": "teen",
            }
        ).encode(),
        json.dumps({"pairing": "0" * 32, "nonce": "a" * 64}).encode(),
    ),
    "address": (
        b"https://user:word@xn--bcher-kva.example:8080/a%20b?c=d#e",
        b"hxxps://vnpost[.]example",
        b"//[::ffff:127.0.0.1]/",
        "HTTPS:\\\\Evil。Example.".encode(),
        b"0x7f.1",
        b"//[7.0.0.0.https:\x881]@r(-e",  # found by atheris
    ),
    "feed": (
        b"\x000.0.0.0 bad.example # why\n",
        b"\x01*.bad.example\n",
        b"\x02https://bad.example/page?x=1\n",
        b"\x03||bad.example^$all\n@@||good.example^\n",
        b"\x04url,date\nhttps://bad.example/,2026-11-22\n",
        b'\x05["bad.example"]',
        b'\x06{"a":{"b":[{"url":"bad.example"}]}}',
        b'\x06{"\xa4":{"b"',  # found by atheris
    ),
    "folding": (
        "Em không được kể với bố mẹ, chuyển 500k vào 0123 456 789".encode(),
        "ch.u.y.ể.n t1en q.u.a zalo.me/x".encode(),
    ),
    "phrase": (
        "(vụ án|chuyên án) này … (bảo mật|bí mật)?".encode(),
        b"<money> <account>",
        "giữ kín (giúp|cho)".encode(),
    ),
}
