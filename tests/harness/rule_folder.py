"""A rule folder with a handful of cues, so that a test does not hang on the rules we ship."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[2] / "rules"

SIGNALS = """\
[AUTH_CLAIM]
stage = "trust"
tactic = "fear"
weight = 1
why = { vi = "Người gửi tự xưng là cán bộ.", en = "The sender claims to be an official." }
[BRAND_SPOOF]
stage = "trust"
weight = 1
why = { vi = "Tin này mượn tên một nơi quen thuộc.", en = "This message borrows a known name." }
[SECRECY]
stage = "secrecy"
tactic = "control"
weight = 3
asks = "silence"
why = { vi = "Tin này bảo bạn giữ kín.", en = "This message tells you to keep it secret." }
[CRED_REQUEST]
stage = "demand"
tactic = "control"
weight = 3
asks = "credentials"
why = { vi = "Tin này hỏi mật khẩu.", en = "This message asks for a password." }
[MONEY_REQUEST]
stage = "demand"
tactic = "control"
weight = 2
asks = "money"
why = { vi = "Tin này bảo bạn chuyển tiền.", en = "This message asks you to send money." }
[GIFT]
stage = "trust"
weight = 1
why = { vi = "Tin này hứa cho bạn quà.", en = "This message promises you a gift." }
[WARN_FRAME]
reduces = 3
why = { vi = "Câu này đang cảnh báo mọi người.", en = "This sentence warns people." }
[TOLD_THREAT]
stage = "demand"
weight = 1
said_by = "me"
opens_help = true
why = { vi = "Bạn kể có người đang dọa bạn.", en = "You tell that somebody threatens you." }
first_action = { vi = "Kể với người bạn tin.", en = "Tell somebody you trust." }
"""

LURE = """\
id = "fake_authority"
severity = 4
watched = true
title = { vi = "Tin này có thể giả công an", en = "This may be someone posing as police" }
about = { vi = "Một vụ án được dựng ra.", en = "An invented case." }
first_action = { vi = "Gọi cho bố mẹ.", en = "Call your parents." }
next_steps = []
signals = ["AUTH_CLAIM", "SECRECY", "MONEY_REQUEST", "CRED_REQUEST"]
sources = ["https://example.test/report"]
"""


OTHER_LURE = (
    LURE.replace("fake_authority", "game_gift")
    .replace("giả công an", "là quà giả")
    .replace("someone posing as police", "a false gift")
    .replace('["AUTH_CLAIM", "SECRECY", "MONEY_REQUEST", "CRED_REQUEST"]', '["GIFT"]')
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What a test has to say about a cue; the rest is filled in."""

    signal: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    status: str = "stable"
    lang: str = "vi"


CUES: Mapping[str, Sample] = {
    "fake_authority/officer": Sample("AUTH_CLAIM", ("(anh|chị) là công an",)),
    "game_gift/free_skin": Sample("GIFT", ("tặng … skin",)),
    "any/secrecy": Sample(
        "SECRECY", ("(đừng|không được) (kể|nói) với (bố mẹ|ai)",), ("sinh nhật",)
    ),
    "any/keep_quiet": Sample("SECRECY", ("chuyện này … giữ kín",)),
    "any/password": Sample("CRED_REQUEST", ("(đọc|cung cấp|gửi) mật khẩu",)),
    "any/money": Sample("MONEY_REQUEST", ("chuyển <money>",)),
    "any/warn": Sample("WARN_FRAME", ("lưu ý",)),
    "any/told": Sample("TOLD_THREAT", ("có người dọa em",)),
    "any/draft": Sample("AUTH_CLAIM", ("viện kiểm sát",), status="draft"),
}


def empty_rules(folder: Path) -> Path:
    """A rule folder below *folder* with the signals and tables we ship, and no cue at all."""
    root = folder / "rules"
    (root / "lures" / "any").mkdir(parents=True)
    shutil.copytree(SHIPPED / "text", root / "text")
    shutil.copy(SHIPPED / "signals.toml", root / "signals.toml")
    return root


def write_rules(folder: Path, cues: Mapping[str, Sample] = CUES) -> Path:
    """Write a rule folder with *cues* below *folder*; brands and lists are those we ship."""
    root = folder / "rules"
    for name, lure in (("any", None), ("fake_authority", LURE), ("game_gift", OTHER_LURE)):
        (root / "lures" / name).mkdir(parents=True)
        if lure is not None:
            (root / "lures" / name / "lure.toml").write_text(lure, "utf-8")
    (root / "signals.toml").write_text(SIGNALS, "utf-8")
    tables = (
        "brands.toml",
        "platforms.toml",
        "link_words.toml",
        "speaking.toml",
        "feeds.toml",
        "wrappers.toml",
    )
    for name in ("text", "domains", *tables):
        (root / name).symlink_to(SHIPPED / name)
    for place, cue in cues.items():
        (root / "lures" / f"{place}.toml").write_text(
            f'id = "{place.replace("/", ".")}"\nsignal = "{cue.signal}"\nstatus = "{cue.status}"\n'
            f'lang = "{cue.lang}"\nphrases = {list(cue.phrases)}\nunless = {list(cue.unless)}\n'
            'match = []\nno_match = []\nreferences = ["https://example.test/report"]\n'
            "added = 2026-11-22\n",
            "utf-8",
        )
    return root
