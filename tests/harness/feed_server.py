"""A real web server on loopback that serves feeds as well, and as badly, as the real ones do."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date

from notalone.feeds.catalogue import Feed, FeedKind, Format, Shape

CHUNK = b"endless.example\n" * 4096


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers with what the test laid down for the path, and remembers what was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        server.feeds.asked.append(asked)
        self.close_connection = True
        with suppress(ConnectionError):
            server.feeds.answers.get(self.path, status(404))(self)

    def log_message(self, *_: object) -> None:
        """Say nothing: pytest's output is for people."""

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        for name, value in {"Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()


Answer = Callable[[Handler], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; header names in lower case."""

    path: str
    headers: dict[str, str]


@dataclass(slots=True)
class FeedServer:
    """What is served where; tests change it at any time."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        """The whole address of *path*."""
        return f"http://127.0.0.1:{self.port}{path}"

    def feed(
        self,
        *paths: str,
        format: Format = "plain",  # noqa: A002 - the word of feeds.toml
        kind: FeedKind = "scam",
        identifier: str = "test",
        **shape: str,
    ) -> Feed:
        """A feed of the catalogue that this server serves at *paths*."""
        return Feed(
            id=identifier,
            name="Test",
            urls=tuple(map(self.url, paths)),
            shape=Shape(format, **shape),
            licence="MIT",
            redistribute=True,
            kind=kind,
            trust=2,
            correction="https://list.example/issues",
            source="https://list.example/",
            checked=date(2026, 11, 23),
        )


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    feeds: FeedServer

    def handle_error(self, *_: object) -> None:
        """A client that leaves is normal here."""


@contextmanager
def feed_server() -> Iterator[FeedServer]:
    """A server on a free loopback port, ended with the block."""
    server = _Server(("127.0.0.1", 0), Handler)
    server.feeds = FeedServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.feeds
    finally:
        server.feeds.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


# --- answers ------------------------------------------------------------------------------------


def body(content: bytes, **headers: str) -> Answer:
    """200 with *content*; header names with _ for -."""

    def answer(handler: Handler) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.begin(200, {"Content-Length": str(len(content)), **named})
        handler.wfile.write(content)

    return answer


def without_length(content: bytes, **headers: str) -> Answer:
    """200 with *content*, which ends where the connection does."""

    def answer(handler: Handler) -> None:
        handler.begin(200, {name.replace("_", "-"): value for name, value in headers.items()})
        handler.wfile.write(content)

    return answer


def chunked(content: bytes, *, to_the_end: bool = True) -> Answer:
    """200 with *content* in two chunks, with or without the empty one that ends it."""

    def answer(handler: Handler) -> None:
        handler.begin(200, {"Transfer-Encoding": "chunked"})
        for part in (content[:1000], content[1000:]):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        if to_the_end:
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def modified_since(content: bytes, etag: str) -> Answer:
    """200 with *content*, or 304 to whoever knows *etag*."""

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.begin(304, {"ETag": etag})
        else:
            body(content, ETag=etag)(handler)

    return answer


def status(number: int, **headers: str) -> Answer:
    """An answer without a body."""
    return lambda handler: handler.begin(number, {"Content-Length": "0", **headers})


def redirect(to: str) -> Answer:
    """Sends the client on to *to*."""
    return status(302, Location=to)


def cut_off(content: bytes, at: int, etag: str = '"strong"', *, ranges: bool = False) -> Answer:
    """Promises all of *content* and breaks off *at* a byte; with *ranges* gives the rest later."""

    def answer(handler: Handler) -> None:
        begins = int(handler.headers.get("Range", "bytes=0-").split("=")[1].rstrip("-"))
        is_rest = ranges and begins and handler.headers.get("If-Range") == etag
        head = {"ETag": etag, "Content-Length": str(len(content) - (begins if is_rest else 0))}
        if is_rest:
            head["Content-Range"] = f"bytes {begins}-{len(content) - 1}/{len(content)}"
            handler.begin(206, head)
            handler.wfile.write(content[begins:])
        else:
            handler.begin(200, head)
            handler.wfile.write(content[:at])

    return answer


def slow(handler: Handler) -> None:
    """A byte now and then, for ever."""
    server = handler.server
    assert isinstance(server, _Server)
    handler.begin(200, {})
    while not server.feeds.over.wait(0.02):
        handler.wfile.write(b"a")


def silent(handler: Handler) -> None:
    """Takes the question and never answers."""
    server = handler.server
    assert isinstance(server, _Server)
    server.feeds.over.wait()


def slow_head(handler: Handler) -> None:
    """Never comes to the end of its headers."""
    server = handler.server
    assert isinstance(server, _Server)
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not server.feeds.over.wait(0.02):
        handler.wfile.write(b"a")


def endless(handler: Handler) -> None:
    """More and more, as fast as it goes."""
    handler.begin(200, {})
    while True:
        handler.wfile.write(CHUNK)
