"""Killed anywhere between the first byte and the reply: every word is heard once and answered once.

Faults 1 to 4: before the inbox commits; after it, before the offset moves; inside the turn; after the turn,
before the reply.
"""

import pytest

from storage import inbox
from tests.faults.killing import killed_at
from tests.house import DEAN, House, until


@pytest.mark.parametrize(
    ("step", "waiting"),
    [
        pytest.param("intake.received", 0, id="f01-before-the-inbox-commits"),
        pytest.param("intake.kept", 1, id="f02-before-the-offset-moves"),
        pytest.param("turn.before_commit", 1, id="f03-inside-the-turn"),
        pytest.param("send.before", 0, id="f04-before-the-reply"),
    ],
)
async def test_nothing_is_lost_and_nothing_doubled(house: House, step: str, waiting: int) -> None:
    await house.say("hello")

    await killed_at(house, step)

    assert house.store.read_now(inbox.backlog).new == waiting
    async with house.running() as app:
        await until(lambda: house.seen_by(DEAN))
        await app.quiet()
        await until(lambda: not house.telegram.pending())
    assert [said.removesuffix(REPEAT) for said in house.seen_by(DEAN)] == ["heard hello"]


REPEAT = "\n（可能重复：上一次发送未得到确认）"
