"""The score as a table for people (in English: docs/score.md), and the same for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notalone.instruments.accepted import Change, Move
from notalone.instruments.explain_words import Language, pick
from notalone.instruments.tally import (
    MEASURES,
    SECTION_TITLES,
    Outcome,
    Section,
    Share,
    group_title,
    sections,
    shares,
    worst_harmless_set,
)
from notalone.model import Bilingual

_SHARE = 26  # columns that a share takes
_NAMED_CASES = 20  # disturbed talks that are named in the table; the JSON names all
_SAID: Mapping[str, Bilingual] = {
    "head": Bilingual(
        "notalone score, {}, bộ dấu hiệu {} ngày {}; tỉ lệ kèm khoảng tin cậy 95 %",
        "notalone score, {}, rules {} of {}; shares with 95 % intervals",
    ),
    "others": Bilingual("{} kiểu còn lại", "the other {}"),
    "worst": Bilingual("bộ vô hại bị nhắc nhầm nhiều nhất: {}, {}", "worst harmless set: {}, {}"),
    "more": Bilingual("và {} cuộc nữa: --json kể đủ", "and {} more: --json names them"),
    "without_head": Bilingual(
        "BỎ MẪU CÂU VÀ ĐIỀU ĐÃ HỌC LẤY TỪ CHÍNH NÓ: {} trong {} cuộc có",
        "WITHOUT CUES AND LEARNING FROM IT: {} of {} have such",
    ),
    "cues_only_head": Bilingual(
        "CHỈ BẰNG MẪU CÂU, KHÔNG DÙNG BỘ HỌC", "BY CUES ALONE, WITHOUT THE CLASSIFIER"
    ),
    "warned": Bilingual("có nhắc", "warned"),
    "with": Bilingual("có đủ", "with"),
    "without": Bilingual("đã bỏ", "without"),
    "disguised_head": Bilingual(
        "CHỮ BIẾN DẠNG, 2 đến 4 kiểu trong mỗi tin", "IN DISGUISE, 2 to 4 on every message"
    ),
    "kept": Bilingual("bẫy vẫn được nhắc", "lures still warned of"),
    "kept_level": Bilingual("vẫn ở mức cũ", "at the same level"),
    "alarms_plain": Bilingual("vô hại mà bị nhắc, chữ thường", "harmless talks warned, plain"),
    "alarms": Bilingual("vô hại mà bị nhắc, chữ biến dạng", "harmless talks warned, disguised"),
    "points": Bilingual("{:+.2f} điểm phần trăm", "{:+.2f} points"),
    "unchanged": Bilingual(
        "như lần chấp nhận trước: không nhóm nào đổi", "as accepted: no group changed"
    ),
    "fell": Bilingual("KÉM HƠN mức đã chấp nhận", "FELL below what was accepted"),
    "better": Bilingual("tốt hơn", "better"),
    "moved": Bilingual(
        "nay xét khác lần chấp nhận trước", "judged otherwise than when it was accepted"
    ),
    "accept": Bilingual(
        "nếu vậy là đúng, hoặc đáng đổi: notalone score --accept",
        "when this is right, or worth it: notalone score --accept",
    ),
}


@dataclass(frozen=True, slots=True)
class Report:
    """One run of `notalone score`. None is what was not asked for, or has nothing to compare."""

    date: str
    version: str  # of the rules
    built: str  # the rules' newest date
    outcomes: Sequence[Outcome]
    changes: Sequence[Change] | None = None
    moves: Sequence[Move] = ()
    cross_validated: Sequence[Outcome] | None = None
    cues_only: Sequence[Outcome] | None = None
    disguised: Sequence[Outcome] | None = None


@dataclass(frozen=True, slots=True)
class Disguised:
    """What disguises cost: detections that stay, and alarms in harmless talks."""

    kept: Share  # of the lures that were warned of in plain words
    kept_level: Share  # the same, at no lower level
    plain_alarms: Share
    alarms: Share

    @property
    def points(self) -> float:
        """How many more of a hundred harmless talks are disturbed."""
        return 100 * (self.alarms.value - self.plain_alarms.value)


def lines_of(report: Report, *, language: Language = "vi") -> list[str]:
    """*report* for people. Of lures every share should be high, of harmless talks low."""
    return list(_Teller(language).report(report))


def table_for_programs(report: Report) -> dict[str, Any]:
    """Everything the table says, shares with their intervals, as JSON can hold it."""
    table: dict[str, Any] = {
        "date": report.date,
        "rules": f"{report.version} of {report.built}",
        "groups": _groups(sections(report.outcomes)),
        "disturbed": [_named(o) for o in report.outcomes if o.is_warned and not o.case.is_lure],
        "help_opened": [_named(o) for o in report.outcomes if o.opens_help],
        "missed": [_named(o) for o in report.outcomes if o.case.is_lure and not o.is_warned],
    }
    if worst := worst_harmless_set(report.outcomes):
        table["worst_harmless_set"] = {"name": worst[0], **_share(worst[1])}
    if report.cross_validated is not None:
        table["cross_validated"] = _groups(
            section for section in sections(report.cross_validated) if section.kind == "lures"
        )
    if report.cues_only is not None:
        table["cues_only"] = _groups(sections(report.cues_only))
    if report.disguised is not None:
        cost = against_plain(report.outcomes, report.disguised)
        table["disguised"] = {
            "kept": _share(cost.kept),
            "kept_level": _share(cost.kept_level),
            "alarms": _share(cost.alarms),
            "alarms_plain": _share(cost.plain_alarms),
            "points": cost.points,
        }
    if report.changes is not None:
        table["changes"] = [
            {
                "section": change.section,
                "group": change.group,
                "measure": change.measure,
                "before": _share(change.before),
                "now": _share(change.now),
                "cases": float(change.cases),
            }
            for change in report.changes
        ]
        table["moves"] = [
            {"id": move.case, "before": move.before, "now": move.now} for move in report.moves
        ]
    return table


def against_plain(plain: Sequence[Outcome], disguised: Sequence[Outcome]) -> Disguised:
    """What the disguises cost. Both hold the same cases in the same order."""
    found = [(a, b) for a, b in zip(plain, disguised, strict=True) if a.case.is_lure]
    found = [(a, b) for a, b in found if a.is_warned]
    harmless = [outcome for outcome in plain if not outcome.case.is_lure]
    hidden = [outcome for outcome in disguised if not outcome.case.is_lure]
    return Disguised(
        kept=Share(sum(b.is_warned for _, b in found), len(found)),
        kept_level=Share(
            sum(b.is_danger or (b.is_warned and not a.is_danger) for a, b in found), len(found)
        ),
        plain_alarms=Share(sum(o.is_warned for o in harmless), len(harmless)),
        alarms=Share(sum(o.is_warned for o in hidden), len(hidden)),
    )


class _Teller:
    """Says a report in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def say(self, key: str, *values: object) -> str:
        return pick(_SAID[key], self._language).format(*values)

    def measure(self, name: str) -> str:
        return pick(MEASURES[name], self._language)

    def group(self, name: str) -> str:
        return pick(group_title(name), self._language)

    def title(self, section: Section) -> str:
        return pick(SECTION_TITLES[section.name], self._language).upper()

    def report(self, report: Report) -> Iterator[str]:
        yield self.say("head", report.date, report.version, report.built)
        found = sections(report.outcomes)
        width = 2 + max(
            len(name)
            for section in found
            for name in (self.title(section), *map(self.group, section.groups))
        )
        for section in found:
            if section.groups:
                yield ""
                yield from self.section(section, width=width)
        if worst := worst_harmless_set(report.outcomes):
            yield ""
            yield self.say("worst", *worst)
            yield from self.disturbed(report.outcomes)
        if report.cross_validated is not None:
            yield ""
            yield from self.without(report.outcomes, report.cross_validated, width=width)
        if report.cues_only is not None:
            yield ""
            yield self.say("cues_only_head")
            yield from self.beside(report.outcomes, report.cues_only, by=("set",), width=width)
        if report.disguised is not None:
            yield ""
            yield from self.disguised(against_plain(report.outcomes, report.disguised))
        if report.changes is not None:
            yield ""
            yield from self.changes(report.changes, report.moves)

    def section(self, section: Section, *, width: int) -> Iterator[str]:
        measures, least = (
            (("in_time", "high_enough", "named"), 8) if section.kind == "lures" else (("help",), 7)
        )
        columns = {name: max(len(self.measure(name)) + 1, least) for name in measures}
        head = f"{self.title(section):{width}} "
        head += "".join(f"{self.measure(name):{_SHARE}}" for name in ("warned", "danger"))
        yield head + "".join(f"{self.measure(name):>{columns[name]}}" for name in measures)
        silent = []
        for name, group in section.groups.items():
            counted = shares(section.kind, group)
            if section.by == "nearest lure" and not (
                counted["warned"].hits or counted["help"].hits
            ):
                silent.append(len(group))
                continue
            line = f"{'  ' + self.group(name):{width}} "
            line += "".join(f"{counted[share]!s:{_SHARE}}" for share in ("warned", "danger"))
            yield line + "".join(f"{counted[m].value:{columns[m]}.1%}" for m in measures)
        if silent:
            others = f"  {self.say('others', len(silent))}"
            yield f"{others:{width}} {Share(0, sum(silent))}"

    def disturbed(self, outcomes: Sequence[Outcome]) -> Iterator[str]:
        found = [outcome for outcome in outcomes if outcome.is_warned and not outcome.case.is_lure]
        for outcome in found[:_NAMED_CASES]:
            case = outcome.case
            yield f"  {case.source}: {case.id} ({self.group(outcome.level)})"
        if len(found) > _NAMED_CASES:
            yield f"  {self.say('more', len(found) - _NAMED_CASES)}"

    def without(
        self, plain: Sequence[Outcome], cross_validated: Sequence[Outcome], *, width: int
    ) -> Iterator[str]:
        touched = sum(outcome.did_without for outcome in cross_validated)
        yield self.say("without_head", touched, len(cross_validated))
        yield from self.beside(plain, cross_validated, by=("set", "lure"), width=width)

    def beside(
        self,
        plain: Sequence[Outcome],
        other: Sequence[Outcome],
        *,
        by: tuple[str, ...],
        width: int,
    ) -> Iterator[str]:
        """How many are warned of, with everything and with less."""
        first = f"  {self.say('warned')}"
        columns = f"{self.say('with'):{_SHARE}}{self.say('without'):{_SHARE}}"
        yield f"{first:{width}} {columns}".rstrip()
        for ours, theirs in zip(sections(plain), sections(other), strict=True):
            if ours.by in by:
                for name, group in ours.groups.items():
                    before = shares(ours.kind, group)["warned"]
                    after = shares(theirs.kind, theirs.groups[name])["warned"]
                    yield f"{'  ' + name:{width}} {before!s:{_SHARE}}{after!s:{_SHARE}}".rstrip()

    def disguised(self, cost: Disguised) -> Iterator[str]:
        yield self.say("disguised_head")
        rows = {
            "kept": cost.kept,
            "kept_level": cost.kept_level,
            "alarms_plain": cost.plain_alarms,
            "alarms": cost.alarms,
        }
        width = max(len(self.say(key)) for key in rows)
        for key, share in rows.items():
            more = f" ({self.say('points', cost.points)})" if key == "alarms" else ""
            yield f"  {self.say(key):{width}} {share}{more}"

    def changes(self, changes: Sequence[Change], moved: Sequence[Move]) -> Iterator[str]:
        if not changes:
            yield self.say("unchanged")
        for title, is_worse in (("fell", True), ("better", False)):
            some = [change for change in changes if change.is_worse == is_worse]
            if some:
                yield self.say(title)
                yield from (f"  {pick(change.told, self._language)}" for change in some)
        if moved:
            yield self.say("moved")
            yield from (f"  {pick(move.told, self._language)}" for move in moved)
        if any(change.is_worse for change in changes):
            yield self.say("accept")


def _groups(found: Iterable[Section]) -> dict[str, dict[str, Any]]:
    return {
        section.name: {
            name: {"cases": len(group)}
            | {measure: _share(share) for measure, share in shares(section.kind, group).items()}
            for name, group in section.groups.items()
        }
        for section in found
    }


def _share(share: Share) -> dict[str, float | int]:
    low, high = share.interval
    return {"hits": share.hits, "of": share.of, "share": share.value, "low": low, "high": high}


def _named(outcome: Outcome) -> dict[str, str | None]:
    return {
        "set": outcome.case.source,
        "id": outcome.case.id,
        "level": outcome.level,
        "lure": outcome.lure,
    }
