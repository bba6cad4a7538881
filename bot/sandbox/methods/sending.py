"""Methods that put something new into a chat."""

from typing import Any

from bot.sandbox import wire
from bot.sandbox.errors import bad
from bot.sandbox.methods import content
from bot.sandbox.methods.table import Call, method
from bot.sandbox.shapes import File, Json, Message, Room


@method("sendMessage")
def send_message(call: Call) -> object:
    """A text."""
    room = call.telegram.open_room(call.bot, call.params.text("chat_id"))
    text = content.message_text(call)
    return _post(call, room, text=text.text, entities=text.entities)


@method("sendDocument")
def send_document(call: Call) -> object:
    """A file of any kind, up to 50 MB."""
    return _send_file(call, "document")


@method("sendPhoto")
def send_photo(call: Call) -> object:
    """A picture, up to 10 MB."""
    return _send_file(call, "photo")


def _send_file(call: Call, kind: str) -> object:
    room = call.telegram.open_room(call.bot, call.params.text("chat_id"))
    caption = content.caption(call)
    with call.telegram.shelf.together():
        file = _file(call, kind)
        return _post(call, room, text=caption.text, entities=caption.entities, file=file.id)


def _file(call: Call, kind: str) -> File:
    if sent := call.params.upload(kind):
        return call.telegram.depot.keep_sent(call.bot.id, kind, sent.name, sent.content)
    id = call.params.text(kind)
    if not id:
        raise bad(f"there is no {kind} in the request")
    if id.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    file = call.telegram.depot.of(call.bot.id, id)
    if file.kind != kind:
        raise bad(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _post(call: Call, room: Room, **parts: Any) -> Json:
    telegram = call.telegram
    markup, reply = content.keyboard(call), content.replied(call, room)
    telegram.pacing.admit(call.bot.id, room.chat)
    with telegram.shelf.together():
        message = telegram.rooms.add(
            room, telegram.now(), call.bot.id, markup=markup, reply_to=reply, **parts
        )
    telegram.announce("message", message)
    return telegram.wired(message)


@method("forwardMessage")
def forward_message(call: Call) -> object:
    """The same content in another chat, its buttons dropped, its origin named."""
    room, message = _to_repeat(call, "forward")
    author = wire.sender(call.telegram.world, message.sender)
    origin = {"forward_origin": {"type": "user", "sender_user": author, "date": message.date}}
    return _post(call, room, text=message.text, entities=message.entities, file=message.file, origin=origin)


@method("copyMessage")
def copy_message(call: Call) -> object:
    """The same content without its origin; answers with the number alone."""
    room, message = _to_repeat(call, "copy")
    copy = _post(call, room, text=message.text, entities=message.entities, file=message.file)
    return {"message_id": copy["message_id"]}


def _to_repeat(call: Call, verb: str) -> tuple[Room, Message]:
    room = call.telegram.open_room(call.bot, call.params.text("chat_id"))
    source = call.telegram.known_room(call.bot, call.params.text("from_chat_id"))
    message = call.telegram.rooms.find(source, call.params.number("message_id"))
    if message is None:
        raise bad(f"message to {verb} not found")
    return room, message


@method("sendChatAction")
def send_chat_action(call: Call) -> object:
    """“typing…”: checked, then forgotten."""
    call.telegram.open_room(call.bot, call.params.text("chat_id"))
    if call.params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
