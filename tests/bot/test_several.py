"""Several processes on one PostgreSQL: one leads, all serve, and whoever was thought dead does no harm."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import App
from bot.membership import Alone
from bot.receiving.intake import Intake
from storage import inbox, outbox, processes
from storage.processes import Epoch
from storage.store import Store, Tx
from tests.databases import Postgres, running_postgres
from tests.faults.scripted import Scripted, message
from tests.house import DEAN, House, open_house, until

pytestmark = pytest.mark.postgres
REPEAT = "\n（可能重复：上一次发送未得到确认）"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture
async def house(tmp_path: Path, postgres: Postgres) -> AsyncIterator[House]:
    async with open_house(tmp_path, postgres.migrated()) as house:
        yield house


@asynccontextmanager
async def another(house: House) -> AsyncIterator[App]:
    """One more App, with a store of its own."""
    store = Store(house.store.url, house.clock)
    app = App(house.settings, store, house.messenger(), house.parrot.conversation)
    async with house.running(app):
        yield app
    store.close()


async def test_the_first_leads_and_when_it_ends_the_next_does_at_once(house: House) -> None:
    async with another(house) as second, house.running() as first:
        assert (second.member.leads, first.member.leads) == (True, False)
        await house.say("one")
        await until(lambda: house.seen_by(DEAN) == ["heard one"])
        await second.stop()

        await until(lambda: first.member.leads)
        await house.say("two")
        await until(lambda: house.seen_by(DEAN) == ["heard one", "heard two"])


async def test_who_finds_itself_ended_goes_on_under_a_new_epoch_and_leads_no_more(house: House) -> None:
    async with another(house) as first, another(house) as second:
        before = first.member.epoch
        assert first.member.certain(before)
        await house.store.run(lambda tx: processes.end(tx, before))

        await until(lambda: second.member.leads and first.member.epoch != before)
        assert not first.member.leads
        assert not first.member.certain(before)
        assert first.member.certain(first.member.epoch)
        await until(lambda: len(house.store.read_now(processes.live)) == 2)


async def test_what_the_dead_leader_was_sending_its_successor_doubts(house: House) -> None:
    dead = await house.store.run(lambda tx: processes.register(tx, "elsewhere:1"))
    card = await house.store.run(lambda tx: _claimed_by(tx, dead))
    async with another(house) as app:
        assert not app.member.leads
        await house.store.run(lambda tx: processes.end(tx, dead))
        await until(lambda: house.out(card).state == "sent")
    assert house.seen_by(DEAN) == [f"news{REPEAT}"]


async def test_what_another_was_sending_the_leader_doubts_as_soon_as_it_is_gone(house: House) -> None:
    async with another(house):
        dead = await house.store.run(lambda tx: processes.register(tx, "elsewhere:1"))
        card = await house.store.run(lambda tx: _claimed_by(tx, dead))
        await house.store.run(lambda tx: processes.end(tx, dead))
        await until(lambda: house.out(card).state == "sent")
    assert house.seen_by(DEAN) == [f"news{REPEAT}"]


class Deposed(Alone):
    """It still believes that it leads, and is certain of nothing; the record knows better."""

    def certain(self, epoch: Epoch | None) -> bool:
        return False

    def leads_in(self, tx: Tx) -> bool:
        return False


async def test_a_leader_that_was_thought_dead_keeps_nothing(house: House) -> None:
    poor = Scripted(house.messenger(), [message(1, "hello")])
    told: list[Any] = []

    async def not_saved(raws: Any) -> None:
        told.extend(raws)

    intake = Intake(house.store, Deposed(house.store), poor, lambda: None, not_saved)
    polling = asyncio.create_task(intake.run())
    await until(lambda: poor.played)
    polling.cancel()

    assert house.store.read_now(inbox.backlog).new == 0
    assert poor.offsets == [None, None]
    assert told == []


async def test_who_stood_still_between_the_claim_and_the_wire_sends_nothing(house: House) -> None:
    app = house.app()
    app.delivery._member = Deposed(house.store)
    app.delivery._member.epoch = await house.store.run(lambda tx: processes.register(tx, "here"))
    card = house.owe()
    found = await app.delivery._fetch(1)
    assert house.out(card).state == "sending"
    await app.messenger.open()
    await app.delivery._serve(found.work[0])
    await app.delivery.drain(1)
    await app.messenger.close()

    assert house.out(card).state == "pending"
    assert house.seen_by(DEAN) == []


async def test_a_claim_nobody_knows_of_is_found_again(house: House) -> None:
    """Its commit arrived, and the news of it did not."""
    async with another(house) as app:
        await app.quiet()
        card = await house.store.run(lambda tx: _claimed_by(tx, app.member.epoch))
        app.delivery._unsure = True
        app.delivery.wake()
        await until(lambda: house.out(card).state == "sent")

    assert house.seen_by(DEAN) == ["news"]


def _claimed_by(tx: Tx, epoch: Epoch) -> int:
    """A message that its owner is about to send."""
    body = '{"lines":["news"]}'
    outbox.enqueue(tx, messenger="telegram", chat=str(DEAN), person_id=None, kind="card", body=body)
    (out,) = outbox.claim(tx, epoch, 1, 60, tx.now, tx.now)
    return out.id
