"""feeds.toml: what we ship is whole, and one broken entry costs that entry only."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from harness.service_process import REPOSITORY
from notalone.feeds.catalogue import FEEDS_FILE, LOCAL, Shape, load_feeds, local_feed

GOOD = """\
[good]
name = "Good list"
urls = ["https://lists.example/good.txt", "https://mirror.example/good.txt"]
format = "plain"
licence = "MIT"
redistribute = true
kind = "scam"
trust = 2
correction = "https://lists.example/issues"
source = "https://lists.example/"
checked = 2026-11-23
"""


def rules(folder: Path, text: str) -> Path:
    (folder / FEEDS_FILE).write_text(text, "utf-8")
    return folder


def test_what_we_ship_is_whole() -> None:
    feeds, errors = load_feeds(REPOSITORY / "rules")
    assert [error.told.en for error in errors] == []
    kinds = {feed.kind for feed in feeds.values()}
    assert kinds >= {"phishing", "scam", "shop", "crypto", "game", "malware", "gambling", "adult"}


def test_gambling_and_adult_lists_are_off_until_somebody_wants_them() -> None:
    feeds, _ = load_feeds(REPOSITORY / "rules")
    tame = {feed.kind for feed in feeds.values() if not feed.enabled}
    assert tame == {"gambling", "adult"}


def test_a_list_whose_licence_is_not_known_does_not_travel() -> None:
    feeds, _ = load_feeds(REPOSITORY / "rules")
    closed = ("none stated", "terms", "LICENSE")
    doubtful = [feed for feed in feeds.values() if any(word in feed.licence for word in closed)]
    assert doubtful
    assert not any(feed.redistribute for feed in doubtful)


def test_an_entry_is_read_as_it_stands(tmp_path: Path) -> None:
    feeds, errors = load_feeds(rules(tmp_path, GOOD))
    assert errors == []
    feed = feeds["good"]
    assert (feed.format, feed.expiry_days, feed.enabled) == ("plain", 90, True)
    assert feed.hosts == {"lists.example", "mirror.example"}
    assert feed.first_hosts == {"lists.example"}
    assert feed.checked == datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    (
        ('format = "plain"', 'format = "pain"', 4, "plain"),
        ("trust = 2", "trust = 9", 8, "trust"),
        ('licence = "MIT"\n', "", 1, "licence"),
        ("https://mirror", "http://mirror", 3, "https://"),
        ('kind = "scam"', 'kind = "scams"', 7, "phishing"),
        ('format = "plain"', 'format = "csv"', 4, "column"),
        ("trust = 2", 'trust = 2\ndelimiter = ";;"', 9, "delimiter"),
        ("[good]", "[Good One]", 1, "a-z"),
        ("[good]", f"[{LOCAL}]", 1, LOCAL),
        ("checked = 2026-11-23", 'checked = "soon"', 11, "checked"),
        ("trust = 2", "trust = 2\nspeed = 3", 9, "speed"),
    ),
)
def test_a_mistake_says_where_and_how_to_mend_it_and_costs_its_entry_only(
    before: str, after: str, line: int, said: str, tmp_path: Path
) -> None:
    whole = GOOD.replace("good", "whole")
    feeds, errors = load_feeds(rules(tmp_path, GOOD.replace(before, after) + "\n" + whole))
    assert set(feeds) == {"whole"}
    (error,) = errors
    assert error.at.line == line
    assert said in error.told.en
    assert error.told.vi != error.told.en


def test_one_list_stands_in_one_place(tmp_path: Path) -> None:
    _, (error,) = load_feeds(rules(tmp_path, GOOD + "\n" + GOOD.replace("[good]", "[again]")))
    assert "[good]" in error.told.en


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    feeds, (error,) = load_feeds(tmp_path)
    assert not feeds
    assert FEEDS_FILE in str(error)


def test_a_list_of_ones_own_goes_nowhere() -> None:
    feed = local_feed(Shape("plain"), today=datetime.date(2026, 11, 23))
    assert (feed.id, feed.urls, feed.redistribute) == (LOCAL, (), False)


@pytest.mark.parametrize("readme", ("README.md", "README.vi.md"))
def test_a_family_can_read_which_hosts_their_computer_calls(readme: str) -> None:
    feeds, _ = load_feeds(REPOSITORY / "rules")
    text = (REPOSITORY / readme).read_text("utf-8")
    called = {host for feed in feeds.values() if feed.enabled for host in feed.hosts}
    assert {host for host in called if f"`{host}`" not in text} == set()
    assert "feeds off" in text
