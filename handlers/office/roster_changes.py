"""What can be changed about people and units, each change proposed in words before it is made.

A proposal is a card whose buttons hold everything by id: nothing is remembered, nothing goes stale unseen.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from handlers.asking.whom import keeper
from handlers.cards import Card, rows
from handlers.office.roster_cards import person_card, unit_card
from handlers.registry import button
from handlers.turn import Turn
from services import directory, directory_units, inviting
from services.administering import Act
from services.directory import Identity
from services.directory_units import UnitIdentity
from services.work import Work
from storage import accounts, people, people_changes
from storage.people import Unit
from workflow.roles import PersonId, Role, UnitId

NO_UNIT: Final = UnitId(0)
Change = Callable[[Work, str, PersonId, UnitId], object]


def identity(work: Work, person_id: PersonId) -> Identity:
    """Who somebody is at present."""
    one = people.get(work.tx, person_id)
    contact = people_changes.contact(work.tx, person_id)
    return Identity(one.code, one.title, one.name, contact, one.post)


def unit_identity(unit: Unit) -> UnitIdentity:
    """What a unit is at present."""
    return UnitIdentity(unit.code, unit.name, unit.kind, unit.discipline, unit.state)


def _post(work: Work, what: str, person: PersonId, unit: UnitId) -> None:
    directory.change_person(work, person, replace(identity(work, person), post=what))


def _close(work: Work, what: str, person: PersonId, unit: UnitId) -> None:
    closed = replace(unit_identity(people.unit(work.tx, unit)), state="closed")
    directory_units.change_unit(work, unit, closed)


def _revoke_accounts(work: Work, what: str, person: PersonId, unit: UnitId) -> None:
    for account in accounts.of_person(work.tx, person):
        if account.state != "revoked":
            inviting.revoke_account(work, account.id)


CHANGES: Final[Mapping[str, Change]] = {
    "grant": lambda work, what, person, unit: directory.grant(work, person, Role(what)),
    "revoke": lambda work, what, person, unit: directory.revoke(work, person, Role(what)),
    "seat": lambda work, what, person, unit: directory_units.seat(work, unit, person, Role(what)),
    "unseat": lambda work, what, person, unit: directory_units.unseat(work, unit, person),
    "in_charge": lambda work, what, person, unit: directory_units.put_in_charge(work, person, unit, what),
    "relieve": lambda work, what, person, unit: directory_units.relieve(work, person, unit, what),
    "post": _post,
    "close_unit": _close,
    "unbind_account": _revoke_accounts,
}
_ROOMS: Final[Mapping[str, str]] = {
    "grant": "role",
    "revoke": "role",
    "seat": "role",
    "in_charge": "roster.relation",
    "relieve": "roster.relation",
    "post": "roster.post",
}
"""Where the word for what is changed stands."""


@button("change")
def change(turn: Turn, name: str, what: str, person: PersonId, unit: UnitId = NO_UNIT) -> None:
    """Say what would be changed, and ask."""
    keeper(turn, Act.PEOPLE)
    question = turn.say(
        f"roster.ask.{name}",
        person=people.get(turn.tx, person).title if person else "",
        unit=people.unit(turn.tx, unit).name if unit else "",
        what=turn.say(f"{_ROOMS[name]}.{what or 'none'}") if name in _ROOMS else "",
    )
    yes = turn.button("change_now", name, what, person, unit, label="yes")
    subject, item = ("person", int(person)) if person else ("unit", int(unit))
    back = turn.button(subject, item, label="back")
    turn.edit(Card(lines=(question,), buttons=rows(yes, back)))


@button("change_of_role")
def change_of_role(turn: Turn, name: str, person: PersonId, what: str) -> None:
    """The same, where the role (or post) was chosen last."""
    change(turn, name, what, person)


@button("change_of_person")
def change_of_person(turn: Turn, name: str, what: str, unit: UnitId, person: PersonId) -> None:
    """The same, where the person was chosen last."""
    change(turn, name, what, person, unit)


@button("change_now")
def change_now(turn: Turn, name: str, what: str, person: PersonId, unit: UnitId) -> None:
    """Make the change and show what it made."""
    keeper(turn, Act.PEOPLE)
    CHANGES[name](turn.work, what, person, unit)
    turn.toast("roster.done")
    shown = person_card(turn, person) if person else unit_card(turn, unit)
    turn.edit(shown)
