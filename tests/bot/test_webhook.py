"""Posted to instead of polling: the same story, 200 only for what is kept, and a way back to polling."""

import asyncio
import json
import threading
from dataclasses import replace

import pytest

from bot.listening import Busy
from bot.messengers.base import Refused
from storage import inbox
from storage.store import Tx
from tests.faults.killing import killed_at
from tests.faults.scripted import message
from tests.faults.test_f24_disk_full import NOT_SAVED, fill, free
from tests.house import DEAN, House, until
from tests.posted import HEADER, PATH, SECRET, posted, refused

POST = json.dumps(message(1, "hello")).encode()


@pytest.mark.parametrize("way", ["polled", "posted"])
async def test_the_story_is_the_same_whichever_way_updates_come(house: House, way: str) -> None:
    async with house.running(posted(house).app() if way == "posted" else house.app()) as app:
        for word in ("one", "two", "three"):
            await house.say(word)
        await until(lambda: len(house.parrot.heard) == 3 and not house.telegram.pending())
        await app.quiet()

    assert house.parrot.texts() == ["one", "two", "three"]
    assert house.seen_by(DEAN) == ["heard one", "heard two", "heard three"]


async def test_the_messenger_is_told_where_to_post_and_what(house: House) -> None:
    hook = posted(house)
    async with house.running(hook.app()):
        told = await hook.info()

    assert told["url"] == hook.url
    assert told["max_connections"] == hook.settings.telegram.webhook.connections
    assert told["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_back_to_polling_nothing_that_waits_is_dropped(house: House) -> None:
    hook = posted(house)
    async with house.running(hook.app()):
        pass
    assert await refused(house, hook.url)
    await house.say("meanwhile")

    async with house.running() as app:
        await until(lambda: house.parrot.heard)
        await app.quiet()
        assert (await hook.info())["url"] == ""

    assert house.parrot.texts() == ["meanwhile"]


async def test_200_is_said_after_the_commit_and_not_before(house: House) -> None:
    hook, begun, go_on = posted(house), threading.Event(), threading.Event()

    def slow(_tx: Tx) -> None:
        begun.set()
        go_on.wait()

    async with house.running(hook.app()) as app:
        holding = asyncio.create_task(house.store.run(slow))
        await until(begun.is_set)
        knocking = asyncio.create_task(hook.knock(POST))
        await asyncio.wait({knocking}, timeout=0.2)
        assert not knocking.done()
        assert house.store.read_now(inbox.backlog).new == 0

        go_on.set()
        await holding
        assert await knocking == (200, b"")
        await app.quiet()

    assert house.parrot.texts() == ["hello"]


@pytest.mark.parametrize("step", ["intake.received", "intake.kept"])
async def test_killed_before_its_200_the_update_comes_again_and_is_served_once(
    house: House, step: str
) -> None:
    hook = posted(house)
    await house.say("hello")
    await killed_at(house, step, hook.port)
    assert house.telegram.pending()

    async with house.running(hook.app()) as app:
        await until(lambda: not house.telegram.pending() and house.seen_by(DEAN))
        await app.quiet()

    assert house.seen_by(DEAN) == ["heard hello"]


@pytest.mark.sqlite("the disk is filled by means of its own")
async def test_what_cannot_be_kept_is_refused_and_its_sender_told_once(house: House) -> None:
    hook, long = posted(house), "x" * 4000
    async with house.running(hook.app()) as app:
        house.store.run_now(fill)
        for _ in range(8):
            await house.say(long)
        await until(lambda: app.door.answers[503] >= 2)
        assert house.telegram.pending()
        assert "503" in (await hook.info())["last_error_message"]

        house.store.run_now(free)
        await until(lambda: len(house.parrot.heard) == 8 and not house.telegram.pending())
        await app.quiet()

    assert [NOT_SAVED in text for text in house.seen_by(DEAN)].count(True) == 1


async def test_what_comes_again_is_known(house: House) -> None:
    hook = posted(house)
    async with house.running(hook.app()) as app:
        answers = await asyncio.gather(*(hook.knock(POST) for _ in range(5)))
        await app.quiet()

    assert answers == [(200, b"")] * 5
    assert house.parrot.texts() == ["hello"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"hello", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b'"' + b"x" * 2**20 + b'"', 413),
    ],
    ids=["empty", "words", "bytes", "list", "deep", "large"],
)
async def test_what_is_no_update_is_refused_even_with_the_secret(
    house: House, body: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    hook = posted(house)
    async with house.running(hook.app()) as app:
        found, _ = await hook.knock(body)
        assert app.door.answers == {status: 1}

    assert found == status
    assert "a post is" in caplog.text
    assert SECRET not in caplog.text


async def test_an_update_nobody_understands_is_kept_and_holds_up_no_other(house: House) -> None:
    hook = posted(house)
    async with house.running(hook.app()) as app:
        assert await hook.knock(b'{"update_id": 7, "message": {"message_id": "odd"}}') == (200, b"")
        assert await hook.knock(POST) == (200, b"")
        await app.quiet()

    assert house.parrot.texts() == ["hello"]
    assert house.store.read_now(inbox.backlog).quarantined == 1


async def test_whoever_does_not_post_finds_nothing(house: House) -> None:
    hook = posted(house)
    async with house.running(hook.app()):
        assert (await hook.knock(b"", method="GET"))[0] == 405
        async with house.http.post(f"{hook.url}/elsewhere", data=POST) as answer:
            assert answer.status == 404


async def test_a_post_broken_off_is_nobodys_error(house: House, caplog: pytest.LogCaptureFixture) -> None:
    hook = posted(house)
    async with house.running(hook.app()) as app:
        _, out = await asyncio.open_connection("127.0.0.1", hook.port)
        out.write(
            f"POST {PATH} HTTP/1.1\r\nHost: us\r\n{HEADER}: {SECRET}\r\nContent-Length: 9\r\n\r\n{{".encode()
        )
        await out.drain()
        out.close()
        await until(lambda: app.door.answers[400])

    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_an_address_telegram_will_not_post_to_ends_the_start(house: House) -> None:
    hook = posted(house)
    elsewhere = hook.settings.telegram.webhook.model_copy(update={"url": "https://bot.example.edu/telegram"})
    telegram = hook.settings.telegram.model_copy(update={"webhook": elsewhere})
    abroad = replace(hook, settings=hook.settings.model_copy(update={"telegram": telegram}))
    with pytest.raises(Refused, match="Bad webhook"):
        async with house.running(abroad.app()):
            pytest.fail("it has started")


async def test_two_on_one_port_are_one_too_many(house: House, busy_port: int) -> None:
    with pytest.raises(Busy, match=str(busy_port)):
        async with house.running(posted(house, busy_port).app()):
            pytest.fail("it has started")
