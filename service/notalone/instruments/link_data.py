"""The measuring data for links: reported hosts with their dates, and names that harm nobody.

The files stay outside the repository (`../shared/data/domains`); nothing of them is committed.
Every host belongs to one of two halves by its hash: rules are drawn with one half in view, the
other half is what is reported.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from notalone.errors import NotAloneError
from notalone.model import Bilingual

Half = Literal["tune", "report"]

SCAM_FILE = "malicious_hosts_before_2025-07.tsv.zst"
FEEDS_OF_VIETNAM = frozenset({"chongluadao_etf", "hostsVN_threatVN"})
_UNDER_STATE_OR_SCHOOL = (".gov.vn", ".edu.vn")


class ScamHost(NamedTuple):
    """One reported host."""

    host: str
    first_seen: datetime.date
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BenignSet:
    """Names that should be left in peace, and the largest share of them that may not be."""

    id: str
    title: Bilingual
    file: str
    caution_goal: float = 0.005
    danger_goal: float = 0.001
    holds: Callable[[str], bool] = lambda _: True


def _is_state_or_school(host: str) -> bool:
    return host.endswith(_UNDER_STATE_OR_SCHOOL)


BENIGN_SETS = (
    BenignSet(
        "vn_popular",
        Bilingual("tên .vn phổ biến", "popular .vn names"),
        "benign_vn_tranco_20250115.txt",
        holds=lambda host: not _is_state_or_school(host),
    ),
    BenignSet(
        "vn_state_school",
        Bilingual("cơ quan và trường .vn", ".vn state and schools"),
        "benign_vn_tranco_20250115.txt",
        holds=_is_state_or_school,
    ),
    BenignSet("banks", Bilingual("ngân hàng", "banks"), "bank-website.json"),
    BenignSet("universities", Bilingual("trường đại học", "universities"), "universities.txt"),
    BenignSet(
        "popular", Bilingual("tên phổ biến bất kỳ", "random popular"), "popular_tranco_sample.txt"
    ),
    BenignSet(
        "hosting",
        Bilingual("trang trên nơi đăng miễn phí", "on free hosting"),
        "platform_subdomains_crux_sample.txt",
        caution_goal=0.02,
        danger_goal=0.005,
    ),
)


def find_folder(data: Path) -> Path:
    """The folder of the measuring files: *data* itself or the usual place below it.

    Raises: NotAloneError when it is not there.
    """
    for folder in (data, data / "domains", data / "data" / "domains"):
        if (folder / SCAM_FILE).is_file():
            return folder
    raise NotAloneError(
        f"{data}: không có dữ liệu đo ({SCAM_FILE}); chỉ chỗ bằng --data"
        f" / no measuring data here ({SCAM_FILE}); say where with --data"
    )


def half_of(host: str) -> Half:
    """Which half *host* belongs to: the same on every machine, and in every file.

    >>> half_of("b.example"), half_of("a.example")
    ('report', 'tune')
    """
    digest = hashlib.blake2b(host.encode(), digest_size=8).digest()
    return "report" if digest[-1] % 2 else "tune"


def read_scam_hosts(folder: Path) -> list[ScamHost]:
    """Every reported host, in the order of the file."""
    with (
        zstd.open(folder / SCAM_FILE, "rb") as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
    ):
        rows = csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            ScamHost(
                row["host"],
                datetime.date.fromisoformat(row["first_seen"]),
                tuple(row["sources"].split(",")),
            )
            for row in rows
        ]


def newest(hosts: Iterable[ScamHost], *, days: int) -> list[ScamHost]:
    """Those first seen in the last *days* of them all: the best stand-in for what is yet unseen."""
    known = list(hosts)
    if not known:
        return []
    since = max(host.first_seen for host in known) - datetime.timedelta(days=days)
    return [host for host in known if host.first_seen > since]


def read_benign(folder: Path, benign: BenignSet) -> list[str]:
    """The hosts of one benign set; [] when its file is not there."""
    path = folder / benign.file
    return [host for host in _hosts(path) if benign.holds(host)] if path.is_file() else []


def _hosts(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        yield from (str(host).removeprefix(".") for host in json.loads(text)["list"])
    else:
        yield from text.split()
