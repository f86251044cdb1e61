"""What is seen in a window of messages: links, parted ones too, names before them, the wording."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pytest

from harness import shipped
from notalone.checker import Checker
from notalone.config import rules_dir
from notalone.detectors import load_link_rules
from notalone.detectors.cues import CueDetector
from notalone.engine import Engine
from notalone.folding.words import FoldedText
from notalone.model import CheckRequest, Comparison, Link, Message, Wording
from notalone.rulebook import load_rulebook

SECRECY = "Vụ án này bảo mật, em không được kể với bố mẹ"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return shipped.checker()


def messages(*texts: str) -> CheckRequest:
    return CheckRequest(messages=tuple(Message(str(i), text) for i, text in enumerate(texts)))


def fresh(other: Checker) -> Checker:
    """A checker that remembers nothing, on the engine of the *other*."""
    return Checker(other._glossary, other._links, other._engine, today=other._today)


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
        assert checker.check(whole).conversation == fresh(checker).check(whole).conversation
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
