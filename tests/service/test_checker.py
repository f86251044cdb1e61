"""The pipeline as the extension sees it: links at once, messages when the engine stands."""

from __future__ import annotations

import datetime
import gc
import shutil
import subprocess
import sys
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.compiled_lists import PULLED, compile_rows, compiled
from notalone.checker import Checker, build_checker
from notalone.compiled import CompiledList, CurrentList
from notalone.config import rules_dir
from notalone.detectors import load_link_rules
from notalone.detectors.cues import CueDetector
from notalone.engine import Engine
from notalone.feeds.store import Store, compiled_folder
from notalone.folding.words import FoldedText
from notalone.glossary import load_glossary
from notalone.model import CheckRequest, Comparison, Link, ListsState, Message, Wording
from notalone.rulebook import load_rulebook

SECRECY = "Vụ án này bảo mật, em không được kể với bố mẹ"
PAY = "chuyển hết tiền vào tài khoản tạm giữ"
LISTED = "http://vnpost-giaohang.example/nhan-hang"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return build_checker()


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


@settings(deadline=None, max_examples=25)
@given(
    pieces=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=3),
    authors=st.permutations([True, False, None]),
)
def test_the_verdict_depends_on_the_window_alone(
    pieces: list[tuple[int, int]], authors: list[bool | None]
) -> None:
    window = CheckRequest(messages=tuple(Message(str(i), *row) for i, row in enumerate(WINDOW)))
    fresh, used = _fresh(), _shared()
    for start, end in pieces:  # what was asked before, and is cached, changes nothing
        used.check(CheckRequest(messages=window.messages[start:end]))
    for author in authors:
        used.check(
            CheckRequest(messages=(Message("x", PAY, author), Message("y", SECRECY, author)))
        )
    assert used.check(window).conversation == fresh.check(window).conversation


def _fresh() -> Checker:
    """A checker that remembers nothing, on the engine of the other."""
    other = _shared()
    return Checker(other._glossary, other._links, other._engine, today=other._today)


_SHARED: list[Checker] = []


def _shared() -> Checker:
    if not _SHARED:
        _SHARED.append(build_checker())
    return _SHARED[0]


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


def test_links_come_first_and_a_message_begins_the_engine_at_once() -> None:
    code = (
        "import sys; from notalone.checker import build_checker\n"
        "from notalone.model import CheckRequest, Link, Message\n"
        "checker = build_checker(links_first_s=3600)\n"
        f"print(checker.check(CheckRequest(links=(Link('1', {LISTED!r}),))).links[0].level)\n"
        "print('spacy' in sys.modules)\n"
        f"said = Message('1', {PAY!r}, False)\n"
        "checker.check(CheckRequest(messages=(said,)))\n"
        "print(checker.is_ready)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["danger", "False", "True"]


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
    current, other = CurrentList(compiled_folder(tmp_path)), _shared()
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
    other = _shared()
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


def test_nothing_that_was_written_stays_in_the_cache(checker: Checker) -> None:
    canary = "chimhoangyen8271"
    checker.check(messages(f"{canary} {SECRECY} {canary}"))
    gc.collect()
    kept = repr(list(checker._cache.items()))
    assert canary not in kept


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


class Listening:
    """A classifier that notes what it was asked about."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def wording(self, folded: FoldedText) -> Wording:
        self.heard.append(folded.original)
        return Wording(0.0)


def test_wording_is_looked_at_where_something_is_asked_and_only_once() -> None:
    folder = rules_dir()
    book = load_rulebook(folder)
    classifier = Listening()
    engine: Future[Engine] = Future()
    engine.set_result(Engine(CueDetector(book), classifier))
    checker = Checker(book.glossary, load_link_rules(folder, lures=book.lures), engine)
    checker.check(messages("Con về rồi", "Mai học mấy giờ"))
    assert classifier.heard == []
    asked = (
        Message("1", "Chào em"),
        Message("2", SECRECY),
        Message("3", "dạ vâng", from_me=True),
    )
    for _ in range(2):
        checker.check(CheckRequest(messages=asked))
    assert classifier.heard == ["Chào em", SECRECY]  # never the child's own words


@pytest.mark.parametrize(
    ("addresses", "is_seen"),
    (
        pytest.param("https://www.vietcombank.com.vn/", False, id="its own"),
        pytest.param("https://vcb.example/", True, id="another's"),
        pytest.param("https://www.vietcombank.com.vn/ https://vcb.example/", True, id="both"),
        pytest.param(
            "https://www.vietcombank.com.vn/ https://vcb.example:99999/", True, id="unreadable"
        ),
    ),
)
def test_signing_in_at_the_owners_own_address_is_no_sign(
    addresses: str, is_seen: bool, checker: Checker
) -> None:
    asked = f"Vui lòng đăng nhập {addresses} để xác thực"
    [seen] = checker.see((Message("1", asked, False),))
    assert ("LOGIN_LINK" in {finding.signal for finding in seen.findings}) is is_seen


SPOKEN = "VCB: tài khoản của quý khách bị khóa. Đăng nhập http://mo-khoa.example/vcb để mở lại"


def test_speaking_as_a_bank_at_a_strange_address_is_danger_and_says_whose_name_it_is(
    checker: Checker,
) -> None:
    (verdict,) = checker.check(messages(SPOKEN)).messages
    assert (verdict.level, verdict.lure) == ("danger", "fake_bank")
    (reason,) = [r for r in verdict.reasons if r.rule == "speaks_as.spoken_for"]
    assert reason.quote == "http://mo-khoa.example/vcb"
    assert reason.why.en == (
        "It speaks as Vietcombank, but the link does not lead to vietcombank.com.vn."
    )
    assert reason.compare == Comparison("vietcombank.com.vn", "mo-khoa.example", ((0, 15),))


def test_where_a_shortened_link_leads_nobody_can_line_up(checker: Checker) -> None:
    shortened = SPOKEN.replace("http://mo-khoa.example/vcb", "https://bit.ly/3vcb")
    (verdict,) = checker.check(messages(shortened)).messages
    (reason,) = [r for r in verdict.reasons if r.rule.startswith("speaks_as.")]
    assert reason.compare is None


def test_what_the_child_passes_on_and_the_bare_address_accuse_nobody(checker: Checker) -> None:
    passed_on = CheckRequest(
        links=(Link("1", "http://mo-khoa.example/vcb"),),
        messages=(Message("1", SPOKEN, from_me=True),),
    )
    reply = checker.check(passed_on)
    assert (reply.links[0].level, reply.conversation.level) == ("no_information",) * 2


def test_signing_in_through_the_owners_redirect_is_a_sign(checker: Checker) -> None:
    for url in (
        "https://www.vietcombank.com.vn/?next=https://vcb.example/",
        "https://www.google.com/url?q=https://vcb.example/",
    ):
        asked = f"Vui lòng đăng nhập {url} để xác thực"
        [seen] = checker.see((Message("1", asked, False),))
        assert "LOGIN_LINK" in {finding.signal for finding in seen.findings}


def test_speaking_as_a_bank_is_compared_with_where_the_link_leads(checker: Checker) -> None:
    through = "https://l.facebook.com/l.php?u={}"
    stranger = SPOKEN.replace("http://mo-khoa.example/vcb", through.format("http://a.example/"))
    assert checker.check(messages(stranger)).messages[0].level == "danger"
    own = SPOKEN.replace("http://mo-khoa.example/vcb", through.format("https://vietcombank.com.vn"))
    assert "speaks_as" not in str(checker.check(messages(own)).messages[0].reasons)


PARTED = ("Hàng ở đây vnpost-giaohang.", "example/nhan nhé")


def test_a_link_over_two_messages_is_judged_and_quoted_in_the_second(checker: Checker) -> None:
    reply = checker.check(messages("Chào em", *PARTED))
    assert [verdict.level for verdict in reply.messages] == ["no_information"] * 3
    assert reply.conversation.levels == {
        "0": "no_information",
        "1": "no_information",
        "2": "danger",
    }
    (reason,) = reply.conversation.reasons
    assert (reason.message, reason.quote, reason.start) == ("2", "example/nhan", 0)


@pytest.mark.parametrize(
    "window",
    (
        pytest.param((Message("1", PARTED[0], False), Message("2", PARTED[1], True)), id="mine"),
        pytest.param((Message("1", PARTED[0], True), Message("2", PARTED[1], True)), id="all mine"),
        pytest.param((Message("1", PARTED[0], True), Message("2", PARTED[1], False)), id="theirs"),
        pytest.param(
            (Message("1", PARTED[0]), Message("2", "ừ"), Message("3", PARTED[1])), id="apart"
        ),
        pytest.param((Message("1", PARTED[1]), Message("2", PARTED[0])), id="turned round"),
    ),
)
def test_only_what_one_author_says_in_a_row_is_joined(
    window: tuple[Message, ...], checker: Checker
) -> None:
    assert checker.check(CheckRequest(messages=window)).conversation.level == "no_information"


def test_a_whole_link_behind_an_open_beginning_is_told_of_once(checker: Checker) -> None:
    reply = checker.check(messages("xem https://", "vnpost-giaohang.example"))
    assert reply.messages[1].level == "danger"
    assert [reason.rule for reason in reply.conversation.reasons] == ["listed.blocked"]


def test_what_was_asked_before_joins_no_other_messages(checker: Checker) -> None:
    first, second = messages(*PARTED).messages
    whole = CheckRequest(messages=(first, second))
    for part in ((first,), (second,), (second, first), (first, replace(second, from_me=True))):
        checker.check(CheckRequest(messages=part))
        assert checker.check(whole).conversation == _fresh().check(whole).conversation
        alone = checker.check(CheckRequest(messages=(second,)))
        assert alone.conversation.level == "no_information"


NAMED = "VCB: tài khoản của quý khách bị khóa. Vui lòng đăng nhập tại link dưới để mở lại"


@pytest.mark.parametrize("lead", ("", "Xác thực tại: "))
def test_a_name_in_one_message_and_a_strangers_link_in_the_next_belong_together(
    lead: str, checker: Checker
) -> None:
    reply = checker.check(messages(NAMED, f"{lead}http://mo-khoa.example/vcb"))
    assert [verdict.level for verdict in reply.messages][1] == "no_information"
    assert (reply.conversation.level, reply.conversation.lure) == ("danger", "fake_bank")
    (reason,) = [r for r in reply.conversation.reasons if r.rule == "speaks_as.spoken_for"]
    assert (reason.message, reason.quote) == ("1", "http://mo-khoa.example/vcb")


@pytest.mark.parametrize(
    "window",
    (
        pytest.param((NAMED, "https://www.vietcombank.com.vn/"), id="its own"),
        pytest.param((NAMED, "ừ", "http://mo-khoa.example/vcb"), id="something between"),
        pytest.param(
            (NAMED, "à mà bài toán hôm qua cô cho ở trang http://mo-khoa.example/vcb đó nha"),
            id="another matter",
        ),
        pytest.param((f"{NAMED} https://vietcombank.com.vn", "http://lop.example/"), id="told"),
        pytest.param(("Tớ mới mở tài khoản VCB", "http://lop.example/"), id="a mention"),
    ),
)
def test_a_link_that_stands_by_itself_is_nobodys(window: tuple[str, ...], checker: Checker) -> None:
    rules = [reason.rule for reason in checker.check(messages(*window)).conversation.reasons]
    assert not any(rule.startswith("speaks_as") for rule in rules)


@pytest.mark.parametrize(
    "first",
    (
        pytest.param(f"{NAMED} 🙂", id="emoji"),
        pytest.param(f"{NAMED} ｈｔｔｐ：／／ａ．ｅｘａｍｐｌｅ／ｘ", id="wide letters"),
        pytest.param(f"{NAMED} a\u200b.\u200bexample/x", id="signs nobody sees"),
        pytest.param(f"{NAMED}\n\n", id="line ends"),
    ),
)
def test_what_is_quoted_stands_where_it_is_said_to_stand(first: str, checker: Checker) -> None:
    window = messages(first, "🙂 http://mo-khoa.example/vcb")
    texts = {message.id: message.text for message in window.messages}
    reasons = checker.check(window).conversation.reasons
    assert "speaks_as.spoken_for" in [reason.rule for reason in reasons]
    for reason in reasons:
        in_utf16 = texts[reason.message].encode("utf-16-le")[2 * reason.start : 2 * reason.end]
        assert in_utf16.decode("utf-16-le") == reason.quote
    in_second = [reason.quote for reason in reasons if reason.message == "1"]
    assert in_second == ["http://mo-khoa.example/vcb"]
