"""What may be said: bodies and heads made to break a server, sent to a real one by raw sockets.

D24 to D31 of docs/security.md. What the body parser does with each is in tests/service/test_app.py,
what the engine does with hostile text in test_bad_text.py.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import psutil
import pytest

from harness.raw_http import Caller, answer_of
from harness.service_process import Home
from harness.stub_service import log_of
from notalone.config import LIMITS
from notalone.guard import CHECK

GOLDEN = b'{"messages": [{"id": "1", "text": "lure"}]}'

pytestmark = pytest.mark.usefixtures("unharmed")


def error_of(caller: Caller, body: bytes) -> tuple[int, str]:
    """The status and code with which *body* is refused."""
    answer = answer_of(caller.port, caller.request(body))
    return answer.status, json.loads(answer.body)["error"]


@pytest.mark.parametrize(
    "body",
    (b"[" * 30_000, b"[" * 30_000 + b"]" * 30_000, b'{"a":' * 9 + b"1" + b"}" * 9),
    ids=("open", "closed", "nine_deep"),
)
def test_d24_nesting_without_end_is_a_400(caller: Caller, body: bytes) -> None:
    assert error_of(caller, body) == (400, "bad_json")


@pytest.mark.parametrize("half", ("\\ud800", "\\udfff", "\\udfff\\ud800"))
def test_d25_half_a_letter_is_a_400(caller: Caller, half: str) -> None:
    body = f'{{"messages": [{{"id": "1", "text": "{half}"}}]}}'.encode()
    assert error_of(caller, body) == (400, "bad_json")


@pytest.mark.parametrize(
    "body",
    (
        b"null",
        b"[1]",
        b'"x"',
        b"1",
        b'{"messages": [{"id": "1", "text": 1}]}',
        b'{"messages": [{"id": "1", "text": null}]}',
        b'{"messages": [{"id": "1"}]}',
        b'{"messages": {"id": "1", "text": ""}}',
        b'{"links": [{"id": "1", "url": ["https://a.example"]}]}',
        b'{"audience": "baby"}',
    ),
)
def test_d26_wrong_shape_is_a_422(caller: Caller, body: bytes) -> None:
    assert error_of(caller, body) == (422, "bad_request")


@pytest.mark.parametrize(
    "body",
    (
        GOLDEN.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + GOLDEN,
        b'{"messages": [], "messages": []}',
        b'{"n": NaN}',
        b'{"n": -Infinity}',
        b'{"n": 1e999}',
        b'{"n": ' + b"1" * 5001 + b"}",
        b"\xff\xfe",
        gzip.compress(GOLDEN),
    ),
    ids=(
        "utf_16",
        "byte_order_mark",
        "key_twice",
        "nan",
        "infinity",
        "too_large_a_number",
        "five_thousand_digits",
        "not_utf_8",
        "gzip",
    ),
)
def test_d29_what_two_readers_could_understand_differently_is_a_400(
    caller: Caller, body: bytes
) -> None:
    assert error_of(caller, body) == (400, "bad_json")


@pytest.mark.parametrize("coding", ("gzip", "br", "identity"))
def test_d29_packed_body_gets_the_strangers_answer(caller: Caller, coding: str) -> None:
    answer = answer_of(caller.port, caller.request(gzip.compress(GOLDEN), Content_Encoding=coding))
    assert (answer.status, answer.body) == (403, b"")


@pytest.mark.parametrize("length", (LIMITS.body_bytes + 1, 2_000_000_000, 10**4000))
def test_d29_too_long_a_body_is_refused_before_it_comes(caller: Caller, length: int) -> None:
    announced = caller.request(b"", Content_Length=str(length))
    answer = answer_of(caller.port, announced)
    assert (answer.status, answer.body) == (413, b'{"error":"too_large"}')
    stranger = caller.request(b"", Content_Length=str(length), Authorization=None)
    assert answer_of(caller.port, stranger).status == 403


def test_d29_body_of_exactly_the_limit_is_read(caller: Caller) -> None:
    body = GOLDEN.ljust(LIMITS.body_bytes)
    assert answer_of(caller.port, caller.request(body)).status == 200


def test_d29_stranger_is_answered_before_his_body_comes(caller: Caller) -> None:
    head = caller.request(b"", Content_Length="1000", Authorization="Bearer x")
    assert answer_of(caller.port, head).status == 403


# A right request, but for what no browser could have sent.
SPOILT: dict[str, Callable[[Caller], bytes]] = {
    "chunked": lambda c: c.request(GOLDEN, Content_Length=None, Transfer_Encoding="chunked"),
    "length_and_chunked": lambda c: c.request(GOLDEN, Transfer_Encoding="chunked"),
    "other_coding": lambda c: c.request(GOLDEN, Transfer_Encoding="gzip"),
    "plus": lambda c: c.request(GOLDEN, Content_Length="+5"),
    "negative": lambda c: c.request(GOLDEN, Content_Length="-5"),
    "list": lambda c: c.request(GOLDEN, Content_Length="5, 5"),
    "hex": lambda c: c.request(GOLDEN, Content_Length="0x10"),
    "five_thousand_digits": lambda c: c.request(GOLDEN, Content_Length="1" * 5000),
    "two_lengths": lambda c: c.request(GOLDEN).replace(
        b"Content-Length", b"Content-Length: 3\r\nContent-Length"
    ),
}
SPOILT_HEADS: dict[str, Callable[[Caller], bytes]] = {
    "http_1_0": lambda c: c.request(GOLDEN).replace(b"HTTP/1.1", b"HTTP/1.0", 1),
    "http_0_9": lambda c: c.request(GOLDEN).replace(b" HTTP/1.1", b"", 1),
    "http_2_0": lambda c: c.request(GOLDEN).replace(b"HTTP/1.1", b"HTTP/2.0", 1),
    "absolute": lambda c: c.request(GOLDEN, path=f"http://127.0.0.1:{c.port}{CHECK}"),
    "address_that_is_none": lambda c: c.request(GOLDEN, path="http://["),
    "nul": lambda c: c.request(GOLDEN).replace(b"\r\nOrigin", b"\r\nOrigin\x00"),
    "bare_newline": lambda c: c.request(GOLDEN).replace(b"\r\nOrigin: ", b"\nOrigin: "),
    "space_before_the_colon": lambda c: c.request(GOLDEN).replace(b"Origin:", b"Origin :"),
    "tls": lambda _: b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_d29_length_that_is_not_one_plain_number_is_an_empty_400(
    caller: Caller, spoilt: str
) -> None:
    answer = answer_of(caller.port, SPOILT[spoilt](caller))
    assert (answer.status, answer.body) == (400, b"")


@pytest.mark.parametrize("spoilt", SPOILT_HEADS)
def test_d30_head_that_no_browser_sends_is_an_empty_400(caller: Caller, spoilt: str) -> None:
    answer = answer_of(caller.port, SPOILT_HEADS[spoilt](caller))
    assert (answer.status, answer.body) == (400, b"")


@pytest.mark.parametrize("who", ("our_worker", "stranger"))
@pytest.mark.parametrize(("count", "is_read"), ((100, True), (101, False)))
def test_d30_a_hundred_headers_are_read_and_one_more_is_a_431(
    caller: Caller, who: str, count: int, is_read: bool
) -> None:
    own = {} if who == "our_worker" else {"Authorization": "Bearer x"}
    already = caller.request(GOLDEN, **own).split(b"\r\n\r\n")[0].count(b"\r\n")
    extra = {f"X-{number}": "1" for number in range(count - already)}
    answer = answer_of(caller.port, caller.request(GOLDEN, **own, **extra))
    assert answer.status == ((403 if own else 200) if is_read else 431)
    assert is_read or answer.body == b""


@pytest.mark.parametrize(("length", "status"), ((8192, 200), (8193, 431), (100_000, 431)))
def test_d30_head_of_8192_bytes_is_read_and_one_byte_more_is_a_431(
    caller: Caller, length: int, status: int
) -> None:
    assert LIMITS.header_bytes == 8192
    short = caller.request(GOLDEN, X_Long="")
    missing = length - (len(short) - len(GOLDEN))
    answer = answer_of(caller.port, caller.request(GOLDEN, X_Long="x" * missing))
    assert answer.status == status


@pytest.mark.parametrize("mark", ("", "\u0301", "\u0323\u0302"), ids=("plain", "acute", "two"))
def test_d31_text_of_4096_letters_is_read_and_one_more_is_a_422(caller: Caller, mark: str) -> None:
    assert LIMITS.text_chars == 4096
    letters = ("a" + mark) * 4097
    for length, status in ((4096, 200), (4097, 422)):
        body = json.dumps({"messages": [{"id": "1", "text": letters[:length]}]}).encode()
        assert answer_of(caller.port, caller.request(body)).status == status


def test_a_hundred_hostile_requests_cost_no_memory(caller: Caller, attacked: Home) -> None:
    pid = attacked.service_pid()
    assert pid is not None
    service = psutil.Process(pid)
    hostile = [
        caller.request(b"[" * 30_000),
        caller.request(b'{"messages": [{"id": "1", "text": "\\ud800"}]}'),
        caller.request(GOLDEN, Origin="null"),
        caller.request(b" " * LIMITS.body_bytes),
    ]
    for request in hostile * 25:  # until every thread has its buffers
        assert answer_of(caller.port, request).status in (400, 403)
    before = service.memory_info().rss
    for request in hostile * 25:
        answer_of(caller.port, request)
    assert service.memory_info().rss - before < 5_000_000


def test_whatever_was_sent_the_service_has_nothing_to_say_of_it(
    caller: Caller, attacked: Home
) -> None:
    for spoil in (*SPOILT.values(), *SPOILT_HEADS.values()):
        answer_of(caller.port, spoil(caller))
    assert len(log_of(attacked).splitlines()) == 2  # where it listens, in both languages
