"""Who may change the directory: a table, like the one for topics, and the trail of whoever did.

The operator is whoever has the command line: a row of its own, so that the trail can name it, in no list of
people and with no seat on any topic.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from services.work import Work
from storage import people, people_changes
from storage.people import Person
from storage.store import Tx
from workflow.errors import NoRight
from workflow.roles import Role

OPERATOR: Final = "~operator"
"""The code of the operator's row; no roster may use it."""


class Act(StrEnum):
    """What can be done to the directory."""

    PEOPLE = "people"
    UNITS = "units"
    ROLES = "roles"
    ADMINS = "admins"
    INVITE = "invite"
    CONFIRM = "confirm"
    STAND_IN = "stand_in"
    LEAVE = "leave"
    GROUPS = "groups"
    ROSTER = "roster"
    LEDGER = "ledger"
    DELIVERY = "delivery"


_BOTH: Final = frozenset({Role.OFFICE, Role.ADMIN})
_OFFICE: Final = frozenset({Role.OFFICE})

MAY: Final[Mapping[Act, frozenset[Role]]] = {
    Act.PEOPLE: _BOTH,
    Act.UNITS: _BOTH,
    Act.ROLES: _BOTH,
    Act.ADMINS: frozenset({Role.ADMIN}),
    Act.INVITE: _BOTH,
    Act.CONFIRM: _BOTH,
    Act.STAND_IN: _OFFICE,
    Act.LEAVE: _BOTH,
    Act.GROUPS: _OFFICE,
    Act.ROSTER: _BOTH,
    Act.LEDGER: _OFFICE,
    Act.DELIVERY: frozenset({Role.OFFICE, Role.DISCIPLINE_SECRETARY}),
}


def may(person: Person, act: Act) -> bool:
    """Whether a person may do this to the directory."""
    return person.state != "left" and bool(person.roles & MAY[act])


def require(work: Work, act: Act) -> None:
    """Raise NoRight unless the actor may."""
    if not may(work.actor, act):
        raise NoRight("may_not_administer", act=act)


def operator(tx: Tx) -> Person:
    """Whoever has the command line: office and administrator at once, and nobody's colleague."""
    found = people.by_code(tx, OPERATOR)
    if found is None:
        made = people_changes.add_person(tx, {"code": OPERATOR, "title": OPERATOR, "state": "system"})
        found = people.get(tx, made)
    return replace(found, roles=_BOTH)


def note(work: Work, event: str, facts: Mapping[str, Any], texts: Mapping[str, str] | None = None) -> None:
    """Enter a change of the directory in the trail: ids as facts, names as erasable texts."""
    work.tx.record(event, actor_id=work.actor.id, facts=facts, texts=texts)
