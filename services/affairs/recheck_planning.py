"""A recheck is planned when its topic closes, called when its day comes, and dropped when the topic reopens.

Apart from what people do to it (`rechecking`), because closing and reopening lead here.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from services.affairs.acting import act_by_rule, begin_by_rule
from services.affairs.reminding import fires, waited_for
from services.affairs.timing import FIRES, next_look
from services.policy import Policy
from services.work import Work
from storage import affairs, notices
from storage.store import Tx
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.rechecks import Result, picked, planned
from workflow.roles import PersonId
from workflow.topic import Topic

CALLED: Final = "rechecking.called"
WITHIN: Final = 5
"""Workdays there are for it, from the day it is called for."""


def plan(work: Work, topic: Topic) -> Affair | None:
    """The recheck of a topic that is closed now; None where the college's share passes it over."""
    policy = work.policy
    if not picked(topic.id, policy.recheck_share):
        return None
    day = policy.calendar.workday_on_or_after(planned(policy.calendar.day(work.now), policy.recheck_months))
    return begin_by_rule(
        work.tx,
        policy,
        AffairKind.RECHECK,
        title=topic.number,
        topic_id=topic.id,
        due_at=last_day(policy, day),
        facts={FIRES: fires_on(policy, day).isoformat(), "months": policy.recheck_months},
        by=work.actor.id,
    )


def open_of(tx: Tx, topic: Topic) -> Affair | None:
    """The recheck a topic waits for."""
    found = affairs.of_topic(tx, topic.id, AffairKind.RECHECK)
    return next((one for one in found if not one.settled), None)


def latest(tx: Tx, topic: Topic) -> Affair | None:
    """The recheck a topic waits for, or else the last one that came to a conclusion."""
    found = affairs.of_topic(tx, topic.id, AffairKind.RECHECK)
    return next((one for one in reversed(found) if not one.settled or one.facts.get("result")), None)


def results(tx: Tx, ids: Iterable[int]) -> dict[int, Result]:
    """The last conclusion on each of some topics."""
    column = affairs.COLUMNS
    found = affairs.find(tx, column.kind == AffairKind.RECHECK, column.topic_id.in_([*ids]))
    return {a.topic_id: Result(a.facts["result"]) for a in found if a.topic_id and a.facts.get("result")}


def cancel(work: Work, topic: Topic) -> None:
    """The topic goes on before its recheck came: there is nothing to look at again."""
    found = open_of(work.tx, topic)
    if found is not None:
        values = {"state": AffairState.CANCELLED, "settled_at": work.now, "settled_by": work.actor.id}
        act_by_rule(work.tx, work.policy, found, AffairEvent.DROP, values)


def planned_day(policy: Policy, affair: Affair) -> date:
    """The day on which it is called for, as planned."""
    at = affair.facts.get(FIRES) or affair.facts["called_at"]
    return policy.calendar.day(datetime.fromisoformat(at))


def fires_on(policy: Policy, day: date) -> datetime:
    """When a recheck planned for a day is called for."""
    return policy.calendar.at(day, policy.remind_at)


def last_day(policy: Policy, day: date) -> datetime:
    """The end of the term of a recheck that is called for on a day."""
    return policy.calendar.end_of(policy.calendar.add_workdays(day, WITHIN))


@fires(AffairKind.RECHECK)
def call(tx: Tx, policy: Policy, affair: Affair) -> set[PersonId]:
    """Its day has come: whoever verified the topic is asked to look again."""
    facts: dict[str, Any] = {name: value for name, value in affair.facts.items() if name != FIRES}
    values = {
        "state": AffairState.CALLED,
        "facts": facts | {"called_at": tx.now.isoformat()},
        "due_at": last_day(policy, policy.calendar.day(tx.now)),
    }
    called = act_by_rule(tx, policy, affair, AffairEvent.CALL, values)
    affairs.schedule(tx, called.id, next_look(policy, called, tx.now))
    return {person for person in sorted(waited_for(tx, called)) if _owed(tx, called, person)}


def _owed(tx: Tx, affair: Affair, person: PersonId) -> bool:
    row = {
        "dedupe": f"{CALLED}:a{affair.id}.{affair.version}:{person}",
        "kind": CALLED,
        "person_id": person,
        "topic_id": affair.topic_id,
        "affair_id": affair.id,
        "data": {"while": AffairState.CALLED, "months": affair.facts["months"]},
        "single": True,
        "due_at": tx.now,
    }
    return notices.owe(tx, row) is not None
