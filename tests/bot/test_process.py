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


async def test_stopping_in_mid_delivery_sends_nothing_twice(house: House) -> None:
    """A graceful stop leaves nothing in doubt: what was claimed is sent and marked before the end."""
    for number in range(40):
        house.owe(body=f'{{"lines":["{number}"]}}', chat=(DEAN, CLERK)[number % 2])

    for seen in (5, 15, 25, 40):
        async with house.running():
            await until(lambda seen=seen: len(house.seen_by(DEAN) + house.seen_by(CLERK)) >= seen)

    assert house.seen_by(DEAN) == [str(number) for number in range(0, 40, 2)]
    assert house.seen_by(CLERK) == [str(number) for number in range(1, 40, 2)]


async def test_a_loop_that_breaks_ends_the_process(house: House) -> None:
    app = house.app()

    async def broken() -> None:
        raise RuntimeError("broken")

    app.intake.run = broken  # type: ignore[method-assign]
    async with house.running(app):
        await app.broken()
