"""The numbers on our pages, which work without the service, are those of rules/helplines.toml."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from harness.service_process import REPOSITORY

EXTENSION = REPOSITORY / "extension"
HELPLINES: dict[str, Any] = tomllib.loads(
    (REPOSITORY / "rules" / "helplines.toml").read_text(encoding="utf-8")
)
PAGES_WITH_NUMBERS = ("tell", "popup", "phone", "parents")


def known_numbers() -> set[str]:
    """Every number of the rule file, digits only."""
    found: set[str] = set()
    waiting: list[Any] = [HELPLINES]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            waiting += here.values()
            if "phone" in here:
                found.add(re.sub(r"\D", "", here["phone"]))
        elif isinstance(here, list):
            waiting += here
    return found


def numbers_to_call(text: str) -> set[str]:
    """What `tel:` links in *text* would dial."""
    return {re.sub(r"\D", "", number) for number in re.findall(r"tel:([+\d\s.-]+)", text)}


@pytest.mark.parametrize("page", PAGES_WITH_NUMBERS)
@pytest.mark.parametrize("number", ("111", "113"))
def test_number_stands_on_the_page_without_any_service(page: str, number: str) -> None:
    text = (EXTENSION / "pages" / f"{page}.html").read_text(encoding="utf-8")
    assert number in numbers_to_call(text)


def test_every_number_to_call_is_known_with_its_source() -> None:
    files = [*EXTENSION.rglob("*.html"), *EXTENSION.rglob("*.js")]
    dialled = set().union(*(numbers_to_call(path.read_text("utf-8")) for path in files))
    assert dialled - {""} <= known_numbers()
