"""Nobody has to compile anything: each pinned package is ready for Windows and macOS."""

from __future__ import annotations

import re

import pytest
from packaging.utils import canonicalize_name, parse_wheel_filename

import wheels
from harness.service_process import REPOSITORY

LOCK = (REPOSITORY / "requirements" / "run.txt").read_text()
LISTED = {
    line.split("  ")[1]: line.split("  ")[0]
    for line in (REPOSITORY / "requirements" / "wheels.txt").read_text().splitlines()
}
TARGETS = tuple(wheels.targets())


def pins() -> list[tuple[str, str, str | None, str]]:
    """(name, version, marker, hashes) of every pinned package."""
    found: list[tuple[str, str, str | None, str]] = []
    for entry in re.split(r"\n(?=\S)", LOCK):
        head, _, hashes = entry.partition("\\")
        pin, _, marker = head.strip().partition(" ; ")
        name, _, version = pin.partition("==")
        found.append((canonicalize_name(name), version.strip(), marker.strip() or None, hashes))
    return found


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_pin_has_a_file_that_is_ready_and_vouched_for(target: wheels.Target) -> None:
    for name, version, marker, hashes in pins():
        if not target.holds(marker):
            continue
        ours = [
            wheel
            for wheel in LISTED
            if parse_wheel_filename(wheel)[0] == name
            and str(parse_wheel_filename(wheel)[1]) == version
        ]
        best = target.best(ours)
        assert best is not None, f"{name} {version} must be compiled; after a change: make lock"
        assert f"sha256:{LISTED[best]}" in hashes, f"{best} is not the pinned file"


def test_targets_are_windows_and_both_macs_with_every_python_we_take() -> None:
    names = {target.name for target in TARGETS}
    assert len(names) == 12
    assert {"Windows AMD64, Python 3.11", "Darwin arm64, Python 3.14"} <= names


def test_missing_file_and_other_file_are_noticed() -> None:
    (target,) = (one for one in TARGETS if one.name == "Windows AMD64, Python 3.13")
    assert target.best(["a-1-cp313-cp313-manylinux_2_17_x86_64.whl"]) is None
    assert target.best(["a-1-cp312-cp312-win_amd64.whl"]) is None
    best = target.best(["a-1-py3-none-any.whl", "a-1-cp313-cp313-win_amd64.whl"])
    assert best == "a-1-cp313-cp313-win_amd64.whl"


def test_list_is_made_of_names_and_hashes_alone() -> None:
    address = "https://files.example/x/a-1-py3-none-any.whl"
    lock = {"packages": [{"name": "a", "wheels": [{"url": address, "hashes": {"sha256": "0f"}}]}]}
    assert wheels.chosen(lock) == {"a-1-py3-none-any.whl": "0f"}
    assert not [name for name in LISTED if "/" in name]
