"""Disguises: a message as somebody types it who does not want a filter to read it.

A maintainers' instrument (`notalone score --disguised`, tests). Every kind here has been seen in
use; what comes out stays readable for a person. Links, numbers and e-mails are left alone, except
by the disguise of links.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from notalone.folding.text import spell
from notalone.instruments import disguised_word as word
from notalone.instruments.disguised_word import Change

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|vn|net|org|info|top|xyz|me|example|test)(?:/\S*)?(?!\w))"
    r"|(?P<kept>\S*[@\d]\S*(?:\s(?:triệu|trieu|nghìn|nghin|ngàn|ngan|đồng|dong|củ|tr|k|đ)\b)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<between>.)",
    re.IGNORECASE | re.DOTALL,
)
_SHARE_OF_WORDS = (0.3, 0.6)
_MIN_LETTERS = 3
_HIDDEN_PER_WORD = 3
_WORDS_PER_RUN = 8  # of which two to four are spaced out together

Rank = Literal["spelling", "shape", "split"]  # one disguise of each rank is all a reader can take


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the message. Only a word may change, once for each rank."""

    text: str
    kind: str = "between"
    taken: frozenset[Rank] = frozenset()

    def written(self, text: str, rank: Rank | None) -> _Piece:
        return replace(self, text=text, taken=self.taken | ({rank} if rank else set()))


Pieces = list[_Piece]
Rewrite = Callable[[Pieces, random.Random], Pieces]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to disguise. Two kinds that *use* the same thing are never stacked."""

    rewrite: Rewrite
    uses: frozenset[str] = frozenset()


def _pieces(text: str) -> Pieces:
    return [_Piece(match[0], match.lastgroup or "between") for match in _TOKEN.finditer(text)]


def _shown(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


# --- which words ------------------------------------------------------------------------------


def _some_words(
    change: Change, *, rank: Rank | None, letters: int = _MIN_LETTERS, apart: bool = False
) -> Rewrite:
    """*change* for a share of the words that are long enough and not disguised so already.

    *apart*: never for two words in a row.
    """

    def rewrite(pieces: Pieces, rng: random.Random) -> Pieces:
        changed = {
            index: text
            for index, piece in enumerate(pieces)
            if piece.kind == "word" and rank not in piece.taken and len(piece.text) >= letters
            if (text := change(piece.text, rng)) != piece.text
        }
        touched: set[int] = set()
        for index in _share_of(list(changed), rng):
            if not apart or touched.isdisjoint((index - 2, index + 2)):
                touched.add(index)
        return [
            piece.written(changed[index], rank) if index in touched else piece
            for index, piece in enumerate(pieces)
        ]

    return rewrite


def _every_piece(change: Change, kinds: Collection[str]) -> Rewrite:
    """*change* for everything of *kinds*: a habit or a keyboard concerns the whole message."""

    def rewrite(pieces: Pieces, rng: random.Random) -> Pieces:
        return [
            replace(piece, text=change(piece.text, rng)) if piece.kind in kinds else piece
            for piece in pieces
        ]

    return rewrite


def _between_words(join: Callable[[random.Random], str]) -> Rewrite:
    """*join* in place of a share of the single spaces between two words."""

    def rewrite(pieces: Pieces, rng: random.Random) -> Pieces:
        able = [
            index
            for index, piece in enumerate(pieces)
            if piece.text == " "
            and 0 < index < len(pieces) - 1
            and all(beside.kind == "word" for beside in (pieces[index - 1], pieces[index + 1]))
        ]
        touched = set(_share_of(able, rng))
        return [
            piece.written(join(rng), None) if index in touched else piece
            for index, piece in enumerate(pieces)
        ]

    return rewrite


def _share_of(able: list[int], rng: random.Random) -> list[int]:
    return rng.sample(
        able, min(len(able), max(1, round(len(able) * rng.uniform(*_SHARE_OF_WORDS))))
    )


# --- several words at once --------------------------------------------------------------------


def _abbreviated(pieces: Pieces, rng: random.Random) -> Pieces:
    """Two to four words that everybody knows the initials of: "chuyển khoản", "ck"."""
    able: dict[int, tuple[int, str]] = {}
    for length in (2, 3, 4):
        for first in range(len(pieces) - 2 * length + 2):
            run = pieces[first : first + 2 * length - 1]
            if any(piece.kind != "word" or piece.taken for piece in run[::2]):
                continue
            if all(piece.text == " " for piece in run[1::2]):
                meant = tuple(spell(piece.text.lower()) for piece in run[::2])
                if meant in word.short_forms():
                    able[first] = (len(run), rng.choice(word.short_forms()[meant]))
    shortened: Pieces = []
    until = 0
    for index, piece in enumerate(pieces):
        if index < until:
            continue
        if index in able:
            length, short = able[index]
            until = index + length
            shortened.append(piece.written(short, "spelling"))
        else:
            shortened.append(piece)
    return shortened


def _spaced_run(pieces: Pieces, rng: random.Random) -> Pieces:
    """ "c h u y ể n   k h o ả n": words in a row, letter by letter, with wider space between."""
    apart = list(pieces)
    firsts = [index for index, piece in enumerate(pieces) if _is_free(piece)]
    for first in rng.sample(firsts, -(-len(firsts) // _WORDS_PER_RUN)):
        last = first + 2 * rng.randint(1, 3)
        for index in range(max(0, first - 1), min(last + 2, len(pieces))):
            piece = pieces[index]
            if piece.text == " ":
                apart[index] = piece.written("   ", None)
            elif first <= index <= last and _is_free(piece):
                apart[index] = piece.written(word.spaced(piece.text, rng), "split")
    return apart


def _is_free(piece: _Piece) -> bool:
    return piece.kind == "word" and not piece.taken


# --- the kinds --------------------------------------------------------------------------------


def _uses(*things: str) -> frozenset[str]:
    return frozenset(things)


_WORDS = frozenset({"word"})
_TEXT = frozenset({"word", "kept", "between"})

# In the order in which they are put on: words, marks, letters, what stands between them, signs.
KINDS: Mapping[str, Kind] = {
    "links": Kind(_every_piece(word.link_disguised, {"link"})),
    "alias": Kind(_every_piece(word.alias, _WORDS)),
    "abbreviation": Kind(_abbreviated),
    "teencode": Kind(_some_words(word.teencode, rank="spelling", letters=2)),
    "telex": Kind(_some_words(word.telex, rank="spelling"), _uses("marks")),
    "vni": Kind(_some_words(word.vni, rank="spelling"), _uses("marks")),
    "tone_place": Kind(_every_piece(word.tone_place, _WORDS), _uses("marks")),
    "marks_dropped": Kind(_every_piece(word.marks_dropped, _TEXT), _uses("marks", "NFC")),
    "leet": Kind(_some_words(word.leet, rank="spelling"), _uses("shape")),
    "drawn_out": Kind(_some_words(word.drawn_out, rank="spelling")),
    "capitals": Kind(_some_words(word.capitals, rank=None)),
    "look_alike": Kind(_some_words(word.look_alike, rank="shape"), _uses("shape")),
    "full_width": Kind(_some_words(word.alphabet(word.FULL_WIDTH), rank="shape"), _uses("shape")),
    "mathematical": Kind(
        _some_words(word.alphabet(word.MATHEMATICAL), rank="shape"), _uses("shape", "NFC")
    ),
    "circled": Kind(_some_words(word.alphabet(word.CIRCLED), rank="shape"), _uses("shape", "NFC")),
    "small_capitals": Kind(_some_words(word.small_capitals, rank="shape"), _uses("shape")),
    "dotted": Kind(_some_words(word.dotted, rank="split"), _uses("split")),
    "spaced_word": Kind(_some_words(word.spaced, rank="split", apart=True), _uses("split")),
    "spaced_run": Kind(_spaced_run, _uses("split", "joints")),
    "emoji_letters": Kind(
        _some_words(word.with_inside(word.EMOJI, 1), rank="split", letters=4), _uses("split")
    ),
    "joined": Kind(_between_words(lambda rng: rng.choice("_-.")), _uses("joints")),
    "emoji_words": Kind(
        _between_words(lambda rng: rng.choice(("{}", " {} ")).format(rng.choice(word.EMOJI))),
        _uses("joints"),
    ),
    "zero_width": Kind(_some_words(word.with_inside(word.ZERO_WIDTH, _HIDDEN_PER_WORD), rank=None)),
    "soft_hyphen": Kind(_some_words(word.with_inside("\u00ad", _HIDDEN_PER_WORD), rank=None)),
    "tags": Kind(_some_words(word.with_inside(word.TAGS, _HIDDEN_PER_WORD), rank=None)),
    "bidi": Kind(_some_words(word.with_inside(word.BIDI, _HIDDEN_PER_WORD), rank=None)),
    "decomposed": Kind(_every_piece(word.decomposed, _TEXT | _WORDS), _uses("NFC")),
}
ALL: tuple[str, ...] = tuple(KINDS)


def disguise(text: str, *, count: int, rng: random.Random, kinds: Collection[str] = ALL) -> str:
    """*text* under *count* different disguises; under fewer when no more of *kinds* fit it.

    >>> disguise("Chuyển tiền ngay", count=1, rng=random.Random(1), kinds=["marks_dropped"])
    'Chuyen tien ngay'
    >>> disguise("xem www.shop.example", count=1, rng=random.Random(1), kinds=["links"])
    'xem www[.]shop[.]example'
    """
    plain = _pieces(unicodedata.normalize("NFC", text))
    candidates = sorted(kinds)
    chosen: list[str] = []
    used: set[str] = set()
    for name in rng.sample(candidates, len(candidates)):
        kind = KINDS[name]
        if len(chosen) == count:
            break
        if used.isdisjoint(kind.uses) and _shown(kind.rewrite(plain, rng)) != _shown(plain):
            chosen.append(name)
            used |= kind.uses
    if not chosen:
        return text
    pieces = plain
    for name in sorted(chosen, key=ALL.index):  # from the spelling of words to single signs
        pieces = KINDS[name].rewrite(pieces, rng)
    return _shown(pieces)
