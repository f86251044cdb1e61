"""Phrases that do nothing: that can never match, or only match what another phrase says already.

Proved by trying. Each phrase becomes a cue of its own, is written out in the words it stands for,
and the engine itself says which phrases hit those words.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from notalone.detectors.cues import CueDetector, Sighting
from notalone.errors import RuleError, RuleLocation
from notalone.folding.text import strip_marks
from notalone.folding.words import fold_text
from notalone.instruments.samples import (
    Row,
    Slot,
    all_rows,
    covering_rows,
    rows_with,
    slots_of,
    write_out,
)
from notalone.model import Bilingual
from notalone.phrase_language import parse_phrase
from notalone.phrases import GAP_WORDS, Choice, Phrase
from notalone.rulebook import Cue, RuleBook
from notalone.rulefile import find_text, shown_path

_TRIES = 48  # texts in which an alternative may show that it works
_NAMED_CUES = _NAMED_PHRASES = 3
_PROOF = 400  # texts on which one phrase must say all that another says


@dataclass(frozen=True)
class _Entry:
    """One phrase of one cue. *id* is what the engine knows it by."""

    id: str
    cue: Cue
    phrase: Phrase

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return slots_of(self.phrase.source)


def lint_phrases(
    rulebook: RuleBook, *, root: Path, only: AbstractSet[Path] | None = None
) -> tuple[list[RuleError], list[RuleError]]:
    """(every dead alternative and shadowed phrase, what is worth a look), in the files' order.

    *only*: what concerns the cues in these files, as if all were tried, and nothing else.
    """
    if only is not None:
        among, _ = lint_phrases(_related(rulebook, only), root=root)
        asked = tuple(cue for cue in rulebook.cues if cue.path in only)
        trial = _Trial(replace(rulebook, cues=asked))
        notes = [note for cue in asked for note in _unproved_of(cue, trial)]
        return [mistake for mistake in among if mistake.concerns(only)], notes
    trial = _Trial(rulebook)
    mistakes: list[RuleError] = []
    shadowed: set[str] = set()  # two that say the same: one of them stays
    for entry in trial.entries.values():
        dead = list(trial.dead_alternatives(entry))
        if dead:
            mistakes += _dead(entry, dead, trial, root=root)
        elif (other := trial.shadow_of(entry, but_not=shadowed)) is not None:
            shadowed.add(entry.id)
            mistakes.append(_shadowed(entry, other, root=root))
    doubts = tuple(replace(cue, phrases=cue.unless) for cue in rulebook.cues if cue.unless)
    trial_of_doubts = _Trial(replace(rulebook, cues=doubts))
    for entry in trial_of_doubts.entries.values():
        dead = list(trial_of_doubts.dead_alternatives(entry))
        mistakes += _dead(entry, dead, trial_of_doubts, root=root)
    return mistakes, list(_unproved(rulebook, trial, root=root))


def _related(rulebook: RuleBook, only: AbstractSet[Path]) -> RuleBook:
    """The cues in *only*, those they may shadow or be shadowed by, and those that lower others."""
    kinds = {(cue.lure, cue.signal) for cue in rulebook.cues if cue.path in only}
    related = (
        cue
        for cue in rulebook.cues
        if (cue.lure, cue.signal) in kinds or rulebook.signals[cue.signal].reduces
    )
    return replace(rulebook, cues=tuple(related))


class _Trial:
    """The engine with every phrase as a cue of its own."""

    def __init__(self, rulebook: RuleBook) -> None:
        self._spelling = rulebook.spelling
        self._known: dict[str, tuple[str, ...]] = {}
        self.entries = {
            f"{cue.id}#{number}": _Entry(f"{cue.id}#{number}", cue, phrase)
            for cue in rulebook.cues
            if cue.is_tried
            for number, phrase in enumerate(cue.phrases)
        }
        cues = tuple(
            replace(entry.cue, id=entry.id, phrases=(entry.phrase,))
            for entry in self.entries.values()
        )
        self._engine = CueDetector(replace(rulebook, cues=cues), with_drafts=True)

    def dead_alternatives(self, entry: _Entry) -> Iterator[tuple[int, int]]:
        """(slot, way) of each alternative that is in no text the phrase hits."""
        slots = entry.slots
        waiting = {
            (i, way) for i, slot in enumerate(slots) for way in range(len(slot.alternatives))
        }
        for row in covering_rows(slots):
            if waiting.isdisjoint(enumerate(row)) or not self._hits_itself(entry, row):
                continue
            waiting.difference_update(enumerate(row))
        for place, way in sorted(waiting):
            rows = rows_with(slots, place, way, limit=_TRIES)
            if not any(self._hits_itself(entry, row) for row in rows):
                yield place, way

    def shadow_of(self, entry: _Entry, *, but_not: AbstractSet[str]) -> _Entry | None:
        """A phrase that hits wherever *entry* does, with no less weight; None if none does."""
        rivals: set[str] | None = None
        for text, near in self._proof_texts(entry):
            seen = self._sightings(text, near)
            own = [sighting for sighting in seen if sighting.cue.id == entry.id]
            if not own:
                continue
            says_more = {
                sighting.cue.id
                for sighting in seen
                if sighting.cue.id not in but_not
                and self._may_shadow(self.entries[sighting.cue.id], entry)
                and all(_is_no_less(sighting, other) for other in own)
            }
            rivals = says_more if rivals is None else rivals & says_more
            if not rivals:
                return None
        return self.entries[min(rivals)] if rivals else None

    def _proof_texts(self, entry: _Entry) -> Iterator[tuple[str, str]]:
        slots = entry.slots
        has_gap = not all(slot.alternatives for slot in slots)
        for row in chain(covering_rows(slots), all_rows(slots, limit=_PROOF)):
            for gap_words in (0, GAP_WORDS) if has_gap else (0,):
                text, near = write_out(slots, row, gap_words=gap_words)
                yield text, near
                if not entry.cue.exact:
                    yield strip_marks(text), near

    def _may_shadow(self, other: _Entry, entry: _Entry) -> bool:
        """Whether *other* stands for the same thing: then one of the two is enough."""
        if other is entry or other.cue.signal != entry.cue.signal:
            return False
        if entry.cue.is_active and not other.cue.is_active:
            return False
        pardons = {phrase.source for phrase in other.cue.unless}
        return other.cue.lure == entry.cue.lure and pardons <= {
            phrase.source for phrase in entry.cue.unless
        }

    def _hits_itself(self, entry: _Entry, row: Row) -> bool:
        text, near = write_out(entry.slots, row)
        meant = self._meant(entry, row)
        if self._words(f"{text} . {near}")[: len(meant)] == meant:
            return True  # nearly always, and a hundred times quicker than to ask the engine
        return any(
            sighting.cue.id == entry.id
            for gap_words in (0, 1)
            for sighting in self._sightings(*write_out(entry.slots, row, gap_words=gap_words))
        )

    def _meant(self, entry: _Entry, row: Row) -> list[str]:
        """The words that *row* is in the rule."""
        texts = (slot.written(way) for slot, way in zip(entry.slots, row, strict=True))
        return [word for text in texts if text for word in self._rule_words(text)]

    def _rule_words(self, text: str) -> tuple[str, ...]:
        if text not in self._known:
            parts = parse_phrase(text, short_forms=self._spelling.always).parts
            runs = (run for part in parts if isinstance(part, Choice) for run in part.runs)
            self._known[text] = tuple(word for run in runs for word in run)
        return self._known[text]

    def _words(self, text: str) -> list[str]:
        return [word.marked for word in fold_text(text, spelling=self._spelling).words]

    def _sightings(self, text: str, near: str) -> list[Sighting]:
        """What hits *text* itself, not the words that stand near it only for its numbers' sake."""
        folded = fold_text(f"{text} . {near}" if near else text, spelling=self._spelling)
        return [
            sighting
            for sighting in self._engine.sightings(folded)
            if folded.place(sighting.start, sighting.end)[1] <= len(text)
        ]

    def unproved(self, cue: Cue) -> list[Phrase]:
        """The phrases of *cue* that none of its own examples hits."""
        hit = {sighting.cue.id for text in cue.match for sighting in self._sightings(text, "")}
        return [
            phrase for number, phrase in enumerate(cue.phrases) if f"{cue.id}#{number}" not in hit
        ]

    def how_read(self, entry: _Entry, place: int, way: int) -> Bilingual:
        """Why that alternative never matches: how it is read, alone or beside the other words."""
        text = entry.slots[place].alternatives[way]
        read = self._words(text)
        if read == list(self._rule_words(text)):
            row = next(rows_with(entry.slots, place, way, limit=_TRIES))
            text = write_out(entry.slots, row)[0]
            read = self._words(text)
        taken = " ".join(read)
        return Bilingual(f"{text!r} được đọc là {taken!r}", f"{text!r} is read as {taken!r}")


def _is_no_less(other: Sighting, own: Sighting) -> bool:
    return (
        other.weight >= own.weight
        and other.reduced_weight >= own.reduced_weight
        and other.dropped in (None, own.dropped)
    )


def _dead(
    entry: _Entry, dead: list[tuple[int, int]], trial: _Trial, *, root: Path
) -> Iterator[RuleError]:
    """An error for each, or one for the whole phrase when nothing is left of it."""
    needed = (
        {(place, way) for way in range(len(slot.alternatives))}
        for place, slot in enumerate(entry.slots)
        if slot.alternatives and not slot.is_optional
    )
    is_whole = any(ways <= set(dead) for ways in needed)
    for place, way in dead[:1] if is_whole else dead:
        slot = entry.slots[place]
        text, column = (
            (entry.phrase.source, 1) if is_whole else (slot.alternatives[way], slot.columns[way])
        )
        read = trial.how_read(entry, place, way)
        yield RuleError(
            Bilingual(
                f"{text!r} không bao giờ khớp: {read.vi}", f"{text!r} can never match: {read.en}"
            ),
            fix=Bilingual(
                "viết đúng như nó được đọc, hoặc bỏ đi", "write it as it is read, or take it out"
            ),
            at=_at(entry, column, root=root),
        )


def _shadowed(entry: _Entry, other: _Entry, *, root: Path) -> RuleError:
    own, wider = entry.phrase.source, other.phrase.source
    place = _at(other, 1, root=root)
    return RuleError(
        Bilingual(
            f"{own!r} không tìm thêm được gì ngoài {wider!r} ({place})",
            f"{own!r} says nothing that {wider!r} does not say already ({place})",
        ),
        fix=Bilingual("bỏ đi", "take it out"),
        at=_at(entry, 1, root=root),
        beside=other.cue.path,
    )


_GIVE_EXAMPLES = Bilingual("thêm câu ví dụ, hoặc bỏ cụm từ", "give them examples, or take them out")


def _unproved_of(cue: Cue, trial: _Trial) -> Iterator[RuleError]:
    """The phrases of *cue* that no example of it hits, the first few by name."""
    if cue.is_tried and (unproved := trial.unproved(cue)):
        named = ", ".join(repr(phrase.source) for phrase in unproved[:_NAMED_PHRASES])
        named += ", …" if len(unproved) > _NAMED_PHRASES else ""
        count = f"{len(unproved)}/{len(cue.phrases)}"
        yield RuleError(
            Bilingual(
                f"{count} cụm từ chưa có câu ví dụ nào khớp: {named}",
                f"{count} phrases are hit by no example: {named}",
            ),
            fix=_GIVE_EXAMPLES,
            at=RuleLocation(cue.path),
        )


def _unproved(rulebook: RuleBook, trial: _Trial, *, root: Path) -> Iterator[RuleError]:
    """One line for all of them: more than a count would bury what matters."""
    counted = {cue.id: len(trial.unproved(cue)) for cue in rulebook.cues if cue.is_tried}
    if total := sum(counted.values()):
        most = sorted(counted, key=lambda cue: (-counted[cue], cue))[:_NAMED_CUES]
        named = ", ".join(f"{cue} ({counted[cue]})" for cue in most if counted[cue])
        yield RuleError(
            Bilingual(
                f"{total} trong {len(trial.entries)} cụm từ chưa có câu ví dụ nào khớp, nhiều nhất"
                f" ở {named}",
                f"{total} of {len(trial.entries)} phrases are hit by no example of their cue, most"
                f" in {named}",
            ),
            fix=_GIVE_EXAMPLES,
            at=RuleLocation(shown_path(root / "lures", root=root)),
        )


def _at(entry: _Entry, column: int, *, root: Path) -> RuleLocation:
    path = entry.cue.path
    line, first = find_text((root.parent / path).read_text("utf-8"), entry.phrase.source)
    return RuleLocation(path, line, first + column - 1)
