"""The order of the link detectors: a listed address first, an allowed one never."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from harness.compiled_lists import compiled
from notalone.address import read_address
from notalone.config import rules_dir
from notalone.detectors import LinkRules, link_findings, load_link_rules

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def rules() -> LinkRules:
    loaded = load_link_rules(rules_dir(), lures=())
    assert loaded.brands.aliases
    return loaded


def rules_that_hit(url: str, rules: LinkRules) -> list[str]:
    address = read_address(url)
    assert address is not None
    return [finding.rule for finding in link_findings(address, rules, today=TODAY)]


def test_a_listed_address_says_so_and_nothing_more(rules: LinkRules) -> None:
    assert rules_that_hit("http://vnpost-giaohang.example/x", rules) == ["listed.blocked"]


def test_a_look_alike_is_seen(rules: LinkRules) -> None:
    assert rules_that_hit("https://vietcombank-xacthuc.top/login", rules)  # invented


def test_an_allowed_address_is_no_look_alike(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(rules_dir(), tmp_path / "rules"))
    row = "host,vietcombank-xacthuc.top,a test,a test,2026-11-22\n"  # invented
    with (folder / "domains" / "allowed.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    allowing = load_link_rules(folder, lures=())
    assert rules_that_hit("https://vietcombank-xacthuc.top/login", allowing) == []  # invented


@pytest.mark.parametrize(
    "url",
    (
        "https://www.vietcombank.com.vn/",
        "https://dichvucong.gov.vn/",
        "https://a.github.io/",
        "https://example.test/",
    ),
)
def test_owned_allowed_and_unknown_addresses_are_left_alone(url: str, rules: LinkRules) -> None:
    assert rules_that_hit(url, rules) == []


def test_old_report_does_not_hide_what_the_address_imitates(
    rules: LinkRules, tmp_path: Path
) -> None:
    url = "https://vietcombank-xacthuc.top/login"  # invented
    listed = rules.with_list(
        compiled(tmp_path, "host vietcombank-xacthuc.top 2026-01-01 2026-01-01")
    )
    alone = rules_that_hit(url, rules)
    assert alone
    assert rules_that_hit(url, listed) == ["listed.expired", *alone]
