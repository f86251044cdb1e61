"""`notalone check`: read by a person, or streamed to a program, one bad line at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import shipped
from notalone import check_command

Line = dict[str, object]
LURE = "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "notalone", "check", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What is printed for one text, in this process: it need not read the rules again."""
    monkeypatch.setattr(check_command, "build_checker", shipped.checker)

    def say(text: str, *, status: int = 0) -> str:
        assert check_command.check_one(text) == status
        return capsys.readouterr().out

    return say


@pytest.fixture
def stream(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, list[Line]]]:
    """The status and the answers to a file of these lines, in this process."""
    monkeypatch.setattr(check_command, "build_checker", shipped.checker)

    def answer(*lines: bytes) -> tuple[int, list[Line]]:
        path = tmp_path / "lines.ndjson"
        path.write_bytes(b"\n".join(lines) + b"\n")
        status = check_command.check_stream(str(path))
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return answer


def as_line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_a_person_reads_the_level_the_words_and_what_to_do() -> None:
    done = run(LURE)
    said = done.stdout.decode()
    assert done.returncode == 0
    assert said.startswith("NGUY HIỂM · DANGER\n")
    assert "«" in said
    assert "→" in said


def test_one_sign_alone_is_told_to_a_maintainer_and_is_no_warning(
    said: Callable[..., str],
) -> None:
    told = said("Em đừng kể với bố mẹ nhé")
    assert told.startswith("CHƯA CÓ THÔNG TIN · NO INFORMATION\n")
    assert "SECRECY: " in told


def test_nothing_to_look_at_is_a_wrong_call_for_which_no_rule_is_read(
    said: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(check_command, "build_checker", pytest.fail)
    assert said("  ", status=2) == ""
    assert check_command.check_stream(str(tmp_path / "nowhere")) == 2


def test_a_link_is_judged_as_a_link(said: Callable[..., str]) -> None:
    assert said("http://vnpost-giaohang.example/x").startswith("NGUY")


def test_a_shortened_link_is_told_of_calmly(
    said: Callable[..., str], stream: Callable[..., tuple[int, list[Line]]]
) -> None:
    told = said("bit.ly/abc")
    assert told.startswith("CHƯA CÓ THÔNG TIN · NO INFORMATION\n")
    assert "«bit.ly»" in told
    assert "không thấy trước nó dẫn tới đâu" in told
    _, answers = stream(
        as_line(id="1", link="https://bit.ly/abc"), as_line(id="2", text="xem bit.ly/abc nha")
    )
    assert [answer["level"] for answer in answers] == ["no_information"] * 2
    assert all("hides.shortener" in json.dumps(answer["reasons"]) for answer in answers)


def test_answers_come_in_order_and_a_bad_line_costs_only_itself() -> None:
    lines = (
        as_line(id="1", text=LURE),
        b'{"id": "2", "text": ',
        as_line(id="3", link="http://vnpost-giaohang.example/x"),
        b"[" * 30_000,
        as_line(id="5", text=7),
        as_line(id="6"),
        as_line(id="7", messages=[{"id": "a", "text": "chào"}, {"id": "b", "text": LURE}]),
    )
    done = run("--ndjson", "-", stdin=b"\n".join(lines) + b"\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [answer.get("id", answer.get("line")) for answer in answers] == [
        "1",
        2,
        "3",
        4,
        5,
        6,
        "7",
    ]
    assert [answer.get("level") for answer in answers] == [
        "danger", None, "danger", None, None, None, "danger",
    ]  # fmt: skip
    assert answers[-1]["levels"] == {"a": "no_information", "b": "danger"}
    assert answers[-1]["by_message"] == "b"


def test_all_well_is_status_zero(stream: Callable[..., tuple[int, list[Line]]]) -> None:
    assert stream(as_line(id="1", text="Mai mấy giờ học?"))[0] == 0


def test_an_error_never_repeats_what_was_written(
    stream: Callable[..., tuple[int, list[Line]]],
) -> None:
    _, answers = stream(b'{"id": "1", "text": "chimhoangyen8271')
    assert "chimhoangyen8271" not in json.dumps(answers)


@pytest.mark.parametrize("arguments", ((), ("a", "--ndjson", "-"), ("--ndjson", "/does/not/exist")))
def test_a_wrong_call_is_status_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2
