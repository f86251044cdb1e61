"""`notalone rules new`: a cue by question and answer, written as a draft and tried.

The questions stand in Vietnamese with English beside them; "<" goes back one question.
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
        cue = _Questions(given, load_rulebook(root), root, interview).cue()
    except EOFError:
        tell("\nChưa ghi gì cả. / Nothing was written.")
        return REFUSED
    if cue is None:
        return REFUSED if interview.was_refused else MISSING
    path = write_cue(cue, root=root, added=today())
    return _report(cue, path, root, tell)


@dataclass(slots=True)
class _Questions:
    """The questions one by one, and the answers so far."""

    given: Given
    book: RuleBook
    root: Path
    interview: Interview
    folder: str | None = None
    signal: str | None = None
    phrases: Sequence[Phrase] = ()
    lang: str | None = None
    trial: answers.Trial | None = None
    match: Sequence[str] = ()
    no_match: Sequence[str] = ()
    unless: Sequence[Phrase] = ()
    references: Sequence[str] = ()
    name: str | None = None

    def cue(self) -> NewCue | None:
        """Every answer, or None when one is missing or wrong and nobody can be asked."""
        self.interview.run(
            (
                self.ask_lure,
                self.ask_signal,
                self.ask_phrases,
                self.ask_language,
                self.ask_match,
                self.ask_no_match,
                self.ask_unless,
                self.ask_references,
                self.ask_name,
            )
        )
        if self.interview.is_incomplete:
            return None
        if self.folder is None or self.signal is None or self.lang is None or self.name is None:
            return None
        return NewCue(
            folder=self.folder,
            name=self.name,
            signal=self.signal,
            lang=self.lang,
            phrases=tuple(phrase.source for phrase in self.phrases),
            match=tuple(self.match),
            no_match=tuple(self.no_match),
            references=tuple(self.references),
            unless=tuple(phrase.source for phrase in self.unless),
        )

    def ask_lure(self) -> None:
        names = answers.lures_in_order(self.book)
        self.folder = self.interview.one(
            "--lure",
            "Kiểu bẫy nào? Gõ số hoặc tên. / Which lure? A number or a name",
            self.given.lure,
            partial(answers.choice, names=names),
            choices=lambda: answers.lure_list(names, self.book),
        )

    def ask_signal(self) -> None:
        names = answers.signals_in_order(self.book, self.folder or "")
        self.signal = self.interview.one(
            "--signal",
            "Câu này cho thấy điều gì? Gõ số hoặc tên. / What does it show? A number or a name",
            self.given.signal,
            partial(answers.choice, names=names),
            choices=lambda: answers.signal_list(names, self.book, self.folder or ""),
        )

    def ask_phrases(self) -> None:
        self.phrases = self.interview.many(
            "--phrase",
            "Cụm từ cần tìm, chữ thường, đủ dấu; (a|b) là chọn một, … là tối đa bốn từ"
            "\n/ Phrase, lower case, all marks; (a|b) is a choice, … is up to four words",
            self.given.phrases,
            partial(answers.phrase, book=self.book, is_anchored=True),
            wanted=Wanted(),
        )

    def ask_language(self) -> None:
        """Marks say that it is Vietnamese; without any, somebody has to tell."""
        is_marked = any(phrase.source != strip_marks(phrase.source) for phrase in self.phrases)
        if not self.phrases and self.interview.ask is None:
            self.lang = None  # the phrases are what is missing
        elif self.given.lang is None and is_marked:
            self.lang = "vi"
        else:
            self.lang = self.interview.one(
                "--cue-lang",
                "Cụm từ này là tiếng Việt hay tiếng Anh? vi/en / Vietnamese or English? vi/en",
                self.given.lang,
                partial(answers.choice, names=["vi", "en"]),
            )
        self.trial = (
            answers.Trial(self.book, self.phrases, lang=self.lang)
            if self.phrases and self.lang
            else None
        )

    def ask_match(self) -> None:
        self.match = self.interview.many(
            "--match",
            "Một câu phải nhận ra / A sentence that must match",
            self.given.match,
            partial(answers.example, trial=self.trial, must_hit=True),
            wanted=_MATCH if self.lang == "vi" else Wanted(at_least=MIN_MATCH),
        )

    def ask_no_match(self) -> None:
        self.no_match = self.interview.many(
            "--no-match",
            "Một câu vô hại, gần giống, không được nhận nhầm"
            " / A harmless sentence like it that must not match",
            self.given.no_match,
            partial(answers.example, trial=self.trial, must_hit=False),
            wanted=Wanted(at_least=MIN_NO_MATCH),
        )

    def ask_unless(self) -> None:
        self.unless = self.interview.many(
            "--unless",
            "Từ làm nhẹ đi khi đứng cùng câu (sinh nhật, phim), nếu có"
            " / Words that lower it in the same sentence, if any",
            self.given.unless,
            partial(answers.phrase, book=self.book, is_anchored=False),
            wanted=Wanted(at_least=0),
        )

    def ask_references(self) -> None:
        self.references = self.interview.many(
            "--reference",
            "Nguồn: bài báo, vụ việc (https://…) / Source: a report or case (https://…)",
            self.given.references,
            answers.reference,
            wanted=Wanted(),
        )

    def ask_name(self) -> None:
        if self.interview.is_incomplete or self.folder is None:
            return  # in a pipe: everything else is told first
        self.name = self.interview.one(
            "--name",
            "Tên tệp, không dấu, nối bằng _ / File name, no marks, joined by _",
            self.given.name,
            partial(answers.file_name, folder=self.folder, root=self.root),
            proposal=answers.proposed_name(self.phrases[0].source),
        )


_MATCH = Wanted(
    at_least=MIN_MATCH,
    holds=answers.has_unmarked,
    or_else="cần ít nhất một câu gõ không dấu / one of them must be typed without marks",
    proposal=answers.unmarked,
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
        tell(f"  {problem.at}: {problem.problem.vi} / {problem.problem.en}")
        tell(f"      → {problem.fix.vi} / {problem.fix.en}")
    count = len(problems)
    tell(f"{tried} câu ví dụ, {count} chỗ cần sửa / {tried} examples, {count} to mend")
    tell(
        "Đây là bản nháp, chưa nhắc ai. Tiếp theo / A draft warns nobody. Next:\n"
        f"  notalone rules explain {shlex.quote(cue.match[0])}\n"
        f"  notalone rules lint {cue.id} && notalone score\n"
        f'  rồi đổi status = "test" trong / then set status = "test" in {shown}'
    )
    return REFUSED if problems else WRITTEN
