"""Money, phones, accounts, codes, links and times: things a phrase names by their kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from notalone.folding.amounts import SIGN_OF_SAID_AMOUNT, find_amounts, find_said_amounts
from notalone.folding.digits import (
    SAID_DIGIT,
    SIGN_OF_SAID_PHONE,
    find_codes_and_accounts,
    find_phones,
    find_said_phones,
)
from notalone.folding.weblinks import (
    ENDINGS,
    LABEL,
    LINK_FINDERS,
    OPENED_LINK_FINDERS,
    SHORT_LINK,
    Link,
)

EntityKind = Literal[
    "money", "phone", "account", "otp", "link", "email", "handle", "time", "number"
]
ENTITY_KINDS: tuple[EntityKind, ...] = get_args(EntityKind)

# Most messages hold none of these, and are spared everything below. It starts with one set of
# signs, since `re` runs through text fastest so; words are looked for after a blank or a sign.
_MAY_HOLD = re.compile(
    r"[0-9$€£@ \n\t_.,·•。\])}>(\[{/:;!?\"'“-](?:(?<=[0-9$€£@])|(?<=/)/|www\."
    r"|t(?:ri[ệe]u|[ỷỉ] |răm|ỏi|o(?:day|night))|ng(?:h[ìi]n|[àa]n)|l(?:ít|[ậa]p t[ứu]c)|xị"
    r"|c(?:[ủu](?!\w)|h(?:ai|ục|[ấa]m[ _-]?[a-z]))|dot[ _-]?[a-z]|h(?:[ôo]m )?nay"
    r"|(?:k(?:h[ôo]ng|o)|ba|n[ăa]m|b[ảẩa]y|t[áa]m|ch[íi]n)"
    rf"(?:[\s.,-]+(?:{SAID_DIGIT})(?!\w)){{2}}"
    rf"|a(?:t ?[\])}}]| c[òo]ng)|(?<=[.,·•。\])}}>]) ?(?:{ENDINGS})(?!\w)"
    rf"|(?<=\.){SHORT_LINK}\w)"
)
_EMAIL = re.compile(
    rf"(?<![\w.%+-])[a-z0-9][a-z0-9._%+-]{{0,63}}(?:@{LABEL}(?:\.{LABEL}){{0,3}}\.[a-z]{{2,24}}"
    rf"|(?: ?@ ?| ?[\[({{] ?at ?[\])}}] ?| a (?:còng|cong|móc|moc) ){LABEL}"
    rf"(?:(?: ?\. ?| ?[\[({{] ?(?:\.|dot|chấm) ?[\])}}] ?| (?:chấm|cham|dot) )"
    rf"(?:{ENDINGS})){{1,2}})"
    r"(?![\w-])"
)
# At least three signs: "@nh" is "anh". A call to everybody in a chat names nobody.
_HANDLE = re.compile(
    r"(?<![\w@./])@(?!(?:all|everyone|here|channel|admin)(?!\w))(?=[0-9_.]*[a-z])"
    r"[a-z0-9_](?:[a-z0-9_.]{1,30}[a-z0-9_])(?![\w@])"
)
_TIME = re.compile(
    r"(?<![\w.,])[0-9]{1,2}\s?(?:h|giờ|gio)\s?[0-9]{0,2}(?!\w)"
    r"|(?<![\w.,])[0-9]{1,3}\s?(?:phút|phut|p|tiếng|tieng|ngày|ngay|minutes?|hours?|days?)(?!\w)"
    r"|(?<!\w)(?:hôm nay|hom nay|hnay|ngay lập tức|ngay lap tuc|today|tonight)(?!\w)"
)
# One to ten are words like any other: "2 đứa" is "hai đứa".
_NUMBER = re.compile(
    r"(?<!\w)(?<![0-9][.,])(?!(?:[1-9]|10)(?!\w|[.,][0-9]))[0-9]++(?:[.,][0-9]++)*+(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Entity:
    """*start*/*end* count characters of the clean text.

    *address* is what a disguised link stands for; None where it can be read as it stands.
    """

    kind: EntityKind
    start: int
    end: int
    address: str | None = None


def find_entities(clean: str) -> tuple[Entity, ...]:
    """Every entity of *clean*, in order, without overlap.

    >>> [(e.kind, "ck 500k vào stk 0123456789012"[e.start:e.end])
    ...  for e in find_entities("ck 500k vào stk 0123456789012")]
    [('money', '500k'), ('account', '0123456789012')]
    """
    if _MAY_HOLD.search(" " + clean) is None:
        return ()
    entities: list[Entity] = []
    for sign, find in _FINDERS:
        if sign.search(clean) is None:
            continue
        found = tuple(find(clean))
        if found:
            entities += found
            clean = _hidden(clean, found)
    return tuple(sorted(entities, key=lambda entity: entity.start))


def _hidden(clean: str, found: tuple[Entity, ...]) -> str:
    """*clean* with every one of *found* as a run of signs that nothing else looks for."""
    parts: list[str] = []
    position = 0
    for entity in found:
        parts += clean[position : entity.start], "\0" * (entity.end - entity.start)
        position = entity.end
    return "".join((*parts, clean[position:]))


def _matches_of(kind: EntityKind, pattern: re.Pattern[str]) -> Finder:
    return lambda text: (Entity(kind, *match.span()) for match in pattern.finditer(text))


def _places_of(kind: EntityKind, find: Callable[[str], Iterable[tuple[int, int]]]) -> Finder:
    return lambda text: (Entity(kind, *place) for place in find(text))


def _links_of(find: Callable[[str], Iterable[Link]]) -> Finder:
    return lambda text: (Entity("link", *link) for link in find(text))


def _codes_and_accounts(text: str) -> Iterator[Entity]:
    return (Entity(*found) for found in find_codes_and_accounts(text))


Finder = Callable[[str], Iterable[Entity]]
_DIGIT = re.compile("[0-9]")
_SIGN_OF_MONEY = re.compile("[0-9$€£]")
_SIGN_OF_TIME = re.compile("[0-9]|nay|lập tức|lap tuc|to(?:day|night)")
_SIGN_OF_EMAIL = re.compile(r"@|at ?[\])}]| a c[òo]ng | a m[óo]c ")
# Each with a sign without which it need not look. Finds come in order and never overlap; what one
# has found is hidden from the next.
_FINDERS: tuple[tuple[re.Pattern[str], Finder], ...] = (
    *((sign, _links_of(find)) for sign, find in OPENED_LINK_FINDERS),
    (_SIGN_OF_EMAIL, _matches_of("email", _EMAIL)),
    *((sign, _links_of(find)) for sign, find in LINK_FINDERS),
    (re.compile("@"), _matches_of("handle", _HANDLE)),
    (_DIGIT, _places_of("phone", find_phones)),
    (SIGN_OF_SAID_PHONE, _places_of("phone", find_said_phones)),
    (SIGN_OF_SAID_AMOUNT, _places_of("money", find_said_amounts)),
    (_SIGN_OF_MONEY, _places_of("money", find_amounts)),
    (_SIGN_OF_TIME, _matches_of("time", _TIME)),
    (_DIGIT, _codes_and_accounts),
    (_DIGIT, _matches_of("number", _NUMBER)),
)
