"""A menu is kept per scope and language, and a person sees the narrowest one that fits."""

from typing import Any

import pytest

from tests.sandbox.local_telegram import DEAN, SECRETARY, Refused, Sandbox


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name} for name in names]


async def seen(sandbox: Sandbox, person: int, chat: int | None = None) -> list[str]:
    where = f"&chat={chat}" if chat else ""
    return [each["command"] for each in await sandbox.get(f"/commands?person={person}{where}")]


async def test_the_narrowest_menu_wins(sandbox: Sandbox) -> None:
    assert await seen(sandbox, DEAN) == []
    await sandbox.call("setMyCommands", commands=commands("start"))
    assert await seen(sandbox, DEAN) == ["start"]
    await sandbox.call("setMyCommands", commands=commands("mine"), scope={"type": "all_private_chats"})
    await sandbox.call("setMyCommands", commands=commands("wode"), language_code="zh")
    assert await seen(sandbox, DEAN) == ["mine"]
    await sandbox.call("setMyCommands", commands=commands("claim"), scope={"type": "chat", "chat_id": DEAN})
    assert (await seen(sandbox, DEAN), await seen(sandbox, SECRETARY)) == (["claim"], ["mine"])
    await sandbox.call("deleteMyCommands", scope={"type": "chat", "chat_id": DEAN})
    await sandbox.call("deleteMyCommands", scope={"type": "all_private_chats"})
    assert await seen(sandbox, DEAN) == ["wode"]
    assert await sandbox.call("getMyCommands") == commands("start")


async def test_a_group_has_menus_of_its_own(sandbox: Sandbox) -> None:
    group = (await sandbox.post("/groups", {"title": "群", "members": [DEAN]}))["id"]
    await sandbox.call("setMyCommands", commands=commands("bind"), scope={"type": "all_group_chats"})
    one = {"type": "chat_member", "chat_id": group, "user_id": DEAN}
    assert await seen(sandbox, DEAN, group) == ["bind"]
    await sandbox.call("setMyCommands", commands=commands("unbind"), scope=one)
    assert (await seen(sandbox, DEAN, group), await seen(sandbox, SECRETARY, group)) == (["unbind"], ["bind"])


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": commands("点题")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("Start")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("a" * 33)}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "start", "description": ""}]}, "command description must be non-empty"),
        ({"commands": commands(*[f"c{n}" for n in range(101)])}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": commands("start"), "language_code": "zh-CN"}, "invalid language code specified"),
        ({"commands": commands("start"), "scope": {"type": "moon"}}, "unsupported type specified"),
        ({"commands": commands("start"), "scope": {"type": "chat", "chat_id": 999}}, "chat not found"),
    ],
)
async def test_a_menu_is_checked(sandbox: Sandbox, params: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        await sandbox.call("setMyCommands", **params)
