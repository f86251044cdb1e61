"""Links against lists of every size: what a verdict costs, and that it is right."""

from __future__ import annotations

import datetime
import gc
import io
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import adblock
import psutil
import zstandard

from bench.servers import TESTS
from bench.table import Goal, Result, Row, times_cheaper, times_slower
from harness.service_process import REPOSITORY
from notalone.address import is_canonical_host, read_address
from notalone.compiled import CompiledList, ListedBy, open_compiled
from notalone.config import rules_dir
from notalone.detectors import LinkRules, link_findings, listed, load_link_rules
from notalone.feeds.build import Report, build, build_apart, snapshot_path
from notalone.feeds.store import compiled_folder
from notalone.glossary import load_glossary
from notalone.host_index import question_of
from notalone.judge import Rules, judge_link
from notalone.model import Verdict

DOMAINS = REPOSITORY.parent / "shared" / "data" / "domains"
MALICIOUS = DOMAINS / "malicious_hosts_before_2025-07.tsv.zst"
POPULAR = DOMAINS / "popular_tranco_sample.txt"
TODAY = datetime.date(2026, 11, 22)
FEEDS = tuple(ListedBy(f"feed{n}", f"Feed {n}", "phishing", "https://x.example/") for n in range(3))
FEW, MANY, MOST = 10_000, 1_000_000, 3_000_000
ROUNDS = 15
LINKS_A_ROUND = 2000
LOADS = 5
LISTED_SHARE = 100  # one link in so many is listed: more than on most pages
AGAINST_ADBLOCK, GROWTH, LIKENESS = 2.5, 1.5, 12
OF_A_SET, MOST_MB, LOAD_MS, BUILD_MB = 0.15, 40, 100, 600

Judge = Callable[[str], Verdict]


def costs(folder: Path) -> Result:
    """Every row of the part; the real hosts only where the measuring data is at hand."""
    invented = {count: _compiled(folder / str(count), count) for count in (FEW, MANY, MOST)}
    rows = [*_sizes(invented), *_against_size(invented)]
    if MALICIOUS.is_file():
        rows += _on_real_hosts(folder / "real")
    else:
        rows.append(Row(f"real hosts: skipped, {DOMAINS} is not there", "–", "–", None))
    return Result(tuple(rows), NOTES)


# --- invented lists of any size ------------------------------------------------------------------


def _compiled(data: Path, count: int) -> Path:
    """A list of *count* invented names in the data folder *data*, from three feeds."""
    hosts = islice(invented_hosts(seed=0), count)  # the larger lists hold the smaller ones
    _write_snapshots(data, sorted(hosts))
    return data


def invented_hosts(*, seed: int) -> Iterator[str]:
    """Names of some 18 letters, no two alike: syllables, some digits, some sub-domains."""
    chance = random.Random(seed)
    syllables = [
        a + b
        for a in ("b", "c", "d", "h", "k", "l", "m", "n", "p", "s", "t", "v", "th", "nh", "tr")
        for b in ("a", "e", "i", "o", "u", "an", "en", "in", "ang", "anh", "ay")
    ]
    known: set[str] = set()
    while True:
        name = "".join(chance.choices(syllables, k=chance.randint(3, 5)))
        if chance.random() < 0.3:
            name += str(chance.randrange(100))
        if chance.random() < 0.2:
            name = f"{chance.choice(('login', 'www', 'bank', 'app', 'shop'))}.{name}"
        host = f"{name}.{chance.choice(('com', 'net', 'top', 'vip', 'com.vn'))}.example"
        if host not in known:
            known.add(host)
            yield host


def _write_snapshots(data: Path, hosts: Sequence[str]) -> None:
    for number, feed in enumerate(FEEDS):
        path = snapshot_path(data, feed.id)
        path.parent.mkdir(parents=True)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"host\t{host}\t2026-11-01\t{TODAY}\n" for host in hosts[number::3])


# --- in processes of their own: memory, load, build ----------------------------------------------


def _sizes(invented: Mapping[int, Path]) -> Iterator[Row]:
    built = {count: _alone("measure_build", data) for count, data in invented.items()}
    loaded = {count: _loaded(invented[count]) for count in (MANY, MOST)}
    of_set = _alone("measure_set", invented[MANY])
    yield _mb_row(f"build of {MOST:,} hosts, peak", built[MOST]["peak"], BUILD_MB)
    yield _mb_row(f"list of {MOST:,} hosts, resident", loaded[MOST]["memory"], MOST_MB)
    load_ms = loaded[MOST]["load_s"] * 1000
    goal = f"{LOAD_MS} ms"
    ratio = Goal("≤", 1)
    yield Row(
        f"load of {MOST:,} hosts, CPU, against its goal",
        f"{load_ms:.0f} ms",
        goal,
        load_ms / LOAD_MS,
        ratio,
    )
    yield Row(
        f"list of {MANY:,} hosts, resident, against a set of str",
        _mb(loaded[MANY]["memory"]),
        _mb(of_set["memory"]),
        loaded[MANY]["memory"] / of_set["memory"],
        Goal("≤", OF_A_SET),
    )


def _loaded(data: Path) -> dict[str, float]:
    """Medians of a few loads."""
    loads = [_alone("measure_load", data) for _ in range(LOADS)]
    return {key: statistics.median(load[key] for load in loads) for key in loads[0]}


def _mb_row(what: str, size: float, most_mb: int) -> Row:
    return Row(
        f"{what}, against its goal", _mb(size), f"{most_mb} MB", size / 1e6 / most_mb, Goal("≤", 1)
    )


def _mb(size: float) -> str:
    return f"{size / 1e6:.1f} MB"


def _alone(measure: str, data: Path) -> dict[str, float]:
    """What `measure` of this module prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"from bench import links; links.{measure}()", str(data)],
        env={**os.environ, "PYTHONPATH": f"{REPOSITORY / 'service'}{os.pathsep}{TESTS}"},
        capture_output=True,
        text=True,
        check=True,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def measure_build() -> None:
    """Build the list and print how much memory that took at its peak."""
    assert build(Path(sys.argv[1]), FEEDS) is not None
    print(json.dumps({"peak": _peak()}))


def _peak() -> int:
    """The most bytes of memory that this process has held at once."""
    if (status := Path("/proc/self/status")).exists():
        # getrusage would count what the parent held before it forked, too.
        return int(status.read_text("ascii").split("VmHWM:")[1].split()[0]) * 1024
    return int(psutil.Process().memory_info().rss)  # elsewhere: what is held at the end


def measure_load() -> None:
    """Open the list and print what that cost."""
    with _weighed() as weight:
        began = time.process_time()
        found = open_compiled(compiled_folder(Path(sys.argv[1])))
        weight["load_s"] = time.process_time() - began
        assert found is not None


def measure_set() -> None:
    """Read the same hosts into a set and print what that cost."""
    with _weighed() as weight:
        hosts = {
            host for feed in FEEDS for host in _hosts_of(snapshot_path(Path(sys.argv[1]), feed.id))
        }
        weight["rows"] = len(hosts)


def _hosts_of(snapshot: Path) -> Iterator[str]:
    with snapshot.open(encoding="utf-8") as file:
        for line in file:
            yield line.split("\t", 2)[1]


@contextmanager
def _weighed() -> Iterator[dict[str, float]]:
    weight: dict[str, float] = {}
    before = psutil.Process().memory_info().rss
    yield weight
    gc.collect()
    weight["memory"] = psutil.Process().memory_info().rss - before
    print(json.dumps(weight))


# --- what a verdict costs ------------------------------------------------------------------------


def _against_size(invented: Mapping[int, Path]) -> Iterator[Row]:
    few, most = (_judge_by_lists(_opened(invented[count])) for count in (FEW, MOST))
    listed_hosts = [*_hosts_of(snapshot_path(invented[FEW], FEEDS[0].id))]
    links = _links(listed_hosts, islice(invented_hosts(seed=1), 200_000), seed=2)
    few_s, most_s = _costs(links, few, most)
    yield times_slower(
        f"link to verdict by lists alone, {MOST:,} hosts, against {FEW:,}", most_s, few_s, GROWTH
    )


def _on_real_hosts(data: Path) -> Iterator[Row]:
    hosts = _malicious_hosts()
    popular = POPULAR.read_text("utf-8").split()
    _write_snapshots(data, hosts)
    report = build_apart(data, FEEDS)
    assert report is not None
    compiled = _opened(data)
    yield from _exactness(compiled, report, hosts, popular)
    taken = [host for host in hosts if _find(compiled, host)]
    peer = adblock.Engine(_filters(taken))
    judge = _judge_by_lists(compiled)

    def peers_word(url: str) -> bool:
        return bool(peer.check_network_urls(url, _PAGE, "document").matched)

    links = _links(taken, iter(popular), seed=3)
    differ = sum(
        peers_word(url) != (judge(url).level == "danger") for some in links for url in some
    )
    ours_s, peer_s = _costs(links, judge, peers_word)
    yield times_cheaper(
        f"link to verdict by lists alone, {len(taken):,} real hosts, against adblock-rust"
        f" ({differ} of {ROUNDS * LINKS_A_ROUND:,} links judged otherwise)",
        ours_s,
        peer_s,
        AGAINST_ADBLOCK,
    )
    look_s, peer_s = _costs(links, _look_of(compiled), peers_word)
    yield times_cheaper(
        "the same, but only the look: can_ada's host, then the names", look_s, peer_s
    )
    only_listed = _links(taken, iter(()), seed=4, listed_share=1)
    ours_s, peer_s = _costs(only_listed, judge, peers_word)
    yield times_cheaper(
        "listed link to its verdict with feed, date and reason, against adblock-rust's yes",
        ours_s,
        peer_s,
    )
    yield _likeness("popular hosts", links, compiled)
    yield from _on_new_hosts(data / "half", hosts)


def _on_new_hosts(data: Path, hosts: Sequence[str]) -> Iterator[Row]:
    """Reported hosts that the list does not hold: only the half of them is put in."""
    _write_snapshots(data, hosts[::2])
    links = _links(hosts[::2], iter(hosts[1::2]), seed=5)
    yield _likeness("reported hosts that no list has yet", links, _opened(data))


def _likeness(what: str, links: Sequence[Sequence[str]], compiled: CompiledList) -> Row:
    all_s, lists_s = _costs(links, _judge_by_all(compiled), _judge_by_lists(compiled))
    return times_slower(
        f"link to verdict, likeness included, {what}, against lists alone",
        all_s,
        lists_s,
        LIKENESS,
    )


def _look_of(compiled: CompiledList) -> Callable[[str], object]:
    import can_ada

    def look(url: str) -> object:
        return compiled.names.covering(question_of(can_ada.parse(url).hostname))

    return look


def _exactness(
    compiled: CompiledList, report: Report, hosts: Sequence[str], popular: Sequence[str]
) -> Iterator[Row]:
    told = sum(feed.rows for feed in report.feeds.values())
    left_out = sum(one.rows for feed in report.feeds.values() for one in feed.refused.values())
    assert told + left_out == len(hosts), (told, left_out, len(hosts))
    right = sum(
        _find(compiled, host) == [feed.id]
        for number, feed in enumerate(FEEDS)
        for host in hosts[number::3]
    )
    why = ", ".join(
        f"{reason} {count}"
        for reason, count in Counter(
            {
                reason: sum(
                    feed.refused[reason].rows
                    for feed in report.feeds.values()
                    if reason in feed.refused
                )
                for reason in {one for feed in report.feeds.values() for one in feed.refused}
            }
        ).most_common()
    )
    yield Row(
        f"real hosts found with the right feed, against those taken ({left_out} left out: {why})",
        f"{right:,}",
        f"{told:,}",
        right / told,
        Goal("≥", 1),
    )
    listed_hosts = set(hosts)
    strangers = [host for host in popular if host not in listed_hosts]
    strangers += [f"x{host}" for host in hosts] + [f"sub.{host}" for host in hosts]
    strangers = [host for host in strangers if host not in listed_hosts]
    wrong = sum(bool(_find(compiled, host)) for host in strangers)
    yield Row(
        "found though not listed: popular hosts, and listed ones with a letter or a label in front",
        f"{wrong:,}",
        f"{len(strangers):,}",
        wrong / len(strangers),
        Goal("≤", 0),
    )


def _find(compiled: CompiledList, host: str) -> list[str]:
    address = read_address(f"http://{host}/")
    return [] if address is None else [one.feed for one in compiled.find(address)]


_PATHS = (  # as long as links in chats are: 20 to 110 letters
    "/",
    "/login?id={}",
    "/tin-tuc/giao-duc/lich-thi-hoc-ky-mot-lop-muoi-hai-{}.html",
    "/watch?v={}&feature=share",
    "/san-pham/ao-khoac-mua-dong-{}?utm_source=facebook&utm_medium=social&utm_campaign=sale",
)
_PAGE = "https://page.example/"


def _filters(hosts: Sequence[str]) -> adblock.FilterSet:
    filters = adblock.FilterSet()
    filters.add_filters([f"||{host}^" for host in hosts])
    return filters


def _opened(data: Path) -> CompiledList:
    if not compiled_folder(data).exists():
        assert build_apart(data, FEEDS) is not None
    found = open_compiled(compiled_folder(data))
    assert found is not None
    return found


def _malicious_hosts() -> list[str]:
    with MALICIOUS.open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")
        next(lines)
        hosts = {line.split("\t", 1)[0] for line in lines}
    return sorted(filter(is_canonical_host, hosts))  # the others no browser opens


def _links(
    listed_hosts: Sequence[str],
    others: Iterator[str],
    *,
    seed: int,
    listed_share: int = LISTED_SHARE,
) -> list[list[str]]:
    """ROUNDS of links, none twice, one in *listed_share* of them listed."""
    chance = random.Random(seed)
    count = ROUNDS * LINKS_A_ROUND
    of_them = count // listed_share
    hosts = chance.sample(listed_hosts, of_them)
    hosts += chance.sample([*others], count - of_them)
    chance.shuffle(hosts)
    paths = chance.choices(_PATHS, k=count)
    links = [
        f"https://{host}{path.format(chance.randrange(10**9))}"
        for host, path in zip(hosts, paths, strict=True)
    ]
    return [links[start : start + LINKS_A_ROUND] for start in range(0, count, LINKS_A_ROUND)]


def _judge_by_lists(compiled: CompiledList) -> Judge:
    """URL string to verdict as the service does it, but with the look-alike detector left out."""
    links, rules = _rules(compiled)
    lists = links.lists

    def judge(url: str) -> Verdict:
        address = read_address(url)
        if address is None:
            return Verdict("1")
        return judge_link("1", url, listed.findings(address, lists=lists, today=TODAY), rules=rules)

    return judge


def _judge_by_all(compiled: CompiledList) -> Judge:
    links, rules = _rules(compiled)

    def judge(url: str) -> Verdict:
        address = read_address(url)
        if address is None:
            return Verdict("1")
        return judge_link("1", url, link_findings(address, links, today=TODAY), rules=rules)

    return judge


def _rules(compiled: CompiledList) -> tuple[LinkRules, Rules]:
    glossary = load_glossary(rules_dir())
    links = load_link_rules(rules_dir(), lures=glossary.lures).with_list(compiled)
    return links, Rules(signals=glossary.signals, lures=glossary.lures)


def _costs(rounds: Sequence[Sequence[str]], *sides: Callable[[str], object]) -> tuple[float, ...]:
    """Processor seconds of each side for one link: medians of rounds, in turn."""
    seen: list[list[float]] = [[] for _ in sides]
    for links in rounds:
        for side, costs_s in zip(sides, seen, strict=True):
            gc.disable()
            began = time.process_time_ns()
            for link in links:
                side(link)
            costs_s.append((time.process_time_ns() - began) / 1e9 / len(links))
            gc.enable()
    return tuple(map(statistics.median, seen))


NOTES = f"""Both sides of a cost stand in one process and are measured in turn on the same links,
none twice, one in {LISTED_SHARE} of them listed: medians of {ROUNDS} rounds of {LINKS_A_ROUND}.
*By lists alone* is what the service does for a link, but for the look-alike detector: the address
is read, our rows and those of feeds are asked, a verdict is made. adblock-rust holds `||host^` for
the same hosts and is asked whether it blocks. Real hosts and popular ones are measuring data, which
is not in this repository.

What stands in the way of 2.5: of some 1.4 µs for a link that is not listed, reading the address
takes 0.35, the question to the names 0.1, the look at our own rows 0.1 and that at the feeds' names
0.35, half of it waiting for memory; the rest is calling five functions of Python and making a
verdict. The one in {LISTED_SHARE} that is listed adds 0.15, because it is told who listed it and
when. Without an address for the detectors that follow, all in one function, it would reach some
2.4. What 3,000,000 hosts cost more than 10,000 is waiting for memory, and so it grows with what
else runs: 1.4 with nothing else, 1.78 with ten other programs on two processors. Tried: huge pages
(an eighth less, but only whoever starts the program can ask for them); reckoned: a filter in front,
which would take as long to ask as the names of a usual list.

What stands in the way of 12: with likeness, a usual host is looked at for brands' names, for typos
of them and for words, and its path for names and words, in Python: up to five passes of
Aho-Corasick. Only where the signs in sight can add up to a warning is the host cut where its owner
begins. Of reported hosts that is one in two, and one in four is warned of, which takes three times
as long as to find nothing: to say why, and to line the name up beside the real one.

Sizes are measured in processes of their own, three feeds together: *resident* is what opening the
list, or reading the same hosts into a set, added; loads are medians of {LOADS}. Names are invented,
of some 19 letters and on reserved suffixes; hosts that platforms, brands or registries own are left
out of every list and counted."""
