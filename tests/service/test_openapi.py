"""The description and the service say the same."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from harness.stub_service import StubChecker
from notalone.guard import PAIR, PATHS, PIN
from notalone.model import CheckRequest, Link, Message
from notalone.openapi import describe


def resolved(schema: Any, components: dict[str, Any]) -> Any:
    """*schema* with its references followed, as jsonschema wants them: below $defs."""
    if isinstance(schema, dict):
        return {
            key: value.replace("#/components/schemas/", "#/$defs/")
            if key == "$ref"
            else resolved(value, components)
            for key, value in schema.items()
        }
    if isinstance(schema, list):
        return [resolved(one, components) for one in schema]
    return schema


def validator(name: str) -> Any:
    import jsonschema

    components = describe()["components"]["schemas"]
    schema = {"$ref": f"#/$defs/{name}", "$defs": resolved(components, components)}
    return jsonschema.Draft202012Validator(schema)


def test_every_path_of_the_service_is_described_and_no_other() -> None:
    assert tuple(describe()["paths"]) == PATHS
    assert all(set(operations) == {"post"} for operations in describe()["paths"].values())


def test_what_is_kept_on_the_disk_may_not_fit_on_it() -> None:
    posts = {path: operations["post"] for path, operations in describe()["paths"].items()}
    assert {path for path, post in posts.items() if "507" in post["responses"]} == {PAIR, PIN}


def test_every_reference_leads_somewhere() -> None:
    text = msgspec.json.encode(describe()).decode()
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(describe()["components"]["schemas"])


def test_reply_of_the_service_fits_its_description() -> None:
    request = CheckRequest(
        links=(Link("a", "https://a.example"),), messages=(Message("1", "lure"),)
    )
    reply = msgspec.json.decode(msgspec.json.encode(StubChecker().check(request)))
    assert list(validator("CheckReply").iter_errors(reply)) == []


@pytest.mark.parametrize(
    ("request_", "is_right"),
    (
        ({"messages": [{"id": "1", "text": "x", "from_me": None}]}, True),
        ({"messages": [{"id": "1", "text": "x" * 4097}]}, False),
        ({"messages": [{"text": "x"}]}, False),
        ({"links": [{"id": "1", "url": "x"}] * 201}, False),
    ),
)
def test_limits_stand_in_the_description(request_: dict[str, Any], is_right: bool) -> None:
    assert (list(validator("CheckRequest").iter_errors(request_)) == []) is is_right
