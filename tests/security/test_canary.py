"""A word sent in every field of every request is found in no file, no log and no refusal."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from harness.native_host import PairedClient
from harness.qr_picture import qr_picture
from harness.search import files_holding
from harness.service_process import Home, RunningService

LURE = "em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"


def test_search_itself_finds_a_word(tmp_path: Path, canary: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "log").write_bytes(b"\x00before " + canary.encode() + b" after")
    assert files_holding(canary, tmp_path) == [tmp_path / "deep" / "log"]


# One request for each field that takes a text, and some that break the service's reading.
def requests_with(word: str) -> dict[str, object]:
    return {
        "message text": {"messages": [{"id": "1", "text": f"{word} {LURE}", "from_me": False}]},
        "own text": {"messages": [{"id": "1", "text": word, "from_me": True}]},
        "message id": {"messages": [{"id": word, "text": LURE, "from_me": None}]},
        "address": {"links": [{"id": "1", "url": f"https://{word}.vietcornbank.example/otp"}]},
        "listed address": {"links": [{"id": "1", "url": f"http://vnpost-giaohang.example/{word}"}]},
        "link text": {"links": [{"id": "1", "url": "https://x.example", "text": word}]},
        "link id": {"links": [{"id": word, "url": "https://x.example"}]},
        "earlier": {"earlier": [word]},
        "audience": {"audience": word},
        "unknown field": {word: word},
        "not JSON": f'{{"messages": [{word}'.encode(),
        "lone surrogate": f'{{"messages":[{{"id":"1","text":"\\ud800{word}"}}]}}'.encode(),
        "too deep": (b'{"messages":' + b"[" * 3000 + word.encode()),
        "too long": {"messages": [{"id": "1", "text": word + "a" * 5000}]},
        "far too long": {"messages": [{"id": "1", "text": word + "a" * 600_000}]},
    }


def test_words_in_any_field_are_in_no_file_and_no_refusal(
    service: RunningService, paired_client: PairedClient, home: Home, canary: str
) -> None:
    for field, request in requests_with(canary).items():
        answer = paired_client.post("/v1/check", request)
        if answer.status != 200:
            assert canary not in str(answer.body), field
            assert canary not in str(answer.headers), field
    grey = base64.b64encode(canary.encode()).decode()
    for wrong in (
        {"width": len(canary), "height": 1, "grey": grey},
        {"width": 1, "height": 1, "grey": canary},
        {canary: canary},
    ):
        assert canary not in str(paired_client.post("/v1/qr", wrong).body)
    for typed in ({"do": "check", "pin": canary}, {"do": canary}, {"do": "set", "new": canary}):
        assert canary not in str(paired_client.post("/v1/pin", typed).body)
    code = qr_picture(canary)
    picture: dict[str, Any] = {"width": code.width, "height": code.height}
    picture["grey"] = base64.b64encode(code.tobytes()).decode()
    assert paired_client.post("/v1/qr", picture).body == {"texts": [canary]}
    paired_client.token = canary
    assert paired_client.post(f"/v1/{canary}", {}).status == 403
    refused = paired_client.post("/v1/hello", {"pairing": canary, "nonce": canary})
    assert canary not in str(refused)
    assert files_holding(canary, home.folder) == [], "while the service runs"
    service.stop()
    assert files_holding(canary, home.folder) == [], "after it has ended"
    assert "Traceback" not in service.log.read_text()
