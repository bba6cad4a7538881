"""A press is answered once, in time, and the one who pressed sees the toast."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.model import Telegram
from tests.sandbox.local_telegram import DEAN, Process, Refused, Sandbox, opened

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_the_presser_sees_the_toast(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题", "提请调整")
    pressing = sandbox.pressing(DEAN, card, "领题")
    query = (await sandbox.next_update())["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("领题", DEAN, card)
    await sandbox.call("answerCallbackQuery", callback_query_id=query["id"], text="已领题", show_alert=True)
    toast = await pressing
    assert (toast["toast"], toast["alert"], toast["answered"]) == ("已领题", True, True)


async def test_a_second_answer_is_refused(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题")
    pressing = sandbox.pressing(DEAN, card, "领题")
    query = (await sandbox.next_update())["callback_query"]
    await sandbox.call("answerCallbackQuery", callback_query_id=query["id"])
    assert (await pressing)["toast"] is None
    with pytest.raises(Refused) as refusal:
        await sandbox.call("answerCallbackQuery", callback_query_id=query["id"])
    assert str(refusal.value) == TOO_OLD


async def test_after_150_seconds_of_real_time_it_is_too_late(process: Process) -> None:
    real = [1_000.0]
    telegram = Telegram(process, real_time=lambda: real[0])
    telegram.add_person(DEAN, "外事副院长")
    async with opened(telegram, process) as sandbox:
        card = await sandbox.card(DEAN, "领题")
        await sandbox.post(f"/people/{DEAN}/presses?wait=0", {"message_id": card, "button": "领题"})
        process.at += timedelta(days=7)
        await sandbox.post(f"/people/{DEAN}/presses?wait=0", {"message_id": card, "button": "领题"})
        first, second = [update["callback_query"]["id"] for update in await sandbox.updates()]
        real[0] += 100
        await sandbox.call("answerCallbackQuery", callback_query_id=first)
        real[0] += 51
        with pytest.raises(Refused, match="query is too old"):
            await sandbox.call("answerCallbackQuery", callback_query_id=second)


async def test_an_unknown_label_answers_with_those_there_are(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题", "提请调整")
    body = {"message_id": card, "button": "领"}
    status, answer = await sandbox.ask("POST", f"/people/{DEAN}/presses", json=body)
    assert (status, answer["error"], answer["buttons"]) == (404, "unknown_button", ["领题", "提请调整"])


async def test_nobody_answering_is_said(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题")
    body = {"message_id": card, "button": "领题"}
    answer = await sandbox.post(f"/people/{DEAN}/presses?wait=0", body)
    assert answer == {"toast": None, "alert": False, "answered": False, "settled": False}


async def test_a_link_opens_and_tells_the_bot_nothing(sandbox: Sandbox) -> None:
    keyboard = {"inline_keyboard": [[{"text": "看", "url": "https://x.example/"}]]}
    sent = await sandbox.call("sendMessage", chat_id=DEAN, text="题", reply_markup=keyboard)
    pressed = {"message_id": sent["message_id"], "button": "看"}
    assert (await sandbox.post(f"/people/{DEAN}/presses", pressed))["url"] == "https://x.example/"
    assert await sandbox.updates() == []


async def test_two_presses_at_once_are_two_queries(sandbox: Sandbox) -> None:
    card = await sandbox.card(DEAN, "领题")
    both = [sandbox.pressing(DEAN, card, "领题"), sandbox.pressing(DEAN, card, "领题")]
    queries = [(await sandbox.next_update())["callback_query"]["id"] for _ in both]
    for words, query in zip(("已领题", "已领过"), queries, strict=True):
        await sandbox.call("answerCallbackQuery", callback_query_id=query, text=words)
    assert {each["toast"] for each in await asyncio.gather(*both)} == {"已领题", "已领过"}
