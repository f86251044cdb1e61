"""Plays the stranger and the child on the simulated chat sites, in whatever browser they are open.

    chat = family.chat(site)                    # a page of tests/e2e/pages, a new conversation
    place = chat.receive("…", "…")              # the id of the last message
    chat.wait_for_signs(place)

A browser is known here by what opens a page in it (`Tab`) and what sends its background to sleep.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from harness.native_host import PairedClient, pair
from harness.service_process import REPOSITORY, RunningService
from harness.waiting import wait_for

CORPUS = REPOSITORY / "tests" / "corpus"
TALKS = REPOSITORY / "tests" / "e2e" / "talks.toml"
OPENING = "Chào em, chị bên shop đây"
LURE = "Em đọc mã OTP vừa nhận được cho chị, đừng nói với bố mẹ nhé"
ORDINARY = (
    "Con ăn cơm chưa, tối mẹ về muộn nhé",
    "mai kiểm tra toán chương mấy",
    "Mẹ chuyển cho con 50k ăn sáng rồi đấy",
    "VCB: ma OTP cua quy khach la 482913. Tuyet doi khong cung cap ma nay cho bat ky ai.",
    "Đừng nói với bố nhé con, mai sinh nhật bố rồi, mẹ con mình làm bánh",
)

GUARD_S = 5.0  # from shown to sign
RESTART_S = 60.0  # until a service that is gone was missed, started again, and has loaded its rules
# What comes before the talks are opened again; each time that alone is a switch of conversation.
EVENTS = (
    "they are opened for the first time",
    "another conversation was open",
    "the background sleeps",
    "the service is killed",
    "the page is reloaded",
)
PLAY = "([all, withinMs]) => { void talks.playAll(all, withinMs); }"

Said = tuple[str, bool]  # the words, and whether they are the child's own


@dataclass(frozen=True, slots=True)
class Site:
    """Where a simulated site stands, with the address of the real one."""

    name: str
    host: str
    path: str


CHAT_SITES = (
    Site("zalo", "chat.zalo.me", "zalo.html"),
    Site("messenger", "www.messenger.com", "t/100/messenger.html"),
    Site("facebook", "www.facebook.com", "facebook.html"),  # chat tabs
    Site("telegram_k", "web.telegram.org", "k/telegram_k.html"),
    Site("telegram_a", "web.telegram.org", "a/telegram_a.html"),
    Site("discord", "discord.com", "channels/@me/100/discord.html"),
)


@dataclass(slots=True)
class Talk:
    """One talk on one site; tests/e2e/pages/talks.js plays it."""

    site: Site
    kind: str  # "lure" or "benign"
    name: str
    said: Sequence[Said]
    thread: str  # where it stands now
    place: int = 0  # of the message that the sign belongs to
    next: str = ""  # where harmless talk goes on: a lure is said after it, to see that it had none

    def in_page(self) -> dict[str, object]:
        told = {key: getattr(self, key) for key in ("kind", "name", "thread", "place", "next")}
        return {**told, "said": [list(one) for one in self.said], "lure": LURE}


class Tab(Protocol):
    """What playing a chat needs of a page; Playwright's `Page` is one, `firefox.Tab` another."""

    def evaluate(self, expression: str, arg: Any = None, /) -> Any:
        """The value of *expression* in the page; where that is a function, what it gives."""

    def bring_to_front(self) -> None: ...

    def reload(self) -> object: ...


OneTab = TypeVar("OneTab", bound=Tab)


@dataclass(slots=True)
class Chat(Generic[OneTab]):
    """One page of a simulated site, played by the test."""

    site: Site
    page: OneTab
    threads: Iterator[int]  # of all pages: what was seen in a conversation is remembered
    thread: str = "u100"

    def begin(self) -> None:
        """Open a conversation that nobody has seen before."""
        self.go_to(f"u{next(self.threads)}")

    def go_to(self, thread: str) -> None:
        self.thread = thread
        self.page.evaluate("thread => chat.open(thread)", thread)

    def say(self, *said: Said) -> list[str]:
        """Let all of these come at once; gives their ids."""
        play = "said => said.map(([text, mine]) => (mine ? chat.send(text) : chat.receive(text)))"
        ids: list[str] = self.page.evaluate(play, [list(one) for one in said])
        return ids

    def receive(self, *texts: str) -> str:
        """Let these come from somebody else; gives the id of the last."""
        return self.say(*((text, False) for text in texts))[-1]

    def signs(self) -> list[str | None]:
        """The messages that a sign stands beside now; None for one that is beside none."""
        beside: list[str | None] = self.page.evaluate("chat.signs()")
        return beside

    def wait_for_signs(self, *beside: str, within_s: float = 10) -> None:
        wait_for(
            lambda: self.signs() == list(beside),
            what=f"the signs on {self.site.name} to be beside {beside}",
            within_s=within_s,
        )

    def gets_signs(self, *beside: str) -> bool:
        """Whether the signs come to be beside these."""
        try:
            self.wait_for_signs(*beside)
        except AssertionError:
            return False
        return True

    def has_only_ever_signed(self, *beside: str) -> bool:
        """Whether no other message has had a sign since this conversation was opened."""
        signed: list[str | None] = self.page.evaluate("chat.signed()")
        return signed == list(beside)


@dataclass(slots=True)
class Family(Generic[OneTab]):
    """A home with the service, and a browser in which every site is open."""

    service: RunningService
    open_page: Callable[[str, str], OneTab]  # path, host
    put_to_sleep: Callable[[], None]  # the extension's background, as the browser does it
    chats: dict[str, Chat[OneTab]] = field(default_factory=dict)
    threads: Iterator[int] = field(default_factory=lambda: itertools.count(1000))
    talks: list[Talk] = field(default_factory=list)

    def chat(self, site: Site, *, language: str = "vi") -> Chat[OneTab]:
        """The page of *site*, in front and with a new conversation."""
        key = f"{site.name} {language}"
        if key not in self.chats:
            page = self.open_page(f"{site.path}?lang={language}", site.host)
            self.chats[key] = Chat(site, page, self.threads)
        chat = self.chats[key]
        chat.page.bring_to_front()
        chat.begin()
        return chat

    def missed_talks(self, event: str) -> list[str]:
        """Let *event* happen to every site, and open the talks of talks.toml there once more, all
        sites at once: a line for each that went wrong."""
        if not self.talks:
            self.talks = self._choose_talks()
            missed = self._play_talks(GUARD_S)
            if event == EVENTS[0] or missed:
                return missed
        within_s = GUARD_S
        if event == "the background sleeps":
            self.put_to_sleep()
        elif event == "the service is killed":
            self.service.kill()  # the background finds it gone, and the native host starts it again
            within_s = RESTART_S
        elif event == "the page is reloaded":
            for site in CHAT_SITES:
                page = self.chats[f"{site.name} vi"].page
                page.evaluate("chat.keep()")
                page.reload()
        return self._play_talks(within_s)

    def _choose_talks(self) -> list[Talk]:
        """A lure and a harmless talk in turn, each for the site that it stays on."""
        names = tomllib.loads(TALKS.read_text("utf-8"))
        assert len(names["lure"]) == len(names["benign"]) == 40
        client = pair(self.service)
        sites = itertools.cycle(CHAT_SITES)
        talks = []
        for lure, benign in zip(names["lure"], names["benign"], strict=True):
            site = next(sites)
            said = read_talk("lure", lure)
            talks.append(
                Talk(site, "lure", lure, said, self._thread(), first_warned_of(client, said))
            )
            said = read_talk("benign", benign)
            talks.append(Talk(site, "benign", benign, said, self._thread()))
        return talks

    def _thread(self) -> str:
        return f"u{next(self.threads)}"

    def _play_talks(self, first_within_s: float) -> list[str]:
        """Open every talk, the sites side by side. Before them a lure comes from somebody new: it
        may take *first_within_s*, the others GUARD_S each."""
        pages = [(site, self.chat(site).page) for site in CHAT_SITES]
        fresh = [
            (site, page, [Talk(site, "lure", "of somebody new", ((LURE, False),), self._thread())])
            for site, page in pages
        ]
        missed = play_side_by_side(fresh, within_s=first_within_s)
        plans = [
            (site, page, [one for one in self.talks if one.site == site]) for site, page in pages
        ]
        for talk in self.talks:
            talk.next = self._thread()
        missed += play_side_by_side(plans, within_s=GUARD_S)
        for talk in self.talks:
            if talk.kind == "benign":
                talk.thread = talk.next
        return missed


def play_side_by_side(
    plans: Sequence[tuple[Site, OneTab, Sequence[Talk]]], *, within_s: float
) -> list[str]:
    """Let each page play its talks by itself: a line for each that went wrong."""
    for _, page, talks in plans:
        page.evaluate(PLAY, [[talk.in_page() for talk in talks], within_s * 1000])
    missed = []
    for site, page, talks in plans:
        wrong = wait_for(
            partial(page.evaluate, "talks.missed && { lines: talks.missed }"),
            what=f"the talks on {site.name} to be played",
            within_s=within_s * len(talks) + 30,
            poll_s=0.2,
        )
        missed += [f"{site.name:10}  {line}" for line in wrong["lines"]]
    return missed


def first_warned_of(client: PairedClient, said: Sequence[Said]) -> int:
    """Which message first reaches the level of the whole, as the service says it itself."""
    messages = [
        {"id": str(number), "text": text, "from_me": mine}
        for number, (text, mine) in enumerate(said)
    ]
    told = client.check(messages=messages)["conversation"]
    level, levels = told["level"], told["levels"]
    assert level != "no_information", "take a talk into talks.toml that the rules know"
    return next(int(number) for number in levels if levels[number] == level)


def read_talk(label: str, name: str) -> Sequence[Said]:
    """One conversation of the corpus, as it is said."""
    talk: dict[str, Any] = tomllib.loads((CORPUS / label / f"{name}.toml").read_text("utf-8"))
    return [(message["text"], message.get("from_me") is True) for message in talk["messages"]]
