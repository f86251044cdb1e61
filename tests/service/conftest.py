"""What several tests beside this file ask for."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def two_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A computer on which Chromium and Firefox are the only programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("chromium", "firefox"):
        (folder / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", f"{folder}")
    for name in ("XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
