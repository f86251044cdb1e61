"""What became of each sign, with the words that lowered it or took it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.rule_folder import CUES, Sample, write_rules
from notalone.detectors import evasion
from notalone.instruments.explain import Explainer, Explanation, Sign
from notalone.model import CheckRequest, Message, Wording

PAID = """\
[PAID]
stage = "demand"
weight = 1
said_by = "me"
why = { vi = "Bạn viết là đã chuyển tiền.", en = "You write that you sent the money." }
"""


@pytest.fixture(scope="module")
def explainer(tmp_path_factory: pytest.TempPathFactory) -> Explainer:
    """With one more signal than the other tests: the child goes along."""
    cues = {**CUES, "any/paid": Sample("PAID", ("em chuyển rồi",))}
    root = write_rules(tmp_path_factory.mktemp("explain"), cues)
    with (root / "signals.toml").open("a", encoding="utf-8") as signals:
        signals.write(PAID)
    return Explainer(root)


def chat(*lines: str) -> tuple[Message, ...]:
    """Messages of the other one; those that begin with ">" are the child's own."""
    return tuple(
        Message(str(number), line.removeprefix(">"), line.startswith(">"))
        for number, line in enumerate(lines, 1)
    )


def signs(explanation: Explanation) -> list[Sign]:
    return [sign for one in explanation.messages for sign in one.signs]


@pytest.mark.parametrize(
    ("lines", "rule", "fate", "because"),
    (
        (["Đừng kể với ai"], "any.secrecy", "counted", ""),
        (["Bạn không cung cấp mật khẩu nhé"], "any.password", "negation", "không"),
        (["Kẻ gian bảo em gửi mật khẩu"], "any.password", "report", "Kẻ gian"),
        (["Lưu ý khi học"], "any.warn", "lowers", ""),
        (["Viện kiểm sát gọi"], "any.draft", "draft", ""),
        ([">đừng kể với ai nha"], "any.secrecy", "only_theirs", ""),
        ([">có người dọa em"], "any.told", "help", ""),
        ([">dạ em chuyển rồi"], "any.paid", "own", ""),
        (["có người dọa em"], "any.told", "only_mine", ""),
    ),
)
def test_each_sign_has_its_fate(
    lines: list[str], rule: str, fate: str, because: str, explainer: Explainer
) -> None:
    (sign,) = (sign for sign in signs(explainer.explain(chat(*lines))) if sign.rule == rule)
    assert (sign.fate, sign.because) == (fate, because)
    assert bool(sign.counted) == (fate in ("counted", "own", "help"))


def test_a_kind_of_sign_counts_once_where_it_is_strongest(explainer: Explainer) -> None:
    explanation = explainer.explain(chat("đừng kể với ai sinh nhật nha", "không được nói với ai"))
    assert [(sign.fate, sign.counted) for sign in signs(explanation)] == [
        ("again", 1),
        ("counted", 3),
    ]


def test_beside_a_message_that_is_worth_a_warning_by_itself_no_other_counts(
    explainer: Explainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = chat(
        "Anh là công an, chuyển 5 triệu", "tặng em skin nè", ">em chuyển rồi, có người dọa em"
    )
    sms, gift, told = explainer.checker.see(messages)
    broken = replace(gift.findings[0], rule=evasion.RULE, signal="BRAND_SPOOF")
    window = (
        replace(sms, wording=Wording(0.6)),
        replace(gift, findings=(*gift.findings, broken), wording=Wording(0.1)),
        told,
    )
    monkeypatch.setattr(explainer.checker, "see", lambda _: window)
    explanation = explainer.explain(messages)
    assert explanation.weighed.level == "caution"
    assert [(sign.rule, sign.fate, sign.counted) for sign in signs(explanation)] == [
        ("fake_authority.officer", "counted", 1),
        ("any.money", "counted", 2),
        ("game_gift.free_skin", "other_message", 0),
        (evasion.RULE, "other_message", 0),
        ("any.paid", "other_message", 0),
        ("any.told", "help", 0),
    ]


def test_a_sign_of_another_lure_is_not_added(explainer: Explainer) -> None:
    explanation = explainer.explain(chat("Anh là công an, đừng kể với ai", "tặng em skin nè"))
    assert [(sign.rule, sign.fate) for sign in signs(explanation)] == [
        ("fake_authority.officer", "counted"),
        ("any.secrecy", "counted"),
        ("game_gift.free_skin", "other_lure"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "quote", "by", "counted"),
    (
        ("đừng kể với ai, sinh nhật mà", "unless", "sinh nhật", 2, 1),
        ("lưu ý đừng kể với ai nhé", "WARN_FRAME", "lưu ý", 3, 0),
        ("chuyen 5tr", "few_words", "chuyen 5tr", 1, 1),
    ),
)
def test_a_doubt_quotes_what_raised_it(
    text: str, kind: str, quote: str, by: int, counted: int, explainer: Explainer
) -> None:
    sign = next(sign for sign in signs(explainer.explain(chat(text))) if sign.fate == "counted")
    (doubt,) = sign.doubts
    assert (doubt.kind, doubt.quote, doubt.by) == (kind, quote, by)
    assert sign.counted == counted


def test_a_doubt_changes_nothing_where_money_is_asked(explainer: Explainer) -> None:
    explanation = explainer.explain(chat("đừng kể với ai, sinh nhật mà. Chuyển 5 triệu"))
    (sign,) = (sign for sign in signs(explanation) if sign.rule == "any.secrecy")
    assert sign.doubts
    assert sign.counted == 3


def test_the_verdict_is_the_one_that_families_get(explainer: Explainer) -> None:
    messages = chat("Anh là công an", ">dạ", "Không được kể với bố mẹ", "Viện kiểm sát gọi đó")
    explanation = explainer.explain(messages)
    verdict = explainer.checker.check(CheckRequest(messages=messages)).conversation
    assert explanation.verdict == verdict
    assert explanation.weighed.level == verdict.level == "caution"
    assert [one.so_far.level for one in explanation.messages] == list(verdict.levels.values())


def test_an_address_is_a_sign_with_a_level_of_its_own(explainer: Explainer) -> None:
    explanation = explainer.explain(chat("Vào http://vnpost-giaohang.example/x nhé"))
    (sign,) = signs(explanation)
    assert sign.link_level == explanation.weighed.level
    assert "vnpost-giaohang" in sign.quote
    assert sign.path is None


def test_cues_that_were_asked_in_vain_are_named(explainer: Explainer) -> None:
    (one,) = explainer.explain(
        chat("Chuyện này để mai mình tính tiếp nha. Giữ kín cửa giùm")
    ).messages
    assert [cue.id for cue in one.missed] == ["any.keep_quiet"]
    assert one.signs == ()


def test_entities_are_quoted_as_they_stand(explainer: Explainer) -> None:
    (one,) = explainer.explain(chat("Chuyển 5TR nha")).messages
    assert one.entities == (("5TR", "money"),)


@pytest.mark.parametrize("text", ("", "😀", "\x00", "a\u0301" * 50, "<script>", "{}{0}"))
def test_no_message_stops_it(text: str, explainer: Explainer) -> None:
    assert explainer.explain(chat(text)).weighed.level == "no_information"


def test_quotes_are_sliced_from_the_message(explainer: Explainer) -> None:
    text = "🙂 e đừ\u200bng kể với ai nha"
    (sign,) = signs(explainer.explain(chat(text)))
    assert text[sign.start : sign.end] == sign.quote == "đừ\u200bng kể với ai"


def test_the_rules_we_ship_can_be_explained_from_their_folder() -> None:
    shipped = Path(__file__).resolve().parents[3] / "rules"
    explanation = Explainer(shipped).explain(chat("Vụ án này bảo mật, chuyển tiền vào tài khoản"))
    assert explanation.weighed.level != "no_information"
