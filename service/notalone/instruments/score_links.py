"""`notalone score --links`: how many reported hosts the rules see through, and whom they accuse.

Lists are left out: what counts is what a host shows by itself, as if nobody had reported it yet.
"""

from __future__ import annotations

import datetime
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from notalone.address import read_address, split_host
from notalone.brands import platform_of
from notalone.config import rules_dir
from notalone.detectors import LinkRules, load_link_rules, unlisted_findings
from notalone.glossary import load_glossary
from notalone.instruments.explain_words import Language
from notalone.instruments.link_data import (
    BENIGN_SETS,
    FEEDS_OF_VIETNAM,
    Half,
    ScamHost,
    find_folder,
    half_of,
    newest,
    read_benign,
    read_scam_hosts,
)
from notalone.instruments.links_table import (
    BenignRow,
    Counts,
    LinkReport,
    lines_of,
    table_for_programs,
)
from notalone.instruments.tally import Share
from notalone.levels import LINK_LEVELS
from notalone.model import Bilingual, LinkFinding

NEW_DAYS = 90
NEW_DAYS_OF_VIETNAM = 365  # of feeds that are small and old
MONTHS = 6
_TELLING_LETTERS = 5  # a shorter name or word is in half of all hosts
_SEED = "2026-11-23"


class Judged(NamedTuple):
    """One host and what its name shows; None where it shows nothing."""

    host: str
    finding: LinkFinding | None

    @property
    def is_danger(self) -> bool:
        return self.finding is not None and LINK_LEVELS[self.finding.strength] == "danger"


def run(*, data: Path, as_json: bool = False, samples: int = 0, language: Language = "vi") -> int:
    """Print the score of links; 1 when a harmless set is accused more than its goal allows.

    *samples*: so many misses and false alarms are named, of the half that rules are drawn with.
    """
    folder = rules_dir()
    rules = load_link_rules(folder, lures=load_glossary(folder).lures)
    report = measure(find_folder(data), rules, samples=samples)
    if as_json:
        print(json.dumps(table_for_programs(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines_of(report, language=language)))
    return int(not all(row.is_met for row in report.benign))


def measure(
    folder: Path, rules: LinkRules, *, half: Half = "report", samples: int = 0
) -> LinkReport:
    """Judge every host of the measuring files in *folder* that belongs to *half*."""
    everything = read_scam_hosts(folder)
    new = newest(everything, days=NEW_DAYS)
    of_vietnam = [host for host in everything if not FEEDS_OF_VIETNAM.isdisjoint(host.feeds)]
    new_of_vietnam = newest(of_vietnam, days=NEW_DAYS_OF_VIETNAM)
    benign = {one.id: read_benign(folder, one) for one in BENIGN_SETS}

    misses, alarms = _samples(_Judge(rules, "tune"), (new, new_of_vietnam), benign, samples)
    judge = _Judge(rules, half)
    new_judged = judge.all(row.host for row in new)
    vietnam_judged = judge.all(row.host for row in new_of_vietnam)
    benign_judged = {name: judge.all(hosts) for name, hosts in benign.items()}
    return LinkReport(
        date=datetime.datetime.now().astimezone().date().isoformat(),
        half=half,
        found=(
            (Bilingual("mới (90 ngày cuối)", "new (last 90 days)"), counts(new_judged)),
            (Bilingual("mới, nguồn Việt Nam", "new, feeds of Vietnam"), counts(vietnam_judged)),
            (
                Bilingual("mọi lúc", "of all times"),
                counts(judge.all(row.host for row in everything)),
            ),
            (
                Bilingual("mọi lúc, nguồn Việt Nam", "of all times, feeds of Vietnam"),
                counts(judge.all(row.host for row in of_vietnam)),
            ),
        ),
        by_month={
            month: counts(judge.all(row.host for row in rows))
            for month, rows in _by_month(everything).items()
        },
        by_feed={
            feed: counts(judge.all(row.host for row in newest(rows, days=NEW_DAYS)))
            for feed, rows in _by_feed(everything).items()
        },
        by_kind=_grouped(new_judged, _kinds(rules)),
        by_family=_families(new_judged, rules),
        benign=[
            BenignRow(
                one.id,
                one.title,
                counts(benign_judged[one.id]),
                one.caution_goal,
                one.danger_goal,
            )
            for one in BENIGN_SETS
            if benign_judged[one.id]
        ],
        by_rule=_by_rule({"new": new_judged, "vietnam": vietnam_judged, **benign_judged}),
        misses=misses,
        alarms=alarms,
    )


class _Judge:
    """Judges the hosts of one half, each once."""

    def __init__(self, rules: LinkRules, half: Half) -> None:
        self._rules = rules
        self._half = half
        self._known: dict[str, Judged] = {}

    def all(self, hosts: Iterable[str]) -> list[Judged]:
        return [self.one(host) for host in hosts if half_of(host) == self._half]

    def one(self, host: str) -> Judged:
        judged = self._known.get(host)
        if judged is None:
            address = read_address(f"https://{host}/")
            found = unlisted_findings(address, self._rules) if address is not None else ()
            judged = self._known[host] = Judged(host, found[0] if found else None)
        return judged


def counts(judged: Sequence[Judged]) -> Counts:
    """How many of them were warned of, and how many as a danger."""
    return Counts(
        Share(sum(one.finding is not None for one in judged), len(judged)),
        Share(sum(one.is_danger for one in judged), len(judged)),
    )


def _by_month(hosts: Iterable[ScamHost]) -> dict[str, list[ScamHost]]:
    """The last months of the file. One in which very many came at once was a list taken over."""
    rows: dict[str, list[ScamHost]] = defaultdict(list)
    for host in hosts:
        rows[f"{host.first_seen:%Y-%m}"].append(host)
    return {month: rows[month] for month in sorted(rows)[-MONTHS:]}


def _by_feed(hosts: Iterable[ScamHost]) -> dict[str, list[ScamHost]]:
    rows: dict[str, list[ScamHost]] = defaultdict(list)
    for host in hosts:
        for feed in host.feeds:
            rows[feed].append(host)
    return dict(sorted(rows.items()))


def _kinds(rules: LinkRules) -> Callable[[str], str]:
    brands = _any_of(alias for alias, _ in rules.brands.aliases)
    words = _any_of(rules.brands.words.act | rules.brands.words.lure)

    def kind(host: str) -> str:
        address = read_address(f"https://{host}/")
        if address is None or address.is_ip:
            return "number"
        platform = platform_of(host, rules.brands.platforms)
        ending = platform.host if platform else split_host(host)[2]
        name = host.removesuffix(ending)
        where = "hosting" if platform else "own domain"
        if brands.search(name):
            return f"a brand's name, {where}"
        return f"{'lure words' if words.search(name) else 'neither'}, {where}"

    return kind


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(t) for t in texts if len(t) >= _TELLING_LETTERS))


def _grouped(judged: Iterable[Judged], key: Callable[[str], str]) -> dict[str, Counts]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one.host)].append(one)
    return {name: counts(groups[name]) for name in sorted(groups)}


def _families(judged: Sequence[Judged], rules: LinkRules) -> dict[str, Counts]:
    family = {brand.id: brand.category for brand in rules.brands.brands}
    hits: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.finding is not None and one.finding.brand is not None:
            hits[family[one.finding.brand]].append(one)
    return {
        name: Counts(
            Share(len(hits[name]), len(judged)),
            Share(sum(one.is_danger for one in hits[name]), len(judged)),
        )
        for name in sorted(hits, key=lambda name: -len(hits[name]))
    }


def _by_rule(sets: Mapping[str, Sequence[Judged]]) -> dict[str, dict[str, int]]:
    hits: dict[str, dict[str, int]] = {}
    for name, judged in sets.items():
        for one in judged:
            if one.finding is not None:
                hits.setdefault(one.finding.rule, dict.fromkeys(sets, 0))[name] += 1
    return dict(sorted(hits.items()))


def _samples(
    judge: _Judge,
    scams: Iterable[Iterable[ScamHost]],
    benign: Mapping[str, Iterable[str]],
    count: int,
) -> tuple[list[str], list[str]]:
    """Some hosts that were missed, some that were accused, of each set; the same on each run."""
    misses: list[str] = []
    alarms: list[str] = []
    if not count:
        return misses, alarms
    rng = random.Random(_SEED)  # noqa: S311 - not a secret
    for rows in scams:
        missed = [one.host for one in judge.all(row.host for row in rows) if one.finding is None]
        misses += rng.sample(missed, min(count, len(missed)))
    for name, hosts in benign.items():
        accused = [
            f"{name}: {one.host} ({one.finding.rule})"
            for one in judge.all(hosts)
            if one.finding is not None
        ]
        alarms += rng.sample(accused, min(count, len(accused)))
    return misses, alarms
