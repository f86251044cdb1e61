"""What `notalone feeds …` says, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from notalone.compiled import FeedKind
from notalone.feeds.age import ListsAge, ago, days_since
from notalone.feeds.build import Report
from notalone.feeds.catalogue import LOCAL, Feed
from notalone.feeds.fault import FeedError
from notalone.feeds.pull import Pulled
from notalone.feeds.snapshot import State
from notalone.feeds.tally import REASONS, WHY
from notalone.model import Bilingual

NOTHING_YET = Bilingual(
    "Chưa có danh sách nào. Tải ngay: notalone feeds pull",
    "There is no list yet. Pull now: notalone feeds pull",
)
NEEDS_FORMAT = Bilingual(
    "Danh sách riêng cần --format, ví dụ --format plain",
    "A list of your own needs --format, such as --format plain",
)
NOT_PULLED = Bilingual(
    f"Danh sách {LOCAL} lấy từ tệp, không tải từ mạng: notalone feeds import",
    f"The list {LOCAL} comes from a file, not from the network: notalone feeds import",
)
PULLS_ON = Bilingual("Đã bật: tải danh sách hằng ngày.", "On: lists are pulled daily.")
PULLS_OFF = Bilingual(
    "Đã tắt: máy không tải danh sách nữa; những gì đã tải vẫn được dùng.",
    "Off: no list is pulled any more; what was pulled stays in use.",
)
MARKS = Bilingual("+ đang dùng, - đang tắt.", "+ in use, - off.")

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


def unknown(ids: Sequence[str], known: Iterable[str]) -> Bilingual:
    """There are no such feeds, but others."""
    named, others = ", ".join(ids), ", ".join(sorted(known))
    return Bilingual(
        f"Không có danh sách {named}. Có: {others}",
        f"There is no feed {named}. There are: {others}",
    )


def cannot_be_opened(path: Path, error: OSError) -> Bilingual:
    """The file to be imported is not there, or not ours to read."""
    return Bilingual(f"Không mở được {path}", f"{path} cannot be opened ({error.strerror})")


def switched(ids: Sequence[str], *, on: bool) -> Bilingual:
    """Which feeds were switched, or all pulling."""
    if not ids:
        return PULLS_ON if on else PULLS_OFF
    named = ", ".join(ids)
    return (
        Bilingual(f"Đã bật: {named}.", f"On: {named}.")
        if on
        else Bilingual(f"Đã tắt: {named}.", f"Off: {named}.")
    )


def waiting(ids: Sequence[str]) -> Bilingual:
    """These are wanted, and were never pulled."""
    pull = f"notalone feeds pull {' '.join(ids)}"
    return Bilingual(
        f"    chưa tải; máy tự tải trong vòng một giờ khi mở trình duyệt, hoặc ngay: {pull}",
        f"    not pulled yet; within an hour while the browser is open, or now: {pull}",
    )


def not_in_use(feed: str) -> Bilingual:
    """A file was imported for a feed that is off."""
    turn_on = f"notalone feeds on {feed}"
    return Bilingual(
        f"    đang tắt nên chưa được dùng; dùng: {turn_on}",
        f"    off, so it is not in use; use it: {turn_on}",
    )


def described(feed: Feed) -> Iterator[Bilingual]:
    """What a feed is about, its licence, and its home page."""
    kind = _KINDS[feed.kind]
    travels = Bilingual("được phân phối lại", "may be redistributed")
    stays = Bilingual("không phân phối lại", "not to be redistributed")
    rights = travels if feed.redistribute else stays
    yield Bilingual(
        f"    {kind.vi} · {feed.licence} · {rights.vi}",
        f"    {kind.en} · {feed.licence} · {rights.en}",
    )
    if feed.source:
        yield Bilingual(f"    {feed.source}", f"    {feed.source}")


def who_is_asked(feeds: Sequence[Feed]) -> Bilingual:
    """Every host that a pull of *feeds* calls, mirrors apart, and what it tells them."""
    every = sorted(frozenset().union(*(feed.hosts for feed in feeds)))
    first = [host for host in every if any(host in feed.first_hosts for feed in feeds)]
    others = ", ".join(host for host in every if host not in first)
    asked = ", ".join(first) or "–"
    return Bilingual(
        f"Mỗi ngày máy tải từ: {asked}."
        + (f" Khi một nơi không trả lời thì hỏi: {others}." if others else "")
        + "\nKhông gửi gì về bạn hay về máy này. Tắt tất cả: notalone feeds off",
        f"Once a day this computer asks: {asked}."
        + (f" When one of them fails: {others}." if others else "")
        + "\nNothing about you or this computer is sent. Stop all of it: notalone feeds off",
    )


def pulled(done: Pulled) -> Iterator[Bilingual]:
    """What became of one feed: its rows, or the problem without the way out."""
    name = done.feed.id
    if done.error is not None:
        problem = done.error.problem
        yield Bilingual(f"{name}: {problem.vi}", f"{name}: {problem.en}")
        return
    rows = _addresses(done.state.rows)
    if done.is_modified:
        yield Bilingual(f"{name}: {rows.vi}", f"{name}: {rows.en}")
        yield from _left_out(done.state)
    else:
        yield Bilingual(f"{name}: {rows.vi}, không đổi", f"{name}: {rows.en}, unchanged")


def ways_out(errors: Iterable[FeedError]) -> Iterator[Bilingual]:
    """What to do, once for all that it mends."""
    for fix in dict.fromkeys(error.fix for error in errors):
        yield Bilingual(f"→ {fix.vi}", f"→ {fix.en}")


def state_of(feed: Feed, state: State, *, now: datetime) -> Iterator[Bilingual]:
    """One feed in some lines: rows, age, licence, whom to ask, and what is wrong."""
    days = days_since(state.pulled_at, now=now)
    when = Bilingual("chưa tải được", "not pulled yet") if days is None else ago(days)
    rows = _addresses(state.rows)
    yield Bilingual(f"{feed.id}: {feed.name}", f"{feed.id}: {feed.name}")
    yield Bilingual(
        f"    {rows.vi}, {when.vi} · giấy phép: {feed.licence}",
        f"    {rows.en}, {when.en} · licence: {feed.licence}",
    )
    if feed.correction:
        yield Bilingual(f"    đính chính: {feed.correction}", f"    corrections: {feed.correction}")
    still = days_since(state.changed_at, now=now)
    if still is not None and still >= feed.expiry_days:
        yield Bilingual(
            f"    {still} ngày không thay đổi: địa chỉ trong đó chỉ còn là «từng bị báo cáo»",
            f"    unchanged for {still} days: its addresses are only “reported before” now",
        )
    yield from _left_out(state)
    if state.error:
        yield Bilingual(
            f"    lỗi ({state.failures} lần liền): {state.told_vi}",
            f"    fault ({state.failures} in a row): {state.told_en}",
        )


def age_of_all(age: ListsAge) -> Bilingual:
    """All wanted feeds together."""
    if age.state == "missing":
        return NOTHING_YET
    rows, when = _addresses(age.rows), ago(age.days)
    old = Bilingual("cũ", "old") if age.state == "old" else Bilingual("còn mới", "fresh")
    return Bilingual(
        f"Danh sách {old.vi}: {rows.vi}, lần tải tốt gần nhất {when.vi}.",
        f"The lists are {old.en}: {rows.en}, last good pull {when.en}.",
    )


def built(report: Report | None) -> Bilingual:
    """What all of it comes to."""
    if report is None or not report.rows:
        return NOTHING_YET
    rows = _addresses(report.rows)
    return Bilingual(
        f"Danh sách đang dùng: {rows.vi} khác nhau, làm ngày {report.built}.",
        f"The list in use: {rows.en}, each counted once, built on {report.built}.",
    )


def _left_out(state: State) -> Iterator[Bilingual]:
    for reason in REASONS:
        count = state.refused.get(reason, 0)
        if count:
            why, shown = WHY[reason], "; ".join(state.examples.get(reason, ()))
            yield Bilingual(
                f"    bỏ {_vietnamese(count)} dòng, {why.vi} (dòng {shown})",
                f"    left out {count:,}, {why.en} (line {shown})",
            )


def _addresses(count: int) -> Bilingual:
    """
    >>> _addresses(1234)
    Bilingual(vi='1.234 địa chỉ', en='1,234 addresses')
    """
    return Bilingual(
        f"{_vietnamese(count)} địa chỉ", f"{count:,} address{'' if count == 1 else 'es'}"
    )


def _vietnamese(number: int) -> str:
    return f"{number:,}".replace(",", ".")
