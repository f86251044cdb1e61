"""Measuring files in the format of the real ones, with invented names on reserved suffixes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from notalone.instruments.link_data import SCAM_FILE, ScamHost


def write_scam_hosts(folder: Path, rows: Iterable[ScamHost]) -> None:
    """Write the file of reported hosts into *folder*, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["host\tregistrable\tfirst_seen\tsources\tregistrable_in_tranco1m"]
    lines += [f"{row.host}\t{row.host}\t{row.first_seen}\t{','.join(row.feeds)}\t0" for row in rows]
    (folder / SCAM_FILE).write_bytes(zstd.compress("\n".join([*lines, ""]).encode()))
