"""What links need is the same whether it was kept or read."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from notalone.address import read_address
from notalone.config import KEPT_LINKS, rules_dir
from notalone.detectors import link_findings
from notalone.kept_links import load_for_links
from notalone.model import LinkFinding

URLS = (
    "http://vnpost-giaohang.example/nhan-hang",
    "https://vietcombank-xacthuc.example/dang-nhap",
    "https://l.facebook.com/l.php?u=https://nhanqua-shopee.example/",
    "https://vi.wikipedia.org/wiki/Shopee",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The rules we ship, to play with."""
    shutil.copytree(rules_dir(), tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder."""
    (tmp_path / "data").mkdir(mode=0o700)
    return tmp_path / "data"


def found(folder: Path, data: Path | None) -> list[tuple[LinkFinding, ...]]:
    _, rules = load_for_links(folder, data=data)
    addresses = [read_address(url) for url in URLS]
    return [
        link_findings(address, rules, today=date(2026, 11, 23)) for address in addresses if address
    ]


def test_kept_tables_find_what_those_in_the_files_find(data: Path) -> None:
    read = load_for_links(rules_dir(), data=None)
    first = load_for_links(rules_dir(), data=data)
    written = (data / KEPT_LINKS).stat().st_mtime_ns
    again = load_for_links(rules_dir(), data=data)
    assert (data / KEPT_LINKS).stat().st_mtime_ns == written
    assert read[0] == first[0] == again[0]
    for _, links in (first, again):
        assert links.brands.brands == read[1].brands.brands
        assert links.brands.platforms == read[1].brands.platforms
        assert links.wrappers == read[1].wrappers
    assert any(found(rules_dir(), None))
    assert found(rules_dir(), data) == found(rules_dir(), None)


def test_changed_rules_count_at_once(folder: Path, data: Path) -> None:
    before, _ = load_for_links(folder, data=data)
    path = folder / "signals.toml"
    path.write_text(path.read_text("utf-8").replace("weight = 3", "weight = 2", 1), "utf-8")
    after, _ = load_for_links(folder, data=data)
    assert before.version != after.version
    assert before.signals != after.signals
    assert load_for_links(folder, data=data)[0] == after


def test_a_change_that_keeps_size_and_time_counts_too(folder: Path, data: Path) -> None:
    load_for_links(folder, data=data)
    path = folder / "signals.toml"
    seen = path.stat()
    changed = path.read_text("utf-8").replace("weight = 3", "weight = 2", 1)
    path.with_name("new").write_text(changed, "utf-8")
    os.utime(path.with_name("new"), ns=(seen.st_atime_ns, seen.st_mtime_ns))
    path.with_name("new").rename(path)
    assert path.stat().st_size == seen.st_size
    assert load_for_links(folder, data=data)[0] == load_for_links(folder, data=None)[0]


@pytest.mark.parametrize("file", ("signals.toml", "brands.toml"))
def test_a_mistake_is_said_at_each_start(file: str, folder: Path, data: Path) -> None:
    with (folder / file).open("a", encoding="utf-8") as rules:
        rules.write("\n[half\n")
    for _ in range(2):
        glossary, links = load_for_links(folder, data=data)
        said = [error.at.path.name for error in (*glossary.errors, *links.errors)]
        assert file in said
    assert list(data.iterdir()) == []


def test_a_damaged_file_is_read_anew_and_written_anew(folder: Path, data: Path) -> None:
    whole, _ = load_for_links(folder, data=data)
    path = data / KEPT_LINKS
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    assert load_for_links(folder, data=data)[0] == whole
    assert path.read_bytes() == content
