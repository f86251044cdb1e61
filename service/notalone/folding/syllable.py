"""Syllable: whether letters can be one Vietnamese word at all."""

from __future__ import annotations

import re

from notalone.folding.text import strip_marks

_RIMES = {  # the rest of a rime after its first vowel; each may also stand alone
    "a": "c|ch|i|m|n|ng|nh|o|p|t|u|y",
    "e": "c|ch|m|n|ng|nh|o|p|t|u",
    "i": "a|ch|ec|em|en|eng|ep|et|eu|m|n|nh|p|t|u",
    "o": ("a|ac|ach|ai|am|an|ang|anh|ao|ap|at|ay|c|e|en|eo|et|i|m|n|ng|ong|p|t"),
    "u": (
        "a|an|ang|at|ay|c|e|ech|enh|i|m|n|ng|o|oc|oi|om|"
        "on|ong|op|ot|ou|p|t|u|y|ya|ych|yen|yet|yu|yn|ynh|yt"
    ),
    "y": "ch|em|en|et|eu|nh",
}
_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
_RIME = "|".join(f"{vowel}(?:{rest})?" for vowel, rest in _RIMES.items())
_SYLLABLE = re.compile(f"{_ONSET}(?:{_RIME})")


def is_syllable(word: str) -> bool:
    """Whether *word*, with or without marks, is built as Vietnamese words are.

    >>> is_syllable("khoản"), is_syllable("khoanr"), is_syllable("otp")
    (True, False, False)
    """
    return len(word) > 1 and _SYLLABLE.fullmatch(strip_marks(word)) is not None
