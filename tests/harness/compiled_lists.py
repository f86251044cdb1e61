"""Compiled lists for tests, made by the real build from snapshots as a pull would leave them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from harness.service_process import REPOSITORY
from notalone.compiled import CompiledList, ListedBy, open_compiled
from notalone.feeds.build import Report, build, snapshot_path
from notalone.feeds.pruning import Pruning
from notalone.feeds.store import compiled_folder

PULLED = date(2026, 11, 22)
PHISHING = ListedBy("phish", "Phish List", "phishing", "https://phish.example/")
SCAMS = ListedBy("scams", "Scam List", "scam", "https://scams.example/", expiry_days=60)
CASINOS = ListedBy("casinos", "Casino List", "gambling", "https://casinos.example/")
FEEDS = (PHISHING, SCAMS, CASINOS)


@cache
def our_pruning() -> Pruning:
    """By the rules as they are, read once."""
    return Pruning(REPOSITORY / "rules")


def write_snapshot(data: Path, feed: ListedBy, rows: Iterable[str]) -> None:
    """*rows* of "kind address [added [seen]]", by default added ten days before PULLED."""
    path = snapshot_path(data, feed.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    defaults = ("2026-11-12", PULLED.isoformat())
    lines = []
    for row in rows:
        kind, address, *days = row.split()
        lines.append("\t".join((kind, address, *days, *defaults[len(days) :])) + "\n")
    path.write_text("".join(lines), encoding="utf-8")


def compile_rows(data: Path, rows: Iterable[str], *, feed: ListedBy = PHISHING) -> Report:
    """Make *rows* the whole snapshot of *feed*, and build a list from all snapshots."""
    write_snapshot(data, feed, rows)
    report = build(data, FEEDS, pruning=our_pruning())
    assert report is not None
    return report


def compiled(data: Path, *rows: str) -> CompiledList:
    """The list that holds *rows*."""
    compile_rows(data, rows)
    found = open_compiled(compiled_folder(data))
    assert found is not None
    return found
