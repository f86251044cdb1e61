"""`notalone check`: read by a person, or streamed to a program, one bad line at a time."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LURE = "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "notalone", "check", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
    )


def stream(*lines: bytes) -> tuple[int, list[dict[str, object]]]:
    done = run("--ndjson", "-", stdin=b"\n".join(lines) + b"\n")
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def as_line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_a_person_reads_the_level_the_words_and_what_to_do() -> None:
    done = run(LURE)
    said = done.stdout.decode()
    assert done.returncode == 0
    assert said.startswith("NGUY HIỂM · DANGER\n")
    assert "«" in said
    assert "→" in said


def test_one_sign_alone_is_told_to_a_maintainer_and_is_no_warning() -> None:
    said = run("Em đừng kể với bố mẹ nhé").stdout.decode()
    assert said.startswith("CHƯA CÓ THÔNG TIN · NO INFORMATION\n")
    assert "SECRECY: " in said


def test_nothing_to_look_at_is_a_wrong_call() -> None:
    assert run("  ").returncode == 2


def test_a_link_is_judged_as_a_link() -> None:
    assert run("http://vnpost-giaohang.example/x").stdout.decode().startswith("NGUY")


def test_a_shortened_link_is_told_of_calmly() -> None:
    said = run("bit.ly/abc").stdout.decode()
    assert said.startswith("CHƯA CÓ THÔNG TIN · NO INFORMATION\n")
    assert "«bit.ly»" in said
    assert "không thấy trước nó dẫn tới đâu" in said
    _, answers = stream(
        as_line(id="1", link="https://bit.ly/abc"), as_line(id="2", text="xem bit.ly/abc nha")
    )
    assert [answer["level"] for answer in answers] == ["no_information"] * 2
    assert all("hides.shortener" in json.dumps(answer["reasons"]) for answer in answers)


def test_answers_come_in_order_and_a_bad_line_costs_only_itself() -> None:
    status, answers = stream(
        as_line(id="1", text=LURE),
        b'{"id": "2", "text": ',
        as_line(id="3", link="http://vnpost-giaohang.example/x"),
        b"[" * 30_000,
        as_line(id="5", text=7),
        as_line(id="6"),
        as_line(id="7", messages=[{"id": "a", "text": "chào"}, {"id": "b", "text": LURE}]),
    )
    assert status == 1
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


def test_all_well_is_status_zero() -> None:
    assert stream(as_line(id="1", text="Mai mấy giờ học?"))[0] == 0


def test_an_error_never_repeats_what_was_written() -> None:
    _, answers = stream(b'{"id": "1", "text": "chimhoangyen8271')
    assert "chimhoangyen8271" not in json.dumps(answers)


@pytest.mark.parametrize("arguments", ((), ("a", "--ndjson", "-"), ("--ndjson", "/does/not/exist")))
def test_a_wrong_call_is_status_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2
