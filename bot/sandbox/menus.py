"""The bot's command menus: one per scope and language, and which of them a person sees where.

Source: https://core.telegram.org/bots/api#determining-list-of-commands
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from bot.sandbox.errors import bad
from bot.sandbox.shapes import BotId, Json, Person
from bot.sandbox.store import Shelf

SCOPES: Final = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
_NAME = re.compile(r"/?([a-z0-9_]{1,32})")
_LANGUAGE = re.compile(r"([a-z]{2})?")


class Menus:
    """Menus by bot, scope and language."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._menus: dict[str, list[Json]] = {each["key"]: each["commands"] for each in shelf.all("menu")}

    def set(self, bot: BotId, scope: str, language: str, commands: list[Json]) -> None:
        """Replace a menu; an empty one is no menu."""
        key = f"{bot}|{scope}|{language}"
        self._menus.pop(key, None)
        if commands:
            self._menus[key] = commands
            self._shelf.put("menu", key, {"key": key, "commands": commands})
        else:
            self._shelf.drop("menu", key)

    def get(self, bot: BotId, scope: str, language: str) -> list[Json]:
        """The menu set for exactly this scope and language."""
        return self._menus.get(f"{bot}|{scope}|{language}", [])

    def seen_by(self, bot: BotId, person: Person, chat: int) -> list[Json]:
        """The menu the person sees in a chat: the narrowest scope that has one, their language first."""
        tongue = person.language.split("-")[0]
        scopes = _group_scopes(chat, person) if chat < 0 else [f"chat:{chat}", "all_private_chats", "default"]
        found = (self.get(bot, scope, language) for scope in scopes for language in (tongue, ""))
        return next(filter(None, found), [])


def _group_scopes(chat: int, person: Person) -> list[str]:
    return [f"chat_member:{chat}:{person.id}", f"chat:{chat}", "all_group_chats", "default"]


def scope_key(scope: Any) -> str:
    """A BotCommandScope as the name it is kept under."""
    if not scope:
        return "default"
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    parts = [scope["type"], *_identifiers(scope)]
    return ":".join(map(str, parts))


def _identifiers(scope: Json) -> Iterator[object]:
    if scope["type"].startswith("chat"):
        if not scope.get("chat_id"):
            raise bad("can't parse BotCommandScope: chat_id is empty")
        yield scope["chat_id"]
    if scope["type"] == "chat_member":
        yield scope.get("user_id")


def language_key(code: str) -> str:
    """A two-letter language code, or empty for every language."""
    if not _LANGUAGE.fullmatch(code):
        raise bad("invalid language code specified")
    return code


def checked(commands: Any) -> list[Json]:
    """A list of BotCommand, checked as Telegram checks it."""
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    return [_command(each) for each in commands]


def _command(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad("can't parse BotCommand: expected an Object")
    name = _NAME.fullmatch(str(value.get("command", "")))
    description = str(value.get("description", "")).strip()
    if not name:
        raise bad("BOT_COMMAND_INVALID")
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name[1], "description": description}
