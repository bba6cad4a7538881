"""Methods that change or take away what is already there."""

from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.methods import content
from bot.sandbox.methods.table import Call, method
from bot.sandbox.params import numeric
from bot.sandbox.shapes import Message
from bot.sandbox.texts import Formatted

UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETABLE_SECONDS = 48 * 3600


@method("editMessageText")
def edit_message_text(call: Call) -> object:
    """Another text; a keyboard that is not sent again goes away."""
    message = _editable(call)
    text = content.message_text(call)
    if message.file or message.service:
        raise bad("there is no text in the message to edit")
    return _change(
        call, message, text=text.text, entities=text.entities, markup=content.inline_keyboard(call)
    )


@method("editMessageCaption")
def edit_message_caption(call: Call) -> object:
    """Another caption."""
    message = _editable(call)
    caption = content.caption(call)
    if not message.file:
        raise bad("there is no caption in the message to edit")
    return _change(
        call, message, text=caption.text, entities=caption.entities, markup=content.inline_keyboard(call)
    )


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> object:
    """Another keyboard, or none."""
    return _change(call, _editable(call), markup=content.inline_keyboard(call))


def _editable(call: Call) -> Message:
    if call.params.text("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    room = call.telegram.open_room(call.bot, call.params.text("chat_id"))
    message = content.wanted(call, room, "edit")
    if message.sender != call.bot.id:
        raise bad("message can't be edited")
    return message


def _rewrite(call: Call, message: Message, words: Formatted) -> object:
    keyboard = content.inline_keyboard(call)
    return _change(call, message, text=words.text, entities=words.entities, markup=keyboard)


def _change(call: Call, message: Message, **parts: Any) -> object:
    telegram = call.telegram
    if all(_plain(getattr(message, name)) == _plain(value) for name, value in parts.items()):
        raise bad(UNCHANGED)
    edited = telegram.rooms.change(message, edited=telegram.now(), **parts)
    telegram.announce("edited", edited)
    return telegram.wired(edited)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@method("deleteMessage")
def delete_message(call: Call) -> object:
    """Take a message away: any in a private chat, its own in a group, for 48 h of the sandbox's time."""
    room = call.telegram.known_room(call.bot, call.params.text("chat_id"))
    message = content.wanted(call, room, "delete")
    if not _deletable(call, message):
        raise bad("message can't be deleted")
    _delete(call, message)
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> object:
    """Take several away; those that are gone or must stay are passed over."""
    room = call.telegram.known_room(call.bot, call.params.text("chat_id"))
    ids: Any = call.params.structure("message_ids", "message identifiers")
    if not isinstance(ids, list) or not 0 < len(ids) <= 100:
        raise bad("message identifiers are not specified")
    found = [call.telegram.rooms.find(room, numeric(id)) for id in ids]
    for message in filter(None, found):
        if _deletable(call, message):
            _delete(call, message)
    return True


def _deletable(call: Call, message: Message) -> bool:
    foreign = message.room.chat < 0 and message.sender != call.bot.id
    return not foreign and call.telegram.now() - message.date <= DELETABLE_SECONDS


def _delete(call: Call, message: Message) -> None:
    call.telegram.rooms.remove(message)
    call.telegram.announce("deleted", message)
