"""Levels: what cues and wording of one possible trap come to. Every threshold stands in this file.

Cues say what is asked of the reader, the wording how all of it sounds: two witnesses who are heard
together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from notalone.detectors.stages import Pattern, together
from notalone.glossary import ACTS
from notalone.model import LEVELS, Level, LinkStrength, Stage, highest


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the lines are, and why. Start values: lures.md 0.1, tuned with `notalone score`."""

    # One signal alone proves nothing: a mother asks for a code, a friend keeps a birthday secret.
    caution_signals: int = 2
    # Two stages, because a trap moves somebody along; ordinary talk stays where it is.
    caution_stages: int = 2
    caution_points: int = 4
    # Two light signals meet by chance in any long talk: "gấp nha" here, "đừng kể mẹ" there. They
    # must weigh this much, or both speak for one lure, or one of them keep the other secret; in a
    # severe lure one may speak for it and the other cut the reader off: "công an", "tắt máy đi".
    pair_points: int = 5
    cutting_off: tuple[Stage, ...] = ("isolate", "secrecy")
    # Demands alone, but heavy ones and more than one: a code, and then the password.
    one_stage_points: int = 5
    # Where body or freedom is at stake a calm false tip costs less than a silent miss.
    severe_caution_points: int = 3
    severe_from: int = 4  # a lure's severity
    # design.md 1.5: stages with one of isolate, secrecy or demand, past this line.
    danger_points: int = 7
    danger_stages: tuple[Stage, ...] = ("isolate", "secrecy", "demand")
    # An order or threat of this weight needs no company: "gửi thêm nữa mới xóa".
    danger_alone: int = 4
    # "Tell nobody" together with an act. Below this the act is a small favour between friends.
    danger_silence_points: int = 5
    # The wording of the whole talk is a second witness beside its cues (detectors/classifier.py),
    # and the two are heard together. Evidence is the resemblance to known traps, where one in a
    # hundred harmless talks comes to 100 (per cent), and so much for each point of its cues and for
    # each signal of the very lure; the lines were drawn on talks the classifier had not seen.
    # Without a cue nothing is said. What the cues would warn of by themselves needs a little less
    # than what they would not, and counts for one level less below that. A direct threat stands; so
    # does an act that is to be kept secret, which is never nothing.
    point_evidence: int = 5
    telling_evidence: int = 9
    caution_evidence: int = 114
    told_evidence: int = 107
    # Danger takes two steps of a trap too, and enough said by cues.
    danger_evidence: int = 127
    danger_points_heard: int = 4
    # So many messages that are most like a trap: a long harmless talk is not more of a trap for it.
    messages_heard: int = 2
    # A single message has few words to judge by, and a bank's resembles a scammer's: two signals.
    # With two of them it is more of a trap than a talk in which they stand far apart.
    lone_message_signals: int = 2
    lone_message_evidence: int = 87
    # "Em chuyển rồi ạ" confirms what others asked; it is no sign by itself, however often said.
    own_points: int = 2


THRESHOLDS = Thresholds()
# design.md 1.5: likeness with a login, payment, code or APK word beside it may be danger.
LINK_LEVELS: Mapping[LinkStrength, Level] = {
    "listed": "danger",
    "likeness_with_act": "danger",
    "spoken_for": "caution",  # by itself; beside a cue see `level_of_links`
    "spoken_for_hidden": "caution",
    "listed_bait": "caution",
    "expired": "caution",
    "likeness": "caution",
    "hides": "no_information",
}


def level_of(pattern: Pattern, *, severity: int) -> Level:
    """The level of a pattern. *severity*: that of the lure it speaks for, 0 when none."""
    lines = THRESHOLDS
    if pattern.strongest >= lines.danger_alone:
        return "danger"
    points, stages = pattern.points, pattern.stages
    if is_silenced(pattern) and points >= lines.danger_silence_points:
        return "danger"
    if len(pattern.weights) < lines.caution_signals:
        return "no_information"
    if len(stages) < lines.caution_stages:
        return "caution" if points >= lines.one_stage_points else "no_information"
    if points >= lines.danger_points and is_deep(stages):
        return "danger"
    is_severe = severity >= lines.severe_from
    needed = lines.severe_caution_points if is_severe else lines.caution_points
    if points < needed or not belong_together(pattern, is_severe=is_severe):
        return "no_information"
    return "caution"


def is_deep(stages: Iterable[Stage]) -> bool:
    """Whether it has gone beyond talk: to cutting off, secrecy, or a demand."""
    return not set(stages).isdisjoint(THRESHOLDS.danger_stages)


def is_silenced(pattern: Pattern) -> bool:
    """Whether somebody is to do something and to tell nobody about it."""
    return "silence" in pattern.asks and not pattern.asks.isdisjoint(ACTS)


def belong_together(pattern: Pattern, *, is_severe: bool) -> bool:
    """Whether the signals are one trap, and did not just meet in a long talk."""
    lines = THRESHOLDS
    if len(pattern.weights) > lines.caution_signals or pattern.points >= lines.pair_points:
        return True
    if pattern.telling >= lines.caution_signals or is_silenced(pattern):
        return True
    cuts_off = not set(pattern.stages).isdisjoint(lines.cutting_off)
    is_heavy = pattern.points >= lines.caution_points
    return is_severe and pattern.telling > 0 and cuts_off and is_heavy


def heard_by_two(told: Level, pattern: Pattern, worded: Worded) -> Level:
    """What the cues *told*, heard together with how all of it is *worded*."""
    heard = level_of_both(told, pattern, worded)
    if told == LEVELS[0] or pattern.strongest >= THRESHOLDS.danger_alone:
        return highest(told, heard)
    if is_silenced(pattern):
        return highest(told, heard) if heard != LEVELS[0] else "caution"
    return highest(LEVELS[LEVELS.index(told) - 1], heard)


def level_of_both(told: Level, pattern: Pattern, worded: Worded) -> Level:
    """The level of cues and wording together. *told*: that of the cues by themselves."""
    lines = THRESHOLDS
    evidence = evidence_of(pattern, worded)
    if evidence < worded.enough_for(told) or len(pattern.weights) < worded.signals_to_lift:
        return "no_information"
    has_steps = len(pattern.stages) >= lines.caution_stages and is_deep(pattern.stages)
    is_far = has_steps and pattern.points >= lines.danger_points_heard
    return "danger" if is_far and evidence >= lines.danger_evidence else "caution"


def evidence_of(pattern: Pattern, worded: Worded) -> int:
    """What cues and wording say together, in per cent: see `Thresholds`."""
    lines = THRESHOLDS
    points = lines.point_evidence * pattern.points
    return worded.per_cent + points + lines.telling_evidence * pattern.telling


class Worded(NamedTuple):
    """How all that others say in a window is worded: see `model.Wording`."""

    per_cent: int  # resemblance to known traps
    is_alone: bool  # they said it in a single message

    @property
    def signals_to_lift(self) -> int:
        """How many signals must stand beside a wording like a trap's for it to count."""
        return THRESHOLDS.lone_message_signals if self.is_alone else 1

    def enough_for(self, told: Level) -> int:
        """The evidence from which it is worth a warning. *told*: by the cues alone."""
        lines = THRESHOLDS
        line = lines.lone_message_evidence if self.is_alone else lines.caution_evidence
        return line if told == LEVELS[0] else min(line, lines.told_evidence)


def resemblance_of_window(messages: Iterable[float]) -> float:
    """The resemblance of a conversation to known traps, from that of each of its *messages*."""
    return together(sorted(messages)[-THRESHOLDS.messages_heard :])


def worded_as(messages: Collection[float]) -> Worded | None:
    """How a window is worded, from the resemblance of each of its *messages*; None without any."""
    if not messages:
        return None
    return Worded(round(100 * resemblance_of_window(messages)), is_alone=len(messages) == 1)


def level_of_links(strengths: Collection[LinkStrength], *, is_backed: bool = False) -> Level:
    """The level by addresses. *is_backed*: whether a cue says that something is wanted, too.

    design.md 1.5: who speaks as a bank and leads elsewhere is a danger. A name is easily mistaken
    for the speaker's, so it takes both.
    """
    level = highest(*(LINK_LEVELS[strength] for strength in strengths))
    return "danger" if is_backed and "spoken_for" in strengths else level
