"""Every check of the guard, one at a time, on a head that is right but for that."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from notalone import extension_ids, native_host, pairing_code
from notalone.config import EXTENSION_ID, EXTENSION_IDS
from notalone.guard import CHECK, HELLO, PAIR, PAIR_BYTES, REPLY_HEADERS, Guard, Head
from notalone.pairing import Pairings, session_token

PORT = 21113
BOOT = "cd" * 16
CHROMIUM = "chrome-extension://" + "a" * 32
FIREFOX = "moz-extension://00000000-0000-4000-8000-000000000001"
SITE = {CHROMIUM: "none", FIREFOX: "same-origin"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for origin in (CHROMIUM, FIREFOX):
        native_host.pair(str(tmp_path), origin, known_as=None)
    return tmp_path


@pytest.fixture
def guard(folder: Path) -> Guard:
    return Guard(Pairings(folder, BOOT), PORT)


def right_head(folder: Path, origin: str = CHROMIUM, /, **headers: str | None) -> Head:
    """A head that passes; *headers* replace, and None takes away."""
    (secret,) = (
        entry["secret"]
        for entry in native_host.read_pairings(str(folder)).values()
        if entry["origin"] == origin
    )
    given: dict[str, str | None] = {
        "HOST": f"127.0.0.1:{PORT}",
        "ORIGIN": origin,
        "SEC_FETCH_SITE": SITE[origin],
        "CONTENT_TYPE": "application/json",
        "AUTHORIZATION": f"Bearer {session_token(secret, boot=BOOT)}",
        **headers,
    }
    kept = {name: value for name, value in given.items() if value is not None}
    return Head(peer="127.0.0.1", method="POST", path=CHECK, version="1.1", headers=kept)


@pytest.mark.parametrize("origin", (CHROMIUM, FIREFOX), ids=("chromium", "firefox"))
def test_our_own_worker_may_ask(guard: Guard, folder: Path, origin: str) -> None:
    assert guard.refusal(right_head(folder, origin)) is None


@pytest.mark.parametrize(
    "content_type", ("application/json; charset=utf-8", "application/json;charset=UTF-8")
)
def test_charset_may_be_named(guard: Guard, folder: Path, content_type: str) -> None:
    assert guard.refusal(right_head(folder, CONTENT_TYPE=content_type)) is None


def test_hello_needs_no_token(guard: Guard, folder: Path) -> None:
    head = right_head(folder, AUTHORIZATION=None)
    assert guard.refusal(dataclasses.replace(head, path=HELLO)) is None


@pytest.mark.parametrize(
    ("status", "change"),
    (
        (403, {"peer": "192.168.1.7"}),
        (403, {"peer": "::1"}),
        (403, {"method": "GET"}),
        (403, {"method": "HEAD"}),
        (403, {"method": "PUT"}),
        (400, {"version": "1.0"}),
        (400, {"version": ""}),
        (400, {"is_absolute": True}),
        (400, {"has_coding": True}),
    ),
    ids=lambda value: "-".join(map(str, *value.items())) if isinstance(value, dict) else None,
)
def test_wrong_first_line_is_refused(
    guard: Guard, folder: Path, status: int, change: dict[str, Any]
) -> None:
    assert guard.refusal(dataclasses.replace(right_head(folder), **change)) == status


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("HOST", f"rebind.test:{PORT}"),
        ("HOST", "127.0.0.1"),
        ("HOST", f"127.0.0.1.evil.test:{PORT}"),
        ("HOST", f"127.0.0.1:{PORT}.evil"),
        ("HOST", f"0:{PORT}"),
        ("HOST", f"2130706433:{PORT}"),
        ("HOST", f"0x7f.1:{PORT}"),
        ("HOST", f"127.1:{PORT}"),
        ("HOST", f"[::ffff:127.0.0.1]:{PORT}"),
        ("HOST", f"localhost:{PORT}"),
        ("HOST", f"LOCALHOST.:{PORT}"),
        ("HOST", f"user@127.0.0.1:{PORT}"),
        ("HOST", f"127.0.0.1:{PORT}, 127.0.0.1:{PORT}"),
        ("HOST", "127.0.0.1:21114"),
        ("ORIGIN", None),
        ("ORIGIN", "null"),
        ("ORIGIN", "https://evil.example"),
        ("ORIGIN", f"http://127.0.0.1:{PORT}"),
        ("ORIGIN", "chrome-extension://" + "b" * 32),
        ("ORIGIN", CHROMIUM.upper()),
        ("ORIGIN", f"{CHROMIUM}/"),
        ("ORIGIN", f"{CHROMIUM}, {CHROMIUM}"),
        ("ORIGIN", "moz-extension://00000000-0000-4000-8000-000000000002"),
        ("ORIGIN", FIREFOX),  # a paired one, with the other's token and Sec-Fetch-Site
        ("SEC_FETCH_SITE", None),
        ("SEC_FETCH_SITE", "same-origin"),
        ("SEC_FETCH_SITE", "cross-site"),
        ("SEC_FETCH_SITE", "none, none"),
        ("CONTENT_TYPE", None),
        ("CONTENT_TYPE", "text/plain"),
        ("CONTENT_TYPE", "application/json; charset=utf-16"),
        ("CONTENT_TYPE", "application/jsonp"),
        ("CONTENT_ENCODING", "gzip"),
        ("UPGRADE", "websocket"),
        ("AUTHORIZATION", None),
        ("AUTHORIZATION", "Bearer"),
        ("AUTHORIZATION", "Bearer " + "0" * 64),
        ("AUTHORIZATION", "Basic " + "0" * 64),
    ),
)
def test_wrong_header_is_refused(guard: Guard, folder: Path, name: str, value: str | None) -> None:
    assert guard.refusal(right_head(folder, **{name: value})) == 403


def test_no_host_is_no_request_of_a_browser(guard: Guard, folder: Path) -> None:
    assert guard.refusal(right_head(folder, HOST=None)) == 400


def test_firefox_with_chromiums_fetch_site_is_refused(guard: Guard, folder: Path) -> None:
    assert guard.refusal(right_head(folder, FIREFOX, SEC_FETCH_SITE="none")) == 403


def test_token_of_the_other_browser_is_refused(guard: Guard, folder: Path) -> None:
    other = right_head(folder, FIREFOX).headers["AUTHORIZATION"]
    assert guard.refusal(right_head(folder, AUTHORIZATION=other)) == 403


def test_path_that_does_not_exist_is_refused_as_one_that_does(guard: Guard, folder: Path) -> None:
    head = right_head(folder, AUTHORIZATION=None)
    assert guard.refusal(dataclasses.replace(head, path="/v1/nothing")) == guard.refusal(head)


@pytest.mark.parametrize(
    ("path", "origin", "status"),
    (
        (CHECK, CHROMIUM, None),
        (HELLO, FIREFOX, None),
        ("/v1/nothing", CHROMIUM, 403),
        (CHECK, "https://evil.example", 403),
        (CHECK, "null", 403),
    ),
)
def test_preflight_passes_for_a_recorded_origin_only(
    guard: Guard, folder: Path, path: str, origin: str, status: int | None
) -> None:
    head = dataclasses.replace(right_head(folder, ORIGIN=origin), method="OPTIONS", path=path)
    assert guard.refusal(head) == status


OURS = f"chrome-extension://{EXTENSION_ID}"
STRANGER = "moz-extension://00000000-0000-4000-8000-00000000000f"


def pairing_head(origin: str = OURS, /, **headers: str | None) -> Head:
    """A head that may pair while a code waits; *headers* replace, and None takes away."""
    given: dict[str, str | None] = {
        "HOST": f"127.0.0.1:{PORT}",
        "ORIGIN": origin,
        "SEC_FETCH_SITE": "same-origin" if origin.startswith("moz") else "none",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": "160",
        **headers,
    }
    kept = {name: value for name, value in given.items() if value is not None}
    return Head(peer="127.0.0.1", method="POST", path=PAIR, version="1.1", headers=kept)


@pytest.mark.parametrize("origin", (OURS, STRANGER), ids=("chromium", "firefox"))
def test_unknown_extension_may_pair_while_a_code_waits_and_do_nothing_else(
    guard: Guard, folder: Path, origin: str
) -> None:
    head = pairing_head(origin)
    assert guard.refusal(head) == 403
    pairing_code.offer(folder)
    assert guard.refusal(head) is None
    for path in (HELLO, CHECK, "/v1/nothing"):
        assert guard.refusal(dataclasses.replace(head, path=path)) == 403
    for method in ("GET", "OPTIONS", "PUT"):
        assert guard.refusal(dataclasses.replace(head, method=method)) == 403
    pairing_code.withdraw(folder)
    assert guard.refusal(head) == 403


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("HOST", f"rebind.test:{PORT}"),
        ("HOST", "127.0.0.1:21114"),
        ("ORIGIN", None),
        ("ORIGIN", "null"),
        ("ORIGIN", "https://evil.example"),
        ("ORIGIN", "chrome-extension://" + "b" * 32),
        ("ORIGIN", f"{OURS}/"),
        ("ORIGIN", f"{OURS}, {OURS}"),
        ("SEC_FETCH_SITE", None),
        ("SEC_FETCH_SITE", "cross-site"),
        ("SEC_FETCH_SITE", "same-origin"),
        ("CONTENT_TYPE", "text/plain"),
        ("CONTENT_ENCODING", "gzip"),
        ("CONTENT_LENGTH", None),
        ("CONTENT_LENGTH", str(PAIR_BYTES + 1)),
        ("CONTENT_LENGTH", "-1"),
    ),
)
def test_whoever_is_no_extension_worker_may_not_pair(
    guard: Guard, folder: Path, name: str, value: str | None
) -> None:
    pairing_code.offer(folder)
    assert guard.refusal(pairing_head(OURS, **{name: value})) == 403


def test_extension_may_use_a_code_once_somebody_named_its_id_and_no_other_may(
    guard: Guard, folder: Path
) -> None:
    named, stranger = (f"chrome-extension://{letter * 32}" for letter in "cd")
    pairing_code.offer(folder)
    assert guard.refusal(pairing_head(named)) == 403
    extension_ids.name(folder, ["c" * 32])
    assert guard.refusal(pairing_head(named)) is None
    assert guard.refusal(pairing_head(stranger)) == 403
    for one in EXTENSION_IDS:
        assert guard.refusal(pairing_head(f"chrome-extension://{one}")) is None
    for path in (HELLO, CHECK):  # it may pair, and is not paired
        assert guard.refusal(dataclasses.replace(pairing_head(named), path=path)) == 403


def test_head_of_a_wsgi_request_is_read_whole(guard: Guard, folder: Path) -> None:
    right = right_head(folder)
    environ = {
        "REMOTE_ADDR": "127.0.0.1",
        "REQUEST_METHOD": "POST",
        "PATH_INFO": CHECK,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": right.headers["CONTENT_TYPE"],
        **{f"HTTP_{name}": value for name, value in right.headers.items() if "CONTENT" not in name},
    }
    assert Head.from_environ(environ) == right
    coded = Head.from_environ({**environ, "HTTP_TRANSFER_ENCODING": "chunked"})
    assert guard.refusal(coded) == 400


def test_reply_headers_forbid_storing_sniffing_and_framing() -> None:
    names = [name for name, _ in REPLY_HEADERS]
    assert names == sorted(names)
    assert dict(REPLY_HEADERS)["Cache-Control"] == "no-store"
