"""Install on a computer that does not take it: all of it or nothing, and one clear sentence why."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.everything_below import everything_below
from harness.service_process import Home
from notalone import install, native_host
from notalone.config import NATIVE_HOST_NAME
from notalone.errors import SetupError
from notalone.install import register, remove, start_at_login

CHROMIUM = f".config/chromium/NativeMessagingHosts/{NATIVE_HOST_NAME}.json"

pytestmark = pytest.mark.usefixtures("two_programs")


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match=r"Không ghi được vào[^\n]+\n.+cannot be written"):
        register(tmp_path / "file" / "data", home=tmp_path)


def test_disk_that_is_full_at_any_moment_leaves_nothing_half_installed(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(home.folder))
    monkeypatch.setenv("NOTALONE_HOME", str(home.folder / ".local" / "share" / "notalone"))
    before = everything_below(home.folder)
    write = native_host.write_private
    for room in range(100):
        written: list[str] = []

        def fill(path: str, content: bytes, written: list[str] = written, room: int = room) -> None:
            if len(written) == room:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            written.append(path)
            write(path, content)

        monkeypatch.setattr(native_host, "write_private", fill)
        if install.install() == 0:
            break
        said = capsys.readouterr().err
        assert "Chưa cài được" in said, room
        assert "No space left" in said, room
        assert everything_below(home.folder) == before, room
    assert room > 6, "host, settings, launcher, two manifests and the start at log-in were written"
    monkeypatch.setattr(native_host, "write_private", write)
    assert install.uninstall() == 0
    assert everything_below(home.folder) == before


@pytest.mark.parametrize("number", (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
def test_manifest_alone_that_does_not_fit_is_no_half_installation(
    home: Home, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A quota may be full on the disk of the browsers alone, or for just that file."""
    monkeypatch.setenv("HOME", str(home.folder))
    monkeypatch.setenv("NOTALONE_HOME", str(home.folder / ".local" / "share" / "notalone"))
    before = everything_below(home.folder)
    write = native_host.write_private

    def fill(path: str, content: bytes) -> None:
        if path == str(home.folder / CHROMIUM):
            raise OSError(number, os.strerror(number))
        write(path, content)

    monkeypatch.setattr(native_host, "write_private", fill)
    assert install.install() == 1
    assert everything_below(home.folder) == before


def test_full_disk_under_an_older_installation_breaks_nothing_of_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home.folder))
    monkeypatch.setenv("NOTALONE_HOME", str(home.data))
    assert install.install() == 0
    native_host.pair(str(home.data), "chrome-extension://" + "a" * 32, known_as=None)
    before = everything_below(home.folder)
    monkeypatch.setattr(
        native_host,
        "write_private",
        lambda _path, _content: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")),
    )
    assert install.install() == 1
    assert everything_below(home.folder) == before


def test_real_limit_on_what_may_be_written_is_one_clear_sentence(home: Home) -> None:
    before = everything_below(home.folder)
    done = subprocess.run(
        # in blocks of 512 bytes
        [
            "/bin/sh",
            "-c",
            'ulimit -f 4; exec "$@"',
            "sh",
            sys.executable,
            "-m",
            "notalone",
            "install",
        ],
        env={**home.environment, "PATH": os.environ["PATH"]},
        cwd=home.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Chưa cài được" in done.stderr
    assert "Traceback" not in done.stderr
    del before["notalone-data"]  # empty, and so it goes too
    assert everything_below(home.folder) == before


def test_browser_whose_folder_is_blocked_does_not_stop_the_others(home: Home) -> None:
    (home.folder / ".mozilla").write_text("a file where a folder should be")
    outcomes = {one.found.browser.name: one for one in register(home.data, home=home.folder)}
    assert outcomes["Firefox"].problem
    assert not outcomes["Chromium"].problem
    remove(home.data, home=home.folder)
    assert not (home.folder / CHROMIUM).exists()
    assert (home.folder / ".mozilla").is_file(), "what is in the way is somebody else's"


def test_browser_whose_folder_may_not_be_looked_into_does_not_stop_the_others(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    exists, closed = Path.exists, home.folder / ".mozilla" / "native-messaging-hosts"

    def look(path: Path) -> bool:
        if path.is_relative_to(closed):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return exists(path)

    monkeypatch.setattr(Path, "exists", look)
    outcomes = {one.found.browser.name: one for one in register(home.data, home=home.folder)}
    assert not outcomes["Chromium"].problem


def test_log_in_file_that_cannot_be_written_leaves_nothing_behind(home: Home) -> None:
    before = everything_below(home.folder)
    register(home.data, home=home.folder)
    (home.folder / ".config" / "autostart").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="autostart"):
        start_at_login(home.data, home=home.folder)
    (home.folder / ".config" / "autostart").unlink()
    remove(home.data, home=home.folder)
    del before["notalone-data"]
    assert everything_below(home.folder) == before
