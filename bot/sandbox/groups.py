"""What happens to groups: the bot comes and goes, people come, a group becomes a supergroup."""

from dataclasses import replace

from bot.sandbox import wire
from bot.sandbox.errors import SandboxError
from bot.sandbox.model import Telegram
from bot.sandbox.registry import members
from bot.sandbox.shapes import Bot, BotId, Group, Json
from bot.sandbox.world import shared


def join(telegram: Telegram, group: Group, bot: Bot, by: int) -> Group:
    """A person adds the bot."""
    if bot.id in group.bots:
        return group
    kicked = tuple(id for id in group.kicked if id != bot.id)
    group = replace(group, bots=(*group.bots, bot.id), kicked=kicked)
    with telegram.shelf.together():
        telegram.registry.keep_group(group)
        _moved(telegram, group, bot, by, ("left", "member"))
        _service(telegram, group, by, {"new_chat_members": [wire.bot_user(bot)]})
    return group


def leave(telegram: Telegram, group: Group, bot: Bot, by: int, *, kicked: bool = True) -> Group:
    """A person removes the bot, or it leaves by itself."""
    if bot.id not in group.bots:
        return group
    with telegram.shelf.together():
        _service(telegram, group, by, {"left_chat_member": wire.bot_user(bot)})
        bots = tuple(id for id in group.bots if id != bot.id)
        group = replace(group, bots=bots, kicked=(*group.kicked, bot.id) if kicked else group.kicked)
        telegram.registry.keep_group(group)
        _moved(telegram, group, bot, by, ("member", "kicked" if kicked else "left"))
    return group


def invite(telegram: Telegram, group: Group, person: int) -> Group:
    """One more person in the group."""
    newcomer = telegram.registry.person(person)
    group = replace(group, members=members([*group.members, newcomer.id]))
    with telegram.shelf.together():
        telegram.registry.keep_group(group)
        _service(telegram, group, newcomer.id, {"new_chat_members": [wire.user(newcomer)]})
    return group


def migrate(telegram: Telegram, group: Group) -> Group:
    """The group becomes a supergroup with a new id; both chats get the message that says so."""
    if group.kind == "supergroup" or group.migrated_to:
        raise SandboxError(409, "already_migrated", "This group is a supergroup already.")
    new = telegram.registry.next_group_id(supergroup=True)
    by = next(iter(group.members), 0)
    with telegram.shelf.together():
        _service(telegram, group, by, {"migrate_to_chat_id": new})
        telegram.registry.keep_group(replace(group, migrated_to=new))
        supergroup = telegram.registry.keep_group(replace(group, id=new))
        _service(telegram, supergroup, by, {"migrate_from_chat_id": group.id})
    return supergroup


def _moved(telegram: Telegram, group: Group, bot: Bot, by: int, change: tuple[str, str]) -> None:
    body = wire.membership(telegram.world, bot, group.id, by, telegram.now(), change)
    telegram.deliver(bot.id, "my_chat_member", body)


def _service(telegram: Telegram, group: Group, by: int, service: Json) -> None:
    message = telegram.rooms.add(shared(group), telegram.now(), by, service=service)
    for bot in group.bots:
        telegram.deliver(BotId(bot), "message", telegram.wired(message))
    telegram.announce("message", message)
