"""What of the engine cannot be read is named and takes nothing else with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notalone.checker import build_checker
from notalone.config import rules_dir
from notalone.model import CheckRequest, Message

SECRECY = "Vụ án này bảo mật, em không được kể với bố mẹ"
PAY = "chuyển hết tiền vào tài khoản tạm giữ"
CUT_SHORT = (rules_dir() / "classifier.npz").read_bytes()[:5000]


@pytest.mark.parametrize(
    ("file", "content"),
    (
        pytest.param("lures/any/half.toml", b'id = "any.half', id="a cue"),
        pytest.param("classifier.npz", CUT_SHORT, id="what was learnt"),
        pytest.param("speaking.toml", b"title = [", id="how people speak"),
    ),
)
def test_what_cannot_be_read_is_named_and_takes_no_cue_with_it(
    file: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rules_dir(), folder)
    (folder / file).write_bytes(content)
    monkeypatch.setenv("NOTALONE_RULES", str(folder))
    checker = build_checker()
    said = CheckRequest(messages=(Message("1", f"{SECRECY}, {PAY}"),))
    assert checker.check(said).conversation.level == "danger"
    assert [error.at.path.as_posix() for error in checker.errors] == [f"rules/{file}"]


def test_a_message_that_holds_no_rules_words_is_answered_without_spacy() -> None:
    code = (
        "import sys; from notalone.checker import build_checker\n"
        "from notalone.model import CheckRequest, Message\n"
        "checker = build_checker()\n"
        f"for text in ('Mai lớp mình học bù tiết Toán lúc 7h nhé các bạn', {SECRECY!r}):\n"
        "    asked = CheckRequest(messages=(Message('1', text, False),))\n"
        "    print(bool(checker.see(asked.messages)[0].findings), 'spacy' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["False", "False", "True", "True"]


def test_the_service_imports_spacy_before_anybody_needs_it(tmp_path: Path) -> None:
    code = (
        "import sys; from notalone.checker import build_checker\n"
        "checker = build_checker(serves=True)\n"
        "import atexit\n"  # what runs then has waited for the threads
        "atexit.register(lambda: print('spacy' in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "NOTALONE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.split() == ["True"]
