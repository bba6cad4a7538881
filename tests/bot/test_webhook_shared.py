"""Several processes share one PostgreSQL, and all of them are posted to: whichever hears, the order holds."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from storage.store import Store
from tests.databases import Postgres
from tests.faults.scripted import message
from tests.house import House, open_house, until
from tests.posted import Posted, posted

pytestmark = pytest.mark.postgres
CHATS, WORDS, PROCESSES = (21, 22, 23), 8, 3


@pytest.fixture
async def house(tmp_path: Path, postgres: Postgres) -> AsyncIterator[House]:
    url = postgres.migrated()
    async with open_house(tmp_path, url) as house:
        yield house
    postgres.drop(url)


async def test_posts_go_to_any_and_each_is_served_once_in_its_chats_order(house: House) -> None:
    doors = [posted(house) for _ in range(PROCESSES)]
    async with AsyncExitStack() as stack:
        for door in doors:
            store = Store(house.store.url, house.clock)
            stack.callback(store.close)
            await stack.enter_async_context(house.running(door.app(store)))
        await asyncio.gather(*(said(chat, doors) for chat in CHATS))
        await until(lambda: len(house.parrot.heard) == len(CHATS) * WORDS)

    for chat in CHATS:
        heard = [incoming.text for incoming in house.parrot.heard if incoming.sender == f"{chat}"]
        assert heard == [f"{number}" for number in range(WORDS)]


async def said(chat: int, doors: list[Posted]) -> None:
    """One chat's updates, each posted when the one before is kept, to door after door; some to two."""
    for number in range(WORDS):
        update = json.dumps(message(chat * 100 + number, f"{number}", sender=chat)).encode()
        for door in (doors[number % PROCESSES], *doors[: number % 2]):
            assert await door.knock(update) == (200, b"")
