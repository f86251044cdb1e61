"""Characters: one clean, lower-case string from whatever a page holds, with a map back.

Everything later works on the clean string; everything shown to a person is sliced from the
original, so each clean character remembers which original characters it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

# Characters that draw nothing and are used to split words a filter looks for.
# Sources: Unicode Default_Ignorable_Code_Point; security.md D32-D33.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
# Where lower() is one character for one character and nothing needs folding: the everyday case.
_ORDINARY_CLASS = (
    "\t\n\r -~¡-¬®-¿×÷À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ–—‘’“”•…₫"
    "\u2600-\u27bf\U0001f300-\U0001faff"  # pictures
)
_ORDINARY = re.compile(f"[{_ORDINARY_CLASS}]*")
# What is not ordinary, and the letter before it, which its marks may belong to.
_ODD = re.compile(f"(?s:.?)[^{_ORDINARY_CLASS}]+")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")  # means nothing to anybody; `tokens` masks with it
_FLAG = re.compile(
    "(?<![\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]{2}(?![\U0001f1e6-\U0001f1ff])"
)
_MARKS = frozenset({"Mn", "Me"})  # enclosing ones too: "b⃝a⃝o⃝"
_STRUCK_D = re.compile("d[\u0335\u0336]")
_MARKS_PER_LETTER = 3  # Vietnamese needs two; more is a "Zalgo" disguise
_LETTERS_PER_SIGN = 4  # U+FDFA alone would become 18 letters

# "hoà" and "hòa", "thuý" and "thúy" are one spelling; "quý" is not concerned (qu is the onset).
_TONE_PLACE = {
    old: new
    for olds, news in (
        ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
        ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
        ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
}
# "kỹ" and "kĩ", "công ty" and "công ti": y and i are one letter after these onsets.
_ONSETS_OF_Y = frozenset({"h", "k", "l", "m", "s", "t", "qu"})
_Y_TO_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
# Many speakers of the Centre and South write hỏi for ngã and the other way round.
_NGA_TO_HOI = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ", "'’")
_WITHOUT_MARKS = str.maketrans(
    {
        letter: unicodedata.normalize("NFD", letter)[0]
        for letter in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))
        if unicodedata.decomposition(letter)
    }
    | {"đ": "d", "Đ": "D"}  # have no decomposition
)
_DRAWN_OUT = re.compile(r"(?!^ccc)([^\W\d])\1{2,}")  # "cccd" is the identity card
# "đừg", "thưởg", "lạh": the n before a final g or h is often left out; no Vietnamese word ends so.
_CLIPPED = re.compile(r"(?<=[^\W\db-df-hj-np-tv-xzđ])([gh])$")
_SURE_LETTERS = 4  # "log" and "ah" are words; "trog" is not


class CleanText(NamedTuple):
    """*text* is clean and lower case; *starts*/*ends* map its characters to the original.

    Both are None when clean and original run in step, which is nearly always.
    """

    original: str
    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's code points behind the clean ones from *start* to *end* (exclusive)."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def clean_text(original: str, *, homoglyphs: Mapping[str, str]) -> CleanText:
    """Compose marks, drop what is invisible, fold look-alike letters, lower the case.

    *homoglyphs* maps one character to the Latin letters it imitates.

    >>> clean_text("Mã\\u200b ОТP", homoglyphs={"о": "o", "т": "t"}).text
    'mã otp'
    >>> clean_text("Mã\\u200b ОТP", homoglyphs={"о": "o", "т": "t"}).span(3, 6)
    (4, 7)
    """
    if _ORDINARY.fullmatch(original):
        return CleanText(original, original.lower())
    written = _FLAG.sub("  ", original)  # a flag spells nothing; three such letters do
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0

    def keep(end: int) -> None:
        letters.append(written[position:end].lower())
        starts.extend(range(position, end))
        ends.extend(range(position + 1, end + 1))

    for odd in _ODD.finditer(written):
        keep(odd.start())
        for start, end, cluster in _clusters(odd[0], at=odd.start()):
            folded = _fold_cluster(cluster, homoglyphs)
            letters.append(folded)
            starts.extend([start] * len(folded))
            ends.extend([end] * len(folded))
        position = odd.end()
    keep(len(original))
    return CleanText(original, "".join(letters), tuple(starts), tuple(ends))


def _clusters(odd: str, *, at: int) -> list[tuple[int, int, str]]:
    """Letters with the combining marks that follow them, as (start, end, letters)."""
    found: list[tuple[int, int, str]] = []
    for position, character in enumerate(odd, at):
        is_hidden = _INVISIBLE.match(character) is not None
        if found and unicodedata.category(character) in _MARKS:
            start, _, cluster = found[-1]
            if len(cluster) <= _MARKS_PER_LETTER and not is_hidden:
                cluster += character
            found[-1] = (start, position + 1, cluster)
        elif not is_hidden:
            found.append((position, position + 1, character))
    return found


def _fold_cluster(cluster: str, homoglyphs: Mapping[str, str]) -> str:
    # Capitals imitate other letters than their small ones: before lower(), and once more after.
    imitated = "".join(homoglyphs.get(letter, letter) for letter in cluster)
    composed = unicodedata.normalize("NFKC", imitated)[:_LETTERS_PER_SIGN].lower()
    folded = unicodedata.normalize(
        "NFC", "".join(homoglyphs.get(letter, letter) for letter in composed)
    )
    if _STRUCK_D.search(folded):
        folded = _STRUCK_D.sub("đ", folded)
    shown = "".join(
        letter if _ORDINARY.fullmatch(letter) else unicodedata.normalize("NFD", letter)[0]
        for letter in folded
        if unicodedata.category(letter) not in _MARKS  # taken up by no letter: decoration
    )
    return _PRIVATE_USE.sub(" ", shown)


def spell(word: str) -> str:
    """The one spelling of a clean *word* that rule and message are compared in.

    >>> spell("hòa") == spell("hoà"), spell("kỹ") == spell("kĩ"), spell("trog")
    (True, True, 'trong')
    """
    if word[-1:] in ("g", "h") and (len(word) >= _SURE_LETTERS or not word.isascii()):
        word = _CLIPPED.sub(r"n\1", word)
    ending = word[-2:]
    if ending in _TONE_PLACE:
        word = word[:-2] + _TONE_PLACE[ending]
    if word[-1:] in _Y_TO_I and word[:-1] in _ONSETS_OF_Y:
        word = word[:-1] + _Y_TO_I[word[-1]]
    return word.translate(_NGA_TO_HOI)


def hold_less(word: str) -> tuple[str, str]:
    """*word* with letters held for effect let go to one, and to two.

    >>> hold_less("đừnggg"), hold_less("apppp")
    (('đừng', 'đừngg'), ('ap', 'app'))
    """
    return _DRAWN_OUT.sub(r"\1", word), _DRAWN_OUT.sub(r"\1\1", word)


def strip_marks(word: str) -> str:
    """*word* as somebody without a Vietnamese keyboard types it.

    >>> strip_marks("đừng kể với bố mẹ")
    'dung ke voi bo me'
    """
    return word if word.isascii() else word.translate(_WITHOUT_MARKS)


def utf16_position(text: str, position: int) -> int:
    """*position* counted in UTF-16 units, as JavaScript slices.

    >>> utf16_position("🙂 mã", 2)
    3
    """
    if text.isascii():
        return min(position, len(text))
    return len(text[:position].encode("utf-16-le", "surrogatepass")) // 2
