"""What is sent: a class chat and a page of links, as a browser would send them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from bench.synthetic import COMMON

# Written for this file: ordinary talk, so that the cost of the common case is measured.
TALK = (
    "Mai lớp mình học bù tiết Toán lúc 7h nhé các bạn",
    "t lam xong bai van roi, toi gui cho m xem thu nha",
    "Mẹ ơi con ở lại trường tập văn nghệ, 5 rưỡi con về",
    "ai có ảnh chụp bảng hôm nay không gửi mình xin với",
    "ok b",
    "Cô dặn nhớ mang 50k tiền quỹ lớp, đưa cho bạn lớp trưởng",
    "Tối nay đội mình đá với lớp 11A3, 17h có mặt ở sân sau trường",
    "hôm qua xem phim tập cuối chưa, hay cực luôn",
    "Bà ngoại gửi lời hỏi thăm cả nhà, cuối tuần về ăn giỗ nhé con",
    "Đơn hàng của bạn đã được giao cho đơn vị vận chuyển, mã đơn 8837261",
)
SITES = (
    "https://vi.wikipedia.org/wiki/",
    "https://hocmai.test/bai-giang/",
    "https://bao-moi.example/tin/",
    "https://video.test/watch?v=",
    "https://cua-hang.example/san-pham/",
)


def batches(
    *, links: int = 200, messages: int = 50, repeated: bool, texts: Iterator[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Requests without end. Unless *repeated*, no message or link is ever sent twice.

    *texts*: what the messages say; ordinary talk where it is left out.
    """
    counter = itertools.count()
    sites = itertools.cycle(SITES)
    said = ordinary() if texts is None else texts

    def batch() -> dict[str, Any]:
        return {
            "links": [
                {"id": f"l{index}", "url": f"{next(sites)}{next(counter)}"}
                for index in range(links)
            ],
            "messages": [
                {"id": f"m{index}", "text": next(said), "from_me": False}
                for index in range(messages)
            ],
        }

    first = batch()
    while True:
        yield first if repeated else batch()


def ordinary() -> Iterator[str]:
    """TALK over and over, no two messages alike."""
    talk = itertools.cycle(TALK)
    # Words and no number, which would turn every message into one with an amount in it.
    for ending in itertools.product(COMMON, repeat=3):
        yield f"{next(talk)} {' '.join(ending)}"


def unheard_of(talk: Sequence[str]) -> Iterator[str]:
    """*talk* over and over, no two messages alike: each with a word that nobody has ever used."""
    letters = "bcdfghklmnpqrstvx"
    for number, said in enumerate(itertools.cycle(talk)):
        word, left = "", number
        while left or not word:
            left, letter = divmod(left, len(letters))
            word += letters[letter] + "aeiou"[letter % 5]
        yield f"{word} {said}"
