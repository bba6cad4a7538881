"""How the control surface reads a request: whose seat, which bot, which chat, and a sound body."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox import acts
from bot.sandbox.errors import SandboxError
from bot.sandbox.model import Telegram
from bot.sandbox.params import Upload
from bot.sandbox.shapes import Bot, Json, Person, Room


@dataclass(frozen=True, slots=True)
class Asked:
    """One request at somebody's seat."""

    person: Person
    bot: Bot
    room: Room
    body: Json
    files: tuple[Upload, ...] = ()

    def text(self, name: str) -> str:
        """A text of the body, empty if absent."""
        value = self.body.get(name, "")
        if isinstance(value, str):
            return value
        raise SandboxError(400, "bad_value", f"{name} must be a text.")

    def number(self, name: str) -> int | None:
        """A whole number of the body, None if absent."""
        return whole(name, self.body.get(name))


def whole(name: str, value: Any) -> int | None:
    """`value` as a whole number, None for nothing; raises a plain 400 for anything else."""
    if value is None or value == "":
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise SandboxError(400, "bad_value", f"{name} must be a whole number.") from None


def truth(request: web.Request, name: str, default: str) -> bool:
    """A query parameter that is 0 or 1."""
    return request.query.get(name, default) not in {"0", "false", "no"}


async def body_of(request: web.Request) -> Json:
    """The JSON object in a request's body; an empty body is an empty object."""
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise SandboxError(400, "bad_json", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise SandboxError(400, "bad_json", "The body must be a JSON object.")
    return body


async def seat(telegram: Telegram, request: web.Request) -> Asked:
    """Everything a request at a seat says; `bot` and `chat` come by query or body."""
    body, files = await _content(request)
    person = telegram.registry.person(int(request.match_info["id"]))
    bot = bot_of(telegram, request.query.get("bot", body.get("bot")))
    chat = whole("chat", request.query.get("chat", body.get("chat")))
    return Asked(person, bot, acts.room_of(telegram, person, bot, chat), body, files)


async def _content(request: web.Request) -> tuple[Json, tuple[Upload, ...]]:
    if request.content_type != "multipart/form-data":
        return await body_of(request), ()
    body: Json = {}
    files = []
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            files.append(Upload(value.filename or "file", value.file.read()))
        else:
            body[name] = value
    return body, tuple(files)


def bot_of(telegram: Telegram, wanted: Any) -> Bot:
    """A bot by id or username, by default the built-in one."""
    if not wanted:
        return telegram.bot
    for bot in telegram.registry.bots.values():
        if str(wanted) in {str(bot.id), bot.username}:
            return bot
    raise SandboxError(404, "unknown_bot", f"There is no bot {wanted} in this sandbox.")
