"""Taking in: what the messenger says no to is survived, and what cannot be kept is not confirmed."""

from typing import Any

import pytest

from bot.messengers.base import Conflict, NotSent, Throttled, Unauthorised
from storage import inbox
from tests.faults.scripted import Scripted, message
from tests.house import DEAN, House, until


@pytest.mark.parametrize(
    "problem", [Unauthorised("401"), Conflict("409"), NotSent("502"), Throttled(0.1), ValueError("odd")]
)
async def test_a_failed_poll_is_not_the_last(house: House, problem: Exception) -> None:
    poor = Scripted(house.messenger(), problem, [message(1, "hello")])
    async with house.running(house.app(poor)) as app:
        await until(lambda: poor.played)
        await app.quiet()

    assert house.parrot.texts() == ["hello"]


async def test_a_refused_token_is_said_loudly(house: House, caplog: pytest.LogCaptureFixture) -> None:
    poor = Scripted(house.messenger(), Unauthorised("401"), Conflict("409"))
    async with house.running(house.app(poor)):
        await until(lambda: poor.played)

    loud = [record.message for record in caplog.records if record.levelname == "CRITICAL"]
    assert loud == ["the messenger refuses our token", "somebody else polls with our token"]


async def test_the_time_of_the_last_poll_tells_whether_we_hear(house: House) -> None:
    deaf = Scripted(house.messenger(), NotSent("down"))
    async with house.running(house.app(deaf)) as app:
        await until(lambda: deaf.played)
        assert app.intake.polled_at is None
    hearing = Scripted(house.messenger(), [message(1, "hello")])
    async with house.running(house.app(hearing)) as app:
        await until(lambda: hearing.played)
        assert app.intake.polled_at is not None


async def test_an_update_that_is_nothing_to_us_is_settled(house: House) -> None:
    chat: dict[str, Any] = {"id": DEAN, "type": "private"}
    pinned = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": chat, "pinned_message": {}}}
    quiet = Scripted(house.messenger(), [pinned])
    async with house.running(house.app(quiet)) as app:
        await until(lambda: quiet.played)
        await app.quiet()

    assert house.parrot.heard == []
    waiting = house.store.read_now(inbox.backlog)
    assert (waiting.new, waiting.quarantined) == (0, 0)
