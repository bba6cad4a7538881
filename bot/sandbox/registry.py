"""Who there is: people, bots, groups, and what lies between each person and each bot."""

import secrets
import string
from collections.abc import Iterable
from dataclasses import asdict, replace

from bot.sandbox.errors import SandboxError
from bot.sandbox.shapes import Bot, BotId, ChatId, Contact, Group, Json, Person, PersonId
from bot.sandbox.store import Shelf

FIRST_BOT = 1_000_001
FIRST_GROUP = -4_000_001
SUPERGROUPS = -1_000_000_000_000
_TOKEN_LETTERS = string.ascii_letters + string.digits + "_-"


class Registry:
    """The sandbox's inhabitants, kept on the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.people = {each.id: each for each in map(_person, shelf.all("person"))}
        self.bots = {each.id: each for each in map(_bot, shelf.all("bot"))}
        self.groups = {each.id: each for each in map(_group, shelf.all("group"))}
        self._contacts = {(each.bot, each.person): each for each in map(_contact, shelf.all("contact"))}

    def keep_person(self, person: Person) -> Person:
        """Add a person, or replace the one with the same id."""
        self.people[person.id] = person
        self._shelf.put("person", person.id, asdict(person))
        return person

    def keep_bot(self, bot: Bot) -> Bot:
        """Add a bot, or replace the one with the same id."""
        self.bots[bot.id] = bot
        self._shelf.put("bot", bot.id, asdict(bot))
        return bot

    def keep_group(self, group: Group) -> Group:
        """Add a group, or replace the one with the same id."""
        self.groups[group.id] = group
        self._shelf.put("group", group.id, asdict(group))
        return group

    def new_bot(self, username: str, token: str | None = None) -> Bot:
        """A bot with the next id and a token of Telegram's shape, unless one is given."""
        id = BotId(int(token.split(":")[0]) if token else max(self.bots, default=FIRST_BOT - 1) + 1)
        secret = "".join(secrets.choice(_TOKEN_LETTERS) for _ in range(35))
        return self.keep_bot(Bot(id, token or f"{id}:{secret}", username))

    def next_group_id(self, *, supergroup: bool = False) -> ChatId:
        """An id no group has: about -4 million for groups, below -10¹² for supergroups."""
        taken = [id for id in self.groups if (id < SUPERGROUPS) is supergroup]
        first = SUPERGROUPS + FIRST_GROUP if supergroup else FIRST_GROUP
        return ChatId(min(taken, default=first + 1) - 1)

    def contact(self, bot: BotId, person: PersonId) -> Contact:
        """What lies between the two; nothing yet by default."""
        return self._contacts.get((bot, person), Contact(bot, person))

    def meet(self, bot: BotId, person: PersonId, *, blocked: bool = False) -> Contact:
        """The person has opened the chat with the bot, or blocked it."""
        contact = replace(self.contact(bot, person), started=True, blocked=blocked)
        self._contacts[bot, person] = contact
        self._shelf.put("contact", f"{bot}/{person}", asdict(contact))
        return contact

    def bot_of(self, token: str) -> Bot | None:
        """The bot with that token."""
        known = (
            bot for bot in self.bots.values() if secrets.compare_digest(bot.token.encode(), token.encode())
        )
        return next(known, None)

    def person(self, id: int) -> Person:
        """The person with that id; raises the control surface's 404."""
        if person := self.people.get(PersonId(id)):
            return person
        raise SandboxError(
            404, "unknown_person", f"There is no person {id} in this sandbox.", people=list(self.people)
        )

    def group_of(self, id: int, member: PersonId) -> Group:
        """The group with that id if `member` is in it; raises the control surface's 404."""
        group = self.groups.get(ChatId(id))
        if group and member in group.members:
            return group
        raise SandboxError(404, "unknown_chat", f"Person {member} is in no group {id}.")

    def groups_of(self, person: PersonId) -> list[Group]:
        """The groups a person is in, those that became supergroups left out."""
        return [each for each in self.groups.values() if person in each.members and not each.migrated_to]


def members(ids: Iterable[int]) -> tuple[PersonId, ...]:
    """Ids without repetition, in the order given."""
    return tuple(dict.fromkeys(map(PersonId, ids)))


def _person(record: Json) -> Person:
    return Person(**record | {"roles": tuple(record["roles"])})


def _bot(record: Json) -> Bot:
    return Bot(**record | {"allowed": None if record["allowed"] is None else tuple(record["allowed"])})


def _group(record: Json) -> Group:
    return Group(**record | {name: tuple(record[name]) for name in ("members", "bots", "kicked")})


def _contact(record: Json) -> Contact:
    return Contact(**record)
