"""Scope: who is asked to do what. Words that turn an order round, ask, threaten or report it.

"Không cung cấp mã" is no request, "kẻ xấu bảo đọc mã" is a report, and "không gửi thì tao đăng"
is a threat all the same. Everything here stays inside one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from notalone.detectors.matching import Span
from notalone.folding.words import FoldedText

Dropped = Literal["negation", "report"]
Frames = Mapping[str, Sequence[Span]]  # by the kind of frame; looked for when it is asked for
NEGATION_REACH = 2  # words between "không" and the words of a cue
CONDITION_REACH = 4  # words between the cue and "là tao đăng"
REPORT_REACH = 12  # words between "kẻ xấu" and what they want; further on somebody else may speak


def dropped_by(
    frames: Frames, folded: FoldedText, span: Span, *, is_own: Callable[[str], bool]
) -> tuple[Dropped, Span] | tuple[None, None]:
    """Why the words of *span* ask nothing of the reader, and which words say so.

    *is_own*: whether a word is one of the cue's. What is not was jumped over by a gap.
    """
    reports, negations = frames["report"], frames["negation"]
    if not reports and not negations:
        return None, None
    start, end = span
    sentence = folded.sentence(start)
    for first, last in reports:
        if first in sentence and first < start <= last + REPORT_REACH:
            return "report", (first, last)
    conditions = [first for first, _ in frames["condition"] if first in sentence]
    # "không được kể kẻo bị bắt" is a threat, whether the cue ends before the "kẻo" or after it.
    if any(start < first <= end + CONDITION_REACH for first in conditions):
        return None, None
    questions = {last for _, last in frames["question"]}
    for first, last in negations:
        jumped = start < first and last < end and not is_own(folded.word(first)[0])
        if jumped and not folded.has_comma(first - 1, first):
            return "negation", (first, last)  # "(báo) … (mã)" in "báo: không cung cấp mã"
        if first not in sentence or not 0 <= start - last <= NEGATION_REACH or last in questions:
            continue
        # "Không, đọc mã đi" and "đừng lo, đừng kể ai": a comma ends what is negated.
        if not folded.has_comma(last - 1, start) and not any(
            last <= condition < start for condition in conditions
        ):
            return "negation", (first, last)
    return None, None
