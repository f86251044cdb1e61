"""A feed comes whole or not at all, from where it should, however its server behaves."""

from __future__ import annotations

import gzip
import io
import select
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from urllib3.connection import HTTPConnection, HTTPSConnection

from harness.feed_server import (
    Answer,
    FeedServer,
    Handler,
    body,
    chunked,
    cut_off,
    endless,
    feed_server,
    modified_since,
    redirect,
    silent,
    slow,
    slow_head,
    status,
    without_length,
)
from harness.page_server import page_server
from notalone import __version__
from notalone.feeds.catalogue import Feed
from notalone.feeds.download import NETWORK, Downloaded, Limits, Network, Validators, download
from notalone.feeds.fault import FeedError

LIST = b"".join(b"scam%d.example\n" % number for number in range(5_000))
LOOPBACK = Network(loopback_only=True)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_server() as serving:
        yield serving


def fetch(
    feed: Feed, known: Validators | None = None, network: Network = LOOPBACK
) -> tuple[Downloaded, bytes]:
    file = io.BytesIO()
    return download(feed, file, known=known, network=network), file.getvalue()


def fault(feed: Feed, limits: Limits = NETWORK.limits) -> FeedError:
    with pytest.raises(FeedError) as caught:
        fetch(feed, network=Network(limits, loopback_only=True))
    assert caught.value.told.vi != caught.value.told.en
    return caught.value


def test_a_list_arrives_as_it_was_sent(server: FeedServer) -> None:
    server.answers["/l"] = body(LIST, ETag='"one"', Last_Modified="Mon, 23 Nov 2026 00:00:00 GMT")
    got, content = fetch(server.feed("/l"))
    assert content == LIST
    assert got.is_modified
    assert got.validators.etag == '"one"'
    assert got.validators.last_modified.startswith("Mon")


def test_nothing_is_sent_by_which_a_home_could_be_told_from_another(server: FeedServer) -> None:
    server.answers["/l"] = body(LIST, Set_Cookie="id=1")
    fetch(server.feed("/l"))
    fetch(server.feed("/l"))
    for asked in server.asked:
        assert set(asked.headers) == {"host", "user-agent", "accept-encoding"}
        assert asked.headers["user-agent"] == f"notalone/{__version__}"


def test_what_the_server_knows_to_be_unchanged_is_not_sent_again(server: FeedServer) -> None:
    server.answers["/l"] = modified_since(LIST, '"one"')
    first, _ = fetch(server.feed("/l"))
    again, content = fetch(server.feed("/l"), first.validators)
    assert not again.is_modified
    assert again.validators == first.validators
    assert content == b""


def test_validators_of_one_mirror_are_not_shown_to_another(server: FeedServer) -> None:
    server.answers["/b"] = body(LIST)
    fetch(server.feed("/b"), Validators(server.url("/a"), '"one"', "Mon"))
    assert not {"if-none-match", "if-modified-since"} & set(server.asked[0].headers)


def test_packed_for_the_way_is_left_packed(server: FeedServer) -> None:
    server.answers["/l"] = body(gzip.compress(LIST), Content_Encoding="gzip")
    assert gzip.decompress(fetch(server.feed("/l"))[1]) == LIST


@pytest.mark.parametrize("number", (400, 403, 404, 429, 500, 503, 206, 304))
def test_an_answer_that_is_no_list_is_named(number: int, server: FeedServer) -> None:
    server.answers["/l"] = status(number)
    error = fault(server.feed("/l"))
    assert error.code == "http_status"
    assert str(number) in error.told.vi


def test_the_next_mirror_is_asked_when_one_fails(server: FeedServer) -> None:
    server.answers["/b"] = body(LIST)
    got, content = fetch(server.feed("/gone", "/b"))
    assert content == LIST
    assert got.validators.url == server.url("/b")


def test_when_every_mirror_fails_the_first_is_named(server: FeedServer) -> None:
    server.answers["/b"] = status(500)
    assert "404" in fault(server.feed("/gone", "/b")).told.en


def test_a_broken_download_goes_on_where_it_broke_off(server: FeedServer) -> None:
    server.answers["/l"] = cut_off(LIST, 30_000, ranges=True)
    assert fetch(server.feed("/l"))[1] == LIST
    assert [asked.headers.get("range") for asked in server.asked] == [None, "bytes=30000-"]
    assert server.asked[1].headers["if-range"] == '"strong"'


def test_without_a_strong_tag_a_broken_download_begins_anew(server: FeedServer) -> None:
    server.answers["/l"] = cut_off(LIST, 30_000, 'W/"weak"')
    assert fault(server.feed("/l")).code == "cut_off"
    assert [asked.headers.get("range") for asked in server.asked] == [None] * 3


def test_a_server_that_knows_no_ranges_is_asked_for_all_of_it(server: FeedServer) -> None:
    def once_more(handler: Handler) -> None:
        answer = cut_off(LIST, 30_000) if len(server.asked) == 1 else body(LIST)
        answer(handler)

    server.answers["/l"] = once_more
    assert fetch(server.feed("/l"))[1] == LIST


def test_a_list_that_always_breaks_off_is_refused(server: FeedServer) -> None:
    server.answers["/l"] = cut_off(LIST, 30_000)
    assert fault(server.feed("/l")).code == "cut_off"


def test_a_list_whose_end_cannot_be_told_from_a_break_is_refused(server: FeedServer) -> None:
    server.answers["/l"] = without_length(LIST)
    assert fault(server.feed("/l")).code == "cut_off"
    server.answers["/l"] = without_length(gzip.compress(LIST), Content_Encoding="gzip")
    assert gzip.decompress(fetch(server.feed("/l"))[1]) == LIST


def test_a_list_in_chunks_arrives_whole_or_not_at_all(server: FeedServer) -> None:
    server.answers["/l"] = chunked(LIST)
    assert fetch(server.feed("/l"))[1] == LIST
    server.answers["/l"] = chunked(LIST, to_the_end=False)
    assert fault(server.feed("/l")).code == "cut_off"


def test_more_than_a_list_can_be_is_refused(server: FeedServer) -> None:
    server.answers["/l"] = endless
    assert fault(server.feed("/l"), Limits(bytes=500_000)).code == "too_large"


def test_a_list_that_says_it_is_too_large_is_not_even_begun(server: FeedServer) -> None:
    server.answers["/l"] = body(LIST)
    small = Network(Limits(bytes=len(LIST) - 1), loopback_only=True)
    taken: list[int] = []
    with pytest.raises(FeedError) as caught:
        download(
            server.feed("/l"),
            io.BytesIO(),
            network=small,
            progress=lambda got, _total: taken.append(got),
        )
    assert (caught.value.code, taken) == ("too_large", [])


@pytest.mark.parametrize("answer", (slow, slow_head), ids=("body", "head"))
def test_a_server_that_takes_for_ever_is_left(answer: Answer, server: FeedServer) -> None:
    server.answers["/l"] = answer
    assert fault(server.feed("/l"), Limits(total_s=0.3)).code == "too_slow"


def test_a_server_that_says_nothing_is_left(server: FeedServer) -> None:
    server.answers["/l"] = silent
    assert fault(server.feed("/l"), Limits(idle_s=0.1, attempts=1)).code == "cut_off"


def test_a_redirect_on_the_same_host_is_followed(server: FeedServer) -> None:
    server.answers["/l"] = redirect("/moved")
    server.answers["/moved"] = body(LIST)
    got, content = fetch(server.feed("/l"))
    assert content == LIST
    assert got.validators.url == server.url("/l")


@pytest.mark.parametrize(
    "to",
    (
        "http://elsewhere.example/l",
        "//elsewhere.example/l",
        "https://127.0.0.1/l",
        "http://127.0.0.1:99999/l",
        "http://[::1]/l",
        "http://[",
        "file:///etc/passwd",
        "javascript:0",
    ),
)
def test_a_redirect_elsewhere_is_refused(to: str, server: FeedServer) -> None:
    server.answers["/l"] = redirect(to)
    error = fault(server.feed("/l"))
    assert error.code == "redirect"
    assert len(server.asked) == 1


def test_redirects_come_to_an_end(server: FeedServer) -> None:
    server.answers["/l"] = redirect("/l")
    assert fault(server.feed("/l")).code == "redirect"
    assert len(server.asked) == 6


def test_nobody_there_is_said_plainly() -> None:
    with feed_server() as serving:
        feed = serving.feed("/l")
    assert fault(feed).code == "offline"


def test_a_network_that_lets_nothing_through_is_said_as_plainly(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def black_hole(*_: object, **__: object) -> socket.socket:
        raise TimeoutError("timed out")

    monkeypatch.setattr("urllib3.util.connection.create_connection", black_hole)
    assert fault(server.feed("/l")).code == "offline"


@pytest.mark.parametrize(
    ("url", "code"),
    (
        ("http://lists.example/l", "not_https"),
        ("file:///etc/passwd", "not_https"),
        ("https://lists.example:8443/l", "redirect"),
    ),
)
def test_a_home_asks_over_https_only(url: str, code: str, server: FeedServer) -> None:
    feed = msgspec.structs.replace(server.feed("/l"), urls=(url,))
    with pytest.raises(FeedError) as caught:
        fetch(feed, network=Network())
    assert caught.value.code == code


def at_lists_example(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> Feed:
    """A feed at https://lists.example/l; whatever host is asked for, our own server answers."""

    def connect(_url: str, _network: Network) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", server.port, timeout=20)

    monkeypatch.setattr("notalone.feeds.download._connection", connect)
    monkeypatch.setattr("notalone.feeds.download._Fetch._check_peer", lambda *_: None)
    return msgspec.structs.replace(
        server.feed("/l"),
        urls=("https://lists.example/l",),
        redirects_to=("files.example",),
    )


@pytest.mark.parametrize(
    ("to", "code"),
    (
        ("https://elsewhere.example/l", "redirect"),
        ("https://lists.example.elsewhere.example/l", "redirect"),
        ("https://lists.example@elsewhere.example/l", "redirect"),
        ("https://lists.example:8443/l", "redirect"),
        ("http://lists.example/l", "not_https"),
        ("//files.example:80/l", "redirect"),
    ),
)
def test_a_home_follows_no_redirect_to_a_host_that_the_catalogue_does_not_name(
    to: str, code: str, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = at_lists_example(server, monkeypatch)
    server.answers["/l"] = redirect(to)
    with pytest.raises(FeedError) as caught:
        fetch(feed, network=Network())
    assert caught.value.code == code
    assert len(server.asked) == 1


def test_a_home_follows_a_redirect_to_a_host_that_the_catalogue_names(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = at_lists_example(server, monkeypatch)
    server.answers |= {"/l": redirect("https://files.example/moved"), "/moved": body(LIST)}
    assert fetch(feed, network=Network())[1] == LIST


def test_a_name_that_leads_into_the_home_is_refused(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notalone.feeds import download as module

    plain = module._connection(server.url("/l"), LOOPBACK)
    monkeypatch.setattr(module, "_connection", lambda _url, _network: plain)
    feed = msgspec.structs.replace(server.feed("/l"), urls=("https://lists.example/l",))
    with pytest.raises(FeedError) as caught:
        fetch(feed, network=Network())
    assert caught.value.code == "private_address"
    assert server.asked == []


# --- over TLS, as at home -------------------------------------------------------------------------


@pytest.fixture
def tls_port(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "list.txt").write_bytes(LIST)
    with page_server(tmp_path, pages=tmp_path / "site", names=["lists.example"]) as port:
        yield port


def at_home(
    monkeypatch: pytest.MonkeyPatch,
    context: ssl.SSLContext,
    port: int,
    *,
    name: str = "lists.example",
) -> Feed:
    """A feed at https://lists.example/, which is our own server on *port*."""

    def connect(_url: str, _network: Network) -> HTTPSConnection:
        return HTTPSConnection(
            "127.0.0.1",
            port,
            timeout=20,
            ssl_context=context,
            server_hostname=name,
        )

    monkeypatch.setattr("notalone.feeds.download._connection", connect)
    with feed_server() as serving:
        feed = serving.feed("/l")
    return msgspec.structs.replace(feed, urls=("https://lists.example/list.txt",))


@pytest.mark.parametrize("wrong", ("issuer", "name", "name, seen by urllib3"))
def test_a_server_that_cannot_prove_its_name_is_refused_at_once(
    wrong: str, tls_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = None if wrong == "issuer" else tmp_path / "page_server.crt"
    context = ssl.create_default_context(cafile=trusted)
    context.check_hostname = "urllib3" not in wrong
    name = "lists.example" if wrong == "issuer" else "other.example"
    feed = at_home(monkeypatch, context, tls_port, name=name)
    with pytest.raises(FeedError) as caught:
        fetch(feed, network=Network())
    assert caught.value.code == "tls"


def test_a_list_arrives_over_tls(
    tls_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = at_home(
        monkeypatch, ssl.create_default_context(cafile=tmp_path / "page_server.crt"), tls_port
    )
    monkeypatch.setattr("notalone.feeds.download._Fetch._check_peer", lambda *_: None)
    assert fetch(feed, network=Network())[1] == LIST


def test_a_school_may_stand_a_proxy_between(
    tls_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    class Proxy(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while (line := self.rfile.readline()) != b"\r\n":
                asked.append(line)
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            with socket.create_connection(("127.0.0.1", tls_port)) as beyond:
                ends = {self.connection: beyond, beyond: self.connection}
                while True:
                    for end in select.select([*ends], [], [])[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        ends[end].sendall(data)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy) as proxy:
        threading.Thread(target=proxy.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://ann:secret@127.0.0.1:{proxy.server_address[1]}"
        monkeypatch.setenv("https_proxy", address)
        monkeypatch.delenv("no_proxy", raising=False)
        context = ssl.create_default_context(cafile=tmp_path / "page_server.crt")
        monkeypatch.setattr(ssl, "create_default_context", lambda: context)
        with feed_server() as serving:
            feed = serving.feed("/l")
        feed = msgspec.structs.replace(feed, urls=("https://lists.example/list.txt",))
        assert fetch(feed, network=Network())[1] == LIST
        proxy.shutdown()
    assert asked[0].startswith(b"CONNECT lists.example:443 ")
    assert any(b"Basic" in line for line in asked)
