"""Text made to exhaust the engine, or to hide a lure behind rubbish, is answered in time."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st

from harness import shipped
from harness.processor import is_done_within, standard_s
from harness.shipped import checker
from notalone.config import LIMITS, rules_dir
from notalone.detectors.cues import CueDetector
from notalone.folding.words import fold_text
from notalone.model import CheckRequest, Level, Message
from notalone.phrase_language import PhraseError, parse_phrase, require_anchors
from notalone.phrases import Choice, Gap, Phrase
from notalone.rulebook import RuleBook, load_rulebook

# Issue 3: answered in less, or refused. Seconds of the machine on which it was measured first.
MOST_CPU_S = 0.1
LURE = "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"
TEN_LANGUAGES = (
    "Xin chào bạn · Hello there · Bonjour à tous · Добрый день · Καλημέρα σας · こんにちは皆さん"
    " · 你好朋友 · 안녕하세요 여러분 · สวัสดีทุกคน · مرحبا بكم · שלום לכולם · नमस्ते दोस्तों "
)
FULL = LIMITS.text_chars


def filled(piece: str) -> str:
    return (piece * (FULL // len(piece) + 1))[:FULL]


ZALGO = "".join(chr(0x300 + number % 0x6F) for number in range(40))
NASTY = {
    "combining marks": filled("\u0301"),
    "one letter under marks": "a" + "\u0301" * (FULL - 1),
    "U+FDFA": filled("\ufdfa"),
    "Zalgo": filled("".join(letter + ZALGO for letter in "đừng")),
    "ZWJ chains": filled("👨\u200d👩\u200d👧\u200d👦\u200d"),
    "tag characters": filled("".join(chr(0xE0061 + number) for number in range(26))),
    "only emoji": filled("🙂💸🔥"),
    "flags": filled("🇻🇳"),
    "ten languages": filled(TEN_LANGUAGES),
    "one letter": filled("a"),
    "k and space": filled("k "),
    "letters and dots": filled("a.b"),
    "letters and spaces": filled("c h u y ể n "),
    "letters and wide spaces": filled("c h u y ể n   "),
    "letters and emoji": filled("c🔥h🔥"),
    "letters and signs": filled("c*h/u|y·"),
    "digits": filled("1"),
    "digits and dots": filled("1."),
    "digits and spaces": filled("0 9 "),
    "amounts": filled("1.000.000đ "),
    "amounts in words": filled("hai mươi ba triệu "),
    "number words without a unit": filled("không chín tám "),
    "leet": filled("ch0 t13n "),
    "leet alone": filled("0aa1"),
    "chấm": filled("chấm"),
    "chấm apart": filled("a chấm "),
    "dots of a host": filled("a."),
    "at signs": filled("a@"),
    "schemes": filled("https://"),
    "brackets of a host": filled("a[.]"),
    "Telex": filled("chuyeenr khoanr "),
    "VNI": filled("chuye63n "),
    "short forms": filled("ck tk mk m t ca "),
    "aliases": filled("da lô tê lê "),
    "drawn out": filled("nhaaaa"),
    "apostrophes": filled("a'"),
    "the words of a lure": filled(LURE + " "),
    "sentence ends": filled("! "),
    "negations": filled("không "),
    "one anchor again and again": filled("không được kể với "),
    "lone surrogates": filled("\ud800\udfff"),
    "NUL": filled("\x00"),
    "control characters": filled("".join(map(chr, range(32)))),
    "right to left": filled("\u202eشكرا\u202c"),
    "private use": filled("\ue000\ue001\ue00d"),
    "noncharacters": filled("\ufffe\uffff"),
    "signs that stand for several": filled("½ ١ Ⅷ "),
    "addresses": filled("a.vn b.com "),
    "e-mails": filled("a@b.vn "),
    "times": filled("5 phút "),
}


def request(*texts: str) -> CheckRequest:
    return CheckRequest(messages=tuple(Message(str(i), text) for i, text in enumerate(texts)))


def level(text: str) -> Level:
    return checker().check(request(text)).conversation.level


NUMBERS = itertools.count()


def another(text: str) -> str:
    """A text of the same shape that the cache does not know."""
    return text[:-1] + chr(0x4E00 + next(NUMBERS) % 0x5000)


def is_answered_within(bound_s: float, text: str) -> bool:
    level(another(text))  # compiles what it needs
    return is_done_within(bound_s, lambda: level(another(text)), runs=3)


@pytest.mark.parametrize("name", NASTY)
def test_any_text_is_answered_in_time(name: str) -> None:
    assert is_answered_within(MOST_CPU_S, NASTY[name])


@pytest.mark.parametrize("name", sorted(set(NASTY) - {"the words of a lure"}))
def test_rubbish_alone_is_no_lure(name: str) -> None:
    assert level(NASTY[name]) == "no_information"


@pytest.mark.parametrize("name", NASTY)
def test_a_lure_behind_rubbish_is_still_seen(name: str) -> None:
    rubbish = NASTY[name][: FULL - len(LURE) - 2]
    assert level(f"{LURE}. {rubbish}") == "danger"
    assert level(f"{rubbish}. {LURE}") == "danger"


WRAPPINGS: dict[str, Callable[[str], str]] = {
    "a tower of marks on every letter": lambda text: "".join(
        sign + "\u0336\u0489" if sign.isalpha() else sign for sign in text
    ),
    "invisible signs": lambda text: "\u2060\u200d".join(text),
    "tags": lambda text: "\U000e0041".join(text),
    "control characters": lambda text: text.replace("a", "a\x01"),
    "override": lambda text: f"\u202d{text}\u202c",
    "emoji": lambda text: "🔥".join(text.split(" ")),
    "blank lines": lambda text: f"\n\n\n{text}\n\n\n",
}


@pytest.mark.parametrize("name", WRAPPINGS)
def test_a_lure_inside_rubbish_is_still_seen(name: str) -> None:
    assert level(WRAPPINGS[name](LURE)) == "danger"


def test_a_whole_window_of_the_worst_is_answered() -> None:
    window = [NASTY[name] for name in sorted(NASTY)][: LIMITS.messages]

    def answer() -> None:
        checker().check(request(*map(another, window)))

    assert is_done_within(MOST_CPU_S * len(window), answer)


PIECES = sorted({*"aáđk.10 -_*@'’\n🔥", *LURE.split(), "chấm", "\u0301", "\u200b", "500k", "0900"})


@settings(
    max_examples=150,
    suppress_health_check=list(HealthCheck),
    phases=set(Phase) - {Phase.explain},  # it follows every line, which takes longer than any bound
)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_no_repetition_of_pieces_is_slow(pieces: list[str]) -> None:
    text = filled("".join(pieces))
    spent_s = standard_s(lambda: level(text))
    target(spent_s)
    assert spent_s < MOST_CPU_S or is_answered_within(MOST_CPU_S, text)


# --- rules ------------------------------------------------------------------------------------

BAD_PHRASES = {
    "an endless gap": "đừng " + "… " * 2000 + "kể",
    "gaps between words": " … ".join(["đừng"] * 2000),
    "10,000 alternatives": f"đừng ({'|'.join(f'kể{number}' for number in range(10_000))})",
    "alternatives that multiply": "(kể với|nói với|mách với) " * 6,
    "optional parts that multiply": "đừng " + "(kể)? " * 30 + "ai",
    "deep parentheses": "(" * 5000 + "kể" + ")" * 5000,
    "open parentheses": "(" * 100_000,
    "1 MB of words": "kể với ai " * 100_000,
    "1 MB of one word": "k" * 1_000_000,
    "1 MB of marks": "kể" + "\u0301" * 1_000_000,
    "1 MB of bars": "(" + "|" * 1_000_000 + ")",
    "NUL": "đừng \x00 kể",
    "nothing": " ",
}


@pytest.mark.parametrize("name", BAD_PHRASES)
def test_a_bad_phrase_is_refused_with_column_and_reason(name: str) -> None:
    def refuse() -> PhraseError:
        with pytest.raises(PhraseError) as caught:
            require_anchors(parse_phrase(BAD_PHRASES[name]))
        return caught.value

    assert is_done_within(MOST_CPU_S, refuse)
    refused = refuse()
    assert refused.column >= 1
    for told in (refused.problem, refused.fix):
        assert told.vi
        assert told.en
    assert len(str(refused)) < 400


CUE = """\
id = "any.sample"
signal = "SECRECY"
status = "test"
lang = "vi"
phrases = ["{phrase}"]
match = []
no_match = []
references = []
added = 2026-11-22
"""


def rules_with(phrase: str, folder: Path) -> RuleBook:
    """The real tables and signals, and one cue."""
    for shared in ("text", "signals.toml"):
        (folder / shared).symlink_to(rules_dir() / shared)
    cues = folder / "lures" / "any"
    cues.mkdir(parents=True)
    (cues / "sample.toml").write_text(CUE.format(phrase=phrase), "utf-8")
    return load_rulebook(folder)


@pytest.mark.parametrize(
    "name", ("an endless gap", "10,000 alternatives", "deep parentheses", "1 MB of words")
)
def test_a_bad_phrase_in_a_file_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    said = [str(error) for error in rules_with(BAD_PHRASES[name], tmp_path).errors]
    assert any("any/sample.toml:5:" in line for line in said), said
    assert max(map(len, said)) < 500


@pytest.mark.parametrize(
    ("phrase", "message"),
    (
        ("đừng … đừng … đừng … đừng … đừng", "đừng "),
        ("đừng … (đừng)? … (đừng)? … đừng … đừng", "đừng "),
        ("đừng (đừng)? (đừng)? (đừng)? (đừng)? (đừng)? (đừng)? đừng", "đừng "),
        ("(đừng|kể) … (đừng|kể) … (đừng|kể) … kể", "đừng kể "),
        ("đừng … (kể)? … (với)? … (ai)? … kể", "đừng kể với ai "),
        ("(ảnh|anh) … (anh|ánh) … (ành|anh) … anh", "anh "),
        ("một … hai … ba", "1 2 3 "),
        ("đừng … <money> … <money> … <money>", "đừng 500k "),
    ),
)
def test_a_phrase_is_refused_or_quick_on_the_worst_message(
    phrase: str, message: str, tmp_path: Path
) -> None:
    book = rules_with(phrase, tmp_path)
    detector = CueDetector(book)
    # A few words first: where they take long already, all of them would take all memory.
    for text in (message * (60 // len(message.split())), filled(message)):

        def find(text: str = text) -> None:
            detector.findings(fold_text(text, spelling=detector.spelling))

        assert is_done_within(MOST_CPU_S, find, runs=3)


@functools.cache
def loosest_phrases() -> list[Phrase]:
    """The shipped phrases, first those that leave the most to try."""

    def looseness(phrase: Phrase) -> int:
        return sum(isinstance(part, Gap) or part.is_optional for part in phrase.parts)

    phrases = [phrase for cue in shipped.rulebook().cues for phrase in cue.phrases]
    return sorted(phrases, key=looseness, reverse=True)


@pytest.mark.parametrize("separator", (". ", " "), ids=("sentences", "one sentence"))
def test_a_message_that_hits_as_many_rules_as_it_can_is_answered_in_time(separator: str) -> None:
    examples = [text for cue in shipped.rulebook().cues for text in cue.match]
    # The busiest text we know: two hundred hits.
    assert is_answered_within(2 * MOST_CPU_S, separator.join(examples)[:FULL])


@pytest.mark.parametrize("nth", range(25))
def test_a_message_of_nothing_but_a_rules_own_words_is_answered_in_time(nth: int) -> None:
    phrase = loosest_phrases()[nth]
    words = [word for part in phrase.parts if isinstance(part, Choice) for word in part.runs[0]]
    text = filled(" ".join(word for word in words if word.isalpha()) + " ")
    assert is_answered_within(MOST_CPU_S, text), phrase.source
