"""Fault 27: PostgreSQL restarts under us. What was broken off is run again, once, and in its turn."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import processes
from tests.faults.servers import Server, running_server
from tests.house import DEAN, open_house, until

pytestmark = pytest.mark.postgres
REPEAT = "\n（可能重复：上一次发送未得到确认）"
SAID = 40


@pytest.fixture
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


async def test_f27_what_is_said_meanwhile_is_served_once_and_in_its_turn(
    server: Server, tmp_path: Path
) -> None:
    async with open_house(tmp_path, server.url) as house, house.running() as app:
        epoch = app.member.epoch
        for number in range(SAID):
            await house.say(f"{number}")
        await until(lambda: len(house.seen_by(DEAN)) > SAID // 4)
        await asyncio.to_thread(server.restart)

        await until(lambda: f"heard {SAID - 1}" in [*map(unrepeated, house.seen_by(DEAN))], 60)
        assert house.store.read_now(processes.live) == (epoch,)
        heard = dict.fromkeys(map(unrepeated, house.seen_by(DEAN)))
        assert [*heard] == [f"heard {number}" for number in range(SAID)]
        assert sum(REPEAT not in text for text in house.seen_by(DEAN)) <= SAID


def unrepeated(text: str) -> str:
    return text.removesuffix(REPEAT)
