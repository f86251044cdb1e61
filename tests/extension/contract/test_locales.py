"""Every word a family reads is there in Vietnamese and in English, and none is left over."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from harness.service_process import REPOSITORY

EXTENSION = REPOSITORY / "extension"
LANGUAGES = ("vi", "en")
KEY = re.compile(r"[a-z][a-zA-Z0-9_]*")


def messages(language: str) -> dict[str, dict[str, Any]]:
    """The texts of one language."""
    path = EXTENSION / "_locales" / language / "messages.json"
    loaded: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def sources() -> str:
    """Everything that may name a key: scripts, pages, the manifest."""
    paths = [
        path
        for kind in ("*.js", "*.html", "manifest.json")
        for path in sorted(EXTENSION.rglob(kind))
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def keys_named_outright(source: str) -> set[str]:
    """Keys in `getMessage("key")`, `data-i18n…="key"` and `__MSG_key__`."""
    return {
        *re.findall(r"getMessage\(\s*[\"'`](\w+)[\"'`]", source),
        *re.findall(r"data-i18n(?:-\w+)*=\"(\w+)\"", source),
        *re.findall(r"__MSG_(\w+?)__", source),
    } - {"@@ui_locale"}


def key_prefixes(source: str) -> set[str]:
    """The fixed start of keys that are put together: `tell_note_${whom}` gives `tell_note_`."""
    return set(re.findall(r"`([a-z][a-z0-9]*_\w*)\$\{", source))


def words_in_quotes(source: str) -> set[str]:
    """Every quoted word: keys are often kept in tables and passed on."""
    return set(re.findall(r"[\"'`]([a-z]\w*)[\"'`]", source))


def test_both_languages_have_the_same_keys() -> None:
    vietnamese, english = (set(messages(language)) for language in LANGUAGES)
    assert vietnamese == english


def test_every_key_in_the_source_exists() -> None:
    assert keys_named_outright(sources()) - set(messages("vi")) == set()


def test_every_key_put_together_in_the_source_can_exist() -> None:
    known = messages("vi")
    prefixes = key_prefixes(sources())
    assert {one for one in prefixes if not any(key.startswith(one) for key in known)} == set()


def test_no_key_is_left_over() -> None:
    source = sources()
    used = keys_named_outright(source) | words_in_quotes(source)
    prefixes = tuple(key_prefixes(source))
    left_over = {key for key in messages("vi") if key not in used and not key.startswith(prefixes)}
    assert left_over == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_not_empty_and_keep_the_same_placeholders(language: str) -> None:
    other = messages("en" if language == "vi" else "vi")
    for key, entry in messages(language).items():
        assert entry["message"].strip(), key
        assert placeholders(entry) == placeholders(other[key]), key


def placeholders(entry: dict[str, Any]) -> set[str]:
    """The names in `$NAME$`, lower case, which both languages must share."""
    return {name.lower() for name in re.findall(r"\$(\w+)\$", entry["message"])}


@pytest.mark.parametrize(
    ("language", "word"),
    (("vi", r"\ban toàn\b"), ("en", r"\b(?:safe|safely|secure)\b")),
    ids=LANGUAGES,
)
def test_no_text_promises_that_something_is_safe(language: str, word: str) -> None:
    # "Not safe", "stay safe with someone" and the like are no promise about a message or a link.
    spoken = [entry["message"] for entry in messages(language).values()]
    assert [text for text in spoken if re.search(word, text, re.IGNORECASE)] == []


def test_english_that_people_read_has_one_apostrophe() -> None:
    """Typewriter marks beside real ones look careless on a card."""
    rules = (REPOSITORY / "rules").rglob("*.toml")
    typed = [
        f"{path.relative_to(REPOSITORY)}: {text}"
        for path in rules
        for text in _english(tomllib.loads(path.read_text(encoding="utf-8")))
        if "'" in text
    ]
    typed += [
        f"{key}: {entry['message']}"
        for key, entry in messages("en").items()
        if "'" in entry["message"]
    ]
    assert typed == []


def _english(value: object) -> Iterator[str]:
    """Every text that stands beside its Vietnamese."""
    if isinstance(value, dict):
        if value.keys() >= {"vi", "en"} and isinstance(value["en"], str):
            yield value["en"]
        for each in value.values():
            yield from _english(each)
    elif isinstance(value, list):
        for each in value:
            yield from _english(each)
