"""The command line: plain words, help with examples, and the three exit statuses."""

from __future__ import annotations

import json

import pytest

from notalone.cli import main


@pytest.mark.parametrize(
    "command", ("start", "check", "rules", "install", "uninstall", "doctor", "openapi")
)
def test_help_lists_every_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert command in said
    assert "examples:" in said


@pytest.mark.parametrize("arguments", ([], ["fly"], ["rules"], ["rules", "fly"]))
def test_a_wrong_call_is_status_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_openapi_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["openapi"]) == 0
    assert json.loads(capsys.readouterr().out)["openapi"].startswith("3.1")
