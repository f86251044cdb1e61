"""Why a feed could not be used: a fixed code for files, and words with a way out for people."""

from __future__ import annotations

from typing import Literal

from notalone.errors import NotAloneError
from notalone.model import Bilingual

Code = Literal[
    "offline", "not_https", "private_address", "redirect", "http_status", "too_slow",
    "too_large", "cut_off", "tls", "damaged", "html", "wrong_format", "empty", "shrunk", "grown",
    "too_many_lines", "harmful", "unreadable", "unwritable", "busy",
]  # fmt: skip

_SOURCE = Bilingual(
    "mở địa chỉ ấy bằng trình duyệt, rồi sửa urls hoặc format trong rules/feeds.toml",
    "open that address in a browser, then mend urls or format in rules/feeds.toml",
)
_WAIT = Bilingual("lần tải sau sẽ tự thử lại", "the next pull tries again by itself")
_ACCEPT = Bilingual(
    "xem lại nguồn; nếu đúng là vậy, thêm --accept vào feeds pull hoặc feeds import",
    "look at the source; if it is really so, add --accept to feeds pull or feeds import",
)
_REPORT = Bilingual(
    "báo cho nơi làm danh sách (correction trong rules/feeds.toml)",
    "tell whoever makes the list (correction in rules/feeds.toml)",
)
_FIXES: dict[Code, Bilingual] = {
    "offline": Bilingual("nối mạng rồi thử lại", "connect to the network and try again"),
    "not_https": Bilingual("chỉ dùng địa chỉ https://", "use https:// addresses only"),
    "private_address": _SOURCE,
    "redirect": Bilingual(
        "ghi địa chỉ cuối cùng vào urls, hoặc máy ấy vào redirects_to, trong rules/feeds.toml",
        "put the final address into urls, or its host into redirects_to, in rules/feeds.toml",
    ),
    "http_status": _SOURCE,
    "too_slow": _WAIT,
    "too_large": _SOURCE,
    "cut_off": _WAIT,
    "tls": Bilingual(
        "xem ngày giờ của máy; nếu mạng trường chặn, hỏi người quản mạng",
        "check this computer's clock; on a school network ask whoever runs it",
    ),
    "damaged": _WAIT,
    "html": _SOURCE,
    "wrong_format": _SOURCE,
    "empty": _SOURCE,
    "shrunk": _ACCEPT,
    "grown": _ACCEPT,
    "too_many_lines": _SOURCE,
    "harmful": _REPORT,
    "unreadable": Bilingual("xem tệp có ở đó và mở được không", "see that the file can be opened"),
    "unwritable": Bilingual(
        "giải phóng ổ đĩa hoặc sửa quyền của thư mục ấy",
        "free the disk, or mend that folder's permissions",
    ),
    "busy": Bilingual("đợi vài phút rồi thử lại", "wait some minutes and try again"),
}
# The same of a file that somebody gave: there is no address to open, and nothing comes by itself.
_LOOK_INTO = Bilingual(
    "mở tệp ra xem, rồi chọn lại --format (csv: --column, --delimiter; json: --path, --field)",
    "look into the file, then choose --format anew (csv: --column, --delimiter; json: --path,"
    " --field)",
)
_TOO_MUCH = Bilingual("bỏ bớt dòng trong tệp", "take lines out of the file")
_FILE_FIXES: dict[Code, Bilingual] = {
    "html": _LOOK_INTO,
    "wrong_format": _LOOK_INTO,
    "empty": _LOOK_INTO,
    "damaged": Bilingual("chép hoặc tải lại tệp ấy", "copy or download that file again"),
    "too_large": _TOO_MUCH,
    "too_many_lines": _TOO_MUCH,
    "harmful": Bilingual("bỏ những dòng ấy khỏi tệp", "take those lines out of the file"),
}


class FeedError(NotAloneError):
    """One feed could not be used; what it said last stays. *problem* names no secret."""

    def __init__(self, code: Code, problem: Bilingual, *, fix: Bilingual | None = None) -> None:
        self.code = code
        self.problem = problem
        self.fix = fix or _FIXES[code]
        super().__init__(self.told.en)

    @property
    def told(self) -> Bilingual:
        """What is wrong and what to do, in one line."""
        return Bilingual(f"{self.problem.vi}; {self.fix.vi}", f"{self.problem.en}; {self.fix.en}")

    def of_file(self) -> FeedError:
        """The same fault of a file that a person gave, with what mends it there."""
        return FeedError(self.code, self.problem, fix=_FILE_FIXES.get(self.code))
