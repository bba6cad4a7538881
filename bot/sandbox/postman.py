"""The postman: brings a bot's updates to its webhook one by one, and tries again until each is taken.

Source: https://core.telegram.org/bots/api#setwebhook. Waiting between tries is real time.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
from aiohttp import web

from bot.sandbox import methods
from bot.sandbox.errors import ApiError
from bot.sandbox.methods import Call
from bot.sandbox.model import Telegram
from bot.sandbox.params import Params, from_json
from bot.sandbox.shapes import BotId, Json
from bot.sandbox.webhooks import Webhook

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Postman:
    """One round per bot that has a webhook."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._rounds: dict[BotId, asyncio.Task[None]] = {}

    async def at_work(self, app: web.Application) -> AsyncIterator[None]:
        """Work for as long as the application runs."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            watching = asyncio.create_task(self._watch(session))
            yield
            for task in [watching, *self._rounds.values()]:
                task.cancel()
            await asyncio.gather(watching, *self._rounds.values(), return_exceptions=True)

    async def _watch(self, session: aiohttp.ClientSession) -> None:
        with self._telegram.bell.listening() as heard:
            for webhook in self._telegram.webhooks.all():
                self._start(webhook.bot, session)
            while True:
                event, data = await heard.get()
                if event == "webhook":
                    self._start(data["bot"], session)

    def _start(self, bot: BotId, session: aiohttp.ClientSession) -> None:
        if old := self._rounds.pop(bot, None):
            old.cancel()
        webhook = self._telegram.webhooks.of(bot)
        if webhook.url:
            self._rounds[bot] = asyncio.create_task(self._round(webhook, session))

    async def _round(self, webhook: Webhook, session: aiohttp.ClientSession) -> None:
        mail = self._telegram.mail(webhook.bot)
        pause = FIRST_PAUSE
        while True:
            await mail.until(empty=False)
            [update] = mail.first(1)
            try:
                reply = await _post(session, webhook, update)
            except (TimeoutError, aiohttp.ClientError) as error:
                self._telegram.webhooks.failed(webhook.bot, int(time.time()), _trouble(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            mail.confirm(update["update_id"] + 1)
            pause = FIRST_PAUSE
            await self._do(webhook.bot, reply)

    async def _do(self, bot: BotId, reply: bytes) -> None:
        """A webhook may answer with a method to run; how that ends, nobody is told."""
        with suppress(ApiError):
            values = from_json(reply)
            if name := values.pop("method", ""):
                call = Call(self._telegram, self._telegram.registry.bots[bot], Params(values))
                await methods.run(name, call)


async def _post(session: aiohttp.ClientSession, webhook: Webhook, update: Json) -> bytes:
    """Post one update; the answer's body."""
    headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
    async with session.post(webhook.url, json=update, headers=headers, allow_redirects=False) as response:
        if not 200 <= response.status < 300:
            raise aiohttp.ClientResponseError(
                response.request_info, (), status=response.status, message=response.reason or ""
            )
        return await response.read()


def _trouble(error: Exception) -> str:
    """What getWebhookInfo says of a failed post."""
    if isinstance(error, aiohttp.ClientResponseError):
        return f"Wrong response from the webhook: {error.status} {error.message}"
    return "Read timeout expired" if isinstance(error, TimeoutError) else "Connection refused"
