"""不漏人、不缺项 (S1): seats nobody holds, items nobody has in hand, work given to who supervises it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.affairs.duties import standing
from services.policy import Category, Policy
from services.seats import executors
from services.telling import responsible
from services.work import Work
from storage import measures, people, topics
from storage.people import Person, Unit
from storage.store import Tx
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import OPEN, Topic, TopicId

NEEDED: Final = (Role.CHIEF, Role.OFFICE, Role.LEADER, Role.DISCIPLINE_SECRETARY, Role.ADMIN)
"""Roles the mechanism cannot do without."""


class Gap(StrEnum):
    """What is missing."""

    ROLE = "role"
    HEAD = "head"
    LIAISON = "liaison"
    CHARGE = "charge"
    VERIFIER = "verifier"
    IDLE = "idle"
    NO_UNIT = "no_unit"
    NO_MEMBERS = "no_members"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Found:
    """One gap and where it is: a role or category by its code, else a unit, person, topic or measure."""

    gap: Gap
    code: str = ""
    unit_id: UnitId | None = None
    person_id: PersonId | None = None
    topic_id: TopicId | None = None
    no: int = 0


def gaps(work: Work) -> list[Found]:
    """Everything that is empty or in the wrong hands, the gravest kind first."""
    live = topics.find(work.tx, topics.in_states(*OPEN))
    live.sort(key=lambda topic: topic.number)
    units = [unit for unit in people.all_units(work.tx) if unit.state == "active"]
    return [
        *_roles(work.tx),
        *_verifiers(work.tx, work.policy),
        *_units(work.tx, units),
        *_idle(work, live),
        *_items(work.tx, live, {unit.id for unit in units if unit.discipline}),
    ]


def _roles(tx: Tx) -> Iterator[Found]:
    for role in NEEDED:
        if not people.holding(tx, role):
            yield Found(Gap.ROLE, role.value)


def _verifiers(tx: Tx, policy: Policy) -> Iterator[Found]:
    for category in policy.categories.values():
        if not _held(tx, category):
            yield Found(Gap.VERIFIER, category.code)


def _held(tx: Tx, category: Category) -> bool:
    if not category.verifier.startswith("unit:"):
        return bool(people.holding(tx, Role(category.verifier)))
    unit = people.unit_named(tx, category.verifier.removeprefix("unit:"))
    return unit is not None and bool(executors(tx, [unit.id]))


def _units(tx: Tx, units: Iterable[Unit]) -> Iterator[Found]:
    """A unit without a liaison is a gap only where it has a head: one message says who is missing most."""
    for unit in units:
        if not executors(tx, [unit.id], Role.UNIT_HEAD):
            yield Found(Gap.HEAD, unit_id=unit.id)
        elif not executors(tx, [unit.id], Role.LIAISON):
            yield Found(Gap.LIAISON, unit_id=unit.id)
        if not unit.discipline and not people.leaders_of(tx, unit.id):
            yield Found(Gap.CHARGE, unit_id=unit.id)


def _idle(work: Work, live: list[Topic]) -> Iterator[Found]:
    """Leaders who hold no standing duty and have no topic: a list without them is not whole."""
    busy = {person for topic in live for person in responsible(topic)}
    busy |= {duty.person_id for duty in standing(work.tx) if duty.person_id is not None}
    leaders: list[Person] = people.holding(work.tx, Role.LEADER)
    yield from (Found(Gap.IDLE, person_id=one.id) for one in leaders if one.id not in busy)


def _items(tx: Tx, live: list[Topic], discipline: set[UnitId]) -> Iterator[Found]:
    yield from (Found(Gap.NO_UNIT, topic_id=topic.id) for topic in live if not topic.lead_units)
    numbered = {topic.id: topic.number for topic in live}
    steps = measures.find(tx, measures.owed())
    owed = sorted((one for one in steps if one.topic_id in numbered), key=lambda one: (one.topic_id, one.no))
    for one in owed:
        if not executors(tx, one.lead_units):
            yield Found(Gap.NO_MEMBERS, topic_id=one.topic_id, no=one.no)
    yield from _supervisors(live, discipline)


def _supervisors(live: list[Topic], discipline: set[UnitId]) -> Iterator[Found]:
    """三转: the discipline committee's own unit supervises and does not execute.

    A measure's units are always among its topic's.
    """
    for topic in live:
        if discipline.intersection((*topic.lead_units, *topic.assist_units)):
            yield Found(Gap.SUPERVISOR, topic_id=topic.id)
