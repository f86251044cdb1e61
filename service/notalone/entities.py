"""Money, phones, accounts, codes, links and times: things a phrase names by their kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

EntityKind = Literal["money", "phone", "account", "otp", "link", "time", "number"]
ENTITY_KINDS: tuple[EntityKind, ...] = (
    "money",
    "phone",
    "account",
    "otp",
    "link",
    "time",
    "number",
)

_AMOUNT_WORD = (
    "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|vài|mấy|mot|bon|nam|sau|bay|tam|chin"
    "|muoi|tram|vai|may"
)
_UNIT = "triệu|trieu|nghìn|nghin|ngàn|ngan|tỷ|tỉ|đồng|dong|vnđ|vnd|đ|₫|usdt|usd|đô|k|ka|tr|củ|\\$"
_PATTERN = re.compile(
    "|".join(
        (
            # Addresses: with a scheme, www., or a bare host with a path or a common ending.
            r"(?P<link>(?:https?|hxxps?)://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]"
            r"|www\.[^\s<>\"']*[^\s<>\"'.,;:!?)\]]"
            r"|(?<![\w@.])(?:[a-z0-9-]{1,63}(?:\.|\[\.\])){1,4}"
            r"(?:com|net|org|vn|info|top|xyz|vip|cc|me|shop|site|online|club|io|app|link|live|pro"
            r"|page|dev|example|test)(?![\w.-]*\w)(?:/[^\s<>\"']*[^\s<>\"'.,;:!?)\]])?)",
            # Mobile numbers of Viet Nam; source: lures.md 5 (ten digits since 15/09/2018).
            r"(?P<phone>(?<!\d)(?:\+?84|0)[\s.-]?[35789](?:[\s.-]?\d){8}(?!\d))",
            # 500k, 3 triệu, 1.500.000đ, 5tr2; and amounts in words that name their unit.
            r"(?P<money>(?<![\w.,])\d{1,4}\s?(?:tr|triệu|trieu|củ)\s?\d{1,3}(?!\w)"
            rf"|(?<![\w.,])(?:\d{{1,3}}(?:[.,]\d{{3}})+|\d+(?:[.,]\d+)?)\s?(?:{_UNIT})(?!\w)"
            r"|\$\s?\d+(?:[.,]\d+)*"
            r"|(?<![\w.,])\d{1,3}(?:\.\d{3}){1,3}(?![\w.,]*\d)"
            rf"|(?<!\w)(?:{_AMOUNT_WORD})(?:\s(?:{_AMOUNT_WORD}))*\s"
            r"(?:triệu|trieu|nghìn|nghin|ngàn|ngan|tỷ)(?!\w))",
            r"(?P<time>(?<![\w.,])\d{1,2}\s?(?:h|giờ|gio)\s?\d{0,2}(?!\w)"
            r"|(?<![\w.,])\d{1,3}\s?(?:phút|phut|p|tiếng|tieng|ngày|ngay|minutes?|hours?|days?)(?!\w)"
            r"|(?<!\w)(?:hôm nay|hom nay|hnay|ngay lập tức|ngay lap tuc|today|tonight)(?!\w))",
            # One to ten are words like any other: "2 đứa" is "hai đứa".
            r"(?P<number>(?<!\w)(?!(?:[1-9]|10)(?!\w|[.,]\d))\d+(?:[.,]\d+)*(?!\w))",
        )
    )
)
# Most messages hold none of these, and are spared the pattern above.
_MAY_HOLD = re.compile(
    r"[\d$]|://|www\.|\w(?:\.|\[\.\])\w"
    r"|tri[ệe]u|ngh[ìi]n|ng[àa]n|tỷ|h[ôo]m nay|hnay|lập tức|lap tuc|to(?:day|night)"
)
_CODE_WORD = re.compile(r"(?<!\w)(?:otp|mã|ma|code|pin|xác thực|xac thuc|xác nhận|xac nhan)(?!\w)")
_ACCOUNT_WORD = re.compile(
    r"(?<!\w)(?:stk|tk|tài khoản|tai khoan|ck|chuyển|chuyen|ngân hàng|ngan hang|momo|account|bank"
    r"|vcb|mb|tcb|bidv|acb|agribank|vietcombank|techcombank)(?!\w)"
)
_NEAR = 40  # clean characters on either side in which a word gives a number its kind


@dataclass(frozen=True, slots=True)
class Entity:
    """*start*/*end* count characters of the clean text."""

    kind: EntityKind
    start: int
    end: int


def find_entities(clean: str) -> tuple[Entity, ...]:
    """Every entity of *clean*, in order, without overlap.

    >>> [(e.kind, "ck 500k vào stk 0123456789012"[e.start:e.end])
    ...  for e in find_entities("ck 500k vào stk 0123456789012")]
    [('money', '500k'), ('account', '0123456789012')]
    """
    if _MAY_HOLD.search(clean) is None:
        return ()
    return tuple(
        Entity(_kind(clean, match), match.start(), match.end())
        for match in _PATTERN.finditer(clean)
    )


def _kind(clean: str, match: re.Match[str]) -> EntityKind:
    kind = cast(EntityKind, match.lastgroup)
    if kind != "number":
        return kind
    digits = match[0]
    around = clean[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    if digits.isdigit():
        if 4 <= len(digits) <= 8 and _CODE_WORD.search(around):
            return "otp"
        if 6 <= len(digits) <= 19 and _ACCOUNT_WORD.search(around):
            return "account"
    return "number"
