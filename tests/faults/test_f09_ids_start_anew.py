"""Fault 9: after a quiet week the messenger's ids start anew, anywhere; so polling begins without offset."""

from tests.faults.scripted import Scripted, message
from tests.house import House, until


async def test_a_new_start_asks_without_an_offset(house: House) -> None:
    high = Scripted(house.messenger(), [message(900_000, "before")])
    async with house.running(house.app(high)) as app:
        await until(lambda: high.played)
        await app.quiet()
    low = Scripted(house.messenger(), [message(4, "after")])
    async with house.running(house.app(low)) as app:
        await until(lambda: low.played)
        await app.quiet()

    assert low.offsets[0] is None
    assert house.parrot.texts() == ["before", "after"]
