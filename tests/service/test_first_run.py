"""The first run: two verdicts for a person to read, and nothing left running that it started."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.service_process import Home, RunningService
from harness.started_before import started_before
from harness.waiting import wait_for
from notalone import native_host
from notalone.browsers import BROWSERS, Found
from notalone.first_run import (
    SAMPLE_LINK,
    SAMPLE_MESSAGE,
    extension_folder,
    has_desktop,
    loading_steps,
)


def test_once_prints_two_verdicts_and_leaves_nothing_running(home: Home) -> None:
    (home.folder / ".config/chromium").mkdir(parents=True)
    for _ in range(2):  # the second time is as quick and harmless
        done = home.run("first-run", "--once")
        assert done.returncode == 0, done.stderr
        for text in (SAMPLE_MESSAGE, SAMPLE_LINK):
            assert f"«{text}»" in done.stdout
        assert done.stdout.count("NGUY HIỂM · DANGER") == 2
        assert done.stdout.splitlines()[-1].startswith("Xong. Bước tiếp theo: chạy `make start`.")
        assert home.announced() is None
        assert home.processes() == []
        assert native_host.read_pairings(str(home.data)) == {}


def test_without_any_browser_the_last_line_says_what_is_missing(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "notalone", "first-run", "--once"],
        env={**home.environment, "PATH": str(home.folder)},
        cwd=home.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("NGUY HIỂM · DANGER") == 2  # the service itself works
    assert "Xong" not in done.stdout
    vi, en = done.stdout.splitlines()[-2:]
    assert "chưa có trình duyệt" in vi
    assert "no browser" in en
    assert all("`make start`" in line and "Firefox" in line for line in (vi, en))


def test_the_address_of_the_service_is_called_that(home: Home) -> None:
    lines = started_before(home).run("first-run", "--once").stdout.splitlines()
    [said] = [line for line in lines if "127.0.0.1:" in line]
    assert "Địa chỉ" in said
    assert "this computer only" in said


def test_service_that_ran_before_runs_on(service: RunningService) -> None:
    before = service.home.announced()
    done = service.home.run("first-run", "--once")
    assert done.returncode == 0, done.stderr
    assert "đã chạy sẵn" in done.stdout
    assert service.home.announced() == before


def start_first_run(home: Home) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "notalone", "first-run"],
        env=home.environment,
        cwd=home.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_ctrl_c_ends_only_the_guide_when_the_service_ran_before(service: RunningService) -> None:
    before = service.home.announced()
    process = start_first_run(service.home)
    assert process.stdout is not None
    with process.stdout:
        said = next(line for line in process.stdout if "Ctrl-C" in line)
        assert "đang chạy sẵn. Bấm Ctrl-C để đóng phần hướng dẫn này." in said
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    assert service.home.announced() == before
    assert service.home.service_pid() is not None


@pytest.mark.parametrize("ending", (signal.SIGINT, signal.SIGTERM))
def test_stays_until_told_and_then_stops_the_service(home: Home, ending: signal.Signals) -> None:
    process = start_first_run(started_before(home))
    assert process.stdout is not None
    said = next(line for line in process.stdout if "Ctrl-C" in line)
    assert "Làm xong các bước trên thì bấm Ctrl-C" in said
    assert native_host.running_service(str(home.data)) is not None
    process.send_signal(ending)
    with process.stdout:
        assert process.wait(timeout=30) == 0
    wait_for(lambda: home.processes() == [], what="everything to end")


def test_rules_that_see_nothing_are_one_clear_sentence(home: Home) -> None:
    empty = home.folder / "rules"
    empty.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "notalone", "first-run", "--once"],
        env={**home.environment, "NOTALONE_RULES": str(empty)},
        cwd=home.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert f"`{native_host.command()} doctor`" in done.stderr
    assert "Traceback" not in done.stderr
    assert home.processes() == []


def test_folder_without_rights_is_one_clear_sentence(home: Home) -> None:
    (home.folder / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "notalone", "first-run", "--once"],
        env={**home.environment, "NOTALONE_HOME": str(home.folder / "file" / "data")},
        cwd=home.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Không ghi được vào" in done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("index", "page"),
    ((0, "coccoc://extensions"), (1, "chrome://extensions"), (5, "about:debugging")),
    ids=("coccoc", "chrome", "firefox"),
)
def test_each_browser_is_told_its_own_way(index: int, page: str) -> None:
    text = "\n".join(loading_steps([Found(BROWSERS[index], None)], Path("/x/extension")))
    assert page in text
    assert "/x/extension" in text


def test_boxed_browser_is_told_of_the_code_too() -> None:
    boxed = Found(BROWSERS[5], "/snap/bin/firefox")
    text = "\n".join(loading_steps([boxed], Path("/x/extension")))
    assert "about:debugging" in text
    assert " pair`" in text


def test_extension_of_this_checkout_is_found() -> None:
    folder = extension_folder()
    assert folder is not None
    assert (folder / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("display", "wayland", "is_there"), (("", "", False), (":0", "", True), ("", "wayland-0", True))
)
def test_desktop_is_seen(
    monkeypatch: pytest.MonkeyPatch, display: str, wayland: str, is_there: bool
) -> None:
    monkeypatch.setattr("notalone.first_run.current_platform", lambda: "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland)
    assert has_desktop() is is_there
