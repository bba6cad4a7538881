"""Fault 5: an update that comes twice, or out of its order, is served once."""

from tests.faults.scripted import Scripted, message
from tests.house import House, until


async def test_an_update_that_comes_again_is_not_served_again(house: House) -> None:
    again = Scripted(
        house.messenger(), [message(7, "a"), message(8, "b")], [message(7, "a"), message(9, "c")]
    )
    async with house.running(house.app(again)) as app:
        await until(lambda: again.played)
        await app.quiet()

    assert house.parrot.texts() == ["a", "b", "c"]


async def test_one_that_comes_late_is_served_all_the_same(house: House) -> None:
    late = Scripted(house.messenger(), [message(9, "c")], [message(7, "a")])
    async with house.running(house.app(late)) as app:
        await until(lambda: late.played)
        await app.quiet()

    assert sorted(house.parrot.texts()) == ["a", "c"]
