"""Messages and people as the page shows them: local dates, labels instead of data, safe HTML."""

import html
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.sandbox import utf16
from bot.sandbox.shapes import BotId, File, Group, Json, Message, Person, PersonId
from bot.sandbox.wire import chat
from bot.sandbox.world import World
from workflow.workdays import SHANGHAI

LOCAL: Final = SHANGHAI
TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def local(moment: datetime) -> str:
    """ISO 8601 in Asia/Shanghai, with its offset."""
    return moment.astimezone(LOCAL).isoformat(timespec="seconds")


def message(world: World, it: Message) -> Json:
    """One message of `GET /sandbox/people/{id}/messages`."""
    file = world.depot.find(it.file) if it.file else None
    return {
        "message_id": it.id,
        "date": local(datetime.fromtimestamp(it.date, UTC)),
        "from": it.sender,
        "author": author(world, it.sender),
        "chat": chat(world, it.room.chat),
        "bot": it.room.bot or None,
        "text": it.text,
        "html": marked(it.text, it.entities),
        "entities": [dict(each) for each in it.entities],
        "buttons": [[button["text"] for button in row] for row in it.rows()],
        "links": {button["text"]: button["url"] for row in it.rows() for button in row if "url" in button},
        "keyboard": [[key["text"] for key in row] for row in (it.markup or {}).get("keyboard", [])],
        "files": [attachment(file)] if file else [],
        "edited": it.edited is not None,
        "reply_to": it.reply_to,
        "album": it.album,
        "service": it.service,
    }


def author(world: World, id: int) -> Json:
    """Who wrote a message: a person's title or a bot's username."""
    bot = world.registry.bots.get(BotId(id))
    title = bot.username if bot else world.registry.people[PersonId(id)].title
    return {"id": id, "title": title, "is_bot": bot is not None}


def attachment(file: File) -> Json:
    """A file and where to fetch it."""
    kept = {"file_id": file.id, "name": file.name, "size": file.size, "mime": file.mime, "kind": file.kind}
    return kept | {"url": f"/sandbox/files/{file.id}"}


def person(world: World, it: Person, bot: BotId) -> Json:
    """One of `people` in the state."""
    contact = world.registry.contact(bot, it.id)
    seen: Json = {"id": it.id, "title": it.title, "roles": list(it.roles), "language": it.language}
    return seen | {"unread": world.unread(it.id, bot), "blocked": contact.blocked, "started": contact.started}


def group(it: Group, bot: BotId) -> Json:
    """One of `groups` in the state."""
    return {
        "id": it.id,
        "title": it.title,
        "type": it.kind,
        "members": list(it.members),
        "bot_in": bot in it.bots,
    }


def marked(text: str, entities: tuple[Mapping[str, Any], ...]) -> str:
    """The text as HTML that is safe to show: everything escaped, only known tags and web links opened."""
    marks: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda each: (each["offset"], -each["length"])):
        opening, closing = _tags(entity)
        marks.setdefault(entity["offset"], []).append(opening)
        marks.setdefault(entity["offset"] + entity["length"], []).insert(0, closing)
    pieces, at = [], 0
    for offset in sorted(marks):
        pieces += [html.escape(utf16.cut(text, at, offset - at)), *sorted(marks[offset], key=_opens)]
        at = offset
    return "".join([*pieces, html.escape(utf16.cut(text, at, utf16.length(text) - at))])


def _opens(tag: str) -> bool:
    return not tag.startswith("</")


def _tags(entity: Mapping[str, Any]) -> tuple[str, str]:
    url = str(entity.get("url", ""))
    if url.startswith(("http://", "https://")):
        return f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">', "</a>"
    if tag := TAGS.get(entity["type"]):
        return f"<{tag}>", f"</{tag}>"
    return f'<span class="{html.escape(entity["type"])}">', "</span>"
