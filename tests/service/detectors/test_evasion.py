"""Words that are broken up for machines are a sign; playful letters between friends are none."""

from __future__ import annotations

import unicodedata

import pytest

from notalone.checker import Checker, build_checker
from notalone.config import rules_dir
from notalone.detectors.evasion import SIGNAL, findings, is_broken
from notalone.folding.words import fold_text
from notalone.glossary import load_glossary
from notalone.model import CheckRequest, Finding, Message
from notalone.rulebook import load_rulebook

SPELLING = load_rulebook(rules_dir()).spelling
SIGNALS = load_glossary(rules_dir()).signals
MASS_SMS = "Na'p L,an d~au n.han n,gay 8'8k tai kho;an m,oi b.ấm slot.example/9x"


def found(text: str) -> tuple[Finding, ...]:
    return findings(fold_text(text, spelling=SPELLING), signal=SIGNALS[SIGNAL])


@pytest.mark.parametrize(
    "text",
    (
        MASS_SMS,
        "Kh1ến mã1 l0n ch0 thành v1ên m0i, và0 nh4n ngay tai slot.example/9x",
        "Ņạp Ŀần đầŭ ťặŋg ŋgay ĸhụyến mãi, ĺiên hệ slot.example",
    ),
)
def test_broken_words_beside_a_contact_are_one_sign(text: str) -> None:
    (finding,) = found(text)
    assert (finding.signal, finding.weight) == (SIGNAL, SIGNALS[SIGNAL].weight)
    assert text[finding.start : finding.end] in text.split()
    assert is_broken(text[finding.start : finding.end])


@pytest.mark.parametrize(
    "text",
    (
        "h0m n4y đ1 h0c kh0ng m4y, t0i qu4 r0i ch0 t4o muon xe",  # friends, and no contact
        "Shop giao Q.1, P.4 (gần THPT), gọi 0900 000 123 trước 17h30 nha.Cảm ơn mình",
        "TK 0000123456 -45,000d luc 12:41 08/11. SD: 1,204,300d. ND: CK tien hoc T9/2026",
        "Don't worry, it's on my.site.example, e-mail me at an@mail.example if you can't",
        "Covid-19, iPhone-14, B2B và AI: đọc thêm tại bao.example",
    ),
)
@pytest.mark.parametrize("form", ("NFC", "NFD"))
def test_ordinary_writing_is_none(text: str, form: str) -> None:
    assert found(unicodedata.normalize(form, text)) == ()  # type: ignore[arg-type]


def test_signs_that_a_page_sets_into_long_words_break_nothing() -> None:
    assert not is_broken("ng\u00adhiêng\u200b")


def test_rules_that_do_not_know_the_signal_find_nothing() -> None:
    assert findings(fold_text(MASS_SMS, spelling=SPELLING), signal=None) == ()


@pytest.fixture(scope="module")
def checker() -> Checker:
    return build_checker()


def signals_of(text: str, *, from_me: bool | None, checker: Checker) -> tuple[str, ...]:
    reply = checker.check(CheckRequest(messages=(Message("1", text, from_me=from_me),)))
    return reply.messages[0].signals


def test_it_is_seen_in_what_others_write_and_not_in_the_childs_own_words(checker: Checker) -> None:
    assert SIGNAL in signals_of(MASS_SMS, from_me=False, checker=checker)
    assert SIGNAL not in signals_of(MASS_SMS, from_me=True, checker=checker)


def test_with_one_more_sign_it_is_worth_a_warning(checker: Checker) -> None:
    text = "t.ải ứ,ng dụ'ng về m.áy n,gay n.hận th,ưởng t'ại slot.example/app"
    reply = checker.check(CheckRequest(messages=(Message("1", text, from_me=False),)))
    assert len(reply.messages[0].signals) > 1
    assert reply.messages[0].level != "no_information"
