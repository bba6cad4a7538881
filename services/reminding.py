"""The sweep: what the ladder says is owed now becomes notices, once, whoever sweeps and however often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from services import anchoring
from services.policy import Policy
from services.seats import executors, owners, verifiers
from storage import firings, measures, notices, people, topics
from storage.firings import next_due
from storage.store import Tx
from workflow.ladder import Audience, Ladder, Step, To
from workflow.ladder_due import Owed, collapse, due, holds, next_at
from workflow.ladder_item import Fired, Item, Stage, Subject
from workflow.ladder_seats import Resolved, recipients
from workflow.measure import Measure
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId

SLICE: Final = 100
LADDER: Final = "ladder"
UNIT: Final = "unit:"

Seated = dict[To, list[PersonId]]


@dataclass(slots=True)
class Swept:
    """What one sweep did: items looked at, and who is now owed something."""

    items: int = 0
    told: set[PersonId] = field(default_factory=set)


def sweep(tx: Tx, policy: Policy, most: int = SLICE) -> Swept:
    """Visit the items whose moment has come, at most `most` of each kind."""
    swept = Swept()
    for subject in Subject:
        ids = firings.due_items(tx, subject, most)
        found = _load(tx, subject, ids)
        swept.items += len(found)
        for one, item, ladder in anchoring.items(tx, policy.calendar, subject, found):
            if ladder is None:
                firings.schedule(tx, subject, one.id, None)
            else:
                swept.told |= _visit(tx, policy, one, item, ladder)
    return swept


def still_holds(tx: Tx, policy: Policy, notice: notices.Notice) -> bool:
    """Whether a reminder that waited is still owed: asked again just before it is sent."""
    subject = Subject.MEASURE if notice.measure_id else Subject.TOPIC
    found = _load(tx, subject, [notice.measure_id or notice.topic_id or 0])
    for one, item, ladder in anchoring.items(tx, policy.calendar, subject, found):
        if one.anchor != notice.anchor or ladder is None:
            return False
        return holds(ladder, item, notice.step, notice.occurrence, policy.calendar, tx.now)
    return False


def _visit(tx: Tx, policy: Policy, one: Topic | Measure, item: Item, ladder: Ladder) -> set[PersonId]:
    owed = due(ladder, item, policy.calendar, tx.now)
    kept, gone = collapse(owed)
    topic = topics.get(tx, one.topic_id) if isinstance(one, Measure) else one
    _record(tx, one, item.subject, owed, {(o.step.key, o.occurrence) for o in gone})
    seats = _seats(tx, topic, one if isinstance(one, Measure) else None) if kept else {}
    told: set[PersonId] = set()
    for occurrence in kept:
        told |= _owe(tx, policy, topic, one, item, occurrence, seats)
    after = replace(item, fired=_with(item.fired, owed))
    firings.schedule(tx, item.subject, one.id, next_at(ladder, after, policy.calendar))
    return told


def _owe(
    tx: Tx,
    policy: Policy,
    topic: Topic,
    one: Topic | Measure,
    item: Item,
    owed: Owed,
    seats: Seated,
) -> set[PersonId]:
    at_fault = _defaulters(one, item, seats)
    whom = recipients(owed.step, _with_listed(tx, owed.step, seats), at_fault)
    told = {
        person
        for person, audience in whom.persons.items()
        if _notice(tx, policy, topic, one, owed, person, audience, at_fault) is not None
    }
    tx.record(
        LADDER,
        topic_id=topic.id,
        facts={
            "measure": one.id if isinstance(one, Measure) else None,
            "step": owed.step.key,
            "level": owed.step.level,
            "occurrence": owed.occurrence,
            "anchor": one.anchor,
            "due": owed.at,
            "told": sorted(told),
            "skipped": list(whom.skipped),
        },
    )
    return told | _vacancies(tx, topic, one, owed.step, whom)


def _notice(
    tx: Tx,
    policy: Policy,
    topic: Topic,
    one: Topic | Measure,
    owed: Owed,
    person: PersonId,
    audience: To,
    at_fault: frozenset[PersonId],
) -> int | None:
    step = owed.step
    subject = "m" if isinstance(one, Measure) else "t"
    return notices.owe(
        tx,
        {
            "dedupe": f"{subject}{one.id}:{step.key}:{one.anchor}:{owed.occurrence}:{person}",
            "kind": LADDER,
            "person_id": person,
            "topic_id": topic.id,
            "measure_id": one.id if isinstance(one, Measure) else None,
            "step": step.key,
            "level": step.level,
            "occurrence": owed.occurrence,
            "anchor": one.anchor,
            "audience": str(audience),
            "data": {
                "why": type(owed.why).__name__,
                "paper": step.paper,
                "upwards": step.escalates and person not in at_fault,
                "due": owed.at.isoformat(),
            },
            "single": step.single,
            "wants_ack": step.wants_ack,
            "late": tx.now - owed.at > policy.outage,
            "due_at": tx.now,
        },
    )


def _vacancies(tx: Tx, topic: Topic, one: Topic | Measure, step: Step, whom: Resolved) -> set[PersonId]:
    """A step with nobody in the seat is skipped aloud: the office hears of it once."""
    told: set[PersonId] = set()
    for seat in whom.skipped:
        for person in people.holding(tx, Role.OFFICE):
            owed = notices.owe(
                tx,
                {
                    "dedupe": f"vacant:{topic.id}:{seat}:{person.id}",
                    "kind": "vacancy",
                    "person_id": person.id,
                    "topic_id": topic.id,
                    "measure_id": one.id if isinstance(one, Measure) else None,
                    "step": step.key,
                    "level": step.level,
                    "audience": str(seat),
                    "single": False,
                    "due_at": tx.now,
                },
            )
            if owed is not None:
                told.add(person.id)
    return told


def _record(
    tx: Tx, one: Topic | Measure, subject: Subject, owed: Sequence[Owed], gone: set[tuple[str, int]]
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "subject": subject,
            "item_id": one.id,
            "anchor": one.anchor,
            "step": o.step.key,
            "occurrence": o.occurrence,
            "level": o.step.level,
            "at": o.at,
            "swept_at": tx.now,
            "collapsed": (o.step.key, o.occurrence) in gone,
        }
        for o in owed
    ]
    firings.add(tx, rows)


def _with(fired: Mapping[str, tuple[Fired, ...]], owed: Sequence[Owed]) -> Mapping[str, tuple[Fired, ...]]:
    after = dict(fired)
    for o in owed:
        after[o.step.key] = (*after.get(o.step.key, ()), Fired(o.occurrence, o.at))
    return after


def _load(tx: Tx, subject: Subject, ids: Sequence[int]) -> list[Topic | Measure]:
    if not ids:
        return []
    if subject is Subject.MEASURE:
        return list(measures.by_ids(tx, ids))
    return list(topics.by_ids(tx, [TopicId(i) for i in ids]))


def _seats(tx: Tx, topic: Topic, measure: Measure | None) -> Seated:
    """Who sits where, deputies of the absent put in."""
    item = measure or topic
    units = (*item.lead_units, *item.assist_units)
    responsible = [topic.owner_id] if topic.owner_id else list(topic.eligible)
    seats: Seated = {
        Audience.OWNER: responsible,
        Audience.CO_OWNERS: list(topic.co_owners),
        Audience.UNIT_HEADS: executors(tx, units, Role.UNIT_HEAD),
        Audience.LIAISONS: executors(tx, units, Role.LIAISON),
        Audience.ISSUER: [topic.issuer_id],
        Audience.VERIFIER: [p.id for p in verifiers(tx, topic)],
        Audience.DISCIPLINE: _ids(tx, Role.DISCIPLINE_SECRETARY),
        Audience.CHIEF: _ids(tx, Role.CHIEF),
        Audience.OFFICE: _ids(tx, Role.OFFICE),
    }
    return {seat: _present(tx, held) for seat, held in seats.items()}


def _present(tx: Tx, held: Sequence[PersonId]) -> list[PersonId]:
    known = people.many(tx, held)
    here = [person for person in held if person in known and known[person].active]
    away = [s.deputy_id for person in here for s in people.deputies(tx, person) if s.kind == "absence"]
    return list(dict.fromkeys((*here, *away)))


def _with_listed(tx: Tx, step: Step, seats: Seated) -> Seated:
    listed: Seated = {}
    for to in step.to:
        if str(to).startswith(UNIT):
            unit = people.unit_named(tx, str(to).removeprefix(UNIT))
            listed[to] = executors(tx, [unit.id], Role.UNIT_HEAD) if unit else []
    return {**seats, **listed}


def _defaulters(one: Topic | Measure, item: Item, seats: Seated) -> frozenset[PersonId]:
    """Who falls short: verifiers while a verdict is owed, else the owner, or a measure's unit heads."""
    if isinstance(one, Measure):
        waiting = item.stage is Stage.SUBMITTED
        return frozenset(seats[Audience.OWNER] if waiting else seats[Audience.UNIT_HEADS])
    if item.stage is Stage.SUBMITTED:
        return frozenset(seats[Audience.VERIFIER])
    return owners(one) or frozenset(one.eligible)


def _ids(tx: Tx, role: Role) -> list[PersonId]:
    return [person.id for person in people.holding(tx, role)]


__all__ = ["LADDER", "SLICE", "Swept", "next_due", "still_holds", "sweep"]
