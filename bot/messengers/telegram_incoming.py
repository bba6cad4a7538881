"""Raw updates in our words.

`event_id`, `lane` and `offset_after` take anything at all, for they decide about updates nobody understands.
`parse` understands or raises Malformed, and says None to what is nothing to us: service messages, commands
for other bots, updates we did not ask for.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import ValidationError

from bot.messengers.base import Malformed, Raw
from bot.messengers.telegram_files import files_of
from bot.messengers.telegram_update import Callback, Message, Pressed, Standing, User
from bot.messengers.telegram_update import Chat as WireChat
from handlers.incoming import Chat, Incoming, Kind, Membership, Press

NAME: Final = "telegram"
ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")

_NOBODY: Final = frozenset({777000, 1087968824, 136817688})  # Telegram itself, anonymous admins, channels
_WORDLESS: Final = (
    "contact",
    "location",
    "venue",
    "poll",
    "dice",
    "game",
    "story",
    "paid_media",
    "checklist",
)
_PRESENT: Final = frozenset({"creator", "administrator", "member"})
_MENTION: Final = re.compile(r"@([A-Za-z0-9_]+)[\s,，:：]*")
_ADDRESSED: Final = re.compile(r"([/／]\w+)@([A-Za-z0-9_]+)")
_LARGEST_ID: Final = 2**53


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are on Telegram."""

    id: int = 0
    username: str = ""


def event_id(raw: object) -> str:
    """The update's id; for an update without one, a digest of its content."""
    number = _update_id(raw)
    return (
        f"{number}" if number is not None else f"malformed-{hashlib.sha256(_as_text(raw)).hexdigest()[:32]}"
    )


def lane(raw: object) -> str:
    """The chat an update belongs to; else the person who pressed; else ""."""
    for key in ALLOWED:
        for path in ((key, "chat", "id"), (key, "message", "chat", "id"), (key, "from", "id")):
            found = _dig(raw, *path)
            if type(found) is int:
                return f"{found}"
    return ""


def offset_after(raws: object) -> int | None:
    """The offset that confirms these updates, or None when none of them has an id."""
    numbers = [_update_id(raw) for raw in raws] if isinstance(raws, Sequence) else []
    return max((number + 1 for number in numbers if number is not None), default=None)


def parse(raw: Raw, received_at: datetime, me: Account) -> Incoming | None:
    """The update in our words; None when it is nothing to us. Raises Malformed, and nothing else."""
    if _update_id(raw) is None:
        raise Malformed("no update_id")
    kind = next((key for key in ALLOWED if key in raw), None)
    if kind is None:
        return None
    try:
        return _READERS[kind](_Envelope(event_id(raw), received_at, me), raw[kind])
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
    raise Malformed(f"{kind}.{'.'.join(map(str, problem['loc']))}: {problem['type']}")


@dataclass(frozen=True, slots=True)
class _Envelope:
    """What every Incoming of one update shares."""

    event_id: str
    received_at: datetime
    me: Account

    def incoming(
        self, kind: Kind, sender: User | None, chat: Chat, sent_at: datetime, **more: Any
    ) -> Incoming:
        person = sender if sender and not sender.is_bot and sender.id not in _NOBODY else None
        return Incoming(
            messenger=NAME,
            event_id=self.event_id,
            kind=kind,
            sender=f"{person.id}" if person else None,
            chat=chat,
            sent_at=sent_at,
            received_at=self.received_at,
            language=person.language_code if person else "",
            **more,
        )


def _message(envelope: _Envelope, raw: object) -> Incoming | None:
    return _said(envelope, Kind.MESSAGE, raw)


def _edited(envelope: _Envelope, raw: object) -> Incoming | None:
    return _said(envelope, Kind.EDITED, raw)


def _said(envelope: _Envelope, kind: Kind, raw: object) -> Incoming | None:
    """A message. An edited one counts from its edit: what is changed after a deadline comes after it."""
    message = Message.model_validate(raw)
    moved = _membership_of(message, envelope.me)
    words = message.text or message.caption
    text = _to_us(words, envelope.me)
    files = files_of(message)
    sender = None if message.sender_chat or message.is_automatic_forward else message.sender
    chat = _chat(message.chat, message)
    sent_at = _utc(message.edit_date or message.date)
    if moved:
        return envelope.incoming(Kind.MEMBERSHIP, sender, chat, sent_at, **moved)
    if text is None or not (words or files or _wordless(raw)):
        return None
    return envelope.incoming(
        kind,
        sender,
        chat,
        sent_at,
        text=text,
        message_id=f"{message.message_id}",
        reply_to=_reply_to(message),
        reply_token=_reply_token(raw),
        files=files,
        album=message.media_group_id,
        forwarded=message.forward_origin is not None or message.forward_date is not None,
    )


def _pressed(envelope: _Envelope, raw: object) -> Incoming | None:
    """A press; its message may be inaccessible to us, or no longer told at all."""
    press = Callback.model_validate(raw)
    if press.inline_message_id or not press.data:
        return None
    message = press.message
    return envelope.incoming(
        Kind.PRESS,
        press.sender,
        _chat(message.chat, message) if message else Chat(f"{press.sender.id}", private=True),
        envelope.received_at,
        message_id=f"{message.message_id}" if message else "",
        press=Press(press.id, press.data),
    )


def _standing(envelope: _Envelope, raw: object) -> Incoming | None:
    change = Standing.model_validate(raw)
    before, after = (
        each.status in _PRESENT or (each.status == "restricted" and each.is_member)
        for each in (change.old, change.new)
    )
    if before == after:
        return None
    private = change.chat.type == "private"
    came, went = (
        (Membership.UNBLOCKED, Membership.BLOCKED) if private else (Membership.ADDED, Membership.REMOVED)
    )
    chat, sent_at = _chat(change.chat), _utc(change.date)
    return envelope.incoming(
        Kind.MEMBERSHIP, change.sender, chat, sent_at, membership=came if after else went
    )


_READERS: Final[Mapping[str, Callable[[_Envelope, object], Incoming | None]]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "my_chat_member": _standing,
}


def _membership_of(message: Message, me: Account) -> dict[str, Any]:
    """What a service message says about our own standing, if anything."""
    if message.migrate_to_chat_id is not None:
        return {"membership": Membership.MIGRATED, "migrated_to": f"{message.migrate_to_chat_id}"}
    if any(user.id == me.id for user in message.new_chat_members):
        return {"membership": Membership.ADDED}
    return {}


def _chat(chat: WireChat, message: Message | Pressed | None = None) -> Chat:
    thread = message.message_thread_id if message and message.is_topic_message else None
    return Chat(
        id=f"{chat.id}",
        private=chat.type == "private",
        thread="" if thread is None else f"{thread}",
        title=chat.title,
    )


def _reply_to(message: Message) -> str:
    """The message replied to. A forum thread's first message is none: Telegram names it on every post."""
    replied = message.reply_to_message
    if replied is None or (message.is_topic_message and replied.message_id == message.message_thread_id):
        return ""
    return f"{replied.message_id}"


def _reply_token(raw: object) -> str:
    """The token of the first button under the message replied to: it tells our card where its id does not."""
    rows = _dig(raw, "reply_to_message", "reply_markup", "inline_keyboard")
    first = rows[0] if isinstance(rows, list) and rows else None
    token = _dig(first[0], "callback_data") if isinstance(first, list) and first else None
    return token if isinstance(token, str) else ""


def _to_us(text: str, me: Account) -> str | None:
    """The text without our own name in `/command@name` and in front; None when it names another bot."""
    ours = me.username.lower()
    mention, addressed = _MENTION.match(text), _ADDRESSED.match(text)
    if mention and mention[1].lower() == ours:
        return text[mention.end() :]
    if addressed is None or not ours:
        return text
    return addressed[1] + text[addressed.end() :] if addressed[2].lower() == ours else None


def _wordless(raw: object) -> bool:
    """Whether it is something a person sent that has neither words nor a file."""
    return isinstance(raw, Mapping) and any(key in raw for key in _WORDLESS)


def _update_id(raw: object) -> int | None:
    number = _dig(raw, "update_id")
    return number if type(number) is int and 0 <= number < _LARGEST_ID else None


def _dig(raw: object, *path: str) -> object:
    for key in path:
        raw = raw.get(key) if isinstance(raw, Mapping) else None
    return raw


def _as_text(raw: object) -> bytes:
    try:
        return repr(raw).encode("utf-8", "backslashreplace")
    except RecursionError:
        return b"too deep"


def _utc(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)
