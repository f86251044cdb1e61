"""`notalone pin reset`: for whoever forgot the PIN; a day later there is none."""

from __future__ import annotations

import math

from notalone import pin
from notalone.config import data_dir
from notalone.server import private_folder, unwritable


def reset() -> int:
    """Ask for the reset and say when it comes; 0 also where there is no PIN.

    Raises: SetupError when it cannot be written down.
    """
    folder = private_folder(data_dir())
    try:
        left_s = pin.ask_for_reset(folder).reset_in_s
    except OSError as error:
        raise unwritable(folder, error) from None
    if left_s is None:
        print("Máy này không có mã PIN nào.\nThere is no PIN on this computer.")
        return 0
    hours = math.ceil(left_s / 3600)
    print(
        f"Mã PIN sẽ được bỏ sau {hours} giờ; cửa sổ tiện ích và trang tùy chọn có ghi điều này.\n"
        "Nhớ ra mã thì gõ mã ở trang tùy chọn: lệnh bỏ mã sẽ được rút lại.\n"
        f"The PIN will be gone in {hours} hours; the extension's window and its options say so.\n"
        "Should it come back to you, type it on the options page: that takes the reset back."
    )
    return 0
