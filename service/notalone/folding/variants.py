"""Variants: the ways one Vietnamese word gets typed.

A rule names a word once. Here it is written out as people type it: without marks, with the tone on
another vowel, as Telex or VNI keys that no input method took up, in the letters of teenagers. All
of it is done once, when the rules are read; a message word is then one look-up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product

from notalone.folding.text import spell, strip_marks

# Combining tone → its key in Telex and in VNI. Hỏi stands for ngã too: `text.spell` joins them.
_TONES = {
    "\u0301": ("s", "1"),
    "\u0300": ("f", "2"),
    "\u0309": ("rx", "34"),
    "\u0303": ("xr", "43"),
    "\u0323": ("j", "5"),
}
# Marked letter → what is typed for it: (Telex, VNI).
_HATS = {
    "â": ("aa", "a6"),
    "ê": ("ee", "e6"),
    "ô": ("oo", "o6"),
    "ă": ("aw", "a8"),
    "ơ": ("ow", "o7"),
    "ư": ("uw", "u7"),
    "đ": ("dd", "d9"),
}
_VOWELS = frozenset("aăâeêioôơuưy")
_VOWEL_KEYS = frozenset("aeiouyw678")
_MIN_KEYS = 4  # "ddi" and "see" are too short to be sure of
_HOI_TO_NGA = str.maketrans("ảẳẩẻểỉỏổởủửỷ", "ãẵẫẽễĩõỗỡũữỹ")
_I_TO_Y = dict(zip("iíìỉĩị", "yýỳỷỹỵ", strict=True))
# Letters that teenagers swap, at the start of a word and at its end; first match wins.
_ONSETS = (
    ("ph", ("f",)),
    ("gi", ("j", "z", "gj", "dj")),
    ("qu", ("w", "q")),
    ("kh", ("kk",)),
    ("ngh", ("ng",)),
    ("c", ("k",)),
    ("v", ("z", "dz")),
    ("d", ("z",)),
    ("b", ("p",)),
)
_RIMES = (
    ("nh", ("nk", "h")),
    ("ng", ("g", "q")),
    ("ch", ("ck", "k")),
    ("ôi", ("ui", "oy")),
    ("oai", ("oay",)),
)
_KEPT_WITH = frozenset("hrlw")  # "ch", "tr" and the like are other onsets


def spelt_variants(word: str) -> Iterator[str]:
    """Correct or near-correct spellings of *word*, which is as `text.spell` gives it.

    >>> sorted(spelt_variants("mỉ"))
    ['mĩ', 'mỉ', 'mỷ', 'mỹ']
    """
    for placed in {word, *_tone_elsewhere(word)}:
        for toned in {placed, placed.translate(_HOI_TO_NGA)}:
            yield toned
            last = toned[-1:]
            if last in _I_TO_Y and spell(toned[:-1] + _I_TO_Y[last]) == spell(toned):
                yield toned[:-1] + _I_TO_Y[last]


def clipped_variants(word: str) -> Iterator[str]:
    """*word* with the n before a final g or h left out.

    >>> list(clipped_variants("trong"))
    ['trog']
    """
    if word.endswith(("ng", "nh")):
        clipped = word[:-2] + word[-1]
        if spell(clipped) == word:
            yield clipped


def teen_variants(word: str) -> Iterator[str]:
    """*word* in the letters of teenagers; empty for a word that has none of them to swap.

    >>> "fải" in teen_variants("phải"), "thik" in teen_variants("thich")
    (True, True)
    """
    if not word.isalpha():
        return
    starts = _swapped(word, _ONSETS, at_start=True)
    forms = {form for start in starts for form in _swapped(start, _RIMES, at_start=False)}
    forms |= {form.replace("i", "j") for form in forms if "i" in form[1:]}
    forms.discard(word)
    yield from forms


def _swapped(
    word: str, table: Iterable[tuple[str, tuple[str, ...]]], *, at_start: bool
) -> Iterator[str]:
    yield word
    for letters, others in table:
        if at_start and word.startswith(letters) and len(word) > len(letters):
            rest = word[len(letters) :]
            if len(letters) == 1 and rest[0] in _KEPT_WITH:
                continue
            yield from (other + rest for other in others)
            return
        if not at_start and word.endswith(letters) and len(word) > len(letters):
            yield from (word[: -len(letters)] + other for other in others)
            return


def key_variants(word: str) -> Iterator[tuple[str, bool]]:
    """*word* as raw Telex or VNI keys, each with whether it can hardly be anything else.

    >>> variants = dict(key_variants("tiền"))
    >>> variants["tieenf"], variants["tie62n"], dict(key_variants("khoản"))["khoanr"]
    (True, True, False)
    """
    toneless, tone = _without_tone(word)
    if word.isascii() or not toneless.isalpha():
        return
    for system in (0, 1):
        tones = tuple(_TONES[tone][system]) if tone else ("",)
        for letters, key in product(_spelt_keys(toneless, system), tones):
            has_hat = toneless != strip_marks(toneless)
            for typed in {letters + key, *_tone_inside(letters, key)}:
                if typed != word:
                    yield typed, has_hat and len(typed) >= _MIN_KEYS
    yield from ((half, True) for half in _half_typed(word))


def _spelt_keys(toneless: str, system: int) -> set[str]:
    """Hats typed at once, at the end of the word, or for ươ once for both."""
    at_once = "".join(_HATS[letter][system] if letter in _HATS else letter for letter in toneless)
    plain = strip_marks(toneless)
    late = [_HATS[letter][system][1:] for letter in toneless if letter in _HATS]
    forms = {at_once}
    if late:
        forms.add(plain + late[-1] if len(set(late)) == 1 else at_once)
    if "ươ" in toneless:
        joined = toneless.replace("ươ", "uơ")
        forms.add("".join(_HATS[x][system] if x in _HATS else x for x in joined))
    return forms


def _tone_inside(letters: str, key: str) -> Iterator[str]:
    """The tone key right after a vowel instead of at the end."""
    for index, letter in enumerate(letters[:-1], 1):
        if key and letter in _VOWEL_KEYS and index > 1:
            yield letters[:index] + key + letters[index:]


def _half_typed(word: str) -> Iterator[str]:
    """An input method that took up only a part: the bare vowel stays before the finished one."""
    for index, letter in enumerate(word):
        bare = strip_marks(letter)
        if letter != bare and _without_tone(letter)[0] != bare and bare in _VOWELS:
            yield word[:index] + bare + word[index:]
    if "đ" in word:
        yield word.replace("đ", "dd")


def _tone_elsewhere(word: str) -> Iterator[str]:
    """The tone on another vowel: "túyêt", "hoà"."""
    toneless, tone = _without_tone(word)
    if not tone:
        return
    for index, letter in enumerate(toneless):
        if letter in _VOWELS:
            moved = unicodedata.normalize("NFC", letter + tone)
            yield toneless[:index] + moved + toneless[index + 1 :]


def _without_tone(word: str) -> tuple[str, str]:
    """*word* with its hats but without its tone, and the tone as a combining mark."""
    tone = ""
    letters: list[str] = []
    for character in unicodedata.normalize("NFD", word):
        if character in _TONES:
            tone = character
        else:
            letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters)), tone
