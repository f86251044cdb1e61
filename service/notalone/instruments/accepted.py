"""The accepted score: how much was found and disturbed when somebody last looked and agreed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import msgspec

from notalone.errors import SetupError
from notalone.instruments.tally import (
    GROUPS,
    MEASURES,
    SECTION_TITLES,
    Outcome,
    Share,
    group_title,
    sections,
    shares,
)
from notalone.model import Bilingual, Level

FILE = "accepted.json"  # beside the conversations it speaks of
# Which shares must not get worse, and which way worse is.
_WATCHED = {
    "lures": {"warned": 1, "in_time": 1, "high_enough": 1},
    "harmless": {"warned": -1, "danger": -1},
}

Counts = Mapping[str, Share]
Groups = dict[str, dict[str, Counts]]  # "lures by script" → "teencode" → "warned" → share
Levels = dict[str, dict[str, Level]]  # "corpus: lure" → "grooming/one" → "caution"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Shares group by group, which must not get worse, and every level, to say what moved."""

    groups: Groups
    levels: Levels


@dataclass(frozen=True, slots=True)
class Change:
    """A share that is not what was accepted. *cases* > 0 are so many better, < 0 worse."""

    section: str
    group: str
    measure: str
    before: Share
    now: Share
    cases: Fraction

    @property
    def is_worse(self) -> bool:
        return self.cases < 0

    @property
    def told(self) -> Bilingual:
        """The change in one line."""
        cases = abs(round(float(self.cases), 1))
        counts = f"{self.before.hits}/{self.before.of} → {self.now.hits}/{self.now.of}"
        title, group = SECTION_TITLES[self.section], group_title(self.group)
        return Bilingual(
            f"{title.vi}, {group.vi}: {MEASURES[self.measure].vi} {counts}"
            f" ({'kém đi' if self.is_worse else 'tốt hơn'} {cases:g} cuộc)",
            f"{title.en}, {group.en}: {self.measure.replace('_', ' ')} {counts}"
            f" ({cases:g} {'case' if cases == 1 else 'cases'}"
            f" {'worse' if self.is_worse else 'better'})",
        )


@dataclass(frozen=True, slots=True)
class Move:
    """A conversation that is not judged as it was."""

    case: str
    before: Level
    now: Level

    @property
    def told(self) -> Bilingual:
        """The move in one line."""
        before, now = GROUPS[self.before], GROUPS[self.now]
        return Bilingual(
            f"{self.case}: {before.vi} → {now.vi}", f"{self.case}: {before.en} → {now.en}"
        )


def to_accept(outcomes: Sequence[Outcome]) -> Accepted:
    """What of *outcomes* is kept and compared."""
    groups: Groups = {
        section.name: {
            name: {
                measure: share
                for measure, share in shares(section.kind, group).items()
                if measure in _WATCHED[section.kind]
            }
            for name, group in section.groups.items()
        }
        for section in sections(outcomes)
    }
    levels: Levels = {}
    for outcome in outcomes:
        levels.setdefault(outcome.case.source, {})[outcome.case.id] = outcome.level
    return Accepted(groups, levels)


def moves(before: Levels, now: Levels) -> list[Move]:
    """The conversations whose level changed; new ones are none of them."""
    return [
        Move(case, before[name][case], level)
        for name, levels in now.items()
        for case, level in levels.items()
        if before.get(name, {}).get(case, level) != level
    ]


def compare(before: Groups, now: Groups) -> list[Change]:
    """What changed in the groups that both have, in their order; measured in cases of today."""
    changes = []
    for section, groups in now.items():
        directions = _WATCHED[section.split()[0]]
        for name, counts in groups.items():
            for measure, share in counts.items():
                old = before.get(section, {}).get(name, {}).get(measure)
                if old is None or not old.of:
                    continue
                cases = share.hits - Fraction(old.hits * share.of, old.of)
                if cases:
                    better = cases * directions[measure]
                    changes.append(Change(section, name, measure, old, share, better))
    return changes


def read_accepted(path: Path) -> Accepted | None:
    """What *path* holds; None when there is no such file.

    Raises: SetupError when it cannot be read.
    """
    try:
        written = msgspec.json.decode(path.read_bytes(), type=_Written)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as problem:
        raise SetupError(f"{path}: {problem}; write it anew: notalone score --accept") from None
    groups: Groups = {
        section: {
            name: {measure: Share(*counts) for measure, counts in measures.items()}
            for name, measures in found.items()
        }
        for section, found in written.groups.items()
    }
    return Accepted(groups, written.levels)


def write_accepted(path: Path, accepted: Accepted) -> None:
    """Keep *accepted*: sorted, one group or conversation a line, so that a diff can be read."""
    groups = {
        section: {
            name: {measure: [share.hits, share.of] for measure, share in sorted(counts.items())}
            for name, counts in found.items()
        }
        for section, found in accepted.groups.items()
    }
    lines = ("{", '"groups": {', _lines(groups), "},", '"levels": {', _lines(accepted.levels), "}}")
    path.write_text("\n".join(lines) + "\n", "utf-8")


class _Written(msgspec.Struct, frozen=True):
    groups: dict[str, dict[str, dict[str, tuple[int, int]]]]
    levels: dict[str, dict[str, Level]]


def _lines(block: Mapping[str, Mapping[str, object]]) -> str:
    return ",\n".join(
        f"  {_json(name)}: {{\n"
        + ",\n".join(f"    {_json(key)}: {_json(value)}" for key, value in sorted(rows.items()))
        + "\n  }"
        for name, rows in sorted(block.items())
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
