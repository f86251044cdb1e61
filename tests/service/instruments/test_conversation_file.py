"""A maintainer's conversation, in whichever form it lies about."""

from __future__ import annotations

from pathlib import Path

import pytest

from notalone.config import LIMITS
from notalone.errors import SetupError
from notalone.instruments.conversation_file import Conversation, read_conversations


def told(conversation: Conversation) -> list[tuple[str, bool | None]]:
    return [(message.text, message.from_me) for message in conversation.messages]


def test_a_text_is_one_message_whose_author_nobody_knows() -> None:
    (conversation,) = read_conversations("  Đừng kể ai.\nGửi mã đi ")
    assert told(conversation) == [("Đừng kể ai.\nGửi mã đi", None)]
    assert conversation.title == ""


@pytest.mark.parametrize("text", ("x" * 5000, "có \x00 gì", "hỏi e.txt nha"))
def test_a_text_that_can_be_no_file_name_is_a_text(text: str) -> None:
    (conversation,) = read_conversations(text)
    assert told(conversation) == [(text[: LIMITS.text_chars], None)]


FORMS = {
    "chat.txt": "Chào em\n\n> dạ\n>ai đó ạ\nAnh là công an\n",
    "chat.toml": 'id = "a/b"\n'
    '[[messages]]\ntext = "Chào em"\nfrom_me = false\n[[messages]]\ntext = "dạ"\nfrom_me = true\n'
    '[[messages]]\ntext = "ai đó ạ"\nfrom_me = true\n'
    '[[messages]]\ntext = "Anh là công an"\nfrom_me = false\n',
    "chat.jsonl": '{"id": "x", "label": "lure", "messages": [{"id": "1", "text": "Chào em", '
    '"from_me": false}, {"text": "dạ", "from_me": true}, {"text": "ai đó ạ", "from_me": true}, '
    '{"text": "Anh là công an", "from_me": false}]}\n',
}


@pytest.mark.parametrize("name", sorted(FORMS))
@pytest.mark.parametrize("mark", ("", "\ufeff"), ids=("plain", "as Notepad saves it"))
def test_every_form_tells_the_same(name: str, mark: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(mark + FORMS[name], "utf-8")
    (conversation,) = read_conversations(str(tmp_path / name))
    assert told(conversation) == [
        ("Chào em", False),
        ("dạ", True),
        ("ai đó ạ", True),
        ("Anh là công an", False),
    ]


def test_a_file_may_hold_several_conversations(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text('{"messages": [{"text": "a"}]}\n\n{"messages": [{"text": "b"}]}\n', "utf-8")
    assert [told(each) for each in read_conversations(str(path))] == [[("a", None)], [("b", None)]]


def test_only_what_the_extension_would_send_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n".join(f"tin {n}" for n in range(1, LIMITS.messages + 4)), "utf-8")
    (conversation,) = read_conversations(str(path))
    assert len(conversation.messages) == LIMITS.messages
    assert conversation.left_out == 3
    assert (conversation.messages[0].id, conversation.messages[0].text) == ("4", "tin 4")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    (
        ("bad.toml", b"messages = [", "bad.toml: "),
        ("none.toml", b'id = "x"', "none.toml: Object missing required field `messages`"),
        ("bad.jsonl", b'{"messages": [{"text": "a"}]}\n{"messages": 7}', "bad.jsonl:2: Expected"),
        ("deep.json", b"[" * 20_000, "deep.json:1: "),
        ("empty.txt", b"\n > \n", "empty.txt: holds no message"),
        ("latin.txt", "mã".encode("latin-1"), "latin.txt: cannot be read (UnicodeDecodeError)"),
    ),
)
def test_a_file_that_cannot_be_read_is_named(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SetupError, match=r".") as caught:
        read_conversations(str(tmp_path / name))
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_no_message(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no such file"):
        read_conversations(str(tmp_path / "chat.toml"))
