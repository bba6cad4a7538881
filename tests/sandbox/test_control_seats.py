"""A script plays the seats: it reads, says, corrects, presses, and is told plainly what it got wrong."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.local_telegram import DEAN, OFFICE, SECRETARY, Process, Sandbox


async def test_the_state_shows_seats_with_what_they_have_not_read(sandbox: Sandbox) -> None:
    await sandbox.card(DEAN, "领题")
    state = await sandbox.get("/state")
    assert (state["sandbox"], state["now"], state["running"]) == (True, "2026-03-02T08:00:00+08:00", False)
    seats = {seat["id"]: seat for seat in state["people"]}
    assert (seats[DEAN]["title"], seats[DEAN]["roles"], seats[DEAN]["unread"]) == (
        "外事副院长",
        ["LEADER"],
        1,
    )
    assert (seats[SECRETARY]["unread"], seats[OFFICE]["started"]) == (0, False)
    assert await sandbox.post(f"/people/{DEAN}/read") == {"unread": 0}
    assert (await sandbox.get("/state"))["people"][1]["unread"] == 0


async def test_a_message_tells_all_about_itself(sandbox: Sandbox) -> None:
    said = await sandbox.say(DEAN, "点题")
    reply = {"message_id": said["message_id"]}
    row = [{"text": "领题", "callback_data": "1"}, {"text": "看", "url": "https://x.example/"}]
    params: dict[str, Any] = {"text": "<b>题</b>", "parse_mode": "HTML", "reply_parameters": reply}
    await sandbox.call(
        "sendMessage", chat_id=DEAN, **params, reply_markup={"inline_keyboard": [row, row[:1]]}
    )
    [shown] = await sandbox.messages(DEAN, "?after=1")
    assert shown == {
        "message_id": 2,
        "date": "2026-03-02T08:00:00+08:00",
        "from": sandbox.telegram.bot.id,
        "author": {"id": sandbox.telegram.bot.id, "title": "lingti_sandbox_bot", "is_bot": True},
        "chat": {"id": DEAN, "type": "private", "first_name": "外事副院长"},
        "bot": sandbox.telegram.bot.id,
        "text": "题",
        "html": "<b>题</b>",
        "entities": [{"offset": 0, "length": 1, "type": "bold"}],
        "buttons": [["领题", "看"], ["领题"]],
        "links": {"看": "https://x.example/"},
        "keyboard": [],
        "files": [],
        "edited": False,
        "reply_to": 1,
        "album": None,
        "service": None,
    }


async def test_a_body_is_json_whatever_curl_calls_it(sandbox: Sandbox) -> None:
    body = '{"text": "点题"}'
    curl = {"Content-Type": "application/x-www-form-urlencoded"}
    status, said = await sandbox.ask("POST", f"/people/{DEAN}/messages", data=body.encode(), headers=curl)
    assert (status, said["text"]) == (200, "点题")


async def test_writing_opens_the_chat_and_lets_a_blocked_bot_in_again(sandbox: Sandbox) -> None:
    await sandbox.say(OFFICE, "/start")
    assert await sandbox.card(OFFICE, "好")
    await sandbox.post(f"/people/{OFFICE}/block")
    await sandbox.say(OFFICE, "又来了")
    assert await sandbox.card(OFFICE, "好")


async def test_a_running_bot_is_waited_for(sandbox: Sandbox, process: Process) -> None:
    async def answer() -> None:
        await sandbox.call("sendMessage", chat_id=DEAN, text="收到")

    process.running, process.on_settle = True, answer
    listening = asyncio.create_task(sandbox.next_update())
    said = await sandbox.say(DEAN, "在吗")
    assert said["settled"] is True
    assert [each["text"] for each in await sandbox.messages(DEAN)] == ["在吗", "收到"]
    await listening
    said = await sandbox.post(f"/people/{DEAN}/messages?settle=0", {"text": "不等"})
    assert said["settled"] is False
    await sandbox.next_update()
    assert await sandbox.post("/settle") == {"settled": True, "now": "2026-03-02T08:00:00+08:00"}


MISTAKES = [
    ("POST", "/people/99/messages", {"text": "谁"}, 404, "unknown_person"),
    ("POST", f"/people/{DEAN}/messages", {"text": "  "}, 400, "empty_text"),
    ("POST", f"/people/{DEAN}/messages", {}, 400, "empty_text"),
    ("POST", f"/people/{DEAN}/messages", {"text": 7}, 400, "bad_value"),
    ("POST", f"/people/{DEAN}/messages", {"text": "题" * 4097}, 400, "refused"),
    ("POST", f"/people/{DEAN}/messages", {"text": "题", "reply_to": 9}, 404, "unknown_message"),
    ("POST", f"/people/{DEAN}/messages", {"text": "题", "reply_to": "九"}, 400, "bad_value"),
    ("POST", f"/people/{DEAN}/messages", [], 400, "bad_json"),
    ("POST", f"/people/{DEAN}/messages?chat=-1", {"text": "题"}, 404, "unknown_chat"),
    ("POST", f"/people/{DEAN}/messages?bot=99", {"text": "题"}, 404, "unknown_bot"),
    ("POST", f"/people/{DEAN}/presses", {"message_id": 9, "button": "领题"}, 404, "unknown_message"),
    ("POST", f"/people/{DEAN}/edits", {"message_id": 9, "text": "题"}, 404, "unknown_message"),
    ("GET", "/commands?person=99", None, 404, "unknown_person"),
    ("GET", "/files/none", None, 404, "unknown_file"),
    ("POST", "/bots", {"username": "nobody"}, 400, "bad_username"),
    ("POST", "/bots", {"username": "lingti_sandbox_bot"}, 409, "username_taken"),
    ("POST", "/groups", {"title": "空"}, 400, "bad_group"),
    ("POST", "/groups", {"title": "群", "members": [99]}, 404, "unknown_person"),
    ("POST", "/groups/-9/migrate", {}, 404, "unknown_chat"),
]


@pytest.mark.parametrize(("verb", "path", "body", "status", "code"), MISTAKES)
async def test_a_mistake_is_answered_plainly(
    sandbox: Sandbox, verb: str, path: str, body: Any, status: int, code: str
) -> None:
    got, answer = await sandbox.ask(verb, path, json=body)
    assert (got, answer["error"]) == (status, code)
    assert answer["message"].endswith(".")


async def test_only_ones_own_messages_can_be_edited(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题")
    body = {"message_id": card, "text": "改"}
    status, answer = await sandbox.ask("POST", f"/people/{DEAN}/edits", json=body)
    assert (status, answer["error"]) == (403, "not_yours")
