"""One feed over the network, into a file: https only, to the hosts that feeds.toml names.

urllib3 and nothing above it: requests would read ~/.netrc and keep cookies, urllib would follow a
redirect to anywhere before one could look at it. What is sent is the address, our name and
version, and what the server itself said last (ETag, Last-Modified). Nothing else, and no cookie.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import BinaryIO, NamedTuple
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, SSLError
from urllib3.util import make_headers, parse_url
from urllib3.util.ssl_match_hostname import CertificateError

from notalone import __version__
from notalone.feeds.catalogue import Feed
from notalone.feeds.fault import FeedError
from notalone.model import Bilingual

_CHUNK = 2**16
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one download may go."""

    bytes: int = 64 * 2**20  # as sent, packed or not
    total_s: float = 300.0  # all mirrors and attempts together
    idle_s: float = 20.0  # without a byte
    redirects: int = 5
    attempts: int = 3  # at one mirror, each from where the last one broke off


@dataclass(frozen=True, slots=True)
class Network:
    """Where a download may go. The tests alone allow plain http, and then to this computer only."""

    limits: Limits = Limits()
    loopback_only: bool = False


NETWORK = Network()


class Validators(NamedTuple):
    """What a server said last of the list at *url*, so that it may answer "not modified"."""

    url: str = ""
    etag: str = ""
    last_modified: str = ""


class Downloaded(NamedTuple):
    """A feed that was fetched into a file, or is as it was."""

    is_modified: bool
    validators: Validators


Progress = Callable[[int, int | None], None]  # bytes so far, and in all where the server says so


def download(
    feed: Feed,
    into: BinaryIO,
    *,
    known: Validators | None = None,
    network: Network = NETWORK,
    progress: Progress = lambda _got, _all: None,
) -> Downloaded:
    """Fetch *feed* from the first of its mirrors that gives it, and write it *into* a file.

    Raises: FeedError with what the first mirror said, when none gives it.
    """
    until = time.monotonic() + network.limits.total_s
    first: FeedError | None = None
    for url in feed.urls:
        fetch = _Fetch(feed, url, into, network, until, progress)
        try:
            return fetch.run(known if known and known.url == url else Validators())
        except FeedError as error:
            first = first or error
    raise first or FeedError("offline", Bilingual("không có địa chỉ nào", "has no address"))


class _BrokenError(Exception):
    """The connection broke; what came so far is kept."""

    def __init__(self, error: FeedError) -> None:
        super().__init__(error.code)
        self.error = error


class _Fetch:
    """One mirror, asked again from where it broke off."""

    def __init__(
        self,
        feed: Feed,
        url: str,
        into: BinaryIO,
        network: Network,
        until: float,
        progress: Progress,
    ) -> None:
        self._feed = feed
        self._url = url
        self._into = into
        self._network = network
        self._until = until
        self._progress = progress
        self._got = 0
        self._resumable = ""  # the strong ETag or date under which more may be asked for

    def run(self, known: Validators) -> Downloaded:
        self._start_anew()
        for attempt in range(1, self._network.limits.attempts + 1):
            try:
                return self._once(known)
            except _BrokenError as broken:
                if attempt == self._network.limits.attempts or time.monotonic() >= self._until:
                    raise broken.error from None
        raise AssertionError("unreachable")

    def _start_anew(self) -> None:
        self._into.seek(0)
        self._into.truncate()
        self._got, self._resumable = 0, ""

    def _once(self, known: Validators) -> Downloaded:
        headers = {"User-Agent": f"notalone/{__version__}", "Accept-Encoding": "gzip"}
        if self._got and self._resumable:
            headers |= {"Range": f"bytes={self._got}-", "If-Range": self._resumable}
        else:
            self._start_anew()
            if known.etag:
                headers["If-None-Match"] = known.etag
            if known.last_modified:
                headers["If-Modified-Since"] = known.last_modified
        with self._response(self._url, headers) as response:
            if response.status == 304 and known.url:
                return Downloaded(False, known)
            if response.status == 416 and self._got:
                self._start_anew()
                raise _BrokenError(_status(response.status))
            if response.status not in (200, 206):
                raise _status(response.status)
            self._take(response)
            validators = Validators(
                self._url,
                response.headers.get("ETag", ""),
                response.headers.get("Last-Modified", ""),
            )
            return Downloaded(True, validators)

    def _take(self, response: HTTPResponse) -> None:
        """Write the body, whole or the rest of it."""
        if response.status == 200 and self._got:
            self._start_anew()
        elif response.status == 206:
            begins = response.headers.get("Content-Range", "").removeprefix("bytes ")
            if not self._got or not begins.startswith(f"{self._got}-"):
                self._start_anew()
                raise _BrokenError(_status(response.status))
        etag = response.headers.get("ETag", "")
        self._resumable = etag if etag[:1] == '"' else response.headers.get("Last-Modified", "")
        size = response.headers.get("Content-Length", "")
        total = self._got + int(size) if size.isascii() and size.isdigit() else None
        limit = self._network.limits.bytes
        if total is not None and total > limit:
            raise _too_large(limit)
        while chunk := response.read1(_CHUNK, decode_content=False):
            self._got += len(chunk)
            if self._got > limit:
                raise _too_large(limit)
            try:
                self._into.write(chunk)
            except OSError as error:
                problem = Bilingual("hết chỗ trên đĩa", f"the disk is full ({error.strerror})")
                raise FeedError("unwritable", problem) from error
            self._progress(self._got, total)
        if time.monotonic() >= self._until:  # what looks like the end is our own doing
            raise _too_slow()
        is_packed = "gzip" in response.headers.get("Content-Encoding", "")  # has an end of its own
        if total is None and not response.chunked and not is_packed:
            problem = Bilingual(
                "máy chủ không nói danh sách dài bao nhiêu",
                "the server does not say how long it is",
            )
            raise FeedError("cut_off", problem)

    @contextmanager
    def _response(self, url: str, headers: dict[str, str]) -> Iterator[HTTPResponse]:
        """The answer to one request, redirects followed where they may lead."""
        for _ in range(self._network.limits.redirects + 1):
            self._check(url)
            connection = _connection(url, self._network)
            try:
                with _ended_at(self._until, connection) as watch:
                    connection.connect()
                    watch(connection.sock)  # which it lets go when the server means to close
                    self._check_peer(connection, url)
                    connection.request(
                        "GET",
                        _target(url),
                        headers=headers,
                        preload_content=False,
                        decode_content=False,
                    )
                    with closing(connection.getresponse()) as response:
                        if response.status not in _REDIRECTS:
                            yield response
                            return
                    url = _joined(url, response.headers.get("Location", ""))
            except (HTTPError, HTTPException, CertificateError, OSError) as error:
                raise self._fault(error, url) from error
            finally:
                connection.close()
        raise FeedError("redirect", Bilingual("chuyển hướng mãi", "redirects without an end"))

    def _check(self, url: str) -> None:
        """Refuse what a feed may not lead to, before anything is asked there."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:  # "http://[", ":99999"
            raise _redirected(url) from None
        if self._network.loopback_only:
            if parts.hostname != "127.0.0.1" or parts.scheme != "http":
                raise _redirected(url)
            return
        if parts.scheme != "https":
            problem = Bilingual(f"{url[:100]} không phải https", f"{url[:100]} is not https")
            raise FeedError("not_https", problem)
        if parts.hostname not in self._feed.hosts or port not in (None, 443):
            raise _redirected(url)

    def _check_peer(self, connection: HTTPConnection, url: str) -> None:
        """Refuse a public name that leads into the home's own network, before it is asked."""
        if self._network.loopback_only or connection.proxy_is_tunneling:
            return
        peer = connection.sock.getpeername()[0] if connection.sock else ""
        if not ipaddress.ip_address(peer.partition("%")[0]).is_global:
            host = urlsplit(url).hostname
            problem = Bilingual(
                f"{host} dẫn vào mạng riêng", f"{host} leads into a private network"
            )
            raise FeedError("private_address", problem)

    def _fault(self, error: Exception, url: str) -> Exception:
        """What broke, in our words; _BrokenError when it is worth another attempt."""
        if time.monotonic() >= self._until:
            return _too_slow()
        if isinstance(error, (ssl.SSLError, SSLError, CertificateError)):
            problem = Bilingual(
                "chứng chỉ của máy chủ không đúng", "the server's certificate is not right"
            )
            return FeedError("tls", problem)
        host = urlsplit(url).hostname
        if isinstance(error, ConnectTimeoutError):
            problem = Bilingual(f"không nối được với {host}", f"{host} is out of reach")
            return _BrokenError(FeedError("offline", problem))
        problem = Bilingual(
            f"{host} ngắt ngang sau {self._got} byte", f"{host} broke off after {self._got} bytes"
        )
        return _BrokenError(FeedError("cut_off", problem))


def _status(status: int) -> FeedError:
    told = Bilingual(f"máy chủ trả lời {status}", f"the server answers {status}")
    return FeedError("http_status", told)


def _redirected(url: str) -> FeedError:
    told = Bilingual(f"dẫn sang {url[:100]!r}", f"leads to {url[:100]!r}")
    return FeedError("redirect", told)


def _too_large(limit: int) -> FeedError:
    megabytes = limit // 2**20
    return FeedError("too_large", Bilingual(f"hơn {megabytes} MB", f"has more than {megabytes} MB"))


def _too_slow() -> FeedError:
    return FeedError("too_slow", Bilingual("máy chủ gửi quá chậm", "the server sends too slowly"))


# --- the connection ------------------------------------------------------------------------------


def _connection(url: str, network: Network) -> HTTPConnection:
    host, port = urlsplit(url).hostname or "", urlsplit(url).port
    idle_s = network.limits.idle_s
    if network.loopback_only:
        return HTTPConnection(host, port, timeout=idle_s)
    # What this system trusts (a school's own too), and Mozilla's list where there is none.
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    proxy = None if proxy_bypass(host) else getproxies().get("https")
    if not proxy:
        return HTTPSConnection(host, 443, timeout=idle_s, ssl_context=context)
    way = parse_url(proxy)
    connection = HTTPSConnection(way.host or "", way.port, timeout=idle_s, ssl_context=context)
    auth = make_headers(proxy_basic_auth=way.auth) if way.auth else {}
    connection.set_tunnel(host, 443, headers=auth)
    return connection


def _joined(url: str, to: str) -> str:
    try:
        return urljoin(url, to)
    except ValueError:
        raise _redirected(to) from None


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@contextmanager
def _ended_at(
    until: float, connection: HTTPConnection
) -> Iterator[Callable[[socket.socket | None], None]]:
    """End *connection* when the time is over: a server may send a byte now and then for ever."""
    watched: list[socket.socket | None] = []

    def end() -> None:
        for sock in (connection.sock, *watched):
            if sock is not None:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, until - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield watched.append
    finally:
        timer.cancel()
