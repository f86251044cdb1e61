"""Pack `extension/` for the stores: one zip for the Chromium family, one for Firefox.

The folder itself runs in both; a store wants a manifest without the other's keys. The same commit
gives the same bytes on every computer: names in order, one date, nothing compressed (each packer
compresses a little differently, and the stores pack anew). Needs the standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = {".css", ".html", ".js", ".json", ".png"}
FOR_DEVELOPERS = {".ts"}  # types, read by the type checker only
DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold

Manifest = dict[str, Any]


def for_chromium(manifest: Manifest) -> Manifest:
    """Without Firefox's keys, and without the key of the unpacked id: a store has its own."""
    background = {
        name: value for name, value in manifest["background"].items() if name != "scripts"
    }
    return _without(manifest, "key", "browser_specific_settings") | {"background": background}


def for_firefox(manifest: Manifest) -> Manifest:
    """Without Chromium's keys: an event page, where Chromium has a service worker."""
    background = {
        name: value for name, value in manifest["background"].items() if name != "service_worker"
    }
    return _without(manifest, "key", "minimum_chrome_version") | {"background": background}


def _without(manifest: Manifest, *names: str) -> Manifest:
    return {name: value for name, value in manifest.items() if name not in names}


STORES: dict[str, Callable[[Manifest], Manifest]] = {
    "chromium": for_chromium,
    "firefox": for_firefox,
}


def files_of(extension: Path) -> dict[str, bytes]:
    """What is shipped, by its name inside the package.

    Raises: ValueError for a file of which nobody has said whether it is shipped.
    """
    found: dict[str, bytes] = {}
    for path in sorted(extension.rglob("*")):
        name = path.relative_to(extension).as_posix()
        if path.is_dir() or path.suffix in FOR_DEVELOPERS:
            continue
        if path.suffix not in SHIPPED or path.is_symlink() or "/." in f"/{name}":
            raise ValueError(
                f"{path}: not a file for the stores; remove it, or add it to {__file__}"
            )
        found[name] = path.read_bytes()
    return found


def write_package(target: Path, files: dict[str, bytes]) -> None:
    """One zip whose bytes depend on *files* alone."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 3  # as on Unix, wherever it is made
            entry.external_attr = 0o100644 << 16
            package.writestr(entry, files[name])


def pack(extension: Path, dist: Path) -> list[Path]:
    """Write every store's package into *dist*; their paths."""
    files = files_of(extension)
    manifest: Manifest = json.loads(files["manifest.json"])
    dist.mkdir(parents=True, exist_ok=True)
    packages = []
    for store, generate in STORES.items():
        text = json.dumps(generate(manifest), ensure_ascii=False, indent=2) + "\n"
        target = dist / f"khong-mot-minh-{manifest['version']}-{store}.zip"
        write_package(target, {**files, "manifest.json": text.encode("utf-8")})
        packages.append(target)
    return packages


def main() -> int:
    """Pack, and print what was made with its SHA-256; 1 when something does not belong."""
    parser = argparse.ArgumentParser(description="Pack the extension for the stores.")
    parser.add_argument("--extension", type=Path, default=ROOT / "extension", metavar="DIR")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", metavar="DIR")
    options = parser.parse_args()
    try:
        packages = pack(options.extension, options.dist)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    for path in packages:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{digest}  {path.name}  {path.stat().st_size / 1024:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
