"""The statements `storage.people` asks the roster with, built once: every turn asks several of them."""

from typing import Final

from sqlalchemy import bindparam, or_, select, update

from storage.among import among
from storage.tables_people import accounts, members, people, roles, stand_ins, units

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
PEOPLE = (
    select(*_PERSON_COLUMNS, roles.c.role)
    .select_from(people.outerjoin(roles, roles.c.person_id == people.c.id))
    .order_by(people.c.id)
)
MANY = PEOPLE.where(among(people.c.id, "ids"))
HOLDING = PEOPLE.where(
    people.c.state == "active",
    people.c.id.in_(select(roles.c.person_id).where(roles.c.role == bindparam("held"))),
)
DIGESTS_DUE = PEOPLE.where(
    people.c.id.in_(
        select(people.c.id)
        .where(people.c.next_digest_at <= bindparam("now"), people.c.state == "active")
        .order_by(people.c.next_digest_at)
        .limit(bindparam("most"))
    )
)
ACCOUNT = select(accounts).where(
    accounts.c.messenger == bindparam("messenger"), accounts.c.sender == bindparam("sender")
)
REACH = select(accounts).where(accounts.c.person_id == bindparam("person"), accounts.c.state == "active")
UNITS = select(units).order_by(units.c.id)
NAMED = UNITS.where(
    or_(units.c.name == bindparam("called"), units.c.code == bindparam("called")), units.c.state == "active"
)
UNITS_OF = (
    select(members.c.unit_id, members.c.person_id, members.c.role)
    .where(members.c.person_id == bindparam("person"))
    .order_by(members.c.unit_id)
)
MEMBERS_OF = (
    select(members.c.unit_id, members.c.person_id, members.c.role)
    .join(people, people.c.id == members.c.person_id)
    .where(among(members.c.unit_id, "units"), people.c.state == "active")
    .order_by(members.c.unit_id, members.c.person_id)
)
STANDING_IN = select(
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
PRINCIPALS = STANDING_IN.where(stand_ins.c.deputy_id == bindparam("deputy"))
DEPUTIES = STANDING_IN.where(stand_ins.c.principal_id == bindparam("principal"))
NEXT_DIGEST = (
    select(people.c.next_digest_at)
    .where(people.c.next_digest_at.is_not(None), people.c.state == "active")
    .order_by(people.c.next_digest_at)
    .limit(1)
)
SET_DIGEST = update(people).where(people.c.id == bindparam("b_id")).values(next_digest_at=bindparam("at"))
