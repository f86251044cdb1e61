"""`notalone rules`: the rules we ship have nothing to mend, and a mistake is status 1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.rule_folder import write_rules
from notalone.errors import SetupError
from notalone.instruments import rules_command
from notalone.instruments.explain_words import Language
from notalone.instruments.new_cue import Given
from notalone.lists import ALLOWED_COLUMNS, BLOCKED_COLUMNS

RULES = Path(__file__).resolve().parents[3] / "rules"


def test_the_rules_we_ship_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    status = rules_command.lint("en")
    assert status == 0, capsys.readouterr().out


def test_every_example_we_ship_holds(capsys: pytest.CaptureFixture[str]) -> None:
    status = rules_command.test("en")
    assert status == 0, capsys.readouterr().out


CUE = """\
id = "any.{name}"
signal = "SECRECY"
status = "{status}"
lang = "vi"
phrases = [{phrases}]
match = ["Đừng kể với ai", "dung ke voi ai"]
no_match = ["Kể với mẹ đi"]
references = ["https://example.test/report"]
added = 2026-11-22
"""
TALK = """\
id = "ordinary/one"
label = "benign"
[[messages]]
text = "Sinh nhật mẹ, đừng kể với ai nha"
"""


class Checkout:
    """A checkout with one cue, and one harmless conversation that it hits."""

    def __init__(self, folder: Path) -> None:
        self.rules = write_rules(folder, {})
        (self.rules / "domains").unlink()  # the shipped lists name lures that are not here
        (self.rules / "domains").mkdir()
        for name, columns in (("blocked", BLOCKED_COLUMNS), ("allowed", ALLOWED_COLUMNS)):
            path = self.rules / "domains" / f"{name}.csv"
            path.write_text(",".join(columns) + "\n", "utf-8")
        (folder / "tests" / "corpus").mkdir(parents=True)
        (folder / "tests" / "corpus" / "one.toml").write_text(TALK, "utf-8")

    def write(self, name: str, *phrases: str, status: str = "stable") -> None:
        listed = ", ".join(f'"{phrase}"' for phrase in phrases)
        text = CUE.format(name=name, status=status, phrases=listed)
        (self.rules / "lures" / "any" / f"{name}.toml").write_text(text, "utf-8")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    made = Checkout(tmp_path)
    monkeypatch.setenv("NOTALONE_RULES", str(made.rules))
    return made


def test_lint_says_mistakes_first_and_the_sum_last(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.write("one", "đừng kể với ai", "chuyện này giấu kín", "chuyển tiền hôm nay")
    place = "rules/lures/any/one.toml"
    assert rules_command.lint("vi") == 1
    assert capsys.readouterr().out.splitlines() == [
        "PHẢI SỬA",
        f"{place}:5:54: 'chuyển tiền hôm nay' không bao giờ khớp: 'chuyển tiền hôm nay' được đọc là"
        " 'chuyển tiền <time>'",
        "    → viết đúng như nó được đọc, hoặc bỏ đi",
        "",
        "NÊN XEM LẠI, chưa hẳn là lỗi",
        f"{place}:5:1: any.one (3 điểm) khớp trong 1 cuộc trò chuyện vô hại: ordinary/one"
        " ('đừng kể với ai')",
        "    → thu hẹp cụm từ; nếu lời lừa và lời thường đều viết vậy thì để nguyên",
        "",
        "GHI CHÚ",
        "rules/lures: 2 trong 3 cụm từ chưa có câu ví dụ nào khớp, nhiều nhất ở any.one (2)",
        "    → thêm câu ví dụ, hoặc bỏ cụm từ",
        "",
        "1 mẫu câu, 2 kiểu bẫy: 1 chỗ phải sửa, 1 chỗ nên xem lại, 1 ghi chú",
    ]
    assert rules_command.lint("en") == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.isupper() or ", no mistakes" in line] == [
        "TO MEND",
        "WORTH A LOOK, no mistakes",
        "NOTES",
    ]
    assert lines[2] == "    → write it as it is read, or take it out"
    assert lines[-1] == "1 cue, 2 lures: 1 to mend, 1 worth a look, 1 note"


def test_of_the_files_that_are_named_only_theirs_is_said(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.write("mine", "chuyện này … giấu kín", "đừng kể với ai hết")
    checkout.write("other", "đừng kể với ai", "chuyển tiền hôm nay")
    (checkout.rules / "lures" / "any" / "broken.toml").write_text('id = "any.broken"\n', "utf-8")
    place = "rules/lures/any/mine.toml"
    assert rules_command.lint("en", ["any.mine"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "TO MEND",
        f"{place}:5:38: 'đừng kể với ai hết' says nothing that 'đừng kể với ai' does not say"
        " already (rules/lures/any/other.toml:5:13)",
        "    → take it out",
        "",
        "NOTES",
        f"{place}: 2/2 phrases are hit by no example: 'chuyện này … giấu kín', 'đừng kể với ai"
        " hết'",
        "    → give them examples, or take them out",
        "",
        "1 file: 1 to mend, 0 worth a look, 1 note",
    ]
    assert rules_command.lint("vi", ["any/other.toml", place]) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("2 tệp: 2 chỗ phải sửa, 1 chỗ nên")


def test_all_mistakes_of_a_cue_are_said_at_once(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.write("mine", "giữ kín giúp anh", "chuyển tiền hôm nay")
    path = checkout.rules / "lures" / "any" / "mine.toml"
    written = path.read_text("utf-8").replace("any.mine", "any.me").replace("SECRECY", "SECRET")
    path.write_text(written.replace("https://example.test/report", "…"), "utf-8")
    assert rules_command.lint("vi", ["any/mine.toml"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0][-4:] for line in lines if line.startswith("rules/")] == [
        "1:1:",
        "2:1:",
        "8:1:",
    ]


def test_a_missing_reference_hides_no_dead_phrase(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.write("mine", "giữ kín giúp anh", "chuyển tiền hôm nay")
    path = checkout.rules / "lures" / "any" / "mine.toml"
    path.write_text(path.read_text("utf-8").replace("https://example.test/report", "…"), "utf-8")
    assert rules_command.lint("vi", ["any.mine"]) == 1
    assert "1 tệp: 2 chỗ phải sửa" in capsys.readouterr().out


def test_what_is_only_worth_a_look_is_no_mistake(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.write("one", "đừng kể với ai")
    assert rules_command.lint("vi") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "NÊN XEM LẠI, chưa hẳn là lỗi"
    assert lines[-1] == "1 mẫu câu, 2 kiểu bẫy: 0 chỗ phải sửa, 1 chỗ nên xem lại, 0 ghi chú"


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_tried(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.write("one", "đừng kể với ai")
    (checkout.rules / "lures" / "any" / "broken.toml").write_text('id = "any.broken"\n', "utf-8")
    assert rules_command.lint("vi") == 1
    assert capsys.readouterr().out.splitlines() == [
        "PHẢI SỬA",
        "rules/lures/any/broken.toml:1:1: thiếu signal, status, lang, phrases, match, no_match,"
        " references, added",
        "    → mỗi tên thêm một dòng, như trong các tệp bên cạnh",
        "",
        "Chưa thử cụm từ nào: sửa xong các lỗi trên rồi chạy lại.",
        "1 mẫu câu, 2 kiểu bẫy: 1 chỗ phải sửa, 0 chỗ nên xem lại, 0 ghi chú",
    ]
    assert rules_command.lint("en") == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "No phrase was tried yet: mend what stands above, then run this again.",
        "1 cue, 2 lures: 1 to mend, 0 worth a look, 0 notes",
    ]


def test_a_mistake_in_how_people_speak_is_told(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    path = checkout.rules / "speaking.toml"
    shipped = (RULES / "speaking.toml").read_text("utf-8")
    path.unlink()  # a link to what we ship
    path.write_text(shipped.replace("<name> (kính)?", "<name> ((kính)?"), "utf-8")
    assert rules_command.lint("vi") == 1
    assert "rules/speaking.toml:" in capsys.readouterr().out


@pytest.mark.parametrize("run", (rules_command.lint, rules_command.test), ids=("lint", "test"))
def test_a_mistake_in_a_feed_is_told(
    run: Callable[[Language], int], checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout.rules / "feeds.toml").unlink()
    (checkout.rules / "feeds.toml").write_text('[openphish]\nname = "OpenPhish"\n', "utf-8")
    assert run("en") == 1
    assert "rules/feeds.toml:1:" in capsys.readouterr().out


def test_examples_that_do_not_hold_come_first_and_the_sum_last(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.write("one", "đừng kể với ai")
    checkout.write("two", "giữ bí mật nha", status="draft")
    place = "rules/lures/any/two.toml:6"
    assert rules_command.test("vi") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{place}:11: any.two không nhận ra 'Đừng kể với ai'",
        "    → nới một cụm từ",
        f"{place}:29: any.two không nhận ra 'dung ke voi ai'",
        "    → nới một cụm từ",
        "1 mẫu câu còn là bản nháp: chưa nhắc ai, đến khi status là test hoặc stable.",
        "6 câu ví dụ của 2 mẫu câu: 2 chỗ phải sửa",
    ]
    assert rules_command.test("en") == 1
    assert capsys.readouterr().out.splitlines()[-4:] == [
        f"{place}:29: 'dung ke voi ai' is not matched by any.two",
        "    → widen a phrase",
        "Drafts: 1. They warn nobody until their status is test or stable.",
        "6 examples of 2 cues: 2 to mend",
    ]


@pytest.fixture
def small_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_rules(tmp_path)
    monkeypatch.setenv("NOTALONE_RULES", str(root))
    return root


@pytest.mark.usefixtures("small_rules")
def test_a_message_is_explained_in_vietnamese_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_command.explain("Đừng kể với ai, chuyển 5 triệu") == 0
    assert "KẾT LUẬN: NGUY HIỂM" in capsys.readouterr().out
    assert rules_command.explain("Đừng kể với ai, chuyển 5 triệu", language="en") == 0
    assert "RESULT: DANGER" in capsys.readouterr().out


@pytest.mark.usefixtures("small_rules")
def test_every_conversation_of_a_file_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chats = tmp_path / "chats.jsonl"
    chats.write_text('{"messages": [{"text": "a"}]}\n{"messages": [{"text": "b"}]}\n', "utf-8")
    assert rules_command.explain(str(chats)) == 0
    assert capsys.readouterr().out.count("KẾT LUẬN") == 2


@pytest.mark.usefixtures("small_rules")
def test_an_explanation_is_drawn_into_a_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert rules_command.explain("Đừng kể với ai", html=page) == 0
    assert "<mark" in page.read_text("utf-8")


@pytest.mark.usefixtures("small_rules")
def test_bytes_that_were_no_utf8_are_drawn_too(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert rules_command.explain("Đừng kể \udcff với ai", html=page) == 0
    assert "với ai" in page.read_text("utf-8")


@pytest.mark.parametrize("name", ("signals.toml", "missing/page.html"))
def test_a_drawing_never_lands_on_a_rule_or_nowhere(name: str, small_rules: Path) -> None:
    before = (small_rules / "signals.toml").read_bytes()
    with pytest.raises(SetupError):
        rules_command.explain("Đừng kể với ai", html=small_rules / name)
    assert (small_rules / "signals.toml").read_bytes() == before


@pytest.mark.usefixtures("small_rules")
def test_in_a_pipe_nothing_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_command.new(Given()) == 2
    assert "missing: --lure" in capsys.readouterr().out
