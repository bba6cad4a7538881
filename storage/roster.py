"""The whole roster in a few queries, to be compared with a sheet."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from storage import people
from storage.people import Person, Unit
from storage.store import Tx
from storage.tables_people import in_charge, members
from storage.tables_people import people as people_table
from workflow.roles import PersonId, Role, UnitId

SLICE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody by code, those who left too; units by code; who sits where; who is in charge of what."""

    people: dict[str, Person]
    contacts: dict[PersonId, str]
    units: dict[str, Unit]
    seats: dict[PersonId, dict[UnitId, Role]]
    charges: dict[tuple[PersonId, str], set[UnitId]]


def read(tx: Tx) -> Roster:
    """The roster as it stands."""
    rows = tx.execute(select(people_table.c.id, people_table.c.contact)).all()
    contacts = {PersonId(row.id): row.contact for row in rows}
    ids = list(contacts)
    everybody = [
        person
        for start in range(0, len(ids), SLICE)
        for person in people.many(tx, ids[start : start + SLICE]).values()
    ]
    seats: dict[PersonId, dict[UnitId, Role]] = {}
    for seat in _all(tx, members):
        seats.setdefault(PersonId(seat.person_id), {})[UnitId(seat.unit_id)] = Role(seat.role)
    charges: dict[tuple[PersonId, str], set[UnitId]] = {}
    for row in _all(tx, in_charge):
        charges.setdefault((PersonId(row.leader_id), row.relation), set()).add(UnitId(row.unit_id))
    return Roster(
        {person.code: person for person in everybody},
        contacts,
        {unit.code: unit for unit in people.all_units(tx)},
        seats,
        charges,
    )


def _all(tx: Tx, table: Any) -> Any:
    return tx.execute(select(table))
