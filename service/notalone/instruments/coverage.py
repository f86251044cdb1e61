"""The coverage map: in which stages of which lures anything is seen, for each way of typing.

A hole is a cell without its letter: labelled conversations of that lure and script are there, and
no cue hits anything of that stage in any of them. Not every lure has every stage in every talk; a
stage that no script shows is where cues are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from notalone.instruments.explain_words import Language, pick
from notalone.instruments.tally import Outcome, Share, group_title
from notalone.model import STAGES, Bilingual, Stage
from notalone.wording import STAGE_NAMES

SCRIPTS = ("diacritics", "none", "teencode", "mixed", "obfuscated", "english")
_LETTERS: Mapping[Stage, str] = {
    "contact": "C",
    "trust": "T",
    "isolate": "I",
    "secrecy": "S",
    "demand": "D",
}
_NOT_SEEN = "·"
_HEAD = Bilingual("BẢN ĐỒ: DẤU HIỆU THẤY Ở BƯỚC NÀO", "COVERAGE: STAGES IN WHICH ANYTHING IS SEEN")
_ANY = Bilingual("có dấu hiệu", "any cue")
_LEGEND = Bilingual(
    "Mỗi ô: chữ của bước có dấu hiệu trong ít nhất một cuộc, · là chưa thấy; số cuộc trong ô.",
    "Each cell: letters of the stages seen in at least one conversation, · where nothing is;"
    " how many conversations there are.",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """The conversations of one lure in one script."""

    stages: frozenset[Stage]
    conversations: int

    def __str__(self) -> str:
        letters = "".join(_LETTERS[s] if s in self.stages else _NOT_SEEN for s in STAGES)
        return f"{letters} {self.conversations}"


Map = Mapping[str, Mapping[str, Cell]]  # lure → script → cell


def coverage(outcomes: Iterable[Outcome]) -> Map:
    """The cells that hold conversations."""
    groups: dict[str, dict[str, list[Outcome]]] = {}
    for outcome in outcomes:
        lure, script = outcome.case.lure, outcome.case.script
        if outcome.case.is_lure and lure and script:
            groups.setdefault(lure, {}).setdefault(script, []).append(outcome)
    return {
        lure: {
            script: Cell(frozenset[Stage]().union(*(o.stages for o in some)), len(some))
            for script, some in sorted(scripts.items())
        }
        for lure, scripts in sorted(groups.items())
    }


def lines_of(outcomes: Iterable[Outcome], *, language: Language = "vi") -> Iterator[str]:
    """The map for people: a row a lure, a column a script."""
    known = [outcome for outcome in outcomes if outcome.case.is_lure and outcome.case.lure]
    found = coverage(known)
    scripts = [s for s in SCRIPTS if any(s in row for row in found.values())]
    titles = [pick(group_title(script), language) for script in scripts]
    widths = [
        2 + max([len(title), *(len(str(row.get(script, ""))) for row in found.values())])
        for script, title in zip(scripts, titles, strict=True)
    ]
    first = 2 + max(map(len, (pick(_HEAD, language), *found)))
    yield (
        f"{pick(_HEAD, language):{first}}"
        + "".join(f"{title:{width}}" for title, width in zip(titles, widths, strict=True))
        + pick(_ANY, language)
    )
    for lure, row in found.items():
        of_lure = [outcome for outcome in known if outcome.case.lure == lure]
        cells = (f"{row.get(s, '')!s:{w}}" for s, w in zip(scripts, widths, strict=True))
        seen = Share(sum(bool(outcome.stages) for outcome in of_lure), len(of_lure))
        yield f"{'  ' + lure:{first}}{''.join(cells)}{seen.hits}/{seen.of}"
    yield pick(_LEGEND, language)
    yield "  ".join(f"{_LETTERS[stage]} {pick(STAGE_NAMES[stage], language)}" for stage in STAGES)


def table_for_programs(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """The same, as JSON can hold it."""
    return {
        lure: {
            script: {
                "conversations": cell.conversations,
                "stages": [stage for stage in STAGES if stage in cell.stages],
            }
            for script, cell in row.items()
        }
        for lure, row in coverage(outcomes).items()
    }
