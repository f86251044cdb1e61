"""`notalone doctor`: looks at every part in turn and says what is wrong and which step mends it."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from notalone import __version__, as_extension, doctor_report, extension_ids, native_host
from notalone.at_login import RUN_KEY, RUN_NAME, run_value
from notalone.browsers import (
    MANIFEST_FILE,
    Found,
    browsers_found,
    current_platform,
    host_manifest,
    registry_value,
)
from notalone.config import HOST, data_dir, rules_dir
from notalone.errors import NotAloneError, SetupError
from notalone.install import files_wanted, launcher_path, start_command, stop_service
from notalone.migrations import FILE as FORMAT_FILE
from notalone.migrations import refuse_newer
from notalone.model import Bilingual

LEAST_PYTHON = (3, 11)
FIRST_PULL_WITHIN = timedelta(days=3)  # of the installation, with a weekend without network


@dataclass(frozen=True, slots=True)
class Part:
    """One part that was looked at. `problem` is None when it is well; `step` mends it."""

    name: Bilingual
    problem: Bilingual | None = None
    step: Bilingual | None = None
    detail: str = ""


def run(report: Path | None = None) -> int:
    """Print one line for each part, with the step that mends it; 1 when any is unwell.

    The same goes into the file *report*, without what is private.
    """
    is_well = True
    said = []
    for part in examine(data_dir()):
        lines = [*lines_of(part)]
        print(*lines, sep="\n", flush=True)
        said += lines
        is_well = is_well and part.problem is None
    if is_well:
        print("Mọi phần đều chạy.\nEverything runs.")
    if report is not None and not _write_report(report, said):
        return 1
    return 0 if is_well else 1


def _write_report(target: Path, said: list[str]) -> bool:
    try:
        target.write_text(doctor_report.text(said), encoding="utf-8")
    except OSError as error:
        print(
            f"Không ghi được {target}; hãy chọn chỗ khác.\n"
            f"{target} cannot be written ({error.strerror}): choose another place.",
            file=sys.stderr,
        )
        return False
    print(
        f"Đã ghi {target}. Mở ra xem trước khi gửi: không có tin nhắn, đường link hay tên ai.\n"
        f"Wrote {target}. Look at it before you send it: it holds no message, link or name."
    )
    return True


def lines_of(part: Part) -> Iterator[str]:
    """What is said of one part."""
    if part.problem is None:
        yield f"[  OK  ] {part.name.vi} · {part.name.en}{f': {part.detail}' if part.detail else ''}"
        return
    yield f"[ !!!! ] {part.name.vi}: {part.problem.vi}"
    yield f"         {part.name.en}: {part.problem.en}"
    for line in part.detail.splitlines():
        yield f"         {line}"
    if part.step is not None:
        yield f"         → {part.step.vi}"
        yield f"         → {part.step.en}"


def _reinstall() -> Bilingual:
    install = f"`{native_host.command()} install`"
    return Bilingual(f"Chạy {install}.", f"Run {install}.")


def examine(folder: Path, *, home: Path | None = None) -> Iterator[Part]:
    """Every part in the order in which one needs the other."""
    yield python_part(sys.version_info[:2])
    yield rules_part()
    yield folder_part(folder)
    yield lists_part(folder)
    found = browsers_found(home=home)
    if not found:
        install = f"`{native_host.command()} install`"
        yield Part(
            Bilingual("Trình duyệt", "Browser"),
            Bilingual("không tìm thấy trình duyệt nào", "none was found"),
            Bilingual(
                f"Cài Chrome, Cốc Cốc, Edge, Brave hoặc Firefox, rồi chạy {install}.",
                f"Install Chrome, Cốc Cốc, Edge, Brave or Firefox, then run {install}.",
            ),
        )
    for one in found:
        yield manifest_part(one, folder, home=home or Path.home())
    yield from named_part(folder)
    yield login_part(folder, home=home or Path.home())
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
    name = Bilingual("Bộ dấu hiệu", "Rules")
    try:
        from notalone.checker import build_checker
    except ImportError as error:  # a file is missing, or an antivirus program holds it
        return Part(
            name,
            Bilingual("một thư viện không mở được", "a library cannot be opened"),
            Bilingual(
                "Xem phần mềm diệt virus có giữ tệp nào không, rồi cài lại chương trình.",
                "See whether an antivirus program holds a file, then install the program again.",
            ),
            error.name or "",
        )
    checker = build_checker()
    state = checker.rules_state
    if state.state == "missing":
        return Part(
            name,
            Bilingual("không có dấu hiệu nào", "there are none"),
            Bilingual("Cài lại chương trình.", "Install the program again."),
            str(rules_dir()),
        )
    if checker.errors:
        count, lint = len(checker.errors), f"`{native_host.command()} rules lint`"
        return Part(
            name,
            Bilingual(f"{count} tệp bị lỗi", f"{count} cannot be used"),
            Bilingual(
                f"Chạy {lint}; các dấu hiệu khác vẫn dùng được.",
                f"Run {lint}; the other rules still work.",
            ),
            str(checker.errors[0]),
        )
    return Part(name, detail=f"{state.version} ({state.built})")


def lists_part(folder: Path, *, now: datetime | None = None) -> Part:
    """Whether other people's lists were pulled, and how long ago."""
    from notalone.feeds.age import ago, lists_age
    from notalone.feeds.catalogue import load_feeds
    from notalone.feeds.switch import is_forbidden, may_pull, read_switches, wanted, why_off

    name = Bilingual("Danh sách", "Lists")
    feeds, errors = load_feeds(rules_dir())
    chosen = list(wanted(feeds.values(), read_switches(folder)))
    now = now or datetime.now(UTC)
    age = lists_age(folder, chosen, now=now)
    pull, turn_on = (f"`{native_host.command()} feeds {word}`" for word in ("pull", "on"))
    if errors:
        lint = f"`{native_host.command()} rules lint`"
        problem = Bilingual("có mục bị lỗi trong feeds.toml", "feeds.toml holds a mistake")
        return Part(name, problem, Bilingual(f"Chạy {lint}.", f"Run {lint}."), str(errors[0]))
    if is_forbidden():
        return Part(name, detail=f"{why_off().vi} · {why_off().en}")
    if not may_pull(folder):
        detail = Bilingual("đang tắt, bật lại bằng", "switched off, on again with")
        return Part(name, detail=f"{detail.vi} {turn_on} · {detail.en} {turn_on}")
    step = Bilingual(f"Nối mạng rồi chạy {pull}.", f"Connect to the network and run {pull}.")
    failing = "\n".join(
        f"{feed.id}: {state.told_vi}\n{feed.id}: {state.told_en}" for feed, state in age.failing
    )
    if age.state == "missing":
        told = Bilingual(
            "chưa tải lần nào; máy tự tải vài phút sau khi bật trình duyệt",
            "never pulled; this happens by itself some minutes after the browser is opened",
        )
        if not failing and not _is_long_installed(folder, now=now):
            return Part(name, detail=f"{told.vi} · {told.en}")
        return Part(name, told, step, failing)
    if age.state == "old":
        problem = Bilingual(f"đã cũ {age.days} ngày", f"{age.days} days old")
        return Part(name, problem, step, failing)
    if failing:
        status = f"`{native_host.command()} feeds status`"
        problem = Bilingual(
            f"{len(age.failing)} danh sách lâu rồi không tải được",
            f"{len(age.failing)} could not be pulled for long",
        )
        step = Bilingual(
            f"Xem {status}; các danh sách khác vẫn dùng.", f"See {status}; the others work."
        )
        return Part(name, problem, step, failing)
    when = ago(age.days)
    told = Bilingual(
        f"{age.rows} địa chỉ, tải {when.vi}", f"{age.rows} addresses, pulled {when.en}"
    )
    return Part(name, detail=f"{told.vi} · {told.en}")


def _is_long_installed(folder: Path, *, now: datetime) -> bool:
    """Whether the first pull is overdue; the format is written once, at the first installation."""
    try:
        installed = datetime.fromtimestamp((folder / FORMAT_FILE).stat().st_mtime, UTC)
    except OSError:
        return False  # not installed: the other parts say so
    return now - installed > FIRST_PULL_WITHIN


def folder_part(folder: Path) -> Part:
    """Whether the data folder is there, ours, and can be written; it is not made, nor mended."""
    name = Bilingual("Thư mục dữ liệu", "Data folder")
    try:
        seen = folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        problem = Bilingual("chưa có", "is not there yet")
        return Part(name, problem, _reinstall(), str(folder))
    except OSError as error:
        return _closed_folder(name, error)
    if not stat.S_ISDIR(seen.st_mode):
        problem = Bilingual("bị một tệp trùng tên chiếm chỗ", "is a file, not a folder")
        step = Bilingual(
            "Đổi tên tệp ấy, rồi chạy lại lệnh này.", "Rename that file, then run this again."
        )
        return Part(name, problem, step, str(folder))
    if os.name == "posix" and seen.st_uid != os.geteuid():
        problem = Bilingual("là của người dùng khác", "belongs to another user")
        step = Bilingual("Đăng nhập đúng tài khoản.", "Sign in to the right account.")
        return Part(name, problem, step, str(folder))
    try:
        refuse_newer(folder)
    except SetupError as error:
        vi, en = str(error).splitlines()
        problem = Bilingual("là của bản mới hơn", "is a newer version's")
        return Part(name, problem, Bilingual(vi, en), str(folder))
    probe = folder / f"doctor-{os.getpid()}"
    try:
        native_host.write_private(str(probe), b"")
        probe.unlink()
    except OSError as error:
        return _closed_folder(name, error)
    return Part(name, detail=str(folder))


def _closed_folder(name: Bilingual, error: OSError) -> Part:
    return Part(
        name,
        Bilingual("không ghi được", "cannot be written"),
        Bilingual(
            "Giải phóng ổ đĩa hoặc sửa quyền của thư mục.",
            "Free the disk, or mend the folder's permissions.",
        ),
        str(error),
    )


def manifest_part(found: Found, folder: Path, *, home: Path) -> Part:
    """Whether one browser is told where our native host is, rightly."""
    name = Bilingual(found.browser.name, found.browser.name)
    if found.is_boxed:
        return _boxed_part(name, found, folder)
    platform = current_platform()
    below = found.browser.manifests(platform)
    target = folder / "manifests" / found.browser.family if below is None else home / below
    path, launcher = target / MANIFEST_FILE, launcher_path(folder)
    try:
        given = json.loads(path.read_bytes())
    except FileNotFoundError:
        problem = Bilingual("chưa được nối với phần kiểm tra", "is not connected yet")
        return Part(name, problem, _reinstall(), str(path))
    except (OSError, ValueError):
        problem = Bilingual("tệp kết nối bị hỏng", "the connecting file is damaged")
        return Part(name, problem, _reinstall(), str(path))
    wanted = host_manifest(found.browser.family, launcher, extensions=extension_ids.known(folder))
    if given != wanted:
        problem = Bilingual("tệp kết nối đã cũ", "the connecting file is out of date")
        return Part(name, problem, _reinstall(), str(path))
    if not os.access(launcher, os.X_OK):
        problem = Bilingual("không chạy được tệp khởi động", "the launcher cannot be run")
        return Part(name, problem, _reinstall(), str(launcher))
    return Part(name, detail=str(path))


def named_part(folder: Path) -> Iterator[Part]:
    """Which extensions were named beside our own; nothing where none was."""
    name = Bilingual("Tiện ích được thêm", "Extensions named here")
    try:
        named = extension_ids.named(folder)
    except ValueError as error:
        install = f"`{native_host.command()} install --extension-id …`"
        step = Bilingual(f"Chạy lại {install}.", f"Run {install} again.")
        problem = Bilingual("không đọc được", "cannot be read")
        yield Part(name, problem, step, f"{folder / extension_ids.FILE}: {error}")
        return
    if named:
        yield Part(name, detail=", ".join(named))


def _boxed_part(name: Bilingual, found: Found, folder: Path) -> Part:
    """A Snap or Flatpak browser cannot be told where our host is: a typed code connects it."""
    scheme = "moz-extension" if found.browser.family == "firefox" else "chrome-extension"
    try:
        pairings = list(native_host.read_pairings(str(folder)).values())
    except ValueError:
        pairings = []
    if any(one.get("by") == "code" and one["origin"].startswith(scheme) for one in pairings):
        return Part(name, detail="Snap/Flatpak, đã nối bằng mã · connected with a code")
    pair = f"`{native_host.command()} pair`"
    return Part(
        name,
        Bilingual("bản Snap/Flatpak, chưa nối bằng mã", "Snap/Flatpak, not connected with a code"),
        Bilingual(
            f"Nạp tiện ích vào trình duyệt, rồi chạy {pair}.",
            f"Load the extension into that browser, then run {pair}.",
        ),
    )


def login_part(folder: Path, *, home: Path) -> Part:
    """Whether the service starts at log-in as `install` wrote it down."""
    name = Bilingual("Tự chạy khi đăng nhập", "Starts at log-in")
    if current_platform() == "win32":
        value = registry_value(RUN_KEY, RUN_NAME)
        is_there, is_right = value is not None, value == run_value(start_command())
        place = RUN_KEY
    else:
        wanted = files_wanted(folder, home=home)
        place = str(next(iter(wanted)))
        is_there = any(path.is_symlink() or path.exists() for path in wanted)
        is_right = all(_stands_there(path, content) for path, content in wanted.items())
    if is_right:
        return Part(name, detail=place)
    if is_there:
        problem = Bilingual("đã cũ hoặc bị sửa", "is out of date, or was changed")
        return Part(name, problem, _reinstall(), place)
    told = Bilingual("chưa; trình duyệt sẽ gọi khi cần", "no; the browser starts it when needed")
    return Part(name, detail=f"{told.vi} · {told.en}")


def _stands_there(path: Path, content: bytes | Path) -> bool:
    try:
        return (path.read_bytes() if isinstance(content, bytes) else path.readlink()) == content
    except OSError:
        return False


def service_parts(folder: Path) -> Iterator[Part]:
    """Run the native host once, as a browser does, and say hello to the service it names.

    A service that the host started for this look is stopped again.
    """
    host_name = Bilingual("Cầu nối với trình duyệt", "Native host")
    launcher = launcher_path(folder)
    if not launcher.exists():
        problem = Bilingual("chưa được cài", "is not installed")
        yield Part(host_name, problem, _reinstall(), str(launcher))
        return
    ran_before = True  # until we know better: never stop what is not ours
    try:
        ran_before = native_host.running_service(str(folder)) is not None
        paired = as_extension.pair(launcher)
        other = _other_copy(folder)
        if other:
            problem = Bilingual("dùng một bản cài khác", "uses another copy of this program")
            yield Part(host_name, problem, _reinstall(), other)
        else:
            yield Part(host_name, detail=str(launcher))
        yield _hello_part(folder, paired, ran_before=ran_before)
    except (NotAloneError, OSError) as error:
        problem = Bilingual("không trả lời", "does not answer")
        command = native_host.command()
        step = Bilingual(
            f"Chạy `{command} start` để xem lỗi, rồi `{command} install`.",
            f"Run `{command} start` to see the fault, then `{command} install`.",
        )
        yield Part(host_name, problem, step, str(error))
    finally:
        if not ran_before:
            stop_service(folder)


def _other_copy(folder: Path) -> str:
    """The interpreter that browsers start, when it is not this one: two versions are installed."""
    try:
        settings = json.loads(native_host.read_private(str(folder / native_host.SETTINGS)) or b"{}")
        program = str(settings["start"][0])
    except (ValueError, TypeError, KeyError, IndexError):
        return ""  # damaged: the host says so itself
    return "" if program == start_command()[0] else program


def _hello_part(folder: Path, paired: as_extension.Paired, *, ran_before: bool) -> Part:
    name = Bilingual("Phần kiểm tra", "Service")
    try:
        paired.hello()
    except NotAloneError as error:
        start = f"`{native_host.command()} start`"
        problem = Bilingual("không trả lời đúng", "does not answer as it should")
        step = Bilingual(
            f"Dừng phần kiểm tra (Ctrl-C hoặc khởi động lại máy) rồi chạy {start}.",
            f"Stop the service (Ctrl-C, or restart the computer), then run {start}.",
        )
        return Part(name, problem, step, str(error))
    finally:
        native_host.forget(str(folder), paired.pairing)
    place = f"{HOST}:{paired.port}"
    running = (native_host.running_service(str(folder)) or {}).get("service")
    if running != __version__:
        problem = Bilingual(
            f"đang chạy bản {running}, máy đã có bản {__version__}",
            f"version {running} is running, {__version__} is installed",
        )
        return Part(name, problem, _reinstall(), place)
    if ran_before:
        return Part(name, detail=place)
    return Part(name, detail=f"{place} (bật lên để thử, đã tắt · started for this look only)")
