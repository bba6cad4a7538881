"""The sandbox's Telegram, whole but without HTTP: what bots and people do to it goes through here."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.sandbox import views, wire
from bot.sandbox.bell import Bell
from bot.sandbox.depot import Depot
from bot.sandbox.errors import SandboxError, bad, migrated, refused
from bot.sandbox.faults import Faults
from bot.sandbox.menus import Menus
from bot.sandbox.pacing import Pacing
from bot.sandbox.params import numeric
from bot.sandbox.presses import Presses
from bot.sandbox.registry import Registry, members
from bot.sandbox.rooms import Rooms
from bot.sandbox.shapes import Bot, BotId, ChatId, Group, Json, Message, Person, PersonId, Room
from bot.sandbox.store import Shelf
from bot.sandbox.updates import USUAL, Mailbox
from bot.sandbox.webhooks import Webhooks
from bot.sandbox.world import World, private, shared

USERNAME = "lingti_sandbox_bot"


class Clock(Protocol):
    """Whatever tells the sandbox's time; message dates follow it."""

    def now(self) -> datetime:
        """An aware moment."""
        ...


class Telegram:
    """Everything one Telegram knows. With `data` it remembers across restarts, without it lives in memory.

    `token` fixes the built-in bot's token (Telegram's shape, `1000001:…`); by default it is random and kept.
    `pacing` turns on Telegram's own rates. Message dates are `clock`'s; presses expire by `real_time`,
    Unix seconds that no moved clock touches.
    """

    def __init__(
        self,
        clock: Clock,
        data: Path | None = None,
        *,
        token: str | None = None,
        username: str = USERNAME,
        pacing: bool = False,
        real_time: Callable[[], float] = time.time,
    ) -> None:
        if data:
            data.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self.shelf = Shelf(data)
        self.world = World(Registry(self.shelf), Rooms(self.shelf), Depot(self.shelf, data))
        self.registry, self.rooms, self.depot = self.world.registry, self.world.rooms, self.world.depot
        self.presses = Presses(self.shelf, real_time)
        self.menus = Menus(self.shelf)
        self.webhooks = Webhooks(self.shelf)
        self.faults = Faults()
        self.pacing = Pacing(pacing, real_time)
        self.bell = Bell()
        self._mail: dict[BotId, Mailbox] = {}
        self.bot = self._built_in(token, username)

    def _built_in(self, token: str | None, username: str) -> Bot:
        bots = self.registry.bots
        if token is None:
            return bots[min(bots)] if bots else self.registry.new_bot(username)
        return self.registry.bot_of(token) or self.registry.new_bot(username, token)

    @property
    def token(self) -> str:
        """The built-in bot's token."""
        return self.bot.token

    def close(self) -> None:
        """End every waiting poll and let go of the file."""
        for mailbox in self._mail.values():
            mailbox.interrupt()
        self.shelf.close()

    def now(self) -> int:
        """The sandbox's time in Unix seconds."""
        return int(self._clock.now().timestamp())

    def mail(self, bot: BotId) -> Mailbox:
        """A bot's updates."""
        if bot not in self._mail:
            self._mail[bot] = Mailbox(bot, self.shelf)
        return self._mail[bot]

    def pending(self, bot: BotId | None = None) -> int:
        """How many updates a bot (by default the built-in one) has not confirmed yet."""
        return len(self.mail(bot or self.bot.id))

    # Who there is

    def add_person(
        self, id: int, title: str, roles: Sequence[str] = (), language: str = "zh", *, started: bool = True
    ) -> Person:
        """Add or rename somebody; `started`: they have already opened the chat with the built-in bot."""
        with self.shelf.together():
            person = self.registry.keep_person(Person(PersonId(id), title, tuple(roles), language))
            if started and not self.registry.contact(self.bot.id, person.id).started:
                self.registry.meet(self.bot.id, person.id)
        return person

    def add_group(
        self, title: str, people: Sequence[int], *, id: int | None = None, with_bot: bool = True
    ) -> Group:
        """Add a group of people, the built-in bot in it unless told otherwise."""
        unknown = [each for each in people if PersonId(each) not in self.registry.people]
        if unknown:
            raise SandboxError(404, "unknown_person", f"There is no person {unknown[0]} in this sandbox.")
        bots = (self.bot.id,) if with_bot else ()
        key = ChatId(id) if id else self.registry.next_group_id()
        return self.registry.keep_group(Group(key, title, members(people), bots))

    def add_bot(self, username: str) -> Bot:
        """One more bot, for a foreign client."""
        if any(bot.username == username for bot in self.registry.bots.values()):
            raise SandboxError(409, "username_taken", f"There is already a bot called {username}.")
        return self.registry.new_bot(username)

    # Where a bot may write

    def known_room(self, bot: Bot, chat: str) -> Room:
        """The room a `chat_id` means, if the bot has ever been in it."""
        if not chat:
            raise bad("chat_id is empty")
        id = numeric(chat)
        if group := self.registry.groups.get(ChatId(id)):
            return shared(group)
        if PersonId(id) in self.registry.people:
            return private(bot.id, PersonId(id))
        raise bad("chat not found")

    def open_room(self, bot: Bot, chat: str) -> Room:
        """The room a `chat_id` means, if the bot may write in it now."""
        room = self.known_room(bot, chat)
        if group := self.registry.groups.get(room.chat):
            _check_group(group, bot)
            return room
        contact = self.registry.contact(bot.id, PersonId(room.chat))
        if contact.blocked:
            raise refused(403, "bot was blocked by the user")
        if not contact.started:
            raise refused(403, "bot can't initiate conversation with a user")
        return room

    # What reaches whom

    def deliver(self, bot: BotId, kind: str, body: Json) -> None:
        """Queue an update for a bot, if it asked for that kind."""
        allowed = self.registry.bots[bot].allowed
        if kind in (USUAL if allowed is None else allowed):
            self.mail(bot).put(kind, body)

    def wired(self, message: Message) -> Json:
        """A message as the Bot API shows it."""
        return wire.message(self.world, message)

    def viewed(self, message: Message) -> Json:
        """A message as the control surface shows it."""
        return views.message(self.world, message)

    def announce(self, event: str, message: Message) -> None:
        """Tell the page that a message came, changed or went, for everyone who sees it."""
        if not self.bell.heard:
            return
        bots = self.world.bots_in(message.room)
        bot = self.bot.id if self.bot.id in bots or not bots else bots[0]
        for person in self.world.viewers(message.room):
            place: Json = {"person": person, "chat": message.room.chat, "bot": message.room.bot or None}
            shown = {"message_id": message.id} if event == "deleted" else {"message": self.viewed(message)}
            self.bell.ring(event, place | shown)
            self.bell.ring("unread", place | {"unread": self.world.unread(person, bot)})


def _check_group(group: Group, bot: Bot) -> None:
    if group.migrated_to:
        raise migrated(group.migrated_to)
    if bot.id not in group.bots:
        standing = "was kicked from" if bot.id in group.kicked else "is not a member of"
        raise refused(403, f"bot {standing} the {group.kind} chat")
