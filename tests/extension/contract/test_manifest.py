"""What the extension may do, as a reviewer reads it: no more than these few lines."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from harness.service_process import REPOSITORY
from notalone.config import EXTENSION_ID, GECKO_ID, HOST

EXTENSION = REPOSITORY / "extension"
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))


def test_permissions_are_exactly_these_three() -> None:
    assert MANIFEST["permissions"] == ["contextMenus", "nativeMessaging", "storage"]
    assert "optional_permissions" not in MANIFEST


def test_only_this_computer_may_be_asked() -> None:
    assert MANIFEST["host_permissions"] == [f"http://{HOST}/*"]
    assert "optional_host_permissions" not in MANIFEST


@pytest.mark.parametrize(
    "key",
    ("web_accessible_resources", "externally_connectable", "sandbox", "content_capabilities"),
)
def test_no_page_can_reach_into_the_extension(key: str) -> None:
    assert key not in MANIFEST


def test_own_pages_load_and_ask_nothing_from_elsewhere() -> None:
    policy = MANIFEST["content_security_policy"]["extension_pages"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"http://{HOST}:*",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_key_gives_the_id_that_the_native_host_admits() -> None:
    digest = hashlib.sha256(base64.b64decode(MANIFEST["key"])).hexdigest()[:32]
    assert "".join(chr(ord("a") + int(digit, 16)) for digit in digest) == EXTENSION_ID


def test_firefox_id_is_the_one_that_the_native_host_admits() -> None:
    assert MANIFEST["browser_specific_settings"]["gecko"]["id"] == GECKO_ID


def test_firefox_is_told_what_is_handed_to_the_checker() -> None:
    """Mozilla counts a program on the same computer as outside of the add-on."""
    gecko = MANIFEST["browser_specific_settings"]["gecko"]
    assert gecko["data_collection_permissions"] == {
        "required": ["browsingActivity", "personalCommunications", "websiteContent"]
    }


def named_files() -> list[str]:
    background, action = MANIFEST["background"], MANIFEST["action"]
    return [
        background["service_worker"],
        *background["scripts"],
        *(name for script in MANIFEST["content_scripts"] for name in script["js"]),
        action["default_popup"],
        MANIFEST["options_ui"]["page"],
        *action["default_icon"].values(),
        *MANIFEST["icons"].values(),
    ]


@pytest.mark.parametrize("name", sorted(set(named_files())))
def test_every_named_file_is_there(name: str) -> None:
    assert (EXTENSION / name).is_file()


def test_content_scripts_do_not_run_in_the_page_itself() -> None:
    for script in MANIFEST["content_scripts"]:
        assert script.get("world", "ISOLATED") == "ISOLATED"
        assert "match_origin_as_fallback" not in script


def test_only_files_that_a_browser_needs_are_shipped() -> None:
    kinds = {path.suffix for path in Path(EXTENSION).rglob("*") if path.is_file()}
    assert kinds <= {".js", ".json", ".html", ".css", ".png", ".svg", ".ts"}


def test_practice_page_runs_the_same_scripts_as_a_real_page() -> None:
    [scripts] = MANIFEST["content_scripts"]
    of_the_web = "content/arrive.js"  # our own page is on no list of reported addresses
    real = [name for name in scripts["js"] if "/adapters/" not in name and name != of_the_web]
    page = (EXTENSION / "pages" / "practice.html").read_text(encoding="utf-8")
    practised = re.findall(r"src=\"\.\./(content/[^\"]+)\"", page)
    assert "content/adapters/practice.js" in practised
    assert [name for name in practised if "/adapters/" not in name] == real


@pytest.mark.parametrize("language", ("vi", "en"))
def test_the_shortcut_has_a_name_that_tells_a_stranger_nothing(language: str) -> None:
    [command] = MANIFEST["commands"].values()
    words = json.loads((EXTENSION / "_locales" / language / "messages.json").read_text("utf-8"))
    key = command["description"].removeprefix("__MSG_").removesuffix("__")
    assert words[key]["message"] == words["card_chip_label"]["message"], "as the neutral chip"
    assert command["suggested_key"]["default"].startswith("Alt+Shift+"), "of no page or browser"
