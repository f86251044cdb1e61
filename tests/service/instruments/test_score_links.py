"""`notalone score --links` counts what a host shows by itself, apart for each set."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from harness.measuring_data import write_scam_hosts
from harness.service_process import REPOSITORY
from notalone.detectors import LinkRules, load_link_rules
from notalone.instruments.link_data import BENIGN_SETS, ScamHost, half_of
from notalone.instruments.score_links import measure, run

DAY = datetime.date(2025, 6, 30)
OLD = DAY - datetime.timedelta(days=400)
RULES = REPOSITORY / "rules"
FILES = {one.id: one.file for one in BENIGN_SETS}


@pytest.fixture(scope="module")
def rules() -> LinkRules:
    return load_link_rules(RULES, lures={path.name for path in (RULES / "lures").iterdir()})


def names(pattern: str, half: str, count: int = 3) -> list[str]:
    """Invented names, all of one half."""
    known = (pattern.format(number) for number in range(1000))
    return [name for name in known if half_of(name) == half][:count]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    seen = names("agribank-dangnhap{}.test", "report")
    unseen = names("khong-ro{}.test", "report")
    write_scam_hosts(
        tmp_path,
        [
            *(ScamHost(host, DAY, ("chongluadao_etf",)) for host in seen),
            *(ScamHost(host, DAY, ("phishing_database",)) for host in unseen),
            *(ScamHost(host, OLD, ("phishing_database",)) for host in names("cu{}.test", "report")),
            *(ScamHost(host, DAY, ("phishing_database",)) for host in names("x{}.test", "tune")),
        ],
    )
    (tmp_path / FILES["banks"]).write_text(
        json.dumps({"list": names("bank{}.test", "report")}), "utf-8"
    )
    return tmp_path


def test_only_what_a_host_shows_counts_and_only_the_half_for_the_report(
    folder: Path, rules: LinkRules
) -> None:
    report = measure(folder, rules)
    found = {title.en: counts for title, counts in report.found}
    assert str(found["new (last 90 days)"].caution).split()[-1] == "3/6"
    assert str(found["new, feeds of Vietnam"].danger).split()[-1] == "3/3"
    assert str(found["of all times"].caution).split()[-1] == "3/9"


def test_months_of_first_sight_are_told_apart(folder: Path, rules: LinkRules) -> None:
    by_month = measure(folder, rules).by_month
    assert [(month, counts.caution.of) for month, counts in by_month.items()] == [
        (f"{OLD:%Y-%m}", 3),
        (f"{DAY:%Y-%m}", 6),
    ]


def test_kinds_brands_and_rules_are_told_apart(folder: Path, rules: LinkRules) -> None:
    report = measure(folder, rules)
    assert report.by_kind["a brand's name, own domain"].caution.hits == 3
    assert report.by_kind["neither, own domain"].caution.hits == 0
    assert report.by_family["bank"].danger.hits == 3
    assert report.by_rule["lookalike.brand_in_name"] == {
        "new": 3, "vietnam": 3, "vn_popular": 0, "vn_state_school": 0, "banks": 0,
        "universities": 0, "popular": 0, "hosting": 0,
    }  # fmt: skip


def test_sets_that_are_not_there_are_not_reported(folder: Path, rules: LinkRules) -> None:
    assert [row.id for row in measure(folder, rules).benign] == ["banks"]


def test_samples_come_from_the_half_that_rules_are_drawn_with(
    folder: Path, rules: LinkRules
) -> None:
    misses = measure(folder, rules, samples=9).misses
    assert misses
    assert {half_of(host) for host in misses} == {"tune"}


def test_a_set_over_its_goal_fails_the_command(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data=folder, language="en") == 0
    accused = names("agribank-dangnhap{}.test", "report")
    (folder / FILES["banks"]).write_text(json.dumps({"list": accused}), "utf-8")
    assert run(data=folder, language="en") == 1
    assert "OVER" in capsys.readouterr().out


def test_programs_get_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(data=folder, as_json=True)
    assert json.loads(capsys.readouterr().out)["worst_benign_set"] == "banks"
