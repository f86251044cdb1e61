"""`make release`: what a person signs, the same bytes each time, and when there is none."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness.packages import copied_sources
from harness.service_process import REPOSITORY
from release import NotReadyError, refuse_changes, version_and_date

COMMAND = (sys.executable, REPOSITORY / ".ci" / "release.py")


def release(
    root: Path, dist: Path, *more: str, umask: int = 0o022
) -> subprocess.CompletedProcess[str]:
    score = root / "score.txt"
    score.write_text("notalone score, 2026-11-23, rules abc\n\nLURES BY SET  warned\n")
    return subprocess.run(
        [*COMMAND, "--root", root, "--dist", dist, "--score", score, *more],
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that a release is made from."""
    folder = copied_sources(tmp_path_factory.mktemp("checkout") / "bản sao")
    shutil.copy(REPOSITORY / "CHANGELOG.md", folder)
    (folder / "requirements").mkdir()
    shutil.copy(REPOSITORY / "requirements" / "run.txt", folder / "requirements")
    return folder


@pytest.fixture(scope="module")
def dist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    setup = folder / "KhongMotMinh-Setup.exe"
    setup.write_bytes(b"MZ")
    done = release(checkout, folder, "--uncommitted", "--setup", str(setup))
    assert done.returncode == 0, done.stderr
    return folder


def test_sums_vouch_for_every_file(dist: Path) -> None:
    lines = [line.split("  ") for line in (dist / "SHA256SUMS").read_text().splitlines()]
    named = {name: digest for digest, name in lines}
    assert set(named) == {path.name for path in dist.iterdir()} - {"SHA256SUMS"}
    for name, digest in named.items():
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == digest
    kinds = {name.rpartition(".")[2] for name in named}
    assert kinds == {"whl", "zip", "json", "exe", "md"}


def test_notes_say_what_changed_and_how_well_it_detects(dist: Path) -> None:
    (notes,) = dist.glob("notes-*.md")
    text = notes.read_text("utf-8")
    changes = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    newest = changes.split("\n## ")[1]
    assert text.startswith("## " + newest.strip().splitlines()[0])
    assert "notalone score, rules abc\n\nLURES BY SET  warned" in text


def test_again_elsewhere_gives_the_same_bytes(checkout: Path, dist: Path, tmp_path: Path) -> None:
    """One file vouches for all: where the sums are the same, everything is."""
    other = tmp_path / "elsewhere"
    shutil.copytree(checkout, other)
    for path in other.rglob("*"):  # another computer: other dates, other rights
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o700)
    (tmp_path / "dist").mkdir()
    setup = shutil.copy(dist / "KhongMotMinh-Setup.exe", tmp_path / "dist")
    done = release(other, tmp_path / "dist", "--uncommitted", "--setup", str(setup), umask=0o077)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "dist" / "SHA256SUMS").read_text() == (dist / "SHA256SUMS").read_text()


def put_versions(folder: Path, *, service: str, extension: str, changes: str) -> None:
    for name, content in (
        ("service/notalone/__init__.py", f'__version__ = "{service}"\n'),
        ("extension/manifest.json", json.dumps({"version": extension})),
        ("CHANGELOG.md", f"# Changelog\n\n## {changes}\n\n- x\n\n## 0.0.1 (2026-01-01)\n"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)


def test_versions_that_agree_have_the_date_of_the_changelog(tmp_path: Path) -> None:
    put_versions(tmp_path, service="1.2.3", extension="1.2.3", changes="1.2.3 (2026-12-24)")
    assert version_and_date(tmp_path) == ("1.2.3", "2026-12-24")


@pytest.mark.parametrize(
    ("service", "extension", "changes"),
    (
        ("1.2.4", "1.2.3", "1.2.3 (2026-12-24)"),
        ("1.2.3", "1.2.4", "1.2.3 (2026-12-24)"),
        ("1.2.3", "1.2.3", "1.2.2 (2026-12-24)"),
        ("1.2.3", "1.2.3", "Unreleased"),
    ),
)
def test_versions_that_do_not_agree_are_named(
    tmp_path: Path, service: str, extension: str, changes: str
) -> None:
    put_versions(tmp_path, service=service, extension=extension, changes=changes)
    with pytest.raises(NotReadyError, match=f"manifest.json        {extension}"):
        version_and_date(tmp_path)


def test_a_computer_without_git_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotReadyError, match=r"git is missing.*install it.*--uncommitted"):
        refuse_changes(tmp_path)


def test_what_is_not_committed_is_refused(tmp_path: Path) -> None:
    git = ("git", "-C", tmp_path, "-c", "user.name=x", "-c", "user.email=x@x.example")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "one.toml").write_text("")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True)
    refuse_changes(tmp_path)
    (tmp_path / "rules" / "more.toml").write_text("")
    with pytest.raises(NotReadyError, match=r"rules/more\.toml"):
        refuse_changes(tmp_path)
