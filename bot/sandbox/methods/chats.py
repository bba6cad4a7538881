"""Methods that ask about a chat and who is in it."""

from bot.sandbox import groups, wire
from bot.sandbox.errors import bad, migrated
from bot.sandbox.methods.table import Call, method
from bot.sandbox.shapes import ChatId, Group, Json, PersonId


@method("getChat")
def get_chat(call: Call) -> object:
    """The chat in full; a private one only once the person has opened it."""
    room = call.telegram.known_room(call.bot, call.params.text("chat_id"))
    full: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    if room.chat < 0:
        _group(call)
    elif not call.telegram.registry.contact(call.bot.id, PersonId(room.chat)).started:
        raise bad("chat not found")
    return wire.chat(call.telegram.world, room.chat) | full


_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


@method("getChatMember")
def get_chat_member(call: Call) -> object:
    """One member's standing: in a private chat both are members."""
    room = call.telegram.known_room(call.bot, call.params.text("chat_id"))
    id = call.params.number("user_id")
    known = id in call.telegram.registry.people or id in call.telegram.registry.bots
    if not known:
        raise bad("PARTICIPANT_ID_INVALID" if id else "invalid user_id specified")
    if room.chat > 0:
        return wire.member(call.telegram.world, id, "member")
    group = _group(call)
    inside = id in group.members or id in group.bots
    return wire.member(call.telegram.world, id, "member" if inside else "left")


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> object:
    """How many are in a group, bots included."""
    group = _group(call)
    return len(group.members) + len(group.bots)


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> object:
    """The first member, as the one who made the group."""
    group = _group(call)
    return [wire.member(call.telegram.world, id, "creator") for id in group.members[:1]]


@method("leaveChat")
def leave_chat(call: Call) -> object:
    """The bot goes."""
    groups.leave(call.telegram, _group(call), call.bot, by=call.bot.id, kicked=False)
    return True


def _group(call: Call) -> Group:
    room = call.telegram.known_room(call.bot, call.params.text("chat_id"))
    group = call.telegram.registry.groups.get(ChatId(room.chat))
    if group is None:
        raise bad("there are no members in the private chat")
    if group.migrated_to:
        raise migrated(group.migrated_to)
    call.telegram.open_room(call.bot, call.params.text("chat_id"))
    return group
