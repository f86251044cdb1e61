"""Phone, account and code numbers, plain or disguised: split, with o for 0, or said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

DigitKind = Literal["phone", "account", "otp"]

_DIGIT = "[0-9oil]"
# What may stand between two digits of one number: blanks, dots, dashes, emoji; not the signs
# that part numbers in lists, fractions and times.
_SPLIT = r"[^\w\n,/:+@$%!?;=<>\0]{0,3}"
_MEANT = str.maketrans("oil", "011")
# Mobile numbers of Viet Nam have ten digits since 15/09/2018, land lines eleven; services 1900.
# Source: lures.md 5.
_PHONE = re.compile(
    rf"(?:(?<![0-9])(?:\+?84{_SPLIT}0?|0)|(?<!\w)o){_SPLIT}[35789](?:{_SPLIT}{_DIGIT}){{8}}(?![0-9])"
    rf"|(?<![0-9])02{_SPLIT}[0-9](?:{_SPLIT}[0-9]){{8}}(?![0-9])"
    r"|(?<![0-9.,])1[89]00(?P<parted>[ .])?[0-9](?:[ .]?[0-9]){3,5}(?![0-9])"
)
_TYPED_DIGITS = 3  # of a phone number at least; the others may be letters
_RUN = re.compile(rf"(?<![\w.,]){_DIGIT}(?:{_SPLIT}{_DIGIT})+(?!\w)")
_GROUP = re.compile(r"[0-9oil]+")
_WHOLE = 6  # digits: a longer group is a number of its own
_DATE = re.compile(
    r"[0-3]?[0-9][ .-]{1,3}[01]?[0-9][ .-]{1,3}(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?:1[5-9]|20)[0-9]{2}[ .-]{1,3}(?:1[5-9]|20)[0-9]{2}(?![0-9])"  # from year to year
)
_DECIMAL = re.compile(r"0\.[0-9]+")

_SAID = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "không khong ko hông o",
            "một mốt mot",
            "hai",
            "ba",
            "bốn bon tư tu",
            "năm nam lăm",
            "sáu sau",
            "bảy bẩy bay",
            "tám tam",
            "chín chin",
        )
    )
    for word in words.split()
}
SAID_DIGIT = "|".join(sorted(_SAID, key=len, reverse=True))
_SAID_RUN = re.compile(
    rf"(?<!\w)(?:{SAID_DIGIT}|\d{{1,9}})(?:[\s.,-]{{1,3}}(?:{SAID_DIGIT}|\d{{1,9}})){{3,18}}(?!\w)"
)
SIGN_OF_SAID_PHONE = re.compile(  # of its nine or ten digits two in words stand together
    rf"(?:ch[íi]n|t[áa]m|b[ảẩa]y|s[áa]u|b[ốo]n|n[ăa]m|kh[ôo]ng|hai)[\s.,-]{{1,3}}(?:{SAID_DIGIT}|\d)"
)
_SAID_TOKEN = re.compile(r"\w+")
_SAID_PHONE = re.compile(r"(?:0|84)[35789]\d{8}|02\d{9}")
_PHONE_WORD = re.compile(
    r"(?<!\w)(?:sđt|sdt|đt|số|so|gọi|goi|zalo|zl|lh|liên hệ|lien he|tổng đài|tong dai|hotline|cskh"
    r"|alo|call|phone)(?!\w)"
)
_WITHOUT_ZERO = 9  # digits, when somebody leaves the first away
_LONGEST = 11  # 84 and nine digits, or a land line
_COUNTING = ("0123456789", "9876543210")

_CODE_WORD = re.compile(
    r"(?<!\w)(?:otp|mã(?! (?:đề|lớp|phòng|ngành|trường|màu|đơn|vận đơn|hàng|bài|vé|sv|hs))|ma|code"
    r"|pin|xác thực|xac thuc|xác nhận|xac nhan)(?!\w)"
)
_ACCOUNT_WORD = re.compile(
    r"(?<!\w)(?:stk|tk|tài khoản|tai khoan|ck|chuyển|chuyen|ngân hàng|ngan hang|momo|account|bank"
    r"|vcb|mb|tcb|bidv|acb|agribank|vietcombank|techcombank)(?!\w)"
)
_NEAR = 40  # clean characters on either side in which a word gives a number its kind
_CODE_DIGITS = range(4, 9)
_ACCOUNT_DIGITS = range(6, 20)
_SPLIT_ACCOUNT_DIGITS = range(8, 20)
_CARD_DIGITS = 16


def find_phones(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand in the clean *text*, in order.

    >>> [(text := "gọi o9oo.ooo.123 nha")[start:end]
    ...  for start, end in find_phones("gọi o9oo.ooo.123 nha")]
    ['o9oo.ooo.123']
    """
    for match in _PHONE.finditer(text):
        typed = sum(letter.isdigit() for letter in match[0])
        is_other = _is_list(match[0]) or _DATE.match(match[0]) or _DECIMAL.fullmatch(match[0])
        is_sure = match["parted"] is None or _near(_PHONE_WORD, text, match)
        if typed >= _TYPED_DIGITS and not is_other and is_sure:
            yield match.span()


def find_said_phones(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers are said in words, or half in words.

    >>> list(find_said_phones("số không chín tám ba 456 bảy tám chín"))
    [(3, 37)]
    """
    for run in _SAID_RUN.finditer(text):
        tokens = list(_SAID_TOKEN.finditer(text, run.start(), run.end()))
        digits = [_SAID.get(token[0], token[0]) for token in tokens]
        whole = "".join(digits)
        if not any(token[0] in _SAID for token in tokens):
            continue
        if len(whole) == _WITHOUT_ZERO:
            if whole[0] in "35789" and _is_called(text, run, whole):
                yield run.span()
        else:
            yield from _phones_among(tokens, digits)


def _is_called(text: str, run: re.Match[str], digits: str) -> bool:
    """Whether nine digits are a phone number, and nobody who counts up or down."""
    return not any(digits in counting for counting in _COUNTING) and _near(_PHONE_WORD, text, run)


def _phones_among(tokens: list[re.Match[str]], digits: list[str]) -> Iterator[tuple[int, int]]:
    after = 0
    for first, token in enumerate(tokens):
        if first < after or digits[first][0] not in "08":
            continue
        said = ""
        for last in range(first, len(tokens)):
            said += digits[last]
            if len(said) > _LONGEST:
                break
            if _SAID_PHONE.fullmatch(said):
                yield token.start(), tokens[last].end()
                after = last + 1
                break


def find_codes_and_accounts(text: str) -> Iterator[tuple[DigitKind, int, int]]:
    """Where codes, accounts and cards stand in the clean *text*, by the words around them.

    >>> [(text := "stk 0123 4567 89012")[start:end]
    ...  for _, start, end in find_codes_and_accounts("stk 0123 4567 89012")]
    ['0123 4567 89012']
    """
    for match in _RUN.finditer(text):
        groups = list(_GROUP.finditer(text, match.start(), match.end()))
        lengths = [len(group[0]) for group in groups]
        kind = _kind_of_split(text, match, lengths) if len(groups) > 1 else None
        if kind is not None:
            yield kind, *match.span()
            continue
        for group in groups:
            kind = _kind_of_whole(text, group)
            if kind is not None:
                yield kind, *group.span()


def _kind_of_whole(text: str, group: re.Match[str]) -> DigitKind | None:
    digits = _meant(group[0])
    if not digits:
        return None
    if len(digits) in _CODE_DIGITS and _near(_CODE_WORD, text, group):
        return "otp"
    if len(digits) in _ACCOUNT_DIGITS and _near(_ACCOUNT_WORD, text, group):
        return "account"
    return "account" if _is_card(digits) else None


def _kind_of_split(text: str, run: re.Match[str], lengths: list[int]) -> DigitKind | None:
    """The kind of a number written in groups; None when they are numbers of their own."""
    if max(lengths) >= _WHOLE or " - " in run[0] or _is_list(run[0]) or _DATE.match(run[0]):
        return None
    digits = _meant("".join(_GROUP.findall(run[0])))
    if not digits:
        return None
    is_even = len(set(lengths)) == 1
    is_joined = "." not in run[0] or lengths[0] == 1  # "24.90", "26.03.05" are other things
    if is_even and is_joined and len(digits) in _CODE_DIGITS:
        around = text[max(0, run.start() - _NEAR) : run.end() + _NEAR]
        if (word := _CODE_WORD.search(around)) and word[0] != "ma":
            return "otp"
    if len(digits) in _SPLIT_ACCOUNT_DIGITS and _near(_ACCOUNT_WORD, text, run):
        return "account"
    return "account" if is_even and lengths[0] == 4 and _is_card(digits) else None


def _meant(typed: str) -> str:
    """The digits that *typed* stands for; "" when most of it is letters."""
    letters = sum(not letter.isdigit() for letter in typed)
    return "" if 2 * letters > len(typed) else typed.translate(_MEANT)


def _near(word: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    return word.search(text, max(0, match.start() - _NEAR), match.end() + _NEAR) is not None


def _is_list(typed: str) -> bool:
    """Whether numbers of different length rise from one to the next: "0 3 6 9 12 15 18"."""
    groups = _GROUP.findall(typed.translate(_MEANT))
    rising = all(int(a) < int(b) for a, b in pairwise(groups))
    return rising and len(groups) > 3 and len(set(map(len, groups))) > 1


def _is_card(digits: str) -> bool:
    """Whether *digits* pass the check digit of ISO/IEC 7812-1 (Luhn)."""
    if len(digits) != _CARD_DIGITS or not digits.isdecimal():
        return False
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(digits)]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
