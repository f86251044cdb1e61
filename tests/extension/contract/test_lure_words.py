"""What a child is told to do next is the same with the service on and off: rules/ says it once."""

from __future__ import annotations

import json
import tomllib

import pytest

from harness.service_process import REPOSITORY

LANGUAGES = ("vi", "en")
LURES = sorted((REPOSITORY / "rules" / "lures").glob("*/lure.toml"))


def messages(language: str) -> dict[str, dict[str, str]]:
    path = REPOSITORY / "extension" / "_locales" / language / "messages.json"
    table: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return table


@pytest.mark.parametrize("language", LANGUAGES)
def test_next_steps_of_every_lure_stand_in_the_extension_too(language: str) -> None:
    wanted = {}
    for path in LURES:
        lure = tomllib.loads(path.read_text(encoding="utf-8"))
        name = "general" if lure["id"] == "any" else lure["id"]
        for number, step in enumerate(lure["next_steps"], start=1):
            wanted[f"tell_next_{name}_{number}"] = step[language]
    known = {
        key: entry["message"]
        for key, entry in messages(language).items()
        if key.startswith("tell_next_") and not key.startswith("tell_next_trouble_")
    }
    known.pop("tell_next_label")
    assert known == wanted
