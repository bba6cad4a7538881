"""In a group a bot hears what is meant for it, comes and goes aloud, and follows when the group moves."""

import pytest

from tests.sandbox.local_telegram import DEAN, OFFICE, SECRETARY, Refused, Sandbox


@pytest.fixture
async def group(sandbox: Sandbox) -> int:
    made = await sandbox.post("/groups", {"title": "整改工作群", "members": [SECRETARY, DEAN]})
    return int(made["id"])


async def test_a_bot_hears_commands_replies_and_mentions_only(sandbox: Sandbox, group: int) -> None:
    sent = await sandbox.call("sendMessage", chat_id=group, text="通知")
    for text in ("大家早", "/bind", "/bind@other_bot", "@lingti_sandbox_bot 在吗", "/点题"):
        await sandbox.say(DEAN, text, chat=group)
    await sandbox.say(DEAN, "收到", chat=group, reply_to=sent["message_id"])
    heard = [update["message"] for update in await sandbox.updates()]
    assert [each["text"] for each in heard] == ["/bind", "@lingti_sandbox_bot 在吗", "收到"]
    assert heard[0]["chat"] == {"id": group, "type": "group", "title": "整改工作群"}


async def test_everybody_in_it_sees_the_same_messages(sandbox: Sandbox, group: int) -> None:
    await sandbox.call("sendMessage", chat_id=group, text="通知")
    seen = [await sandbox.messages(person, f"?chat={group}") for person in (SECRETARY, DEAN)]
    assert seen[0] == seen[1] == await sandbox.messages(group)
    status, answer = await sandbox.ask("GET", f"/people/{OFFICE}/messages?chat={group}")
    assert (status, answer["error"]) == (404, "unknown_chat")
    assert await sandbox.messages(SECRETARY) == []


async def test_a_removed_bot_is_told_and_may_not_write(sandbox: Sandbox, group: int) -> None:
    changed = await sandbox.post(f"/groups/{group}/bot", {"in": False, "by": SECRETARY})
    assert changed["bot_in"] is False
    farewell, moved = await sandbox.updates()
    assert farewell["message"]["left_chat_member"]["username"] == "lingti_sandbox_bot"
    assert moved["my_chat_member"]["new_chat_member"] == {
        "status": "kicked",
        "user": farewell["message"]["left_chat_member"],
        "until_date": 0,
    }
    with pytest.raises(Refused, match="403 Forbidden: bot was kicked from the group chat"):
        await sandbox.call("sendMessage", chat_id=group, text="在吗")
    await sandbox.post(f"/groups/{group}/bot", {"in": True})
    assert await sandbox.call("sendMessage", chat_id=group, text="在吗")


async def test_a_group_that_becomes_a_supergroup_says_where_it_went(sandbox: Sandbox, group: int) -> None:
    new = (await sandbox.post(f"/groups/{group}/migrate"))["id"]
    there, back = [update["message"] for update in await sandbox.updates()]
    assert (there["chat"]["id"], there["migrate_to_chat_id"]) == (group, new)
    assert (back["chat"]["id"], back["chat"]["type"]) == (new, "supergroup")
    assert back["migrate_from_chat_id"] == group
    with pytest.raises(Refused, match="group chat was upgraded to a supergroup chat") as refusal:
        await sandbox.call("sendMessage", chat_id=group, text="在吗")
    assert refusal.value.parameters == {"migrate_to_chat_id": new}
    assert await sandbox.call("sendMessage", chat_id=new, text="在吗")
    assert [each["id"] for each in (await sandbox.get("/state"))["groups"]] == [new]


async def test_members_are_known(sandbox: Sandbox, group: int) -> None:
    await sandbox.post(f"/groups/{group}/members", {"person": OFFICE})
    assert await sandbox.call("getChatMemberCount", chat_id=group) == 4
    standing = await sandbox.call("getChatMember", chat_id=group, user_id=OFFICE)
    assert standing["status"] == "member"
    with pytest.raises(Refused, match="PARTICIPANT_ID_INVALID"):
        await sandbox.call("getChatMember", chat_id=group, user_id=999)
    assert (await sandbox.call("getChatAdministrators", chat_id=group))[0]["user"]["id"] == SECRETARY
    assert (await sandbox.call("getChat", chat_id=group))["title"] == "整改工作群"
    assert (await sandbox.call("getChat", chat_id=DEAN))["first_name"] == "外事副院长"
    with pytest.raises(Refused, match="chat not found"):
        await sandbox.call("getChat", chat_id=OFFICE)


async def test_a_bot_that_leaves_is_no_longer_a_member(sandbox: Sandbox, group: int) -> None:
    assert await sandbox.call("leaveChat", chat_id=group) is True
    with pytest.raises(Refused, match="403 Forbidden: bot is not a member of the group chat"):
        await sandbox.call("sendMessage", chat_id=group, text="在吗")
