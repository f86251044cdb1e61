"""What messages are read with: the cues, how trap and talk are worded, how brands speak.

It takes a while to read, and spaCy longer to import: whoever needs only links waits for neither.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

from notalone.detectors import LinkRules
from notalone.detectors.cues import CueDetector, choose_prefilters
from notalone.detectors.matching import load_spacy
from notalone.errors import RuleError
from notalone.folding.spelling import Spelling
from notalone.folding.words import FoldedText
from notalone.glossary import Glossary
from notalone.kept_rules import keep, read_kept
from notalone.loading import without_garbage_collection
from notalone.model import Finding, Wording
from notalone.rulebook import load_rulebook
from notalone.speaking import NOBODY, Speaking, load_speaking


class ComparesWording(Protocol):
    """What tells how like a trap a message is worded: `detectors.classifier.Classifier`."""

    def wording(self, folded: FoldedText) -> Wording: ...


class FindsCues(Protocol):
    """What finds cues in messages: `detectors.cues.CueDetector`."""

    @property
    def spelling(self) -> Spelling: ...

    @property
    def errors(self) -> tuple[RuleError, ...]: ...

    def findings(self, folded: FoldedText) -> tuple[Finding, ...]: ...


class Engine(NamedTuple):
    """What messages are read with. Without a classifier only their cues count."""

    cues: FindsCues
    classifier: ComparesWording | None = None
    speaking: Speaking = NOBODY
    errors: tuple[RuleError, ...] = ()  # why something of it is missing


def load_engine(
    folder: Path, glossary: Glossary, links: LinkRules, *, data: Path | None = None
) -> Engine:
    """Read the cues of the rule *folder* and all that stands beside them.

    *data*: the data folder in which what was read is kept for the next start, if it may be.
    Raises: nothing for wrong rules; see `Engine.errors` and those of its cues.
    """
    with without_garbage_collection():
        kept = None if data is None else read_kept(data, glossary)
        if kept is None:
            book = load_rulebook(folder, glossary, for_maintainers=False)
            kept = book, choose_prefilters(book)
            if data is not None:
                keep(data, *kept)
        book, chosen = kept
        return engine_of(CueDetector(book, chosen=chosen), folder, links)


def import_spacy() -> None:
    """Import spaCy before the first message needs it."""
    with without_garbage_collection():
        load_spacy()


def engine_of(cues: FindsCues, folder: Path, links: LinkRules) -> Engine:
    """*cues*, what was learnt beside them if it can be read, and how *links* say brands speak."""
    from notalone.detectors.classifier import load_classifier  # imports numpy

    speaking, errors = load_speaking(folder, brands=links.brands.brands, spelling=cues.spelling)
    try:
        return Engine(cues, load_classifier(folder), speaking, tuple(errors))
    except RuleError as error:
        return Engine(cues, None, speaking, (*errors, error))
