"""A small invented college: its people by title, its units, and who is in charge of what."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import URL, insert

from bot import settings
from services.policy import Category, Policy
from services.pushing import next_digest
from storage import people
from storage.store import Store, Tx
from storage.tables_people import accounts, in_charge, members, roles, units
from storage.tables_people import people as people_table
from tests.fakes import HandClock
from workflow.roles import Role
from workflow.workdays import Calendar

MONDAY: Final = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # 08:30 in the college

PEOPLE: Final[Mapping[str, tuple[str, tuple[Role, ...]]]] = {
    "党委书记": ("secretary", (Role.CHIEF,)),
    "院长": ("president", (Role.CHIEF,)),
    "党办主任": ("", (Role.OFFICE,)),
    "外事副院长": ("", (Role.LEADER,)),
    "副书记": ("", (Role.LEADER,)),
    "后勤副院长": ("", (Role.LEADER,)),
    "纪委书记": ("", (Role.LEADER, Role.DISCIPLINE_SECRETARY)),
    "纪委干事": ("", (Role.DISCIPLINE_STAFF,)),
    "党委委员": ("", (Role.COMMITTEE_MEMBER,)),
    "系统管理员": ("", (Role.ADMIN,)),
    "国际处处长": ("", (Role.UNIT_HEAD,)),
    "国际处联络员": ("", (Role.LIAISON,)),
    "财务处处长": ("", (Role.UNIT_HEAD,)),
    "后勤处处长": ("", (Role.UNIT_HEAD,)),
    "审计处处长": ("", (Role.UNIT_HEAD,)),
}
UNITS: Final = ("国际处", "财务处", "后勤处", "审计处", "纪委办公室")
SEATS: Final = (
    ("国际处", "国际处处长", Role.UNIT_HEAD),
    ("国际处", "国际处联络员", Role.LIAISON),
    ("财务处", "财务处处长", Role.UNIT_HEAD),
    ("后勤处", "后勤处处长", Role.UNIT_HEAD),
    ("审计处", "审计处处长", Role.UNIT_HEAD),
    ("纪委办公室", "纪委干事", Role.UNIT_HEAD),
)
IN_CHARGE: Final = (
    ("外事副院长", "国际处"),
    ("后勤副院长", "后勤处"),
    ("副书记", "财务处"),
    ("纪委书记", "审计处"),
)


def policy(**changed: Any) -> Policy:
    """What a college has that sets nothing."""
    given = settings.load(None, {})
    values = {
        "college": given.college.name,
        "language": "zh",
        "calendar": Calendar(),
        "named_dates": {},
        "ladder": given.new_ladder(),
        "categories": {c.code: Category(c.code, c.name, c.verifier) for c in given.topics.category},
        "issuers": frozenset(given.college.issuers),
        "aide_may_not": frozenset(given.roles.aide_may_not),
        "gate_words": given.gate.words,
        "gate_exceptions": given.gate.exceptions,
    }
    return Policy(**values | changed)


def found(url: URL) -> URL:
    """Found the college in a migrated database; everybody of the roster has an account."""
    store = Store(url, HandClock(MONDAY))
    store.run_now(_people)
    store.run_now(_units)
    store.close()
    return url


def _people(tx: Tx) -> None:
    given = policy()
    for no, (title, (post, held)) in enumerate(PEOPLE.items(), 1):
        row = {"code": f"p{no}", "title": title, "post": post}
        tx.execute(insert(people_table), row)
        tx.execute(insert(roles), [{"person_id": no, "role": role} for role in held])
        account = {"messenger": "telegram", "sender": f"u{no}", "chat": f"c{no}", "person_id": no}
        tx.execute(insert(accounts), account | {"state": "active", "bound_at": tx.now})
    for person in people.active(tx):
        people.schedule_digest(tx, person.id, next_digest(given, person, tx.now))


def _units(tx: Tx) -> None:
    ids = {name: no for no, name in enumerate(UNITS, 1)}
    person = {title: no for no, title in enumerate(PEOPLE, 1)}
    tx.execute(
        insert(units),
        [{"code": f"d{no}", "name": name, "discipline": name.startswith("纪委")} for name, no in ids.items()],
    )
    tx.execute(
        insert(members),
        [{"unit_id": ids[u], "person_id": person[p], "role": role} for u, p, role in SEATS],
    )
    tx.execute(
        insert(in_charge),
        [{"leader_id": person[p], "unit_id": ids[u], "relation": "charge"} for p, u in IN_CHARGE],
    )
