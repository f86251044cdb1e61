"""`notalone score`: how many lures are found, how many harmless talks are disturbed.

Beside the plain score it can judge every conversation without what was made from it, by cues alone,
and with the disguises people put on words.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from notalone.checker import Checker, build_checker
from notalone.config import rules_dir
from notalone.instruments import coverage as coverage_map
from notalone.instruments.accepted import (
    FILE,
    compare,
    moves,
    read_accepted,
    to_accept,
    write_accepted,
)
from notalone.instruments.corpus import Case, read_corpus
from notalone.instruments.disguise import disguise
from notalone.instruments.explain_words import Language, pick
from notalone.instruments.learnt import read_unseen
from notalone.instruments.origins import MadeFrom, Origins
from notalone.instruments.score_table import Report, lines_of, table_for_programs
from notalone.instruments.tally import Outcome
from notalone.judge import Seen, judge_conversation
from notalone.levels import resemblance_of_window
from notalone.model import Bilingual, Wording
from notalone.rulebook import load_rulebook

DISGUISES = (2, 4)  # at least and at most so many are stacked on one message
_SEED = "2026-11-22"
# What is going on, beside the bar.
_PLAIN = Bilingual("Đang xét", "Judging")
_WITHOUT = Bilingual("Xét lại, bỏ những gì lấy từ chính nó", "Without what was made from it")
_CUES_ONLY = Bilingual("Xét lại, chỉ bằng mẫu câu", "By cues alone")
_DISGUISED = Bilingual("Xét lại, chữ biến dạng", "In disguise")


def run(
    *,
    data: Path,
    as_json: bool = False,
    disguised: bool = False,
    accept: bool = False,
    cross_validate: bool = False,
    cues_only: bool = False,
    coverage: bool = False,
    language: Language = "vi",
) -> int:
    """Print the score of the shipped rules on *data*; 1 when it fell below what was accepted.

    *accept* keeps it as what later scores are compared with. A person at a terminal sees how far
    it is, on standard error.
    """

    def watched(cases: Sequence[Case], what: Bilingual) -> Iterable[Case]:
        told: Iterable[Case] = tqdm(
            cases,
            desc=pick(what, language),
            bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt}",
            leave=False,
            disable=True if as_json else None,  # None: where standard error is no terminal
        )
        return told

    cases = read_corpus(data)
    checker = build_checker()
    outcomes = judge_all(watched(cases, _PLAIN), checker)
    kept = data / FILE
    now = to_accept(outcomes)
    before = None if accept else read_accepted(kept)  # even a broken one is written anew
    state = checker.rules_state
    report = Report(
        date=datetime.datetime.now().astimezone().date().isoformat(),
        version=state.version[:12],
        built=state.built,
        outcomes=outcomes,
        changes=None if before is None else compare(before.groups, now.groups),
        moves=() if before is None else moves(before.levels, now.levels),
        cross_validated=cross_validated(watched(cases, _WITHOUT), checker, unseen=read_unseen(data))
        if cross_validate
        else None,
        cues_only=judge_all(watched(cases, _CUES_ONLY), checker, change=_cues_only)
        if cues_only
        else None,
        disguised=judge_all(map(in_disguise, watched(cases, _DISGUISED)), checker)
        if disguised
        else None,
    )
    if as_json:
        table = table_for_programs(report)
        if coverage:
            table["coverage"] = coverage_map.table_for_programs(outcomes)
        print(json.dumps(table, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines_of(report, language=language)))
        if coverage:
            print("\n".join(("", *coverage_map.lines_of(outcomes, language=language))))
    if accept:
        write_accepted(kept, now)
        return 0
    return int(any(change.is_worse for change in report.changes or ()))


Change = Callable[[Case, list[Seen]], list[Seen]]


def judge_all(
    cases: Iterable[Case], checker: Checker, *, change: Change = lambda _, window: window
) -> list[Outcome]:
    """Check every case as the extension would show it, the whole window at once.

    *change* takes something away from what was seen.
    """
    return [_judge(case, change(case, checker.see(case.messages)), checker) for case in cases]


def _judge(case: Case, window: list[Seen], checker: Checker) -> Outcome:
    verdict = judge_conversation(case.id, window, rules=checker.rules)
    levels = list(verdict.levels.values())
    warned_at = next((i for i, level in enumerate(levels) if level != "no_information"), None)
    return Outcome(
        case,
        verdict.level,
        verdict.lure,
        warned_at,
        opens_help=verdict.help,
        stages=frozenset(
            checker.signals[name].stage for name in verdict.signals if name in checker.signals
        ),
    )


def cross_validated(
    cases: Iterable[Case], checker: Checker, *, unseen: Mapping[str, float]
) -> list[Outcome]:
    """Every case judged without what was made from it. *unseen*: see `read_unseen`."""
    book = load_rulebook(rules_dir())
    origins = Origins(book.cues, spelling=book.spelling, unseen=unseen)
    found: list[Outcome] = []
    for case in cases:
        made = origins.of(case)
        window = _without(checker.see(case.messages), made)
        found.append(replace(_judge(case, window, checker), did_without=bool(made)))
    return found


def _without(window: list[Seen], made: MadeFrom) -> list[Seen]:
    left = [
        replace(seen, findings=tuple(f for f in seen.findings if f.rule not in made.cues))
        for seen in window
    ]
    known = resemblance_of_window(
        seen.wording.resemblance for seen in left if seen.wording is not None
    )
    if made.resemblance is None or not known:
        return left
    # A classifier that has not seen the talk knows one figure, for the whole: each message has the
    # same part of it as of what the one that has seen it says.
    share = max(0.0, made.resemblance) / known
    return [
        seen
        if seen.wording is None
        else replace(seen, wording=Wording(share * seen.wording.resemblance))
        for seen in left
    ]


def _cues_only(_: Case, window: list[Seen]) -> list[Seen]:
    return [replace(seen, wording=None) for seen in window]


def in_disguise(case: Case) -> Case:
    """*case* with some disguises on every message; the same ones on every run."""
    rng = random.Random(f"{_SEED} {case.source} {case.id}")  # noqa: S311 - not a secret
    return replace(
        case,
        messages=tuple(
            replace(message, text=disguise(message.text, count=rng.randint(*DISGUISES), rng=rng))
            for message in case.messages
        ),
    )
