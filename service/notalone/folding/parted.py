"""A link that begins in one message and ends in the next: "vietcom-abc." and "top/login".

Only where the first message ends, or the next one begins, as no whole address does. Whether what
stands there then is an address is for the same finders to say as within one message: "ok." and
"com trưa chưa" are two sentences there too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from notalone.folding.weblinks import ENDINGS, SHORT_LINK

_NEAR = 200  # characters on each side of the border
_WORDS = 4  # at the end of the first: "vietcom-abc chấm"
_LAST, _FIRST = " \n\t.。/\\:=?&-pPsSmMtT", " \n\t.。cCdD"  # of what follows: for speed alone
_GOES_ON = re.compile(
    r"(?:(?<!\w)h(?:tt|xx)ps?:?[/\\]*|(?<!\w)www\.|[^\W_]-|[\w-]\.\w\S*[/\\=?&])$", re.IGNORECASE
)
_DOT = r"[.。]|(?:chấm|cham|dot)"
_STOPS_AT_DOT = re.compile(rf"(?:\w\s?(?:{_DOT}))$", re.IGNORECASE)
_WENT_BEFORE = re.compile(rf"(?:{_DOT})\s*(?:{ENDINGS})(?!\w)", re.IGNORECASE)
_ENDING = re.compile(rf"(?:{ENDINGS})(?!\w)", re.IGNORECASE)
_SHORT_LINK = re.compile(rf"\.{SHORT_LINK}\w")


class Joined(NamedTuple):
    """The end of one message and the beginning of the next as one text."""

    text: str
    end: int  # of what is of the first message
    border: int  # where what is of the next one begins
    skipped: int  # characters of the next message in front of that

    def is_across(self, start: int, end: int) -> bool:
        """Whether what stands from *start* to *end* is of both messages."""
        return start < self.end and end > self.border

    def in_next(self, start: int, end: int) -> tuple[int, int]:
        """Where the part of it that is of the next message stands there."""
        moved = self.skipped - self.border
        return max(start, self.border) + moved, max(end, self.border) + moved


def joined(first: str, following: str) -> Joined | None:
    """The text in which a link may stand that is parted over *first* and *following*.

    >>> joined("Em xem https://", "evil.example nhé").text
    'Em xem https://evil.example nhé'
    >>> joined("vietcom-abc.", "top/login").text
    'vietcom-abc. top/login'
    >>> joined("Mai đi học.", "mấy giờ") is None
    True
    """
    if first[-1:] not in _LAST and following[:1] not in _FIRST:
        return None  # nearly every message
    last = " ".join(first[-_NEAR:].split()[-_WORDS:])
    near = following[:_NEAR]
    beginning = near.lstrip()
    if not last or not beginning:
        return None
    if _GOES_ON.search(last):
        return _joined(last, "", beginning, near)
    stops = _STOPS_AT_DOT.search(last) is not None
    if (stops and _ENDING.match(beginning)) or _WENT_BEFORE.match(beginning):
        return _joined(last, " ", beginning, near)
    if stops and _SHORT_LINK.search(f" {last}{beginning}".lower()):
        return _joined(last, "", beginning, near)
    return None


def _joined(last: str, between: str, beginning: str, near: str) -> Joined:
    border = len(last) + len(between)
    return Joined(last + between + beginning, len(last), border, skipped=len(near) - len(beginning))
