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
    client: PairedClient = field(init=False)
    chats: dict[str, Chat[OneTab]] = field(default_factory=dict)
    threads: Iterator[int] = field(default_factory=lambda: itertools.count(1000))

    def __post_init__(self) -> None:
        self.client = pair(self.service)

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

    def missed_talks(self) -> list[str]:
        """Play the talks of talks.toml, a site after another: a line for each that went wrong."""
        talks = tomllib.loads(TALKS.read_text("utf-8"))
        assert len(talks["lure"]) == len(talks["benign"]) == 40
        sites = itertools.cycle(CHAT_SITES)
        missed = []
        for name in talks["lure"]:
            chat = self.chat(next(sites))
            said = read_talk("lure", name)
            ids = chat.say(*said)
            expected = ids[self._first_warned_of(said)]
            if not chat.gets_signs(expected):
                missed.append(f"{chat.site.name:10}  lure    {name}: {chat.signs()} for {expected}")
        for name in talks["benign"]:
            chat = self.chat(next(sites))
            *_, place = chat.say(*read_talk("benign", name), (LURE, False))
            if not (chat.gets_signs(place) and chat.has_only_ever_signed(place)):
                missed.append(f"{chat.site.name:10}  benign  {name}: {chat.signs()} for {place}")
        return missed

    def _first_warned_of(self, said: Sequence[Said]) -> int:
        """Which message first reaches the level of the whole, as the service says it itself."""
        messages = [
            {"id": str(number), "text": text, "from_me": mine}
            for number, (text, mine) in enumerate(said)
        ]
        told = self.client.check(messages=messages)["conversation"]
        level, levels = told["level"], told["levels"]
        assert level != "no_information", "take a talk into talks.toml that the rules know"
        return next(int(number) for number in levels if levels[number] == level)

    def hold_through_interruptions(self) -> None:
        """Every site gets its sign whatever came in between; AssertionError names what did not."""
        self._play_each_site()
        self.put_to_sleep()
        self._play_each_site()
        self.service.kill()  # the background finds it gone, and the native host starts it again
        self._play_each_site(within_s=60)
        self.client = pair(self.service)
        for site in CHAT_SITES:
            self.chat(site).page.reload()
        self._play_each_site()

    def _play_each_site(self, *, within_s: float = 10) -> None:
        """A lure, then harmless talk with somebody else, and back to where the sign is."""
        for site in CHAT_SITES:
            chat = self.chat(site)
            lured = chat.thread
            chat.receive(OPENING)
            place = chat.receive(LURE)
            chat.wait_for_signs(place, within_s=within_s)
            chat.begin()
            chat.receive(*ORDINARY)
            other = chat.receive(LURE)
            chat.wait_for_signs(other)
            assert chat.has_only_ever_signed(other), f"harmless words on {site.name} have none"
            chat.go_to(lured)
            chat.wait_for_signs(place)
            assert chat.has_only_ever_signed(place)


def read_talk(label: str, name: str) -> Sequence[Said]:
    """One conversation of the corpus, as it is said."""
    talk: dict[str, Any] = tomllib.loads((CORPUS / label / f"{name}.toml").read_text("utf-8"))
    return [(message["text"], message.get("from_me") is True) for message in talk["messages"]]
