"""The Bot API's door: /bot<token>/<method> and /file/bot<token>/<path>, spelled as Telegram spells it."""

import asyncio
import re

from aiohttp import web

from bot.sandbox import methods, params
from bot.sandbox.errors import ApiError, refused
from bot.sandbox.faults import Fault
from bot.sandbox.methods import Call
from bot.sandbox.model import Telegram
from bot.sandbox.sent import disposition
from bot.sandbox.shapes import Bot

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
MAX_BODY = 60 * 1024 * 1024


class BotApi:
    """Serves every bot of one Telegram."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._closing = asyncio.Event()

    def add_to(self, app: web.Application) -> None:
        """Put the two routes into an application."""
        app.router.add_route("*", "/bot{token}/{method}", self.call)
        app.router.add_get("/file/bot{token}/{path:.+}", self.download)
        app.on_shutdown.append(self._shut)

    async def _shut(self, app: web.Application) -> None:
        self._closing.set()
        for bot in self._telegram.registry.bots:
            self._telegram.mail(bot).interrupt()

    def _bot(self, request: web.Request) -> Bot:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise refused(404)
        if bot := self._telegram.registry.bot_of(token):
            return bot
        raise refused(401)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method call."""
        try:
            bot = self._bot(request)
            name = request.match_info["method"]
            fault = self._telegram.faults.take(bot.id, name)
            if fault and fault.kind == "hang":
                return await self._hang(request)
            if fault and fault.kind.isdigit():
                raise fault.error()
            result = await methods.run(name, Call(self._telegram, bot, await params.read(request)))
            if fault:
                return await self._spoiled(request, fault)
            return web.json_response({"ok": True, "result": result})
        except ApiError as error:
            return _refusal(error)
        except web.HTTPRequestEntityTooLarge:
            return _refusal(refused(413))

    async def _spoiled(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """The call was accepted; its answer never arrives."""
        return _cut(request) if fault.kind == "drop" else await self._hang(request)

    async def _hang(self, request: web.Request) -> web.StreamResponse:
        await self._closing.wait()
        return _cut(request)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file's bytes, for the bot it was sent to."""
        try:
            file = self._telegram.depot.at(self._bot(request).id, request.match_info["path"])
        except ApiError as error:
            return _refusal(error)
        if file is None:
            return _refusal(refused(404))
        return web.Response(
            body=self._telegram.depot.content(file),
            content_type="application/octet-stream",
            headers=disposition(file.path.rsplit("/", 1)[-1]),
        )


def _cut(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


def _refusal(error: ApiError) -> web.Response:
    wait = error.parameters.get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else {}
    return web.json_response(error.body(), status=error.code, headers=headers)
