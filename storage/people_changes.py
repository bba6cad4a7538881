"""Writing the roster: people, their roles, units, who sits in them, and who is in charge of them.

Reading is `storage.people`. Every function says whether it changed anything, so that the trail notes only
what happened.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, delete, insert, select, update

from storage import upsert
from storage.recall import forget
from storage.store import Tx
from storage.tables_people import accounts, groups, in_charge, members, people, roles, units
from workflow.roles import PersonId, Role, UnitId

CHARGE: Final = "charge"
LINK: Final = "link"

_ADD_PERSON = insert(people).returning(people.c.id)
_ADD_UNIT = insert(units).returning(units.c.id)
_GRANT = upsert.insert(roles).on_conflict_do_nothing().returning(roles.c.role)
_REVOKE = delete(roles).where(roles.c.person_id == bindparam("person"), roles.c.role == bindparam("held"))
_MEMBER = upsert.insert(members)
_SEAT = _MEMBER.on_conflict_do_update(
    index_elements=["unit_id", "person_id"], set_={"role": _MEMBER.excluded.role}
)
_UNSEAT = delete(members).where(
    members.c.unit_id == bindparam("unit"), members.c.person_id == bindparam("person")
)
_SEATED_AS = select(members.c.role).where(members.c.person_id == bindparam("person"))
_PUT = upsert.insert(in_charge).on_conflict_do_nothing().returning(in_charge.c.unit_id)
_RELIEVE = delete(in_charge).where(
    and_(
        in_charge.c.leader_id == bindparam("leader"),
        in_charge.c.unit_id == bindparam("unit"),
        in_charge.c.relation == bindparam("kind"),
    )
)
_CONTACT = select(people.c.contact).where(people.c.id == bindparam("person"))


def add_person(tx: Tx, values: Mapping[str, Any]) -> PersonId:
    """A new person; `values` are columns."""
    forget(tx)
    return PersonId(tx.execute(_ADD_PERSON, dict(values)).scalar_one())


def set_person(tx: Tx, person_id: PersonId, values: Mapping[str, Any]) -> None:
    """Change some columns of a person."""
    forget(tx)
    tx.execute(update(people).where(people.c.id == person_id).values(**values))


def contact(tx: Tx, person_id: PersonId) -> str:
    """A person's telephone; it is in no entity, so that nothing shows it by accident."""
    return str(tx.execute(_CONTACT, {"person": person_id}).scalar_one())


def grant(tx: Tx, person_id: PersonId, role: Role) -> bool:
    """Give a role; False when it was held."""
    forget(tx)
    given = {"person_id": person_id, "role": role}
    return tx.execute(_GRANT, given).scalar() is not None


def revoke(tx: Tx, person_id: PersonId, role: Role) -> bool:
    """Take a role; False when it was not held."""
    forget(tx)
    return tx.execute(_REVOKE, {"person": person_id, "held": role}).rowcount == 1


def add_unit(tx: Tx, values: Mapping[str, Any]) -> UnitId:
    """A new unit; `values` are columns."""
    forget(tx)
    return UnitId(tx.execute(_ADD_UNIT, dict(values)).scalar_one())


def set_unit(tx: Tx, unit_id: UnitId, values: Mapping[str, Any]) -> None:
    """Change some columns of a unit."""
    forget(tx)
    tx.execute(update(units).where(units.c.id == unit_id).values(**values))


def seat(tx: Tx, unit_id: UnitId, person_id: PersonId, role: Role) -> None:
    """Let a person sit in a unit as its head or liaison."""
    forget(tx)
    tx.execute(_SEAT, {"unit_id": unit_id, "person_id": person_id, "role": role})


def unseat(tx: Tx, unit_id: UnitId, person_id: PersonId) -> bool:
    """A person leaves a unit; False when there was no such seat."""
    forget(tx)
    return tx.execute(_UNSEAT, {"unit": unit_id, "person": person_id}).rowcount == 1


def settle_seat_roles(tx: Tx, person_id: PersonId) -> None:
    """The roles of head and liaison come with the first such seat and go with the last."""
    held = {Role(role) for (role,) in tx.execute(_SEATED_AS, {"person": person_id})}
    for role in (Role.UNIT_HEAD, Role.LIAISON):
        if role in held:
            grant(tx, person_id, role)
        else:
            revoke(tx, person_id, role)


def put_in_charge(tx: Tx, leader: PersonId, unit_id: UnitId, relation: str) -> bool:
    """分管 or 联系; False when it was so."""
    forget(tx)
    row = {"leader_id": leader, "unit_id": unit_id, "relation": relation}
    return tx.execute(_PUT, row).scalar() is not None


def relieve(tx: Tx, leader: PersonId, unit_id: UnitId, relation: str) -> bool:
    """No longer 分管 or 联系; False when it was not so."""
    forget(tx)
    row = {"leader": leader, "unit": unit_id, "kind": relation}
    return tx.execute(_RELIEVE, row).rowcount == 1


def set_unreachable(tx: Tx, person_id: PersonId, at: datetime | None) -> None:
    """Since when nothing reaches a person; None: it does again."""
    set_person(tx, person_id, {"unreachable_at": at})


def move_chat(tx: Tx, messenger: str, chat: str, to: str) -> None:
    """The messenger gave a chat another id; whoever reports it a second time changes nothing (fault 18)."""
    taken = select(groups.c.id).where(groups.c.messenger == messenger, groups.c.chat == to)
    if tx.execute(taken).first() is None:
        here = (groups.c.messenger == messenger, groups.c.chat == chat)
        tx.execute(update(groups).where(*here).values(chat=to))
    here = (accounts.c.messenger == messenger, accounts.c.chat == chat)
    tx.execute(update(accounts).where(*here).values(chat=to))


def end_group(tx: Tx, messenger: str, chat: str) -> None:
    """We are no longer in a group chat."""
    here = (groups.c.messenger == messenger, groups.c.chat == chat)
    tx.execute(update(groups).where(*here).values(state="lost"))
