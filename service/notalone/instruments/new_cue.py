"""`notalone rules new`: a cue by question and answer, written as a draft and tried.

The questions stand in Vietnamese with English beside them.
"""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from notalone.folding.text import strip_marks
from notalone.instruments import cue_answers as answers
from notalone.instruments.cue_file import NewCue, write_cue
from notalone.instruments.interview import Ask, Interview, Tell, Wanted
from notalone.instruments.rulelint import MIN_MATCH, MIN_NO_MATCH, lint, run_examples
from notalone.phrases import Phrase
from notalone.rulebook import RuleBook, load_rulebook

WRITTEN, REFUSED, MISSING = 0, 1, 2  # exit statuses


@dataclass(frozen=True, slots=True)
class Given:
    """What stood on the command line; None and () are asked for."""

    lure: str | None = None
    signal: str | None = None
    name: str | None = None
    lang: str | None = None
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


def new_cue(
    given: Given,
    *,
    root: Path,
    ask: Ask | None,
    tell: Tell = print,
    today: Callable[[], datetime.date] = datetime.date.today,
) -> int:
    """Gather a cue, write it below *root* as a draft and try its examples.

    *ask* is None in a pipe. Returns 0 written, 1 an answer was refused, 2 something is missing.
    Raises: SetupError when the file cannot be written.
    """
    interview = Interview(ask, tell)
    try:
        cue = _gather(given, load_rulebook(root), root, interview)
    except EOFError:
        tell("\nChưa ghi gì cả. / Nothing was written.")
        return REFUSED
    if cue is None:
        return REFUSED if interview.was_refused else MISSING
    path = write_cue(cue, root=root, added=today())
    return _report(cue, path, root, tell)


def _gather(given: Given, book: RuleBook, root: Path, interview: Interview) -> NewCue | None:
    """Every answer, or None when one is missing or wrong and nobody can be asked."""
    lures = answers.lures_in_order(book)
    folder = interview.one(
        "--lure",
        "Kiểu bẫy nào? Gõ số hoặc tên. / Which lure? A number or a name",
        given.lure,
        partial(answers.choice, names=lures),
        choices=lambda: answers.lure_list(lures, book),
    )
    signals = answers.signals_in_order(book, folder or "")
    signal = interview.one(
        "--signal",
        "Câu này cho thấy điều gì? Gõ số hoặc tên. / What does it show? A number or a name",
        given.signal,
        partial(answers.choice, names=signals),
        choices=lambda: answers.signal_list(signals, book.signals),
    )
    phrases = interview.many(
        "--phrase",
        "Cụm từ cần tìm, chữ thường, đủ dấu; (a|b) là chọn một, … là tối đa bốn từ"
        "\n/ Phrase, lower case, all marks; (a|b) is a choice, … is up to four words",
        given.phrases,
        partial(answers.phrase, book=book, is_anchored=True),
        wanted=Wanted(),
    )
    lang = _language(given, phrases, interview)
    trial = answers.Trial(book, phrases, lang=lang) if phrases and lang else None
    match = interview.many(
        "--match",
        "Một câu phải nhận ra / A sentence that must match",
        given.match,
        partial(answers.example, trial=trial, must_hit=True),
        wanted=_MATCH if lang == "vi" else Wanted(at_least=MIN_MATCH),
    )
    no_match = interview.many(
        "--no-match",
        "Một câu vô hại, gần giống, không được nhận nhầm"
        " / A harmless sentence like it that must not match",
        given.no_match,
        partial(answers.example, trial=trial, must_hit=False),
        wanted=Wanted(at_least=MIN_NO_MATCH),
    )
    unless = interview.many(
        "--unless",
        "Từ làm nhẹ đi khi đứng cùng câu (sinh nhật, phim), nếu có"
        " / Words that lower it in the same sentence, if any",
        given.unless,
        partial(answers.phrase, book=book, is_anchored=False),
        wanted=Wanted(at_least=0),
    )
    references = interview.many(
        "--reference",
        "Nguồn: bài báo, vụ việc (https://…) / Source: a report or case (https://…)",
        given.references,
        answers.reference,
        wanted=Wanted(),
    )
    if interview.is_incomplete or not (folder and signal and lang):
        return None
    name = interview.one(
        "--name",
        "Tên tệp, không dấu, nối bằng _ / File name, no marks, joined by _",
        given.name,
        partial(answers.file_name, folder=folder, root=root),
        proposal=answers.proposed_name(phrases[0].source),
    )
    if name is None:
        return None
    return NewCue(
        folder=folder,
        name=name,
        signal=signal,
        lang=lang,
        phrases=tuple(phrase.source for phrase in phrases),
        match=tuple(match),
        no_match=tuple(no_match),
        references=tuple(references),
        unless=tuple(phrase.source for phrase in unless),
    )


_MATCH = Wanted(
    at_least=MIN_MATCH,
    holds=answers.has_unmarked,
    or_else="cần ít nhất một câu gõ không dấu / one of them must be typed without marks",
    proposal=answers.unmarked,
)


def _language(given: Given, phrases: Sequence[Phrase], interview: Interview) -> str | None:
    """Marks say that it is Vietnamese; without any, somebody has to tell."""
    if not phrases and interview.ask is None:
        return None  # the phrases are what is missing
    is_marked = any(phrase.source != strip_marks(phrase.source) for phrase in phrases)
    if given.lang is None and is_marked:
        return "vi"
    return interview.one(
        "--cue-lang",
        "Cụm từ này là tiếng Việt hay tiếng Anh? vi/en / Vietnamese or English? vi/en",
        given.lang,
        partial(answers.choice, names=["vi", "en"]),
    )


def _report(cue: NewCue, path: Path, root: Path, tell: Tell) -> int:
    """Try the file as `rules lint` and `rules test` would, and say what is next."""
    from notalone.detectors.cues import CueDetector  # imports spaCy

    book = load_rulebook(root)
    shown = path.relative_to(root.parent)
    mine = RuleBook(
        book.glossary,
        tuple(known for known in book.cues if known.id == cue.id),
        book.scope,
        book.spelling,
        tuple(error for error in book.errors if error.at.path == shown),
    )
    tried, failed = run_examples(mine, CueDetector(mine, with_drafts=True), root=root)
    linted = [problem for problem in lint(mine, root=root) if problem.at.path == shown]
    problems = [*linted, *failed]
    tell(f"\nĐã ghi / written: {shown}")
    for problem in problems:
        tell(f"  {problem}")
    count = len(problems)
    tell(f"{tried} câu ví dụ, {count} chỗ cần sửa / {tried} examples, {count} to mend")
    tell(
        "Đây là bản nháp, chưa nhắc ai. Tiếp theo / A draft warns nobody. Next:\n"
        f"  notalone rules explain {shlex.quote(cue.match[0])}\n"
        "  notalone rules lint && notalone score\n"
        f'  rồi đổi status = "test" trong / then set status = "test" in {shown}'
    )
    return REFUSED if problems else WRITTEN
