"""`notalone install` and `uninstall`: tell each browser of this user where our native host is.

Into the data folder go the host script, its settings and a launcher; into each browser's own folder
goes a small manifest that names the launcher; and the system is told to start the service when this
user signs in. Everything written is noted in `installed.json`, and exactly that is removed again.
To install again is how a newer version takes over: all is written anew, and the service restarts.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import notalone
from notalone import extension_ids, native_host, pairing_code, pin
from notalone.at_login import RUN_KEY, RUN_NAME, call_manager, files_at_login, run_value, windowless
from notalone.browsers import (
    BROWSERS,
    MANIFEST_FILE,
    Browser,
    Family,
    Found,
    Platform,
    browsers_found,
    current_platform,
    delete_registry,
    delete_registry_value,
    host_manifest,
    registry_keys,
    set_registry,
)
from notalone.config import GECKO_ID, KEPT_LINKS, KEPT_RULES, data_dir
from notalone.errors import SetupError
from notalone.migrations import FILE as FORMAT_FILE
from notalone.migrations import bring_forward, refuse_newer
from notalone.server import make_folders, private_folder, unwritable

SCRIPT = "native_host.py"
NOTE = "installed.json"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


# --- what is written -----------------------------------------------------------------------------


def launcher_text(python: str, *, platform: Platform) -> str:
    """The launcher beside the script. A first line `#!python` would break on a space in the path.

    >>> print(launcher_text("/opt/my python", platform="linux"), end="")
    #!/bin/sh
    exec '/opt/my python' -IS "${0%/*}/native_host.py" "$@"
    """
    if platform == "win32":
        # cmd reads the file in an old code page unless told: user names have Vietnamese letters
        lines = ["@echo off", "chcp 65001 >nul"] if not python.isascii() else ["@echo off"]
        quoted = python.replace("%", "%%")
        return "\r\n".join([*lines, f'"{quoted}" -IS -u "%~dp0{SCRIPT}" %*', ""])
    quoted = python.replace("'", "'\\''")
    return f'#!/bin/sh\nexec \'{quoted}\' -IS "${{0%/*}}/{SCRIPT}" "$@"\n'


def launcher_path(folder: Path, *, platform: Platform | None = None) -> Path:
    """Where the launcher stands in the data folder."""
    is_windows = (platform or current_platform()) == "win32"
    return folder / ("native_host.bat" if is_windows else "native-host")


def write_host(folder: Path) -> Path:
    """Put the host script, its settings and the launcher into *folder*; the launcher's path.

    Raises: SetupError when the folder cannot be written.
    """
    private_folder(folder)
    launcher = launcher_path(folder)
    settings = {
        "start": start_command(),
        "extensions": extension_ids.known(folder),
        "gecko": GECKO_ID,
        "path": import_path(),
    }
    source = Path(native_host.__file__).read_bytes()
    text = launcher_text(sys.executable, platform=current_platform())
    try:
        _write(folder / SCRIPT, source, mode=0o600)
        _write(folder / native_host.SETTINGS, _json_bytes(settings), mode=0o600)
        _write(launcher, text.encode("utf-8"), mode=0o700)
    except OSError as error:
        raise unwritable(folder, error) from None
    return launcher


def import_path() -> str:
    """Where the service's Python must look for us: "" when we are installed like any package."""
    parent = Path(notalone.__file__).resolve().parent.parent
    return "" if str(parent) == sysconfig.get_path("purelib") else str(parent)


def write_manifest(target: Path, family: Family, launcher: Path) -> Path:
    """Put our manifest into the folder *target* (made when missing); the file's path.

    Who may start *launcher* is known in the data folder, where it stands.
    """
    make_folders(target)
    path = target / MANIFEST_FILE
    manifest = host_manifest(family, launcher, extensions=extension_ids.known(launcher.parent))
    _write(path, _json_bytes(manifest), mode=0o644)
    return path


def _json_bytes(content: object) -> bytes:
    return json.dumps(content, indent=2, ensure_ascii=False).encode("utf-8") + b"\n"


def _write(path: Path, content: bytes, *, mode: int) -> None:
    native_host.write_private(str(path), content)
    path.chmod(mode)


# --- start at login ------------------------------------------------------------------------------


def start_command() -> list[str]:
    """What starts the service, wherever it is written down."""
    return [windowless(sys.executable), "-P", "-m", "notalone", "start"]


def files_wanted(folder: Path, *, home: Path) -> dict[Path, bytes | Path]:
    """The files that start the service at log-in, as `at_login.files_at_login` names them."""
    environment = {"PYTHONPATH": import_path(), "NOTALONE_HOME": str(folder.absolute())}
    return files_at_login(start_command(), environment, home=home, platform=current_platform())


def start_at_login(folder: Path, *, home: Path | None = None) -> str:
    """Let the service start when this user signs in; where that is written down now.

    `uninstall` takes it away. Raises: OSError when it cannot be written.
    """
    home, platform = home or Path.home(), current_platform()
    note = _read_note(folder)
    if platform == "win32":
        set_registry(RUN_KEY, run_value(start_command()), name=RUN_NAME)
        _remember(note, "run_values", RUN_NAME)
        _write(folder / NOTE, _json_bytes(note), mode=0o600)
        return RUN_KEY
    wanted = files_wanted(folder, home=home)
    for path in wanted:
        for missing in [one for one in (path.parent, *path.parents) if not one.exists()]:
            _remember(note, "folders", missing)
        _remember(note, "files", path)
    _write(folder / NOTE, _json_bytes(note), mode=0o600)  # first: what fails halfway is removed too
    for path, content in wanted.items():
        make_folders(path.parent)
        if isinstance(content, bytes):
            _write(path, content, mode=0o644)
            continue
        path.unlink(missing_ok=True)
        path.symlink_to(content)
    return str(next(iter(wanted)))


# --- install -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened for one browser. `problem` is "" when it can now find us."""

    found: Found
    place: str = ""
    problem: str = ""


def register(folder: Path, *, home: Path | None = None, named: Iterable[str] = ()) -> list[Outcome]:
    """Write the host and the manifests of every browser found; safe to repeat.

    *named* are ids of extensions that may pair too, beside those named at an earlier time.
    Raises: SetupError when the data folder cannot be written, or is a newer version's, or for an
    id that is none.
    """
    named = extension_ids.checked(named)
    home, platform = home or Path.home(), current_platform()
    refuse_newer(folder)
    note = _read_note(folder)
    for missing in [one for one in folder.parents if not _is_there(one)]:
        _remember(note, "folders", missing)
    all_found = {one.browser: one for one in browsers_found(home=home, platform=platform)}
    # On Windows each: there, a registry value harms nobody, and the browser may come later.
    wanted = [one for one in BROWSERS if one in all_found or platform == "win32"]
    for browser in wanted:
        with contextlib.suppress(OSError):  # may not be looked into: `_register_one` says so
            _note_one(browser, folder, home, note)
    private_folder(folder)
    _write_note(folder, note)  # first: whatever fails behind it can be taken back
    try:
        extension_ids.name(folder, named)
    except OSError as error:
        raise unwritable(folder, error) from None
    launcher = write_host(folder)
    bring_forward(folder)
    outcomes = []
    for browser in wanted:
        place = problem = ""
        try:
            place = _register_one(browser, folder, home, launcher)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise unwritable(folder, error) from None
            problem = error.strerror or type(error).__name__
        if browser in all_found:
            outcomes.append(Outcome(all_found[browser], place=place, problem=problem))
    return outcomes


def _target(browser: Browser, folder: Path, home: Path) -> Path | None:
    """The folder of the manifest that *browser* reads; None where it is not known."""
    platform = current_platform()
    if platform == "win32":
        return folder / "manifests" / browser.family
    below = browser.manifests(platform)
    return None if below is None else home / below


def _note_one(browser: Browser, folder: Path, home: Path, note: dict[str, list[str]]) -> None:
    """Put into *note* all that `_register_one` is going to write."""
    target = _target(browser, folder, home)
    if target is None:
        return
    for missing in reversed([one for one in (target, *target.parents) if not one.exists()]):
        if missing not in (folder, *folder.parents):
            _remember(note, "folders", missing)
    _remember(note, "files", target / MANIFEST_FILE)
    if current_platform() == "win32":
        for key in registry_keys(browser):
            _remember(note, "registry", key)


def _register_one(browser: Browser, folder: Path, home: Path, launcher: Path) -> str:
    target = _target(browser, folder, home)
    if target is None:
        raise OSError("this browser is not known on this system")
    path = str(write_manifest(target, browser.family, launcher))
    if current_platform() != "win32":
        return path
    keys = registry_keys(browser)
    for key in keys:
        set_registry(key, path)
    return keys[0]


def _is_there(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError as error:
        raise unwritable(folder, error) from None


def _remember(note: dict[str, list[str]], kind: str, what: object) -> None:
    if str(what) not in note[kind]:
        note[kind].append(str(what))


def _write_note(folder: Path, note: dict[str, list[str]]) -> None:
    """Raises: SetupError when it cannot be written; then what was made for it is gone again."""
    try:
        _write(folder / NOTE, _json_bytes(note), mode=0o600)
    except OSError as error:
        _remove_empty({*note["folders"], str(folder)})
        raise unwritable(folder, error) from None


def _remove_empty(folders: set[str]) -> None:
    for path in sorted(folders, key=len, reverse=True):  # what lies inside goes first
        with contextlib.suppress(OSError):  # not there, or somebody else keeps something in it
            Path(path).rmdir()


def _read_note(folder: Path) -> dict[str, list[str]]:
    try:
        content = native_host.read_private(str(folder / NOTE))
        given = json.loads(content) if content else {}
    except ValueError:
        given = {}
    given = given if isinstance(given, dict) else {}
    return {
        kind: [str(one) for one in given.get(kind, [])]
        for kind in ("files", "folders", "registry", "run_values")
    }


def install(named: Iterable[str] = ()) -> int:
    """Register with every browser, start at log-in, and say in plain words what happened.

    *named* is as `register` says. Raises: SetupError for an id that is none.
    Where the disk is full or may not be written, a first installation leaves nothing behind.
    """
    named = extension_ids.checked(named)
    folder = data_dir()
    was_there, was_paired = ((folder / one).exists() for one in (NOTE, native_host.PAIRINGS))
    try:
        outcomes = register(folder, named=named)
        for line in describe(outcomes):
            print(line)
        place = start_at_login(folder)
    except (SetupError, OSError) as error:
        told = unwritable(folder, error) if isinstance(error, OSError) else error
        print(f"Chưa cài được · Not installed\n{told}", file=sys.stderr)
        if not was_there:
            with contextlib.suppress(OSError):
                remove(folder, keep_settings=was_paired)
        return 1
    print(f"Tự chạy khi đăng nhập máy · Starts when you sign in ({place})")
    renew_service(folder)
    return 1 if any(outcome.problem for outcome in outcomes) else 0


def renew_service(folder: Path) -> None:
    """End a service that runs, perhaps an older one, and have it run again from what is here."""
    ran_before = native_host.running_service(str(folder)) is not None
    stop_service(folder)
    call_manager("start", platform=current_platform(), home=Path.home())
    if ran_before:
        native_host.ensure_service(str(folder), start_command(), import_path())


def describe(outcomes: list[Outcome]) -> Iterator[str]:
    """What `install` says, a browser at a time."""
    if not outcomes:
        again = f"`{native_host.command()} install`"
        yield (
            "Không tìm thấy trình duyệt nào. Cài Chrome, Cốc Cốc, Edge, Brave hoặc Firefox, "
            f"rồi chạy lại {again}."
        )
        yield (
            "No browser found. Install Chrome, Cốc Cốc, Edge, Brave or Firefox, then run "
            f"{again} again."
        )
    for outcome in outcomes:
        name = outcome.found.browser.name
        if outcome.problem:
            yield f"{name}: chưa nối được · not connected: {outcome.problem}"
        elif outcome.found.is_boxed:
            yield (
                f"{name}: bản Snap/Flatpak, cần nối bằng mã: chạy `{native_host.command()} pair` · "
                f"a Snap/Flatpak package: connect it with a code, `{native_host.command()} pair`"
            )
        else:
            yield f"{name}: đã nối · connected ({outcome.place})"


# --- uninstall -----------------------------------------------------------------------------------


def remove(folder: Path, *, home: Path | None = None, keep_settings: bool = False) -> list[str]:
    """Take back all that `register` and the native host wrote; what was removed.

    With *keep_settings* the pairings, the ids of extensions that were named, the switches and the
    pulled lists stay for another time.
    """
    call_manager("stop", platform=current_platform(), home=home or Path.home())
    stop_service(folder)
    note = _read_note(folder)
    removed = []
    own = [SCRIPT, native_host.SETTINGS, native_host.SERVICE, NOTE]
    own += [native_host.SERVICE_LOCK, "starting.lock", "pairings.lock", launcher_path(folder).name]
    own += (
        [] if keep_settings else [native_host.PAIRINGS, extension_ids.FILE, FORMAT_FILE, pin.FILE]
    )
    own += [KEPT_LINKS, KEPT_RULES, pairing_code.CODE, pairing_code.LOCK, pin.LOCK]
    broken = sorted(str(path) for path in folder.glob(f"{native_host.PAIRINGS}.broken-*"))
    for path in [*note["files"], *(str(folder / name) for name in own), *broken]:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            Path(path).unlink()
            removed.append(path)
    for key in note["registry"]:
        delete_registry(key)
        removed.append(key)
    for name in note["run_values"]:
        delete_registry_value(RUN_KEY, name)
        removed.append(f"{RUN_KEY}\\{name}")
    for name in ("practice-profile",) if keep_settings else ("practice-profile", "lists"):
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
            removed.append(str(folder / name))
    _remove_empty({*note["folders"], str(folder / "manifests"), str(folder)})
    return removed


def uninstall(*, keep_settings: bool = False) -> int:
    """Remove what was installed and say what; `remove` says what *keep_settings* leaves."""
    try:
        removed = remove(data_dir(), keep_settings=keep_settings)
    except OSError as error:
        print(f"Chưa gỡ hết được. Not all removed: {error.strerror}", file=sys.stderr)
        return 1
    for path in removed:
        print(path)
    print("Đã gỡ. Tiện ích trong trình duyệt thì gỡ ở trang tiện ích của trình duyệt.")
    print("Removed. Remove the extension itself on your browser's extensions page.")
    return 0


def stop() -> int:
    """End the running service, if there is one."""
    folder = data_dir()
    call_manager("stop", platform=current_platform(), home=Path.home())
    stop_service(folder)
    print("Phần kiểm tra không chạy nữa.\nThe service does not run any more.")
    return 0


def stop_service(folder: Path) -> None:
    """End the running service of this user and wait until it is gone; nothing when none runs."""
    if not folder.is_dir():
        return
    state = native_host.running_service(str(folder))
    pid = state.get("pid") if state else None
    if isinstance(pid, int):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)
        lock = native_host.take_lock(str(folder / native_host.SERVICE_LOCK), wait_s=10)
        if lock is not None:
            os.close(lock)
