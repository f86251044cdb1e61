"""What became of the rows of a feed's file: taken, or left out for a reason that is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from notalone.model import Bilingual

Reason = Literal[
    "not_an_address", "ip_range", "own_network", "not_a_block", "pattern", "option", "exception",
    "too_long", "no_column",
    # what sanity.py adds: whom the line would hit who has done nothing
    "public_suffix", "platform", "brand", "state", "allowed",
]  # fmt: skip
REASONS: tuple[Reason, ...] = get_args(Reason)
WHY: Mapping[Reason, Bilingual] = {
    "not_an_address": Bilingual("không phải địa chỉ trang", "no web address"),
    "ip_range": Bilingual("cả một dải địa chỉ IP", "a range of IP addresses"),
    "own_network": Bilingual("địa chỉ trong mạng riêng", "an address of a private network"),
    "not_a_block": Bilingual("không phải dòng chặn", "not a blocking line"),
    "pattern": Bilingual("mẫu chung, không phải một trang", "a pattern, not one site"),
    "option": Bilingual("có điều kiện kèm theo", "with a condition"),
    "exception": Bilingual("dòng loại trừ", "an exception"),
    "too_long": Bilingual("dài quá", "too long"),
    "no_column": Bilingual("thiếu cột", "without the column"),
    "public_suffix": Bilingual("đuôi tên miền chung", "a public suffix"),
    "platform": Bilingual("nơi nhiều người dùng chung", "a platform that many share"),
    "brand": Bilingual("tên miền thật của một tổ chức", "an organisation's own domain"),
    "state": Bilingual("của nhà nước hoặc trường học", "of a state or a school"),
    "allowed": Bilingual("có trong allowed.csv", "in allowed.csv"),
}


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much of a file is read at most."""

    unpacked_bytes: int = 512 * 2**20
    document_bytes: int = 64 * 2**20  # json has to be read whole
    lines: int = 10_000_000
    line_bytes: int = 8192
    address_chars: int = 2048
    examples: int = 3  # of each reason


READ_LIMITS = ReadLimits()


class Refusal(NamedTuple):
    """What a line held that cannot be used."""

    reason: Reason
    text: str


@dataclass(slots=True)
class Tally:
    """What became of a file's rows; comments and blank lines are no rows."""

    entries: int = 0
    refused: Counter[Reason] = field(default_factory=Counter)
    examples: dict[Reason, list[str]] = field(default_factory=dict)
    exceptions: set[str] = field(default_factory=set)
    """Names that an "@@||name^" line takes out, with all below them."""

    @property
    def rows(self) -> int:
        """Every row that was looked at."""
        return self.entries + self.refused.total()

    def refuse(self, refusal: Refusal, line: int) -> None:
        """Count *refusal*, and keep the first few of a kind to be shown."""
        self.refused[refusal.reason] += 1
        kept = self.examples.setdefault(refusal.reason, [])
        if len(kept) < READ_LIMITS.examples:
            # what moves a terminal's cursor or hides text is not for a stranger's list to print
            shown = "".join(
                c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in refusal.text[:80]
            )
            kept.append(f"{line}: {shown}")
