"""Who may ask, as real browsers really ask: each way in which a stranger's request can come.

One Chromium and one Firefox for the whole file, with our extension, another one that may do what
extensions may at most, and the service behind a door that keeps every head as it came. D09, D16 to
D19, D22 and D40 of docs/security.md, and D03, D04, D10, D11 and D15 by browsers' own hands.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from harness.seat import REBOUND, Opened, Seat, around, in_chromium, in_firefox
from harness.strangers import stranger
from harness.waiting import wait_for
from harness.watched_door import arrived

BODY = '{"messages": [{"id": "1", "text": "lure", "from_me": false}]}'
WRONG = "Bearer " + "0" * 64

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=(in_chromium, in_firefox), ids=("chromium", "firefox"))
def seat(request: pytest.FixtureRequest, playwright: Playwright, site_port: int) -> Iterator[Seat]:
    """Each browser once, with the service already there."""
    with (
        tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder,
        around(Path(folder), site_port) as there,
        request.param(there, playwright) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
def local(seat: Seat) -> Opened:
    """A page of a stranger that no rule of the browser keeps from loopback."""
    return seat.tab(f"http://localhost:{seat.around.local.port}/")


# --- what pages can send --------------------------------------------------------------------------

# Each sends as its name says and comes back when the browser has said how it went: what the page
# could read of the answer, or why not.
WAYS = {
    "fetch": "url => fetch(url, { method: 'POST', body: BODY }).then((r) => r.text(), String)",
    "no_cors": "url => fetch(url, { mode: 'no-cors' }).then((r) => r.type + r.status, String)",
    "json": """url => fetch(url, {
        method: 'POST',
        body: BODY,
        headers: { 'Content-Type': 'application/json', Authorization: WRONG },
    }).then((r) => r.text(), String)""",
    "beacon": "url => navigator.sendBeacon(url, BODY) && 'sent'",
    "form": """url => new Promise((sent) => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        frame.name = 'answer';
        const form = document.body.appendChild(document.createElement('form'));
        Object.assign(form, { action: url, method: 'POST', target: 'answer' });
        form.enctype = 'text/plain';
        frame.onload = () => sent('loaded');
        form.append(Object.assign(document.createElement('input'), { name: BODY }));
        form.submit();
        sent('sent');
    })""",
    "image": """url => new Promise((done) => {
        const image = new Image();
        image.onload = () => done('loaded');
        image.onerror = () => done('error');
        image.src = url;
    })""",
    "script": """url => new Promise((done) => {
        const script = document.createElement('script');
        script.onload = () => done('loaded');
        script.onerror = () => done('error');
        script.src = url;
        document.body.append(script);
    })""",
    "sandboxed_frame": """url => new Promise((done) => {
        const frame = document.createElement('iframe');
        frame.sandbox = 'allow-scripts';
        frame.srcdoc = `<script>
            fetch(${JSON.stringify(url)}, { method: 'POST', body: 'x' })
                .then((r) => r.text(), String).then((said) => parent.postMessage(said, '*'));
        <${'/'}script>`;
        addEventListener('message', ({ data }) => done(data), { once: true });
        document.body.append(frame);
    })""",
    "web_socket": """url => new Promise((done) => {
        const socket = new WebSocket(url.replace('http', 'ws'));
        socket.onopen = () => done('opened');
        socket.onerror = () => done('error');
    })""",
}  # fmt: skip
PAGE, NOTHING, SANDBOXED = "page", None, "null"  # what the Origin may be
# The row of security.md 2.2: method, Origin, Sec-Fetch-Site as Chromium says it, and Firefox.
ROWS: dict[str, tuple[str, str | None, tuple[str | None, str | None]]] = {
    "fetch": ("POST", PAGE, ("cross-site", "cross-site")),
    "no_cors": ("GET", NOTHING, ("cross-site", "cross-site")),
    "json": ("OPTIONS", PAGE, ("cross-site", "cross-site")),  # and nothing after it
    "beacon": ("POST", PAGE, ("cross-site", "cross-site")),
    "form": ("POST", PAGE, ("cross-site", "cross-site")),
    "image": ("GET", NOTHING, ("cross-site", "cross-site")),
    "script": ("GET", NOTHING, ("cross-site", "cross-site")),
    "sandboxed_frame": ("POST", SANDBOXED, ("cross-site", "cross-site")),
    "web_socket": ("GET", PAGE, (None, "cross-site")),
}


def way(name: str) -> str:
    """The script that sends so."""
    return WAYS[name].replace("BODY", json.dumps(BODY)).replace("WRONG", json.dumps(WRONG))


def refused_as(seat: Seat, row: str) -> tuple[str, str | None, str | None, str | None]:
    """How *row* arrived: method, Host, Origin and Sec-Fetch-Site; it was refused by its head."""
    one = seat.wait_for_row(row)
    assert one.refused == 403
    return one.method, one.host, one.origin, one.site


@pytest.mark.parametrize("row", ROWS)
def test_d11_whatever_a_page_of_this_computer_sends_is_refused_by_its_head(
    seat: Seat, local: Opened, row: str
) -> None:
    method, origin, sites = ROWS[row]
    said = local.evaluate(way(row), seat.url(row))
    page = f"http://localhost:{seat.around.local.port}"
    assert refused_as(seat, row) == (
        method,
        f"127.0.0.1:{seat.port}",
        page if origin == PAGE else origin,
        sites[seat.name == "firefox"],
    )
    assert [one.method for one in seat.seen(row)] == [method]
    assert said in ("opaque0", "sent", "error") or "Error" in said, "the page has read something"


def test_d14_going_to_the_service_shows_an_empty_page(seat: Seat) -> None:
    seat.tab(seat.url("navigation"))
    assert refused_as(seat, "navigation") == ("GET", f"127.0.0.1:{seat.port}", None, "none")


# What a browser lets through to loopback all the same, as measured on 2026-11-23.
LETS_THROUGH = {"chromium": {"public_form"}, "firefox": {"public_web_socket"}}


def test_d11_from_a_page_of_the_internet_nearly_nothing_arrives_and_all_of_it_is_refused(
    seat: Seat, local: Opened
) -> None:
    """Both browsers keep it from loopback by themselves; so they do where a script of ours asks."""
    page = seat.tab(seat.public_url)
    start = "([url, send]) => void eval(send)(url)"
    for row in ROWS:
        page.evaluate(start, [seat.url(f"public_{row}"), way(row)])
    as_content_script(page, ask=posting(seat.url("public_content_script")), waits=False)
    # What was sent later, from a page of this computer, arrives after it.
    for row in ROWS:
        local.evaluate(start, [seat.url(f"later_{row}"), way(row)])
    for row in ROWS:
        seat.wait_for_row(f"later_{row}")
    came = [one for one in arrived(seat.around.kept) if one.query.startswith("public_")]
    assert {one.query for one in came} <= LETS_THROUGH[seat.name]
    assert [one for one in came if one.refused != 403] == []


# --- a name that is bound anew --------------------------------------------------------------------


@pytest.fixture
def rebound_page(seat: Seat) -> Iterator[Opened]:
    """A page of another name, which now leads to the service: what it asks, it asks itself."""
    page = seat.tab(f"http://{REBOUND}:{seat.port}/")
    assert page.evaluate("document.title") == "a stranger"
    seat.around.rebound.leads_to = seat.port
    yield page
    seat.around.rebound.leads_to = None


@pytest.mark.parametrize("method", ("GET", "POST"))
def test_d09_rebound_page_reads_nothing_but_an_empty_403(
    seat: Seat, rebound_page: Opened, method: str
) -> None:
    row = f"rebound_{method.lower()}"
    said = rebound_page.evaluate(
        """([url, method, body]) => fetch(url, {
            method,
            body: method === "POST" ? body : undefined,
            headers: method === "POST" ? { "Content-Type": "application/json" } : {},
        }).then(async (r) => [r.status, await r.text(), [...r.headers.keys()].sort().join(" ")])""",
        [f"/v1/check?{row}", method, BODY],
    )
    assert said[:2] == [403, ""]
    assert "server" not in said[2]
    host = f"{REBOUND}:{seat.port}"
    origin = f"http://{host}" if method == "POST" else None
    # No Sec-Fetch-Site: only the Host tells it from somebody who is no browser at all.
    assert refused_as(seat, row) == (method, host, origin, None)


def test_d09_rebound_page_with_a_right_token_reads_nothing_either(
    seat: Seat, rebound_page: Opened
) -> None:
    ask(seat)
    token = next(filter(None, (one.headers.get("AUTHORIZATION") for one in seat.asked())))
    said = rebound_page.evaluate(
        """([url, body, token]) => fetch(url, {
            method: "POST",
            body,
            headers: { "Content-Type": "application/json", Authorization: token },
        }).then(async (r) => [r.status, await r.text()])""",
        ["/v1/check?rebound_token", BODY, token],
    )
    assert said == [403, ""]
    assert seat.wait_for_row("rebound_token").headers["AUTHORIZATION"] == token


# --- content scripts ------------------------------------------------------------------------------


def as_content_script(page: Opened, *, waits: bool = True, **what: Any) -> Any:
    """Let the content script do *what*: `say=` a message to the worker, or `ask=` a fetch."""
    said = page.evaluate(
        """([what, waits]) => new Promise((done) => {
            addEventListener(what.name, ({ detail }) => done(detail), { once: true });
            dispatchEvent(new CustomEvent("do", { detail: JSON.stringify(what) }));
            if (!waits) done("null");
        })""",
        [{"name": "done", **what}, waits],
    )
    return json.loads(said)


def posting(url: str, **headers: str) -> dict[str, Any]:
    return {"url": url, "method": "POST", "body": BODY, "headers": headers}


def test_d03_content_script_asks_as_the_page_it_stands_on(seat: Seat, local: Opened) -> None:
    said = as_content_script(local, ask=posting(seat.url("content_script")))
    assert "Error" in said, "nothing could be read"
    origin = f"http://localhost:{seat.around.local.port}"
    host = f"127.0.0.1:{seat.port}"
    assert refused_as(seat, "content_script") == ("POST", host, origin, "cross-site")


FOR_OUR_PAGES_ONLY: tuple[dict[str, Any], ...] = (
    {"type": "pin", "request": {"do": "set", "new": "2468"}},
    {"type": "pin", "request": {"do": "state"}},
    {"type": "pass_blocked", "pin": "2468"},
    {"type": "tell_context"},
    {"type": "asked_text"},
    {"type": "blocked_page"},
    {"type": "read_qr", "picture": {"width": 1, "height": 1, "grey": "AA=="}},
    {"type": "reconnect"},
    {"type": "pair_by_code", "code": "ABCD EFGH JKLM"},
    {"type": "settings.set", "options": {"strictness": "calm"}},
)


def test_d19_content_script_that_a_page_took_over_gets_nothing_of_our_own_pages(
    seat: Seat, local: Opened
) -> None:
    assert as_content_script(local, say={"type": "status"})["state"] == "on", "it does reach us"
    before = seat.asked()
    said = [as_content_script(local, say=say) for say in FOR_OUR_PAGES_ONLY]
    assert said == [None] * len(said)
    asked = seat.asked()[len(before) :]
    assert {one.path for one in asked} <= {"/v1/hello", "/v1/check"}, "the service was asked for it"
    assert not (seat.around.home.data / "pin.json").exists()


def test_d18_whatever_a_page_posts_to_itself_does_nothing(seat: Seat, local: Opened) -> None:
    ours = seat.tab(f"{seat.origin}/pages/popup.html")
    as_content_script(local, say={"type": "status"})  # our scripts are there
    chosen = ours.evaluate(CHOSEN)
    before = len(seat.asked())
    local.evaluate(
        """async (shapes) => {
            let heard = 0;
            addEventListener("message", () => (heard += 1));
            for (let sent = 0; sent < 10_000; sent += 1) postMessage(shapes[sent % shapes.length]);
            while (heard < 10_000) await new Promise((later) => setTimeout(later));
        }""",
        [*FOR_OUR_PAGES_ONLY, *FOR_ANY_PAGE],
    )
    as_content_script(local, say={"type": "status"})  # and what they sent before has been heard
    asked = [one.path for one in seat.asked()[before:] if one.path != "/v1/hello"]
    assert asked in ([], ["/v1/check"]), "at most whether the page's own address is listed"
    assert ours.evaluate(CHOSEN) == chosen


FOR_ANY_PAGE: tuple[dict[str, Any], ...] = (
    {"type": "check", "request": json.loads(BODY), "conversation": None},
    {"type": "open_tell", "level": "danger", "reasons": [], "lure": None, "help": True},
    {"type": "leave_page"},
    {"type": "not_so", "conversation": "1", "messages": ["1"]},
    {"type": "sign_here", "any": True},
    {"type": "options_changed"},
)


# What was chosen, and how many tabs and windows there are.
CHOSEN = """async () => {
    const tabs = await chrome.tabs.query({});
    return [await chrome.storage.local.get("options"), tabs.length];
}"""


# --- our own worker and pages ---


@pytest.mark.parametrize("method", ("GET", "PUT"))
def test_d14_our_own_page_is_let_in_by_no_method_but_post(seat: Seat, method: str) -> None:
    row = f"own_{method.lower()}"
    said = seat.tab(f"{seat.origin}/pages/popup.html").evaluate(
        "([url, method]) => fetch(url, { method }).then(async (r) => [r.status, await r.text()])",
        [seat.url(row), method],
    )
    assert said == [403, ""]
    host = f"127.0.0.1:{seat.port}"
    origin = None if method == "GET" else seat.origin  # no browser says who gets
    assert refused_as(seat, row) == (method, host, origin, seat.site)


def test_d04_our_own_worker_asks_as_this_browser_says_it_and_is_let_in(seat: Seat) -> None:
    before = len(seat.asked())
    ask(seat)
    asked = [one for one in seat.asked()[before:] if one.path == "/v1/check"]
    assert asked
    for one in asked:
        assert (one.method, one.host, one.site) == ("POST", f"127.0.0.1:{seat.port}", seat.site)
        assert one.headers["AUTHORIZATION"].startswith("Bearer ")
        assert one.refused is None


# --- another extension ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other(seat: Seat) -> Opened:
    """A page of it, which may do what its background may."""
    return seat.tab(f"{seat.other}/page.html")


FORGE = """async ([service, headers]) => {
    const requestHeaders = Object.entries(headers).map(
        ([header, value]) => ({ header, operation: "set", value }));
    await chrome.declarativeNetRequest.updateSessionRules({
        removeRuleIds: [1],
        addRules: [{
            id: 1,
            action: { type: "modifyHeaders", requestHeaders },
            condition: { urlFilter: `|${service}/`, resourceTypes: ["xmlhttprequest", "other"] },
        }],
    });
}"""
FORGE_NOTHING = "() => chrome.declarativeNetRequest.updateSessionRules({ removeRuleIds: [1] })"
ASK = """([url, body, headers]) => fetch(url, { method: "POST", body, headers })
    .then(async (r) => [r.status, await r.text()], String)"""


def test_d15_other_extension_without_tricks_is_refused(seat: Seat, other: Opened) -> None:
    headers = {"Content-Type": "application/json", "Authorization": WRONG}
    said = other.evaluate(ASK, [seat.url("other"), BODY, headers])
    assert said == [403, ""]
    host = f"127.0.0.1:{seat.port}"
    assert refused_as(seat, "other") == ("POST", host, seat.other, seat.site)


@pytest.mark.parametrize("host", ("ours", "forged.example"))
def test_d15_other_extension_that_forges_every_header_reads_an_empty_403(
    seat: Seat, other: Opened, host: str
) -> None:
    forged = f"127.0.0.1:{seat.port}" if host == "ours" else host
    row = f"forged_{host}"
    wanted = {"origin": seat.origin, "host": forged, "sec-fetch-site": seat.site}
    other.evaluate(FORGE, [seat.service, wanted])
    headers = {"Content-Type": "application/json", "Authorization": WRONG}
    said = other.evaluate(ASK, [seat.url(row), BODY, headers])
    other.evaluate(FORGE_NOTHING)
    assert said == [403, ""]
    assert refused_as(seat, row) == ("POST", forged, seat.origin, seat.site), "it was not forged"


def test_d16_other_extension_finds_nobody_to_talk_to(seat: Seat, other: Opened) -> None:
    said = other.evaluate(
        "(id) => chrome.runtime.sendMessage(id, { type: 'status' }).then(() => 'heard', String)",
        seat.other_id,
    )
    assert "Receiving end does not exist" in said


SPY = """() => {
    window.spied = [];
    const { EXTRA_HEADERS } = chrome.webRequest.OnBeforeSendHeadersOptions ?? {};
    chrome.webRequest.onBeforeSendHeaders.addListener(
        ({ url, requestHeaders }) => window.spied.push([url, JSON.stringify(requestHeaders)]),
        { urls: ["<all_urls>"] },
        EXTRA_HEADERS ? ["requestHeaders", EXTRA_HEADERS] : ["requestHeaders"],
    );
}"""
ASK_OFTEN = """async (request) => {
    let answered = 0;
    for (let round = 0; round < 20; round += 1) {
        const answers = Array.from({ length: 50 }, () =>
            chrome.runtime.sendMessage({ type: "check", request, conversation: null }));
        answered += (await Promise.all(answers)).filter(({ state }) => state === "on").length;
    }
    return answered;
}"""


def ask(seat: Seat) -> None:
    """Let our own worker ask once."""
    seat.tab(f"{seat.origin}/pages/popup.html").evaluate(
        "(request) => chrome.runtime.sendMessage({ type: 'check', request, conversation: null })",
        json.loads(BODY),
    )


def test_d17_other_extension_that_watches_all_requests_sees_none_of_a_thousand(
    seat: Seat, local: Opened, other: Opened
) -> None:
    other.evaluate(SPY)
    ours = seat.tab(f"{seat.origin}/pages/popup.html")
    assert ours.evaluate(ASK_OFTEN, json.loads(BODY)) == 1000
    local.evaluate(way("fetch"), seat.url("watched"))
    spied = wait_for(
        lambda: [*filter(lambda one: "watched" in one[0], spied_by(other))] and spied_by(other),
        what="it to see a page's request",
    )
    tokens = {one.headers["AUTHORIZATION"] for one in seat.asked() if one.path == "/v1/check"}
    assert tokens, "the worker has asked with a token"
    assert [said for _, said in spied for token in tokens if token in said] == []
    assert [url for url, _ in spied if url.startswith(seat.service) and "?" not in url] == []


def spied_by(other: Opened) -> list[list[str]]:
    """Address and headers of each request that it saw."""
    seen: list[list[str]] = other.evaluate("() => window.spied")
    return seen


# --- who is protected -----------------------------------------------------------------------------

PROBED = (
    "manifest.json",
    *("icons/on-16.png", "icons/on-128.png"),
    *("_locales/vi/messages.json", "_locales/en/messages.json"),
    *(f"pages/{name}.html" for name in ("popup", "tell", "options", "blocked", "welcome")),
    *(f"pages/{name}" for name in ("popup.css", "popup.js", "tell.js", "ask.js")),
    *("content/main.js", "content/sign.js", "content/warning.js", "content/extract.js"),
    *("background/main.js", "types.d.ts"),
)
PROBE = """async (urls) => {
    const hit = (tag, url) => new Promise((done) => {
        const one = document.createElement(tag);
        one.onload = () => done(true);
        one.onerror = () => done(false);
        one[tag === "link" ? "href" : "src"] = url;
        if (tag === "link") one.rel = "stylesheet";
        document.body.append(one);
    });
    const hits = [];
    for (const url of urls) {
        const tries = await Promise.all([
            fetch(url).then(() => true, () => false),
            fetch(url, { mode: "no-cors" }).then(() => true, () => false),
            hit("img", url),
            hit("script", url),
            hit("link", url),
        ]);
        if (tries.includes(true)) hits.push(url);
    }
    return hits;
}"""


def test_d40_page_that_knows_our_address_finds_none_of_our_files(seat: Seat, local: Opened) -> None:
    assert len(PROBED) == 20
    assert local.evaluate(PROBE, [f"{seat.origin}/{name}" for name in PROBED]) == []
    there = f"http://localhost:{seat.around.local.port}/there.png"
    assert local.evaluate(PROBE, [there]) == [there], "what is there is found so"


# --- somebody else on our port --------------------------------------------------------------------


def test_d22_program_that_takes_our_port_hears_no_word_and_no_token(
    seat: Seat, canary: str
) -> None:
    """The last one: the service is gone afterwards."""
    ours = seat.tab(f"{seat.origin}/pages/popup.html")
    say = "(request) => chrome.runtime.sendMessage({ type: 'check', request, conversation: null })"
    told = {"messages": [{"id": "1", "text": canary, "from_me": False}]}
    assert ours.evaluate(say, told)["state"] == "on"
    seat.manifest.unlink()  # or the browser would start it again, on the next port
    seat.around.end_service()
    with stranger(port=seat.port) as squatter:
        # The last proof counts for a second. Then it must give another, and cannot.
        wait_for(
            lambda: b"POST /v1/hello" in b"".join(squatter.heard) or ours.evaluate(say, {}),
            what="the worker to ask for a proof",
        )
        squatter.heard.clear()
        wait_for(lambda: seat.icon()["badge"] == "!", what="the icon to say that it is off")
        for _ in range(20):
            assert ours.evaluate(say, told)["state"] != "on"
        heard = b"".join(squatter.heard)
    assert {line.split()[1] for line in heard.splitlines() if line.startswith(b"POST ")} <= {
        b"/v1/hello"
    }
    assert canary.encode() not in heard
    assert b"authorization" not in heard.lower()
