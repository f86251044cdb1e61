"""Every chat site that has an adapter: on its simulated page the sign is beside the right message.

One browser and one service for the whole file, one page a site, a new conversation a test.
"""

from __future__ import annotations

import itertools
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from harness import chromium as browsers
from harness.chromium import Chromium
from harness.native_host import PairedClient, pair
from harness.service_process import REPOSITORY, Home, RunningService
from harness.waiting import wait_for

CORPUS = REPOSITORY / "tests" / "corpus"
OPENING = "Chào em, chị bên shop đây"
LURE = "Em đọc mã OTP vừa nhận được cho chị, đừng nói với bố mẹ nhé"
MORE = "Em chuyển khoản 2 triệu cho chị trước, xóa tin này đi"
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


SITES = (
    Site("zalo", "chat.zalo.me", "zalo.html"),
    Site("messenger", "www.messenger.com", "t/100/messenger.html"),
    Site("facebook", "www.facebook.com", "facebook.html"),  # chat tabs
    Site("telegram_k", "web.telegram.org", "k/telegram_k.html"),
    Site("telegram_a", "web.telegram.org", "a/telegram_a.html"),
    Site("discord", "discord.com", "channels/@me/100/discord.html"),
)


@dataclass(slots=True)
class Chat:
    """One page of a simulated site, played by the test."""

    site: Site
    page: Page
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

    def has_only_ever_signed(self, *beside: str) -> bool:
        """Whether no other message has had a sign since this conversation was opened."""
        signed: list[str | None] = self.page.evaluate("chat.signed()")
        return signed == list(beside)


@dataclass(slots=True)
class Family:
    """A home with the service, and a browser in which every site is open."""

    service: RunningService
    client: PairedClient
    browser: Chromium
    chats: dict[str, Chat] = field(default_factory=dict)
    threads: Iterator[int] = field(default_factory=lambda: itertools.count(1000))

    def chat(self, site: Site, *, language: str = "vi") -> Chat:
        """The page of *site*, in front and with a new conversation."""
        key = f"{site.name} {language}"
        if key not in self.chats:
            path = f"{site.path}?lang={language}"
            self.chats[key] = Chat(site, self.browser.site(path, host=site.host), self.threads)
        chat = self.chats[key]
        chat.page.bring_to_front()
        chat.begin()
        return chat


@pytest.fixture(scope="module")
def family(playwright: Playwright, site_port: int) -> Iterator[Family]:
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder:
        home = Home(Path(folder))
        service = RunningService(home).start()
        with browsers.chromium(playwright, home=home, site_port=site_port) as browser:
            browser.wait_until_on()
            yield Family(service, pair(service), browser)
        service.stop()
        home.end_everything()


@pytest.fixture(params=SITES, ids=lambda site: site.name)
def site(request: pytest.FixtureRequest) -> Site:
    assert isinstance(request.param, Site)
    return request.param


@pytest.fixture
def chat(family: Family, site: Site) -> Chat:
    return family.chat(site)


def test_sign_stands_below_the_words_that_complete_the_pattern(chat: Chat, family: Family) -> None:
    chat.receive(OPENING)
    place = chat.receive(LURE)
    chat.wait_for_signs(place)
    assert chat.page.evaluate("id => chat.isSignInPlace(id)", place)
    chat.receive(*ORDINARY, MORE)
    said = family.browser.inside(chat.page).wait_for_words(LURE[:20])
    assert family.browser.message("card_label_danger") in said
    assert chat.signs() == [place], "it stays where it was"


def test_ordinary_talk_and_own_words_have_none(chat: Chat) -> None:
    chat.say(*((text, False) for text in ORDINARY), (MORE, True), (LURE, True))
    place = chat.receive(LURE)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_quotations_system_lines_previews_and_typed_words_have_none(chat: Chat) -> None:
    chat.page.evaluate("text => chat.receive('Ừ', { quote: text })", LURE)
    chat.page.evaluate("text => chat.system(text)", LURE)
    chat.page.locator("[contenteditable]").first.press_sequentially("đừng nói với bố mẹ nhé")
    place = chat.receive(LURE)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_another_conversation_is_clean_and_coming_back_shows_the_sign_again(chat: Chat) -> None:
    lured = chat.thread
    chat.receive(OPENING)
    place = chat.receive(LURE)
    chat.receive(*ORDINARY)
    chat.wait_for_signs(place)
    chat.begin()
    chat.receive(*ORDINARY)
    chat.wait_for_signs()
    chat.go_to(lured)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_rows_that_are_drawn_anew_keep_one_sign(chat: Chat) -> None:
    chat.receive(OPENING)
    place = chat.receive(LURE)
    chat.receive(*(f"tin {number}" for number in range(60)))
    chat.page.evaluate("chat.scrollTo(0, 40)")
    chat.wait_for_signs(place)
    chat.page.evaluate("chat.rerender()")
    chat.wait_for_signs(place)
    chat.page.evaluate("chat.scrollTo(30)")
    chat.wait_for_signs()
    chat.page.evaluate("chat.scrollTo(0, 30)")
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_older_messages_that_come_in_above_make_no_old_lure_new(chat: Chat) -> None:
    newer = chat.receive(LURE)
    chat.wait_for_signs(newer)
    chat.page.evaluate("older => chat.prepend(older)", [[OPENING, False], [MORE, False]])
    chat.wait_for_signs(newer)

    chat.begin()
    chat.receive(*ORDINARY)
    older = chat.page.evaluate("older => chat.prepend(older)", [[OPENING, False], [LURE, False]])
    chat.wait_for_signs(older[1])
    assert chat.has_only_ever_signed(older[1])


def test_message_that_is_written_out_bit_by_bit_ends_in_one_sign(chat: Chat) -> None:
    place = chat.page.evaluate("text => chat.stream(text, 12)", LURE)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_site_in_english_is_read_the_same(family: Family, site: Site) -> None:
    chat = family.chat(site, language="en")
    chat.say((OPENING, False), (LURE, True), ("Dạ", True))
    place = chat.receive(LURE)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_site_whose_names_have_changed_is_silent(chat: Chat) -> None:
    chat.page.evaluate("text => { chat.receive(text); chat.rename(); }", LURE)
    place = chat.receive("Em ăn cơm chưa", LURE)  # rows of the old kind, after it
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_two_chat_tabs_have_a_sign_each(family: Family) -> None:
    chat = family.chat(next(site for site in SITES if site.name == "facebook"))
    here = chat.receive(LURE)
    there = chat.page.evaluate("text => other.receive(text)", LURE)
    wait_for(
        lambda: (
            (here in chat.signs(), there in chat.page.evaluate("other.signs()")) == (True, True)
        ),
        what="a sign in each tab",
    )
    chat.page.evaluate("other.clear()")


def test_sign_comes_after_a_reload_a_sleeping_worker_and_a_service_that_was_restarted(
    family: Family,
) -> None:
    chats = [family.chat(site) for site in SITES]
    for chat in chats:
        chat.receive(OPENING)
        chat.wait_for_signs(chat.receive(LURE))

    end_worker(family.browser)
    for chat in chats:
        chat.page.bring_to_front()
        chat.begin()
        chat.wait_for_signs(chat.receive(OPENING, LURE))

    family.service.kill()  # the worker finds it gone, and the native host starts it again
    for chat in chats:
        chat.page.bring_to_front()
        chat.begin()
        chat.wait_for_signs(chat.receive(OPENING, LURE), within_s=60)
    family.client = pair(family.service)

    for chat in chats:
        chat.page.reload()
        chat.page.bring_to_front()
        chat.begin()
        chat.receive(OPENING)
        chat.wait_for_signs(chat.receive(LURE))
        assert chat.has_only_ever_signed(chat.signs()[0] or "")


def end_worker(browser: Chromium) -> None:
    """End the extension's worker, as the browser does when it has nothing to do."""
    cdp = browser.context.new_cdp_session(browser.context.pages[0])

    def workers() -> set[str]:
        targets = cdp.send("Target.getTargets")["targetInfos"]
        return {one["targetId"] for one in targets if one["type"] == "service_worker"}

    [worker] = workers()
    cdp.send("Target.closeTarget", {"targetId": worker})
    wait_for(lambda: worker not in workers(), what="the worker to end")


def test_forty_lures_get_their_sign_and_forty_harmless_talks_get_none(family: Family) -> None:
    talks = tomllib.loads((Path(__file__).parent / "talks.toml").read_text("utf-8"))
    sites = itertools.cycle(SITES)
    missed = []
    for name in talks["lure"]:
        chat = family.chat(next(sites))
        said = read_talk("lure", name)
        ids = chat.say(*said)
        expected = ids[first_warned_of(family, said)]
        if not comes(chat, expected):
            missed.append(f"{chat.site.name:10}  lure    {name}: {chat.signs()} for {expected}")
    for name in talks["benign"]:
        chat = family.chat(next(sites))
        *_, place = chat.say(*read_talk("benign", name), (LURE, False))
        chat.wait_for_signs(place)
        if not chat.has_only_ever_signed(place):
            missed.append(f"{chat.site.name:10}  benign  {name}: a sign")
    assert len(talks["lure"]) == len(talks["benign"]) == 40
    assert not missed, "\n" + "\n".join(missed)


def read_talk(label: str, name: str) -> Sequence[Said]:
    talk: dict[str, Any] = tomllib.loads((CORPUS / label / f"{name}.toml").read_text("utf-8"))
    return [(message["text"], message.get("from_me") is True) for message in talk["messages"]]


def first_warned_of(family: Family, said: Sequence[Said]) -> int:
    """Which of the messages first reaches the level of the whole, as the service says it itself."""
    messages = [
        {"id": str(number), "text": text, "from_me": mine}
        for number, (text, mine) in enumerate(said)
    ]
    told = family.client.check(messages=messages)["conversation"]
    assert told["level"] != "no_information", "take a talk into talks.toml that the rules know"
    return next(int(number) for number, level in told["levels"].items() if level == told["level"])


def comes(chat: Chat, place: str) -> bool:
    try:
        chat.wait_for_signs(place, within_s=10)
    except AssertionError:
        return False
    return True
