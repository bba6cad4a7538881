"""Messages are refused for what Telegram refuses them for, in its own words."""

from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.local_telegram import DEAN, OFFICE, SECRETARY, Process, Refused, Sandbox

UNCHANGED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)


def keys(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


REFUSALS = [
    ({"text": "题"}, "400 Bad Request: chat_id is empty"),
    ({"chat_id": 999, "text": "题"}, "400 Bad Request: chat not found"),
    ({"chat_id": "@nobody", "text": "题"}, "400 Bad Request: chat not found"),
    ({"chat_id": OFFICE, "text": "题"}, "403 Forbidden: bot can't initiate conversation with a user"),
    ({"chat_id": DEAN}, "400 Bad Request: message text is empty"),
    ({"chat_id": DEAN, "text": " \n "}, "400 Bad Request: message text is empty"),
    ({"chat_id": DEAN, "text": "题" * 4097}, "400 Bad Request: message is too long"),
    ({"chat_id": DEAN, "text": "😀" * 2049}, "400 Bad Request: message is too long"),
    ({"chat_id": DEAN, "text": "题", "parse_mode": "Latex"}, "400 Bad Request: unsupported parse_mode"),
    ({"chat_id": DEAN, "text": "题", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"chat_id": DEAN, "text": "题", "reply_markup": []}, "object expected as reply markup"),
    ({"chat_id": DEAN, "text": "题", "reply_to_message_id": 99}, "message to be replied not found"),
    (
        {"chat_id": DEAN, "text": "题", "reply_parameters": {"message_id": 99}},
        "message to be replied not found",
    ),
    (
        {"chat_id": DEAN, "text": "题", "reply_markup": keys({"text": "领题", "callback_data": "领" * 22})},
        "400 Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        {"chat_id": DEAN, "text": "题", "reply_markup": keys({"text": "领题", "callback_data": ""})},
        "400 Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        {"chat_id": DEAN, "text": "题", "reply_markup": keys({"text": "领题"})},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
]


@pytest.mark.parametrize(("params", "words"), REFUSALS)
async def test_a_message_is_refused(sandbox: Sandbox, params: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused) as refusal:
        await sandbox.call("sendMessage", **params)
    assert words in str(refusal.value)
    assert await sandbox.messages(DEAN) == []


@pytest.mark.parametrize("text", ["题" * 4096, "😀" * 2048, "<b>" + "题" * 4096 + "</b>"])
async def test_what_fits_after_its_tags_are_read_is_taken(sandbox: Sandbox, text: str) -> None:
    assert await sandbox.call("sendMessage", chat_id=DEAN, text=text, parse_mode="HTML")


async def test_sixty_four_bytes_of_data_are_taken(sandbox: Sandbox) -> None:
    button = {"text": "领题", "callback_data": "领" * 21 + "1"}
    sent = await sandbox.call("sendMessage", chat_id=DEAN, text="题", reply_markup=keys(button))
    assert sent["reply_markup"] == keys(button)


async def test_a_reply_carries_what_it_replies_to(sandbox: Sandbox) -> None:
    said = await sandbox.say(SECRETARY, "点题")
    reply = {"message_id": said["message_id"]}
    sent = await sandbox.call("sendMessage", chat_id=SECRETARY, text="收到", reply_parameters=reply)
    assert sent["reply_to_message"]["text"] == "点题"
    lost = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await sandbox.call("sendMessage", chat_id=SECRETARY, text="收到", reply_parameters=lost)
    assert "reply_to_message" not in sent


async def test_parameters_come_in_every_way_telegram_takes_them(sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/bot{sandbox.telegram.token}/SENDmessage"
    params = {"chat_id": str(DEAN), "text": "题"}
    ways: list[dict[str, Any]] = [{"params": params}, {"data": params}, {"json": params}]
    for way in ways:
        async with sandbox.http.post(url, **way) as response:
            assert (await response.json())["ok"]
    async with sandbox.http.get(url, params=params) as response:
        assert (await response.json())["result"]["message_id"] == 4


async def test_an_edit_that_changes_nothing_is_refused(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题")
    same = keys({"text": "领题", "callback_data": "领题"})
    with pytest.raises(Refused) as refusal:
        await sandbox.call("editMessageText", chat_id=DEAN, message_id=card, text="题", reply_markup=same)
    assert str(refusal.value) == UNCHANGED
    with pytest.raises(Refused, match="message is not modified"):
        await sandbox.call("editMessageReplyMarkup", chat_id=DEAN, message_id=card, reply_markup=same)


async def test_an_edit_without_buttons_takes_them_away(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题")
    edited = await sandbox.call("editMessageText", chat_id=DEAN, message_id=card, text="已领题")
    assert "reply_markup" not in edited
    [shown] = await sandbox.messages(DEAN)
    assert (shown["text"], shown["buttons"], shown["edited"]) == ("已领题", [], True)


EDITS = [
    ("editMessageText", {"message_id": 99, "text": "题"}, "message to edit not found"),
    ("editMessageText", {"text": "题"}, "message identifier is not specified"),
    ("editMessageText", {"message_id": 1, "text": "改"}, "message can't be edited"),
    ("editMessageCaption", {"message_id": 2, "caption": "改"}, "there is no caption in the message to edit"),
    ("deleteMessage", {"message_id": 99}, "message to delete not found"),
]


@pytest.mark.parametrize(("method", "params", "words"), EDITS)
async def test_a_change_is_refused(sandbox: Sandbox, method: str, params: dict[str, Any], words: str) -> None:
    await sandbox.say(DEAN, "我说的")
    await sandbox.card(DEAN, "领题")
    with pytest.raises(Refused, match=words):
        await sandbox.call(method, chat_id=DEAN, **params)


async def test_a_message_can_be_deleted_for_two_days(sandbox: Sandbox, process: Process) -> None:
    fresh, old = await sandbox.card(DEAN, "一"), await sandbox.card(DEAN, "二")
    assert await sandbox.call("deleteMessage", chat_id=DEAN, message_id=fresh) is True
    process.at += timedelta(hours=49)
    with pytest.raises(Refused, match="message can't be deleted"):
        await sandbox.call("deleteMessage", chat_id=DEAN, message_id=old)
    assert [each["message_id"] for each in await sandbox.messages(DEAN)] == [old]
    assert await sandbox.card(DEAN, "三") == old + 1


async def test_message_dates_follow_the_sandboxs_clock(sandbox: Sandbox, process: Process) -> None:
    process.at += timedelta(days=30)
    sent = await sandbox.call("sendMessage", chat_id=DEAN, text="题")
    assert sent["date"] == int(process.at.timestamp())


async def test_a_forwarded_message_loses_its_buttons(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题")
    there: dict[str, Any] = {"chat_id": SECRETARY, "from_chat_id": DEAN, "message_id": card}
    forwarded = await sandbox.call("forwardMessage", **there)
    assert forwarded["forward_origin"]["sender_user"]["id"] == sandbox.telegram.bot.id
    assert "reply_markup" not in forwarded
    assert await sandbox.call("copyMessage", **there) == {"message_id": 2}


async def test_strangers_are_told_apart(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="401 Unauthorized"):
        await sandbox.call("getMe", token="1000001:" + "A" * 35)
    with pytest.raises(Refused, match="404 Not Found"):
        await sandbox.call("getMe", token="nonsense")
    with pytest.raises(Refused, match="404 Not Found"):
        await sandbox.call("flyToTheMoon")
