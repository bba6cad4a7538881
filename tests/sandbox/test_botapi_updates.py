"""Updates reach a bot once, in order, and none is forgotten before its offset says so."""

import asyncio

import pytest

from tests.sandbox.local_telegram import DEAN, SECRETARY, Refused, Sandbox


async def test_an_update_stays_until_a_higher_offset_confirms_it(sandbox: Sandbox) -> None:
    await sandbox.say(SECRETARY, "一")
    await sandbox.say(SECRETARY, "二")
    first, second = await sandbox.updates()
    assert first["update_id"] + 1 == second["update_id"]
    assert await sandbox.updates() == [first, second]
    assert await sandbox.updates(offset=second["update_id"]) == [second]
    assert await sandbox.updates() == [second]
    assert await sandbox.updates(offset=second["update_id"] + 1) == []


async def test_a_negative_offset_forgets_all_but_the_last(sandbox: Sandbox) -> None:
    for text in ("一", "二", "三"):
        await sandbox.say(SECRETARY, text)
    assert [each["message"]["text"] for each in await sandbox.updates(offset=-2)] == ["二", "三"]
    assert [each["message"]["text"] for each in await sandbox.updates()] == ["二", "三"]


async def test_a_limit_hands_over_the_oldest_first(sandbox: Sandbox) -> None:
    for text in ("一", "二", "三"):
        await sandbox.say(SECRETARY, text)
    assert [each["message"]["text"] for each in await sandbox.updates(limit=2)] == ["一", "二"]


async def test_a_long_poll_ends_when_somebody_speaks(sandbox: Sandbox) -> None:
    poll = asyncio.create_task(sandbox.updates(timeout=50))
    await sandbox.say(SECRETARY, "在吗")
    [update] = await poll
    assert update["message"]["text"] == "在吗"
    assert update["message"]["from"] == {
        "id": SECRETARY,
        "is_bot": False,
        "first_name": "党委书记",
        "language_code": "zh-hans",
    }


async def test_a_second_poller_ends_the_first_with_409(sandbox: Sandbox) -> None:
    first = asyncio.create_task(sandbox.updates(timeout=50))
    await waiting(sandbox)
    second = asyncio.create_task(sandbox.updates(timeout=50))
    with pytest.raises(Refused, match="409 Conflict: terminated by other getUpdates request; make sure"):
        await first
    await sandbox.say(SECRETARY, "还在")
    assert len(await second) == 1


async def test_allowed_updates_are_remembered(sandbox: Sandbox) -> None:
    await sandbox.updates(allowed_updates=["callback_query"])
    await sandbox.say(SECRETARY, "听不见")
    assert await sandbox.updates() == []
    await sandbox.updates(allowed_updates=[])
    await sandbox.say(SECRETARY, "听得见")
    assert len(await sandbox.updates()) == 1


async def test_a_correction_is_an_edited_message(sandbox: Sandbox) -> None:
    said = await sandbox.say(SECRETARY, "点提")
    await sandbox.next_update()
    await sandbox.post(f"/people/{SECRETARY}/edits", {"message_id": said["message_id"], "text": "点题"})
    update = await sandbox.next_update()
    assert update["edited_message"]["text"] == "点题"
    assert update["edited_message"]["edit_date"]


async def test_a_command_carries_its_entity_in_utf16_units(sandbox: Sandbox) -> None:
    await sandbox.say(SECRETARY, "😀 /start@lingti_sandbox_bot abc")
    update = await sandbox.next_update()
    assert update["message"]["entities"] == [{"offset": 3, "length": 25, "type": "bot_command"}]


async def test_blocking_and_unblocking_are_told(sandbox: Sandbox) -> None:
    await sandbox.post(f"/people/{DEAN}/block")
    update = (await sandbox.next_update())["my_chat_member"]
    assert (update["old_chat_member"]["status"], update["new_chat_member"]["status"]) == ("member", "kicked")
    with pytest.raises(Refused, match="403 Forbidden: bot was blocked by the user"):
        await sandbox.call("sendMessage", chat_id=DEAN, text="在吗")
    await sandbox.post(f"/people/{DEAN}/unblock")
    assert (await sandbox.next_update())["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert await sandbox.call("sendMessage", chat_id=DEAN, text="在吗")


async def waiting(sandbox: Sandbox) -> None:
    """Until a poll has arrived at the server."""
    while not sandbox.telegram.mail(sandbox.telegram.bot.id).polled:
        await asyncio.sleep(0)
