"""Install writes what each browser needs, may be repeated, and uninstall takes that back."""

from __future__ import annotations

import json
import os
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from harness.compiled_lists import compiled
from harness.everything_below import everything_below
from harness.native_host import ORIGIN, ask_native_host
from harness.service_process import REPOSITORY, Home
from harness.stub_service import running_stub
from harness.waiting import wait_for
from notalone import extension_ids, install, native_host, pin
from notalone.at_login import RUN_KEY, RUN_NAME
from notalone.browsers import BROWSERS, Found
from notalone.config import EXTENSION_IDS, NATIVE_HOST_NAME
from notalone.feeds.switch import read_switches
from notalone.install import (
    Outcome,
    describe,
    launcher_path,
    launcher_text,
    register,
    remove,
    start_at_login,
    write_host,
    write_manifest,
)

CHROMIUM = f".config/chromium/NativeMessagingHosts/{NATIVE_HOST_NAME}.json"
FIREFOX = f".mozilla/native-messaging-hosts/{NATIVE_HOST_NAME}.json"


pytestmark = pytest.mark.usefixtures("two_programs")


def test_every_browser_found_is_told(home: Home) -> None:
    outcomes = register(home.data, home=home.folder)
    assert [outcome.found.browser.name for outcome in outcomes] == ["Chromium", "Firefox"]
    assert not any(outcome.problem for outcome in outcomes)
    launcher = str(launcher_path(home.data))
    for path in (CHROMIUM, FIREFOX):
        assert json.loads((home.folder / path).read_text())["path"] == launcher


def test_modes_let_nobody_else_write_or_read_settings(home: Home) -> None:
    register(home.data, home=home.folder)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.data.iterdir()}
    assert modes["native-host"] == 0o700
    assert {modes[name] for name in modes if name != "native-host"} == {0o600}
    assert stat.S_IMODE((home.folder / CHROMIUM).stat().st_mode) == 0o644
    for made in (".config", ".config/chromium", ".mozilla"):
        assert stat.S_IMODE((home.folder / made).stat().st_mode) == 0o700


def test_second_time_changes_nothing(home: Home) -> None:
    register(home.data, home=home.folder)
    before = everything_below(home.folder)
    register(home.data, home=home.folder)
    assert everything_below(home.folder) == before


def test_uninstall_takes_back_exactly_what_was_written(home: Home) -> None:
    kept = home.folder / ".config/chromium/NativeMessagingHosts/somebody.else.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    before = everything_below(home.folder)
    register(home.data, home=home.folder)
    register(home.data, home=home.folder)
    native_host.pair(str(home.data), "chrome-extension://" + "a" * 32, known_as=None)
    (home.data / f"{native_host.PAIRINGS}.broken-1").write_text("{")
    compiled(home.data, "host bad.example")
    remove(home.data)
    del before["notalone-data"]  # the folder itself goes too
    assert everything_below(home.folder) == before


def test_uninstall_takes_back_the_folders_above_ours(home: Home) -> None:
    before = everything_below(home.folder)
    data = home.folder / ".local" / "share" / "notalone"
    for _ in range(2):
        register(data, home=home.folder)
    remove(data)
    assert everything_below(home.folder) == before


def test_uninstall_leaves_a_folder_above_ours_that_was_there(home: Home) -> None:
    (home.folder / ".local").mkdir()
    before = everything_below(home.folder)
    data = home.folder / ".local" / "share" / "notalone"
    register(data, home=home.folder)
    remove(data)
    assert everything_below(home.folder) == before


def test_uninstall_leaves_what_it_did_not_write(home: Home) -> None:
    register(home.data, home=home.folder)
    (home.data / "settings.sqlite").write_text("a family's own")
    remove(home.data)
    assert [path.name for path in home.data.iterdir()] == ["settings.sqlite"]


NAMED = ("a" * 32, "b" * 32)


def may_start(home: Home) -> list[str]:
    """The ids that Chromium is told of; its host must know the same."""
    origins = json.loads((home.folder / CHROMIUM).read_text())["allowed_origins"]
    ids = [one.removeprefix("chrome-extension://").removesuffix("/") for one in origins]
    assert json.loads((home.data / native_host.SETTINGS).read_text())["extensions"] == ids
    return ids


def test_named_extension_is_told_to_the_browsers_and_the_host_and_stays(home: Home) -> None:
    register(home.data, home=home.folder)
    assert may_start(home) == [*EXTENSION_IDS]
    register(home.data, home=home.folder, named=NAMED[:1])
    register(home.data, home=home.folder, named=NAMED)
    assert may_start(home) == [*EXTENSION_IDS, *NAMED]
    before = everything_below(home.folder)
    register(home.data, home=home.folder)  # as an update does
    assert everything_below(home.folder) == before


def test_uninstall_forgets_who_was_named(home: Home) -> None:
    before = everything_below(home.folder)
    register(home.data, home=home.folder, named=NAMED)
    remove(home.data, home=home.folder)
    del before["notalone-data"]  # the folder itself goes too
    assert everything_below(home.folder) == before
    register(home.data, home=home.folder)
    assert may_start(home) == [*EXTENSION_IDS]


def test_uninstall_that_keeps_the_settings_keeps_who_was_named(home: Home) -> None:
    register(home.data, home=home.folder, named=NAMED)
    remove(home.data, home=home.folder, keep_settings=True)
    assert extension_ids.named(home.data) == NAMED
    register(home.data, home=home.folder)
    assert may_start(home) == [*EXTENSION_IDS, *NAMED]


def test_wrong_id_on_the_command_line_is_said_and_nothing_is_installed(home: Home) -> None:
    before = everything_below(home.folder)
    done = home.run("install", "--extension-id", NAMED[0], "--extension-id", "*")
    assert done.returncode == 1
    assert "«*» không phải mã tiện ích" in done.stderr
    assert "“*” is no extension id" in done.stderr
    assert everything_below(home.folder) == before


def test_ids_on_the_command_line_are_kept_until_uninstall(home: Home) -> None:
    (home.folder / ".config" / "chromium").mkdir(parents=True)
    named = [word for one in NAMED for word in ("--extension-id", one)]
    done = home.run("install", *named)
    assert done.returncode == 0, done.stderr
    assert may_start(home) == [*EXTENSION_IDS, *NAMED]
    home.run("uninstall")
    assert not home.data.exists()


def test_log_in_script_for_schools_does_what_its_page_says_and_may_be_repeated(home: Home) -> None:
    page = (REPOSITORY / "docs" / "schools.md").read_text("utf-8")
    (script,) = (block for block in page.split("```") if block.startswith("sh\n#!/bin/sh\n"))
    program = f"{shlex.quote(sys.executable)} -m notalone"
    script = script.removeprefix("sh\n").replace("/opt/notalone/bin/notalone", program)
    script = script.replace("YOUR-ID", NAMED[0])
    (home.folder / ".config" / "chromium").mkdir(parents=True)
    for _ in range(2):
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            env=home.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert may_start(home) == [*EXTENSION_IDS, NAMED[0]]
    assert not read_switches(home.data).pulls


def test_uninstall_takes_the_lists_away_that_the_service_pulled(home: Home) -> None:
    register(home.data, home=home.folder)
    (home.data / "lists" / "feeds" / "x").mkdir(parents=True)
    (home.data / "lists" / "feeds" / "x" / "snapshot.tsv").write_text("")
    remove(home.data)
    assert not home.data.exists()


def test_uninstall_may_keep_what_was_set_up(home: Home) -> None:
    register(home.data, home=home.folder)
    start_at_login(home.data, home=home.folder)
    pairing, secret = native_host.pair(
        str(home.data), "chrome-extension://" + "a" * 32, known_as=None
    )
    compiled(home.data, "host bad.example")
    assert pin.change(home.data, "482913", pin=None) == "ok"
    remove(home.data, home=home.folder, keep_settings=True)
    kept = {"format.json", "lists", "pairings.json", "pin.json"}
    assert {path.name for path in home.data.iterdir()} == kept
    assert not (home.folder / ".config").exists()
    register(home.data, home=home.folder)
    assert native_host.read_pairings(str(home.data))[pairing]["secret"] == secret
    assert pin.state(home.data).is_set
    remove(home.data, home=home.folder)
    assert not home.data.exists()


def test_stop_ends_the_service_and_may_be_repeated(home: Home) -> None:
    with running_stub(home):
        for _ in range(2):
            assert home.run("stop").returncode == 0
            assert native_host.running_service(str(home.data)) is None


def test_uninstall_without_install_is_harmless(tmp_path: Path) -> None:
    assert remove(tmp_path / "nowhere") == []


def test_uninstall_ends_a_running_service(home: Home) -> None:
    register(home.data, home=home.folder)
    done = subprocess.run(
        [launcher_path(home.data), "chrome-extension://dkgdplpddlgflnjlobfcfojgednfbakk/"],
        input=native_host.frame(
            {
                "op": "pair",
                "origin": "chrome-extension://dkgdplpddlgflnjlobfcfojgednfbakk",
                "pairing": None,
                "protocol": 1,
            }
        ),
        capture_output=True,
        env={"HOME": str(home.folder), "PATH": "/usr/bin:/bin"},
        timeout=40,
        check=False,
    )
    assert b'"ok": true' in done.stdout
    assert native_host.running_service(str(home.data)) is not None
    remove(home.data)
    assert not home.data.exists()


def test_host_runs_from_a_folder_with_spaces_and_marks(tmp_path: Path) -> None:
    launcher = write_host(tmp_path / "Tài liệu của bé's $HOME")
    done = subprocess.run(
        [launcher],
        input=native_host.frame({"op": "?"}),
        capture_output=True,
        env={"PATH": "/usr/bin:/bin"},
        timeout=20,
        check=False,
    )
    assert b'"bad_request"' in done.stdout
    assert done.stderr == b""


def test_manifest_can_be_put_into_any_profile(tmp_path: Path) -> None:
    path = write_manifest(tmp_path / "profile" / "NativeMessagingHosts", "chromium", tmp_path / "l")
    assert path.name == f"{NATIVE_HOST_NAME}.json"
    assert "allowed_origins" in json.loads(path.read_text())


@pytest.mark.parametrize("name", ("Bé Nở An", "OneDrive - Cá nhân", 'a\'b $HOME %TEMP% "c"'))
def test_folder_of_any_name_is_installed_into_starts_and_is_left_as_it_was(
    tmp_path: Path, name: str
) -> None:
    home = Home(tmp_path / name)
    (home.folder / ".config" / "chromium").mkdir(parents=True)
    before = everything_below(home.folder)
    assert home.run("install").returncode == 0
    assert json.loads((home.folder / CHROMIUM).read_text())["path"] == str(launcher_path(home.data))
    reply = ask_native_host(home, {"op": "pair", "origin": ORIGIN, "pairing": None, "protocol": 1})
    assert "secret" in reply, reply
    assert home.service_pid() is not None
    assert home.run("uninstall").returncode == 0
    del before["notalone-data"]
    wait_for(lambda: not home.processes(), what="the service to end")
    assert {
        path: content
        for path, content in everything_below(home.folder).items()
        if "tmp" not in path
    } == {path: content for path, content in before.items() if "tmp" not in path}


@pytest.mark.parametrize(
    ("outcome", "word"),
    (
        (Outcome(Found(BROWSERS[2], "/usr/bin/chromium"), place="/p"), "connected (/p)"),
        (Outcome(Found(BROWSERS[2], "/snap/bin/chromium"), place="/p"), "with a code"),
        (Outcome(Found(BROWSERS[2], None), problem="Read-only file system"), "Read-only"),
    ),
    ids=("done", "snap", "failed"),
)
def test_each_browser_is_spoken_of_in_both_languages(outcome: Outcome, word: str) -> None:
    (line,) = describe([outcome])
    assert word in line
    assert " · " in line


def test_no_browser_says_what_to_do() -> None:
    vietnamese, english = describe([])
    for line in (vietnamese, english):
        assert f"`{native_host.command()} install`" in line


def test_windows_launcher_keeps_vietnamese_user_names() -> None:
    text = launcher_text(r"C:\Users\Bé Nở 100%\python.exe", platform="win32")
    assert text.splitlines() == [
        "@echo off",
        "chcp 65001 >nul",
        r'"C:\Users\Bé Nở 100%%\python.exe" -IS -u "%~dp0native_host.py" %*',
    ]
    assert "\r\n" in text
    assert "chcp" not in launcher_text(r"C:\python.exe", platform="win32")


def test_windows_launcher_has_a_name_windows_can_start() -> None:
    assert launcher_path(Path("/d"), platform="win32").suffix == ".bat"


def test_windows_is_told_of_every_browser_and_of_the_log_in_and_forgets_all(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(install, "current_platform", lambda: "win32")
    monkeypatch.setattr(
        install,
        "set_registry",
        lambda key, value, *, name="": registry.update({(key, name): value}),
    )
    monkeypatch.setattr(install, "delete_registry", lambda key: registry.pop((key, "")))
    monkeypatch.setattr(
        install, "delete_registry_value", lambda key, name: registry.pop((key, name))
    )
    register(home.data, home=home.folder)
    assert start_at_login(home.data, home=home.folder) == RUN_KEY
    asked = {
        key.removeprefix("Software\\").partition("\\NativeM")[0]
        for key, name in registry
        if not name
    }
    assert asked == {
        r"CocCoc\Browser",
        r"Google\Chrome",
        "Chromium",
        r"Microsoft\Edge",
        r"BraveSoftware\Brave-Browser",
        "Mozilla",
    }, "those too that come later"
    for (_, name), place in registry.items():
        if not name:
            assert json.loads(Path(place).read_text())["path"] == str(launcher_path(home.data))
    assert registry[(RUN_KEY, RUN_NAME)].endswith("-P -m notalone start")
    before = {**registry}
    register(home.data, home=home.folder)
    assert registry == before
    remove(home.data, home=home.folder)
    assert registry == {}
    assert not home.data.exists()


def test_quote_in_a_path_stays_inside_its_quotes() -> None:
    text = launcher_text("/opt/it's/python", platform="linux")
    shown = subprocess.run(
        [
            "/bin/sh",
            "-c",
            text.replace("exec", "echo").replace('"${0%/*}/native_host.py" "$@"', ""),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "/opt/it's/python -IS" in shown.stdout
    assert os.linesep == "\n"


@pytest.mark.parametrize("has_systemd", (True, False))
def test_service_starts_at_login_until_it_is_uninstalled(
    home: Home, tmp_path: Path, has_systemd: bool
) -> None:
    if has_systemd:
        (tmp_path / "bin" / "systemctl").touch(mode=0o755)
    before = everything_below(home.folder)
    register(home.data, home=home.folder)
    place = Path(start_at_login(home.data, home=home.folder))
    written = everything_below(home.folder)
    register(home.data, home=home.folder)
    start_at_login(home.data, home=home.folder)
    assert everything_below(home.folder) == written, "the second time changes nothing"
    (line,) = (one for one in place.read_text().splitlines() if one.startswith("Exec"))
    command = shlex.split(line.partition("=")[2].removeprefix(":"))
    # another account's folders would be noticed: nothing but what stands in the file is handed down
    done = subprocess.run([*command[:-1], "--version"], env={}, capture_output=True, check=True)
    assert b"notalone" in done.stdout
    assert f"NOTALONE_HOME={home.data}" in command
    if has_systemd:
        assert place == home.folder / ".config/systemd/user/notalone.service"
        (link,) = place.parent.glob("default.target.wants/*")
        assert link.resolve() == place.resolve()
    else:
        assert place.parent == home.folder / ".config/autostart"
    remove(home.data, home=home.folder)
    del before["notalone-data"]
    assert everything_below(home.folder) == before


def test_installing_again_ends_the_old_service_and_starts_the_new(home: Home) -> None:
    with running_stub(home) as _:
        old = home.announced()
        done = home.run("install")
        assert done.returncode == 0, done.stderr
        assert "khi đăng nhập" in done.stdout
        new = home.announced()
        assert old is not None
        assert new is not None
        assert new["boot"] != old["boot"]
    assert home.run("uninstall").returncode == 0
    assert not home.data.exists()
    wait_for(lambda: not home.processes(), what="the service to end")


def test_install_starts_nothing_by_itself_where_nothing_ran(home: Home) -> None:
    assert home.run("install").returncode == 0
    assert home.announced() is None
    assert home.processes() == []
