"""The sites of tests/e2e/pages over TLS, so that a browser takes them for the real hosts."""

from __future__ import annotations

import functools
import http.server
import posixpath
import ssl
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

PAGES = Path(__file__).resolve().parents[1] / "e2e" / "pages"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files, uncached, without a line for each; a file is found below any path.

    So a simulated site may stand at the address that the real one has: /channels/1/2/discord.html.
    """

    def translate_path(self, path: str) -> str:
        return super().translate_path(posixpath.basename(urlsplit(path).path))

    def log_message(self, *_: object) -> None:
        """Say nothing: pytest's output is for people."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def make_certificate(folder: Path, names: Sequence[str] = ("pages.test",)) -> tuple[Path, Path]:
    """A throw-away certificate for this test run; browsers are told to take it."""
    key, certificate = folder / "page_server.key", folder / "page_server.crt"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", f"/CN={names[0]}"),
            *("-addext", f"subjectAltName={','.join(f'DNS:{name}' for name in names)}"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@contextmanager
def page_server(
    folder: Path, *, pages: Path = PAGES, names: Sequence[str] = ("pages.test",)
) -> Iterator[int]:
    """Serve *pages* on a free loopback port with a certificate made in *folder*; give the port."""
    certificate, key = make_certificate(folder, names)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = functools.partial(QuietHandler, directory=str(pages))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    # The handshake belongs into the request's own thread: a waiting browser must not block others.
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # closed tabs are normal
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
