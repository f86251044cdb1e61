"""D67: sockets that drip or say nothing keep no healthy client waiting; figures in `make soak`."""

from __future__ import annotations

from harness.raw_http import Caller
from soak.hostile import crowd, latencies_s, surrounded

GOLDEN = b'{"messages": [{"id": "1", "text": "lure"}]}'


def test_d67_healthy_client_is_answered_among_128_hostile_sockets(caller: Caller) -> None:
    hostile = crowd(caller, silent=64, dripping=64)
    with surrounded(hostile, every_s=0.02):
        # Fifty times as fast as in the soak, which asks once: a busy computer may leave a client
        # no time to speak before all others have come again.
        assert len(latencies_s(caller, GOLDEN, 300, tries=2)) == 300
    assert sum(one.shown_out for one in hostile) > 64  # they were let in, and shown out again
