"""A family's people, named and kept as a family does it."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page

LAN = {
    "name": "Lan",
    "relation": "mother",
    "phone": "+84 900 000 001",
    "mail": "lan@gia-dinh.example",
    "chat": "zalo.me/0900000001",
}
HUNG = {"name": "Hùng", "relation": "father", "phone": "0900 000 002"}
HOA = {"name": "Hoa", "relation": "teacher_woman", "chat": "https://chat.example/co-hoa"}
HAI = {"name": "Hai", "relation": "other", "you": "dì", "me": "con", "phone": "0900 000 003"}

# Every tab that is told so names its friends at the word "now", all at the same moment.
NAME_AT_A_WORD = """async (names) => {
    const { keepHelper } = await import("/background/helpers.js");
    const empty = { relation: "friend", you: "", me: "", phone: "", mail: "", chat: "" };
    const keep = (name) => keepHelper(chrome, { ...empty, id: crypto.randomUUID(), name });
    window.word = new BroadcastChannel("now");
    window.word.onmessage = () => names.forEach(keep);
}"""
SAY_NOW = """() => new BroadcastChannel("now").postMessage("")"""


def fill_helper(page: Page, known: Mapping[str, str]) -> None:
    """Type what is *known* into the open form, and press its main button."""
    if "relation" in known:
        page.locator("#helper-relation").select_option(known["relation"])
    for name, value in known.items():
        field = page.locator(f"#helper-{name}")
        if name != "relation" and field.is_visible():  # no word for oneself in English
            field.fill(value)
    page.locator("dialog .main").click()


def name_helper(options: Page, known: Mapping[str, str]) -> None:
    """Add a person on the open page of options."""
    before = options.locator("#helpers li").count()
    options.locator("#helper-add").click()
    fill_helper(options, known)
    options.locator("#helpers li").nth(before).wait_for()
