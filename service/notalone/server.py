"""`notalone start`: one service for each user of this computer, on a loopback port of its own.

The order matters. The lock first: a second start finds the first. Then the socket, and the small
file that says where it is: callers may connect from now on and wait in the queue. Only then the
heavy imports, and last of all, in a thread of its own, the message engine, then spaCy: each when
somebody who does not need it has been answered, or after a while, so that none shares the processor
with it.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from notalone import __version__, native_host
from notalone.config import FIRST_PORT, HOST, LAST_PORT, PROTOCOL, data_dir
from notalone.core_dumps import forbid_core_dumps
from notalone.errors import SetupError
from notalone.migrations import bring_forward
from notalone.one_heap import keep_one_heap

if TYPE_CHECKING:
    from notalone.app import Checks

BACKLOG = 128
LINKS_FIRST_S = 2.0  # as long the engine waits for a first question, which comes before it
LOCK_WAIT_S = 2.0  # a native host may hold the lock for a moment, only to look


def start(*, host: str = HOST, build: Callable[[], Checks] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; 0 also when this user's service runs already.

    *build* makes what answers the checks; by default the real checker.
    """
    forbid_core_dumps()
    keep_one_heap()
    _log_quietly()
    folder = private_folder(data_dir())
    with _only_one(folder) as is_first:
        if not is_first:
            state = native_host.running_service(str(folder)) or {}
            _tell(
                f"Phần kiểm tra đã chạy sẵn tại {HOST}:{state.get('port', '?')}.",
                f"The service is already running at {HOST}:{state.get('port', '?')}.",
            )
            return 0
        bring_forward(folder)
        with _stop_signals():
            listening = bind(host)
            try:
                _serve(folder, listening, build)
            finally:
                listening.close()
                with contextlib.suppress(OSError):  # the lock says who runs, not this file
                    (folder / native_host.SERVICE).unlink()
    _tell("Phần kiểm tra đã dừng.", "The service has stopped.")
    return 0


def _serve(folder: Path, listening: socket.socket, build: Callable[[], Checks] | None) -> None:
    port = listening.getsockname()[1]
    from notalone.pairing import Pairings, new_boot

    boot = new_boot()
    about = {
        "port": port,
        "pid": os.getpid(),
        "boot": boot,
        "service": __version__,
        "protocol": PROTOCOL,
    }
    path = folder / native_host.SERVICE
    try:
        native_host.write_private(str(path), json.dumps(about).encode("ascii"))
    except OSError as error:  # nobody could find us
        raise unwritable(folder, error) from None
    _tell(
        f"Phần kiểm tra đang chạy tại {HOST}:{port}, chỉ trên máy này. Bấm Ctrl-C để dừng.",
        f"The service runs at {HOST}:{port}, on this computer only. Ctrl-C stops it.",
    )
    from notalone.loading import without_garbage_collection

    with contextlib.ExitStack() as until_the_end:
        with without_garbage_collection():
            checker = build() if build else until_the_end.enter_context(_real_checker())

            # Flask costs a third of a second: callers already wait in the socket's queue meanwhile.
            from notalone.app import create_app
            from notalone.door import Door
            from notalone.feeds.schedule import pulling
            from notalone.guard import Guard

            guard = Guard(Pairings(folder, boot), port)
            door = Door(create_app(checker, guard), guard, listening)
        if not build:
            until_the_end.enter_context(pulling(folder))
        door.run()


@contextlib.contextmanager
def _real_checker() -> Iterator[Checks]:
    from notalone.checker import build_checker

    checker = build_checker(links_first_s=LINKS_FIRST_S, serves=True)
    try:
        yield checker
    finally:
        checker.end()  # or who stops it waits for an engine that it never asked for


# --- the folder, the lock, the socket ------------------------------------------------------------


def make_folders(folder: Path) -> list[Path]:
    """Make *folder* and those above it that are missing, for this user alone; the ones made.

    `Path.mkdir(parents=True)` would let others look into all but the last.
    """
    missing = [one for one in reversed([folder, *folder.parents]) if not one.exists()]
    for one in missing:
        one.mkdir(mode=0o700, exist_ok=True)
    return missing


def unwritable(folder: Path, error: OSError) -> SetupError:
    """The error that says so in both languages, one line each."""
    return SetupError(
        f"Không ghi được vào {folder}: hết chỗ hoặc sai quyền.\n"
        f"{folder} cannot be written ({error.strerror}): free the disk, or mend the permissions."
    )


def private_folder(folder: Path) -> Path:
    """Make *folder* for this user alone, or make sure that nobody else can write into it.

    Raises: SetupError when that cannot be done.
    """
    try:
        make_folders(folder)
        if os.name == "posix":
            seen = folder.stat()
            if seen.st_uid != os.geteuid():
                raise SetupError(
                    f"Thư mục {folder} là của người dùng khác; hãy đăng nhập đúng tài khoản.\n"
                    f"{folder} belongs to another user: sign in to the right account."
                )
            if seen.st_mode & 0o022:
                folder.chmod(seen.st_mode & 0o7755)
    except OSError as error:
        raise unwritable(folder, error) from None
    return folder


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[bool]:
    """True inside for the one service of this user, False for every later one."""
    try:
        lock = native_host.take_lock(str(folder / native_host.SERVICE_LOCK), wait_s=LOCK_WAIT_S)
    except OSError as error:
        raise unwritable(folder, error) from None
    try:
        yield lock is not None
    finally:
        if lock is not None:
            os.close(lock)


def bind(host: str = HOST) -> socket.socket:
    """A listening socket on the first free port of ours. Connections queue from now on.

    Raises: SetupError for any address but loopback, or when every port is taken.
    """
    if not ipaddress.ip_address(host).is_loopback:
        raise SetupError(
            f"Không nhận kết nối ở {host}: phần kiểm tra chỉ dùng trên máy này.\n"
            f"Refusing to listen on {host}: this service is for this computer only."
        )
    for port in range(FIRST_PORT, LAST_PORT + 1):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if sys.platform == "win32":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                # Past connections of ours may linger; a living listener is still refused.
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, port))
            listening.listen(BACKLOG)
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise SetupError(
                    f"Không mở được cổng trên {host}; hãy khởi động lại máy rồi thử lại.\n"
                    f"Cannot listen on {host} ({error.strerror}): restart the computer, try again."
                ) from None
        else:
            return listening
    raise SetupError(
        f"Các cổng {FIRST_PORT} đến {LAST_PORT} đều bận; hãy đóng chương trình đang giữ chúng.\n"
        f"The ports {FIRST_PORT} to {LAST_PORT} are all taken: close the program that holds them."
    )


@contextlib.contextmanager
def _stop_signals() -> Iterator[None]:
    """Let SIGTERM end the service as Ctrl-C does."""

    # Not a KeyboardInterrupt: where one passes through code in a string, as when a dataclass is
    # made, Python ends by SIGINT even if it is caught.
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit

    previous = signal.signal(signal.SIGTERM, stop)
    try:
        with contextlib.suppress(KeyboardInterrupt, SystemExit):
            yield
    finally:
        signal.signal(signal.SIGTERM, previous)


# --- what is said --------------------------------------------------------------------------------


class _QuietFormatter(logging.Formatter):
    """A traceback's last line may quote a message: say only what failed, and where."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name logging calls
        from notalone.app import fault

        return fault(ei[1])


def _log_quietly() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_QuietFormatter("%(asctime)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # While the message engine loads, requests wait in a queue: no reason to alarm a family.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _tell(vi: str, en: str) -> None:
    print(f"{vi}\n{en}", flush=True)
