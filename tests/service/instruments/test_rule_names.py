"""A maintainer names a rule file as the other commands print it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.rule_folder import write_rules
from notalone.errors import SetupError
from notalone.instruments.rule_names import named_file


@pytest.mark.parametrize(
    ("name", "file"),
    (
        ("any.secrecy", "rules/lures/any/secrecy.toml"),
        ("any/secrecy.toml", "rules/lures/any/secrecy.toml"),
        ("rules/lures/any/secrecy.toml", "rules/lures/any/secrecy.toml"),
        ("rules/signals.toml", "rules/signals.toml"),
    ),
)
def test_an_id_and_every_path_that_is_printed_name_the_file(
    tmp_path: Path, name: str, file: str
) -> None:
    assert named_file(name, root=write_rules(tmp_path)) == Path(file)


def test_a_path_from_here_names_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_rules(tmp_path)
    monkeypatch.chdir(root / "lures" / "any")
    assert named_file("secrecy.toml", root=root) == Path("rules/lures/any/secrecy.toml")
    assert named_file(str(Path("secrecy.toml").resolve()), root=root).name == "secrecy.toml"


@pytest.mark.parametrize(
    ("name", "hint"),
    (
        ("any.secrec", "did you mean any.secrecy"),
        ("../other.toml", "is no id and no file in"),
        ("xyz", "is no id and no file in"),
        ("", "is no id and no file in"),
    ),
)
def test_what_is_no_rule_is_said(tmp_path: Path, name: str, hint: str) -> None:
    root = write_rules(tmp_path)
    (tmp_path / "other.toml").write_text("", "utf-8")
    with pytest.raises(SetupError, match=hint):
        named_file(name, root=root)
