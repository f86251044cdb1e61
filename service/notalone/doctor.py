"""`notalone doctor`: looks at every part in turn and says what is wrong and which step mends it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notalone import as_extension, native_host
from notalone.browsers import MANIFEST_FILE, Found, browsers_found, current_platform, host_manifest
from notalone.config import data_dir, rules_dir
from notalone.errors import NotAloneError, SetupError
from notalone.install import launcher_path
from notalone.model import Bilingual
from notalone.server import private_folder

LEAST_PYTHON = (3, 11)
REINSTALL = Bilingual("Chạy `notalone install`.", "Run `notalone install`.")


@dataclass(frozen=True, slots=True)
class Part:
    """One part that was looked at. `problem` is None when it is well; `step` mends it."""

    name: Bilingual
    problem: Bilingual | None = None
    step: Bilingual | None = None
    detail: str = ""


def run() -> int:
    """Print one line for each part, with the step that mends it; 1 when any is unwell."""
    is_well = True
    for part in examine(data_dir()):
        print(*_lines(part), sep="\n", flush=True)
        is_well = is_well and part.problem is None
    if is_well:
        print("Mọi phần đều chạy.\nEverything runs.")
    return 0 if is_well else 1


def _lines(part: Part) -> Iterator[str]:
    if part.problem is None:
        yield f"[  OK  ] {part.name.vi} · {part.name.en}{f': {part.detail}' if part.detail else ''}"
        return
    yield f"[ !!!! ] {part.name.vi}: {part.problem.vi}"
    yield f"         {part.name.en}: {part.problem.en}"
    if part.detail:
        yield f"         {part.detail}"
    if part.step is not None:
        yield f"         → {part.step.vi}"
        yield f"         → {part.step.en}"


def examine(folder: Path, *, home: Path | None = None) -> Iterator[Part]:
    """Every part in the order in which one needs the other."""
    yield python_part(sys.version_info[:2])
    yield rules_part()
    yield folder_part(folder)
    found = browsers_found(home=home)
    if not found:
        yield Part(
            Bilingual("Trình duyệt", "Browser"),
            Bilingual("không tìm thấy trình duyệt nào", "none was found"),
            Bilingual(
                "Cài Chrome, Cốc Cốc, Edge, Brave hoặc Firefox, rồi chạy `notalone install`.",
                "Install Chrome, Cốc Cốc, Edge, Brave or Firefox, then run `notalone install`.",
            ),
        )
    for one in found:
        yield manifest_part(one, folder, home=home or Path.home())
    yield from service_parts(folder)


def python_part(version: tuple[int, int]) -> Part:
    """Whether this Python is new enough."""
    name, number = Bilingual("Python", "Python"), ".".join(map(str, version))
    if version >= LEAST_PYTHON:
        return Part(name, detail=number)
    return Part(
        name,
        Bilingual(f"bản {number} đã cũ", f"{number} is too old"),
        Bilingual("Cài Python 3.11 trở lên.", "Install Python 3.11 or newer."),
    )


def rules_part() -> Part:
    """Whether the rule files load; a wrong one is named with its place and its fix."""
    from notalone.checker import build_checker

    name = Bilingual("Bộ quy tắc", "Rules")
    lint = Bilingual(
        "Chạy `notalone rules lint`; các quy tắc khác vẫn dùng được.",
        "Run `notalone rules lint`; the other rules still work.",
    )
    checker = build_checker()
    state = checker.rules_state
    if state.state == "missing":
        return Part(
            name,
            Bilingual("không có quy tắc nào", "there are none"),
            Bilingual("Cài lại chương trình.", "Install the program again."),
            str(rules_dir()),
        )
    if checker.errors:
        count = len(checker.errors)
        return Part(
            name,
            Bilingual(f"{count} tệp bị lỗi", f"{count} cannot be used"),
            lint,
            str(checker.errors[0]),
        )
    return Part(name, detail=f"{state.version} ({state.built})")


def folder_part(folder: Path) -> Part:
    """Whether the data folder is there, ours, and can be written."""
    name = Bilingual("Thư mục dữ liệu", "Data folder")
    try:
        private_folder(folder)
        probe = folder / f"doctor-{os.getpid()}"
        native_host.write_private(str(probe), b"")
        probe.unlink()
    except (SetupError, OSError) as error:
        return Part(
            name,
            Bilingual("không ghi được", "cannot be written"),
            Bilingual(
                "Giải phóng ổ đĩa hoặc sửa quyền của thư mục.",
                "Free the disk, or mend the folder's permissions.",
            ),
            str(error),
        )
    return Part(name, detail=str(folder))


def manifest_part(found: Found, folder: Path, *, home: Path) -> Part:
    """Whether one browser is told where our native host is, rightly."""
    name = Bilingual(found.browser.name, found.browser.name)
    if found.is_boxed:
        return Part(
            name,
            Bilingual(
                "bản snap/flatpak không cho tiện ích gọi dịch vụ",
                "the snap/flatpak package keeps the service out",
            ),
            Bilingual("Cài bản thường của trình duyệt.", "Install the browser's ordinary package."),
        )
    platform = current_platform()
    below = found.browser.manifests(platform)
    target = folder / "manifests" / found.browser.family if below is None else home / below
    path, launcher = target / MANIFEST_FILE, launcher_path(folder)
    try:
        given = json.loads(path.read_bytes())
    except FileNotFoundError:
        problem = Bilingual("chưa được nối với dịch vụ", "is not connected with the service")
        return Part(name, problem, REINSTALL, str(path))
    except (OSError, ValueError):
        problem = Bilingual("tệp kết nối bị hỏng", "the connecting file is damaged")
        return Part(name, problem, REINSTALL, str(path))
    if given != host_manifest(found.browser.family, launcher):
        problem = Bilingual("tệp kết nối đã cũ", "the connecting file is out of date")
        return Part(name, problem, REINSTALL, str(path))
    if not os.access(launcher, os.X_OK):
        problem = Bilingual("không chạy được tệp khởi động", "the launcher cannot be run")
        return Part(name, problem, REINSTALL, str(launcher))
    return Part(name, detail=str(path))


def service_parts(folder: Path) -> Iterator[Part]:
    """Run the native host once, as a browser does, and say hello to the service it names."""
    host_name = Bilingual("Cầu nối với trình duyệt", "Native host")
    service_name = Bilingual("Dịch vụ", "Service")
    launcher = launcher_path(folder)
    if not launcher.exists():
        problem = Bilingual("chưa được cài", "is not installed")
        yield Part(host_name, problem, REINSTALL, str(launcher))
        return
    try:
        paired = as_extension.pair(launcher)
    except NotAloneError as error:
        problem = Bilingual("không trả lời", "does not answer")
        step = Bilingual(
            "Chạy `notalone start` để xem lỗi, rồi `notalone install`.",
            "Run `notalone start` to see the fault, then `notalone install`.",
        )
        yield Part(host_name, problem, step, str(error))
        return
    yield Part(host_name, detail=str(launcher))
    try:
        paired.hello()
    except NotAloneError as error:
        problem = Bilingual("không trả lời đúng", "does not answer as it should")
        step = Bilingual(
            "Dừng dịch vụ (Ctrl-C hoặc khởi động lại máy) rồi chạy `notalone start`.",
            "Stop the service (Ctrl-C, or restart the computer), then run `notalone start`.",
        )
        yield Part(service_name, problem, step, str(error))
    else:
        yield Part(service_name, detail=f"127.0.0.1:{paired.port}")
    finally:
        native_host.forget(str(folder), paired.pairing)
