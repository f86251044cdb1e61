"""`notalone pin reset`, as the person who forgot the PIN runs it."""

from __future__ import annotations

import errno
import os

import pytest

from harness.service_process import Home
from notalone import cli, native_host, pin


def test_reset_says_when_and_that_typing_it_takes_it_back(home: Home) -> None:
    pin.change(home.data, "482913", pin=None)
    done = home.run("pin", "reset")
    assert done.returncode == 0
    assert "24 giờ" in done.stdout
    assert "24 hours" in done.stdout
    assert pin.state(home.data).reset_in_s is not None


def test_reset_that_the_disk_does_not_take_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pin.change(home.data, "482913", pin=None)
    monkeypatch.setenv("NOTALONE_HOME", str(home.data))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(native_host, "write_private", full)
    assert cli.main(["pin", "reset"]) == 1
    said = capsys.readouterr()
    assert "Không ghi được vào" in said.err
    assert "No space left" in said.err
    assert said.out == ""
    assert pin.state(home.data).reset_in_s is None


def test_without_a_pin_there_is_nothing_to_reset(home: Home) -> None:
    done = home.run("pin", "reset")
    assert (done.returncode, done.stderr) == (0, "")
    assert "không có mã PIN" in done.stdout


def test_nothing_else_can_be_asked_of_it(home: Home) -> None:
    assert home.run("pin", "show").returncode == 2
