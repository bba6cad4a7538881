"""回头看: whoever verified a topic looks at it again; what has relapsed goes on as the same topic."""

from datetime import date, datetime
from typing import Final

from services import verifying
from services.affairs.acting import act
from services.affairs.recheck_planning import fires_on, last_day, planned_day
from services.affairs.seating import authorise, concerned, frame_of, watches
from services.affairs.timing import FIRES
from services.work import Work
from storage import affairs, people, topics
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid, Missing
from workflow.rechecks import Result, planned
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

MOST_MONTHS: Final = 3
"""How far a recheck may be put off, counted from the day it was first planned for."""


def firm(work: Work, affair: Affair) -> Affair:
    """巩固: what was put right has stayed so."""
    return _give(work, affair, Result.FIRM)


def relapse(work: Work, affair: Affair, reason: str, by: datetime) -> Topic:
    """反弹: the same topic is opened again, with its history, until a new deadline.

    Raises Missing without a reason, Invalid for a deadline that is past, and what reopening refuses.
    """
    if not reason.strip():
        raise Missing("reason_missing", event=Event.REOPEN)
    _give(work, affair, Result.RELAPSE)
    return verifying.reopen(work, TopicId(affair.topic_id or 0), reason, by)


def put_off(work: Work, affair: Affair, day: date) -> Affair:
    """Put it off to a later day, within bounds. Raises Invalid."""
    latest = latest_day(work, affair)
    if day <= work.policy.calendar.day(work.now):
        raise Invalid("deadline_past", deadline=work.policy.calendar.end_of(day))
    if day > latest:
        raise Invalid("recheck_too_late", latest=work.policy.calendar.end_of(latest))
    facts = {
        **affair.facts,
        "first": affair.facts.get("first") or planned_day(work.policy, affair).isoformat(),
    }
    if affair.state is AffairState.CALLED:
        values = {"facts": facts, "due_at": work.policy.calendar.end_of(day)}
    else:
        at = fires_on(work.policy, day).isoformat()
        values = {"facts": facts | {FIRES: at}, "due_at": last_day(work.policy, day)}
    return act(work, affair, AffairEvent.EDIT, values)


def latest_day(work: Work, affair: Affair) -> date:
    """The last day it may be put off to."""
    first = affair.facts.get("first")
    return planned(date.fromisoformat(first) if first else planned_day(work.policy, affair), MOST_MONTHS)


def may(work: Work, affair: Affair, event: AffairEvent) -> None:
    """Raise what the second table refuses."""
    authorise(work, frame_of(affair), affair.state, event)


def listed(work: Work) -> list[Affair]:
    """Rechecks the actor may look at, those that are called for first, the soonest first."""
    found = affairs.of_kind(work.tx, AffairKind.RECHECK)
    if not watches(work, AffairKind.RECHECK):
        own = _own_topics(work)
        near = [one for one in found if one.topic_id in own or one.state is AffairState.CALLED]
        found = [one for one in near if concerned(work, one)]
    return sorted(
        found, key=lambda one: (one.state is not AffairState.CALLED, one.due_at or work.now, one.id)
    )


def _own_topics(work: Work) -> set[TopicId | None]:
    """Closed topics of the actor's and of whom the actor stands in for; the others need not be asked."""
    standing = people.principals(work.tx, work.actor.id)
    found: set[TopicId | None] = set()
    for person in (work.actor.id, *(one.principal_id for one in standing)):
        units = [member.unit_id for member in people.units_of(work.tx, person)]
        own = topics.find(work.tx, topics.concerning(person, units), topics.in_states(TopicState.CLOSED))
        found |= {topic.id for topic in own}
    return found


def _give(work: Work, affair: Affair, result: Result) -> Affair:
    facts = {name: value for name, value in affair.facts.items() if name != FIRES}
    return act(work, affair, AffairEvent.GIVE, {"facts": facts | {"result": result}})
