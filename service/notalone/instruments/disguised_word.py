"""One word under one disguise: other spellings, other keys, other letters, signs inside.

Every disguise here has been seen in use; `disguise.py` says how many words of a message wear one,
and which go together.
"""

from __future__ import annotations

import functools
import random
import re
import unicodedata
from collections.abc import Callable, Mapping

from notalone.config import rules_dir
from notalone.folding.spelling import load_spelling
from notalone.folding.text import spell, strip_marks

Change = Callable[[str, random.Random], str]  # the same word when the disguise does not fit it

# --- other words for the same -----------------------------------------------------------------

_ALIASES = {
    "zalo": ("za lô", "da lô", "dalo", "z4lo", "za-lo", "zlo", "zl"),
    "telegram": ("tê lê", "te.le", "tele", "te le", "te.le.gram"),
    "facebook": ("fb", "phây", "phở bò"),
    "messenger": ("mess", "mes"),
    "tiktok": ("tóp tóp", "tóptóp"),
}
_SYLLABLE = re.compile(  # of a Vietnamese word, without marks
    r"(?:ngh?|nh|g[hi]|[kptc]h|tr|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:n[gh]|ch|[cmnpt])?"
)
_TEEN_SPELLINGS = (
    (r"^gi(?=[aeiouy])", "j"),
    (r"^gi(?=[aeiouy])", "z"),
    (r"^ph", "f"),
    (r"^qu", "w"),
    (r"^c(?=[aou])", "k"),
    (r"^[vd]", "z"),
    (r"(?<=.)i(?=.)", "j"),
    (r"nh$", "nk"),
    (r"(?<=..)ng$", "g"),
    (r"ch$", "ck"),
)


def alias(word: str, rng: random.Random) -> str:
    return rng.choice(_ALIASES.get(word.lower(), (word,)))


@functools.cache
def short_forms() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The short forms of rules/text, from what is meant to what is typed."""
    spelling, _ = load_spelling(rules_dir() / "text")
    meant: dict[tuple[str, ...], tuple[str, ...]] = {}
    written_out = [
        *spelling.always.items(),
        *((s, form.words) for s, form in spelling.near.items()),
    ]
    for short, words in written_out:
        if short.isalpha():
            meant[words] = (*meant.get(words, ()), short)
    return meant


def teencode(word: str, rng: random.Random) -> str:
    """A short form of *word*, or its sounds written the way young people do."""
    lower = word.lower()
    known = short_forms().get((spell(lower),), ())
    if known and rng.random() < 0.5:
        return rng.choice(known)
    plain = strip_marks(lower)
    if _SYLLABLE.fullmatch(plain) is None:
        return word
    able = [(found, to) for pattern, to in _TEEN_SPELLINGS if (found := re.search(pattern, plain))]
    # Marks stay where they were: one clean letter is one letter without marks, but "đ" is no "d".
    able = [(found, to) for found, to in able if lower[found.start() : found.end()] == found[0]]
    if not able:
        return word
    found, to = rng.choice(able)
    return lower[: found.start()] + to + lower[found.end() :]


# --- marks ------------------------------------------------------------------------------------

_TELEX = {"\u0302": "", "\u031b": "w", "\u0306": "w", "đ": "d",
          "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}  # fmt: skip
_VNI = {"\u0302": "6", "\u031b": "7", "\u0306": "8", "đ": "9",
        "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}  # fmt: skip
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_OLD_TONE = re.compile(f"(?<!q)([ou])([{_TONES}])([aey])$", re.IGNORECASE)
_NEW_TONE = re.compile(f"(?<!q)([ou])([aey])([{_TONES}])$", re.IGNORECASE)


def marks_dropped(text: str, _rng: random.Random) -> str:
    return strip_marks(text)


def _typed_raw(word: str, rng: random.Random, keys: Mapping[str, str]) -> str:
    """The keys somebody pressed whose input method was off: "tieenf", "tie62n"."""
    typed, tone = "", ""
    at_the_end = rng.random() < 0.5
    for letter in word:
        base, *marks = tuple(unicodedata.normalize("NFD", letter))
        quality = "".join(mark for mark in marks if mark not in _TONES) or base.lower()
        key = base.lower() if quality == "\u0302" else ""  # Telex doubles the letter: "ee"
        typed += ("d" if base == "đ" else "D" if base == "Đ" else base) + keys.get(quality, "")
        typed += key if keys is _TELEX else ""
        tone = next((keys[mark] for mark in marks if mark in _TONES), tone)
        if not at_the_end:
            typed, tone = typed + tone, ""
    return typed + tone


def telex(word: str, rng: random.Random) -> str:
    return _typed_raw(word, rng, _TELEX).replace("uwow", rng.choice(("uwow", "uow")))


def vni(word: str, rng: random.Random) -> str:
    return _typed_raw(word, rng, _VNI).replace("u7o7", rng.choice(("u7o7", "uo7")))


def tone_place(word: str, _rng: random.Random) -> str:
    letters = unicodedata.normalize("NFD", word)
    moved = _OLD_TONE.sub(r"\1\3\2", letters)
    if moved == letters:
        moved = _NEW_TONE.sub(r"\1\3\2", letters)
    return unicodedata.normalize("NFC", moved)


def decomposed(text: str, _rng: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


# --- letters ----------------------------------------------------------------------------------

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_LEET = {"o": "0", "i": "1", "l": "1", "e": "3", "a": "4@", "s": "5$", "t": "7"}
_LOOK_ALIKE = {"a": "аα", "c": "сϲ", "d": "ԁ", "e": "е", "g": "ɡ", "h": "һ", "i": "іι", "j": "ј",
               "k": "кκ", "m": "м", "n": "п", "o": "оο", "p": "рρ", "s": "ѕ", "t": "т", "u": "υ",
               "v": "ѵν", "x": "хχ", "y": "уγ"}  # fmt: skip
_SMALL_CAPITALS = dict(zip(_LATIN, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ", strict=True))
FULL_WIDTH = "ａ"
MATHEMATICAL = "𝐚𝗮𝚊𝓪𝖆𝕒"  # bold, sans, typewriter, script, black-letter, double
CIRCLED = "ⓐ🅐🄰🅰"  # in a ring or a box, on white or black
EMOJI = "💸🔥✨🌸⭐💕"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u034f"
BIDI = "\u200e\u200f\u202a\u202c\u2068\u2069\u061c"
TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in _LATIN)


def _some_letters(word: str, rng: random.Random, table: Mapping[str, str]) -> str:
    """Half of the letters at most, or a person could not read it."""
    able = [index for index, letter in enumerate(word) if letter.lower() in table]
    touched = rng.sample(able, min(len(able), rng.randint(1, max(1, len(word) // 2))))
    return "".join(
        rng.choice(table[letter.lower()]) if index in touched else letter
        for index, letter in enumerate(word)
    )


def leet(word: str, rng: random.Random) -> str:
    return _some_letters(word, rng, _LEET)


def look_alike(word: str, rng: random.Random) -> str:
    return _some_letters(word, rng, _LOOK_ALIKE)


def small_capitals(word: str, _rng: random.Random) -> str:
    return "".join(_SMALL_CAPITALS.get(letter.lower(), letter) for letter in word)


def alphabet(firsts: str) -> Change:
    """Letters from another place of Unicode, where the alphabet starts at one of *firsts*."""

    def change(word: str, rng: random.Random) -> str:
        first = ord(rng.choice(firsts))
        return "".join(
            chr(first + _LATIN.index(letter.lower())) if letter.lower() in _LATIN else letter
            for letter in word
        )

    return change


def drawn_out(word: str, rng: random.Random) -> str:
    return word + word[-1] * rng.randint(2, 5)


def capitals(word: str, rng: random.Random) -> str:
    return "".join(rng.choice((letter.lower(), letter.upper())) for letter in word)


def dotted(word: str, _rng: random.Random) -> str:
    return ".".join(word)


def spaced(word: str, _rng: random.Random) -> str:
    return " ".join(word)


def with_inside(signs: str, most: int) -> Change:
    """One or more of *signs* between the letters of a word."""

    def change(word: str, rng: random.Random) -> str:
        for _ in range(rng.randint(1, most)):
            at = rng.randint(1, len(word) - 1)
            word = word[:at] + rng.choice(signs) + word[at:]
        return word

    return change


# --- links ------------------------------------------------------------------------------------


def link_disguised(link: str, rng: random.Random) -> str:
    scheme = re.match(r"https?://", link, re.IGNORECASE)
    if scheme and rng.random() < 0.5:
        return "hxxp" + link[4:]
    host_at = scheme.end() if scheme else 0
    host, slash, path = link[host_at:].partition("/")
    return link[:host_at] + host.replace(".", rng.choice(("[.]", " chấm ", "(.)"))) + slash + path
