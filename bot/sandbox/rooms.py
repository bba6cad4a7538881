"""The chats themselves: every message in its room, numbered per room, and what each person has read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import takewhile
from typing import Any

from bot.sandbox.shapes import BotId, ChatId, Json, Message, PersonId, Room
from bot.sandbox.store import Shelf


class Rooms:
    """Messages by room and number. A number, once given, is never given again in that room."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._messages: defaultdict[Room, dict[int, Message]] = defaultdict(dict)
        self._last: defaultdict[Room, int] = defaultdict(int)
        self._read: defaultdict[tuple[Room, PersonId], int] = defaultdict(int)
        for record in shelf.all("message"):
            self._remember(_message(record))
        for record in shelf.all("last"):
            self._last[_room(record["room"])] = record["id"]
        for record in shelf.all("read"):
            self._read[_room(record["room"]), PersonId(record["person"])] = record["id"]

    def _remember(self, message: Message) -> None:
        self._messages[message.room][message.id] = message
        self._last[message.room] = max(self._last[message.room], message.id)

    def add(self, room: Room, date: int, sender: int, **content: Any) -> Message:
        """A new message at the end of a room."""
        message = Message(room, self._last[room] + 1, date, sender, **content)
        self._shelf.put("last", room.key, {"room": asdict(room), "id": message.id})
        return self.keep(message)

    def keep(self, message: Message) -> Message:
        """Store a message as it now is."""
        self._remember(message)
        self._shelf.put("message", f"{message.room.key}/{message.id:09}", asdict(message))
        return message

    def change(self, message: Message, **content: Any) -> Message:
        """Store a message with some of its parts replaced."""
        return self.keep(replace(message, **content))

    def remove(self, message: Message) -> None:
        """Take a message away; its number stays used."""
        self._messages[message.room].pop(message.id, None)
        self._shelf.drop("message", f"{message.room.key}/{message.id:09}")

    def find(self, room: Room, id: int) -> Message | None:
        """The message with that number in that room."""
        return self._messages[room].get(id)

    def since(self, room: Room, after: int = 0) -> Iterator[Message]:
        """The room's messages numbered above `after`, oldest first."""
        newer = takewhile(lambda each: each.id > after, reversed(self._messages[room].values()))
        return reversed(list(newer))

    def unread(self, room: Room, person: PersonId) -> int:
        """How many messages of others in the room the person has not read."""
        return sum(each.sender != person for each in self.since(room, self._read[room, person]))

    def read(self, room: Room, person: PersonId) -> None:
        """The person has seen the room to its end."""
        self._read[room, person] = self._last[room]
        body = {"room": asdict(room), "person": person, "id": self._last[room]}
        self._shelf.put("read", f"{room.key}/{person}", body)


def _room(record: Json) -> Room:
    return Room(BotId(record["bot"]), ChatId(record["chat"]))


def _message(record: Json) -> Message:
    return Message(**record | {"room": _room(record["room"]), "entities": tuple(record["entities"])})
