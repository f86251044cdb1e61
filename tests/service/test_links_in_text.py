"""Links are judged and quoted where they stand, by every address that they lead to."""

from __future__ import annotations

import pytest

from harness import shipped
from notalone.checker import Checker
from notalone.model import CheckRequest, Link, Message

SECRECY = "Vụ án này bảo mật, em không được kể với bố mẹ"
PAY = "chuyển hết tiền vào tài khoản tạm giữ"
LISTED = "http://vnpost-giaohang.example/nhan-hang"
SHORT = "https://bit.ly/x7a9"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return shipped.checker()


def messages(*texts: str) -> CheckRequest:
    return CheckRequest(messages=tuple(Message(str(i), text) for i, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("text", "quote"),
    (
        pytest.param(
            "Bấm vnpost-giaohang chấm example nhé", "vnpost-giaohang chấm example", id="said"
        ),
        pytest.param(
            "🙂 vào vnpost-giaohang . example", "vnpost-giaohang . example", id="with blanks"
        ),
        pytest.param("xem vnpost-giaohang[.]example/a", "vnpost-giaohang[.]example", id="unmade"),
    ),
)
def test_a_disguised_link_is_judged_and_quoted_as_it_stands(
    checker: Checker, text: str, quote: str
) -> None:
    verdict = checker.check(messages(text)).messages[0]
    assert verdict.level == "danger"
    assert quote in [reason.quote for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("url", "quote"),
    (
        pytest.param(
            f"https://l.facebook.com/l.php?u={LISTED}&h=1", "vnpost-giaohang.example", id="plain"
        ),
        pytest.param(
            "https://www.google.com/url?q=http%3A%2F%2Fvnpost-giaohang.example%2Fx",
            "vnpost-giaohang.example",
            id="percent-encoded",
        ),
        pytest.param(
            "https://www.bing.com/ck/a?u=a1aHR0cDovL3ZucG9zdC1naWFvaGFuZy5leGFtcGxl&ntb=1",
            "a1aHR0cDovL3ZucG9zdC1naWFvaGFuZy5leGFtcGxl",
            id="in base64",
        ),
        pytest.param(
            "https://www.vietcombank.com.vn/?next=//vnpost-giaohang.example/",
            "vnpost-giaohang.example",
            id="behind a bank's own name",
        ),
    ),
)
def test_a_wrapped_link_is_judged_and_quoted_by_its_destination(
    url: str, quote: str, checker: Checker
) -> None:
    text = f"🙂🙂 xem {url} nhé"
    reply = checker.check(CheckRequest(links=(Link("1", url),), messages=(Message("m", text),)))
    for verdict, original in ((reply.links[0], url), (reply.conversation, text)):
        assert verdict.level == "danger"
        (reason,) = [r for r in verdict.reasons if r.rule == "listed.blocked"]
        assert reason.quote == quote
        in_utf16 = original.encode("utf-16-le")[2 * reason.start : 2 * reason.end]
        assert in_utf16.decode("utf-16-le") == quote


@pytest.mark.parametrize(
    "url",
    (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fbao.example%2Fbai-1&h=AT0",
        "https://dang-nhap.truong.example/?next=https://truong.example/diem",
        "https://accounts.google.com/ServiceLogin?continue=https://classroom.google.com/",
        "https://www.vietcombank.com.vn/login?returnUrl=https%3A%2F%2Fwww.vietcombank.com.vn%2Fthe",
        "https://www.youtube.com/redirect?q=https%3A%2F%2Fgithub.com%2F",
    ),
)
def test_an_innocent_destination_makes_no_alarm(url: str, checker: Checker) -> None:
    request = CheckRequest(links=(Link("1", url),), messages=(Message("m", f"xem {url}"),))
    reply = checker.check(request)
    assert (reply.links[0].level, reply.conversation.level) == ("no_information",) * 2
    assert reply.links[0].reasons == reply.conversation.reasons == ()


def test_a_brands_address_in_a_parameter_clears_nobody(checker: Checker) -> None:
    url = f"{LISTED}?url=https://www.vietcombank.com.vn/"
    assert checker.check(CheckRequest(links=(Link("1", url),))).links[0].level == "danger"


def test_a_shortened_link_is_named_and_no_warning(checker: Checker) -> None:
    request = CheckRequest(links=(Link("1", SHORT),), messages=(Message("m", f"xem {SHORT} nha"),))
    reply = checker.check(request)
    for verdict in (reply.links[0], reply.messages[0], reply.conversation):
        assert (verdict.level, verdict.lure, verdict.signals) == ("no_information", None, ())
        (reason,) = verdict.reasons
        assert (reason.rule, reason.quote) == ("hides.shortener", "bit.ly")
        assert reason.why.en == "A shortened address: it does not show where it leads."


def test_a_shortened_link_stands_behind_what_warns(checker: Checker) -> None:
    verdict = checker.check(messages(f"{SHORT} {SECRECY}, {PAY}")).conversation
    assert verdict.level == "danger"
    assert [r.rule for r in verdict.reasons].index("hides.shortener") == len(verdict.reasons) - 1
    (link,) = checker.check(CheckRequest(links=(Link("1", f"{SHORT}?u={LISTED}"),))).links
    assert [r.rule for r in link.reasons] == ["listed.blocked", "hides.shortener"]


def test_a_shortened_link_changes_no_level(checker: Checker) -> None:
    for text in (SECRECY, PAY, "Mai đi học nha", f"{SECRECY}, {PAY}"):
        with_link = checker.check(messages(f"{text} ở {SHORT}")).conversation
        assert with_link.level == checker.check(messages(f"{text} ở đây")).conversation.level
