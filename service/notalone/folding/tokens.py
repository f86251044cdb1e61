"""Tokens: a clean text cut into words, sentence ends and entities."""

from __future__ import annotations

import re

from notalone.folding.entities import ENTITY_KINDS, Entity
from notalone.folding.spelling import Meaning

Place = tuple[int, int]  # first and last + 1 character of the clean text
Token = tuple[str, Place]

# An entity is masked by letters that `clean_text` lets nobody bring in, two for each kind.
_MASKS = tuple(chr(0xE000 + number) for number in range(2 * len(ENTITY_KINDS)))
MASKED = {
    mask: Meaning(((f"<{kind}>", f"<{kind}>"),), f"<{kind}>")
    for number, kind in enumerate(ENTITY_KINDS)
    for mask in _MASKS[2 * number : 2 * number + 2]
}
TOKEN = re.compile(
    r"[^\W_]+(?:['’][^\W_]+)*|[!?…\n]|\.(?=\s|$)"
    # First one look whether it is a mask at all: a blank is tried against every alternative.
    rf"|(?=[{_MASKS[0]}-{_MASKS[-1]}])(?:{'|'.join(f'{mask}+' for mask in _MASKS)})"
)


def mask(text: str, entities: tuple[Entity, ...]) -> str:
    """*text* with each entity as a run of its kind's mask; two in a row never share one."""
    if not entities:
        return text
    parts: list[str] = []
    position = 0
    for number, entity in enumerate(entities):
        sign = _MASKS[2 * ENTITY_KINDS.index(entity.kind) + number % 2]
        parts += text[position : entity.start], sign * (entity.end - entity.start)
        position = entity.end
    return "".join((*parts, text[position:]))


def find_tokens(text: str) -> list[Token]:
    """The tokens of a masked *text* with their places."""
    return [(match[0], match.span()) for match in TOKEN.finditer(text)]
