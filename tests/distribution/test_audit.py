"""`make audit` fails on a known hole, and calls it no all-clear when it could not ask."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import audit

LOCK = f"good==1.0 \\\n    --hash=sha256:{'0' * 64}\nbad==2.0 ; sys_platform == 'win32' \\\n"
CLEAN_NPM = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 12}}}
HOLE = {"id": "X-2026-1", "fix_versions": ["2.1"], "aliases": []}


def saying(folder: Path, what: object, *, also: str = "") -> tuple[str, ...]:
    """A command that says *what*, and keeps the requirements that it was given."""
    said = folder / "said.json"
    said.write_text(what if isinstance(what, str) else json.dumps(what), "utf-8")
    code = f"""
import pathlib, sys
if "--requirement" in sys.argv:
    asked = pathlib.Path(sys.argv[sys.argv.index("--requirement") + 1]).read_text()
    pathlib.Path({str(folder / "asked")!r}).write_text(asked)
print(pathlib.Path({str(said)!r}).read_text())
print({also!r}, file=sys.stderr)
"""
    return (sys.executable, "-c", code)


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "lock.txt"
    path.write_text(LOCK, "utf-8")
    return path


def dependency(name: str, version: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": version, "vulns": [], **more}


def test_every_pin_is_asked_about_whatever_system_it_is_for(tmp_path: Path, lock: Path) -> None:
    said = {"dependencies": [dependency("bad", "2.0", vulns=[HOLE]), dependency("good", "1.0")]}
    answer = audit.of_python([lock, lock], saying(tmp_path, said))
    assert (tmp_path / "asked").read_text() == "bad==2.0\ngood==1.0\n"
    assert answer == audit.Answer(2, ["bad 2.0: X-2026-1, mended in 2.1"])


def test_what_pip_audit_skips_is_no_all_clear(tmp_path: Path, lock: Path) -> None:
    said = {"dependencies": [{"name": "good", "skip_reason": "good is not found"}]}
    answer = audit.of_python([lock], saying(tmp_path, said))
    assert (answer.asked, answer.holes) == (0, [])
    assert answer.unasked == ["good is not found"]


@pytest.mark.parametrize("said", ("", "no JSON", "[]", "{}"))
def test_tool_that_fails_has_asked_nobody(tmp_path: Path, lock: Path, said: str) -> None:
    python = audit.of_python([lock], saying(tmp_path, said, also="no network"))
    (unasked,) = python.unasked
    assert unasked.startswith("2 packages: ")
    assert audit.of_javascript(tmp_path, saying(tmp_path, said)).unasked


def test_tool_that_is_missing_has_asked_nobody(tmp_path: Path, lock: Path) -> None:
    assert audit.of_python([lock], ("/nowhere/pip-audit",)).unasked
    assert audit.of_javascript(tmp_path, ("/nowhere/npm",)).unasked


def test_npm_tells_of_holes_and_of_a_registry_that_does_not_answer(tmp_path: Path) -> None:
    bad = {"bad": {"range": "<2.1", "severity": "high", "fixAvailable": True}}
    found = audit.of_javascript(tmp_path, saying(tmp_path, {**CLEAN_NPM, "vulnerabilities": bad}))
    assert found == audit.Answer(12, ["bad <2.1: high, a newer version mends it"])
    silent = audit.of_javascript(tmp_path, saying(tmp_path, {"message": "405 Method Not Allowed"}))
    assert silent.unasked == ["every package of package-lock.json: 405 Method Not Allowed"]


@pytest.mark.parametrize(
    ("python", "javascript", "status"),
    (
        (audit.Answer(2), audit.Answer(12), 0),
        (audit.Answer(2, ["a hole"]), audit.Answer(12), 1),
        (audit.Answer(2), audit.Answer(12, ["a hole"]), 1),
        (audit.Answer(2), audit.Answer(0, [], ["nobody"]), 2),
        (audit.Answer(1, ["a hole"], ["one"]), audit.Answer(12), 1),
    ),
    ids=("clean", "python", "javascript", "not_asked", "hole_before_not_asked"),
)
def test_status_says_what_was_found(
    python: audit.Answer,
    javascript: audit.Answer,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(audit, "of_python", lambda _: python)
    monkeypatch.setattr(audit, "of_javascript", lambda _: javascript)
    monkeypatch.setattr(sys, "argv", ["audit"])
    assert audit.main() == status
    said = capsys.readouterr().out
    assert all(one in said for one in (*python.holes, *python.unasked, *javascript.unasked))
    assert ("no all-clear" in said) == (status == 2)
