"""`make pack`: what the stores get, the same bytes each time, and what Mozilla's linter says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from harness.packages import packed
from harness.service_process import REPOSITORY
from notalone.config import GECKO_ID

EXTENSION = REPOSITORY / "extension"
STORES = ("chromium", "firefox")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return packed(tmp_path_factory.mktemp("dist"))


def manifest_of(package: Path) -> dict[str, Any]:
    with zipfile.ZipFile(package) as opened:
        manifest: dict[str, Any] = json.loads(opened.read("manifest.json"))
    return manifest


def test_there_is_one_package_a_store(packages: dict[str, Path]) -> None:
    assert set(packages) == set(STORES)


def test_packing_again_elsewhere_gives_the_same_bytes(
    packages: dict[str, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "extension"
    shutil.copytree(EXTENSION, copy)
    for path in copy.rglob("*"):  # another computer: other dates, other rights
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o700)
    again = packed(tmp_path / "dist", extension=copy)
    for store in STORES:
        assert again[store].read_bytes() == packages[store].read_bytes()


@pytest.mark.parametrize("store", STORES)
def test_every_shipped_file_is_in_it_unchanged_and_nothing_else(
    packages: dict[str, Path], store: str
) -> None:
    shipped = {
        path.relative_to(EXTENSION).as_posix(): path.read_bytes()
        for path in EXTENSION.rglob("*")
        if path.is_file() and path.suffix != ".ts"
    }
    with zipfile.ZipFile(packages[store]) as package:
        inside = {name: package.read(name) for name in package.namelist()}
    assert inside.keys() == shipped.keys()
    del inside["manifest.json"], shipped["manifest.json"]
    assert inside == shipped


def test_each_manifest_has_only_the_keys_of_its_browser(packages: dict[str, Path]) -> None:
    common = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    chromium, firefox = (manifest_of(packages[store]) for store in STORES)
    assert chromium.pop("background") == {
        "service_worker": "background/main.js",
        "type": "module",
    }
    assert firefox.pop("background") == {"scripts": ["background/main.js"], "type": "module"}
    assert chromium.pop("minimum_chrome_version")
    assert firefox.pop("browser_specific_settings")["gecko"]["id"] == GECKO_ID
    assert chromium == firefox
    left_out = {"key", "background", "minimum_chrome_version", "browser_specific_settings"}
    assert common.keys() - left_out == chromium.keys()


@pytest.mark.parametrize("name", ("notes.txt", ".hidden.js", "pages/main.js.map"))
def test_file_that_nobody_ships_stops_the_packing(tmp_path: Path, name: str) -> None:
    copy = tmp_path / "extension"
    shutil.copytree(EXTENSION, copy)
    (copy / name).write_text("x")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        packed(tmp_path / "dist", extension=copy)
    assert name in refused.value.stderr


def test_icons_have_the_sizes_that_the_stores_ask_for(packages: dict[str, Path]) -> None:
    from PIL import Image

    with zipfile.ZipFile(packages["firefox"]) as package:
        for side, name in manifest_of(packages["firefox"])["icons"].items():
            with package.open(name) as file, Image.open(file) as icon:
                assert icon.size == (int(side), int(side))
        assert {"48", "96", "128"} <= manifest_of(packages["firefox"])["icons"].keys()
    for name, size in (("icon-300.png", (300, 300)), ("tile-440x280.png", (440, 280))):
        with Image.open(REPOSITORY / "docs" / "store" / name) as picture:
            assert picture.size == size


def test_mozillas_linter_has_nothing_to_say(packages: dict[str, Path]) -> None:
    done = subprocess.run(
        [REPOSITORY / "node_modules" / ".bin" / "addons-linter", "-o", "json", packages["firefox"]],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    assert found["summary"] == {"errors": 0, "notices": 0, "warnings": 0}, done.stdout
    assert found["count"] == 0
