"""Whoever watches over the bot learns in one look whether it is ready, hears, writes and keeps up."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot import web
from bot.bootstrap import App
from bot.vitals import Doing, Holding, Vitals, look
from storage import inbox
from storage.store import Tx
from tests.databases import CHOSEN
from tests.faults.scripted import Scripted
from tests.house import House, until

WELL = Holding(waiting=0, quarantined=0, oldest=None, outbox={})


@asynccontextmanager
async def asked(house: House, app: App) -> AsyncIterator[Any]:
    """Ask for a path: the status and the JSON."""
    runner = await web.serve(app.vitals, app.counts, "127.0.0.1", 0)

    async def ask(path: str) -> tuple[int, Any]:
        async with house.http.get(f"http://127.0.0.1:{runner.addresses[0][1]}{path}") as answer:
            return answer.status, await answer.json()

    try:
        yield ask
    finally:
        await runner.cleanup()


async def test_well(house: House) -> None:
    async with house.running() as app, asked(house, app) as ask:
        await house.say("hello")
        await until(lambda: house.parrot.heard)
        await app.quiet()
        status, body = await ask("/healthz")

    assert (status, body["status"], body["writer"]) == (200, "ok", True)
    second = None if CHOSEN == "sqlite" else False
    assert body["store"] == {"waiting": 0, "quarantined": 0, "oldest": None, "outbox": {}, "standby": second}
    assert body["process"]["leads"] is True


async def test_ready_from_the_end_of_the_start_to_the_beginning_of_the_end(house: House) -> None:
    app = house.app()
    async with asked(house, app) as ask:
        assert (await ask("/readyz"))[0] == 503
        async with house.running(app):
            assert (await ask("/readyz"))[0] == 200
        status, body = await ask("/readyz")
    assert (status, body["ready"], body["process"]["serving"]) == (503, False, False)


async def test_not_ready_while_what_was_begun_is_being_finished(house: House) -> None:
    app, begun, go_on = house.app(), threading.Event(), threading.Event()

    def slow(_tx: Tx) -> None:
        begun.set()
        go_on.wait()

    async with asked(house, app) as ask:
        await app.start()
        await house.say("hello")
        await until(lambda: house.parrot.heard)
        holding = asyncio.create_task(house.store.run(slow))
        await until(begun.is_set)
        stopping = asyncio.create_task(app.stop())
        await asyncio.sleep(0)
        asking = asyncio.create_task(ask("/readyz"))
        go_on.set()
        assert (await asking)[0] == 503
        await asyncio.gather(holding, stopping)


async def test_a_bot_that_hears_nothing_is_not_well(house: House) -> None:
    deaf = Scripted(house.messenger(), ConnectionError("no network"))
    async with house.running(house.app(deaf)) as app, asked(house, app) as ask:
        status, body = await ask("/healthz")

    assert (status, body["status"], body["process"]["heard_ago"]) == (503, "unwell", None)


async def test_nor_one_that_does_not_keep_up(house: House) -> None:
    house.store.run_now(lambda tx: inbox.keep(tx, "telegram", "1", "chat", "{}"))
    house.clock.advance(timedelta(minutes=11))

    found = await look(house.store, Doing(heard_ago=1.0))

    assert found.store is not None
    assert (found.store.waiting, found.store.oldest) == (1, 660)
    assert not found.well


async def test_nor_one_that_cannot_write(house: House) -> None:
    house.store._writer.close()
    found = await look(house.store, Doing(heard_ago=1.0))
    assert (found.writer, found.well, found.ready) == (False, False, False)


async def test_a_store_that_cannot_even_be_read_is_said_to_be_so(house: House) -> None:
    house.store.close()
    found = await look(house.store, Doing(heard_ago=1.0))
    assert (found.store, found.well) == (None, False)
    assert found.body()["store"] is None


@pytest.mark.parametrize(
    ("process", "well"),
    [
        (Doing(heard_ago=1.0), True),
        (Doing(heard_ago=151.0), False),
        (Doing(heard_ago=None), False),
        (Doing(posted=True, heard_ago=None), True),
        (Doing(leads=False, heard_ago=None), True),
    ],
    ids=["hears", "long ago", "never", "nobody posts at night", "another polls"],
)
def test_who_must_have_heard(process: Doing, well: bool) -> None:
    assert Vitals(process, WELL, writer=True).well is well


@pytest.mark.parametrize(
    "process", [Doing(serving=False), Doing(member=False)], ids=["starting or stopping", "ended"]
)
def test_no_work_for_who_cannot_keep_it(process: Doing) -> None:
    assert not Vitals(process, WELL, writer=True).ready
    assert Vitals(Doing(), WELL, writer=True).ready
