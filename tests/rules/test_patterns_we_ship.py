"""Every phrase we ship becomes patterns that spaCy accepts; the service does not ask again."""

from __future__ import annotations

from spacy.matcher import Matcher
from spacy.vocab import Vocab

from harness import shipped
from notalone.patterns import token_patterns


def test_spacy_accepts_every_pattern() -> None:
    vocab = Vocab()
    for cue in shipped.rulebook().cues:
        for phrase in (*cue.phrases, *cue.unless):
            matcher = Matcher(vocab, validate=True)
            matcher.add(cue.id, token_patterns(phrase, exact=cue.exact))
