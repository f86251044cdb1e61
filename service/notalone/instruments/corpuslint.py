"""Cues that speak up in harmless talks, where a checkout has the labelled conversations.

A hit alone disturbs nobody, for the judge wants more than one; so only what weighs much or comes
often is told. What harmless talks make of all the rules together is for `notalone score`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from notalone.detectors.cues import CueDetector
from notalone.errors import RuleError, RuleLocation
from notalone.folding.words import fold_text
from notalone.instruments.corpus import Case
from notalone.levels import THRESHOLDS
from notalone.model import Bilingual
from notalone.rulebook import Cue, RuleBook
from notalone.rulefile import find_key

HEAVY = 3  # one signal more, and a family sees a card
OFTEN = 3  # harmless talks


_ALONE = (
    Bilingual("một mình đã báo nguy hiểm trong", "alone shows danger in"),
    Bilingual(
        "thu hẹp cụm từ, và đưa những chữ này vào no_match",
        "narrow the phrase, and put these words into no_match",
    ),
)
_OPENS_HELP = (
    Bilingual("mở lời giúp trong", "opens help in"),
    Bilingual(
        "nếu bạn trẻ kể đúng chuyện bị hại thì để nguyên, không thì thu hẹp cụm từ",
        "leave it when the child does tell of harm there, or narrow the phrase",
    ),
)
_HITS = (
    Bilingual("khớp trong", "hits"),
    Bilingual(
        "thu hẹp cụm từ; nếu lời lừa và lời thường đều viết vậy thì để nguyên",
        "narrow the phrase, or leave it when both would be written so",
    ),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """*cue* in a harmless talk; *weight* is what is left of it there."""

    cue: Cue
    talk: str
    words: str
    weight: int


def hits_of(
    files: Collection[Path], rulebook: RuleBook, cases: Iterable[Case]
) -> dict[str, list[Hit]]:
    """As `harmless_hits`, of the cues in *files* alone: much quicker, and the same for them."""
    kept = tuple(
        cue
        for cue in rulebook.cues
        if cue.path in files or rulebook.signals[cue.signal].reduces  # what lowers the others
    )
    small = replace(rulebook, cues=kept)
    hits = harmless_hits(small, CueDetector(small, with_drafts=True), cases)
    return {name: found for name, found in hits.items() if found[0].cue.path in files}


def harmless_hits(
    rulebook: RuleBook, detector: CueDetector, cases: Iterable[Case]
) -> dict[str, list[Hit]]:
    """Cue id → its hits in the harmless ones of *cases* that nothing takes back.

    Held-out cases are left out: whoever read what hits there would be tuning to them.
    """
    hits: dict[str, list[Hit]] = defaultdict(list)
    for case in cases:
        if case.is_lure or case.is_held_out:
            continue
        for message in case.messages:
            folded = fold_text(message.text, spelling=rulebook.spelling)
            for sighting in detector.sightings(folded):
                signal = rulebook.signals[sighting.cue.signal]
                if sighting.dropped or not signal.may_stand_in(from_me=message.from_me):
                    continue
                words = message.text[slice(*folded.place(sighting.start, sighting.end))]
                hit = Hit(sighting.cue, case.id, words, sighting.reduced_weight)
                if signal.opens_help or hit.weight > 0:
                    hits[hit.cue.id].append(hit)
    return hits


def lint_hits(
    hits: Mapping[str, list[Hit]], rulebook: RuleBook, *, root: Path
) -> tuple[list[RuleError], list[RuleError]]:
    """(what would show a card by itself, what is worth a look), the heaviest and most often first.

    A draft is measured like the others: better now than when somebody relies on it.
    """
    mistakes: list[RuleError] = []
    notes: list[RuleError] = []
    ordered = sorted(
        hits.values(),
        key=lambda found: (-max(h.weight for h in found), -len(found), found[0].cue.id),
    )
    for found in ordered:
        heaviest = max(found, key=lambda hit: hit.weight)
        talks = list(dict.fromkeys(hit.talk for hit in found))
        if heaviest.weight >= THRESHOLDS.danger_alone:
            mistakes.append(_told(_ALONE, found, heaviest, talks, root=root))
        elif rulebook.signals[heaviest.cue.signal].opens_help:
            notes.append(_told(_OPENS_HELP, found, heaviest, talks, root=root))
        elif heaviest.weight >= HEAVY or len(talks) >= OFTEN:
            notes.append(_told(_HITS, found, heaviest, talks, root=root))
    return mistakes, notes


def _told(
    what_and_fix: tuple[Bilingual, Bilingual],
    found: list[Hit],
    heaviest: Hit,
    talks: list[str],
    *,
    root: Path,
) -> RuleError:
    what, fix = what_and_fix
    cue, count = heaviest.cue, len(talks)
    named = ", ".join(
        f"{talk} ({next(hit.words for hit in found if hit.talk == talk)!r})" for talk in talks[:3]
    )
    named += ", …" if count > 3 else ""
    place = find_key((root.parent / cue.path).read_text("utf-8"), "phrases")
    return RuleError(
        Bilingual(
            f"{cue.id} ({heaviest.weight} điểm) {what.vi} {count} cuộc trò chuyện vô hại: {named}",
            f"{cue.id} (weight {heaviest.weight}) {what.en} {count} harmless"
            f" {'talk' if count == 1 else 'talks'}: {named}",
        ),
        fix=fix,
        at=RuleLocation(cue.path, *place),
    )
