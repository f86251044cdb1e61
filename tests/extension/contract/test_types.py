"""extension/types.d.ts and the service's own description say the same about the wire."""

from __future__ import annotations

import re
from typing import Any

import pytest

from harness.service_process import REPOSITORY
from notalone import openapi

SOURCE = (REPOSITORY / "extension" / "types.d.ts").read_text(encoding="utf-8")
WIRE = SOURCE[: SOURCE.index("// --- native messaging")]
SCHEMAS: dict[str, Any] = openapi.describe()["components"]["schemas"]

# What a type holds, written one way for both sides: "string", "Link[]", "boolean|null", …
Fields = dict[str, str]


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)


def aliases() -> dict[str, str]:
    """`export type Level = "a" | "b"` as Level → its members in order."""
    found = re.findall(r"export type (\w+) = ([^;]+);", without_comments(WIRE))
    return {name: union(meaning.split("|")) for name, meaning in found}


def union(parts: list[str]) -> str:
    return "|".join(sorted(part.strip() for part in parts))


def interfaces() -> dict[str, tuple[Fields, set[str]]]:
    """Every interface: its fields, and which of them may be left out."""
    known: dict[str, tuple[Fields, set[str]]] = {}
    pattern = r"export interface (\w+)(?: extends (\w+))? \{(.*?)\}"
    for name, parent, body in re.findall(pattern, without_comments(WIRE), re.DOTALL):
        fields: Fields = dict(known[parent][0]) if parent else {}
        optional = set(known[parent][1]) if parent else set()
        for field, mark, meaning in re.findall(r"(\w+)(\??):\s*([^;}]+)", body):
            fields[field] = in_typescript(meaning)
            if mark:
                optional.add(field)
        known[name] = fields, optional
    return known


def in_typescript(meaning: str) -> str:
    meaning = meaning.strip()
    if table := re.fullmatch(r"Record<string,\s*(.+)>", meaning):
        return "{" + in_typescript(table[1]) + "}"
    if meaning.endswith("[]"):
        return in_typescript(meaning[:-2]) + "[]"
    if pair := re.fullmatch(r"\[(.+)\]", meaning):
        return f"[{', '.join(in_typescript(part) for part in pair[1].split(','))}]"
    if "|" in meaning:
        return union([in_typescript(part) for part in meaning.split("|")])
    return aliases().get(meaning, meaning)


def in_schema(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return union([in_schema(part) for part in schema["anyOf"]])
    if "enum" in schema:
        return union([f'"{member}"' for member in schema["enum"]])
    match schema["type"]:
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(in_schema(part) for part in schema['prefixItems'])}]"
        case "array":
            return in_schema(schema["items"]) + "[]"
        case "object":
            return "{" + in_schema(schema["additionalProperties"]) + "}"
        case "integer":
            return "number"
        case list() as several:
            return union([in_schema({**schema, "type": one}) for one in several])
        case simple:
            return str(simple)


REQUESTS = {
    "Link",
    "Message",
    "CheckRequest",
    "HelloRequest",
    "PairRequest",
    "PinRequest",
    "QrRequest",
    "UnpairRequest",
}


def test_both_sides_know_the_same_types() -> None:
    assert set(interfaces()) == set(SCHEMAS)


@pytest.mark.parametrize("name", sorted(interfaces()))
def test_fields_and_their_types_are_the_same(name: str) -> None:
    described = {field: in_schema(schema) for field, schema in SCHEMAS[name]["properties"].items()}
    assert interfaces()[name][0] == described


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_worker_sends_what_the_service_demands(name: str) -> None:
    demanded = set(SCHEMAS[name].get("required", ()))
    assert demanded.isdisjoint(interfaces()[name][1])


@pytest.mark.parametrize("name", sorted(set(interfaces()) - REQUESTS))
def test_worker_may_count_on_every_field_of_a_reply(name: str) -> None:
    assert interfaces()[name][1] == set()
