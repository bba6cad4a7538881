"""/healthz: whoever watches over the bot learns in one look whether it hears, writes and keeps up."""

from datetime import timedelta

import aiohttp

from bot import web
from bot.web import Health
from storage import inbox
from tests.faults.scripted import Scripted
from tests.house import House, until


async def asked(app_health: object) -> tuple[int, dict[str, object]]:
    runner = await web.serve(app_health, "127.0.0.1", 0)  # type: ignore[arg-type]
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/healthz"
    try:
        async with aiohttp.ClientSession() as http, http.get(address) as answer:
            return answer.status, await answer.json()
    finally:
        await runner.cleanup()


async def test_well(house: House) -> None:
    async with house.running() as app:
        await house.say("hello")
        await until(lambda: house.parrot.heard)
        await app.quiet()
        status, body = await asked(app.health)

    assert status == 200
    assert body["status"] == "ok"
    assert body["writer"] is True
    assert (body["leads"], body["synchronous_standby"]) == (True, None)
    assert body["inbox"] == {"waiting": 0, "quarantined": 0, "oldest": None}


async def test_a_bot_that_hears_nothing_is_not_well(house: House) -> None:
    deaf = Scripted(house.messenger(), ConnectionError("no network"))
    async with house.running(house.app(deaf)) as app:
        status, body = await asked(app.health)

    assert (status, body["status"], body["polled_ago"]) == (503, "unwell", None)


async def test_nor_one_that_does_not_keep_up(house: House) -> None:
    house.store.run_now(lambda tx: inbox.keep(tx, "telegram", "1", "chat", "{}"))
    house.clock.advance(timedelta(minutes=11))

    found = await web.look(house.store, None)

    assert found.backlog == 1
    assert found.oldest == 660
    assert not found.well


async def test_nor_one_that_cannot_write(house: House) -> None:
    house.store._writer.close()
    found = await web.look(house.store, None)
    assert not found.writer


def test_what_counts_as_well() -> None:
    fine = Health(1.0, 0, 0, None, {}, True)
    assert fine.well
    assert not Health(151.0, 0, 0, None, {}, True).well
    assert Health(None, 0, 0, None, {}, True, leads=False).well
    assert not Health(1.0, 0, 0, None, {}, False).well
    assert not Health(1.0, 1, 0, 601.0, {}, True).well
