"""`notalone feeds …`: pull other people's lists, look at them, stop it, build the one we ask."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from notalone.compiled import ListedBy
from notalone.config import data_dir, rules_dir
from notalone.errors import NotAloneError
from notalone.feeds.age import days_since, lists_age
from notalone.feeds.build import build_apart, read_report
from notalone.feeds.catalogue import LOCAL, Feed, Shape, load_feeds, local_feed
from notalone.feeds.download import NETWORK, Network, Progress
from notalone.feeds.pull import Pulled, Puller, alone
from notalone.feeds.schedule import due_feeds
from notalone.feeds.snapshot import SNAPSHOT, State, feeds_dir, read_state
from notalone.feeds.switch import may_pull, read_switches, wanted, write_switches
from notalone.feeds.tally import REASONS, WHY
from notalone.model import Bilingual

Language = Literal["vi", "en"]
DONE, REFUSED, WRONG_CALL = 0, 1, 2
_NICENESS = 15


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
        if self._is_unknown(ids):
            return WRONG_CALL
        for error in self._errors:
            self._complain(error.told)
        if not may_pull(self._data):
            self._complain(
                Bilingual(
                    "Việc tải danh sách đang tắt. Bật lại: notalone feeds on",
                    "Pulling lists is switched off. Switch it on: notalone feeds on",
                )
            )
            return REFUSED
        if due:
            _step_back()
            ids = due_feeds(self._data, self._rules, now=self._now())
            if not ids:
                return DONE
        chosen = [self._feeds[one] for one in ids] if ids else self._wanted()
        with alone(self._data):
            puller = Puller(self._data, self._rules, network=self._network, accept=accept)
            failed = 0
            for feed in chosen:
                with _progress(feed.id) as progress:
                    pulled = puller.pull(feed, now=self._now(), progress=progress)
                self._say_pulled(pulled)
                failed += pulled.error is not None
            built = self._build() if failed < len(chosen) else DONE  # nothing new otherwise
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
                return REFUSED
            if identifier not in {used.id for used in self._in_use()}:
                self._say(
                    Bilingual(
                        f"    đang tắt nên chưa được dùng; dùng: notalone feeds on {identifier}",
                        f"    off, so it is not in use yet; use it: notalone feeds on {identifier}",
                    )
                )
            return self._build()

    def build(self) -> int:
        """Make one list of everything that was pulled."""
        with alone(self._data):
            return self._build()

    def turn(self, ids: Sequence[str], *, on: bool) -> int:
        """Switch pulling on or off, or only the feeds *ids*."""
        if self._is_unknown(ids):
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
        return self.build() if ids else DONE  # a list counts, or no longer does, from now on

    def show_catalogue(self) -> int:
        """Every feed with its licence, and the hosts that a pull calls."""
        chosen = {feed.id for feed in self._wanted()}
        for feed in self._feeds.values():
            mark = "+" if feed.id in chosen else "-"
            may_travel = Bilingual("được phân phối lại", "may be redistributed")
            stays = Bilingual("không phân phối lại", "not to be redistributed")
            print(f"{mark} {feed.id:18} {feed.name}")
            rights = self._text(may_travel if feed.redistribute else stays)
            print(f"    {feed.kind} · {feed.format} · {feed.licence} · {rights}")
            print(f"    {feed.source}")
        hosts = sorted(frozenset().union(*(feed.hosts for feed in self._wanted())))
        self._say(
            Bilingual(
                f"\n+ đang dùng, - đang tắt. Mỗi ngày máy tải từ: {', '.join(hosts)}."
                "\nKhông gửi gì về bạn hay về máy này. Tắt tất cả: notalone feeds off",
                f"\n+ in use, - off. Once a day this computer asks: {', '.join(hosts)}."
                "\nNothing about you or this computer is sent. Stop all of it: notalone feeds off",
            )
        )
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
            self._say(
                Bilingual(
                    "Việc tải danh sách đang tắt; bật lại: notalone feeds on",
                    "Pulling is switched off; switch it on: notalone feeds on",
                )
            )
        if age.state == "missing":
            told = Bilingual(
                "Chưa có danh sách nào. Tải ngay: notalone feeds pull",
                "There is no list yet. Pull now: notalone feeds pull",
            )
        else:
            rows = self._number(age.rows)
            ago = self._ago(age.days)
            old = Bilingual("cũ", "old") if age.state == "old" else Bilingual("còn mới", "fresh")
            told = Bilingual(
                f"Danh sách {old.vi}: {rows} địa chỉ, lần tải tốt gần nhất {ago.vi}.",
                f"The lists are {old.en}: {rows} addresses, last good pull {ago.en}.",
            )
        self._say(told)
        for line in self._compiled_lines():
            print(line)
        return DONE if age.state == "fresh" else REFUSED

    # --- what it is made of ----------------------------------------------------------------------

    def _wanted(self) -> list[Feed]:
        return list(wanted(self._feeds.values(), read_switches(self._data)))

    def _in_use(self) -> Iterator[Feed]:
        yield from self._wanted()
        if (feeds_dir(self._data) / LOCAL / SNAPSHOT).exists():
            yield local_feed(Shape("plain"), today=self._now().date())

    def _build(self) -> int:
        try:
            build_list(self._data, list(self._in_use()))
        except (NotAloneError, OSError) as error:
            print(error, file=sys.stderr)
            return REFUSED
        return DONE

    def _compiled_lines(self) -> Iterator[str]:
        report = read_report(self._data)
        if report is None:
            return
        told = Bilingual(
            f"Danh sách đang dùng: {self._number(report.rows)} địa chỉ khác nhau, làm ngày"
            f" {report.built}.",
            f"The list in use: {self._number(report.rows)} different addresses, built on"
            f" {report.built}.",
        )
        yield self._text(told)

    def _is_unknown(self, ids: Iterable[str]) -> bool:
        unknown = [one for one in ids if one not in self._feeds]
        if unknown:
            known = ", ".join(sorted(self._feeds))
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
            self._complain(
                Bilingual(f"{name}: {pulled.error.told.vi}", f"{name}: {pulled.error.told.en}")
            )
            return
        rows = self._number(state.rows)
        told = Bilingual(f"{name}: {rows} địa chỉ", f"{name}: {rows} addresses")
        if pulled.is_modified:
            self._say(told)
            self._say_refused(state)
        else:
            self._say(Bilingual(f"{told.vi}, không đổi", f"{told.en}, unchanged"))

    def _say_state(self, feed: Feed, state: State, now: datetime) -> None:
        days = days_since(state.pulled_at, now=now)
        never = Bilingual("chưa tải được", "not pulled yet")
        when = never if days is None else self._ago(days)
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

    @staticmethod
    def _ago(days: int) -> Bilingual:
        if not days:
            return Bilingual("trong vòng một ngày", "within a day")
        return Bilingual(f"{days} ngày trước", f"{days} day{'' if days == 1 else 's'} ago")

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
    build_apart(
        data,
        [
            ListedBy(
                id=feed.id,
                name=feed.name,
                kind=feed.kind,
                source=feed.source,
                expiry_days=feed.expiry_days,
            )
            for feed in feeds
        ],
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
