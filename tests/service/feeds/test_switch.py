"""One switch stops everything; a list can be wanted or not by itself."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from harness.service_process import REPOSITORY
from notalone.feeds.catalogue import load_feeds
from notalone.feeds.fault import FeedError
from notalone.feeds.switch import (
    Switches,
    may_pull,
    read_switches,
    wanted,
    why_off,
    write_switches,
)


@pytest.fixture(autouse=True)
def as_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTALONE_FEEDS", raising=False)


def test_a_home_pulls_until_somebody_says_no(tmp_path: Path) -> None:
    assert may_pull(tmp_path)
    write_switches(tmp_path, Switches(pulls=False))
    assert not may_pull(tmp_path)
    write_switches(tmp_path, Switches())
    assert may_pull(tmp_path)


def test_the_environment_can_forbid_it_whatever_the_file_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTALONE_FEEDS", "off")
    write_switches(tmp_path, Switches(pulls=True))
    assert not may_pull(tmp_path)


@pytest.mark.parametrize("forbidden", (True, False))
def test_what_stops_it_is_told_with_what_lets_it_go_on(
    forbidden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if forbidden:
        monkeypatch.setenv("NOTALONE_FEEDS", "off")
    for told in (why_off().vi, why_off().en):
        assert ("NOTALONE_FEEDS=off" in told) is forbidden
        assert ("notalone feeds on" in told) is not forbidden


def test_a_damaged_switch_stands_on_off(tmp_path: Path) -> None:
    write_switches(tmp_path, Switches(pulls=False))
    (tmp_path / "lists" / "switch.json").write_text('{"pulls": fal')
    assert not may_pull(tmp_path)


def test_lists_are_wanted_as_the_catalogue_says_or_as_somebody_chose(tmp_path: Path) -> None:
    feeds, _ = load_feeds(REPOSITORY / "rules")
    gambling = next(feed for feed in feeds.values() if feed.kind == "gambling")
    phishing = next(feed for feed in feeds.values() if feed.kind == "phishing")
    before = {feed.id for feed in wanted(feeds.values(), read_switches(tmp_path))}
    assert gambling.id not in before
    write_switches(tmp_path, Switches(feeds={gambling.id: True, phishing.id: False}))
    after = {feed.id for feed in wanted(feeds.values(), read_switches(tmp_path))}
    assert after == (before | {gambling.id}) - {phishing.id}


def test_a_choice_that_cannot_be_kept_is_a_fault_with_words(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("in the way")
    with pytest.raises(FeedError) as caught:
        write_switches(tmp_path, Switches())
    assert caught.value.code == "unwritable"
    assert "nothing was changed" in caught.value.told.en


def test_a_choice_survives_as_it_was(tmp_path: Path) -> None:
    chosen = Switches(pulls=False, feeds={"x": True})
    write_switches(tmp_path, chosen)
    assert msgspec.structs.astuple(read_switches(tmp_path)) == (False, {"x": True})
