"""The words of the project as types: what comes in, what is found, what is answered.

These dataclasses are the wire protocol too: msgspec reads requests into them, writes replies from
them, and `notalone openapi` describes them. Where `/v1` is concerned they may only grow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from notalone.config import LIMITS

Level = Literal["no_information", "caution", "danger"]
LEVELS: tuple[Level, ...] = ("no_information", "caution", "danger")  # from least to most
Stage = Literal["contact", "trust", "isolate", "secrecy", "demand"]
STAGES: tuple[Stage, ...] = ("contact", "trust", "isolate", "secrecy", "demand")
Tactic = Literal["fear", "trust", "control"]
Audience = Literal["under_13", "teen", "adult"]
RulesAge = Literal["fresh", "old", "missing"]
ListsAge = Literal["fresh", "old", "missing", "off"]

Identifier = Annotated[str, Meta(min_length=1, max_length=LIMITS.id_chars)]
MessageText = Annotated[str, Meta(max_length=LIMITS.text_chars)]
Url = Annotated[str, Meta(max_length=LIMITS.url_chars)]
SignalName = Annotated[str, Meta(max_length=64)]


def highest(*levels: Level) -> Level:
    """The most serious of *levels*; `no_information` when there are none.

    >>> highest("no_information", "danger", "caution")
    'danger'
    """
    return max(levels, key=LEVELS.index, default="no_information")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One short text for people, in Vietnamese and in English."""

    vi: str
    en: str


# --- what comes in -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the page. `text` is what the page shows for it."""

    id: Identifier
    url: Url
    text: MessageText = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation. `from_me` is None when the page does not tell."""

    id: Identifier
    text: MessageText
    from_me: bool | None = None


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The visible window of one conversation, oldest message first, and links beside it."""

    links: Annotated[tuple[Link, ...], Meta(max_length=LIMITS.links)] = ()
    messages: Annotated[tuple[Message, ...], Meta(max_length=LIMITS.messages)] = ()
    earlier: Annotated[tuple[SignalName, ...], Meta(max_length=LIMITS.earlier)] = ()
    audience: Audience = "teen"


Pin = Annotated[str, Meta(pattern="^[0-9]{4,12}$")]


@dataclass(frozen=True, slots=True)
class PinRequest:
    """What a family does with its PIN. *pin* is the one that is typed; *new* the one to be set."""

    do: Literal["state", "check", "set", "remove"]
    pin: Pin | None = None
    new: Pin | None = None


@dataclass(frozen=True, slots=True)
class QrRequest:
    """A picture as *grey* pixels: *width* x *height* bytes, row by row, 0 black; base64 in JSON."""

    width: Annotated[int, Meta(ge=1, le=LIMITS.picture_side)]
    height: Annotated[int, Meta(ge=1, le=LIMITS.picture_side)]
    grey: Annotated[bytes, Meta(max_length=LIMITS.picture_pixels)]


@dataclass(frozen=True, slots=True)
class HelloRequest:
    """The worker asks the service to prove that it knows the pairing secret."""

    pairing: Annotated[str, Meta(min_length=1, max_length=64)]
    nonce: Annotated[str, Meta(min_length=32, max_length=64, pattern="^[0-9a-f]+$")]


@dataclass(frozen=True, slots=True)
class PairRequest:
    """The worker shows that it knows the code that a person has typed: `pairing_code.py`."""

    nonce: Annotated[str, Meta(min_length=64, max_length=64, pattern="^[0-9a-f]+$")]
    proof: Annotated[str, Meta(min_length=64, max_length=64, pattern="^[0-9a-f]+$")]


@dataclass(frozen=True, slots=True)
class UnpairRequest:
    """The worker gives up the pairing that its token belongs to."""

    pairing: Annotated[str, Meta(min_length=32, max_length=32, pattern="^[0-9a-f]+$")]


# --- what is found -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One signal, seen at one place. Positions are code points into the original text.

    *reduced_weight* is what is left of *weight* when something harmless stands in the same
    sentence; the judge takes it only where the window asks for nothing dangerous.
    """

    rule: str
    signal: str
    stage: Stage
    weight: int
    reduced_weight: int
    start: int
    end: int
    lure: str | None  # None for a cue every lure shares
    why: Bilingual
    source: str | None = None
    added: str | None = None  # ISO date
    words: range = range(0)  # of the folded message: the same however it was typed


@dataclass(frozen=True, slots=True)
class Wording:
    """How what is said is worded. *resemblance* to known traps: 0 where there is none, 1 where one
    in a hundred harmless talks comes as near; *lures*: to each of them that it is like at all.
    """

    resemblance: float
    lures: Mapping[str, float] = field(default_factory=dict)


LinkStrength = Literal[
    "listed",
    "listed_bait",
    "expired",
    "likeness",
    "likeness_with_act",
    "spoken_for",
    "spoken_for_hidden",
    "hides",
]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A name that people know, and beside it the one that an address really has.

    *actual* is what somebody registered, in the letters that people see; where a known name stands
    before that, the whole host, with "…" for what is too long to show. *differs*: from and to in
    UTF-16 units of *actual*, what is not as in *like*; in a whole host, whose it really is.
    """

    like: str
    actual: str
    differs: tuple[tuple[int, int], ...]


class LinkFinding(Struct, frozen=True, gc=False):
    """What the rules know about one address. Positions are code points into the URL as given.

    `listed_bait` is a place for gambling or for adults, which is no scam by itself.
    `likeness_with_act` is a brand likeness with a login, payment, code or APK word beside it. In a
    message that speaks as a brand, `spoken_for` is somebody else's address, `spoken_for_hidden` one
    that does not show whose it is. `hides` is a shortened address by itself: told, never a warning.
    A Struct, because one may be made and moved for each link: a tenth of the cost.
    """

    rule: str
    strength: LinkStrength
    start: int
    end: int
    why: Bilingual
    source: str
    added: str  # ISO date
    lure: str | None = None
    brand: str | None = None  # id of the brand that is imitated or spoken for
    compare: Comparison | None = None  # with a domain of that brand
    begins_before: bool = False  # what it is of began in the message before the one it stands in

    def moved(self, by: int) -> LinkFinding:
        """The same finding in a text in which the address starts at code point *by*."""
        return structs.replace(self, start=self.start + by, end=self.end + by)


# --- what is answered --------------------------------------------------------------------------


class Reason(Struct, frozen=True, gc=False):
    """Why there is a warning. `start`/`end` count UTF-16 units of the original text.

    What was seen earlier in a conversation has no message and no quote: words are never kept.
    """

    rule: str
    signal: str
    stage: Stage
    message: str  # id of the message or link the quote is from, or ""
    quote: str
    start: int
    end: int
    why: Bilingual
    source: str | None = None
    added: str | None = None
    compare: Comparison | None = None  # the names that *why* speaks of, to be lined up


class Verdict(Struct, frozen=True):
    """What the rules know about one message, one link, or a conversation. Never says "safe".

    A Struct, because one is made for each link and message of a page: a tenth of the cost.
    """

    id: str
    level: Level = "no_information"
    lure: str | None = None
    severity: int = 0  # 0 unknown; 1 nuisance to 4 body, life, freedom
    watched: bool = False  # assume the sender may see this screen: a neutral chip first
    title: Bilingual | None = None
    stages: tuple[Stage, ...] = ()
    signals: tuple[str, ...] = ()  # everything seen, also below a warning; feeds `earlier`
    reasons: tuple[Reason, ...] = ()  # never empty when level is caution or danger; else only told
    first_action: Bilingual | None = None
    help: bool = False  # the child's own words tell that something is done to them; not a level


class ConversationVerdict(Verdict, frozen=True):
    """`levels[m]` is the level up to and including message m; `level` the highest of them."""

    levels: dict[str, Level] = {}
    by_message: str | None = None  # the first message with at least caution


@dataclass(frozen=True, slots=True)
class ListsState:
    """How many addresses the lists of others name, and how long ago they were last fetched.

    "off": somebody switched them off.
    """

    state: ListsAge = "missing"
    age_days: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class RulesState:
    """Which rules and lists answered, and how old they are."""

    version: str
    built: str  # ISO date
    age_days: int
    state: RulesAge
    lists: ListsState = ListsState()


@dataclass(frozen=True, slots=True)
class CheckReply:
    rules: RulesState
    links: tuple[Verdict, ...]
    messages: tuple[Verdict, ...]
    conversation: ConversationVerdict


@dataclass(frozen=True, slots=True)
class HelloReply:
    """`proof` is HMAC-SHA256(secret, "hello" ‖ nonce ‖ port ‖ boot) in hex."""

    proof: str
    boot: str
    port: int
    protocol: int
    service: str
    rules: RulesState


@dataclass(frozen=True, slots=True)
class PairReply:
    """The name of the new pairing, and our proof; its secret is made on both sides."""

    pairing: str
    proof: str


@dataclass(frozen=True, slots=True)
class QrReply:
    """What each QR code of the picture says; none where there is none."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PinReply:
    """`outcome` of what was asked, then how it stands: seconds until the next try and the reset."""

    outcome: Literal["ok", "wrong", "wait"]
    is_set: bool
    wait_s: int
    reset_in_s: int | None


@dataclass(frozen=True, slots=True)
class UnpairReply:
    """*done*: nobody can use its secret any more. False for a pairing that is not the asker's."""

    done: bool


@dataclass(frozen=True, slots=True)
class ErrorReply:
    """`error` is one of a fixed set of codes; nothing that was sent is echoed."""

    error: str
