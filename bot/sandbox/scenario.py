"""Setting the stage: the college's people with their accounts, and the topics of its first joint meeting.

Everything goes through the use cases, as if an operator had typed it, and only once: a set stage stays.
"""

from collections.abc import Mapping
from typing import Final

from bot.sandbox.cast import BRANCHES, CAST, DISCIPLINE, UNITS, Seat
from bot.sandbox.scenario_topics import first_meeting
from bot.sandbox.shapes import Person as Player
from bot.sandbox.shapes import PersonId as Id
from services import directory, directory_units, inviting, issuing, pushing
from services.administering import operator
from services.directory import Identity
from services.directory_units import UnitIdentity
from services.policy import Policy
from services.work import Said, Work
from storage import facts, people
from storage.people import Person
from storage.store import Tx
from workflow.roles import PersonId, Role, UnitId

SET: Final = "scenario"
YEAR: Final = "year"
SCENARIOS: Final = ("demo", "empty", YEAR)
FIRST_ID: Final = 101
MESSENGER: Final = "telegram"
KNOWN_AS: Final = (Role.CHIEF, Role.DISCIPLINE_SECRETARY, *(role for role in Role))
"""The order in which the page tells what somebody is: what makes a seat stand out comes first."""


def set_stage(tx: Tx, policy: Policy, name: str) -> None:
    """Set the scenario's stage, unless one is set already."""
    if facts.get(tx, SET) is not None:
        return
    work = _as(tx, policy, operator(tx))
    units = {unit: _unit(work, unit) for unit in UNITS}
    cast = {seat.title: _person(work, seat, place) for place, seat in enumerate(CAST)}
    for seat in CAST:
        _place(work, seat, cast[seat.title], units)
    if name == "demo":
        _first_meeting(tx, policy, cast, units)
    facts.put(tx, SET, name)


def players(tx: Tx, language: str) -> list[Player]:
    """Whoever has an account, as the sandbox's Telegram is to know them, in the college's `language`."""
    found = []
    for person in people.active(tx):
        account = people.reach(tx, person.id)
        if account is not None:
            roles = [role.name for role in sorted(person.roles, key=KNOWN_AS.index)]
            found.append(
                Player(Id(int(account.sender)), person.title, tuple(roles), person.language or language)
            )
    return found


def _unit(work: Work, name: str) -> UnitId:
    kind = "branch" if name in BRANCHES else "department"
    return directory_units.add_unit(work, UnitIdentity(name, name, kind, discipline=name == DISCIPLINE)).id


def _person(work: Work, seat: Seat, place: int) -> PersonId:
    given = Identity(f"{place + 1:03}", seat.title, post=seat.post)
    person = directory.add_person(work, given, frozenset(seat.roles))
    sender = str(FIRST_ID + place)
    code = inviting.invite(work, person.id, confirm=False)
    inviting.redeem(work.tx, work.policy, MESSENGER, sender, sender, code)
    return person.id


def _place(work: Work, seat: Seat, person: PersonId, units: dict[str, UnitId]) -> None:
    for unit, role in ((seat.heads, Role.UNIT_HEAD), (seat.liaises, Role.LIAISON)):
        if unit:
            directory_units.seat(work, units[unit], person, role)
    for unit in seat.charge:
        directory_units.put_in_charge(work, person, units[unit])


def _first_meeting(tx: Tx, policy: Policy, cast: Mapping[str, PersonId], units: Mapping[str, UnitId]) -> None:
    """Its topics, issued by the secretary and waiting to be claimed."""
    work = _as(tx, policy, people.get(tx, cast["党委书记"]))
    for draft in first_meeting(policy.calendar, policy.calendar.day(tx.now), cast, units):
        issuing.publish(work, issuing.draft(work, draft).id)
    pushing.push(tx, policy, work.told)


def _as(tx: Tx, policy: Policy, actor: Person) -> Work:
    return Work(tx, policy, actor, Said(tx.now))
