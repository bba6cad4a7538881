"""Turns: order within a chat, none between chats; what fails is set aside; a press is always answered."""

import asyncio
import threading
from typing import Any

from bot.membership import Alone
from bot.receiving.lanes import Lanes
from handlers.cards import Button, Card, dump
from handlers.incoming import Incoming, Kind
from handlers.turn import Outcome
from services.policy import Policy
from storage import inbox
from storage.inbox import InboxRow
from storage.store import Tx
from tests.fakes import Parrot
from tests.house import DEAN, House, until

BUTTON = dump(Card(lines=("choose",), buttons=((Button("yes", "agree"),),)))
SHORT = (0.01, 0.01, 0.01)


def keep(house: House, lane: str, event: str) -> None:
    house.store.run_now(lambda tx: inbox.keep(tx, "telegram", event, lane, "{}"))


async def crew(lanes: Lanes) -> "asyncio.Task[None]":
    return asyncio.create_task(lanes.run())


class Stubborn:
    """Serves updates; some never succeed, some wait to be let go."""

    def __init__(self, house: House, *bad: str) -> None:
        self._house = house
        self._bad = bad
        self.served: list[str] = []
        self.given_up: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def serve(self, row: InboxRow) -> None:
        if row.lane == "slow":
            await self.gate.wait()
        if row.event_id in self._bad:
            raise RuntimeError("never")
        await self._house.store.run(lambda tx: inbox.done(tx, row.id))
        self.served.append(row.event_id)

    def give_up(self, tx: Tx, row: InboxRow) -> None:
        self.given_up.append(row.event_id)


async def test_a_slow_chat_holds_up_no_other(house: House) -> None:
    work = Stubborn(house)
    work.gate.clear()
    for event in ("s1", "s2"):
        keep(house, "slow", event)
    for number in range(30):
        keep(house, f"chat{number % 3}", f"q{number}")
    lanes = Lanes(house.store, Alone(house.store).heads, work.serve, work.give_up)
    loop = await crew(lanes)

    await until(lambda: len(work.served) == 30)
    work.gate.set()
    await lanes.quiet()
    loop.cancel()

    assert work.served[-2:] == ["s1", "s2"]
    first = [event for event in work.served if int(event[1:]) % 3 == 0 and event.startswith("q")]
    assert first == sorted(first, key=lambda event: int(event[1:]))


async def test_one_that_keeps_failing_is_set_aside_and_its_chat_goes_on(house: House) -> None:
    work = Stubborn(house, "bad")
    for event in ("before", "bad", "after"):
        keep(house, "chat", event)
    lanes = Lanes(house.store, Alone(house.store).heads, work.serve, work.give_up, SHORT)
    loop = await crew(lanes)

    await until(lambda: "after" in work.served)
    loop.cancel()

    assert work.served == ["before", "after"]
    assert work.given_up == ["bad"]
    assert house.store.read_now(inbox.backlog).quarantined == 1


async def test_whoever_wrote_it_gets_an_apology(house: House) -> None:
    house.parrot.stumbles = {"bad"}
    async with house.running() as app:
        app.lanes._pauses = SHORT
        await house.say("bad")
        await house.say("good")
        await until(lambda: len(house.seen_by(DEAN)) == 2)

    assert house.seen_by(DEAN)[0].startswith("抱歉")
    assert house.seen_by(DEAN)[1] == "heard good"
    assert house.parrot.texts() == ["bad"] * 4 + ["good"]


async def test_a_press_is_answered_after_its_turn(house: House) -> None:
    house.owe(body=BUTTON, card_key="k")
    async with house.running():
        await until(lambda: house.seen_by(DEAN))
        answer = await house.press(1, "yes")

    assert answer["toast"] == "pressed"
    assert [incoming.kind for incoming in house.parrot.heard] == [Kind.PRESS]


class Slow(Parrot):
    """Takes its time over a press, until let go; then refuses it."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()

    def take(self, tx: Tx, policy: Policy, incoming: Incoming) -> Outcome:
        if incoming.kind is Kind.PRESS:
            self.gate.wait(10)
            return Outcome("not yours", alert=True)
        return super().take(tx, policy, incoming)


async def test_a_press_that_takes_long_is_told_so_and_its_refusal_still_heard(house: House) -> None:
    slow = Slow()
    house.owe(body=BUTTON, card_key="k")
    app = house.app(conversation=slow.conversation)
    app._turns._patience = 0.05
    async with house.running(app):
        await until(lambda: house.seen_by(DEAN))
        answer = await house.press(1, "yes")
        slow.gate.set()
        await until(lambda: len(house.seen_by(DEAN)) == 2)

    assert answer["toast"] == "正在处理…"
    assert house.seen_by(DEAN)[-1] == "not yours"


async def test_a_press_whose_turn_fails_is_answered_too(house: House) -> None:
    class Broken(Parrot):
        def take(self, tx: Tx, policy: Policy, incoming: Incoming) -> Outcome:
            raise RuntimeError("broken")

    house.owe(body=BUTTON, card_key="k")
    async with house.running(house.app(conversation=Broken().conversation)):
        await until(lambda: house.seen_by(DEAN))
        answer: dict[str, Any] = await house.press(1, "yes")

    assert answer["toast"] == "正在处理…"
