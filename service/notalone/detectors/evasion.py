"""Evasion: words that are broken up so that no filter can read them, beside a way to answer.

Mass senders set signs, digits and foreign letters into every second word ("N'a.p L,an d~au").
Folding reads many of them; that somebody hides his words from machines is a sign by itself. Friends
play with letters too, but need to leave no address or number.
"""

from __future__ import annotations

import re
import unicodedata

from notalone.folding.entities import EntityKind
from notalone.folding.syllable import is_syllable
from notalone.folding.text import strip_marks
from notalone.folding.words import FoldedText
from notalone.glossary import Signal
from notalone.model import Finding

SIGNAL = "BROKEN_WORDS"
RULE = "evasion.broken_words"
# Harmless talks of tests/corpus with such words and an address: none; traps: one in seven of those
# written in disguise.
MIN_WORDS = 4
MIN_SHARE = 0.35
_CONTACTS: frozenset[EntityKind] = frozenset({"link", "handle", "phone", "account"})
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # pages put some in long words
_CHUNK = re.compile(r"\S+")
_EDGES = ".,:;!?()[]\"“”'…*~-"
_LETTER = r"[^\W\d_]"
_HELD_APART = re.compile(rf"{_LETTER}(?:[^\w\s]|[\d_])+{_LETTER}")
_PIECE = re.compile(rf"{_LETTER}+")
_ORDINARY = re.compile(rf"[^/]*[/@].*|{_LETTER}+(?:-{_LETTER}+)+|[a-z]+['’](?:s|t|m|d|re|ve|ll)")
_FOREIGN = re.compile("[ß-ɏ]")  # Latin letters with marks, of which Vietnamese has a few dozen
_VIETNAMESE = re.compile("[àáâãèéêìíòóôõùúýăđĩũơư]")


def findings(folded: FoldedText, *, signal: Signal | None) -> tuple[Finding, ...]:
    """One finding where many words of a message with a contact are broken up.

    *signal*: what `signals.toml` says of SIGNAL; without it nothing is found.
    """
    if signal is None or not any(entity.kind in _CONTACTS for entity in folded.entities):
        return ()
    spans = [folded.clean.span(entity.start, entity.end) for entity in folded.entities]
    chunks = [
        match
        for match in _CHUNK.finditer(folded.original)
        if _PIECE.search(match[0])
        and not any(start < match.end() and match.start() < end for start, end in spans)
    ]
    broken = [match for match in chunks if is_broken(match[0])]
    if len(broken) < max(MIN_WORDS, MIN_SHARE * len(chunks)):
        return ()
    longest = max(broken, key=lambda match: len(match[0]))
    finding = Finding(
        rule=RULE,
        signal=SIGNAL,
        stage=signal.stage,
        weight=signal.weight,
        reduced_weight=signal.weight,
        start=longest.start(),
        end=longest.end(),
        lure=None,
        why=signal.why,
    )
    return (finding,)


def is_broken(chunk: str) -> bool:
    """Whether what stands between two spaces is a word that somebody took apart.

    >>> is_broken("L'an:d~au"), is_broken("rồi.mình"), is_broken("e-mail"), is_broken("ŋạp")
    (True, False, False, True)
    """
    word = _UNSEEN.sub("", unicodedata.normalize("NFC", chunk)).lower().strip(_EDGES)
    if any(not _VIETNAMESE.match(letter) for letter in _FOREIGN.findall(word)):
        return True
    if not _HELD_APART.search(word) or _ORDINARY.fullmatch(word):
        return False
    # A full stop without a blank behind it stands between two whole words.
    return not all(is_syllable(strip_marks(piece)) for piece in _PIECE.findall(word))
