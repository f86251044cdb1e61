"""Labelled conversations, read from the forms they come in, for `notalone score`.

*.toml        one conversation a file, as in tests/corpus
*.jsonl       one conversation a line
*.tsv         one message a row, with a label
*.txt         one harmless message a line
"""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from notalone.errors import SetupError
from notalone.model import Level, Message

# The short codes some data sets use for our lures.
LURE_CODES = {
    "VKID": "fake_authority",
    "SCHOL": "fake_scholarship",
    "TRAFFIC": "job_abroad",
    "CAST": "fake_casting",
    "TASK": "task_scam",
    "GROOM": "grooming",
    "SEXTORT": "sextortion",
    "GAME": "game_gift",
    "PRIZE": "fake_prize",
    "FRIEND": "hijacked_friend",
    "APK": "fake_app",
    "OTP": "account_theft",
    "LOAN": "predatory_loan",
    "INVEST": "fake_investment",
    "BANK": "fake_bank",
    "EMERG": "fake_emergency",
    "DEEPFAKE": "deepfake_call",
    "CHARITY": "fake_charity",
    "TICKET": "fake_ticket",
    "SELFHARM": "harm_challenge",
    "SIM": "sim_lock",
    "MULE": "money_mule",
}
HELD_OUT_SET = "5"  # read by nobody who writes rules, and not learnt from: it is what judges them
_LURE_LABELS = frozenset({"lure", "scam"})
_BENIGN_LABELS = frozenset({"benign", "legit", "ham"})  # other labels are left out


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled conversation. *at_least* and *by* are what a watchful adult would want."""

    id: str
    source: str  # the set it belongs to
    messages: tuple[Message, ...]
    is_lure: bool
    lure: str | None = None
    script: str = ""
    at_least: Level = "caution"
    by: str | None = None  # id of the message by which there should be a warning
    near: str | None = None  # the lure that a harmless one resembles
    is_held_out: bool = False

    @property
    def fingerprint(self) -> str:
        """16 hex digits that stand for who says what in it."""
        said = repr([(message.from_me, message.text) for message in self.messages])
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def read_corpus(folder: Path) -> list[Case]:
    """Every labelled conversation below *folder*.

    Raises: SetupError naming the file that cannot be read, or when there is none.
    """
    cases: list[Case] = []
    readers = {".toml": _toml, ".jsonl": _jsonl, ".tsv": _tsv, ".txt": _txt}
    for path in sorted(folder.rglob("*")):
        reader = readers.get(path.suffix)
        if reader is None:
            continue
        try:
            cases += reader(path, folder)
        except (ValueError, KeyError, OSError) as problem:
            raise SetupError(f"{path}: cannot be read as labelled messages ({problem})") from None
    if not cases:
        raise SetupError(f"{folder}: no labelled messages here; give --data a folder that has some")
    return cases


def _toml(path: Path, folder: Path) -> Iterator[Case]:
    table = tomllib.loads(path.read_text("utf-8"))
    messages = tuple(
        Message(str(number), message["text"], message.get("from_me"))
        for number, message in enumerate(table["messages"], 1)
    )
    by = table.get("by")
    yield Case(
        id=table["id"],
        source=f"{folder.name} {table.get('set', '1')}: {table['label']}",
        messages=messages,
        is_lure=table["label"] in _LURE_LABELS,
        lure=table.get("lure"),
        script=table.get("script", ""),
        near=table.get("near"),
        at_least=cast(Level, table.get("at_least", "caution")),
        by=None if by is None else str(by),
        is_held_out=table.get("set") == HELD_OUT_SET,
    )


def _jsonl(path: Path, _folder: Path) -> Iterator[Case]:
    for line in path.read_text("utf-8").splitlines():
        row: Mapping[str, Any] = json.loads(line)
        expect = row.get("expect", {})
        yield Case(
            id=row["id"],
            source=f"{path.stem}: {row['label']}",
            messages=tuple(
                Message(message["id"], message["text"], message.get("from_me"))
                for message in row["messages"]
            ),
            is_lure=row["label"] in _LURE_LABELS,
            lure=LURE_CODES.get(row.get("lure") or "", row.get("lure")),
            script=row.get("script", ""),
            at_least=cast(Level, expect.get("min_level_at_end", "caution")),
            by=expect.get("must_be_at_least_caution_by_message"),
        )


def _tsv(path: Path, _folder: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            label = row.get("label")
            if label in _LURE_LABELS | _BENIGN_LABELS and row.get("text"):
                yield Case(
                    id=row.get("id") or f"{path.stem}-{number}",
                    source=f"{path.stem}: {label}",
                    messages=(Message("1", row["text"]),),
                    is_lure=label in _LURE_LABELS,
                    script=row.get("script") or "",
                )


def _txt(path: Path, _folder: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            yield Case(
                id=f"{path.stem}-{number}",
                source=path.stem,
                messages=(Message("1", line.strip()),),
                is_lure=False,
            )
