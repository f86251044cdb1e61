"""What families and stores read about the extension says what the manifest says, and no more."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from harness.service_process import REPOSITORY

MANIFEST: dict[str, Any] = json.loads(
    (REPOSITORY / "extension" / "manifest.json").read_text(encoding="utf-8")
)
PERMISSIONS = (REPOSITORY / "docs" / "permissions.md").read_text(encoding="utf-8")
STORE = REPOSITORY / "docs" / "store"
TEXTS = ("PRIVACY.md", "docs/permissions.md", "docs/store/vi.md", "docs/store/en.md")


def named(language: str, key: str) -> str:
    path = REPOSITORY / "extension" / "_locales" / language / "messages.json"
    text = json.loads(path.read_text(encoding="utf-8"))[key]["message"]
    assert isinstance(text, str)
    return text


def test_every_permission_has_its_paragraphs_and_none_is_explained_that_is_not_asked() -> None:
    headings = re.findall(r"^## (.+)$", PERMISSIONS, re.MULTILINE)
    explained = {match for heading in headings for match in re.findall(r"`([^`]+)`", heading)}
    asked = {
        *MANIFEST["permissions"],
        *MANIFEST.get("optional_permissions", ()),
        "host_permissions",
        *MANIFEST["host_permissions"],
        "content_scripts",
        *(match for script in MANIFEST["content_scripts"] for match in script["matches"]),
        "data_collection_permissions",
        *MANIFEST["browser_specific_settings"]["gecko"]["data_collection_permissions"]["required"],
    }
    assert explained == asked


@pytest.mark.parametrize("section", PERMISSIONS.split("\n## ")[1:])
def test_each_is_explained_in_both_languages(section: str) -> None:
    assert "**Chúng tôi dùng để" in section.replace("\n", " ")
    assert "**What for:**" in section
    assert "**Không làm:**" in section
    assert "**Never:**" in section


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_promises_that_anything_is_safe(text: str) -> None:
    words = (REPOSITORY / text).read_text(encoding="utf-8")
    assert re.findall(r"an toàn|\bsafe\b|bảo vệ tuyệt đối|100 ?%", words, re.IGNORECASE) == []


@pytest.mark.parametrize("language", ("vi", "en"))
def test_store_shows_the_name_and_the_summary_of_the_package(language: str) -> None:
    words = re.sub(r"\s+", " ", (STORE / f"{language}.md").read_text(encoding="utf-8"))
    for key, most in (("name", 75), ("description", 132)):
        text = named(language, key)
        assert len(text) <= most
        assert text in words
