"""Fault 28: the database server is lost and its standby takes over. Nothing that was acknowledged is gone."""

import asyncio
from collections.abc import Iterator
from itertools import count

import pytest

from bot.clock import SystemClock
from storage import inbox, standby
from storage.inbox import Arrival
from storage.store import Store
from tests.faults.servers import Server, running_server
from tests.house import until

ENOUGH = 50
pytestmark = pytest.mark.postgres


@pytest.fixture
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


async def test_f28_nothing_acknowledged_is_lost(server: Server) -> None:
    server.add_standby()
    store = Store(server.either_url, SystemClock())
    assert store.read_now(standby.synchronous)
    acknowledged: set[str] = set()
    writing = asyncio.create_task(_write(store, acknowledged))
    await until(lambda: len(acknowledged) > ENOUGH)

    await asyncio.to_thread(server.crash)
    await asyncio.to_thread(server.promote)

    before = len(acknowledged)
    await until(lambda: len(acknowledged) > before + ENOUGH)
    writing.cancel()
    assert acknowledged <= {row.event_id for row in await store.read(lambda tx: inbox.waiting(tx, 10_000))}
    store.close()


async def _write(store: Store, acknowledged: set[str]) -> None:
    """Keep one update after the other; what is acknowledged is remembered, what fails is not."""
    for number in count():
        arrival = Arrival("telegram", str(number), f"chat {number}", "{}")
        try:
            acknowledged |= await store.run(lambda tx, arrival=arrival: inbox.keep_many(tx, [arrival]))
        except Exception:
            await asyncio.sleep(0.05)
