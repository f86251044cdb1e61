"""Leet: digits and signs that stand for letters inside a word, as in "0tp" and "t@i kh0@n"."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import islice, product

from notalone.folding.text import strip_marks

_LETTERS = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "+": "t", "!": "i", "|": "li",
}  # fmt: skip
_CHUNK = re.compile(r"(?<![^\W_])[@$+|]?[^\W_](?:[@$+|!]?[^\W_])*[@$]?")
_SIGN = re.compile(r"[0-9@$+|!]")
# "a1", "u23", "11a3", "to1" (tổ 1): a number written to its word. "ch0", "gử1" and "ch1" are not.
_NUMBERED = re.compile(
    r"[a-z]?[0-9]+|(?=.*[aeiouy])[a-z]+[12456789][0-9]*|[0-9]+(?:[^\W\d_][0-9]*)?"
)
_MAX_READINGS = 16


def read_leet(text: str, known: Container[str]) -> str:
    """*text*, as long as before, with the letters that the signs of a word stand for.

    A sign is read only where a word of *known* comes of it.

    >>> read_leet("cho xin m4 0tp, lớp 11a3", {"otp"})
    'cho xin m4 otp, lớp 11a3'
    """
    return _CHUNK.sub(lambda match: _read(match[0], known), text)


def has_leet(chunk: str) -> bool:
    """Whether *chunk*, which stands between spaces, holds a sign that may be a letter.

    >>> has_leet("kh0@n"), has_leet("(11a3)"), has_leet("ok!")
    (True, False, False)
    """
    return any(
        _SIGN.search(found) and not _NUMBERED.fullmatch(found) for found in _CHUNK.findall(chunk)
    )


def _read(chunk: str, known: Container[str]) -> str:
    if _SIGN.search(chunk) is None or chunk in known or _NUMBERED.fullmatch(chunk):
        return chunk
    is_ending = _SIGN.search(chunk[:-1]) is None
    letters = [_LETTERS.get(letter, letter) for letter in chunk]
    for reading in islice(map("".join, product(*letters)), _MAX_READINGS):
        # "đ0c" is "đọc" without its dot; but "tổ1" is no "toi".
        readings = (
            (reading,) if is_ending and not chunk.isascii() else (reading, strip_marks(reading))
        )
        word = next((word for word in readings if word in known), None)
        if word is not None:
            return word
    return chunk
