"""A small college in a real database, with the settings it would start with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import URL

from bot import settings
from services import inviting
from services.administering import operator
from services.directory import Identity, add_person
from services.directory_units import LINK, UnitIdentity, add_unit, put_in_charge, seat
from services.issuing import Draft, draft, publish
from services.policy import Category, Policy
from services.work import Said, Work
from storage import people
from storage.journal import read
from storage.people import Person
from storage.store import Store, Tx
from tests.databases import Databases
from tests.fakes import HandClock
from workflow.errors import NotFound
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Topic
from workflow.workdays import Calendar

T = TypeVar("T")
MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
PEOPLE = {
    "secretary": ("党委书记", {Role.CHIEF}, "secretary"),
    "president": ("院长", {Role.CHIEF}, "president"),
    "clerk": ("党办主任", {Role.OFFICE}, ""),
    "foreign": ("外事副院长", {Role.LEADER}, ""),
    "deputy": ("副书记", {Role.LEADER}, ""),
    "logistics": ("后勤副院长", {Role.LEADER}, ""),
    "discipline": ("纪委书记", {Role.DISCIPLINE_SECRETARY}, ""),
    "inspector": ("纪委干事", {Role.DISCIPLINE_STAFF}, ""),
    "admin": ("系统管理员", {Role.ADMIN}, ""),
    "intl-head": ("国际处处长", set[Role](), ""),
    "intl-liaison": ("国际处联络员", set[Role](), ""),
    "finance-head": ("财务处处长", set[Role](), ""),
}
UNITS = {
    "intl": UnitIdentity("intl", "国际处"),
    "finance": UnitIdentity("finance", "财务处"),
    "party": UnitIdentity("party", "第一党总支", kind="branch"),
    "jiwei": UnitIdentity("jiwei", "纪委办", discipline=True),
}
SEATS = [
    ("intl", "intl-head", Role.UNIT_HEAD),
    ("intl", "intl-liaison", Role.LIAISON),
    ("finance", "finance-head", Role.UNIT_HEAD),
]


@dataclass
class World:
    """The college: `do` is a turn of somebody's, `ask` a query."""

    store: Store
    clock: HandClock
    policy: Policy
    told: set[PersonId] = field(default_factory=set)

    def do(self, who: str, act: Callable[[Work], T], **said: Any) -> T:
        """A turn of somebody's; `said` is what the messenger tells of the message (fields of `Said`)."""

        def turn(tx: Tx) -> T:
            actor = operator(tx) if who == "operator" else self._person(tx, who)
            work = Work(tx, self.policy, actor, Said(**{"sent_at": tx.now, **said}))
            result = act(work)
            self.told = work.told
            return result

        return self.store.run_now(turn)

    def run(self, turn: Callable[[Tx], T]) -> T:
        return self.store.run_now(turn)

    def ask(self, query: Callable[[Tx], T]) -> T:
        return self.store.read_now(query)

    def person(self, code: str) -> Person:
        return self.ask(lambda tx: self._person(tx, code))

    def id(self, code: str) -> PersonId:
        return self.person(code).id

    def unit(self, code: str) -> UnitId:
        found = self.ask(lambda tx: people.unit_named(tx, code))
        if found is None:
            raise NotFound("no_such_unit")
        return found.id

    def later(self, **by: float) -> datetime:
        return self.clock.advance(timedelta(**by))

    def bound(self, code: str) -> None:
        """Give somebody an account, as the command line would."""
        person = self.id(code)
        secret = self.do("operator", lambda work: inviting.invite(work, person, confirm=False))
        self.run(lambda tx: inviting.redeem(tx, self.policy, "telegram", f"u-{code}", f"c-{code}", secret))

    def issued(self, owner: str = "foreign", **more: object) -> Topic:
        """A topic of the secretary's for a leader, due at the end of June."""
        values = {
            "title": "因公出国管理内控制度不完善",
            "goal": "闭环管理",
            "owner_id": self.id(owner),
            "lead_units": (self.unit("intl"),),
            "deadline": datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC),
            **more,
        }
        given = Draft(**values)  # type: ignore[arg-type]
        return self.do("secretary", lambda work: publish(work, draft(work, given).id))

    def trail(self) -> list[str]:
        """What the journal noted, in order."""
        return self.ask(lambda tx: [row.event for row in read(tx.connection)])

    def trail_bytes(self) -> bytes:
        return self.ask(lambda tx: b"\n".join(row.body for row in read(tx.connection)))

    @staticmethod
    def _person(tx: Tx, code: str) -> Person:
        found = people.by_code(tx, code)
        if found is None:
            raise NotFound("no_such_person")
        return found


@pytest.fixture(scope="session")
def policy() -> Policy:
    """What a college has that sets nothing."""
    given = settings.load(None, {})
    listed = {c.code: Category(c.code, c.name, c.verifier) for c in given.topics.category}
    return Policy(
        college=given.college.name,
        language="zh",
        calendar=Calendar(),
        named_dates={},
        ladder=given.new_ladder(),
        categories=listed,
        issuers=frozenset(given.college.issuers),
        aide_may_not=frozenset(given.roles.aide_may_not),
        gate_words=given.gate.words,
        gate_exceptions=given.gate.exceptions,
    )


@pytest.fixture(scope="session")
def founded(databases: Databases, policy: Policy) -> URL:
    """A database with the college in it; every test works on a copy."""
    url = databases.migrated()
    with opened(url, policy) as world:
        world.do("operator", found)
    return url


@pytest.fixture
def empty(database: URL, policy: Policy) -> Iterator[World]:
    """A college that nobody is entered in yet."""
    with opened(database, policy) as world:
        yield world


@pytest.fixture
def world(founded: URL, databases: Databases, policy: Policy) -> Iterator[World]:
    """The college with its people, units and map."""
    url = databases.copy(founded)
    with opened(url, policy) as world:
        yield world
    databases.drop(url)


@contextmanager
def opened(url: URL, policy: Policy) -> Iterator[World]:
    """A world on a database, on a Monday morning in March."""
    clock = HandClock(MONDAY)
    store = Store(url, clock)
    try:
        yield World(store, clock, policy)
    finally:
        store.close()


def found(work: Work) -> None:
    """Enter everybody, as the command line would."""
    known = {
        code: add_person(work, Identity(code, title, post=post), frozenset(roles)).id
        for code, (title, roles, post) in PEOPLE.items()
    }
    units = {code: add_unit(work, given).id for code, given in UNITS.items()}
    for unit, person, role in SEATS:
        seat(work, units[unit], known[person], role)
    put_in_charge(work, known["foreign"], units["intl"])
    put_in_charge(work, known["foreign"], units["finance"], LINK)
