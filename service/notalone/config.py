"""Every limit and place of the service, with its unit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
FIRST_PORT = 21113
LAST_PORT = 21163  # tried in turn when another user of this computer holds the first
PROTOCOL = 1  # grows when the extension must know; the worker works with n - 1
KEPT_LINKS, KEPT_RULES = "links.kept", "rules.kept"  # in the data folder: see kept.py
NATIVE_HOST_NAME = "vn.khongmotminh.notalone"
EXTENSION_ID = "dkgdplpddlgflnjlobfcfojgednfbakk"  # pinned by "key" in manifest.json
EXTENSION_IDS = (EXTENSION_ID,)  # and what each store calls its copy, once it is there
GECKO_ID = "extension@khongmotminh.example"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may hold. design.md 5.2; security.md 2.3."""

    links: int = 200
    messages: int = 50
    earlier: int = 80  # signal names
    id_chars: int = 256  # code points
    text_chars: int = 4096  # code points
    url_chars: int = 2048  # code points
    body_bytes: int = 512 * 1024
    picture_pixels: int = 1_500_000  # a telephone's whole screen, at two thirds of its width
    picture_side: int = 8192  # pixels; the reader itself takes 65,535
    picture_body_bytes: int = 2 * 1024 * 1024  # these pixels in base64
    header_bytes: int = 8192
    json_depth: int = 8
    connections: int = 64
    request_s: int = 5  # for one whole request, head and body, however it drips
    reasons: int = 8  # quoted in one verdict


LIMITS = Limits()


def data_dir() -> Path:
    """The folder of this user's settings and pairing secrets.

    NOTALONE_HOME moves it (tests, portable use).
    """
    moved = os.environ.get("NOTALONE_HOME")
    if moved:
        return Path(moved)
    from platformdirs import user_data_path  # costs 10 ms: only where no override is set

    return user_data_path("notalone", appauthor=False)


def rules_dir() -> Path:
    """The folder of rule files: NOTALONE_RULES, a checkout's `rules/`, or the wheel's copy."""
    chosen = os.environ.get("NOTALONE_RULES")
    if chosen:
        return Path(chosen)
    here = Path(__file__).resolve().parent
    checkout = here.parent.parent / "rules"
    return checkout if (checkout / "signals.toml").is_file() else here / "rules"
