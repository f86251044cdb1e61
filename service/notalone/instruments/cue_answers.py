"""The answers that make a cue, each checked by what will read it: parser, engine, file system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from notalone.folding.text import strip_marks
from notalone.folding.words import fold_text
from notalone.glossary import ANY, Signal
from notalone.instruments.interview import AnswerError
from notalone.instruments.rulelint import ADDRESS
from notalone.model import STAGES, Bilingual
from notalone.phrase_language import PhraseError, parse_phrase, require_anchors
from notalone.phrases import Phrase, lexicon_of
from notalone.rulebook import Cue, RuleBook
from notalone.wording import STAGE_NAMES

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_NAME_WORDS = 4
_HINTS = 6  # names shown where nothing is near what was typed
_DROPPED = {
    "negation": "có chữ phủ định đứng trước, nên không tính / is negated, so it does not count",
    "report": "là lời kể lại, nên không tính / is told about others, so it does not count",
}


def choice(text: str, *, names: Sequence[str]) -> str:
    """One of *names*, by name or by its number in the list.

    Raises: AnswerError, as everything here does.
    """
    if text.isdecimal() and 1 <= int(text) <= len(names):
        return names[int(text) - 1]
    known = {name.lower(): name for name in names}
    if text.lower() in known:
        return known[text.lower()]
    near = get_close_matches(text.lower(), known, n=1)
    hint = f"ý bạn là / did you mean {known[near[0]]}?" if near else ", ".join(names[:_HINTS])
    raise AnswerError(f"không có {text!r} / is not there; {hint}")


def phrase(text: str, *, book: RuleBook, is_anchored: bool) -> Phrase:
    """A phrase that can be compiled; *is_anchored*: that can also be looked for first."""
    written = text.lower()
    try:
        parsed = parse_phrase(written, short_forms=book.spelling.always)
        if is_anchored:
            require_anchors(parsed)
    except PhraseError as error:
        mark = " " * (error.column + 1) + "^"
        raise AnswerError(
            f"cột / column {error.column}: {error.problem.vi}; {error.fix.vi}"
            f"\n  / {error.problem.en}; {error.fix.en}\n  {written}\n{mark}"
        ) from None
    return parsed


class Trial:
    """The new cue's phrases as a rule book of their own, so that an example is tried at once."""

    def __init__(self, book: RuleBook, phrases: Sequence[Phrase], *, lang: str) -> None:
        from notalone.detectors.cues import CueDetector  # imports spaCy

        cue = Cue(
            id="new",
            lure=None,
            signal=next(iter(book.signals)),
            status="draft",
            lang=lang,
            phrases=tuple(phrases),
            unless=(),
            match=(),
            no_match=(),
            references=(),
            added="",
            exact=False,
            why=None,
            path=Path(),
        )
        scope = book.scope
        frames = (*scope.negation, *scope.question, *scope.condition, *scope.report)
        spelling = book.spelling.for_words(lexicon_of((*phrases, *frames)))
        alone = RuleBook(book.glossary, (cue,), scope, spelling, ())
        self._detector = CueDetector(alone, with_drafts=True)

    def outcome(self, text: str) -> str:
        """`hit`, `missed`, or why a hit does not count: `negation`, `report`."""
        folded = fold_text(text, spelling=self._detector.spelling)
        seen = [sighting.dropped for sighting in self._detector.sightings(folded)]
        if None in seen:
            return "hit"
        return next((dropped for dropped in seen if dropped), "missed")


def example(text: str, *, trial: Trial | None, must_hit: bool) -> str:
    """A sentence that does what it must; not tried where *trial* is None."""
    if not text:
        raise AnswerError("chưa có câu nào / there is no sentence")
    if trial is None:
        return text
    outcome = trial.outcome(text)
    if must_hit and outcome == "missed":
        raise AnswerError(
            f"«{text}» không khớp cụm từ nào ở trên; sửa câu, hoặc làm lại với cụm từ rộng hơn"
            " / matches none of the phrases; change it, or widen a phrase"
        )
    if must_hit and outcome != "hit":
        raise AnswerError(f"«{text}»: {_DROPPED[outcome]}")
    if not must_hit and outcome == "hit":
        raise AnswerError(
            f"«{text}» bị nhận nhầm; sửa câu, hoặc làm lại với cụm từ hẹp hơn"
            " / is matched: a phrase is too wide; change it, or narrow a phrase"
        )
    return text


def has_unmarked(texts: Sequence[str]) -> bool:
    """Whether one of *texts* is typed without marks."""
    return any(text == strip_marks(text) for text in texts)


def unmarked(texts: Sequence[str]) -> str:
    """The first of *texts* as somebody in a hurry types it, as long as none is so typed yet.

    >>> unmarked(["Đừng kể với ai"])
    'dung ke voi ai'
    """
    return strip_marks(texts[0].lower()) if texts and not has_unmarked(texts) else ""


def reference(text: str) -> str:
    """The address of a report or case."""
    if not ADDRESS.fullmatch(text):
        raise AnswerError("phải là một địa chỉ / must be an address: https://…")
    return text


def file_name(text: str, *, folder: str, root: Path) -> str:
    """A name that no cue of this *folder* has."""
    name = text.removesuffix(".toml")
    if not _NAME.fullmatch(name) or name == "lure":
        near = proposed_name(text) or "giu_kin"
        raise AnswerError(f"chỉ chữ a-z, số và _ / only a-z, digits and _: {near}")
    if (root / "lures" / folder / f"{name}.toml").exists():
        raise AnswerError(f"{folder}/{name}.toml đã có / is there already; chọn tên khác")
    return name


def proposed_name(text: str) -> str:
    """
    >>> proposed_name("(việc|chuyện) này … giữ kín giúp")
    'viec_chuyen_nay_giu'
    """
    words = re.findall(r"[a-z0-9]+", strip_marks(text.lower()))
    return "_".join(words[:_NAME_WORDS]).lstrip("0123456789_")


# --- lists to choose from ---------------------------------------------------------------------


def lures_in_order(book: RuleBook) -> list[str]:
    return [ANY, *sorted(name for name in book.lures if name != ANY)]


def lure_list(names: Sequence[str], book: RuleBook) -> Iterable[str]:
    """*names* with their numbers, in words first."""
    for number, name in enumerate(names, 1):
        lure = book.lures.get(name)
        said = "câu mà kiểu bẫy nào cũng dùng" if name == ANY or lure is None else lure.title.vi
        yield f"{number:3}  {said:52}  {name}"


def signals_in_order(book: RuleBook, folder: str) -> list[str]:
    """Those of the lure first, then by stage; last what only lowers, and what the child says."""

    def place(signal: Signal) -> tuple[bool, bool, bool, int]:
        is_own, stage = _is_of(signal, book, folder), STAGES.index(signal.stage)
        return not is_own, signal.said_by is not None, bool(signal.reduces), stage

    return [signal.name for signal in sorted(book.signals.values(), key=place)]


def signal_list(names: Sequence[str], book: RuleBook, folder: str) -> Iterable[str]:
    """*names* with their numbers, in words first; a heading and a blank line for each stage."""
    last = None
    for number, name in enumerate(names, 1):
        signal = book.signals[name]
        stage = _stage(signal)
        head = f"{stage.vi.upper()} / {stage.en}"
        if _is_of(signal, book, folder):
            head = f"{stage.vi.upper()}, {_OWN.vi} / {stage.en}, {_OWN.en}"
        if head != last:
            yield ""
            yield head
        last = head
        yield f"{number:3}  {signal.why.vi}  {name}"


_OWN = Bilingual("hay gặp trong kiểu bẫy này", "common in this lure")
_GOES_ALONG = Bilingual("bạn trẻ làm theo", "the child goes along")
_TELLS = Bilingual("bạn trẻ tự kể", "the child tells")
_LOWERS = Bilingual("làm nhẹ đi", "lowers its sentence")


def _is_of(signal: Signal, book: RuleBook, folder: str) -> bool:
    return folder in book.lures and signal.name in book.lures[folder].signals


def _stage(signal: Signal) -> Bilingual:
    if signal.said_by is not None:
        return _TELLS if signal.opens_help else _GOES_ALONG
    return _LOWERS if signal.reduces else STAGE_NAMES[signal.stage]
