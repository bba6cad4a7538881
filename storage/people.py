"""People, units and the roster's map, as a turn reads them: always now, always inside the transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import and_, or_, select

from storage import people_asked as ask
from storage.recall import forget, recalled
from storage.store import Tx
from storage.tables_people import in_charge, people, units
from workflow.errors import NotFound
from workflow.roles import PersonId, Role, UnitId


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the roster. `title` is how the person is addressed; clock times are local HH:MM or "".

    `post` tells the two chiefs apart: secretary, president, or "".
    """

    id: PersonId
    code: str
    title: str
    name: str
    state: str
    language: str
    digest_at: str
    quiet_from: str
    quiet_to: str
    next_digest_at: datetime | None
    unreachable_at: datetime | None
    standing_authority: bool
    post: str
    roles: frozenset[Role]

    @property
    def active(self) -> bool:
        """Whether the person still holds office here."""
        return self.state == "active"


@dataclass(frozen=True, slots=True)
class Unit:
    """A department or a party branch."""

    id: UnitId
    code: str
    name: str
    kind: str
    state: str
    discipline: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a unit: UNIT_HEAD or LIAISON."""

    unit_id: UnitId
    person_id: PersonId
    role: Role


@dataclass(frozen=True, slots=True)
class Account:
    """Where a person can be reached."""

    id: int
    messenger: str
    sender: str
    chat: str
    person_id: PersonId
    state: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who may act for somebody else: a standing aide, or a deputy during an absence."""

    id: int
    principal_id: PersonId
    deputy_id: PersonId
    kind: str
    since: datetime
    until: datetime | None


_ONE: Final = "person"


def get(tx: Tx, person_id: PersonId) -> Person:
    """One person. Raises NotFound."""
    found = many(tx, [person_id])
    if not found:
        raise NotFound("no_such_person")
    return found[person_id]


def many(tx: Tx, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Several people by id."""
    wanted = sorted(set(ids))
    unknown = [i for i in wanted if (_ONE, i) not in tx.recalled]
    if unknown:
        tx.recalled |= dict.fromkeys(((_ONE, i) for i in unknown), None)
        _load(tx, ask.MANY, {"ids": unknown})
    return {i: person for i in wanted if (person := tx.recalled[_ONE, i])}


def active(tx: Tx) -> list[Person]:
    """Everybody in office."""
    return _load(tx, ask.PEOPLE.where(people.c.state == "active"), {})


def by_title(tx: Tx, title: str) -> list[Person]:
    """The people in office whose title or name is exactly this."""
    same = or_(people.c.title == title, people.c.name == title, people.c.code == title)
    return _load(tx, ask.PEOPLE.where(people.c.state == "active", same), {})


def by_code(tx: Tx, code: str) -> Person | None:
    """The person a roster calls `code`."""
    return next(iter(_load(tx, ask.PEOPLE.where(people.c.code == code), {})), None)


@recalled
def holding(tx: Tx, role: Role) -> list[Person]:
    """The people in office who hold a role."""
    return _load(tx, ask.HOLDING, {"held": role})


def account(tx: Tx, messenger: str, sender: str) -> Account | None:
    """The account a message came from, whatever its state."""
    row = tx.execute(ask.ACCOUNT, {"messenger": messenger, "sender": sender}).one_or_none()
    return account_of(row) if row else None


def reach(tx: Tx, person_id: PersonId) -> Account | None:
    """Where a person can be written to."""
    row = tx.execute(ask.REACH, {"person": person_id}).first()
    return account_of(row) if row else None


@recalled
def all_units(tx: Tx) -> list[Unit]:
    """Every unit, closed ones too."""
    return [Unit(UnitId(r.id), r.code, r.name, r.kind, r.state, r.discipline) for r in _rows(tx, ask.UNITS)]


def unit(tx: Tx, unit_id: UnitId) -> Unit:
    """One unit. Raises NotFound."""
    for row in _rows(tx, ask.UNITS.where(units.c.id == unit_id)):
        return Unit(UnitId(row.id), row.code, row.name, row.kind, row.state, row.discipline)
    raise NotFound("no_such_unit")


@recalled
def unit_named(tx: Tx, name: str) -> Unit | None:
    """The active unit of this name or code."""
    for row in tx.execute(ask.NAMED, {"called": name}):
        return Unit(UnitId(row.id), row.code, row.name, row.kind, row.state, row.discipline)
    return None


@recalled
def units_of(tx: Tx, person_id: PersonId) -> list[Membership]:
    """The units a person sits in."""
    return _memberships(tx, ask.UNITS_OF, {"person": person_id})


def members_of(tx: Tx, unit_ids: Iterable[UnitId]) -> list[Membership]:
    """The heads and liaisons in office of some units."""
    return _members_of(tx, tuple(unit_ids))


@recalled
def _members_of(tx: Tx, unit_ids: tuple[UnitId, ...]) -> list[Membership]:
    return _memberships(tx, ask.MEMBERS_OF, {"units": unit_ids})


def leaders_of(tx: Tx, unit_id: UnitId, relation: str = "charge") -> list[PersonId]:
    """The leaders in charge of (分管) or linked to (联系) a unit."""
    query = select(in_charge.c.leader_id).where(
        and_(in_charge.c.unit_id == unit_id, in_charge.c.relation == relation)
    )
    return [PersonId(i) for (i,) in tx.execute(query.order_by(in_charge.c.leader_id))]


def units_under(tx: Tx, leader: PersonId, relation: str = "charge") -> list[UnitId]:
    """The units a leader is in charge of."""
    query = select(in_charge.c.unit_id).where(
        and_(in_charge.c.leader_id == leader, in_charge.c.relation == relation)
    )
    return [UnitId(i) for (i,) in tx.execute(query.order_by(in_charge.c.unit_id))]


@recalled
def principals(tx: Tx, deputy: PersonId) -> list[StandIn]:
    """For whom a person may act at this moment."""
    bound = {"deputy": deputy, "now": tx.now}
    return [StandIn(*row) for row in tx.execute(ask.PRINCIPALS, bound)]


@recalled
def deputies(tx: Tx, principal: PersonId) -> list[StandIn]:
    """Who may act for a person at this moment."""
    bound = {"principal": principal, "now": tx.now}
    return [StandIn(*row) for row in tx.execute(ask.DEPUTIES, bound)]


def digests_due(tx: Tx, most: int) -> list[Person]:
    """People whose morning digest is due, the longest waiting first."""
    return _load(tx, ask.DIGESTS_DUE, {"now": tx.now, "most": most})


def next_digest(tx: Tx) -> datetime | None:
    """When the next digest of anybody is due."""
    found: datetime | None = tx.execute(ask.NEXT_DIGEST).scalar()
    return found


def schedule_digest(tx: Tx, person_id: PersonId, at: datetime | None) -> None:
    """When a person's next digest is due."""
    forget(tx)
    tx.execute(ask.SET_DIGEST, {"b_id": person_id, "at": at})


def _rows(tx: Tx, query: Any) -> Any:
    return tx.execute(query)


def _memberships(tx: Tx, query: Any, bound: dict[str, Any]) -> list[Membership]:
    return [Membership(UnitId(u), PersonId(p), Role(role)) for u, p, role in tx.execute(query, bound)]


def account_of(row: Any) -> Account:
    """The account a row of its table holds."""
    return Account(row.id, row.messenger, row.sender, row.chat, PersonId(row.person_id), row.state)


def _load(tx: Tx, query: Any, bound: dict[str, Any]) -> list[Person]:
    """People with their roles; each is recalled by id from now on."""
    found: dict[PersonId, Person] = {}
    for _, rows in groupby(tx.execute(query, bound), key=itemgetter(0)):
        first, *more = rows
        *values, role = first
        held = frozenset(Role(one) for one in (role, *(row[-1] for row in more)) if one)
        person = Person(*[*values, held])
        found[person.id] = tx.recalled[_ONE, person.id] = person
    return list(found.values())
