"""Evasion: Vietnamese words that are broken up, beside a way to answer.

Mass senders set signs, digits and foreign letters into every second word ("N'a.p L,an d~au").
Folding reads many of them; a row of such words is a sign by itself. Friends play with letters too,
but need to leave no address or number. What gives no Vietnamese word once the signs are taken out
(another language, a formula, code) was never broken up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from notalone.folding.entities import EntityKind
from notalone.folding.leet import read_leet
from notalone.folding.syllable import is_syllable
from notalone.folding.text import strip_marks
from notalone.folding.words import FoldedText
from notalone.glossary import Signal
from notalone.model import Finding

SIGNAL = "BROKEN_WORDS"
RULE = "evasion.broken_words"
# Harmless talks of tests/corpus with such words and an address: none; traps: one in a hundred.
MIN_WORDS = 4
MIN_SHARE = 0.45
WINDOW = 12  # chunks in a row that the share is taken of: clean words behind them hide nothing
_MIN_SURE = 2  # that cannot be an initial before a name, or a short form before a word
_MAX_ODD = 32  # looked at in one message: bounds the work
_MAX_CHUNK = 48  # letters and signs; longer is an address or a key
_LONGEST = 7  # letters of a syllable: "nghiêng"
_MAX_RUN = 16  # letters of run-on words, which may begin anywhere between two signs
_CONTACTS: frozenset[EntityKind] = frozenset({"link", "handle", "phone", "account"})
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # pages put some in long words
_CHUNK = re.compile(r"\S+")
_EDGES = ".,:;!?()[]\"“”'…*~-"
_LETTER = r"[^\W\d_]"
_HELD_APART = re.compile(rf"{_LETTER}(?:[^\w\s]|[\d_])+{_LETTER}")
_PIECE = re.compile(rf"{_LETTER}+")
# A letter left out of a rude word, a sign held for effect, two words for one, code.
_OTHER_USE = re.compile(r"[/*=<>{}()\[\]\\#&→]|([^\w\s])\1")
_ORDINARY = re.compile(
    rf"{_LETTER}+(?:-{_LETTER}+)+"
    r"|[a-z]+['’](?:s|t|m|d|re|ve|ll)"
    r"|(?:[cdjlmnst]|qu)['’][aeiouyàâéèêëîïôœùû][a-zàâçéèêëîïôœùû]*"  # "l'an", "qu'en"
)
_INITIAL = re.compile(rf"{_LETTER}[.,]{_LETTER}{{2,}}")  # "t.hằng", "m,ăn", but "n.hận" too
_ELEMENT = "A[gl]|B[ar]?|C[alru]?|Fe?|H[eg]?|I|K|Li|M[gn]|N[ai]?|O|Pb?|Si?|Zn"
_FORMULA = re.compile(rf"(?:{_ELEMENT}|[1-9+.>-])+")
_NUMBERED = re.compile(r"[a-z]+[1-9]")  # "ch4", "ps5"
# Latin letters with marks that Vietnamese does not have.
_FOREIGN = re.compile("(?![àáâãèéêìíòóôõùúýăđĩũơư])[ß-ɏḀ-ẟ]")
_VOWELS = frozenset("aeiouyıæœø")
# Letters with two marks and those with a hook or horn, which hardly another language has.
_VIETNAMESE = re.compile("[ơưảấ-ặẻế-ệỉỏố-ợủứ-ựỷ]")
_MIN_VIETNAMESE = 3  # chunks with such letters
# Unicode does not decompose these; j is how teenagers write i, and Vietnamese has no other.
_UNMARKED = str.maketrans("łŋħŧĸıŀj", "lnhtkili")
_LEET_SIGNS = "@$+|!"
_CUT = re.compile(rf"[^\w{re.escape(_LEET_SIGNS)}]+|_+")
_RUN_ON = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZĐ])")


class _Chunk(NamedTuple):
    """What stands between two spaces: *start*/*end* in code points of the original."""

    start: int
    end: int
    written: str  # composed, without what nobody sees and the signs around it


class _Syllables:
    """Every word that is built as Vietnamese ones are, for `read_leet` to look up."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and is_syllable(word)


_SYLLABLES = _Syllables()


def findings(folded: FoldedText, *, signal: Signal | None) -> tuple[Finding, ...]:
    """One finding where many words of a message with a contact are broken up.

    *signal*: what `signals.toml` says of SIGNAL; without it nothing is found.
    """
    if signal is None or not any(entity.kind in _CONTACTS for entity in folded.entities):
        return ()
    chunks: list[_Chunk] = []
    broken: list[int] = []
    unread = 0
    for chunk in _chunks(folded):
        if _is_odd(chunk.written):
            if len(broken) + unread == _MAX_ODD:
                break
            if not _is_readable(chunk.written):
                unread += 1
            elif _is_disguise(chunk.written.lower()):
                broken.append(len(chunks))
        chunks.append(chunk)
    if len(broken) <= unread:
        return ()
    densest = _densest(broken)
    if len(densest) < max(MIN_WORDS, MIN_SHARE * min(WINDOW, len(chunks))):
        return ()
    if sum(not _INITIAL.fullmatch(chunks[index].written) for index in densest) < _MIN_SURE:
        return ()
    if not _is_vietnamese([chunk.written.lower() for chunk in chunks]):
        return ()
    longest = max((chunks[index] for index in densest), key=lambda chunk: len(chunk.written))
    finding = Finding(
        rule=RULE,
        signal=SIGNAL,
        stage=signal.stage,
        weight=signal.weight,
        reduced_weight=signal.weight,
        start=longest.start,
        end=longest.end,
        lure=None,
        why=signal.why,
    )
    return (finding,)


def is_broken(chunk: str) -> bool:
    """Whether what stands between two spaces is Vietnamese that somebody took apart.

    >>> is_broken("L'an:d~au"), is_broken("rồi.mình"), is_broken("T.Hằng"), is_broken("ŋạp")
    (True, False, False, True)
    """
    written = _seen(chunk)
    return _is_odd(written) and _is_disguise(written.lower()) and _is_readable(written)


def _is_readable(written: str) -> bool:
    """Whether it is made of Vietnamese syllables once its signs are taken out."""
    if len(written) > _MAX_CHUNK:
        return False
    text = strip_marks(_RUN_ON.sub(".", written).lower().translate(_UNMARKED))
    pieces = _CUT.sub(" ", read_leet(_CUT.sub(" ", text), _SYLLABLES)).split()
    letters = "".join(pieces)
    return _are_syllables(pieces) or (
        len(pieces) > 2 and len(letters) <= _MAX_RUN and _are_syllables(list(letters))
    )


def _chunks(folded: FoldedText) -> Iterator[_Chunk]:
    """What holds a letter and is no part of a link, an amount or the like."""
    spans = sorted(folded.clean.span(entity.start, entity.end) for entity in folded.entities)
    passed = 0
    for match in _CHUNK.finditer(folded.original):
        start, end = match.span()
        while passed < len(spans) and spans[passed][1] <= start:
            passed += 1
        if passed < len(spans) and spans[passed][0] < end:
            continue
        written = _seen(match[0])
        if written.isalpha() or _PIECE.search(written):
            yield _Chunk(start, end, written)


def _seen(chunk: str) -> str:
    if chunk.isalpha():  # so there is nothing to compose or to take off
        return chunk
    if not chunk.isascii():
        chunk = _UNSEEN.sub("", unicodedata.normalize("NFC", chunk))
    return chunk.strip(_EDGES)


def _is_odd(written: str) -> bool:
    """Whether signs, digits or foreign letters stand in it that its language may not ask for."""
    word = written.lower()
    if not word.isascii() and _FOREIGN.search(word):
        return True
    if word.isalpha() or not _HELD_APART.search(word):
        return False
    # A full stop without a blank behind it stands between two whole words.
    if all(map(is_syllable, _PIECE.findall(word))):
        return False
    if _OTHER_USE.search(word) or _ORDINARY.fullmatch(word) or _NUMBERED.fullmatch(word):
        return False
    return not _FORMULA.fullmatch(written) and not _is_name(_PIECE.findall(written), written)


def _is_name(pieces: list[str], written: str) -> bool:
    """Whether it is a name behind its initials: "T.Hằng", "Th.S.Lan"."""
    *initials, name = pieces
    return (
        ".".join(pieces) == written
        and len(name) > 1
        and all(piece[0].isupper() for piece in pieces)
        and all(len(piece) <= 2 for piece in initials)
    )


def _is_disguise(word: str) -> bool:
    """Whether its foreign letters, if any, stand for Vietnamese ones: "ŋgay", but not "nǐ", "mā".

    Many languages (and pinyin) mark vowels; a consonant, or a letter that only Vietnamese has
    beside it, is none of theirs in a Vietnamese syllable.
    """
    foreign = _FOREIGN.findall(word)
    if not foreign or _VIETNAMESE.search(word):
        return True
    return any(strip_marks(letter.translate(_UNMARKED)) not in _VOWELS for letter in foreign)


def _are_syllables(pieces: list[str]) -> bool:
    """Whether *pieces*, joined as they follow each other, are Vietnamese syllables and no more."""
    reached = [True] + [False] * len(pieces)
    for end in range(1, len(pieces) + 1):
        word = ""
        for start in range(end - 1, -1, -1):
            word = pieces[start] + word
            if len(word) > _LONGEST:
                break
            if reached[start] and is_syllable(word):
                reached[end] = True
                break
    return reached[-1] and bool(pieces)


def _densest(broken: list[int]) -> list[int]:
    """Those of the *broken* positions that stand in the WINDOW of chunks with most of them."""
    best: list[int] = []
    first = 0
    for last, position in enumerate(broken):
        while broken[first] <= position - WINDOW:
            first += 1
        if last + 1 - first > len(best):
            best = broken[first : last + 1]
    return best


def _is_vietnamese(words: list[str]) -> bool:
    """Whether a message of these *words* is Vietnamese as a whole, with marks or without."""
    if sum(_VIETNAMESE.search(word) is not None for word in words) >= _MIN_VIETNAMESE:
        return True
    plain = [word for word in words if word.isalpha() and len(word) > 1]
    return 2 * sum(map(is_syllable, plain)) >= len(plain)
