"""`notalone rules`: the rules we ship have nothing to mend, and a mistake is status 1."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notalone import rules_command

RULES = Path(__file__).resolve().parents[2] / "rules"


def test_the_rules_we_ship_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    status = rules_command.lint()
    assert status == 0, capsys.readouterr().out


def test_every_example_we_ship_holds(capsys: pytest.CaptureFixture[str]) -> None:
    status = rules_command.test()
    assert status == 0, capsys.readouterr().out


def test_a_mistake_is_told_and_is_status_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    broken = tmp_path / "rules" / "lures" / "any" / "broken.toml"
    broken.write_text('id = "any.broken"\n', "utf-8")
    monkeypatch.setenv("NOTALONE_RULES", str(tmp_path / "rules"))
    assert rules_command.lint() == 1
    assert "rules/lures/any/broken.toml:1:1" in capsys.readouterr().out
