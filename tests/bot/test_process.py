"""The process as a whole: what is said reaches its turn, what is owed its reader, and it stops in order."""

from tests.house import CLERK, DEAN, House, until


async def test_what_is_said_is_answered(house: House) -> None:
    async with house.running() as app:
        await house.say("hello")
        await until(lambda: house.seen_by(DEAN))
        await app.quiet()

    assert house.seen_by(DEAN) == ["heard hello"]
    assert house.parrot.texts() == ["hello"]


async def test_a_chat_is_answered_in_the_order_it_spoke(house: House) -> None:
    words = [str(number) for number in range(20)]
    for word in words:
        await house.say(word)
        await house.say(word, CLERK)

    async with house.running():
        await until(lambda: len(house.seen_by(DEAN)) == len(house.seen_by(CLERK)) == len(words))

    assert house.seen_by(DEAN) == house.seen_by(CLERK) == [f"heard {word}" for word in words]


async def test_a_stopped_process_leaves_nothing_half_done(house: House) -> None:
    async with house.running():
        for number in range(10):
            await house.say(str(number))
        await until(lambda: house.parrot.heard)

    async with house.running():
        await until(lambda: len(house.seen_by(DEAN)) == 10)

    assert len(house.parrot.heard) == 10
