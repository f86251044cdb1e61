"""`notalone rules`: the rules we ship have nothing to mend, and a mistake is status 1."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness.rule_folder import write_rules
from notalone.errors import SetupError
from notalone.instruments import rules_command
from notalone.instruments.new_cue import Given

RULES = Path(__file__).resolve().parents[3] / "rules"


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


@pytest.fixture
def small_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_rules(tmp_path)
    monkeypatch.setenv("NOTALONE_RULES", str(root))
    return root


@pytest.mark.usefixtures("small_rules")
def test_a_message_is_explained_in_vietnamese_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_command.explain("Đừng kể với ai, chuyển 5 triệu") == 0
    assert "KẾT LUẬN: NGUY HIỂM" in capsys.readouterr().out
    assert rules_command.explain("Đừng kể với ai, chuyển 5 triệu", language="en") == 0
    assert "RESULT: DANGER" in capsys.readouterr().out


@pytest.mark.usefixtures("small_rules")
def test_every_conversation_of_a_file_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chats = tmp_path / "chats.jsonl"
    chats.write_text('{"messages": [{"text": "a"}]}\n{"messages": [{"text": "b"}]}\n', "utf-8")
    assert rules_command.explain(str(chats)) == 0
    assert capsys.readouterr().out.count("KẾT LUẬN") == 2


@pytest.mark.usefixtures("small_rules")
def test_an_explanation_is_drawn_into_a_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert rules_command.explain("Đừng kể với ai", html=page) == 0
    assert "<mark" in page.read_text("utf-8")


@pytest.mark.usefixtures("small_rules")
def test_bytes_that_were_no_utf8_are_drawn_too(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert rules_command.explain("Đừng kể \udcff với ai", html=page) == 0
    assert "với ai" in page.read_text("utf-8")


@pytest.mark.parametrize("name", ("signals.toml", "missing/page.html"))
def test_a_drawing_never_lands_on_a_rule_or_nowhere(name: str, small_rules: Path) -> None:
    before = (small_rules / "signals.toml").read_bytes()
    with pytest.raises(SetupError):
        rules_command.explain("Đừng kể với ai", html=small_rules / name)
    assert (small_rules / "signals.toml").read_bytes() == before


@pytest.mark.usefixtures("small_rules")
def test_in_a_pipe_nothing_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_command.new(Given()) == 2
    assert "missing: --lure" in capsys.readouterr().out
