"""`notalone openapi`: the OpenAPI 3.1 description, made from the types the service itself uses."""

from __future__ import annotations

from typing import Any

import msgspec

from notalone import __version__
from notalone.config import FIRST_PORT, HOST, LAST_PORT, LIMITS, PROTOCOL
from notalone.guard import CHECK, HELLO, PAIR, PIN, QR, UNPAIR
from notalone.model import (
    CheckReply,
    CheckRequest,
    ErrorReply,
    HelloReply,
    HelloRequest,
    PairReply,
    PairRequest,
    PinReply,
    PinRequest,
    QrReply,
    QrRequest,
    UnpairReply,
    UnpairRequest,
)

_REF = "#/components/schemas/{name}"
_REFUSALS = {
    "400": "bad_json: not plain JSON; or, with no body, a request no browser could have sent",
    "413": f"too_large: the body is longer than {LIMITS.body_bytes} bytes; "
    f"than {LIMITS.picture_body_bytes} where it holds a picture",
    "422": "bad_request: JSON of the wrong shape, or past a limit",
}
_UNWRITABLE = {"507": "unwritable: the disk is full, or the data folder is locked"}


def describe() -> dict[str, Any]:
    """The whole description as plain JSON data."""
    kinds = (
        HelloRequest,
        HelloReply,
        CheckRequest,
        CheckReply,
        PairRequest,
        PairReply,
        QrRequest,
        QrReply,
        PinRequest,
        PinReply,
        UnpairRequest,
        UnpairReply,
        ErrorReply,
    )
    _, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Không Một Mình: the service on this computer",
            "version": __version__,
            "description": (
                f"Protocol {PROTOCOL}. Everything is POST and JSON. Whoever is not a paired "
                "extension gets the same empty 403 everywhere. Pairing goes by native messaging, "
                "or by a code that a person types; its secret never goes by HTTP."
            ),
        },
        "servers": [
            {
                "url": f"http://{HOST}:{{port}}",
                "variables": {
                    "port": {
                        "default": str(FIRST_PORT),
                        "description": f"the first free one up to {LAST_PORT}; the host tells",
                    }
                },
            }
        ],
        "paths": {
            HELLO: {
                "post": {
                    "operationId": "hello",
                    "summary": "The service proves that it knows the pairing secret",
                    "security": [],
                    "requestBody": _body(HelloRequest),
                    "responses": _responses(HelloReply),
                }
            },
            CHECK: {
                "post": {
                    "operationId": "check",
                    "summary": "What the rules know about links and one conversation window",
                    "security": [{"session": []}],
                    "requestBody": _body(CheckRequest),
                    "responses": _responses(CheckReply),
                }
            },
            PAIR: {
                "post": {
                    "operationId": "pair",
                    "summary": "Pair by the code that `notalone pair` shows, while it waits",
                    "security": [],
                    "requestBody": _body(PairRequest),
                    "responses": _responses(PairReply, writes=True),
                }
            },
            QR: {
                "post": {
                    "operationId": "qr",
                    "summary": "What the QR codes in a picture say",
                    "security": [{"session": []}],
                    "requestBody": _body(QrRequest),
                    "responses": _responses(QrReply),
                }
            },
            PIN: {
                "post": {
                    "operationId": "pin",
                    "summary": "A family's PIN: whether there is one, try it, set it, take it away",
                    "security": [{"session": []}],
                    "requestBody": _body(PinRequest),
                    "responses": _responses(PinReply, writes=True),
                }
            },
            UNPAIR: {
                "post": {
                    "operationId": "unpair",
                    "summary": "A worker gives up its own pairing: its secret opens nothing more",
                    "security": [{"session": []}],
                    "requestBody": _body(UnpairRequest),
                    "responses": _responses(UnpairReply),
                }
            },
        },
        "components": {
            "schemas": components,
            "securitySchemes": {
                "session": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": 'hex HMAC-SHA256(secret, "notalone token 1" LF boot)',
                }
            },
        },
    }


def _content(kind: type) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(name=kind.__name__)}}}


def _body(kind: type) -> dict[str, Any]:
    return {"required": True, "content": _content(kind)}


def _responses(kind: type, *, writes: bool = False) -> dict[str, Any]:
    refusals = {
        status: {"description": text, "content": _content(ErrorReply)}
        for status, text in (_REFUSALS | (_UNWRITABLE if writes else {})).items()
    }
    return {
        "200": {"description": "the answer", "content": _content(kind)},
        "403": {"description": "not a paired extension; always empty"},
        **refusals,
    }
