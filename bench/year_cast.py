"""Sixty people for a year: the sandbox's college, and as many schools beside it as it takes."""

from typing import Final

from bot.sandbox.cast import CAST
from bot.sandbox.run import Opened
from bot.sandbox.scenario import FIRST_ID, MESSENGER, players
from services import directory, directory_units, inviting
from services.administering import operator
from services.directory import Identity
from services.directory_units import UnitIdentity
from services.work import Said, Work
from storage import people
from storage.people_changes import CHARGE
from storage.store import Tx
from workflow.roles import PersonId, Role

LEADER: Final = "教学副院长"
"""Who is in charge of the schools."""


async def gather(it: Opened, size: int) -> None:
    """Let the college grow to `size` people, each with an account and a place in the sandbox's Telegram."""
    await it.app.store.run(lambda tx: _grow(Work(tx, it.app.policy, operator(tx), Said(tx.now)), size))
    for player in await it.app.store.read(lambda tx: players(tx, "zh")):
        it.telegram.add_person(player.id, player.title, player.roles, player.language)


def charges(tx: Tx) -> list[tuple[str, str]]:
    """Every unit that has a head, with the leader in charge of it: (leader's title, unit's name)."""
    found = []
    for unit in people.all_units(tx):
        leaders = people.leaders_of(tx, unit.id)
        heads = [m for m in people.members_of(tx, [unit.id]) if m.role is Role.UNIT_HEAD]
        if leaders and heads:
            found.append((people.get(tx, leaders[0]).title, unit.name))
    return found


def _grow(work: Work, size: int) -> None:
    [leader] = people.by_title(work.tx, LEADER)
    for place in range(len(CAST), size, 2):
        unit = f"第{place}学院"
        made = directory_units.add_unit(work, UnitIdentity(unit, unit))
        directory_units.put_in_charge(work, leader.id, made.id, CHARGE)
        seats = ((f"{unit}院长", Role.UNIT_HEAD), (f"{unit}联络员", Role.LIAISON))
        for no, (title, role) in enumerate(seats[: size - place]):
            directory_units.seat(work, made.id, _join(work, title, place + no), role)


def _join(work: Work, title: str, place: int) -> PersonId:
    person = directory.add_person(work, Identity(f"{place + 1:03}", title), frozenset())
    sender = str(FIRST_ID + place)
    code = inviting.invite(work, person.id, confirm=False)
    inviting.redeem(work.tx, work.policy, MESSENGER, sender, sender, code)
    return person.id
