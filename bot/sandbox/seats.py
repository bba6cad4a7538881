"""The control surface at somebody's seat: read, say, send, edit, press, block. See `docs/sandbox.md`."""

from typing import Final

from aiohttp import web

from bot.sandbox import acts, asked, views
from bot.sandbox.control import Control, settled
from bot.sandbox.errors import ApiError, SandboxError
from bot.sandbox.model import Telegram
from bot.sandbox.shapes import BotId, ChatId, Json, Message, Room
from bot.sandbox.world import shared

ANSWER_WITHIN: Final = 5.0


class Seats:
    """Handlers under /sandbox/people/{id}."""

    def __init__(self, telegram: Telegram, control: Control) -> None:
        self._telegram = telegram
        self._control = control

    def add_to(self, app: web.Application) -> None:
        """Put the routes into an application."""
        seat = r"/sandbox/people/{id:-?\d+}"
        app.router.add_get(f"{seat}/messages", self.messages)
        app.router.add_post(f"{seat}/messages", self.say)
        app.router.add_post(f"{seat}/edits", self.edit)
        app.router.add_post(f"{seat}/presses", self.press)
        app.router.add_post(f"{seat}/read", self.read)
        app.router.add_post(f"{seat}/block", self.block)
        app.router.add_post(f"{seat}/unblock", self.unblock)

    async def messages(self, request: web.Request) -> web.Response:
        """What the chat shows, oldest first; a group's id shows the group."""
        room = self._group(request) or (await asked.seat(self._telegram, request)).room
        after = asked.whole("after", request.query.get("after")) or 0
        return web.json_response(
            [self._telegram.viewed(each) for each in self._telegram.rooms.since(room, after)]
        )

    def _group(self, request: web.Request) -> Room | None:
        group = self._telegram.registry.groups.get(ChatId(int(request.match_info["id"])))
        return shared(group) if group else None

    async def say(self, request: web.Request) -> web.Response:
        """A text, or files with a caption, several being an album; answers with the (first) message."""
        it = await asked.seat(self._telegram, request)
        try:
            said = self._uploaded(it) if it.files else [self._said(it)]
        except ApiError as error:
            raise _plain(error) from None
        rest = {"album": [self._telegram.viewed(each) for each in said]} if len(said) > 1 else {}
        return web.json_response(self._telegram.viewed(said[0]) | rest | await self._rest(request, it.bot.id))

    def _said(self, it: asked.Asked) -> Message:
        return acts.say(self._telegram, it.person, it.room, it.text("text"), it.number("reply_to"))

    def _uploaded(self, it: asked.Asked) -> list[Message]:
        kind = it.text("as") or "document"
        if kind not in {"photo", "document"}:
            raise SandboxError(400, "bad_value", "as must be photo or document.")
        caption = it.text("caption") or it.text("text")
        reply = it.number("reply_to")
        return acts.upload(self._telegram, it.person, it.room, it.files, caption, kind=kind, reply_to=reply)

    async def edit(self, request: web.Request) -> web.Response:
        """Correct one's own message."""
        it = await asked.seat(self._telegram, request)
        try:
            edited = acts.edit(
                self._telegram, it.person, it.room, it.number("message_id") or 0, it.text("text")
            )
        except ApiError as error:
            raise _plain(error) from None
        return web.json_response(self._telegram.viewed(edited) | await self._rest(request, it.bot.id))

    async def press(self, request: web.Request) -> web.Response:
        """Press a button by its label; answers with the toast once the bot has answered."""
        it = await asked.seat(self._telegram, request)
        message = acts.found(self._telegram, it.room, it.number("message_id") or 0)
        button = acts.labelled(message, it.text("button"))
        pressed = acts.press(self._telegram, it.person, message, button)
        if pressed is None:
            return web.json_response(
                {"toast": None, "alert": False, "answered": True, "url": button.get("url")}
            )
        patience = float(asked.whole("wait", request.query.get("wait", ANSWER_WITHIN)) or 0)
        answer = await self._telegram.presses.answered(pressed, patience)
        told: Json = {"toast": None, "alert": False, "answered": answer is not None}
        if answer:
            told |= {"toast": answer.text, "alert": answer.alert, "url": answer.url}
        return web.json_response(told | await self._rest(request, pressed.bot))

    async def read(self, request: web.Request) -> web.Response:
        """The person has seen it all, or (with `chat`) one chat."""
        it = await asked.seat(self._telegram, request)
        one = it.room if "chat" in request.query or "chat" in it.body else None
        return web.json_response({"unread": acts.read(self._telegram, it.person, it.bot, one)})

    async def block(self, request: web.Request) -> web.Response:
        """The person blocks the bot."""
        it = await asked.seat(self._telegram, request)
        acts.block(self._telegram, it.person, it.bot)
        return await self._person(request, it)

    async def unblock(self, request: web.Request) -> web.Response:
        """The person lets the bot write again."""
        it = await asked.seat(self._telegram, request)
        acts.unblock(self._telegram, it.person, it.bot)
        return await self._person(request, it)

    async def _person(self, request: web.Request, it: asked.Asked) -> web.Response:
        rest = await self._rest(request, it.bot.id)
        return web.json_response(views.person(self._telegram.world, it.person, it.bot.id) | rest)

    async def _rest(self, request: web.Request, bot: BotId) -> Json:
        """Unless `?settle=0`: wait until our bot has said what it will."""
        if not asked.truth(request, "settle", "1"):
            return {"settled": False}
        return {"settled": await settled(self._telegram, self._control, bot)}


def _plain(error: ApiError) -> SandboxError:
    return SandboxError(
        error.code, "refused", error.description.removeprefix("Bad Request: ").capitalize() + "."
    )
