"""Faults 27 and 29 under load: three processes killed, stopped and ended, and a server that restarts.

Nothing is lost, nothing has two effects, nobody is served out of turn. `ROUNDS=20` plays it longer.
"""

import asyncio
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.crowd import Crowd, crowd
from tests.faults.servers import Server, running_server

pytestmark = pytest.mark.postgres
ROUNDS = int(os.environ.get("ROUNDS", "1"))
CHATS = 6
SURE = False


@pytest.fixture
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


async def test_nothing_is_lost_doubled_or_out_of_turn(server: Server, tmp_path: Path) -> None:
    async with crowd(tmp_path, server.url, CHATS) as it:
        for _ in range(3):
            await it.join()
        await it.leading()
        async with it.talking():
            for _ in range(ROUNDS):
                await _round(it, server)
        await it.quiet()
        ended = [await it.end(member) for member in [*it.members]]

        assert ended == [0, 0, 0]
        assert {chat: it.told(chat) for chat in it.chats} == {chat: it.numbers(chat) for chat in it.chats}
        for chat in it.chats:
            assert it.receipts(chat)[SURE] <= it.said[chat] <= it.receipts(chat).total()
        assert it.sound()


async def _round(it: Crowd, server: Server) -> None:
    """One is killed, the leader stands still for too long, the server restarts, the leader is killed."""
    await it.kill(random.choice(it.members))
    await it.join()

    still = await it.leading()
    still.signal(signal.SIGSTOP)
    await it.leading(other_than=still)
    await asyncio.sleep(1)
    still.signal(signal.SIGCONT)

    await asyncio.to_thread(server.restart)
    await it.kill(await it.leading())
    await it.join()
    await it.leading()
