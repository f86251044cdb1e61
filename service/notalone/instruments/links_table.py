"""The score of links as a table for people (in English: docs/score.md), and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from notalone.instruments.explain_words import Language, pick
from notalone.instruments.tally import Share
from notalone.model import Bilingual

_NAME, _SHARE = 34, 30  # columns
_SAID: Mapping[str, Bilingual] = {
    "head": Bilingual(
        "notalone score --links, {}, nửa «{}»; không dùng danh sách; tỉ lệ kèm khoảng tin cậy 95 %",
        "notalone score --links, {}, the half «{}»; no lists used; shares with 95 % intervals",
    ),
    "caution": Bilingual("có nhắc", "warned"),
    "danger": Bilingual("nguy hiểm", "danger"),
    "found": Bilingual("tên bị báo cáo", "reported hosts"),
    "by month": Bilingual("theo tháng đầu tiên thấy", "by month of first sight"),
    "by feed": Bilingual("theo nguồn, 90 ngày cuối của mỗi nguồn", "by feed, its last 90 days"),
    "by kind": Bilingual("tên mới, theo loại", "new ones, by kind"),
    "by family": Bilingual("tên mới có nhắc, theo thương hiệu", "new ones warned of, by brand"),
    "benign": Bilingual("tên vô hại", "names that harm nobody"),
    "worst": Bilingual("bộ vô hại bị nhắc nhầm nhiều nhất: {}, {}", "worst harmless set: {}, {}"),
    "goal": Bilingual("  QUÁ MỨC {:.1%}", "  OVER {:.1%}"),
    "by rule": Bilingual(
        "theo quy tắc: số tên mới, số tên Việt Nam mới, rồi từng bộ vô hại",
        "by rule: new hosts, new Vietnamese ones, then each harmless set",
    ),
    "misses": Bilingual("ví dụ chưa nhận ra (nửa «tune»)", "examples missed (half «tune»)"),
    "alarms": Bilingual("ví dụ nhắc nhầm (nửa «tune»)", "examples accused (half «tune»)"),
}


class Counts(NamedTuple):
    """Of so many hosts, how many were warned of at all, and how many as a danger."""

    caution: Share
    danger: Share


@dataclass(frozen=True, slots=True)
class BenignRow:
    """What became of one harmless set, and what may."""

    id: str
    title: Bilingual
    counts: Counts
    caution_goal: float
    danger_goal: float

    @property
    def is_met(self) -> bool:
        is_quiet = self.counts.caution.value <= self.caution_goal
        return is_quiet and self.counts.danger.value <= self.danger_goal


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One run of `notalone score --links`."""

    date: str
    half: str
    found: Sequence[tuple[Bilingual, Counts]]
    by_month: Mapping[str, Counts]  # of first sight
    by_feed: Mapping[str, Counts]
    by_kind: Mapping[str, Counts]
    by_family: Mapping[str, Counts]
    benign: Sequence[BenignRow]
    by_rule: Mapping[str, Mapping[str, int]]  # rule -> set -> hosts
    misses: Sequence[str] = ()
    alarms: Sequence[str] = ()

    @property
    def worst(self) -> BenignRow | None:
        """The harmless set that is accused most; None when none was measured."""
        return max(self.benign, key=lambda row: row.counts.caution.value, default=None)


def lines_of(report: LinkReport, *, language: Language = "vi") -> list[str]:
    """*report* for people. Of reported hosts every share should be high, of the others low."""
    return list(_lines(report, language))


def _lines(report: LinkReport, language: Language) -> Iterator[str]:
    def said(name: str) -> str:
        return pick(_SAID[name], language)

    yield said("head").format(report.date, report.half)
    found = [(pick(title, language), counts) for title, counts in report.found]
    for name, rows in (
        ("found", found),
        ("by month", [*report.by_month.items()]),
        ("by feed", [*report.by_feed.items()]),
        ("by kind", [*report.by_kind.items()]),
        ("by family", [*report.by_family.items()]),
    ):
        yield ""
        yield _head(said(name), said("caution"), said("danger"))
        for title, counts in rows:
            yield _row(title, counts)
    yield ""
    yield _head(said("benign"), said("caution"), said("danger"))
    for row in report.benign:
        over = "" if row.is_met else said("goal").format(row.caution_goal)
        yield _row(pick(row.title, language), row.counts) + over
    if report.worst is not None:
        share = str(report.worst.counts.caution).strip()
        yield said("worst").format(pick(report.worst.title, language), share)
    yield ""
    yield said("by rule")
    for rule, hits in report.by_rule.items():
        yield f"  {rule:<{_NAME}}" + "".join(f"{count:>8}" for count in hits.values())
    for name, hosts in (("misses", report.misses), ("alarms", report.alarms)):
        if hosts:
            yield ""
            yield said(name)
            yield from (f"  {host}" for host in hosts)


def _head(title: str, *columns: str) -> str:
    return f"{title.upper():<{_NAME + 2}}" + "".join(f"{column:<{_SHARE}}" for column in columns)


def _row(title: str, counts: Counts) -> str:
    return f"  {title:<{_NAME}}{counts.caution!s:<{_SHARE}}{counts.danger}"


def table_for_programs(report: LinkReport) -> dict[str, Any]:
    """Everything the table says, as JSON can hold it."""
    table: dict[str, Any] = {
        "date": report.date,
        "half": report.half,
        "found": {title.en: _counts(counts) for title, counts in report.found},
        "by_month": {name: _counts(counts) for name, counts in report.by_month.items()},
        "by_feed": {name: _counts(counts) for name, counts in report.by_feed.items()},
        "by_kind": {name: _counts(counts) for name, counts in report.by_kind.items()},
        "by_family": {name: _counts(counts) for name, counts in report.by_family.items()},
        "benign": {
            row.id: {
                **_counts(row.counts),
                "caution_goal": row.caution_goal,
                "danger_goal": row.danger_goal,
                "is_met": row.is_met,
            }
            for row in report.benign
        },
        "by_rule": {rule: dict(hits) for rule, hits in report.by_rule.items()},
        "misses": list(report.misses),
        "alarms": list(report.alarms),
    }
    if report.worst is not None:
        table["worst_benign_set"] = report.worst.id
    return table


def _counts(counts: Counts) -> dict[str, Any]:
    return {"caution": _share(counts.caution), "danger": _share(counts.danger)}


def _share(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {"hits": share.hits, "of": share.of, "value": share.value, "low": low, "high": high}
