"""Objects as the Bot API spells them. Source: https://core.telegram.org/bots/api#available-types"""

from bot.sandbox.depot import unique
from bot.sandbox.shapes import Bot, BotId, ChatId, Contact, File, Group, Json, Message, Person, PersonId
from bot.sandbox.world import World


def user(person: Person) -> Json:
    """A person as a User."""
    tongue = "zh-hans" if person.language == "zh" else person.language
    return {"id": person.id, "is_bot": False, "first_name": person.title, "language_code": tongue}


def bot_user(bot: Bot) -> Json:
    """A bot as a User."""
    return {"id": bot.id, "is_bot": True, "first_name": bot.username, "username": bot.username}


def me(bot: Bot) -> Json:
    """A bot as getMe shows it: privacy mode on, no inline mode."""
    return bot_user(bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def sender(world: World, id: int) -> Json:
    """Whoever wrote a message."""
    bot = world.registry.bots.get(BotId(id))
    return bot_user(bot) if bot else user(world.registry.people[PersonId(id)])


def chat(world: World, id: ChatId) -> Json:
    """A chat as messages carry it."""
    if group := world.registry.groups.get(id):
        return group_chat(group)
    return {"id": id, "type": "private", "first_name": world.registry.people[PersonId(id)].title}


def group_chat(group: Group) -> Json:
    """A group as a Chat."""
    return {"id": group.id, "type": group.kind, "title": group.title}


def message(world: World, it: Message, *, nested: bool = False) -> Json:
    """A Message; the one it replies to is included, but not that one's own."""
    body: Json = {"message_id": it.id, "from": sender(world, it.sender), "chat": chat(world, it.room.chat)}
    body |= {"date": it.date} | dict(it.service or {}) | dict(it.origin or {})
    if it.edited:
        body["edit_date"] = it.edited
    if it.album:
        body["media_group_id"] = it.album
    if not nested and (replied := world.replied(it)):
        body["reply_to_message"] = message(world, replied, nested=True)
    body |= _content(world, it)
    if it.rows():
        body["reply_markup"] = dict(it.markup or {})
    return body


def _content(world: World, it: Message) -> Json:
    file = world.depot.find(it.file) if it.file else None
    text, entities = ("caption", "caption_entities") if file else ("text", "entities")
    body: Json = _media(file) if file else {}
    if it.text:
        body[text] = it.text
    if it.entities:
        body[entities] = [dict(each) for each in it.entities]
    return body


def _media(file: File) -> Json:
    handle = {"file_id": file.id, "file_unique_id": unique(file), "file_size": file.size}
    if file.kind == "photo":
        return {"photo": [handle | {"width": file.width, "height": file.height}]}
    return {"document": handle | {"file_name": file.name, "mime_type": file.mime}}


def member(world: World, id: int, status: str) -> Json:
    """A ChatMember."""
    body: Json = {"status": status, "user": sender(world, id)}
    return body | {"until_date": 0} if status == "kicked" else body


def membership(world: World, bot: Bot, place: ChatId, by: int, date: int, change: tuple[str, str]) -> Json:
    """A ChatMemberUpdated about the bot: `change` is its status before and after."""
    before, after = change
    return {
        "chat": chat(world, place),
        "from": sender(world, by),
        "date": date,
        "old_chat_member": member(world, bot.id, before),
        "new_chat_member": member(world, bot.id, after),
    }


def standing(contact: Contact) -> str:
    """The bot's status in a private chat."""
    return "kicked" if contact.blocked else "member"
