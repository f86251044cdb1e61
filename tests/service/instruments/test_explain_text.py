"""An explanation as a maintainer reads it who does not program."""

from __future__ import annotations

import functools
import re

import pytest

from harness.rule_folder import SHIPPED, write_rules
from harness.service_process import REPOSITORY
from notalone.instruments.conversation_file import Conversation, read_conversations
from notalone.instruments.explain import Explainer
from notalone.instruments.explain_text import WIDTH, describe
from notalone.instruments.explain_words import Language
from notalone.model import Message, highest

TRAP = (
    "Anh là công an",
    ">dạ em nghe",
    "K dc kể vs ai",
    ">để em hỏi mẹ",
    "Chuyển 5 triệu ngay hôm nay",
    "Trời đẹp ghê",
)


@pytest.fixture(scope="module")
def explainer(tmp_path_factory: pytest.TempPathFactory) -> Explainer:
    return Explainer(write_rules(tmp_path_factory.mktemp("explain_text")))


@functools.cache
def of_what_we_ship() -> Explainer:
    return Explainer(SHIPPED)


def told(
    explainer: Explainer, *lines: str, title: str = "", language: Language = "vi"
) -> list[str]:
    messages = tuple(
        Message(str(number), line.removeprefix(">"), line.startswith(">"))
        for number, line in enumerate(lines, 1)
    )
    conversation = Conversation(title, messages)
    return list(describe(conversation, explainer.explain(messages), language=language))


def one(lines: list[str], words: str) -> str:
    """The one line that holds *words*."""
    (line,) = (line for line in lines if words in line)
    return line


def test_the_sum_can_be_added_up_by_hand(explainer: Explainer) -> None:
    lines = told(explainer, *TRAP)
    start = next(n for n, line in enumerate(lines) if line.startswith("CỘNG LẠI"))
    end = next(n for n, line in enumerate(lines) if line.strip() == "──")
    weights = [int(line.split()[0]) for line in lines[start + 1 : end]]
    assert weights == [1, 3, 2]
    assert lines[end + 1].split()[:2] == ["6", "điểm:"]


def test_the_level_the_line_and_the_lure_are_told_in_words(explainer: Explainer) -> None:
    lines = told(explainer, *TRAP)
    assert one(lines, "KẾT LUẬN").startswith(
        "KẾT LUẬN: NGUY HIỂM, nhắc từ tin 3. Tin này có thể giả công an"
    )
    assert one(lines, "giữ kín + đòi").endswith("đạt, dư 1 điểm")
    assert one(lines, "một dấu hiệu nặng 4").endswith("thiếu 1 điểm")


def test_only_messages_with_something_in_them_are_shown(explainer: Explainer) -> None:
    lines = told(explainer, *TRAP)
    assert [line.split(" (")[0] for line in lines if line.startswith("TIN ")] == [
        "TIN 1",
        "TIN 3",
        "TIN 5",
    ]
    assert "3 tin khác: không thấy gì." in lines
    assert not any("Trời đẹp" in line for line in lines)


def test_short_forms_are_shown_with_what_they_stand_for(explainer: Explainer) -> None:
    line = one(told(explainer, *TRAP), "đã hiểu:")
    assert line.split(":")[1].strip() == "K → không, dc → được, vs → với"


def test_a_message_read_as_typed_is_not_repeated(explainer: Explainer) -> None:
    assert not any("đọc là:" in line for line in told(explainer, "Đừng kể với ai"))
    assert not any("bỏ dấu:" in line for line in told(explainer, "dung ke voi ai"))


@pytest.mark.parametrize(
    ("text", "said"),
    (
        ("Lưu ý đừng kể với ai", "có «Lưu ý» trong cùng câu: bớt 3, còn 0"),
        ("Đừng kể với ai, sinh nhật mà", "có «sinh nhật» trong cùng câu: bớt 2, còn 1"),
        ("chuyen 5tr", "quá ít chữ, gõ không dấu, có thể là từ khác: bớt 1, còn 1"),
        ("Không cung cấp mật khẩu", "có «Không» đứng trước: câu phủ định, không tính"),
        ("Kẻ gian bảo gửi mật khẩu", "có «Kẻ gian» trong câu: lời cảnh báo hoặc kể lại"),
        ("Viện kiểm sát đây", "mẫu câu còn là bản nháp (draft): chưa tính"),
        ("Lưu ý chuyển 5 triệu", "có «Lưu ý» trong cùng câu, nhưng còn có lời đòi tiền"),
        (">đừng kể với ai", "chỉ tính trong lời người kia, không tính lời bạn trẻ"),
        (">có người dọa em", "bạn trẻ kể chuyện đang xảy ra với mình"),
    ),
)
def test_why_a_sign_counts_less_is_told(text: str, said: str, explainer: Explainer) -> None:
    assert any(line.strip().startswith(said) for line in told(explainer, text))


def test_a_child_that_tells_is_offered_help_and_no_level(explainer: Explainer) -> None:
    lines = told(explainer, ">có người dọa em")
    assert "KẾT LUẬN: CHƯA ĐỦ ĐỂ NHẮC" in lines
    assert one(lines, "MỞ LỜI GIÚP") == (
        "MỞ LỜI GIÚP: Bạn kể có người đang dọa bạn. Kể với người bạn tin."
    )


def test_help_stands_beside_a_warning_too(explainer: Explainer) -> None:
    lines = told(explainer, *TRAP, ">có người dọa em")
    assert "KẾT LUẬN: NGUY HIỂM" in one(lines, "KẾT LUẬN")
    assert "MỞ LỜI GIÚP: có, ngay bên lời nhắc" in lines


def test_an_address_says_its_own_level(explainer: Explainer) -> None:
    lines = told(explainer, "Vào http://vnpost-giaohang.example/x nhé")
    assert one(lines, "tự nó").strip() == "đường link này tự nó đã là: NGUY HIỂM"
    assert "(vì đường link ở trên)" in one(lines, "KẾT LUẬN")


def test_nothing_seen_is_said(explainer: Explainer) -> None:
    lines = told(explainer, "Mai đi học nha")
    assert any(line.strip() == "Không thấy dấu hiệu nào." for line in lines)
    assert lines[-1] == "KẾT LUẬN: CHƯA ĐỦ ĐỂ NHẮC"


def test_a_file_stands_at_the_end_of_its_line(explainer: Explainer) -> None:
    lines = told(explainer, "Đừng kể với ai")
    assert one(lines, "any/secrecy.toml").endswith("any/secrecy.toml")
    assert "Tin này bảo bạn giữ kín." in one(lines, "any/secrecy.toml")


def test_a_sum_on_the_way_names_its_lure_where_the_result_has_another() -> None:
    lines = told(
        of_what_we_ship(),
        "Tuyển cộng tác viên làm nhiệm vụ online, ngày kiếm 500k, nạp trước 200k kích hoạt",
        "Công an đây. Vụ án này bảo mật, em không được kể với bố mẹ",
        "Chuyển hết tiền vào tài khoản tạm giữ để xác minh, nếu không sẽ có lệnh bắt",
    )
    first, *_, last = (line for line in lines if "cộng đến đây" in line)
    assert first.endswith("(lúc này giống bẫy task_scam hơn)")
    assert "giống bẫy" not in last


def test_what_is_missing_is_joined_by_and(explainer: Explainer) -> None:
    lines = told(explainer, "Đừng kể với ai")
    assert one(lines, "2 dấu hiệu; ").endswith("thiếu 1 dấu hiệu và 2 điểm")


@pytest.mark.parametrize("language", ("vi", "en"))
@pytest.mark.parametrize(
    "lines",
    (
        TRAP,
        ("Đừng kể với ai " * 40,),
        ("x" * 500 + " đừng kể với ai",),
        ("\x1b[31mđừng kể với ai\x1b[0m\r\n\tnha",),
        (">đừng kể với ai", "🙂" * 90 + " chuyển 5 triệu"),
        ("Đừng kể với ai, chuyển 5 triệu",),
    ),
)
def test_no_line_is_wider_than_a_terminal_or_moves_its_cursor(
    lines: tuple[str, ...], language: Language, explainer: Explainer
) -> None:
    for line in told(explainer, *lines, title="chat", language=language):
        assert len(line) <= WIDTH, line
        assert line.isprintable()
        assert line == line.rstrip()


def test_english_says_the_same(explainer: Explainer) -> None:
    lines = told(explainer, *TRAP, language="en")
    assert one(lines, "RESULT").startswith("RESULT: DANGER, warns from message 3. This may be")
    assert "This message tells you to keep it secret." in " ".join(lines)
    assert "bắt giữ kín" not in " ".join(lines)


def test_every_explanation_of_the_corpus_adds_up() -> None:
    explainer = of_what_we_ship()
    for path in sorted((REPOSITORY / "tests" / "corpus").rglob("*.toml"))[::36]:
        (conversation,) = read_conversations(str(path))
        explanation = explainer.explain(conversation.messages)
        weighed = explanation.weighed
        signs = [sign for one in explanation.messages for sign in one.signs]
        counted = sum(sign.counted for sign in signs if sign.fate == "counted")
        assert counted + weighed.pattern.own_points == weighed.pattern.points, path
        links = [sign.link_level for sign in signs if sign.link_level is not None]
        reached = [line.level for line in explanation.lines if line.is_reached]
        by_cues = highest(*links, *reached)
        assert (by_cues == weighed.level) is not weighed.is_lowered, path
        assert all(len(line) <= WIDTH for line in describe(conversation, explanation)), path


def test_the_samples_in_the_guide_are_what_is_printed() -> None:
    """But for per cents, which every training shifts."""
    explainer = of_what_we_ship()
    guide = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    samples = re.findall(
        r'```\n\$ notalone rules explain "([^"]+)"\n(.*?)\n```', guide, flags=re.DOTALL
    )
    assert len(samples) >= 2
    for text, shown in samples:
        talk = (Message("1", text),)
        printed = "\n".join(describe(Conversation("", talk), explainer.explain(talk)))
        assert _without_per_cents(printed) == _without_per_cents(shown)


def _without_per_cents(text: str) -> str:
    return re.sub(r"\s*\d+\s+%", " %", text)
