"""`notalone`: the command line, for families, schools and maintainers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notalone import __version__
from notalone.errors import NotAloneError

if TYPE_CHECKING:
    from notalone.feeds.command import FeedsCommand

DONE, REFUSED, WRONG_CALL = 0, 1, 2
_Actions = Any  # argparse's own type for add_subparsers() has a private name

_EXAMPLES = """\
examples:
  notalone start                               run the service for the browser
  notalone check "Vụ án này bảo mật, ..."      judge a message or a link
  notalone check --ndjson messages.ndjson      one JSON object a line, "-" for standard input
  notalone rules explain "Vụ án này ..."       say how a verdict comes about
  notalone rules lint                          look for mistakes in the rule files
  notalone rules lint any.urgent               in one of them, and how it stands to the others
  notalone feeds status                        other people's lists: how old, what is wrong
  notalone doctor                              find out why something does not work
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 done, 1 something was refused, 2 wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not be UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except NotAloneError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # `notalone check | head`
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="notalone",
        description="Không Một Mình: checks messages and links on this computer only.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"notalone {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    start = commands.add_parser("start", help="run the service until Ctrl-C")
    start.set_defaults(run=_start)

    check = commands.add_parser("check", help="judge a message, a link or a file of them")
    check.add_argument("text", nargs="?", metavar="TEXT_OR_LINK")
    check.add_argument(
        "--ndjson",
        nargs="?",
        const="-",
        metavar="FILE",
        help='one JSON object a line: {"id", "link"} or {"id", "text"} or {"id", "messages"}',
    )
    check.set_defaults(run=_check)

    rules = commands.add_parser("rules", help="for maintainers: write, check, explain rules")
    actions = rules.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in (
        ("lint", "mistakes, each with file, line, column and the way to mend it"),
        ("test", "run the examples that stand in every cue"),
    ):
        action = actions.add_parser(name, help=text)
        _add_language(action)
        if name == "lint":
            action.add_argument(
                "files", nargs="*", metavar="FILE", help="only these: a cue's id, or its file"
            )
        action.set_defaults(run=_rules)
    _add_explain(actions)
    _add_new(actions)
    train = actions.add_parser(
        "train", help="learn anew what traps sound like (needs: pip install notalone[train])"
    )
    train.add_argument("--data", type=Path, default=Path("tests/corpus"), metavar="DIR")
    _add_language(train)
    train.set_defaults(run=_rules_train)

    _add_feeds(commands)

    score = commands.add_parser("score", help="for maintainers: recall and false alarms")
    score.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="labelled conversations (default: tests/corpus of a checkout); with --links the "
        "measuring files (default: ../shared)",
    )
    score.add_argument(
        "--links",
        action="store_true",
        help="of addresses instead: reported hosts seen through, harmless names accused",
    )
    score.add_argument(
        "--samples",
        type=int,
        default=0,
        metavar="N",
        help="with --links: name so many misses and false alarms of each set",
    )
    score.add_argument("--json", action="store_true", help="for programs")
    score.add_argument(
        "--disguised", action="store_true", help="also with 2 to 4 disguises on every message"
    )
    score.add_argument(
        "--cross-validate",
        action="store_true",
        help="also without what was written or learnt from the conversation being judged",
    )
    score.add_argument(
        "--cues-only", action="store_true", help="also without the classifier of their wording"
    )
    score.add_argument(
        "--coverage", action="store_true", help="also where cues are missing: lure, stage, script"
    )
    score.add_argument(
        "--accept", action="store_true", help="keep this score as the one to be compared with"
    )
    _add_language(score)
    score.set_defaults(run=_score)

    for name, run, text in (
        ("stop", _stop, "end the running service; a browser, or the next log-in, starts it again"),
        ("pair", _pair, "connect a Snap or Flatpak browser by a code that you type"),
        ("openapi", _openapi, "print the OpenAPI 3.1 description of the service"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)

    install = commands.add_parser("install", help="let the browsers of this user find the service")
    install.add_argument(
        "--extension-id",
        action="append",
        default=[],
        metavar="ID",
        help="an extension that may pair too: a school's own package, a store's (repeatable; kept)",
    )
    install.set_defaults(run=_install)

    uninstall = commands.add_parser("uninstall", help="take away everything that install wrote")
    uninstall.add_argument(
        "--keep-settings",
        action="store_true",
        help="but what to use again: connected browsers, named ids, the PIN, switches, lists",
    )
    uninstall.set_defaults(run=_uninstall)

    doctor = commands.add_parser("doctor", help="explain what does not work, and how to mend it")
    doctor.add_argument(
        "--report", type=Path, metavar="FILE", help="also write it, without anything private"
    )
    doctor.set_defaults(run=_doctor)

    pin = commands.add_parser("pin", help="take away the PIN of this family, a day from now")
    pin.add_argument("what", choices=("reset",), help="for whoever forgot the PIN")
    pin.set_defaults(run=_pin_reset)

    first_run = commands.add_parser("first-run", help="install, start, try, and say what is next")
    first_run.add_argument("--once", action="store_true", help="stop after the two verdicts")
    first_run.set_defaults(run=_first_run)
    return parser


_EXPLAIN_EXAMPLES = """\
examples:
  notalone rules explain "Vụ án này bảo mật, em không được kể với bố mẹ"
  notalone rules explain chat.txt                    one message a line, "> " is the child's own
  notalone rules explain tests/corpus/…/talk.toml --html talk.html
"""
_NEW_EXAMPLES = """\
examples:
  notalone rules new                                 asks for everything
  notalone rules new --lure any --signal SECRECY --name keep_quiet_favour \\
    --phrase "(việc|chuyện) này … giữ kín (giúp|cho|dùm)" \\
    --match "Việc này em giữ kín giúp anh nha" --match "viec nay giu kin giup a" \\
    --no-match "Mẹ giữ kín cửa giúp con nhé" --reference https://…
"""


_FEEDS_EXAMPLES = """\
examples:
  notalone feeds status                        how old each list is, and what went wrong
  notalone feeds list                          whose lists these are, and which hosts are called
  notalone feeds off                           never pull a list again ("on": do)
  notalone feeds on hostsvn_gambling           this list too
  notalone feeds pull openphish urlhaus        only these, now
  notalone feeds import hosts.txt.gz --feed local --format hosts
"""


_IMPORT_EXAMPLES = """\
examples:
  notalone feeds import hosts.txt.gz --feed local --format hosts
  notalone feeds import reports.csv --feed local --format csv --column link --date-column seen
  notalone feeds import list.json --feed local --format json --path data.blocked --field domain
  notalone feeds import openphish.txt --feed openphish       fetched by hand, read as a pull is
"""


def _add_feeds(commands: _Actions) -> None:
    feeds = _add_with_examples(
        commands,
        "feeds",
        "other people's lists of reported addresses: pull, look at, switch off",
        _FEEDS_EXAMPLES,
    )
    actions = feeds.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text, takes_ids in (
        ("pull", "fetch the lists now, and build", True),
        ("list", "every list, its licence, and the hosts that are called", False),
        ("status", "rows, age and faults of each list", False),
        ("build", "make one list of everything that was pulled", False),
        ("on", "pull daily; with ID, use that list", True),
        ("off", "never pull; with ID, leave that list out", True),
    ):
        action = actions.add_parser(name, help=text, description=text)
        if takes_ids:
            action.add_argument("ids", nargs="*", metavar="ID", help="as `feeds list` shows them")
        if name == "pull":
            action.add_argument("--due", action="store_true", help="only what is a day old")
            action.add_argument(
                "--accept", action="store_true", help="even a list that shrank or grew too much"
            )
        _add_language(action)
        action.set_defaults(run=_feeds)
    taken = _add_with_examples(
        actions, "import", "take a file for what a feed says today", _IMPORT_EXAMPLES
    )
    taken.add_argument("file", type=Path, metavar="FILE", help="packed or not")
    taken.add_argument("--feed", required=True, metavar="ID", help='a feed, or "local"')
    taken.add_argument(
        "--format", choices=("hosts", "plain", "adblock", "csv", "json", "urls"), help="of the file"
    )
    for option, text in (
        ("--column", "csv: heading of the addresses (default: url)"),
        ("--date-column", "csv: heading of the dates"),
        ("--path", "json: keys down to the array, with dots"),
        ("--field", "json: key of the address in each object"),
    ):
        taken.add_argument(option, default="", metavar="NAME", help=text)
    taken.add_argument(
        "--delimiter",
        type=_one_character,
        metavar="CHARACTER",
        help="csv: what stands between cells (default: a comma, in a .tsv a tab)",
    )
    taken.add_argument(
        "--accept", action="store_true", help="even a list that shrank or grew too much"
    )
    _add_language(taken)
    taken.set_defaults(run=_feeds)


def _one_character(text: str) -> str:
    """*text* as what stands between the cells of a table; "\\t" is a tab.

    Raises: ArgumentTypeError.
    """
    character = "\t" if text == "\\t" else text
    if len(character) != 1 or character in '"\r\n':
        raise argparse.ArgumentTypeError(f"{text!r} is not one character")
    return character


def _add_with_examples(
    commands: _Actions, name: str, text: str, examples: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=text,
        description=text,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="of what is printed (default: vi)"
    )


def _add_explain(actions: _Actions) -> None:
    explain = _add_with_examples(
        actions,
        "explain",
        "how a verdict comes about, in Vietnamese (--lang en: in English)",
        _EXPLAIN_EXAMPLES,
    )
    explain.add_argument("text", metavar="TEXT_OR_FILE", help="a message, .txt, .toml or .jsonl")
    explain.add_argument("--html", type=Path, metavar="OUT", help="draw it into this file")
    _add_language(explain)
    explain.set_defaults(run=_rules_explain)


def _add_new(actions: _Actions) -> None:
    new = _add_with_examples(
        actions, "new", "write a new cue: asks for what is not given here", _NEW_EXAMPLES
    )
    new.add_argument("--lure", help='folder of the cue; "any" for all')
    new.add_argument("--signal", help="a name of signals.toml")
    new.add_argument("--name", help="file name without .toml")
    new.add_argument("--cue-lang", choices=("vi", "en"), help="language of the phrases")
    for option, text in (
        ("--phrase", "what to look for"),
        ("--unless", "words that lower it"),
        ("--match", "a sentence that must match; at least two"),
        ("--no-match", "a harmless sentence that must not"),
        ("--reference", "https://… of the report or case"),
    ):
        new.add_argument(option, action="append", default=[], help=f"{text} (repeatable)")
    new.set_defaults(run=_rules_new)


# Each command imports what it needs: `notalone --help` must not wait for spaCy.


def _start(_: argparse.Namespace) -> int:
    from notalone import server

    return server.start()


def _check(options: argparse.Namespace) -> int:
    from notalone import check_command
    from notalone.core_dumps import forbid_core_dumps

    if (options.text is None) == (options.ndjson is None):
        print('give one text, or --ndjson FILE: notalone check "..."', file=sys.stderr)
        return WRONG_CALL
    forbid_core_dumps()
    if options.text is not None:
        return check_command.check_one(options.text)
    return check_command.check_stream(options.ndjson)


def _feeds(options: argparse.Namespace) -> int:
    from notalone.feeds.command import FeedsCommand
    from notalone.feeds.fault import FeedError

    try:
        return _feeds_action(FeedsCommand(options.lang), options)
    except FeedError as error:
        print(error.told.vi if options.lang == "vi" else error.told.en, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        vietnamese = "Đã dừng giữa chừng; những gì đã tải xong vẫn giữ."
        english = "Stopped half-way; what had come whole is kept."
        print(vietnamese if options.lang == "vi" else english, file=sys.stderr)
        return REFUSED


def _feeds_action(command: FeedsCommand, options: argparse.Namespace) -> int:
    from notalone.feeds.catalogue import Shape

    match options.action:
        case "pull":
            return command.pull(options.ids, due=options.due, accept=options.accept)
        case "on" | "off":
            return command.turn(options.ids, on=options.action == "on")
        case "list":
            return command.show_catalogue()
        case "status":
            return command.show_status()
        case "build":
            return command.build()
    shape = options.format and Shape(
        options.format,
        column=options.column or "url",
        date_column=options.date_column,
        delimiter=options.delimiter or ("\t" if ".tsv" in options.file.suffixes else ","),
        path=options.path,
        field=options.field,
    )
    return command.take_in(options.file, options.feed, shape or None, accept=options.accept)


def _rules(options: argparse.Namespace) -> int:
    from notalone.instruments import rules_command

    if options.action == "lint":
        return rules_command.lint(options.lang, options.files)
    return rules_command.test(options.lang)


def _rules_explain(options: argparse.Namespace) -> int:
    from notalone.instruments import rules_command

    return rules_command.explain(options.text, html=options.html, language=options.lang)


def _rules_new(options: argparse.Namespace) -> int:
    from notalone.instruments import rules_command
    from notalone.instruments.new_cue import Given

    return rules_command.new(
        Given(
            lure=options.lure,
            signal=options.signal,
            name=options.name,
            lang=options.cue_lang,
            phrases=tuple(options.phrase),
            unless=tuple(options.unless),
            match=tuple(options.match),
            no_match=tuple(options.no_match),
            references=tuple(options.reference),
        )
    )


def _rules_train(options: argparse.Namespace) -> int:
    from notalone.instruments import rules_command

    return rules_command.train(options.data, options.lang)


def _score(options: argparse.Namespace) -> int:
    if options.links:
        from notalone.instruments import score_links

        return score_links.run(
            data=options.data or Path("../shared"),
            as_json=options.json,
            samples=options.samples,
            language=options.lang,
        )
    from notalone.instruments import score

    return score.run(
        data=options.data or Path("tests/corpus"),
        as_json=options.json,
        disguised=options.disguised,
        accept=options.accept,
        cross_validate=options.cross_validate,
        cues_only=options.cues_only,
        coverage=options.coverage,
        language=options.lang,
    )


def _install(options: argparse.Namespace) -> int:
    from notalone import install

    return install.install(options.extension_id)


def _uninstall(options: argparse.Namespace) -> int:
    from notalone import install

    return install.uninstall(keep_settings=options.keep_settings)


def _stop(_: argparse.Namespace) -> int:
    from notalone import install

    return install.stop()


def _pin_reset(_: argparse.Namespace) -> int:
    from notalone import pin_command

    return pin_command.reset()


def _pair(_: argparse.Namespace) -> int:
    from notalone import pair_command

    return pair_command.run()


def _doctor(options: argparse.Namespace) -> int:
    from notalone import doctor

    return doctor.run(options.report)


def _openapi(_: argparse.Namespace) -> int:
    import json

    from notalone import openapi

    print(json.dumps(openapi.describe(), ensure_ascii=False, indent=2))
    return DONE


def _first_run(options: argparse.Namespace) -> int:
    from notalone import first_run

    return first_run.run(once=options.once)
