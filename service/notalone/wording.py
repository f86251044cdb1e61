"""A verdict in words for a person at a terminal: Vietnamese first, English beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notalone.model import Bilingual, Comparison, Level, Stage, Verdict

LEVEL_NAMES: Mapping[Level, tuple[str, str]] = {
    "danger": ("NGUY HIỂM", "DANGER"),
    "caution": ("NÊN CẨN THẬN", "CAUTION"),
    "no_information": ("CHƯA CÓ THÔNG TIN", "NO INFORMATION"),
}
_MEANINGS: Mapping[Level, tuple[str, str]] = {
    "danger": ("Rất giống một cái bẫy.", "Very much like a trap."),
    "caution": ("Có vài dấu hiệu đáng lo.", "Some signs of a trap."),
    "no_information": (
        "Chưa đủ dấu hiệu để nhắc. Nếu vẫn lo, cứ kể với người bạn tin.",
        "Too few signs to warn. If it still worries you, tell someone you trust.",
    ),
}
# How far a trap has come, for maintainers.
STAGE_NAMES: Mapping[Stage, Bilingual] = {
    "contact": Bilingual("bắt chuyện", "contact"),
    "trust": Bilingual("lấy lòng tin", "trust"),
    "isolate": Bilingual("tách khỏi người thân", "isolate"),
    "secrecy": Bilingual("bắt giữ kín", "secrecy"),
    "demand": Bilingual("đòi hỏi", "demand"),
}


def describe(verdict: Verdict) -> Iterator[str]:
    """*verdict* line by line: the level, what it means, each reason, what to do first."""
    yield " · ".join(LEVEL_NAMES[verdict.level])
    yield "  " + " / ".join(_MEANINGS[verdict.level])
    if verdict.title is not None:
        yield f"  {verdict.title.vi} / {verdict.title.en}"
    for reason in verdict.reasons:
        yield f"  «{reason.quote}»"
        yield f"      {reason.why.vi} / {reason.why.en}"
        if reason.compare is not None:
            yield from _lined_up(reason.compare)
        yield f"      {reason.rule}" + (f", {reason.added}" if reason.added else "")
    if verdict.first_action is not None:
        yield f"  → {verdict.first_action.vi}"
        yield f"    {verdict.first_action.en}"


def _lined_up(names: Comparison) -> Iterator[str]:
    """The two names one over the other, and below them what differs."""
    units = names.actual.encode("utf-16-le")
    differs = list(" " * len(names.actual))
    for span in names.differs:
        start, end = (len(units[: 2 * at].decode("utf-16-le")) for at in span)
        differs[start:end] = "^" * (end - start)
    yield f"        {names.like}"
    yield f"        {names.actual}"
    yield f"        {''.join(differs).rstrip()}"
