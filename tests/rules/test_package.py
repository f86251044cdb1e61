"""The wheel carries the whole of rules/: a family that installs by pip gets the same rules."""

from __future__ import annotations

import tomllib

from harness.service_process import REPOSITORY

RULES = REPOSITORY / "rules"


def test_every_rule_file_is_packed_into_the_wheel() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    packing = project["tool"]["setuptools"]
    assert packing["package-dir"]["notalone.rules"] == "rules"
    patterns = packing["package-data"]["notalone.rules"]
    packed = {path for pattern in patterns for path in RULES.glob(pattern)}
    assert {path for path in RULES.rglob("*") if path.is_file()} - packed == set()


def test_every_python_package_is_packed_into_the_wheel() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    service = REPOSITORY / "service"
    folders = {
        ".".join(path.parent.relative_to(service).parts) for path in service.rglob("__init__.py")
    }
    assert folders <= set(project["tool"]["setuptools"]["packages"])
