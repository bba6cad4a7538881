"""What every sending method reads the same way: the text or caption, the keyboard, the message replied to."""

from typing import Any

from bot.sandbox import keyboards, texts
from bot.sandbox.errors import bad
from bot.sandbox.methods.table import Call
from bot.sandbox.params import numeric
from bot.sandbox.shapes import Json, Message, Room


def message_text(call: Call) -> texts.Formatted:
    """`text` with its entities; never empty, at most 4,096 UTF-16 units."""
    content = _read(call, "text", "entities")
    if not content.text:
        raise bad("message text is empty")
    return texts.checked(content, texts.MESSAGE_LIMIT, "message")


def caption(call: Call) -> texts.Formatted:
    """`caption` with its entities; at most 1,024 UTF-16 units."""
    return texts.checked(_read(call, "caption", "caption_entities"), texts.CAPTION_LIMIT, "message caption")


def _read(call: Call, name: str, entities: str) -> texts.Formatted:
    given: Any = call.params.structure(entities, "message entities")
    if given is not None and not (isinstance(given, list) and all(map(_is_entity, given))):
        raise bad("can't parse MessageEntity: expected an Array of Objects with type, offset and length")
    return texts.formatted(call.params.text(name), call.params.text("parse_mode"), given)


def _is_entity(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return False
    return all(isinstance(value.get(name), int) and value[name] >= 0 for name in ("offset", "length"))


def keyboard(call: Call) -> Json | None:
    """`reply_markup`, checked."""
    return keyboards.markup(call.params.text("reply_markup"))


def inline_keyboard(call: Call) -> Json | None:
    """`reply_markup` of an edit, which can only be an inline keyboard."""
    markup = keyboard(call)
    if markup and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return markup


def replied(call: Call, room: Room) -> int | None:
    """The number of the message replied to, new spelling or old; a lost one is refused unless allowed."""
    wanted: Any = call.params.structure("reply_parameters", "reply parameters") or {}
    if not isinstance(wanted, dict):
        raise bad("object expected as reply parameters")
    id = numeric(wanted.get("message_id")) or call.params.number("reply_to_message_id")
    if not id or call.telegram.rooms.find(room, id):
        return id or None
    if wanted.get("allow_sending_without_reply") or call.params.flag("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def wanted(call: Call, room: Room, verb: str) -> Message:
    """The message a call names; `verb` goes into the refusal."""
    id = call.params.number("message_id")
    if not id:
        raise bad("message identifier is not specified")
    message = call.telegram.rooms.find(room, id)
    if message is None:
        raise bad(f"message to {verb} not found")
    return message
