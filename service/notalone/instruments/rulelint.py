"""Checks across rules: does each rule say what it must, and do its examples hold?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notalone.errors import RuleError, RuleLocation
from notalone.folding.text import strip_marks
from notalone.folding.words import fold_text
from notalone.glossary import ANY, Lure
from notalone.model import Bilingual
from notalone.rulebook import Cue, RuleBook
from notalone.rulefile import find_key, find_text

if TYPE_CHECKING:  # spaCy is imported only by whoever runs the examples
    from notalone.detectors.cues import CueDetector

ADDRESS = re.compile(r"https?://[\w.-]+\.\w{2,}(?:/\S*)?")
MIN_MATCH = 2
MIN_NO_MATCH = 1
MAX_LINE_CHARS = 90  # lures.md 4.3: what a card can show
MAX_TITLE_CHARS = 60


def lint(rulebook: RuleBook, *, root: Path) -> list[RuleError]:
    """Everything wrong with the rules that can be told without running them."""
    problems = [*rulebook.errors, *_twice(rulebook, root=root)]
    for cue in rulebook.cues:
        problems += _lint_cue(cue, root=root)
    for lure in rulebook.lures.values():
        problems += _lint_lure(lure, rulebook, root=root)
    for name, signal in rulebook.signals.items():
        at = _at(root / "signals.toml", name, root=root)
        problems += _too_long(signal.why, MAX_LINE_CHARS, what=f"why of {name}", at=at)
        if not signal.weight and not signal.reduces:
            problems.append(
                RuleError(f"{name} weighs nothing", fix="give it weight or reduces", at=at)
            )
    folders = {cue.lure or ANY for cue in rulebook.cues} - {ANY}
    for folder in sorted(folders - set(rulebook.lures)):
        problems.append(
            RuleError(
                "there are cues but no lure.toml",
                fix="add one, like those beside it",
                at=RuleLocation(Path("rules/lures") / folder),
            )
        )
    return problems


def _twice(rulebook: RuleBook, *, root: Path) -> Iterator[RuleError]:
    """Ids that are one where a file system does not tell large from small letters."""
    known: dict[str, Cue] = {}
    for cue in rulebook.cues:
        first = known.setdefault(cue.id.casefold(), cue)
        if first is not cue:
            yield RuleError(
                f"{cue.id} and {first.id} ({first.path.as_posix()}) are one id",
                fix="give this file and its id another name; an id is never used again",
                at=_at(root.parent / cue.path, "id", root=root),
            )


def _lint_cue(cue: Cue, *, root: Path) -> Iterator[RuleError]:
    def problem(key: str, text: str, fix: str) -> RuleError:
        return RuleError(text, fix=fix, at=_at(root.parent / cue.path, key, root=root))

    if len(cue.match) < MIN_MATCH:
        yield problem(
            "match", f"{len(cue.match)} example that must match", f"give at least {MIN_MATCH}"
        )
    if cue.lang == "vi" and not any(text == strip_marks(text) for text in cue.match):
        yield problem(
            "match",
            "no example without marks",
            "add one as people type it in a hurry: khong duoc ke",
        )
    if len(cue.no_match) < MIN_NO_MATCH:
        yield problem(
            "no_match", "no_match is empty", "add one harmless sentence a real person would write"
        )
    if not any(ADDRESS.fullmatch(reference) for reference in cue.references):
        yield problem(
            "references", "no reference with an address", "cite the report or case: https://…"
        )
    counted = Counter(phrase.source for phrase in cue.phrases)
    for phrase in (phrase for phrase, count in counted.items() if count > 1):
        yield problem("phrases", f"{phrase!r} stands twice", "keep one")


def _lint_lure(lure: Lure, rulebook: RuleBook, *, root: Path) -> Iterator[RuleError]:
    path = root / "lures" / lure.id / "lure.toml"
    yield from _too_long(
        lure.title, MAX_TITLE_CHARS, what="title", at=_at(path, "title", root=root)
    )
    at = _at(path, "first_action", root=root)
    yield from _too_long(lure.first_action, MAX_LINE_CHARS, what="first_action", at=at)
    for step in lure.next_steps:
        at = _at(path, "next_steps", root=root)
        yield from _too_long(step, MAX_LINE_CHARS, what="next step", at=at)
    for name in lure.signals:
        if name not in rulebook.signals:
            yield RuleError(
                f"signal {name} is not in signals.toml",
                fix="take one of its names",
                at=_at(path, "signals", root=root),
            )


def _too_long(text: Bilingual, limit: int, *, what: str, at: RuleLocation) -> Iterator[RuleError]:
    for language, line in (("vi", text.vi), ("en", text.en)):
        if len(line) > limit:
            yield RuleError(
                f"{what} ({language}) has {len(line)} characters",
                fix=f"a card can show {limit}",
                at=at,
            )


def run_examples(
    rulebook: RuleBook, detector: CueDetector, *, root: Path
) -> tuple[int, list[RuleError]]:
    """Try every example of every cue, drafts too; (how many were tried, which failed)."""
    tried = 0
    failed: list[RuleError] = []
    for cue in (cue for cue in rulebook.cues if cue.is_tried):
        for texts, must_hit in ((cue.match, True), (cue.no_match, False)):
            for text in texts:
                tried += 1
                if _hits(cue, text, rulebook, detector) != must_hit:
                    failed.append(_failed_example(cue, text, must_hit=must_hit, root=root))
    return tried, failed


def _hits(cue: Cue, text: str, rulebook: RuleBook, detector: CueDetector) -> bool:
    folded = fold_text(text, spelling=rulebook.spelling)
    return any(
        sighting.cue is cue and sighting.dropped is None for sighting in detector.sightings(folded)
    )


def _failed_example(cue: Cue, text: str, *, must_hit: bool, root: Path) -> RuleError:
    source = (root.parent / cue.path).read_text("utf-8")
    return RuleError(
        f"{text!r} {'is not matched by' if must_hit else 'is matched by'} {cue.id}",
        fix="widen a phrase" if must_hit else "narrow the phrase that hits it",
        at=RuleLocation(cue.path, *find_text(source, text)),
    )


def _at(path: Path, key: str, *, root: Path) -> RuleLocation:
    source = path.read_text("utf-8")
    return RuleLocation(path.relative_to(root.parent), *find_key(source, key))
