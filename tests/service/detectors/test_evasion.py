"""Words that are broken up for machines are a sign; playful letters between friends are none."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from harness import shipped
from notalone.checker import Checker
from notalone.config import rules_dir
from notalone.detectors.evasion import SIGNAL, findings, is_broken
from notalone.folding.words import fold_text
from notalone.glossary import load_glossary
from notalone.model import CheckRequest, Finding, Message

SIGNALS = load_glossary(rules_dir()).signals
MASS_SMS = "Na'p L,an d~au n.han n,gay 8'8k tai kho;an m,oi b.ấm slot.example/9x"


def found(text: str) -> tuple[Finding, ...]:
    return findings(fold_text(text, spelling=shipped.spelling()), signal=SIGNALS[SIGNAL])


@pytest.mark.parametrize(
    ("contact", "kind"),
    (
        ("slot.example/9x", "link"),
        ("@nhacai_vip", "handle"),
        ("0900 000 123", "phone"),
        ("stk 0123456789012", "account"),
    ),
)
def test_every_way_to_answer_is_a_contact(contact: str, kind: str) -> None:
    text = MASS_SMS.replace("slot.example/9x", contact)
    assert kind in {entity.kind for entity in fold_text(text, spelling=shipped.spelling()).entities}
    assert len(found(text)) == 1
    assert found(text.replace(contact, "")) == ()


def test_three_broken_words_are_too_few() -> None:
    assert found("Na'p L,an d~au n.han slot.example/9x")
    assert found("Na'p L,an d~au slot.example/9x") == ()


@pytest.mark.parametrize(
    "text",
    (
        MASS_SMS,
        "Kh1ến mã1 l0n ch0 thành v1ên m0i, và0 nh4n ngay tai slot.example/9x",
        "Ņạp Ŀần đầŭ ťặŋg ŋgay ĸhụyến mãi, ĺiên hệ slot.example",
        "t.o ta.i kh.oanta.ng ba.n 50k-1555k slot.example/9x",
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
def test_ordinary_writing_is_none(text: str, form: Literal["NFC", "NFD"]) -> None:
    assert found(unicodedata.normalize(form, text)) == ()


@pytest.mark.parametrize(
    "text",
    (
        "Łukasz, jutro mamy mecz, przynieś piłkę, koszulkę i ręcznik. Zadzwoń: 0900000123",
        "Größe über Straße, schöne Grüße für Jürgen, mündlich natürlich. Tel 0900000123",
        "Şu çok güzel, ağaç gölü, kış günü, şehir dışı, öğle yemeği. Ara: 0900000123",
        "Il n'a pas l'an, qu'en d'un, m'a dit t'as vu, s'en va, l'on n'en sait. Tél 0900000123",
        "Să nu și, să ți-o dau, mâine și ție, că și mie îmi ții, să vă țin. Tel 0900000123",
        "Kia ora e hoa mā, kō te rā, nō te pō, ka tū tō mātou rā. 0900000123",
        "Nǐ hǎo ma, wǒ hěn hǎo, nǐ ne, tā yě hǎo, nín hǎo, kàn nǐ. 0900000123",
        "Cô ơi đọc là nǐ hǎo, tā hǎo, nǐ ne, hěn hǎo phải không ạ? Gọi em 0900000123",
        "Cân bằng KMnO4->K2MnO4+MnO2+O2, NH4NO3, CH3CHO, H3PO4, CH4, NH3 rồi gửi 0900000123",
        "C.Ronaldo, L.Messi, T.Hằng, N.An, H.Lan, Đ.Nam, Th.S.Hoa đá bóng, gọi 0900000123",
        "t.hằng, n.anh, m.anh, k.anh, h.anh, đ.anh nhóm 1 nộp bài, gọi 0900000123",
        "c::::ười đ*o chịu nổi, c....ười m~~ất, đ*o ai n***ói, ch;;;án gh--ê, gọi 0900000123",
        "for(i=0;i<n;i++){a[i]=b.c;} self.x_i=f.n(a,b) t.a=1 n.ext=to.an gọi 0900000123",
    ),
)
def test_other_languages_formulas_names_and_play_are_none(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize("clean", ("mai lớp mình đi tham quan nhé ", "mai lop minh di choi nha "))
def test_clean_words_around_them_hide_nothing(clean: str) -> None:
    assert found(f"{MASS_SMS} {clean * 10}")
    assert found(f"{clean * 10} {MASS_SMS}")


def test_the_reason_says_what_is_seen_and_accuses_nobody() -> None:
    why = SIGNALS[SIGNAL].why
    assert why.vi == "Nhiều chữ trong tin này bị chèn dấu lạ hoặc viết vỡ ra."
    assert "on purpose" not in why.en


def test_signs_that_a_page_sets_into_long_words_break_nothing() -> None:
    assert not is_broken("ng\u00adhiêng\u200b")


def test_rules_that_do_not_know_the_signal_find_nothing() -> None:
    assert findings(fold_text(MASS_SMS, spelling=shipped.spelling()), signal=None) == ()


@pytest.fixture(scope="module")
def checker() -> Checker:
    return shipped.checker()


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
