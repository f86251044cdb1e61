"""`notalone pair`: show a code on the terminal, and wait until it was typed into the extension."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from notalone import native_host, pairing_code
from notalone.config import data_dir
from notalone.errors import SetupError
from notalone.install import import_path, start_at_login
from notalone.server import private_folder

LOOK_AGAIN_S = 0.1
MINUTES = round(pairing_code.LIFE_S / 60)


def run() -> int:
    """Pair one browser; 0 when it was paired, 1 when the code came to its end without that.

    Raises: SetupError when the service cannot be started.
    """
    folder = private_folder(data_dir())
    command = [sys.executable, "-P", "-m", "notalone", "start"]
    if native_host.ensure_service(str(folder), command, import_path()) is None:
        vi, en = native_host.SAY["no_service"]
        name = native_host.command()
        raise SetupError(f"{vi}\n{en}".replace("{notalone}", name))
    before = set(native_host.mend_pairings(str(folder)))
    code = pairing_code.offer(folder)
    try:
        _show(code)
        while pairing_code.is_waiting(folder):
            time.sleep(LOOK_AGAIN_S)
    finally:
        pairing_code.end(folder)  # or one that is just being made would not be seen below
    if set(native_host.mend_pairings(str(folder))) - before:
        print("Đã nối với trình duyệt.\nThe browser is connected.")
        _keep_running(folder)
        return 0
    again = f"`{native_host.command()} pair`"
    print(
        f"Mã này không dùng được nữa: đã hết giờ, hoặc bị gõ sai nhiều lần. Chạy lại {again}.\n"
        f"This code is of no use any more: too late, or too many wrong tries. Run {again} again.",
        file=sys.stderr,
    )
    return 1


def _keep_running(folder: Path) -> None:
    """That browser cannot start the service; what a person signs in to can."""
    command = f"`{native_host.command()} start`"
    try:
        place = start_at_login(folder)
    except OSError:
        print(
            f"Mỗi lần bật máy, hãy chạy {command} để tin nhắn được xem.\n"
            f"After each start of the computer run {command}, or nothing is looked at."
        )
        return
    print(
        f"Từ nay phần kiểm tra tự chạy khi đăng nhập máy ({place}).\n"
        "From now on the service starts when you sign in to this computer."
    )


def _show(code: str) -> None:
    print(
        f"\n    {code}\n\n"
        "Trong trình duyệt: bấm biểu tượng Không Một Mình, chọn «Nối bằng mã» rồi gõ mã này.\n"
        f"Mã dùng một lần, trong {MINUTES} phút. Chỉ gõ vào trang đó, không gửi cho ai.\n"
        "In the browser: press the Not Alone icon, choose “Connect with a code”, type this code.\n"
        f"It works once, for {MINUTES} minutes. Type it on that page only; give it to nobody.",
        flush=True,
    )
