"""The extension builds its pages from nodes and text, asks only our service, and keeps nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.service_process import REPOSITORY

EXTENSION = REPOSITORY / "extension"
SCRIPTS = sorted(EXTENSION.rglob("*.js"))
PAGES = sorted(EXTENSION.rglob("*.html"))


def name(path: Path) -> str:
    """How a failing test names the file."""
    return path.relative_to(EXTENSION).as_posix()


def code_of(path: Path) -> str:
    """The script without its comments, which may name what the code must not use."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|(?<![:\"'`/])//[^\n]*", "", text, flags=re.DOTALL)


@pytest.mark.parametrize(
    "forbidden",
    (
        r"innerHTML",
        r"outerHTML",
        r"insertAdjacentHTML",
        r"setHTMLUnsafe",
        r"DOMParser",
        r"createContextualFragment",
        r"document\.write",
        r"\beval\s*\(",
        r"new\s+Function\b",
        r"\bimportScripts\b",
        r"\bimport\s*\(",
        r"setTimeout\(\s*[\"'`]",
        r"localStorage|indexedDB|document\.cookie",
        r"storage\.sync",
        r"console\.",
        r"navigator\.sendBeacon|WebSocket|XMLHttpRequest|EventSource|RTCPeerConnection",
        r"mode:\s*[\"']open[\"']",
    ),
)
def test_no_script_uses(forbidden: str) -> None:
    assert {name(path) for path in SCRIPTS if re.search(forbidden, code_of(path))} == set()


def test_only_one_file_asks_the_network() -> None:
    asking = {name(path) for path in SCRIPTS if re.search(r"\bfetch\s*\(", code_of(path))}
    # Two of them read the extension's own folder; test_privacy.py reads the netlog.
    assert asking == {"background/service.js", "background/languages.js", "background/unlisted.js"}


def test_background_imports_no_json() -> None:
    # Chromium does not wake a worker with a JSON module again: the extension would be dead.
    at_work = [path for path in SCRIPTS if name(path).startswith("background/")]
    assert {name(path) for path in at_work if re.search(r"\.json[\"']", code_of(path))} == set()


def test_no_script_names_an_address_but_this_computer() -> None:
    # The namespace of SVG looks like an address and is none.
    known = {"127.0.0.1", "www.w3.org"}
    named = {
        (name(path), host)
        for path in SCRIPTS
        for host in re.findall(r"[\"'`](?:https?|wss?)://([^/\"'`$:]+)", code_of(path))
    }
    assert {(file, host) for file, host in named if host not in known} == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_has_no_code_or_style_of_its_own(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"\son\w+\s*=", text) == []
    assert re.findall(r"<style|\sstyle\s*=", text) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_loads_only_files_of_the_extension(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    loaded = re.findall(r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=\"([^\"]+)\"", text)
    assert [address for address in loaded if not (page.parent / address).resolve().is_file()] == []


def test_signs_stand_in_closed_shadow_roots() -> None:
    roots = [
        mode
        for script in SCRIPTS
        for mode in re.findall(r"attachShadow\(\s*\{[^}]*mode:\s*[\"'](\w+)", code_of(script))
    ]
    assert roots
    assert set(roots) == {"closed"}
