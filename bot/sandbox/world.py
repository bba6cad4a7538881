"""Everything there is to see, in one hand: who there is, what was said, the files."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.depot import Depot
from bot.sandbox.registry import Registry
from bot.sandbox.rooms import Rooms
from bot.sandbox.shapes import BotId, ChatId, Group, Message, PersonId, Room

SHARED = BotId(0)


@dataclass(frozen=True, slots=True)
class World:
    """Inhabitants, messages, files."""

    registry: Registry
    rooms: Rooms
    depot: Depot

    def viewers(self, room: Room) -> tuple[PersonId, ...]:
        """The people who see a room."""
        group = self.registry.groups.get(room.chat)
        return group.members if group else (PersonId(room.chat),)

    def rooms_of(self, person: PersonId, bot: BotId) -> Iterator[Room]:
        """A person's private chat with a bot, then their groups."""
        yield private(bot, person)
        yield from (shared(group) for group in self.registry.groups_of(person))

    def unread(self, person: PersonId, bot: BotId) -> int:
        """How many messages the person has not read, groups included."""
        return sum(self.rooms.unread(room, person) for room in self.rooms_of(person, bot))

    def bots_in(self, room: Room) -> tuple[BotId, ...]:
        """The bots that are in a room."""
        group = self.registry.groups.get(room.chat)
        return group.bots if group else (room.bot,)

    def replied(self, message: Message) -> Message | None:
        """The message this one replies to, if it is still there."""
        return self.rooms.find(message.room, message.reply_to) if message.reply_to else None


def private(bot: BotId, person: PersonId) -> Room:
    """The chat between a bot and a person."""
    return Room(bot, ChatId(person))


def shared(group: Group) -> Room:
    """The chat of a group."""
    return Room(SHARED, group.id)
