"""Where things are, and that a home or a test can move them."""

from __future__ import annotations

from pathlib import Path

import pytest

from notalone import config


def test_the_data_folder_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NOTALONE_HOME", str(tmp_path))
    assert config.data_dir() == tmp_path


def test_the_data_folder_is_of_this_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTALONE_HOME", raising=False)
    assert config.data_dir().is_relative_to(Path.home())


def test_a_checkout_uses_its_own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTALONE_RULES", raising=False)
    assert (config.rules_dir() / "signals.toml").is_file()


def test_the_rules_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NOTALONE_RULES", str(tmp_path))
    assert config.rules_dir() == tmp_path
