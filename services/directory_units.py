"""Units, who sits in them as head or liaison, and which leader is in charge of which (分管, 联系)."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from services import menus
from services.administering import Act, note, require
from services.directory import LONGEST
from services.work import Work
from storage import people, people_changes
from storage.people import Membership, Unit
from storage.people_changes import CHARGE, LINK
from storage.rows import of, split
from workflow.errors import Invalid, Missing
from workflow.roles import PersonId, Role, UnitId

KINDS: Final = ("department", "branch")
SEATS: Final = (Role.UNIT_HEAD, Role.LIAISON)
__all__ = [
    "CHARGE",
    "LINK",
    "UnitIdentity",
    "add_unit",
    "change_unit",
    "put_in_charge",
    "relieve",
    "seat",
    "unseat",
]


@dataclass(frozen=True, slots=True)
class UnitIdentity:
    """What a unit is. `discipline`: the discipline committee itself, which should not execute (三转)."""

    code: str
    name: str
    kind: str = "department"
    discipline: bool = False
    state: str = "active"


def add_unit(work: Work, given: UnitIdentity) -> Unit:
    """A new department or party branch."""
    require(work, Act.UNITS)
    values = _checked(work, given)
    made = people_changes.add_unit(work.tx, values)
    facts, texts = split(of("units"), values)
    note(work, "unit_added", {"unit": made, "set": facts}, texts)
    return people.unit(work.tx, made)


def change_unit(work: Work, unit_id: UnitId, given: UnitIdentity) -> Unit:
    """Rename, close or correct a unit. Nothing is noted when nothing changes."""
    require(work, Act.UNITS)
    before = people.unit(work.tx, unit_id)
    checked = _checked(work, given, unit_id)
    values = {name: value for name, value in checked.items() if getattr(before, name) != value}
    if values:
        people_changes.set_unit(work.tx, unit_id, values)
        facts, texts = split(of("units"), values)
        note(work, "unit_changed", {"unit": unit_id, "set": facts}, texts)
    return people.unit(work.tx, unit_id)


def seat(work: Work, unit_id: UnitId, person_id: PersonId, role: Role) -> None:
    """Make somebody head or liaison of a unit; the role comes with the seat."""
    require(work, Act.UNITS)
    person = people.get(work.tx, person_id)
    people.unit(work.tx, unit_id)
    if not person.active:
        raise Invalid("person_left", title=person.title)
    if role not in SEATS:
        raise Invalid("not_a_unit_role", role=role)
    if Membership(unit_id, person_id, role) in people.units_of(work.tx, person_id):
        return
    people_changes.seat(work.tx, unit_id, person_id, role)
    note(work, "member_seated", {"unit": unit_id, "person": person_id, "role": role})
    people_changes.settle_seat_roles(work.tx, person_id)
    menus.owe(work.tx, person_id)


def unseat(work: Work, unit_id: UnitId, person_id: PersonId) -> None:
    """Somebody no longer sits in a unit; the role goes with the last seat."""
    require(work, Act.UNITS)
    if people_changes.unseat(work.tx, unit_id, person_id):
        note(work, "member_unseated", {"unit": unit_id, "person": person_id})
        people_changes.settle_seat_roles(work.tx, person_id)
        menus.owe(work.tx, person_id)


def put_in_charge(work: Work, leader: PersonId, unit_id: UnitId, relation: str = CHARGE) -> None:
    """Enter in the map that a leader is in charge of (or linked to) a unit."""
    require(work, Act.UNITS)
    _relation(relation)
    person = people.get(work.tx, leader)
    people.unit(work.tx, unit_id)
    if not person.active:
        raise Invalid("person_left", title=person.title)
    if people_changes.put_in_charge(work.tx, leader, unit_id, relation):
        note(work, "charge_given", {"leader": leader, "unit": unit_id, "relation": relation})


def relieve(work: Work, leader: PersonId, unit_id: UnitId, relation: str = CHARGE) -> None:
    """Strike that out of the map."""
    require(work, Act.UNITS)
    _relation(relation)
    if people_changes.relieve(work.tx, leader, unit_id, relation):
        note(work, "charge_ended", {"leader": leader, "unit": unit_id, "relation": relation})


def _relation(relation: str) -> None:
    if relation not in (CHARGE, LINK):
        raise Invalid("unknown_relation", relation=relation)


def _checked(work: Work, given: UnitIdentity, own: UnitId | None = None) -> dict[str, Any]:
    values = asdict(given) | {"code": given.code.strip(), "name": given.name.strip()}
    if missing := tuple(name for name in ("code", "name") if not values[name]):
        raise Missing("fields_missing", fields=missing)
    if any(len(values[name]) > LONGEST for name in ("code", "name")):
        raise Invalid("text_too_long", longest=LONGEST)
    if given.kind not in KINDS:
        raise Invalid("unknown_unit_kind", kind=given.kind)
    others = [unit for unit in people.all_units(work.tx) if unit.id != own]
    if any(unit.code == values["code"] for unit in others):
        raise Invalid("code_taken", taken=values["code"])
    if any(unit.name == values["name"] and unit.state == "active" for unit in others):
        raise Invalid("name_taken", taken=values["name"])
    return values
