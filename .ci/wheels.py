"""Which file each pinned package is on Windows and macOS: `requirements/wheels.txt`.

A package without a wheel for a system would have to be compiled by a family. `make lock` writes the
list from what the index says, without any address of it; the tests hold every pin to it. One line a
file: SHA-256, name.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

PYTHONS = (11, 12, 13, 14)  # 3.11 to 3.14
OLDEST_MACOS = {"arm64": (13, 0), "x86_64": (13, 0)}


@dataclass(frozen=True)
class Target:
    """One system with one Python: the tags that its pip takes, the best first."""

    name: str
    tags: tuple[Tag, ...]
    environment: dict[str, str]

    def holds(self, marker: str | None) -> bool:
        """Whether a requirement with *marker* is for this target."""
        return marker is None or Marker(marker).evaluate(dict(self.environment))

    def best(self, names: Iterable[str]) -> str | None:
        """The one of the wheels *names* that its pip would choose."""
        tagged = {name: parse_wheel_filename(name)[3] for name in names}
        return next((name for tag in self.tags for name in tagged if tag in tagged[name]), None)


def targets() -> Iterator[Target]:
    """Windows and both kinds of Mac, with every Python we take."""
    for minor in PYTHONS:
        yield _target("Windows", "win32", "AMD64", minor, ["win_amd64"])
        for machine, version in OLDEST_MACOS.items():
            yield _target("Darwin", "darwin", machine, minor, [*mac_platforms(version, machine)])


def _target(system: str, platform: str, machine: str, minor: int, platforms: list[str]) -> Target:
    version = (3, minor)
    tags = (
        *cpython_tags(version, platforms=platforms),
        *compatible_tags(version, f"cp3{minor}", platforms),
    )
    environment = {
        "sys_platform": platform,
        "platform_system": system,
        "platform_machine": machine,
        "os_name": "nt" if platform == "win32" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
    }
    return Target(f"{system} {machine}, Python 3.{minor}", tags, environment)


def chosen(lock: dict[str, Any]) -> dict[str, str]:
    """Of a pylock.toml: name → SHA-256 of every file that some target would be given."""
    found: dict[str, str] = {}
    for package in lock["packages"]:
        hashes = {
            wheel.get("name") or wheel["url"].rpartition("/")[2]: wheel["hashes"]["sha256"]
            for wheel in package.get("wheels", [])
        }
        for target in targets():
            best = target.best(hashes) if target.holds(package.get("marker")) else None
            if best is not None:
                found[best] = hashes[best]
    return found


def main() -> int:
    """Read the pylock.toml that is named, print the list."""
    lock = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name, digest in sorted(chosen(lock).items()):
        print(f"{digest}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
