"""The rules and conversations we ship, read once for every test file of a process: change nothing.

To read them takes seconds. A test that plays with rules writes its own (`harness.rule_folder`).
"""

from __future__ import annotations

import functools

from harness.service_process import REPOSITORY
from notalone.checker import Checker, build_checker
from notalone.config import rules_dir
from notalone.folding.spelling import Spelling
from notalone.instruments import corpus
from notalone.instruments.corpus import Case
from notalone.rulebook import RuleBook, load_rulebook

CORPUS = REPOSITORY / "tests" / "corpus"


@functools.cache
def rulebook() -> RuleBook:
    """All of the rules, with the examples that maintainers read."""
    return load_rulebook(rules_dir())


def spelling() -> Spelling:
    """How words are read with these rules."""
    return rulebook().spelling


@functools.cache
def checker() -> Checker:
    """What judges with these rules. It remembers what it has seen, as a service does."""
    return build_checker()


@functools.cache
def conversations() -> tuple[Case, ...]:
    """All of tests/corpus."""
    return tuple(corpus.read_corpus(CORPUS))
