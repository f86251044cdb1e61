"""The same rules in rspamd, asked over HTTP as we are: what one message costs the server.

The rules are one map of regular expressions for its `multimap` module, which runs Hyperscan. It is
measured with every other module off, and as Debian sets it up without what asks a network or a
database. Nothing is downloaded here: `sudo apt install rspamd` first.
"""

from __future__ import annotations

import email.message
import email.policy
import http.client
import json
import shutil
import socket
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Literal, get_args

import psutil

from bench import servers, synthetic
from bench.table import Goal, Result, Row, times_cheaper
from harness.waiting import wait_for
from notalone.folding.text import strip_marks
from notalone.phrases import GAP_WORDS, Choice, Phrase

RULES = 1000
BATCH = 50
WORDED_IN_A_BATCH = 5  # hold the wording of a rule; the others are chat as it comes
ROUNDS = 15
OURS_IN_A_TURN = 8  # batches: about as long as rspamd takes over one, so that neither comes in cold
OURS_BEFORE, RSPAMD_BEFORE = 80, 4  # batches to warm up: ours compiles what it meets, rspamd all
GOAL = 20

SYMBOL = "NOTALONE"
_STOCK = Path("/etc/rspamd/rspamd.conf")
_PLUGIN = Path("/usr/share/rspamd/plugins/multimap.lua")
# Of the stock modules, those that ask DNS, another server, or a database.
_OFF = (
    "arc asn dkim dkim_signing dmarc emails fuzzy_check greylist hfilter history_redis mx_check "
    "neural ratelimit rbl reputation spf url_redirector whitelist"
)
Setting = Literal["stock", "bare"]
_READY_WITHIN_S = 300  # Hyperscan takes a minute for a thousand patterns with gaps
# What an entity looks like to rspamd; ours knows more of them.
_ENTITIES = {
    "<money>": r"[0-9][0-9.,]* ?(?:k|tr|triệu|trieu|nghìn|nghin|đ|vnd)",
    "<number>": r"[0-9]+",
    "<phone>": r"0[0-9 .-]{8,12}[0-9]",
    "<time>": r"[0-9]+ ?(?:h|giờ|gio|phút|phut|ngày|ngay)[0-9]*",
    "<link>": r"https?://\S+",
}


@dataclass(frozen=True, slots=True)
class Rspamd:
    """A running rspamd; *worker* is the pid of the one process that answers."""

    worker: int
    port: int

    def hits(self, texts: Sequence[str]) -> list[bool]:
        """Whether any rule hits each of *texts*; one request each, as rspamd wants it."""
        return [self._hits(text) for text in texts]

    def _hits(self, text: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_READY_WITHIN_S)
        try:
            connection.request("POST", "/checkv2", _mail(text))
            return SYMBOL in json.loads(connection.getresponse().read())["symbols"]
        finally:
            connection.close()


def costs(folder: Path) -> Result:
    if shutil.which("rspamd") is None or not _STOCK.is_file() or not _PLUGIN.is_file():
        what = "one of 50 messages over HTTP, against rspamd: not installed (apt install rspamd)"
        return Result((Row(what, "–", "–", None, Goal("≥", GOAL)),), "Not measured.")
    rows: list[Row] = []
    found: list[str] = []
    for shape in synthetic.SHAPES:
        measured, ours_hits, rspamd_hits = _compare(folder / shape, shape)
        rows += measured
        found.append(f"{shape}: {ours_hits} by ours, {rspamd_hits} by rspamd")
    return Result(tuple(rows), _notes(", ".join(found)))


def _compare(folder: Path, shape: synthetic.Shape) -> tuple[list[Row], int, int]:
    """The rows of one shape of rules, and how many messages each side found something in."""
    rules = synthetic.phrases(shape)[:RULES]
    folder.mkdir()
    (folder / "rules.map").write_text("".join(_regexp(rule) + "\n" for rule in rules), "utf-8")
    (folder / "hyperscan").mkdir()
    book = synthetic.write_rules(folder / "rules", rules)
    seen: dict[str, list[float]] = {"ours": []} | {setting: [] for setting in get_args(Setting)}
    hits = dict.fromkeys(seen, 0)
    with ExitStack() as stack:
        ours = stack.enter_context(servers.running("service", folder, rules=book))
        others = {
            setting: stack.enter_context(_running(folder, setting)) for setting in get_args(Setting)
        }
        batches = _batches(rules)
        for batch in islice(batches, OURS_BEFORE):
            _ours_hits(ours, batch)
        for batch in islice(batches, RSPAMD_BEFORE):
            for other in others.values():
                other.hits(batch)
        for _ in range(ROUNDS):
            turn = list(islice(batches, OURS_IN_A_TURN))
            batch = turn[0]
            before = ours.cpu_s()
            ours_hits = [_ours_hits(ours, each) for each in turn]
            seen["ours"].append((ours.cpu_s() - before) / BATCH / OURS_IN_A_TURN)
            hits["ours"] += ours_hits[0]
            for setting, other in others.items():
                before = servers.cpu_s(other.worker)
                hits[setting] += sum(other.hits(batch))
                seen[setting].append((servers.cpu_s(other.worker) - before) / BATCH)
    middle = {side: statistics.median(costs_s) for side, costs_s in seen.items()}
    rows = [
        times_cheaper(
            f"one of {BATCH} messages over HTTP, {RULES} {shape} rules, against rspamd, {title}",
            middle["ours"],
            middle[setting],
            goal,
        )
        for setting, title, goal in (
            ("stock", "its stock modules on but for the network's", GOAL),
            ("bare", "every stock module off", None),
        )
    ]
    return rows, hits["ours"], hits["bare"]


def _batches(rules: list[Phrase]) -> Iterator[list[str]]:
    chat = synthetic.chat(seed=6)
    wordings = synthetic.worded(rules, seed=7)
    while True:
        yield [
            *islice(chat, BATCH - WORDED_IN_A_BATCH),
            *islice(wordings, WORDED_IN_A_BATCH),
        ]


def _ours_hits(ours: servers.Side, texts: Sequence[str]) -> int:
    """Ask our server about one window of *texts*; in how many it saw a signal."""
    messages = [
        {"id": str(index), "text": text, "from_me": False} for index, text in enumerate(texts)
    ]
    answer = ours.client.post("/v1/check", {"messages": messages}, timeout_s=120)
    assert answer.status == 200, answer.status
    return sum(bool(verdict["signals"]) for verdict in answer.body["messages"])


def _mail(text: str) -> bytes:
    """*text* as the mail that rspamd expects."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = "An <an@chat.example>"
    mail["To"] = "Binh <binh@chat.example>"
    mail["Subject"] = "chat"
    mail["Date"] = "Sun, 22 Nov 2026 09:00:00 +0700"
    mail["Message-ID"] = "<1@chat.example>"
    mail.set_content(text, cte="8bit")
    return mail.as_bytes()


def _regexp(rule: Phrase) -> str:
    """*rule* as a regular expression for words with their marks or without any."""
    written = r"(?:^|\s)"
    last = len(rule.parts) - 1
    for index, part in enumerate(rule.parts):
        after = r"(?:\s|$)" if index == last else r"\s+"
        if isinstance(part, Choice):
            runs = "|".join(r"\s+".join(map(_word, run)) for run in part.runs)
            written += f"(?:(?:{runs}){after})" + "?" * part.is_optional
        else:
            written += rf"(?:\S+\s+){{0,{GAP_WORDS}}}"
    return f"/{written}/iu"


def _word(word: str) -> str:
    plain = strip_marks(word)
    return _ENTITIES.get(word) or (word if word == plain else f"(?:{word}|{plain})")


@contextmanager
def _running(folder: Path, setting: Setting) -> Iterator[Rspamd]:
    """rspamd with rules.map of *folder*, ready to answer; ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    home = folder / setting
    home.mkdir()
    write = _write_stock if setting == "stock" else _write_bare
    # -i: it may run as root in a container. -f: it stays our child.
    process = subprocess.Popen(
        ["rspamd", "-i", "-f", *write(home, folder, port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        worker = wait_for(
            lambda: _worker(process), what="rspamd to start", within_s=_READY_WITHIN_S
        )
        rspamd = Rspamd(worker, port)
        assert rspamd.hits(["ok"]) == [False]
        yield rspamd
    finally:
        process.terminate()
        process.wait()


def _worker(process: subprocess.Popen[bytes]) -> int | None:
    assert process.poll() is None, "rspamd ended"
    for child in psutil.Process(process.pid).children():
        if "normal process" in " ".join(child.cmdline()):
            return int(child.pid)
    return None


def _write_bare(home: Path, folder: Path, port: int) -> list[str]:
    """A configuration with nothing in it but our map; the arguments for it."""
    (home / "start.lua").write_text('require "global_functions" ()\n')
    (home / "rspamd.conf").write_text(f"""
lua = "{home}/start.lua";
modules {{ path = "{_PLUGIN}"; }}
{_options(home, folder)}
logging {{ type = "console"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
multimap {{ {_multimap(folder)} }}
""")
    return ["-c", str(home / "rspamd.conf")]


def _write_stock(home: Path, folder: Path, port: int) -> list[str]:
    """A copy of the installed configuration with our map, and the _OFF modules off."""
    copied = home / "etc"
    shutil.copytree(_STOCK.parent, copied)
    own = copied / "override.d"
    own.mkdir(exist_ok=True)
    for module in _OFF.split():
        (own / f"{module}.conf").write_text("enabled = false;\n")
    (own / "multimap.conf").write_text(_multimap(folder) + "\n")
    (own / "logging.inc").write_text('type = "console"; level = "error";\n')
    (own / "worker-normal.inc").write_text(f'bind_socket = "127.0.0.1:{port}"; count = 1;\n')
    for worker in ("controller", "proxy", "fuzzy"):
        (own / f"worker-{worker}.inc").write_text("enabled = false;\n")
    options = _options(home, folder).removeprefix("options {").removesuffix("}")
    (own / "options.inc").write_text(options)
    places = {"CONFDIR": copied, "LOCAL_CONFDIR": copied}
    places |= dict.fromkeys(("DBDIR", "RUNDIR", "LOGDIR"), home)
    variables = (f"--var={name}={place}" for name, place in places.items())
    return list(chain(("-c", str(copied / "rspamd.conf")), variables))


def _options(home: Path, folder: Path) -> str:
    """Nothing outside *home*, no name server, and one store of compiled patterns for both."""
    return f"""options {{
    tempdir = "{home}";
    pidfile = "{home}/rspamd.pid";
    control_socket = "{home}/rspamd.sock mode=0600";
    cache_file = "{home}/symbols.cache";
    hs_cache_dir = "{folder}/hyperscan";
    disable_monitoring = true;
    dns {{ nameserver = ["127.0.0.1"]; }}
}}"""


def _multimap(folder: Path) -> str:
    return (
        f'{SYMBOL} {{ type = "content"; filter = "text"; regexp = true; score = 1.0; '
        f'map = "{folder}/rules.map"; }}'
    )


def _version() -> str:
    """As in "Rspamd daemon version 3.4"."""
    said = subprocess.run(["rspamd", "--version"], capture_output=True, text=True, check=True)
    return f"rspamd {said.stdout.split()[-1]}"


def _notes(found: str) -> str:
    return f"""Processor time of the process that answers, for one message; medians of {ROUNDS}
turns, {OURS_IN_A_TURN} batches of {BATCH} for us and one for rspamd, which takes as long; no
message twice, {OURS_BEFORE * BATCH} before them for us to warm up; {WORDED_IN_A_BATCH} in a batch
hold the wording of a rule, the others are chat as it comes. Ours answers a batch in one request,
verdict on the conversation included; rspamd takes one mail a request, on a connection each. The
rules stand in a `multimap` of type `content`, which takes words with their marks or without;
messages with a hit, {found}. Stock modules that are off in the first row of each:
{", ".join(_OFF.split())}. {_version()} also parses mail; ours also reads short forms and disguises,
negations and reports, and quotes its reasons."""
