"""A real service process around a stub, for all tests of one file that attack it by raw sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from harness.raw_http import Caller, answer_of
from harness.service_process import Home
from harness.stub_service import running_stub

GOLDEN = json.dumps({"messages": [{"id": "1", "text": "lure"}]}).encode()


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The home of the service that is attacked."""
    person = Home(tmp_path_factory.mktemp("attacked") / "home")
    yield person
    person.end_everything()


@pytest.fixture(scope="module")
def caller(attacked: Home) -> Iterator[Caller]:
    """Somebody with a right token for it."""
    with running_stub(attacked) as port:
        yield Caller.paired(port, attacked.data)


@pytest.fixture
def unharmed(caller: Caller) -> Iterator[None]:
    """Whatever was sent, the golden case is right afterwards."""
    yield
    answer = answer_of(caller.port, caller.request(GOLDEN))
    assert json.loads(answer.body)["messages"][0]["level"] == "danger"
