"""Signals and lures are read at once, and say which rules they come from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notalone.glossary import load_glossary

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
