"""The small program a browser starts: it hands the extension its pairing secret and the port.

`notalone install` copies this one file into the user's data folder, with a launcher that runs it
as `python -IS`. So it uses the standard library only, imports late, and stands first in the import
order: the service reads and changes the same files through the functions here.

Frames are a 32-bit length in the machine's byte order and that many bytes of UTF-8 JSON. Nothing
else may be written to standard output, or the browser drops the answer.

The data folder holds, all readable by the owner alone:

    pairings.json      {pairing id: {secret, origin, added}}, one entry a browser profile; by=code
                       where no host but a typed code made it
    service.json       {port, pid, boot, service, protocol} of the running service
    service.lock       held by the running service for its whole life
    native_host.json   {start, path, extensions, gecko}, written by `notalone install`
"""

# pathlib would make the browser wait 8 ms longer for every answer.
# ruff: noqa: PTH100, PTH105, PTH108, PTH110, PTH118, PTH120

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import stat
import struct
import sys
import time

TYPE_CHECKING = False  # importing typing would cost 6 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_FRAME_BYTES = 1024 * 1024  # what Chromium and Firefox take from a host
MAX_FILE_BYTES = 256 * 1024
MAX_PAIRINGS = 64  # the oldest goes first; its profile simply pairs again
START_WAIT_S = 8.0
LOCK_STEP_S = 0.02

PAIRINGS = "pairings.json"
SERVICE = "service.json"
SERVICE_LOCK = "service.lock"
SETTINGS = "native_host.json"

ORIGIN = re.compile(
    r"chrome-extension://[a-p]{32}"
    r"|moz-extension://[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
PAIRING_ID = re.compile(r"[0-9a-f]{32}")
SECRET = re.compile(r"[0-9a-f]{64}")

SAY = {
    "bad_request": (
        "Tiện ích và phần kiểm tra chưa hiểu nhau. Hãy cập nhật cả hai rồi mở lại trình duyệt.",
        "The extension and the service do not understand each other. Update both, then reopen "
        "the browser.",
    ),
    "no_service": (
        "Phần kiểm tra chưa chạy được. Hãy mở Terminal và chạy `{notalone} doctor` để xem vì sao.",
        "The service did not start. Open a terminal and run `{notalone} doctor` to see why.",
    ),
    "no_data_folder": (
        "Không ghi được vào thư mục dữ liệu. Ổ đĩa có thể đã đầy hoặc bị khoá.",
        "The data folder cannot be written. The disk may be full or read-only.",
    ),
    "broken": (
        "Phần cài đặt bị hỏng. Hãy mở Terminal và chạy lại `{notalone} install`.",
        "The installation is damaged. Open a terminal and run `{notalone} install` again.",
    ),
}


def command() -> str:
    """What to type for `notalone`: its whole place, as it need not be on anybody's PATH."""
    name = "notalone.exe" if sys.platform == "win32" else "notalone"
    program = os.path.join(os.path.dirname(sys.executable), name)
    if os.path.exists(program):
        return _quoted(program)
    return f"{_quoted(sys.executable)} -m notalone"


def _quoted(path: str) -> str:
    if re.fullmatch(r"[\w/\\:.+-]+", path):
        return path
    if sys.platform == "win32":
        return f'& "{path}"'  # as PowerShell wants it, which Windows opens by itself
    quoted = path.replace("'", "'\\''")
    return f"'{quoted}'"


# --- files only the owner may read ---------------------------------------------------------------


def write_private(path: str, content: bytes) -> None:
    """Put *content* at *path* in one step: readers see the old file or the new one, never half.

    The file is new, has mode 0600 from its first byte, and is on the disk before it gets its name.
    """
    part = f"{path}.{os.getpid()}-{os.urandom(4).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(part, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise
    if os.name == "posix":
        folder = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read_private(path: str, *, most: int = MAX_FILE_BYTES) -> bytes | None:
    """The bytes of an owner-only file, or None when there is none.

    Raises: ValueError for a link, a folder, a file of somebody else, or one far too long.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)  # a pipe put there must not hold us up
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from None
    try:
        seen = os.fstat(descriptor)
        if not stat.S_ISREG(seen.st_mode):
            raise ValueError("is not a plain file")
        if os.name == "posix":
            if seen.st_uid != os.geteuid():
                raise ValueError("belongs to somebody else")
            if seen.st_mode & 0o077:
                os.fchmod(descriptor, 0o600)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(most + 1)
    finally:
        os.close(descriptor)
    if len(content) > most:
        raise ValueError("is too long")
    return content


def take_lock(path: str, *, wait_s: float) -> int | None:
    """Hold the lock file *path*; None when another process still has it after *wait_s*.

    Closing the descriptor, also by dying, gives the lock back.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    deadline = time.monotonic() + wait_s
    while True:
        try:
            _lock_now(descriptor)
        except OSError:
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return None
            time.sleep(LOCK_STEP_S)
        else:
            return descriptor


@contextlib.contextmanager
def locked(path: str, *, wait_s: float) -> Iterator[None]:
    """Hold the lock file *path* inside.

    Raises: OSError when another process still has it after *wait_s*.
    """
    lock = take_lock(path, wait_s=wait_s)
    if lock is None:
        raise OSError(errno.EBUSY, "another process holds it", path)
    try:
        yield
    finally:
        os.close(lock)


def _lock_now(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


# --- pairings ------------------------------------------------------------------------------------


def read_pairings(folder: str) -> dict[str, dict[str, str]]:
    """Every pairing of this user; empty when there is no file yet.

    Raises: ValueError when the file cannot be trusted; `mend_pairings` is the way out.
    """
    content = read_private(os.path.join(folder, PAIRINGS))
    if content is None:
        return {}
    known = json.loads(content.decode("utf-8"))
    if not isinstance(known, dict):
        raise ValueError("is not a table of pairings")  # noqa: TRY004 - a broken file, not a bug
    for pairing, entry in known.items():
        if not (
            PAIRING_ID.fullmatch(pairing)
            and isinstance(entry, dict)
            and isinstance(entry.get("secret"), str)
            and SECRET.fullmatch(entry["secret"])
            and isinstance(entry.get("origin"), str)
            and ORIGIN.fullmatch(entry["origin"])
        ):
            raise ValueError("holds an entry that is no pairing")
    return known


def pair(folder: str, origin: str, *, known_as: str | None) -> tuple[str, str]:
    """The (id, secret) of the profile that is known as *known_as*, or of a new pairing."""
    with _pairings_locked(folder):
        known = _usable_pairings(folder)
        if known_as is not None and known_as in known and known[known_as]["origin"] == origin:
            return known_as, known[known_as]["secret"]
        pairing, secret = os.urandom(16).hex(), os.urandom(32).hex()
        _add(folder, known, pairing, secret=secret, origin=origin)
    return pairing, secret


def add_pairing(folder: str, pairing: str, *, secret: str, origin: str) -> None:
    """Keep a pairing that was made without this host: by a code that a person typed."""
    with _pairings_locked(folder):
        known = _usable_pairings(folder)
        _add(folder, known, pairing, secret=secret, origin=origin, by="code")


def _add(folder: str, known: dict[str, dict[str, str]], pairing: str, **entry: str) -> None:
    known[pairing] = {**entry, "added": time.strftime("%Y-%m-%d", time.gmtime())}
    while len(known) > MAX_PAIRINGS:
        del known[next(iter(known))]
    _write_pairings(folder, known)


def mend_pairings(folder: str) -> dict[str, dict[str, str]]:
    """As `read_pairings`, but a file nobody can use is moved aside, and standard error says so."""
    with _pairings_locked(folder):
        return _usable_pairings(folder)


def forget(folder: str, pairing: str) -> None:
    """Remove one pairing; its secret opens nothing from now on."""
    with _pairings_locked(folder):
        known = _usable_pairings(folder)
        if known.pop(pairing, None) is not None:
            _write_pairings(folder, known)


def _pairings_locked(folder: str) -> contextlib.AbstractContextManager[None]:
    return locked(os.path.join(folder, "pairings.lock"), wait_s=START_WAIT_S)


def _usable_pairings(folder: str) -> dict[str, dict[str, str]]:
    try:
        return read_pairings(folder)
    except ValueError as error:
        path = os.path.join(folder, PAIRINGS)
        aside = f"{path}.broken-{time.time_ns()}"
        os.replace(path, aside)
        print(
            f"notalone: {path} cannot be used: {error}. It is now {aside}; "
            "the browsers pair again by themselves.",
            file=sys.stderr,
        )
        return {}


def _write_pairings(folder: str, known: dict[str, dict[str, str]]) -> None:
    content = json.dumps(known, indent=1).encode("ascii")
    write_private(os.path.join(folder, PAIRINGS), content)


# --- the service ---------------------------------------------------------------------------------


def running_service(folder: str) -> dict[str, object] | None:
    """What the running service wrote about itself, or None when none runs.

    The lock decides, not the file: after a crash the file stays and somebody else may hold the
    port.
    """
    lock = take_lock(os.path.join(folder, SERVICE_LOCK), wait_s=0)
    if lock is not None:
        os.close(lock)
        return None
    return _service_file(folder)


def _service_file(folder: str) -> dict[str, object] | None:
    try:
        content = read_private(os.path.join(folder, SERVICE))
        state = json.loads(content) if content else None
    except ValueError:
        return None
    if isinstance(state, dict) and isinstance(state.get("port"), int):
        return state
    return None


def ensure_service(folder: str, start: list[str], path: str) -> dict[str, object] | None:
    """Find the service or start it; None when nothing answers within START_WAIT_S.

    Eight browsers may ask at once: the first to hold the lock starts it, the others find it.
    """
    deadline = time.monotonic() + START_WAIT_S
    starting = take_lock(os.path.join(folder, "starting.lock"), wait_s=START_WAIT_S)
    if starting is None:
        return running_service(folder)
    try:
        _drop_stale_service_file(folder)
        state = running_service(folder)
        if state is not None:
            return state
        has_failed = _spawn(folder, start, path)
        while state is None and time.monotonic() < deadline and not has_failed():
            time.sleep(LOCK_STEP_S)
            state = _service_file(folder)
        return state
    finally:
        os.close(starting)


def _drop_stale_service_file(folder: str) -> None:
    lock = take_lock(os.path.join(folder, SERVICE_LOCK), wait_s=0)
    if lock is None:
        return
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, SERVICE))
    finally:
        os.close(lock)


def _spawn(folder: str, start: list[str], path: str) -> Callable[[], bool]:
    """Start the service so that it outlives this host and the browser; has it failed already?"""
    import subprocess

    environment = {**os.environ, "NOTALONE_HOME": folder, "PYTHONPATH": path}
    if sys.platform == "win32":
        # Firefox keeps its hosts in a job and ends the job: break away where that is allowed.
        detached = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        flags = [detached | subprocess.CREATE_BREAKAWAY_FROM_JOB, detached]
    else:
        flags = [0]
    for attempt, creation in enumerate(flags, start=1):
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed command from our own settings file, no shell
                start,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                close_fds=True,
                cwd=folder,
                env=environment,
                start_new_session=True,
                creationflags=creation,
            )
        except PermissionError:
            if attempt == len(flags):
                raise
        else:
            # status 0 means that it found another one, which will write the file
            return lambda: process.poll() not in (None, 0)
    raise AssertionError("one of the attempts returns or raises")


# --- one request, one answer ---------------------------------------------------------------------


def answer(request: object, arguments: list[str], folder: str) -> dict[str, object]:
    """The reply to one message of the extension. *arguments* are what the browser added itself."""
    try:
        settings = json.loads(read_private(os.path.join(folder, SETTINGS)) or b"{}")
        start, path = settings["start"], settings["path"]
        extensions, gecko = settings["extensions"], settings["gecko"]
    except (ValueError, TypeError, KeyError):
        return _refusal("broken")
    if not isinstance(request, dict) or request.get("op") != "pair":
        return _refusal("bad_request")
    origin, known_as = request.get("origin"), request.get("pairing")
    if not isinstance(origin, str) or not isinstance(known_as, str | None):
        return _refusal("bad_request")
    if not _vouched(origin, arguments, extensions=extensions, gecko=gecko):
        return _refusal("bad_request")
    try:
        pairing, secret = pair(folder, origin, known_as=known_as)
    except OSError:
        return _refusal("no_data_folder")
    try:
        state = ensure_service(folder, start, path)
    except OSError:
        state = None
    if state is None:
        if pairing != known_as:  # nobody hears of it, and it would push out one that is used
            with contextlib.suppress(OSError):
                forget(folder, pairing)
        return _refusal("no_service")
    return {
        "ok": True,
        "pairing": pairing,
        "secret": secret,
        "port": state["port"],
        "service": state.get("service", ""),
        "protocol": state.get("protocol", 0),
    }


def _vouched(origin: str, arguments: list[str], *, extensions: list[str], gecko: str) -> bool:
    """True when the browser itself named the extension that states *origin*.

    Chromium passes `chrome-extension://<id>/`, Firefox the manifest's path and the add-on's id; the
    random part of a moz-extension address is known to nobody before.
    """
    if not ORIGIN.fullmatch(origin):
        return False
    scheme, _, identity = origin.partition("://")
    if scheme == "chrome-extension":
        return identity in extensions and f"{origin}/" in arguments
    return gecko in arguments


def _refusal(error: str) -> dict[str, object]:
    vi, en = (text.replace("{notalone}", command()) for text in SAY[error])
    return {"ok": False, "error": error, "say": {"vi": vi, "en": en}}


def frame(message: object) -> bytes:
    """*message* as one frame, ready for the pipe."""
    content = json.dumps(message, ensure_ascii=False).encode("utf-8")
    return struct.pack("=I", len(content)) + content


def main(arguments: list[str], folder: str) -> int:
    """Answer frames until the browser closes the pipe."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while True:
        head = source.read(4)
        if len(head) < 4:
            return 0
        (length,) = struct.unpack("=I", head)
        content = source.read(length) if length <= MAX_FRAME_BYTES else b""
        if len(content) < length:
            reply = _refusal("bad_request")
        else:
            try:
                request = json.loads(content.decode("utf-8"))
            except (ValueError, RecursionError):
                request = None
            reply = answer(request, arguments, folder)
        target.write(frame(reply))
        target.flush()
        if len(content) < length:
            return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.path.dirname(os.path.abspath(__file__))))
