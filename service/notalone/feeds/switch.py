"""Whether lists are pulled, and which: one small file that `notalone feeds on|off` writes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from notalone import native_host
from notalone.feeds.catalogue import Feed
from notalone.feeds.fault import FeedError
from notalone.feeds.snapshot import make_private, unwritable
from notalone.model import Bilingual

ENVIRONMENT = "NOTALONE_FEEDS"  # "off": nothing is pulled here, whatever the file says
_FILE = "switch.json"


class Switches(msgspec.Struct, frozen=True):
    """What somebody chose. By default lists are pulled, those that feeds.toml enables."""

    pulls: bool = True
    feeds: dict[str, bool] = {}  # id → whether it is wanted, against feeds.toml


def read_switches(data: Path) -> Switches:
    """What stands in the data folder *data*. A damaged file stops pulls: it may have said so."""
    try:
        return msgspec.json.decode((data / "lists" / _FILE).read_bytes(), type=Switches)
    except FileNotFoundError:
        return Switches()
    except (OSError, msgspec.MsgspecError):
        return Switches(pulls=False)


def write_switches(data: Path, switches: Switches) -> None:
    """Keep *switches* from now on.

    Raises: FeedError when the disk does not take it.
    """
    folder = data / "lists"
    try:
        make_private(folder)
        native_host.write_private(str(folder / _FILE), msgspec.json.encode(switches))
    except OSError as error:
        problem = unwritable(error).problem
        told = Bilingual(f"chưa đổi được gì, {problem.vi}", f"nothing was changed, {problem.en}")
        raise FeedError("unwritable", told) from error


def may_pull(data: Path) -> bool:
    """Whether anything may be asked of any server at all."""
    return not is_forbidden() and read_switches(data).pulls


def is_forbidden() -> bool:
    """Whether the environment forbids it, whatever anybody has switched on."""
    return os.environ.get(ENVIRONMENT, "").lower() == "off"


def why_off() -> Bilingual:
    """Why nothing is pulled where `may_pull` says no, and what lets it go on."""
    if is_forbidden():
        return Bilingual(
            f"Việc tải danh sách đang bị chặn bởi biến môi trường {ENVIRONMENT}=off;"
            " muốn tải thì bỏ biến ấy đi.",
            f"Pulling lists is forbidden by {ENVIRONMENT}=off in the environment; unset it to"
            " pull.",
        )
    return Bilingual(
        "Việc tải danh sách đang tắt. Bật lại: notalone feeds on",
        "Pulling lists is switched off. Switch it on: notalone feeds on",
    )


def wanted(feeds: Iterable[Feed], switches: Switches) -> Iterator[Feed]:
    """Those of *feeds* that are pulled and take part in the list."""
    return (feed for feed in feeds if switches.feeds.get(feed.id, feed.enabled))
