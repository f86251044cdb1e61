"""The bill of materials: valid, whole, and the same each time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import sbom
from harness.service_process import REPOSITORY

LOCK = (REPOSITORY / "requirements" / "run.txt").read_text()


@pytest.fixture(scope="module")
def text() -> str:
    return sbom.bill(LOCK, version="1.2.3", date="2026-11-23")


@pytest.fixture(scope="module")
def bill(text: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text)
    return read


def test_it_is_a_valid_bill(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_every_pinned_package_is_named_with_version_and_hashes(bill: dict[str, Any]) -> None:
    named = {one["name"]: one for one in bill["components"]}
    pins = [line.split("==")[0] for line in LOCK.splitlines() if "==" in line.split(" ")[0]]
    assert set(named) == set(pins)
    for one in named.values():
        (files,) = one["externalReferences"]
        assert files["hashes"], one["name"]
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
    flask = named["flask"]["licenses"][0]["license"]
    assert "BSD-3-Clause" in str(flask)


def test_it_says_whose_parts_they_are(bill: dict[str, Any]) -> None:
    ours = bill["metadata"]["component"]
    assert (ours["name"], ours["version"]) == ("notalone", "1.2.3")
    (dependencies,) = (one for one in bill["dependencies"] if one["ref"] == ours["bom-ref"])
    assert len(dependencies["dependsOn"]) == len(bill["components"])


def test_same_release_gives_the_same_bytes_and_another_does_not(text: str) -> None:
    assert sbom.bill(LOCK, version="1.2.3", date="2026-11-23") == text
    assert "2026-11-23T00:00:00" in text
    other = json.loads(sbom.bill(LOCK, version="1.2.4", date="2026-11-23"))
    assert other["serialNumber"] != json.loads(text)["serialNumber"]
