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
    named = {problem.at for problem in rulebook.errors}  # a key that is missing is told once
    for cue in rulebook.refused:
        problems += [each for each in _lint_cue(cue, root=root) if each.at not in named]
    for lure in rulebook.lures.values():
        problems += _lint_lure(lure, rulebook, root=root)
    for name, signal in rulebook.signals.items():
        at = _at(root / "signals.toml", name, root=root)
        what = Bilingual(f"why của {name}", f"why of {name}")
        problems += _too_long(signal.why, MAX_LINE_CHARS, what=what, at=at)
        if not signal.weight and not signal.reduces:
            problems.append(
                RuleError(
                    Bilingual(f"{name} không có điểm nào", f"{name} weighs nothing"),
                    fix=Bilingual("thêm weight hoặc reduces", "give it weight or reduces"),
                    at=at,
                )
            )
    folders = {cue.lure or ANY for cue in rulebook.cues} - {ANY}
    for folder in sorted(folders - set(rulebook.lures)):
        problems.append(
            RuleError(
                Bilingual("có mẫu câu mà thiếu lure.toml", "there are cues but no lure.toml"),
                fix=Bilingual(
                    "thêm tệp ấy, như các thư mục bên cạnh", "add one, like those beside it"
                ),
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
            place = first.path.as_posix()
            yield RuleError(
                Bilingual(
                    f"{cue.id} và {first.id} ({place}) trùng id",
                    f"{cue.id} and {first.id} ({place}) are one id",
                ),
                fix=Bilingual(
                    "đổi tên tệp này và id của nó; id đã dùng thì không dùng lại",
                    "give this file and its id another name; an id is never used again",
                ),
                at=_at(root.parent / cue.path, "id", root=root),
                beside=first.path,
            )


def _lint_cue(cue: Cue, *, root: Path) -> Iterator[RuleError]:
    def problem(key: str, text: Bilingual, fix: Bilingual) -> RuleError:
        return RuleError(text, fix=fix, at=_at(root.parent / cue.path, key, root=root))

    if len(cue.match) < MIN_MATCH:
        count = len(cue.match)
        yield problem(
            "match",
            Bilingual(f"match mới có {count} câu", f"{count} example that must match"),
            Bilingual(f"viết ít nhất {MIN_MATCH} câu phải nhận ra", f"give at least {MIN_MATCH}"),
        )
    if cue.lang == "vi" and not any(text == strip_marks(text) for text in cue.match):
        yield problem(
            "match",
            Bilingual("match chưa có câu nào gõ không dấu", "no example without marks"),
            Bilingual(
                "thêm một câu như khi gõ vội: khong duoc ke",
                "add one as people type it in a hurry: khong duoc ke",
            ),
        )
    if len(cue.no_match) < MIN_NO_MATCH:
        yield problem(
            "no_match",
            Bilingual("no_match còn trống", "no_match is empty"),
            Bilingual(
                "thêm một câu vô hại mà người thật vẫn viết",
                "add one harmless sentence a real person would write",
            ),
        )
    if not any(ADDRESS.fullmatch(reference) for reference in cue.references):
        yield problem(
            "references",
            Bilingual("references chưa có địa chỉ nào", "no reference with an address"),
            Bilingual(
                "ghi nguồn, bài báo hoặc vụ việc: https://…", "cite the report or case: https://…"
            ),
        )
    counted = Counter(phrase.source for phrase in cue.phrases)
    for phrase in (phrase for phrase, count in counted.items() if count > 1):
        yield problem(
            "phrases",
            Bilingual(f"{phrase!r} có hai lần", f"{phrase!r} stands twice"),
            Bilingual("giữ một", "keep one"),
        )


def _lint_lure(lure: Lure, rulebook: RuleBook, *, root: Path) -> Iterator[RuleError]:
    path = root / "lures" / lure.id / "lure.toml"
    yield from _too_long(
        lure.title, MAX_TITLE_CHARS, what=_named("title"), at=_at(path, "title", root=root)
    )
    at = _at(path, "first_action", root=root)
    yield from _too_long(lure.first_action, MAX_LINE_CHARS, what=_named("first_action"), at=at)
    for step in lure.next_steps:
        at = _at(path, "next_steps", root=root)
        yield from _too_long(step, MAX_LINE_CHARS, what=_named("next_steps"), at=at)
    for name in lure.signals:
        if name not in rulebook.signals:
            yield RuleError(
                Bilingual(
                    f"không có dấu hiệu {name} trong signals.toml",
                    f"signal {name} is not in signals.toml",
                ),
                fix=Bilingual("chọn một tên ở đó", "take one of its names"),
                at=_at(path, "signals", root=root),
            )


def _named(key: str) -> Bilingual:
    return Bilingual(key, key)


def _too_long(
    text: Bilingual, limit: int, *, what: Bilingual, at: RuleLocation
) -> Iterator[RuleError]:
    for language, line in (("vi", text.vi), ("en", text.en)):
        if len(line) > limit:
            yield RuleError(
                Bilingual(
                    f"{what.vi} ({language}) dài {len(line)} ký tự",
                    f"{what.en} ({language}) has {len(line)} characters",
                ),
                fix=Bilingual(f"rút còn {limit} cho vừa thẻ", f"a card can show {limit}"),
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
    at = RuleLocation(cue.path, *find_text(source, text))
    if must_hit:
        missed = Bilingual(
            f"{cue.id} không nhận ra {text!r}", f"{text!r} is not matched by {cue.id}"
        )
        return RuleError(missed, fix=Bilingual("nới một cụm từ", "widen a phrase"), at=at)
    return RuleError(
        Bilingual(f"{cue.id} nhận nhầm {text!r}", f"{text!r} is matched by {cue.id}"),
        fix=Bilingual("thu hẹp cụm từ đã khớp với câu này", "narrow the phrase that hits it"),
        at=at,
    )


def _at(path: Path, key: str, *, root: Path) -> RuleLocation:
    source = path.read_text("utf-8")
    return RuleLocation(path.relative_to(root.parent), *find_key(source, key))
