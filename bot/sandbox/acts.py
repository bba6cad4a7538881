"""What a person does in the chat: say, send, correct, press, block. Every act reaches the bots it should."""

import re
import secrets
import zlib
from collections.abc import Sequence

from bot.sandbox import pictures, texts, wire
from bot.sandbox.errors import SandboxError, bad
from bot.sandbox.model import Telegram
from bot.sandbox.params import Upload
from bot.sandbox.presses import Press
from bot.sandbox.shapes import Bot, BotId, File, Json, Message, Person, PersonId, Room
from bot.sandbox.world import SHARED, private, shared


def room_of(telegram: Telegram, person: Person, bot: Bot, chat: int | None = None) -> Room:
    """The private chat of a person with a bot, or the group they name."""
    if chat is None or chat == person.id:
        return private(bot.id, person.id)
    return shared(telegram.registry.group_of(chat, person.id))


def say(telegram: Telegram, person: Person, room: Room, text: str, reply_to: int | None = None) -> Message:
    """The person writes; writing to a bot opens (and unblocks) the chat with it."""
    if not text.strip():
        raise SandboxError(400, "empty_text", "A message needs a text.")
    content = texts.checked(texts.typed(text), texts.MESSAGE_LIMIT, "message")
    return _say(telegram, person, room, content, reply_to=_replied(telegram, room, reply_to))


def upload(
    telegram: Telegram,
    person: Person,
    room: Room,
    files: Sequence[Upload],
    caption: str = "",
    *,
    kind: str = "document",
    reply_to: int | None = None,
) -> list[Message]:
    """The person sends files; several are one album, the caption under the first."""
    words = texts.checked(texts.typed(caption), texts.CAPTION_LIMIT, "caption")
    album = str(secrets.randbits(53)) if len(files) > 1 else None
    reply = _replied(telegram, room, reply_to)
    with telegram.shelf.together():
        kept = [_keep(telegram, room, kind, each) for each in files]
        contents = [words, *[texts.Formatted("")] * (len(kept) - 1)]
        return [
            _say(telegram, person, room, content, file=file.id, album=album, reply_to=reply)
            for file, content in zip(kept, contents, strict=True)
        ]


def _keep(telegram: Telegram, room: Room, kind: str, file: Upload) -> File:
    """Store an upload; what is no picture goes as a document, as Telegram's own apps send it."""
    kind = kind if pictures.look(file.content).is_picture else "document"
    return telegram.depot.keep(room.bot, kind, file.name, file.content)


def _say(telegram: Telegram, person: Person, room: Room, content: texts.Formatted, **more: object) -> Message:
    with telegram.shelf.together():
        if room.bot != SHARED:
            _open(telegram, telegram.registry.bots[room.bot], person)
        message = telegram.rooms.add(
            room, telegram.now(), person.id, text=content.text, entities=content.entities, **more
        )
        for bot in telegram.world.bots_in(room):
            if room.bot != SHARED or _meant_for(telegram, message, telegram.registry.bots[bot]):
                telegram.deliver(bot, "message", telegram.wired(message))
    telegram.announce("message", message)
    return message


def _open(telegram: Telegram, bot: Bot, person: Person) -> None:
    contact = telegram.registry.contact(bot.id, person.id)
    if contact.blocked:
        unblock(telegram, person, bot)
    elif not contact.started:
        telegram.registry.meet(bot.id, person.id)


def _replied(telegram: Telegram, room: Room, reply_to: int | None) -> int | None:
    if reply_to is not None and telegram.rooms.find(room, reply_to) is None:
        raise SandboxError(
            404, "unknown_message", f"There is no message {reply_to} to reply to in this chat."
        )
    return reply_to


def _meant_for(telegram: Telegram, message: Message, bot: Bot) -> bool:
    """Privacy mode: in a group a bot hears commands, replies to itself, and mentions of itself."""
    command = re.match(r"/[A-Za-z0-9_]{1,64}(?:@(\w+))?(?!\w)", message.text)
    if command:
        return command[1] is None or command[1].lower() == bot.username.lower()
    replied = telegram.world.replied(message)
    mentioned = re.search(rf"@{re.escape(bot.username)}(?!\w)", message.text, re.IGNORECASE)
    return bool(mentioned) or (replied is not None and replied.sender == bot.id)


def edit(telegram: Telegram, person: Person, room: Room, id: int, text: str) -> Message:
    """The person corrects what they wrote; the bots get an edited_message."""
    message = found(telegram, room, id)
    if message.sender != person.id:
        raise SandboxError(403, "not_yours", "Only one's own messages can be edited.")
    content = texts.checked(texts.typed(text), texts.MESSAGE_LIMIT, "message")
    if not content.text and not message.file:
        raise bad("message text is empty")
    with telegram.shelf.together():
        edited = telegram.rooms.change(
            message, text=content.text, entities=content.entities, edited=telegram.now()
        )
        for bot in telegram.world.bots_in(room):
            if room.bot != SHARED or _meant_for(telegram, edited, telegram.registry.bots[bot]):
                telegram.deliver(bot, "edited_message", telegram.wired(edited))
    telegram.announce("edited", edited)
    return edited


def found(telegram: Telegram, room: Room, id: int) -> Message:
    """The message with that number in the room; raises the control surface's 404."""
    if message := telegram.rooms.find(room, id):
        return message
    raise SandboxError(404, "unknown_message", f"There is no message {id} in this chat.")


def labelled(message: Message, label: str) -> Json:
    """The button that reads exactly `label`; raises a 404 that lists the labels there are."""
    if button := message.button(label):
        return dict(button)
    labels = [button["text"] for row in message.rows() for button in row]
    raise SandboxError(
        404, "unknown_button", f"Message {message.id} has no button {label!r}.", buttons=labels
    )


def press(telegram: Telegram, person: Person, message: Message, button: Json) -> Press | None:
    """The person presses a button; None for one that only opens a link."""
    if "callback_data" not in button:
        return None
    with telegram.shelf.together():
        made = telegram.presses.make(BotId(message.sender), person.id, message.id)
        query = {
            "id": made.id,
            "from": wire.user(person),
            "message": telegram.wired(message),
            "chat_instance": str(zlib.crc32(message.room.key.encode())),
            "data": button["callback_data"],
        }
        telegram.deliver(made.bot, "callback_query", query)
    return made


def block(telegram: Telegram, person: Person, bot: Bot) -> None:
    """The person blocks the bot, which is told."""
    _turn(telegram, person, bot, blocked=True)


def unblock(telegram: Telegram, person: Person, bot: Bot) -> None:
    """The person lets the bot write again."""
    _turn(telegram, person, bot, blocked=False)


def _turn(telegram: Telegram, person: Person, bot: Bot, *, blocked: bool) -> None:
    before = telegram.registry.contact(bot.id, person.id)
    if before.blocked is blocked:
        return
    with telegram.shelf.together():
        after = telegram.registry.meet(bot.id, person.id, blocked=blocked)
        change = wire.standing(before), wire.standing(after)
        place = private(bot.id, person.id).chat
        body = wire.membership(telegram.world, bot, place, person.id, telegram.now(), change)
        telegram.deliver(bot.id, "my_chat_member", body)


def read(telegram: Telegram, person: Person, bot: Bot, room: Room | None = None) -> int:
    """The person has read one room, or all of theirs; answers how many messages remain unread."""
    for each in [room] if room else telegram.world.rooms_of(person.id, bot.id):
        telegram.rooms.read(each, person.id)
    unread = telegram.world.unread(PersonId(person.id), bot.id)
    telegram.bell.ring("unread", {"person": person.id, "bot": bot.id, "unread": unread})
    return unread
