"""The phrase language: what a maintainer writes, read into the parts of a phrase.

    (vụ án|chuyên án) … (bảo mật|bí mật)      alternatives, and a gap of up to four words
    chuyển (gấp)? <money>                     something optional, and an entity

What cannot be read, is too much for spaCy or too common to be looked for first is refused, with its
column and the way to mend it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, pairwise

from notalone.folding.spelling import spell_words
from notalone.folding.text import strip_marks
from notalone.model import Bilingual
from notalone.phrases import ENTITIES, Choice, Gap, Phrase, Run

MAX_PATTERNS = 256  # a phrase that would need more is several phrases
MAX_WORDS = 40
MAX_CHARS = 1000
MAX_GAPS = 4  # each multiplies what spaCy has to try by five
MAX_SAME = 2  # parts that one word can stand in: spaCy would try each for each
MAX_LOOSE = 6  # gaps and parts that may be absent
MIN_LETTERS = 4  # over all stretches of a phrase that must occur
MIN_BEST_LETTERS = 3
ENTITY_LETTERS = 2

ShortForms = Mapping[str, Run]
NO_SHORT_FORMS: ShortForms = {}
_PIECE = re.compile(r"\s*(?:(?P<group>\([^()]*\)\??)|(?P<gap>…|\.\.\.)|(?P<word>[^\s()|?…]+))")
_GAP = Gap()


class PhraseError(ValueError):
    """A phrase cannot be compiled. *column* counts its characters from 1. As a string: English."""

    def __init__(self, problem: Bilingual, *, fix: Bilingual, column: int) -> None:
        super().__init__(f"column {column}: {problem.en}; {fix.en}")
        self.problem = problem
        self.fix = fix
        self.column = column


_WRITE_SEVERAL = Bilingual("tách thành vài cụm từ", "write several phrases")


@dataclass(frozen=True, slots=True)
class Known:
    """What the phrases before were made of: thousands share a few."""

    runs: dict[str, Run] = field(default_factory=dict)  # by how they were written
    words: dict[str, Run] = field(default_factory=dict)  # what a piece of a run is spelt out as
    parts: dict[Choice, Choice] = field(default_factory=dict)


def parse_phrase(
    source: str, *, short_forms: ShortForms = NO_SHORT_FORMS, known: Known | None = None
) -> Phrase:
    """Read one phrase of a rule file. *short_forms* are written out as they are in messages.

    *known*: what it may share with the phrases before; it grows.
    Raises: PhraseError with the column and the way to mend it.
    """
    text = source.rstrip()
    if len(text) > MAX_CHARS:
        raise PhraseError(
            Bilingual(f"dài quá {MAX_CHARS} ký tự", f"more than {MAX_CHARS} characters"),
            fix=_WRITE_SEVERAL,
            column=1,
        )
    known = known or Known()
    parts: list[Choice | Gap] = []
    position = 0
    while position < len(text):
        match = _PIECE.match(text, position)
        column = position + 1
        if match is None:
            unread = repr(text[position : position + 12])
            raise PhraseError(
                Bilingual(f"không đọc được {unread}", f"cannot read {unread}"),
                fix=Bilingual(
                    "nhóm viết (a|b) hoặc (a|b)?, đủ ngoặc, không lồng nhau",
                    "groups are written (a|b) or (a|b)? and do not hold other groups",
                ),
                column=column,
            )
        if match["gap"] is not None:
            parts.append(_GAP)
        else:
            kind, read = ("group", _read_group) if match["group"] else ("word", _read_word)
            part = read(match[kind], match.start(kind) + 1, short_forms, known)
            parts.append(known.parts.setdefault(part, part))
        position = match.end()
    _check_shape(parts, length=len(text))
    return Phrase(source, tuple(parts))


def _read_word(written: str, column: int, short_forms: ShortForms, known: Known) -> Choice:
    return Choice((_read_run(written, column, short_forms, known),))


def _read_group(written: str, column: int, short_forms: ShortForms, known: Known) -> Choice:
    is_optional = written.endswith("?")
    inner = written.rstrip("?")[1:-1]
    runs: dict[Run, None] = {}  # each once, in order
    at = column + 1
    alternatives = inner.split("|")
    if len(alternatives) > MAX_PATTERNS:
        raise PhraseError(
            Bilingual(
                f"một nhóm có hơn {MAX_PATTERNS} lựa chọn", f"more than {MAX_PATTERNS} alternatives"
            ),
            fix=_WRITE_SEVERAL,
            column=column,
        )
    for alternative in alternatives:
        run = _read_run(alternative, at, short_forms, known)
        if not run:
            raise PhraseError(
                Bilingual("có lựa chọn để trống", "an alternative is empty"),
                fix=Bilingual(
                    "nhóm có thể vắng thì viết (a|b)?", "write (a|b)? when it may be absent"
                ),
                column=at,
            )
        runs[run] = None
        at += len(alternative) + 1
    return Choice(tuple(runs), is_optional)


def _read_run(written: str, column: int, short_forms: ShortForms, known: Known) -> Run:
    run = known.runs.get(written)
    if run is None:
        meant: list[str] = []
        for piece in written.split():
            words = known.words.get(piece)
            if words is None:
                words = known.words[piece] = _read_piece(piece, short_forms, column=column)
            meant += words
        run = known.runs[written] = tuple(meant)
    return run


def _read_piece(piece: str, short_forms: ShortForms, *, column: int) -> Run:
    if piece.startswith("<") or piece.endswith(">"):
        if piece not in ENTITIES:
            known = " ".join(sorted(ENTITIES))
            raise PhraseError(
                Bilingual(f"không có loại {piece}", f"{piece} is not an entity"),
                fix=Bilingual(f"dùng một trong: {known}", f"use one of {known}"),
                column=column,
            )
        return short_forms.get(piece, (piece,))
    if "_" in piece or "://" in piece:
        raise PhraseError(
            Bilingual(f"{piece!r} không phải lời ai nói", f"{piece!r} is nothing that people say"),
            fix=Bilingual(
                "viết các từ cách nhau một khoảng; địa chỉ nào cũng là <link>",
                "write the words with spaces between them; any address is <link>",
            ),
            column=column,
        )
    words = spell_words(piece)
    if not words:
        raise PhraseError(
            Bilingual(f"{piece!r} không có chữ nào", f"{piece!r} holds no word"),
            fix=Bilingual("bỏ dấu câu đi", "take the punctuation out"),
            column=column,
        )
    return tuple(meant for word in words for meant in short_forms.get(word, (word,)))


def _check_shape(parts: list[Choice | Gap], *, length: int) -> None:
    if not any(isinstance(part, Choice) and not part.is_optional for part in parts):
        raise PhraseError(
            Bilingual("chữ nào cũng có thể vắng", "nothing in it must be there"),
            fix=Bilingual("thêm một từ bắt buộc", "add a word that is not optional"),
            column=1,
        )
    if isinstance(parts[0], Gap) or isinstance(parts[-1], Gap):
        raise PhraseError(
            Bilingual("… đứng ở đầu hoặc cuối thì vô nghĩa", "a gap at the edge means nothing"),
            fix=Bilingual("bỏ … đi", "take the … away"),
            column=1 if isinstance(parts[0], Gap) else length,
        )
    if any(isinstance(a, Gap) and isinstance(b, Gap) for a, b in pairwise(parts)):
        raise PhraseError(
            Bilingual("hai … đứng liền nhau", "two gaps stand together"),
            fix=Bilingual("chỉ giữ một …", "keep one …"),
            column=1,
        )
    if sum(isinstance(part, Gap) for part in parts) > MAX_GAPS:
        raise PhraseError(
            Bilingual(f"có hơn {MAX_GAPS} chỗ …", f"more than {MAX_GAPS} gaps"),
            fix=_WRITE_SEVERAL,
            column=1,
        )
    if sum(isinstance(part, Gap) for part in parts) >= MAX_SAME:  # with fewer, no word is too often
        word, times = _most_repeated(parts)
        if times > MAX_SAME:
            raise PhraseError(
                Bilingual(
                    f"{word!r} có thể đứng ở {times} phần cách nhau bằng …",
                    f"{word!r} can stand in {times} parts with gaps between them",
                ),
                fix=_WRITE_SEVERAL,
                column=1,
            )
    if sum(isinstance(part, Gap) or part.is_optional for part in parts) > MAX_LOOSE:
        raise PhraseError(
            Bilingual(
                f"có hơn {MAX_LOOSE} chỗ … và phần có thể vắng",
                f"more than {MAX_LOOSE} gaps and parts that may be absent",
            ),
            fix=_WRITE_SEVERAL,
            column=1,
        )
    longest = [max(map(len, part.runs)) for part in parts if isinstance(part, Choice)]
    if sum(longest) > MAX_WORDS:
        raise PhraseError(
            Bilingual(f"dài quá {MAX_WORDS} từ", f"more than {MAX_WORDS} words"),
            fix=Bilingual("tách thành những cụm từ ngắn hơn", "split it into shorter phrases"),
            column=1,
        )
    if max(longest) > 1 and _pattern_count(parts) > MAX_PATTERNS:
        raise PhraseError(
            Bilingual(
                f"các lựa chọn ghép lại thành hơn {MAX_PATTERNS} cách viết",
                f"its alternatives make more than {MAX_PATTERNS} patterns",
            ),
            fix=Bilingual(
                "tách thành vài cụm từ, hoặc để mỗi lựa chọn chỉ một từ",
                "write several phrases, or use single words in the groups",
            ),
            column=1,
        )


def _most_repeated(parts: list[Choice | Gap]) -> tuple[str, int]:
    """The plain word that can stand in the most stretches between gaps, and in how many."""
    stretches: list[set[str]] = [set()]
    for part in parts:
        if isinstance(part, Gap):
            stretches.append(set())
        else:
            stretches[-1] |= {strip_marks(run[0]) for run in part.runs}
    return Counter(word for stretch in stretches for word in stretch).most_common(1)[0]


def _long_runs(choice: Choice) -> list[Run]:
    return [run for run in choice.runs if len(run) > 1]


def _pattern_count(parts: list[Choice | Gap]) -> int:
    count = 1
    for part in parts:
        if isinstance(part, Choice) and not part.is_one_word:
            has_single = any(len(run) == 1 for run in part.runs)
            count *= len(_long_runs(part)) + has_single + part.is_optional
    return count


def _is_plainly_strong(phrase: Phrase) -> bool:
    """Whether the letters of its parts are enough, without multiplying out their alternatives."""
    best = total = 0
    for part in phrase.parts:
        if isinstance(part, Gap) or part.is_optional:
            continue
        weakest = min([sum(map(len, run)) for run in part.runs])
        if not ENTITIES.isdisjoint(chain.from_iterable(part.runs)):
            return False
        best, total = max(best, weakest), total + weakest
    return best >= MIN_BEST_LETTERS and total >= MIN_LETTERS


def require_anchors(phrase: Phrase) -> None:
    """Raises: PhraseError when what *phrase* holds is too common to look for first."""
    if _is_plainly_strong(phrase):
        return  # nearly all
    best = total = 0
    for anchors in phrase.stretches():
        strength = _strength(anchors)
        best, total = max(best, strength), total + strength
        if best >= MIN_BEST_LETTERS and total >= MIN_LETTERS:
            return
    raise PhraseError(
        Bilingual(
            "chưa đủ chữ đặc trưng để tìm",
            "nothing in it is distinctive enough to look for first",
        ),
        fix=Bilingual(
            "thêm một từ mà câu nào cũng có, hoặc dùng lựa chọn dài hơn",
            "add a word that stands in every match, or longer alternatives",
        ),
        column=1,
    )


def _strength(anchors: frozenset[str]) -> int:
    """Letters of the weakest anchor; an entity is no more telling than a short word."""
    return min(map(_letters, anchors))


def _letters(anchor: str) -> int:
    if "<" not in anchor:
        return len(anchor) - anchor.count(" ")  # nearly all
    return sum(ENTITY_LETTERS if word in ENTITIES else len(word) for word in anchor.split())
