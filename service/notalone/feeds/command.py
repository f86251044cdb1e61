"""`notalone feeds …`: pull other people's lists, look at them, stop it, build the one we ask."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from notalone.compiled import FeedKind, ListedBy
from notalone.config import data_dir, rules_dir
from notalone.errors import NotAloneError
from notalone.feeds.age import ago, days_since, lists_age, moment
from notalone.feeds.build import build_apart, read_report
from notalone.feeds.catalogue import LOCAL, Feed, Shape, load_feeds, local_feed
from notalone.feeds.download import NETWORK, Network, Progress
from notalone.feeds.fault import FeedError
from notalone.feeds.pull import Pulled, Puller, alone
from notalone.feeds.schedule import due_feeds
from notalone.feeds.snapshot import SNAPSHOT, State, feeds_dir, read_state
from notalone.feeds.switch import (
    is_forbidden,
    may_pull,
    read_switches,
    wanted,
    why_off,
    write_switches,
)
from notalone.feeds.tally import REASONS, WHY
from notalone.model import Bilingual

Language = Literal["vi", "en"]
DONE, REFUSED, WRONG_CALL = 0, 1, 2
_NICENESS = 15
_KINDS: Mapping[FeedKind, Bilingual] = {
    "phishing": Bilingual("trang giả để lấy tài khoản", "phishing"),
    "scam": Bilingual("lừa đảo", "scams"),
    "shop": Bilingual("cửa hàng lừa", "shops that cheat"),
    "crypto": Bilingual("lừa tiền số", "crypto scams"),
    "game": Bilingual("lừa trong trò chơi và Discord", "scams in games and Discord"),
    "malware": Bilingual("mã độc", "malware"),
    "gambling": Bilingual("cờ bạc", "gambling"),
    "adult": Bilingual("trang người lớn", "adult pages"),
}


class FeedsCommand:
    """One call of `notalone feeds`; what it prints is in *language*."""

    def __init__(
        self,
        language: Language = "vi",
        *,
        data: Path | None = None,
        rules: Path | None = None,
        network: Network = NETWORK,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._language = language
        self._data = data or data_dir()
        self._rules = rules or rules_dir()
        self._network = network
        self._now = now
        self._feeds, self._errors = load_feeds(self._rules)

    # --- what a person or the schedule asks for --------------------------------------------------

    def pull(self, ids: Sequence[str] = (), *, due: bool = False, accept: bool = False) -> int:
        """Pull the feeds *ids*, by default all that are wanted, or only those *due*; then build."""
        if LOCAL in ids and self._own():
            self._complain(
                Bilingual(
                    f"Danh sách {LOCAL} lấy từ tệp, không tải từ mạng: notalone feeds import",
                    f"The list {LOCAL} comes from a file, not from the network: notalone feeds"
                    " import",
                )
            )
            return WRONG_CALL
        if self._is_unknown(ids):
            return WRONG_CALL
        for error in self._errors:
            self._complain(error.told)
        if not may_pull(self._data):
            self._complain(why_off())
            return REFUSED
        if due:
            _step_back()
            ids = due_feeds(self._data, self._rules, now=self._now())
            if not ids:
                return DONE
        chosen = [self._feeds[one] for one in ids] if ids else self._wanted()
        with alone(self._data):
            puller = Puller(self._data, self._rules, network=self._network, accept=accept)
            failed: list[FeedError] = []
            for feed in chosen:
                with _progress(feed.id) as progress:
                    pulled = puller.pull(feed, now=self._now(), progress=progress)
                self._say_pulled(pulled)
                failed += () if pulled.error is None else (pulled.error,)
            self._say_fixes(failed)
            built = self._build() if len(failed) < len(chosen) else DONE  # nothing new otherwise
        return REFUSED if failed or self._errors or built != DONE else DONE

    def take_in(
        self, path: Path, identifier: str, shape: Shape | None = None, *, accept: bool = False
    ) -> int:
        """Take the file at *path* for what the feed *identifier* says today; then build."""
        if identifier != LOCAL and self._is_unknown([identifier]):
            return WRONG_CALL
        if identifier == LOCAL and shape is None:
            self._complain(
                Bilingual(
                    "Danh sách riêng cần --format, ví dụ --format plain",
                    "A list of your own needs --format, such as --format plain",
                )
            )
            return WRONG_CALL
        if identifier == LOCAL and shape is not None:
            feed = local_feed(shape, today=self._now().date())
        else:
            feed = self._feeds[identifier]
            feed = msgspec.structs.replace(feed, shape=shape or feed.shape)
        try:
            file = path.open("rb")
        except OSError as error:
            self._complain(
                Bilingual(f"Không mở được {path}", f"{path} cannot be opened ({error.strerror})")
            )
            return REFUSED
        with file, alone(self._data):
            pulled = Puller(self._data, self._rules, accept=accept).take_in(
                feed, file, now=self._now()
            )
            self._say_pulled(pulled)
            if pulled.error is not None:
                self._say_fixes([pulled.error])
                return REFUSED
            if identifier not in {used.id for used in self._in_use()}:
                self._say(
                    Bilingual(
                        f"    đang tắt nên chưa được dùng; dùng: notalone feeds on {identifier}",
                        f"    off, so it is not in use; use it: notalone feeds on {identifier}",
                    )
                )
            return self._build()

    def build(self) -> int:
        """Make one list of everything that was pulled."""
        with alone(self._data):
            return self._build()

    def turn(self, ids: Sequence[str], *, on: bool) -> int:
        """Switch pulling on or off, or only the feeds *ids*."""
        if self._is_unknown(one for one in ids if one != LOCAL or not self._own()):
            return WRONG_CALL
        switches = read_switches(self._data)
        if ids:
            feeds = {**switches.feeds, **dict.fromkeys(ids, on)}
            switches = msgspec.structs.replace(switches, feeds=feeds)
        else:
            switches = msgspec.structs.replace(switches, pulls=on)
        write_switches(self._data, switches)
        named = ", ".join(ids)
        if on:
            told = Bilingual(
                f"Đã bật: {named or 'tải danh sách hằng ngày'}.",
                f"On: {named or 'lists are pulled daily'}.",
            )
        else:
            told = Bilingual(
                f"Đã tắt: {named or 'máy không tải danh sách nữa; những gì đã tải vẫn được dùng'}.",
                f"Off: {named or 'no list is pulled any more; what was pulled stays in use'}.",
            )
        self._say(told)
        if on and (is_forbidden() if not ids else not may_pull(self._data)):
            self._complain(why_off())
        return self.build() if ids else DONE  # a list counts, or no longer does, from now on

    def show_catalogue(self) -> int:
        """Every feed with its licence, and the hosts that a pull calls."""
        chosen = {feed.id for feed in self._in_use()}
        for feed in (*self._feeds.values(), *self._own()):
            mark = "+" if feed.id in chosen else "-"
            may_travel = Bilingual("được phân phối lại", "may be redistributed")
            stays = Bilingual("không phân phối lại", "not to be redistributed")
            print(f"{mark} {feed.id:18} {feed.name}")
            rights = self._text(may_travel if feed.redistribute else stays)
            print(f"    {self._text(_KINDS[feed.kind])} · {feed.licence} · {rights}")
            if feed.source:
                print(f"    {feed.source}")
        self._say(Bilingual("\n+ đang dùng, - đang tắt.", "\n+ in use, - off."))
        self._say(self._who_is_asked() if may_pull(self._data) else why_off())
        for error in self._errors:
            self._complain(error.told)
        return REFUSED if self._errors else DONE

    def show_status(self) -> int:
        """What was pulled of each feed, when, and what went wrong; 1 when that is not fresh."""
        now, chosen = self._now(), list(self._in_use())
        for feed in chosen:
            self._say_state(feed, read_state(feeds_dir(self._data) / feed.id), now)
        age = lists_age(self._data, chosen, now=now)
        print()
        if not may_pull(self._data):
            self._say(why_off())
        if age.state == "missing":
            told = Bilingual(
                "Chưa có danh sách nào. Tải ngay: notalone feeds pull",
                "There is no list yet. Pull now: notalone feeds pull",
            )
        else:
            rows = self._number(age.rows)
            when = ago(age.days)
            old = Bilingual("cũ", "old") if age.state == "old" else Bilingual("còn mới", "fresh")
            told = Bilingual(
                f"Danh sách {old.vi}: {rows} địa chỉ, lần tải tốt gần nhất {when.vi}.",
                f"The lists are {old.en}: {rows} addresses, last good pull {when.en}.",
            )
        self._say(told)
        self._say_list()
        return DONE if age.state == "fresh" else REFUSED

    # --- what it is made of ----------------------------------------------------------------------

    def _wanted(self) -> list[Feed]:
        return list(wanted(self._feeds.values(), read_switches(self._data)))

    def _in_use(self) -> Iterator[Feed]:
        return wanted((*self._feeds.values(), *self._own()), read_switches(self._data))

    def _own(self) -> Sequence[Feed]:
        """What was imported from a file of one's own, if anything was."""
        if not (feeds_dir(self._data) / LOCAL / SNAPSHOT).exists():
            return ()
        return (local_feed(Shape("plain"), today=self._now().date()),)

    def _build(self) -> int:
        try:
            build_list(self._data, list(self._in_use()))
        except (NotAloneError, OSError) as error:
            print(error, file=sys.stderr)
            return REFUSED
        self._say_list()
        return DONE

    def _is_unknown(self, ids: Iterable[str]) -> bool:
        unknown = [one for one in ids if one not in self._feeds]
        if unknown:
            known = ", ".join(sorted((*self._feeds, *(own.id for own in self._own()))))
            self._complain(
                Bilingual(
                    f"Không có danh sách {', '.join(unknown)}. Có: {known}",
                    f"There is no feed {', '.join(unknown)}. There are: {known}",
                )
            )
        return bool(unknown)

    # --- what it says ----------------------------------------------------------------------------

    def _say_pulled(self, pulled: Pulled) -> None:
        name, state = pulled.feed.id, pulled.state
        if pulled.error is not None:
            problem = pulled.error.problem
            self._complain(Bilingual(f"{name}: {problem.vi}", f"{name}: {problem.en}"))
            return
        rows = self._number(state.rows)
        told = Bilingual(f"{name}: {rows} địa chỉ", f"{name}: {rows} addresses")
        if pulled.is_modified:
            self._say(told)
            self._say_refused(state)
        else:
            self._say(Bilingual(f"{told.vi}, không đổi", f"{told.en}, unchanged"))

    def _say_fixes(self, errors: Iterable[FeedError]) -> None:
        """What to do, once for all that it mends."""
        for fix in dict.fromkeys(error.fix for error in errors):
            self._complain(Bilingual(f"→ {fix.vi}", f"→ {fix.en}"))

    def _say_list(self) -> None:
        """What all of it comes to."""
        report = read_report(self._data)
        if report is not None:
            rows = self._number(report.rows)
            self._say(
                Bilingual(
                    f"Danh sách đang dùng: {rows} địa chỉ khác nhau, làm ngày {report.built}.",
                    f"The list in use: {rows} different addresses, built on {report.built}.",
                )
            )

    def _who_is_asked(self) -> Bilingual:
        feeds = self._wanted()
        every = sorted(frozenset().union(*(feed.hosts for feed in feeds)))
        first = [host for host in every if any(host in feed.first_hosts for feed in feeds)]
        others = ", ".join(host for host in every if host not in first)
        asked = ", ".join(first)
        return Bilingual(
            f"Mỗi ngày máy tải từ: {asked}."
            + (f" Khi một nơi không trả lời thì hỏi: {others}." if others else "")
            + "\nKhông gửi gì về bạn hay về máy này. Tắt tất cả: notalone feeds off",
            f"Once a day this computer asks: {asked}."
            + (f" When one of them fails: {others}." if others else "")
            + "\nNothing about you or this computer is sent. Stop all of it: notalone feeds off",
        )

    def _say_state(self, feed: Feed, state: State, now: datetime) -> None:
        days = days_since(state.pulled_at, now=now)
        never = Bilingual("chưa tải được", "not pulled yet")
        when = never if days is None else ago(days)
        rows = self._number(state.rows)
        print(f"{feed.id}: {feed.name}")
        told = Bilingual(
            f"    {rows} địa chỉ, {when.vi} · giấy phép: {feed.licence}"
            f"\n    đính chính: {feed.correction or '–'}",
            f"    {rows} addresses, {when.en} · licence: {feed.licence}"
            f"\n    corrections: {feed.correction or '–'}",
        )
        self._say(told)
        self._say_refused(state)
        if state.error:
            self._say(
                Bilingual(
                    f"    lỗi ({state.failures} lần liền): {state.told_vi}",
                    f"    fault ({state.failures} in a row): {state.told_en}",
                )
            )

    def _say_refused(self, state: State) -> None:
        for reason in REASONS:
            count = state.refused.get(reason, 0)
            if count:
                why, shown = WHY[reason], "; ".join(state.examples.get(reason, ()))
                self._say(
                    Bilingual(
                        f"    bỏ {self._number(count)} dòng, {why.vi} (dòng {shown})",
                        f"    left out {self._number(count)}, {why.en} (line {shown})",
                    )
                )

    def _number(self, number: int) -> str:
        return f"{number:,}".replace(",", "." if self._language == "vi" else ",")

    def _text(self, told: Bilingual) -> str:
        return told.vi if self._language == "vi" else told.en

    def _say(self, told: Bilingual) -> None:
        print(self._text(told), flush=True)

    def _complain(self, told: Bilingual) -> None:
        print(self._text(told), file=sys.stderr, flush=True)


# --- the list that is asked -----------------------------------------------------------------------


def build_list(data: Path, feeds: Sequence[Feed]) -> None:
    """Make one compiled list of the snapshots of *feeds*, in a process of its own."""
    build_apart(data, [_listed_by(feed, read_state(feeds_dir(data) / feed.id)) for feed in feeds])


def _listed_by(feed: Feed, state: State) -> ListedBy:
    changed = moment(state.changed_at)
    return ListedBy(
        id=feed.id,
        name=feed.name,
        kind=feed.kind,
        source=feed.source,
        expiry_days=feed.expiry_days,
        is_dated=state.is_dated,
        changed=None if changed is None else changed.astimezone().date(),
    )


def _step_back() -> None:
    """Leave the computer to whoever uses it."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


@contextmanager
def _progress(name: str) -> Iterator[Progress]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _got, _all: None
        return
    from tqdm import tqdm

    with tqdm(desc=name, unit="B", unit_scale=True, leave=False) as bar:

        def show(got: int, total: int | None) -> None:
            bar.total = total
            bar.update(got - bar.n)

        yield show
