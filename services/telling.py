"""Owing somebody a push. What is owed is a row; when and in what company it is sent is decided elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from services.seats import executors, owners, verifiers
from services.work import Work
from storage import notices, people
from storage.people import Person
from workflow.measure import Measure
from workflow.roles import PersonId, Role
from workflow.topic import Topic


def tell(
    work: Work,
    whom: Iterable[PersonId | None],
    kind: str,
    topic: Topic,
    *,
    measure: Measure | None = None,
    request_id: int | None = None,
    report_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    single: bool = True,
    wants_ack: bool = False,
) -> None:
    """Owe a push of this kind to each person once, the actor excepted.

    `single` is a message of its own in working hours; otherwise the next morning's digest carries it.
    """
    wanted = {person for person in whom if person is not None and person != work.actor.id}
    for person in people.many(work.tx, wanted).values():
        if not person.active:
            continue
        owed = notices.owe(
            work.tx,
            {
                "dedupe": _key(kind, topic, measure, request_id, report_id, person.id),
                "kind": kind,
                "person_id": person.id,
                "topic_id": topic.id,
                "measure_id": measure.id if measure else None,
                "request_id": request_id,
                "report_id": report_id,
                "by_id": work.actor.id,
                "anchor": (measure or topic).anchor,
                "data": dict(data or {}),
                "single": single,
                "wants_ack": wants_ack,
                "due_at": opening(work, person),
            },
        )
        if owed is not None:
            work.told.add(person.id)


def opening(work: Work, person: Person) -> datetime:
    """The first moment this person may be disturbed."""
    return work.policy.calendar.next_open(work.now, quiet_hours(person))


def quiet_hours(person: Person) -> tuple[time, time] | None:
    """The person's own quiet hours, local, or None."""
    if not (person.quiet_from and person.quiet_to):
        return None
    return time.fromisoformat(person.quiet_from), time.fromisoformat(person.quiet_to)


def office(work: Work) -> list[PersonId]:
    """Everybody of the office."""
    return [person.id for person in people.holding(work.tx, Role.OFFICE)]


def responsible(topic: Topic) -> list[PersonId]:
    """Owner and co-owners, or those who may still claim."""
    return sorted(owners(topic)) or list(topic.eligible)


def working(work: Work, item: Topic | Measure) -> list[PersonId]:
    """Heads and liaisons of the units that work on it."""
    return executors(work.tx, (*item.lead_units, *item.assist_units))


def verifying(work: Work, topic: Topic) -> list[PersonId]:
    """Who verifies it."""
    return [person.id for person in verifiers(work.tx, topic)]


def _key(
    kind: str,
    topic: Topic,
    measure: Measure | None,
    request_id: int | None,
    report_id: int | None,
    person: PersonId,
) -> str:
    item = f"{topic.id}.{topic.version}"
    step = f"{measure.id}.{measure.version}" if measure else ""
    return f"{kind}:{item}:{step}:{request_id or ''}:{report_id or ''}:{person}"
