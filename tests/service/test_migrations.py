"""A home of an older version goes on as it was; one of a newer version is refused, untouched.

`stored/0.1.0` is what 0.1.0 wrote before there were formats: commit 9e906f4, made by its own
commands (install, a pairing, `feeds import`, `feeds off urlhaus`), the secret replaced.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.everything_below import everything_below
from harness.native_host import ORIGIN, PairedClient, ask_native_host
from harness.service_process import Home, RunningService
from harness.waiting import wait_for
from notalone import __version__, doctor, native_host
from notalone.compiled import open_compiled
from notalone.errors import SetupError
from notalone.feeds.store import compiled_folder
from notalone.feeds.switch import read_switches
from notalone.migrations import FILE, FORMAT, bring_forward, refuse_newer

STORED = Path(__file__).parent / "stored" / "0.1.0"
PAIRING, SECRET = "cd" * 16, "ab" * 32
LISTED = "da-bi-bao-cao.example"


@pytest.fixture
def older(home: Home) -> Home:
    """A home that 0.1.0 was installed in."""
    shutil.copytree(STORED, home.data, dirs_exist_ok=True)
    note = home.data / "installed.json"
    note.write_text(note.read_text().replace("@HOME@", str(home.folder)))
    today = datetime.now(UTC).date().isoformat()
    for path in (home.data / "lists" / "feeds").rglob("*.*"):  # an entry lasts 90 days
        path.write_text(path.read_text().replace("2026-11-23", today))
    manifest = home.folder / ".config/chromium/NativeMessagingHosts/vn.khongmotminh.notalone.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("{}")
    return home


def has_list(home: Home) -> bool:
    return open_compiled(compiled_folder(home.data)) is not None


def test_lists_of_the_older_format_are_of_no_use_until_they_are_built_anew(older: Home) -> None:
    """Why there is a step at all; and it needs no network, as no test has one."""
    assert not has_list(older)
    built: list[Path] = []
    bring_forward(older.data, build_lists=built.append)
    assert built == [older.data]
    assert json.loads((older.data / FILE).read_text()) == {
        "format": FORMAT,
        "service": __version__,
    }
    bring_forward(older.data, build_lists=built.append)
    assert len(built) == 1, "once"


def test_step_that_died_halfway_is_taken_again(older: Home) -> None:
    def die(_folder: Path) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        bring_forward(older.data, build_lists=die)
    assert not (older.data / FILE).exists()
    built: list[Path] = []
    bring_forward(older.data, build_lists=built.append)
    assert built


def test_older_home_goes_on_with_its_pairing_its_switches_and_its_lists(older: Home) -> None:
    """What a family would notice: nothing to pair again, nothing to choose again, and warned."""
    service = RunningService(older).start()
    try:
        request = {"op": "pair", "origin": ORIGIN, "pairing": PAIRING, "protocol": 1}
        answer = ask_native_host(older, request)
        assert (answer["pairing"], answer["secret"]) == (PAIRING, SECRET)
        client = PairedClient(service.port, PAIRING, bytes.fromhex(SECRET))
        hello = client.hello()
        assert hello["service"] == __version__
        assert {"protocol", "rules"} <= set(hello)
        assert read_switches(older.data).feeds == {"urlhaus": False}
        wait_for(lambda: has_list(older), what="the lists to be built anew", within_s=90)
        link = {"id": "1", "url": f"http://{LISTED}/"}
        wait_for(
            lambda: client.check(links=[link])["links"][0]["level"] == "danger",
            what="the service to take the new list",
            within_s=60,
            poll_s=0.5,
        )
    finally:
        service.stop()


def test_older_home_is_uninstalled_without_a_trace(older: Home) -> None:
    assert older.run("uninstall").returncode == 0
    assert not older.data.exists()
    assert not (older.folder / ".config/chromium/NativeMessagingHosts").exists()


def newer(home: Home) -> dict[str, bytes]:
    home.data.mkdir(exist_ok=True)
    content = {"format": FORMAT + 1, "service": "9.0.0", "more": []}
    native_host.write_private(str(home.data / FILE), json.dumps(content).encode())
    (home.data / "pairings.json").write_text("of another form")
    return everything_below(home.data)


@pytest.mark.parametrize("command", ("start", "install"))
def test_home_of_a_newer_version_is_refused_and_left_as_it_is(home: Home, command: str) -> None:
    before = newer(home)
    done = home.run(command)
    assert done.returncode == 1
    assert "bản mới hơn (9.0.0)" in done.stderr
    assert "Install the newer version again" in done.stderr
    after = everything_below(home.data)
    after.pop("service.lock", None)
    assert after == before
    assert home.announced() is None


def test_doctor_says_that_a_newer_version_was_here(home: Home) -> None:
    newer(home)
    part = doctor.folder_part(home.data)
    assert part.problem is not None
    assert part.step is not None
    assert "9.0.0" in part.step.vi


def test_newer_home_can_still_be_uninstalled(home: Home) -> None:
    newer(home)
    assert home.run("uninstall").returncode == 0
    assert not home.data.exists()


@pytest.mark.parametrize("content", ("", "{", "[]", '{"format": "two"}', '{"format": -1}'))
def test_damaged_note_of_the_format_stops_nobody(home: Home, content: str) -> None:
    (home.data / FILE).write_text(content)
    assert refuse_newer(home.data) == 1
    bring_forward(home.data)
    assert refuse_newer(home.data) == FORMAT


def test_refusal_is_said_in_both_languages(home: Home) -> None:
    newer(home)
    refuse: Callable[[Path], object] = refuse_newer
    with pytest.raises(SetupError, match=r"^Dữ liệu[^\n]+\nWhat is stored[^\n]+$"):
        refuse(home.data)
