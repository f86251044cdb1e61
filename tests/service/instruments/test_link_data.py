"""The measuring files are read as they are, and both halves stay apart."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from harness.measuring_data import write_scam_hosts
from notalone.errors import NotAloneError
from notalone.instruments.link_data import (
    BENIGN_SETS,
    ScamHost,
    find_folder,
    half_of,
    newest,
    read_benign,
    read_scam_hosts,
)

DAY = datetime.date(2025, 6, 30)
SETS = {one.id: one for one in BENIGN_SETS}


def test_hosts_are_read_with_their_dates_and_feeds(tmp_path: Path) -> None:
    rows = [
        ScamHost("a.example", DAY, ("one", "two")),
        ScamHost('quo"te.example', DAY - datetime.timedelta(days=400), ("one",)),
    ]
    write_scam_hosts(tmp_path, rows)
    assert read_scam_hosts(tmp_path) == rows


@pytest.mark.parametrize("below", ("", "domains", "data/domains"))
def test_the_folder_is_found_where_it_usually_is(tmp_path: Path, below: str) -> None:
    write_scam_hosts(tmp_path / below, [])
    assert find_folder(tmp_path) == tmp_path / below


def test_a_missing_folder_is_named_with_the_way_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(NotAloneError, match="--data"):
        find_folder(tmp_path)


def test_new_is_counted_from_the_last_day_of_the_file() -> None:
    rows = [
        ScamHost(f"{age}.example", DAY - datetime.timedelta(days=age), ("feed",))
        for age in (0, 89, 90, 500)
    ]
    assert [row.host for row in newest(rows, days=90)] == ["0.example", "89.example"]
    assert newest([], days=90) == []


def test_about_half_of_all_hosts_is_kept_for_the_report() -> None:
    halves = [half_of(f"{number}.example") for number in range(1000)]
    assert 400 < halves.count("report") < 600


def test_state_and_schools_are_a_set_of_their_own(tmp_path: Path) -> None:
    (tmp_path / SETS["vn_popular"].file).write_text("bo.gov.vn\nshop.vn\ntruong.edu.vn\n", "utf-8")
    assert read_benign(tmp_path, SETS["vn_popular"]) == ["shop.vn"]
    assert read_benign(tmp_path, SETS["vn_state_school"]) == ["bo.gov.vn", "truong.edu.vn"]


def test_a_list_in_json_is_read_too(tmp_path: Path) -> None:
    (tmp_path / SETS["banks"].file).write_text(json.dumps({"list": [".bank.example"]}), "utf-8")
    assert read_benign(tmp_path, SETS["banks"]) == ["bank.example"]


def test_a_set_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_benign(tmp_path, SETS["popular"]) == []
