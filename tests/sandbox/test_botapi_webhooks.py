"""A webhook gets each update by post, in order, again and again until it takes it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.sandbox.local_telegram import DEAN, SECRETARY, Refused, Sandbox


@asynccontextmanager
async def listener(*answers: Any) -> AsyncIterator[tuple[str, asyncio.Queue[Any]]]:
    """A bot that waits at a url and gives these answers in turn: a status, or JSON."""
    got: asyncio.Queue[Any] = asyncio.Queue()
    left = list(answers)

    async def take(request: web.Request) -> web.Response:
        await got.put((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        answer = left.pop(0) if left else 200
        return web.Response(status=answer) if isinstance(answer, int) else web.json_response(answer)

    app = web.Application()
    app.router.add_post("/hook", take)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/hook")), got


async def test_updates_are_posted_with_the_secret(sandbox: Sandbox) -> None:
    await sandbox.say(SECRETARY, "早到的")
    async with listener() as (url, got):
        assert await sandbox.call("setWebhook", url=url, secret_token="s3cret")
        await sandbox.say(SECRETARY, "后到的")
        posted = [await got.get(), await got.get()]
        await sandbox.telegram.mail(sandbox.telegram.bot.id).until(empty=True)
        await sandbox.call("deleteWebhook")
    assert [secret for secret, _ in posted] == ["s3cret", "s3cret"]
    assert [update["message"]["text"] for _, update in posted] == ["早到的", "后到的"]


async def test_a_refused_post_is_tried_again(sandbox: Sandbox) -> None:
    async with listener(500) as (url, got):
        await sandbox.call("setWebhook", url=url)
        await sandbox.say(SECRETARY, "在吗")
        first, second = await got.get(), await got.get()
        assert first == second
        info = await sandbox.call("getWebhookInfo")
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
        await sandbox.call("deleteWebhook")
    assert (await sandbox.call("getWebhookInfo"))["url"] == ""


async def test_an_answer_may_be_a_method(sandbox: Sandbox) -> None:
    async with listener({"method": "sendMessage", "chat_id": DEAN, "text": "收到"}) as (url, got):
        await sandbox.call("setWebhook", url=url)
        with sandbox.telegram.bell.listening() as heard:
            await sandbox.say(DEAN, "在吗")
            await got.get()
            while (await heard.get())[1].get("message", {}).get("text") != "收到":
                pass
        await sandbox.call("deleteWebhook")


async def test_polling_and_a_webhook_exclude_each_other(sandbox: Sandbox) -> None:
    poll = asyncio.create_task(sandbox.updates(timeout=50))
    while not sandbox.telegram.mail(sandbox.telegram.bot.id).polled:
        await asyncio.sleep(0)
    async with listener() as (url, _):
        await sandbox.call("setWebhook", url=url)
        with pytest.raises(Refused, match="409 Conflict: terminated by setWebhook request"):
            await poll
        with pytest.raises(
            Refused, match="409 Conflict: can't use getUpdates method while webhook is active"
        ):
            await sandbox.updates()
        await sandbox.call("setWebhook", url="")
    assert await sandbox.updates() == []


async def test_pending_updates_can_be_dropped(sandbox: Sandbox) -> None:
    await sandbox.say(SECRETARY, "忘掉")
    assert (await sandbox.call("getWebhookInfo"))["pending_update_count"] == 1
    await sandbox.call("deleteWebhook", drop_pending_updates=True)
    assert await sandbox.updates() == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "ftp://127.0.0.1/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://bot.example/hook"}, "bad webhook: the sandbox posts to this machine only"),
        ({"url": "http://127.0.0.1/", "secret_token": "密"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_is_checked(sandbox: Sandbox, params: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        await sandbox.call("setWebhook", **params)
