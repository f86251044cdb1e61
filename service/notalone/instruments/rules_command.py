"""`notalone rules …`: what a maintainer runs after touching a rule."""

from __future__ import annotations

import sys
from pathlib import Path

from notalone.config import rules_dir
from notalone.detectors import load_link_rules
from notalone.errors import RuleError, SetupError
from notalone.instruments.corpus import read_corpus
from notalone.instruments.explain_text import Language, describe
from notalone.instruments.new_cue import Given, new_cue
from notalone.instruments.rulelint import lint as lint_rules
from notalone.instruments.rulelint import run_examples
from notalone.rulebook import RuleBook, load_rulebook


def lint() -> int:
    """Print every mistake, then what is worth a look; 1 when there is a mistake."""
    folder = rules_dir()
    rulebook = load_rulebook(folder)
    links = load_link_rules(folder, lures=rulebook.lures, check_suffixes=True)
    problems = [*lint_rules(rulebook, root=folder), *links.errors]
    if not problems:  # what comes now takes some seconds, and needs rules that can be read
        problems, notes = _try_phrases(rulebook, folder)
        if notes:
            print("worth a look, no mistakes:")
            _print(notes)
            print()
    _print(problems)
    print(f"{len(rulebook.cues)} cues, {len(rulebook.lures)} lures, {len(problems)} to mend")
    return 1 if problems else 0


def _try_phrases(rulebook: RuleBook, folder: Path) -> tuple[list[RuleError], list[RuleError]]:
    """What only the engine can tell: (mistakes, what is worth a look)."""
    from notalone.detectors.cues import CueDetector  # imports spaCy
    from notalone.instruments.corpuslint import harmless_hits, lint_hits
    from notalone.instruments.phraselint import lint_phrases

    mistakes, notes = lint_phrases(rulebook, root=folder)
    corpus = folder.parent / "tests" / "corpus"
    if corpus.is_dir():  # in a checkout
        detector = CueDetector(rulebook, with_drafts=True)
        hits = harmless_hits(rulebook, detector, read_corpus(corpus))
        more_mistakes, more_notes = lint_hits(hits, rulebook, root=folder)
        mistakes += more_mistakes
        notes = [*more_notes, *notes]
    return mistakes, notes


def test() -> int:
    """Run every example; 1 when one does not hold or a rule could not be used."""
    from notalone.detectors.cues import CueDetector  # imports spaCy

    folder = rules_dir()
    rulebook = load_rulebook(folder)
    tried, failed = run_examples(rulebook, CueDetector(rulebook, with_drafts=True), root=folder)
    problems = [*rulebook.errors, *failed]
    _print(problems)
    print(f"{tried} examples of {len(rulebook.cues)} cues, {len(problems)} to mend")
    drafts = sum(cue.status == "draft" for cue in rulebook.cues)
    if drafts:
        print(f"{drafts} are drafts: nobody is warned by them until their status is test or stable")
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


def _print(problems: list[RuleError]) -> None:
    for problem in problems:
        print(problem)
