"""Outcomes counted: shares of lures found and of harmless talks disturbed, group by group.

Every share comes with its 95 % Wilson interval: on 79 messages a point means nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

from notalone.instruments.corpus import Case
from notalone.model import LEVELS, Bilingual, Level, Stage

_Z = NormalDist().inv_cdf(0.975)
Kind = Literal["lures", "harmless"]
# What people are told for the names under which sections and measures are kept.
SECTION_TITLES: Mapping[str, Bilingual] = {
    "lures by set": Bilingual("bẫy, theo bộ", "lures by set"),
    "lures by lure": Bilingual("bẫy, theo kiểu", "lures by lure"),
    "lures by script": Bilingual("bẫy, theo cách gõ", "lures by script"),
    "lures by wanted level": Bilingual("bẫy, theo mức cần báo", "lures by wanted level"),
    "harmless by set": Bilingual("vô hại, theo bộ", "harmless by set"),
    "harmless by nearest lure": Bilingual("vô hại, theo bẫy gần nhất", "harmless by nearest lure"),
    "harmless by script": Bilingual("vô hại, theo cách gõ", "harmless by script"),
}
MEASURES: Mapping[str, Bilingual] = {
    "warned": Bilingual("có nhắc", "warned"),
    "danger": Bilingual("nguy hiểm", "danger"),
    "in_time": Bilingual("kịp lúc", "in time"),
    "high_enough": Bilingual("đủ mức", "level"),
    "named": Bilingual("đúng kiểu", "named"),
    "help": Bilingual("mở lời giúp", "help"),
}
GROUPS: Mapping[str, Bilingual] = {  # scripts and levels; other groups are names of files
    "diacritics": Bilingual("đủ dấu", "diacritics"),
    "none": Bilingual("không dấu", "none"),
    "mixed": Bilingual("xen tiếng Anh", "mixed"),
    "obfuscated": Bilingual("chữ biến dạng", "obfuscated"),
    "english": Bilingual("tiếng Anh", "english"),
    "caution": Bilingual("nên cẩn thận", "caution"),
    "danger": Bilingual("nguy hiểm", "danger"),
    "no_information": Bilingual("chưa đủ để nhắc", "no information"),
}


def group_title(name: str) -> Bilingual:
    """What people are told for the group *name* of a section."""
    return GROUPS.get(name, Bilingual(name, name))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules said about one case."""

    case: Case
    level: Level
    lure: str | None
    warned_at: int | None  # position of the first message with a warning, from 0
    opens_help: bool = False  # the child's own words, so a harmless talk may well do so
    stages: frozenset[Stage] = frozenset()  # of everything seen, also where it is too little
    did_without: bool = False  # something that was made from this very case

    @property
    def is_warned(self) -> bool:
        return self.level != "no_information"

    @property
    def is_danger(self) -> bool:
        return self.level == "danger"

    @property
    def is_in_time(self) -> bool:
        """Warned no later than the message by which an adult would have."""
        if self.warned_at is None:
            return False
        if self.case.by is None:
            return True
        ids = [message.id for message in self.case.messages]
        return self.warned_at <= ids.index(self.case.by)

    @property
    def is_high_enough(self) -> bool:
        return LEVELS.index(self.level) >= LEVELS.index(self.case.at_least)


@dataclass(frozen=True, slots=True)
class Share:
    """*hits* of *of*, with its 95 % interval."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (Wilson 1927), which stays honest near 0 and 1.

        >>> [round(end, 3) for end in Share(0, 110).interval]
        [0.0, 0.034]
        """
        if not self.of:
            return 0.0, 1.0
        spread = _Z * sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2))
        middle = self.value + _Z**2 / (2 * self.of)
        scale = 1 + _Z**2 / self.of
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:6.1%} [{100 * low:.1f}-{100 * high:.1f}] {self.hits}/{self.of}"


@dataclass(frozen=True, slots=True)
class Section:
    """The outcomes of one kind, grouped by one thing."""

    kind: Kind
    by: str
    groups: Mapping[str, Sequence[Outcome]]

    @property
    def name(self) -> str:
        return f"{self.kind} by {self.by}"


_KEYS: tuple[tuple[Kind, str, Callable[[Case], str | None]], ...] = (
    ("lures", "set", lambda case: case.source),
    ("lures", "lure", lambda case: case.lure),
    ("lures", "script", lambda case: case.script),
    ("lures", "wanted level", lambda case: case.at_least),
    ("harmless", "set", lambda case: case.source),
    ("harmless", "nearest lure", lambda case: case.near),
    ("harmless", "script", lambda case: case.script),
)


def sections(outcomes: Iterable[Outcome]) -> list[Section]:
    """*outcomes* grouped in every way there is; what has no name in one of them is left out."""
    known = list(outcomes)
    found = []
    for kind, by, key in _KEYS:
        groups: dict[str, list[Outcome]] = {}
        for outcome in known:
            name = key(outcome.case)
            if name and outcome.case.is_lure == (kind == "lures"):
                groups.setdefault(name, []).append(outcome)
        found.append(Section(kind, by, dict(sorted(groups.items()))))
    return found


def shares(kind: Kind, group: Sequence[Outcome]) -> dict[str, Share]:
    """What is counted of a group. Of lures every share should be high, of the others low."""
    counted = {
        "warned": _share(outcome.is_warned for outcome in group),
        "danger": _share(outcome.is_danger for outcome in group),
    }
    if kind == "harmless":
        counted["help"] = _share(outcome.opens_help for outcome in group)
    else:
        counted["in_time"] = _share(outcome.is_in_time for outcome in group)
        counted["high_enough"] = _share(outcome.is_high_enough for outcome in group)
        counted["named"] = _share(
            outcome.lure == outcome.case.lure
            for outcome in group
            if outcome.case.lure and outcome.is_warned
        )
    return counted


def worst_harmless_set(outcomes: Iterable[Outcome]) -> tuple[str, Share] | None:
    """The harmless set that is disturbed most; None when there is none."""
    for section in sections(outcomes):
        if (section.kind, section.by) == ("harmless", "set") and section.groups:
            counted = {
                name: shares("harmless", group)["warned"] for name, group in section.groups.items()
            }
            return max(counted.items(), key=lambda pair: pair[1].value)
    return None


def _share(answers: Iterable[bool]) -> Share:
    counted = list(answers)
    return Share(sum(counted), len(counted))
