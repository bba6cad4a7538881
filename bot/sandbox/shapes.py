"""What a Telegram is made of: people, bots, groups, messages, files; frozen, and storable as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NewType

PersonId = NewType("PersonId", int)
BotId = NewType("BotId", int)
ChatId = NewType("ChatId", int)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a player can be. `title` is what the chat shows; `roles` only decorate the list of seats."""

    id: PersonId
    title: str
    roles: tuple[str, ...] = ()
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot account. `allowed` is the last `allowed_updates` it asked for, None for the usual ones."""

    id: BotId
    token: str
    username: str
    allowed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat; `migrated_to` is set once it has become a supergroup."""

    id: ChatId
    title: str
    members: tuple[PersonId, ...]
    bots: tuple[BotId, ...]
    kicked: tuple[BotId, ...] = ()
    migrated_to: ChatId | None = None

    @property
    def kind(self) -> str:
        """`supergroup` for the ids Telegram gives to those, else `group`."""
        return "supergroup" if self.id < -1_000_000_000_000 else "group"


@dataclass(frozen=True, slots=True)
class Contact:
    """What lies between one person and one bot."""

    bot: BotId
    person: PersonId
    started: bool = False
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """Where a message lies: a private chat has its bot, a group has bot 0 because all its bots share it."""

    bot: BotId
    chat: ChatId

    @property
    def key(self) -> str:
        """The room's name in the store."""
        return f"{self.bot}/{self.chat}"


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file. `kind` is `photo` or `document`, `path` what getFile answers, `size` in bytes."""

    id: str
    bot: BotId
    kind: str
    name: str
    mime: str
    size: int
    path: str
    width: int = 0
    height: int = 0

    def serves(self, bot: BotId) -> bool:
        """Whether the bot may use it: its own, or one sent to a group."""
        return self.bot in {bot, 0}


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `text` is the caption if there is a file; dates are Unix seconds of the sandbox."""

    room: Room
    id: int
    date: int
    sender: int
    text: str = ""
    entities: tuple[Mapping[str, Any], ...] = ()
    file: str | None = None
    reply_to: int | None = None
    edited: int | None = None
    markup: Mapping[str, Any] | None = None
    album: str | None = None
    service: Mapping[str, Any] | None = None
    origin: Mapping[str, Any] | None = None

    def button(self, label: str) -> Mapping[str, Any] | None:
        """The inline button that reads exactly `label`."""
        return next((button for row in self.rows() for button in row if button["text"] == label), None)

    def rows(self) -> list[list[dict[str, Any]]]:
        """The rows of inline buttons."""
        return list((self.markup or {}).get("inline_keyboard", []))
