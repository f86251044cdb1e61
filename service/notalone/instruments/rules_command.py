"""`notalone rules …`: what a maintainer runs after touching a rule."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from notalone.config import rules_dir
from notalone.detectors import load_link_rules
from notalone.detectors.classifier import load_classifier
from notalone.errors import RuleError, SetupError
from notalone.feeds.catalogue import load_feeds
from notalone.instruments.corpus import read_corpus
from notalone.instruments.explain_text import describe
from notalone.instruments.explain_words import Language, pick
from notalone.instruments.learnt import write_learnt
from notalone.instruments.new_cue import Given, new_cue
from notalone.instruments.rule_names import named_file
from notalone.instruments.rulelint import lint as lint_rules
from notalone.instruments.rulelint import run_examples
from notalone.model import Bilingual
from notalone.rulebook import RuleBook, load_rulebook
from notalone.speaking import load_speaking

_TO_MEND = Bilingual("PHẢI SỬA", "TO MEND")
_WORTH_A_LOOK = Bilingual("NÊN XEM LẠI, chưa hẳn là lỗi", "WORTH A LOOK, no mistakes")
_NOTES = Bilingual("GHI CHÚ", "NOTES")
_NOT_TRIED = Bilingual(
    "Chưa thử cụm từ nào: sửa xong các lỗi trên rồi chạy lại.",
    "No phrase was tried yet: mend what stands above, then run this again.",
)

_NO_TRAINER = Bilingual(
    "Thiếu scikit-learn. Cài: pip install notalone[train]",
    "scikit-learn is missing: pip install notalone[train]",
)
_LEARNT = Bilingual("Đã học từ {} cuộc trò chuyện, ghi vào {}", "Learnt from {} conversations: {}")
_UNSEEN = Bilingual(
    "Khi chưa thấy cuộc đang xét: nhận ra bẫy {}, nhầm cuộc vô hại {}",
    "Without the conversation being judged: lures {}, harmless {}",
)


def lint(language: Language, names: Sequence[str] = ()) -> int:
    """Print every mistake, then what is worth a look, then notes; 1 when there is a mistake.

    *names*: cue ids and rule files; then only what concerns these.
    Raises: SetupError for a name that is neither.
    """
    folder = rules_dir()
    only = frozenset(named_file(name, root=folder) for name in names) or None
    rulebook = load_rulebook(folder)
    links = load_link_rules(folder, lures=rulebook.lures, check_suffixes=True)
    learnt = _errors_of_classifier(folder)
    _, spoken = load_speaking(folder, brands=links.brands.brands, spelling=rulebook.spelling)
    _, of_feeds = load_feeds(folder)
    every = [*lint_rules(rulebook, root=folder), *links.errors, *spoken, *learnt, *of_feeds]
    found = _Found([mistake for mistake in every if only is None or mistake.concerns(only)])
    is_tried = not found.mistakes
    if is_tried:  # what comes now takes some seconds, and needs rules that can be read
        found = _try_phrases(rulebook, folder, only)
    elif only and any(cue.path in only for cue in rulebook.cues):  # all that is wrong, at once
        tried = _try_phrases(rulebook, folder, only)
        found = replace(tried, mistakes=[*found.mistakes, *tried.mistakes])
        is_tried = not any(cue.path in only for cue in rulebook.refused)
    for title, problems in (
        (_TO_MEND, found.mistakes),
        (_WORTH_A_LOOK, found.warnings),
        (_NOTES, found.notes),
    ):
        if problems:
            print(pick(title, language))
            _print(problems, language)
            print()
    if not is_tried:
        print(pick(_NOT_TRIED, language))
    cues, lures = len(rulebook.cues), len(rulebook.lures)
    mistakes, warnings, notes = map(len, (found.mistakes, found.warnings, found.notes))
    looked_at = Bilingual(
        f"{cues} mẫu câu, {lures} kiểu bẫy", f"{_count(cues, 'cue')}, {_count(lures, 'lure')}"
    )
    if only is not None:
        looked_at = Bilingual(f"{len(only)} tệp", _count(len(only), "file"))
    total = Bilingual(
        f"{looked_at.vi}: {mistakes} chỗ phải sửa, {warnings} chỗ nên xem lại, {notes} ghi chú",
        f"{looked_at.en}: {mistakes} to mend, {warnings} worth a look, {_count(notes, 'note')}",
    )
    print(pick(total, language))
    return 1 if mistakes else 0


@dataclass(frozen=True, slots=True)
class _Found:
    """What lint has to say, the gravest first."""

    mistakes: list[RuleError]
    warnings: Sequence[RuleError] = ()
    notes: Sequence[RuleError] = ()


def _try_phrases(rulebook: RuleBook, folder: Path, only: AbstractSet[Path] | None) -> _Found:
    """What only the engine can tell. *only*: of the cues in these files."""
    from notalone.detectors.cues import CueDetector  # imports spaCy
    from notalone.instruments.corpuslint import harmless_hits, hits_of, lint_hits
    from notalone.instruments.phraselint import lint_phrases

    mistakes, notes = lint_phrases(rulebook, root=folder, only=only)
    corpus = folder.parent / "tests" / "corpus"
    if not corpus.is_dir():  # no checkout
        return _Found(mistakes, notes=notes)
    talks = read_corpus(corpus)
    if only is None:
        hits = harmless_hits(rulebook, CueDetector(rulebook, with_drafts=True), talks)
    else:
        hits = hits_of(only, rulebook, talks)
    more_mistakes, warnings = lint_hits(hits, rulebook, root=folder)
    return _Found([*mistakes, *more_mistakes], warnings, notes)


def test(language: Language) -> int:
    """Run every example; 1 when one does not hold or a rule could not be used."""
    from notalone.detectors.cues import CueDetector  # imports spaCy

    folder = rules_dir()
    rulebook = load_rulebook(folder)
    tried, failed = run_examples(rulebook, CueDetector(rulebook, with_drafts=True), root=folder)
    _, of_feeds = load_feeds(folder)
    problems = [*rulebook.errors, *failed, *of_feeds]
    _print(problems, language)
    if drafts := sum(cue.status == "draft" for cue in rulebook.cues):
        told = Bilingual(
            f"{drafts} mẫu câu còn là bản nháp: chưa nhắc ai, đến khi status là test hoặc stable.",
            f"Drafts: {drafts}. They warn nobody until their status is test or stable.",
        )
        print(pick(told, language))
    cues, count = len(rulebook.cues), len(problems)
    total = Bilingual(
        f"{tried} câu ví dụ của {cues} mẫu câu: {count} chỗ phải sửa",
        f"{_count(tried, 'example')} of {_count(cues, 'cue')}: {count} to mend",
    )
    print(pick(total, language))
    return 1 if problems else 0


def explain(text_or_file: str, *, html: Path | None = None, language: Language = "vi") -> int:
    """Print how a verdict comes about, or draw it into the file *html*."""
    from notalone.instruments.conversation_file import read_conversations
    from notalone.instruments.explain import Explainer  # imports spaCy

    if html is not None and html.suffix not in (".html", ".htm"):
        raise SetupError(f"{html}: give --html a name that ends in .html")
    conversations = read_conversations(text_or_file)
    explainer = Explainer(rules_dir())
    explained = [(each, explainer.explain(each.messages)) for each in conversations]
    if html is not None:
        from notalone.instruments.drawing import draw

        try:
            html.write_text(draw(explained, language=language), "utf-8", "replace")
        except OSError as problem:
            raise SetupError(f"{html}: cannot be written ({problem.strerror})") from None
        print(html)
        return 0
    for number, (conversation, explanation) in enumerate(explained):
        if number:
            print()
        for line in describe(conversation, explanation, language=language):
            print(line)
    return 0


def new(given: Given) -> int:
    """Ask for a new cue, or take it from the command line, and write it as a draft."""
    ask = input if sys.stdin.isatty() else None
    return new_cue(given, root=rules_dir(), ask=ask)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _print(problems: Iterable[RuleError], language: Language) -> None:
    for problem in problems:
        print(f"{problem.at}: {pick(problem.problem, language)}")
        print(f"    → {pick(problem.fix, language)}")


def _errors_of_classifier(folder: Path) -> list[RuleError]:
    try:
        load_classifier(folder)
    except RuleError as error:
        return [error]
    return []


def train(data: Path, language: Language) -> int:
    """Learn from the labelled conversations in *data*, and keep it in the rule folder.

    Raises: SetupError when scikit-learn is not there.
    """
    try:
        from notalone.instruments.train import learn
    except ImportError:
        raise SetupError(pick(_NO_TRAINER, language)) from None
    folder = rules_dir()
    learnt = learn(read_corpus(data), spelling=load_rulebook(folder).spelling)
    path = write_learnt(learnt, rules=folder, data=data)
    print(pick(_LEARNT, language).format(len(learnt.unseen), path))
    print(pick(_UNSEEN, language).format(learnt.recall, learnt.false_alarms))
    return 0
