"""The report for a helper: all that the doctor said, nothing of whose computer it is."""

from __future__ import annotations

import getpass
import re
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.service_process import Home
from notalone import __version__, doctor, doctor_report, install, native_host
from notalone.doctor import Part
from notalone.doctor_report import text, without_private
from notalone.model import Bilingual

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_head_says_which_versions_and_which_system() -> None:
    head = text(["[  OK  ] Python"], now=NOW).splitlines()
    assert head[1] == "2026-11-23 08:00 UTC"
    assert head[2].startswith(f"notalone {__version__}, protocol ")
    assert head[-1] == "[  OK  ] Python"


@pytest.mark.parametrize(
    ("line", "home", "shown"),
    (
        ("/home/bé an/.config/x", "/home/bé an", "~/.config/x"),
        (r"C:\Users\Bé An\AppData", r"C:\Users\Bé An", r"~\AppData"),
        (r"c:\\users\\bé an\\x", r"C:\Users\Bé An", r"~\\x"),
        ("root in a container: /etc", "/", "root in a container: /etc"),
    ),
    ids=("linux", "windows", "windows in JSON", "no home"),
)
def test_home_folder_is_not_named(line: str, home: str, shown: str) -> None:
    assert without_private(line, home=Path(home), names=[]) == shown


def test_account_and_computer_are_not_named_and_words_stay_whole() -> None:
    said = without_private(
        "/media/minhan/x on may-cua-an; minhangs", names=["MinhAn", "may-cua-an"]
    )
    assert said == "/media/…/x on …; minhangs"
    assert without_private("an toàn", names=["an"]) == "an toàn", "too short to be told from a word"


def test_what_looks_like_a_secret_is_left_out() -> None:
    assert without_private(f"pairing {'ab' * 16}") == "pairing …"


def test_names_are_those_of_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "nguyenvanan")
    monkeypatch.setattr(socket, "gethostname", lambda: "may-nha-an.local")
    assert "nguyenvanan" not in text(["/mnt/nguyenvanan on may-nha-an"])
    assert "may-nha-an" not in text(["/mnt/nguyenvanan on may-nha-an"])

    def nobody() -> str:
        raise KeyError("no such account")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert doctor_report.text(["x"]).endswith("x\n")


@pytest.fixture
def faulty(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose launcher cannot be run, as the doctor of this process sees it."""
    (home.folder / ".config/chromium").mkdir(parents=True)
    install.register(home.data, home=home.folder)
    install.launcher_path(home.data).chmod(0o600)
    monkeypatch.setenv("HOME", str(home.folder))
    monkeypatch.setattr(doctor, "data_dir", lambda: home.data)
    monkeypatch.setattr(doctor, "rules_part", lambda: Part(Bilingual("Bộ", "Rules")))
    return home


def test_report_of_a_real_home_names_nobody_and_says_every_fault(
    faulty: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "ab" * 32
    native_host.add_pairing(
        str(faulty.data), "cd" * 16, secret=secret, origin="chrome-extension://" + "a" * 32
    )
    target = faulty.folder / "báo cáo.txt"
    assert doctor.run(target) == 1
    said = capsys.readouterr().out
    report = target.read_text(encoding="utf-8")
    faults = re.findall(r"^\[ !!!! \].*$", said, re.MULTILINE)
    assert faults
    for fault in faults:
        assert fault in report
    assert str(faulty.folder) in said
    for private in (str(faulty.folder), secret, "chrome-extension"):
        assert private not in report
    assert "~/" in report


def test_place_that_cannot_be_written_is_said(
    faulty: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor.run(faulty.folder / "nowhere" / "x.txt") == 1
    assert "cannot be written" in capsys.readouterr().err
