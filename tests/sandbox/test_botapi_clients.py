"""Foreign clients run unchanged: they are only told another address."""

import asyncio
import io
from collections.abc import Iterator
from typing import Any, cast

import pytest
import telebot
from telebot import apihelper, types
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter

from tests.sandbox.local_telegram import DEAN, OFFICE, SECRETARY, Sandbox


@pytest.fixture
async def ptb(sandbox: Sandbox) -> Bot:
    return Bot(sandbox.telegram.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot")


async def test_python_telegram_bot_chats_edits_and_moves_files(sandbox: Sandbox, ptb: Bot) -> None:
    async with ptb as bot:
        assert bot.username == "lingti_sandbox_bot"
        await sandbox.say(DEAN, "/start")
        [update] = await bot.get_updates(timeout=5)
        assert update.effective_user is not None
        assert update.effective_user.id == DEAN
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("领题", callback_data="claim")]])
        card = await bot.send_message(DEAN, "<b>题</b>", parse_mode="HTML", reply_markup=keyboard)
        pressing = sandbox.pressing(DEAN, card.message_id, "领题")
        [press] = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert press.callback_query is not None
        assert press.callback_query.data == "claim"
        await press.callback_query.answer("已领题")
        await press.callback_query.edit_message_text("已领题")
        assert (await pressing)["toast"] == "已领题"
        paper = await bot.send_document(DEAN, b"%PDF-1.4", filename="台账.pdf")
        assert paper.document is not None
        file = await paper.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"%PDF-1.4"
        await bot.set_my_commands([("start", "开始")])


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_python_telegram_bot_meets_its_own_errors(sandbox: Sandbox, ptb: Bot) -> None:
    async with ptb as bot:
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bot.send_message(OFFICE, "题")
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(DEAN, " ")
        await sandbox.post("/faults", {"method": "sendMessage", "kind": "429", "retry_after": 7})
        with pytest.raises(RetryAfter):
            await bot.send_message(DEAN, "题")
        await sandbox.post("/faults", {"method": "getUpdates", "kind": "409"})
        with pytest.raises(Conflict):
            await bot.get_updates()


@pytest.fixture
def telebot_here(sandbox: Sandbox) -> Iterator[None]:
    helper: Any = apihelper
    urls = helper.API_URL, helper.FILE_URL
    helper.API_URL, helper.FILE_URL = sandbox.url + "/bot{0}/{1}", sandbox.url + "/file/bot{0}/{1}"
    yield
    helper.API_URL, helper.FILE_URL = urls


@pytest.mark.usefixtures("telebot_here")
async def test_pytelegrambotapi_echoes_on_a_bot_of_its_own(sandbox: Sandbox) -> None:
    made = await sandbox.post("/bots", {"username": "echo_bot"})
    client = cast(Any, telebot.TeleBot(made["token"], threaded=False))

    def start(message: Any) -> None:
        keyboard = types.InlineKeyboardMarkup()
        keyboard.add(types.InlineKeyboardButton("好", callback_data="good"))
        client.reply_to(message, "<b>在</b>", parse_mode="HTML", reply_markup=keyboard)

    def paper(message: Any) -> None:
        content = client.download_file(client.get_file(message.document.file_id).file_path)
        client.send_document(message.chat.id, content, visible_file_name=message.document.file_name)

    def good(query: Any) -> None:
        client.answer_callback_query(query.id, "很好")
        client.edit_message_text("完", query.message.chat.id, query.message.message_id)

    client.register_message_handler(start, commands=["start"])
    client.register_message_handler(paper, content_types=["document"])
    client.register_callback_query_handler(good, func=lambda query: True)

    async def serve() -> None:
        updates = await asyncio.to_thread(client.get_updates, client.last_update_id + 1, timeout=5)
        await asyncio.to_thread(client.process_new_updates, updates)

    mine = f"bot={made['id']}"
    await sandbox.post(f"/people/{SECRETARY}/messages?{mine}", {"text": "/start"})
    await serve()
    _, answer = await sandbox.messages(SECRETARY, f"?{mine}")
    assert (answer["text"], answer["buttons"], answer["reply_to"]) == ("在", [["好"]], 1)
    pressing = sandbox.pressing(SECRETARY, answer["message_id"], "好", bot=made["id"])
    await serve()
    assert (await pressing)["toast"] == "很好"
    assert (await sandbox.messages(SECRETARY, f"?{mine}"))[-1]["text"] == "完"
    form = {"file": io.BytesIO(b"%PDF-1.4")}
    await sandbox.ask("POST", f"/people/{SECRETARY}/messages?{mine}", data=form)
    await serve()
    assert (await sandbox.messages(SECRETARY, f"?{mine}"))[-1]["files"][0]["size"] == 8
    assert await sandbox.messages(SECRETARY) == []
