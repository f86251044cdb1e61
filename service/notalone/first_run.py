"""`make start`: set up, try one lure and one link as the extension would, and say what is next."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import msgspec

from notalone import as_extension, install, native_host
from notalone.browsers import Found, browsers_found, current_platform
from notalone.config import EXTENSION_ID, HOST, data_dir
from notalone.errors import NotAloneError, SetupError
from notalone.model import CheckReply
from notalone.wording import describe

SAMPLE_MESSAGE = (
    "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"
)
SAMPLE_LINK = "http://vnpost-giaohang.example/nhan-hang"
START_WAIT_S = 20.0  # a cold disk
STOP_WAIT_S = 10.0


def run(*, once: bool = False) -> int:
    """Do it all and print it; with *once* stop after the two verdicts. 1 when a part fails."""
    try:
        with contextlib.suppress(KeyboardInterrupt), _sigterm_is_ctrl_c():
            return _run(data_dir(), once=once)
    except NotAloneError as error:
        doctor = f"`{native_host.command()} doctor`"
        print(f"Chưa xong · Not finished\n{error}", file=sys.stderr)
        print(f"Chạy {doctor} để xem từng phần · Run {doctor} to see each part.", file=sys.stderr)
        return 1
    return 0


def _run(folder: Path, *, once: bool) -> int:
    _say("1. Nối với các trình duyệt trên máy này", "Connecting the browsers on this computer")
    for line in install.describe(install.register(folder)):
        print(f"   {line}")
    with _service(folder) as process:
        _try_samples(folder)
        found = browsers_found()
        again = "make start" if is_checkout() else f"{native_host.command()} first-run"
        if once and not found:
            print("\n".join(_no_browser(again)), flush=True)
            return 0
        if once:
            _say(f"Xong. Bước tiếp theo: chạy `{again}`.", f"Done. Next: run `{again}`.")
            return 0
        _say("4. Cài tiện ích vào trình duyệt", "Load the extension into your browser")
        extension = extension_folder()
        for line in () if found else _no_browser(again):
            print(f"   {line}")
        for line in loading_steps(found, extension):
            print(f"   {line}")
        _open_practice_page(found, extension, folder)
        _stay(process)
    return 0


def _no_browser(again: str) -> tuple[str, str]:
    """What is missing where no browser was found, and what to do about it."""
    return (
        "Phần kiểm tra chạy được, nhưng máy này chưa có trình duyệt nào nên chưa nhắc được ai. Cài "
        f"Chrome, Cốc Cốc, Edge, Brave hoặc Firefox, rồi chạy `{again}`.",
        "The checker works, but there is no browser on this computer, so nobody is warned yet. "
        f"Install Chrome, Cốc Cốc, Edge, Brave or Firefox, then run `{again}`.",
    )


def _stay(process: subprocess.Popen[bytes] | None) -> None:
    """Wait for Ctrl-C, and say what that ends.

    Raises: SetupError when our own service fails meanwhile.
    """
    if process is None:
        _say(
            "Phần kiểm tra đang chạy sẵn. Bấm Ctrl-C để đóng phần hướng dẫn này.",
            "The service was running before and runs on. Ctrl-C closes this guide.",
        )
        threading.Event().wait()
        return
    _say(
        "Làm xong các bước trên thì bấm Ctrl-C; về sau trình duyệt tự bật phần kiểm tra.",
        "When the steps above are done, press Ctrl-C; later the browser starts the service.",
    )
    if process.wait() != 0:
        raise SetupError("Phần kiểm tra đã tự dừng.\nThe service has stopped by itself.")


# --- the service ---------------------------------------------------------------------------------


@contextlib.contextmanager
def _service(folder: Path) -> Iterator[subprocess.Popen[bytes] | None]:
    """The running service: None when it was there before, else our own, stopped at the end."""
    if native_host.running_service(str(folder)) is not None:
        _say("2. Phần kiểm tra đã chạy sẵn", "The service is already running")
        yield None
        return
    _say("2. Khởi động phần kiểm tra", "Starting the service")
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "notalone", "start"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **_import_path()},
    )
    try:
        _wait_for_service(process, folder)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=STOP_WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _import_path() -> dict[str, str]:
    path = install.import_path()
    return {"PYTHONPATH": path} if path else {}


def _wait_for_service(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_WAIT_S
    while time.monotonic() < deadline:
        state = native_host.running_service(str(folder))
        if state is not None:
            place = f"{HOST}:{state['port']}"
            print(f"   Địa chỉ, chỉ trên máy này: {place} · Its address, on this computer only")
            return
        if process.poll() not in (None, 0):
            raise SetupError(
                "Phần kiểm tra không khởi động được; lý do ở các dòng trên.\n"
                "The service did not start; what it said stands above."
            )
        time.sleep(native_host.LOCK_STEP_S)
    raise SetupError(
        f"Sau {START_WAIT_S:.0f} giây phần kiểm tra vẫn chưa khởi động; hãy thử lại.\n"
        f"The service did not start within {START_WAIT_S:.0f} s; try once more."
    )


@contextlib.contextmanager
def _sigterm_is_ctrl_c() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


# --- the two samples -----------------------------------------------------------------------------


def _try_samples(folder: Path) -> None:
    """Pair, ask and print, as the extension does.

    Raises: SetupError when an answer is not the one to expect.
    """
    _say(
        "3. Thử một tin nhắn và một đường link mẫu", "Trying one sample message and one sample link"
    )
    paired = as_extension.pair(install.launcher_path(folder))
    try:
        reply = paired.hello().check(
            {
                "messages": [{"id": "message", "text": SAMPLE_MESSAGE, "from_me": False}],
                "links": [{"id": "link", "url": SAMPLE_LINK}],
            }
        )
    finally:
        native_host.forget(str(folder), paired.pairing)
    answer = msgspec.convert(reply, CheckReply)
    message, link = answer.messages[0], answer.links[0]
    for text, verdict in ((SAMPLE_MESSAGE, message), (SAMPLE_LINK, link)):
        for line in (f"«{text}»", *describe(verdict)):
            print(f"   {line}")
    if "no_information" in (message.level, link.level):
        lint = f"`{native_host.command()} rules lint`"
        raise SetupError(
            f"Có tin mẫu không được nhận ra; hãy chạy {lint}.\n"
            f"A sample was not recognised: run {lint}."
        )


# --- the extension -------------------------------------------------------------------------------


def is_checkout() -> bool:
    """Whether this is a clone of the project, with `make` and all."""
    return (Path(__file__).resolve().parents[2] / "Makefile").is_file()


def extension_folder() -> Path | None:
    """The extension of this checkout, or the package's copy; None where neither is there."""
    here = Path(__file__).resolve().parent
    for folder in (here.parents[1] / "extension", here / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    return None


def loading_steps(found: list[Found], extension: Path | None) -> Iterator[str]:
    """How to load the extension into each browser found."""
    if extension is None:
        yield "Tải thư mục `extension` của dự án về máy trước đã."
        yield "First get the project's `extension` folder onto this computer."
        return
    pages = {
        "Cốc Cốc": "coccoc://extensions",
        "Microsoft Edge": "edge://extensions",
        "Brave": "brave://extensions",
    }
    for one in found:
        name = one.browser.name
        if one.browser.family == "firefox":
            yield f"{name}: mở about:debugging#/runtime/this-firefox, bấm «Tải tiện ích tạm thời»,"
            yield f"   chọn {extension / 'manifest.json'}"
            yield f"{name}: open that page, press “Load Temporary Add-on”, choose that file."
        else:
            page = pages.get(name, "chrome://extensions")
            yield f"{name}: mở {page}, bật «Chế độ dành cho nhà phát triển»,"
            yield f"   bấm «Tải tiện ích đã giải nén», chọn {extension}"
            yield f"{name}: open that page, turn on developer mode, press “Load unpacked”, choose"
            yield "   that folder."
        if one.is_boxed:
            pair = f"`{native_host.command()} pair`"
            yield f"{name}: bản Snap/Flatpak, nạp xong thì chạy {pair} để nối bằng mã."
            yield f"{name}: a Snap/Flatpak package: then run {pair} and connect it with a code."


def _open_practice_page(found: list[Found], extension: Path | None, folder: Path) -> None:
    """Open the practice page in a Chromium of its own profile, where there is a desktop.

    Chrome itself no longer takes an unpacked extension from the command line.
    """
    chromium = next(
        (one.program for one in found if one.browser.name == "Chromium" and not one.is_boxed), None
    )
    if extension is None or chromium is None or not has_desktop() or _is_root():
        return
    profile = folder / "practice-profile"
    install.write_manifest(
        profile / "NativeMessagingHosts", "chromium", install.launcher_path(folder)
    )
    _say("5. Mở trang luyện tập trong Chromium", "Opening the practice page in Chromium")
    subprocess.Popen(  # noqa: S603 - a browser of this computer, fixed arguments, no shell
        [
            chromium,
            f"--user-data-dir={profile}",
            f"--load-extension={extension}",
            "--no-first-run",
            "--no-default-browser-check",
            f"chrome-extension://{EXTENSION_ID}/pages/practice.html",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def has_desktop() -> bool:
    """Whether a window could open here."""
    if current_platform() != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def _say(vi: str, en: str) -> None:
    print(f"{vi} · {en}", flush=True)
