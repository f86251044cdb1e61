"""The doctor names each fault, in both languages, with the step that mends it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.service_process import REPOSITORY, Home
from harness.stub_service import STUB_COMMAND, running_stub, stub_environment
from notalone import extension_ids, native_host
from notalone.browsers import BROWSERS, Found
from notalone.config import NATIVE_HOST_NAME
from notalone.doctor import (
    Part,
    examine,
    folder_part,
    lists_part,
    login_part,
    manifest_part,
    named_part,
    python_part,
    rules_part,
    service_parts,
)
from notalone.feeds.catalogue import load_feeds
from notalone.feeds.snapshot import State, feeds_dir, write_state
from notalone.feeds.switch import Switches, write_switches
from notalone.install import launcher_path, register, start_at_login, write_host
from notalone.migrations import FILE, bring_forward

CHROMIUM = Found(BROWSERS[2], None)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
MANIFEST = f".config/chromium/NativeMessagingHosts/{NATIVE_HOST_NAME}.json"


def is_explained(part: Part) -> bool:
    """True for a fault that says what is wrong and what to do, in both languages."""
    texts = (part.problem, part.step)
    return all(text is not None and text.vi and text.en for text in texts)


@pytest.fixture
def installed(home: Home) -> Home:
    (home.folder / ".config/chromium").mkdir(parents=True)
    register(home.data, home=home.folder)
    return home


@pytest.mark.parametrize(("version", "is_well"), (((3, 10), False), ((3, 11), True)))
def test_python_must_be_new_enough(version: tuple[int, int], is_well: bool) -> None:
    part = python_part(version)
    assert (part.problem is None) is is_well
    assert is_well or is_explained(part)


def test_missing_rules_are_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTALONE_RULES", str(tmp_path))
    assert is_explained(rules_part())


def test_typo_in_a_rule_is_named_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(REPOSITORY / "rules", rules)
    cue = min((rules / "lures" / "any").glob("*.toml"))
    cue.write_text(f"{cue.read_text()}\nnot toml\n")
    monkeypatch.setenv("NOTALONE_RULES", str(rules))
    part = rules_part()
    assert is_explained(part)
    assert ".toml:" in part.detail


class Lists:
    """The lists of a home at some age, in days; None was never pulled."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.feeds = [feed for feed in load_feeds(REPOSITORY / "rules")[0].values() if feed.enabled]

    def install(self, *, days_ago: float) -> None:
        bring_forward(self.data)
        then = (NOW - timedelta(days=days_ago)).timestamp()
        os.utime(self.data / FILE, (then, then))

    def put(self, days: float | None, *, failing: int = 0) -> Part:
        for number, feed in enumerate(self.feeds):
            is_failing = number < failing
            old = 30.0 if is_failing else days
            stamp = "" if old is None else (NOW - timedelta(days=old)).isoformat()
            error = "http_status" if is_failing else ""
            state = State(pulled_at=stamp, rows=5, error=error, told_vi="lỗi", told_en="fault")
            write_state(feeds_dir(self.data) / feed.id, state)
        return lists_part(self.data, now=NOW)


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lists:
    monkeypatch.delenv("NOTALONE_FEEDS", raising=False)
    return Lists(tmp_path)


def test_fresh_lists_are_well_and_their_age_is_shown(lists: Lists) -> None:
    part = lists.put(2)
    assert part.problem is None
    assert "2 ngày trước" in part.detail
    assert f"{5 * len(lists.feeds)} addresses" in part.detail


def test_lists_that_were_not_pulled_yet_are_no_fault_on_a_fresh_install(lists: Lists) -> None:
    lists.install(days_ago=0.1)
    part = lists.put(None)
    assert part.problem is None
    assert "máy tự tải" in part.detail
    assert "by itself" in part.detail


def test_lists_that_were_never_pulled_are_a_fault_long_after_the_installation(lists: Lists) -> None:
    lists.install(days_ago=4)
    part = lists.put(None)
    assert is_explained(part)
    assert part.step is not None
    assert "feeds pull" in part.step.vi


def test_lists_that_could_not_be_pulled_the_first_time_are_a_fault(lists: Lists) -> None:
    lists.install(days_ago=0.1)
    for feed in lists.feeds:
        write_state(feeds_dir(lists.data) / feed.id, State(error="http_status", told_en="fault"))
    part = lists_part(lists.data, now=NOW)
    assert is_explained(part)
    assert "fault" in part.detail


def test_lists_older_than_a_week_are_a_fault(lists: Lists) -> None:
    assert lists.put(7).problem is None
    part = lists.put(9)
    assert is_explained(part)
    assert part.problem is not None
    assert "9" in part.problem.en


def test_one_list_that_fails_for_long_is_named(lists: Lists) -> None:
    part = lists.put(1, failing=1)
    assert is_explained(part)
    assert lists.feeds[0].id in part.detail
    assert lists.feeds[1].id not in part.detail


def test_lists_that_somebody_switched_off_are_no_fault(lists: Lists) -> None:
    write_switches(lists.data, Switches(pulls=False))
    part = lists.put(None)
    assert part.problem is None
    assert "feeds on" in part.detail


def test_lists_that_the_environment_forbids_are_no_fault_and_told_as_such(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTALONE_FEEDS", "off")
    part = lists.put(None)
    assert part.problem is None
    assert "NOTALONE_FEEDS" in part.detail
    assert "feeds on" not in part.detail


def test_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert is_explained(folder_part(tmp_path / "file"))
    assert is_explained(folder_part(tmp_path / "file" / "data"))


def test_folder_is_looked_at_and_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert folder_part(tmp_path).problem is None
    assert list(tmp_path.iterdir()) == []
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_full_disk_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: str, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(native_host, "write_private", refuse)
    assert is_explained(folder_part(tmp_path))


def test_nothing_is_made_where_nothing_is_installed(home: Home) -> None:
    home.run("install")
    home.run("uninstall")
    before = sorted(home.folder.rglob("*"))
    looked = home.run("doctor")
    assert looked.returncode == 1
    assert sorted(home.folder.rglob("*")) == before


def test_connected_browser_is_well(installed: Home) -> None:
    assert manifest_part(CHROMIUM, installed.data, home=installed.folder).problem is None


@pytest.mark.parametrize(
    "damage",
    (
        lambda home: (home.folder / MANIFEST).unlink(),
        lambda home: (home.folder / MANIFEST).write_text("{"),
        lambda home: (home.folder / MANIFEST).write_text('{"name": "other"}'),
        lambda home: launcher_path(home.data).unlink(),
        lambda home: launcher_path(home.data).chmod(0o600),
    ),
    ids=("missing", "half", "other", "no_launcher", "not_executable"),
)
def test_damaged_connection_is_a_fault(installed: Home, damage: Callable[[Home], object]) -> None:
    damage(installed)
    assert is_explained(manifest_part(CHROMIUM, installed.data, home=installed.folder))


def test_named_extensions_are_shown_and_their_connection_is_well(installed: Home) -> None:
    assert list(named_part(installed.data)) == []
    register(installed.data, home=installed.folder, named=["a" * 32, "b" * 32])
    (part,) = named_part(installed.data)
    assert (part.problem, part.detail) == (None, f"{'a' * 32}, {'b' * 32}")
    assert manifest_part(CHROMIUM, installed.data, home=installed.folder).problem is None
    said = installed.run("doctor").stdout
    assert f"Extensions named here: {part.detail}" in said


def test_named_extensions_that_cannot_be_read_are_a_fault(installed: Home) -> None:
    (installed.data / extension_ids.FILE).write_text("{")
    (part,) = named_part(installed.data)
    assert is_explained(part)
    assert part.step is not None
    assert "install --extension-id" in part.step.en


def test_boxed_browser_is_a_fault_until_a_code_has_connected_it(home: Home) -> None:
    boxed = Found(BROWSERS[2], "/snap/bin/chromium")
    part = manifest_part(boxed, home.data, home=home.folder)
    assert is_explained(part)
    assert part.step is not None
    assert "pair" in part.step.en
    origin = "moz-extension://00000000-0000-4000-8000-000000000001"
    native_host.add_pairing(str(home.data), "a" * 32, secret="b" * 64, origin=origin)
    assert is_explained(manifest_part(boxed, home.data, home=home.folder)), "another browser's"
    origin = "chrome-extension://" + "a" * 32
    native_host.add_pairing(str(home.data), "c" * 32, secret="b" * 64, origin=origin)
    assert manifest_part(boxed, home.data, home=home.folder).problem is None


def test_host_not_installed_is_a_fault(home: Home) -> None:
    (part,) = service_parts(home.data)
    assert is_explained(part)


@pytest.mark.parametrize("is_well", (True, False), ids=("well", "service_cannot_start"))
def test_host_is_run_once_and_leaves_no_pairing(
    home: Home, is_well: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home.folder))  # what the host starts is ended with the home
    write_host(home.data)
    settings = json.loads((home.data / native_host.SETTINGS).read_text())
    settings["path"] = stub_environment(home)["PYTHONPATH"]
    settings["start"] = STUB_COMMAND if is_well else ["/bin/false"]
    (home.data / native_host.SETTINGS).write_text(json.dumps(settings))
    parts = list(service_parts(home.data))
    if is_well:
        assert [part.problem for part in parts] == [None, None]
    else:
        assert [is_explained(part) for part in parts] == [True]
    assert native_host.read_pairings(str(home.data)) == {}
    assert native_host.running_service(str(home.data)) is None


def test_lock_that_cannot_be_opened_is_a_fault(home: Home) -> None:
    write_host(home.data)
    (home.data / native_host.SERVICE_LOCK).symlink_to("nowhere")
    assert [is_explained(part) for part in service_parts(home.data)] == [True]


def test_service_that_ran_before_runs_on(home: Home) -> None:
    write_host(home.data)
    with running_stub(home):
        before = home.announced()
        assert [part.problem for part in service_parts(home.data)] == [None, None]
        assert home.announced() == before
        assert home.service_pid() is not None


def test_older_service_that_still_runs_is_named(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_host(home.data)
    with running_stub(home):
        monkeypatch.setattr("notalone.doctor.__version__", "9.9.9")
        _, service = service_parts(home.data)
    assert is_explained(service)
    assert service.problem is not None
    assert "9.9.9" in service.problem.vi


def test_other_copy_that_browsers_start_is_named(home: Home) -> None:
    write_host(home.data)
    older = home.folder / "an older copy"
    older.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    older.chmod(0o755)
    settings = home.data / native_host.SETTINGS
    given = json.loads(settings.read_text())
    settings.write_text(json.dumps({**given, "start": [str(older), *given["start"][1:]]}))
    with running_stub(home):
        other, _ = service_parts(home.data)
    assert is_explained(other)
    assert other.detail == str(older)


def test_start_at_login_is_well_when_it_is_as_install_wrote_it(installed: Home) -> None:
    assert login_part(installed.data, home=installed.folder).problem is None, "nobody asked for it"
    place = Path(start_at_login(installed.data, home=installed.folder))
    assert login_part(installed.data, home=installed.folder).detail == str(place)
    place.write_text(place.read_text().replace("start", "stop"))
    assert is_explained(login_part(installed.data, home=installed.folder))
    place.unlink()
    start_at_login(installed.data, home=installed.folder)
    assert login_part(installed.data, home=installed.folder).problem is None


def test_command_line_says_that_all_is_well_and_then_what_is_not(home: Home) -> None:
    home.run("install")
    well = home.run("doctor")
    assert well.returncode == 0, well.stdout
    assert "Mọi phần đều chạy." in well.stdout
    launcher_path(home.data).chmod(0o600)
    unwell = home.run("doctor")
    assert unwell.returncode == 1
    assert f"→ Chạy `{native_host.command()} install`." in unwell.stdout
    home.run("uninstall")


def test_a_library_that_cannot_be_opened_is_named_and_the_rest_still_examined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "notalone.checker", None)
    part = rules_part()
    assert part.problem is not None
    assert part.step is not None
    assert part.detail == "notalone.checker"
    assert len([*examine(tmp_path, home=tmp_path)]) > 4
