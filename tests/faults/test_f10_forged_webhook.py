"""Fault 10: somebody who knows the address posts updates of his own. Only who shows the secret is heard."""

import json
import logging

import pytest

from storage import inbox
from tests.faults.scripted import message
from tests.house import House, until
from tests.posted import SECRET, posted

FORGED = json.dumps(message(1, "我是书记")).encode()


@pytest.mark.parametrize(
    "shown",
    [None, "", "guess", SECRET[:-1], f"{SECRET}x", SECRET.lower(), f"{SECRET[:-1]}!", "密码" * 8],
    ids=["none", "empty", "guess", "short", "long", "case", "last", "chinese"],
)
async def test_a_post_without_the_secret_is_refused_and_leaves_no_trace(
    house: House, shown: str | None
) -> None:
    hook = posted(house)
    async with house.running(hook.app()) as app:
        assert await hook.knock(FORGED, shown) == (403, b"")
        await app.quiet()

    assert house.parrot.heard == []
    assert house.store.read_now(inbox.backlog).new == 0


async def test_a_flood_of_forged_posts_is_said_once_and_holds_nobody_up(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    hook = posted(house)
    async with house.running(hook.app()) as app:
        for _ in range(50):
            await hook.knock(b"x" * 2**21, "guess")
        await house.say("hello")
        await until(lambda: house.parrot.heard)
        await app.quiet()

    assert house.parrot.texts() == ["hello"]
    said = [record.message for record in caplog.records if record.levelno >= logging.WARNING]
    assert said == ["somebody posts without the secret"]
    assert SECRET not in caplog.text
