"""The browsers we know, where each looks for native hosts, and what it wants to read there.

Firefox refuses the keys of Chromium's manifest, so there are two kinds. On Linux and macOS a file
in the browser's own folder is enough; on Windows a registry value of this user names the file.

Where browsers look: the docs of Chrome, Edge and Firefox, and measured on Debian, 2026-11-22.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from notalone.config import GECKO_ID, NATIVE_HOST_NAME

Family = Literal["chromium", "firefox"]
Platform = Literal["linux", "darwin", "win32"]
MANIFEST_FILE = f"{NATIVE_HOST_NAME}.json"
MAX_SCRIPT_BYTES = 64 * 1024
MAX_LINKS = 8  # followed from one program to the next
DESCRIPTION = "Không Một Mình: connects the extension with the service on this computer"


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser and where, below the home folder, it keeps its profiles on each system."""

    name: str
    family: Family
    programs: tuple[str, ...]  # what its executable may be called
    linux: str | None = None
    darwin: str | None = None
    registry: str | None = None  # below HKCU\Software

    def profiles(self, platform: Platform) -> str | None:
        """The profile folder below home; on Windows there is the registry instead."""
        return {"linux": self.linux, "darwin": self.darwin, "win32": None}[platform]

    def manifests(self, platform: Platform) -> str | None:
        """The folder below home in which it looks for native hosts."""
        profiles = self.profiles(platform)
        if profiles is None:
            return None
        is_dashed = self.family == "firefox" and platform == "linux"
        return f"{profiles}/{'native-messaging-hosts' if is_dashed else 'NativeMessagingHosts'}"


BROWSERS = (
    Browser(
        "Cốc Cốc",
        "chromium",
        ("coccoc", "CocCoc"),
        darwin="Library/Application Support/CocCoc/Browser",
        registry=r"CocCoc\Browser",
    ),
    Browser(
        "Google Chrome",
        "chromium",
        ("google-chrome", "google-chrome-stable", "chrome"),
        linux=".config/google-chrome",
        darwin="Library/Application Support/Google/Chrome",
        registry=r"Google\Chrome",
    ),
    Browser(
        "Chromium",
        "chromium",
        ("chromium", "chromium-browser"),
        linux=".config/chromium",
        darwin="Library/Application Support/Chromium",
        registry="Chromium",
    ),
    Browser(
        "Microsoft Edge",
        "chromium",
        ("microsoft-edge", "microsoft-edge-stable", "msedge"),
        linux=".config/microsoft-edge",
        darwin="Library/Application Support/Microsoft Edge",
        registry=r"Microsoft\Edge",
    ),
    Browser(
        "Brave",
        "chromium",
        ("brave", "brave-browser"),
        linux=".config/BraveSoftware/Brave-Browser",
        darwin="Library/Application Support/BraveSoftware/Brave-Browser",
        registry=r"BraveSoftware\Brave-Browser",
    ),
    Browser(
        "Firefox",
        "firefox",
        ("firefox", "firefox-esr"),
        linux=".mozilla",
        darwin="Library/Application Support/Mozilla",
        registry="Mozilla",
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A browser on this computer. `program` is None when only its profile folder is there."""

    browser: Browser
    program: str | None

    @property
    def is_boxed(self) -> bool:
        """True for snap and flatpak packages, whose box keeps native messaging out."""
        return self.program is not None and _leads_into_a_box(Path(self.program))


def _leads_into_a_box(program: Path) -> bool:
    """Whether *program*, a link or a small script of the system's, starts a snap or a flatpak.

    Ubuntu's /usr/bin/firefox and chromium-browser are such scripts. Each link is looked at by
    itself: the last one of a snap leads to snap's own program, which says nothing.
    """
    for _ in range(MAX_LINKS):
        place = program.as_posix()
        if place.startswith("/snap/") or "/flatpak/exports/" in place:
            return True
        if not program.is_symlink():
            break
        program = Path(os.path.normpath(program.parent / program.readlink()))
    try:
        with program.open("rb") as file:
            text = file.read(MAX_SCRIPT_BYTES)
    except OSError:
        return False
    lines = text.splitlines() if text.startswith(b"#!") else []
    orders = [line for line in lines if not line.lstrip().startswith(b"#")]
    return any(b"/snap/bin/" in line or b"flatpak run" in line for line in orders)


def current_platform() -> Platform:
    if sys.platform == "win32":
        return "win32"
    return "darwin" if sys.platform == "darwin" else "linux"


def browsers_found(*, home: Path | None = None, platform: Platform | None = None) -> list[Found]:
    """The browsers this user seems to have, by their program or their profile folder."""
    home, platform = home or Path.home(), platform or current_platform()
    found = []
    for browser in BROWSERS:
        programs = filter(None, map(shutil.which, browser.programs))
        # an ordinary package before a boxed one: sorting is stable, and False comes first
        known = sorted((Found(browser, one) for one in programs), key=lambda one: one.is_boxed)
        profiles = browser.profiles(platform)
        has_profile = profiles is not None and (home / profiles).is_dir()
        if known:
            found.append(known[0])
        elif has_profile or (platform == "win32" and _has_registry_key(browser)):
            found.append(Found(browser, None))
    return found


def host_manifest(
    family: Family, launcher: PurePath, *, extensions: Iterable[str]
) -> dict[str, object]:
    """The manifest of our native host in the form one family of browsers takes.

    *extensions* are the ids that may start it in the Chromium family.
    """
    allowed: dict[str, object] = (
        {"allowed_origins": [f"chrome-extension://{one}/" for one in extensions]}
        if family == "chromium"
        else {"allowed_extensions": [GECKO_ID]}
    )
    return {
        "name": NATIVE_HOST_NAME,
        "description": DESCRIPTION,
        "path": str(launcher),
        "type": "stdio",
        **allowed,
    }


# --- Windows -------------------------------------------------------------------------------------


def registry_keys(browser: Browser) -> list[str]:
    r"""The keys below HKCU in which *browser* looks, its own first.

    Browsers built on Chromium fall back to Chrome's key; Cốc Cốc's and Brave's own are unconfirmed.

    >>> registry_keys(BROWSERS[5])
    ['Software\\Mozilla\\NativeMessagingHosts\\vn.khongmotminh.notalone']
    """
    places = [browser.registry]
    if browser.name in ("Cốc Cốc", "Brave"):
        places.append(r"Google\Chrome")
    return [f"Software\\{place}\\NativeMessagingHosts\\{NATIVE_HOST_NAME}" for place in places]


if sys.platform == "win32":
    import winreg

    def _has_registry_key(browser: Browser) -> bool:
        try:
            winreg.CloseKey(
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, f"Software\\{browser.registry}")
            )
        except OSError:
            return False
        return True

    def set_registry(key: str, value: str, *, name: str = "") -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def registry_value(key: str, name: str) -> str | None:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
        except OSError:
            return None

    def delete_registry(key: str) -> None:
        """Delete *key*, and those above it that hold nothing any more."""
        with contextlib.suppress(OSError):
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
        above = key.rpartition("\\")[0]
        while above.count("\\") >= 1:  # never HKCU\Software itself
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, above) as opened:
                    subkeys, values, _ = winreg.QueryInfoKey(opened)
                if subkeys or values:
                    return
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, above)
            except FileNotFoundError:
                pass
            above = above.rpartition("\\")[0]

    def delete_registry_value(key: str, name: str) -> None:
        with (
            contextlib.suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE) as opened,
        ):
            winreg.DeleteValue(opened, name)

else:

    def _has_registry_key(_browser: Browser) -> bool:
        return False

    def set_registry(_key: str, _value: str, *, name: str = "") -> None:
        raise OSError(f"only Windows has a registry for {name or 'this'}")

    def registry_value(_key: str, _name: str) -> str | None:
        return None

    def delete_registry(_key: str) -> None:
        return

    def delete_registry_value(_key: str, _name: str) -> None:
        return
