"""The bill of materials of a release, CycloneDX 1.6: every package that we ship, with its hashes.

It says what `requirements/run.txt` pins, which is what the wheel asks for and Setup.exe carries;
the extension brings nothing from anybody. The same release gives the same bytes: the date is that
of CHANGELOG.md, the serial number comes from the content.
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.hash.factories import HashTypeFactory
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")
MOST_NAME = 60  # characters; some put the whole text there
SERIAL = uuid.UUID("6f9a4a52-7f4e-5c3d-9a55-0d7c1b0f2f11")  # of our own, for uuid5


def pinned(lock: str) -> list[tuple[str, str, list[str]]]:
    """(name, version, hashes) of every package in a requirements file with hashes.

    >>> pinned(f"a==1.0 ; x < '3' \\\\\\n    --hash=sha256:{'0' * 64}\\n")[0][:2]
    ('a', '1.0')
    """
    found: list[tuple[str, str, list[str]]] = []
    for line in lock.splitlines():
        if named := PIN.match(line):
            found.append((named["name"], named["version"], []))
        if found:
            found[-1][2].extend(HASH.findall(line))
    return found


def bill(lock: str, *, version: str, date: str) -> str:
    """The bill as JSON: our *version*, released on *date* (ISO), with the packages of *lock*."""
    licences = LicenseFactory()
    ours = Component(
        name="notalone",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="notalone",
        purl=PackageURL("pypi", name="notalone", version=version),
        licenses=[licences.make_with_expression("Apache-2.0 AND CC-BY-4.0")],
        description="Không Một Mình (Not Alone)",
    )
    bom = Bom(serial_number=uuid.uuid5(SERIAL, f"{version}\n{date}\n{lock}"))
    bom.metadata.timestamp = datetime.fromisoformat(date).replace(tzinfo=UTC)
    bom.metadata.component = ours
    parts = [_component(*pin, licences) for pin in pinned(lock)]
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(ours, parts)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _component(name: str, version: str, hashes: list[str], licences: LicenseFactory) -> Component:
    purl = PackageURL("pypi", name=name, version=version)
    declared = _licence(name)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(purl.to_string()),
        hashes=[HashTypeFactory().from_composite_str(one) for one in hashes],
        comment="any one of these files: a wheel for each system, and the source",
    )
    acknowledged = LicenseAcknowledgement.DECLARED
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        licenses=[licences.make_from_string(declared, license_acknowledgement=acknowledged)]
        if declared
        else [],
        external_references=[files],
    )


def _licence(name: str) -> str:
    """What the installed package declares, as an expression or a short name; "" when unclear."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # for another system
        return ""
    given = [line for key in ("License-Expression", "License") for line in about.get_all(key) or []]
    if given and "\n" not in given[0] and len(given[0]) <= MOST_NAME:
        return str(given[0])
    named = [line for line in about.get_all("Classifier") or [] if line.startswith("License :: ")]
    return str(named[0]).rpartition(" :: ")[2] if named else ""


def write(target: Path, lock: Path, *, version: str, date: str) -> Path:
    """Write the bill of the packages in *lock* to *target*."""
    text = bill(lock.read_text(encoding="utf-8"), version=version, date=date)
    target.write_text(text, encoding="utf-8")
    return target
