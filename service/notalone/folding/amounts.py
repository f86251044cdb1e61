"""Amounts of money as people type them: 500k, 5tr2, 1.500.000đ, "năm trăm nghìn", "2 củ".

Much slang for money is an everyday word as well ("2 lít nước", "5 củ khoai", "cao 1m7"): that is
money only beside a word of paying. Source: lures.md 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = r"(?:\d{1,3}(?:[.,]\d{3}){1,4}(?!\d)|\d{1,15}(?:[.,]\d{1,3})?)"
_DISGUISED = r"\d[\doil]{1,9}(?:[.,][\doil]{3}){0,3}"  # 5oo, 1oo.ooo
_FROM = r"\d{1,3}(?:[.,]\d{1,3})?(?:[-–~]| [-–~] )"  # 200-300k is one amount
_BIG = "triệu|trieu|tr|tỷ|tỉ|củ|cu|m"  # these take a rest: 5tr2, 3 triệu 500 nghìn
_REST = (
    r"\d{1,3}k?|\s(?:rưỡi|rưởi|ruoi)"
    r"|\s\d{1,3}\s?(?:nghìn|nghin|ngàn|ngan|k)(?!\w)"
    r"|\s\d{1,3}(?![.,]?\d|\s?(?:h|giờ|gio|phút|phut|p|ngày|ngay|tuần|tuan|tháng|thang|năm|nam"
    r"|người|nguoi|lần|lan|buổi|buoi|đứa|dua|trận|đơn|don|suất|like|view|\d)(?!\w))"
)
_SMALL = (
    r"nghìn|nghin|ngàn|ngan|đồng|dong|vnđ|vnd|đ|₫|usdt|usd|đô(?: la)?|dollars?|bucks|euro|€|£|\$"
    "|ka|k|d|u|ca|chai|lít|lit|lốp|xị|tỏi|cành"
)
_WORD = (
    "một|hai|ba|bốn|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|chục|trăm|vài|mấy"
    "|mot|bon|nam|lam|sau|bay|tam|chin|muoi|chuc|tram|vai|may"
)
_UNIT_OF_WORDS = "triệu|trieu|nghìn|nghin|ngàn|ngan|tỷ|tỉ|đồng|đô(?: la)?|k|củ|chai|lít|lốp|xị|tỏi"
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:{_WORD}|\d{{1,3}}(?=\s(?:trăm|tram|chục|chuc)))(?:\s(?:{_WORD})){{0,5}}\s"
    rf"(?P<unit>{_UNIT_OF_WORDS})(?!\w)(?:\s(?:rưỡi|rưởi|ruoi)(?!\w))?"
    rf"|(?<!\w)(?:{_WORD}|\d{{1,2}})\s(?:trăm|chục)(?:\srưỡi)?(?!\w)"
)
SIGN_OF_SAID_AMOUNT = re.compile(
    r" (?:t(?:ri[ệe]u|[ỷỉ]|răm|ỏi)|ng(?:h[ìi]n|[àa]n)|c(?:ủ|hai|hục)|đồng|đô|k|lít|lốp|xị)(?!\w)"
)
_DIGITS_START = re.compile(r"[0-9$€£][0-9]*")
_IN_DIGITS = re.compile(
    "|".join(
        (
            r"(?P<sign>[$€£]\s?\d+(?:[.,]\d+){0,4})",
            rf"(?P<amount>(?<![\w.,])(?:{_FROM})?(?P<number>{_DIGITS}|{_DISGUISED})(?P<space>\s?)"
            rf"(?:(?P<big>{_BIG})(?:{_REST})?|(?P<small>{_SMALL}))(?!\w))",
            r"(?P<bare>(?<![\w.,])[1-9]\d{0,2}(?P<groups>(?:\.\d{3}){1,3})(?![.,]?\w))",
        )
    )
)

_PAYING = re.compile(
    r"(?<!\w)(?:chuyển|chuyen|ck|nạp|nap|cọc|coc|phí|phi|trả(?! lời)|vay|mượn|giá|lương|luong|tiền"
    r"|tien|thưởng|tặng|quà|hoàn|giảm|lãi|nợ|đóng|dong|nộp|nop|ứng|rút|rut|kiếm|thu|nhận|cầm|mất"
    r"|hoa hồng|lì xì|bắn|gửi|gui|bank|stk|tk|tài khoản|tai khoan|momo|ví|vốn|phạt|góp|pay|send|fee"
    r"|price|deposit|lend|owe)(?:[\s:]+[^\s,.!?:]+){0,4}[\s:]*$"
)
_PAYING_AFTER = re.compile(
    r"(?:\s+[^\s,.!?:]+){0,3}\s+(?:stk|tk|tài khoản|tai khoan|ck|chuyển khoản|chuyen khoan|cọc|coc"
    r"|tiền|tien|lương|luong|phí|phi|momo|bank)(?!\w)"
)
_PAYING_SPAN = 40  # characters: about six words
_COUNTED = re.compile(  # "3 triệu view" is no money
    r"\s?(?:views?|lượt|luot|người(?! lớn)|nguoi(?! lon)|follow\w*|subs?|fans?|likes?|tim|dân|cây"
    r"|năm(?! (?:nay|ngoái|trước|sau|học))|tuổi|bước|chữ|tấn|kg|km|m2|phần|%)(?!\w)"
)
_DRINKS = "nước|nuoc|bia|rượu|ruou|sữa|sua|dầu|dau|xăng|xang|coca|pepsi|trà|tra|mắm|mam|xịt"
_FOLLOWED = {  # what a unit counts, or what it is the first half of, when it is no money
    unit: re.compile(rf"\s(?:{things})(?!\w)")
    for unit, things in {
        "củ": "khoai|hành|tỏi|cà|sắn|gừng|nghệ|su|cải|sen|đậu|lạc|dền|mì",
        "cu": "khoai|hanh|toi|ca|san|gung|nghe|su|cai|sen|dau|lac|den|mi|ti",
        "chai": _DRINKS,
        "lít": _DRINKS,
        "lit": _DRINKS,
        "xị": _DRINKS,
        "lốp": "xe|ô tô|sau|trước",
        "cành": "hoa|đào|mai|cây|hồng",
        "m": "vải|chiều|dây|vuông|nữa|nước|đường",
        "ca": "mắc|nhiễm|bệnh|dương|làm|học|trực|sáng|chiều|tối|khúc|sĩ|dao|nước",
        "đồng": "hồ|chí|đội|nghiệp|bào|phục|hành|ý|thời|tình",
        "dong": "ho|chi|doi|nghiep|bao|phuc",
        "đô": "thị|vật",
        "tỷ": "số|lệ|trọng|phú",
        "tỉ": "số|lệ|trọng|phú|mỉ",
    }.items()
}
_MEASURED = {  # a length, or the grain of a picture
    "m": re.compile(r"(?:cao|dài|dai|rộng|rong|sâu|cách|cach|xa|chạy|bơi|nhảy)\s*$"),
    "k": re.compile(r"(?:tivi|tv|phim|màn|hình|quay|chạy|nét)\s*$"),
}
_SLANG = {"trăm", "củ", "cu", "chai", "lít", "lit", "lốp", "xị", "tỏi", "cành", "m", "ca", "u", "d"}
_FROM_TEN = {"ca", "u", "d"}  # "500 ca", but "làm 2 ca"
_POINTS = {"đ", "dong"}  # "8đ" are marks at school, "3 dong" are lines


def find_amounts(text: str) -> Iterator[tuple[int, int]]:
    """Where amounts of money stand in digits in the clean *text*, as (start, end), in order.

    >>> [(text := "trả 5tr2 trước")[start:end] for start, end in find_amounts("trả 5tr2 trước")]
    ['5tr2']
    """
    after = 0
    for start in _DIGITS_START.finditer(text):
        match = _IN_DIGITS.match(text, start.start()) if start.start() >= after else None
        if match is not None:
            after = match.end()
            if _is_money(match):
                yield match.span()


def find_said_amounts(text: str) -> Iterator[tuple[int, int]]:
    """Where amounts are said in words: "năm trăm nghìn", "trả hai củ".

    >>> list(find_said_amounts("đóng năm trăm nghìn"))
    [(5, 19)]
    """
    for match in _IN_WORDS.finditer(text):
        unit = match["unit"] or "trăm"
        if not _counts_things(match, unit) and (unit not in _SLANG or _is_paid(match)):
            yield match.span()


def _is_money(match: re.Match[str]) -> bool:
    if match.lastgroup == "sign":
        return True
    if match.lastgroup == "bare":
        is_long = len(match["groups"]) > len(".000")
        return not _counts_things(match, "") and (is_long or _is_paid(match))
    unit = match["big"] or match["small"]
    before = match.string[max(0, match.start() - _PAYING_SPAN) : match.start()]
    if _counts_things(match, unit) or (unit in _MEASURED and _MEASURED[unit].search(before)):
        return False
    digits = match["number"].replace(".", "").replace(",", "")
    if unit in _FROM_TEN and len(digits) < 2:
        return False
    is_doubtful = (
        not digits.isdigit()
        or (unit in _SLANG and not _is_sure_slang(unit, match["number"]))
        or (unit in _POINTS and len(match["number"]) <= len("9.5") and digits != "0")
        # "câu 2 k làm được": k is "không"
        or (unit == "k" and match["space"] and len(digits) < 3)
    )
    return not is_doubtful or _is_paid(match)


def _counts_things(match: re.Match[str], unit: str) -> bool:
    """Whether what follows shows that no money is meant."""
    followed = _FOLLOWED.get(unit)
    return _COUNTED.match(match.string, match.end()) is not None or (
        followed is not None and followed.match(match.string, match.end()) is not None
    )


def _is_sure_slang(unit: str, number: str) -> bool:
    """Whether so many of *unit* are money without a word of paying: "25 củ", "3.000d"."""
    return (unit == "củ" and len(number) > 1) or (unit == "d" and len(number) > len("999"))


def _is_paid(match: re.Match[str]) -> bool:
    """Whether a word of paying stands within a few words before or after."""
    before = match.string[max(0, match.start() - _PAYING_SPAN) : match.start()]
    return (
        _PAYING.search(before) is not None
        or _PAYING_AFTER.match(match.string, match.end()) is not None
    )
