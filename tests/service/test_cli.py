"""The command line: plain words, help with examples, and the three exit statuses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from notalone import cli
from notalone.cli import main
from notalone.feeds import command
from notalone.feeds.catalogue import Shape
from notalone.feeds.fault import FeedError
from notalone.instruments import rules_command, score, score_links
from notalone.instruments.new_cue import Given
from notalone.model import Bilingual


@pytest.mark.parametrize(
    "command", ("start", "check", "rules", "feeds", "install", "uninstall", "doctor", "openapi")
)
def test_help_lists_every_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert command in said
    assert "examples:" in said


@pytest.mark.parametrize(
    "arguments",
    ([], ["fly"], ["rules"], ["rules", "fly"], ["rules", "explain"],
     ["rules", "explain", "x", "--lang", "fr"], ["rules", "lint", "--lang", "fr"],
     ["feeds"], ["feeds", "fly"], ["feeds", "import"], ["feeds", "import", "x"],
     ["feeds", "import", "x", "--feed", "local", "--format", "pdf"],
     ["feeds", "import", "x", "--feed", "local", "--format", "csv", "--delimiter", ";;"],
     ["score", "--lang", "fr"], ["rules", "new", "--cue-lang", "fr"]),
)  # fmt: skip
def test_a_wrong_call_is_status_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


@pytest.mark.parametrize("action", ("lint", "test", "explain", "new"))
def test_help_of_the_rules_lists_every_action(
    action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["rules", "--help"])
    assert action in capsys.readouterr().out


@pytest.mark.parametrize("action", ("pull", "list", "status", "import", "build", "on", "off"))
def test_help_of_the_feeds_lists_every_action_with_examples(
    action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["feeds", "--help"])
    said = capsys.readouterr().out
    assert action in said
    assert "examples:" in said


@pytest.mark.parametrize(
    ("arguments", "called"),
    (
        ("pull a b --accept --lang en", ("en", "pull", (["a", "b"],), {"accept": True})),
        ("pull --due", ("vi", "pull", ([],), {"due": True})),
        ("on a", ("vi", "turn", (["a"],), {"on": True})),
        ("off", ("vi", "turn", ([],), {"on": False})),
        ("list", ("vi", "show_catalogue", (), {})),
        ("status", ("vi", "show_status", (), {})),
        ("build", ("vi", "build", (), {})),
        ("import f.txt --feed a", ("vi", "take_in", (Path("f.txt"), "a", None), {})),
        (
            "import f.tsv.zst --feed local --format csv --column host --date-column seen",
            (
                "vi",
                "take_in",
                (Path("f.tsv.zst"), "local", Shape("csv", "host", "seen", "\t")),
                {},
            ),
        ),
    ),
)
def test_each_action_of_the_feeds_does_what_it_says(
    arguments: str, called: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[tuple[Any, ...]] = []

    class Recorder:
        def __init__(self, language: str) -> None:
            self.language = language

        def __getattr__(self, name: str) -> Any:
            def act(*given: Any, **options: Any) -> int:
                set_options = {key: value for key, value in options.items() if value or key == "on"}
                taken.append((self.language, name, given, set_options))
                return 0

            return act

    monkeypatch.setattr(command, "FeedsCommand", Recorder)
    assert main(["feeds", *arguments.split()]) == 0
    assert taken == [called]


def test_every_example_of_the_feeds_is_a_call_that_is_understood() -> None:
    examples = (cli._FEEDS_EXAMPLES + cli._IMPORT_EXAMPLES).splitlines()
    calls = [line.strip().partition("   ")[0] for line in examples if "notalone" in line]
    assert len(calls) > 8
    for call in calls:
        assert cli._parser().parse_args(call.split()[1:]).command == "feeds"


@pytest.mark.parametrize(
    ("given", "delimiter"), (("--delimiter=;", ";"), (r"--delimiter=\t", "\t"), ("--lang=vi", ","))
)
def test_a_table_may_part_its_cells_by_any_one_character(
    given: str, delimiter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Shape] = []

    def take(_self: object, _path: Path, _feed: str, shape: Shape, *, accept: bool) -> int:
        assert not accept
        taken.append(shape)
        return 0

    monkeypatch.setattr(command.FeedsCommand, "take_in", take)
    assert main(["feeds", "import", "x", "--feed=local", "--format=csv", given]) == 0
    assert [shape.delimiter for shape in taken] == [delimiter]


def test_a_pull_that_somebody_stops_is_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command.FeedsCommand, "pull", stop)
    assert main(["feeds", "pull", "--lang", "en"]) == 1
    assert "Stopped" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "said"), (("vi", "bận"), ("en", "busy")))
def test_a_fault_of_the_feeds_is_said_in_the_language_asked_for(
    language: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def busy(_command: object) -> int:
        raise FeedError("busy", Bilingual("bận", "busy"))

    monkeypatch.setattr(command.FeedsCommand, "build", busy)
    assert main(["feeds", "build", "--lang", language]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{said}; ")
    assert told.count("\n") == 1


def test_every_answer_of_a_new_cue_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Given] = []

    def new(given: Given) -> int:
        taken.append(given)
        return 0

    monkeypatch.setattr(rules_command, "new", new)
    words = "--lure any --signal SECRECY --name x --cue-lang vi --phrase p --unless u --match m"
    assert (
        main(
            ["rules", "new", *words.split(), "--match", "n", "--no-match", "o", "--reference", "r"]
        )
        == 0
    )
    assert taken == [
        Given(
            lure="any",
            signal="SECRECY",
            name="x",
            lang="vi",
            phrases=("p",),
            unless=("u",),
            match=("m", "n"),
            no_match=("o",),
            references=("r",),
        )
    ]


@pytest.mark.parametrize(
    ("options", "wanted"),
    (
        ([], {"disguised": False, "accept": False, "cross_validate": False, "language": "vi"}),
        (
            ["--disguised", "--accept", "--cross-validate", "--lang", "en"],
            {"disguised": True, "accept": True, "cross_validate": True, "language": "en"},
        ),
    ),
)
def test_the_score_is_told_what_was_asked(
    options: list[str], wanted: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def run(**given: object) -> int:
        asked.update(given)
        return 0

    monkeypatch.setattr(score, "run", run)
    assert main(["score", *options]) == 0
    assert {name: asked[name] for name in wanted} == wanted


def test_the_score_of_links_has_its_own_data_and_options(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}

    def run(**given: object) -> int:
        asked.update(given)
        return 0

    monkeypatch.setattr(score_links, "run", run)
    assert main(["score", "--links", "--samples", "5", "--json", "--lang", "en"]) == 0
    assert asked == {
        "data": Path("../shared"), "as_json": True, "samples": 5, "language": "en"
    }  # fmt: skip


@pytest.mark.parametrize("action", ("lint", "test"))
@pytest.mark.parametrize(("options", "language"), (([], "vi"), (["--lang", "en"], "en")))
def test_rules_are_checked_in_the_language_of_the_reader(
    action: str, options: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def run(language: str, names: Sequence[str] = ()) -> int:
        asked.extend((language, *names))
        return 1

    monkeypatch.setattr(rules_command, action, run)
    assert main(["rules", action, *options]) == 1
    assert asked == [language]


def test_lint_looks_at_the_files_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def lint(language: str, names: Sequence[str]) -> int:
        asked.extend((language, *names))
        return 0

    monkeypatch.setattr(rules_command, "lint", lint)
    assert main(["rules", "lint", "any.urgent", "x.toml", "--lang", "en"]) == 0
    assert asked == ["en", "any.urgent", "x.toml"]


def test_openapi_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["openapi"]) == 0
    assert json.loads(capsys.readouterr().out)["openapi"].startswith("3.1")
