"""People, units and the roster's map, as a turn reads them: always now, always inside the transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, or_, select, update

from storage.store import Tx
from storage.tables_people import accounts, in_charge, members, people, roles, stand_ins, units
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


_PERSON_COLUMNS: Final = (
    people.c.id,
    people.c.code,
    people.c.title,
    people.c.name,
    people.c.state,
    people.c.language,
    people.c.digest_at,
    people.c.quiet_from,
    people.c.quiet_to,
    people.c.next_digest_at,
    people.c.unreachable_at,
    people.c.standing_authority,
    people.c.post,
)
_PEOPLE = select(*_PERSON_COLUMNS).order_by(people.c.id)
_PERSON = _PEOPLE.where(people.c.id == bindparam("id"))
_ROLES = select(roles.c.person_id, roles.c.role)
_ACCOUNT = select(accounts).where(
    accounts.c.messenger == bindparam("messenger"), accounts.c.sender == bindparam("sender")
)
_REACH = select(accounts).where(accounts.c.person_id == bindparam("person"), accounts.c.state == "active")
_UNITS = select(units).order_by(units.c.id)
_MEMBERS = select(members).order_by(members.c.unit_id, members.c.person_id)
_STANDING_IN = select(
    stand_ins.c.id,
    stand_ins.c.principal_id,
    stand_ins.c.deputy_id,
    stand_ins.c.kind,
    stand_ins.c.since,
    stand_ins.c.until,
).where(
    stand_ins.c.ended_at.is_(None),
    stand_ins.c.since <= bindparam("now"),
    or_(stand_ins.c.until.is_(None), stand_ins.c.until > bindparam("now")),
)
_NEXT_DIGEST = (
    select(people.c.next_digest_at)
    .where(people.c.next_digest_at.is_not(None), people.c.state == "active")
    .order_by(people.c.next_digest_at)
    .limit(1)
)
_SET_DIGEST = update(people).where(people.c.id == bindparam("b_id")).values(next_digest_at=bindparam("at"))


def get(tx: Tx, person_id: PersonId) -> Person:
    """One person. Raises NotFound."""
    found = _load(tx, _PERSON, {"id": person_id})
    if not found:
        raise NotFound("no_such_person")
    return found[0]


def many(tx: Tx, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Several people by id."""
    wanted = list(dict.fromkeys(ids))
    return {p.id: p for p in _load(tx, _PEOPLE.where(people.c.id.in_(wanted)), {})} if wanted else {}


def active(tx: Tx) -> list[Person]:
    """Everybody in office."""
    return _load(tx, _PEOPLE.where(people.c.state == "active"), {})


def by_title(tx: Tx, title: str) -> list[Person]:
    """The people in office whose title or name is exactly this."""
    same = or_(people.c.title == title, people.c.name == title, people.c.code == title)
    return _load(tx, _PEOPLE.where(people.c.state == "active", same), {})


def by_code(tx: Tx, code: str) -> Person | None:
    """The person a roster calls `code`."""
    return next(iter(_load(tx, _PEOPLE.where(people.c.code == code), {})), None)


def holding(tx: Tx, role: Role) -> list[Person]:
    """The people in office who hold a role."""
    chosen = select(roles.c.person_id).where(roles.c.role == role)
    return _load(tx, _PEOPLE.where(people.c.state == "active", people.c.id.in_(chosen)), {})


def account(tx: Tx, messenger: str, sender: str) -> Account | None:
    """The account a message came from, whatever its state."""
    row = tx.connection.execute(_ACCOUNT, {"messenger": messenger, "sender": sender}).one_or_none()
    return account_of(row) if row else None


def reach(tx: Tx, person_id: PersonId) -> Account | None:
    """Where a person can be written to."""
    row = tx.connection.execute(_REACH, {"person": person_id}).first()
    return account_of(row) if row else None


def all_units(tx: Tx) -> list[Unit]:
    """Every unit, closed ones too."""
    return [Unit(UnitId(r.id), r.code, r.name, r.kind, r.state, r.discipline) for r in _rows(tx, _UNITS)]


def unit(tx: Tx, unit_id: UnitId) -> Unit:
    """One unit. Raises NotFound."""
    for row in _rows(tx, _UNITS.where(units.c.id == unit_id)):
        return Unit(UnitId(row.id), row.code, row.name, row.kind, row.state, row.discipline)
    raise NotFound("no_such_unit")


def unit_named(tx: Tx, name: str) -> Unit | None:
    """The active unit of this name or code."""
    same = or_(units.c.name == name, units.c.code == name)
    for row in _rows(tx, _UNITS.where(same, units.c.state == "active")):
        return Unit(UnitId(row.id), row.code, row.name, row.kind, row.state, row.discipline)
    return None


def units_of(tx: Tx, person_id: PersonId) -> list[Membership]:
    """The units a person sits in."""
    return _memberships(tx, _MEMBERS.where(members.c.person_id == person_id))


def members_of(tx: Tx, unit_ids: Iterable[UnitId]) -> list[Membership]:
    """The heads and liaisons in office of some units."""
    active_ = members.join(people, people.c.id == members.c.person_id)
    query = (
        select(members.c.unit_id, members.c.person_id, members.c.role)
        .select_from(active_)
        .where(members.c.unit_id.in_(list(unit_ids)), people.c.state == "active")
        .order_by(members.c.unit_id, members.c.person_id)
    )
    return _memberships(tx, query)


def leaders_of(tx: Tx, unit_id: UnitId, relation: str = "charge") -> list[PersonId]:
    """The leaders in charge of (分管) or linked to (联系) a unit."""
    query = select(in_charge.c.leader_id).where(
        and_(in_charge.c.unit_id == unit_id, in_charge.c.relation == relation)
    )
    return [PersonId(i) for (i,) in tx.connection.execute(query.order_by(in_charge.c.leader_id))]


def units_under(tx: Tx, leader: PersonId, relation: str = "charge") -> list[UnitId]:
    """The units a leader is in charge of."""
    query = select(in_charge.c.unit_id).where(
        and_(in_charge.c.leader_id == leader, in_charge.c.relation == relation)
    )
    return [UnitId(i) for (i,) in tx.connection.execute(query.order_by(in_charge.c.unit_id))]


def principals(tx: Tx, deputy: PersonId) -> list[StandIn]:
    """For whom a person may act at this moment."""
    query = _STANDING_IN.where(stand_ins.c.deputy_id == deputy)
    return [StandIn(*row) for row in tx.connection.execute(query, {"now": tx.now})]


def deputies(tx: Tx, principal: PersonId) -> list[StandIn]:
    """Who may act for a person at this moment."""
    query = _STANDING_IN.where(stand_ins.c.principal_id == principal)
    return [StandIn(*row) for row in tx.connection.execute(query, {"now": tx.now})]


def digests_due(tx: Tx, most: int) -> list[Person]:
    """People whose morning digest is due, the longest waiting first."""
    due = people.c.next_digest_at <= bindparam("now")
    query = _PEOPLE.where(due, people.c.state == "active").limit(most)
    return _load(tx, query, {"now": tx.now})


def next_digest(tx: Tx) -> datetime | None:
    """When the next digest of anybody is due."""
    found: datetime | None = tx.connection.execute(_NEXT_DIGEST).scalar()
    return found


def schedule_digest(tx: Tx, person_id: PersonId, at: datetime | None) -> None:
    """When a person's next digest is due."""
    tx.connection.execute(_SET_DIGEST, {"b_id": person_id, "at": at})


def _rows(tx: Tx, query: Any) -> Any:
    return tx.connection.execute(query)


def _memberships(tx: Tx, query: Any) -> list[Membership]:
    return [
        Membership(UnitId(u), PersonId(p), Role(role)) for u, p, role in tx.connection.execute(query).all()
    ]


def account_of(row: Any) -> Account:
    """The account a row of its table holds."""
    return Account(row.id, row.messenger, row.sender, row.chat, PersonId(row.person_id), row.state)


def _load(tx: Tx, query: Any, bound: dict[str, Any]) -> list[Person]:
    rows = tx.connection.execute(query, bound).all()
    if not rows:
        return []
    held: dict[int, set[Role]] = {}
    chosen = _ROLES.where(roles.c.person_id.in_([row.id for row in rows]))
    for person_id, role in tx.connection.execute(chosen):
        held.setdefault(person_id, set()).add(Role(role))
    return [Person(**dict(row._mapping), roles=frozenset(held.get(row.id, ()))) for row in rows]
