"""`notalone rules …`: what a maintainer runs after touching a rule."""

from __future__ import annotations

from notalone.config import rules_dir
from notalone.detectors import load_link_rules
from notalone.errors import RuleError
from notalone.rulebook import load_rulebook
from notalone.rulelint import lint as lint_rules
from notalone.rulelint import run_examples


def lint() -> int:
    """Print every mistake; 1 when there is one."""
    folder = rules_dir()
    rulebook = load_rulebook(folder)
    links = load_link_rules(folder, lures=rulebook.lures, check_suffixes=True)
    problems = [*lint_rules(rulebook, root=folder), *links.errors]
    _print(problems)
    print(f"{len(rulebook.cues)} cues, {len(rulebook.lures)} lures, {len(problems)} to mend")
    return 1 if problems else 0


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


def _print(problems: list[RuleError]) -> None:
    for problem in problems:
        print(problem)
