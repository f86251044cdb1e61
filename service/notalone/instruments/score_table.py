"""The score as a table for people, ready for docs/score.md, and the same for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from notalone.instruments.accepted import Change, Move
from notalone.instruments.tally import Outcome, Section, Share, sections, shares, worst_harmless_set

_SHARE = 26  # columns that a share takes
_NAMED_CASES = 20  # disturbed talks that are named in the table; the JSON names all


@dataclass(frozen=True, slots=True)
class Report:
    """One run of `notalone score`. None is what was not asked for, or has nothing to compare."""

    date: str
    rules: str
    outcomes: Sequence[Outcome]
    changes: Sequence[Change] | None = None
    moves: Sequence[Move] = ()
    cross_validated: Sequence[Outcome] | None = None
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


def lines_of(report: Report) -> list[str]:
    """*report* for people. Of lures every share should be high, of harmless talks low."""
    lines = [f"notalone score, {report.date}, rules {report.rules}; shares with 95 % intervals"]
    found = sections(report.outcomes)
    width = 2 + max(len(name) for s in found for name in (s.name, *s.groups))
    for section in found:
        if section.groups:
            lines += ["", *_section_lines(section, width=width)]
    disturbed = [
        f"  {outcome.case.source}: {outcome.case.id} ({outcome.level})"
        for outcome in report.outcomes
        if outcome.is_warned and not outcome.case.is_lure
    ]
    if worst := worst_harmless_set(report.outcomes):
        lines += ["", f"worst harmless set: {worst[0]}, {worst[1]}"]
        lines += disturbed[:_NAMED_CASES]
        if len(disturbed) > _NAMED_CASES:
            lines.append(f"  and {len(disturbed) - _NAMED_CASES} more: --json names them")
    if report.cross_validated is not None:
        lines += [
            "",
            *_cross_validated_lines(report.outcomes, report.cross_validated, width=width),
        ]
    if report.disguised is not None:
        lines += ["", *_disguised_lines(against_plain(report.outcomes, report.disguised))]
    if report.changes is not None:
        lines += ["", *_change_lines(report.changes, report.moves)]
    return lines


def table_for_programs(report: Report) -> dict[str, Any]:
    """Everything the table says, shares with their intervals, as JSON can hold it."""
    table: dict[str, Any] = {
        "date": report.date,
        "rules": report.rules,
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


def _section_lines(section: Section, *, width: int) -> Iterator[str]:
    head = f"{section.name.upper():{width}} {'warned':{_SHARE}}{'danger':{_SHARE}}"
    yield head + (" in time   level   named" if section.kind == "lures" else "   help")
    silent = []
    for name, group in section.groups.items():
        counted = shares(section.kind, group)
        if section.by == "nearest lure" and not (counted["warned"].hits or counted["help"].hits):
            silent.append(len(group))
            continue
        line = f"{'  ' + name:{width}} {counted['warned']!s:{_SHARE}}{counted['danger']!s:{_SHARE}}"
        if section.kind == "lures":
            for measure in ("in_time", "high_enough", "named"):
                line += f"{counted[measure].value:8.1%}"
        else:
            line += f"{counted['help'].value:7.1%}"
        yield line
    if silent:
        yield f"{f'  the other {len(silent)}':{width}} {Share(0, sum(silent))}"


def _cross_validated_lines(
    plain: Sequence[Outcome], cross_validated: Sequence[Outcome], *, width: int
) -> Iterator[str]:
    touched = sum(outcome.switched_off > 0 for outcome in cross_validated)
    yield f"WITHOUT THE CUES WRITTEN FROM IT: {touched} of {len(cross_validated)} have such cues"
    yield f"{'  lures warned of':{width}} {'with':{_SHARE}}{'without':{_SHARE}}".rstrip()
    for ours, theirs in zip(sections(plain), sections(cross_validated), strict=True):
        if ours.kind == "lures" and ours.by in ("set", "lure"):
            for name, group in ours.groups.items():
                before = shares("lures", group)["warned"]
                after = shares("lures", theirs.groups[name])["warned"]
                yield f"{'  ' + name:{width}} {before!s:{_SHARE}}{after!s:{_SHARE}}".rstrip()


def _disguised_lines(cost: Disguised) -> Iterator[str]:
    yield "IN DISGUISE, 2 to 4 on every message"
    yield f"  lures still warned of            {cost.kept}"
    yield f"  at the same level                {cost.kept_level}"
    yield f"  harmless talks warned, plain     {cost.plain_alarms}"
    yield f"  harmless talks warned, disguised {cost.alarms} ({cost.points:+.2f} points)"


def _change_lines(changes: Sequence[Change], moved: Sequence[Move]) -> Iterator[str]:
    if not changes:
        yield "as accepted: no group changed"
    for title, is_worse in (("FELL below what was accepted", True), ("better", False)):
        some = [change for change in changes if change.is_worse == is_worse]
        if some:
            yield title
            yield from (f"  {change}" for change in some)
    if moved:
        yield "judged otherwise than when it was accepted"
        yield from (f"  {move}" for move in moved)
    if any(change.is_worse for change in changes):
        yield "when this is right, or worth it: notalone score --accept"


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
