"""Which browsers are seen, where each looks, and what each is given to read."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from notalone.browsers import (
    BROWSERS,
    Found,
    Platform,
    browsers_found,
    host_manifest,
    registry_keys,
)
from notalone.config import EXTENSION_IDS, GECKO_ID, NATIVE_HOST_NAME

NAMES = [browser.name for browser in BROWSERS]
LAUNCHER = PurePosixPath("/home/a b/Tài liệu/native-host")


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def test_bare_computer_has_none(tmp_path: Path) -> None:
    assert browsers_found(home=tmp_path, platform="linux") == []


@pytest.mark.parametrize(
    ("folder", "name", "platform"),
    (
        (".config/google-chrome", "Google Chrome", "linux"),
        (".config/BraveSoftware/Brave-Browser", "Brave", "linux"),
        (".mozilla", "Firefox", "linux"),
        ("Library/Application Support/CocCoc/Browser", "Cốc Cốc", "darwin"),
        ("Library/Application Support/Mozilla", "Firefox", "darwin"),
    ),
)
def test_profile_folder_is_enough_to_be_seen(
    tmp_path: Path, folder: str, name: str, platform: Platform
) -> None:
    (tmp_path / folder).mkdir(parents=True)
    found = browsers_found(home=tmp_path, platform=platform)
    assert [one.browser.name for one in found] == [name]


def test_program_is_enough_to_be_seen(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "firefox-esr"
    program.parent.mkdir()
    program.touch(mode=0o755)
    (found,) = browsers_found(home=tmp_path, platform="linux")
    assert (found.browser.name, found.program) == ("Firefox", str(program))


@pytest.mark.parametrize(
    ("program", "is_boxed"),
    (("/snap/bin/chromium", True), ("/usr/bin/chromium", False), (None, False)),
)
def test_snap_and_flatpak_are_told_apart(program: str | None, is_boxed: bool) -> None:
    assert Found(BROWSERS[NAMES.index("Chromium")], program).is_boxed is is_boxed


@pytest.mark.parametrize(
    ("script", "is_boxed"),
    (
        (
            '#!/bin/sh\n[ -x /snap/bin/firefox ] || exit 1\nexec /snap/bin/firefox "$@"',
            True,
        ),
        ('#!/bin/sh\nexec /usr/bin/flatpak run --branch=stable org.example.Browser "$@"', True),
        (
            '#!/bin/sh\n# unlike /snap/bin/firefox\nexec /usr/lib/firefox-esr/firefox-esr "$@"',
            False,
        ),
        ("\x7fELF /snap/bin/ flatpak run", False),
    ),
    ids=("ubuntu", "flatpak", "debian", "program"),
)
def test_small_script_that_starts_a_boxed_browser_is_seen_through(
    tmp_path: Path, script: str, is_boxed: bool
) -> None:
    program = tmp_path / "browser"
    program.write_text(script)
    link = tmp_path / "x-www-browser"
    link.symlink_to(program)
    assert Found(BROWSERS[0], str(program)).is_boxed is is_boxed
    assert Found(BROWSERS[0], str(link)).is_boxed is is_boxed


def test_link_into_a_box_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "firefox"
    link.symlink_to("/snap/bin/firefox")  # which itself is a link to snap's own program
    assert Found(BROWSERS[5], str(link)).is_boxed


def test_ordinary_program_is_preferred_to_a_boxed_one(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name, target in (("chromium", "/snap/bin/chromium"), ("chromium-browser", "/opt/chromium")):
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\nexec {target} "$@"\n')
        program.chmod(0o755)
    (found,) = browsers_found(home=tmp_path, platform="linux")
    assert (found.program, found.is_boxed) == (str(tmp_path / "bin" / "chromium-browser"), False)


@pytest.mark.parametrize(
    ("name", "platform", "folder"),
    (
        ("Chromium", "linux", ".config/chromium/NativeMessagingHosts"),
        ("Microsoft Edge", "linux", ".config/microsoft-edge/NativeMessagingHosts"),
        ("Firefox", "linux", ".mozilla/native-messaging-hosts"),
        ("Firefox", "darwin", "Library/Application Support/Mozilla/NativeMessagingHosts"),
        ("Cốc Cốc", "linux", None),
        ("Chromium", "win32", None),
    ),
)
def test_each_browser_has_its_own_place(name: str, platform: Platform, folder: str | None) -> None:
    assert BROWSERS[NAMES.index(name)].manifests(platform) == folder


def test_chromium_is_given_exact_origins_and_no_key_of_firefox() -> None:
    manifest = host_manifest("chromium", LAUNCHER, extensions=(*EXTENSION_IDS, "a" * 32))
    exact = [
        *(f"chrome-extension://{one}/" for one in EXTENSION_IDS),
        f"chrome-extension://{'a' * 32}/",
    ]
    assert manifest["allowed_origins"] == exact
    assert "allowed_extensions" not in manifest
    assert (manifest["name"], manifest["type"]) == (NATIVE_HOST_NAME, "stdio")
    assert manifest["path"] == str(LAUNCHER)


def test_firefox_is_given_its_own_keys_only() -> None:
    manifest = host_manifest("firefox", LAUNCHER, extensions=EXTENSION_IDS)
    assert manifest["allowed_extensions"] == [GECKO_ID]
    assert set(manifest) == {"name", "description", "path", "type", "allowed_extensions"}


@pytest.mark.parametrize(
    ("name", "places"),
    (
        ("Google Chrome", [r"Google\Chrome"]),
        ("Firefox", ["Mozilla"]),
        ("Cốc Cốc", [r"CocCoc\Browser", r"Google\Chrome"]),
    ),
)
def test_windows_keys_name_the_browser_first(name: str, places: list[str]) -> None:
    end = rf"\NativeMessagingHosts\{NATIVE_HOST_NAME}"
    keys = registry_keys(BROWSERS[NAMES.index(name)])
    assert keys == [rf"Software\{place}{end}" for place in places]
