"""D67: sockets that drip or say nothing keep no healthy client waiting; figures in `make soak`."""

from __future__ import annotations

from harness.raw_http import Caller
from soak.hostile import latencies_s, surrounded

GOLDEN = b'{"messages": [{"id": "1", "text": "lure"}]}'


def test_d67_healthy_client_is_answered_among_128_hostile_sockets(caller: Caller) -> None:
    with surrounded(caller, every_s=0.02) as crowd:
        assert len(latencies_s(caller, GOLDEN, 300)) == 300
    assert crowd.shown_out > 64  # they were let in, and shown out again
