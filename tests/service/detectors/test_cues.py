"""Which rules hit, who is asked to do what, and where in the message it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notalone.detectors.cues import CueDetector
from notalone.folding.words import fold_text
from notalone.model import Finding
from notalone.rulebook import RuleBook, Status, load_rulebook

RULES = Path(__file__).resolve().parents[3] / "rules"

CUES = {
    "secrecy": ("SECRECY", ["(đừng|không được) (kể|nói) với (bố mẹ|bố|ai)"], ["sinh nhật"]),
    "code": ("OTP_REQUEST", ["(cung cấp|đọc|gửi) … mã (otp|này)"], []),
    "clip": ("IMAGE_THREAT", ["(đăng|tung) (clip|ảnh)", "tung ra … clip"], []),
    "warn": ("WARN_FRAME", ["(cảnh báo|lưu ý) … khách hàng"], []),
    "money": ("MONEY_REQUEST", ["chuyển <money> vào <account>"], []),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    """A handful of cues on the real signals and frames."""
    root = tmp_path_factory.mktemp("cues") / "rules"
    (root / "lures" / "any").mkdir(parents=True)
    (root / "text").symlink_to(RULES / "text")
    (root / "signals.toml").symlink_to(RULES / "signals.toml")
    for name, (signal, phrases, unless) in CUES.items():
        (root / "lures" / "any" / f"{name}.toml").write_text(
            f'id = "any.{name}"\nsignal = "{signal}"\nstatus = "test"\nlang = "vi"\n'
            f"phrases = {phrases}\nunless = {unless}\nmatch = []\nno_match = []\n"
            f'references = ["https://example.test/report"]\nadded = 2026-11-22\n',
            "utf-8",
        )
    loaded = load_rulebook(root)
    assert not loaded.errors
    return loaded


@pytest.fixture(scope="module")
def detector(book: RuleBook) -> CueDetector:
    return CueDetector(book)


def find(text: str, book: RuleBook, detector: CueDetector) -> tuple[Finding, ...]:
    return detector.findings(fold_text(text, spelling=book.spelling))


@pytest.mark.parametrize(
    "text",
    ("Em không được kể với bố mẹ", "em khong duoc ke voi bo me", "e k dc ke vs bme",
     "em không\u200b được kể với bố mẹ", "Em ĐỪNG NÓI VỚI AI nhé"),
)  # fmt: skip
def test_the_same_words_hit_however_they_are_typed(
    text: str, book: RuleBook, detector: CueDetector
) -> None:
    assert [finding.signal for finding in find(text, book, detector)] == ["SECRECY"]


@pytest.mark.parametrize(
    ("status", "warns", "is_tried"),
    (("test", True, True), ("draft", False, True), ("retired", False, False)),
)
def test_draft_is_tried_by_its_author_alone_and_retired_cue_by_nobody(
    status: Status, warns: bool, is_tried: bool, book: RuleBook
) -> None:
    changed = replace(book, cues=tuple(replace(cue, status=status) for cue in book.cues))
    said = fold_text("Em không được kể với bố mẹ", spelling=book.spelling)
    assert bool(CueDetector(changed).findings(said)) is warns
    assert bool(CueDetector(changed, with_drafts=True).findings(said)) is is_tried


def test_only_cues_with_a_word_of_theirs_in_the_message_are_tried(
    book: RuleBook, detector: CueDetector
) -> None:
    for said, cue in (
        ("Em không được kể với bố mẹ", "any.secrecy"),
        ("Đọc cho anh mã otp", "any.code"),
        ("Lưu ý khách hàng", "any.warn"),
        ("Con về rồi", None),
    ):
        tried = detector.tried(fold_text(said, spelling=book.spelling))
        assert {one.id for one in tried} == ({cue} if cue else set())


def test_the_quote_is_cut_from_the_original(book: RuleBook, detector: CueDetector) -> None:
    text = "🙂 Em\u200b k dc kể vs bme nha"
    finding = find(text, book, detector)[0]
    assert text[finding.start : finding.end] == "k dc kể vs bme"


@pytest.mark.parametrize(
    "text",
    (
        pytest.param("Tuyệt đối không cung cấp mã này cho ai", id="a bank's notice"),
        pytest.param("tuyet doi khong cung cap ma nay cho ai", id="without marks"),
        pytest.param("Ngân hàng không bao giờ yêu cầu đọc mã OTP", id="never asks"),
        pytest.param("Kẻ xấu giả nhân viên rồi bảo đọc mã OTP", id="a report"),
        pytest.param("Gửi quý khách tuyệt đối không đọc mã này", id="a gap jumps over the no"),
        pytest.param("Gửi bạn đừng để lộ mã này", id="and the no is far from the rest"),
    ),
)
def test_a_warning_is_not_a_request(text: str, book: RuleBook, detector: CueDetector) -> None:
    assert find(text, book, detector) == ()


@pytest.mark.parametrize(
    "text",
    (
        pytest.param("Không gửi là tao tung clip", id="a condition is a threat"),
        pytest.param("Không thì tao tung clip", id="a condition before the cue"),
        pytest.param("Không tung ra thì đăng clip", id="a condition inside the cue"),
        pytest.param("Đừng lo, đừng kể với ai nhé", id="another order before a comma"),
        pytest.param("Dạ không, đọc mã OTP cho anh đi", id="a no before a comma"),
        pytest.param("Em rảnh không đọc mã OTP giúp anh", id="a question"),
        pytest.param("Tuyệt đối không tin ai. Giờ đọc mã OTP cho anh", id="the next sentence"),
    ),
)
def test_a_request_is_still_a_request(text: str, book: RuleBook, detector: CueDetector) -> None:
    assert find(text, book, detector)


@pytest.mark.parametrize(
    ("text", "said"),
    (
        pytest.param("không bao giờ yêu cầu đọc mã OTP", "không bao giờ yêu cầu", id="a no"),
        pytest.param("kẻ xấu mạo danh bảo đọc mã OTP", "kẻ xấu", id="a report"),
    ),
)
def test_of_the_words_that_drop_a_cue_the_first_and_longest_are_named(
    text: str, said: str, book: RuleBook, detector: CueDetector
) -> None:
    folded = fold_text(text, spelling=book.spelling)
    (sighting,) = detector.sightings(folded)
    assert sighting.dropped_at is not None
    start, end = folded.place(*sighting.dropped_at)
    assert text[start:end] == said


def test_few_words_without_marks_weigh_less_than_the_same_with_them(
    book: RuleBook, detector: CueDetector
) -> None:
    plain, marked = find("may dang clip", book, detector), find("mày đăng clip", book, detector)
    assert plain[0].weight < marked[0].weight


def test_unless_lowers_but_does_not_cancel(book: RuleBook, detector: CueDetector) -> None:
    finding = find("đừng nói với bố mai sinh nhật bố", book, detector)[0]
    assert 0 < finding.reduced_weight < finding.weight


def test_unless_works_only_in_its_own_sentence(book: RuleBook, detector: CueDetector) -> None:
    finding = find("đừng nói với bố. Mai sinh nhật mẹ", book, detector)[0]
    assert finding.reduced_weight == finding.weight


def test_a_reducer_lowers_its_own_sentence_and_shows_nothing_itself(
    book: RuleBook, detector: CueDetector
) -> None:
    lowered = find("Lưu ý quý khách hàng đừng kể với ai", book, detector)
    assert [finding.signal for finding in lowered] == ["SECRECY"]
    assert lowered[0].reduced_weight < lowered[0].weight


def test_entities_stand_in_phrases(book: RuleBook, detector: CueDetector) -> None:
    assert find("chuyển 500k vào 0123456789012", book, detector)


def test_words_no_rule_knows_do_not_grow_the_vocabulary(
    book: RuleBook, detector: CueDetector
) -> None:
    find("đừng kể với ai", book, detector)
    before = detector._finder.known_words
    for number in range(500):
        find(f"từlạ{number} đừng kể với ai khác{number}", book, detector)
    assert detector._finder.known_words == before
