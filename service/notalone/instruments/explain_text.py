"""An explanation as lines for a terminal or a file: aligned, at most 100 columns, no colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from notalone.config import LIMITS
from notalone.instruments.conversation_file import Conversation
from notalone.instruments.explain import Doubt, Explained, Explanation, Sign
from notalone.instruments.explain_words import (
    ENTITIES,
    FATES,
    LEVELS,
    LINES,
    MISSING,
    NOTES,
    SAID,
    SHORT_FATES,
    Language,
    pick,
)
from notalone.instruments.threshold_lines import Line
from notalone.levels import THRESHOLDS, evidence_of
from notalone.model import LEVELS as LEVEL_ORDER
from notalone.model import Bilingual, Message
from notalone.rulebook import Cue
from notalone.wording import STAGE_NAMES

WIDTH = 100
_LABEL = 12  # columns of "đọc là:", "bỏ dấu:" …
_STAGE = max(len(name.vi) for name in STAGE_NAMES.values()) + 2
_LEVEL = max(len(LEVELS[level].vi) for level in ("danger", "caution")) + 2
_POINTS = 8  # columns of a number at the left, under "điểm"


def describe(
    conversation: Conversation, explanation: Explanation, *, language: Language = "vi"
) -> Iterator[str]:
    """The whole explanation, line by line; messages with nothing in them are only counted."""
    return _Teller(language).conversation(conversation, explanation)


def author_of(message: Message, *, language: Language) -> str:
    """Who wrote *message*, as far as the page tells."""
    return _Teller(language).author(message)


def sign_label(sign: Sign, *, language: Language) -> str:
    """A few words for a drawing: the stage and the points, or why there are none."""
    return _Teller(language).label(sign)


class _Teller:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def pick(self, text: Bilingual) -> str:
        return pick(text, self._language)

    def say(self, key: str, *values: object, **named: object) -> str:
        return self.pick(SAID[key]).format(*values, **named)

    def conversation(self, conversation: Conversation, explanation: Explanation) -> Iterator[str]:
        if conversation.title:
            yield f"{self.say('conversation')} {conversation.title}"
        if conversation.left_out:
            yield self.say("left_out", conversation.left_out, LIMITS.messages)
        telling = [one for one in explanation.messages if one.signs]
        is_alone = len(explanation.messages) == 1
        for one in explanation.messages if is_alone else telling:
            yield from self.message(one, is_alone=is_alone)
            if not is_alone:
                yield from self.so_far(one, explanation)
            yield ""
        quiet = len(explanation.messages) - len(telling)
        if quiet and not is_alone:
            yield self.say("quiet", quiet)
            yield ""
        yield from self.result(explanation)

    def author(self, message: Message) -> str:
        authors = {True: "mine", False: "theirs", None: "unknown"}
        return self.say(authors[message.from_me])

    def label(self, sign: Sign) -> str:
        if sign.fate == "counted":
            return f"{self.pick(STAGE_NAMES[sign.signal.stage])} {sign.counted}"
        return self.pick(SHORT_FATES[sign.fate])

    # --- one message --------------------------------------------------------------------------

    def message(self, one: Explained, *, is_alone: bool) -> Iterator[str]:
        author = self.author(one.message)
        number = "" if is_alone else f" {one.message.id}"
        yield from _wrapped(
            f"{self.say('message')}{number} ({author})  ",
            f"«{_one_line(one.message.text)}»",
            indent=4,
        )
        yield from self.reading(one)
        if one.signs:
            stage = f"{self.say('stage'):{_STAGE}}"
            yield f"{self.say('column'):>{_POINTS}}  {stage}{self.say('words')}"
        for sign in one.signs:
            yield from self.sign(sign)
        if not any(sign.fate != "lowers" for sign in one.signs) and is_alone:
            yield f"    {self.say('nothing')}"
        if one.missed:
            yield from self.missed(one.missed)

    def so_far(self, one: Explained, explanation: Explanation) -> Iterator[str]:
        """The sum up to *one*; it names its lure where that is not the one of the result."""
        if not any(sign.fate in ("counted", "own") for sign in one.signs):
            return
        weighed = one.so_far
        points, level = self.points(weighed.pattern.points), self.pick(LEVELS[weighed.level])
        lure = weighed.lure
        is_other = lure != explanation.weighed.lure
        note = f" ({self.say('so_far_like', lure.id)})" if lure and is_other else ""
        yield f"    {self.say('so_far')}: {points} · {level}{note}"

    def points(self, count: int) -> str:
        return self.say("point" if count == 1 else "points", count)

    def reading(self, one: Explained) -> Iterator[str]:
        reading = one.reading
        if reading.changes:
            changes = ", ".join(
                f"{change.typed} → {change.read}"
                + (f" ({self.pick(NOTES[change.note])})" if change.note else "")
                for change in reading.changes
            )
            yield from self._labelled("changes", changes)
        if not reading.is_as_typed:
            yield from self._labelled("read_as", reading.marked)
        if reading.plain != reading.marked:
            yield from self._labelled("plain", reading.plain)
        if one.entities:
            kinds = ", ".join(
                f"{_one_line(quote)} ({self.pick(ENTITIES[kind])})" for quote, kind in one.entities
            )
            yield from self._labelled("entities", kinds)

    def _labelled(self, key: str, text: str) -> Iterator[str]:
        label = f"    {self.say(key) + ':':{_LABEL}}"
        return _wrapped(label, text, indent=len(label))

    def missed(self, cues: tuple[Cue, ...]) -> Iterator[str]:
        """Cues that were asked about in vain: one line, however many there are."""
        line = f"    {self.say('missed', len(cues))}: "
        names = [cue.id for cue in cues]
        for shown in range(len(names), 0, -1):
            more = len(names) - shown
            ending = f", {self.say('and_more', more)}" if more else ""
            text = line + ", ".join(names[:shown]) + ending
            if len(text) <= WIDTH or shown == 1:
                yield text
                return

    def sign(self, sign: Sign) -> Iterator[str]:
        counts = sign.fate in ("counted", "own")
        head = f"{sign.counted if counts else '–':>{_POINTS}}  "
        stage = self.pick(STAGE_NAMES[sign.signal.stage])
        if sign.fate in ("lowers", "help"):  # of no stage
            stage = f"({self.pick(SHORT_FATES[sign.fate])})"
        yield from _wrapped(
            head + f"{stage:{_STAGE}}", f"«{_one_line(sign.quote)}»", indent=_POINTS + 2 + _STAGE
        )
        place = f"{sign.path.parent.name}/{sign.path.name}" if sign.path else sign.rule
        indent = _POINTS + 2
        yield from _with_id(self.pick(sign.why), place, indent=indent)
        for note in self.notes(sign):
            yield from _wrapped(" " * indent, note, indent=indent)

    def notes(self, sign: Sign) -> Iterator[str]:
        """Why it counts for less than its signal's weight, or not at all."""
        if sign.link_level is not None:
            yield self.say("link_level", self.pick(LEVELS[sign.link_level]))
        if sign.fate == "lowers":
            return  # said in its column, and beside what it lowers
        if sign.fate not in ("counted", "own"):
            yield self.pick(FATES[sign.fate]).format(_one_line(sign.because))
            return
        if sign.fate == "own":
            yield self.pick(FATES["own"])
        left = sign.weight
        for doubt in sign.doubts:
            why = self.doubt(doubt)
            is_kept = doubt.kind != "few_words" and sign.counted > max(0, left - doubt.by)
            if is_kept:
                yield self.say("kept", why=why)
                continue
            left = max(0, left - doubt.by)
            yield f"{self.say('lowered', why=why, by=doubt.by)}, {self.say('left', left)}"

    def doubt(self, doubt: Doubt) -> str:
        if doubt.kind == "few_words":
            return self.say("few_words")
        return self.say("unless", quote=_one_line(doubt.quote))

    # --- the sum ------------------------------------------------------------------------------

    def result(self, explanation: Explanation) -> Iterator[str]:
        if explanation.weighed.pattern.weights:
            yield from self.sum(explanation)
            yield from self.compared(explanation)
        yield from self.verdict(explanation)
        if any(one.signs for one in explanation.messages):
            yield self.say("files")

    def sum(self, explanation: Explanation) -> Iterator[str]:
        """The signs that count, as a column of numbers."""
        pattern = explanation.weighed.pattern
        yield self.say("sum")
        for one in explanation.messages:
            place = f"{self.say('message').lower()} {one.message.id}: "
            for sign in one.signs:
                if sign.fate == "counted" and sign.counted:
                    stage = f"{self.pick(STAGE_NAMES[sign.signal.stage]):{_STAGE}}"
                    quote = f"«{_one_line(sign.quote)}»"
                    where = place if len(explanation.messages) > 1 else ""
                    yield _cut(f"{sign.counted:>{_POINTS}}  {stage}{where}{quote}")
        if pattern.own_points:
            yield f"{pattern.own_points:>{_POINTS}}  {self.say('own_points')}"
        yield "──".rjust(_POINTS)
        total = self.say("total", signals=len(pattern.weights), stages=len(pattern.stages))
        yield f"{pattern.points:>{_POINTS}}  {total}"
        if (worded := explanation.weighed.worded) is not None:
            told = self.say(
                "wording",
                alike=worded.per_cent,
                point=THRESHOLDS.point_evidence,
                telling=THRESHOLDS.telling_evidence,
                both=evidence_of(pattern, worded),
            )
            yield from _wrapped(" " * (_POINTS + 2), told, indent=_POINTS + 2)

    def compared(self, explanation: Explanation) -> Iterator[str]:
        """The lines of the level that was reached and of the next one."""
        yield self.say("compared")
        widest = max(len(self.pick(line)) for line in LINES.values()) + 1
        reached = LEVEL_ORDER.index(explanation.weighed.level)
        shown = ""
        for line in explanation.lines:
            if LEVEL_ORDER.index(line.level) not in (reached, reached + 1):
                continue
            name = self.pick(LEVELS[line.level])
            asked = self.pick(LINES[line.name]).format(line.needs[-1].need)
            head = f"    {'' if name == shown else name:{_LEVEL}}{asked:{widest}}"
            yield from _wrapped(head, self.outcome(line), indent=len(head))
            shown = name

    def outcome(self, line: Line) -> str:
        if line.is_reached:
            need = line.needs[-1]
            spare = self.pick(MISSING[need.what]).format(need.have - need.need)
            return self.say("spare", spare) if need.have > need.need else self.say("reached")
        missing = [
            self.pick(MISSING[need.what]).format(need.missing)
            for need in line.needs
            if need.missing
        ]
        *others, last = missing
        listed = f"{', '.join(others)} {self.say('and')} {last}" if others else last
        return self.say("not_yet", listed)

    def verdict(self, explanation: Explanation) -> Iterator[str]:
        verdict, level = explanation.verdict, explanation.weighed.level
        said = f"{self.say('result')}: {self.pick(LEVELS[level])}"
        is_warned = level != "no_information"
        if explanation.weighed.is_lowered:
            said += f" ({self.say('lowered_by_wording')})"
        elif is_warned and not any(
            line.is_reached and line.level == level for line in explanation.lines
        ):
            said += f" ({self.say('by_link')})"
        if verdict.by_message and len(explanation.messages) > 1:
            said += f", {self.say('first_at', verdict.by_message)}"
        if is_warned and verdict.title:
            yield from _with_id(f"{said}. {self.pick(verdict.title)}", verdict.lure or "", indent=0)
        else:
            yield said
        if verdict.help:
            words = [self.pick(text) for text in (verdict.title, verdict.first_action) if text]
            said = self.say("help_too") if is_warned else " ".join(words)
            yield from _wrapped(f"{self.say('help')}: ", said, indent=4)


def _one_line(text: str) -> str:
    """*text* on one line, without characters that would move the cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))


def _wrapped(head: str, text: str, *, indent: int) -> Iterator[str]:
    lines = textwrap.wrap(text, WIDTH - len(head), break_on_hyphens=False) or [""]
    yield (head + lines[0]).rstrip()
    rest = " ".join(lines[1:])
    yield from textwrap.wrap(
        rest,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )


def _with_id(text: str, identifier: str, *, indent: int) -> Iterator[str]:
    """*text* with *identifier* at the end of its line, or of the next where there is no room."""
    room = WIDTH - indent
    if len(text) + 2 + len(identifier) <= room:
        yield (" " * indent + text + identifier.rjust(room - len(text))).rstrip()
        return
    yield from _wrapped(" " * indent, text, indent=indent)
    if identifier:
        yield identifier.rjust(WIDTH)


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 2] + "…»"
