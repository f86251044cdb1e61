"""The pipeline as the extension sees it: links at once, messages when the engine stands."""

from __future__ import annotations

import datetime
import gc
import shutil
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import shipped
from harness.compiled_lists import PULLED, compile_rows, compiled
from notalone.checker import Checker, build_checker
from notalone.compiled import CompiledList, CurrentList
from notalone.config import rules_dir
from notalone.detectors import load_link_rules
from notalone.engine import Engine
from notalone.feeds.store import Store, compiled_folder
from notalone.glossary import load_glossary
from notalone.model import CheckRequest, Link, LinkFinding, ListsState, Message

SECRECY = "Vụ án này bảo mật, em không được kể với bố mẹ"
PAY = "chuyển hết tiền vào tài khoản tạm giữ"
LISTED = "http://vnpost-giaohang.example/nhan-hang"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return shipped.checker()


def messages(*texts: str) -> CheckRequest:
    return CheckRequest(messages=tuple(Message(str(i), text) for i, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("text", "level"),
    (
        (f"{SECRECY}, {PAY}", "danger"),
        ("vu an nay bao mat, em khong duoc ke voi bo me, chuyen het tien vao tai khoan tam giu",
         "danger"),
        ("vu an nay bao mat, e k dc ke vs bme, ck het tien vao tk tam giu", "danger"),
        ("Đừng nói với bố nhé con, mai sinh nhật bố rồi, mẹ con mình làm bánh", "no_information"),
        ("VCB: ma OTP cua quy khach la 482913. Tuyet doi khong cung cap ma nay cho bat ky ai.",
         "no_information"),
    ),
)  # fmt: skip
def test_the_five_of_the_promise(checker: Checker, text: str, level: str) -> None:
    assert checker.check(messages(text)).conversation.level == level


def test_a_lure_over_several_messages_is_one_lure(checker: Checker) -> None:
    reply = checker.check(messages("Chào em", SECRECY, "vâng", PAY))
    assert [verdict.level for verdict in reply.messages] == ["no_information"] * 4
    assert reply.conversation.level == "danger"
    assert reply.conversation.lure == "fake_authority"


def test_own_messages_accuse_nobody(checker: Checker) -> None:
    request = CheckRequest(messages=(Message("1", f"{SECRECY}, {PAY}", from_me=True),))
    assert checker.check(request).conversation.level == "no_information"


def test_a_listed_link_is_danger_alone_and_inside_a_message(checker: Checker) -> None:
    alone = checker.check(CheckRequest(links=(Link("1", LISTED),)))
    assert alone.links[0].level == "danger"
    inside = checker.check(messages(f"Hàng của bạn ở đây {LISTED} nhé")).conversation
    assert inside.level == "danger"
    assert inside.reasons[0].quote == "vnpost-giaohang.example"


@pytest.mark.parametrize(
    "url", ("javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "", "//")
)
def test_what_is_no_web_address_is_no_information(checker: Checker, url: str) -> None:
    assert checker.check(CheckRequest(links=(Link("1", url),))).links[0].level == "no_information"


WINDOW = (
    ("Chào em", False),
    ("Tôi là công an", None),
    (SECRECY, False),
    ("em không kể ai đâu, họ dọa bắt em", True),
    (PAY, None),
    ("nhanh lên", False),
)


@settings(max_examples=25)
@given(
    pieces=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=3),
    authors=st.permutations([True, False, None]),
)
def test_the_verdict_depends_on_the_window_alone(
    pieces: list[tuple[int, int]], authors: list[bool | None]
) -> None:
    window = CheckRequest(messages=tuple(Message(str(i), *row) for i, row in enumerate(WINDOW)))
    fresh, used = _fresh(), shipped.checker()
    for start, end in pieces:  # what was asked before, and is cached, changes nothing
        used.check(CheckRequest(messages=window.messages[start:end]))
    for author in authors:
        used.check(
            CheckRequest(messages=(Message("x", PAY, author), Message("y", SECRECY, author)))
        )
    assert used.check(window).conversation == fresh.check(window).conversation


def _fresh() -> Checker:
    """A checker that remembers nothing, on the engine of the other."""
    other = shipped.checker()
    return Checker(other._glossary, other._links, other._engine, today=other._today)


def test_links_are_answered_while_the_engine_is_still_loading() -> None:
    folder = rules_dir()
    book = load_glossary(folder)
    never: Future[Engine] = Future()
    checker = Checker(book, load_link_rules(folder, lures=book.lures), never)
    assert not checker.is_ready
    assert checker.check(CheckRequest(links=(Link("1", LISTED),))).links[0].level == "danger"


def test_building_does_not_wait_for_spacy() -> None:
    code = (
        "import sys; from notalone.checker import build_checker\n"
        "from notalone.model import CheckRequest, Link\n"
        "import builtins; real = builtins.__import__\n"
        "checker = build_checker()\n"
        f"print(checker.check(CheckRequest(links=(Link('1', {LISTED!r}),))).links[0].level)\n"
        "print(checker.is_ready)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["danger", "False"]


@pytest.mark.parametrize(
    "asked", (f"links=(Link('1', {LISTED!r}),)", f"messages=(Message('1', {PAY!r}),)")
)
def test_the_engine_is_read_when_a_link_was_answered_or_a_message_waits(asked: str) -> None:
    code = (
        "import sys; from notalone.checker import build_checker\n"
        "from notalone.model import CheckRequest, Link, Message\n"
        "checker = build_checker(links_first_s=3600)\n"
        "print('notalone.engine' in sys.modules, 'notalone.messages' in sys.modules)\n"
        f"checker.check(CheckRequest({asked}))\n"
        "checker._engine.result(timeout=60)\n"
        "print(checker.is_ready)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize(
    ("days", "state"), ((0, "fresh"), (30, "fresh"), (31, "old"), (-3, "fresh"))
)
def test_old_rules_keep_working_and_say_so(days: int, state: str) -> None:
    folder = rules_dir()
    book = load_glossary(folder)
    built = datetime.date.fromisoformat(book.built)
    links = load_link_rules(folder, lures=book.lures)
    checker = Checker(book, links, Future(), today=lambda: built + datetime.timedelta(days))
    assert checker.rules_state.state == state
    assert checker.rules_state.age_days == max(0, days)


def test_missing_rules_say_so(tmp_path: Path) -> None:
    book = load_glossary(tmp_path)
    checker = Checker(book, load_link_rules(tmp_path, lures=()), Future())
    assert checker.rules_state.state == "missing"


@pytest.fixture
def fed(tmp_path: Path) -> tuple[Checker, CurrentList, Path]:
    """A checker that answers from the lists in a folder, on the engine of the others."""
    compiled(tmp_path, "host old.example", "host kept.example")
    current, other = CurrentList(compiled_folder(tmp_path)), shipped.checker()
    checker = Checker(
        other._glossary,
        other._links,
        other._engine,
        today=lambda: PULLED,
        compiled=current,
    )
    return checker, current, tmp_path


def level_of(checker: Checker, host: str) -> str:
    return checker.check(CheckRequest(links=(Link("1", f"https://{host}/"),))).links[0].level


def test_new_list_counts_without_a_restart_for_messages_seen_before_too(
    fed: tuple[Checker, CurrentList, Path],
) -> None:
    checker, current, data = fed
    said = messages("xem nha https://new.example/ hay lắm")
    assert [level_of(checker, host) for host in ("old.example", "new.example")] == [
        "danger",
        "no_information",
    ]
    assert checker.check(said).conversation.level == "no_information"
    compiled(data, "host new.example", "host kept.example")
    current.look()
    assert [level_of(checker, host) for host in ("old.example", "new.example")] == [
        "no_information",
        "danger",
    ]
    assert checker.check(said).conversation.level == "danger"


def test_one_check_is_answered_from_one_version(fed: tuple[Checker, CurrentList, Path]) -> None:
    checker, _, data = fed
    links = tuple(Link(str(number), "https://kept.example/") for number in range(3))
    turns = iter(("old", "new"))

    class Turning:
        """Another version at each look."""

        errors = ()

        def now(self) -> CompiledList | None:
            host = {"old": "kept", "new": "other"}[next(turns)]
            return compiled(data, f"host {host}.example")

    checker._compiled = Turning()  # type: ignore[assignment]
    levels = [{link.level for link in checker.check(CheckRequest(links)).links} for _ in range(2)]
    assert levels == [{"danger"}, {"no_information"}]


@pytest.mark.parametrize(("days", "state"), ((0, "fresh"), (7, "fresh"), (8, "old")))
def test_lists_say_how_old_they_are(tmp_path: Path, days: int, state: str) -> None:
    compiled(tmp_path, "host bad.example")
    other = shipped.checker()
    checker = Checker(
        other._glossary,
        other._links,
        other._engine,
        today=lambda: PULLED + datetime.timedelta(days),
        compiled=CurrentList(compiled_folder(tmp_path)),
    )
    lists = checker.rules_state.lists
    assert (lists.state, lists.age_days, lists.rows) == (state, days, 1)


def test_missing_lists_say_so() -> None:
    assert _fresh().rules_state.lists == ListsState("missing")


def test_list_that_cannot_be_used_is_said(fed: tuple[Checker, CurrentList, Path]) -> None:
    checker, current, data = fed
    compile_rows(data, ["host new.example"])
    Store(compiled_folder(data)).newest_first()[0].write_bytes(b"half of it")
    current.look()
    assert "notalone feeds build" in str(checker.list_errors[0])
    assert level_of(checker, "old.example") == "danger"


CANARY = "chimhoangyen8271"


@pytest.mark.parametrize(
    "asked",
    (
        pytest.param(messages(f"{CANARY} {SECRECY} {CANARY}"), id="words"),
        pytest.param(messages(f"xem https://{CANARY}.example/ nhé"), id="a link in a message"),
        pytest.param(messages(f"xem https://vietcombank-{CANARY}.example/"), id="a look-alike"),
        pytest.param(messages(f"xem https://bit.ly/{CANARY}"), id="a shortened link"),
        pytest.param(messages(f"vietcombank-{CANARY}.", "example/nhan nhé"), id="a parted link"),
        pytest.param(
            messages(
                "VCB: tài khoản của quý khách bị khóa. Vui lòng đăng nhập tại link dưới",
                f"http://{CANARY}.example/vcb",
            ),
            id="a name before it",
        ),
        pytest.param(
            CheckRequest(
                links=tuple(
                    Link(str(number), url)
                    for number, url in enumerate(
                        (
                            f"https://{CANARY}.example/",
                            f"https://vietcombank-{CANARY}.example/dang-nhap",
                            f"https://bit.ly/{CANARY}",
                            f"{LISTED}?{CANARY}",
                        )
                    )
                )
            ),
            id="links",
        ),
    ),
)
def test_no_word_and_no_address_is_remembered(asked: CheckRequest, checker: Checker) -> None:
    replies = [checker.check(asked) for _ in range(2)]
    assert replies[0] == replies[1]
    gc.collect()
    kept = repr(checker._memory)
    assert CANARY not in kept
    assert ".example" not in kept


def test_a_link_that_was_asked_for_before_is_not_looked_at_again(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown, listed = Link("1", "https://lop-11a3.example/diem"), Link("2", LISTED)
    first = checker.check(CheckRequest(links=(unknown, listed)))
    asked: list[str] = []
    look = checker._known_of

    def noting(url: str) -> list[LinkFinding]:
        asked.append(url)
        return look(url)

    monkeypatch.setattr(checker, "_known_of", noting)
    again = checker.check(CheckRequest(links=(unknown, listed, unknown)))
    assert asked == [LISTED]
    assert again.links == (*first.links, first.links[0])


@pytest.mark.parametrize(
    "text",
    ("\ud800", "a" * 4096, "\u0301" * 4096, "\ufdfa" * 4096, "🙂" * 4096, "(" * 4096, "." * 4096,
     "đừng kể " * 512),
    ids=["surrogate", "letters", "marks", "ligatures", "emoji", "brackets", "dots", "cues"],
)  # fmt: skip
def test_hostile_text_gets_an_answer(checker: Checker, text: str) -> None:
    assert checker.check(messages(text)).conversation.levels


def test_without_signals_links_are_still_judged_and_messages_get_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rules_dir(), folder)
    (folder / "signals.toml").write_text("[SECRECY", "utf-8")
    monkeypatch.setenv("NOTALONE_RULES", str(folder))
    request = CheckRequest(links=(Link("1", LISTED),), messages=(Message("1", PAY),))
    reply = build_checker().check(request)
    assert reply.links[0].level == "danger"
    assert reply.conversation.level == "no_information"
