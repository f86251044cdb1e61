"""Signals and lures are read at once, and say which rules they come from."""

from __future__ import annotations

import re
import shutil
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from notalone.glossary import Lure, load_glossary
from notalone.model import Bilingual

RULES = Path(__file__).resolve().parents[2] / "rules"
LURES = [
    "fake_authority",
    "fake_scholarship",
    "job_abroad",
    "fake_casting",
    "task_scam",
    "grooming",
    "sextortion",
    "game_gift",
    "fake_prize",
    "hijacked_friend",
    "fake_app",
    "account_theft",
    "predatory_loan",
    "fake_investment",
    "fake_bank",
    "fake_emergency",
    "deepfake_call",
    "fake_charity",
    "fake_ticket",
    "harm_challenge",
    "sim_lock",
    "money_mule",
    "gambling_bait",
    "adult_service_bait",
]
COMFORT = re.compile(r"không phải lỗi của bạn|it is not your fault|bạn không có lỗi", re.IGNORECASE)
NEVER_SAID = {
    "blame": r"dại|ngu|ngốc|sao lại|lẽ ra|đáng lẽ|tại bạn|lỗi của bạn|cả tin|dễ dãi|ngây thơ"
    r"|bất cẩn|chủ quan|tham lam|bạn đã bị lừa|phạm pháp"
    r"|stupid|foolish|silly|naive|gullible|careless|greedy|should( not|n't)? have|your (own )?fault"
    r"|(you|have) (fell|fallen) for|you were (tricked|fooled)",
    "safety": r"an toàn|\w*safe\w*",
    "a promise": r"chắc chắn|[bđ]ảm bảo|cam đoan|sẽ (lấy lại|đòi lại|bắt được)|lấy lại được"
    r"|guarantee\w*|certainly|definitely|will (get|be) .*back|will catch",
}
TELLS_WATCHER = (  # what a title lets out to whoever looks at the screen
    r"công an|vụ án|ảnh|hình|video|dọa|ép|lừa|giả|thử thách|nguy hiểm|tiền|cuộc trò chuyện"
    r"|police|case|pictures?|photos?|threat\w*|pressure|scam|fake|posing|challenge|danger|money|chat"
)
TELL_OR_STOP = {
    "vi": r"kể|hỏi|xem|gọi|bỏ qua|dừng|ngừng|tắt máy|đến bên",
    "en": r"tell|ask|show|call|leave|stop|pause|hang up|go to",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def test_every_lure_of_the_design_has_its_words() -> None:
    glossary = load_glossary(RULES)
    assert glossary.errors == ()
    assert set(glossary.lures) == {*LURES, "any"}


def test_lures_that_somebody_may_watch_are_marked() -> None:
    watched = {lure.id for lure in load_glossary(RULES).lures.values() if lure.watched}
    assert watched == {"fake_authority", "sextortion", "grooming", "harm_challenge"}


def every_text(lure: Lure) -> Iterator[tuple[str, Bilingual]]:
    """Everything a lure says, by the name it has in lure.toml."""
    yield from (("title", lure.title), ("about", lure.about), ("first_action", lure.first_action))
    yield from (("next_steps", step) for step in lure.next_steps)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?…]) +", text)


def found(words: str, text: str) -> list[str]:
    return [hit[0] for hit in re.finditer(rf"\b({words})\b", text, re.IGNORECASE)]


def marks(text: str) -> list[str]:
    """The marks of Vietnamese letters; đ carries its own."""
    return [c for c in unicodedata.normalize("NFD", text) if unicodedata.combining(c) or c in "đĐ"]


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, Lure]:
    return load_glossary(RULES).lures


@pytest.fixture(params=[*LURES, "any"])
def lure(request: pytest.FixtureRequest, shipped: Mapping[str, Lure]) -> Lure:
    return shipped[request.param]


def test_a_lure_is_said_in_a_few_short_sentences(lure: Lure) -> None:
    assert max(len(lure.title.vi), len(lure.title.en)) <= 60
    assert 2 <= len(lure.next_steps) <= 4
    for name, text in every_text(lure):
        for sentence in sentences(text.vi) + sentences(text.en):
            assert len(sentence) <= 90, f"{name}: {sentence}"
    assert max(len(sentences(lure.about.vi)), len(sentences(lure.about.en))) <= 2


def test_a_lure_is_said_in_both_languages(lure: Lure) -> None:
    for name, text in every_text(lure):
        assert text.vi.strip(), name
        assert text.en.strip(), name
        assert text.vi != text.en, name
        assert unicodedata.is_normalized("NFC", text.vi), name
        for sentence in sentences(text.vi):
            assert marks(sentence), f"{name} without marks: {sentence}"
        assert not marks(text.en), f"{name} in English: {text.en}"


@pytest.mark.parametrize("what", NEVER_SAID)
def test_a_lure_neither_blames_nor_promises(lure: Lure, what: str) -> None:
    for name, text in every_text(lure):
        for words in (text.vi, text.en):
            assert found(NEVER_SAID[what], COMFORT.sub("", words)) == [], f"{name}: {words}"


def test_a_lure_offers_one_thing_to_do_first(lure: Lure) -> None:
    for words, language in ((lure.first_action.vi, "vi"), (lure.first_action.en, "en")):
        (asked,) = [s for s in sentences(words) if not COMFORT.search(s)]
        assert found(TELL_OR_STOP[language], asked), asked


def test_a_lure_names_only_numbers_that_are_confirmed(lure: Lure) -> None:
    rows = tomllib.loads((RULES / "helplines.toml").read_text("utf-8"))["helpline"]
    known = {row["phone"] for row in rows}
    for name, text in every_text(lure):
        for language, words in (("vi", text.vi), ("en", text.en)):
            numbers = set(re.findall(r"\d(?:[ .-]?\d){2,}", words))
            assert numbers <= known, f"{name} ({language}): {words}"
        assert re.findall(r"\d+", text.vi) == re.findall(r"\d+", text.en), name


def test_the_title_of_a_watched_lure_gives_nothing_away(shipped: Mapping[str, Lure]) -> None:
    for lure in shipped.values():
        if lure.watched:
            assert found(TELLS_WATCHER, f"{lure.title.vi} / {lure.title.en}") == [], lure.id


def test_every_signal_a_lure_names_exists() -> None:
    glossary = load_glossary(RULES)
    named = {name for lure in glossary.lures.values() for name in lure.signals}
    assert named <= set(glossary.signals)


def test_a_broken_lure_is_named_and_the_others_stand(folder: Path) -> None:
    (folder / "lures" / "grooming" / "lure.toml").write_text('id = "groming"', "utf-8")
    glossary = load_glossary(folder)
    assert "grooming" not in glossary.lures
    assert len(glossary.lures) == len(LURES)
    assert glossary.errors[0].at.path.as_posix() == "rules/lures/grooming/lure.toml"


def test_a_broken_signal_is_named_and_the_others_stand(folder: Path) -> None:
    path = folder / "signals.toml"
    path.write_text(
        "[SECRECY]\nweight = 9\n\n" + path.read_text("utf-8").replace("[SECRECY]", "[X]"), "utf-8"
    )
    glossary = load_glossary(folder)
    assert "SECRECY" not in glossary.signals
    assert len(glossary.signals) > 70
    assert str(glossary.errors[0]).startswith("rules/signals.toml:2:1: [SECRECY] ")


def test_a_half_written_signal_costs_only_itself(folder: Path) -> None:
    path = folder / "signals.toml"
    path.write_text("[BROKEN]\nweight = \n\n" + path.read_text("utf-8"), "utf-8")
    glossary = load_glossary(folder)
    assert len(glossary.signals) > 80
    assert str(glossary.errors[0]).startswith("rules/signals.toml:2:10: is not valid TOML")


@pytest.mark.parametrize(
    ("name", "own", "others", "unknown"),
    (
        pytest.param("SECRECY", False, True, True, id="what others say"),
        pytest.param("TOLD_THREAT", True, False, True, id="what the child tells"),
        pytest.param("OWN_PAID", True, False, False, id="what the child goes along with"),
    ),
)
def test_signals_are_looked_for_where_they_may_be_said(
    name: str, own: bool, others: bool, unknown: bool
) -> None:
    signal = load_glossary(RULES).signals[name]
    assert [signal.may_stand_in(from_me=x) for x in (True, False, None)] == [own, others, unknown]


def test_help_comes_with_something_to_do_and_never_with_a_reproach() -> None:
    opening = [s for s in load_glossary(RULES).signals.values() if s.opens_help]
    assert len(opening) >= 5
    for signal in opening:
        assert signal.first_action is not None
        texts = (signal.why, signal.first_action)
        assert all(len(text) <= 90 for said in texts for text in (said.vi, said.en))
        assert len(signal.why.vi) <= 60
        assert not any(word in said.vi for said in texts for word in ("an toàn", "sao lại", "dại"))


def test_a_signal_that_opens_help_without_a_first_step_is_named(folder: Path) -> None:
    path = folder / "signals.toml"
    half = '[HALF]\nopens_help = true\nsaid_by = "me"\nwhy = { vi = "a", en = "b" }\n\n'
    path.write_text(half + path.read_text("utf-8"), "utf-8")
    glossary = load_glossary(folder)
    assert "HALF" not in glossary.signals
    assert str(glossary.errors[0]).startswith("rules/signals.toml:2:1: [HALF] opens help")


def test_signals_that_cannot_be_read_are_named(folder: Path) -> None:
    (folder / "signals.toml").unlink()
    glossary = load_glossary(folder)
    assert glossary.signals == {}
    assert glossary.errors[0].at.path.name == "signals.toml"


def test_the_date_is_that_of_the_newest_cue(folder: Path) -> None:
    assert load_glossary(folder).built <= "2030"
    cue = next((folder / "lures" / "any").glob("*secre*.toml"))
    cue.write_text(cue.read_text("utf-8").replace("added = 2026", "added = 2031"), "utf-8")
    assert load_glossary(folder).built.startswith("2031")


def test_no_rules_have_no_version(tmp_path: Path) -> None:
    glossary = load_glossary(tmp_path)
    assert (glossary.version, glossary.built) == ("", "")
