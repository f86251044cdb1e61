"""`notalone feeds …` as a family, a maintainer and the schedule call it."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.feed_server import FeedServer, body, feed_server, modified_since, status
from notalone.compiled import ListedBy, open_compiled
from notalone.errors import SetupError
from notalone.feeds import command as module
from notalone.feeds.build import Report
from notalone.feeds.catalogue import FEEDS_FILE, LOCAL, Feed, Shape, load_feeds
from notalone.feeds.command import FeedsCommand, Language
from notalone.feeds.download import Limits, Network
from notalone.feeds.fault import FeedError
from notalone.feeds.pull import alone
from notalone.feeds.snapshot import (
    SNAPSHOT,
    State,
    feeds_dir,
    read_snapshot,
    read_state,
    write_state,
)
from notalone.feeds.store import compiled_folder

REAL_BUILD = module.build_list
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
NETWORK = Network(Limits(total_s=20, attempts=1), loopback_only=True)
ENTRY = """\
[{id}]
name = "List {id}"
urls = ["https://lists.example/{id}.txt"]
format = "plain"
licence = "MIT"
redistribute = {travels}
kind = "{kind}"
trust = 2
enabled = {enabled}
correction = "https://lists.example/issues"
source = "https://lists.example/"
checked = 2026-11-23

"""


class Desk:
    """A home with three lists, one of them off, whose server is ours."""

    def __init__(self, folder: Path, server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.data = folder / "data"
        self.rules = folder / "rules"
        self.rules.mkdir()
        self.server = server
        self.built: list[list[str]] = []
        entries = (("one", "scam", "true"), ("two", "shop", "true"), ("bets", "gambling", "false"))
        text = "".join(
            ENTRY.format(id=name, kind=kind, enabled=enabled, travels=enabled)
            for name, kind, enabled in entries
        )
        (self.rules / FEEDS_FILE).write_text(text)

        def to_our_server(rules: Path) -> object:
            feeds, errors = load_feeds(rules)
            return {
                name: server.feed(f"/{name}", identifier=name, kind=feed.kind)
                if feed.enabled
                else feed
                for name, feed in feeds.items()
            }, errors

        def build(_data: Path, feeds: Sequence[Feed]) -> None:
            self.built.append([feed.id for feed in feeds])

        monkeypatch.setattr(module, "load_feeds", to_our_server)
        monkeypatch.setattr(module, "build_list", build)

    def command(self, language: Language = "en", *, days: int = 0) -> FeedsCommand:
        return FeedsCommand(
            language,
            data=self.data,
            rules=self.rules,
            network=NETWORK,
            now=lambda: NOW + timedelta(days=days),
        )

    def addresses(self, feed: str) -> list[str]:
        return [kept.address for kept in read_snapshot(feeds_dir(self.data) / feed / SNAPSHOT)]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.delenv("NOTALONE_FEEDS", raising=False)
    with feed_server() as server:
        server.answers |= {"/one": body(b"a.example\n"), "/two": body(b"b.example\n")}
        yield Desk(tmp_path, server, monkeypatch)


def test_pull_fetches_what_is_wanted_and_builds_once(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.command().pull() == 0
    assert (desk.addresses("one"), desk.addresses("two")) == (["a.example"], ["b.example"])
    assert desk.built == [["one", "two"]]
    assert "one: 1 address" in capsys.readouterr().out


def test_only_the_lists_that_are_named_are_pulled(desk: Desk) -> None:
    assert desk.command().pull(["two"]) == 0
    assert [asked.path for asked in desk.server.asked] == ["/two"]


def test_one_broken_list_does_not_take_the_others_down(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.server.answers["/one"] = status(500)
    assert desk.command("vi").pull() == 1
    assert desk.addresses("two") == ["b.example"]
    assert desk.built == [["one", "two"]]
    said = capsys.readouterr()
    assert "one: máy chủ trả lời 500" in said.err
    assert "two: 1 địa chỉ" in said.out


def test_when_every_list_fails_nothing_is_built_anew_and_the_way_out_is_said_once(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.server.answers.clear()
    assert desk.command().pull() == 1
    assert desk.built == []
    said = capsys.readouterr().err
    assert said.count("the server answers 404") == 2
    assert said.count("→") == 1


def test_what_was_built_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report(NOW.date(), 1234, {})
    monkeypatch.setattr(module, "read_report", lambda _data: report)
    assert desk.command("vi").build() == 0
    assert "1.234 địa chỉ" in capsys.readouterr().out


def test_the_builder_is_told_how_alive_each_list_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.command().pull()
    desk.command(days=5).pull()
    told: list[ListedBy] = []
    monkeypatch.setattr(module, "build_apart", lambda _data, feeds: told.extend(feeds))
    one = desk.server.feed("/one", identifier="one")
    two = desk.server.feed("/two", identifier="two")
    write_state(feeds_dir(desk.data) / "two", State(is_dated=True))
    REAL_BUILD(desk.data, [one, two])
    assert [(by.id, by.changed, by.is_dated) for by in told] == [
        ("one", NOW.date(), False),
        ("two", None, True),
    ]


def test_one_broken_entry_of_the_catalogue_does_not_take_the_others_down(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with (desk.rules / FEEDS_FILE).open("a") as file:
        file.write('[broken]\nname = "Broken"\n')
    assert desk.command().pull() == 1
    assert desk.built == [["one", "two"]]
    assert "feeds.toml" in capsys.readouterr().err


@pytest.mark.parametrize("language", ("vi", "en"))
def test_a_list_that_does_not_exist_is_a_wrong_call_that_names_those_that_do(
    language: Language, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    command = desk.command(language)
    calls = (
        command.pull(["nix"]),
        command.turn(["nix"], on=True),
        command.take_in(desk.data, "nix", Shape("plain")),
    )
    assert calls == (2, 2, 2)
    assert "bets, one, two" in capsys.readouterr().err
    assert desk.server.asked == []


@pytest.mark.parametrize("how", ("file", "environment"))
def test_when_it_is_off_nothing_is_asked_of_anybody(
    how: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if how == "file":
        assert desk.command().turn([], on=False) == 0
    else:
        monkeypatch.setenv("NOTALONE_FEEDS", "off")
    assert desk.command().pull() == 1
    assert desk.command().pull(["one"]) == 1
    assert desk.command().pull(due=True) == 1
    assert desk.server.asked == []
    way_out = {"file": "notalone feeds on", "environment": "NOTALONE_FEEDS=off"}[how]
    assert way_out in capsys.readouterr().err


def test_off_and_on_again(desk: Desk) -> None:
    desk.command().turn([], on=False)
    desk.command().turn([], on=True)
    assert desk.command().pull() == 0


def test_switching_on_what_something_else_still_stops_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.command().turn([], on=True) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("NOTALONE_FEEDS", "off")
    assert desk.command().turn([], on=True) == 0
    assert "NOTALONE_FEEDS=off" in capsys.readouterr().err
    monkeypatch.delenv("NOTALONE_FEEDS")
    desk.command().turn([], on=False)
    desk.command().turn(["bets"], on=True)
    assert "notalone feeds on" in capsys.readouterr().err


def test_a_list_that_was_never_pulled_says_when_it_will_be(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.command().turn(["bets"], on=True)
    assert "notalone feeds pull bets" in capsys.readouterr().out
    desk.command().pull(["one"])
    capsys.readouterr()
    desk.command().turn(["one"], on=True)
    assert "feeds pull one" not in capsys.readouterr().out


def test_nothing_built_is_said_with_what_to_do(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.command("vi").build() == 0
    assert "notalone feeds pull" in capsys.readouterr().out


def test_while_it_is_off_nobody_is_said_to_be_asked(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.command().turn([], on=False)
    desk.command().show_catalogue()
    said = capsys.readouterr().out
    assert "notalone feeds on" in said
    assert "127.0.0.1" not in said


def test_a_list_can_be_left_out_and_another_taken_in(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.command().turn(["one"], on=False)
    desk.command().turn(["bets"], on=True)
    desk.command().show_catalogue()
    said = capsys.readouterr().out
    assert all(line in said for line in ("- one ", "+ two ", "+ bets "))


def test_a_list_left_out_counts_no_longer_from_that_moment(desk: Desk) -> None:
    desk.command().pull()
    assert desk.command().turn(["one"], on=False) == 0
    assert desk.built == [["one", "two"], ["two"]]


def test_the_schedule_pulls_only_what_is_due_and_is_silent_about_it(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_step_back", lambda: None)  # not this very process
    desk.command().pull(["one"])
    assert desk.command().pull(due=True) == 0
    assert [asked.path for asked in desk.server.asked] == ["/one", "/two"]
    assert desk.command().pull(due=True) == 0
    assert len(desk.server.asked) == 2
    assert len(desk.built) == 2
    capsys.readouterr()


def test_a_second_pull_at_the_same_time_is_refused(desk: Desk) -> None:
    with alone(desk.data), pytest.raises(FeedError) as caught:
        desk.command().pull()
    assert caught.value.code == "busy"


def test_a_list_that_its_server_calls_unchanged_is_as_young_as_the_last_time_it_did(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "build_list", REAL_BUILD)
    desk.server.answers["/one"] = modified_since(b"a.example\n", '"e"')
    for days in (0, 9):
        assert desk.command(days=days).pull(["one"]) == 0
    listed = open_compiled(compiled_folder(desk.data))
    assert listed is not None
    assert listed.pulled == NOW.date() + timedelta(days=9)
    assert listed.feeds["one"].changed == NOW.date()


def test_a_list_that_cannot_be_built_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_data: Path, _feeds: Sequence[Feed]) -> None:
        raise SetupError("no room")

    monkeypatch.setattr(module, "build_list", fail)
    assert desk.command().pull() == 1
    assert desk.command().build() == 1
    assert "no room" in capsys.readouterr().err


def test_a_file_is_imported_for_a_list_of_the_catalogue(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(b"c.example\n"))
    assert desk.command().take_in(path, "one") == 0
    assert desk.addresses("one") == ["c.example"]
    assert desk.built == [["one", "two"]]


def test_a_file_for_a_list_that_is_off_is_kept_and_told_how_to_be_used(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bets.txt"
    path.write_text("bet.example\n")
    assert desk.command().take_in(path, "bets") == 0
    assert "notalone feeds on bets" in capsys.readouterr().out
    desk.command().turn(["bets"], on=True)
    capsys.readouterr()
    assert desk.command().take_in(path, "bets") == 0
    assert "feeds on" not in capsys.readouterr().out


def test_a_file_that_is_much_shorter_than_the_last_is_taken_when_one_insists(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("".join(f"a{number}.example\n" for number in range(1_001)))
    assert desk.command().take_in(path, LOCAL, Shape("plain")) == 0
    path.write_text("a1.example\n")
    assert desk.command().take_in(path, LOCAL, Shape("plain")) == 1
    assert "--accept" in capsys.readouterr().err
    assert desk.command().take_in(path, LOCAL, Shape("plain"), accept=True) == 0


def test_a_file_of_ones_own_takes_part_in_the_list(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("host\tsince\nmine.example\t2026-02-01\n")
    assert desk.command().take_in(path, LOCAL) == 2
    assert "--format" in capsys.readouterr().err
    shape = Shape("csv", column="host", date_column="since", delimiter="\t")
    assert desk.command().take_in(path, LOCAL, shape) == 0
    assert desk.addresses(LOCAL) == ["mine.example"]
    assert desk.built == [["one", "two", LOCAL]]


def test_a_list_of_ones_own_is_shown_and_can_be_left_out(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.command().turn([LOCAL], on=False) == 2  # nothing was ever imported
    path = tmp_path / "mine.txt"
    path.write_text("mine.example\n")
    desk.command().take_in(path, LOCAL, Shape("plain"))
    desk.command().turn([LOCAL], on=False)
    desk.command().show_catalogue()
    desk.command().turn([LOCAL], on=True)
    desk.command().show_catalogue()
    assert desk.built == [["one", "two", LOCAL], ["one", "two"], ["one", "two", LOCAL]]
    said = capsys.readouterr()
    assert f"- {LOCAL}" in said.out
    assert f"+ {LOCAL}" in said.out
    assert desk.command().pull([LOCAL]) == 2
    assert "notalone feeds import" in capsys.readouterr().err


def test_a_file_that_is_not_there_or_is_no_list_is_refused(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.command().take_in(tmp_path / "none", "one") == 1
    (tmp_path / "page").write_text("<html>")
    assert desk.command().take_in(tmp_path / "page", "one") == 1
    said = capsys.readouterr().err
    assert "none" in said
    assert "web page" in said
    assert "--format" in said
    assert desk.built == []


def test_the_catalogue_names_whose_lists_they_are_and_who_is_called(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.command("vi").show_catalogue() == 0
    said = capsys.readouterr().out
    for told in ("MIT", "không phân phối lại", "https://lists.example/", "feeds off", "127.0.0.1"):
        assert told in said


def test_status_before_the_first_pull_says_what_to_do(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.command("vi").show_status() == 1
    assert "notalone feeds pull" in capsys.readouterr().out


def test_status_says_rows_age_faults_licence_and_whom_to_ask(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.server.answers["/one"] = body(b"a.example\ngoogle.com\n" * 1)
    (desk.rules / "brands.toml").write_text(
        '[google]\nname = "Google"\ncategory = "search"\ncountry = "world"\n'
        'domains = ["google.com"]\naliases = ["google"]\nsources = ["a", "b"]\n'
        "checked = 2026-11-23\n"
    )
    desk.command().pull()
    desk.server.answers["/two"] = status(404)
    desk.command(days=3).pull()
    capsys.readouterr()
    assert desk.command(days=4).show_status() == 0
    said = capsys.readouterr().out
    for told in (
        "1 address, 1 day ago · licence: MIT",
        "corrections: https://list.example/issues",
        "left out 1, an organisation's own domain (line 2: google.com)",
        "1 address, 4 days ago",
        "fault (1 in a row): the server answers 404",
        "The lists are fresh",
    ):
        assert told in said, told
    assert read_state(feeds_dir(desk.data) / "two").rows == 1


def test_status_of_old_lists_is_no_good_status(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.command().pull()
    assert desk.command("vi", days=20).show_status() == 1
    assert "20 ngày trước" in capsys.readouterr().out


@pytest.mark.parametrize("is_terminal", (True, False))
def test_progress_is_for_terminals_only(
    is_terminal: bool, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return is_terminal

    stream = Stream()
    monkeypatch.setattr(sys, "stderr", stream)
    desk.server.answers["/one"] = body(b"a.example\n" * 20_000)
    desk.command().pull(["one"])
    assert ("one" in stream.getvalue()) is is_terminal
